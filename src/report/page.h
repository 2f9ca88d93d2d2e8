// SPDX-License-Identifier: Apache-2.0
//
// Text for people, on a terminal or in a log: words wrapped at a width that counts wide characters
// as two columns, inks that become colours or nothing, excerpts with a marked span. What comes from
// files never reaches the terminal as a control character or as a mark that turns or hides text: it
// is spelled out. Knows nothing of findings.
#ifndef OBSTAT_REPORT_PAGE_H
#define OBSTAT_REPORT_PAGE_H

#include "report/model.h"

typedef enum ink {
    INK_PLAIN,
    INK_BAD,   // stands in the way
    INK_OPEN,  // waits for a fact or a judgement
    INK_SOON,  // will matter
    INK_GOOD,  // nothing in the way
    INK_NAME,  // headings and names
    INK_PLACE, // gutters and arrows
    INK_FAINT  // beside the point
} ink;

typedef struct page {
    buf *out;
    bool color;
    unsigned width;
    unsigned indent; // of the lines that wrapping makes
    unsigned column; // columns written of this line
    unsigned start;  // where its text begins
    bool gap;        // a blank is due before the next word
} page;

page page_new(buf *out, const report_options *options);

// As it is, without wrapping.
void page_put(page *p, ink i, str s);
void page_puts(page *p, ink i, const char *s);

// Word by word: runs of blanks and line ends become one blank or a new line. The first word of a
// call is set off from what stands before it. Between wide characters a line may end, too.
void page_words(page *p, ink i, str s);
// The same, but never a line's end within it.
void page_unbroken(page *p, ink i, str s);
void page_wordsf(page *p, ink i, const char *fmt, ...) PRINTF_LIKE(3, 4);

// Blanks up to a column (0-based), where the text then begins and to which it wraps.
void page_tab(page *p, unsigned column);

void page_end(page *p);                      // ends the line; an empty line where there is none
void page_rule(page *p, ink i, str heading); // "── heading ─────────"

// `--> file:line:column` and, where the line's text is there, the line with the span underlined.
void page_excerpt(page *p, ink mark, const report_at *at, str label, unsigned gutter);
unsigned page_gutter(uint32_t line); // digits of a line number

unsigned page_width(str s); // columns that it takes

#endif
