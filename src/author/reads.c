// SPDX-License-Identifier: Apache-2.0
//
// Walks expressions, and enters each definition and each role once.
#include "author/reads.h"

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

static void add_text(reads *r, str text) {
    if (map_has(&r->texts, text)) return;
    put(r, &r->texts, text);
    const role_def *role = ruleset_role(r->rules, text);
    if (!role) return;
    reads_add_cond(r, &role->eligible);
    reads_add_cond(r, &role->engaged);
}

// --- expressions

static void walk(void *ctx, expr *e) {
    reads *r = ctx;
    if (!e) return;
    r->expressions++;
    if (e->kind == EXPR_LITERAL && e->u.literal.kind == VALUE_STRING)
        add_text(r, value_text(e->u.literal));
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
    for (size_t i = 0; i < c->count; i++)
        reads_add_cond(into, &c->parts[i]);
}
