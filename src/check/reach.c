// SPDX-License-Identifier: Apache-2.0
//
// The places that a manifest reaches, read from its nodes before any law is loaded: its markets,
// and wherever a value of a country fact stands in its parties. Reading too many costs time, too
// few would miss law; so every text that is the code of a known place counts.
#include "check/check.h"

typedef vec(str) codes;

static void add(const ruleset *r, arena *a, codes *list, str code) {
    if (!place_known(&r->places, code)) return;
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->at[i], code)) return;
    vec_push(a, list, code);
}

static void collect(const ruleset *r, arena *a, codes *list, const node *n) {
    if (doc_is_scalar(n)) {
        add(r, a, list, n->text);
    } else if (n->kind == NODE_LIST) {
        for (uint32_t i = 0; i < n->count; i++)
            collect(r, a, list, n->u.items[i]);
    } else if (n->kind == NODE_MAP) {
        for (uint32_t i = 0; i < n->count; i++)
            collect(r, a, list, n->u.pairs[i].value);
    }
}

void check_reach(const ruleset *r, arena *a, const node *manifest, str **found, size_t *count) {
    codes list = {0};
    for (size_t i = 0; i < *count; i++)
        vec_push(a, &list, (*found)[i]);
    const entity *lists[] = {r->vocabulary.engine.markets, r->vocabulary.engine.parties};
    for (size_t i = 0; i < 2; i++) {
        const node *n = lists[i] && manifest->kind == NODE_MAP
                            ? doc_get_str(manifest, lists[i]->self.name)
                            : NULL;
        if (n) collect(r, a, &list, n);
    }
    *found = list.at;
    *count = list.len;
}

static bool was_reached(const ruleset *r, str code) {
    for (size_t i = 0; i < r->reach_count; i++)
        if (str_eq(r->reach[i], code)) return true;
    return false;
}

bool check_is_reached(const ruleset *r, arena *a, const node *manifest) {
    str *found = NULL;
    size_t count = 0;
    bool all = true;
    if (r->everything) return true;
    check_reach(r, a, manifest, &found, &count);
    for (size_t i = 0; i < count; i++)
        all = all && was_reached(r, found[i]);
    return all;
}
