// SPDX-License-Identifier: Apache-2.0
//
// Coverage on paper: of each rule that has a gap the conditions that were not shown, with the line
// on which they stand, and the figures.
#include "report/coverage.h"
#include "report/page.h"

static unsigned gutter_of(const report_at *at) {
    unsigned digits = page_gutter(at->line);
    return digits < 2 ? 2 : digits;
}

static const char *lacks(const report_condition_gaps *c) {
    size_t open = 0;
    bool as = false;
    for (size_t i = 0; i < c->gap_count; i++) {
        if (c->gaps[i].cannot) continue;
        open++;
        as = c->gaps[i].as;
    }
    if (open == 2) return c->looked_at ? "true and false not shown" : "no test looks at it";
    return as ? "true not shown" : "false not shown";
}

static void tell_calls(page *p, const report_condition_gaps *c) {
    for (size_t i = 0; i < c->calls.count; i++) {
        page_tab(p, 4);
        page_puts(p, INK_PLAIN, "used by");
        page_words(p, INK_NAME, c->calls.at[i]);
        page_wordsf(p, INK_FAINT, "(%.*s:%u:%u)", STR_ARG(c->call_at[i].file), c->call_at[i].line,
                    c->call_at[i].column);
        page_end(p);
    }
}

static void tell_case(page *p, const report_gap *g) {
    page_words(p, INK_NAME, g->test);
    page_wordsf(p, INK_FAINT, "(%.*s:%u)", STR_ARG(g->test_at.file), g->test_at.line);
}

// A patch stands as it would in a test: its lines keep their own indentation.
static void tell_test(page *p, const report_gap *g) {
    page_tab(p, 4);
    page_wordsf(p, INK_PLAIN, "to show it as %s, ", g->as ? "true" : "false");
    if (g->expect.len) {
        page_words(p, INK_PLAIN, STR("say what must come of"));
        page_words(p, INK_GOOD, g->expect);
        page_words(p, INK_PLAIN, STR("in the case"));
        tell_case(p, g);
        page_end(p);
        return;
    }
    page_words(p, INK_PLAIN, STR("change the case"));
    tell_case(p, g);
    page_puts(p, INK_PLAIN, ":");
    page_end(p);
    for (size_t i = 0; i < g->patch.len;) {
        size_t end = i;
        while (end < g->patch.len && g->patch.ptr[end] != '\n')
            end++;
        page_tab(p, 8);
        page_put(p, INK_GOOD, str_sub(g->patch, i, end));
        page_end(p);
        i = end + 1;
    }
}

static void tell_condition(page *p, const report_condition_gaps *c) {
    size_t open = 0;
    for (size_t i = 0; i < c->gap_count; i++)
        open += !c->gaps[i].cannot;
    if (open == 0) return;
    str label = str_format(p->out->arena, "`%.*s`: %s", STR_ARG(c->decision), lacks(c));
    page_excerpt(p, INK_OPEN, &c->at, label, gutter_of(&c->at));
    tell_calls(p, c);
    if (c->rule_count > 1) {
        page_tab(p, 4);
        page_wordsf(p, INK_FAINT, "%zu rules have it; a test of one of them is enough",
                    c->rule_count);
        page_end(p);
    }
    for (size_t i = 0; i < c->gap_count; i++)
        if (c->gaps[i].test.len) tell_test(p, &c->gaps[i]);
}

static void tell_impossible(page *p, const report_condition_gaps *c) {
    for (size_t i = 0; i < c->gap_count; i++) {
        const report_gap *g = &c->gaps[i];
        if (!g->cannot) continue;
        page_tab(p, 2);
        page_puts(p, INK_FAINT, "cannot occur:");
        page_words(p, INK_PLAIN, c->text);
        page_wordsf(p, INK_PLAIN, "as %s", g->as ? "true" : "false");
        page_wordsf(p, INK_FAINT, "(%.*s:%u:%u)", STR_ARG(c->at.file), c->at.line, c->at.column);
        page_end(p);
    }
}

static void tell_rule(page *p, const report_covered_rule *r) {
    page_put(p, INK_NAME, r->rule);
    page_wordsf(p, r->shown == r->possible ? INK_GOOD : INK_OPEN, "%zu/%zu", r->shown, r->possible);
    page_end(p);
    for (size_t i = 0; i < r->condition_count; i++)
        tell_condition(p, &r->conditions[i]);
    for (size_t i = 0; i < r->condition_count; i++)
        tell_impossible(p, &r->conditions[i]);
}

// Cut, not rounded: 100.0 % is all.
static void tell_sum(page *p, const report_coverage *c) {
    size_t tenths = c->possible ? (c->shown * 1000) / c->possible : 1000;
    page_wordsf(p, INK_NAME, "coverage: %zu.%zu %%", tenths / 10, tenths % 10);
    page_wordsf(p, INK_PLAIN, "(%zu of %zu shown; %zu cannot occur; %zu not examined)", c->shown,
                c->possible, c->impossible, c->unexamined);
    page_end(p);
}

void coverage_write(buf *out, const report_coverage *c, const report_options *options) {
    page p = page_new(out, options);
    p.indent = 6;
    for (size_t i = 0; i < c->rule_count && !options->quiet; i++) {
        const report_covered_rule *r = &c->rules[i];
        if (r->condition_count == 0 && r->shown == r->possible && !options->verbose) continue;
        tell_rule(&p, r);
    }
    tell_sum(&p, c);
}
