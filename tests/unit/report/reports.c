// SPDX-License-Identifier: Apache-2.0
// The formats and the page about a rule, against files of tests/golden that people have read and
// judged. With OBSTAT_GOLDEN=folder in the environment, what was written is left there.
#include "unit.h"

#include "report/build.h"
#include "report/formats.h"
#include "report/page.h"
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static str read_golden(arena *a, const char *name) {
    str path = str_format(a, "%s/tests/golden/%s", OBSTAT_SOURCE_DIR, name);
    FILE *f = fopen(str_c(a, path), "rb");
    if (!f) return STR("");
    buf b = {.arena = a};
    char piece[4096];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(&b, (str){piece, n});
    fclose(f);
    return buf_str(&b);
}

static void leave(arena *a, const char *name, str got) {
    const char *folder = getenv("OBSTAT_GOLDEN");
    if (!folder) return;
    FILE *f = fopen(str_c(a, str_format(a, "%s/%s", folder, name)), "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(f);
    fwrite(got.ptr, 1, got.len, f);
    fclose(f);
}

static void tell_difference(const char *name, str expected, str got) {
    size_t i = 0, line = 1, begin = 0;
    for (; i < expected.len && i < got.len && expected.ptr[i] == got.ptr[i]; i++)
        if (got.ptr[i] == '\n') {
            line++;
            begin = i + 1;
        }
    str rest = str_sub(got, begin, got.len);
    ptrdiff_t end = str_find(rest, STR("\n"));
    printf("\ntests/golden/%s:%zu differs: %.*s\n", name, line,
           STR_ARG(str_sub(rest, 0, end < 0 ? rest.len : (size_t)end)));
}

static void is_golden(arena *a, const char *name, str got) {
    str expected = read_golden(a, name);
    if (!str_eq(expected, got)) tell_difference(name, expected, got);
    leave(a, name, got);
    CU_ASSERT_TRUE(expected.len > 0 && str_eq(expected, got));
}

static void writes(const char *format, report_options options, const char *golden) {
    arena *a = unit_arena();
    buf out = {.arena = a};
    report_format_find(str_of(format))->write(&out, sample_report(a), &options);
    is_golden(a, golden, buf_str(&out));
}

static void text(void) {
    writes("text", (report_options){0}, "text/report.txt");
}

static void text_in_colour(void) {
    writes("text", (report_options){.color = true}, "text/colour.txt");
}

static void text_on_a_narrow_terminal(void) {
    writes("text", (report_options){.width = 60}, "text/narrow.txt");
}

static void text_with_everything(void) {
    writes("text", (report_options){.verbose = true}, "text/verbose.txt");
}

static void text_in_short(void) {
    writes("text", (report_options){.quiet = true}, "text/quiet.txt");
}

static void json(void) {
    writes("json", (report_options){0}, "json/report.json");
}

static void a_rule_explained(void) {
    arena *a = unit_arena();
    buf out = {.arena = a};
    report *r = sample_report(a);
    explain_write(&out, r, &r->rules[0], &(report_options){0});
    is_golden(a, "text/explain.txt", buf_str(&out));
}

static void diagnosed(void) {
    arena *a = unit_arena();
    buf out = {.arena = a};
    report *r = sample_report(a);
    diagnostics_write(&out, r->diagnostics, r->diagnostic_count, &(report_options){0});
    is_golden(a, "text/diagnostics.txt", buf_str(&out));
}

static void nothing_at_all(void) {
    arena *a = unit_arena();
    buf out = {.arena = a};
    text_write(&out, &(report){.exit = 2}, &(report_options){0});
    CHECK_STR(buf_str(&out), "nothing was checked\n");
}

// --- exit codes

typedef struct exit_case {
    const char *verdicts[3]; // of the markets; NULL: no more
    bool unusable;           // another manifest
    int code;
} exit_case;

static void exit_codes_by_the_contract(void) {
    static const exit_case rows[] = {
        {{"cleared", "cleared"}, false, 0},
        {{"cleared", "blocked"}, false, 1},
        {{"blocked", "undetermined", "uncovered"}, false, 1},
        {{"cleared", "undetermined"}, false, 3},
        {{"cleared", "uncovered"}, false, 3},
        {{"undetermined", "uncovered"}, false, 3},
        {{"uncovered", "uncovered"}, false, 2}, // nothing was checked
        {{NULL}, false, 2},
        {{"cleared"}, true, 2},
        {{"blocked"}, true, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        report_clearance markets[3] = {0};
        report_file manifests[2] = {{.path = STR("a")}, {.path = STR("b"), .unusable = true}};
        report r = {.clearances = markets,
                    .manifests = manifests,
                    .manifest_count = rows[i].unusable ? 2 : 1};
        while (r.clearance_count < 3 && rows[i].verdicts[r.clearance_count]) {
            markets[r.clearance_count].clearance = str_of(rows[i].verdicts[r.clearance_count]);
            r.clearance_count++;
        }
        CU_ASSERT_EQUAL(build_exit(&r), rows[i].code);
    }
}

static void many_manifests_in_one_last_line(void) {
    arena *a = unit_arena();
    buf out = {.arena = a};
    report_file manifests[] = {{.path = STR("a.yaml")},
                               {.path = STR("b.yaml")},
                               {.path = STR("c.yaml"), .unusable = true}};
    report_clearance markets[] = {
        {.manifest = 0, .place = STR("QQ"), .clearance = STR("blocked")},
        {.manifest = 0, .place = STR("XA"), .clearance = STR("cleared")},
        {.manifest = 1, .place = STR("QQ"), .clearance = STR("blocked")},
        {.manifest = 1, .place = STR("XB"), .clearance = STR("undetermined")},
    };
    report r = {
        .manifests = manifests, .manifest_count = 3, .clearances = markets, .clearance_count = 4};
    text_write(&out, &r, &(report_options){.quiet = true, .width = 200});
    str last = STR("\nnot checked: c.yaml · blocked: QQ in 2 manifests · "
                   "undetermined: XB in b.yaml · cleared: XA in a.yaml\n");
    CU_ASSERT_TRUE(str_ends(buf_str(&out), last));
}

// --- pages

static str excerpt(const char *line, uint32_t column, uint32_t end, unsigned width) {
    arena *a = unit_arena();
    buf out = {.arena = a};
    page p = page_new(&out, &(report_options){.width = width});
    report_at at = {.file = STR("f"),
                    .line = 7,
                    .column = column,
                    .end_line = 7,
                    .end_column = end,
                    .text = str_of(line)};
    page_excerpt(&p, INK_BAD, &at, STR(""), 1);
    return buf_str(&out);
}

static void excerpts_mark_the_span(void) {
    CHECK_STR(excerpt("a: bc", 4, 6, 0), " --> f:7:4\n 7 | a: bc\n   |    ^^\n");
    CHECK_STR(excerpt("a: bc", 6, 6, 0), " --> f:7:6\n 7 | a: bc\n   |      ^\n");
    CHECK_STR(excerpt("\ta: 中文", 5, 7, 0), " --> f:7:5\n 7 |     a: 中文\n   |        ^^^^\n");
    CHECK_STR(excerpt("中: \x1b[1m", 4, 5, 0),
              " --> f:7:4\n 7 | 中: \\u001b[1m\n   |     ^^^^^^\n");
    CHECK_STR(excerpt("", 1, 1, 0), " --> f:7:1\n");
}

static void long_lines_are_cut_around_the_span(void) {
    CHECK_STR(excerpt("0123456789012345678901234567890123456789abcdefghijklmnop", 41, 43, 40),
              " --> f:7:41\n 7 | …23456789"
              "0123456789"
              "abcdefghijklmnop\n"
              "   |                    ^^\n");
}

static str wrapped(const char *text, unsigned width) {
    arena *a = unit_arena();
    buf out = {.arena = a};
    page p = page_new(&out, &(report_options){.width = width});
    page_tab(&p, 2);
    page_words(&p, INK_PLAIN, str_of(text));
    page_end(&p);
    return buf_str(&out);
}

static void words_wrap(void) {
    CHECK_STR(wrapped("one  two\nthree", 40), "  one two three\n");
    CHECK_STR(wrapped("1234567890 1234567890 1234567890 12345 x", 40),
              "  1234567890 1234567890 1234567890 12345\n  x\n");
    CHECK_STR(wrapped("生成式人工智能服务管理暂行办法生成式人工。智能", 40),
              "  生成式人工智能服务管理暂行办法生成式人\n  工。智能\n");
    CHECK_STR(wrapped("https://a-very-long-address.example/which/is/never/cut", 40),
              "  https://a-very-long-address.example/which/is/never/cut\n");
}

static void what_deceives_is_spelled(void) {
    CHECK_STR(wrapped("a\x1b[2Jb \u202etxt\u202c \u2066x\u2069 \xff \xc2\x9b \u200b", 80),
              "  a\\u001b[2Jb \\u202etxt\\u202c \\u2066x\\u2069 \uFFFD \\u009b \\u200b\n");
}

int register_reports(void) {
    static CU_TestInfo tests[] = {
        {"text", text},
        {"text in colour", text_in_colour},
        {"text on a narrow terminal", text_on_a_narrow_terminal},
        {"text with everything", text_with_everything},
        {"text in short", text_in_short},
        {"JSON", json},
        {"a rule explained", a_rule_explained},
        {"diagnostics", diagnosed},
        {"nothing at all", nothing_at_all},
        {"exit codes by the contract", exit_codes_by_the_contract},
        {"many manifests in one last line", many_manifests_in_one_last_line},
        {"excerpts mark the span", excerpts_mark_the_span},
        {"long lines are cut around the span", long_lines_are_cut_around_the_span},
        {"words wrap", words_wrap},
        {"what deceives is spelled", what_deceives_is_spelled},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("reports", tests);
}
