// SPDX-License-Identifier: Apache-2.0
//
// The decisions of a rule as trees of conditions: `applies`, each `except` and `unless`,
// `requires`, with the definitions that they call written out. A condition is a part that is true
// or false and has no logic of its own; bodies of `exists` and `all` are looked into. Built once
// for a rule; an evaluation of it is observed as a tree for mcdc.h.
#ifndef OBSTAT_AUTHOR_DECISIONS_H
#define OBSTAT_AUTHOR_DECISIONS_H

#include "author/mcdc.h"

typedef enum part_kind {
    PART_CONDITION,
    PART_NOT,
    PART_ALL,
    PART_ANY,
    PART_CHOICE,
    PART_CASES,   // values of dated cases, each after its `when`, if it has one
    PART_EXISTS,  // one part: the body
    PART_EVERY,   // `all`: one part, the body
    PART_BIND,    // one part: the body
    PART_CALL,    // of a definition: one part, its body
    PART_ARGUMENT // a parameter as a condition: one part, what the call gives for it
} part_kind;

typedef struct part {
    part_kind kind;
    const expr *e;    // NULL: of a group of lines
    const cond *line; // the line whose window says whether it is there; NULL: it always is
    struct part *parts;
    uint32_t count;
    uint32_t number;      // PART_CONDITION: in the rule
    uint32_t first, last; // the conditions in it, `last` exclusive
} part;

// A call that leads to a condition, from the rule's own text inward.
typedef struct call_chain {
    const struct call_chain *outer; // NULL: the call stands in the rule
    const expr *call;
    const definition *definition;
} call_chain;

typedef enum decision_kind {
    DECISION_APPLIES,
    DECISION_EXCEPT,
    DECISION_UNLESS,
    DECISION_REQUIRES
} decision_kind;

extern const char *const decision_names[]; // "applies"

typedef struct decision {
    decision_kind kind;
    const exception *exception; // of EXCEPT and UNLESS
    part root;
} decision;

typedef struct condition {
    const expr *e;
    const call_chain *calls; // the innermost; NULL: it stands in the rule
    const decision *of;      // its number in `decisions` does not change
    size_t decision;
} condition;

typedef struct rule_decisions {
    const rule *rule;
    vec(decision *) decisions;
    vec(condition) conditions; // by number
} rule_decisions;

const rule_decisions *decisions_of(arena *a, const rule *r);

// The decision as it is evaluated now, for the subject in `frame`, with nothing left out: also what
// an evaluation need not look at.
mcdc_node decision_observe(check_run *run, const decision *d, value *frame);

#endif
