// SPDX-License-Identifier: Apache-2.0
//
// What must be so of facts for conditions to be what they are to be, as far as it follows from the
// conditions alone: whether it can be so at all. Says no only where it cannot. Private to
// src/author.
#ifndef OBSTAT_AUTHOR_CELLS_H
#define OBSTAT_AUTHOR_CELLS_H

#include "author/terms.h"

typedef enum demand_kind {
    DEMAND_NONE,   // there is none of it, or there is (`holds` false)
    DEMAND_AMONG,  // it is one of the values
    DEMAND_LESS,   // it is less than the value
    DEMAND_MORE,   // it is more than the value
    DEMAND_MEMBER, // the value is in it
    DEMAND_AS_SAID // nothing but that it holds
} demand_kind;

typedef struct demand {
    str key;
    const fact *fact; // NULL: not known
    bool element;
    demand_kind kind;
    bool holds;
    const value *values;
    size_t count;
} demand;

typedef struct cells_of {
    terms *terms;
    vec(demand) demands;
} demands;

// Adds what follows from the condition being true, or false. False: it cannot be, with what was
// demanded before.
bool demand_condition(demands *d, const expr *e, const scope *at, bool holds);

#endif
