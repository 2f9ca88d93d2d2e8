// SPDX-License-Identifier: Apache-2.0
//
// What can only be done when all records are there: references become the records they name, and
// what was not stated gets the default that the vocabulary gives it. A default may rest on another
// fact's default; a circle among them leaves the fact unknown.
#include "check/bind.h"

enum { DEFAULT_OPEN, DEFAULT_RUNNING, DEFAULT_DONE };

static size_t entity_number(const vocabulary *v, const entity *e) {
    for (size_t i = 0; i < v->entities.len; i++)
        if (v->entities.at[i] == e) return i;
    return 0;
}

static record *find_record(binder *b, const entity *e, str id) {
    return map_get(&b->facts->ids[entity_number(b->vocabulary, e)], id);
}

// An id that two entries have names neither.
static void check_one(binder *b, const fact *f, const node *n, str id) {
    if (!map_has(&b->facts->repeated[entity_number(b->vocabulary, f->ref)], id)) return;
    bind_error(b, DIAG_DUPLICATE_ID, n, STR("give one of them an `id` of its own"),
               "two entries of `%.*s` are called `%.*s`: which one is meant?",
               STR_ARG(f->ref->self.name), STR_ARG(id));
}

static void dangling(binder *b, const fact *f, const node *n, str id) {
    const map *ids = &b->facts->ids[entity_number(b->vocabulary, f->ref)];
    str *names = arena_array(b->arena, str, ids->len + 1);
    for (size_t i = 0; i < ids->len; i++)
        names[i] = ids->entries[i].key;
    str hint = diag_did_you_mean(b->arena, id, names, ids->len);
    if (!hint.len)
        hint = str_format(b->arena, "add an entry `%.*s` to `%.*s`", STR_ARG(id),
                          STR_ARG(f->ref->self.name));
    bind_error(b, DIAG_DANGLING_REFERENCE, n, hint, "`%.*s` is no entry of `%.*s`", STR_ARG(id),
               STR_ARG(f->ref->self.name));
}

static value *slot_at(binder *b, const pending_ref *p) {
    return p->holder ? &p->holder->slots[p->slot] : &b->facts->globals[p->slot];
}

static void resolve_list(binder *b, const pending_ref *p, value *at) {
    const value_list *texts = at->u.list;
    const node *const **nodes =
        p->holder ? &((fact_origin *)p->holder->origin)->items[p->slot] : &b->facts->items[p->slot];
    value *records = arena_array(b->arena, value, texts->count + 1);
    const node **kept = arena_array(b->arena, const node *, texts->count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < texts->count; i++) {
        record *r = find_record(b, p->fact->ref, value_text(texts->items[i]));
        if (!r) dangling(b, p->fact, (*nodes)[i], value_text(texts->items[i]));
        check_one(b, p->fact, (*nodes)[i], value_text(texts->items[i]));
        if (!r || origin_of(r)->cut) continue;
        kept[count] = (*nodes)[i];
        records[count++] = value_record(r);
    }
    value_list *list = arena_new(b->arena, value_list);
    *list = (value_list){.count = count, .open = texts->open, .key = -1, .items = records};
    bind_key(list, p->fact->ref->record);
    *at = (value){.kind = VALUE_LIST, .u.list = list};
    *nodes = kept;
}

void bind_references(binder *b) {
    for (size_t i = 0; i < b->refs.len; i++) {
        const pending_ref *p = &b->refs.at[i];
        value *at = slot_at(b, p);
        if (at->kind == VALUE_LIST) {
            resolve_list(b, p, at);
        } else if (at->kind == VALUE_STRING) {
            record *r = find_record(b, p->fact->ref, value_text(*at));
            if (!r) dangling(b, p->fact, p->node, value_text(*at));
            check_one(b, p->fact, p->node, value_text(*at));
            *at = r ? value_record(r) : value_unknown();
        }
    }
}

// --- defaults

static void fill(binder *b, record *r, const fact *f);

static value global_of(binder *b, str name) {
    for (size_t i = 0; i < b->rules->facts->variables.len; i++)
        if (str_eq(b->rules->facts->variables.at[i].name, name)) return b->facts->globals[i];
    return value_unknown();
}

static value field_of(binder *b, value holder, str name) {
    if (holder.kind != VALUE_RECORD) return value_unknown();
    record *r = (record *)holder.u.record;
    const fact_origin *o = origin_of(r);
    const fact *f = o ? record_fact(o->def, name) : NULL;
    if (!f) return value_unknown();
    fill(b, r, f);
    return r->slots[f->slot];
}

// A path begins with a fact of the same entry, with the market, or with a name of the top level.
static value path_value(binder *b, const record *r, str path) {
    ptrdiff_t dot = str_find(path, STR("."));
    str first = str_sub(path, 0, dot < 0 ? path.len : (size_t)dot);
    const fact_origin *o = origin_of(r);
    value v =
        r && record_fact(o->def, first) ? field_of(b, value_record(r), first) : global_of(b, first);
    while (dot >= 0) {
        path = str_sub(path, (size_t)dot + 1, path.len);
        dot = str_find(path, STR("."));
        v = field_of(b, v, str_sub(path, 0, dot < 0 ? path.len : (size_t)dot));
    }
    return v;
}

// The value of another fact, in the shape that this one has: a list of one, an id.
static value in_shape(binder *b, const fact *f, value v) {
    bool wants_record = f->kind == FACT_REF || f->kind == FACT_RECORD;
    if (v.kind == VALUE_RECORD && !wants_record) v = value_string(v.u.record->id);
    if (!f->list || v.kind == VALUE_LIST || v.kind == VALUE_UNKNOWN) return v;
    if (v.kind == VALUE_NONE) return value_list_of(b->arena, NULL, 0, false);
    value *one = arena_new(b->arena, value);
    *one = v;
    return value_list_of(b->arena, one, 1, false);
}

static value default_of(binder *b, record *r, const fact *f) {
    switch (f->absent) {
    case ABSENT_EMPTY: return value_list_of(b->arena, NULL, 0, false);
    case ABSENT_NONE: return f->list ? value_list_of(b->arena, NULL, 0, false) : value_none();
    case ABSENT_VALUE: return bind_fact(b, f, f->absent_value, r);
    case ABSENT_FACT: return in_shape(b, f, path_value(b, r, f->absent_path));
    case ABSENT_ALL: return global_of(b, f->absent_entity->self.name);
    default: return value_unknown();
    }
}

static void fill(binder *b, record *r, const fact *f) {
    fact_origin *o = (fact_origin *)r->origin;
    if (o->stated[f->slot] || o->defaults[f->slot] != DEFAULT_OPEN) return;
    o->defaults[f->slot] = DEFAULT_RUNNING;
    r->slots[f->slot] = default_of(b, r, f);
    o->defaults[f->slot] = DEFAULT_DONE;
}

void bind_defaults(binder *b) {
    for (size_t i = 0; i < b->facts->records.len; i++) {
        record *r = b->facts->records.at[i];
        const record_def *def = origin_of(r)->def;
        for (size_t s = 0; s < def->count; s++)
            fill(b, r, &def->facts[s]);
    }
}
