// SPDX-License-Identifier: Apache-2.0
//
// Diagnostics on paper: level, code, message, the line with the span underlined, a hint.
#include "report/formats.h"
#include "report/page.h"

static void one(page *p, const report_diagnostic *d) {
    ink mark = str_is(d->level, "error") ? INK_BAD : INK_OPEN;
    unsigned digits = page_gutter(d->at.line), also = page_gutter(d->also.line);
    digits = digits > also ? digits : also;
    digits = digits < 2 ? 2 : digits;
    p->indent = 4;
    page_wordsf(p, mark, "%.*s[%.*s]:", STR_ARG(d->level), STR_ARG(d->code));
    page_words(p, INK_NAME, d->message);
    page_end(p);
    page_excerpt(p, mark, &d->at, STR(""), digits);
    page_excerpt(p, INK_PLACE, &d->also, STR("the other place"), digits);
    if (!d->hint.len) return;
    page_tab(p, digits + 1);
    page_words(p, INK_PLACE, STR("= hint:"));
    p->indent = digits + 9;
    page_words(p, INK_PLAIN, d->hint);
    page_end(p);
}

void diagnostics_write(buf *out, const report_diagnostic *list, size_t count,
                       const report_options *options) {
    page p = page_new(out, options);
    for (size_t i = 0; i < count; i++) {
        one(&p, &list[i]);
        page_end(&p);
    }
}
