// SPDX-License-Identifier: Apache-2.0
//
// What the walker and the tables of functions share; private to src/cel.
#ifndef OBSTAT_CEL_EVAL_H
#define OBSTAT_CEL_EVAL_H

#include "cel/cel.h"

enum { CEL_MAX_TEXT = 1 << 20, CEL_MAX_ITEMS = 1 << 20 }; // of a text or list that a run makes

// An error value at an expression.
value cel_fail(const cel_run *run, const expr *at, const char *fmt, ...) PRINTF_LIKE(3, 4);

// Takes steps for work that is no node. False: there are not enough left, and none is left now.
bool cel_spend(cel_run *run, size_t steps);
value cel_too_much(const cel_run *run, const expr *at);

// "no such overload": no function of the name takes values of these kinds.
value cel_no_overload(const cel_run *run, const expr *call, const value *args, size_t count);

// Whether the values are of the kinds that a signature of the function has.
bool cel_takes(const cel_function *row, const value *args, size_t count);

// Equality by the run's steps.
value cel_equal(cel_run *run, const expr *at, value x, value y);

value cel_optional(const cel_run *run, value v);
value cel_map_of(const cel_run *run, const value *keys, const value *values, size_t count);

// How a member that is not there is answered.
typedef enum select_mode {
    SELECT_PLAIN,    // x.f, x[k]: an error
    SELECT_OPTIONAL, // x.?f, x[?k]: optional.none()
    SELECT_HAS       // has(x.f): false, and true for one that is there
} select_mode;

value cel_select(cel_run *run, const expr *at, value operand, str field, select_mode mode);
value cel_index(cel_run *run, const expr *at, value operand, value key, select_mode mode);
value cel_in(cel_run *run, const expr *at, value element, value container);

// Whether a value may be a key of a map.
bool cel_is_key(value v);

// The macros; `e` is an EXPR_MACRO.
value cel_macro(cel_run *run, const expr *e, value *frame);

// What a slot of a frame holds: evaluates an argument of a definition at its first use.
value cel_slot(cel_run *run, value *frame, uint32_t slot);

// The tables behind cel_standard.
extern const cel_function_table cel_operators, cel_text_functions, cel_conversions,
    cel_time_functions, cel_optional_functions, cel_encoders, cel_string_functions,
    cel_format_functions, cel_math_functions, cel_law_functions;

#endif
