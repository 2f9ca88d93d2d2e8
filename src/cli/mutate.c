// SPDX-License-Identifier: Apache-2.0
//
// `obstat test --mutate`: which policies are meant, which tests are tried on them, how far it is.
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DEFAULT_PERCENT = 95, ALL = 100 };

typedef struct mutating {
    texts policies; // paths
    texts tests;    // files and folders
    output out;
    bool shown; // a line about how far it is
} mutating;

// --- operands

static bool ends_in(const char *name, const char *end) {
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcmp(name + n - m, end) == 0;
}

static bool may_be_policy(const char *name) {
    return ends_in(name, ".yaml") && !is_test(name) && strncmp(name, "jurisdiction.", 13) != 0;
}

static void add_once(texts *list, const char *text) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->at[i], text) == 0) return;
    texts_add(list, text);
}

static const char *folder_of_file(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? memory_text("%.*s", slash == path ? 1 : (int)(slash - path), path) : ".";
}

// The policy beside a file of tests: of x-dates.test.yaml x-dates.yaml, or else x.yaml.
static const char *policy_beside(const char *tests) {
    size_t length = strlen(tests) - strlen(".test.yaml");
    for (size_t i = length; i > 0 && tests[i - 1] != '/'; i--) {
        const char *path = memory_text("%.*s.yaml", (int)i, tests);
        if ((i == length || tests[i] == '-') && access(path, F_OK) == 0) return path;
    }
    return memory_text("%.*s.yaml", (int)length, tests);
}

// A file stands for its policy, which is tried on the tests of its folder.
static bool add_operand(mutating *m, const char *path) {
    if (!is_folder(path)) {
        add_once(&m->tests, folder_of_file(path));
        add_once(&m->policies, is_test(path) ? policy_beside(path) : path);
        return true;
    }
    texts one = {0};
    file_list files = {0};
    texts_add(&one, path);
    add_once(&m->tests, path);
    bool read = files_collect(&files, &one, may_be_policy, "policy");
    for (size_t i = 0; i < files.count; i++)
        add_once(&m->policies, files.at[i].name);
    return read;
}

// --- how far it is

static void hide_progress(mutating *m) {
    if (m->shown) fputs("\r\033[K", stderr);
    m->shown = false;
}

static void show_progress(void *ctx, size_t done, size_t all) {
    mutating *m = ctx;
    if (!isatty(STDERR_FILENO)) return;
    fprintf(stderr, "\r%zu of %zu mutants", done, all);
    m->shown = true;
}

static bool write_text(void *ctx, const char *bytes, size_t length) {
    mutating *m = ctx;
    hide_progress(m);
    obstat_sink sink = output_sink(&m->out);
    return sink.write(sink.ctx, bytes, length);
}

// --- the share that is killed

static void print_summary(const obstat_mutation_result *r) {
    size_t judged = r->killed + r->survived;
    printf("%zu mutants: %zu killed, %zu survived, %zu accepted, %zu refused", r->mutants,
           r->killed, r->survived, r->accepted, r->refused);
    if (judged) printf(": %zu %% killed", r->killed * ALL / judged);
    putchar('\n');
}

static int judge(const obstat_mutation_result *r, size_t percent) {
    if (r->failed) {
        say_error("%zu %s on the rules as they are", r->failed,
                  r->failed == 1 ? "test fails" : "tests fail");
        say_hint("`obstat test` says which; mutants are tried when all pass");
        return EXIT_BLOCKED;
    }
    if (r->mutants == 0) {
        say_error("there is nothing to mutate: no policy of the rules is in these files");
        say_hint("name the folder of their rules with --rules");
        return EXIT_INPUT;
    }
    return r->killed * ALL < percent * (r->killed + r->survived) ? EXIT_BLOCKED : EXIT_CLEARED;
}

// --- the command

static int run(cli *c, mutating *m, const obstat_load *load, const obstat_query *query,
               const file_list *files, size_t percent) {
    obstat_mutation_result result;
    obstat_folder base = {.name = "", .read = read_here};
    obstat_mutation what = {.size = sizeof what,
                            .policies = m->policies.at,
                            .policy_count = m->policies.count,
                            .progress = show_progress,
                            .ctx = m};
    if (!output_open(&m->out, NULL)) return EXIT_INSIDE;
    obstat_style style = term_style(c, STDOUT_FILENO);
    obstat_status status = obstat_mutate(&result, c->context, load, &base, files->at, files->count,
                                         query, &what, &style, (obstat_sink){write_text, m});
    hide_progress(m);
    int code = say_status(c, status);
    if (status == OBSTAT_OK) code = judge(&result, percent);
    if (status != OBSTAT_E_MEMORY && result.mutants) print_summary(&result);
    return output_close(&m->out) ? code : EXIT_INSIDE;
}

int mutate_rules(cli *c) {
    obstat_load load = {.size = sizeof load};
    obstat_folder *folders;
    obstat_query query;
    mutating m = {0};
    file_list files = {0};
    size_t percent = 0;
    bool whole = true;
    if (c->set.coverage || c->set.json) {
        say_error("`--%s` and `--mutate` do not go together", c->set.json ? "json" : "coverage");
        return EXIT_INPUT;
    }
    if (!read_percent(c->set.fail_under, &percent) || !read_query(c, &query) ||
        !rules_folders(c, &folders, &load.folder_count))
        return EXIT_INPUT;
    if (!c->set.fail_under) percent = DEFAULT_PERCENT;
    load.folders = folders;
    texts operands = tests_where(c);
    for (size_t i = 0; i < operands.count; i++)
        whole &= add_operand(&m, operands.at[i]);
    whole &= files_collect(&files, &m.tests, is_test, "*.test.yaml");
    if (files.count == 0 || !whole) return EXIT_INPUT;
    return run(c, &m, &load, &query, &files, percent);
}
