// SPDX-License-Identifier: Apache-2.0
//
// The tables of CEL's own functions, and of what laws count with, as environments take them.
#include "cel/eval.h"

#define TABLES(TABLE)                                                                              \
    TABLE(cel_operators, "Operators")                                                              \
    TABLE(cel_text_functions, "Texts and sizes")                                                   \
    TABLE(cel_string_functions, "More of texts")                                                   \
    TABLE(cel_format_functions, "Formats")                                                         \
    TABLE(cel_conversions, "Conversions")                                                          \
    TABLE(cel_math_functions, "Mathematics")                                                       \
    TABLE(cel_time_functions, "Timestamps and durations")                                          \
    TABLE(cel_optional_functions, "Optionals")                                                     \
    TABLE(cel_encoders, "Encodings")                                                               \
    TABLE(cel_law_functions, "Dates, periods, money, languages")

#define ADDRESS(table, title) &(table),
#define TITLE(table, title)   title,

const cel_function_table *const cel_standard[] = {TABLES(ADDRESS)};
const char *const cel_standard_titles[] = {TABLES(TITLE)};
const size_t cel_standard_count = sizeof cel_standard / sizeof cel_standard[0];
