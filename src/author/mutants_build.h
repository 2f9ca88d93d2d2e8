// SPDX-License-Identifier: Apache-2.0
//
// What the files that make mutants share. Private to src/author/mutants*.c.
#ifndef OBSTAT_AUTHOR_MUTANTS_BUILD_H
#define OBSTAT_AUTHOR_MUTANTS_BUILD_H

#include "author/mutants.h"
#include "cel/ast.h"

typedef struct mutator {
    arena *arena;
    mutants *out;
    const mutant_owner *owners; // of what is walked over now
    size_t owner_count;
} mutator;

// What an expression does where it stands: whether one that is always so would be as if it were not
// there.
typedef enum neutral { NEUTRAL_NONE, NEUTRAL_TRUE, NEUTRAL_FALSE } neutral;

// Adds a mutant; where an anchor has led to the same one before, its owners.
void mutant_put(mutator *m, mutant_kind kind, span at, str replacement);

// The CEL of a scalar, whose first `blank` bytes are something else. `without` is how its being
// taken out is called.
void mutate_cel(mutator *m, const node *n, size_t blank, neutral n_is, mutant_kind without);

// A number, date, period or amount as it is written in a scalar of the file: both neighbours.
void mutate_scalar(mutator *m, const node *n);

// What stands near a text that is written so; empty: nothing. `step` is 1 or -1.
str near_int(arena *a, str text, int step);
str near_double(arena *a, str text, int step);
str near_date(arena *a, str text, int step);
str near_period(arena *a, str text, int step);
str near_money(arena *a, str text, int step);

#endif
