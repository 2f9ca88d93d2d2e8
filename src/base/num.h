// SPDX-License-Identifier: Apache-2.0
//
// Numbers from and to text, the same in every locale.
#ifndef OBSTAT_BASE_NUM_H
#define OBSTAT_BASE_NUM_H

#include "base/str.h"

// Whole text, decimal, optional sign. False: no such number, or out of range.
bool num_parse_int(str s, int64_t *out);
bool num_parse_uint(str s, uint64_t *out);

// Decimal or hexadecimal (0x…) digits only, as in CEL and YAML literals, without sign.
bool num_parse_digits(str digits, unsigned base, uint64_t *out);

// JSON's and CEL's form of a double (digits, point, exponent), or what strtod of the C locale takes
// of it as a whole; no blanks, no "inf", no hexadecimal. Overflow gives infinity, as IEEE says.
bool num_parse_double(str s, double *out);

// The shortest decimal text that reads back as the same double: `1.5`, `1e+23`, `-0.0` as "-0";
// whole numbers below 1e16 without exponent.
// "NaN", "Infinity", "-Infinity" for those.
str num_print_double(arena *a, double d);

// The same digits, but never with an exponent: 1e23 is a one with 23 zeros.
str num_print_plain(arena *a, double d);

// With that many digits after the point, at most NUM_PRECISION_MAX; ties go to the even digit.
enum { NUM_PRECISION_MAX = 1000 };
str num_print_fixed(arena *a, double d, unsigned precision);    // 1234.50
str num_print_exponent(arena *a, double d, unsigned precision); // 1.2345e+03

#endif
