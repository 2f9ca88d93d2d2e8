// SPDX-License-Identifier: Apache-2.0
//
// The line of a file with a span underlined. A long line is cut to a window around the span; tabs
// become blanks, so that the underline stands where it should on every terminal.
#include "report/page.h"

enum { TAB_WIDTH = 4 };

unsigned page_gutter(uint32_t line) {
    unsigned digits = 1;
    for (; line >= 10; line /= 10)
        digits++;
    return digits;
}

// A line with its tabs widened, and the columns of the span in it.
typedef struct shown {
    buf text;
    unsigned from, to; // in columns, `to` exclusive
} shown;

static str character(str line, size_t *at) {
    size_t from = *at;
    utf8_next(line, at);
    return str_sub(line, from, *at);
}

static shown widen(arena *a, const report_at *at) {
    shown s = {.text = {.arena = a}};
    unsigned column = 0, number = at->text_column ? at->text_column : 1;
    for (size_t i = 0; i < at->text.len; number++) {
        if (number == at->column) s.from = column;
        if (number == at->end_column) s.to = column;
        str c = character(at->text, &i);
        bool tab = str_is(c, "\t");
        if (tab) c = STR("    ");
        buf_add(&s.text, c);
        column += tab ? TAB_WIDTH : page_width(c);
    }
    if (number <= at->column) s.from = column;
    if (at->end_line > at->line || number <= at->end_column) s.to = column;
    if (s.to <= s.from) s.to = s.from + 1;
    return s;
}

// The window [from, from + room) of columns in which the span begins.
static unsigned window(const shown *s, unsigned room) {
    unsigned all = page_width(buf_str(&s->text));
    if (all <= room || s->to <= room) return 0;
    unsigned lead = room / 4, from = s->from > lead ? s->from - lead : 0;
    return from < all - room ? from : all - room;
}

// What a cut takes away on the left is one `…`; half of a wide character is a blank.
static void put_window(page *p, str text, unsigned from, unsigned room) {
    unsigned column = 0;
    for (size_t i = 0; i < text.len && column <= from + room;) {
        str c = character(text, &i);
        unsigned width = page_width(c);
        if (from > 0 && column <= from && column + width > from) {
            page_puts(p, INK_FAINT, "…");
            page_tab(p, p->column + column + width - from - 1);
        } else if (column >= from && column + width <= from + room) {
            page_put(p, INK_PLAIN, c);
        }
        column += width;
    }
}

static void gutter(page *p, unsigned width, str number) {
    page_tab(p, 1 + width - (unsigned)number.len);
    page_put(p, INK_PLACE, number);
    page_puts(p, INK_PLACE, " | ");
}

static void put_lines(page *p, ink mark, const report_at *at, unsigned digits) {
    arena *a = p->out->arena;
    shown s = widen(a, at);
    unsigned room = p->width > digits + 14 ? p->width - digits - 4 : 10;
    unsigned from = window(&s, room);
    gutter(p, digits, str_format(a, "%u", at->line));
    put_window(p, buf_str(&s.text), from, room);
    page_end(p);
    gutter(p, digits, STR(""));
    page_tab(p, p->column + s.from - from);
    buf marks = {.arena = a};
    for (unsigned c = s.from; c < s.to && c < from + room; c++)
        buf_addc(&marks, '^');
    page_put(p, mark, buf_str(&marks));
    page_end(p);
}

void page_excerpt(page *p, ink mark, const report_at *at, str label, unsigned digits) {
    if (!at->file.len) return;
    page_tab(p, digits);
    page_puts(p, INK_PLACE, "--> ");
    page_put(p, INK_PLAIN, at->file);
    if (at->line) page_put(p, INK_PLAIN, str_format(p->out->arena, ":%u:%u", at->line, at->column));
    if (label.len) page_words(p, INK_PLAIN, label);
    page_end(p);
    if (!at->line || !str_trim(at->text).len) return;
    put_lines(p, mark, at, digits);
}
