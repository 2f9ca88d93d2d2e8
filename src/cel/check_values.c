// SPDX-License-Identifier: Apache-2.0
//
// Texts that are written out where the vocabulary knows all values, and literals that should have
// been of another kind.
#include "base/num.h"
#include "cel/check.h"

const local *local_of(const checker *c, const expr *e) {
    bool is_local = e->kind == EXPR_IDENT && e->u.ident.ref == REF_LOCAL;
    return is_local && e->u.ident.index < c->locals.len ? &c->locals.at[e->u.ident.index] : NULL;
}

static str values_of(arena *a, const enumeration *values) {
    enum { SHOWN = 12 };
    buf out = {.arena = a};
    size_t n = values->count < SHOWN ? values->count : SHOWN;
    for (size_t i = 0; i < n; i++)
        buf_addf(&out, i ? ", %.*s" : "%.*s", STR_ARG(values->values[i]));
    if (values->count > n) buf_addf(&out, ", … (%zu in all)", values->count);
    return buf_str(&out);
}

static bool is_value(const enumeration *values, const expr *literal) {
    str text = {literal->u.literal.u.s, literal->u.literal.n};
    for (size_t i = 0; i < values->count; i++)
        if (str_eq(values->values[i], text)) return true;
    return false;
}

static void say_no_value(checker *c, const enumeration *values, const expr *e, const expr *of) {
    str text = {e->u.literal.u.s, e->u.literal.n};
    str hint = diag_did_you_mean(c->arena, text, values->values, values->count);
    if (!hint.len) {
        str all = values_of(c->arena, values);
        hint = str_format(c->arena, "its values are: %.*s", STR_ARG(all));
    }
    str name = values->name, text_of = of ? str_sub(of->text->text, of->from, of->to) : STR("");
    if (!name.len && text_of.len <= 40) name = text_of;
    if (name.len)
        complain(c, DIAG_UNKNOWN_VALUE, cel_span(e), hint,
                 "`%.*s` is not one of the values of `%.*s`", STR_ARG(text), STR_ARG(name));
    else
        complain(c, DIAG_UNKNOWN_VALUE, cel_span(e), hint, "`%.*s` is not one of the values here",
                 STR_ARG(text));
}

static void try_value(checker *c, const enumeration *values, const expr *e, const expr *of) {
    bool is_found = is_value(values, e);
    for (size_t i = 0; i < c->trials.len; i++)
        if (c->trials.at[i].literal == e) {
            c->trials.at[i].found |= is_found;
            return;
        }
    vec_push(c->arena, &c->trials, (trial){e, values, of, is_found});
}

void end_trials(checker *c) {
    for (size_t i = 0; i < c->trials.len; i++) {
        const trial *t = &c->trials.at[i];
        if (!t->found) say_no_value(c, t->values, t->literal, t->of);
    }
    c->trials.len = 0;
}

// What a text is compared with, and whether the text came through a variable.
typedef struct lookup {
    const expr *of;
    bool tried;
} lookup;

static void check_part(checker *c, const type *t, const expr *e, lookup how);

static void check_entries(checker *c, const type *t, const expr *e, lookup how) {
    for (uint32_t i = 0; i < e->u.list.count; i++)
        check_part(c, t, e->u.list.entries[i].value, how);
}

static void check_cases(checker *c, const type *t, const expr *e, lookup how) {
    for (uint32_t i = 0; i < e->u.cases.count; i++)
        check_part(c, t, e->u.cases.cases[i].value, how);
}

static void check_name(checker *c, const type *t, const expr *e, lookup how) {
    const local *l = local_of(c, e);
    lookup through = {how.of, true};
    if (l && l->source && l->element && l->source->kind == EXPR_LIST)
        check_entries(c, t, l->source, through);
    else if (l && l->source && !l->element)
        check_part(c, t, l->source, through);
    const definition *d = e->u.ident.ref == REF_DEFINITION ? e->u.ident.definition : NULL;
    if (d && d->body && d->type && d->type != &type_error) check_part(c, t, d->body, how);
}

static void check_part(checker *c, const type *t, const expr *e, lookup how) {
    t = followed(t);
    bool is_list = t->kind == TYPE_LIST && t->a && followed(t->a)->kind == TYPE_ENUM;
    if (t->kind != TYPE_ENUM && !is_list) return;
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL:
        if (is_list || e->u.literal.kind != VALUE_STRING) break;
        if (how.tried)
            try_value(c, t->enumeration, e, how.of);
        else if (!is_value(t->enumeration, e))
            say_no_value(c, t->enumeration, e, how.of);
        break;
    case EXPR_LIST:
        if (is_list) check_entries(c, t->a, e, how);
        break;
    case EXPR_COND:
        check_part(c, t, e->u.logic.b, how);
        check_part(c, t, e->u.logic.c, how);
        break;
    case EXPR_IDENT: check_name(c, t, e, how); break;
    case EXPR_CASES: check_cases(c, t, e, how); break;
    default: break;
    }
}

void check_values(checker *c, const type *t, const expr *e, const expr *of) {
    check_part(c, t, e, (lookup){of, false});
}

// --- literals of another kind

static str quoted_call(checker *c, const char *function, str text) {
    return str_format(c->arena, "write `%s('%.*s')`", function, STR_ARG(text));
}

static str number_hint(checker *c, const type *t, const expr *e) {
    value v = e->u.literal;
    if (t->kind == TYPE_DOUBLE && v.kind == VALUE_INT)
        return str_format(c->arena, "write `%lld.0`", (long long)v.u.i);
    if (t->kind == TYPE_STRING || t->kind == TYPE_ENUM) return STR("a text stands in quotes");
    if (t->kind == TYPE_PERIOD)
        return STR("a period is written `period('P30D')`, in years, months or days");
    if (t->kind == TYPE_MONEY) return STR("an amount is written `money('EUR 1500')`");
    return STR("");
}

str literal_hint(checker *c, const type *t, const expr *e) {
    t = followed(t);
    const local *l = local_of(c, e);
    if (l && l->source && !l->element) e = l->source;
    if (e->kind != EXPR_LITERAL) return STR("");
    if (e->u.literal.kind != VALUE_STRING) return number_hint(c, t, e);
    str text = {e->u.literal.u.s, e->u.literal.n};
    day d;
    period p;
    int64_t i;
    double number;
    switch (t->kind) {
    case TYPE_DATE:
        return day_parse(text, &d) ? quoted_call(c, "date", text)
                                   : STR("a date is written `date('2026-03-01')`");
    case TYPE_PERIOD:
        return period_parse(text, &p) ? quoted_call(c, "period", text)
                                      : STR("a period is written `period('P30D')`");
    case TYPE_MONEY: return STR("an amount is written `money('EUR 1500')`");
    case TYPE_BOOL:
        return str_is(text, "true") || str_is(text, "false") ? STR("write it without quotes")
                                                             : STR("");
    case TYPE_INT:
    case TYPE_UINT:
    case TYPE_DOUBLE:
        return num_parse_int(text, &i) || num_parse_double(text, &number)
                   ? STR("write the number without quotes")
                   : STR("");
    default: return STR("");
    }
}
