// SPDX-License-Identifier: Apache-2.0
//
// All lints in a row; the table of them; findings in the order in which they stand in the files.
#include "author/linter.h"

#include <stdlib.h>

const lint_kind lint_kinds[] = {
#define LINT(code, found, mend) {DIAG_##code, LINT_##found, mend},
#include "author/lints.def"
#undef LINT
};
const size_t lint_kind_count = sizeof lint_kinds / sizeof *lint_kinds;

const char *const claim_verdict_names[3] = {"proved", "refuted", "not examined"};

static const char *mend_of(diag_code code) {
    for (size_t i = 0; i < lint_kind_count; i++)
        if (lint_kinds[i].code == code) return lint_kinds[i].mend;
    return "";
}

bool lint_is_wanted(const linter *l, span at) {
    for (size_t i = 0; i < l->options->within_count; i++)
        if (at.src && str_starts(at.src->name, l->options->within[i])) return true;
    return l->options->within_count == 0;
}

diag *lint_add(linter *l, diag_code code, span at, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    str message = str_vformat(l->arena, fmt, args);
    va_end(args);
    if (!lint_is_wanted(l, at)) return arena_new(l->arena, diag);
    return diag_add(&l->found, code, at, str_of(mend_of(code)), "%.*s", STR_ARG(message));
}

// --- order

static int by_place(const void *x, const void *y) {
    const diag *a = x, *b = y;
    if (a->at.src != b->at.src) {
        if (!a->at.src || !b->at.src) return a->at.src ? 1 : -1;
        int order = str_cmp(a->at.src->name, b->at.src->name);
        if (order) return order;
    }
    if (a->at.from != b->at.from) return a->at.from < b->at.from ? -1 : 1;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    return str_cmp(a->message, b->message);
}

// What a chapter lends is found once for each of its rules, and said once.
static bool same(const diag *a, const diag *b) {
    return a->at.src == b->at.src && a->at.from == b->at.from && a->code == b->code &&
           str_eq(a->message, b->message);
}

static void give(const linter *l, diags *d) {
    diag *all = l->found.list.at;
    size_t count = l->found.list.len;
    if (count) qsort(all, count, sizeof *all, by_place);
    for (size_t i = 0; i < count; i++) {
        if (i && same(&all[i - 1], &all[i])) continue;
        diag *given =
            diag_add(d, all[i].code, all[i].at, all[i].hint, "%.*s", STR_ARG(all[i].message));
        given->also = all[i].also;
    }
    d->dropped += l->found.dropped;
}

void lint_rules(lint_result *out, const ruleset *r, arena *a, diags *d, const lint_options *o) {
    linter l = {.rules = r, .arena = a, .found = {.arena = a}, .options = o, .result = out};
    *out = (lint_result){0};
    lint_dates(&l);
    lint_sources(&l);
    lint_uses(&l);
    lint_proofs(&l);
    give(&l, d);
}
