// SPDX-License-Identifier: Apache-2.0
//
// The tables of CEL's own functions, and of what laws count with, as environments take them.
#include "cel/eval.h"

const cel_function_table *const cel_standard[] = {
    &cel_operators,          &cel_text_functions, &cel_conversions,      &cel_time_functions,
    &cel_optional_functions, &cel_encoders,       &cel_string_functions, &cel_format_functions,
    &cel_math_functions,     &cel_law_functions,
};
const size_t cel_standard_count = sizeof cel_standard / sizeof cel_standard[0];
