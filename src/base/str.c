// SPDX-License-Identifier: Apache-2.0
//
// Slices, growable text and the nearest spelling. UTF-8 is in base/utf8.c.
#include "base/str.h"

#include <stdio.h>
#include <string.h>

int str_cmp(str a, str b) {
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_ends(str s, str suffix) {
    return s.len >= suffix.len && str_eq((str){s.ptr + s.len - suffix.len, suffix.len}, suffix);
}

ptrdiff_t str_find(str s, str what) {
    if (what.len == 0) return 0;
    for (size_t i = 0; s.len >= what.len && i <= s.len - what.len; i++) {
        const char *at = memchr(s.ptr + i, what.ptr[0], s.len - what.len - i + 1);
        if (!at) return -1;
        i = (size_t)(at - s.ptr);
        if (memcmp(at, what.ptr, what.len) == 0) return (ptrdiff_t)i;
    }
    return -1;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

str str_trim(str s) {
    while (s.len && is_blank(s.ptr[0]))
        s = str_sub(s, 1, s.len);
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

char *str_c(arena *a, str s) {
    char *p = arena_alloc(a, s.len + 1, 1);
    if (s.len) memcpy(p, s.ptr, s.len);
    return p;
}

str str_copy(arena *a, str s) {
    return (str){str_c(a, s), s.len};
}

uint64_t str_hash(str s, uint64_t seed) {
    uint64_t h = seed ^ 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
    h ^= h >> 32;
    return h * 0x9e3779b97f4a7c15u;
}

str str_join(arena *a, const str *parts, size_t count) {
    size_t len = 0;
    for (size_t i = 0; i < count; i++)
        len += parts[i].len;
    char *p = arena_alloc(a, len + 1, 1), *end = p;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len) memcpy(end, parts[i].ptr, parts[i].len);
        end += parts[i].len;
    }
    return (str){p, len};
}

enum { SHORT_FORMAT = 256 }; // what is formatted is mostly shorter, and then formatted once

str str_vformat(arena *a, const char *fmt, va_list args) {
    char few[SHORT_FORMAT];
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(few, sizeof few, fmt, again);
    va_end(again);
    if (n < 0) n = 0;
    if ((size_t)n < sizeof few) return str_copy(a, (str){few, (size_t)n});
    char *p = arena_alloc(a, (size_t)n + 1, 1);
    vsnprintf(p, (size_t)n + 1, fmt, args);
    return (str){p, (size_t)n};
}

str str_format(arena *a, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    str s = str_vformat(a, fmt, args);
    va_end(args);
    return s;
}

void buf_add(buf *b, str s) {
    if (s.len > b->cap - b->len) {
        size_t cap = b->cap ? b->cap * 2 : 64;
        while (cap - b->len < s.len)
            cap *= 2;
        b->ptr = arena_widen(b->arena, b->ptr, b->len, &b->cap, cap, 1);
    }
    if (s.len) memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
}

void buf_adds(buf *b, const char *s) {
    buf_add(b, str_of(s));
}

void buf_addc(buf *b, char c) {
    buf_add(b, (str){&c, 1});
}

void buf_addf(buf *b, const char *fmt, ...) {
    char few[SHORT_FORMAT];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(few, sizeof few, fmt, args);
    va_end(args);
    if (n < 0) return;
    if ((size_t)n < sizeof few) {
        buf_add(b, (str){few, (size_t)n});
        return;
    }
    va_start(args, fmt);
    buf_add(b, str_vformat(b->arena, fmt, args));
    va_end(args);
}

void buf_addu(buf *b, uint64_t number) {
    char digits[20]; // of 2^64 - 1
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    buf_add(b, (str){digits + at, sizeof digits - at});
}

str buf_str(const buf *b) {
    return (str){b->ptr, b->len};
}

enum { NEAREST_MAX = 64 };

// Damerau–Levenshtein distance with adjacent transpositions, on words of up to NEAREST_MAX bytes.
static size_t distance(str a, str b) {
    size_t rows[3][NEAREST_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        above[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t best = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            row[j] = best;
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b.len];
}

str str_nearest(str word, const str *candidates, size_t count) {
    str best = {0};
    size_t least = word.len / 3 + 1;
    if (word.len > NEAREST_MAX) return best;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].len > NEAREST_MAX) continue;
        size_t d = distance(word, candidates[i]);
        if (d <= least && (d < least || !best.ptr)) {
            best = candidates[i];
            least = d;
        }
    }
    return best;
}
