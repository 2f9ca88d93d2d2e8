// SPDX-License-Identifier: Apache-2.0
//
// What every walk over a tree needs: its parts, its place, and whether two trees are the same.
#include "cel/ast.h"

#include <math.h>

span cel_text_span(const cel_text *text, uint32_t from, uint32_t to) {
    if (!text) return (span){NULL, 0, 0};
    if (text->scalar) return doc_scalar_span(text->scalar, from, to);
    return (span){text->src, from, to};
}

span cel_span(const expr *e) {
    return cel_text_span(e->text, e->from, e->to);
}

typedef struct visitor {
    void (*visit)(void *ctx, expr *part);
    void *ctx;
} visitor;

static void visit(const visitor *v, expr *part) {
    if (part) v->visit(v->ctx, part);
}

static void visit_entries(const visitor *v, const expr *e) {
    for (uint32_t i = 0; i < e->u.list.count; i++) {
        visit(v, e->u.list.entries[i].key);
        visit(v, e->u.list.entries[i].value);
    }
}

static void visit_cases(const visitor *v, const expr *e) {
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        visit(v, e->u.cases.cases[i].when);
        visit(v, e->u.cases.cases[i].value);
    }
}

void cel_each_part(const expr *e, void (*run)(void *ctx, expr *part), void *ctx) {
    visitor v = {run, ctx};
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL:
    case EXPR_IDENT: break;
    case EXPR_SELECT: visit(&v, e->u.select.operand); break;
    case EXPR_CALL:
        visit(&v, e->u.call.target);
        for (uint32_t i = 0; i < e->u.call.count; i++)
            visit(&v, e->u.call.args[i]);
        break;
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_COND:
        visit(&v, e->u.logic.a);
        visit(&v, e->u.logic.b);
        visit(&v, e->u.logic.c);
        break;
    case EXPR_LIST:
    case EXPR_MAP: visit_entries(&v, e); break;
    case EXPR_MACRO:
        visit(&v, e->u.macro.range);
        visit(&v, e->u.macro.filter);
        visit(&v, e->u.macro.body);
        break;
    case EXPR_CASES: visit_cases(&v, e); break;
    }
}

static bool same_literal(value x, value y) {
    if (x.kind != y.kind) return false;
    switch ((value_kind)x.kind) {
    case VALUE_NULL: return true;
    case VALUE_BOOL: return x.u.b == y.u.b;
    case VALUE_INT:
    case VALUE_DATE: return x.u.i == y.u.i;
    case VALUE_UINT: return x.u.u == y.u.u;
    case VALUE_DOUBLE: return x.u.d == y.u.d && signbit(x.u.d) == signbit(y.u.d); // never NaN
    case VALUE_STRING:
    case VALUE_BYTES: return str_eq((str){x.u.s, x.n}, (str){y.u.s, y.n});
    default: return false; // no other kind can be written
    }
}

static bool same_or_none(const expr *a, const expr *b) {
    return a && b ? cel_same(a, b) : a == b;
}

static bool same_call(const expr *a, const expr *b) {
    if (a->u.call.count != b->u.call.count || !str_eq(a->u.call.function, b->u.call.function) ||
        !same_or_none(a->u.call.target, b->u.call.target))
        return false;
    for (uint32_t i = 0; i < a->u.call.count; i++)
        if (!cel_same(a->u.call.args[i], b->u.call.args[i])) return false;
    return true;
}

static bool same_entries(const expr *a, const expr *b) {
    if (a->u.list.count != b->u.list.count) return false;
    for (uint32_t i = 0; i < a->u.list.count; i++) {
        const expr_entry *x = &a->u.list.entries[i], *y = &b->u.list.entries[i];
        if (x->optional != y->optional || !same_or_none(x->key, y->key) ||
            !cel_same(x->value, y->value))
            return false;
    }
    return true;
}

bool cel_same(const expr *a, const expr *b) {
    if (a->kind != b->kind) return false;
    switch ((expr_kind)a->kind) {
    case EXPR_LITERAL: return same_literal(a->u.literal, b->u.literal);
    case EXPR_IDENT: return str_eq(a->u.ident.name, b->u.ident.name);
    case EXPR_SELECT:
        return a->test == b->test && a->optional == b->optional &&
               str_eq(a->u.select.field, b->u.select.field) &&
               cel_same(a->u.select.operand, b->u.select.operand);
    case EXPR_CALL: return same_call(a, b);
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_COND:
        return same_or_none(a->u.logic.a, b->u.logic.a) &&
               same_or_none(a->u.logic.b, b->u.logic.b) && same_or_none(a->u.logic.c, b->u.logic.c);
    case EXPR_LIST:
    case EXPR_MAP: return same_entries(a, b);
    case EXPR_MACRO:
        return a->op == b->op && str_eq(a->u.macro.vars[0], b->u.macro.vars[0]) &&
               str_eq(a->u.macro.vars[1], b->u.macro.vars[1]) &&
               cel_same(a->u.macro.range, b->u.macro.range) &&
               same_or_none(a->u.macro.filter, b->u.macro.filter) &&
               cel_same(a->u.macro.body, b->u.macro.body);
    case EXPR_CASES: return false; // never parsed
    }
    return false;
}
