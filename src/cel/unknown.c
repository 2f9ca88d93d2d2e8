// SPDX-License-Identifier: Apache-2.0
//
// The answers that are tried come from the expression: each literal, what lies beside a number, a
// text that is none of them, true and false. An answer with which the expression cannot be
// evaluated is no possible answer. Only what lies in a variable that the expression names is asked.
#include "cel/unknown.h"

typedef struct asking {
    cel_run *run;
    const expr *e;
    value *frame;
    value_cells cells;  // that the expression may read
    vec(value) seen;    // outcomes, by number
    vec(value) answers; // of any cell
} asking;

static int number_of(asking *x, value v) {
    for (size_t i = 0; i < x->seen.len; i++) {
        value same = value_equal(x->run->arena, x->seen.at[i], v);
        if (same.kind == VALUE_BOOL && same.u.b) return (int)i;
    }
    vec_push(x->run->arena, &x->seen, v);
    return (int)x->seen.len - 1;
}

static int judge(void *ctx, value_cells *read) {
    asking *x = ctx;
    value v = cel_eval(x->run, x->e, x->frame);
    bool given_up = x->run->steps_left == 0;
    if (!given_up && v.kind == VALUE_ERROR) return ESSENTIAL_IMPOSSIBLE;
    if (!given_up && v.kind != VALUE_UNKNOWN) return number_of(x, v);
    for (size_t i = 0; i < x->cells.len; i++)
        if (x->cells.at[i]->kind == VALUE_UNKNOWN) vec_push(x->run->arena, read, x->cells.at[i]);
    return given_up ? ESSENTIAL_GIVEN_UP : ESSENTIAL_OPEN;
}

static bool answers(void *ctx, value *cell, value **out, size_t *count, bool *all) {
    asking *x = ctx;
    (void)cell;
    *out = x->answers.at;
    *count = x->answers.len;
    *all = false;
    return true;
}

static void add_answer(asking *x, value v) {
    for (size_t i = 0; i < x->answers.len; i++) {
        value same = value_equal(x->run->arena, x->answers.at[i], v);
        if (same.kind == VALUE_BOOL && same.u.b) return;
    }
    vec_push(x->run->arena, &x->answers, v);
}

static void add_literal(void *ctx, expr *e) {
    asking *x = ctx;
    value v = e->kind == EXPR_LITERAL ? e->u.literal : value_unknown();
    if (v.kind == VALUE_STRING) add_answer(x, v);
    if (v.kind == VALUE_BYTES) add_answer(x, v);
    for (int n = -1; n <= 1; n++) {
        int64_t i;
        uint64_t u;
        if (v.kind == VALUE_UINT && !__builtin_add_overflow(v.u.u, n, &u))
            add_answer(x, (value){.kind = VALUE_UINT, .u.u = u});
        if (v.kind == VALUE_INT && !__builtin_add_overflow(v.u.i, n, &i))
            add_answer(x, value_int(i));
        if (v.kind == VALUE_DOUBLE) add_answer(x, value_double(v.u.d + n));
    }
    cel_each_part(e, add_literal, x);
}

static bool lies_in(const value *whole, const value *cell) {
    if (whole == cell) return true;
    for (uint32_t i = 0; whole->kind == VALUE_MAP && i < whole->u.map->count; i++)
        if (lies_in(&whole->u.map->values[i], cell)) return true;
    return false;
}

typedef struct naming {
    const value *globals, *cell;
    bool found;
} naming;

static void find_name(void *ctx, expr *e) {
    naming *n = ctx;
    if (e->kind == EXPR_IDENT && e->u.ident.ref == REF_GLOBAL)
        n->found = n->found || lies_in(&n->globals[e->u.ident.index], n->cell);
    if (!n->found) cel_each_part(e, find_name, n);
}

static void add_cells(asking *x, const value_cells *given) {
    for (size_t i = 0; i < given->len; i++) {
        naming n = {x->run->globals, given->at[i], false};
        find_name(&n, (expr *)x->e);
        if (n.found) vec_push(x->run->arena, &x->cells, given->at[i]);
    }
}

essential cel_unknown(cel_run *run, const expr *e, value *frame, const value_cells *cells) {
    asking x = {.run = run, .e = e, .frame = frame};
    add_answer(&x, VALUE_TRUE);
    add_answer(&x, VALUE_FALSE);
    add_answer(&x, value_string(STR("\x01 some other text")));
    add_literal(&x, (expr *)e);
    add_cells(&x, cells);
    essential_problem p = {run->arena, judge, answers, &x};
    return essential_cells(&p);
}
