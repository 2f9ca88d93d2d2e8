// SPDX-License-Identifier: Apache-2.0
//
// strtod and snprintf follow the process's locale, which belongs to the program around the library.
// So the decimal point that the locale uses is found by printing one, and swapped both ways.
#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool num_parse_digits(str s, unsigned base, uint64_t *out) {
    uint64_t n = 0;
    if (s.len == 0) return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        unsigned d = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                     : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                     : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                            : 99;
        if (d >= base || n > (UINT64_MAX - d) / base) return false;
        n = n * base + d;
    }
    *out = n;
    return true;
}

bool num_parse_uint(str s, uint64_t *out) {
    if (s.len && s.ptr[0] == '+') s = str_sub(s, 1, s.len);
    return num_parse_digits(s, 10, out);
}

bool num_parse_int(str s, int64_t *out) {
    bool negative = s.len && s.ptr[0] == '-';
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '+')) s = str_sub(s, 1, s.len);
    uint64_t n = 0;
    if (!num_parse_digits(s, 10, &n)) return false;
    if (n > (uint64_t)INT64_MAX + negative) return false;
    *out = negative ? (int64_t)(~n + 1) : (int64_t)n;
    return true;
}

// The locale's decimal point, as a zero-terminated text.
static void decimal_point(char out[16]) {
    char one[16];
    snprintf(one, sizeof one, "%.1f", 1.5);
    size_t n = strlen(one);
    memset(out, 0, 16);
    if (n > 2) memcpy(out, one + 1, n - 2);
}

static bool is_double_text(str s) {
    size_t digits = 0, i = 0;
    if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+')) i++;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
        digits++;
    if (i < s.len && s.ptr[i] == '.')
        for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
            digits++;
    if (digits == 0) return false;
    if (i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        i++;
        if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+')) i++;
        size_t first = i;
        while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9')
            i++;
        if (i == first) return false;
    }
    return i == s.len;
}

enum { DOUBLE_TEXT_MAX = 1024 };

bool num_parse_double(str s, double *out) {
    char text[DOUBLE_TEXT_MAX + 32], point[16];
    if (!is_double_text(s) || s.len > DOUBLE_TEXT_MAX) return false;
    decimal_point(point);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '.') {
            memcpy(text + n, point, strlen(point));
            n += strlen(point);
        } else {
            text[n++] = s.ptr[i];
        }
    }
    text[n] = 0;
    *out = strtod(text, NULL);
    return true;
}

// What digits cannot show; NULL: they can.
static const char *special(double d) {
    if (isnan(d)) return "NaN";
    if (isinf(d)) return d > 0 ? "Infinity" : "-Infinity";
    return NULL;
}

// A copy with `.` for the locale's decimal point.
static str with_point(arena *a, const char *text) {
    char point[16];
    decimal_point(point);
    str s = str_of(text);
    ptrdiff_t at = str_find(s, str_of(point));
    if (at < 0 || strcmp(point, ".") == 0) return str_copy(a, s);
    return str_format(a, "%.*s.%s", (int)at, text, text + (size_t)at + strlen(point));
}

str num_print_double(arena *a, double d) {
    char text[64];
    if (special(d)) return str_of(special(d));
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, d);
        if (strtod(text, NULL) == d) break;
    }
    // 100 and not 1e+02: up to here all digits of a whole number are exact.
    const char *exponent = strchr(text, 'e');
    if (exponent && fabs(d) >= 1 && fabs(d) < 1e16)
        snprintf(text, sizeof text, "%.*g", (int)strtol(exponent + 1, NULL, 10) + 1, d);
    return with_point(a, text);
}

static void add_zeros(buf *out, long count) {
    while (count-- > 0)
        buf_addc(out, '0');
}

str num_print_plain(arena *a, double d) {
    str s = num_print_double(a, d);
    ptrdiff_t e = str_find(s, STR("e"));
    if (e < 0) return s;
    long exponent = strtol(s.ptr + e + 1, NULL, 10); // a copy ends with a NUL
    buf out = {.arena = a}, digits = {.arena = a};
    for (ptrdiff_t i = 0; i < e; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') buf_addc(&digits, s.ptr[i]);
    if (s.ptr[0] == '-') buf_addc(&out, '-');
    if (exponent < 0) {
        buf_adds(&out, "0.");
        add_zeros(&out, -exponent - 1);
    }
    buf_add(&out, buf_str(&digits)); // at most 17, and positive exponents are from 16 on
    add_zeros(&out, exponent + 1 - (long)digits.len);
    return buf_str(&out);
}

enum { FIXED_MAX = NUM_PRECISION_MAX + 320 }; // 309 digits before the point

str num_print_fixed(arena *a, double d, unsigned precision) {
    char text[FIXED_MAX];
    if (special(d)) return str_of(special(d));
    if (precision > NUM_PRECISION_MAX) precision = NUM_PRECISION_MAX;
    snprintf(text, sizeof text, "%.*f", (int)precision, d);
    return with_point(a, text);
}

str num_print_exponent(arena *a, double d, unsigned precision) {
    char text[FIXED_MAX];
    if (special(d)) return str_of(special(d));
    if (precision > NUM_PRECISION_MAX) precision = NUM_PRECISION_MAX;
    snprintf(text, sizeof text, "%.*e", (int)precision, d);
    return with_point(a, text);
}
