// SPDX-License-Identifier: Apache-2.0
//
// The algorithm as FIPS 180-4 writes it; tested by its examples.
#include "base/sha256.h"

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotated(uint32_t x, unsigned n) {
    return x >> n | x << (32 - n);
}

static void take_block(sha256 *s, const uint8_t *block) {
    uint32_t w[64];
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (rotated(x, 7) ^ rotated(x, 18) ^ x >> 3) + w[i - 7] +
               (rotated(y, 17) ^ rotated(y, 19) ^ y >> 10);
    }
    uint32_t h[8];
    for (size_t i = 0; i < 8; i++)
        h[i] = s->state[i];
    for (size_t i = 0; i < 64; i++) {
        uint32_t t1 = h[7] + (rotated(h[4], 6) ^ rotated(h[4], 11) ^ rotated(h[4], 25)) +
                      ((h[4] & h[5]) ^ (~h[4] & h[6])) + constants[i] + w[i];
        uint32_t t2 = (rotated(h[0], 2) ^ rotated(h[0], 13) ^ rotated(h[0], 22)) +
                      ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]));
        for (size_t k = 7; k > 0; k--)
            h[k] = h[k - 1];
        h[4] += t1;
        h[0] = t1 + t2;
    }
    for (size_t i = 0; i < 8; i++)
        s->state[i] += h[i];
}

void sha256_begin(sha256 *s) {
    *s = (sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                            0x1f83d9ab, 0x5be0cd19}};
}

void sha256_add(sha256 *s, str bytes) {
    for (size_t i = 0; i < bytes.len; i++) {
        size_t at = s->length++ % 64;
        s->block[at] = (uint8_t)bytes.ptr[i];
        if (at == 63) take_block(s, s->block);
    }
}

static void pad(sha256 *s) {
    uint64_t bits = s->length * 8;
    sha256_add(s, STR("\x80"));
    while (s->length % 64 != 56)
        sha256_add(s, STR("\0"));
    char length[8];
    for (unsigned i = 0; i < 8; i++)
        length[i] = (char)(bits >> (56 - 8 * i) & 0xff);
    sha256_add(s, (str){length, sizeof length});
}

str sha256_end(sha256 *s, arena *a) {
    static const char digits[] = "0123456789abcdef";
    pad(s);
    buf out = {.arena = a};
    buf_adds(&out, "sha256:");
    for (size_t i = 0; i < 8; i++)
        for (unsigned shift = 32; shift > 0; shift -= 4)
            buf_addc(&out, digits[s->state[i] >> (shift - 4) & 0xf]);
    return buf_str(&out);
}

str sha256_of(arena *a, str bytes) {
    sha256 s;
    sha256_begin(&s);
    sha256_add(&s, bytes);
    return sha256_end(&s, a);
}
