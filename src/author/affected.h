// SPDX-License-Identifier: Apache-2.0
//
// Which rules a place of a policy bears on: those it stands in, and those that use the definition,
// parameter or role that it stands in, through whatever lies between. So only the tests of these
// can tell that it has changed.
#ifndef OBSTAT_AUTHOR_AFFECTED_H
#define OBSTAT_AUTHOR_AFFECTED_H

#include "author/mutants.h"
#include "law/ruleset.h"

typedef struct rule_uses rule_uses;

typedef struct affected {
    arena *arena;
    const ruleset *rules;
    vec(rule_uses *) uses; // of each rule
} affected;

void affected_open(affected *out, arena *a, const ruleset *rules);

// The rules, id → rule, that a mutant of a policy bears on, in `a`.
void affected_rules(map *out, const affected *all, arena *a, const policy *of, const mutant *m);

#endif
