// SPDX-License-Identifier: Apache-2.0
//
// Keys of a large map are sorted once, when it closes: that finds duplicates and is the index of
// doc_get. Sorting, unlike hashing, has no input that makes it slow.
#include "doc/build.h"
#include "doc/core.h"

#include <string.h>

enum { SMALL_MAP = 8 }; // pairs up to which keys are compared one with another

frame *build_top(const builder *b) {
    return b->frames.len ? &b->frames.at[b->frames.len - 1] : NULL;
}

bool build_wants_key(const builder *b) {
    const frame *f = build_top(b);
    return f && f->kind == NODE_MAP && (b->values.len - f->first) % 2 == 0;
}

static bool too_large(builder *b, span at, const char *what, size_t limit) {
    diag_add(b->diags, DIAG_TOO_LARGE, at, STR("split it into several files"),
             "%s; the limit is %zu", what, limit);
    return false;
}

static bool count_node(builder *b, span at) {
    if (b->nodes >= b->limits->nodes)
        return too_large(b, at, "the text has too many values", b->limits->nodes);
    b->nodes++;
    return true;
}

// A finished value becomes the next of its parent.
static void put(builder *b, const node *n, weight w) {
    vec_push(b->scratch, &b->values, n);
    b->last = w;
    frame *f = build_top(b);
    if (!f) return;
    f->weight.nodes += w.nodes;
    f->weight.bytes += w.bytes;
    if (w.depth + 1 > f->weight.depth) f->weight.depth = w.depth + 1;
}

const node *build_scalar(builder *b, node n) {
    if (!count_node(b, n.at)) return NULL;
    if (n.text.len > b->limits->scalar) {
        too_large(b, n.at, "this text is too long", b->limits->scalar);
        return NULL;
    }
    node *made = arena_new(b->keep, node);
    *made = n;
    put(b, made, (weight){1, n.text.len, 1});
    return made;
}

bool build_no_key(builder *b, span at) {
    return build_scalar(b, (node){.kind = NODE_STRING, .at = at}) != NULL;
}

static bool too_deep(builder *b, span at) {
    diag_add(b->diags, DIAG_TOO_DEEP, at, STR("flatten the lists and maps around it"),
             "lists and maps are nested more than %zu deep here", b->limits->depth);
    return false;
}

bool build_open(builder *b, node_kind kind, node_style style, size_t from) {
    span at = {b->src, (uint32_t)from, (uint32_t)from + 1};
    if (!count_node(b, at)) return false;
    if (b->frames.len >= b->limits->depth) return too_deep(b, at);
    vec_push(b->scratch, &b->frames,
             (frame){.first = b->values.len,
                     .from = (uint32_t)from,
                     .kind = (uint8_t)kind,
                     .style = (uint8_t)style,
                     .weight = {1, 0, 1}});
    return true;
}

bool build_alias(builder *b, const node *n, weight w, span at) {
    if (b->frames.len + w.depth - 1 > b->limits->depth) return too_deep(b, at);
    b->aliased_bytes += w.bytes;
    if (w.nodes > b->limits->nodes - b->nodes || b->aliased_bytes > b->limits->bytes) {
        diag_add(b->diags, DIAG_ALIAS_BOMB, at, STR("write the values out where they are needed"),
                 "aliases expand this text to more than %zu values or %zu bytes", b->limits->nodes,
                 b->limits->bytes);
        return false;
    }
    b->nodes += w.nodes;
    put(b, n, w);
    return true;
}

void build_key_respelled(builder *b) {
    build_top(b)->respelled = true;
}

static void duplicate(builder *b, const node *first, const node *second) {
    if (first->at.from > second->at.from) {
        const node *swap = first;
        first = second;
        second = swap;
    }
    diag *d = diag_add(b->diags, DIAG_DUPLICATE_KEY, second->at,
                       STR("keep one of them: which one counts would be a guess"),
                       "the key `%.*s` is in this map twice",
                       (int)(second->text.len > 60 ? 60 : second->text.len), second->text.ptr);
    d->also = first->at;
}

// Merge sort, stable: of equal keys the first in the text stays first.
static void sort_keys(uint32_t *order, uint32_t *spare, const str *keys, uint32_t n) {
    for (uint32_t width = 1; width < n; width *= 2) {
        for (uint32_t low = 0; low < n; low += 2 * width) {
            uint32_t middle = n - low > width ? low + width : n;
            uint32_t high = n - middle > width ? middle + width : n;
            uint32_t i = low, j = middle;
            for (uint32_t k = low; k < high; k++) {
                bool left =
                    i < middle && (j >= high || str_cmp(keys[order[i]], keys[order[j]]) <= 0);
                spare[k] = left ? order[i++] : order[j++];
            }
        }
        memcpy(order, spare, n * sizeof *order);
    }
}

static void tell_duplicates(builder *b, const uint32_t *order, const str *keys, const pair *pairs,
                            uint32_t n) {
    for (uint32_t i = 1, first = 0; i < n; i++) {
        if (!str_eq(keys[order[i]], keys[order[first]]))
            first = i;
        else if (pairs[order[i]].key->text.ptr)
            duplicate(b, pairs[order[first]].key, pairs[order[i]].key);
    }
}

// The order of the keys by bytes, in `keep`. Reports duplicates on the way.
static const uint32_t *index_keys(builder *b, const pair *pairs, uint32_t n, bool respelled) {
    uint32_t *order = arena_array(b->keep, uint32_t, n);
    arena_mark mark = arena_here(b->scratch);
    uint32_t *spare = arena_array(b->scratch, uint32_t, n);
    str *keys = arena_array(b->scratch, str, n);
    for (int pass = respelled ? 0 : 1; pass < 2; pass++) {
        for (uint32_t i = 0; i < n; i++) {
            const node *key = pairs[i].key;
            bool plain = pass == 0 && key->style == STYLE_PLAIN;
            keys[i] = plain ? core_canonical(b->scratch, key->text) : key->text;
            order[i] = i;
        }
        sort_keys(order, spare, keys, n);
        if (pass == 0 || !respelled) tell_duplicates(b, order, keys, pairs, n);
    }
    arena_reset(b->scratch, mark);
    return order;
}

static void compare_keys(builder *b, const pair *pairs, uint32_t n, bool respelled) {
    arena_mark mark = arena_here(b->scratch);
    str keys[SMALL_MAP];
    for (uint32_t i = 0; i < n; i++) {
        const node *key = pairs[i].key;
        bool plain = respelled && key->style == STYLE_PLAIN && key->text.ptr;
        keys[i] = plain ? core_canonical(b->scratch, key->text) : key->text;
        for (uint32_t j = 0; j < i && keys[i].ptr; j++) {
            if (!keys[j].ptr || !str_eq(keys[i], keys[j])) continue;
            duplicate(b, pairs[j].key, key);
            break;
        }
    }
    arena_reset(b->scratch, mark);
}

static void close_map(builder *b, node *n, const frame *f, const node *const *values, size_t len) {
    pair *pairs = arena_array(b->keep, pair, len / 2);
    for (size_t i = 0; i < len / 2; i++)
        pairs[i] = (pair){values[2 * i], values[2 * i + 1]};
    n->count = (uint32_t)(len / 2);
    n->u.pairs = pairs;
    if (n->count > SMALL_MAP)
        n->sorted = index_keys(b, pairs, n->count, f->respelled);
    else
        compare_keys(b, pairs, n->count, f->respelled);
}

static void close_list(builder *b, node *n, const node *const *values, size_t len) {
    const node **items = arena_array(b->keep, const node *, len);
    if (len) memcpy(items, values, len * sizeof *items);
    n->count = (uint32_t)len;
    n->u.items = items;
}

const node *build_close(builder *b, size_t to) {
    frame f = b->frames.at[--b->frames.len];
    size_t len = b->values.len - f.first;
    node *n = arena_new(b->keep, node);
    *n = (node){.kind = f.kind, .style = f.style, .at = {b->src, f.from, (uint32_t)to}};
    const node *const *values = len ? b->values.at + f.first : NULL; // none: perhaps no array yet
    if (f.kind == NODE_MAP)
        close_map(b, n, &f, values, len);
    else
        close_list(b, n, values, len);
    b->values.len = f.first;
    put(b, n, f.weight);
    return n;
}

const node *build_finish(builder *b) {
    return b->values.at[--b->values.len];
}
