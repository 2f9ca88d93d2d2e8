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

#endif
