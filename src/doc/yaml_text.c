// SPDX-License-Identifier: Apache-2.0
//
// The bytes of a YAML text before libyaml sees them. It takes the line breaks of YAML 1.1 (NEL, LS,
// PS) for line breaks, by which a text means one thing here and another elsewhere; it tells control
// characters at line 1, column 1; and its time is quadratic in the number of directives, within one
// call that cannot be interrupted.
#include "doc/yaml_reader.h"

enum { CHARACTERS_TOLD = 10 }; // of a binary file not all

static bool is_printable(int32_t c) {
    if (c == '\t' || c == '\n' || c == '\r') return true;
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return false; // NEL, U+0085, too
    return c != 0x2028 && c != 0x2029 && c != 0xfeff && c != 0xfffe && c != 0xffff;
}

static void tell_character(diags *d, const source *src, size_t at, int32_t c) {
    const char *name = c == 0x2028   ? " (line separator)"
                       : c == 0x2029 ? " (paragraph separator)"
                       : c == 0x85   ? " (next line)"
                       : c == 0xfeff ? " (byte order mark)"
                       : c == 0      ? " (NUL)"
                                     : "";
    str hint = str_format(d->arena, "remove it, or write it as %s%0*x inside double quotes",
                          c > 0xff ? "\\u" : "\\x", c > 0xff ? 4 : 2, (unsigned)c);
    diag_add(d, DIAG_CONTROL_CHARACTER, text_char(src, at), hint,
             "U+%04X%s must not stand in YAML as it is", (unsigned)c, name);
}

static uint64_t eight_of(unsigned char c) {
    return 0x0101010101010101u * c;
}

// Whether the eight bytes at `p` are printable ASCII and line feeds, as nearly all are: without a
// look at each. In a sum of a byte below 0x80 the highest bit tells how large it was.
static bool is_plain_eight(const char *p) {
    uint64_t eight, highest = eight_of(0x80);
    memcpy(&eight, p, sizeof eight);
    if ((eight | (eight + eight_of(1))) & highest) return false; // 0x7f and above
    uint64_t printable = eight + eight_of(0x80 - 0x20);
    uint64_t no_line_feed = (eight ^ eight_of('\n')) + eight_of(0x7f);
    return (~printable & no_line_feed & highest) == 0;
}

static bool check_characters(diags *d, const source *src) {
    size_t told = 0;
    for (size_t i = text_mark(src->text); i < src->text.len && told < CHARACTERS_TOLD;) {
        if (src->text.len - i >= 8 && is_plain_eight(src->text.ptr + i)) {
            i += 8;
            continue;
        }
        size_t here = i;
        int32_t c = utf8_next(src->text, &i);
        if (is_printable(c)) continue;
        tell_character(d, src, here, c);
        told++;
    }
    return told == 0;
}

static bool check_directives(diags *d, const source *src, size_t limit) {
    size_t count = 0;
    for (size_t line = 0; line < src->lines; line++) {
        size_t at = src->line_starts[line];
        if (at >= src->text.len || src->text.ptr[at] != '%' || ++count <= limit) continue;
        diag_add(d, DIAG_TOO_MANY_DIRECTIVES, text_char(src, at),
                 STR("a text with such lines is quoted, or indented below `|`"),
                 "more than %zu lines begin with `%%`", limit);
        return false;
    }
    return true;
}

bool yaml_text_is_clean(diags *d, const source *src, const doc_limits *limits) {
    return text_is_utf8(d, src) && check_characters(d, src) &&
           check_directives(d, src, limits->directives);
}
