// SPDX-License-Identifier: Apache-2.0
//
// Facts as people read them: their paths, their places in the manifest, their values.
#include "base/num.h"
#include "check/facts.h"

const fact *fact_of(const facts *f, const record *r, uint32_t slot) {
    if (!r) {
        size_t n = slot - FACTS_FIRST_ENTITY;
        return slot >= FACTS_FIRST_ENTITY && n < f->rules->vocabulary.entities.len
                   ? &f->rules->vocabulary.entities.at[n]->self
                   : NULL;
    }
    const fact_origin *o = origin_of(r);
    return o && slot < o->def->count ? &o->def->facts[slot] : NULL;
}

str record_path(const facts *f, const record *r) {
    const fact_origin *o = origin_of(r);
    if (!o) return r->id;
    buf b = {.arena = f->arena};
    if (o->parent) {
        buf_add(&b, record_path(f, o->parent));
        buf_addc(&b, '.');
    }
    buf_add(&b, o->as->name);
    if (o->label.len) {
        bool metric = o->as->kind == FACT_METRICS;
        buf_addc(&b, metric ? '.' : '[');
        buf_add(&b, o->label);
        if (!metric) buf_addc(&b, ']');
    }
    return buf_str(&b);
}

str fact_path(const facts *f, const record *r, uint32_t slot) {
    const fact *decl = fact_of(f, r, slot);
    if (!r) return decl ? decl->name : f->rules->facts->variables.at[slot].name;
    if (!decl && r->realm == REALM_OTHER && slot < r->type->count) // a cell of a registry's row
        return str_format(f->arena, "%.*s[%.*s].%.*s", STR_ARG(r->type->name), STR_ARG(r->id),
                          STR_ARG(r->type->fields[slot].name));
    if (!decl) return record_path(f, r);
    return str_joined(f->arena, record_path(f, r), STR("."), decl->name);
}

span record_span(const facts *f, const record *r) {
    for (const fact_origin *o = origin_of(r); o; o = origin_of(o->parent))
        if (o->name_node) return o->name_node->at;
    return f->market_node->at;
}

span fact_span(const facts *f, const record *r, uint32_t slot, bool *stated) {
    const fact_origin *o = origin_of(r);
    const node *n = o ? (fact_of(f, r, slot) ? o->stated[slot] : NULL) : r ? NULL : f->stated[slot];
    *stated = n != NULL;
    if (n) return n->at;
    return r ? record_span(f, r) : f->market_node->at;
}

static void print_items(buf *b, arena *a, const value *items, uint32_t count, bool open) {
    buf_addc(b, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i) buf_adds(b, ", ");
        buf_add(b, value_print(a, items[i]));
    }
    if (open) buf_adds(b, count ? ", unknown" : "unknown");
    buf_addc(b, ']');
}

static str print_range(arena *a, const value_range *r) {
    buf b = {.arena = a};
    if (r->has_least)
        buf_addf(&b, "%s%.*s",
                 r->least_open ? "> " : ">= ", STR_ARG(num_print_double(a, r->least)));
    if (r->has_least && r->has_most) buf_adds(&b, ", ");
    if (r->has_most)
        buf_addf(&b, "%s%.*s", r->most_open ? "< " : "<= ", STR_ARG(num_print_double(a, r->most)));
    return buf_str(&b);
}

str value_print(arena *a, value v) {
    buf b = {.arena = a};
    switch (v.kind) {
    case VALUE_UNKNOWN: return STR("unknown");
    case VALUE_NONE: return STR("none");
    case VALUE_NULL: return STR("null");
    case VALUE_BOOL: return v.u.b ? STR("true") : STR("false");
    case VALUE_INT: return str_format(a, "%lld", (long long)v.u.i);
    case VALUE_UINT: return str_format(a, "%llu", (unsigned long long)v.u.u);
    case VALUE_DOUBLE: return num_print_double(a, v.u.d);
    case VALUE_STRING: return value_text(v);
    case VALUE_DATE: return day_print(a, (day)v.u.i);
    case VALUE_PERIOD: return period_print(a, *v.u.period);
    case VALUE_MONEY: return money_print(a, *v.u.money);
    case VALUE_RECORD: return v.u.record->id.len ? v.u.record->id : STR("stated");
    case VALUE_RANGE: return print_range(a, v.u.range);
    case VALUE_LIST:
        if (v.u.list->count == 0 && !v.u.list->open) return STR("none");
        print_items(&b, a, v.u.list->items, v.u.list->count, v.u.list->open);
        return buf_str(&b);
    case VALUE_MAP: return str_format(a, "%u entries", v.u.map->count);
    case VALUE_ERROR: return v.u.error ? v.u.error->message : STR("error");
    default: return STR("a value");
    }
}
