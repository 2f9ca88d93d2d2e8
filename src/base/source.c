// SPDX-License-Identifier: Apache-2.0
//
// The index of lines is made once, at the beginning; a position is a binary search in it.
#include "base/source.h"

// Where the line at `from` ends: at a byte of its end, or at the text's.
static size_t line_end(str text, size_t from, bool returns) {
    while (returns && from < text.len && text.ptr[from] != '\n' && text.ptr[from] != '\r')
        from++;
    if (returns || from == text.len) return from;
    const char *at = memchr(text.ptr + from, '\n', text.len - from);
    return at ? (size_t)(at - text.ptr) : text.len;
}

const source *source_new(arena *a, str name, str text) {
    source *src = arena_new(a, source);
    bool returns = text.len && memchr(text.ptr, '\r', text.len);
    vec(uint32_t) starts = {0};
    vec_push(a, &starts, 0);
    for (size_t i = 0; (i = line_end(text, i, returns)) < text.len;) {
        i += str_starts(str_sub(text, i, i + 2), STR("\r\n")) ? 2 : 1;
        vec_push(a, &starts, (uint32_t)i);
    }
    *src = (source){name, text, starts.len, starts.at};
    return src;
}

static size_t line_of(const source *src, uint32_t offset) {
    size_t low = 0, high = src->lines;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (src->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static const char BYTE_ORDER_MARK[] = "\xef\xbb\xbf";

position source_position(const source *src, uint32_t offset) {
    size_t line = line_of(src, offset);
    str before = str_sub(src->text, src->line_starts[line], offset);
    if (line == 0 && str_starts(before, str_of(BYTE_ORDER_MARK)))
        before = str_sub(before, 3, before.len);
    return (position){(uint32_t)line + 1, (uint32_t)utf8_count(before) + 1};
}

str source_line(const source *src, uint32_t line) {
    if (line == 0 || line > src->lines) return (str){"", 0};
    size_t from = src->line_starts[line - 1];
    size_t to = line < src->lines ? src->line_starts[line] : src->text.len;
    str s = str_sub(src->text, from, to);
    if (s.len && s.ptr[s.len - 1] == '\n') s.len--;
    if (s.len && s.ptr[s.len - 1] == '\r') s.len--;
    if (line == 1 && str_starts(s, str_of(BYTE_ORDER_MARK))) s = str_sub(s, 3, s.len);
    return s;
}

uint32_t source_offset(const source *src, size_t line, size_t column) {
    if (line >= src->lines) return (uint32_t)src->text.len;
    size_t at = src->line_starts[line];
    size_t end = line + 1 < src->lines ? src->line_starts[line + 1] : src->text.len;
    if (line == 0 && str_starts(src->text, str_of(BYTE_ORDER_MARK))) at += 3;
    while (column-- > 0 && at < end)
        utf8_next(src->text, &at);
    return (uint32_t)(at < end ? at : end);
}
