// SPDX-License-Identifier: Apache-2.0
//
// The text report: for each group of places the findings that matter, then a line a market, and
// last the line that says what it comes to.
#include "report/text.h"

#include "report/formats.h"

enum { QUESTIONS_MAX = 5, COUNTS_MIN = 30 };

static bool matters(const report_outcome *o) {
    return o->matters;
}

static bool is_beside(const report_outcome *o) {
    return !o->matters;
}

static const report_clearance *clearance_of(const report *r, size_t manifest, str place) {
    for (size_t i = 0; i < r->clearance_count; i++)
        if (r->clearances[i].manifest == manifest && str_eq(r->clearances[i].place, place))
            return &r->clearances[i];
    return NULL;
}

// "CN · China (mainland) · as of 2026-12-15", or the codes alone of many places.
static str heading(teller *t, const section *s) {
    arena *a = t->arena;
    const report_clearance *c = clearance_of(t->report, s->manifest, s->places.at[0]);
    str codes = text_join(a, s->places.at, s->places.len, ", ");
    str file = t->report->manifest_count > 1
                   ? str_format(a, "%.*s · ", STR_ARG(t->report->manifests[s->manifest].path))
                   : STR("");
    if (s->places.len > 1 || !c) return str_format(a, "%.*s%.*s", STR_ARG(file), STR_ARG(codes));
    return str_format(a, "%.*s%.*s · %.*s · as of %.*s", STR_ARG(file), STR_ARG(codes),
                      STR_ARG(c->name), STR_ARG(c->as_of));
}

static void sections(teller *t, size_t manifest) {
    section_list list = text_sections(t, manifest, matters);
    for (size_t i = 0; i < list.len; i++) {
        page_rule(&t->page, INK_NAME, heading(t, &list.at[i]));
        page_end(&t->page);
        for (size_t k = 0; k < list.at[i].entries.len; k++)
            text_entry(t, &list.at[i].entries.at[k]);
    }
    if (!t->options->verbose) return;
    list = text_sections(t, manifest, is_beside);
    for (size_t i = 0; i < list.len; i++) {
        page_rule(
            &t->page, INK_NAME,
            str_format(t->arena, "%.*s · met or not applicable", STR_ARG(heading(t, &list.at[i]))));
        page_end(&t->page);
        for (size_t k = 0; k < list.at[i].entries.len; k++)
            text_one_line(t, &list.at[i].entries.at[k]);
        page_end(&t->page);
    }
}

static void questions(teller *t) {
    const report *r = t->report;
    page *p = &t->page;
    if (!r->question_count) return;
    size_t most = t->options->verbose || r->question_count <= QUESTIONS_MAX + 1 ? r->question_count
                                                                                : QUESTIONS_MAX;
    page_rule(p, INK_NAME, STR("what to state next"));
    page_end(p);
    for (size_t i = 0; i < most; i++) {
        const report_question *q = &r->questions[i];
        page_tab(p, 2);
        p->indent = 4;
        page_words(p, INK_NAME, q->path);
        page_words(p, INK_PLAIN, q->ask);
        page_wordsf(p, INK_FAINT, "(%zu finding%s)", q->decides_count,
                    q->decides_count == 1 ? "" : "s");
        page_end(p);
    }
    if (most < r->question_count) {
        page_tab(p, 2);
        page_wordsf(p, INK_FAINT, "and %zu more (-v shows all)", r->question_count - most);
        page_end(p);
    }
    page_end(p);
}

// --- a line a market

typedef struct columns {
    unsigned place, name, verdict;
} columns;

static void widen(unsigned *column, str s) {
    unsigned width = page_width(s);
    if (width > *column) *column = width;
}

static void counts(teller *t, const report_clearance *c) {
    size_t left = 0;
    for (size_t i = 0; i < REPORT_OUTCOMES; i++)
        left += c->counts[i] > 0;
    if (!left) page_words(&t->page, INK_PLAIN, STR("no law in the rules covers it"));
    for (size_t i = 0; i < REPORT_OUTCOMES; i++) {
        if (!c->counts[i]) continue;
        left--;
        page_unbroken(&t->page, INK_PLAIN,
                      str_format(t->arena, "%zu %s%s", c->counts[i], report_outcomes[i].said,
                                 left ? "," : ""));
    }
}

static void clearance(teller *t, const report_clearance *c, const columns *w) {
    page *p = &t->page;
    unsigned at = 2;
    page_tab(p, at);
    page_put(p, INK_NAME, c->place);
    page_tab(p, at += w->place + 2);
    page_put(p, INK_PLAIN, c->name);
    page_tab(p, at += w->name + 2);
    page_put(p, INK_PLAIN, c->as_of);
    page_tab(p, at += 12);
    page_put(p, text_ink(c->clearance), c->clearance);
    at += w->verdict + 2;
    page_tab(p, p->width > at + COUNTS_MIN ? at : 6);
    counts(t, c);
    page_end(p);
    for (size_t i = 0; i < c->rests_on.count; i++) {
        page_tab(p, 2 + w->place + 2);
        p->indent += 2;
        page_wordsf(
            p, INK_FAINT, "%s %.*s",
            str_is(c->clearance, "cleared") ? "rests on:" : "note:", STR_ARG(c->rests_on.at[i]));
        page_end(p);
    }
}

static void summary(teller *t) {
    const report *r = t->report;
    columns w = {0};
    for (size_t i = 0; i < r->clearance_count; i++) {
        widen(&w.place, r->clearances[i].place);
        widen(&w.name, r->clearances[i].name);
        widen(&w.verdict, r->clearances[i].clearance);
    }
    for (size_t i = 0, last = SIZE_MAX; i < r->clearance_count; i++) {
        size_t manifest = r->clearances[i].manifest;
        if (r->manifest_count > 1 && manifest != last) {
            page_put(&t->page, INK_NAME, r->manifests[manifest].path);
            page_end(&t->page);
        }
        last = manifest;
        clearance(t, &r->clearances[i], &w);
    }
    if (r->clearance_count) page_end(&t->page);
}

// --- the last line

static size_t violated_rules(const report *r, const report_clearance *c) {
    size_t count = 0;
    const report_finding *last = NULL; // findings are sorted by rule
    for (size_t i = 0; i < r->finding_count; i++) {
        const report_finding *f = &r->findings[i];
        if (f->manifest != c->manifest || !str_eq(f->place, c->place) ||
            !str_is(f->outcome, "violated") || (last && str_eq(last->rule, f->rule)))
            continue;
        last = f;
        count++;
    }
    return count;
}

// A place of the last line, and in how many manifests it has this verdict.
typedef struct told_place {
    const report_clearance *first;
    size_t count;
} told_place;

static str named(teller *t, const told_place *p) {
    const report *r = t->report;
    buf b = {.arena = t->arena};
    buf_add(&b, p->first->place);
    if (p->count > 1) {
        buf_addf(&b, " in %zu manifests", p->count);
        return buf_str(&b);
    }
    if (r->manifest_count > 1)
        buf_addf(&b, " in %.*s", STR_ARG(r->manifests[p->first->manifest].path));
    if (str_is(p->first->clearance, "blocked")) {
        size_t n = violated_rules(r, p->first);
        buf_addf(&b, " (%zu rule%s violated)", n, n == 1 ? "" : "s");
    }
    return buf_str(&b);
}

// "CN (2 rules violated), DE": each place once.
static text_list places_with(teller *t, const char *verdict) {
    const report *r = t->report;
    map by_place = {0};
    text_list places = {0};
    for (size_t i = 0; i < r->clearance_count; i++) {
        const report_clearance *c = &r->clearances[i];
        if (!str_is(c->clearance, verdict)) continue;
        told_place *p = map_get(&by_place, c->place);
        if (!p) {
            p = arena_new(t->arena, told_place);
            p->first = c;
            map_put(t->arena, &by_place, c->place, p);
        }
        p->count++;
    }
    for (size_t i = 0; i < by_place.len; i++)
        vec_push(t->arena, &places, named(t, by_place.entries[i].value));
    return places;
}

static void part(teller *t, const char *word, const text_list *what, bool *begun) {
    if (!what->len) return;
    page *p = &t->page;
    if (*begun) page_words(p, INK_FAINT, STR("·"));
    page_words(p, text_ink(str_of(word)), str_format(t->arena, "%s:", word));
    page_words(p, INK_PLAIN, text_join(t->arena, what->at, what->len, ", "));
    *begun = true;
}

static void last_line(teller *t) {
    static const char *const verdicts[] = {"blocked", "undetermined", "uncovered", "cleared"};
    const report *r = t->report;
    page *p = &t->page;
    bool begun = false;
    text_list unusable = {0};
    for (size_t i = 0; i < r->manifest_count; i++)
        if (r->manifests[i].unusable) vec_push(t->arena, &unusable, r->manifests[i].path);
    p->indent = 2;
    part(t, "not checked", &unusable, &begun);
    for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++) {
        text_list places = places_with(t, verdicts[v]);
        part(t, verdicts[v], &places, &begun);
    }
    if (!begun) page_words(p, INK_BAD, STR("nothing was checked"));
    page_end(p);
}

void text_write(buf *out, const report *r, const report_options *options) {
    teller t = {
        .report = r, .options = options, .arena = out->arena, .page = page_new(out, options)};
    if (!options->quiet) {
        for (size_t i = 0; i < r->manifest_count; i++)
            sections(&t, i);
        questions(&t);
    }
    summary(&t);
    last_line(&t);
}
