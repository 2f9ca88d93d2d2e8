// SPDX-License-Identifier: Apache-2.0
//
// Lints of sources: what cites no place in the law, and reviews that are due.
#include "author/linter.h"

// --- citations

static bool is_roman(str s, size_t i) {
    static const char letters[] = "IVXLC";
    bool begins = i == 0 || s.ptr[i - 1] == ' ';
    size_t to = i;
    while (to < s.len && strchr(letters, s.ptr[to]) && s.ptr[to])
        to++;
    return begins && to > i && (to == s.len || strchr(" ,.;()", s.ptr[to]));
}

// A citation of a place has a number in it, in whatever digits; the name of an instrument alone
// leaves the reader to search.
static bool names_a_place(str cites) {
    for (size_t i = 0; i < cites.len; i++) {
        unsigned char c = (unsigned char)cites.ptr[i];
        if ((c >= '0' && c <= '9') || c >= 0x80 || is_roman(cites, i)) return true;
    }
    return false;
}

static void check_citations(linter *l, const rule *r) {
    str cites = str_trim(r->cites.text);
    if (!names_a_place(cites))
        lint_add(l, DIAG_UNCITED_RULE, r->at, "%.*s cites no article: `%.*s`", STR_ARG(r->id),
                 STR_ARG(cites));
    for (size_t i = 0; i < r->except_count; i++)
        if (!str_trim(r->except[i].when.cites.text).len)
            lint_add(l, DIAG_UNCITED_EXEMPTION, r->except[i].when.at,
                     "this exemption cites nothing");
}

static void check_terms(linter *l, const policy *p) {
    for (size_t i = 0; i < p->env->definitions.len; i++) {
        const definition *d = p->env->definitions.at[i];
        const open_term *term = d->open ? d->owner : NULL;
        if (term && !str_trim(term->cites.text).len)
            lint_add(l, DIAG_UNCITED_TERM, d->at, "the open term `%.*s` cites nothing",
                     STR_ARG(d->name));
    }
}

// --- reviews

static void check_review(linter *l, const reviewed *r, str what) {
    day today = l->options->today;
    str on = day_print(l->arena, r->on), recheck = day_print(l->arena, r->recheck);
    if (!r->stated || !r->at.src) return;
    if (r->on > today)
        lint_add(l, DIAG_REVIEW_BACKWARDS, r->at,
                 "%.*s was reviewed on %.*s, which is in the future", STR_ARG(what), STR_ARG(on));
    else if (r->recheck <= r->on)
        lint_add(l, DIAG_REVIEW_BACKWARDS, r->at,
                 "%.*s was reviewed on %.*s and is to be looked at again on %.*s", STR_ARG(what),
                 STR_ARG(on), STR_ARG(recheck));
    else if (r->recheck < today)
        lint_add(l, DIAG_REVIEW_OVERDUE, r->at, "%.*s was to be looked at again on %.*s",
                 STR_ARG(what), STR_ARG(recheck));
}

void lint_sources(linter *l) {
    for (size_t i = 0; i < l->rules->policies.len; i++) {
        const policy *p = l->rules->policies.at[i];
        check_review(l, &p->reviewed, p->id);
        check_terms(l, p);
        for (size_t k = 0; k < p->rules.len; k++) {
            const rule *r = p->rules.at[k];
            check_citations(l, r);
            if (r->reviewed.at.from != p->reviewed.at.from) check_review(l, &r->reviewed, r->id);
        }
    }
}
