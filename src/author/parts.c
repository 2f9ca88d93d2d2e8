// SPDX-License-Identifier: Apache-2.0
//
// Walks over what a rule is made of, for all lints: its lines, its expressions, its dates.
#include "author/linter.h"

str span_key(arena *a, span at) {
    if (!at.src) return STR("nowhere");
    return str_format(a, "%u %.*s", at.from, STR_ARG(at.src->name));
}

// --- lines

typedef struct lines {
    void (*visit)(void *ctx, const cond *line, const exception *heads);
    void *ctx;
} lines;

static void add_cond(const lines *l, const cond *c, const exception *heads) {
    l->visit(l->ctx, c, heads);
    for (size_t i = 0; i < c->count; i++)
        add_cond(l, &c->parts[i], NULL);
}

static void add_exceptions(const lines *l, const exception *e, size_t count) {
    for (size_t i = 0; i < count; i++) {
        add_cond(l, &e[i].when, &e[i]);
        add_exceptions(l, e[i].unless, e[i].unless_count);
    }
}

void rule_lines(const rule *r, void (*visit)(void *ctx, const cond *line, const exception *heads),
                void *ctx) {
    lines l = {visit, ctx};
    add_cond(&l, &r->applies, NULL);
    add_exceptions(&l, r->except, r->except_count);
    add_cond(&l, &r->requires_, NULL);
}

// --- expressions

typedef struct expressions {
    void (*visit)(void *ctx, const expr *e);
    void *ctx;
} expressions;

static void add(const expressions *x, const expr *e) {
    if (e) x->visit(x->ctx, e);
}

static void add_line(void *ctx, const cond *line, const exception *heads) {
    (void)heads;
    add(ctx, line->test);
}

static void add_windows(const expressions *x, const windows *w) {
    for (size_t i = 0; i < w->count; i++) {
        add(x, w->at[i].from);
        add(x, w->at[i].until);
        add(x, w->at[i].when);
    }
}

static void add_consequences(const expressions *x, const rule *r) {
    for (size_t i = 0; i < r->severity.count; i++)
        add(x, r->severity.at[i].when);
    for (size_t i = 0; i < r->way_count; i++)
        for (size_t k = 0; k < r->ways[i].set_count; k++)
            for (size_t m = 0; m < r->ways[i].sets[k].cel_count; m++)
                add(x, r->ways[i].sets[k].cel[m].value);
    for (size_t i = 0; i < r->sanction_count; i++) {
        add(x, r->sanctions[i].when);
        add(x, r->sanctions[i].up_to);
        add(x, r->sanctions[i].at_least);
    }
    for (size_t i = 0; i < r->displace_count; i++)
        add(x, r->displaces[i].when);
}

void rule_expressions(const rule *r, bool all, void (*visit)(void *ctx, const expr *e), void *ctx) {
    expressions x = {visit, ctx};
    for (size_t i = 0; i < r->each_count; i++)
        add(&x, r->each[i].list);
    add(&x, r->binds);
    rule_lines(r, add_line, &x);
    add_windows(&x, &r->effective);
    add_windows(&x, &r->grace);
    add(&x, r->due);
    if (all) add_consequences(&x, r);
}

// --- days

void days_add(arena *a, days *out, day d) {
    size_t i = out->len;
    while (i > 0 && out->at[i - 1] > d)
        i--;
    if (i > 0 && out->at[i - 1] == d) return;
    vec_push(a, out, d);
    for (size_t k = out->len - 1; k > i; k--)
        out->at[k] = out->at[k - 1];
    out->at[i] = d;
}

static void add_edge(arena *a, days *out, const expr *e) {
    if (e && e->kind == EXPR_LITERAL && e->u.literal.kind == VALUE_DATE)
        days_add(a, out, (day)e->u.literal.u.i);
}

void rule_days(arena *a, const rule *r, days *out) {
    days_add(a, out, DAY_MIN);
    for (size_t i = 0; i < r->policy->status.count; i++) {
        const case_of *k = &r->policy->status.at[i];
        if (k->has_from) days_add(a, out, k->from);
        if (k->has_until) days_add(a, out, k->until);
    }
    for (size_t i = 0; i < r->effective.count; i++) {
        add_edge(a, out, r->effective.at[i].from);
        add_edge(a, out, r->effective.at[i].until);
    }
}

// --- displacement

static bool names_rule(const displacement *d, const rule *r) {
    for (size_t i = 0; i < d->count; i++) {
        str id = d->rules[i];
        bool all = str_ends(id, STR(".*"));
        if (str_eq(id, r->id) || (all && str_eq(str_sub(id, 0, id.len - 2), r->policy->id)))
            return true;
    }
    return false;
}

static bool displaces(const displacement *all, size_t count, const rule *r) {
    for (size_t i = 0; i < count; i++)
        if (names_rule(&all[i], r)) return true;
    return false;
}

bool is_displaced(const ruleset *all, const rule *r) {
    for (size_t i = 0; i < all->policies.len; i++) {
        const policy *p = all->policies.at[i];
        if (displaces(p->displaces.at, p->displaces.len, r)) return true;
        for (size_t k = 0; k < p->rules.len; k++)
            if (displaces(p->rules.at[k]->displaces, p->rules.at[k]->displace_count, r))
                return true;
    }
    return false;
}

void displacers_add(reads *into, const ruleset *all, const rule *r) {
    for (size_t i = 0; i < all->policies.len; i++) {
        const policy *p = all->policies.at[i];
        for (size_t k = 0; k < p->displaces.len; k++)
            if (names_rule(&p->displaces.at[k], r)) reads_add(into, p->displaces.at[k].when);
        for (size_t k = 0; k < p->rules.len; k++) {
            const rule *by = p->rules.at[k];
            if (!displaces(by->displaces, by->displace_count, r)) continue;
            reads_add_rule(into, by);
            for (size_t d = 0; d < by->displace_count; d++)
                reads_add(into, by->displaces[d].when);
        }
    }
}

static bool is_displaced_by(const rule *r, const rule *by) {
    return displaces(by->displaces, by->displace_count, r) ||
           displaces(by->policy->displaces.at, by->policy->displaces.len, r);
}

bool rules_displace(const rule *a, const rule *b) {
    return is_displaced_by(a, b) || is_displaced_by(b, a);
}
