// SPDX-License-Identifier: Apache-2.0
//
// The macros: folds over the elements of a list or the entries of a map, `cel.bind` and the two of
// optionals. `all` and `exists` aggregate as `&&` and `||` do; the others need every element, so
// that an error in one is an error and an unknown predicate makes the whole unknown. What a list
// that is open may still hold counts as one more element of which nothing is known.
#include "cel/eval.h"

bool cel_fold_begin(cel_fold *f, cel_run *run, const expr *e, value *frame, value *answer) {
    value range = cel_eval(run, e->u.macro.range, frame);
    *f = (cel_fold){.run = run, .e = e, .frame = frame};
    if (range.kind == VALUE_LIST) {
        f->list = range.u.list;
        f->count = range.u.list->count;
        f->open = range.u.list->open;
        return true;
    }
    if (range.kind == VALUE_MAP) {
        f->map = range.u.map;
        f->count = range.u.map->count;
        return true;
    }
    *answer = range;
    if (range.kind == VALUE_ERROR || range.kind == VALUE_UNKNOWN) return false;
    *answer = cel_fail(run, e->u.macro.range, "this must be a list or a map, but it is %s",
                       value_kind_name(range));
    return false;
}

void cel_fold_bind(const cel_fold *f, uint32_t i) {
    const uint32_t *slots = f->e->u.macro.slots;
    value first = f->list ? f->list->items[i] : f->map->keys[i];
    if (f->e->u.macro.vars[1].len == 0) {
        f->frame[slots[0]] = first;
        return;
    }
    f->frame[slots[0]] = f->list ? value_int(i) : first;
    if (f->list && f->list->loose) f->frame[slots[0]] = value_unknown();
    f->frame[slots[1]] = f->list ? first : f->map->values[i];
}

static value predicate(const cel_fold *f, const expr *e) {
    value v = cel_eval(f->run, e, f->frame);
    if (v.kind == VALUE_BOOL || v.kind == VALUE_UNKNOWN || v.kind == VALUE_ERROR) return v;
    return cel_fail(f->run, e, "this is a condition and must be a bool, but it is %s",
                    value_kind_name(v));
}

// `exists` where `decider` is true, `all` where it is false.
static value quantify(const cel_fold *f, bool decider) {
    bool unknown = f->open;
    value error = value_bool(!decider);
    for (uint32_t i = 0; i < f->count; i++) {
        cel_fold_bind(f, i);
        value v = predicate(f, f->e->u.macro.body);
        if (v.kind == VALUE_BOOL && v.u.b == decider) return v;
        if (v.kind == VALUE_UNKNOWN) unknown = true;
        if (v.kind == VALUE_ERROR && error.kind != VALUE_ERROR) error = v;
    }
    return unknown ? value_unknown() : error;
}

static value exists_one(const cel_fold *f) {
    bool unknown = f->open;
    uint32_t count = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        cel_fold_bind(f, i);
        value v = predicate(f, f->e->u.macro.body);
        if (v.kind == VALUE_ERROR) return v;
        if (v.kind == VALUE_UNKNOWN) unknown = true;
        if (v.kind == VALUE_BOOL && v.u.b) count++;
    }
    return unknown ? value_unknown() : value_bool(count == 1);
}

// Whether the element at hand goes on: true, false, or what the whole comes to.
static value passes(const cel_fold *f, const expr *filter) {
    return filter ? predicate(f, filter) : VALUE_TRUE;
}

// An element that a macro makes may be unknown, as one that is written may; not an error or none.
static value element(const cel_fold *f, const expr *e) {
    value v = cel_eval(f->run, e, f->frame);
    if (v.kind != VALUE_NONE) return v;
    return cel_fail(f->run, e, "a list or map cannot hold what there is none of");
}

// filter, map and transformList. `body` NULL: the element itself.
static value collect(const cel_fold *f, const expr *filter, const expr *body) {
    value *items = arena_array(f->run->arena, value, f->count);
    uint32_t count = 0;
    bool unknown = false;
    for (uint32_t i = 0; i < f->count; i++) {
        cel_fold_bind(f, i);
        value pass = passes(f, filter);
        if (pass.kind == VALUE_ERROR) return pass;
        if (pass.kind == VALUE_UNKNOWN) unknown = true;
        if (pass.kind != VALUE_BOOL || !pass.u.b) continue;
        value v = body ? element(f, body) : f->list ? f->list->items[i] : f->map->keys[i];
        if (v.kind == VALUE_ERROR) return v;
        items[count++] = v;
    }
    if (unknown) return value_unknown();
    value_list *list = arena_new(f->run->arena, value_list);
    *list = (value_list){.count = count, .open = f->open, .key = -1, .items = items};
    if (f->list) list->loose = f->list->loose;
    if (f->list && !body) {
        list->key = f->list->key;
        list->keyed = f->list->keyed;
        list->absent_count = f->list->absent_count;
        list->absent = f->list->absent;
    }
    return (value){.kind = VALUE_LIST, .u.list = list};
}

static value transform_map(const cel_fold *f) {
    value *keys = arena_array(f->run->arena, value, f->count);
    value *values = arena_array(f->run->arena, value, f->count);
    uint32_t count = 0;
    bool unknown = f->open;
    for (uint32_t i = 0; i < f->count; i++) {
        cel_fold_bind(f, i);
        value pass = passes(f, f->e->u.macro.filter);
        if (pass.kind == VALUE_ERROR) return pass;
        if (pass.kind == VALUE_UNKNOWN) unknown = true;
        if (pass.kind != VALUE_BOOL || !pass.u.b) continue;
        value v = element(f, f->e->u.macro.body);
        if (v.kind == VALUE_ERROR) return v;
        keys[count] = f->list ? value_int(i) : f->map->keys[i]; // they differ, as those did
        values[count++] = v;
    }
    return unknown ? value_unknown() : cel_map_of(f->run, keys, values, count);
}

// A map that is being made, and what its keys objected to: VALUE_TRUE, nothing.
typedef struct growing {
    value *keys, *values;
    size_t count, size;
    value objection;
} growing;

static void make_room(const cel_fold *f, growing *g, size_t more) {
    if (g->count + more <= g->size) return;
    size_t size = 2 * (g->count + more);
    value *keys = arena_array(f->run->arena, value, size);
    value *values = arena_array(f->run->arena, value, size);
    for (size_t i = 0; i < g->count; i++) {
        keys[i] = g->keys[i];
        values[i] = g->values[i];
    }
    *g = (growing){keys, values, g->count, size, g->objection};
}

static void add_entry(const cel_fold *f, growing *g, value key, value v) {
    for (size_t i = 0; i < g->count && g->objection.kind == VALUE_BOOL; i++) {
        value same = cel_equal(f->run, f->e, g->keys[i], key);
        if (same.kind == VALUE_ERROR) g->objection = same;
        if (same.kind == VALUE_BOOL && same.u.b)
            g->objection = cel_fail(f->run, f->e, "the map gets one key twice");
    }
    g->keys[g->count] = key;
    g->values[g->count++] = v;
}

static void add_entries(const cel_fold *f, growing *g, value made) {
    if (made.kind != VALUE_MAP) {
        g->objection = cel_fail(f->run, f->e->u.macro.body, "this must be a map, but it is %s",
                                value_kind_name(made));
        return;
    }
    make_room(f, g, made.u.map->count);
    for (uint32_t i = 0; i < made.u.map->count && g->objection.kind == VALUE_BOOL; i++)
        add_entry(f, g, made.u.map->keys[i], made.u.map->values[i]);
}

// The entries that the bodies of transformMapEntry bring, each a map of its own.
static value transform_entries(const cel_fold *f) {
    growing g = {.objection = VALUE_TRUE};
    bool unknown = f->open;
    for (uint32_t i = 0; i < f->count; i++) {
        cel_fold_bind(f, i);
        value pass = passes(f, f->e->u.macro.filter);
        if (pass.kind == VALUE_ERROR) return pass;
        if (pass.kind == VALUE_UNKNOWN) unknown = true;
        if (pass.kind != VALUE_BOOL || !pass.u.b) continue;
        value made = cel_eval(f->run, f->e->u.macro.body, f->frame);
        if (made.kind == VALUE_ERROR) return made;
        if (made.kind == VALUE_UNKNOWN) unknown = true;
        if (made.kind != VALUE_UNKNOWN) add_entries(f, &g, made);
        if (g.objection.kind != VALUE_BOOL) return g.objection;
    }
    return unknown ? value_unknown() : cel_map_of(f->run, g.keys, g.values, g.count);
}

// --- cel.bind, optMap, optFlatMap: one variable, one value

static value bind_value(cel_run *run, const expr *e, value *frame) {
    frame[e->u.macro.slots[0]] = cel_eval(run, e->u.macro.range, frame);
    return cel_eval(run, e->u.macro.body, frame);
}

static value map_optional(cel_run *run, const expr *e, value *frame) {
    value o = cel_eval(run, e->u.macro.range, frame);
    if (o.kind == VALUE_ERROR || o.kind == VALUE_UNKNOWN) return o;
    if (o.kind != VALUE_OPTIONAL)
        return cel_fail(run, e->u.macro.range, "this must be an optional, but it is %s",
                        value_kind_name(o));
    if (!o.u.optional) return o;
    frame[e->u.macro.slots[0]] = *o.u.optional;
    value v = cel_eval(run, e->u.macro.body, frame);
    if (v.kind == VALUE_ERROR || v.kind == VALUE_UNKNOWN) return v;
    if (e->op == MACRO_OPT_MAP) return cel_optional(run, v);
    if (v.kind == VALUE_OPTIONAL) return v;
    return cel_fail(run, e->u.macro.body, "this must be an optional, but it is %s",
                    value_kind_name(v));
}

// --- the macros

static value fold_range(const cel_fold *f) {
    const expr *filter = f->e->u.macro.filter, *body = f->e->u.macro.body;
    switch (f->e->op) {
    case MACRO_ALL: return quantify(f, false);
    case MACRO_EXISTS: return quantify(f, true);
    case MACRO_EXISTS_ONE: return exists_one(f);
    case MACRO_FILTER: return collect(f, body, NULL);
    case MACRO_MAP:
    case MACRO_TRANSFORM_LIST: return collect(f, filter, body);
    case MACRO_TRANSFORM_MAP: return transform_map(f);
    case MACRO_TRANSFORM_MAP_ENTRY: return transform_entries(f);
    default: return cel_fail(f->run, f->e, "this macro is not known");
    }
}

value cel_macro(cel_run *run, const expr *e, value *frame) {
    cel_fold f;
    value answer;
    switch (e->op) {
    case MACRO_BIND: return bind_value(run, e, frame);
    case MACRO_OPT_MAP:
    case MACRO_OPT_FLAT_MAP: return map_optional(run, e, frame);
    default: break;
    }
    if (!cel_fold_begin(&f, run, e, frame, &answer)) return answer;
    return fold_range(&f);
}
