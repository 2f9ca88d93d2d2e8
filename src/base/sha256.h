// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4), by which reports name the exact files that they rest on.
#ifndef OBSTAT_BASE_SHA256_H
#define OBSTAT_BASE_SHA256_H

#include "base/str.h"

typedef struct sha256 {
    uint32_t state[8];
    uint8_t block[64];
    uint64_t length; // bytes added
} sha256;

void sha256_begin(sha256 *s);
void sha256_add(sha256 *s, str bytes);
str sha256_end(sha256 *s, arena *a); // "sha256:" and 64 hexadecimal digits

str sha256_of(arena *a, str bytes);

#endif
