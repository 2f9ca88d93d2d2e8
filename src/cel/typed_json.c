// SPDX-License-Identifier: Apache-2.0
//
// Typed JSON, both ways, by one table of kinds. See typed_json.h for the form.
#include "cel/typed_json.h"

#include "base/num.h"
#include "cel/base64.h"
#include "cel/time.h"
#include "cel/type.h"

#include <math.h>

// --- reading

typedef struct reader {
    arena *arena;
    diags *diags;
} reader;

static bool read_value(value *out, const reader *r, const node *n);

static bool refuse(const reader *r, const node *n, const char *what) {
    diag_add(r->diags, DIAG_TYPED_JSON, n->at, STR(""), "this is no typed JSON: %s", what);
    return false;
}

static bool read_text(str *out, const reader *r, const node *n) {
    *out = n->text;
    return n->kind == NODE_STRING || refuse(r, n, "a text should stand here");
}

static bool read_items(value **items, const reader *r, const node *n) {
    if (n->kind != NODE_LIST) return refuse(r, n, "a list should stand here");
    *items = arena_array(r->arena, value, n->count);
    for (uint32_t i = 0; i < n->count; i++)
        if (!read_value(&(*items)[i], r, n->u.items[i])) return false;
    return true;
}

static bool read_int(value *out, const reader *r, const node *n) {
    str s;
    int64_t i = 0;
    if (!read_text(&s, r, n)) return false;
    if (!num_parse_int(s, &i)) return refuse(r, n, "not an int");
    *out = value_int(i);
    return true;
}

static bool read_uint(value *out, const reader *r, const node *n) {
    str s;
    uint64_t u = 0;
    if (!read_text(&s, r, n)) return false;
    if (!num_parse_uint(s, &u)) return refuse(r, n, "not a uint");
    *out = value_uint(u);
    return true;
}

static bool read_double(value *out, const reader *r, const node *n) {
    str s;
    double d = 0;
    if (!read_text(&s, r, n)) return false;
    if (str_is(s, "NaN")) {
        d = NAN;
    } else if (str_is(s, "Infinity")) {
        d = INFINITY;
    } else if (str_is(s, "-Infinity")) {
        d = -INFINITY;
    } else if (!num_parse_double(s, &d)) {
        return refuse(r, n, "not a double");
    }
    *out = value_double(d);
    return true;
}

static bool read_bytes(value *out, const reader *r, const node *n) {
    str s;
    buf bytes = {.arena = r->arena};
    if (!read_text(&s, r, n)) return false;
    if (!base64_read(&bytes, s)) return refuse(r, n, "not base64");
    *out = value_bytes(buf_str(&bytes));
    return true;
}

static bool read_map(value *out, const reader *r, const node *n) {
    if (n->kind != NODE_LIST) return refuse(r, n, "a list of pairs should stand here");
    value *keys = arena_array(r->arena, value, n->count);
    value *values = arena_array(r->arena, value, n->count);
    for (uint32_t i = 0; i < n->count; i++) {
        const node *entry = n->u.items[i];
        if (entry->kind != NODE_LIST || entry->count != 2)
            return refuse(r, entry, "a pair of key and value should stand here");
        if (!read_value(&keys[i], r, entry->u.items[0])) return false;
        if (!read_value(&values[i], r, entry->u.items[1])) return false;
        bool key = keys[i].kind == VALUE_STRING || keys[i].kind == VALUE_INT ||
                   keys[i].kind == VALUE_UINT || keys[i].kind == VALUE_BOOL;
        if (!key) return refuse(r, entry, "the key is no bool, int, uint or string");
    }
    value_map *m = arena_new(r->arena, value_map);
    *m = (value_map){n->count, keys, values};
    *out = (value){.kind = VALUE_MAP, .u.map = m};
    return true;
}

static bool read_timestamp(value *out, const reader *r, const node *n) {
    str s;
    if (!read_text(&s, r, n)) return false;
    return timestamp_parse(s, out) || refuse(r, n, "not a timestamp");
}

static bool read_duration(value *out, const reader *r, const node *n) {
    str s;
    int64_t nanoseconds = 0;
    if (!read_text(&s, r, n)) return false;
    if (!duration_parse(s, &nanoseconds)) return refuse(r, n, "not a duration");
    *out = duration_of(nanoseconds);
    return true;
}

static bool read_type(value *out, const reader *r, const node *n) {
    str s;
    if (!read_text(&s, r, n)) return false;
    for (unsigned kind = VALUE_NULL; kind <= VALUE_MONEY; kind++) {
        const type *t = value_type((value){.kind = (uint8_t)kind});
        if (!str_is(s, type_kind_name(t))) continue;
        *out = (value){.kind = VALUE_TYPE, .u.type = t};
        return true;
    }
    return refuse(r, n, "there is no such type");
}

static bool read_unknown(value *out, const reader *r, const node *n) {
    (void)r;
    (void)n;
    *out = value_unknown();
    return true;
}

static bool read_none(value *out, const reader *r, const node *n) {
    (void)r;
    (void)n;
    *out = value_none();
    return true;
}

static bool read_open(value *out, const reader *r, const node *n) {
    value *items = NULL;
    if (!read_items(&items, r, n)) return false;
    *out = value_list_of(r->arena, items, n->count, true);
    return true;
}

static bool read_optional(value *out, const reader *r, const node *n) {
    *out = (value){.kind = VALUE_OPTIONAL};
    if (n->kind == NODE_NULL) return true;
    value *held = arena_new(r->arena, value);
    out->u.optional = held;
    return read_value(held, r, n);
}

static bool read_date(value *out, const reader *r, const node *n) {
    str s;
    day d = 0;
    if (!read_text(&s, r, n)) return false;
    if (!day_parse(s, &d)) return refuse(r, n, "not a date");
    *out = value_date(d);
    return true;
}

static bool read_period(value *out, const reader *r, const node *n) {
    str s;
    period *p = arena_new(r->arena, period);
    if (!read_text(&s, r, n)) return false;
    *out = (value){.kind = VALUE_PERIOD, .u.period = p};
    return period_parse(s, p) || refuse(r, n, "not a period");
}

enum { CURRENCY = 3 }; // letters

static bool read_money(value *out, const reader *r, const node *n) {
    str s;
    money *m = arena_new(r->arena, money);
    if (!read_text(&s, r, n)) return false;
    *out = (value){.kind = VALUE_MONEY, .u.money = m};
    bool is_negative = str_find(s, STR(" -")) == CURRENCY; // computed; no law writes one
    if (is_negative)
        s = str_format(r->arena, "%.*s %.*s", CURRENCY, s.ptr,
                       STR_ARG(str_sub(s, CURRENCY + 2, s.len)));
    if (!money_parse(s, m)) return refuse(r, n, "not an amount of money");
    if (is_negative) m->minor = -m->minor;
    return true;
}

static bool read_bound(double *out, bool *has, const reader *r, const node *n) {
    value v;
    *has = n->kind != NODE_NULL;
    if (!*has) return true;
    if (!read_double(&v, r, n)) return false;
    *out = v.u.d;
    return true;
}

static bool read_range(value *out, const reader *r, const node *n) {
    value_range *range = arena_new(r->arena, value_range);
    if (n->kind != NODE_LIST || n->count != 2) return refuse(r, n, "two bounds should stand here");
    *out = (value){.kind = VALUE_RANGE, .u.range = range};
    return read_bound(&range->least, &range->has_least, r, n->u.items[0]) &&
           read_bound(&range->most, &range->has_most, r, n->u.items[1]);
}

static const struct kind {
    const char *name;
    bool (*read)(value *out, const reader *r, const node *n);
} kinds[] = {
    {"int", read_int},           {"uint", read_uint},     {"double", read_double},
    {"bytes", read_bytes},       {"map", read_map},       {"timestamp", read_timestamp},
    {"duration", read_duration}, {"type", read_type},     {"unknown", read_unknown},
    {"none", read_none},         {"open", read_open},     {"optional", read_optional},
    {"date", read_date},         {"period", read_period}, {"money", read_money},
    {"range", read_range},
};

static bool read_value(value *out, const reader *r, const node *n) {
    value *items = NULL;
    switch (n->kind) {
    case NODE_NULL: *out = (value){.kind = VALUE_NULL}; return true;
    case NODE_BOOL: *out = value_bool(n->u.b); return true;
    case NODE_STRING: *out = value_string(n->text); return true;
    case NODE_LIST:
        if (!read_items(&items, r, n)) return false;
        *out = value_list_of(r->arena, items, n->count, false);
        return true;
    case NODE_MAP: break;
    default: return refuse(r, n, "write a number as {\"int\": \"1\"}, \"uint\" or \"double\"");
    }
    if (n->count != 1) return refuse(r, n, "a map has one member, which names the kind");
    const pair *p = &n->u.pairs[0];
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_is(p->key->text, kinds[i].name)) return kinds[i].read(out, r, p->value);
    return refuse(r, p->key, "there is no such kind");
}

bool typed_json_read(value *out, arena *a, diags *d, const node *n) {
    return read_value(out, &(reader){a, d}, n);
}

// --- writing

enum { MAX_OUTPUT = 16 << 20, MAX_DEPTH = 500 };

static bool write_value(buf *out, value v, unsigned depth);

static void member(buf *out, const char *kind, str text) {
    buf_addf(out, "{\"%s\":", kind);
    doc_write_json_string(out, text);
    buf_addc(out, '}');
}

static bool write_items(buf *out, const value *items, uint32_t count, unsigned depth) {
    buf_addc(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i) buf_addc(out, ',');
        if (!write_value(out, items[i], depth)) return false;
    }
    buf_addc(out, ']');
    return true;
}

static bool write_list(buf *out, const value_list *list, unsigned depth) {
    if (list->open) buf_adds(out, "{\"open\":");
    if (!write_items(out, list->items, list->count, depth)) return false;
    if (list->open) buf_addc(out, '}');
    return true;
}

static bool write_map(buf *out, const value_map *m, unsigned depth) {
    buf_adds(out, "{\"map\":[");
    for (uint32_t i = 0; i < m->count; i++) {
        buf_adds(out, i ? ",[" : "[");
        if (!write_value(out, m->keys[i], depth)) return false;
        buf_addc(out, ',');
        if (!write_value(out, m->values[i], depth)) return false;
        buf_addc(out, ']');
    }
    buf_adds(out, "]}");
    return true;
}

static bool write_optional(buf *out, const value *held, unsigned depth) {
    buf_adds(out, "{\"optional\":");
    if (!held) buf_adds(out, "null");
    if (held && !write_value(out, *held, depth)) return false;
    buf_addc(out, '}');
    return true;
}

static void write_bytes(buf *out, str bytes) {
    buf text = {.arena = out->arena};
    base64_write(&text, bytes);
    member(out, "bytes", buf_str(&text));
}

static void write_bound(buf *out, bool has, double bound) {
    if (has) doc_write_json_string(out, num_print_double(out->arena, bound));
    if (!has) buf_adds(out, "null");
}

static void write_range(buf *out, const value_range *r) {
    buf_adds(out, "{\"range\":[");
    write_bound(out, r->has_least, r->least);
    buf_addc(out, ',');
    write_bound(out, r->has_most, r->most);
    buf_adds(out, "]}");
}

static bool write_value(buf *out, value v, unsigned depth) {
    arena *a = out->arena;
    if (out->len > MAX_OUTPUT || depth == 0) return false;
    switch (v.kind) {
    case VALUE_UNKNOWN: buf_adds(out, "{\"unknown\":true}"); return true;
    case VALUE_NONE: buf_adds(out, "{\"none\":true}"); return true;
    case VALUE_NULL: buf_adds(out, "null"); return true;
    case VALUE_BOOL: buf_adds(out, v.u.b ? "true" : "false"); return true;
    case VALUE_INT: buf_addf(out, "{\"int\":\"%lld\"}", (long long)v.u.i); return true;
    case VALUE_UINT: buf_addf(out, "{\"uint\":\"%llu\"}", (unsigned long long)v.u.u); return true;
    case VALUE_DOUBLE: member(out, "double", num_print_double(a, v.u.d)); return true;
    case VALUE_STRING: doc_write_json_string(out, value_text(v)); return true;
    case VALUE_BYTES: write_bytes(out, value_text(v)); return true;
    case VALUE_LIST: return write_list(out, v.u.list, depth - 1);
    case VALUE_MAP: return write_map(out, v.u.map, depth - 1);
    case VALUE_TYPE: member(out, "type", str_of(type_kind_name(v.u.type))); return true;
    case VALUE_TIMESTAMP: member(out, "timestamp", timestamp_print(a, v)); return true;
    case VALUE_DURATION: member(out, "duration", duration_print(a, v.u.i)); return true;
    case VALUE_OPTIONAL: return write_optional(out, v.u.optional, depth - 1);
    case VALUE_DATE: member(out, "date", day_print(a, (day)v.u.i)); return true;
    case VALUE_PERIOD: member(out, "period", period_print(a, *v.u.period)); return true;
    case VALUE_MONEY: member(out, "money", money_print(a, *v.u.money)); return true;
    case VALUE_RECORD: member(out, "record", v.u.record->id); return true;
    case VALUE_RANGE: write_range(out, v.u.range); return true;
    default: return false;
    }
}

bool typed_json_write(buf *out, value v) {
    return write_value(out, v, MAX_DEPTH);
}
