// SPDX-License-Identifier: Apache-2.0
//
// Plain YAML, read directly: block lists and maps, brackets, texts of all styles in their usual
// forms. Nearly all rules and manifests are that and nothing else, and libyaml, at two hundred
// instructions a byte, would take half of the time of a check.
//
// It never says what is wrong. Where it meets anything but the forms that it knows (a tag, an
// anchor, a tab, an escape out of the ordinary, a line that fits nowhere, a key that stands twice),
// it gives up, and libyaml reads the text from its beginning. So whatever is read here, libyaml
// must read as the same tree with the same places; tests hold the two together.
#include "doc/yaml_plain.h"
#include "doc/reader.h"
#include "doc/text.h"

#include <string.h>

enum { DEEPEST = 100 }; // lists and maps in one another; what is deeper is for libyaml

static bool node_at(plain *p, ptrdiff_t outer, unsigned depth);
static bool flow_value(plain *p, ptrdiff_t outer, unsigned depth);

// --- from line to line

static void skip_blanks(plain *p) {
    while (plain_byte(p, p->at) == ' ')
        p->at++;
}

// A line that says something of documents, not of their content.
static bool is_marker(const plain *p, size_t i) {
    char c = plain_byte(p, i);
    if (c == '%') return true;
    return (c == '-' || c == '.') && plain_byte(p, i + 1) == c && plain_byte(p, i + 2) == c;
}

// Passes blanks and a comment; false: there is more on the line.
static bool rest_of_line(plain *p) {
    skip_blanks(p);
    if (plain_byte(p, p->at) == '#' && (p->at == p->line || p->text.ptr[p->at - 1] == ' ')) {
        const char *end = memchr(p->text.ptr + p->at, '\n', p->text.len - p->at);
        p->at = end ? (size_t)(end - p->text.ptr) : p->text.len;
    }
    return plain_byte(p, p->at) == '\n';
}

bool plain_go_on(plain *p) {
    while (rest_of_line(p)) {
        p->column = -1;
        if (p->at >= p->text.len) return true;
        p->line = ++p->at;
        skip_blanks(p);
        char c = plain_byte(p, p->at);
        if (c == '#' || c == '\n') continue;
        p->column = (ptrdiff_t)(p->at - p->line);
        return p->column > 0 || !is_marker(p, p->at);
    }
    return false;
}

// --- anchors

typedef struct named_value {
    const node *node; // NULL while its value has not ended
    weight weight;
} named_value;

// The name behind a `&` or `*`, `at` behind it.
static str anchor_name(plain *p) {
    size_t from = ++p->at;
    for (;; p->at++) {
        char c = plain_byte(p, p->at);
        bool name = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    c == '_' || c == '-';
        if (!name) return str_sub(p->text, from, p->at);
    }
}

static bool begin_anchor(plain *p, named_value **named) {
    str name = anchor_name(p);
    char next = plain_byte(p, p->at);
    if (name.len == 0 || (next != ' ' && next != '\n')) return false;
    *named = arena_new(&p->scratch, named_value);
    map_put(&p->scratch, &p->anchors, name, *named);
    skip_blanks(p);
    return true;
}

static bool alias(plain *p) {
    size_t from = p->at;
    const named_value *known = map_get(&p->anchors, anchor_name(p));
    char next = plain_byte(p, p->at);
    bool ends = next == ' ' || next == '\n' || next == ',' || next == ']' || next == '}';
    if (!ends || !known || !known->node) return false;
    p->last = p->at;
    return build_alias(&p->b, known->node, known->weight, text_span(p->b.src, from, p->at));
}

// --- block lists and maps

static bool is_dash(const plain *p) {
    char next = plain_byte(p, p->at + 1);
    return plain_byte(p, p->at) == '-' && (next == ' ' || next == '\n');
}

static bool ends_line(const plain *p) {
    char c = plain_byte(p, p->at);
    return c == '\n' || (c == '#' && plain_byte(p, p->at - 1) == ' ');
}

static bool list_at(plain *p, ptrdiff_t column, unsigned depth);
static bool map_at(plain *p, ptrdiff_t column, unsigned depth);

// What stands behind a sign in `column` on the lines below it.
static bool value_below(plain *p, ptrdiff_t column, bool dash, bool named, unsigned depth) {
    if (!plain_go_on(p)) return false;
    if (p->column > column) return node_at(p, column, depth);
    if (!dash && p->column == column && is_dash(p)) return list_at(p, column, depth);
    return !named && plain_nothing(p);
}

// The same on its line. An anchor before a key would be the key's.
static bool value_beside(plain *p, ptrdiff_t column, bool dash, bool named, unsigned depth) {
    size_t colon;
    ptrdiff_t here = (ptrdiff_t)(p->at - p->line);
    char c = plain_byte(p, p->at);
    if (dash && is_dash(p)) return !named && list_at(p, here, depth);
    if (dash && plain_key_ahead(p, &colon)) return !named && map_at(p, here, depth);
    if (c == '*') return !named && alias(p) && plain_go_on(p);
    if (c == '[' || c == '{') return flow_value(p, column, depth) && plain_go_on(p);
    return plain_text(p, column);
}

static bool value_behind(plain *p, ptrdiff_t column, bool dash, unsigned depth) {
    named_value *named = NULL;
    p->last = p->at;
    skip_blanks(p);
    if (plain_byte(p, p->at) == '&' && !begin_anchor(p, &named)) return false;
    if (!(ends_line(p) ? value_below : value_beside)(p, column, dash, named != NULL, depth))
        return false;
    if (named) *named = (named_value){p->b.values.at[p->b.values.len - 1], p->b.last};
    return true;
}

static bool list_at(plain *p, ptrdiff_t column, unsigned depth) {
    if (depth > DEEPEST || !build_open(&p->b, NODE_LIST, STYLE_BLOCK, p->at)) return false;
    do {
        p->at++;
        if (!value_behind(p, column, true, depth + 1)) return false;
    } while (p->column == column && is_dash(p));
    build_close(&p->b, p->last);
    return p->column <= column;
}

static bool map_at(plain *p, ptrdiff_t column, unsigned depth) {
    size_t colon;
    if (depth > DEEPEST || !build_open(&p->b, NODE_MAP, STYLE_BLOCK, p->at)) return false;
    do {
        if (!plain_key_ahead(p, &colon) || !plain_key(p, colon) ||
            !value_behind(p, column, false, depth + 1))
            return false;
    } while (p->column == column);
    build_close(&p->b, p->last);
    return p->column <= column;
}

// What stands at the beginning of a line, deeper than `outer`.
static bool node_at(plain *p, ptrdiff_t outer, unsigned depth) {
    size_t colon;
    char c = plain_byte(p, p->at);
    if (is_dash(p)) return list_at(p, p->column, depth);
    if (plain_key_ahead(p, &colon)) return map_at(p, p->column, depth);
    if (c == '[' || c == '{') return flow_value(p, outer, depth) && plain_go_on(p);
    return plain_text(p, outer);
}

// --- brackets

// To the next sign between brackets; a line of them is indented as the list or map around demands.
static bool flow_go_on(plain *p, ptrdiff_t outer) {
    skip_blanks(p);
    char c = plain_byte(p, p->at);
    if (c != '\n' && c != '#') return true;
    if (!plain_go_on(p)) return false;
    c = plain_byte(p, p->at);
    return p->column > outer || (p->column >= 0 && (c == ']' || c == '}'));
}

static bool flow_entries(plain *p, ptrdiff_t outer, bool braces, unsigned depth) {
    char close = braces ? '}' : ']';
    if (!flow_go_on(p, outer)) return false;
    if (plain_byte(p, p->at) == close) return true;
    for (;;) {
        if (braces && !plain_flow_key(p)) return false;
        if (!flow_value(p, outer, depth + 1) || !flow_go_on(p, outer)) return false;
        if (plain_byte(p, p->at) == close) return true;
        if (plain_byte(p, p->at) != ',') return false;
        p->at++;
        if (!flow_go_on(p, outer)) return false;
    }
}

static bool flow_value(plain *p, ptrdiff_t outer, unsigned depth) {
    bool braces = plain_byte(p, p->at) == '{';
    if (plain_byte(p, p->at) == '*') return alias(p);
    if (!braces && plain_byte(p, p->at) != '[') return plain_flow_text(p);
    if (depth > DEEPEST || !build_open(&p->b, braces ? NODE_MAP : NODE_LIST, STYLE_FLOW, p->at))
        return false;
    p->at++;
    if (!flow_entries(p, outer, braces, depth)) return false;
    p->last = ++p->at;
    build_close(&p->b, p->last);
    return true;
}

// --- the whole

static void release(void *what) {
    plain *p = what;
    arena_free(&p->scratch);
}

static bool read_root(plain *p) {
    if (p->text.len == 0 || text_mark(p->text) || memchr(p->text.ptr, '\t', p->text.len) ||
        memchr(p->text.ptr, '\r', p->text.len))
        return false;
    size_t colon;
    if (plain_byte(p, 0) == '\n' || plain_byte(p, 0) == ' ' || plain_byte(p, 0) == '#') {
        if (!plain_go_on(p)) return false;
    } else if (is_marker(p, 0)) {
        return false;
    }
    bool list = is_dash(p);
    if (p->column < 0 || (!list && !plain_key_ahead(p, &colon))) return false;
    return (list ? list_at(p, p->column, 1) : map_at(p, p->column, 1)) && p->column < 0 &&
           p->unheard.list.len == 0;
}

bool yaml_read_plain(docs *out, arena *a, const doc_limits *limits) {
    arena_mark before = arena_here(a);
    plain *p = arena_new(a, plain);
    arena_init(&p->scratch, a->mem, a->guard, a->limit);
    arena_on_reset(a, release, p);
    p->unheard.arena = a; // the builder takes back what it has in `scratch`
    p->text = out->src->text;
    p->b = (builder){
        .keep = a, .scratch = &p->scratch, .diags = &p->unheard, .src = out->src, .limits = limits};
    bool whole = read_root(p);
    if (whole) vec_push(a, &out->list, build_finish(&p->b));
    release(p);
    if (!whole) arena_reset(a, before);
    return whole;
}
