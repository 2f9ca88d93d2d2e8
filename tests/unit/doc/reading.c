// SPDX-License-Identifier: Apache-2.0
#include "doc/reading.h"
#include "unit.h"

#include <stdio.h>

void begin_reading(reading *r, doc_format format, const doc_limits *limits, str text) {
    arena_init(&r->arena, &unit_mem, NULL, 0);
    r->diags = (diags){.arena = &r->arena};
    r->ok = doc_read(&r->docs, &r->arena, &r->diags, limits ? limits : &doc_default_limits, format,
                     STR("text"), text);
}

void end_reading(reading *r) {
    arena_free(&r->arena);
}

str as_json(reading *r) {
    buf b = {.arena = &r->arena};
    if (!r->ok) return STR("(error)");
    if (r->docs.list.len != 1) return str_format(&r->arena, "(%zu documents)", r->docs.list.len);
    doc_write_json(&b, r->docs.list.at[0]);
    return buf_str(&b);
}

str read_test_file(arena *a, const char *path) {
    buf b = {.arena = a};
    char part[8192];
    FILE *f = fopen(path, "rb");
    if (!f) return (str){0};
    buf_add(&b, STR(""));
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_add(&b, (str){part, n});
    fclose(f);
    return b.ptr ? buf_str(&b) : STR("");
}

static bool same_nodes(const node *a, const node *b) {
    if (a->kind != b->kind || a->style != b->style || a->at.from != b->at.from ||
        a->at.to != b->at.to || a->count != b->count)
        return false;
    if (doc_is_scalar(a)) // not a number is never equal
        return str_eq(a->text, b->text) && (a->kind == NODE_DOUBLE || doc_equal(a, b));
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->kind == NODE_LIST && !same_nodes(a->u.items[i], b->u.items[i])) return false;
        if (a->kind == NODE_MAP && (!same_nodes(a->u.pairs[i].key, b->u.pairs[i].key) ||
                                    !same_nodes(a->u.pairs[i].value, b->u.pairs[i].value)))
            return false;
    }
    return true;
}

bool same_trees(const docs *a, const docs *b) {
    if (a->list.len != b->list.len) return false;
    for (size_t i = 0; i < a->list.len; i++)
        if (!same_nodes(a->list.at[i], b->list.at[i])) return false;
    return true;
}

bool libyaml_agrees(str text, const doc_limits *limits) {
    reading ours, theirs;
    doc_limits by_libyaml = *limits;
    by_libyaml.libyaml = true;
    begin_reading(&ours, DOC_YAML, limits, text);
    begin_reading(&theirs, DOC_YAML, &by_libyaml, text);
    bool same = ours.ok == theirs.ok && ours.diags.list.len == theirs.diags.list.len &&
                (!ours.ok || same_trees(&ours.docs, &theirs.docs));
    for (size_t i = 0; same && i < ours.diags.list.len; i++) {
        const diag *x = &ours.diags.list.at[i], *y = &theirs.diags.list.at[i];
        same = str_eq(x->message, y->message) && x->at.from == y->at.from && x->at.to == y->at.to;
    }
    end_reading(&theirs);
    end_reading(&ours);
    return same;
}
