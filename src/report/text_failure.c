// SPDX-License-Identifier: Apache-2.0
//
// A failed test on paper: the expectation's line, and what was found instead.
#include "report/failure.h"
#include "report/page.h"

enum { VALUES_AT = 12 };

static void line(page *p, const char *key, ink i, str text) {
    if (!text.len) return;
    page_tab(p, 2);
    page_puts(p, INK_NAME, key);
    page_tab(p, VALUES_AT);
    page_words(p, i, text);
    page_end(p);
}

static void lines(page *p, const char *key, const report_texts *list) {
    for (size_t i = 0; i < list->count; i++)
        line(p, i ? "" : key, INK_PLAIN, list->at[i]);
}

void failure_write(buf *out, const report_failure *f, const report_options *options) {
    page p = page_new(out, options);
    unsigned digits = page_gutter(f->at.line);
    p.indent = 4;
    page_words(&p, INK_BAD, STR("failed:"));
    page_words(&p, INK_NAME, f->name);
    page_end(&p);
    page_excerpt(&p, INK_BAD, &f->at, f->what, digits < 2 ? 2 : digits);
    line(&p, "expected:", INK_GOOD, f->expected);
    line(&p, "got:", INK_BAD, f->got);
    lines(&p, "because:", &f->because);
    lines(&p, "needs:", &f->needs);
    page_end(&p);
}
