// SPDX-License-Identifier: Apache-2.0
//
// Which conditions of rules their tests have shown to matter. A condition counts where it is
// written, once for each chain of calls that leads to it: what a chapter lends to its rules is
// shown by a test of any of them, a definition in each place that uses it. A case shows something
// only of rules whose outcome it expects, and of decisions that the outcome was made from.
#ifndef OBSTAT_AUTHOR_COVERAGE_H
#define OBSTAT_AUTHOR_COVERAGE_H

#include "author/decisions.h"
#include "author/tests.h"

typedef enum shown_state {
    SHOWN,
    NOT_SHOWN,   // a test could show it
    CANNOT_OCCUR // proved
} shown_state;

// A change to a case that would show what no test has shown. What is expected of it then is for who
// knows the law to say.
typedef struct missing_test {
    const test_case *of; // NULL: none was found
    str expect;          // nothing changes: it need only say what must come of this rule here
    str patch;           // else YAML, as it stands under `with:`
    size_t changes;      // in it
} missing_test;

typedef struct covered {
    str key;
    const ruleset *rules;
    const rule_decisions *in; // of the first rule that has it
    uint32_t number;          // there
    size_t rule_count;        // that have it
    bool looked_at;
    bool listed;           // in a result
    const rule *listed_by; // the first rule there that has it
    mcdc_shown shown;
    bool impossible[2];      // as false, as true: proved, of all rules that have it
    bool may_occur[2];       // not so of one of them
    missing_test missing[2]; // the same
} covered;

typedef struct covered_rule {
    const ruleset *rules;
    const rule_decisions *decisions;
    covered **conditions; // by number
    bool in_scope;        // it is reported
} covered_rule;

typedef struct coverage {
    arena *arena;
    const rule_tests *tests; // which say the case at hand
    map index;               // key → covered
    vec(covered *) conditions;
    vec(covered_rule *) rules; // of all dates of knowledge
} coverage;

// Has the checks of these tests watched. `c` lives as long as they run.
void coverage_watch(coverage *c, arena *a, rule_tests *tests);

// Adds the conditions of all rules of policies that `wanted` says yes to, also those that no case
// asked for.
void coverage_add(coverage *c, const ruleset *rules, bool (*wanted)(void *ctx, const policy *p),
                  void *ctx);

// --- for those who look for more

covered_rule *coverage_rule(coverage *c, const ruleset *rules, const rule *of);

// Whether the case says what must come of it.
bool coverage_expects(const test_case *t, const finding *f);

// What the rule, asked about a subject, shows, by number: of the decisions that the outcome is made
// from. And which conditions these have.
void coverage_look(const covered_rule *r, check_run *run, value *frame, mcdc_shown *shown);
void coverage_asked(const covered_rule *r, check_run *run, value *frame, bool *asked);

shown_state coverage_state(const covered *c, bool as);

// Proves of what no case shows, or would show with an expectation, that it cannot occur: in none of
// the rules that have it.
void coverage_prove(coverage *c, arena *scratch);

// --- the result

typedef struct rule_coverage {
    const rule *rule;
    vec(covered *) conditions; // of all its versions that were asked for
    size_t shown, possible;    // values of these; what cannot occur is not possible
} rule_coverage;

typedef struct coverage_result {
    vec(rule_coverage) rules; // in scope, in the order of their files
    // What several rules have counts once. Not examined is what is neither shown nor proved
    // impossible nor has a missing test.
    size_t shown, possible, impossible, unexamined;
} coverage_result;

coverage_result coverage_of_rules(coverage *c);

#endif
