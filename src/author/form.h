// SPDX-License-Identifier: Apache-2.0
//
// How conditions read facts, seen from their text: whether few values of each fact stand for all of
// them, and how many elements of each list are enough to tell every outcome. Private to src/author.
#ifndef OBSTAT_AUTHOR_FORM_H
#define OBSTAT_AUTHOR_FORM_H

#include "author/reads.h"
#include "author/sketch.h"

typedef struct form {
    const ruleset *rules;
    arena *arena;
    str why;  // why values cannot stand for each other; empty: they can
    map seen; // name of a list → how often it is asked about, a size_t
} form;

// Each adds to what was there.
void form_add_role_cond(form *f, const cond *c); // over a party and its engagement
void form_add_rule(form *f, const rule *r);

// Elements of a list of this name that are enough.
size_t form_elements(const form *f, str name);

#endif
