// SPDX-License-Identifier: Apache-2.0
//
// Two expressions have one key only if they have one value whatever the facts are. What is not
// understood gets a key of its own, so that nothing is concluded from it.
#include "author/terms.h"

#include "law/policy.h"

enum { MOST_STEPS = 200 };

static const definition *called(const expr *e) {
    const definition *d = e->kind == EXPR_CALL ? e->u.call.definition : NULL;
    if (e->kind == EXPR_IDENT && e->u.ident.ref == REF_DEFINITION) d = e->u.ident.definition;
    return d && !d->open && d->body && !definition_parameter(d) ? d : NULL;
}

const scope *scope_of_call(const terms *t, const expr *call, const scope *at) {
    scope *s = arena_new(t->arena, scope);
    *s = (scope){.outer = at, .kind = SCOPE_CALL, .definition = called(call)};
    if (call->kind == EXPR_CALL) s->args = call->u.call.args;
    return s;
}

// What a slot of the frame is; NULL: an each-name, or nothing that is known.
static const scope *found(const scope *at, uint32_t slot) {
    for (; at; at = at->outer) {
        if (at->kind != SCOPE_CALL && at->slot == slot) return at;
        if (at->kind == SCOPE_CALL)
            return at->definition && slot < at->definition->param_count ? at : NULL;
    }
    return NULL;
}

static bool in_call(const scope *at) {
    while (at && at->kind != SCOPE_CALL)
        at = at->outer;
    return at != NULL;
}

const expr *term_behind(const terms *t, const expr *e, const scope **at) {
    for (unsigned i = 0; i < MOST_STEPS; i++) {
        if (called(e)) {
            *at = scope_of_call(t, e, *at);
            e = called(e)->body;
            continue;
        }
        if (e->kind != EXPR_IDENT || e->u.ident.ref != REF_LOCAL) return e;
        const scope *s = found(*at, e->u.ident.index);
        if (!s || s->kind == SCOPE_ELEMENT) return e;
        if (s->kind == SCOPE_CALL && !s->args) return e;
        e = s->kind == SCOPE_CALL ? s->args[e->u.ident.index] : s->bound;
        *at = s->kind == SCOPE_CALL ? s->outer : s->bound_at;
    }
    return e;
}

// --- facts

static const record_def *record_of(const term *x) {
    const fact *f = x->fact;
    if (!f || (f->list && !x->element)) return NULL;
    return f->kind == FACT_RECORD          ? f->record
           : f->kind == FACT_REF && f->ref ? f->ref->record
                                           : NULL;
}

static term unique(terms *t) {
    return (term){.key = str_format(t->arena, "?%zu", t->uniques++)};
}

static term of_global(const terms *t, uint32_t index) {
    const vocabulary *v = &t->rules->vocabulary;
    term x = {.kind = TERM_FACT, .key = str_format(t->arena, "@%u", index)};
    if (index == FACTS_MARKET && v->engine.markets) {
        x.fact = &v->engine.markets->self;
        x.element = true;
    } else if (index >= FACTS_FIRST_ENTITY && index - FACTS_FIRST_ENTITY < v->entities.len) {
        x.fact = &v->entities.at[index - FACTS_FIRST_ENTITY]->self;
        x.element = false;
    }
    return x;
}

// The each-names lie first in the rule's own frame; elements are numbered from there on.
static term of_local(terms *t, uint32_t slot, const scope *at) {
    const scope *s = found(at, slot);
    if (s && s->kind == SCOPE_ELEMENT)
        return (term){.kind = TERM_FACT,
                      .key = str_format(t->arena, "#%u", s->element),
                      .fact = s->of,
                      .element = true};
    if (s || in_call(at) || slot >= t->rule->each_count) return unique(t);
    term list = term_of(t, t->rule->each[slot].list, NULL);
    return (term){.kind = TERM_FACT,
                  .key = str_format(t->arena, "#%u", slot),
                  .fact = list.kind == TERM_FACT ? list.fact : NULL,
                  .element = true};
}

static term of_select(terms *t, const expr *e, const scope *at) {
    term x = term_of(t, e->u.select.operand, at);
    if (x.kind != TERM_FACT || e->optional) return unique(t);
    const record_def *def = record_of(&x);
    return (term){.kind = TERM_FACT,
                  .key = str_joined(t->arena, x.key, STR("."), e->u.select.field),
                  .fact = def ? record_fact(def, e->u.select.field) : NULL};
}

// --- what is told apart by its text

static bool add_key(terms *t, buf *out, const expr *e, const scope *at) {
    term x = term_of(t, e, at);
    buf_add(out, x.key);
    return x.key.len > 0 && x.key.ptr[0] != '?';
}

static term of_call(terms *t, const expr *e, const scope *at) {
    buf key = {.arena = t->arena};
    bool known = e->u.call.row || e->u.call.definition;
    buf_addf(&key, "%.*s(", STR_ARG(e->u.call.function));
    if (e->u.call.target) {
        known &= add_key(t, &key, e->u.call.target, at);
        buf_adds(&key, "; ");
    }
    for (uint32_t i = 0; known && i < e->u.call.count; i++) {
        if (i) buf_adds(&key, ", ");
        known &= add_key(t, &key, e->u.call.args[i], at);
    }
    buf_addc(&key, ')');
    return known ? (term){.key = buf_str(&key)} : unique(t);
}

static term of_list(terms *t, const expr *e, const scope *at) {
    buf key = {.arena = t->arena};
    bool known = true;
    buf_addc(&key, '[');
    for (uint32_t i = 0; known && i < e->u.list.count; i++) {
        if (i) buf_adds(&key, ", ");
        known &= !e->u.list.entries[i].optional && add_key(t, &key, e->u.list.entries[i].value, at);
    }
    buf_addc(&key, ']');
    return known ? (term){.key = buf_str(&key)} : unique(t);
}

static term of_literal(terms *t, const expr *e, value v) {
    buf key = {.arena = t->arena};
    cel_print(&key, e);
    return (term){.kind = TERM_LITERAL, .key = buf_str(&key), .literal = v};
}

// `date('2026-01-01')` is as good as a literal.
static bool is_date(const expr *e, day *out) {
    return e->kind == EXPR_CALL && str_is(e->u.call.function, "date") && !e->u.call.target &&
           e->u.call.count == 1 && e->u.call.args[0]->kind == EXPR_LITERAL &&
           e->u.call.args[0]->u.literal.kind == VALUE_STRING &&
           day_parse(value_text(e->u.call.args[0]->u.literal), out);
}

static term of_ident(terms *t, const expr *e, const scope *at) {
    if (e->u.ident.ref == REF_GLOBAL) return of_global(t, e->u.ident.index);
    if (e->u.ident.ref == REF_LOCAL) return of_local(t, e->u.ident.index, at);
    if (e->u.ident.ref != REF_DEFINITION) return unique(t);
    return (term){.key = str_joined(t->arena, STR("define"), STR(" "), e->u.ident.name)};
}

term term_of(terms *t, const expr *e, const scope *at) {
    day d = 0;
    e = term_behind(t, e, &at);
    if (is_date(e, &d)) return of_literal(t, e, value_date(d));
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL: return of_literal(t, e, e->u.literal);
    case EXPR_IDENT: return of_ident(t, e, at);
    case EXPR_SELECT: return e->test ? unique(t) : of_select(t, e, at);
    case EXPR_CALL: return of_call(t, e, at);
    case EXPR_LIST: return of_list(t, e, at);
    default: return unique(t);
    }
}
