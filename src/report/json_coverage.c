// SPDX-License-Identifier: Apache-2.0
//
// Coverage for machines, `obstat: coverage/v1`: one line for each rule, so that two of them can be
// compared by eye, too. Members are added, never renamed.
#include "doc/doc.h"
#include "report/coverage.h"

static void member(buf *out, const char *key, str s) {
    buf_addf(out, "\"%s\": ", key);
    doc_write_json_string(out, s);
}

static void place(buf *out, const report_at *at) {
    member(out, "file", at->file);
    buf_addf(out, ", \"line\": %u, \"column\": %u, \"end_line\": %u, \"end_column\": %u", at->line,
             at->column, at->end_line, at->end_column);
}

static void calls(buf *out, const report_condition_gaps *c) {
    buf_adds(out, ", \"used_by\": [");
    for (size_t i = 0; i < c->calls.count; i++) {
        buf_adds(out, i ? ", {" : "{");
        member(out, "call", c->calls.at[i]);
        buf_adds(out, ", ");
        place(out, &c->call_at[i]);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void gap(buf *out, const report_gap *g) {
    buf_addf(out, "{\"value\": %s, \"state\": \"%s\"", g->as ? "true" : "false",
             g->cannot     ? "cannot-occur"
             : g->test.len ? "missing"
                           : "not-examined");
    if (g->test.len) {
        buf_adds(out, ", ");
        member(out, "case", g->test);
        buf_adds(out, ", ");
        member(out, g->patch.len ? "with" : "expect", g->patch.len ? g->patch : g->expect);
    }
    buf_addc(out, '}');
}

static void condition(buf *out, const report_condition_gaps *c) {
    buf_addc(out, '{');
    member(out, "decision", c->decision);
    buf_adds(out, ", ");
    member(out, "text", c->text);
    buf_adds(out, ", ");
    place(out, &c->at);
    buf_addf(out, ", \"rules\": %zu", c->rule_count);
    calls(out, c);
    buf_adds(out, ", \"lacks\": [");
    for (size_t i = 0; i < c->gap_count; i++) {
        if (i) buf_adds(out, ", ");
        gap(out, &c->gaps[i]);
    }
    buf_adds(out, "]}");
}

static void rule(buf *out, const report_covered_rule *r) {
    buf_adds(out, "    {");
    member(out, "rule", r->rule);
    buf_adds(out, ", ");
    member(out, "file", r->file);
    buf_addf(out, ", \"line\": %u, \"shown\": %zu, \"possible\": %zu, \"conditions\": [", r->line,
             r->shown, r->possible);
    for (size_t i = 0; i < r->condition_count; i++) {
        buf_adds(out, i ? ",\n      " : "\n      ");
        condition(out, &r->conditions[i]);
    }
    buf_adds(out, "]}");
}

void coverage_write_json(buf *out, const report_coverage *c) {
    buf_addf(out, "{\n  \"obstat\": \"coverage/v1\",\n  \"passed\": %zu,\n  \"failed\": %zu,\n",
             c->passed, c->failed);
    buf_addf(out,
             "  \"shown\": %zu,\n  \"possible\": %zu,\n  \"impossible\": %zu,\n"
             "  \"unexamined\": %zu,\n  \"rules\": [",
             c->shown, c->possible, c->impossible, c->unexamined);
    for (size_t i = 0; i < c->rule_count; i++) {
        buf_adds(out, i ? ",\n" : "\n");
        rule(out, &c->rules[i]);
    }
    buf_adds(out, c->rule_count ? "\n  ]\n}\n" : "]\n}\n");
}
