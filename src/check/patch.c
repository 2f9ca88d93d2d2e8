// SPDX-License-Identifier: Apache-2.0
//
// The merge of a patch into a manifest, by the vocabulary: maps merge, lists of records merge entry
// by entry where their records have a key, other values replace. Nodes are shared where nothing
// changes, so that every place still points into the text it came from.
#include "check/bind.h"

typedef struct patcher {
    arena *arena;
    diags *diags;
    const ruleset *rules;
} patcher;

static const node *merge_fact(patcher *p, const fact *f, const node *base, const node *patch);

static node *copy_map(patcher *p, const node *base, size_t room) {
    node *n = arena_new(p->arena, node);
    *n = *base;
    pair *pairs = arena_array(p->arena, pair, base->count + room + 1);
    for (size_t i = 0; i < base->count; i++)
        pairs[i] = base->u.pairs[i];
    n->u.pairs = pairs;
    n->sorted = NULL; // it is of the pairs before
    return n;
}

static void put(node *in, const node *key, const node *with) {
    pair *pairs = (pair *)in->u.pairs;
    for (size_t i = 0; i < in->count; i++) {
        if (!str_eq(pairs[i].key->text, key->text)) continue;
        pairs[i].value = with;
        return;
    }
    pairs[in->count++] = (pair){key, with};
}

// A short form as the map that it stands for; NULL where it has none.
static const node *as_map(patcher *p, const record_def *def, const node *n) {
    if (n->kind == NODE_MAP) return n;
    if (!doc_is_scalar(n) || !def->short_fact.len) return NULL;
    node *key = arena_new(p->arena, node), *whole = arena_new(p->arena, node);
    pair *pairs = arena_new(p->arena, pair);
    *key = (node){.kind = NODE_STRING, .style = STYLE_PLAIN, .at = n->at, .text = def->short_fact};
    *pairs = (pair){key, n};
    *whole =
        (node){.kind = NODE_MAP, .style = STYLE_FLOW, .count = 1, .at = n->at, .u.pairs = pairs};
    return whole;
}

static const node *merge_record(patcher *p, const record_def *def, const node *base,
                                const node *patch) {
    const node *from = as_map(p, def, base), *with = as_map(p, def, patch);
    if (!from || !with) return patch;
    node *n = copy_map(p, from, with->count);
    for (size_t i = 0; i < with->count; i++) {
        const pair *change = &with->u.pairs[i];
        const fact *f = record_fact(def, change->key->text);
        const node *old = doc_get_str(from, change->key->text);
        put(n, change->key, f && old ? merge_fact(p, f, old, change->value) : change->value);
    }
    return n;
}

static bool asks_removal(const node *n) {
    const node *remove = n->kind == NODE_MAP ? doc_get(n, "remove") : NULL;
    return remove && remove->kind == NODE_BOOL && remove->u.b;
}

static const node *merge_list(patcher *p, const record_def *def, const node *base,
                              const node *patch) {
    size_t old_count = 0, new_count = 0, count = 0;
    const node *const *old = bind_items(&base, &old_count), *const *new =
                                                                bind_items(&patch, &new_count);
    const node **items = arena_array(p->arena, const node *, old_count + new_count + 1);
    for (size_t i = 0; i < old_count; i++)
        items[count++] = old[i];
    for (size_t i = 0; i < new_count; i++) {
        str id = entry_id(def, new[i], NULL);
        size_t at = 0;
        while (at < count && !(id.len && str_eq(entry_id(def, items[at], NULL), id)))
            at++;
        if (at == count && asks_removal(new[i])) {
            diag_add(p->diags, DIAG_DANGLING_REFERENCE, new[i]->at, STR("take the line out"),
                     "there is no entry `%.*s` to remove", STR_ARG(id));
        } else if (asks_removal(new[i])) {
            for (size_t k = at + 1; k < count; k++)
                items[k - 1] = items[k];
            count--;
        } else if (at == count) {
            items[count++] = new[i];
        } else {
            items[at] = merge_record(p, def, items[at], new[i]);
        }
    }
    node *n = arena_new(p->arena, node);
    *n = (node){.kind = NODE_LIST,
                .style = STYLE_BLOCK,
                .count = (uint32_t)count,
                .at = patch->at,
                .u.items = items};
    return n;
}

static const node *merge_fact(patcher *p, const fact *f, const node *base, const node *patch) {
    bool whole = is_unknown_word(patch) || is_none_word(f, patch) || is_unknown_word(base) ||
                 is_none_word(f, base);
    if (whole || f->kind == FACT_METRIC) return patch;
    if (f->kind == FACT_METRICS && base->kind == NODE_MAP && patch->kind == NODE_MAP) {
        node *n = copy_map(p, base, patch->count);
        for (size_t i = 0; i < patch->count; i++)
            put(n, patch->u.pairs[i].key, patch->u.pairs[i].value);
        return n;
    }
    if (f->kind != FACT_RECORD) return patch;
    if (!f->list) return merge_record(p, f->record, base, patch);
    return f->record->key_fact.len ? merge_list(p, f->record, base, patch) : patch;
}

const node *facts_patch(const ruleset *r, arena *a, diags *d, const node *manifest,
                        const node *patch) {
    patcher p = {a, d, r};
    if (patch->kind != NODE_MAP || manifest->kind != NODE_MAP) {
        diag_add(d, DIAG_WRONG_TYPE, patch->at, STR("write a map of what differs"),
                 "a patch is a map, this is %s", doc_kind_name(patch->kind));
        return manifest;
    }
    node *n = copy_map(&p, manifest, patch->count);
    for (size_t i = 0; i < patch->count; i++) {
        const pair *change = &patch->u.pairs[i];
        const entity *e = vocabulary_entity(&r->vocabulary, change->key->text);
        const node *old = doc_get_str(manifest, change->key->text);
        put(n, change->key,
            e && old ? merge_fact(&p, &e->self, old, change->value) : change->value);
    }
    return n;
}
