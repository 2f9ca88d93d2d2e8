// SPDX-License-Identifier: Apache-2.0
//
// One entry of the text report: what was found, where, under which law, because of what or for want
// of what. The ways out are in text_ways.c.
#include "report/text.h"

#include <stdlib.h>

enum {
    VALUES_AT = 12,   // the column at which what follows a key begins
    EXCERPTS_MAX = 3, // places shown with their lines, unless all are asked for
    PLACES_MAX = 8
};

void text_key(page *p, const char *key) {
    page_tab(p, 2);
    page_puts(p, INK_NAME, key);
    page_tab(p, VALUES_AT);
}

ink text_ink(str word) {
    static const struct {
        const char *word;
        ink ink;
    } inks[] = {{"violated", INK_BAD},      {"error", INK_BAD},   {"blocked", INK_BAD},
                {"undetermined", INK_OPEN}, {"review", INK_OPEN}, {"uncovered", INK_OPEN},
                {"upcoming", INK_SOON},     {"grace", INK_SOON},  {"waived", INK_SOON},
                {"met", INK_GOOD},          {"cleared", INK_GOOD}};
    for (size_t i = 0; i < sizeof inks / sizeof *inks; i++)
        if (str_is(word, inks[i].word)) return inks[i].ink;
    return INK_FAINT;
}

str text_join(arena *a, const str *texts, size_t count, const char *between) {
    buf b = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        if (i) buf_adds(&b, between);
        buf_add(&b, texts[i]);
    }
    return buf_str(&b);
}

static void head(teller *t, const entry *e) {
    page *p = &t->page;
    const report_finding *f = e->first;
    p->indent = 4;
    page_words(p, text_ink(f->outcome), text_said(f->outcome));
    page_words(p, INK_NAME, f->rule);
    page_wordsf(p, INK_PLAIN, "(%.*s):", STR_ARG(f->severity));
    page_words(p, INK_NAME, e->rule ? e->rule->title : STR(""));
    page_end(p);
}

// --- where

typedef struct spot {
    const report_finding *first;
    text_list places;
} spot;

typedef vec(spot) spot_list;

static int by_position(const void *x, const void *y) {
    const report_finding *a = ((const spot *)x)->first, *b = ((const spot *)y)->first;
    if (a->at.line != b->at.line) return a->at.line < b->at.line ? -1 : 1;
    if (a->at.column != b->at.column) return a->at.column < b->at.column ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static spot_list spots(teller *t, const entry *e) {
    spot_list list = {0};
    for (size_t i = 0; i < e->findings.len; i++) {
        const report_finding *f = e->findings.at[i];
        spot *s = NULL;
        for (size_t k = 0; k < list.len && !s; k++)
            if (str_eq(list.at[k].first->subject, f->subject) &&
                str_eq(list.at[k].first->at.file, f->at.file) &&
                list.at[k].first->at.line == f->at.line &&
                list.at[k].first->at.column == f->at.column)
                s = &list.at[k];
        if (!s) {
            vec_push(t->arena, &list, (spot){.first = f});
            s = &list.at[list.len - 1];
        }
        vec_push(t->arena, &s->places, f->place);
    }
    if (list.len) qsort(list.at, list.len, sizeof *list.at, by_position);
    return list;
}

// "?" stands for what a list that is not complete may still hold.
static str subject_said(str subject) {
    return str_is(subject, "?") ? STR("(others, not stated)") : subject;
}

static void where(teller *t, const entry *e) {
    page *p = &t->page;
    spot_list list = spots(t, e);
    unsigned digits = 2;
    for (size_t i = 0; i < list.len; i++)
        if (page_gutter(list.at[i].first->at.line) > digits)
            digits = page_gutter(list.at[i].first->at.line);
    size_t most = t->options->verbose ? list.len : PLACES_MAX;
    size_t shown = t->options->verbose                      ? list.len
                   : text_ink(e->first->outcome) == INK_BAD ? EXCERPTS_MAX
                                                            : 0;
    for (size_t i = 0; i < list.len && i < most; i++) {
        const spot *s = &list.at[i];
        report_at at = s->first->at;
        if (i >= shown) at.text = STR("");
        bool everywhere = s->places.len >= e->places.len;
        str places = everywhere ? STR("") : text_join(t->arena, s->places.at, s->places.len, ", ");
        page_excerpt(p, text_ink(e->first->outcome), &at,
                     str_format(t->arena, "%.*s%s%.*s", STR_ARG(subject_said(s->first->subject)),
                                places.len ? " in " : "", STR_ARG(places)),
                     digits);
    }
    if (list.len > most) {
        page_tab(p, digits);
        page_wordsf(p, INK_FAINT, "and %zu more places", list.len - most);
        page_end(p);
    }
}

// --- the law

static void add_part(buf *b, const char *between, str s) {
    if (!s.len) return;
    if (b->len) buf_adds(b, between);
    buf_add(b, s);
}

str text_basis(str basis) {
    return str_is(basis, "practice") ? STR("regulator's practice") : basis;
}

void text_day(buf *b, const char *what, str on, str cites) {
    buf_addf(b, "%s %.*s", what, STR_ARG(on));
    if (cites.len) buf_addf(b, " by %.*s", STR_ARG(cites));
}

// "regulation, in force since 2023-08-15 by Art. 24".
static str law_facts(teller *t, const entry *e) {
    const report_rule *rule = e->rule;
    buf b = {.arena = t->arena};
    buf_add(&b, text_basis(rule->basis));
    if (e->first->from.len && !text_begins_later(t, e->first))
        text_day(&b, ", in force since", e->first->from, e->first->from_cites);
    bool doubtful = rule->confidence.len && !str_is(rule->confidence, "high");
    if (rule->confidence.len && (doubtful || t->options->verbose))
        buf_addf(&b, "; reviewed %.*s with %.*s confidence", STR_ARG(rule->reviewed_on),
                 STR_ARG(rule->confidence));
    return buf_str(&b);
}

static void line(teller *t, const char *key, ink i, str text) {
    if (!text.len) return;
    text_key(&t->page, key);
    page_words(&t->page, i, text);
    page_end(&t->page);
}

static bool told_in_full(teller *t, const report_policy *policy) {
    for (size_t i = 0; i < t->policies.len; i++)
        if (t->policies.at[i] == policy) return true;
    vec_push(t->arena, &t->policies, policy);
    return false;
}

// The instrument in full once; then by its id, which the first time introduces.
static void law(teller *t, const entry *e) {
    const report_rule *rule = e->rule;
    const report_policy *policy = text_policy(t->report, rule->policy);
    if (!policy) return;
    page *p = &t->page;
    buf other = {.arena = t->arena};
    bool known = told_in_full(t, policy) && !t->options->verbose;
    text_key(p, "law:");
    page_words(p, INK_PLAIN, policy->id);
    if (known) {
        page_puts(p, INK_PLAIN, ",");
        page_words(p, INK_NAME, rule->cites);
        page_wordsf(p, INK_PLAIN, "(%.*s)", STR_ARG(law_facts(t, e)));
        page_end(p);
    } else {
        page_puts(p, INK_PLAIN, ":");
        page_words(p, INK_PLAIN, policy->name);
        add_part(&other, "", policy->native);
        add_part(&other, "; ", policy->number);
        if (other.len) page_wordsf(p, INK_PLAIN, "(%.*s)", STR_ARG(buf_str(&other)));
        page_end(p);
        line(t, "", INK_NAME, rule->cites);
        line(t, "", INK_PLAIN, law_facts(t, e));
    }
    if (rule->url.len || !known) line(t, "", INK_PLAIN, rule->url.len ? rule->url : policy->url);
}

void text_head(teller *t, const entry *e) {
    head(t, e);
    where(t, e);
}

void text_entry(teller *t, const entry *e) {
    text_head(t, e);
    if (e->rule) law(t, e);
    text_reasons(t, e);
    if (e->rule) text_ways(t, e);
    page_end(&t->page);
}

// --- in one line

static str reason_said(teller *t, const report_finding *f) {
    if (f->exception.len && f->exception_cites.len)
        return str_format(t->arena, "exempt: %.*s (%.*s)", STR_ARG(f->exception),
                          STR_ARG(f->exception_cites));
    if (f->exception.len) return str_format(t->arena, "exempt: %.*s", STR_ARG(f->exception));
    if (f->displaced_by.len)
        return str_format(t->arena, "%.*s stands in its place", STR_ARG(f->displaced_by));
    return f->why;
}

void text_one_line(teller *t, const entry *e) {
    page *p = &t->page;
    page_tab(p, 0);
    p->indent = 4;
    page_words(p, text_ink(e->first->outcome), text_said(e->first->outcome));
    page_words(p, INK_NAME, e->first->rule);
    if (e->findings.len > 1) page_wordsf(p, INK_PLAIN, "(%zu times)", e->findings.len);
    if (e->rule) {
        page_puts(p, INK_PLAIN, ":");
        page_words(p, INK_PLAIN, e->rule->title);
    }
    page_end(p);
    str reason = reason_said(t, e->first);
    if (reason.len) {
        page_tab(p, 4);
        page_words(p, INK_FAINT, reason);
        page_end(p);
    }
    text_because(t, e, 4);
}
