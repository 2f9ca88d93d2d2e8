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

typedef struct merged_list {
    const record_def *def;
    const node **items;
    size_t count;
} merged_list;

static size_t find_entry(const merged_list *l, size_t from, str id) {
    while (from < l->count && !(id.len && str_eq(entry_id(l->def, l->items[from], NULL), id)))
        from++;
    return from;
}

static void merge_entry(patcher *p, merged_list *l, const node *change) {
    str id = entry_id(l->def, change, NULL);
    size_t at = find_entry(l, 0, id);
    if (at < l->count && find_entry(l, at + 1, id) < l->count)
        diag_add(p->diags, DIAG_DUPLICATE_ID, change->at, STR("give one of them another `id`"),
                 "two entries are called `%.*s`: which one is meant?", STR_ARG(id));
    if (at == l->count && asks_removal(change)) {
        diag_add(p->diags, DIAG_DANGLING_REFERENCE, change->at, STR("take the line out"),
                 "there is no entry `%.*s` to remove", STR_ARG(id));
    } else if (asks_removal(change)) {
        for (size_t k = at + 1; k < l->count; k++)
            l->items[k - 1] = l->items[k];
        l->count--;
    } else if (at == l->count) {
        l->items[l->count++] = change;
    } else {
        l->items[at] = merge_record(p, l->def, l->items[at], change);
    }
}

// The word that leaves a list open, at its end; NULL: the list is complete.
static const node *open_end(const node *const *items, size_t *count) {
    if (*count == 0 || !is_unknown_word(items[*count - 1])) return NULL;
    return items[--*count];
}

// A list that goes on does so with what a patch adds to it, too.
static const node *merge_list(patcher *p, const record_def *def, const node *base,
                              const node *patch) {
    size_t old_count = 0, new_count = 0;
    const node *const *old = bind_items(&base, &old_count), *const *new =
                                                                bind_items(&patch, &new_count);
    const node *old_end = open_end(old, &old_count), *new_end = open_end(new, &new_count);
    merged_list l = {def, arena_array(p->arena, const node *, old_count + new_count + 1), 0};
    for (size_t i = 0; i < old_count; i++)
        l.items[l.count++] = old[i];
    for (size_t i = 0; i < new_count; i++)
        merge_entry(p, &l, new[i]);
    if (old_end || new_end) l.items[l.count++] = new_end ? new_end : old_end;
    node *n = arena_new(p->arena, node);
    *n = (node){.kind = NODE_LIST,
                .style = STYLE_BLOCK,
                .count = (uint32_t)l.count,
                .at = patch->at,
                .u.items = l.items};
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
