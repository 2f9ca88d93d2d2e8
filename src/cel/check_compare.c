// SPDX-License-Identifier: Apache-2.0
//
// Comparisons and `in`: numbers of all kinds compare, texts and enums do, everything else only with
// its own kind.
#include "cel/check.h"

static bool comparable(checker *c, const type *x, const type *y) {
    x = followed(x);
    y = followed(y);
    if (is_number(x) && is_number(y)) return true;
    if (x->kind == TYPE_TYPE && y->kind == TYPE_TYPE) return true; // of what, is only known later
    if (x->kind == y->kind && x->a && y->a &&
        (x->kind == TYPE_LIST || x->kind == TYPE_OPTIONAL || x->kind == TYPE_MAP))
        return comparable(c, x->a, y->a) &&
               (x->kind != TYPE_MAP || !x->b || !y->b || comparable(c, x->b, y->b));
    return joined(c, x, y) != NULL;
}

static bool orderable(const type *x, const type *y) {
    if (is_open(x) || is_open(y)) return true;
    if (is_number(x) && is_number(y)) return true;
    if (x->kind != y->kind) return false;
    switch (x->kind) {
    case TYPE_BOOL:
    case TYPE_STRING:
    case TYPE_BYTES:
    case TYPE_TIMESTAMP:
    case TYPE_DURATION:
    case TYPE_DATE:
    case TYPE_PERIOD:
    case TYPE_MONEY: return true;
    default: return false;
    }
}

static str short_text(const expr *e) {
    str s = str_sub(e->text->text, e->from, e->to);
    return s.len <= 40 ? s : STR("x");
}

static bool is_relation(const expr *e) {
    static const char *const relations[] = {"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"};
    if (e->kind != EXPR_CALL || e->u.call.target) return false;
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (str_is(e->u.call.function, relations[i])) return true;
    return false;
}

// What to write instead, seen from the side `x` with its type; empty: nothing known.
static str side_hint(checker *c, const expr *x, const type *tx, const expr *y, const type *ty) {
    str text = short_text(x);
    if (ty->kind == TYPE_NULL)
        return x->kind == EXPR_SELECT ? str_format(c->arena, "ask `has(%.*s)`", STR_ARG(text))
                                      : STR("a fact is never null: ask `has(x.f)`");
    if (tx->kind == TYPE_RECORD && is_text(ty))
        return str_format(c->arena, "write `%.*s.id`, or compare with the record itself",
                          STR_ARG(text));
    if (tx->kind == TYPE_LIST && (is_text(ty) || ty->kind == TYPE_RECORD))
        return str_format(c->arena, "write `%.*s in %.*s`", STR_ARG(short_text(y)), STR_ARG(text));
    if (is_relation(x) && !is_relation(y))
        return STR("each comparison stands alone: `a < b && b < c`");
    return STR("");
}

static const type *say_incomparable(checker *c, const expr *e, const type *const *t) {
    expr *const *args = e->u.call.args;
    span at = cel_span(e);
    str hint = STR("");
    for (int i = 0; i < 2 && !hint.len; i++)
        hint = side_hint(c, args[i], t[i], args[1 - i], t[1 - i]);
    for (int i = 1; i >= 0 && !hint.len; i--) {
        hint = literal_hint(c, t[1 - i], args[i]);
        if (hint.len) at = cel_span(args[i]);
    }
    str x = type_called(c->arena, t[0]), y = type_called(c->arena, t[1]);
    complain(c, DIAG_TYPE_MISMATCH, at, hint, "%.*s cannot be compared with %.*s", STR_ARG(x),
             STR_ARG(y));
    return &type_error;
}

static const type *say_no_order(checker *c, const expr *e, const type *const *t) {
    for (int i = 0; i < 2; i++) {
        if (t[i]->kind != TYPE_ENUM || !is_text(t[1 - i])) continue;
        complain(c, DIAG_TYPE_MISMATCH, cel_span(e), STR("list them: `x in ['a', 'b']`"),
                 "the values of `%.*s` have no order", STR_ARG(t[i]->enumeration->name));
        return &type_error;
    }
    if (t[0]->kind == t[1]->kind) {
        str called = type_called(c->arena, t[0]);
        complain(c, DIAG_TYPE_MISMATCH, cel_span(e), STR(""), "%.*s has no order", STR_ARG(called));
        return &type_error;
    }
    return say_incomparable(c, e, t);
}

const type *infer_comparison(checker *c, expr *e) {
    const type *t[2];
    const expr *outer = c->alone;
    expr *const *args = e->u.call.args;
    for (int i = 0; i < 2; i++) {
        c->alone = args[i];
        t[i] = followed(infer(c, args[i]));
    }
    c->alone = outer;
    bool ordered = !str_is(e->u.call.function, "_==_") && !str_is(e->u.call.function, "_!=_");
    if (ordered && !orderable(t[0], t[1])) return say_no_order(c, e, t);
    if (!ordered && !comparable(c, t[0], t[1])) return say_incomparable(c, e, t);
    check_values(c, t[0], args[1], args[0]);
    check_values(c, t[1], args[0], args[1]);
    return &type_bool;
}

// --- in

static const type *say_not_in(checker *c, const expr *e, const type *element, const type *x) {
    str hint = literal_hint(c, element, e->u.call.args[0]);
    element = followed(element);
    if (element->kind == TYPE_RECORD && is_text(x))
        hint = str_format(c->arena, "write `%.*s.exists(x, x.id == %.*s)`",
                          STR_ARG(short_text(e->u.call.args[1])),
                          STR_ARG(short_text(e->u.call.args[0])));
    str called = type_called(c->arena, x), elements = type_called(c->arena, element);
    complain(c, DIAG_TYPE_MISMATCH, cel_span(e->u.call.args[0]), hint,
             "%.*s is looked for where there is only %.*s", STR_ARG(called), STR_ARG(elements));
    return &type_error;
}

static const type *in_list(checker *c, const expr *e, const type *list, const type *x) {
    expr *const *args = e->u.call.args;
    const type *element = list->a ? followed(list->a) : &type_dyn;
    bool by_key = list->keyed && list->b && x->kind != TYPE_RECORD;
    const type *sought = by_key ? followed(list->b) : element;
    if (!comparable(c, sought, x)) return say_not_in(c, e, sought, x);
    check_values(c, sought, args[0], by_key ? NULL : args[1]);
    const type of_x = {.kind = TYPE_LIST, .a = x};
    if (!by_key) check_values(c, &of_x, args[1], args[0]);
    return &type_bool;
}

const type *infer_in(checker *c, expr *e) {
    const type *x = followed(infer(c, e->u.call.args[0]));
    const type *t = followed(infer(c, e->u.call.args[1]));
    if (is_open(t)) return &type_bool;
    if (t->kind == TYPE_LIST) return in_list(c, e, t, x);
    if (t->kind == TYPE_MAP)
        return !t->a || comparable(c, t->a, x) ? &type_bool : say_not_in(c, e, t->a, x);
    str hint = STR(""), called = type_called(c->arena, t), text = short_text(e->u.call.args[1]);
    if (is_text(t) && is_text(x))
        hint = str_format(c->arena, "write `%.*s.contains(%.*s)`, or `==`", STR_ARG(text),
                          STR_ARG(short_text(e->u.call.args[0])));
    complain(c, DIAG_TYPE_MISMATCH, cel_span(e->u.call.args[1]), hint,
             "`in` looks into a list or a map, not into %.*s", STR_ARG(called));
    return &type_error;
}
