// SPDX-License-Identifier: Apache-2.0
//
// Parameters: numbers, lists and tables of the law that change by date and by place. They are
// values, not conditions: what stands in the file becomes a literal of the type that is declared or
// that it has by its looks.
#include "law/policy_reader.h"

static const schema_form any_value_form = {.name = "value", .takes = TAKES_ANY};
const schema_form any_cases_form = {.cases_of = &any_value_form};

static const schema_key parameter_keys[] = {
    {"type", TAKES_TEXT, false, NULL,
     "Its type, as in the vocabulary; else it is what it looks like."},
    {"unit", TAKES_WORDS, false, NULL, "Its unit."},
    {"cites", TAKES_WORDS, false, NULL, "Where the law says so."},
    {"cases", TAKES_ANY, true, &any_cases_form, "Its value, or cases of it."},
};
enum { PARAMETER_TYPE, PARAMETER_UNIT, PARAMETER_CITES, PARAMETER_CASES, PARAMETER_KEYS };

static const char *const described[] = {"cases", NULL};
static const schema_form described_form = {
    .name = "parameter", .takes = TAKES_MAP, SCHEMA_KEYS(parameter_keys)};
const schema_form parameter_form = {
    .cases_of = &any_value_form, .if_has = described, .then = &described_form};

// --- literals

static expr *bad_value(policy_reader *p, const node *n, const char *due, const char *hint) {
    diag_add(p->r.diags, DIAG_WRONG_TYPE, n->at, str_of(hint), "this is no %s", due);
    return NULL;
}

static expr *enum_value(policy_reader *p, const node *n, const enumeration *e) {
    for (size_t i = 0; i < e->count; i++)
        if (str_eq(e->values[i], n->text)) return policy_literal(p, n, value_string(n->text));
    diag_add(p->r.diags, DIAG_UNKNOWN_VALUE, n->at,
             diag_did_you_mean(p->r.arena, n->text, e->values, e->count),
             "`%.*s` is none of the values of this type", STR_ARG(n->text));
    return NULL;
}

static expr *money_value(policy_reader *p, const node *n) {
    money *m = arena_new(p->r.arena, money);
    if (!money_parse(n->text, m)) return bad_value(p, n, "money", "write it as `EUR 1500`");
    return policy_literal(p, n, (value){.kind = VALUE_MONEY, .u.money = m});
}

static expr *period_value(policy_reader *p, const node *n) {
    period *length = arena_new(p->r.arena, period);
    if (!schema_period(&p->r, n, length)) return NULL;
    return policy_literal(p, n, (value){.kind = VALUE_PERIOD, .u.period = length});
}

static expr *scalar_of(policy_reader *p, const node *n, const type *t) {
    day d = 0;
    switch (t->kind) {
    case TYPE_BOOL:
        if (n->kind != NODE_BOOL) return bad_value(p, n, "truth value", "write `true` or `false`");
        return policy_literal(p, n, value_bool(n->u.b));
    case TYPE_INT:
        if (n->kind != NODE_INT) return bad_value(p, n, "whole number", "");
        return policy_literal(p, n, value_int(n->u.i));
    case TYPE_DOUBLE:
        if (n->kind == NODE_INT) return policy_literal(p, n, value_double((double)n->u.i));
        if (n->kind != NODE_DOUBLE) return bad_value(p, n, "number", "");
        return policy_literal(p, n, value_double(n->u.d));
    case TYPE_DATE: return schema_date(&p->r, n, &d) ? policy_literal(p, n, value_date(d)) : NULL;
    case TYPE_PERIOD: return period_value(p, n);
    case TYPE_MONEY: return money_value(p, n);
    case TYPE_ENUM: return enum_value(p, n, t->enumeration);
    default:
        if (n->kind != NODE_STRING) return bad_value(p, n, "text", "quote it");
        return policy_literal(p, n, value_string(n->text));
    }
}

static expr *by_looks(policy_reader *p, const node *n) {
    switch (n->kind) {
    case NODE_BOOL: return policy_literal(p, n, value_bool(n->u.b));
    case NODE_INT: return policy_literal(p, n, value_int(n->u.i));
    case NODE_DOUBLE: return policy_literal(p, n, value_double(n->u.d));
    case NODE_STRING: return policy_literal(p, n, value_string(n->text));
    default:
        diag_add(p->r.diags, DIAG_NULL_VALUE, n->at, STR("write a value"), "a value is missing");
        return NULL;
    }
}

static expr *list_of(policy_reader *p, const node *n, const type *element) {
    expr *e = policy_literal(p, n, value_unknown());
    bool good = true;
    e->kind = EXPR_LIST;
    e->u.list.entries = arena_array(p->r.arena, expr_entry, n->count);
    e->u.list.count = n->count;
    for (uint32_t i = 0; i < n->count; i++) {
        e->u.list.entries[i].value = parameter_literal(p, n->u.items[i], element);
        good = good && e->u.list.entries[i].value;
    }
    return good ? e : NULL;
}

static expr *map_of(policy_reader *p, const node *n) {
    expr *e = policy_literal(p, n, value_unknown());
    bool good = true;
    e->kind = EXPR_MAP;
    e->u.list.entries = arena_array(p->r.arena, expr_entry, n->count);
    e->u.list.count = n->count;
    for (uint32_t i = 0; i < n->count; i++) {
        const pair *entry = &n->u.pairs[i];
        expr *item = parameter_literal(p, entry->value, NULL);
        e->u.list.entries[i] = (expr_entry){
            .key = policy_literal(p, entry->key, value_string(entry->key->text)), .value = item};
        good = good && item;
    }
    return good ? e : NULL;
}

static expr *list_of_one(policy_reader *p, const node *n, const type *element) {
    expr *e = policy_literal(p, n, value_unknown()), *item = parameter_literal(p, n, element);
    e->kind = EXPR_LIST;
    e->u.list.entries = arena_new(p->r.arena, expr_entry);
    e->u.list.entries[0].value = item;
    e->u.list.count = 1;
    return item ? e : NULL;
}

// Depth is that of the document, which its reader limits.
expr *parameter_literal(policy_reader *p, const node *n, const type *t) {
    if (t && t->kind == TYPE_LIST)
        return n->kind == NODE_LIST ? list_of(p, n, t->a) : list_of_one(p, n, t->a);
    if (t && n->kind != NODE_LIST && n->kind != NODE_MAP && n->kind != NODE_NULL)
        return scalar_of(p, n, t);
    if (t)
        return bad_value(p, n, "value of this type",
                         "the type is that of one value; for lists write `list of …`");
    if (n->kind == NODE_LIST) return list_of(p, n, NULL);
    return n->kind == NODE_MAP ? map_of(p, n) : by_looks(p, n);
}

// --- parameters

static void read_parameter(policy_reader *p, const pair *entry) {
    parameter *out = arena_new(p->r.arena, parameter);
    const node *values[PARAMETER_KEYS] = {0};
    bool named = policy_name(p, entry->key, 0, entry->key->text.len, "a parameter");
    *out = (parameter){.name = entry->key->text, .at = entry->key->at};
    const node *list = entry->value;
    if (list->kind == NODE_MAP && doc_get(list, "cases")) {
        schema_map(&p->r, list, "a parameter", parameter_keys, PARAMETER_KEYS, values);
        list = values[PARAMETER_CASES];
    } else if (list->kind == NODE_MAP && doc_get(list, "type") && doc_get(list, "is")) {
        diag_add(p->r.diags, DIAG_BAD_DEFINITION, list->at,
                 STR("beside `type`, the value stands under `cases`, as in `cases: 16`"),
                 "`is` stands beside `type`");
        list = NULL;
    }
    out->type_text = values[PARAMETER_TYPE];
    out->unit = schema_text(values[PARAMETER_UNIT]);
    out->cites = policy_cite(values[PARAMETER_CITES]);
    cases_read(p, list, "a parameter", true, &out->cases);
    bool any = out->cases.count > 0;
    cases_cut(p, &out->cases);
    out->not_yet = any && out->cases.count == 0;
    definition *d = arena_new(p->r.arena, definition);
    *d = (definition){.name = out->name, .owner = out, .env = p->policy->env, .at = out->at};
    out->definition = d;
    if (named) map_put(p->r.arena, &p->policy->parameters, out->name, out);
}

void policy_parameters(policy_reader *p, const node *n) {
    for (uint32_t i = 0; n && i < n->count; i++)
        read_parameter(p, &n->u.pairs[i]);
}

// --- sets

static void read_setting(policy_reader *p, const pair *entry) {
    setting *out = arena_new(p->r.arena, setting);
    str key = entry->key->text;
    ptrdiff_t dot = str_find(key, STR("."));
    *out = (setting){.policy = p->policy, .at = entry->key->at};
    cases_read(p, entry->value, "a parameter", true, &out->cases);
    cases_cut(p, &out->cases);
    if (dot <= 0 || (size_t)dot + 1 == key.len) {
        diag_add(p->r.diags, DIAG_BAD_NAME, entry->key->at,
                 STR("write POLICY.parameter, as the other policy calls it"),
                 "`%.*s` does not name a parameter of another policy", STR_ARG(key));
        return;
    }
    out->policy_id = str_sub(key, 0, (size_t)dot);
    out->name = str_sub(key, (size_t)dot + 1, key.len);
    vec_push(p->r.arena, &p->policy->sets, out);
}

void policy_sets(policy_reader *p, const node *n) {
    for (uint32_t i = 0; n && i < n->count; i++)
        read_setting(p, &n->u.pairs[i]);
}
