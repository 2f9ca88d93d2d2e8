// SPDX-License-Identifier: Apache-2.0
//
// Where a part of a scalar's text stands in the source. The source is read again beside the decoded
// text, one character of the text at a time: no map of offsets is kept for the many scalars that
// nobody asks about. It trusts the text (it is what the readers made of this source) and leaves it
// to that text to say how a line was folded.
#include "doc/doc.h"

typedef struct walk {
    str source; // all of it: trailing line breaks of a block text lie behind its span
    size_t at;  // the next place in it
    size_t end; // of the scalar
    str text;
    size_t done;   // of the text
    size_t indent; // of a block text's lines, in bytes
    node_style style;
} walk;

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static char source_at(const walk *w, size_t i) {
    return i < w->source.len ? w->source.ptr[i] : '\n';
}

static size_t break_length(const walk *w, size_t i) {
    return i + 1 < w->source.len && w->source.ptr[i] == '\r' && w->source.ptr[i + 1] == '\n' ? 2
                                                                                             : 1;
}

static size_t skip_blanks(const walk *w, size_t i) {
    while (i < w->end && is_blank(w->source.ptr[i]))
        i++;
    return i;
}

// Equal bytes: a character that stands for itself.
static bool same_character(walk *w, size_t *from, size_t *to) {
    size_t next = w->done;
    utf8_next(w->text, &next);
    size_t length = next - w->done;
    if (!str_eq(str_sub(w->text, w->done, next), str_sub(w->source, w->at, w->at + length)))
        return false;
    *from = w->at;
    *to = w->at += length;
    w->done = next;
    return true;
}

// --- flow scalars: plain, quoted, JSON

static size_t escape_length(const walk *w, size_t i) {
    switch (source_at(w, i + 1)) {
    case 'x': return 4;
    case 'U': return 10;
    case 'u':
        // JSON's surrogate pair is one character.
        return (source_at(w, i + 2) == 'd' || source_at(w, i + 2) == 'D') &&
                       str_find(STR("89abAB"), str_sub(w->source, i + 3, i + 4)) >= 0
                   ? 12
                   : 6;
    default: return 2;
    }
}

// The line breaks that begin at `i`, blanks around them included: how many, and where they end.
static size_t count_breaks(const walk *w, size_t i, size_t *end) {
    size_t breaks = 0;
    while (i < w->end && (is_blank(w->source.ptr[i]) || is_break(w->source.ptr[i]))) {
        size_t length = is_break(w->source.ptr[i]) ? break_length(w, i) : 1;
        breaks += is_break(w->source.ptr[i]);
        i += length;
    }
    *end = i;
    return breaks;
}

// Passes a line break that ends at `to`, and the indentation behind it unless further breaks come.
static void pass_break(walk *w, size_t to) {
    size_t end = 0;
    w->done++;
    bool more =
        w->done < w->text.len && w->text.ptr[w->done] == '\n' && count_breaks(w, to, &end) > 0;
    w->at = more ? to : skip_blanks(w, to);
}

// One break of a fold: `at` is at or before it. The first of several is not in the text.
static bool folded_break(walk *w, size_t *from, size_t *to) {
    size_t end = 0, i = skip_blanks(w, w->at);
    size_t breaks = count_breaks(w, w->at, &end);
    if (breaks == 0 || !is_break(source_at(w, i))) return false;
    bool begun = w->at > 0 && is_break(w->source.ptr[w->at - 1]) && w->done > 0 &&
                 w->text.ptr[w->done - 1] == '\n';
    if (breaks > 1 && !begun && w->text.ptr[w->done] == '\n') {
        i = skip_blanks(w, i + break_length(w, i));
    } else if (breaks > 1 && !begun) {
        return false;
    }
    *from = i;
    *to = i + break_length(w, i);
    pass_break(w, *to);
    return true;
}

static bool next_double(walk *w, size_t *from, size_t *to) {
    // An escaped line break joins two lines without a trace in the text.
    while (source_at(w, w->at) == '\\' && is_break(source_at(w, w->at + 1))) {
        size_t end = 0;
        count_breaks(w, w->at + 1, &end);
        size_t first = w->at + 1 + break_length(w, w->at + 1);
        // Further empty lines are line breaks of the text; the walk goes on before them.
        bool empty_lines =
            w->text.ptr[w->done] == '\n' && is_break(source_at(w, skip_blanks(w, first)));
        w->at = empty_lines ? first : end;
        if (!empty_lines) continue;
        *from = skip_blanks(w, w->at);
        *to = *from + break_length(w, *from);
        pass_break(w, *to);
        return true;
    }
    if (source_at(w, w->at) != '\\') return false;
    *from = w->at;
    *to = w->at += escape_length(w, w->at);
    utf8_next(w->text, &w->done);
    return true;
}

static bool next_flow(walk *w, size_t *from, size_t *to) {
    char c = w->text.ptr[w->done];
    bool at_space = is_blank(source_at(w, w->at)) || is_break(source_at(w, w->at));
    size_t end = 0;
    if (at_space && count_breaks(w, w->at, &end) > 0) {
        if (c == ' ' || c == '\n') return folded_break(w, from, to);
        w->at = end;
    }
    if (w->style == STYLE_DOUBLE && next_double(w, from, to)) return true;
    if (w->style == STYLE_SINGLE && c == '\'' && source_at(w, w->at) == '\'') {
        *from = w->at;
        *to = w->at += 2;
        w->done++;
        return true;
    }
    return same_character(w, from, to);
}

// --- block scalars

static size_t line_end(const walk *w, size_t i) {
    while (i < w->source.len && !is_break(w->source.ptr[i]))
        i++;
    return i;
}

// The beginning of the line after the one that ends at `i`.
static size_t next_line(const walk *w, size_t i) {
    return i < w->source.len ? i + break_length(w, i) : i;
}

// The content of the line that begins at `i`, and thus the place behind its indentation.
static size_t content_start(const walk *w, size_t i) {
    for (size_t n = 0; n < w->indent && source_at(w, i) == ' '; n++)
        i++;
    return i;
}

// Puts the walk on the first line of a block text and works out its indentation: what its first
// line with content has more in front than the text has.
static void begin_block(walk *w) {
    size_t line = next_line(w, line_end(w, w->at)), skipped = 0;
    w->at = line;
    while (skipped < w->text.len && w->text.ptr[skipped] == '\n') {
        skipped++;
        line = next_line(w, line_end(w, line));
    }
    size_t blanks = 0, own = 0;
    while (source_at(w, line + blanks) == ' ')
        blanks++;
    while (skipped + own < w->text.len && w->text.ptr[skipped + own] == ' ')
        own++;
    w->indent = skipped == w->text.len ? w->source.len : blanks > own ? blanks - own : 0;
    w->at = content_start(w, w->at);
}

// The empty lines that follow the end of a line.
static size_t count_empty_lines(const walk *w, size_t end) {
    size_t n = 0;
    for (size_t i = next_line(w, end); i < w->source.len; i = next_line(w, i), n++) {
        i = content_start(w, i);
        if (!is_break(source_at(w, i))) break;
    }
    return n;
}

static size_t run_of_breaks(const walk *w) {
    size_t n = 0;
    while (w->done + n < w->text.len && w->text.ptr[w->done + n] == '\n')
        n++;
    return n;
}

static bool next_block(walk *w, size_t *from, size_t *to) {
    char c = w->text.ptr[w->done];
    if (!is_break(source_at(w, w->at))) return same_character(w, from, to);
    if (c != '\n' && (c != ' ' || w->style != STYLE_FOLDED)) return false;
    // A fold: as many line breaks as empty lines means that the first one is not in the text.
    bool begun = w->done == 0 || w->text.ptr[w->done - 1] == '\n';
    size_t run = run_of_breaks(w), empty = count_empty_lines(w, w->at);
    bool at_end = w->done + run == w->text.len;
    if (w->style == STYLE_FOLDED && c == '\n' && !begun && !at_end && run == empty)
        w->at = content_start(w, next_line(w, w->at));
    *from = w->at;
    *to = next_line(w, w->at);
    w->done++;
    w->at = content_start(w, *to);
    return true;
}

// --- all

static walk begin(const node *n) {
    walk w = {.source = n->at.src->text,
              .at = n->at.from,
              .end = n->at.to,
              .text = n->text,
              .style = (node_style)n->style};
    if (w.style == STYLE_SINGLE || w.style == STYLE_DOUBLE) {
        w.at++;
        w.end--;
    }
    if (w.style == STYLE_LITERAL || w.style == STYLE_FOLDED) begin_block(&w);
    return w;
}

span doc_scalar_span(const node *scalar, size_t from, size_t to) {
    if (!scalar->at.src || scalar->style >= STYLE_BLOCK) return scalar->at;
    bool block = scalar->style == STYLE_LITERAL || scalar->style == STYLE_FOLDED;
    walk w = begin(scalar);
    span found = {scalar->at.src, (uint32_t)w.at, (uint32_t)w.at};
    for (bool any = false; w.done < w.text.len && w.done < to;) {
        size_t begins = 0, ends = 0;
        bool ok = block ? next_block(&w, &begins, &ends) : next_flow(&w, &begins, &ends);
        if (!ok) return scalar->at;
        if (w.done <= from)
            found.from = (uint32_t)ends;
        else if (!any)
            found.from = (uint32_t)begins;
        any = any || w.done > from;
        found.to = (uint32_t)ends;
    }
    if (found.to < found.from) found.to = found.from;
    return found;
}
