// SPDX-License-Identifier: Apache-2.0
//
// The walk from a value to what decided it. It evaluates again instead of keeping what an
// evaluation saw, so that evaluation pays nothing for it.
#include "cel/explain.h"

enum { MOST_DEPTH = 24, MOST_ELEMENTS = 8 };

static bool is_bool(value v, bool b) {
    return v.kind == VALUE_BOOL && v.u.b == b;
}

// Whether a part has a share in a value that none decides alone: where it is open, what is; where
// it is an error, what is no condition; else every one.
static bool shares(value whole, value part) {
    if (whole.kind == VALUE_ERROR) return part.kind != VALUE_BOOL && part.kind != VALUE_UNKNOWN;
    return whole.kind == VALUE_BOOL || part.kind == whole.kind;
}

typedef struct walk {
    cel_run *run;
    value *frame;
    const cel_explainer *x;
} walk;

static void explain(const walk *w, const expr *e, unsigned depth);

// --- && and ||

// The first operand that is `wanted`; NULL: none.
static const expr *decider(const walk *w, const expr *e, expr_kind kind, bool wanted) {
    if (e->kind != kind) return is_bool(cel_eval(w->run, e, w->frame), wanted) ? e : NULL;
    const expr *a = decider(w, e->u.logic.a, kind, wanted);
    return a ? a : decider(w, e->u.logic.b, kind, wanted);
}

static void explain_shares(const walk *w, const expr *e, expr_kind kind, value whole,
                           unsigned depth) {
    if (e->kind == kind) {
        explain_shares(w, e->u.logic.a, kind, whole, depth);
        explain_shares(w, e->u.logic.b, kind, whole, depth);
    } else if (shares(whole, cel_eval(w->run, e, w->frame))) {
        explain(w, e, depth);
    }
}

static void explain_chain(const walk *w, const expr *e, value v, unsigned depth) {
    bool deciding = e->kind == EXPR_OR;
    const expr *d = is_bool(v, deciding) ? decider(w, e, (expr_kind)e->kind, deciding) : NULL;
    if (d)
        explain(w, d, depth);
    else
        explain_shares(w, e, (expr_kind)e->kind, v, depth);
}

// --- exists and all

static void explain_element(const walk *w, const expr *e, value element, unsigned depth) {
    value kept = w->frame[e->u.macro.slots[0]];
    w->frame[e->u.macro.slots[0]] = element;
    w->x->element(w->x->ctx, depth, e->u.macro.vars[0], element);
    explain(w, e->u.macro.body, depth + 1);
    w->frame[e->u.macro.slots[0]] = kept;
}

static value body_value(const walk *w, const expr *e, value element) {
    value kept = w->frame[e->u.macro.slots[0]];
    w->frame[e->u.macro.slots[0]] = element;
    value v = cel_eval(w->run, e->u.macro.body, w->frame);
    w->frame[e->u.macro.slots[0]] = kept;
    return v;
}

static void explain_quantifier(const walk *w, const expr *e, value v, unsigned depth) {
    bool deciding = e->u.macro.vars[1].len == 0 && e->op == MACRO_EXISTS;
    value range = cel_eval(w->run, e->u.macro.range, w->frame);
    w->x->node(w->x->ctx, depth, e, v);
    if (range.kind != VALUE_LIST || e->u.macro.vars[1].len || range.u.list->count == 0) {
        w->x->leaf(w->x->ctx, depth + 1, e->u.macro.range, w->frame);
        return;
    }
    size_t shown = 0;
    for (uint32_t i = 0; i < range.u.list->count && shown < MOST_ELEMENTS; i++) {
        value each = body_value(w, e, range.u.list->items[i]);
        bool decides = is_bool(v, deciding) && is_bool(each, deciding);
        bool has_share = !is_bool(v, deciding) && shares(v, each);
        if (!decides && !has_share) continue;
        explain_element(w, e, range.u.list->items[i], depth + 1);
        shown++;
        if (decides) return;
    }
    // No element does: the list goes on.
    if (shown == 0) w->x->leaf(w->x->ctx, depth + 1, e->u.macro.range, w->frame);
}

// --- definitions

static void explain_definition(const walk *w, const expr *e, const definition *d, value v,
                               unsigned depth) {
    if (d->open || !d->body) {
        w->x->leaf(w->x->ctx, depth, e, w->frame);
        return;
    }
    size_t slots = d->frame > d->param_count ? d->frame : d->param_count;
    value *frame = arena_array(w->run->arena, value, slots + 1);
    for (size_t i = 0; i < d->param_count && e->kind == EXPR_CALL; i++)
        frame[i] = cel_eval(w->run, e->u.call.args[i], w->frame);
    walk inside = {w->run, frame, w->x};
    w->x->node(w->x->ctx, depth, e, v);
    explain(&inside, d->body, depth + 1);
}

static const definition *definition_of(const expr *e) {
    if (e->kind == EXPR_IDENT && e->u.ident.ref == REF_DEFINITION) return e->u.ident.definition;
    return e->kind == EXPR_CALL ? e->u.call.definition : NULL;
}

// `!x` where x has something below it.
static bool is_compound_not(const expr *e) {
    if (e->kind != EXPR_NOT) return false;
    const expr *a = e->u.logic.a;
    return definition_of(a) || (a->kind != EXPR_IDENT && a->kind != EXPR_SELECT);
}

// False: there is nothing below it to take apart.
static bool take_apart(const walk *w, const expr *e, value v, unsigned depth) {
    const definition *d = definition_of(e);
    if (e->kind == EXPR_AND || e->kind == EXPR_OR) {
        explain_chain(w, e, v, depth);
    } else if (is_compound_not(e)) {
        w->x->node(w->x->ctx, depth, e, v);
        explain(w, e->u.logic.a, depth + 1);
    } else if (e->kind == EXPR_COND) {
        value c = cel_eval(w->run, e->u.logic.a, w->frame);
        explain(w, e->u.logic.a, depth);
        if (c.kind == VALUE_BOOL) explain(w, c.u.b ? e->u.logic.b : e->u.logic.c, depth);
    } else if (e->kind == EXPR_MACRO && (e->op == MACRO_EXISTS || e->op == MACRO_ALL)) {
        explain_quantifier(w, e, v, depth);
    } else if (d) {
        explain_definition(w, e, d, v, depth);
    } else {
        return false;
    }
    return true;
}

static void explain(const walk *w, const expr *e, unsigned depth) {
    value v = cel_eval(w->run, e, w->frame);
    if (depth >= MOST_DEPTH || !take_apart(w, e, v, depth))
        w->x->leaf(w->x->ctx, depth, e, w->frame);
}

void cel_explain(cel_run *run, const expr *e, value *frame, unsigned depth,
                 const cel_explainer *x) {
    walk w = {run, frame, x};
    explain(&w, e, depth);
}
