// SPDX-License-Identifier: Apache-2.0
//
// From nodes to records: short forms, state words, lists that may be open, entries that hold for
// some markets only. Types of single values are in bind_scalar.c, references and defaults in files
// of their own, because they need all records first.
#include "check/bind.h"

static const char *const entry_keys[] = {
    "id", "markets", "except_markets", "absent", "note", "evidence", "checked",
};

enum { ENTRY_KEYS = sizeof entry_keys / sizeof *entry_keys };

void bind_error(binder *b, diag_code code, const node *at, str hint, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    str message = str_vformat(b->arena, fmt, args);
    va_end(args);
    for (size_t i = 0; i < b->diags->list.len; i++) {
        const diag *old = &b->diags->list.at[i];
        if (old->code == code && old->at.src == at->at.src && old->at.from == at->at.from &&
            str_eq(old->message, message))
            return;
    }
    diag_add(b->diags, code, at->at, hint, "%.*s", STR_ARG(message));
}

bool is_unknown_word(const node *n) {
    return n->kind == NODE_STRING && str_is(n->text, "unknown");
}

bool is_none_word(const fact *f, const node *n) {
    return n->kind == NODE_STRING &&
           (str_is(n->text, "none") || (f->none_word.len && str_eq(n->text, f->none_word)));
}

const node *const *bind_items(const node *const *n, size_t *count) {
    if ((*n)->kind == NODE_LIST) {
        *count = (*n)->count;
        return (*n)->u.items;
    }
    *count = 1;
    return n;
}

str entry_id(const record_def *def, const node *n, const node **name_node) {
    const node *id = n;
    if (n->kind == NODE_MAP) {
        id = doc_get(n, "id");
        if (!id && def->key_fact.len) id = doc_get_str(n, def->key_fact);
    } else if (!str_eq(def->short_fact, def->key_fact)) {
        id = NULL; // a bare value that says something else than what identifies it
    }
    if (id && id->kind == NODE_LIST && id->count == 1) id = id->u.items[0];
    if (!id || !doc_is_scalar(id)) return (str){"", 0};
    if (name_node) *name_node = id;
    return id->text;
}

// --- one record

// An id that names nothing would be passed over, and every reference to it be dangling.
static void check_id(binder *b, const node *n) {
    const node *id = n->kind == NODE_MAP ? doc_get(n, "id") : NULL;
    bool of_one = id && id->kind == NODE_LIST && id->count == 1;
    const node *text = of_one ? id->u.items[0] : id;
    if (id && (!doc_is_scalar(text) || text->kind == NODE_NULL))
        bind_error(b, DIAG_WRONG_TYPE, id, STR("write one text or number"),
                   "an id is one text, this is %s", doc_kind_name(id->kind));
}

static bool is_entry_key(str key) {
    for (size_t i = 0; i < ENTRY_KEYS; i++)
        if (str_is(key, entry_keys[i])) return true;
    return false;
}

static void unknown_fact(binder *b, const record_def *def, const node *key) {
    str *names = arena_array(b->arena, str, def->count + ENTRY_KEYS);
    size_t n = 0;
    for (size_t i = 0; i < def->count; i++)
        names[n++] = def->facts[i].name;
    for (size_t i = 0; i < ENTRY_KEYS; i++)
        names[n++] = str_of(entry_keys[i]);
    str hint = str_is(key->text, "remove")
                   ? STR("only a patch takes entries out; here, leave the entry out")
                   : diag_did_you_mean(b->arena, key->text, names, n);
    if (!hint.len)
        hint = str_format(b->arena, "what may be stated of %.*s stands in the vocabulary",
                          STR_ARG(def->name));
    bind_error(b, DIAG_UNKNOWN_FACT, key, hint, "`%.*s` is no fact of %.*s", STR_ARG(key->text),
               STR_ARG(def->name));
}

static void bind_slot(binder *b, record *r, const fact *f, const node *n) {
    fact_origin *o = (fact_origin *)r->origin;
    o->stated[f->slot] = n;
    r->slots[f->slot] = bind_fact(b, f, n, r);
}

static void bind_map(binder *b, record *r, const record_def *def, const node *n, bool entry) {
    bool is_market = b->vocabulary->engine.markets && b->vocabulary->engine.markets->record == def;
    for (size_t i = 0; i < n->count; i++) {
        const node *key = n->u.pairs[i].key, *v = n->u.pairs[i].value;
        const fact *f = record_fact(def, key->text);
        if (f) {
            if (v->kind == NODE_NULL)
                bind_error(b, DIAG_NULL_VALUE, v->at.from == v->at.to ? key : v,
                           STR("write `unknown`, `none`, or leave it out"), "`%.*s` has no value",
                           STR_ARG(key->text));
            else
                bind_slot(b, r, f, v);
        } else if (!(entry && is_entry_key(key->text)) &&
                   !(is_market && str_eq(key->text, b->vocabulary->engine.market_patch))) {
            unknown_fact(b, def, key);
        }
    }
}

static void check_required(binder *b, const record *r, const record_def *def, const node *n) {
    const fact_origin *o = r->origin;
    for (size_t i = 0; i < def->count; i++)
        if (def->facts[i].absent == ABSENT_REQUIRED && !o->stated[i])
            bind_error(b, DIAG_MISSING_FACT, n, def->facts[i].ask, "%.*s needs `%.*s`",
                       STR_ARG(def->name), STR_ARG(def->facts[i].name));
}

static record *new_record(binder *b, const record_def *def, const node *n, const record *parent,
                          const fact *as) {
    record *r = arena_new(b->arena, record);
    fact_origin *o = arena_new(b->arena, fact_origin);
    size_t slots = def->type->count > def->count ? def->type->count : def->count;
    *o = (fact_origin){.def = def, .node = n, .name_node = n, .parent = parent, .as = as};
    o->stated = arena_array(b->arena, const node *, slots + 1);
    o->items = arena_array(b->arena, const node *const *, slots + 1);
    o->defaults = arena_array(b->arena, uint8_t, slots + 1);
    *r = (record){.type = def->type,
                  .slots = arena_array(b->arena, value, slots + 1),
                  .realm = REALM_FACT,
                  .origin = o};
    vec_push(b->arena, &b->facts->records, r);
    return r;
}

record *bind_record(binder *b, const record_def *def, const node *n, const record *parent,
                    const fact *as) {
    record *r = new_record(b, def, n, parent, as);
    fact_origin *o = (fact_origin *)r->origin;
    if (!n) return r;
    if (as->list) check_id(b, n);
    if (as->list) r->id = entry_id(def, n, &o->name_node);
    if (n->kind == NODE_MAP) {
        bind_map(b, r, def, n, as->list);
    } else if (n->kind == NODE_LIST) {
        bind_error(b, DIAG_WRONG_TYPE, n, STR("write a map of facts"), "%.*s is not a list",
                   STR_ARG(def->name));
        return r;
    } else {
        const fact *f = record_fact(def, def->short_fact);
        if (f)
            bind_slot(b, r, f, n);
        else if (!str_is(def->short_fact, "id"))
            bind_error(b, DIAG_WRONG_TYPE, n, STR("write a map of facts"), "%.*s has no short form",
                       STR_ARG(def->name));
    }
    check_required(b, r, def, n);
    return r;
}

// --- lists

// Whether another market of the launch, inside this place, is the one that a code speaks of.
static bool is_of_another_market(const binder *b, str code) {
    const facts *f = b->facts;
    const places *p = &b->rules->places;
    const engine_facts *engine = &b->vocabulary->engine;
    const node *list = doc_get_str(f->root, engine->markets->self.name);
    size_t count = 0;
    const node *const *markets = list ? bind_items(&list, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const node *n = facts_market_value(b->rules, markets[i], engine->market_place);
        if (n && doc_is_scalar(n) && !str_eq(n->text, f->place) &&
            place_within(p, n->text, f->place, f->as_of) &&
            place_within(p, code, n->text, f->as_of))
            return true;
    }
    return false;
}

// Whether the launch has a market that a code of an entry can speak of.
static bool is_in_launch(const binder *b, str code) {
    const facts *f = b->facts;
    const places *p = &b->rules->places;
    const engine_facts *engine = &b->vocabulary->engine;
    const node *list = doc_get_str(f->root, engine->markets->self.name);
    size_t count = 0;
    const node *const *markets = list ? bind_items(&list, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const node *n = facts_market_value(b->rules, markets[i], engine->market_place);
        if (!n || !doc_is_scalar(n) || place_within(p, n->text, code, f->as_of) ||
            place_reaches_into(p, code, n->text, f->as_of))
            return true;
    }
    return count == 0;
}

// Whether one of the codes is, or contains, the place asked about; with `reaching` also whether it
// is in a part of it: what is offered in a part is offered in the whole, what is not offered in a
// part may be.
static bool holds_here(binder *b, const node *codes, bool reaching) {
    const facts *f = b->facts;
    size_t count = 0;
    bool found = false; // all codes are looked at, since all are to be right
    const node *const *items = bind_items(&codes, &count);
    for (size_t i = 0; i < count; i++) {
        str code = items[i]->text;
        if (!doc_is_scalar(items[i]) || !place_or_group_known(&b->rules->places, code)) {
            bind_error(b, DIAG_UNKNOWN_PLACE, items[i],
                       place_hint(&b->rules->places, b->arena, code, true),
                       "`%.*s` is no place or group that is known", STR_ARG(code));
            continue;
        }
        if (reaching && !is_in_launch(b, code))
            bind_error(b, DIAG_IDLE_MARKET, items[i],
                       STR("add the market, or correct the code of the entry"),
                       "`%.*s` is no market of this launch: the entry stands there for nothing",
                       STR_ARG(code));
        found |= place_within(&b->rules->places, f->place, code, f->as_of) ||
                 (reaching && place_reaches_into(&b->rules->places, code, f->place, f->as_of) &&
                  !is_of_another_market(b, code));
    }
    return found;
}

// Whether an entry is there in this market; what says so is read and checked in any case.
static bool is_in_market(binder *b, const node *n) {
    if (n->kind != NODE_MAP) return true;
    const node *only = doc_get(n, "markets"), *except = doc_get(n, "except_markets");
    bool in = !only || holds_here(b, only, true);
    return !(except && holds_here(b, except, false)) && in;
}

static bool is_absent_entry(binder *b, const node *n) {
    const node *absent = n->kind == NODE_MAP ? doc_get(n, "absent") : NULL;
    if (!absent) return false;
    if (absent->kind == NODE_BOOL) return absent->u.b;
    bind_error(b, DIAG_WRONG_TYPE, absent, STR("write `absent: true`"),
               "`absent` takes true or false");
    return false;
}

typedef struct list_builder {
    vec(value) values;
    vec(const node *) nodes;
    vec(value) closed;
    bool open;
} list_builder;

static void label_entry(binder *b, record *r, size_t number) {
    fact_origin *o = (fact_origin *)r->origin;
    o->label = r->id.len ? r->id : str_format(b->arena, "%zu", number);
    if (!r->id.len) r->id = o->label;
}

static value key_of(const record *r, const record_def *def) {
    const fact *key = record_fact(def, def->key_fact);
    return key ? r->slots[key->slot] : value_string(r->id);
}

static void add_entry(binder *b, list_builder *l, const fact *f, const node *n, record *holder,
                      size_t number) {
    record *r = bind_record(b, f->record, n, holder, f);
    label_entry(b, r, number);
    bool in = is_in_market(b, n);
    if (is_absent_entry(b, n)) {
        vec_push(b->arena, &l->closed, key_of(r, f->record));
        in = false;
    }
    ((fact_origin *)r->origin)->cut = !in;
    if (!in) return;
    vec_push(b->arena, &l->values, value_record(r));
    vec_push(b->arena, &l->nodes, n);
}

static void add_item(binder *b, list_builder *l, const fact *f, const node *n, record *holder,
                     size_t number) {
    if (f->kind == FACT_RECORD) {
        add_entry(b, l, f, n, holder, number);
        return;
    }
    value v = bind_scalar(b, f, n);
    if (v.kind == VALUE_ERROR) return;
    vec_push(b->arena, &l->values, v);
    vec_push(b->arena, &l->nodes, n);
}

void bind_key(value_list *list, const record_def *def) {
    const fact *key = record_fact(def, def->key_fact);
    list->keyed = def->key_fact.len > 0;
    list->key = (int16_t)(key ? (int)key->slot : -1);
}

static value finish_list(binder *b, const list_builder *l, const fact *f) {
    value_list *list = arena_new(b->arena, value_list);
    *list = (value_list){.count = (uint32_t)l->values.len,
                         .open = l->open,
                         .key = -1,
                         .items = l->values.at,
                         .absent = l->closed.at,
                         .absent_count = (uint32_t)l->closed.len};
    if (f->kind == FACT_RECORD) bind_key(list, f->record);
    return (value){.kind = VALUE_LIST, .u.list = list};
}

static value bind_list(binder *b, const fact *f, const node *n, record *holder) {
    list_builder l = {0};
    size_t count = 0;
    const node *const *items = bind_items(&n, &count);
    if (n->kind != NODE_LIST && is_none_word(f, n)) count = 0;
    size_t stated = count - (count > 0 && is_unknown_word(items[count - 1]));
    if (f->max_items && stated > f->max_items)
        bind_error(b, DIAG_TOO_LARGE, n,
                   STR("split the launch, or ask for a higher limit in the vocabulary"),
                   "`%.*s` has %zu entries; %zu are allowed", STR_ARG(f->name), stated,
                   f->max_items);
    for (size_t i = 0; i < count; i++) {
        if (items[i]->kind == NODE_NULL)
            bind_error(b, DIAG_NULL_VALUE, items[i]->at.from == items[i]->at.to ? n : items[i],
                       STR("take the empty entry out, or write `unknown` as the last one"),
                       "an entry of `%.*s` has no value", STR_ARG(f->name));
        else if (is_unknown_word(items[i]) && i + 1 == count)
            l.open = true;
        else if (is_unknown_word(items[i]))
            bind_error(b, DIAG_WRONG_TYPE, items[i],
                       STR("move it to the end: it says that there may be more"),
                       "`unknown` stands in the middle of `%.*s`", STR_ARG(f->name));
        else
            add_item(b, &l, f, items[i], holder, i);
    }
    const node *const **at =
        holder ? &((fact_origin *)holder->origin)->items[f->slot] : &b->facts->items[f->slot];
    *at = l.nodes.at;
    return finish_list(b, &l, f);
}

// --- one fact

static value bind_metrics(binder *b, const fact *f, const node *n, record *holder) {
    if (n->kind != NODE_MAP) {
        bind_error(b, DIAG_WRONG_TYPE, n, STR("write a map: name of the metric, then its figure"),
                   "`%.*s` takes a map, this is %s", STR_ARG(f->name), doc_kind_name(n->kind));
        return value_unknown();
    }
    value *keys = arena_array(b->arena, value, n->count + 1),
          *values = arena_array(b->arena, value, n->count + 1);
    uint32_t count = 0;
    for (size_t i = 0; i < n->count; i++) {
        const node *key = n->u.pairs[i].key;
        if (!map_has(&b->vocabulary->metrics, key->text)) {
            str *names = arena_array(b->arena, str, b->vocabulary->metrics.len + 1);
            for (size_t m = 0; m < b->vocabulary->metrics.len; m++)
                names[m] = b->vocabulary->metrics.entries[m].key;
            bind_error(b, DIAG_UNKNOWN_FACT, key,
                       diag_did_you_mean(b->arena, key->text, names, b->vocabulary->metrics.len),
                       "`%.*s` is no metric of the vocabulary", STR_ARG(key->text));
            continue;
        }
        if (is_unknown_word(n->u.pairs[i].value)) continue;
        record *r = bind_record(b, b->vocabulary->metric_record, n->u.pairs[i].value, holder, f);
        ((fact_origin *)r->origin)->label = key->text;
        r->id = key->text;
        keys[count] = value_string(key->text);
        values[count++] = value_record(r);
    }
    value_map *m = arena_new(b->arena, value_map);
    *m = (value_map){.count = count, .keys = keys, .values = values};
    return (value){.kind = VALUE_MAP, .u.map = m};
}

value bind_fact(binder *b, const fact *f, const node *n, record *holder) {
    if (is_unknown_word(n)) return value_unknown();
    bool is_ref = f->kind == FACT_REF;
    value v;
    if (f->list) {
        v = bind_list(b, f, n, holder);
    } else if (f->kind == FACT_RECORD || f->kind == FACT_METRIC) {
        if (is_none_word(f, n) && f->may_be_none) return value_none();
        const record_def *def = f->kind == FACT_METRIC ? b->vocabulary->metric_record : f->record;
        v = value_record(bind_record(b, def, n, holder, f));
    } else if (f->kind == FACT_METRICS) {
        v = bind_metrics(b, f, n, holder);
    } else {
        v = bind_scalar(b, f, n);
        if (v.kind == VALUE_NONE) return v;
    }
    if (is_ref) vec_push(b->arena, &b->refs, (pending_ref){holder, f->slot, f, n});
    return v.kind == VALUE_ERROR ? value_unknown() : v;
}
