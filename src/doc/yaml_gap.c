// SPDX-License-Identifier: Apache-2.0
//
// What libyaml 0.2.5 accepts although YAML 1.2 forbids it, or reads as something else without a
// word, as far as it shows in the bytes between values (indicators, comments, properties) or in the
// lines of one value:
//
//   - a comment glued to what stands before it (`]#`, `"x"#`, `,#`, `>#`);
//   - a directive inside a document, without the `...` that must end it;
//   - `?x` in brackets, of which the `?` is lost, and `&a:b`, cut before the colon;
//   - lines of a quoted text or of brackets that are not indented deeper than the map around them;
//   - blank lines before a block text that are indented deeper than it, and `-` alone in brackets.
//
// Each is refused here. A line that only closes a bracket may stand anywhere: nobody misreads it.
#include "doc/yaml_reader.h"

#include <string.h>

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || is_break(c);
}

static bool is_bracket_or_comma(char c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

static bool is_name(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-';
}

// The character at `i`, a line break at the end of the text.
static char at(const yaml_reader *r, size_t i) {
    return i < r->text.len ? r->text.ptr[i] : '\n';
}

static bool begins_line(const yaml_reader *r, size_t i) {
    return i == r->begin || is_break(r->text.ptr[i - 1]);
}

static size_t line_end(const yaml_reader *r, size_t i) {
    while (!is_break(at(r, i)))
        i++;
    return i;
}

static bool in_brackets(const yaml_reader *r) {
    const frame *f = build_top(&r->b);
    return f && f->style == STYLE_FLOW;
}

static void tell(yaml_reader *r, size_t from, size_t to, str hint, const char *message) {
    if (from < r->told) return;
    diag_add(r->b.diags, DIAG_BAD_YAML, text_span(r->b.src, from, to), hint, "%s", message);
}

static void check_comment(yaml_reader *r, size_t i) {
    if (begins_line(r, i) || is_space(r->text.ptr[i - 1])) return;
    tell(r, i, i + 1, STR("put a blank before `#`, or quote the text that it belongs to"),
         "a comment must stand apart from what is before it");
}

// Whether the line that begins at `i` is indented as the value that began at `open` demands. Mostly
// it is not, because the value's closing quote or bracket was forgotten.
static void check_indentation(yaml_reader *r, size_t i, size_t open) {
    size_t text = i;
    while (at(r, text) == ' ')
        text++;
    ptrdiff_t blanks = (ptrdiff_t)(text - i);
    size_t tab = text;
    while (at(r, text) == ' ' || at(r, text) == '\t')
        text++;
    char c = at(r, text);
    if (is_break(c) || blanks > yaml_column(r) || c == ']' || c == '}' || c == '#') return;
    if (text < r->told || r->derailed) return;
    size_t end = text;
    while (!is_space(at(r, end)))
        end++;
    if (at(r, tab) == '\t') {
        tell(r, tab, tab + 1, STR("indent with blanks"), "a tab is no indentation");
        return;
    }
    r->derailed = true;
    diag *d = diag_add(r->b.diags, DIAG_BAD_YAML, text_span(r->b.src, text, end),
                       STR("close it, or indent this line deeper than the list or map around it"),
                       "this line still belongs to the `%c` above", at(r, open));
    d->also = text_char(r->b.src, open);
}

// The innermost open bracket.
static size_t open_bracket(const yaml_reader *r) {
    size_t i = r->open.len;
    while (i > 1 && !r->open.at[i - 1].bracket)
        i--;
    return r->b.frames.at[i - 1].from;
}

static bool is_marker(const yaml_reader *r, size_t i, str marker) {
    return str_starts(str_sub(r->text, i, r->text.len), marker) && is_space(at(r, i + 3));
}

static void check_directive(yaml_reader *r, size_t i) {
    size_t end = line_end(r, i);
    if (r->in_document)
        tell(r, i, end, STR("end the document before it with `...`, or quote this text"),
             "a line that begins with `%` stands inside a document");
    ptrdiff_t comment = str_find(str_sub(r->text, i, end), STR("#"));
    if (comment > 0 && str_starts(str_sub(r->text, i, end), STR("%YAML")))
        check_comment(r, i + (size_t)comment);
}

// The beginning of a line between values. Returns where to go on.
static size_t line_start(yaml_reader *r, size_t i) {
    if (is_marker(r, i, STR("---")) || is_marker(r, i, STR("..."))) {
        r->in_document = r->text.ptr[i] == '-';
        return i + 3;
    }
    if (at(r, i) == '%') {
        check_directive(r, i);
        return line_end(r, i);
    }
    if (in_brackets(r)) check_indentation(r, i, open_bracket(r));
    return i;
}

// A question mark, anchor or tag. Returns its end.
static size_t word(yaml_reader *r, size_t i) {
    char first = r->text.ptr[i];
    bool brackets = in_brackets(r);
    if (first == '?') {
        char next = at(r, i + 1);
        if (brackets && !is_space(next) && !is_bracket_or_comma(next))
            tell(r, i, i + 1, STR("quote a text that begins with `?`"),
                 "`?` without a blank after it would be lost");
        return i + 1;
    }
    size_t end = i + 1;
    bool verbatim = first == '!' && at(r, end) == '<';
    while (!is_space(at(r, end)) && (!brackets || verbatim || !is_bracket_or_comma(at(r, end))))
        end++;
    size_t name = i + 1;
    while (name < end && is_name(r->text.ptr[name]))
        name++;
    if (first == '&' && name < end)
        tell(r, i, end, STR("quote a text that begins with `&`"),
             "an anchor's name has letters, digits, `-` and `_` only");
    return end;
}

size_t yaml_gap(yaml_reader *r, size_t to) {
    size_t i = r->last, after = r->last;
    while (i < to) {
        if (begins_line(r, i)) {
            size_t next = line_start(r, i);
            if (next > i) {
                i = after = next;
                continue;
            }
        }
        char c = r->text.ptr[i];
        if (is_space(c)) {
            i++;
        } else if (c == '#') {
            check_comment(r, i);
            i = line_end(r, i);
        } else {
            i = after = c == '?' || c == '&' || c == '!' ? word(r, i) : i + 1;
        }
    }
    // A value that begins its line is no part of the gap, but its indentation is.
    if (i == to && in_brackets(r) && i > r->last && begins_line(r, i))
        check_indentation(r, i, open_bracket(r));
    if (to > r->told) r->told = to;
    return after < to ? after : to;
}

static bool has_break(str s) {
    return s.len && (memchr(s.ptr, '\n', s.len) || memchr(s.ptr, '\r', s.len));
}

static void check_lines(yaml_reader *r, span value, size_t open) {
    if (!has_break(str_sub(r->text, value.from, value.to))) return; // as of most values
    for (size_t i = value.from + 1; i < value.to; i++)
        if (begins_line(r, i)) check_indentation(r, i, open);
}

// `|` or `>` and the lines up to the first that is not blank.
static void check_block_text(yaml_reader *r, span value) {
    size_t i = value.from + 1, widest = 0;
    bool explicit_indent = false;
    for (; !is_space(at(r, i)) && at(r, i) != '#'; i++)
        explicit_indent = explicit_indent || (at(r, i) >= '0' && at(r, i) <= '9');
    if (at(r, i) == '#') check_comment(r, i);
    if (explicit_indent) return;
    for (i = line_end(r, i); i < r->text.len && is_break(at(r, i)); i = line_end(r, i)) {
        i += str_starts(str_sub(r->text, i, i + 2), STR("\r\n")) ? 2 : 1;
        size_t text = i;
        while (at(r, text) == ' ')
            text++;
        size_t blanks = text - i;
        if (text >= r->text.len) return;
        if (!is_break(at(r, text))) {
            if (blanks < widest) {
                r->derailed = true;
                tell(r, value.from, value.from + 1, STR("take the blanks off the empty lines"),
                     "empty lines before this text are indented deeper than it");
            }
            return;
        }
        if (blanks > widest) widest = blanks;
    }
}

void yaml_check_scalar(yaml_reader *r, const node *n) {
    bool plain_in_brackets = n->style == STYLE_PLAIN && in_brackets(r);
    if (n->style == STYLE_SINGLE || n->style == STYLE_DOUBLE) check_lines(r, n->at, n->at.from);
    if (plain_in_brackets) check_lines(r, n->at, open_bracket(r));
    if (n->style == STYLE_LITERAL || n->style == STYLE_FOLDED) check_block_text(r, n->at);
    if (plain_in_brackets && str_is(n->text, "-"))
        tell(r, n->at.from, n->at.to, STR("quote it"), "`-` cannot stand alone in brackets");
}
