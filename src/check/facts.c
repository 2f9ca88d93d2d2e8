// SPDX-License-Identifier: Apache-2.0
//
// Binding as a whole, in the order that the manual gives: top level, the market's patch, cut to the
// market, references, defaults. It is done anew for each place asked about: that costs less than to
// keep track of what differs.
#include "check/facts.h"
#include "check/bind.h"

typedef vec(value) vec_values;

static const entity *markets_of(const ruleset *r) {
    return r->vocabulary.engine.markets;
}

const node *const *facts_markets(const ruleset *r, diags *d, const node *manifest, size_t *count) {
    const entity *markets = markets_of(r);
    const node *list =
        markets && manifest->kind == NODE_MAP ? doc_get_str(manifest, markets->self.name) : NULL;
    *count = 0;
    if (!list || list->kind == NODE_NULL || (list->kind == NODE_LIST && list->count == 0) ||
        is_none_word(&markets->self, list) || is_unknown_word(list)) {
        str name = markets ? markets->self.name : STR("markets");
        diag_add(d, DIAG_NO_MARKET, list ? list->at : manifest->at,
                 str_format(d->arena, "add `%.*s:` with the codes of its places", STR_ARG(name)),
                 "the manifest names no market: there is nothing to check");
        return NULL;
    }
    const node **keep = arena_new(d->arena, const node *);
    *keep = list;
    return bind_items(keep, count);
}

const node *facts_market_value(const ruleset *r, const node *market, const fact *f) {
    if (!f) return NULL;
    if (market->kind == NODE_MAP) return doc_get_str(market, f->name);
    return str_eq(markets_of(r)->record->short_fact, f->name) ? market : NULL;
}

static void bind_global(binder *b, size_t number, const entity *e) {
    facts *f = b->facts;
    fact self = e->self;
    self.slot = (uint32_t)(FACTS_FIRST_ENTITY + number); // globals are the slots of the manifest
    const node *n = doc_get_str(f->root, self.name);
    if (n && n->kind == NODE_NULL) {
        bind_error(b, DIAG_NULL_VALUE, n->at.from == n->at.to ? f->root : n,
                   STR("write `unknown`, `none`, or leave it out"), "`%.*s` has no value",
                   STR_ARG(self.name));
        n = NULL;
    }
    f->stated[self.slot] = n;
    fact *keep = arena_new(b->arena, fact);
    *keep = self;
    if (!n && self.absent == ABSENT_REQUIRED && e != markets_of(b->rules))
        bind_error(b, DIAG_MISSING_FACT, f->root, self.ask, "the manifest needs `%.*s`",
                   STR_ARG(self.name));
    if (e->shape == ENTITY_MAP)
        f->globals[self.slot] =
            value_record(bind_record(b, e->record, n && is_unknown_word(n) ? NULL : n, NULL, keep));
    else if (n)
        f->globals[self.slot] = bind_fact(b, keep, n, NULL);
    else if (self.absent == ABSENT_EMPTY || self.absent == ABSENT_NONE)
        f->globals[self.slot] = value_list_of(b->arena, NULL, 0, false);
}

// Entries by id. Two of one id are wrong where the id is written as such, or where somebody refers
// to it, which `bind_references` finds out.
static void index_ids(binder *b) {
    facts *f = b->facts;
    for (size_t i = 0; i < f->records.len; i++) {
        record *r = f->records.at[i];
        const fact_origin *o = origin_of(r);
        if (o->parent || !o->as->list) continue;
        for (size_t e = 0; e < b->vocabulary->entities.len; e++) {
            if (b->vocabulary->entities.at[e]->record != o->def) continue;
            if (map_has(&f->ids[e], r->id) && doc_is_scalar(o->name_node)) {
                const fact_origin *first = origin_of(map_get(&f->ids[e], r->id));
                if (doc_get(o->node, "id") || first->name_node == first->node ||
                    str_is(o->def->key_fact, "id"))
                    bind_error(b, DIAG_DUPLICATE_ID, o->name_node,
                               STR("give one of them another `id`"),
                               "two entries of `%.*s` are called `%.*s`", STR_ARG(o->as->name),
                               STR_ARG(r->id));
                map_put(b->arena, &f->repeated[e], r->id, r);
                ((fact_origin *)o)->label = str_format(b->arena, "%.*s#%zu", STR_ARG(r->id), i);
                continue;
            }
            map_put(b->arena, &f->ids[e], r->id, r);
        }
    }
}

// A bare name that is no party's id stands for a party of which only the name is known.
// A bare name may stand for a party of which nothing else is known; one that is nearly the id of a
// party is more likely that party, misspelt.
static void doubt_name(binder *b, const value_list *parties, const node *name) {
    size_t count = parties ? parties->count : 0;
    str *ids = arena_array(b->arena, str, count + 1);
    for (size_t i = 0; i < count; i++)
        ids[i] = parties->items[i].u.record->id;
    str hint = diag_did_you_mean(b->arena, name->text, ids, count);
    if (hint.len)
        bind_error(
            b, DIAG_NEW_PARTY, name, hint,
            "`%.*s` is none of the parties: it stands for one of which only the name is known",
            STR_ARG(name->text));
}

static void name_operator(binder *b) {
    const engine_facts *engine = &b->vocabulary->engine;
    if (!engine->operator_ || !engine->parties) return;
    facts *f = b->facts;
    for (size_t e = 0; e < b->vocabulary->entities.len; e++) {
        if (b->vocabulary->entities.at[e] != engine->operator_) continue;
        value v = f->globals[FACTS_FIRST_ENTITY + e];
        if (v.kind != VALUE_STRING) return;
        for (size_t p = 0; p < b->vocabulary->entities.len; p++) {
            if (b->vocabulary->entities.at[p] != engine->parties ||
                map_has(&f->ids[p], value_text(v)))
                continue;
            record *r = bind_record(b, engine->parties->record, NULL, NULL, &engine->parties->self);
            fact_origin *o = (fact_origin *)r->origin;
            r->id = o->label = value_text(v);
            o->node = o->name_node = f->stated[FACTS_FIRST_ENTITY + e];
            map_put(b->arena, &f->ids[p], r->id, r);
            value *list = &f->globals[FACTS_FIRST_ENTITY + p];
            const value_list *old = list->kind == VALUE_LIST ? list->u.list : NULL;
            uint32_t count = old ? old->count : 0;
            doubt_name(b, old, o->node);
            value *items = arena_array(b->arena, value, count + 1);
            for (uint32_t i = 0; i < count; i++)
                items[i] = old->items[i];
            items[count] = value_record(r);
            value_list *longer = arena_new(b->arena, value_list);
            // Whose list is not stated may have others.
            *longer = old ? *old : (value_list){.key = -1, .keyed = true, .open = true};
            longer->count = count + 1;
            longer->items = items;
            *list = (value){.kind = VALUE_LIST, .u.list = longer};
        }
    }
}

static value list_of_parties(const facts *f) {
    for (size_t e = 0; e < f->rules->vocabulary.entities.len; e++)
        if (f->rules->vocabulary.entities.at[e] == f->rules->vocabulary.engine.parties)
            return f->globals[FACTS_FIRST_ENTITY + e];
    return value_list_of(f->arena, NULL, 0, false);
}

// What one party has taken on. False: it may have taken on more.
static bool add_engagements(vec_values *all, const facts *f, const record *party) {
    const engine_facts *engine = &f->rules->vocabulary.engine;
    value list = party->slots[engine->engagements->slot];
    if (list.kind != VALUE_LIST) return list.kind != VALUE_UNKNOWN;
    for (uint32_t i = 0; i < list.u.list->count; i++) {
        const record *r = list.u.list->items[i].u.record;
        r->slots[engine->engagement_party] = value_record(party);
        vec_push(f->arena, all, list.u.list->items[i]);
    }
    return !list.u.list->open;
}

void facts_gather_engagements(facts *f) {
    const engine_facts *engine = &f->rules->vocabulary.engine;
    vec_values all = {0};
    value_list *list = arena_new(f->arena, value_list);
    *list = (value_list){.key = -1};
    if (engine->engagements) {
        value parties = list_of_parties(f);
        bind_key(list, engine->engagements->record);
        list->open = parties.kind != VALUE_LIST || parties.u.list->open;
        for (uint32_t i = 0; parties.kind == VALUE_LIST && i < parties.u.list->count; i++)
            if (!add_engagements(&all, f, parties.u.list->items[i].u.record)) list->open = true;
    }
    list->count = (uint32_t)all.len;
    list->items = all.at;
    f->globals[FACTS_ENGAGEMENTS] = (value){.kind = VALUE_LIST, .u.list = list};
}

static void find_market(binder *b) {
    facts *f = b->facts;
    for (size_t i = 0; i < f->records.len; i++) {
        const fact_origin *o = origin_of(f->records.at[i]);
        if (o->node == f->market_node) f->globals[FACTS_MARKET] = value_record(f->records.at[i]);
    }
}

// What a market changes are facts about the launch there, never which markets there are.
static const node *patched(binder *b, const node *manifest) {
    facts *f = b->facts;
    const engine_facts *engine = &b->vocabulary->engine;
    const node *patch =
        f->market_node->kind == NODE_MAP ? doc_get_str(f->market_node, engine->market_patch) : NULL;
    if (!patch) return manifest;
    for (size_t i = 0; patch->kind == NODE_MAP && i < patch->count; i++) {
        const node *key = patch->u.pairs[i].key;
        if (str_eq(key->text, engine->markets->self.name) || str_is(key->text, "obstat"))
            bind_error(b, DIAG_UNKNOWN_FACT, key, STR("state it outside of the patch"),
                       "`%.*s` cannot differ from market to market", STR_ARG(key->text));
    }
    return facts_patch(b->rules, b->arena, b->diags, manifest, patch);
}

static void unknown_entities(binder *b) {
    const vocabulary *v = b->vocabulary;
    const node *root = b->facts->root;
    for (size_t i = 0; i < root->count; i++) {
        const node *key = root->u.pairs[i].key;
        if (str_is(key->text, "obstat") || vocabulary_entity(v, key->text)) continue;
        str *names = arena_array(b->arena, str, v->entities.len + 1);
        for (size_t e = 0; e < v->entities.len; e++)
            names[e] = v->entities.at[e]->self.name;
        str hint = diag_did_you_mean(b->arena, key->text, names, v->entities.len);
        bind_error(b, DIAG_UNKNOWN_FACT, key,
                   hint.len ? hint : STR("what a manifest may state stands in the vocabulary"),
                   "`%.*s` is no part of a manifest", STR_ARG(key->text));
    }
}

bool facts_bind(facts *f, const ruleset *r, arena *a, diags *d, const node *manifest,
                const node *market, str place, day as_of) {
    size_t before = d->errors, globals = r->facts->variables.len;
    const node *code = facts_market_value(r, market, r->vocabulary.engine.market_place);
    *f = (facts){.rules = r,
                 .arena = a,
                 .diags = d,
                 .market_node = market,
                 .market = code ? code->text : place,
                 .place = place,
                 .as_of = as_of};
    f->globals = arena_array(a, value, globals + 1);
    f->items = arena_array(a, const node *const *, globals + 1);
    f->stated = arena_array(a, const node *, globals + 1);
    f->ids = arena_array(a, map, r->vocabulary.entities.len + 1);
    f->repeated = arena_array(a, map, r->vocabulary.entities.len + 1);
    binder b = {.facts = f, .arena = a, .diags = d, .vocabulary = &r->vocabulary, .rules = r};
    f->root = patched(&b, manifest);
    unknown_entities(&b);
    f->globals[FACTS_AS_OF] = value_date(as_of);
    f->globals[FACTS_PLACE] = value_string(place);
    for (size_t i = 0; i < r->vocabulary.entities.len; i++)
        bind_global(&b, i, r->vocabulary.entities.at[i]);
    find_market(&b);
    index_ids(&b);
    name_operator(&b);
    bind_references(&b);
    bind_defaults(&b);
    bind_opinions(&b);
    facts_gather_engagements(f);
    return d->errors == before;
}
