// SPDX-License-Identifier: Apache-2.0
//
// `obstat explain`: a rule in prose, and with a manifest what decided it there; or what a
// diagnostic's code means.
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

static bool any_file(const char *name) {
    (void)name;
    return false;
}

static bool explain_code(const char *word) {
    obstat_text about = obstat_diagnostic_about(word);
    if (!about.length) return false;
    printf("%s: %.*s\n", word, (int)about.length, about.ptr);
    return true;
}

// The report about the manifest; NULL: it names none, or the exit code says what went wrong.
static obstat_report *check_file(cli *c, const obstat_rules *rules, int *code) {
    texts path = {c->set.operands.at + 1, c->set.operands.count - 1};
    file_list files = {0};
    obstat_query query;
    obstat_report *report = NULL;
    *code = EXIT_CLEARED;
    if (path.count == 0) return NULL;
    if (!read_query(c, &query) || !files_collect(&files, &path, any_file, "manifest")) {
        *code = EXIT_INPUT;
        return NULL;
    }
    query.all_reasons = query.explain = true;
    *code = say_status(c, obstat_check(&report, c->context, rules, files.at, files.count, &query));
    return report;
}

int explain_rule(cli *c, const obstat_rules *rules, const char *id, const obstat_report *report) {
    output out;
    if (!output_open(&out, NULL)) return EXIT_INSIDE;
    obstat_style style = term_style(c, STDOUT_FILENO);
    obstat_status status = obstat_explain(c->context, rules, id, report, &style, output_sink(&out));
    int code = say_status(c, status);
    return output_close(&out) ? code : EXIT_INSIDE;
}

int cmd_explain(cli *c) {
    obstat_rules *rules;
    int code;
    if (c->set.operands.count < 1 || c->set.operands.count > 2) {
        say_error("`obstat explain` takes the id of a rule, and perhaps a manifest");
        say_hint("`obstat rules` lists the rules");
        return EXIT_INPUT;
    }
    if (c->set.operands.count == 1 && explain_code(c->set.operands.at[0])) return EXIT_CLEARED;
    if (!rules_load(&rules, c, NULL, &code)) return code;
    const obstat_report *report = check_file(c, rules, &code);
    return code == EXIT_CLEARED ? explain_rule(c, rules, c->set.operands.at[0], report) : code;
}
