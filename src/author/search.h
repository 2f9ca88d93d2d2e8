// SPDX-License-Identifier: Apache-2.0
//
// Looks for a manifest for which something holds: begins with one that states nearly nothing, asks
// the engine, and states next what the answer depends on, one fact after the other, with values
// that stand for all its answers. What is found is a manifest that the engine itself has judged.
// Where the whole tree of answers is tried and nothing is found, nothing can be, if all answers
// were told apart (`exact`). Private to src/author.
#ifndef OBSTAT_AUTHOR_SEARCH_H
#define OBSTAT_AUTHOR_SEARCH_H

#include "author/form.h"
#include "check/run.h"

typedef struct search_problem {
    const ruleset *rules;
    const rule *rule; // entered while it is judged
    str market;       // the code of the market, where it is judged
    day as_of;
    const reads *reads; // of all that is judged
    const form *form;   // how it reads
    // Whether it holds for the facts as they are; what it reads is logged in the run.
    truth (*judge)(void *ctx, check_run *run);
    void *ctx;
    const char *role; // of the engagement that the operator has; NULL: none is stated
    size_t bound;     // most manifests to judge
    arena *keep, *scratch;
} search_problem;

typedef struct search_result {
    bool found;
    str manifest;  // JSON, in `keep`
    bool complete; // the whole tree was tried
    bool exact;    // and no two answers in one were told apart by what is judged
    str why;       // where it is not complete or not exact: the first reason
    size_t tried;
} search_result;

search_result search_manifest(const search_problem *p);

// --- choices.c: the values that stand for the answers of a fact

typedef struct choice {
    knot *value; // NULL: the entry says it
    str list;    // of the top level, in which an entry must be, too; empty: none
    knot *entry;
    bool whole; // all that the entry says is meant
} choice;

typedef struct choices {
    vec(choice) list;
    bool exact;
    str why; // it is not
} choices;

typedef struct chooser {
    const search_problem *problem;
    const knot *root; // what is stated so far
    arena *arena;
} chooser;

// Without any: the fact cannot be filled.
void choices_of(choices *out, const chooser *c, const fact *f, str path);
void choices_of_metric(choices *out, const chooser *c, str name);

// What an entry states because it must, besides its id.
void fill_required(const chooser *c, knot *entry, const record_def *def, unsigned depth);

#endif
