// SPDX-License-Identifier: Apache-2.0
//
// The list of diagnostics and how one is printed. Tabs of the source line stay tabs under it, and a
// wide character gets two columns, so that the underline stands where it should.
#include "base/diag.h"

const diag_kind diag_kinds[DIAG_COUNT] = {
#define DIAG(name, slug, level, about) {slug, level, about},
#include "base/diag_codes.def"
#undef DIAG
};

diag *diag_add(diags *d, diag_code code, span at, str hint, const char *fmt, ...) {
    if (diag_kinds[code].level == DIAG_ERROR) d->errors++;
    if (d->list.len >= DIAG_LIMIT) {
        d->dropped++;
        return arena_new(d->arena, diag);
    }
    va_list args;
    va_start(args, fmt);
    str message = str_vformat(d->arena, fmt, args);
    va_end(args);
    vec_push(d->arena, &d->list,
             (diag){.code = code, .at = at, .message = message, .hint = str_copy(d->arena, hint)});
    return &d->list.at[d->list.len - 1];
}

str diag_did_you_mean(arena *a, str word, const str *candidates, size_t count) {
    str near = str_nearest(word, candidates, count);
    return near.len ? str_format(a, "did you mean `%.*s`?", STR_ARG(near)) : (str){"", 0};
}

enum { EXCERPT_MAX = 160 }; // columns of a source line that are shown

// The part of the line that is shown: all of it, or a window around the span.
static str excerpt(str line, size_t *from) {
    size_t begin = 0;
    if (line.len > EXCERPT_MAX && *from > EXCERPT_MAX / 2) begin = *from - EXCERPT_MAX / 2;
    while (begin > 0 && ((unsigned char)line.ptr[begin] & 0xc0) == 0x80)
        begin--;
    size_t end = line.len - begin > EXCERPT_MAX ? begin + EXCERPT_MAX : line.len;
    while (end < line.len && ((unsigned char)line.ptr[end] & 0xc0) == 0x80)
        end++;
    *from -= begin;
    return str_sub(line, begin, end);
}

static void add_visible(buf *out, str line) {
    for (size_t i = 0; i < line.len;) {
        size_t here = i;
        int32_t c = utf8_next(line, &i);
        if (c == '\t' || (c >= 0x20 && c != 0x7f && utf8_width(c) > 0))
            buf_add(out, str_sub(line, here, i));
        else if (c < 0x20 || c == 0x7f)
            buf_addc(out, '?'); // never a control character on the reader's terminal
    }
}

static void add_underline(buf *out, str line, size_t from, size_t to) {
    for (size_t i = 0; i < from && i < line.len;) {
        int32_t c = utf8_next(line, &i);
        if (c == '\t')
            buf_addc(out, '\t');
        else
            for (int w = c < 0x20 || c == 0x7f ? 1 : utf8_width(c); w > 0; w--)
                buf_addc(out, ' ');
    }
    size_t marks = 0;
    for (size_t i = from; i < to && i < line.len;) {
        int32_t c = utf8_next(line, &i);
        for (int w = c < 0x20 || c == 0x7f ? 1 : utf8_width(c); w > 0; w--, marks++)
            buf_addc(out, '^');
    }
    if (marks == 0) buf_addc(out, '^');
}

static void add_excerpt(buf *out, span at) {
    position p = source_position(at.src, at.from);
    str line = source_line(at.src, p.line);
    uint32_t start = source_offset(at.src, p.line - 1, 0);
    size_t from = at.from > start ? at.from - start : 0;
    if (from > line.len) from = line.len;
    size_t length = at.to > at.from ? at.to - at.from : 0;
    str shown = excerpt(line, &from);
    buf_addf(out, "%5u | ", p.line);
    add_visible(out, shown);
    buf_adds(out, "\n      | ");
    add_underline(out, shown, from, from + length);
    buf_addc(out, '\n');
}

static void add_place(buf *out, span at) {
    if (!at.src) return;
    position p = source_position(at.src, at.from);
    buf_addf(out, "%.*s:%u:%u: ", STR_ARG(at.src->name), p.line, p.column);
}

void diag_print(buf *out, const diag *d) {
    static const char *const levels[] = {"error", "warning", "note"};
    const diag_kind *kind = &diag_kinds[d->code];
    add_place(out, d->at);
    buf_addf(out, "%s: ", levels[kind->level]);
    buf_add(out, d->message);
    buf_addf(out, " [%s]\n", kind->slug);
    if (d->at.src) add_excerpt(out, d->at);
    if (d->also.src) {
        add_place(out, d->also);
        buf_adds(out, "note: the other place\n");
        add_excerpt(out, d->also);
    }
    if (d->hint.len) buf_addf(out, "      = hint: %.*s\n", STR_ARG(d->hint));
}
