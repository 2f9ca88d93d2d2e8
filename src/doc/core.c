// SPDX-License-Identifier: Apache-2.0
//
// The forms are those of YAML 1.2.2 §10.3.2, in its order.
#include "doc/core.h"
#include "base/num.h"

#include <math.h>

static bool is_one_of(str text, const char *const words[3]) {
    for (int i = 0; i < 3; i++)
        if (str_is(text, words[i])) return true;
    return false;
}

static str unsigned_part(str text) {
    bool sign = text.len && (text.ptr[0] == '-' || text.ptr[0] == '+');
    return sign ? str_sub(text, 1, text.len) : text;
}

static bool is_digits(str s, const char *digits) {
    for (size_t i = 0; i < s.len; i++)
        if (str_find(str_of(digits), str_sub(s, i, i + 1)) < 0) return false;
    return s.len > 0;
}

static core_value integer(bool fits, int64_t i) {
    return (core_value){.kind = NODE_INT, .too_large = !fits, .u.i = i};
}

// `0o17` and `0x1F`.
static core_value based(str digits, unsigned base) {
    uint64_t n = 0;
    bool fits = num_parse_digits(digits, base, &n) && n <= INT64_MAX;
    return integer(fits, fits ? (int64_t)n : 0);
}

// [0-9]*(\.[0-9]*)?([eE][-+]?[0-9]+)? with a digit before the exponent.
static bool is_decimal(str s) {
    size_t i = 0, digits = 0;
    for (bool point = false; i < s.len; i++) {
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            digits++;
        else if (s.ptr[i] == '.' && !point)
            point = true;
        else
            break;
    }
    if (digits == 0) return false;
    if (i == s.len) return true;
    if (s.ptr[i] != 'e' && s.ptr[i] != 'E') return false;
    return is_digits(unsigned_part(str_sub(s, i + 1, s.len)), "0123456789");
}

static core_value number(str text) {
    str rest = unsigned_part(text);
    bool negative = text.len && text.ptr[0] == '-';
    if (is_digits(rest, "0123456789")) {
        int64_t i = 0;
        bool fits = num_parse_int(text, &i);
        return integer(fits, i);
    }
    if (rest.len == text.len && str_starts(text, STR("0o")) &&
        is_digits(str_sub(text, 2, text.len), "01234567"))
        return based(str_sub(text, 2, text.len), 8);
    if (rest.len == text.len && str_starts(text, STR("0x")) &&
        is_digits(str_sub(text, 2, text.len), "0123456789abcdefABCDEF"))
        return based(str_sub(text, 2, text.len), 16);
    core_value v = {.kind = NODE_DOUBLE};
    if (is_one_of(rest, (const char *const[]){".inf", ".Inf", ".INF"})) {
        v.u.d = negative ? -INFINITY : INFINITY;
        return v;
    }
    if (is_one_of(text, (const char *const[]){".nan", ".NaN", ".NAN"})) {
        v.u.d = NAN;
        return v;
    }
    if (!is_decimal(rest)) return (core_value){.kind = NODE_STRING};
    v.too_large = !num_parse_double(text, &v.u.d) || isinf(v.u.d);
    return v;
}

static core_value word(str text) {
    static const char *const nulls[] = {"null", "Null", "NULL"};
    static const char *const trues[] = {"true", "True", "TRUE"};
    static const char *const falses[] = {"false", "False", "FALSE"};
    if (text.len == 0 || str_is(text, "~") || is_one_of(text, nulls))
        return (core_value){.kind = NODE_NULL};
    if (is_one_of(text, trues)) return (core_value){.kind = NODE_BOOL, .u.b = true};
    if (is_one_of(text, falses)) return (core_value){.kind = NODE_BOOL};
    return (core_value){.kind = NODE_STRING};
}

// Most texts are told by their first byte, or by their length.
core_value core_read(str text) {
    enum { LONGEST_WORD = 5 }; // "false"
    char first = text.len ? text.ptr[0] : '~';
    if ((first >= '0' && first <= '9') || first == '+' || first == '-' || first == '.')
        return number(text);
    return text.len <= LONGEST_WORD ? word(text) : (core_value){.kind = NODE_STRING};
}

str core_canonical(arena *a, str text) {
    core_value v = core_read(text);
    if (v.too_large) return text;
    switch (v.kind) {
    case NODE_NULL: return STR("null");
    case NODE_BOOL: return v.u.b ? STR("true") : STR("false");
    case NODE_INT: return str_format(a, "%lld", (long long)v.u.i);
    case NODE_DOUBLE: return num_print_double(a, v.u.d);
    default: return text;
    }
}
