// SPDX-License-Identifier: Apache-2.0
//
// Tests of rules as `obstat test` runs them: the cases of some files, each checked against the
// rules as they were known on its date, one after the other. Whoever asks gets each case as it was
// evaluated; what is told of it is theirs. Reads no files: rules and manifests come from functions.
#ifndef OBSTAT_AUTHOR_TESTS_H
#define OBSTAT_AUTHOR_TESTS_H

#include "check/test_file.h"

// --- rules by the date on which they were known

typedef struct known_rules {
    arena *arena; // in which they live
    diags *diags; // what is wrong with them
    // Loads rules into `arena`; false: they are not usable, `diags` say why. Asked once for a date.
    bool (*load)(void *ctx, ruleset *out, arena *arena, diags *diags, bool has_known_on,
                 day known_on);
    void *ctx;
    vec(struct rules_on *) loaded;
} known_rules;

// NULL: they are not usable, which was said when they were asked for first.
const ruleset *rules_known(known_rules *k, bool has_known_on, day known_on);

// --- cases

typedef struct rule_tests {
    arena *arena;   // of cases and manifests
    arena *scratch; // of one case; emptied after each
    diags *diags;   // what is wrong with the test files
    // The manifest in a file that a case names; NULL: there is none, `diags` say why. It lives in
    // `arena`, and is asked for once as long as it is found.
    const node *(*manifest)(void *ctx, arena *arena, diags *diags, str path, span asked_at);
    void *ctx;
    check_query query; // of all cases but for their dates
    vec(const test_case *) cases;
    vec(const test_file *) files;  // that they came from, and what else these say
    const struct tested_case *now; // the one that is being run; NULL: none
    map manifests;                 // path → node
} rule_tests;

// Adds the cases of a test file's documents.
void tests_read(rule_tests *t, const node *const *documents, size_t count);

// A case as it was evaluated.
typedef struct tested_case {
    const test_case *test;
    const ruleset *rules; // NULL: not usable, and nothing else is there
    const diags *diags;   // what is wrong with its manifest
    bool usable;          // its manifest is, and `found` and `wrong` are there
    const node *manifest; // with its patch merged in
    check_query query;    // with its date
    const check_result *found;
    const mismatches *wrong; // what was expected and is not so
    arena *arena;            // its scratch memory
} tested_case;

bool case_passed(const tested_case *c);

// Runs one case; the result lives in the scratch memory.
tested_case tests_run_case(rule_tests *t, known_rules *rules, const test_case *c);

// Runs all cases in order, until `told` says false.
void tests_run(rule_tests *t, known_rules *rules, bool (*told)(void *ctx, const tested_case *c),
               void *ctx);

#endif
