// SPDX-License-Identifier: Apache-2.0
//
// Texts of plain YAML: where each ends, and what its lines say together. The rules are libyaml's,
// which are YAML's; what it would take to know more of them is not plain.
#include "doc/core.h"
#include "doc/yaml_plain.h"

#include <string.h>

enum { LONGEST_KEY = 1000 }; // libyaml looks for a key's colon so far, and a little further

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

// Whether a text without quotes may begin here: with no sign of YAML's, or one that is none there.
static bool begins_text(const plain *p, size_t i) {
    char c = plain_byte(p, i), next = plain_byte(p, i + 1);
    return is_word(c) || (c != '\n' && strchr("$()+./;<=^_~", c)) ||
           (c == '-' && (is_word(next) || next == '.'));
}

static bool ends_key(const plain *p, size_t i) {
    char next = plain_byte(p, i + 1);
    return plain_byte(p, i) == ':' && (next == ' ' || next == '\n');
}

static size_t without_blanks(const plain *p, size_t from, size_t to) {
    while (to > from && p->text.ptr[to - 1] == ' ')
        to--;
    return to;
}

static str from_to(const plain *p, size_t from, size_t to) {
    return (str){p->text.ptr + from, to - from};
}

static node text_node(const plain *p, node_style style, size_t from, size_t to) {
    return (node){.kind = NODE_STRING,
                  .style = (uint8_t)style,
                  .at = {p->b.src, (uint32_t)from, (uint32_t)to}};
}

// --- adding to the tree

static bool add_value(plain *p, node n) {
    p->last = n.at.to;
    if (n.style == STYLE_PLAIN) {
        core_value v = core_read(n.text);
        if (v.too_large) return false;
        n.kind = (uint8_t)v.kind;
        if (v.kind == NODE_BOOL) n.u.b = v.u.b;
        if (v.kind == NODE_INT) n.u.i = v.u.i;
        if (v.kind == NODE_DOUBLE) n.u.d = v.u.d;
    }
    return build_scalar(&p->b, n) != NULL;
}

static bool add_key(plain *p, node n) {
    if (n.at.to - n.at.from > LONGEST_KEY) return false;
    if (n.style == STYLE_PLAIN) {
        node_kind kind = core_read(n.text).kind;
        if (kind == NODE_NULL || str_is(n.text, "<<")) return false;
        if (kind != NODE_STRING) build_key_respelled(&p->b);
    }
    return build_scalar(&p->b, n) != NULL;
}

bool plain_nothing(plain *p) {
    node n = text_node(p, STYLE_PLAIN, p->last, p->last);
    n.text = from_to(p, p->last, p->last);
    return add_value(p, n);
}

// --- quotes, on one line

// The closing quote; the end of the text where there is none on this line.
static size_t closing_quote(const plain *p, size_t from) {
    char quote = p->text.ptr[from];
    for (size_t i = from + 1; i < p->text.len && p->text.ptr[i] != '\n'; i++) {
        bool escape = quote == '"' ? p->text.ptr[i] == '\\'
                                   : p->text.ptr[i] == quote && plain_byte(p, i + 1) == quote;
        if (escape)
            i++;
        else if (p->text.ptr[i] == quote)
            return i;
    }
    return p->text.len;
}

static bool unescape(buf *out, str s) {
    static const char escapes[][2] = {
        {'\\', '\\'}, {'"', '"'}, {'/', '/'}, {'n', '\n'}, {'t', '\t'}};
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '\\') {
            size_t known = 0, count = sizeof escapes / sizeof *escapes;
            i++;
            while (known < count && (i == s.len || escapes[known][0] != s.ptr[i]))
                known++;
            if (known == count) return false;
            c = escapes[known][1];
        }
        buf_addc(out, c);
    }
    return true;
}

static void halve_quotes(buf *out, str s) {
    for (size_t i = 0; i < s.len; i++) {
        buf_addc(out, s.ptr[i]);
        if (s.ptr[i] == '\'') i++;
    }
}

static bool quoted(plain *p, node *n) {
    size_t from = p->at, end = closing_quote(p, from);
    bool twice = p->text.ptr[from] == '"';
    if (end >= p->text.len) return false;
    *n = text_node(p, twice ? STYLE_DOUBLE : STYLE_SINGLE, from, end + 1);
    n->text = from_to(p, from + 1, end);
    p->at = end + 1;
    if (n->text.len == 0 || !memchr(n->text.ptr, twice ? '\\' : '\'', n->text.len)) return true;
    buf out = {.arena = p->b.keep};
    if (twice && !unescape(&out, n->text)) return false;
    if (!twice) halve_quotes(&out, n->text);
    n->text = buf_str(&out);
    return true;
}

static bool is_quote(char c) {
    return c == '"' || c == '\'';
}

// --- keys of block maps

bool plain_key_ahead(const plain *p, size_t *colon) {
    size_t i = p->at;
    if (is_quote(plain_byte(p, i))) {
        size_t end = closing_quote(p, i);
        *colon = end + 1;
        return end < p->text.len && ends_key(p, end + 1);
    }
    if (!begins_text(p, i)) return false;
    for (; plain_byte(p, i) != '\n'; i++) {
        char c = p->text.ptr[i];
        if (c == '#' && p->text.ptr[i - 1] == ' ') return false;
        if (c != ':' || !ends_key(p, i)) continue;
        *colon = i;
        return p->text.ptr[i - 1] != ' ';
    }
    return false;
}

bool plain_key(plain *p, size_t colon) {
    node n;
    if (is_quote(plain_byte(p, p->at))) {
        if (!quoted(p, &n)) return false;
    } else {
        n = text_node(p, STYLE_PLAIN, p->at, colon);
        n.text = from_to(p, p->at, colon);
    }
    p->at = colon + 1;
    return add_key(p, n);
}

// --- texts without quotes

// One line of such a text: to its last character, `at` behind it at a comment or the line's end.
static bool text_line(plain *p, size_t *end) {
    size_t from = p->at, i = from;
    for (; plain_byte(p, i) != '\n'; i++) {
        if (p->text.ptr[i] == '#' && i > from && p->text.ptr[i - 1] == ' ') break;
        if (p->text.ptr[i] == ':' && ends_key(p, i)) return false;
    }
    p->at = i;
    *end = without_blanks(p, from, i);
    return true;
}

// Where the text goes on behind `p->at`, a line's end: its next line that is not blank, if that is
// indented deeper than `outer` and no comment. `*breaks`: the line breaks up to there.
static bool next_line(const plain *p, ptrdiff_t outer, size_t *line, size_t *at, size_t *breaks) {
    size_t i = p->at;
    *breaks = 0;
    while (i < p->text.len && plain_byte(p, i) == '\n') {
        *line = ++i;
        ++*breaks;
        while (plain_byte(p, i) == ' ')
            i++;
    }
    *at = i;
    return i < p->text.len && (ptrdiff_t)(i - *line) > outer && p->text.ptr[i] != '#';
}

// One line break is a blank, each further one is itself.
static void fold(buf *out, size_t breaks) {
    if (breaks == 1) buf_addc(out, ' ');
    for (; breaks > 1; breaks--)
        buf_addc(out, '\n');
}

static bool unquoted(plain *p, ptrdiff_t outer) {
    size_t from = p->at, end = 0, line = 0, at = 0, breaks = 0;
    if (!begins_text(p, from) || !text_line(p, &end)) return false;
    node n = text_node(p, STYLE_PLAIN, from, end);
    n.text = from_to(p, from, end);
    buf out = {.arena = p->b.keep};
    while (plain_byte(p, p->at) == '\n' && next_line(p, outer, &line, &at, &breaks)) {
        if (out.len == 0) buf_add(&out, n.text);
        fold(&out, breaks);
        p->line = line;
        p->at = at;
        if (!text_line(p, &end)) return false;
        buf_add(&out, from_to(p, at, end));
        n.text = buf_str(&out);
    }
    n.at.to = (uint32_t)end;
    return add_value(p, n);
}

// --- block texts

typedef struct block {
    bool folded;
    size_t indent; // blanks before each line that are not of the text
    buf out;
    size_t blank; // empty lines since the last one
    size_t end;   // of the last line
} block;

// Adds the line at `p->at`; false where it is not of the text, or (`*good`) in no plain form.
static bool block_line(plain *p, block *b, bool *good) {
    size_t from = p->at, text = from;
    while (plain_byte(p, text) == ' ')
        text++;
    *good = true;
    if (from >= p->text.len) return false;
    const char *stop = memchr(p->text.ptr + from, '\n', p->text.len - from);
    size_t end = stop ? (size_t)(stop - p->text.ptr) : p->text.len;
    if (text == end) { // blanks alone are no empty line
        b->blank++;
        *good = text == from;
        p->at = end + 1;
        return *good;
    }
    if (text - from < b->indent) return false;
    *good = !b->folded || text - from == b->indent;
    bool joined = b->folded && b->blank == 0;
    if (b->out.len) buf_addc(&b->out, joined ? ' ' : '\n');
    for (; b->blank > 0; b->blank--)
        if (!b->folded || b->blank > 1) buf_addc(&b->out, '\n');
    buf_add(&b->out, from_to(p, from + b->indent, end));
    b->end = end;
    p->at = end + 1;
    return *good;
}

static bool block_text(plain *p, ptrdiff_t outer) {
    size_t bar = p->at;
    bool folded = p->text.ptr[bar] == '>', strip = plain_byte(p, bar + 1) == '-', good = true;
    block b = {.folded = folded, .out = {.arena = p->b.keep}};
    p->at += strip ? 2 : 1;
    if (plain_byte(p, p->at) != '\n') return false;
    size_t text = ++p->at;
    while (plain_byte(p, text) == ' ')
        text++;
    b.indent = text - p->at;
    if ((ptrdiff_t)b.indent <= outer || plain_byte(p, text) == '\n') return false;
    while (block_line(p, &b, &good)) {
    }
    if (!good) return false;
    if (!strip) buf_addc(&b.out, '\n');
    node n = text_node(p, folded ? STYLE_FOLDED : STYLE_LITERAL, bar, b.end);
    n.text = buf_str(&b.out);
    p->at = b.end;
    return add_value(p, n);
}

// --- any of them

bool plain_text(plain *p, ptrdiff_t outer) {
    char c = plain_byte(p, p->at);
    node n;
    bool good = is_quote(c)            ? quoted(p, &n) && add_value(p, n)
                : c == '|' || c == '>' ? block_text(p, outer)
                                       : unquoted(p, outer);
    return good && plain_go_on(p);
}

// --- in brackets

// A text without quotes in brackets; `colon`: it must end with one, else it must not.
static bool flow_unquoted(plain *p, bool colon, node *n) {
    size_t from = p->at, i = from;
    if (!begins_text(p, from)) return false;
    for (;; i++) {
        char c = plain_byte(p, i), next = plain_byte(p, i + 1);
        if (c == ',' || c == ']' || c == '}' || c == '\n') break;
        if (c == '[' || c == '{' || c == '?') return false;
        if (c == '#' && p->text.ptr[i - 1] == ' ') break;
        if (c != ':' || is_word(next) || next == '/') continue;
        if (next != ' ' || !colon) return false;
        break;
    }
    size_t end = without_blanks(p, from, i);
    if (colon && (plain_byte(p, i) != ':' || end < i)) return false;
    *n = text_node(p, STYLE_PLAIN, from, end);
    n->text = from_to(p, from, end);
    p->at = end;
    return true;
}

bool plain_flow_text(plain *p) {
    node n;
    bool quote = is_quote(plain_byte(p, p->at));
    return (quote ? quoted(p, &n) : flow_unquoted(p, false, &n)) && add_value(p, n);
}

bool plain_flow_key(plain *p) {
    node n;
    bool quote = is_quote(plain_byte(p, p->at));
    if (!(quote ? quoted(p, &n) : flow_unquoted(p, true, &n)) || plain_byte(p, p->at) != ':' ||
        plain_byte(p, p->at + 1) != ' ' || !add_key(p, n))
        return false;
    p->at += 2;
    while (plain_byte(p, p->at) == ' ')
        p->at++;
    return true;
}
