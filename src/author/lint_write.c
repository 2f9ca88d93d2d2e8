// SPDX-License-Identifier: Apache-2.0
//
// The lints, findings and claims as texts: for people line by line, for programs as JSON.
#include "author/lint.h"

void lint_write_kinds(buf *out) {
    for (size_t i = 0; i < lint_kind_count; i++) {
        const diag_kind *kind = &diag_kinds[lint_kinds[i].code];
        buf_addf(out, "%s%s\n    %s\n    To mend it: %s.\n", kind->slug,
                 lint_kinds[i].found == LINT_PROVED ? " (proved)" : "", kind->about,
                 lint_kinds[i].mend);
    }
}

// --- claims for people

static void write_claim(buf *out, const claim *c) {
    buf_addf(out, "%s: %s %.*s", claim_verdict_names[c->verdict], diag_kinds[c->fault].slug,
             STR_ARG(c->about));
    if (c->why.len) buf_addf(out, " (%.*s)", STR_ARG(c->why));
    buf_addf(out, ", %zu judged\n", c->tried);
    if (!c->manifest.len) return;
    civil on = day_to_civil(c->as_of);
    buf_addf(out, "    as of %04d-%02d-%02d: %.*s\n", on.year, on.month, on.mday,
             STR_ARG(c->manifest));
}

static size_t count_of(const lint_result *r, diag_code fault, claim_verdict verdict) {
    size_t n = 0;
    for (size_t i = 0; i < r->claims.len; i++)
        n += r->claims.at[i].fault == fault && r->claims.at[i].verdict == verdict;
    return n;
}

void lint_write_claims(buf *out, const lint_result *r, bool every) {
    for (size_t i = 0; every && i < r->claims.len; i++)
        write_claim(out, &r->claims.at[i]);
    for (size_t i = 0; i < lint_kind_count; i++) {
        size_t counts[3], all = 0;
        if (lint_kinds[i].found != LINT_PROVED) continue;
        for (size_t v = 0; v < 3; v++)
            all += counts[v] = count_of(r, lint_kinds[i].code, (claim_verdict)v);
        if (all)
            buf_addf(out, "%s: %zu proved, %zu refuted, %zu not examined\n",
                     diag_kinds[lint_kinds[i].code].slug, counts[CLAIM_PROVED],
                     counts[CLAIM_REFUTED], counts[CLAIM_NOT_EXAMINED]);
    }
}

// --- JSON

static void member(buf *out, const char *name, str text) {
    buf_addf(out, "\"%s\": ", name);
    doc_write_json_string(out, text);
    buf_adds(out, ", ");
}

static void place(buf *out, span at) {
    if (!at.src) return;
    position from = source_position(at.src, at.from), to = source_position(at.src, at.to);
    member(out, "file", at.src->name);
    buf_addf(out, "\"line\": %u, \"column\": %u, \"end_line\": %u, \"end_column\": %u, ", from.line,
             from.column, to.line, to.column);
}

static void finding(buf *out, const diag *d) {
    buf_addc(out, '{');
    member(out, "code", str_of(diag_kinds[d->code].slug));
    place(out, d->at);
    member(out, "message", d->message);
    buf_adds(out, "\"hint\": ");
    doc_write_json_string(out, d->hint);
    buf_addc(out, '}');
}

static void json_claim(buf *out, arena *a, const claim *c) {
    buf_addc(out, '{');
    member(out, "fault", str_of(diag_kinds[c->fault].slug));
    member(out, "about", c->about);
    place(out, c->at);
    member(out, "verdict", str_of(claim_verdict_names[c->verdict]));
    if (c->why.len) member(out, "why", c->why);
    if (c->manifest.len) {
        member(out, "as_of", day_print(a, c->as_of));
        buf_addf(out, "\"manifest\": %.*s, ", STR_ARG(c->manifest));
    }
    buf_addf(out, "\"tried\": %zu}", c->tried);
}

void lint_write_json(buf *out, const diags *d, const lint_result *r) {
    buf_adds(out, "{\"obstat\": \"lint/v1\", \"findings\": [");
    for (size_t i = 0; i < d->list.len; i++) {
        buf_adds(out, i ? ",\n  " : "\n  ");
        finding(out, &d->list.at[i]);
    }
    buf_addf(out, "],\n \"proved\": %zu, \"refuted\": %zu, \"not_examined\": %zu, \"claims\": [",
             r->proved, r->refuted, r->not_examined);
    for (size_t i = 0; i < r->claims.len; i++) {
        buf_adds(out, i ? ",\n  " : "\n  ");
        json_claim(out, out->arena, &r->claims.at[i]);
    }
    buf_adds(out, "]}\n");
}
