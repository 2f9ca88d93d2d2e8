// SPDX-License-Identifier: Apache-2.0
//
// The cells of a fact for one rule: values that stand for all its possible answers, cut by the
// constants that the rule's conditions compare with (below, at and above each number and date; each
// word named, and one that is not). Two answers in one cell cannot be told apart by the rule.
// Lists, records and texts that only functions of their own can judge are opaque: one fact, not
// filled.
#include "check/run.h"

#include <math.h>
#include <stdlib.h>

typedef struct literals {
    bool registries; // some registry is named: texts may be compared with any of its rows
    vec(str) texts;
    vec(double) numbers;
    vec(day) days;
} literals;

typedef struct collector {
    const ruleset *rules;
    arena *arena;
    literals *found;
    unsigned depth; // of definitions and roles
} collector;

enum { MAX_DEFINITION_DEPTH = 16, MAX_FILLINGS = 64, FAR_DAYS = 100000 };

static void collect(collector *c, const expr *e);
static void collect_cond(collector *c, const cond *k);

// A text that names a role asks its conditions, too.
static void collect_role(collector *c, const role_def *role) {
    if (!role || c->depth == MAX_DEFINITION_DEPTH) return;
    c->depth++;
    collect_cond(c, &role->eligible);
    collect_cond(c, &role->engaged);
    c->depth--;
}

static void add_text(collector *c, str s) {
    day d = 0;
    if (day_parse(s, &d)) vec_push(c->arena, &c->found->days, d);
    for (size_t i = 0; i < c->found->texts.len; i++)
        if (str_eq(c->found->texts.at[i], s)) return;
    vec_push(c->arena, &c->found->texts, s);
    if (!c->rules) return;
    c->found->registries |= registry_find(&c->rules->registries, s) != NULL;
    collect_role(c, ruleset_role(c->rules, s));
}

static void add_literal(collector *c, value v) {
    if (v.kind == VALUE_STRING) add_text(c, value_text(v));
    if (v.kind == VALUE_INT) vec_push(c->arena, &c->found->numbers, (double)v.u.i);
    if (v.kind == VALUE_UINT) vec_push(c->arena, &c->found->numbers, (double)v.u.u);
    if (v.kind == VALUE_DOUBLE) vec_push(c->arena, &c->found->numbers, v.u.d);
    if (v.kind == VALUE_DATE) vec_push(c->arena, &c->found->days, (day)v.u.i);
    if (v.kind == VALUE_LIST)
        for (uint32_t i = 0; i < v.u.list->count; i++)
            add_literal(c, v.u.list->items[i]);
}

// A parameter may have other values where a place sets it.
static void collect_definition(collector *c, const definition *d) {
    const parameter *p = definition_parameter(d);
    if (!d || !d->body || c->depth == MAX_DEFINITION_DEPTH) return;
    c->depth++;
    collect(c, d->body);
    for (size_t i = 0; p && i < p->setting_count; i++)
        collect(c, p->settings[i]->body);
    c->depth--;
}

static void collect_part(void *ctx, expr *e) {
    collect(ctx, e);
}

static void collect(collector *c, const expr *e) {
    if (!e) return;
    if (e->kind == EXPR_LITERAL) add_literal(c, e->u.literal);
    if (e->kind == EXPR_IDENT) collect_definition(c, e->u.ident.definition);
    if (e->kind == EXPR_CALL) collect_definition(c, e->u.call.definition);
    cel_each_part(e, collect_part, c);
}

static void collect_cond(collector *c, const cond *k) {
    collect(c, k->test);
    for (size_t i = 0; i < k->count; i++)
        collect_cond(c, &k->parts[i]);
}

static void collect_exceptions(collector *c, const exception *e, size_t count) {
    for (size_t i = 0; i < count; i++) {
        collect_cond(c, &e[i].when);
        collect_exceptions(c, e[i].unless, e[i].unless_count);
    }
}

static void collect_windows(collector *c, const windows *w) {
    for (size_t i = 0; i < w->count; i++) {
        collect(c, w->at[i].from);
        collect(c, w->at[i].until);
        collect(c, w->at[i].when);
    }
}

static const literals *literals_of(check_run *run, const rule *r) {
    literals *found = map_get(&run->literals, r->id);
    if (found) return found;
    found = arena_new(run->arena, literals);
    collector c = {run->rules, run->arena, found, 0};
    collect(&c, r->binds);
    collect_cond(&c, &r->applies);
    collect_exceptions(&c, r->except, r->except_count);
    collect_cond(&c, &r->requires_);
    collect_windows(&c, &r->effective);
    collect_windows(&c, &r->grace);
    collect(&c, r->due);
    map_put(run->arena, &run->literals, r->id, found);
    return found;
}

// --- fillings by type

typedef vec(value) values;

static bool is_named(const literals *l, str word) {
    for (size_t i = 0; i < l->texts.len; i++)
        if (str_eq(l->texts.at[i], word)) return true;
    return false;
}

static bool is_text(value v, str word) {
    return v.kind == VALUE_STRING && str_eq(value_text(v), word);
}

// Whether some fact holds the word, alone or in a list: it may be compared with it.
static bool is_stated(const check_run *run, str word) {
    for (size_t i = 0; i < run->facts->records.len; i++) {
        const record *r = run->facts->records.at[i];
        for (uint32_t s = 0; s < r->type->count; s++) {
            value v = r->slots[s];
            if (is_text(v, word)) return true;
            for (uint32_t k = 0; v.kind == VALUE_LIST && k < v.u.list->count; k++)
                if (is_text(v.u.list->items[k], word)) return true;
        }
    }
    return false;
}

enum { OTHERS = 2 }; // words that nobody names: one for this fact, one to differ from it

// Each word that is named or stated, and two that are not; with `every`, all there are. False: not
// all of them.
static bool fill_enum(check_run *run, const literals *l, const fact *f, bool every, values *out) {
    size_t others = 0;
    for (size_t i = 0; i < f->values->count; i++) {
        str word = f->values->values[i];
        bool known = every || l->registries || is_named(l, word) || is_stated(run, word);
        if (!known && others++ >= OTHERS) continue;
        vec_push(run->arena, out, value_string(word));
    }
    return out->len == f->values->count;
}

static void fill_text(check_run *run, const literals *l, values *out) {
    for (size_t k = 0; k < l->texts.len; k++)
        vec_push(run->arena, out, value_string(l->texts.at[k]));
    vec_push(run->arena, out, value_string(STR("\x01 some other text")));
}

static int by_number(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool in_range(value kept, double d) {
    if (kept.kind != VALUE_RANGE) return true;
    const value_range *r = kept.u.range;
    if (r->has_least && (r->least_open ? d <= r->least : d < r->least)) return false;
    return !(r->has_most && (r->most_open ? d >= r->most : d > r->most));
}

#define FAR_NUMBER 1e15 // beyond any figure that is stated

static void add_number(check_run *run, const fact *f, value kept, double d, values *out) {
    if (!in_range(kept, d) || (f->kind == FACT_INT && fabs(d) >= 9e18)) return;
    vec_push(run->arena, out, f->kind == FACT_INT ? value_int((int64_t)d) : value_double(d));
}

// A step that changes the number, however large it is.
static double beyond(double d) {
    return fabs(d) > 1 ? fabs(d) : 1;
}

// Below, at and between the constants, and above; inside the bounds that are known.
static void fill_number(check_run *run, const literals *l, const fact *f, value kept, values *out) {
    size_t n = l->numbers.len;
    double *at = arena_array(run->arena, double, n + 4);
    for (size_t i = 0; i < n; i++)
        at[i] = l->numbers.at[i];
    if (kept.kind == VALUE_RANGE && kept.u.range->has_least) at[n++] = kept.u.range->least;
    if (kept.kind == VALUE_RANGE && kept.u.range->has_most) at[n++] = kept.u.range->most;
    if (n == 0) at[n++] = 0;
    add_number(run, f, kept, -FAR_NUMBER, out);
    add_number(run, f, kept, FAR_NUMBER, out);
    qsort(at, n, sizeof *at, by_number);
    for (size_t i = 0; i <= n; i++) {
        double between = i == 0                ? at[0] - beyond(at[0])
                         : i == n              ? at[n - 1] + beyond(at[n - 1])
                         : f->kind == FACT_INT ? at[i - 1] + 1
                                               : at[i - 1] + (at[i] - at[i - 1]) / 2;
        bool real = i == 0 || i == n || (between > at[i - 1] && between < at[i]);
        if (real) add_number(run, f, kept, between, out);
        if (i < n && (i == 0 || at[i] > at[i - 1])) add_number(run, f, kept, at[i], out);
    }
}

static int by_day(const void *a, const void *b) {
    day x = *(const day *)a, y = *(const day *)b;
    return (x > y) - (x < y);
}

static void fill_date(check_run *run, const literals *l, values *out) {
    vec(day) at = {0};
    value start = run->facts->globals[FACTS_START];
    for (size_t i = 0; i < l->days.len; i++)
        vec_push(run->arena, &at, l->days.at[i]);
    vec_push(run->arena, out, value_date(DAY_MIN + FAR_DAYS)); // far enough from the ends for
    vec_push(run->arena, out, value_date(DAY_MAX - FAR_DAYS)); // any period
    vec_push(run->arena, &at, run->as_of);
    if (start.kind == VALUE_DATE) vec_push(run->arena, &at, (day)start.u.i);
    qsort(at.at, at.len, sizeof *at.at, by_day);
    day last = DAY_MIN;
    for (size_t i = 0; i < at.len; i++)
        for (day d = at.at[i] - 1; d <= at.at[i] + 1; d++) {
            if (d <= last) continue;
            vec_push(run->arena, out, value_date(d));
            last = d;
        }
}

static bool fill_assumption(check_run *run, values *out) {
    vec_push(run->arena, out, VALUE_TRUE);
    vec_push(run->arena, out, VALUE_FALSE);
    return true;
}

static bool fill_fact(check_run *run, const rule *r, const fact *f, value kept, bool every,
                      values *out, bool *all) {
    const literals *l = literals_of(run, r);
    *all = f->kind == FACT_BOOL;
    if (f->list) return false;
    switch (f->kind) {
    case FACT_BOOL: return fill_assumption(run, out);
    case FACT_ENUM: *all = fill_enum(run, l, f, every, out); return true;
    case FACT_STRING:
        if (!l->registries) fill_text(run, l, out);
        return !l->registries;
    case FACT_INT:
    case FACT_DOUBLE: fill_number(run, l, f, kept, out); return true;
    case FACT_DATE: fill_date(run, l, out); return true;
    default: return false;
    }
}

bool run_fillings(check_run *run, const rule *r, cell c, bool every, fillings *out) {
    values found = {0};
    *out = (fillings){.all = true};
    if (c.record && c.record->realm == REALM_ASSUMPTION) {
        const assumption *about = c.record->origin;
        if (about->kind == ASSUMED_OPAQUE || !fill_assumption(run, &found)) return false;
    } else {
        const fact *f = fact_of(run->facts, c.record, c.slot);
        if (!f || !fill_fact(run, r, f, *cell_slot(run, c), every, &found, &out->all)) return false;
        out->words = f->kind == FACT_ENUM;
        if (f->may_be_none) vec_push(run->arena, &found, value_none());
    }
    if (found.len == 0 || found.len > MAX_FILLINGS) return false;
    out->at = found.at;
    out->count = found.len;
    return true;
}

bool cond_mentions(arena *a, const cond *k, str text) {
    literals found = {0};
    collector c = {NULL, a, &found, 0};
    collect_cond(&c, k);
    for (size_t i = 0; i < found.texts.len; i++)
        if (str_eq(found.texts.at[i], text)) return true;
    return false;
}
