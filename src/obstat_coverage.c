// SPDX-License-Identifier: Apache-2.0
//
// From the coverage of rules to what the report folder writes of it.
#include "obstat_coverage.h"

#include "report/build.h"

static void add_calls(arena *a, report_condition_gaps *to, const call_chain *innermost) {
    size_t count = 0;
    for (const call_chain *c = innermost; c; c = c->outer)
        count++;
    to->calls = (report_texts){arena_array(a, str, count + 1), count};
    to->call_at = arena_array(a, report_at, count + 1);
    for (const call_chain *c = innermost; c; c = c->outer) {
        to->calls.at[--count] = build_expr_text(a, c->call);
        to->call_at[count] = build_at(a, cel_span(c->call), STR(""), false);
    }
}

static report_gap gap_of(arena *a, const covered *c, bool as, shown_state state) {
    report_gap g = {.as = as, .cannot = state == CANNOT_OCCUR};
    const missing_test *t = &c->missing[as];
    if (!t->of) return g;
    g.patch = t->patch;
    g.expect = t->expect;
    g.test = t->of->name;
    g.test_at = build_at(a, t->of->at, STR(""), false);
    return g;
}

static report_condition_gaps gaps_of(arena *a, const covered *c) {
    const condition *k = &c->in->conditions.at[c->number];
    report_condition_gaps out = {
        .decision = str_of(decision_names[k->of->kind]),
        .text = build_expr_text(a, k->e),
        .at = build_at(a, cel_span(k->e), STR(""), true),
        .rule_count = c->rule_count,
        .looked_at = c->looked_at,
    };
    add_calls(a, &out, k->calls);
    for (int as = 1; as >= 0; as--) {
        shown_state state = coverage_state(c, as);
        if (state != SHOWN) out.gaps[out.gap_count++] = gap_of(a, c, as, state);
    }
    return out;
}

static report_covered_rule rule_of(arena *a, const rule_coverage *r) {
    report_at at = build_at(a, r->rule->at, STR(""), false);
    report_covered_rule out = {.rule = r->rule->id,
                               .title = r->rule->title,
                               .file = at.file,
                               .line = at.line,
                               .shown = r->shown,
                               .possible = r->possible};
    out.conditions = arena_array(a, report_condition_gaps, r->conditions.len + 1);
    for (size_t i = 0; i < r->conditions.len; i++) {
        const covered *c = r->conditions.at[i];
        if (c->listed_by != r->rule) continue;
        report_condition_gaps gaps = gaps_of(a, c);
        if (gaps.gap_count) out.conditions[out.condition_count++] = gaps;
    }
    return out;
}

report_coverage object_coverage(arena *a, const coverage_result *from) {
    report_coverage out = {.shown = from->shown,
                           .possible = from->possible,
                           .impossible = from->impossible,
                           .unexamined = from->unexamined,
                           .rule_count = from->rules.len};
    out.rules = arena_array(a, report_covered_rule, from->rules.len + 1);
    for (size_t i = 0; i < from->rules.len; i++)
        out.rules[i] = rule_of(a, &from->rules.at[i]);
    return out;
}
