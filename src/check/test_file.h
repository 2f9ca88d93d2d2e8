// SPDX-License-Identifier: Apache-2.0
//
// Tests of rules, `obstat: test/v1`: read into cases and expectations, and compared with what a
// check found. Only what is named is compared. Knows no files: whoever runs the cases brings
// manifests and rules.
#ifndef OBSTAT_CHECK_TEST_FILE_H
#define OBSTAT_CHECK_TEST_FILE_H

#include "check/check.h"

typedef struct expected_paths {
    bool stated;
    str *at;
    size_t count;
} expected_paths;

// One thing that must be so: the clearance of a place, or the outcome of a rule there, of all its
// subjects or of one.
typedef struct expectation {
    str place, rule, subject; // no rule: the clearance
    bool has_subject, has_severity;
    outcome outcome;
    rule_severity severity;
    verdict verdict;
    expected_paths needs, because; // whole sets
    span at;
} expectation;

typedef struct test_case {
    str name;
    const node *manifest; // in place; NULL: `base`
    str base;             // a path relative to the test file
    span base_at;
    const node *with; // a patch, or NULL
    bool has_as_of, has_known_on;
    day as_of, known_on;
    bool wants_because;
    vec(expectation) expectations;
    span at; // of its name
} test_case;

// A mistake in the rules beside the tests that no case needs to see (src/author/mutate.h).
typedef struct accepted_mutant {
    str of;      // the rule, definition, parameter or role, or the policy, in which it stands
    str was;     // the line as it is; empty: whatever it is
    str becomes; // the line with the mistake in it
    str because;
    span at;
} accepted_mutant;

typedef struct test_file {
    vec(test_case) cases;
    vec(accepted_mutant) survivors;
    const source *src;
} test_file;

struct schema_form;
extern const struct schema_form test_form; // what the file is made of

// False: mistakes, in `d`. A case that expects nothing is one.
bool test_file_read(test_file *out, arena *a, diags *d, const node *doc);

// An expectation that was not met.
typedef struct mismatch {
    const expectation *expected;
    str wanted, got;
    const finding *finding; // what was found instead; NULL: nothing
} mismatch;

typedef struct mismatches {
    vec(mismatch) list;
} mismatches;

void test_compare(mismatches *out, arena *a, const test_case *c, const check_result *found);

#endif
