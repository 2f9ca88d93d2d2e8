// SPDX-License-Identifier: Apache-2.0
//
// Members: fields of maps and records, elements of lists and maps, entries of keyed lists, `in`.
// Each can be there, not be there, or be unknown, and each is asked for in three ways
// (select_mode). Decisions that the language definition leaves open:
//   - `has(xs['k'].f)` is false where a complete keyed list has no entry k: what there is none of
//     has no members. `xs['k'].f` is an error then, `xs['k'].?f` and `xs[?'k'].f` optional.none().
//   - A key that several entries have is an error in `xs['k']`, but `'k' in xs` is true.
//   - An entry that a list is known to lack (value_list.absent) is missing also from an open list.
#include "cel/eval.h"

#include "cel/type.h"

#include <math.h>

bool cel_is_key(value v) {
    return v.kind == VALUE_BOOL || v.kind == VALUE_INT || v.kind == VALUE_UINT ||
           v.kind == VALUE_STRING;
}

value cel_optional(const cel_run *run, value v) {
    value *held = arena_new(run->arena, value);
    *held = v;
    return (value){.kind = VALUE_OPTIONAL, .u.optional = held};
}

// The answer for a member that is there.
static value found(const cel_run *run, value v, select_mode mode) {
    if (v.kind == VALUE_UNKNOWN || v.kind == VALUE_ERROR) return v;
    switch (mode) {
    case SELECT_HAS: return VALUE_TRUE;
    case SELECT_OPTIONAL: return cel_optional(run, v);
    default: return v;
    }
}

// The answer for one that is not; the plain form has an error of its own.
static value missing(select_mode mode) {
    return mode == SELECT_HAS ? VALUE_FALSE : (value){.kind = VALUE_OPTIONAL};
}

// --- maps

// The entry of a key, NULL where there is none; false after too much work.
static bool map_entry_of(cel_run *run, const value_map *m, value key, const value **out) {
    *out = NULL;
    for (uint32_t i = 0; i < m->count; i++) {
        value same = value_equal_within(run->arena, &run->steps_left, m->keys[i], key);
        if (same.kind == VALUE_ERROR) return false;
        if (same.kind == VALUE_BOOL && same.u.b) {
            *out = &m->values[i];
            return true;
        }
    }
    return true;
}

static str key_text(const cel_run *run, value key) {
    buf b = {.arena = run->arena};
    if (key.kind == VALUE_STRING) buf_addf(&b, "'%.*s'", STR_ARG(value_text(key)));
    if (key.kind == VALUE_INT) buf_addf(&b, "%lld", (long long)key.u.i);
    if (key.kind == VALUE_UINT) buf_addf(&b, "%lluu", (unsigned long long)key.u.u);
    if (key.kind == VALUE_BOOL) buf_adds(&b, key.u.b ? "true" : "false");
    return buf_str(&b);
}

static value map_member(cel_run *run, const expr *at, const value_map *m, value key,
                        select_mode mode) {
    const value *v = NULL;
    if (!cel_is_key(key) && key.kind != VALUE_DOUBLE)
        return cel_fail(run, at, "a map has no keys of kind %s", value_kind_name(key));
    if (!map_entry_of(run, m, key, &v)) return cel_too_much(run, at);
    if (v) return found(run, *v, mode);
    if (mode != SELECT_PLAIN) return missing(mode);
    return cel_fail(run, at, "no such key: the map has no %.*s", STR_ARG(key_text(run, key)));
}

// --- records

static value slot_of(cel_run *run, const record *r, uint32_t slot) {
    if (run->hooks.touch) run->hooks.touch(run->hooks.ctx, r, slot);
    return r->slots[slot];
}

// The check has found the slot, where it knew the record's type.
static int slot_in(const record_type *t, const expr *at, str field) {
    uint32_t expected = at->kind == EXPR_SELECT ? at->u.select.slot : 0;
    if (expected < t->count && str_eq(t->fields[expected].name, field)) return (int)expected;
    return record_slot(t, field);
}

static value record_member(cel_run *run, const expr *at, const record *r, str field,
                           select_mode mode) {
    int slot = slot_in(r->type, at, field);
    if (slot < 0 && str_is(field, "id")) return found(run, value_string(r->id), mode);
    if (slot < 0)
        return cel_fail(run, at, "no such field: %.*s has no `%.*s`", STR_ARG(r->type->name),
                        STR_ARG(field));
    value v = slot_of(run, r, (uint32_t)slot);
    if (v.kind != VALUE_NONE) return found(run, v, mode);
    if (mode != SELECT_PLAIN) return missing(mode);
    return cel_fail(run, at, "no such field: %.*s %.*s has none of `%.*s`", STR_ARG(r->type->name),
                    STR_ARG(r->id), STR_ARG(field));
}

// --- select

// Selecting through an optional gives an optional.
static value through(cel_run *run, const expr *at, const value *held, str field, select_mode mode) {
    select_mode inner = mode == SELECT_PLAIN ? SELECT_OPTIONAL : mode;
    return held ? cel_select(run, at, *held, field, inner) : missing(inner);
}

value cel_select(cel_run *run, const expr *at, value operand, str field, select_mode mode) {
    switch (operand.kind) {
    case VALUE_ERROR:
    case VALUE_UNKNOWN: return operand;
    case VALUE_NONE:
        if (mode != SELECT_PLAIN) return missing(mode);
        return cel_fail(run, at, "there is no `%.*s` of what there is none of", STR_ARG(field));
    case VALUE_OPTIONAL: return through(run, at, operand.u.optional, field, mode);
    case VALUE_MAP: return map_member(run, at, operand.u.map, value_string(field), mode);
    case VALUE_RECORD: return record_member(run, at, operand.u.record, field, mode);
    default: break;
    }
    return cel_fail(run, at, "no such field: %s has no `%.*s`", value_kind_name(operand),
                    STR_ARG(field));
}

// --- keyed lists

// How often a key occurs among the entries of a list, for certain and at most.
typedef struct occurrence {
    size_t sure, possible;
    value entry; // the first that is sure
} occurrence;

// Is a key among the values of an entry's key field? That field may hold a list.
static value has_key(cel_run *run, const expr *at, value in_entry, value key) {
    if (in_entry.kind == VALUE_NONE) return VALUE_FALSE;
    if (in_entry.kind == VALUE_LIST) return cel_in(run, at, key, in_entry);
    return cel_equal(run, at, in_entry, key);
}

// False: `*objection` is the answer.
static bool occurrences(cel_run *run, const expr *at, const value_list *list, value key,
                        occurrence *out, value *objection) {
    *out = (occurrence){0};
    for (uint32_t i = 0; i < list->count; i++) {
        value entry = list->items[i], same = value_unknown();
        if (entry.kind == VALUE_RECORD && list->key < 0)
            same = value_bool(str_eq(entry.u.record->id, value_text(key)));
        else if (entry.kind == VALUE_RECORD)
            same = has_key(run, at, slot_of(run, entry.u.record, (uint32_t)list->key), key);
        if (same.kind == VALUE_ERROR) {
            *objection = same;
            return false;
        }
        if (same.kind == VALUE_UNKNOWN) out->possible++;
        if (same.kind == VALUE_BOOL && same.u.b && out->sure++ == 0) out->entry = entry;
    }
    return true;
}

static bool known_absent(cel_run *run, const value_list *list, value key) {
    for (uint32_t i = 0; i < list->absent_count; i++) {
        value same = value_equal_within(run->arena, &run->steps_left, list->absent[i], key);
        if (same.kind == VALUE_BOOL && same.u.b) return true;
    }
    return false;
}

static bool may_be_missing_from_view(cel_run *run, const value_list *list, value key) {
    return list->open && !known_absent(run, list, key);
}

static value keyed_entry(cel_run *run, const expr *at, const value_list *list, value key,
                         select_mode mode) {
    occurrence seen;
    value objection;
    if (!occurrences(run, at, list, key, &seen, &objection)) return objection;
    if (seen.sure > 1)
        return cel_fail(run, at, "several entries have the key %.*s: use `exists`",
                        STR_ARG(key_text(run, key)));
    if (seen.sure == 1) return found(run, seen.entry, mode);
    if (seen.possible || may_be_missing_from_view(run, list, key)) return value_unknown();
    return mode == SELECT_PLAIN ? value_none() : missing(mode);
}

static value keyed_in(cel_run *run, const expr *at, const value_list *list, value key) {
    occurrence seen;
    value objection;
    if (!occurrences(run, at, list, key, &seen, &objection)) return objection;
    if (seen.sure) return VALUE_TRUE;
    if (seen.possible || may_be_missing_from_view(run, list, key)) return value_unknown();
    return VALUE_FALSE;
}

static bool by_key(const value_list *list, value key) {
    return list->keyed && key.kind == VALUE_STRING;
}

// --- index

// The position that an index names; false: it is no whole number of at least 0.
static bool place_of(value index, uint64_t *out) {
    if (index.kind == VALUE_UINT) *out = index.u.u;
    if (index.kind == VALUE_UINT) return true;
    if (index.kind == VALUE_INT && index.u.i >= 0) {
        *out = (uint64_t)index.u.i;
        return true;
    }
    if (index.kind != VALUE_DOUBLE || !(index.u.d >= 0 && index.u.d < 4294967296.0)) return false;
    *out = (uint64_t)index.u.d;
    return floor(index.u.d) == index.u.d;
}

static value list_member(cel_run *run, const expr *at, const value_list *list, value index,
                         select_mode mode) {
    if (by_key(list, index)) return keyed_entry(run, at, list, index, mode);
    uint64_t i = 0;
    bool number = index.kind == VALUE_INT || index.kind == VALUE_UINT || index.kind == VALUE_DOUBLE;
    if (!number || (index.kind == VALUE_DOUBLE && !place_of(index, &i)))
        return cel_fail(run, at, "a list has no index of this kind or value: %s",
                        value_kind_name(index));
    bool valid = place_of(index, &i);
    if (valid && list->loose) return value_unknown();
    if (valid && i < list->count) return found(run, list->items[i], mode);
    if (valid && list->open) return value_unknown();
    if (mode != SELECT_PLAIN) return missing(mode);
    return cel_fail(run, at, "index out of bounds: the list has %u items", list->count);
}

value cel_index(cel_run *run, const expr *at, value operand, value key, select_mode mode) {
    if (operand.kind == VALUE_ERROR) return operand;
    if (key.kind == VALUE_ERROR) return key;
    if (operand.kind == VALUE_NONE && mode == SELECT_OPTIONAL) return missing(mode);
    if (operand.kind == VALUE_NONE || key.kind == VALUE_NONE)
        return cel_fail(run, at, "there is no element of what there is none of");
    if (operand.kind == VALUE_UNKNOWN || key.kind == VALUE_UNKNOWN) return value_unknown();
    if (key.kind == VALUE_RANGE) return value_unknown();
    if (operand.kind == VALUE_OPTIONAL) {
        if (!operand.u.optional) return missing(SELECT_OPTIONAL);
        return cel_index(run, at, *operand.u.optional, key, SELECT_OPTIONAL);
    }
    if (operand.kind == VALUE_MAP) return map_member(run, at, operand.u.map, key, mode);
    if (operand.kind == VALUE_LIST) return list_member(run, at, operand.u.list, key, mode);
    return cel_fail(run, at, "no such overload: %s has no elements", value_kind_name(operand));
}

// --- in

static value list_in(cel_run *run, const expr *at, value element, const value_list *list) {
    if (by_key(list, element)) return keyed_in(run, at, list, element);
    bool unknown = list->open;
    for (uint32_t i = 0; i < list->count; i++) {
        value same = cel_equal(run, at, list->items[i], element);
        if (same.kind == VALUE_ERROR || (same.kind == VALUE_BOOL && same.u.b)) return same;
        if (same.kind == VALUE_UNKNOWN) unknown = true;
    }
    return unknown ? value_unknown() : VALUE_FALSE;
}

value cel_in(cel_run *run, const expr *at, value element, value container) {
    if (container.kind == VALUE_LIST) return list_in(run, at, element, container.u.list);
    if (container.kind == VALUE_MAP) {
        const value_map *m = container.u.map;
        return list_in(run, at, element, &(value_list){.count = m->count, .items = m->keys});
    }
    return cel_fail(run, at, "no such overload: `in` needs a list or a map, not %s",
                    value_kind_name(container));
}
