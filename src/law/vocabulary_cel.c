// SPDX-License-Identifier: Apache-2.0
//
// The vocabulary as CEL sees it: a record type for each entity and record, a type for each fact.
// Records refer to each other, so all types are made before any is filled.
#include "law/vocabulary_build.h"

// --- nesting

static const record_def *nested(const fact *f) {
    bool holds = f->kind == FACT_RECORD || f->kind == FACT_METRIC || f->kind == FACT_METRICS;
    return holds ? f->record : NULL;
}

static size_t index_of(const builder *b, const record_def *def) {
    size_t i = 0;
    while (b->records.at[i].def != def)
        i++;
    return i;
}

// The fact by which a record holds one that is not yet known to end; NULL: it ends.
static const fact *open_fact(const builder *b, const bool *ends, const record_def *def) {
    for (size_t i = 0; i < def->count; i++) {
        const record_def *inner = nested(&def->facts[i]);
        if (inner && !ends[index_of(b, inner)]) return &def->facts[i];
    }
    return NULL;
}

// What is left after all records that end were taken away holds itself, or holds one that does.
static void say_cycle(builder *b, const bool *ends, const record_def *from) {
    const record_def *def = from;
    buf path = {.arena = b->r.arena};
    for (size_t i = 0; i <= b->records.len; i++) // into the cycle
        def = nested(open_fact(b, ends, def));
    from = def;
    buf_add(&path, from->name);
    do {
        def = nested(open_fact(b, ends, def));
        buf_addf(&path, " → %.*s", STR_ARG(def->name));
    } while (def != from);
    const fact *f = open_fact(b, ends, from);
    diag_add(b->r.diags, DIAG_RECORD_CYCLE, f->at,
             STR("make it a list with ids, and refer to its entries by `ref`"),
             "a record contains itself: %.*s", STR_ARG(buf_str(&path)));
}

static bool check_nesting(builder *b) {
    bool *ends = arena_array(b->r.arena, bool, b->records.len), changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < b->records.len; i++) {
            if (ends[i] || open_fact(b, ends, b->records.at[i].def)) continue;
            ends[i] = true;
            changed = true;
        }
    }
    for (size_t i = 0; i < b->records.len; i++) {
        if (ends[i]) continue;
        say_cycle(b, ends, b->records.at[i].def);
        return false;
    }
    return true;
}

// --- types

static const type *one_type(builder *b, const fact *f) {
    arena *a = b->r.arena;
    switch (f->kind) {
    case FACT_BOOL: return &type_bool;
    case FACT_INT: return &type_int;
    case FACT_DOUBLE: return &type_double;
    case FACT_DATE: return &type_date;
    case FACT_PERIOD: return &type_period;
    case FACT_MONEY: return &type_money;
    case FACT_ENUM: return f->values ? type_enum_of(a, f->values) : &type_error;
    case FACT_METRIC:
    case FACT_RECORD: return f->record ? type_record_of(a, f->record->type) : &type_error;
    case FACT_REF: return f->ref ? type_record_of(a, f->ref->record->type) : &type_error;
    case FACT_METRICS:
        if (!f->record) return &type_error;
        return type_map_of(a, &type_string, type_record_of(a, f->record->type));
    default: return &type_string;
    }
}

// The type of what identifies the entries of a list; NULL: nothing does.
static const type *key_type(builder *b, const record_def *r) {
    if (!r || r->key_fact.len == 0) return NULL;
    const fact *key = record_fact(r, r->key_fact);
    return key ? one_type(b, key) : &type_string; // else it is the id
}

static const type *fact_type(builder *b, const fact *f) {
    const type *one = one_type(b, f);
    if (!f->list) return one;
    type *list = arena_new(b->r.arena, type);
    *list = *type_list_of(b->r.arena, one);
    list->max_items = f->max_items;
    list->b = key_type(b, fact_inside(f));
    list->keyed = list->b != NULL;
    return list;
}

enum { CHAIN_MAX = 16 }; // see vocabulary_absent.c

// By itself, or by the fact that it takes its value from.
static bool may_be_none(const fact *f) {
    for (size_t i = 0; f && !f->list && i < CHAIN_MAX; i++) {
        if (f->may_be_none) return true;
        f = f->absent_fact;
    }
    return false;
}

// Who holds an engagement is a field of it, behind its facts.
static bool has_party_field(const builder *b, const record_def *def) {
    const engine_facts *engine = &b->v->engine;
    return engine->engagements && engine->engagements->record == def;
}

static void fill_record_type(builder *b, record_def *def) {
    bool with_party = has_party_field(b, def);
    record_type *t = def->type;
    t->count = (uint32_t)def->count + with_party;
    record_field *fields = arena_array(b->r.arena, record_field, t->count);
    for (size_t i = 0; i < def->count; i++) {
        fact *f = &def->facts[i];
        f->type = fact_type(b, f);
        fields[i] = (record_field){f->name, f->type, may_be_none(f)};
    }
    if (with_party)
        fields[def->count] = (record_field){
            STR("party"), type_record_of(b->r.arena, b->v->engine.parties->record->type), false};
    t->fields = fields;
    for (size_t i = 0; i < t->count; i++)
        map_put(b->r.arena, &t->index, fields[i].name, &fields[i]);
}

void vocabulary_build_types(builder *b) {
    if (!check_nesting(b)) return;
    for (size_t i = 0; i < b->records.len; i++) {
        record_def *def = b->records.at[i].def;
        def->type = arena_new(b->r.arena, record_type);
        def->type->name = def->name;
    }
    for (size_t i = 0; i < b->records.len; i++)
        fill_record_type(b, b->records.at[i].def);
    for (size_t i = 0; i < b->v->entities.len; i++) {
        fact *self = &b->v->entities.at[i]->self;
        self->type = fact_type(b, self);
    }
}
