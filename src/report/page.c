// SPDX-License-Identifier: Apache-2.0
//
// Wrapping, inks, and the spelling out of characters that could deceive a reader. Excerpts are in
// excerpt.c.
#include "report/page.h"

static const char *const ink_codes[] = {
    [INK_PLAIN] = "",    [INK_BAD] = "1;31", [INK_OPEN] = "1;33",  [INK_SOON] = "1;35",
    [INK_GOOD] = "1;32", [INK_NAME] = "1",   [INK_PLACE] = "1;34", [INK_FAINT] = "2",
};

page page_new(buf *out, const report_options *options) {
    unsigned width = options->width ? options->width : 100;
    return (page){.out = out, .color = options->color, .width = width < 40 ? 40 : width};
}

// What a terminal would obey or not show: controls, marks of direction, invisible characters. The
// joiners U+200C and U+200D belong to ordinary words of many scripts.
static bool deceives(int32_t c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x200b ||
           c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

// One character as it may be shown: itself, or `\u202e`; an ill-formed byte as U+FFFD.
typedef struct glyph {
    char bytes[12];
    size_t length;
    unsigned width;
    bool wide;
} glyph;

static glyph spelled(int32_t c) {
    static const char digits[] = "0123456789abcdef";
    int count = c > 0xffff ? 8 : 4;
    glyph g = {.bytes = {'\\', c > 0xffff ? 'U' : 'u'}, .length = 2};
    for (int i = count - 1; i >= 0; i--)
        g.bytes[g.length++] = digits[(c >> (4 * i)) & 0xf];
    g.width = (unsigned)g.length;
    return g;
}

static glyph next_glyph(str s, size_t *at) {
    size_t from = *at;
    int32_t c = utf8_next(s, at);
    if (c < 0) return (glyph){.bytes = "\xef\xbf\xbd", .length = 3, .width = 1};
    if (deceives(c)) return spelled(c);
    glyph g = {.length = *at - from, .width = (unsigned)utf8_width(c)};
    for (size_t i = 0; i < g.length; i++)
        g.bytes[i] = s.ptr[from + i];
    g.wide = g.width == 2;
    return g;
}

// Most text is ASCII: how much of it stands at `from`, to be taken as it is.
static size_t plain_run(str s, size_t from) {
    size_t i = from;
    while (i < s.len && s.ptr[i] >= 0x20 && s.ptr[i] < 0x7f)
        i++;
    return i - from;
}

unsigned page_width(str s) {
    unsigned width = 0;
    for (size_t i = 0; i < s.len;) {
        size_t run = plain_run(s, i);
        width += (unsigned)run;
        i += run;
        if (i < s.len) width += next_glyph(s, &i).width;
    }
    return width;
}

static void begin_ink(page *p, ink i) {
    if (p->color && i != INK_PLAIN) buf_addf(p->out, "\033[%sm", ink_codes[i]);
}

static void end_ink(page *p, ink i) {
    if (p->color && i != INK_PLAIN) buf_adds(p->out, "\033[0m");
}

static void blanks(page *p, unsigned count) {
    for (; count > 0; count--, p->column++)
        buf_addc(p->out, ' ');
}

static void put_glyphs(page *p, str s) {
    for (size_t i = 0; i < s.len;) {
        size_t run = plain_run(s, i);
        if (run > 0) {
            buf_add(p->out, str_sub(s, i, i + run));
            p->column += (unsigned)run;
            i += run;
            continue;
        }
        glyph g = next_glyph(s, &i);
        buf_add(p->out, (str){g.bytes, g.length});
        p->column += g.width;
    }
}

void page_put(page *p, ink i, str s) {
    if (!s.len) return;
    begin_ink(p, i);
    put_glyphs(p, s);
    end_ink(p, i);
    p->gap = true;
}

void page_puts(page *p, ink i, const char *s) {
    page_put(p, i, str_of(s));
}

void page_end(page *p) {
    buf_addc(p->out, '\n');
    p->column = 0;
    p->start = 0;
    p->gap = false;
}

void page_tab(page *p, unsigned column) {
    if (p->column > column) page_end(p);
    blanks(p, column - p->column);
    p->indent = column;
    p->start = column;
    p->gap = false;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// Marks that close what stands before them never begin a line.
static bool closes(glyph g) {
    static const char *const marks[] = {"、", "。", "，", "：", "；", "！", "？",
                                        "）", "」", "』", "】", "》", "”",  "’"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_is((str){g.bytes, g.length}, marks[i])) return true;
    return false;
}

// Marks that open what stands behind them never end a line.
static bool opens(glyph g) {
    static const char *const marks[] = {"(", "[", "（", "「", "『", "【", "《", "“", "‘"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_is((str){g.bytes, g.length}, marks[i])) return true;
    return false;
}

// Words of ASCII, between whose characters no line ends.
static size_t word_run(str s, size_t from) {
    size_t i = from;
    while (i < s.len && s.ptr[i] > 0x20 && s.ptr[i] < 0x7f)
        i++;
    return i - from;
}

// The end of the piece that begins at `from`: up to a blank, or to where a wide character allows a
// line's end.
static size_t piece_end(str s, size_t from) {
    size_t at = from;
    glyph before = next_glyph(s, &at);
    while (at < s.len && !is_blank(s.ptr[at])) {
        size_t run = before.wide ? 0 : word_run(s, at);
        if (run > 1) at += run - 1; // the last one may stand before a wide one
        size_t after = at;
        glyph g = next_glyph(s, &after);
        if ((before.wide || g.wide) && g.width > 0 && !closes(g) && !opens(before)) break;
        if (g.width > 0) before = g;
        at = after;
    }
    return at;
}

static void put_piece(page *p, str piece) {
    unsigned gap = p->gap ? 1 : 0;
    if (p->column > p->start && p->column + gap + page_width(piece) > p->width) {
        page_end(p);
        blanks(p, p->indent);
        p->start = p->column;
        gap = 0;
    }
    blanks(p, gap);
    put_glyphs(p, piece);
    p->gap = false;
}

void page_words(page *p, ink i, str s) {
    begin_ink(p, i);
    for (size_t at = 0; at < s.len;) {
        if (is_blank(s.ptr[at])) {
            p->gap = p->column > p->start;
            at++;
            continue;
        }
        size_t end = piece_end(s, at);
        put_piece(p, str_sub(s, at, end));
        at = end;
    }
    end_ink(p, i);
    p->gap = p->column > p->start;
}

void page_unbroken(page *p, ink i, str s) {
    begin_ink(p, i);
    put_piece(p, s);
    end_ink(p, i);
    p->gap = true;
}

void page_wordsf(page *p, ink i, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    str s = str_vformat(p->out->arena, fmt, args);
    va_end(args);
    page_words(p, i, s);
}

void page_rule(page *p, ink i, str heading) {
    begin_ink(p, i);
    put_glyphs(p, STR("── "));
    put_glyphs(p, heading);
    put_glyphs(p, STR(" "));
    do
        put_glyphs(p, STR("─"));
    while (p->column < p->width);
    end_ink(p, i);
    page_end(p);
}
