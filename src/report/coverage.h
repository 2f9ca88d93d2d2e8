// SPDX-License-Identifier: Apache-2.0
//
// What is told of the coverage of rules by their tests: the conditions that no test has shown to
// matter, the figure of each rule, and all together.
#ifndef OBSTAT_REPORT_COVERAGE_H
#define OBSTAT_REPORT_COVERAGE_H

#include "report/model.h"

// One value of a condition that no test has shown.
typedef struct report_gap {
    bool as;     // true: it was never shown as true
    bool cannot; // it cannot occur, which is proved
    str test;    // the case that would show it; empty: none is known
    report_at test_at;
    str expect; // if it said what must come of this rule
    str patch;  // or with this change of its manifest
} report_gap;

typedef struct report_condition_gaps {
    str decision; // "applies"
    str text;     // the condition as it is written
    report_at at;
    report_texts calls; // that lead to it, the outermost first; empty: it stands in the rule
    report_at *call_at;
    size_t rule_count; // that have it
    bool looked_at;    // some test evaluated it
    report_gap gaps[2];
    size_t gap_count;
} report_condition_gaps;

typedef struct report_covered_rule {
    str rule, title, file;
    uint32_t line;
    size_t shown, possible; // values of conditions; each has two, without those that cannot occur
    report_condition_gaps *conditions; // that have a gap, and were told of no rule before
    size_t condition_count;
} report_covered_rule;

typedef struct report_coverage {
    report_covered_rule *rules;
    size_t rule_count;
    // Of all rules; what several rules have counts once.
    size_t shown, possible, impossible, unexamined;
    size_t passed, failed; // tests
} report_coverage;

void coverage_write(buf *out, const report_coverage *c, const report_options *options);
void coverage_write_json(buf *out, const report_coverage *c);

#endif
