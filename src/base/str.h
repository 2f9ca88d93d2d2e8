// SPDX-License-Identifier: Apache-2.0
//
// Text as a slice: pointer and length, UTF-8, may hold NUL bytes, owned by an arena or a constant.
// The only string helpers of the project; numbers are in base/num.h.
#ifndef OBSTAT_BASE_STR_H
#define OBSTAT_BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct str {
    const char *ptr;
    size_t len;
} str;

#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
#define STR_C(literal)                                                                             \
    { "" literal, sizeof(literal) - 1 }  // in initialisers of constants
#define STR_ARG(s) (int)(s).len, (s).ptr // for "%.*s"

// The shortest ones are here, because they are called for nearly every byte of the rules: a length
// that the compiler sees, as a literal's, costs nothing.
static inline str str_of(const char *zero_terminated) { // borrows
    return (str){zero_terminated, strlen(zero_terminated)};
}

static inline bool str_eq(str a, str b) {
    return a.len == b.len &&
           (a.len == 0 || (a.ptr[0] == b.ptr[0] && memcmp(a.ptr, b.ptr, a.len) == 0));
}

static inline bool str_is(str a, const char *zero_terminated) {
    if (a.len == 0 || a.ptr[0] != zero_terminated[0]) return a.len == 0 && !zero_terminated[0];
    return str_eq(a, str_of(zero_terminated));
}

static inline bool str_starts(str s, str prefix) {
    return s.len >= prefix.len && str_eq((str){s.ptr, prefix.len}, prefix);
}

static inline str str_sub(str s, size_t from, size_t to) { // clipped
    if (to > s.len) to = s.len;
    if (from > to) from = to;
    return (str){from ? s.ptr + from : s.ptr, to - from}; // an empty text may have no pointer
}

int str_cmp(str a, str b); // by bytes, which for UTF-8 is by code points
bool str_ends(str s, str suffix);
ptrdiff_t str_find(str s, str what); // byte offset of the first, or -1
str str_trim(str s);                 // ASCII blanks off both ends
str str_copy(arena *a, str s);       // the copy ends with a NUL byte beyond its length
char *str_c(arena *a, str s);        // the same, as a C string
uint64_t str_hash(str s, uint64_t seed);

// Texts one behind the other, as one: `str_joined(a, x, STR("."), y)`.
str str_join(arena *a, const str *parts, size_t count);
#define str_joined(a, ...)                                                                         \
    str_join((a), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

#if defined(__GNUC__)
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define PRINTF_LIKE(fmt, args)
#endif

// Formatted text; no floating-point conversions (they follow the locale): see base/num.h.
str str_format(arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
str str_vformat(arena *a, const char *fmt, va_list args) PRINTF_LIKE(2, 0);

// A growable text: `buf b = {.arena = a}; buf_add(&b, …); buf_str(&b)`.
typedef struct buf {
    arena *arena;
    char *ptr;
    size_t len, cap;
} buf;

void buf_add(buf *b, str s);
void buf_adds(buf *b, const char *zero_terminated);
void buf_addc(buf *b, char c);
void buf_addf(buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_addu(buf *b, uint64_t number); // in decimal
str buf_str(const buf *b);              // borrowed; changes with the next addition

// The candidate nearest to `word` in spelling, for "did you mean", or an empty text where none is
// near enough (edit distance at most a third of the length, transpositions counted once).
str str_nearest(str word, const str *candidates, size_t count);

// Whether the eight bytes at `p` are ASCII, each a code point by itself. Text is passed by eights
// where it can be, since nearly all of it is ASCII.
static inline bool ascii_eight(const char *p) {
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    return (eight & 0x8080808080808080u) == 0;
}

// UTF-8: the code point at `s[*at]`, moving `*at` past it; -1 for an ill-formed sequence (then one
// byte is passed).
int32_t utf8_next(str s, size_t *at);
void utf8_add(buf *b, uint32_t code_point);
bool utf8_valid(str s, size_t *bad); // `bad`: offset of the first ill-formed byte
size_t utf8_count(str s);            // code points, of well-formed text
size_t utf8_ascii(str s, size_t at); // where the ASCII that begins at `at` ends
int utf8_width(int32_t code_point);  // columns of a terminal: 0, 1 or 2

#endif
