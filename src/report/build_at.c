// SPDX-License-Identifier: Apache-2.0
//
// Places and diagnostics of the model: spans become lines and columns, with the line's text.
#include "report/build.h"

enum {
    TEXT_MAX = 400,
    TEXT_LEAD = 100
}; // bytes of a line that a report keeps; those before a span

static bool continues(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

// The line, or of a long one the part around byte `at`; `column` is that of its first character.
static str line_text(str line, size_t at, uint32_t *column) {
    *column = 1;
    if (line.len <= TEXT_MAX) return line;
    size_t from = at > TEXT_LEAD ? at - TEXT_LEAD : 0;
    while (from > 0 && continues(line.ptr[from]))
        from--;
    size_t to = from + TEXT_MAX < line.len ? from + TEXT_MAX : line.len;
    while (to < line.len && continues(line.ptr[to]))
        to--;
    *column += (uint32_t)utf8_count(str_sub(line, 0, from));
    return str_sub(line, from, to);
}

report_at build_at(arena *a, span at, str path, bool with_text) {
    report_at out = {.path = str_copy(a, path)};
    if (!at.src) return out;
    position from = source_position(at.src, at.from);
    position to = source_position(at.src, at.to > at.from ? at.to : at.from);
    out.file = str_copy(a, at.src->name);
    out.line = from.line;
    out.column = from.column;
    out.end_line = to.line;
    out.end_column = to.column;
    if (!with_text) return out;
    str line = source_line(at.src, from.line);
    uint32_t start = source_offset(at.src, from.line - 1, 0);
    out.text =
        str_copy(a, line_text(line, at.from > start ? at.from - start : 0, &out.text_column));
    return out;
}

report_diagnostic build_diagnostic(arena *a, const diag *d) {
    static const char *const levels[] = {"error", "warning", "note"};
    const diag_kind *kind = &diag_kinds[d->code];
    return (report_diagnostic){
        .code = str_of(kind->slug),
        .level = str_of(levels[kind->level]),
        .message = str_copy(a, d->message),
        .hint = str_copy(a, d->hint),
        .at = build_at(a, d->at, STR(""), true),
        .also = build_at(a, d->also, STR(""), true),
    };
}
