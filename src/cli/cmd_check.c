// SPDX-License-Identifier: Apache-2.0
//
// `obstat check`: manifests against the law of their markets. A manifest that cannot be read spoils
// the exit code, not the others.
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool ends(const char *name, const char *ending) {
    size_t n = strlen(name), m = strlen(ending);
    return n >= m && strcmp(name + n - m, ending) == 0;
}

static bool is_manifest(const char *name) {
    return strcmp(name, "launch.yaml") == 0 || strcmp(name, "launch.json") == 0 ||
           ends(name, ".launch.yaml") || ends(name, ".launch.json");
}

// --- what to check

static bool collect(cli *c, file_list *files) {
    if (c->set.operands.count > 0)
        return files_collect(files, &c->set.operands, is_manifest,
                             "launch.yaml, *.launch.yaml, launch.json or *.launch.json");
    texts here = {0};
    bool whole = files_here(&here, is_manifest) &&
                 (here.count == 0 || files_collect(files, &here, is_manifest, "manifest"));
    if (whole && files->count == 0) {
        say_error("there is no launch.yaml or *.launch.yaml here");
        say_hint("name a manifest or a folder: obstat check examples");
        return false;
    }
    return whole;
}

// --- where to write

typedef struct target {
    const char *format, *path; // path NULL: standard output
} target;

static bool read_target(target *t, const char *text) {
    const char *names[16], *equals = strchr(text, '=');
    size_t count = obstat_format_count();
    t->format = equals ? memory_text("%.*s", (int)(equals - text), text) : text;
    t->path = equals && strcmp(equals + 1, "-") != 0 ? equals + 1 : NULL;
    for (size_t i = 0; i < count && i < 16; i++) {
        names[i] = obstat_format_name(i);
        if (strcmp(names[i], t->format) == 0) return true;
    }
    const char *near = nearest(t->format, names, count < 16 ? count : 16);
    say_error("there is no format `%s`", t->format);
    say_hint("did you mean `%s`?", near ? near : names[0]);
    return false;
}

// `-o` as often as given, `--json`, else text; one of them at most to standard output.
static bool read_targets(const cli *c, target **out, size_t *count) {
    size_t on_stdout = 0;
    *out = memory_take((c->set.outputs.count + 1) * sizeof **out);
    *count = 0;
    for (size_t i = 0; i < c->set.outputs.count; i++)
        if (!read_target(&(*out)[(*count)++], c->set.outputs.at[i])) return false;
    if (c->set.json || *count == 0)
        (*out)[(*count)++] = (target){c->set.json ? "json" : "text", NULL};
    for (size_t i = 0; i < *count; i++) {
        on_stdout += (*out)[i].path == NULL;
        if ((*out)[i].path && !*(*out)[i].path) {
            say_error("`-o %s=` names no file", (*out)[i].format);
            return false;
        }
    }
    if (on_stdout <= 1) return true;
    say_error("only one report can go to standard output");
    say_hint("give the others a file: -o json=report.json");
    return false;
}

static int write_report(const cli *c, obstat_report *report, const target *t) {
    output out;
    if (!output_open(&out, t->path)) return EXIT_INSIDE;
    obstat_style style = term_style(c, out.fd);
    if (t->path) style.color = c->set.color && strcmp(c->set.color, "always") == 0;
    obstat_status status = obstat_report_write(report, t->format, &style, output_sink(&out));
    if (status != OBSTAT_OK && !out.problem) out.problem = -1;
    if (status == OBSTAT_E_MEMORY) say_error("out of memory");
    return output_close(&out) && status == OBSTAT_OK ? EXIT_CLEARED : EXIT_INSIDE;
}

// --- the check

static int check(cli *c, const file_list *files, const target *targets, size_t count,
                 const obstat_query *query) {
    obstat_rules *rules;
    obstat_report *report;
    int code;
    if (!rules_load(&rules, c, files, &code)) return code;
    code = say_status(c, obstat_check(&report, c->context, rules, files->at, files->count, query));
    if (code != EXIT_CLEARED) return code;
    code = obstat_report_exit(report);
    for (size_t i = 0; i < count; i++)
        code = exit_worse(code, write_report(c, report, &targets[i]));
    return code;
}

int cmd_check(cli *c) {
    obstat_query query;
    target *targets;
    size_t count;
    file_list files = {0};
    if (!read_query(c, &query) || !read_targets(c, &targets, &count)) return EXIT_INPUT;
    int code = collect(c, &files) ? EXIT_CLEARED : EXIT_INPUT;
    if (files.count == 0) return EXIT_INPUT;
    return exit_worse(code, check(c, &files, targets, count, &query));
}
