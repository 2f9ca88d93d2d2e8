// SPDX-License-Identifier: Apache-2.0
//
// What expressions read, through all definitions, parameters and roles that they use: names of
// facts, texts, definitions. Private to src/author.
#ifndef OBSTAT_AUTHOR_READS_H
#define OBSTAT_AUTHOR_READS_H

#include "law/ruleset.h"

typedef vec(day) days;
void days_add(arena *a, days *out, day d); // keeps them sorted, each once

typedef struct reads {
    const ruleset *rules;
    arena *arena;
    map names; // of facts and entities that are selected, and of those that functions read
    map texts; // literals
    map functions;
    map keys;            // of registries' rows, which are among the texts
    days days;           // dates that are written out, and at which lines and cases change
    vec(double) numbers; // sorted, each once
    vec(const definition *) definitions;
    size_t expressions; // that were looked at
} reads;

void reads_add(void *into, const expr *e); // a `reads`; NULL: nothing
void reads_add_cond(reads *into, const cond *c);
// All that decides a rule's outcome, the dates of its lines, too.
void reads_add_rule(reads *into, const rule *r);

bool reads_definition(const reads *r, const definition *d);

#endif
