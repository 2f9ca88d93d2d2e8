// SPDX-License-Identifier: Apache-2.0
//
// Which of the things that are not known really matter: those of which two full answers that differ
// in it alone give different outcomes. Found by a tree of answers in which only what is still asked
// for branches. Knows neither expressions nor facts: what is judged, and which answers there are,
// the caller says.
#ifndef OBSTAT_CEL_ESSENTIAL_H
#define OBSTAT_CEL_ESSENTIAL_H

#include "cel/value.h"

typedef vec(value *) value_cells;

enum { ESSENTIAL_OPEN = -1, ESSENTIAL_IMPOSSIBLE = -2, ESSENTIAL_GIVEN_UP = -3 };

typedef struct essential_problem {
    arena *arena;
    // Judges by what the cells hold now. Gives a number for the outcome, OPEN where it depends on
    // cells that are still unknown, IMPOSSIBLE where the answers given do not go together, GIVEN_UP
    // where a limit was reached. `read`: the unknown cells that were asked for, in order.
    int (*judge)(void *ctx, value_cells *read);
    // Values that stand for all answers of a cell; false: it cannot be filled, and is one thing.
    // `*all`: these are all answers there are.
    bool (*answers)(void *ctx, value *cell, value **answers, size_t *count, bool *all);
    void *ctx;
} essential_problem;

typedef struct essential {
    value_cells cells; // that matter, in the order they were met
    bool exact;        // false: beyond the bound; then all that were met
    int outcome;       // where nothing matters: what all answers give; else OPEN
} essential;

essential essential_cells(const essential_problem *p);

#endif
