// SPDX-License-Identifier: Apache-2.0
//
// Whatever the law changes by date or by case: a list of cases, of which the first that fits holds,
// and of the newest version that was known. Here the lists are read, checked in themselves and cut
// to one version; which case holds is decided where they are evaluated.
#include "law/policy_reader.h"

#define ABOUT_FROM  "The first day on which it holds."
#define ABOUT_UNTIL "The first day on which it no longer holds."
#define ABOUT_KNOWN "When the change became law: cases of one date are one version."
#define ABOUT_WHEN  "A condition under which alone it is so."
#define ABOUT_TITLE "What it is, in words."
#define ABOUT_CITES "Where the law says so."

static const schema_key case_keys[] = {
    {"is", TAKES_ANY, true, NULL, "The value."},
    {"from", TAKES_TEXT, false, &schema_date_form, ABOUT_FROM},
    {"until", TAKES_TEXT, false, &schema_date_form, ABOUT_UNTIL},
    {"known", TAKES_TEXT, false, &schema_date_form, ABOUT_KNOWN},
    {"when", TAKES_CONDITION, false, &cel_form, ABOUT_WHEN},
    {"title", TAKES_WORDS, false, NULL, ABOUT_TITLE},
    {"cites", TAKES_WORDS, false, NULL, ABOUT_CITES},
};
enum { CASE_IS, CASE_FROM, CASE_UNTIL, CASE_KNOWN, CASE_WHEN, CASE_TITLE, CASE_CITES, CASE_KEYS };

static const schema_key window_keys[] = {
    {"from", TAKES_TEXT, false, NULL, ABOUT_FROM " A date, or a condition that gives one."},
    {"until", TAKES_TEXT, false, NULL, ABOUT_UNTIL " A date, or a condition that gives one."},
    {"known", TAKES_TEXT, false, &schema_date_form, ABOUT_KNOWN},
    {"when", TAKES_CONDITION, false, &cel_form, ABOUT_WHEN},
    {"title", TAKES_WORDS, false, NULL, ABOUT_TITLE},
    {"cites", TAKES_WORDS, false, NULL, ABOUT_CITES},
};
enum {
    WINDOW_FROM,
    WINDOW_UNTIL,
    WINDOW_KNOWN,
    WINDOW_WHEN,
    WINDOW_TITLE,
    WINDOW_CITES,
    WINDOW_KEYS
};

const schema_form schema_case_form = {.takes = TAKES_MAP, SCHEMA_KEYS(case_keys)};

static const schema_form window_form = {
    .name = "window", .takes = TAKES_MAP, SCHEMA_KEYS(window_keys)};
const schema_form windows_form = {.each = &window_form};

static bool is_case(const node *n) {
    return n->kind == NODE_MAP && doc_get(n, "is");
}

static bool same_when(const expr *a, const expr *b) {
    return a == b || (a && b && cel_same(a, b));
}

static str day_text(policy_reader *p, day d) {
    return day_print(p->r.arena, d);
}

// --- reading

static void read_case(policy_reader *p, const node *n, const char *what, case_of *out) {
    const node *values[CASE_KEYS] = {0};
    *out = (case_of){.at = n->at};
    if (!schema_map(&p->r, n, what, case_keys, CASE_KEYS, values)) return;
    out->node = values[CASE_IS];
    out->has_from = schema_date(&p->r, values[CASE_FROM], &out->from);
    out->has_until = schema_date(&p->r, values[CASE_UNTIL], &out->until);
    out->has_known = schema_date(&p->r, values[CASE_KNOWN], &out->known);
    out->when = policy_cel(p, values[CASE_WHEN], 0);
    out->title = schema_text(values[CASE_TITLE]);
    out->cites = policy_cite(values[CASE_CITES]);
    if (out->has_from && out->has_until && out->until <= out->from)
        diag_add(p->r.diags, DIAG_UNTIL_BEFORE_FROM, values[CASE_UNTIL]->at,
                 STR("`until` is the first day on which it no longer holds"),
                 "%s ends on %.*s, not after it begins", what, STR_ARG(day_text(p, out->until)));
}

// What matters about order and versions, for cases and windows alike.
typedef struct dated {
    bool has_from, has_until, has_known;
    day from, until, known;
    const expr *when;
    span at;
} dated;

static void check_versions(policy_reader *p, const dated *all, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const dated *last = &all[i - 1], *now = &all[i];
        diag *d = NULL;
        if (last->has_known && !now->has_known)
            d = diag_add(p->r.diags, DIAG_VERSION_MIXED, now->at,
                         STR("say since when it is known, or put it before those that say so"),
                         "a case without `known` stands after one that has it");
        else if (last->has_known && now->known < last->known)
            d = diag_add(p->r.diags, DIAG_VERSION_MIXED, now->at,
                         STR("keep the cases of one version together, the older version first"),
                         "this case became known on %.*s, before the one above it",
                         STR_ARG(day_text(p, now->known)));
        if (d) d->also = last->at;
    }
}

// Two cases of one version and one `when`: the second begins after the first has ended.
static void check_pair(policy_reader *p, const dated *first, const dated *second) {
    bool unsorted = first->has_from && (!second->has_from || second->from < first->from);
    bool open = !first->has_until || !second->has_from;
    diag *d = NULL;
    if (unsorted)
        d = diag_add(p->r.diags, DIAG_CASES_UNSORTED, second->at,
                     STR("sort the cases by `from`, the earliest first"),
                     "this case begins before the one above it");
    else if (open || second->from < first->until)
        d = diag_add(p->r.diags, DIAG_CASES_OVERLAP, second->at,
                     STR("give the earlier one an `until`, or each its own `when`"),
                     "two cases hold on one day");
    if (d) d->also = first->at;
}

// --- until

// A case without `until` ends where the next one without `when` begins. Where that has no `from` of
// its own, or begins on the same day, it is the other branch and ends nothing.
static void fill_until(case_of *at, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (at[i].has_until) continue;
        for (size_t k = i + 1; k < count && !at[i].has_until; k++)
            if (!at[k].when && at[k].has_from && (!at[i].has_from || at[k].from > at[i].from)) {
                at[i].has_until = true;
                at[i].until = at[k].from;
            }
    }
}

// The end of the version that begins at `from`.
static size_t version_end(const case_of *at, size_t from, size_t count) {
    size_t i = from + 1;
    while (i < count && at[i].has_known == at[from].has_known &&
           (!at[from].has_known || at[i].known == at[from].known))
        i++;
    return i;
}

static dated dated_of(const case_of *c) {
    return (dated){c->has_from, c->has_until, c->has_known, c->from,
                   c->until,    c->known,     c->when,      c->at};
}

static void check_cases(policy_reader *p, const cases *c) {
    dated *all = arena_array(p->r.arena, dated, c->count);
    case_of *filled = arena_array(p->r.arena, case_of, c->count);
    for (size_t i = 0; i < c->count; i++) {
        all[i] = dated_of(&c->at[i]);
        filled[i] = c->at[i];
    }
    check_versions(p, all, c->count);
    for (size_t from = 0, to; from < c->count; from = to) {
        to = version_end(filled, from, c->count);
        fill_until(filled + from, to - from);
        for (size_t i = from; i < to; i++)
            all[i] = dated_of(&filled[i]);
        for (size_t i = from; i < to; i++)
            for (size_t k = i + 1; k < to; k++)
                if (same_when(all[i].when, all[k].when)) {
                    check_pair(p, &all[i], &all[k]);
                    break;
                }
    }
}

// --- cases

static bool any_case(const node *n) {
    for (uint32_t i = 0; i < n->count; i++)
        if (is_case(n->u.items[i])) return true;
    return false;
}

static void one_value(policy_reader *p, const node *n, cases *out) {
    out->at = arena_new(p->r.arena, case_of);
    out->count = 1;
    out->at[0] = (case_of){.node = n, .at = n->at};
}

void cases_read(policy_reader *p, const node *n, const char *what, bool any_value, cases *out) {
    *out = (cases){0};
    if (!n) return;
    bool list = n->kind == NODE_LIST && (!any_value || any_case(n));
    bool is_map = n->kind == NODE_MAP && (!any_value || is_case(n));
    if (!list && !is_map) {
        one_value(p, n, out);
        return;
    }
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    if (count == 0) {
        diag_add(p->r.diags, DIAG_EMPTY_LIST, n->at, STR("leave the key out, or write a case"),
                 "%s needs a case", what);
        return;
    }
    out->at = arena_array(p->r.arena, case_of, count);
    out->count = count;
    for (size_t i = 0; i < count; i++)
        read_case(p, items[i], what, &out->at[i]);
    check_cases(p, out);
}

void cases_words(policy_reader *p, cases *c, const char *what, const char *const *words,
                 size_t count) {
    for (size_t i = 0; i < c->count; i++) {
        size_t index = 0;
        const node *n = c->at[i].node;
        if (schema_word(&p->r, n, what, words, count, &index))
            c->at[i].value = str_of(words[index]);
    }
}

// Versions follow each other by `known`; the last that was known is the one.
static void cut_at(const policy_reader *p, const case_of *at, size_t count, size_t *from,
                   size_t *to) {
    *from = *to = 0;
    for (size_t i = 0, end; i < count; i = end) {
        end = version_end(at, i, count);
        if (at[i].has_known && p->has_known_on && at[i].known > p->known_on) break;
        *from = i;
        *to = end;
    }
}

void cases_cut(const policy_reader *p, cases *c) {
    size_t from = 0, to = 0;
    cut_at(p, c->at, c->count, &from, &to);
    if (from) c->at += from;
    c->count = to - from;
    fill_until(c->at, c->count);
}

// --- windows

// The day of a date that is written out; false: it is worked out, or not stated.
static bool literal_day(const expr *e, day *out) {
    if (!e || e->kind != EXPR_LITERAL || e->u.literal.kind != VALUE_DATE) return false;
    *out = (day)e->u.literal.u.i;
    return true;
}

static void read_window(policy_reader *p, const node *n, const char *what, bool is_grace,
                        window *out, dated *dates) {
    const node *values[WINDOW_KEYS] = {0};
    *out = (window){.at = n->at};
    *dates = (dated){.at = n->at};
    if (!schema_map(&p->r, n, what, window_keys, WINDOW_KEYS, values)) return;
    out->from = policy_cel_date(p, values[WINDOW_FROM]);
    out->until = policy_cel_date(p, values[WINDOW_UNTIL]);
    out->when = policy_cel(p, values[WINDOW_WHEN], 0);
    out->title = schema_text(values[WINDOW_TITLE]);
    out->cites = policy_cite(values[WINDOW_CITES]);
    dates->has_known = schema_date(&p->r, values[WINDOW_KNOWN], &dates->known);
    dates->has_from = literal_day(out->from, &dates->from);
    dates->has_until = literal_day(out->until, &dates->until);
    dates->when = out->when;
    if (dates->has_from && dates->has_until && dates->until <= dates->from)
        diag_add(p->r.diags, DIAG_UNTIL_BEFORE_FROM, values[WINDOW_UNTIL]->at,
                 STR("`until` is the first day on which it no longer holds"),
                 "%s ends on %.*s, not after it begins", what, STR_ARG(day_text(p, dates->until)));
    if (is_grace && !values[WINDOW_UNTIL] && out->title.len == 0)
        diag_add(p->r.diags, DIAG_GRACE_END, n->at,
                 STR("give it an `until`, or a `title` that says what ends it"),
                 "it is not said when this grace ends");
}

static bool same_version(const dated *a, const dated *b) {
    return a->has_known == b->has_known && (!a->has_known || a->known == b->known);
}

// Windows of one set neither overlap nor go backwards, as far as their dates are written out.
static void check_window_pair(policy_reader *p, const window *first, const window *second,
                              const dated *a, const dated *b) {
    bool known = (a->has_until || !first->until) && (b->has_from || !second->from);
    bool backwards = a->has_from && b->has_from && b->from < a->from;
    if (known || backwards) check_pair(p, a, b);
}

static void number_sets(policy_reader *p, windows *w, const dated *dates) {
    for (size_t i = 1; i < w->count; i++) {
        bool together =
            same_version(&dates[i - 1], &dates[i]) && same_when(w->at[i - 1].when, w->at[i].when);
        w->at[i].set = w->at[i - 1].set + !together;
        if (together) check_window_pair(p, &w->at[i - 1], &w->at[i], &dates[i - 1], &dates[i]);
    }
}

static void cut_windows(const policy_reader *p, windows *w, const dated *dates) {
    size_t from = 0, to = 0;
    for (size_t i = 0; i < w->count; i++) {
        if (dates[i].has_known && p->has_known_on && dates[i].known > p->known_on) break;
        if (i == 0 || !same_version(&dates[i - 1], &dates[i])) from = i;
        to = i + 1;
    }
    size_t first = to > from ? w->at[from].set : 0;
    w->at += from;
    w->count = to - from;
    for (size_t i = 0; i < w->count; i++)
        w->at[i].set -= first;
}

void windows_read(policy_reader *p, const node *n, const char *what, bool is_grace, windows *out) {
    *out = (windows){.stated = n != NULL};
    if (!n) return;
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    if (count == 0)
        diag_add(p->r.diags, DIAG_EMPTY_LIST, n->at, STR("leave the key out, or write a window"),
                 "%s needs a window", what);
    out->at = arena_array(p->r.arena, window, count);
    out->count = count;
    dated *dates = arena_array(p->r.arena, dated, count);
    for (size_t i = 0; i < count; i++)
        read_window(p, items[i], what, is_grace, &out->at[i], &dates[i]);
    check_versions(p, dates, count);
    number_sets(p, out, dates);
    cut_windows(p, out, dates);
}
