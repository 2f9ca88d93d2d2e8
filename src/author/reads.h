// SPDX-License-Identifier: Apache-2.0
//
// What expressions read, through all definitions, parameters and roles that they use: names of
// facts, texts, definitions. Private to src/author.
#ifndef OBSTAT_AUTHOR_READS_H
#define OBSTAT_AUTHOR_READS_H

#include "law/ruleset.h"

typedef struct reads {
    const ruleset *rules;
    arena *arena;
    map names; // of facts and entities that are selected, and of those that functions read
    map texts; // literals
    map functions;
    vec(const definition *) definitions;
    size_t expressions; // that were looked at
} reads;

void reads_add(void *into, const expr *e); // a `reads`; NULL: nothing
void reads_add_cond(reads *into, const cond *c);

bool reads_definition(const reads *r, const definition *d);

#endif
