// SPDX-License-Identifier: Apache-2.0
// Runs the cases of tests/diagnostics/cel: an expression, and exactly what is printed about it. A
// case is `== title`, the expression, `--`, the text; blank lines at the end of both do not count.
#include "cel/ast.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static str read_file(arena *a, const char *name) {
    str path = str_format(a, OBSTAT_SOURCE_DIR "/tests/diagnostics/cel/%s", name);
    FILE *f = fopen(str_c(a, path), "rb");
    CU_ASSERT_FATAL(f != NULL);
    buf text = {.arena = a};
    for (int c; (c = fgetc(f)) != EOF;)
        buf_addc(&text, (char)c);
    fclose(f);
    return buf_str(&text);
}

static str next_line(str *rest) {
    ptrdiff_t end = str_find(*rest, STR("\n"));
    size_t n = end < 0 ? rest->len : (size_t)end;
    str line = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->len);
    return line;
}

// Up to the line that is or begins with `end`; without it and the blank lines before it.
static str block(str *rest, str end) {
    str all = *rest;
    size_t n = 0;
    while (rest->len && !str_starts(*rest, end)) {
        next_line(rest);
        n = all.len - rest->len;
    }
    str s = str_sub(all, 0, n);
    while (str_ends(s, STR("\n")))
        s = str_sub(s, 0, s.len - 1);
    return s;
}

typedef void (*run_case)(arena *a, diags *d, const cel_text *text);

static void parse(arena *a, diags *d, const cel_text *text) {
    cel_parse(a, d, text, false);
}

static str diagnostics_of(arena *a, str expression, run_case run) {
    diags d = {.arena = a};
    cel_text text = {expression, NULL, source_new(a, STR("cel"), expression)};
    run(a, &d, &text);
    buf out = {.arena = a};
    for (size_t i = 0; i < d.list.len; i++)
        diag_print(&out, &d.list.at[i]);
    str s = buf_str(&out);
    return str_ends(s, STR("\n")) ? str_sub(s, 0, s.len - 1) : s;
}

static void run_file(const char *name, run_case run) {
    arena *a = unit_arena();
    str rest = read_file(a, name);
    size_t count = 0;
    for (block(&rest, STR("== ")); rest.len; count++) {
        str title = next_line(&rest);
        str expression = block(&rest, STR("--"));
        next_line(&rest);
        str expected = block(&rest, STR("== "));
        str got = diagnostics_of(a, expression, run);
        CU_ASSERT(str_eq(got, expected));
        if (!str_eq(got, expected))
            printf("\n%s, %.*s: got\n%.*s\nnot\n%.*s\n", name, STR_ARG(title), STR_ARG(got),
                   STR_ARG(expected));
    }
    CU_ASSERT(count > 0);
}

static void syntax(void) {
    run_file("syntax.txt", parse);
}

int register_cel_diagnostics(void) {
    static CU_TestInfo tests[] = {
        {"syntax", syntax},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("cel_diagnostics", tests);
}
