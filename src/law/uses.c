// SPDX-License-Identifier: Apache-2.0
//
// Walks linked expressions. Expressions are as deep as the parser allows, definitions are entered
// once each, so that the depth is limited by both.
#include "law/uses.h"

static void add_definition(uses *u, const definition *d) {
    if (!d) return;
    for (size_t i = 0; i < u->definitions.len; i++)
        if (u->definitions.at[i] == d) return;
    vec_push(u->arena, &u->definitions, d);
}

static void walk(uses *u, const expr *e);

static void walk_call(uses *u, const expr *e) {
    add_definition(u, e->u.call.definition);
    if (!e->u.call.target && str_is(e->u.call.function, "role") && e->u.call.count == 1)
        vec_push(u->arena, &u->roles, e);
    walk(u, e->u.call.target);
    for (uint32_t i = 0; i < e->u.call.count; i++)
        walk(u, e->u.call.args[i]);
}

static void walk_ident(uses *u, const expr *e) {
    add_definition(u, e->u.ident.definition);
    if (e->u.ident.ref == REF_GLOBAL && e->u.ident.index == u->start_index && !u->start)
        u->start = e;
}

static void walk_cases(uses *u, const expr *e) {
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        walk(u, e->u.cases.cases[i].when);
        walk(u, e->u.cases.cases[i].value);
    }
}

static void walk(uses *u, const expr *e) {
    if (!e) return;
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL: break;
    case EXPR_IDENT: walk_ident(u, e); break;
    case EXPR_SELECT: walk(u, e->u.select.operand); break;
    case EXPR_CALL: walk_call(u, e); break;
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_COND:
        walk(u, e->u.logic.a);
        walk(u, e->u.logic.b);
        walk(u, e->u.logic.c);
        break;
    case EXPR_LIST:
    case EXPR_MAP:
        for (uint32_t i = 0; i < e->u.list.count; i++) {
            walk(u, e->u.list.entries[i].key);
            walk(u, e->u.list.entries[i].value);
        }
        break;
    case EXPR_MACRO:
        walk(u, e->u.macro.range);
        walk(u, e->u.macro.filter);
        walk(u, e->u.macro.body);
        break;
    case EXPR_CASES: walk_cases(u, e); break;
    }
}

void uses_add(uses *u, const expr *e) {
    size_t next = u->definitions.len;
    walk(u, e);
    for (; next < u->definitions.len; next++)
        walk(u, u->definitions.at[next]->body);
}

void uses_add_cond(uses *u, const cond *c) {
    uses_add(u, c->test);
    for (size_t i = 0; i < c->count; i++)
        uses_add_cond(u, &c->parts[i]);
}

static void add_exceptions(uses *u, const exception *e, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uses_add_cond(u, &e[i].when);
        add_exceptions(u, e[i].unless, e[i].unless_count);
    }
}

static void add_windows(uses *u, const windows *w) {
    for (size_t i = 0; i < w->count; i++) {
        uses_add(u, w->at[i].when);
        uses_add(u, w->at[i].from);
        uses_add(u, w->at[i].until);
    }
}

static void add_ending(uses *u, const rule *r) {
    for (size_t i = 0; i < r->way_count; i++)
        for (size_t k = 0; k < r->ways[i].set_count; k++)
            for (size_t m = 0; m < r->ways[i].sets[k].cel_count; m++)
                uses_add(u, r->ways[i].sets[k].cel[m].value);
    for (size_t i = 0; i < r->sanction_count; i++) {
        uses_add(u, r->sanctions[i].when);
        uses_add(u, r->sanctions[i].up_to);
        uses_add(u, r->sanctions[i].at_least);
    }
    for (size_t i = 0; i < r->displace_count; i++)
        uses_add(u, r->displaces[i].when);
}

void uses_add_rule(uses *u, const rule *r) {
    for (size_t i = 0; i < r->each_count; i++)
        uses_add(u, r->each[i].list);
    uses_add(u, r->binds);
    uses_add_cond(u, &r->applies);
    add_exceptions(u, r->except, r->except_count);
    uses_add_cond(u, &r->requires_);
    for (size_t i = 0; i < r->severity.count; i++)
        uses_add(u, r->severity.at[i].when);
    add_windows(u, &r->effective);
    add_windows(u, &r->grace);
    uses_add(u, r->due);
    add_ending(u, r);
}

str uses_literal_argument(const expr *call) {
    const expr *a = call->u.call.count > 0 ? call->u.call.args[0] : NULL;
    bool text = a && a->kind == EXPR_LITERAL && a->u.literal.kind == VALUE_STRING;
    return text ? value_text(a->u.literal) : (str){"", 0};
}
