// SPDX-License-Identifier: Apache-2.0
// See mutate.h.
#include "mutate.h"

#include <string.h>

// xorshift64*, of which the upper bits are used.
static uint32_t below(uint64_t *random, size_t limit) {
    *random ^= *random >> 12;
    *random ^= *random << 25;
    *random ^= *random >> 27;
    return limit ? (uint32_t)((*random * 2685821657736338717u >> 33) % limit) : 0;
}

static size_t take_out(char *bytes, size_t size, size_t from, size_t n) {
    memmove(bytes + from, bytes + from + n, size - from - n);
    return size - n;
}

static size_t bring_in(char *bytes, size_t size, size_t at, const char *what, size_t n) {
    if (n > MUTATE_MOST - size) n = MUTATE_MOST - size;
    memmove(bytes + at + n, bytes + at, size - at);
    memcpy(bytes + at, what, n);
    return size + n;
}

// What breaks or joins things in the languages that are read.
static const char signs[] = "()[]{}<>.,:;?!&|+-*/%=\"'`\\#@ \t\n\r09aZ_\x80\xc3\xff";
static const char *const words[] = {"true",  "null",     "9223372036854775808",
                                    "1e999", "''",       "- ",
                                    ": ",    "\n  ",     "&a ",
                                    "*a",    "\xc3\xa4", " ? ",
                                    " in ",  "unknown",  "none",
                                    "[?",    ".?",       "\xf0\x9f\x8c\x8d"};

static size_t change(uint64_t *random, char *bytes, size_t size, str other) {
    char piece[64];
    size_t at = below(random, size + 1), n = 1 + below(random, sizeof piece);
    size_t here = n < size - at ? n : size - at; // how much of it stands behind `at`
    const char *word = words[below(random, sizeof words / sizeof *words)];
    switch (below(random, 8)) {
    case 0:
        if (here) bytes[at] = (char)(bytes[at] ^ (1 << below(random, 8)));
        return size;
    case 1:
        if (here) bytes[at] = signs[below(random, sizeof signs - 1)];
        return size;
    case 2: return take_out(bytes, size, at, here);
    case 3: // again, somewhere
        memcpy(piece, bytes + at, here);
        return bring_in(bytes, size, below(random, size + 1), piece, here);
    case 4: return bring_in(bytes, size, at, word, strlen(word));
    case 5: // moved
        memcpy(piece, bytes + at, here);
        size = take_out(bytes, size, at, here);
        return bring_in(bytes, size, below(random, size + 1), piece, here);
    case 6: {
        size_t from = below(random, other.len), whole = other.len - from;
        return other.len ? bring_in(bytes, size, at, other.ptr + from, n < whole ? n : whole)
                         : size;
    }
    default:
        piece[0] = signs[below(random, sizeof signs - 1)];
        return bring_in(bytes, size, at, piece, 1);
    }
}

size_t mutate(uint64_t *random, char *bytes, size_t size, str other) {
    for (uint32_t changes = 1 + below(random, 4); changes > 0; changes--)
        size = change(random, bytes, size, other);
    return size;
}
