// SPDX-License-Identifier: Apache-2.0
//
// From findings and law to the report model. The only part of this folder that sees them: all texts
// are copied, so that a report outlives the rules and the manifests that it tells of.
#ifndef OBSTAT_REPORT_BUILD_H
#define OBSTAT_REPORT_BUILD_H

#include "check/check.h"
#include "report/model.h"

typedef struct builder {
    arena *arena;
    const ruleset *rules;
    report *report;
    vec(report_file) manifests;
    vec(report_file) folders;
    vec(report_clearance) clearances;
    vec(report_finding) findings;
    vec(report_role) roles;
    vec(report_question) questions;
    vec(report_diagnostic) diagnostics;
    map used; // id → rule, of the findings
} builder;

builder build_begin(arena *a, const ruleset *rules, str version, rule_severity fail_on);

// One manifest; without a result it was unusable.
void build_manifest(builder *b, str file, str digest, const check_result *result);
void build_folder(builder *b, str path, str digest);
void build_diagnostics(builder *b, const diags *d);

// The finished report, its exit code included.
report *build_end(builder *b);

// 2 nothing was checked or a manifest is unusable, 1 blocked, 3 not all cleared, 0 all cleared.
int build_exit(const report *r);

// A report without findings about one rule, for its page.
report *build_about(arena *a, const ruleset *rules, const rule *of);

report_diagnostic build_diagnostic(arena *a, const diag *d);

// --- parts, in build_rule.c, build_terms.c and build_at.c

report_at build_at(arena *a, span at, str path, bool with_text);
report_rule build_rule(arena *a, const rule *from);
report_policy build_policy(arena *a, const policy *from);
void build_terms(arena *a, report_rule *to, const rule *from);
str build_expr_text(arena *a, const expr *e); // as it was written
str build_amount(arena *a, const expr *e);    // a day, a period or a sum in words
// A value as a manifest would state it, in one line of YAML.
void build_value(buf *b, const node *n);
str build_cases(arena *a, const cases *c, bool dated);

extern const char *const severity_names[SEVERITY_BLOCKER + 1];

#endif
