// SPDX-License-Identifier: Apache-2.0
//
// `obstat schema`: the JSON Schema of a kind of file, for editors.
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

enum { KINDS_MAX = 32 };

// The kind that the command line names; NULL: there is none such (said).
static const char *which(const cli *c) {
    const char *names[KINDS_MAX];
    size_t count = obstat_schema_count();
    const char *word = c->set.operands.count ? c->set.operands.at[0] : obstat_schema_name(0);
    if (c->set.operands.count > 1) {
        say_error("`obstat schema` takes the name of one kind of files");
        return NULL;
    }
    for (size_t i = 0; i < count && i < KINDS_MAX; i++) {
        names[i] = obstat_schema_name(i);
        if (strcmp(names[i], word) == 0) return names[i];
    }
    const char *near = nearest(word, names, count < KINDS_MAX ? count : KINDS_MAX);
    say_error("there is no schema of `%s`", word);
    if (near)
        say_hint("did you mean `%s`?", near);
    else
        say_hint("`obstat schema --list` lists them");
    return NULL;
}

static void list_kinds(void) {
    for (size_t i = 0; i < obstat_schema_count(); i++)
        printf("%-14s %s\n", obstat_schema_name(i), obstat_schema_about(i));
}

int cmd_schema(cli *c) {
    const obstat_file none = {0};
    file_list no_manifests = {.at = (obstat_file *)&none};
    obstat_rules *rules;
    output out;
    int code;
    if (c->set.list) {
        list_kinds();
        return EXIT_CLEARED;
    }
    const char *kind = which(c);
    if (!kind) return EXIT_INPUT;
    // Vocabulary and places are enough: a policy in the making may still be full of mistakes.
    if (!rules_load(&rules, c, &no_manifests, &code)) return code;
    if (!output_open(&out, c->set.output)) return EXIT_INSIDE;
    code = say_status(c, obstat_schema_write(c->context, rules, kind, output_sink(&out)));
    return output_close(&out) ? code : EXIT_INSIDE;
}
