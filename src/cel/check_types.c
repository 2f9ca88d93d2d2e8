// SPDX-License-Identifier: Apache-2.0
//
// What may stand for what, with type variables as unification leaves them. A variable is a type of
// kind TYPE_PARAM without a name; `a` is what it was found to be. Says nothing: whoever asks does.
#include "cel/check.h"

const type *fresh_variable(checker *c) {
    type *t = arena_new(c->arena, type);
    t->kind = TYPE_PARAM;
    return t;
}

static bool is_variable(const type *t) {
    return t->kind == TYPE_PARAM && t->name.len == 0;
}

const type *followed(const type *t) {
    while (is_variable(t) && t->a)
        t = t->a;
    return t;
}

// Whether any part of a type is a variable.
static bool holds_variable(const type *t) {
    return t && (t->kind == TYPE_PARAM || holds_variable(t->a) || holds_variable(t->b));
}

const type *settled(checker *c, const type *t) {
    t = followed(t);
    if (t->kind == TYPE_PARAM) return &type_dyn;
    if (!holds_variable(t)) return t;
    type *copy = arena_new(c->arena, type);
    *copy = *t;
    if (t->a) copy->a = settled(c, t->a);
    if (t->b) copy->b = settled(c, t->b);
    return copy;
}

bool is_number(const type *t) {
    return t->kind == TYPE_INT || t->kind == TYPE_UINT || t->kind == TYPE_DOUBLE;
}

bool is_text(const type *t) {
    return t->kind == TYPE_STRING || t->kind == TYPE_ENUM;
}

bool is_open(const type *t) {
    return t->kind == TYPE_DYN || t->kind == TYPE_ERROR || t->kind == TYPE_PARAM;
}

// --- variables

static void bind(checker *c, const type *variable, const type *to) {
    type *v = (type *)variable; // made by fresh_variable, so not const
    vec_push(c->arena, &c->bindings, (binding){v, v->a});
    v->a = to;
}

void undo_bindings(checker *c, size_t down_to) {
    while (c->bindings.len > down_to) {
        binding *b = &c->bindings.at[--c->bindings.len];
        b->variable->a = b->before;
    }
}

static bool occurs(const type *variable, const type *t) {
    if (!t) return false;
    t = followed(t);
    return t == variable || (!is_variable(t) && (occurs(variable, t->a) || occurs(variable, t->b)));
}

static bool bind_free(checker *c, const type *variable, const type *to) {
    if (occurs(variable, to)) return false;
    bind(c, variable, to);
    return true;
}

// --- fitting

static const type *wider(checker *c, const type *x, const type *y);

// A part that is not said takes anything.
static bool part_fits(checker *c, const type *want, const type *have) {
    return !want || !have || fits(c, want, have);
}

static bool takes_null(const type *t) {
    return t->kind == TYPE_NULL || t->kind == TYPE_WRAPPER || t->kind == TYPE_OPTIONAL ||
           t->kind == TYPE_TIMESTAMP || t->kind == TYPE_DURATION;
}

// Whether records have the field that a function asks them for.
static bool record_fits(checker *c, const type *want, const record_type *have) {
    if (!have || want->record) return !have || want->record == have;
    if (!want->a) return true;
    const record_field *f = map_get(&have->index, want->name);
    return f && !f->may_be_none && fits(c, want->a, f->type);
}

static bool same_kind_fits(checker *c, const type *want, const type *have) {
    switch (want->kind) {
    case TYPE_LIST: // b is the type of the key
    case TYPE_TYPE:
    case TYPE_OPTIONAL: return part_fits(c, want->a, have->a);
    case TYPE_MAP: return part_fits(c, want->a, have->a) && part_fits(c, want->b, have->b);
    case TYPE_RECORD: return record_fits(c, want, have->record);
    default: return true;
    }
}

// A variable that was bound by an earlier argument becomes wider where a later one needs it.
static bool bound_fits(checker *c, const type *variable, const type *have) {
    const type *bound = followed(variable);
    if (!fits(c, bound, have)) return false;
    const type *both = wider(c, bound, have);
    while (variable->a && is_variable(variable->a))
        variable = variable->a;
    if (both != bound) bind(c, variable, both);
    return true;
}

// What is dyn may turn out to be anything, and so may the variables of what it stands for.
static void loosen(checker *c, const type *want) {
    if (!want) return;
    while (is_variable(want) && want->a && is_variable(want->a))
        want = want->a;
    if (is_variable(want)) {
        if (want->a != &type_dyn) bind(c, want, &type_dyn);
        return;
    }
    loosen(c, want->a);
    loosen(c, want->b);
}

bool fits(checker *c, const type *want, const type *have) {
    have = followed(have);
    if (is_variable(want) && want->a) return bound_fits(c, want, have);
    if (want == have || is_open(have) || is_open(want)) {
        if (want == have) return true;
        if (is_variable(want)) return bind_free(c, want, have);
        if (is_variable(have)) return bind_free(c, have, want);
        if (have->kind == TYPE_DYN) loosen(c, want);
        return true;
    }
    if (have->kind == TYPE_NULL) return takes_null(want);
    if (want->kind == TYPE_WRAPPER)
        return fits(c, want->a, have->kind == TYPE_WRAPPER ? have->a : have);
    if (have->kind == TYPE_WRAPPER) return fits(c, want, have->a);
    if (is_text(want) && is_text(have)) return true;
    if (want->kind == TYPE_NUMBER) return is_number(have);
    return want->kind == have->kind && same_kind_fits(c, want, have);
}

// --- joining

static const type *wider_parts(checker *c, const type *x, const type *y) {
    const type *a = x->a && y->a ? wider(c, x->a, y->a) : NULL;
    const type *b = x->b && y->b ? wider(c, x->b, y->b) : NULL;
    if (a == x->a && b == x->b) return x;
    type *t = arena_new(c->arena, type);
    *t = *x;
    t->a = a;
    t->b = b;
    if (t->kind == TYPE_LIST && !b) t->keyed = false;
    return t;
}

// The more general of two types that fit each other.
static const type *wider(checker *c, const type *x, const type *y) {
    const type *fx = followed(x), *fy = followed(y);
    if (fx == fy || fy->kind == TYPE_ERROR || fy->kind == TYPE_PARAM) return x;
    if (fx->kind == TYPE_ERROR || fx->kind == TYPE_PARAM) return y;
    if (fx->kind == TYPE_DYN || fy->kind == TYPE_DYN) return &type_dyn;
    if (fx->kind == TYPE_NULL) return fy;
    if (fy->kind == TYPE_NULL) return fx;
    if (fx->kind == TYPE_WRAPPER) return fx;
    if (fy->kind == TYPE_WRAPPER) return fy;
    if (is_text(fx) && is_text(fy))
        return fx->kind == TYPE_ENUM && fy->kind == TYPE_ENUM && fx->enumeration == fy->enumeration
                   ? fx
                   : &type_string;
    if (fx->kind == TYPE_RECORD) return fx->record ? fy : fx;
    return fx->a || fx->b ? wider_parts(c, fx, fy) : fx;
}

const type *joined(checker *c, const type *x, const type *y) {
    size_t before = c->bindings.len;
    if (fits(c, x, y)) return wider(c, x, y);
    undo_bindings(c, before);
    if (fits(c, y, x)) return wider(c, y, x);
    undo_bindings(c, before);
    return NULL;
}

// --- signatures

typedef struct fresh {
    const type *of[26];
} fresh;

static const type *instance(checker *c, const type *t, fresh *f) {
    if (!t || !holds_variable(t)) return t;
    if (t->kind == TYPE_PARAM) {
        const type **v = &f->of[t->name.ptr[0] - 'A'];
        if (!*v) *v = fresh_variable(c);
        return *v;
    }
    type *copy = arena_new(c->arena, type);
    *copy = *t;
    copy->a = instance(c, t->a, f);
    copy->b = instance(c, t->b, f);
    return copy;
}

void instantiate(checker *c, signature *s) {
    fresh f = {{NULL}};
    for (size_t i = 0; i < s->count; i++)
        s->params[i] = instance(c, s->params[i], &f);
    s->result = instance(c, s->result, &f);
}

// --- names

str type_called(arena *a, const type *t) {
    static const char *const called[] = {
        [TYPE_DYN] = "anything",        [TYPE_ERROR] = "a mistake",
        [TYPE_NULL] = "null",           [TYPE_BOOL] = "a bool",
        [TYPE_INT] = "an int",          [TYPE_UINT] = "a uint",
        [TYPE_DOUBLE] = "a double",     [TYPE_STRING] = "a text",
        [TYPE_BYTES] = "bytes",         [TYPE_LIST] = "a list",
        [TYPE_MAP] = "a map",           [TYPE_TYPE] = "a type",
        [TYPE_PARAM] = "anything",      [TYPE_NUMBER] = "a number",
        [TYPE_DATE] = "a date",         [TYPE_PERIOD] = "a period",
        [TYPE_ENUM] = "a text",         [TYPE_RECORD] = "a record",
        [TYPE_MONEY] = "money",         [TYPE_OPTIONAL] = "an optional",
        [TYPE_WRAPPER] = "a wrapper",   [TYPE_TIMESTAMP] = "a timestamp",
        [TYPE_DURATION] = "a duration",
    };
    t = followed(t);
    if (t->kind == TYPE_RECORD && t->record)
        return str_format(a, "a record of `%.*s`", STR_ARG(t->record->name));
    return str_of(called[t->kind]);
}
