// SPDX-License-Identifier: Apache-2.0
//
// UTF-16 is recognised by its zero bytes, so that the message can name it instead of the first byte
// that happens to be ill-formed.
#include "doc/text.h"

size_t text_mark(str text) {
    return str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0;
}

span text_span(const source *src, size_t from, size_t to) {
    return (span){src, (uint32_t)from, (uint32_t)(to < from ? from : to)};
}

span text_char(const source *src, size_t at) {
    if (at >= src->text.len) return text_span(src, src->text.len, src->text.len);
    size_t next = at;
    utf8_next(src->text, &next);
    return text_span(src, at, next);
}

str text_found(arena *a, str text, size_t at) {
    if (at >= text.len) return STR("the end of the text");
    size_t next = at;
    int32_t c = utf8_next(text, &next);
    if (c == '\n' || c == '\r') return STR("the end of the line");
    if (c == '\t') return STR("a tab");
    if (c == ' ') return STR("a blank");
    if (c == '`') return STR("a backquote");
    if (c < 0) return str_format(a, "the byte %02X", (unsigned)(unsigned char)text.ptr[at]);
    if (c < 0x20 || utf8_width(c) == 0) return str_format(a, "U+%04X", (unsigned)c);
    return str_format(a, "`%.*s`", (int)(next - at), text.ptr + at);
}

static bool is_utf16(str text) {
    if (str_starts(text, STR("\xff\xfe")) || str_starts(text, STR("\xfe\xff"))) return true;
    if (text.len < 2) return false;
    return (text.ptr[0] == 0) != (text.ptr[1] == 0);
}

bool text_is_utf8(diags *d, const source *src) {
    str text = src->text;
    size_t bad = 0;
    if (is_utf16(text)) {
        diag_add(d, DIAG_NOT_UTF8, (span){src, 0, 0},
                 STR("save the file as UTF-8 (editors call UTF-16 \"Unicode\")"),
                 "the text is UTF-16, not UTF-8");
        return false;
    }
    if (!utf8_valid(text, &bad)) {
        diag_add(d, DIAG_NOT_UTF8, text_span(src, bad, bad + 1),
                 STR("save the file as UTF-8; it may be Latin-1 or Windows-1252"),
                 "the byte %02X is not UTF-8 in this place",
                 (unsigned)(unsigned char)text.ptr[bad]);
        return false;
    }
    return true;
}
