// SPDX-License-Identifier: Apache-2.0
//
// Which places and groups a code lies in on any day: what a question about it can reach. Takes
// every membership as lasting, so that it never reaches less than place_within.
#include "law/lookup.h"

static void add_code(arena *a, codes *out, str code) {
    for (size_t i = 0; i < out->len; i++)
        if (str_eq(out->at[i], code)) return;
    vec_push(a, out, code);
}

// What is found is looked at in its turn.
void place_containers(const places *p, arena *a, str code, codes *out) {
    size_t next = out->len;
    add_code(a, out, code);
    for (; next < out->len; next++) {
        str here = out->at[next], outward = place_outward(p, here);
        const containers *in = map_get(&p->containers, here);
        if (outward.len) add_code(a, out, outward);
        for (size_t i = 0; in && i < in->list.len; i++)
            add_code(a, out, in->list.at[i].code);
    }
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        const jurisdiction *j = p->jurisdictions.entries[i].value;
        if (j->everything) add_code(a, out, j->code);
    }
}

enum { DEPTH_MAX = 12 }; // deeper than a city in a state in a country in a union in the world

static bool lies_in(const places *p, str inner, str outer, unsigned depth) {
    for (unsigned n = 0; inner.len && n < DEPTH_MAX && depth < DEPTH_MAX; n++) {
        const containers *in = map_get(&p->containers, inner);
        if (depth + n > 0 && str_eq(inner, outer)) return true;
        for (size_t i = 0; in && i < in->list.len; i++)
            if (lies_in(p, in->list.at[i].code, outer, depth + 1)) return true;
        inner = place_outward(p, inner);
    }
    return false;
}

bool place_lies_in(const places *p, str inner, str outer) {
    const jurisdiction *j = map_get(&p->jurisdictions, outer);
    if (str_eq(inner, outer)) return false;
    return (j && j->everything) || lies_in(p, inner, outer, 0);
}
