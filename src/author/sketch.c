// SPDX-License-Identifier: Apache-2.0
//
// Trees of knots. Entries of lists are found by their `id`, which every entry made here has.
#include "author/sketch.h"

static knot *knot_new(arena *a, knot_kind kind) {
    knot *k = arena_new(a, knot);
    k->kind = kind;
    return k;
}

knot *knot_scalar(arena *a, str json) {
    knot *k = knot_new(a, KNOT_SCALAR);
    k->text = json;
    return k;
}

knot *knot_text(arena *a, str text) {
    buf b = {.arena = a};
    doc_write_json_string(&b, text);
    return knot_scalar(a, buf_str(&b));
}

knot *knot_list(arena *a) {
    return knot_new(a, KNOT_LIST);
}

knot *knot_map(arena *a) {
    return knot_new(a, KNOT_MAP);
}

void knot_add(arena *a, knot *list, knot *item) {
    vec_push(a, &list->parts, item);
}

knot *knot_get(const knot *map, str key) {
    for (size_t i = 0; i < map->parts.len; i++)
        if (str_eq(map->parts.at[i]->key, key)) return map->parts.at[i];
    return NULL;
}

void knot_put(arena *a, knot *map, str key, knot *part) {
    part->key = key;
    for (size_t i = 0; i < map->parts.len; i++) {
        if (!str_eq(map->parts.at[i]->key, key)) continue;
        map->parts.at[i] = part;
        return;
    }
    vec_push(a, &map->parts, part);
}

// Choices are a few levels deep, never more than a vocabulary nests.
knot *knot_copy(arena *a, const knot *k) {
    knot *copy = knot_new(a, k->kind);
    copy->key = k->key;
    copy->text = k->text;
    for (size_t i = 0; i < k->parts.len; i++)
        vec_push(a, &copy->parts, knot_copy(a, k->parts.at[i]));
    return copy;
}

// --- paths

static bool is_called(const knot *entry, str quoted) {
    const knot *id = entry->kind == KNOT_MAP ? knot_get(entry, STR("id")) : NULL;
    return id && str_eq(id->text, quoted);
}

static knot *entry_of(arena *a, knot *list, str id) {
    str quoted = knot_text(a, id)->text;
    for (size_t i = 0; i < list->parts.len; i++)
        if (is_called(list->parts.at[i], quoted)) return list->parts.at[i];
    knot *entry = knot_map(a);
    knot_put(a, entry, STR("id"), knot_text(a, id));
    knot_add(a, list, entry);
    return entry;
}

static knot *part_of(arena *a, knot *map, str name, knot_kind kind) {
    knot *part = knot_get(map, name);
    if (!part) {
        part = knot_new(a, kind);
        knot_put(a, map, name, part);
    }
    return part->kind == kind ? part : NULL;
}

void sketch_need(arena *a, knot *root, str list, const knot *entry) {
    knot *in = part_of(a, root, list, KNOT_LIST);
    for (size_t i = 0; in && i < in->parts.len; i++)
        if (is_called(in->parts.at[i], knot_get(entry, STR("id"))->text)) return;
    if (in) knot_add(a, in, knot_copy(a, entry));
}

bool sketch_set(arena *a, knot *root, str path, knot *what) {
    knot *here = root;
    for (size_t at = 0, to; here; at = to + 1) {
        for (to = at; to < path.len && path.ptr[to] != '.' && path.ptr[to] != '[';)
            to++;
        str name = str_sub(path, at, to);
        if (to == path.len) {
            knot_put(a, here, name, what);
            return true;
        }
        if (path.ptr[to] == '.') {
            here = part_of(a, here, name, KNOT_MAP);
            continue;
        }
        at = to + 1;
        while (to < path.len && path.ptr[to] != ']')
            to++;
        here = part_of(a, here, name, KNOT_LIST);
        if (here) here = entry_of(a, here, str_sub(path, at, to));
        if (to + 1 >= path.len) return here != NULL; // an entry by itself
        to++;                                        // its dot
    }
    return false;
}

// --- writing

void knot_write(buf *out, const knot *k) {
    if (k->kind == KNOT_SCALAR) {
        buf_add(out, k->text);
        return;
    }
    buf_addc(out, k->kind == KNOT_MAP ? '{' : '[');
    for (size_t i = 0; i < k->parts.len; i++) {
        if (i) buf_adds(out, ", ");
        if (k->kind == KNOT_MAP) {
            doc_write_json_string(out, k->parts.at[i]->key);
            buf_adds(out, ": ");
        }
        knot_write(out, k->parts.at[i]);
    }
    buf_addc(out, k->kind == KNOT_MAP ? '}' : ']');
}
