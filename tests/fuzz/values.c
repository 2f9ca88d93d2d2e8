// SPDX-License-Identifier: Apache-2.0
// See values.h.
#include "values.h"

#include "cel/typed_json.h"

#include <string.h>

// A letter is one of these from '0' on, and begins anew behind the last.
static const char *const table[] = {
    "{\"unknown\": true}", // '0'
    "true",
    "false",
    "null",
    "{\"int\": \"0\"}",
    "{\"int\": \"1\"}",
    "{\"int\": \"-1\"}",
    "{\"int\": \"42\"}",
    "{\"int\": \"9223372036854775807\"}",
    "{\"int\": \"-9223372036854775808\"}", // '9'
    "{\"uint\": \"0\"}",
    "{\"uint\": \"7\"}",
    "{\"uint\": \"18446744073709551615\"}",
    "{\"double\": \"0\"}",
    "{\"double\": \"-0\"}",
    "{\"double\": \"1.5\"}",
    "{\"double\": \"1e300\"}",
    "{\"double\": \"NaN\"}", // 'A'
    "{\"double\": \"-Infinity\"}",
    "\"\"",
    "\"a\"",
    "\"hello w\xc3\xb6rld \xf0\x9f\x8c\x8d\"",
    "\"2026-03-01\"",
    "\"P1Y2M\"",
    "\"1h30m\"",
    "\"-42\"",
    "\"2026-02-28T23:59:60Z\"",
    "{\"bytes\": \"\"}",
    "{\"bytes\": \"Yf/+\"}",
    "[]",
    "[{\"int\": \"1\"}, {\"int\": \"2\"}, {\"int\": \"3\"}]",
    "[\"a\", \"b\", \"a\"]",
    "[true, {\"unknown\": true}, {\"double\": \"2\"}]",
    "[[{\"int\": \"1\"}], [], [{\"int\": \"2\"}, {\"uint\": \"3\"}]]",
    "{\"open\": []}",
    "{\"open\": [{\"int\": \"1\"}, {\"int\": \"2\"}]}",
    "{\"open\": [\"a\", {\"unknown\": true}]}",
    "{\"map\": []}",
    "{\"map\": [[\"a\", {\"int\": \"1\"}], [\"b\", {\"int\": \"2\"}]]}",
    "{\"map\": [[{\"int\": \"1\"}, \"x\"], [true, null], [{\"uint\": \"2\"}, []]]}",
    "{\"map\": [[\"a\", {\"unknown\": true}], [\"b\", {\"map\": [[\"c\", {\"open\": []}]]}]]}",
    "{\"timestamp\": \"1970-01-01T00:00:00Z\"}",
    "{\"timestamp\": \"2026-03-29T01:30:00.123456789Z\"}",
    "{\"timestamp\": \"9999-12-31T23:59:59Z\"}",
    "{\"timestamp\": \"0001-01-01T00:00:00Z\"}",
    "{\"duration\": \"0s\"}",
    "{\"duration\": \"5400.000000001s\"}",
    "{\"duration\": \"-315576000s\"}",
    "{\"type\": \"int\"}",
    "{\"type\": \"list\"}",
    "{\"optional\": null}",
    "{\"optional\": {\"int\": \"5\"}}",
    "{\"optional\": {\"map\": [[\"a\", {\"optional\": null}]]}}",
    "{\"optional\": {\"unknown\": true}}",
    "{\"date\": \"2026-03-01\"}",
    "{\"date\": \"0001-01-01\"}",
    "{\"date\": \"9999-12-31\"}",
    "{\"date\": \"2024-02-29\"}",
    "{\"period\": \"P1M\"}",
    "{\"period\": \"P30D\"}",
    "{\"period\": \"P1Y2M10D\"}",
    "{\"money\": \"EUR 1500.50\"}",
    "{\"money\": \"USD 3\"}",
    "{\"range\": [\"10\", \"20\"]}",
    "{\"range\": [\"1.5\", null]}",
    "{\"range\": [null, \"-3\"]}",
    "{\"none\": true}",
    "\"^(a|b)+$\"",
    "\"%s %d %.2f\"",
    "\"Europe/Berlin\"",
};

enum { COUNT = sizeof table / sizeof *table };

static value read_row(size_t i) {
    arena *a = fuzz_fixtures();
    diags d = {.arena = a};
    docs read;
    value v = {0};
    MUST(doc_read(&read, a, &d, &doc_default_limits, DOC_JSON, STR("row"), str_of(table[i])) &&
             typed_json_read(&v, a, &d, read.list.at[0]),
         "row %zu: %.*s", i, STR_ARG(d.list.at[0].message));
    return v;
}

value fuzz_value(char letter) {
    static value rows[COUNT];
    static bool done;
    for (size_t i = 0; !done && i < COUNT; i++)
        rows[i] = read_row(i);
    done = true;
    return rows[(unsigned char)(letter - '0') % COUNT];
}

// --- what is not known

bool fuzz_is_full(value v) {
    switch ((value_kind)v.kind) {
    case VALUE_UNKNOWN:
    case VALUE_RANGE: return false;
    case VALUE_OPTIONAL: return !v.u.optional || fuzz_is_full(*v.u.optional);
    case VALUE_LIST:
        for (uint32_t i = 0; i < v.u.list->count; i++)
            if (!fuzz_is_full(v.u.list->items[i])) return false;
        return !v.u.list->open;
    case VALUE_MAP:
        for (uint32_t i = 0; i < v.u.map->count; i++)
            if (!fuzz_is_full(v.u.map->values[i])) return false;
        return true;
    default: return true;
    }
}

// A full value of the table, none but `none`, which no variable can be.
static value full_value(unsigned number) {
    for (;; number++) {
        value v = fuzz_value((char)('0' + number % COUNT));
        if (v.kind != VALUE_NONE && fuzz_is_full(v)) return v;
    }
}

static value fill_range(const value_range *r, unsigned number) {
    double least = r->has_least ? r->least : r->most - 1000;
    double most = r->has_most ? r->most : least + 1000;
    double d = number % 3 == 0 ? least : number % 3 == 1 ? most : least + (most - least) / 2;
    bool whole = d == (double)(int64_t)d;
    return whole && number % 2 ? value_int((int64_t)d) : value_double(d);
}

static value fill_list(arena *a, const value_list *old, unsigned number) {
    value_list *list = arena_new(a, value_list);
    value *items = arena_array(a, value, (size_t)old->count + 1);
    *list = *old;
    for (uint32_t i = 0; i < old->count; i++)
        items[i] = fuzz_fill(a, old->items[i], number + i);
    if (old->open && number % 2) items[list->count++] = full_value(number / 2);
    list->items = items;
    list->open = false;
    return (value){.kind = VALUE_LIST, .u.list = list};
}

static value fill_map(arena *a, const value_map *old, unsigned number) {
    value_map *m = arena_new(a, value_map);
    value *values = arena_array(a, value, old->count);
    for (uint32_t i = 0; i < old->count; i++)
        values[i] = fuzz_fill(a, old->values[i], number + i);
    *m = (value_map){old->count, old->keys, values};
    return (value){.kind = VALUE_MAP, .u.map = m};
}

value fuzz_fill(arena *a, value v, unsigned number) {
    if (fuzz_is_full(v)) return v;
    switch ((value_kind)v.kind) {
    case VALUE_UNKNOWN: return full_value(number);
    case VALUE_RANGE: return fill_range(v.u.range, number);
    case VALUE_LIST: return fill_list(a, v.u.list, number);
    case VALUE_MAP: return fill_map(a, v.u.map, number);
    case VALUE_OPTIONAL: {
        value *held = arena_new(a, value);
        *held = fuzz_fill(a, *v.u.optional, number);
        v.u.optional = held;
        return v;
    }
    default: return v;
    }
}

// --- types

static bool is_member(value v, const enumeration *e) {
    for (size_t i = 0; i < e->count; i++)
        if (str_eq(value_text(v), e->values[i])) return true;
    return false;
}

static bool are_of(const value *v, uint32_t count, const type *t) {
    for (uint32_t i = 0; t && i < count; i++)
        if (!fuzz_is_of(v[i], t)) return false;
    return true;
}

static bool is_number(value v, value_kind kind) {
    return v.kind == kind || v.kind == VALUE_RANGE;
}

bool fuzz_is_of(value v, const type *t) {
    if (v.kind == VALUE_UNKNOWN || v.kind == VALUE_ERROR || v.kind == VALUE_NONE) return true;
    switch (t->kind) {
    case TYPE_NULL: return v.kind == VALUE_NULL;
    case TYPE_BOOL: return v.kind == VALUE_BOOL;
    case TYPE_INT: return is_number(v, VALUE_INT);
    case TYPE_UINT: return is_number(v, VALUE_UINT);
    case TYPE_DOUBLE: return is_number(v, VALUE_DOUBLE);
    case TYPE_STRING: return v.kind == VALUE_STRING;
    case TYPE_BYTES: return v.kind == VALUE_BYTES;
    case TYPE_TIMESTAMP: return v.kind == VALUE_TIMESTAMP || v.kind == VALUE_NULL;
    case TYPE_DURATION: return v.kind == VALUE_DURATION || v.kind == VALUE_NULL;
    case TYPE_LIST: return v.kind == VALUE_LIST && are_of(v.u.list->items, v.u.list->count, t->a);
    case TYPE_MAP:
        return v.kind == VALUE_MAP && are_of(v.u.map->keys, v.u.map->count, t->a) &&
               are_of(v.u.map->values, v.u.map->count, t->b);
    case TYPE_TYPE: return v.kind == VALUE_TYPE;
    case TYPE_OPTIONAL:
        return v.kind == VALUE_NULL ||
               (v.kind == VALUE_OPTIONAL &&
                (!v.u.optional || !t->a || fuzz_is_of(*v.u.optional, t->a)));
    case TYPE_WRAPPER: return v.kind == VALUE_NULL || !t->a || fuzz_is_of(v, t->a);
    case TYPE_DATE: return is_number(v, VALUE_DATE);
    case TYPE_PERIOD: return v.kind == VALUE_PERIOD;
    case TYPE_MONEY: return v.kind == VALUE_MONEY;
    case TYPE_ENUM: return v.kind == VALUE_STRING && is_member(v, t->enumeration);
    case TYPE_RECORD:
        return v.kind == VALUE_RECORD && (!t->record || t->record == v.u.record->type);
    default: return true;
    }
}

// --- answers

str fuzz_show(arena *a, value v) {
    buf out = {.arena = a};
    if (v.kind == VALUE_ERROR) return str_format(a, "error: %.*s", STR_ARG(v.u.error->message));
    return typed_json_write(&out, v) ? buf_str(&out) : STR("too large");
}

bool fuzz_is_limit(value v) {
    static const char *const limits[] = {"too much work", "too deep", "would be too long",
                                         "cannot answer"};
    for (size_t i = 0; v.kind == VALUE_ERROR && i < sizeof limits / sizeof *limits; i++)
        if (str_find(v.u.error->message, str_of(limits[i])) >= 0) return true;
    return false;
}

bool fuzz_same_answer(arena *a, value x, value y) {
    if (x.kind != y.kind) return false;
    switch (x.kind) { // most answers, for which writing them takes longer than finding them
    case VALUE_ERROR:
    case VALUE_UNKNOWN: return true;
    case VALUE_BOOL: return x.u.b == y.u.b;
    case VALUE_INT: return x.u.i == y.u.i;
    case VALUE_STRING: return str_eq(value_text(x), value_text(y));
    default: return str_eq(fuzz_show(a, x), fuzz_show(a, y));
    }
}

expr *fuzz_compile(arena *a, diags *d, cel_env *env, str text, const cel_scope *scope, bool lenient,
                   uint32_t *slots) {
    cel_text *where = arena_new(a, cel_text);
    *where = (cel_text){.text = text, .src = source_new(a, STR("expression"), text)};
    expr *e = cel_parse(a, d, where, false);
    MUST((e == NULL) == (d->errors > 0), "%zu errors", d->errors);
    if (e) *slots = cel_link(env, d, e, scope, lenient);
    fuzz_judge_diags(d, where->src);
    return d->errors ? NULL : e;
}
