// SPDX-License-Identifier: Apache-2.0
//
// The values of a cell: those that reasons fill in for what is unknown, and for what they hold to
// be opaque (lists, references, places, periods, money) some that differ from what is there.
#include "author/variations.h"

enum { FEW = 4 }; // entries and references that are tried

typedef struct varying {
    variations *out;
    check_run *run;
    const reads *literals;
    cell cell;
    const fact *fact;
    value now;
} varying;

static void add(const varying *x, value v, str text) {
    vec_push(x->run->arena, x->out,
             (variation){x->cell, v, text.len ? text : value_print(x->run->arena, v), NULL});
}

// --- lists

static value list_like(const varying *x, const value *items, uint32_t count) {
    value_list *l = arena_new(x->run->arena, value_list);
    *l = (value_list){.key = -1};
    if (x->now.kind == VALUE_LIST && x->now.u.list) *l = *x->now.u.list;
    l->items = items;
    l->count = count;
    l->open = false;
    return (value){.kind = VALUE_LIST, .u.list = l};
}

static bool is_same(value a, value b) {
    if (a.kind == VALUE_RECORD) return b.kind == VALUE_RECORD && a.u.record == b.u.record;
    return a.kind == VALUE_STRING && b.kind == VALUE_STRING && str_eq(value_text(a), value_text(b));
}

// The list without the item where it has it, else with it; and the item alone.
static void add_toggled(const varying *x, value item) {
    const value_list *l = x->now.kind == VALUE_LIST ? x->now.u.list : NULL;
    uint32_t count = l ? l->count : 0, kept = 0;
    value *items = arena_array(x->run->arena, value, count + 1), *alone;
    for (uint32_t i = 0; l && i < count; i++)
        if (!is_same(l->items[i], item)) items[kept++] = l->items[i];
    if (kept == count) items[kept++] = item;
    add(x, list_like(x, items, kept), STR(""));
    if (count == 0 || (count == 1 && kept != 2)) return;
    alone = arena_new(x->run->arena, value);
    *alone = item;
    add(x, list_like(x, alone, 1), STR(""));
}

static void add_empty(const varying *x) {
    if (x->now.kind != VALUE_LIST || x->now.u.list->count || x->now.u.list->open)
        add(x, list_like(x, NULL, 0), STR("none"));
}

// --- words, places, references

static bool is_one_of(const enumeration *words, str word) {
    for (size_t i = 0; i < words->count; i++)
        if (str_eq(words->values[i], word)) return true;
    return false;
}

typedef vec(value) values;

// Words that the rule names, and one that it does not.
static void words_of(const varying *x, values *out) {
    const enumeration *words = x->fact->values;
    for (size_t i = 0; i < x->literals->texts.len; i++)
        if (is_one_of(words, x->literals->texts.entries[i].key))
            vec_push(x->run->arena, out, value_string(x->literals->texts.entries[i].key));
    for (size_t i = 0; i < words->count; i++) {
        if (map_has(&x->literals->texts, words->values[i])) continue;
        vec_push(x->run->arena, out, value_string(words->values[i]));
        return;
    }
}

static void places_of(const varying *x, values *out) {
    const places *all = &x->run->rules->places;
    size_t others = 0;
    for (size_t i = 0; i < x->literals->texts.len; i++)
        if (place_known(all, x->literals->texts.entries[i].key))
            vec_push(x->run->arena, out, value_string(x->literals->texts.entries[i].key));
    vec_push(x->run->arena, out, value_string(x->run->facts->market));
    for (size_t i = 0; i < all->names.len && others < 2; i++) {
        str code = all->names.entries[i].key;
        if (map_has(&x->literals->texts, code) || !place_known(all, code) ||
            place_within(all, code, x->run->facts->place, x->run->as_of))
            continue;
        vec_push(x->run->arena, out, value_string(code));
        others++;
    }
}

static void references_of(const varying *x, values *out) {
    const facts *f = x->run->facts;
    for (size_t i = 0; i < f->records.len && out->len < FEW; i++) {
        const fact_origin *o = origin_of(f->records.at[i]);
        if (o && !o->parent && !o->cut && o->as == &x->fact->ref->self)
            vec_push(x->run->arena, out, value_record(f->records.at[i]));
    }
}

static void periods_of(const varying *x, values *out) {
    static const char *const ends[] = {"PT1M", "P100Y"};
    for (size_t i = 0; i < x->literals->texts.len + 2; i++) {
        period *p = arena_new(x->run->arena, period);
        str text = i < 2 ? str_of(ends[i]) : x->literals->texts.entries[i - 2].key;
        if (period_parse(text, p))
            vec_push(x->run->arena, out, (value){.kind = VALUE_PERIOD, .u.period = p});
    }
}

static void sums_of(const varying *x, values *out) {
    for (size_t i = 0; i < x->literals->texts.len; i++) {
        money at;
        if (!money_parse(x->literals->texts.entries[i].key, &at)) continue;
        for (int step = -1; step <= 1; step++) {
            money *m = arena_new(x->run->arena, money);
            *m = at;
            m->minor += step * INT64_C(100);
            vec_push(x->run->arena, out, (value){.kind = VALUE_MONEY, .u.money = m});
        }
    }
}

static void answers_of(const varying *x, values *out) {
    switch (x->fact->kind) {
    case FACT_ENUM: words_of(x, out); break;
    case FACT_COUNTRY:
    case FACT_JURISDICTION:
    case FACT_PLACE: places_of(x, out); break;
    case FACT_REF: references_of(x, out); break;
    case FACT_PERIOD: periods_of(x, out); break;
    case FACT_MONEY: sums_of(x, out); break;
    case FACT_STRING:
        for (size_t i = 0; i < x->literals->texts.len && i < FEW; i++)
            vec_push(x->run->arena, out, value_string(x->literals->texts.entries[i].key));
        vec_push(x->run->arena, out, value_string(STR("something else")));
        break;
    default: break;
    }
}

// --- entries

// How an entry of a list is told from the others in a patch; empty: it is not.
static str entry_name(arena *a, const record *r) {
    const fact_origin *o = origin_of(r);
    if (!o || !o->node || !r->id.len) return (str){"", 0};
    const node *id = o->node->kind == NODE_MAP ? doc_get(o->node, "id") : NULL;
    if (id) return str_format(a, "id: %.*s", STR_ARG(r->id));
    if (!o->def->key_fact.len || !o->name_node || !doc_is_scalar(o->name_node)) return (str){"", 0};
    return str_format(a, "%.*s: %.*s", STR_ARG(o->def->key_fact), STR_ARG(o->name_node->text));
}

static void add_without(const varying *x) {
    const value_list *l = x->now.kind == VALUE_LIST ? x->now.u.list : NULL;
    for (uint32_t i = 0; l && l->count > 1 && i < l->count && i < FEW; i++) {
        const record *r = l->items[i].kind == VALUE_RECORD ? l->items[i].u.record : NULL;
        str name = r ? entry_name(x->run->arena, r) : (str){"", 0};
        if (!name.len) continue;
        value *items = arena_array(x->run->arena, value, l->count);
        uint32_t count = 0;
        for (uint32_t k = 0; k < l->count; k++)
            if (k != i) items[count++] = l->items[k];
        add(x, list_like(x, items, count),
            str_format(x->run->arena, "[{%.*s, remove: true}]", STR_ARG(name)));
    }
}

bool variation_added(const record *r) {
    const fact_origin *o = origin_of(r);
    return o && o->node && !o->name_node;
}

// Like the other, with an id of its own.
static const record *twin_of(arena *a, const record *r) {
    record *twin = arena_new(a, record);
    fact_origin *o = arena_new(a, fact_origin);
    *twin = *r;
    *o = *origin_of(r);
    twin->slots = arena_array(a, value, r->type->count + 1);
    for (uint32_t i = 0; i < r->type->count; i++)
        twin->slots[i] = r->slots[i];
    twin->id = o->label = str_joined(a, r->id, STR("-"), STR("2"));
    o->name_node = NULL;
    twin->origin = o;
    return twin;
}

// The list with one entry more.
static void add_twins(const varying *x) {
    arena *a = x->run->arena;
    const value_list *l = x->now.kind == VALUE_LIST ? x->now.u.list : NULL;
    uint32_t count = l ? l->count : 0;
    for (uint32_t i = 0; l && i < count && i < FEW / 2; i++) {
        const record *r = l->items[i].kind == VALUE_RECORD ? l->items[i].u.record : NULL;
        if (!r || !entry_name(a, r).len || variation_added(r)) continue;
        value *items = arena_array(a, value, count + 1);
        for (uint32_t k = 0; k < count; k++)
            items[k] = l->items[k];
        const record *twin = twin_of(a, r);
        items[count] = value_record(twin);
        vec_push(a, x->out, (variation){x->cell, list_like(x, items, count + 1), STR(""), twin});
    }
}

static void add_lists(const varying *x) {
    values items = {0};
    if (x->fact->kind == FACT_RECORD) {
        add_without(x);
        add_twins(x);
    } else {
        answers_of(x, &items);
        for (size_t i = 0; i < items.len; i++)
            add_toggled(x, items.at[i]);
    }
    add_empty(x);
}

static bool is_now(const varying *x, value v) {
    str a = value_print(x->run->arena, v), b = value_print(x->run->arena, x->now);
    return v.kind == x->now.kind && str_eq(a, b);
}

static void add_scalars(const varying *x, const rule *r) {
    fillings found;
    values other = {0};
    if (run_fillings(x->run, r, x->cell, false, &found)) {
        for (size_t i = 0; i < found.count; i++)
            if (!is_now(x, found.at[i])) add(x, found.at[i], STR(""));
        return;
    }
    if (!x->fact) return;
    answers_of(x, &other);
    if (x->fact->may_be_none) vec_push(x->run->arena, &other, value_none());
    for (size_t i = 0; i < other.len; i++)
        if (!is_now(x, other.at[i])) add(x, other.at[i], STR(""));
}

void variations_of(variations *out, check_run *run, const rule *r, const reads *literals, cell c) {
    varying x = {.out = out,
                 .run = run,
                 .literals = literals,
                 .cell = c,
                 .fact = fact_of(run->facts, c.record, c.slot),
                 .now = *cell_slot(run, c)};
    if (!x.fact && !(c.record && c.record->realm == REALM_ASSUMPTION)) return;
    if (x.fact && x.fact->kind == FACT_RECORD && !x.fact->list) return;
    if (x.fact && x.fact->list)
        add_lists(&x);
    else
        add_scalars(&x, r);
}
