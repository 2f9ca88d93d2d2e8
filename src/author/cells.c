// SPDX-License-Identifier: Apache-2.0
//
// The values of a fact fall into cells by what they are compared with: each word that is named and
// one that is not, each number and those beside it, none. What is demanded of a fact can be so if
// some cell has it all.
#include "author/cells.h"

// --- whether the demands on one fact go together

static bool is_number(value v) {
    return v.kind == VALUE_INT || v.kind == VALUE_UINT || v.kind == VALUE_DOUBLE ||
           v.kind == VALUE_DATE;
}

static double number(value v) {
    if (v.kind == VALUE_UINT) return (double)v.u.u;
    return v.kind == VALUE_DOUBLE ? v.u.d : (double)v.u.i;
}

static bool is_same(value a, value b) {
    if (is_number(a) && is_number(b)) return number(a) == number(b);
    if (a.kind != b.kind) return false;
    if (a.kind == VALUE_BOOL) return a.u.b == b.u.b;
    return a.kind == VALUE_STRING && str_eq(value_text(a), value_text(b));
}

static bool is_among(const demand *d, value v) {
    for (size_t i = 0; i < d->count; i++)
        if (is_same(d->values[i], v)) return true;
    return false;
}

// Whether a value does what is demanded of it. `none`: there is none.
static bool does(const demand *d, value v, bool none) {
    bool so = false;
    switch (d->kind) {
    case DEMAND_NONE: so = none; break;
    case DEMAND_AMONG: so = is_among(d, v); break;
    case DEMAND_LESS: so = number(v) < number(d->values[0]); break;
    case DEMAND_MORE: so = number(v) > number(d->values[0]); break;
    default: return true;
    }
    return so == d->holds && (!none || d->kind == DEMAND_NONE);
}

static bool do_all(const demands *d, str key, value v, bool none) {
    for (size_t i = 0; i < d->demands.len; i++)
        if (str_eq(d->demands.at[i].key, key) && !does(&d->demands.at[i], v, none)) return false;
    return true;
}

// A word that no demand names: there is one, unless the vocabulary has no more.
static bool has_other_word(const demands *d, const demand *last) {
    if (!last->fact || last->fact->kind != FACT_ENUM || (last->fact->list && !last->element))
        return true;
    const enumeration *words = last->fact->values;
    for (size_t i = 0; i < words->count; i++) {
        bool named = false;
        for (size_t k = 0; k < d->demands.len && !named; k++)
            named = str_eq(d->demands.at[k].key, last->key) &&
                    is_among(&d->demands.at[k], value_string(words->values[i]));
        if (!named) return true;
    }
    return false;
}

static bool try_around(const demands *d, const demand *at, value v) {
    static const double steps[] = {-1, -0.5, 0, 0.5, 1};
    if (!is_number(v)) return do_all(d, at->key, v, false);
    bool whole = at->fact && (at->fact->kind == FACT_INT || at->fact->kind == FACT_DATE);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (whole && (i == 1 || i == 3)) continue;
        if (do_all(d, at->key, value_double(number(v) + steps[i]), false)) return true;
    }
    return false;
}

// Between two numbers that are nearer to each other than the steps around them.
static bool try_between(const demands *d, const demand *at) {
    for (size_t i = 0; i < d->demands.len; i++)
        for (size_t k = 0; k < d->demands.len; k++) {
            const demand *a = &d->demands.at[i], *b = &d->demands.at[k];
            if (!str_eq(a->key, at->key) || !str_eq(b->key, at->key) || !a->count || !b->count ||
                !is_number(a->values[0]) || !is_number(b->values[0]))
                continue;
            double middle = number(a->values[0]) / 2 + number(b->values[0]) / 2;
            if (do_all(d, at->key, value_double(middle), false)) return true;
        }
    return false;
}

// Numbers so far apart that a step is lost in them are not judged.
static bool is_plain(value v) {
    enum { LARGEST = 1 << 30 };
    return !is_number(v) || (number(v) < LARGEST && number(v) > -LARGEST);
}

static bool go_together(const demands *d, const demand *last) {
    bool words = false, numbers = false;
    if (do_all(d, last->key, value_none(), true)) return true;
    for (size_t i = 0; i < d->demands.len; i++) {
        const demand *x = &d->demands.at[i];
        if (!str_eq(x->key, last->key)) continue;
        for (size_t k = 0; k < x->count; k++) {
            words |= x->values[k].kind == VALUE_STRING;
            numbers |= is_number(x->values[k]);
            if (!is_plain(x->values[k]) || try_around(d, last, x->values[k])) return true;
        }
    }
    bool truth_value = last->fact && last->fact->kind == FACT_BOOL && !last->fact->list;
    if (do_all(d, last->key, VALUE_TRUE, false) || do_all(d, last->key, VALUE_FALSE, false))
        if (truth_value || !(words || numbers)) return true;
    if (numbers && try_between(d, last)) return true;
    if (truth_value || !has_other_word(d, last)) return false;
    return do_all(d, last->key, value_string(STR("\x01 some other text")), false);
}

// --- adding

static bool contradicts(const demand *a, const demand *b) {
    return a->kind == b->kind && a->holds != b->holds && str_eq(a->key, b->key) &&
           (a->kind != DEMAND_MEMBER || is_same(a->values[0], b->values[0]));
}

static bool add(demands *d, demand x) {
    vec_push(d->terms->arena, &d->demands, x);
    if (x.kind == DEMAND_MEMBER || x.kind == DEMAND_AS_SAID) {
        for (size_t i = 0; i + 1 < d->demands.len; i++)
            if (contradicts(&d->demands.at[i], &x)) return false;
        return true;
    }
    return go_together(d, &x);
}

static bool there_is(demands *d, const term *x) {
    return add(d, (demand){.key = x->key,
                           .fact = x->fact,
                           .element = x->element,
                           .kind = DEMAND_NONE,
                           .holds = false});
}

// A fact that is read through others: there must be all of them.
static bool is_read(demands *d, const term *x) {
    for (size_t i = 0; i < x->key.len; i++) {
        term through = {.key = str_sub(x->key, 0, i)};
        if (x->key.ptr[i] == '.' && !there_is(d, &through)) return false;
    }
    return there_is(d, x);
}

static bool is_strict(const expr *e) {
    return e->kind == EXPR_CALL && e->u.call.row && !(e->u.call.row->flags & CEL_NONSTRICT);
}

// A call that gives a value has had a value of all that it was given.
static bool are_read(demands *d, const expr *e, const scope *at) {
    e = term_behind(d->terms, e, &at);
    if (e->kind == EXPR_IDENT || e->kind == EXPR_SELECT) {
        term x = term_of(d->terms, e, at);
        return x.kind != TERM_FACT || is_read(d, &x);
    }
    if (!is_strict(e)) return true;
    if (e->u.call.target && !are_read(d, e->u.call.target, at)) return false;
    for (uint32_t i = 0; i < e->u.call.count; i++)
        if (!are_read(d, e->u.call.args[i], at)) return false;
    return true;
}

// --- conditions

static bool as_said(demands *d, const expr *e, const scope *at, bool holds) {
    term x = term_of(d->terms, e, at);
    if (!are_read(d, e, at)) return false;
    return add(d, (demand){.key = x.key, .kind = DEMAND_AS_SAID, .holds = holds});
}

static bool compared(demands *d, const term *x, demand_kind kind, value with, bool holds) {
    value *values = arena_new(d->terms->arena, value);
    *values = with;
    return is_read(d, x) && add(d, (demand){x->key, x->fact, x->element, kind, holds, values, 1});
}

// What a comparison says of its left side: of its kind, and whether it says the contrary.
static bool comparison_of(str name, bool turned, demand_kind *kind, bool *contrary) {
    static const struct {
        const char *name;
        demand_kind left, right;
        bool contrary;
    } all[] = {
        {"_==_", DEMAND_AMONG, DEMAND_AMONG, false}, {"_!=_", DEMAND_AMONG, DEMAND_AMONG, true},
        {"_<_", DEMAND_LESS, DEMAND_MORE, false},    {"_>_", DEMAND_MORE, DEMAND_LESS, false},
        {"_<=_", DEMAND_MORE, DEMAND_LESS, true},    {"_>=_", DEMAND_LESS, DEMAND_MORE, true},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!str_is(name, all[i].name)) continue;
        *kind = turned ? all[i].right : all[i].left;
        *contrary = all[i].contrary;
        return true;
    }
    return false;
}

static bool can_be_cut(value v, demand_kind kind) {
    if (kind != DEMAND_AMONG) return is_number(v);
    return is_number(v) || v.kind == VALUE_STRING || v.kind == VALUE_BOOL;
}

static bool demand_comparison(demands *d, const expr *e, const scope *at, bool holds) {
    const expr *left = e->u.call.target ? e->u.call.target : e->u.call.args[0];
    term a = term_of(d->terms, left, at);
    term b = term_of(d->terms, e->u.call.args[e->u.call.count - 1], at);
    bool turned = b.kind == TERM_FACT, contrary = false;
    demand_kind kind = DEMAND_AMONG;
    const term *x = turned ? &b : &a, *with = turned ? &a : &b;
    if (!comparison_of(e->u.call.function, turned, &kind, &contrary) || x->kind != TERM_FACT ||
        with->kind != TERM_LITERAL || !can_be_cut(with->literal, kind))
        return as_said(d, e, at, holds);
    return compared(d, x, kind, with->literal, holds != contrary);
}

static bool demand_in(demands *d, const expr *e, const scope *at, bool holds) {
    const scope *where = at;
    const expr *list = term_behind(d->terms, e->u.call.args[1], &where);
    term x = term_of(d->terms, e->u.call.args[0], at);
    if (list->kind == EXPR_LIST) {
        value *values = arena_array(d->terms->arena, value, list->u.list.count + 1);
        for (uint32_t i = 0; i < list->u.list.count; i++) {
            term item = term_of(d->terms, list->u.list.entries[i].value, where);
            if (item.kind != TERM_LITERAL || list->u.list.entries[i].optional ||
                !can_be_cut(item.literal, DEMAND_AMONG))
                return as_said(d, e, at, holds);
            values[i] = item.literal;
        }
        demand among = {x.key, x.fact, x.element, DEMAND_AMONG, holds, values, list->u.list.count};
        if (x.kind == TERM_LITERAL) return is_among(&among, x.literal) == holds;
        if (x.kind != TERM_FACT) return as_said(d, e, at, holds);
        return is_read(d, &x) && add(d, among);
    }
    term within = term_of(d->terms, list, where);
    if (x.kind != TERM_LITERAL || within.kind != TERM_FACT || x.literal.kind != VALUE_STRING)
        return as_said(d, e, at, holds);
    return compared(d, &within, DEMAND_MEMBER, x.literal, holds);
}

// has(x.f): true where there is one, false where there is none.
static bool demand_has(demands *d, const expr *e, const scope *at, bool holds) {
    expr plain = *e;
    plain.test = false;
    term x = term_of(d->terms, &plain, at);
    if (x.kind != TERM_FACT || !x.fact) return true;
    return add(d, (demand){x.key, x.fact, false, DEMAND_NONE, !holds, NULL, 0});
}

bool demand_condition(demands *d, const expr *e, const scope *at, bool holds) {
    e = term_behind(d->terms, e, &at);
    if (e->kind == EXPR_LITERAL)
        return e->u.literal.kind == VALUE_BOOL && e->u.literal.u.b == holds;
    if (e->kind == EXPR_SELECT && e->test) return demand_has(d, e, at, holds);
    if (e->kind == EXPR_IDENT || e->kind == EXPR_SELECT) {
        term x = term_of(d->terms, e, at);
        if (x.kind == TERM_FACT) return compared(d, &x, DEMAND_AMONG, VALUE_TRUE, holds);
    }
    if (e->kind == EXPR_CALL && e->u.call.row && e->u.call.count + (e->u.call.target != NULL) == 2)
        return str_is(e->u.call.function, "@in") && !e->u.call.target
                   ? demand_in(d, e, at, holds)
                   : demand_comparison(d, e, at, holds);
    return as_said(d, e, at, holds);
}
