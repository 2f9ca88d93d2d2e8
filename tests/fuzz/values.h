// SPDX-License-Identifier: Apache-2.0
//
// Values for fuzz targets of expressions: a table to choose from by a letter, what may turn out of
// a value that is not fully known, and what an answer is.
#ifndef OBSTAT_FUZZ_VALUES_H
#define OBSTAT_FUZZ_VALUES_H

#include "cel/cel.h"
#include "fuzz.h"

// The value of a letter; every byte is one.
value fuzz_value(char letter);

// Whether there is nothing in it that is not known.
bool fuzz_is_full(value v);

// The value with all that is not known made known, one way for each number: unknowns get values of
// the table, lists that may go on end there or one element later, ranges become a number in them.
value fuzz_fill(arena *a, value v, unsigned number);

// Whether a value is of a type, in all its parts, as far as they are known.
bool fuzz_is_of(value v, const type *t);

// As typed JSON, or `error: …`.
str fuzz_show(arena *a, value v);

// An error of a limit: what is beyond it differs where the way there does.
bool fuzz_is_limit(value v);

// Two answers are one: equal values, or errors.
bool fuzz_same_answer(arena *a, value x, value y);

// Parses, and links in an environment whose memory is `a`. NULL: `d` says why.
expr *fuzz_compile(arena *a, diags *d, cel_env *env, str text, const cel_scope *scope, bool lenient,
                   uint32_t *slots);

#endif
