// SPDX-License-Identifier: Apache-2.0
//
// Tries mutants of policies on the tests of the rules: a mutant is killed by the first case that
// fails on it, refused where it does not load, and survives where all cases pass. Reads no files
// and tells nothing itself.
#ifndef OBSTAT_AUTHOR_MUTATE_H
#define OBSTAT_AUTHOR_MUTATE_H

#include "author/affected.h"
#include "author/tests.h"

typedef enum mutant_fate { FATE_KILLED, FATE_SURVIVED, FATE_ACCEPTED, FATE_REFUSED } mutant_fate;

// A mutant after it was tried.
typedef struct tried_mutant {
    const mutant *mutant;
    const policy *policy;
    mutant_fate fate;
    const test_case *killer;         // where it was killed
    const accepted_mutant *accepted; // where it was accepted: survived, and why is said
} tried_mutant;

// What became of an entry of the accepted mutants.
typedef struct accepted_use {
    const accepted_mutant *entry;
    str test_file;
    bool survived, killed; // a mutant that it speaks of
} accepted_use;

typedef struct mutation {
    arena *arena;         // of what outlives a mutant
    arena *rules_arena;   // of the rules with one mutant; emptied after each
    rule_tests *tests;    // all of which pass
    known_rules *known;   // as they are
    const ruleset *rules; // all that is known of them
    // Loads the rules with `text` in the place of a file. False: they are not usable.
    bool (*load)(void *ctx, ruleset *out, arena *a, diags *d, const source *file, str text,
                 bool has_known_on, day known_on);
    // Called after each mutant; false: no more.
    bool (*told)(void *ctx, const tried_mutant *t);
    void *ctx;
    vec(str) paths; // of all files of policies, in their rules folders
    affected affected;
    vec(accepted_use) accepted;
} mutation;

// A file with policies, and its mutants.
typedef struct mutated_file {
    const source *src;
    str path; // in its rules folder
    vec(const policy *) policies;
    vec(mutants *) mutants; // of each
    size_t count;           // of all
} mutated_file;

// Reads the policies of a file of the rules again, and makes its mutants.
void mutated_file_read(mutated_file *out, arena *a, const ruleset *rules, const source *file,
                       str path);

void mutation_open(mutation *m);

// Tries all of a file; false: `told` said so.
bool mutation_try(mutation *m, const mutated_file *file);

// Says what is wrong with the accepted mutants in the tests beside a file all of whose mutants were
// tried: that there is no such mutant, or that it does not survive.
void mutation_check_accepted(const mutation *m, const mutated_file *file, diags *d);

// Whether a name is that path or ends with it: "rules/cn/x.yaml" and "cn/x.yaml".
bool ends_with_path(str name, str path);

// Whether a file of tests stands beside a policy: "rules/cn/x.test.yaml" and
// "rules/cn/x-dates.test.yaml" beside "cn/x.yaml".
bool stands_beside(str policy_path, str tests);

#endif
