// SPDX-License-Identifier: Apache-2.0
//
// YAML and JSON: what is read has all its places inside the text, each part inside the whole, and
// is the same tree when it is written as JSON and read again. What is read without libyaml is what
// libyaml reads.
#include "doc/same.h"
#include "fuzz.h"

#include <math.h>

typedef struct reading {
    const source *src;
    bool finite; // no number that JSON has none for
    size_t left; // nodes that are still looked at: aliases may make many of few
} reading;

// --- places

// A character stands for itself, or an escape or a doubled quote for it.
static void judge_character(const node *scalar, span at, str character) {
    str written = str_sub(at.src->text, at.from, at.to);
    if (at.from == scalar->at.from && at.to == scalar->at.to && str_starts(written, STR("*")))
        return; // a key that is an alias is underlined as a whole
    bool escaped = scalar->style == STYLE_DOUBLE && str_starts(written, STR("\\"));
    bool doubled = scalar->style == STYLE_SINGLE && str_is(written, "''");
    MUST(str_eq(written, character) || escaped || (doubled && str_is(character, "'")),
         "`%.*s` stands for `%.*s` of `%.*s`", STR_ARG(written), STR_ARG(character),
         STR_ARG(scalar->text));
}

// Parts of a scalar lie in it, in their order. Of a long one the beginning is looked at: each
// question reads it from there.
static void judge_parts(const node *scalar) {
    enum { FEW = 80 };
    size_t next = 0, count = 0;
    span last = {scalar->at.src, scalar->at.from, scalar->at.from};
    while (next < scalar->text.len && count++ < FEW) {
        size_t from = next;
        int32_t c = utf8_next(scalar->text, &next);
        span at = doc_scalar_span(scalar, from, next);
        // What a line break was folded from may lie behind a block text.
        if (c == '\n' || c == ' ' || c == '\t') continue;
        MUST(at.src == scalar->at.src && at.from <= at.to && at.from >= last.from &&
                 at.to <= scalar->at.to,
             "byte %zu of `%.*s`: span %u-%u after %u-%u in %u-%u", from, STR_ARG(scalar->text),
             at.from, at.to, last.from, last.to, scalar->at.from, scalar->at.to);
        judge_character(scalar, at, str_sub(scalar->text, from, next));
        last = at;
    }
}

static void judge_node(reading *r, const node *n, span whole);

// An alias has the place of its anchor, which comes before whatever holds the alias.
static void judge_place(const reading *r, span at, span whole) {
    MUST(at.src == r->src && at.from <= at.to && at.to <= r->src->text.len,
         "span %u-%u of %zu bytes", at.from, at.to, r->src->text.len);
    MUST((at.from >= whole.from && at.to <= whole.to) || at.to <= whole.from,
         "span %u-%u is not in %u-%u", at.from, at.to, whole.from, whole.to);
}

static void judge_node(reading *r, const node *n, span whole) {
    size_t bad = 0;
    if (r->left == 0) return;
    r->left--;
    judge_place(r, n->at, whole);
    if (n->kind == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            judge_node(r, n->u.items[i], n->at);
    if (n->kind == NODE_MAP)
        for (uint32_t i = 0; i < n->count; i++) {
            const pair *p = &n->u.pairs[i];
            MUST(p->key->kind == NODE_STRING, "a key of another kind");
            judge_node(r, p->key, n->at);
            judge_node(r, p->value, n->at);
            MUST(doc_get_str(n, p->key->text) == p->value, "`%.*s` finds another value",
                 STR_ARG(p->key->text));
        }
    if (!doc_is_scalar(n)) return;
    MUST(utf8_valid(n->text, &bad), "the text is no UTF-8 at byte %zu", bad);
    if (n->kind == NODE_DOUBLE && !isfinite(n->u.d)) r->finite = false;
    judge_parts(n);
}

// --- the same tree again

static void judge_json(arena *a, const node *n) {
    buf out = {.arena = a}, again = {.arena = a};
    diags d = {.arena = a};
    docs read;
    doc_write_json(&out, n);
    str text = buf_str(&out);
    bool good = doc_read(&read, a, &d, &doc_default_limits, DOC_JSON, STR("again"), text);
    MUST(good && read.list.len == 1, "what was written is not read: %.*s", STR_ARG(text));
    MUST(doc_equal(n, read.list.at[0]), "read as another tree: %.*s", STR_ARG(text));
    doc_write_json(&again, read.list.at[0]);
    MUST(str_eq(text, buf_str(&again)), "written otherwise: %.*s", STR_ARG(text));
}

static void read_document(arena *a, str input, doc_format format) {
    diags d = {.arena = a};
    docs read;
    bool good = doc_read(&read, a, &d, &doc_default_limits, format, STR("input"), input);
    MUST(good == (d.errors == 0), "%zu errors", d.errors);
    MUST(good || read.list.len == 0, "documents in spite of errors");
    fuzz_judge_diags(&d, read.src);
    for (size_t i = 0; i < read.list.len; i++) {
        reading r = {.src = read.src, .finite = true, .left = 20000};
        judge_node(&r, read.list.at[i], (span){read.src, 0, (uint32_t)input.len});
        if (r.finite && r.left) judge_json(a, read.list.at[i]);
    }
}

static void judge_plain(arena *a, str input) {
    diags d = {.arena = a}, by_libyaml = {.arena = a};
    docs ours, theirs;
    doc_limits limits = doc_default_limits;
    bool good = doc_read(&ours, a, &d, &limits, DOC_YAML, STR("input"), input);
    limits.libyaml = true;
    bool right = doc_read(&theirs, a, &by_libyaml, &limits, DOC_YAML, STR("input"), input);
    MUST(good == right && same_diags(&d, &by_libyaml), "libyaml finds other mistakes");
    MUST(!good || same_trees(&ours, &theirs), "libyaml reads another tree");
}

static void read_yaml(arena *a, str input) {
    read_document(a, input, DOC_YAML);
    judge_plain(a, input);
}

static void read_json(arena *a, str input) {
    read_document(a, input, DOC_JSON);
}

int fuzz_yaml(const uint8_t *data, size_t size) {
    return fuzz_run(read_yaml, data, size);
}

int fuzz_json(const uint8_t *data, size_t size) {
    return fuzz_run(read_json, data, size);
}
