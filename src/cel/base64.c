// SPDX-License-Identifier: Apache-2.0
//
// Three bytes are four characters of 6 bits.
#include "cel/base64.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_write(buf *out, str bytes) {
    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t bits = 0;
        size_t have = bytes.len - i < 3 ? bytes.len - i : 3;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < have ? (unsigned char)bytes.ptr[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            buf_addc(out, k <= have ? alphabet[bits >> (18 - 6 * k) & 63] : '=');
    }
}

bool base64_read(buf *out, str text) {
    // One or two of padding fill up the last four.
    bool padded = text.len > 0 && text.len % 4 == 0;
    if (padded && str_ends(text, STR("="))) text.len--;
    if (padded && str_ends(text, STR("="))) text.len--;
    if (text.len % 4 == 1) return false;
    uint32_t bits = 0;
    unsigned have = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *at = text.ptr[i] ? strchr(alphabet, text.ptr[i]) : NULL;
        if (!at) return false;
        bits = bits << 6 | (uint32_t)(at - alphabet);
        have += 6;
        if (have < 8) continue;
        have -= 8;
        buf_addc(out, (char)(unsigned char)(bits >> have & 255));
    }
    return (bits & ((1u << have) - 1)) == 0;
}
