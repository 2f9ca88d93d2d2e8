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

// The place that a code lies in by its beginning: `US-NY` for `US-NY-NYC`.
static str without_part(str code) {
    for (size_t i = code.len; i > 0; i--)
        if (code.ptr[i - 1] == '-') return str_sub(code, 0, i - 1);
    return STR("");
}

static void add_groups(const places *p, arena *a, str code, codes *out) {
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        const jurisdiction *j = p->jurisdictions.entries[i].value;
        bool inside = j->everything;
        for (size_t k = 0; k < j->members.len && !inside; k++)
            inside = str_eq(j->members.at[k].of, code);
        if (inside) add_code(a, out, j->code);
    }
}

// What is found is looked at in its turn.
void place_containers(const places *p, arena *a, str code, codes *out) {
    size_t next = out->len;
    add_code(a, out, code);
    for (; next < out->len; next++) {
        str here = out->at[next];
        const jurisdiction *j = map_get(&p->jurisdictions, here);
        if (without_part(here).len) add_code(a, out, without_part(here));
        for (size_t i = 0; j && i < j->parents.len; i++)
            add_code(a, out, j->parents.at[i].of);
        add_groups(p, a, here, out);
    }
}

static bool lies_in(const places *p, str inner, str outer, unsigned depth) {
    enum { DEPTH_MAX = 12 }; // deeper than a city in a state in a country in a union in the world
    if (depth == DEPTH_MAX || inner.len == 0) return false;
    const jurisdiction *in = map_get(&p->jurisdictions, inner);
    const jurisdiction *out = map_get(&p->jurisdictions, outer);
    str above = without_part(inner);
    if (out && out->everything) return true;
    for (size_t i = 0; out && i < out->members.len; i++)
        if (str_eq(out->members.at[i].of, inner)) return true;
    for (size_t i = 0; in && i < in->parents.len; i++)
        if (str_eq(in->parents.at[i].of, outer) ||
            lies_in(p, in->parents.at[i].of, outer, depth + 1))
            return true;
    return above.len && (str_eq(above, outer) || lies_in(p, above, outer, depth + 1));
}

bool place_lies_in(const places *p, str inner, str outer) {
    return !str_eq(inner, outer) && lies_in(p, inner, outer, 0);
}
