// SPDX-License-Identifier: Apache-2.0
//
// What the input of a target may add to an environment: definitions that it brings along, and
// variables of types that no fact has.
#ifndef OBSTAT_FUZZ_WORLD_H
#define OBSTAT_FUZZ_WORLD_H

#include "cel/cel.h"
#include "fuzz.h"

// Takes lines `name := body` and `name(a, b) := body` from the front of a text; what is left is the
// rest. A body with `=>` is a choice: `condition => value ;; => value`, where a case that begins
// with `<` is over and one with `>` is still to come.
void fuzz_definitions(arena *a, diags *d, cel_env *env, str *text);

// Adds the variables, and their values by letters; a letter that is a multiple of seven, or none,
// leaves one unknown.
enum { FUZZ_VARIABLES = 10 };
void fuzz_variables(cel_env *env);
void fuzz_variable_values(value out[FUZZ_VARIABLES], str letters);

#endif
