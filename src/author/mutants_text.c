// SPDX-License-Identifier: Apache-2.0
//
// Neighbours of numbers, dates, periods and amounts, in the form in which they are written. What is
// written in another form has none.
#include "author/mutants_build.h"

#include "base/date.h"
#include "base/num.h"

str near_int(arena *a, str text, int step) {
    int64_t i = 0, near = 0;
    if (!num_parse_int(text, &i) || __builtin_add_overflow(i, (int64_t)step, &near)) return STR("");
    if (i == 0 && step < 0) return STR(""); // a count below none is no mistake that people make
    return str_format(a, "%lld", (long long)near);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Where the digits of 0.25e3 end, and where the last of them stands.
static size_t mantissa(str text, size_t *last) {
    size_t i = text.len && text.ptr[0] == '-', end = i;
    for (; i < text.len && (is_digit(text.ptr[i]) || text.ptr[i] == '.'); i++)
        if (is_digit(text.ptr[i])) {
            *last = i;
            end = i + 1;
        }
    return end;
}

// The last digit that is not a nought after the point: 0.25 is near 0.26, 1.0e25 near 1.1e25.
str near_double(arena *a, str text, int step) {
    size_t last = 0, end = mantissa(text, &last);
    double parsed = 0;
    if (end == 0 || !num_parse_double(text, &parsed)) return STR("");
    char *out = str_c(a, text);
    for (size_t i = last + 1; i-- > 0;) {
        if (!is_digit(out[i])) continue;
        char digit = out[i];
        out[i] = step > 0 ? (digit == '9' ? '0' : (char)(digit + 1))
                          : (digit == '0' ? '9' : (char)(digit - 1));
        if (step > 0 ? digit == '9' : digit == '0') continue;
        str near = {out, text.len};
        bool is_zero = num_parse_double(near, &parsed) && parsed == 0;
        return is_zero ? STR("") : near;
    }
    return STR("");
}

str near_date(arena *a, str text, int step) {
    day d = 0;
    if (!day_parse(text, &d) || d + step < DAY_MIN || d + step > DAY_MAX) return STR("");
    return day_print(a, d + step);
}

// A month less and 27 days more is one to four days less, by the month.
str near_period(arena *a, str text, int step) {
    enum { NEARLY_A_MONTH = 27 };
    period p;
    if (!period_parse(text, &p) || (p.seconds == 0 && p.days == 0 && p.months == 0)) return STR("");
    if (p.seconds) {
        p.seconds += step;
    } else if (step > 0 || p.days > 0) {
        p.days += step;
    } else {
        p.months--;
        p.days = NEARLY_A_MONTH;
    }
    bool none = p.seconds == 0 && p.days == 0 && p.months == 0;
    return none ? STR("") : period_print(a, p);
}

// `EUR 1500`: the currency and a whole number.
str near_money(arena *a, str text, int step) {
    enum { CODE = 4 };
    if (text.len <= CODE || text.ptr[CODE - 1] != ' ') return STR("");
    str number = near_int(a, str_sub(text, CODE, text.len), step);
    return number.len ? str_joined(a, str_sub(text, 0, CODE), number) : number;
}
