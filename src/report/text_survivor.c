// SPDX-License-Identifier: Apache-2.0
//
// A mutant on paper: the line as it is, with what was changed underlined, and what it becomes, on
// one line whatever its length, so that it can be copied.
#include "report/page.h"
#include "report/survivor.h"

enum { VALUES_AT = 11 };

void survivor_write(buf *out, const report_survivor *s, const report_options *options) {
    page p = page_new(out, options);
    unsigned digits = page_gutter(s->at.line);
    bool open = str_is(s->fate, "survived");
    p.indent = 4;
    page_words(&p, open ? INK_BAD : INK_FAINT, str_format(out->arena, "%.*s:", STR_ARG(s->fate)));
    page_words(&p, INK_NAME, s->of);
    page_words(&p, INK_PLAIN, str_format(out->arena, "(%.*s)", STR_ARG(s->kind)));
    page_end(&p);
    page_excerpt(&p, open ? INK_BAD : INK_FAINT, &s->at, STR(""), digits < 2 ? 2 : digits);
    page_tab(&p, 2);
    page_puts(&p, INK_NAME, "becomes:");
    page_tab(&p, VALUES_AT);
    page_put(&p, INK_PLAIN, s->becomes);
    page_end(&p);
    if (s->because.len) {
        page_tab(&p, 2);
        page_puts(&p, INK_NAME, "because:");
        page_tab(&p, VALUES_AT);
        page_words(&p, INK_PLAIN, s->because);
        page_end(&p);
    }
    page_end(&p);
}
