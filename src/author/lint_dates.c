// SPDX-License-Identifier: Apache-2.0
//
// Lints of dates: cases and windows that are never used, gaps between them, lines of a rule that
// stand where it is not in force. What overlaps or runs backwards does not load (law/cases.c), so
// that only what dates and conditions make of each other is left to find. Dates that are worked out
// are taken for any day.
#include "author/linter.h"
#include "law/lookup.h"

// What all that has cases or windows comes down to.
typedef struct dated {
    bool has_from, has_until, conditional, explained;
    day from, until;
    span at;
} dated;

typedef struct dated_list {
    vec(dated) list;
    const char *what; // "a case of `limit`"
} dated_list;

static bool covers(const dated *k, day on) {
    return !(k->has_from && on < k->from) && !(k->has_until && on >= k->until);
}

// --- never used

// Some case before it that needs no condition covers the day.
static const dated *taken_by(const dated_list *all, size_t before, day on) {
    for (size_t i = 0; i < before; i++)
        if (!all->list.at[i].conditional && covers(&all->list.at[i], on)) return &all->list.at[i];
    return NULL;
}

// Whether those before a case hold all its days: what covers its first day must be followed where
// it ends.
static const dated *shadow_of(const dated_list *all, size_t index) {
    const dated *k = &all->list.at[index], *by = NULL;
    day on = k->has_from ? k->from : DAY_MIN;
    for (size_t i = 0; i <= index; i++) {
        by = taken_by(all, index, on);
        if (!by) return NULL;
        if (!by->has_until || (k->has_until && by->until >= k->until)) return by;
        on = by->until;
    }
    return NULL;
}

static void find_shadows(linter *l, const dated_list *all) {
    for (size_t i = 1; i < all->list.len; i++) {
        const dated *by = shadow_of(all, i);
        if (!by) continue;
        diag *d =
            lint_add(l, DIAG_SHADOWED_CASE, all->list.at[i].at,
                     "%s is never used: what stands before it holds on all its days", all->what);
        d->also = by->at;
    }
}

// --- gaps

// The next case that begins after the day; NULL: none.
static const dated *next_after(const dated_list *all, day on) {
    const dated *next = NULL;
    for (size_t i = 0; i < all->list.len; i++) {
        const dated *k = &all->list.at[i];
        if (k->has_from && k->from > on && (!next || k->from < next->from)) next = k;
    }
    return next;
}

static bool any_covers(const dated_list *all, day on) {
    for (size_t i = 0; i < all->list.len; i++)
        if (covers(&all->list.at[i], on)) return true;
    return false;
}

static void find_gaps(linter *l, const dated_list *all) {
    for (size_t i = 0; i < all->list.len; i++) {
        const dated *k = &all->list.at[i];
        if (!k->has_until || any_covers(all, k->until)) continue;
        const dated *next = next_after(all, k->until);
        if (!next || next->explained) continue;
        str from = day_print(l->arena, k->until), until = day_print(l->arena, next->from);
        diag *d =
            lint_add(l, DIAG_CASE_GAP, next->at, "nothing holds from %.*s up to %.*s, before %s",
                     STR_ARG(from), STR_ARG(until), all->what);
        d->also = k->at;
    }
}

// --- cases

static void check_cases(linter *l, const cases *c, const char *what) {
    dated_list all = {.what = what};
    for (size_t i = 0; i < c->count; i++) {
        const case_of *k = &c->at[i];
        dated one = {
            k->has_from, k->has_until, k->when != NULL, k->title.len || k->cites.text.len, k->from,
            k->until,    k->at};
        vec_push(l->arena, &all.list, one);
    }
    find_shadows(l, &all);
    find_gaps(l, &all);
}

static void check_definition(linter *l, const definition *d) {
    dated_list all = {0};
    if (!d->body || d->body->kind != EXPR_CASES || definition_parameter(d)) return;
    for (uint32_t i = 0; i < d->body->u.cases.count; i++) {
        const expr_case *k = &d->body->u.cases.cases[i];
        vec_push(l->arena, &all.list,
                 (dated){k->has_from, k->has_until, k->when != NULL, false, k->from, k->until,
                         cel_span(k->value)});
    }
    all.what = str_c(l->arena, str_format(l->arena, "a case of `%.*s`", STR_ARG(d->name)));
    find_shadows(l, &all);
    find_gaps(l, &all);
}

// --- windows

static bool literal_day(const expr *e, day *out) {
    if (!e || e->kind != EXPR_LITERAL || e->u.literal.kind != VALUE_DATE) return false;
    *out = (day)e->u.literal.u.i;
    return true;
}

static dated dated_window(const window *w) {
    dated one = {.conditional = w->when != NULL,
                 .explained = w->title.len || w->cites.text.len,
                 .at = w->at};
    one.has_from = literal_day(w->from, &one.from);
    one.has_until = literal_day(w->until, &one.until);
    return one;
}

// The windows of one set follow each other.
static void check_set(linter *l, const window *set, size_t count, const char *what) {
    dated_list all = {.what = what};
    for (size_t i = 0; i < count; i++) {
        dated one = dated_window(&set[i]);
        if ((set[i].from && !one.has_from) || (set[i].until && !one.has_until)) return;
        vec_push(l->arena, &all.list, one);
    }
    find_gaps(l, &all);
}

// A set without a condition is taken, whatever its dates: those after it are not.
static void check_windows(linter *l, const windows *w, const char *what) {
    const window *always = NULL;
    for (size_t i = 0, to; i < w->count; i = to) {
        for (to = i; to < w->count && w->at[to].set == w->at[i].set;)
            to++;
        check_set(l, &w->at[i], to - i, what);
        if (always) {
            diag *d = lint_add(l, DIAG_SHADOWED_CASE, w->at[i].at,
                               "%s is never used: one before it has no condition", what);
            d->also = always->at;
        }
        if (!always && !w->at[i].when) always = &w->at[i];
    }
}

// --- out of time

// Whether the rule may be in force on some day of [from, until): if on any, then on the first of
// them or on one on which something begins.
static bool is_ever(linter *l, const rule *r, const dated *k) {
    days on = {0};
    rule_days(l->arena, r, &on);
    if (k->has_from) days_add(l->arena, &on, k->from);
    for (size_t i = 0; i < on.len; i++)
        if (covers(k, on.at[i]) && rule_may_hold(r, on.at[i])) return true;
    return false;
}

// What a chapter lends may be in time for some of its rules: those that are not out of time for
// all.
typedef struct timed_rule {
    linter *linter;
    const rule *rule;
    map *in_time;
    bool tell;
} timed_rule;

static void check_dated(const timed_rule *t, const dated *k, const char *what) {
    str key = span_key(t->linter->arena, k->at);
    if (!t->tell && is_ever(t->linter, t->rule, k))
        map_put(t->linter->arena, t->in_time, key, t->linter);
    if (t->tell && !map_has(t->in_time, key))
        lint_add(t->linter, DIAG_OUT_OF_TIME, k->at, "%s has dates on none of which %s in force",
                 what, t->rule->chapter.len ? "a rule that has it is" : "its rule is");
}

static void check_line(void *ctx, const cond *line, const exception *heads) {
    dated k = {line->has_from, line->has_until, false, false, line->from, line->until, line->at};
    if (k.has_from || k.has_until) check_dated(ctx, &k, heads ? "this exemption" : "this line");
}

static void check_times(const timed_rule *t) {
    const windows *all[] = {&t->rule->effective, &t->rule->grace};
    static const char *const what[] = {"this window", "this grace"};
    for (size_t n = 0; n < 2; n++)
        for (size_t i = 0; i < all[n]->count; i++) {
            dated k = dated_window(&all[n]->at[i]);
            check_dated(t, &k, what[n]);
        }
    rule_lines(t->rule, check_line, (void *)t);
}

// A law that never came into force, or not yet by any date, has no days to compare with.
static bool is_ever_law(linter *l, const rule *r) {
    days on = {0};
    rule_days(l->arena, r, &on);
    for (size_t i = 0; i < on.len; i++)
        if (policy_may_be_in_force(r->policy, on.at[i])) return true;
    return false;
}

// Of a rule or law of which no version was known yet, nothing is said.
static bool is_known(const rule *r) {
    return r->policy->status.count > 0 && (!r->effective.stated || r->effective.count > 0);
}

static void check_rule(linter *l, const rule *r, map *in_time, bool tell) {
    dated all_days = {0};
    if (!is_known(r)) return;
    if (is_ever_law(l, r) && is_ever(l, r, &all_days))
        check_times(&(timed_rule){l, r, in_time, tell});
    else if (tell && is_ever_law(l, r))
        lint_add(l, DIAG_NEVER_APPLIES, r->at, "%.*s is in force on no day: its instrument is not",
                 STR_ARG(r->id));
    if (!tell) return;
    check_cases(l, &r->severity, "a case of `severity`");
    check_windows(l, &r->effective, "a window of `effective`");
    check_windows(l, &r->grace, "a window of `grace`");
}

static void check_rules(linter *l, const policy *p) {
    map in_time = {0};
    for (size_t i = 0; i < p->rules.len; i++)
        check_rule(l, p->rules.at[i], &in_time, false);
    for (size_t i = 0; i < p->rules.len; i++)
        check_rule(l, p->rules.at[i], &in_time, true);
}

// --- policies

static void check_parameter(linter *l, const parameter *q) {
    str what = str_format(l->arena, "a case of `%.*s`", STR_ARG(q->name));
    check_cases(l, &q->cases, str_c(l->arena, what));
}

void lint_dates(linter *l) {
    for (size_t i = 0; i < l->rules->policies.len; i++) {
        const policy *p = l->rules->policies.at[i];
        check_cases(l, &p->status, "a case of `status`");
        for (size_t k = 0; k < p->parameters.len; k++)
            check_parameter(l, p->parameters.entries[k].value);
        for (size_t k = 0; k < p->sets.len; k++)
            check_cases(l, &p->sets.at[k]->cases, "a case of `sets`");
        for (size_t k = 0; k < p->env->definitions.len; k++)
            check_definition(l, p->env->definitions.at[k]);
        check_rules(l, p);
    }
}
