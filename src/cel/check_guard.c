// SPDX-License-Identifier: Apache-2.0
//
// What may be none is used only behind a guard. A guard is what a condition says on the way to
// where it is evaluated: `has(x.f) && …`, `!has(x.f) || …`, `'k' in xs && …`, and earlier lines of
// a list of conditions.
#include "cel/check.h"

static bool same_part(const expr *a, const expr *b);

static bool same_name(const expr *a, const expr *b) {
    if (a->u.ident.ref != b->u.ident.ref) return false;
    switch (a->u.ident.ref) {
    case REF_LOCAL:
    case REF_GLOBAL: return a->u.ident.index == b->u.ident.index;
    case REF_DEFINITION: return a->u.ident.definition == b->u.ident.definition;
    default: return str_eq(a->u.ident.name, b->u.ident.name);
    }
}

static bool same_arguments(const expr *a, const expr *b) {
    if (a->u.call.count != b->u.call.count || !str_eq(a->u.call.function, b->u.call.function) ||
        a->u.call.target || b->u.call.target)
        return false;
    for (uint32_t i = 0; i < a->u.call.count; i++)
        if (!same_part(a->u.call.args[i], b->u.call.args[i])) return false;
    return true;
}

// Whether two linked expressions are the same path to a value; how the last step asks (has, `.?`)
// makes no difference. What is not a path is never the same.
static bool same_part(const expr *a, const expr *b) {
    if (a->kind != b->kind) return false;
    switch ((expr_kind)a->kind) {
    case EXPR_LITERAL: return cel_same(a, b);
    case EXPR_IDENT: return same_name(a, b);
    case EXPR_SELECT:
        return str_eq(a->u.select.field, b->u.select.field) &&
               same_part(a->u.select.operand, b->u.select.operand);
    case EXPR_CALL: return same_arguments(a, b);
    default: return false;
    }
}

static bool calls(const expr *e, const char *function, bool receiver) {
    return e->kind == EXPR_CALL && (e->u.call.target != NULL) == receiver &&
           str_is(e->u.call.function, function);
}

static bool is_literal(const expr *e, bool b) {
    return e->kind == EXPR_LITERAL && e->u.literal.kind == VALUE_BOOL && e->u.literal.u.b == b;
}

static void gather(checker *c, const expr *e, bool holds);

static void gather_choice(checker *c, const expr *e, bool holds) {
    const expr *x = e->u.logic.b, *y = e->u.logic.c;
    bool not_x = is_literal(x, !holds), not_y = is_literal(y, !holds);
    if (not_x == not_y) return;
    gather(c, e->u.logic.a, not_y);
    gather(c, not_y ? x : y, holds);
}

// A definition that has been checked is in no circle.
static void gather_definition(checker *c, const expr *e, bool holds) {
    const definition *d = e->u.ident.ref == REF_DEFINITION ? e->u.ident.definition : NULL;
    if (d && d->body && !d->open && d->type && d->type != &type_error) gather(c, d->body, holds);
}

static void gather(checker *c, const expr *e, bool holds) {
    switch ((expr_kind)e->kind) {
    case EXPR_NOT: gather(c, e->u.logic.a, !holds); break;
    case EXPR_AND:
    case EXPR_OR:
        if ((e->kind == EXPR_AND) != holds) break;
        gather(c, e->u.logic.a, holds);
        gather(c, e->u.logic.b, holds);
        break;
    case EXPR_COND: gather_choice(c, e, holds); break;
    case EXPR_SELECT:
        if (e->test && holds) vec_push(c->arena, &c->guards, e);
        break;
    case EXPR_IDENT: gather_definition(c, e, holds); break;
    case EXPR_CALL:
        if (holds && calls(e, "@in", false)) vec_push(c->arena, &c->guards, e);
        if (holds && calls(e, "hasValue", true) && e->u.call.target->kind == EXPR_SELECT)
            vec_push(c->arena, &c->guards, e->u.call.target);
        break;
    default: break;
    }
}

size_t add_guards(checker *c, const expr *e, bool holds) {
    size_t before = c->guards.len;
    gather(c, e, holds);
    return before;
}

void drop_guards(checker *c, size_t down_to) {
    c->guards.len = down_to;
}

// `xs['k']` is there where `'k' in xs`.
static bool is_entry_of(const expr *in, const expr *index) {
    return calls(in, "@in", false) && in->u.call.count == 2 && index->u.call.count == 2 &&
           same_part(in->u.call.args[0], index->u.call.args[1]) &&
           same_part(in->u.call.args[1], index->u.call.args[0]);
}

bool is_guarded(const checker *c, const expr *e) {
    for (size_t i = c->guards.len; i-- > 0;) {
        const expr *g = c->guards.at[i];
        if (e->kind == EXPR_CALL ? is_entry_of(g, e) : same_part(g, e)) return true;
    }
    return false;
}
