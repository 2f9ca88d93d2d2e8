// SPDX-License-Identifier: Apache-2.0
//
// Walks expressions, and enters each definition and each role once.
#include "author/linter.h"

static void walk(void *ctx, expr *e);

static void put(reads *r, map *into, str key) {
    if (key.len && !map_has(into, key)) map_put(r->arena, into, key, r);
}

// --- functions that read facts by themselves

static void add_fact(reads *r, const fact *f) {
    if (f) put(r, &r->names, f->name);
}

static void add_engagements(reads *r, const engine_facts *e) {
    add_fact(r, e->engagements);
    add_fact(r, e->engagement_role);
    add_fact(r, e->engagement_place);
    add_fact(r, e->engagement_state);
    if (e->parties) put(r, &r->names, e->parties->self.name);
}

static void add_ownership(reads *r, const engine_facts *e) {
    add_fact(r, e->group);
    add_fact(r, e->owners);
    add_fact(r, e->independent_of);
}

// The lists in which registrations stand, whatever they are called.
static void add_registrations(reads *r, const engine_facts *e) {
    const vocabulary *v = &r->rules->vocabulary;
    for (size_t i = 0; i < v->entities.len; i++) {
        const record_def *def = v->entities.at[i]->record;
        for (size_t k = 0; def && k < def->count; k++)
            if (def->facts[k].record && def->facts[k].record == e->registration)
                add_fact(r, &def->facts[k]);
    }
}

static void add_function(reads *r, str name) {
    const engine_facts *e = &r->rules->vocabulary.engine;
    put(r, &r->functions, name);
    if (str_is(name, "role")) add_engagements(r, e);
    if (str_is(name, "related") || str_is(name, "same") || str_is(name, "role"))
        add_ownership(r, e);
    if (str_is(name, "listed") || str_is(name, "designated") || str_is(name, "designation"))
        add_registrations(r, e);
    if (str_is(name, "metric")) put(r, &r->names, e->metrics);
}

// --- definitions and roles

bool reads_definition(const reads *r, const definition *d) {
    for (size_t i = 0; i < r->definitions.len; i++)
        if (r->definitions.at[i] == d) return true;
    return false;
}

// A parameter may have other values where a place sets it; an open term is answered by opinions.
static void add_definition(reads *r, const definition *d) {
    if (!d || reads_definition(r, d)) return;
    vec_push(r->arena, &r->definitions, d);
    const parameter *q = definition_parameter(d);
    for (size_t i = 0; q && i < q->setting_count; i++)
        if (q->settings[i]->body) walk(r, q->settings[i]->body);
    if (d->body) walk(r, d->body);
    const entity *opinions = r->rules->vocabulary.engine.opinions;
    if (d->open && opinions) put(r, &r->names, opinions->self.name);
}

static void add_number(reads *r, double d) {
    size_t i = r->numbers.len;
    while (i > 0 && r->numbers.at[i - 1] > d)
        i--;
    if (i > 0 && r->numbers.at[i - 1] >= d) return;
    vec_push(r->arena, &r->numbers, d);
    for (size_t k = r->numbers.len - 1; k > i; k--)
        r->numbers.at[k] = r->numbers.at[k - 1];
    r->numbers.at[i] = d;
}

// The keys of the first rows in which a column has another value than before, and whose rows these
// are.
static void add_rows(reads *r, const registry *reg, size_t column) {
    enum { MOST = 4 };
    str seen[MOST];
    size_t count = 0;
    for (size_t i = 0; i < reg->row_count && count < MOST; i++) {
        value cell = reg->rows[i]->slots[column], key = reg->rows[i]->slots[reg->key_column];
        bool known = cell.kind != VALUE_STRING || key.kind != VALUE_STRING;
        for (size_t k = 0; k < count && !known; k++)
            known = str_eq(seen[k], value_text(cell));
        if (known) continue;
        seen[count++] = value_text(cell);
        put(r, &r->texts, value_text(key));
        put(r, &r->keys, value_text(key));
        value who = reg->entity_column < 0 ? (value){0} : reg->rows[i]->slots[reg->entity_column];
        if (who.kind == VALUE_STRING) put(r, &r->texts, value_text(who));
    }
}

// By what a registry's rows are stated: kind, place, states that count, keys.
static void add_registry(reads *r, const registry *reg) {
    const engine_facts *e = &r->rules->vocabulary.engine;
    for (size_t i = 0; i < e->registration_live_count; i++)
        put(r, &r->texts, e->registration_live[i]);
    put(r, &r->texts, reg->kind);
    put(r, &r->texts, reg->jurisdiction);
    for (size_t i = 0; reg->key_column >= 0 && i < reg->column_count; i++)
        if (!reg->columns[i].list) add_rows(r, reg, i);
}

static void add_text(reads *r, str text) {
    day d = 0;
    if (map_has(&r->texts, text)) return;
    put(r, &r->texts, text);
    if (day_parse(text, &d)) days_add(r->arena, &r->days, d);
    const registry *reg = registry_find(&r->rules->registries, text);
    if (reg) add_registry(r, reg);
    const role_def *role = ruleset_role(r->rules, text);
    if (!role) return;
    for (size_t i = 0; i < role->held_count; i++)
        put(r, &r->texts, role->held_as[i]);
    reads_add_cond(r, &role->eligible);
    reads_add_cond(r, &role->engaged);
}

// --- expressions

static void add_literal(reads *r, value v) {
    if (v.kind == VALUE_STRING) add_text(r, value_text(v));
    if (v.kind == VALUE_INT) add_number(r, (double)v.u.i);
    if (v.kind == VALUE_UINT) add_number(r, (double)v.u.u);
    if (v.kind == VALUE_DOUBLE) add_number(r, v.u.d);
    if (v.kind == VALUE_DATE) days_add(r->arena, &r->days, (day)v.u.i);
    for (uint32_t i = 0; v.kind == VALUE_LIST && i < v.u.list->count; i++)
        add_literal(r, v.u.list->items[i]);
}

static void add_cases(reads *r, const expr *e) {
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        const expr_case *k = &e->u.cases.cases[i];
        if (k->has_from) days_add(r->arena, &r->days, k->from);
        if (k->has_until) days_add(r->arena, &r->days, k->until);
    }
}

static void walk(void *ctx, expr *e) {
    reads *r = ctx;
    if (!e) return;
    r->expressions++;
    if (e->kind == EXPR_LITERAL) add_literal(r, e->u.literal);
    if (e->kind == EXPR_CASES) add_cases(r, e);
    if (e->kind == EXPR_IDENT && e->u.ident.ref == REF_GLOBAL) put(r, &r->names, e->u.ident.name);
    if (e->kind == EXPR_IDENT) add_definition(r, e->u.ident.definition);
    if (e->kind == EXPR_SELECT) put(r, &r->names, e->u.select.field);
    if (e->kind == EXPR_CALL) add_definition(r, e->u.call.definition);
    if (e->kind == EXPR_CALL && !e->u.call.definition) add_function(r, e->u.call.function);
    cel_each_part(e, walk, ctx);
}

void reads_add(void *into, const expr *e) {
    walk(into, (expr *)e);
}

void reads_add_cond(reads *into, const cond *c) {
    reads_add(into, c->test);
    if (c->has_from) days_add(into->arena, &into->days, c->from);
    if (c->has_until) days_add(into->arena, &into->days, c->until);
    for (size_t i = 0; i < c->count; i++)
        reads_add_cond(into, &c->parts[i]);
}

static void add_line(void *ctx, const cond *line, const exception *heads) {
    reads *r = ctx;
    (void)heads;
    if (line->has_from) days_add(r->arena, &r->days, line->from);
    if (line->has_until) days_add(r->arena, &r->days, line->until);
}

void reads_add_rule(reads *into, const rule *r) {
    rule_expressions(r, false, reads_add, into);
    rule_lines(r, add_line, into);
}
