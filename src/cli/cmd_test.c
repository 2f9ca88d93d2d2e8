// SPDX-License-Identifier: Apache-2.0
//
// `obstat test`: the tests of rules, beside the rules or where the command line says.
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool is_test(const char *name) {
    size_t n = strlen(name), m = strlen(".test.yaml");
    return n > m && strcmp(name + n - m, ".test.yaml") == 0;
}

// Paths as they are, from the folder in which the command runs.
static const char *read_here(void *ctx, const char *path,
                             void (*give)(void *to, const char *bytes, size_t length), void *to) {
    const char *bytes;
    size_t length;
    (void)ctx;
    const char *why = file_read(path, &bytes, &length);
    if (!why) give(to, bytes, length);
    return why;
}

static texts where(const cli *c) {
    texts folders = {0};
    if (c->set.operands.count) return c->set.operands;
    const char *installed = rules_installed();
    if (installed) texts_add(&folders, installed);
    for (size_t i = 0; i < c->set.rules.count; i++)
        texts_add(&folders, c->set.rules.at[i]);
    return folders;
}

int cmd_test(cli *c) {
    obstat_load load = {.size = sizeof load};
    obstat_folder *folders, base = {.name = "", .read = read_here};
    obstat_query query;
    obstat_test_result result;
    file_list files = {0};
    output out;
    if (!read_query(c, &query) || !rules_folders(c, &folders, &load.folder_count))
        return EXIT_INPUT;
    load.folders = folders;
    texts operands = where(c);
    bool whole = files_collect(&files, &operands, is_test, "*.test.yaml");
    if (files.count == 0) return EXIT_INPUT;
    if (!output_open(&out, NULL)) return EXIT_INSIDE;
    obstat_style style = term_style(c, STDOUT_FILENO);
    obstat_status status = obstat_test(&result, c->context, &load, &base, files.at, files.count,
                                       &query, &style, output_sink(&out));
    int code = say_status(c, status);
    if (status != OBSTAT_E_MEMORY) printf("%zu passed, %zu failed\n", result.passed, result.failed);
    if (!output_close(&out)) return EXIT_INSIDE;
    if (!whole || result.passed + result.failed == 0) code = exit_worse(code, EXIT_INPUT);
    return result.failed ? exit_worse(code, EXIT_BLOCKED) : code;
}
