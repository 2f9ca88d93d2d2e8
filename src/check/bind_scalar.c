// SPDX-License-Identifier: Apache-2.0
//
// One value of one type: enums, dates, numbers known by their bounds, places, money. Every mistake
// names what was found, what is taken, and how to write it.
#include "base/num.h"
#include "check/bind.h"

#include <math.h>

static value wrong(void) {
    return (value){.kind = VALUE_ERROR};
}

static value mistaken(binder *b, diag_code code, const fact *f, const node *n, const char *takes,
                      str hint) {
    if (doc_is_scalar(n))
        bind_error(b, code, n, hint, "`%.*s` takes %s, not `%.*s`", STR_ARG(f->name), takes,
                   STR_ARG(n->text));
    else
        bind_error(b, code, n, hint, "`%.*s` takes %s, this is %s", STR_ARG(f->name), takes,
                   doc_kind_name(n->kind));
    return wrong();
}

static value wrong_type(binder *b, const fact *f, const node *n, const char *takes, str hint) {
    return mistaken(b, DIAG_WRONG_TYPE, f, n, takes, hint);
}

static value bind_text(binder *b, const fact *f, const node *n) {
    if (!doc_is_scalar(n)) return wrong_type(b, f, n, "a text", STR("write one text"));
    if (n->kind == NODE_BOOL)
        return wrong_type(b, f, n, "a text", STR("put it in quotes if it is meant as text"));
    if (f->max_length && n->text.len > f->max_length)
        return wrong_type(b, f, n, "a shorter text",
                          str_format(b->arena, "at most %zu bytes", f->max_length));
    return value_string(n->text);
}

static value bind_enum(binder *b, const fact *f, const node *n) {
    if (!doc_is_scalar(n)) return wrong_type(b, f, n, "one word of a list", STR("write one word"));
    for (size_t i = 0; i < f->values->count; i++)
        if (str_eq(n->text, f->values->values[i])) return value_string(f->values->values[i]);
    str hint = diag_did_you_mean(b->arena, n->text, f->values->values, f->values->count);
    if (!hint.len) {
        buf list = {.arena = b->arena};
        for (size_t i = 0; i < f->values->count && i < 12; i++)
            buf_addf(&list, "%s%.*s", i ? ", " : "one of ", STR_ARG(f->values->values[i]));
        if (f->values->count > 12) buf_adds(&list, ", …");
        hint = buf_str(&list);
    }
    bind_error(b, DIAG_UNKNOWN_VALUE, n, hint, "`%.*s` is no value of `%.*s`", STR_ARG(n->text),
               STR_ARG(f->name));
    return wrong();
}

static value bind_bool(binder *b, const fact *f, const node *n) {
    if (n->kind == NODE_BOOL) return value_bool(n->u.b);
    return wrong_type(b, f, n, "true or false",
                      STR("write `true`, `false` or `unknown`, without quotes"));
}

static value bind_date(binder *b, const fact *f, const node *n) {
    day d = 0;
    if (doc_is_scalar(n) && day_parse(n->text, &d)) return value_date(d);
    return mistaken(b, DIAG_BAD_DATE, f, n, "a date",
                    STR("write it as YYYY-MM-DD, and one that the calendar has"));
}

static value bind_period(binder *b, const fact *f, const node *n) {
    period p;
    if (!doc_is_scalar(n) || !period_parse(n->text, &p))
        return mistaken(b, DIAG_BAD_PERIOD, f, n, "a period",
                        STR("write it by ISO 8601: P30D, P6M, PT3H"));
    period *copy = arena_new(b->arena, period);
    *copy = p;
    return (value){.kind = VALUE_PERIOD, .u.period = copy};
}

static value bind_place(binder *b, const fact *f, const node *n) {
    if (!doc_is_scalar(n))
        return wrong_type(b, f, n, "a code", STR("write one ISO 3166-1 or -2 code"));
    bool known = f->kind == FACT_COUNTRY || f->kind == FACT_PLACE
                     ? place_known(&b->rules->places, n->text)
                     : place_or_group_known(&b->rules->places, n->text);
    if (known) return value_string(n->text);
    str hint = place_hint(&b->rules->places, b->arena, n->text, f->kind == FACT_JURISDICTION);
    if (n->kind == NODE_BOOL)
        hint = STR("write the code in capitals; true and false are no places");
    bind_error(b, DIAG_UNKNOWN_PLACE, n, hint, "`%.*s` is no place that is known",
               STR_ARG(n->text));
    return wrong();
}

// --- numbers, exact or by bounds

// No fact is beyond all numbers, and what is not a number would be above and below no limit.
static bool number_of(const node *n, double *out) {
    if (n->kind == NODE_INT)
        *out = (double)n->u.i;
    else if (n->kind == NODE_DOUBLE && isfinite(n->u.d))
        *out = n->u.d;
    else
        return false;
    return true;
}

static value range_value(binder *b, value_range range) {
    value_range *r = arena_new(b->arena, value_range);
    *r = range;
    return (value){.kind = VALUE_RANGE, .u.range = r};
}

// The same set of whole numbers by closed bounds: `> 5` is at least 6. Not where doubles are too
// far apart to tell a number from its neighbour.
static void make_whole(value_range *r) {
    const double apart = 9007199254740992.0;
    if (r->has_least && fabs(r->least) < apart) {
        r->least = r->least_open ? floor(r->least) + 1 : ceil(r->least);
        r->least_open = false;
    }
    if (r->has_most && fabs(r->most) < apart) {
        r->most = r->most_open ? ceil(r->most) - 1 : floor(r->most);
        r->most_open = false;
    }
}

// `"> 1e23"`, `"<= 5"`.
static bool parse_bound(str text, value_range *out) {
    str s = str_trim(text);
    bool greater = str_starts(s, STR(">")), less = str_starts(s, STR("<"));
    if (!greater && !less) return false;
    bool or_equal = s.len > 1 && s.ptr[1] == '=';
    double d = 0;
    if (!num_parse_double(str_trim(str_sub(s, or_equal ? 2 : 1, s.len)), &d) || !isfinite(d))
        return false;
    *out = greater ? (value_range){.least = d, .has_least = true, .least_open = !or_equal}
                   : (value_range){.most = d, .has_most = true, .most_open = !or_equal};
    return true;
}

static value bind_bounds(binder *b, const fact *f, const node *n) {
    value_range range = {0};
    for (size_t i = 0; i < n->count; i++) {
        const pair *p = &n->u.pairs[i];
        bool least = str_is(p->key->text, "at_least"), most = str_is(p->key->text, "at_most");
        if (!(least || most) || !number_of(p->value, least ? &range.least : &range.most))
            return wrong_type(b, f, n, "a number or bounds",
                              STR("write {at_least: n, at_most: n}"));
        range.has_least |= least;
        range.has_most |= most;
    }
    bool both = range.has_least && range.has_most;
    if (both && range.least > range.most)
        return wrong_type(b, f, n, "bounds in order", STR("at_least is not above at_most"));
    if (f->kind == FACT_INT) make_whole(&range);
    if (both && range.least > range.most)
        return wrong_type(b, f, n, "bounds with a whole number between them",
                          STR("write {at_least: n, at_most: n} with whole numbers"));
    return range_value(b, range);
}

// Whether a number, or all that bounds leave of one, is beyond what the fact can be.
static bool is_beyond(const fact *f, value v) {
    value_range r = {0};
    if (v.kind == VALUE_RANGE) r = *v.u.range;
    if (v.kind == VALUE_INT) r.least = (double)v.u.i;
    if (v.kind == VALUE_DOUBLE) r.least = v.u.d;
    if (v.kind == VALUE_INT || v.kind == VALUE_DOUBLE) {
        r.most = r.least;
        r.has_least = r.has_most = true;
    }
    bool above =
        f->has_most && r.has_least && (r.least_open ? r.least >= f->most : r.least > f->most);
    bool below =
        f->has_least && r.has_most && (r.most_open ? r.most <= f->least : r.most < f->least);
    return above || below;
}

static str limits(arena *a, const fact *f) {
    buf b = {.arena = a};
    buf_adds(&b, "a number");
    if (f->has_least) {
        buf_adds(&b, f->has_most ? " from " : " of at least ");
        buf_add(&b, num_print_plain(a, f->least));
    }
    if (f->has_most) {
        buf_adds(&b, f->has_least ? " to " : " of at most ");
        buf_add(&b, num_print_plain(a, f->most));
    }
    return buf_str(&b);
}

static value any_number(binder *b, const fact *f, const node *n) {
    double d = 0;
    value_range range;
    if (n->kind == NODE_MAP && n->count > 0) return bind_bounds(b, f, n);
    if (n->kind == NODE_STRING && parse_bound(n->text, &range)) {
        if (f->kind == FACT_INT) make_whole(&range);
        return range_value(b, range);
    }
    if (f->kind == FACT_INT && n->kind == NODE_INT) return value_int(n->u.i);
    if (f->kind == FACT_DOUBLE && number_of(n, &d)) return value_double(d);
    return wrong_type(b, f, n, f->kind == FACT_INT ? "a whole number" : "a number",
                      STR("write digits only; bounds as \"> 1e23\" or {at_least: n, at_most: n}"));
}

static value bind_number(binder *b, const fact *f, const node *n) {
    value v = any_number(b, f, n);
    if (!is_beyond(f, v)) return v;
    bool share = f->has_most && f->most > 0 && f->most < 2;
    bind_error(b, DIAG_WRONG_TYPE, n,
               share ? STR("a share is a part of one: 5 of a hundred is 0.05")
                     : STR("the vocabulary says what it can be"),
               "`%.*s` is %.*s", STR_ARG(f->name), STR_ARG(limits(b->arena, f)));
    return wrong();
}

static value bind_money(binder *b, const fact *f, const node *n) {
    const node *amount = n->kind == NODE_MAP ? doc_get(n, "value") : NULL,
               *currency = n->kind == NODE_MAP ? doc_get(n, "currency") : NULL;
    str text = n->text;
    if (amount && currency && doc_is_scalar(amount) && doc_is_scalar(currency))
        text = str_format(b->arena, "%.*s %.*s", STR_ARG(currency->text), STR_ARG(amount->text));
    money m;
    bool whole = n->kind != NODE_MAP || n->count == 2; // nothing beside the two is passed over
    if (!(doc_is_scalar(n) || amount) || !whole || !money_parse(text, &m))
        return wrong_type(b, f, n, "an amount of money", STR("write {value: 1500, currency: EUR}"));
    money *copy = arena_new(b->arena, money);
    *copy = m;
    return (value){.kind = VALUE_MONEY, .u.money = copy};
}

static bool has_value_none(const fact *f) {
    for (size_t i = 0; f->kind == FACT_ENUM && i < f->values->count; i++)
        if (str_is(f->values->values[i], "none")) return true;
    return false;
}

value bind_scalar(binder *b, const fact *f, const node *n) {
    if (is_none_word(f, n) && !f->list && !has_value_none(f)) {
        if (f->may_be_none) return value_none();
        bind_error(b, DIAG_NONE_NOT_ALLOWED, n,
                   STR("leave the fact out if it is not known, or state its value"),
                   "`%.*s` cannot be `%.*s`", STR_ARG(f->name), STR_ARG(n->text));
        return wrong();
    }
    switch (f->kind) {
    case FACT_BOOL: return bind_bool(b, f, n);
    case FACT_INT:
    case FACT_DOUBLE: return bind_number(b, f, n);
    case FACT_DATE: return bind_date(b, f, n);
    case FACT_PERIOD: return bind_period(b, f, n);
    case FACT_COUNTRY:
    case FACT_PLACE:
    case FACT_JURISDICTION: return bind_place(b, f, n);
    case FACT_MONEY: return bind_money(b, f, n);
    case FACT_ENUM: return bind_enum(b, f, n);
    default: return bind_text(b, f, n);
    }
}

bool facts_takes(const ruleset *r, arena *a, diags *d, const fact *f, const node *n) {
    binder b = {.arena = a, .diags = d, .vocabulary = &r->vocabulary, .rules = r};
    return bind_scalar(&b, f, n).kind != VALUE_ERROR;
}
