// SPDX-License-Identifier: Apache-2.0
//
// `obstat lint`: what loads but cannot mean what its author meant; in all rules, or in the files
// and folders that the command line names.
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

enum { BOUND = 4096 };

// A folder that is in none of the rules folders is one itself.
static void add_folders(cli *c) {
    for (size_t i = 0; i < c->set.operands.count; i++) {
        const char *path = c->set.operands.at[i];
        if (!rules_name(c, path)) texts_add(&c->set.rules, path);
    }
}

static bool find_names(const cli *c, texts *out) {
    bool all = true;
    for (size_t i = 0; i < c->set.operands.count; i++) {
        const char *name = rules_name(c, c->set.operands.at[i]);
        if (name)
            texts_add(out, name);
        else
            say_error("there is no file or folder %s", c->set.operands.at[i]);
        all &= name != NULL;
    }
    return all;
}

static bool read_lint_query(const cli *c, obstat_lint_query *out) {
    *out = (obstat_lint_query){.size = sizeof *out, .bound = BOUND, .json = c->set.json};
    if (!read_date("as-of", c->set.as_of, &out->today) ||
        !read_count("bound", c->set.bound, &out->bound))
        return false;
    if (out->today.month == 0) out->today = c->today;
    return true;
}

static int write_list(cli *c) {
    output out;
    if (!output_open(&out, NULL)) return EXIT_INSIDE;
    int code = say_status(c, obstat_lints_write(c->context, output_sink(&out)));
    return output_close(&out) ? code : EXIT_INSIDE;
}

int cmd_lint(cli *c) {
    obstat_lint_query query;
    obstat_lint_result found;
    obstat_rules *rules;
    texts within = {0};
    output out;
    int code;
    if (c->set.list) return write_list(c);
    if (!read_lint_query(c, &query)) return EXIT_INPUT;
    add_folders(c);
    if (!rules_load(&rules, c, NULL, &code)) return code;
    if (!find_names(c, &within)) return EXIT_INPUT;
    query.within = within.at;
    query.within_count = within.count;
    if (!output_open(&out, NULL)) return EXIT_INSIDE;
    obstat_style style = term_style(c, STDOUT_FILENO);
    code = say_status(c, obstat_lint(&found, c->context, rules, &query, &style, output_sink(&out)));
    if (!output_close(&out)) return EXIT_INSIDE;
    return code == EXIT_CLEARED && found.findings ? EXIT_BLOCKED : code;
}
