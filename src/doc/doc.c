// SPDX-License-Identifier: Apache-2.0
//
// Reading by format, and the questions that the rest asks of a tree. The readers themselves are
// json.c and yaml.c.
#include "doc/doc.h"
#include "doc/reader.h"

const doc_limits doc_default_limits = {
    .bytes = 10000000,
    .depth = 128,
    .nodes = 1000000,
    .scalar = 1000000,
    .documents = 10000,
    .directives = 64,
    .core_tags = false,
    .libyaml = false,
};

doc_format doc_format_of(str name) {
    return str_ends(name, STR(".json")) ? DOC_JSON : DOC_YAML;
}

// Errors of a map come when it closes, after those inside it; people read from the top.
static void sort_diags(diags *d, size_t first) {
    for (size_t i = first + 1; i < d->list.len; i++) {
        diag moved = d->list.at[i];
        size_t j = i;
        for (; j > first && d->list.at[j - 1].at.from > moved.at.from; j--)
            d->list.at[j] = d->list.at[j - 1];
        d->list.at[j] = moved;
    }
}

bool doc_read(docs *out, arena *a, diags *d, const doc_limits *limits, doc_format format, str name,
              str text) {
    size_t before = d->errors, listed = d->list.len;
    doc_limits own = *limits;
    if (own.depth > DOC_DEPTH_MAX) own.depth = DOC_DEPTH_MAX;
    if (own.bytes > UINT32_MAX - 1) own.bytes = UINT32_MAX - 1;
    *out = (docs){0};
    // An index of the lines of a text beyond the limit is not worth its memory.
    out->src = source_new(a, name, text.len > own.bytes ? str_sub(text, 0, 0) : text);
    if (text.len > own.bytes) {
        diag_add(d, DIAG_TOO_LARGE, (span){out->src, 0, 0}, STR("split it into several files"),
                 "the text has %zu bytes; the limit is %zu", text.len, own.bytes);
    } else if (format == DOC_JSON) {
        json_read(out, a, d, &own);
    } else {
        yaml_read(out, a, d, &own);
    }
    sort_diags(d, listed);
    if (d->errors == before) return true;
    out->list.len = 0;
    return false;
}

static const node *find_sorted(const node *map, str key) {
    size_t low = 0, high = map->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const pair *p = &map->u.pairs[map->sorted[middle]];
        int order = str_cmp(p->key->text, key);
        if (order == 0) return p->value;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const node *doc_get_str(const node *map, str key) {
    if (map->kind != NODE_MAP) return NULL;
    if (map->sorted) return find_sorted(map, key);
    for (uint32_t i = 0; i < map->count; i++)
        if (str_eq(map->u.pairs[i].key->text, key)) return map->u.pairs[i].value;
    return NULL;
}

const node *doc_get(const node *map, const char *key) {
    return doc_get_str(map, str_of(key));
}

bool doc_is_scalar(const node *n) {
    return n->kind != NODE_LIST && n->kind != NODE_MAP;
}

const char *doc_kind_name(node_kind kind) {
    static const char *const names[] = {
        [NODE_NULL] = "nothing (null)", [NODE_BOOL] = "true or false",
        [NODE_INT] = "a whole number",  [NODE_DOUBLE] = "a number",
        [NODE_STRING] = "a text",       [NODE_LIST] = "a list",
        [NODE_MAP] = "a map",
    };
    return names[kind];
}

static bool equal_maps(const node *a, const node *b) {
    for (uint32_t i = 0; i < a->count; i++) {
        const pair *p = &a->u.pairs[i];
        bool same_place = str_eq(p->key->text, b->u.pairs[i].key->text);
        const node *other = same_place ? b->u.pairs[i].value : doc_get_str(b, p->key->text);
        if (!other || !doc_equal(p->value, other)) return false;
    }
    return true;
}

static bool equal_numbers(const node *a, const node *b) {
    if (a->kind == NODE_INT && b->kind == NODE_INT) return a->u.i == b->u.i;
    if (a->kind == NODE_DOUBLE && b->kind == NODE_DOUBLE) return a->u.d == b->u.d;
    double d = a->kind == NODE_DOUBLE ? a->u.d : b->u.d;
    int64_t i = a->kind == NODE_INT ? a->u.i : b->u.i;
    // Exactly: a double beyond 2^53 may stand for several integers. 2^63 itself is none.
    return d >= -9223372036854775808.0 && d < 9223372036854775808.0 && (double)(int64_t)d == d &&
           (int64_t)d == i;
}

bool doc_equal(const node *a, const node *b) {
    bool numbers = (a->kind == NODE_INT || a->kind == NODE_DOUBLE) &&
                   (b->kind == NODE_INT || b->kind == NODE_DOUBLE);
    if (numbers) return equal_numbers(a, b);
    if (a == b) return true;
    if (a->kind != b->kind || a->count != b->count) return false;
    switch ((node_kind)a->kind) {
    case NODE_BOOL: return a->u.b == b->u.b;
    case NODE_STRING: return str_eq(a->text, b->text);
    case NODE_MAP: return equal_maps(a, b);
    case NODE_LIST:
        for (uint32_t i = 0; i < a->count; i++)
            if (!doc_equal(a->u.items[i], b->u.items[i])) return false;
        return true;
    default: return true; // null; numbers are above
    }
}
