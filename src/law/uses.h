// SPDX-License-Identifier: Apache-2.0
//
// What an expression uses, through all definitions that it calls: the definitions and parameters
// themselves, roles, and the date `start`. For src/law, and for the tools of policy authors.
#ifndef OBSTAT_LAW_USES_H
#define OBSTAT_LAW_USES_H

#include "law/policy.h"

typedef struct uses {
    arena *arena;
    vec(const definition *) definitions; // each once
    vec(const expr *) roles;             // calls of role('…')
    const expr *start;                   // the first use of `start`, or NULL
    uint32_t start_index;                // of that variable
} uses;

void uses_add(uses *u, const expr *e); // NULL: nothing
void uses_add_cond(uses *u, const cond *c);
void uses_add_rule(uses *u, const rule *r); // all that stands in a rule

// The text of the first argument of a call, where it is a literal; else empty.
str uses_literal_argument(const expr *call);

#endif
