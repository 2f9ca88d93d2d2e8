// SPDX-License-Identifier: Apache-2.0
//
// The type checker: gradual, as CEL says, and stricter where the vocabulary knows more (enums,
// records, dates, what may be none). Deduces from the leaves up; what is wrong is told once and is
// TYPE_ERROR from there on. Knows no facts by name.
#include "cel/check.h"

void complain(checker *c, diag_code code, span at, str hint, const char *fmt, ...) {
    c->failed = true;
    if (is_told(c->d, code, at)) return; // a definition is checked for each of its calls
    va_list args;
    va_start(args, fmt);
    str message = str_vformat(c->arena, fmt, args);
    va_end(args);
    diag *d = diag_add(c->d, code, at, hint, "%.*s", STR_ARG(message));
    if (c->caller) d->also = cel_span(c->caller);
}

// --- conditions

// What to ask instead, where something else than a bool stands as a condition.
static str condition_hint(checker *c, const type *t, const expr *e) {
    str text = str_sub(e->text->text, e->from, e->to);
    bool is_short = text.len <= 40;
    str x = is_short ? text : STR("x");
    switch (t->kind) {
    case TYPE_STRING:
    case TYPE_ENUM: return str_format(c->arena, "compare it: `%.*s == '…'`", STR_ARG(x));
    case TYPE_INT:
    case TYPE_UINT:
    case TYPE_DOUBLE: return str_format(c->arena, "compare it: `%.*s > 0`", STR_ARG(x));
    case TYPE_DATE: return str_format(c->arena, "compare it: `%.*s <= as_of`", STR_ARG(x));
    case TYPE_LIST:
        return str_format(c->arena, "ask `size(%.*s) > 0`, or `%.*s.exists(x, …)`", STR_ARG(x),
                          STR_ARG(x));
    case TYPE_OPTIONAL: return str_format(c->arena, "ask `%.*s.hasValue()`", STR_ARG(x));
    case TYPE_RECORD:
        return e->kind == EXPR_SELECT ? str_format(c->arena, "ask `has(%.*s)`", STR_ARG(x))
                                      : STR("ask for one of its facts");
    default: return STR("");
    }
}

static void check_condition(checker *c, const type *t, const expr *e) {
    t = followed(t);
    if (fits(c, &type_bool, t)) return;
    str called = type_called(c->arena, t);
    complain(c, DIAG_NOT_A_CONDITION, cel_span(e), condition_hint(c, t, e),
             "a condition is true or false, and this is %.*s", STR_ARG(called));
}

void infer_condition(checker *c, expr *e) {
    check_condition(c, infer(c, e), e);
}

static const type *infer_logic(checker *c, expr *e) {
    bool is_and = e->kind == EXPR_AND;
    infer_condition(c, e->u.logic.a);
    if (e->kind == EXPR_NOT) return &type_bool;
    size_t before = add_guards(c, e->u.logic.a, is_and);
    infer_condition(c, e->u.logic.b);
    drop_guards(c, before);
    return &type_bool;
}

static const type *infer_choice(checker *c, expr *e) {
    infer_condition(c, e->u.logic.a);
    size_t before = add_guards(c, e->u.logic.a, true);
    const type *x = infer(c, e->u.logic.b);
    drop_guards(c, before);
    add_guards(c, e->u.logic.a, false);
    const type *y = infer(c, e->u.logic.c);
    drop_guards(c, before);
    const type *both = joined(c, x, y);
    if (both) return both;
    if (is_number(followed(x)) && is_number(followed(y))) return &type_dyn;
    str called_x = type_called(c->arena, x), called_y = type_called(c->arena, y);
    complain(c, DIAG_TYPE_MISMATCH, cel_span(e),
             STR("both sides of a choice have one type; `dyn(x)` takes a value out of the check"),
             "the choice is between %.*s and %.*s", STR_ARG(called_x), STR_ARG(called_y));
    return &type_error;
}

// --- literals and names

static const type *literal_type(value v) {
    switch ((value_kind)v.kind) {
    case VALUE_NULL: return &type_null;
    case VALUE_BOOL: return &type_bool;
    case VALUE_INT: return &type_int;
    case VALUE_UINT: return &type_uint;
    case VALUE_DOUBLE: return &type_double;
    case VALUE_STRING: return &type_string;
    case VALUE_BYTES: return &type_bytes;
    case VALUE_DATE: return &type_date; // made by the layer above
    case VALUE_PERIOD: return &type_period;
    case VALUE_MONEY: return &type_money;
    default: return &type_dyn;
    }
}

static const type *infer_variable(checker *c, const expr *e) {
    const cel_variable *v = env_variable(c->env, e->u.ident.index);
    if (v->alone && c->alone != e) {
        complain(c, DIAG_NOT_ALONE, cel_span(e),
                 STR("bring what is added to it to the other side: `plus(x, 'P1Y') > as_of`"),
                 "`%.*s` stands by itself on one side of a comparison, nowhere else",
                 STR_ARG(v->name));
        return &type_error;
    }
    return v->type;
}

static const type *unknown_name(checker *c, const expr *e) {
    names known = {0};
    for (size_t i = 0; i < c->locals.len; i++)
        if (c->locals.at[i].name.len) vec_push(c->arena, &known, c->locals.at[i].name);
    c->failed = true;
    say_unknown_name(c->env, c->d, e, &known);
    return &type_error;
}

static const type *infer_name(checker *c, const expr *e) {
    switch (e->u.ident.ref) {
    case REF_LOCAL:
        return e->u.ident.index < c->locals.len ? c->locals.at[e->u.ident.index].type : &type_dyn;
    case REF_GLOBAL: return infer_variable(c, e);
    case REF_DEFINITION: {
        const type *t = e->u.ident.definition->type;
        return t ? t : &type_dyn;
    }
    case REF_CONSTANT: {
        type *t = arena_new(c->arena, type);
        *t = (type){.kind = TYPE_TYPE, .a = e->u.ident.constant.u.type};
        return t;
    }
    default: return unknown_name(c, e);
    }
}

// --- lists and maps

// The value of an entry; of an optional entry what the optional holds.
static const type *infer_entry(checker *c, const expr_entry *entry) {
    const type *t = followed(infer(c, entry->value));
    if (!entry->optional || is_open(t)) return t;
    if (t->kind == TYPE_OPTIONAL) return t->a;
    str called = type_called(c->arena, t);
    complain(c, DIAG_TYPE_MISMATCH, cel_span(entry->value),
             STR("leave the `?` out, or write `x.?f`, `xs[?k]` or `optional.of(x)`"),
             "an entry with `?` takes an optional, not %.*s", STR_ARG(called));
    return &type_error;
}

static const type *join_or_dyn(checker *c, const type *all, const type *t) {
    if (!all) return t;
    const type *both = joined(c, all, t);
    return both ? both : &type_dyn;
}

static const type *infer_list(checker *c, expr *e) {
    const type *element = NULL;
    for (uint32_t i = 0; i < e->u.list.count; i++)
        element = join_or_dyn(c, element, infer_entry(c, &e->u.list.entries[i]));
    return type_list_of(c->arena, element ? element : fresh_variable(c));
}

static bool is_key(const type *t) {
    return is_open(t) || is_text(t) || t->kind == TYPE_BOOL || t->kind == TYPE_INT ||
           t->kind == TYPE_UINT;
}

static const type *infer_map(checker *c, expr *e) {
    const type *key = NULL, *element = NULL;
    for (uint32_t i = 0; i < e->u.list.count; i++) {
        const expr_entry *entry = &e->u.list.entries[i];
        const type *k = followed(infer(c, entry->key));
        if (!is_key(k)) {
            str called = type_called(c->arena, k);
            complain(c, DIAG_TYPE_MISMATCH, cel_span(entry->key),
                     STR("keys are texts, ints, uints or bools"), "%.*s cannot be a key of a map",
                     STR_ARG(called));
            k = &type_error;
        }
        key = join_or_dyn(c, key, k);
        element = join_or_dyn(c, element, infer_entry(c, entry));
    }
    return type_map_of(c->arena, key ? key : fresh_variable(c),
                       element ? element : fresh_variable(c));
}

// All values of one type; an int among doubles is a double.
const type *infer_cases(checker *c, expr *e) {
    const type *all = NULL;
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        expr_case *one = &e->u.cases.cases[i];
        if (one->when) infer_condition(c, one->when);
        size_t before = c->guards.len;
        if (one->when) add_guards(c, one->when, true);
        const type *t = infer(c, one->value);
        drop_guards(c, before);
        const type *both = all ? joined(c, all, t) : t;
        if (!both && is_number(followed(all)) && is_number(followed(t))) both = &type_double;
        if (!both) {
            str called = type_called(c->arena, t), others = type_called(c->arena, all);
            complain(c, DIAG_TYPE_MISMATCH, cel_span(one->value),
                     STR("all cases give values of one type"),
                     "this case gives %.*s, an earlier one %.*s", STR_ARG(called), STR_ARG(others));
            both = &type_error;
        }
        all = both;
    }
    return all ? all : &type_dyn;
}

// ---

static const type *infer_kind(checker *c, expr *e) {
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL: return literal_type(e->u.literal);
    case EXPR_IDENT: return infer_name(c, e);
    case EXPR_SELECT: return infer_select(c, e);
    case EXPR_CALL: return infer_call(c, e);
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR: return infer_logic(c, e);
    case EXPR_COND: return infer_choice(c, e);
    case EXPR_LIST: return infer_list(c, e);
    case EXPR_MAP: return infer_map(c, e);
    case EXPR_MACRO: return infer_macro(c, e);
    case EXPR_CASES: return infer_cases(c, e);
    }
    return &type_dyn;
}

const type *infer(checker *c, expr *e) {
    const type *t = infer_kind(c, e);
    if (!c->caller) { // else a definition's body has the types of its own check
        e->type = t;
        vec_push(c->arena, &c->typed, e);
    }
    return t;
}

static void check_expected(checker *c, const type *expected, const type *t, const expr *e) {
    if (expected->kind == TYPE_BOOL) {
        check_condition(c, t, e);
        return;
    }
    if (fits(c, expected, t)) {
        check_values(c, expected, e, NULL);
        return;
    }
    str wanted = type_called(c->arena, expected), called = type_called(c->arena, t);
    complain(c, DIAG_TYPE_MISMATCH, cel_span(e), literal_hint(c, expected, e),
             "%.*s is expected here, not %.*s", STR_ARG(wanted), STR_ARG(called));
}

static void settle(checker *c) {
    for (size_t i = 0; i < c->typed.len; i++)
        c->typed.at[i]->type = settled(c, c->typed.at[i]->type);
}

// Bounds the work of the check and of each evaluation.
static bool check_measure(checker *c, const expr *e) {
    measure m = measured(e);
    str hint = STR("use fewer definitions of definitions");
    if (m.height > CEL_MAX_DEPTH)
        complain(c, DIAG_TOO_DEEP, cel_span(e), hint,
                 "with all definitions written out, this is nested deeper than %d levels",
                 CEL_MAX_DEPTH);
    else if (m.size > CEL_MAX_NODES)
        complain(c, DIAG_DEFINITION_SIZE, cel_span(e), hint,
                 "with all definitions written out, this has more than %d parts", CEL_MAX_NODES);
    return !c->failed;
}

const type *cel_check(const cel_env *env, diags *d, expr *e, const cel_scope *scope,
                      const type *expected) {
    checker c = {.env = env, .d = d, .arena = env->arena};
    if (scope) vec_reserve(c.arena, &c.locals, scope->count);
    for (size_t i = 0; scope && i < scope->count; i++) {
        const type *t = scope->types ? scope->types[i] : &type_dyn;
        vec_push(c.arena, &c.locals, (local){.name = scope->names[i], .type = t});
    }
    if (!check_measure(&c, e)) return &type_error;
    for (size_t i = 0; scope && i < scope->known_count; i++)
        add_guards(&c, scope->known[i].condition, scope->known[i].holds);
    const type *t = infer(&c, e);
    if (expected) check_expected(&c, expected, t, e);
    end_trials(&c);
    settle(&c);
    return c.failed ? &type_error : e->type;
}
