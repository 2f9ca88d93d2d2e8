// SPDX-License-Identifier: Apache-2.0
//
// Block texts in their plain form, a line `key: |` and lines indented deeper, are not given to
// libyaml: it spends a hundred instructions on each of their characters, and the rules have long
// lists in such texts. It is given the line with the `|`, reads an empty text there, and the reader
// puts the lines in.
//
// Where such a line is no key, as inside another text, libyaml reports no block text in its place,
// and yaml.c reads all again without this. Up to the first place in which the two readings could
// part libyaml has been given the same, so that what it reports is what it would have reported.
#include "doc/yaml_reader.h"

#include <string.h>

static bool is_key(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-' || c == '"' || c == '\'';
}

static str line_of(const source *src, size_t line) {
    size_t to = line + 1 < src->lines ? src->line_starts[line + 1] : src->text.len;
    return str_sub(src->text, src->line_starts[line], to);
}

static size_t blanks_before(str line) {
    size_t n = 0;
    while (n < line.len && line.ptr[n] == ' ')
        n++;
    return n;
}

static bool is_header(str line) {
    static const char end[] = {':', ' ', '|', '\n'};
    if (line.len < sizeof end || memcmp(line.ptr + line.len - sizeof end, end, sizeof end) != 0)
        return false;
    size_t key = blanks_before(line), i = key;
    while (is_key(line.ptr[i]))
        i++;
    return i > key && i == line.len - sizeof end;
}

// Whether a line is of the text that is indented so: not blank, its line break there.
static bool is_inside(str line, size_t indent) {
    size_t blanks = blanks_before(line);
    return blanks >= indent && blanks < line.len && line.ptr[blanks] != '\n' &&
           line.ptr[blanks] != '\t' && line.ptr[line.len - 1] == '\n';
}

// The block text that begins with the line `header`; false: it is not in the plain form.
static bool read_block(yaml_block *b, const source *src, size_t header) {
    size_t line = header + 1, outer = blanks_before(line_of(src, header));
    b->indent = line < src->lines ? blanks_before(line_of(src, line)) : 0;
    if (b->indent <= outer) return false;
    b->bar = src->line_starts[line] - 2;
    b->from = src->line_starts[line];
    while (line < src->lines && is_inside(line_of(src, line), b->indent))
        line++;
    b->to = line < src->lines ? src->line_starts[line] : src->text.len;
    b->lines = line - header - 1;
    while (line < src->lines && str_is(line_of(src, line), "\n"))
        line++;
    str next = line < src->lines ? line_of(src, line) : (str){"", 0};
    size_t blanks = blanks_before(next);
    return b->lines > 0 && blanks <= outer && (blanks == next.len || next.ptr[blanks] != '\n');
}

void yaml_find_blocks(yaml_blocks *out, arena *a, const source *src) {
    str text = src->text;
    size_t left_out = 0;
    if (text.len == 0 || memchr(text.ptr, '\r', text.len)) return;
    for (size_t line = 0; line < src->lines; line++) {
        yaml_block b;
        if (!is_header(line_of(src, line)) || !read_block(&b, src, line)) continue;
        b.given = b.from - left_out;
        left_out += b.to - b.from;
        vec_push(a, out, b);
        line += b.lines;
    }
}

str yaml_without_blocks(arena *a, str text, const yaml_blocks *blocks) {
    buf out = {.arena = a};
    size_t from = 0;
    if (blocks->len == 0) return text;
    for (size_t i = 0; i < blocks->len; i++) {
        buf_add(&out, str_sub(text, from, blocks->at[i].from));
        from = blocks->at[i].to;
    }
    buf_add(&out, str_sub(text, from, text.len));
    return buf_str(&out);
}

size_t yaml_with_blocks(const yaml_blocks *blocks, size_t *before, size_t given) {
    while (*before < blocks->len && blocks->at[*before].given <= given)
        ++*before;
    while (*before > 0 && blocks->at[*before - 1].given > given)
        --*before;
    if (*before == 0) return given;
    const yaml_block *b = &blocks->at[*before - 1];
    return given - b->given + b->to;
}

str yaml_block_text(arena *a, str text, const yaml_block *b) {
    size_t length = b->to - b->from - b->lines * b->indent;
    char *out = arena_alloc(a, length + 1, 1), *end = out;
    for (size_t at = b->from; at < b->to;) {
        const char *line = text.ptr + at;
        size_t n = (size_t)((const char *)memchr(line, '\n', b->to - at) - line) + 1;
        memcpy(end, line + b->indent, n - b->indent);
        end += n - b->indent;
        at += n;
    }
    return (str){out, length};
}
