// SPDX-License-Identifier: Apache-2.0
// Places in a text and how a diagnostic is printed: every line's end, behind tabs and wide
// characters, at the file's end.
#include "base/diag.h"
#include "unit.h"

#include <string.h>

static const source *text_of(arena *a, const char *text) {
    return source_new(a, STR("launch.yaml"), str_of(text));
}

static void positions_count_lines_and_code_points(void) {
    static const struct {
        const char *text;
        uint32_t offset, line, column;
    } cases[] = {
        {"", 0, 1, 1},
        {"abc", 0, 1, 1},
        {"abc", 3, 1, 4},
        {"a\nb", 2, 2, 1},
        {"a\n", 2, 2, 1},
        {"a\r\nb", 3, 2, 1},
        {"a\rb", 2, 2, 1},
        {"a\n\nb", 3, 3, 1},
        {"\xe4\xb8\xad\xe6\x96\x87x", 6, 1, 3},
        {"a: b\r\n\tc: \xc3\xa9z", 12, 2, 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        position p = source_position(text_of(unit_arena(), cases[i].text), cases[i].offset);
        CU_ASSERT(p.line == cases[i].line && p.column == cases[i].column);
    }
}

static void lines_come_without_their_end(void) {
    const source *src = text_of(unit_arena(), "one\r\ntwo\rthree\n\nfive");
    static const char *const lines[] = {"one", "two", "three", "", "five"};
    CU_ASSERT(src->lines == 5);
    for (uint32_t i = 0; i < 5; i++)
        CHECK_STR(source_line(src, i + 1), lines[i]);
}

static void an_offset_from_line_and_column(void) {
    const source *src = text_of(unit_arena(), "ab\n\xe4\xb8\xad"
                                              "cd");
    CU_ASSERT(source_offset(src, 0, 1) == 1);
    CU_ASSERT(source_offset(src, 1, 0) == 3);
    CU_ASSERT(source_offset(src, 1, 1) == 6);
    CU_ASSERT(source_offset(src, 1, 99) == 8 && source_offset(src, 7, 0) == 8);
}

static str printed(arena *a, const char *text, const char *word, str hint) {
    const source *src = text_of(a, text);
    diags d = {.arena = a};
    ptrdiff_t at = str_find(src->text, str_of(word));
    CU_ASSERT_FATAL(at >= 0);
    span where = {src, (uint32_t)at, (uint32_t)at + (uint32_t)strlen(word)};
    diag_add(&d, DIAG_DUPLICATE_KEY, where, hint, "the key `%s` again", word);
    buf out = {.arena = a};
    diag_print(&out, &d.list.at[0]);
    return buf_str(&out);
}

static void the_span_is_underlined(void) {
    CHECK_STR(printed(unit_arena(), "a: 1\nkind: 2\n", "kind", STR("name one")),
              "launch.yaml:2:1: error: the key `kind` again [duplicate-key]\n"
              "    2 | kind: 2\n"
              "      | ^^^^\n"
              "      = hint: name one\n");
}

static void the_underline_stands_behind_tabs_and_wide_text(void) {
    CHECK_STR(printed(unit_arena(), "\t\xe4\xb8\xad: \xe6\x96\x87x", "\xe6\x96\x87x", STR("")),
              "launch.yaml:1:5: error: the key `\xe6\x96\x87x` again [duplicate-key]\n"
              "    1 | \t\xe4\xb8\xad: \xe6\x96\x87x\n"
              "      | \t    ^^^\n");
}

static void control_characters_do_not_reach_the_terminal(void) {
    str s = printed(unit_arena(), "a\x1b[31mb: kind", "kind", STR(""));
    CU_ASSERT(str_find(s, STR("\x1b")) < 0);
}

static void all_mistakes_are_kept_up_to_a_limit(void) {
    diags d = {.arena = unit_arena()};
    span nowhere = {0};
    for (int i = 0; i < DIAG_LIMIT + 5; i++)
        diag_add(&d, DIAG_DUPLICATE_KEY, nowhere, STR(""), "number %d", i);
    CU_ASSERT(d.list.len == DIAG_LIMIT && d.dropped == 5 && d.errors == DIAG_LIMIT + 5);
    CHECK_STR(d.list.at[DIAG_LIMIT - 1].message, "number 999");
}

static void codes_are_unique_words(void) {
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const diag_kind *kind = &diag_kinds[i];
        CU_ASSERT(strspn(kind->slug, "abcdefghijklmnopqrstuvwxyz0123456789-") ==
                  strlen(kind->slug));
        CU_ASSERT(kind->about[0] && str_ends(str_of(kind->about), STR(".")));
        for (size_t k = 0; k < i; k++)
            CU_ASSERT_STRING_NOT_EQUAL(diag_kinds[k].slug, kind->slug);
    }
}

int register_diag(void) {
    static CU_TestInfo tests[] = {
        {"positions count lines and code points", positions_count_lines_and_code_points},
        {"lines come without their end", lines_come_without_their_end},
        {"an offset from line and column", an_offset_from_line_and_column},
        {"the span is underlined", the_span_is_underlined},
        {"the underline stands behind tabs and wide text",
         the_underline_stands_behind_tabs_and_wide_text},
        {"control characters do not reach the terminal",
         control_characters_do_not_reach_the_terminal},
        {"all mistakes are kept up to a limit", all_mistakes_are_kept_up_to_a_limit},
        {"codes are unique words", codes_are_unique_words},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("diag", tests);
}
