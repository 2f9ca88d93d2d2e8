// SPDX-License-Identifier: Apache-2.0
//
// Reaching into values: fields of records and maps, elements of lists, and the variables of
// comprehensions. What may be none needs a guard here.
#include "cel/check.h"

static span field_span(const expr *e) {
    uint32_t from = e->u.select.field_from;
    bool quoted = from < e->text->text.len && e->text->text.ptr[from] == '`';
    return cel_text_span(e->text, from, from + (uint32_t)e->u.select.field.len + (quoted ? 2 : 0));
}

// The text of a short expression, else "x".
static str short_text(const expr *e) {
    str s = str_sub(e->text->text, e->from, e->to);
    return s.len <= 40 ? s : STR("x");
}

static void say_unguarded(checker *c, const expr *e) {
    str s = short_text(e), hint;
    if (e->kind == EXPR_SELECT) {
        str x = short_text(e->u.select.operand), f = e->u.select.field;
        hint = str_format(c->arena,
                          "ask first: `has(%.*s) && …` or `!has(%.*s) || …`, or write `%.*s.?%.*s`",
                          STR_ARG(s), STR_ARG(s), STR_ARG(x), STR_ARG(f));
    } else {
        str x = short_text(e->u.call.args[0]), k = short_text(e->u.call.args[1]);
        hint = str_format(c->arena, "ask first: `%.*s in %.*s && …`, or write `%.*s[?%.*s]`",
                          STR_ARG(k), STR_ARG(x), STR_ARG(x), STR_ARG(k));
    }
    complain(c, DIAG_UNGUARDED_NONE, cel_span(e), hint, "`%.*s` may be none", STR_ARG(s));
}

// --- fields

static const type *say_no_field(checker *c, const expr *e, const record_type *r) {
    str *fields = arena_array(c->arena, str, r->count + 1);
    for (uint32_t i = 0; i < r->count; i++)
        fields[i] = r->fields[i].name;
    fields[r->count] = STR("id");
    str hint = diag_did_you_mean(c->arena, e->u.select.field, fields, r->count + 1);
    complain(c, DIAG_UNKNOWN_FIELD, field_span(e), hint, "there is no fact `%.*s` in `%.*s`",
             STR_ARG(e->u.select.field), STR_ARG(r->name));
    return &type_error;
}

// Whether the field may be none without being asked for is told by `*may_be_none`.
static const type *record_field_type(checker *c, expr *e, const record_type *r, bool *may_be_none) {
    if (!r) return &type_dyn;
    const record_field *f = map_get(&r->index, e->u.select.field);
    if (f) {
        *may_be_none = f->may_be_none;
        e->u.select.slot = (uint32_t)(f - r->fields);
        return f->type;
    }
    return str_is(e->u.select.field, "id") ? &type_string : say_no_field(c, e, r);
}

static const type *say_no_fields(checker *c, const expr *e, const type *t) {
    str x = short_text(e->u.select.operand), f = e->u.select.field, hint = STR("");
    if (t->kind == TYPE_LIST && t->keyed)
        hint =
            str_format(c->arena, "its entries are `%.*s['%.*s']`, or each in `%.*s.exists(x, …)`",
                       STR_ARG(x), STR_ARG(f), STR_ARG(x));
    else if (t->kind == TYPE_LIST)
        hint = str_format(c->arena, "ask for its elements: `%.*s.exists(x, x.%.*s …)`", STR_ARG(x),
                          STR_ARG(f));
    str called = type_called(c->arena, t);
    complain(c, DIAG_UNKNOWN_FIELD, field_span(e), hint, "%.*s has no fields", STR_ARG(called));
    return &type_error;
}

// The type of the field of a value of type `t`, which is no optional.
static const type *field_type(checker *c, expr *e, const type *t, bool *may_be_none) {
    switch (t->kind) {
    case TYPE_DYN:
    case TYPE_PARAM: return &type_dyn;
    case TYPE_ERROR: return &type_error;
    case TYPE_RECORD: return record_field_type(c, e, t->record, may_be_none);
    case TYPE_MAP:
        if (fits(c, t->a ? t->a : &type_dyn, &type_string)) return t->b ? t->b : &type_dyn;
        complain(c, DIAG_TYPE_MISMATCH, field_span(e), STR("write `m[key]`"),
                 "the keys of this map are no texts");
        return &type_error;
    default: return say_no_fields(c, e, t);
    }
}

static const type *optional_of(checker *c, const type *t) {
    return followed(t)->kind == TYPE_OPTIONAL ? t : type_optional_of(c->arena, t);
}

const type *infer_select(checker *c, expr *e) {
    const type *t = followed(infer(c, e->u.select.operand));
    bool in_optional = t->kind == TYPE_OPTIONAL, may_be_none = false;
    const type *field = field_type(c, e, in_optional ? followed(t->a) : t, &may_be_none);
    if (e->test) return &type_bool;
    if (e->optional || in_optional) return optional_of(c, field);
    if (may_be_none && !is_guarded(c, e)) say_unguarded(c, e);
    return field;
}

// --- elements

// Whether a value of type `have` can be looked for among keys or elements of type `want`.
static bool can_equal(checker *c, const type *want, const type *have) {
    want = followed(want);
    have = followed(have);
    return (is_number(want) && is_number(have)) || joined(c, want, have) != NULL;
}

// Whether a map may be asked for a value of a type; a double can be equal to a whole number.
static bool may_be_key(const type *t) {
    if (t->kind == TYPE_WRAPPER && t->a) t = followed(t->a);
    return is_open(t) || is_text(t) || is_number(t) || t->kind == TYPE_BOOL;
}

static const type *say_wrong_index(checker *c, const expr *e, const type *list, const type *key) {
    const expr *k = e->u.call.args[1];
    str called = type_called(c->arena, key);
    if (list->kind == TYPE_MAP)
        complain(c, DIAG_TYPE_MISMATCH, cel_span(k), literal_hint(c, list->a, k),
                 "the keys of this map are not %.*s", STR_ARG(called));
    else
        complain(c, DIAG_TYPE_MISMATCH, cel_span(k),
                 is_text(key) ? STR("this list has no key; write `xs.exists(x, x.id == '…')`")
                              : STR("a list has an int from 0 as index"),
                 "%.*s is no index of a list", STR_ARG(called));
    return &type_error;
}

// `xs[k]` of a value of type `t`, which is no optional.
static const type *element_type(checker *c, const expr *e, const type *t, const type *key,
                                bool *may_be_none) {
    const type *k = followed(key);
    switch (t->kind) {
    case TYPE_DYN:
    case TYPE_PARAM: return &type_dyn;
    case TYPE_ERROR: return &type_error;
    case TYPE_MAP:
        if (may_be_key(k) && (!t->a || can_equal(c, t->a, key))) return t->b ? t->b : &type_dyn;
        return say_wrong_index(c, e, t, k);
    case TYPE_LIST:
        if (is_open(k) || is_number(k)) return t->a ? t->a : &type_dyn;
        if (!t->keyed || !t->b || !can_equal(c, t->b, key)) return say_wrong_index(c, e, t, k);
        check_values(c, t->b, e->u.call.args[1], NULL);
        *may_be_none = true;
        return t->a;
    default: break;
    }
    str called = type_called(c->arena, t);
    complain(c, DIAG_TYPE_MISMATCH, cel_span(e), STR(""), "%.*s has no elements", STR_ARG(called));
    return &type_error;
}

const type *infer_index(checker *c, expr *e) {
    const type *t = followed(infer(c, e->u.call.args[0]));
    const type *key = infer(c, e->u.call.args[1]);
    bool in_optional = t->kind == TYPE_OPTIONAL, may_be_none = false;
    const type *element = element_type(c, e, in_optional ? followed(t->a) : t, key, &may_be_none);
    if (in_optional || str_is(e->u.call.function, "_[?_]")) return optional_of(c, element);
    if (may_be_none && !is_guarded(c, e)) say_unguarded(c, e);
    return element;
}

// --- comprehensions

typedef struct comprehension {
    const type *vars[2]; // of the variables
    const type *element; // of a list, or of a map's values
} comprehension;

static void say_no_range(checker *c, const expr *e, const type *t, const char *wanted) {
    str called = type_called(c->arena, t);
    complain(c, DIAG_TYPE_MISMATCH, cel_span(e->u.macro.range), STR(""),
             "%s is expected before the macro, not %.*s", wanted, STR_ARG(called));
}

// What the variables of a macro over a value of type `t` are.
static comprehension over(checker *c, const expr *e, const type *t) {
    bool two = e->u.macro.vars[1].len > 0;
    const type *any = is_open(t) && t->kind != TYPE_PARAM ? t : &type_dyn;
    if (e->op == MACRO_BIND) return (comprehension){{t, NULL}, NULL};
    if (e->op == MACRO_OPT_MAP || e->op == MACRO_OPT_FLAT_MAP) {
        if (t->kind == TYPE_OPTIONAL) return (comprehension){{t->a, NULL}, NULL};
        if (!is_open(t)) say_no_range(c, e, t, "an optional");
        return (comprehension){{is_open(t) ? any : &type_error, NULL}, NULL};
    }
    if (t->kind == TYPE_LIST) {
        const type *a = t->a ? t->a : &type_dyn;
        return (comprehension){{two ? &type_int : a, a}, a};
    }
    if (t->kind == TYPE_MAP) {
        const type *k = t->a ? t->a : &type_dyn;
        return (comprehension){{k, t->b ? t->b : &type_dyn}, two && t->b ? t->b : k};
    }
    if (!is_open(t)) {
        say_no_range(c, e, t, "a list or map");
        any = &type_error;
    }
    return (comprehension){{any, any}, any};
}

static void set_local(checker *c, uint32_t slot, local l) {
    while (c->locals.len <= slot)
        vec_push(c->arena, &c->locals, (local){.type = &type_dyn});
    c->locals.at[slot] = l;
}

static const type *say_wrong_body(checker *c, const expr *e, const type *t, const char *wanted) {
    str called = type_called(c->arena, t);
    complain(c, DIAG_TYPE_MISMATCH, cel_span(e->u.macro.body), STR(""),
             "%s is expected as the macro's result, not %.*s", wanted, STR_ARG(called));
    return &type_error;
}

// The body's type where it is of the kind that the macro takes. A body of which nothing is known is
// made one, `wanted`: else it might become another where it is used.
static const type *body_of(checker *c, const expr *e, const type *b, const type *wanted,
                           const char *called) {
    if (b->kind == TYPE_PARAM && fits(c, b, wanted)) return wanted;
    if (is_open(b) || b->kind == wanted->kind) return b;
    return say_wrong_body(c, e, b, called);
}

static const type *macro_type(checker *c, const expr *e, const comprehension *over_,
                              const type *body) {
    const type *b = followed(body);
    switch ((macro_kind)e->op) {
    case MACRO_ALL:
    case MACRO_EXISTS:
    case MACRO_EXISTS_ONE: return &type_bool;
    case MACRO_FILTER: return type_list_of(c->arena, over_->element);
    case MACRO_MAP:
    case MACRO_TRANSFORM_LIST: return type_list_of(c->arena, body);
    case MACRO_TRANSFORM_MAP: return type_map_of(c->arena, over_->vars[0], body);
    case MACRO_TRANSFORM_MAP_ENTRY:
        return body_of(c, e, b, type_map_of(c->arena, fresh_variable(c), fresh_variable(c)),
                       "a map");
    case MACRO_BIND: return body;
    case MACRO_OPT_MAP: return type_optional_of(c->arena, body);
    case MACRO_OPT_FLAT_MAP:
        return body_of(c, e, b, type_optional_of(c->arena, fresh_variable(c)), "an optional");
    }
    return &type_dyn;
}

const type *infer_macro(checker *c, expr *e) {
    const type *t = followed(infer(c, e->u.macro.range));
    comprehension o = over(c, e, t);
    bool two = e->u.macro.vars[1].len > 0, bound = e->op == MACRO_BIND;
    const expr *range = e->u.macro.range;
    bool known = range->kind == EXPR_LIST || (bound && range->kind == EXPR_LITERAL);
    for (int i = 0; i < (two ? 2 : 1); i++) {
        bool holds_it = known && (!two || i == 1);
        set_local(c, e->u.macro.slots[i],
                  (local){e->u.macro.vars[i], o.vars[i], holds_it ? range : NULL, !bound});
    }
    size_t before = c->guards.len;
    if (e->u.macro.filter) {
        infer_condition(c, e->u.macro.filter);
        add_guards(c, e->u.macro.filter, true);
    }
    const type *body = &type_bool;
    bool asks = e->op == MACRO_ALL || e->op == MACRO_EXISTS || e->op == MACRO_EXISTS_ONE ||
                e->op == MACRO_FILTER;
    if (asks)
        infer_condition(c, e->u.macro.body);
    else
        body = infer(c, e->u.macro.body);
    drop_guards(c, before);
    return macro_type(c, e, &o, body);
}
