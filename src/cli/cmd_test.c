// SPDX-License-Identifier: Apache-2.0
//
// `obstat test`: the tests of rules, beside the rules or where the command line says.
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool is_test(const char *name) {
    size_t n = strlen(name), m = strlen(".test.yaml");
    return n > m && strcmp(name + n - m, ".test.yaml") == 0;
}

// Paths as they are, from the folder in which the command runs.
const char *read_here(void *ctx, const char *path,
                      void (*give)(void *to, const char *bytes, size_t length), void *to) {
    const char *bytes;
    size_t length;
    (void)ctx;
    const char *why = file_read(path, &bytes, &length);
    if (!why) give(to, bytes, length);
    return why;
}

texts tests_where(const cli *c) {
    texts folders = {0};
    if (c->set.operands.count) return c->set.operands;
    const char *installed = rules_installed();
    if (installed) texts_add(&folders, installed);
    for (size_t i = 0; i < c->set.rules.count; i++)
        texts_add(&folders, c->set.rules.at[i]);
    return folders;
}

bool read_percent(const char *text, size_t *out) {
    size_t n = 0, i = 0;
    *out = 0;
    if (!text) return true;
    for (; text[i] >= '0' && text[i] <= '9' && n <= 100; i++)
        n = n * 10 + (size_t)(text[i] - '0');
    *out = n;
    if (i > 0 && text[i] == '\0' && n <= 100) return true;
    say_error("`--fail-under` is a whole number from 0 to 100, not `%s`", text);
    return false;
}

static bool read_options(const cli *c, size_t *percent) {
    if (!c->set.coverage && (c->set.fail_under || c->set.json)) {
        say_error("`--%s` needs `--coverage`", c->set.json ? "json" : "fail-under");
        return false;
    }
    return read_percent(c->set.fail_under, percent);
}

// What the tests and their coverage come to.
static int code_of(const cli *c, const obstat_coverage *result, size_t percent) {
    bool low = c->set.coverage && result->shown * 100 < result->possible * percent;
    if (low) say_error("the coverage is below %zu %%", percent);
    return result->tests.failed || low ? EXIT_BLOCKED : EXIT_CLEARED;
}

int cmd_test(cli *c) {
    obstat_load load = {.size = sizeof load};
    obstat_folder *folders, base = {.name = "", .read = read_here};
    obstat_query query;
    obstat_coverage result = {0};
    obstat_coverage_options options = {
        .size = sizeof options, .all_rules = c->set.operands.count == 0, .json = c->set.json};
    file_list files = {0};
    output out;
    size_t percent;
    rules_add_operands(c);
    if (c->set.mutate) return mutate_rules(c);
    if (!read_options(c, &percent) || !read_query(c, &query) ||
        !rules_folders(c, &folders, &load.folder_count))
        return EXIT_INPUT;
    load.folders = folders;
    texts operands = tests_where(c);
    bool whole = files_collect(&files, &operands, is_test, "*.test.yaml");
    if (files.count == 0) return EXIT_INPUT;
    if (!output_open(&out, NULL)) return EXIT_INSIDE;
    obstat_style style = term_style(c, STDOUT_FILENO);
    obstat_status status =
        c->set.coverage
            ? obstat_test_coverage(&result, c->context, &load, &base, files.at, files.count, &query,
                                   &style, &options, output_sink(&out))
            : obstat_test(&result.tests, c->context, &load, &base, files.at, files.count, &query,
                          &style, output_sink(&out));
    int code = say_status(c, status);
    const obstat_test_result *tests = &result.tests;
    if (status != OBSTAT_E_MEMORY && !c->set.json)
        printf("%zu passed, %zu failed\n", tests->passed, tests->failed);
    if (!output_close(&out)) return EXIT_INSIDE;
    if (!whole || tests->passed + tests->failed == 0) code = exit_worse(code, EXIT_INPUT);
    return exit_worse(code, code_of(c, &result, percent));
}
