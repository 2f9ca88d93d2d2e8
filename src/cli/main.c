// SPDX-License-Identifier: Apache-2.0
//
// The command `obstat`: finds the subcommand, reads its options, runs it. Each subcommand is a row
// of the table and a file of its own.
#include "cli/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const option check_options[] = {
    OPTION_AS_OF("the day to ask about (default: each market's launch, or today when past)"),
    OPTION_KNOWN_ON,
    OPTION(OPTION_LIST, "market", 'm', "CODE", markets, "only this market; repeatable"),
    OPTION_RULES,
    OPTION(OPTION_TEXT, "fail-on", 0, "SEVERITY", fail_on,
           "what blocks: blocker, major, minor or advice (default: major)"),
    OPTION(OPTION_LIST, "output", 'o', "FORMAT[=FILE]", outputs,
           "text or json, to standard output or a file; repeatable"),
    OPTION(OPTION_FLAG, "json", 0, NULL, json, "the same as -o json"),
    OPTION_VERBOSE("also what is met and what does not apply, with the reasons"),
    OPTION(OPTION_FLAG, "quiet", 'q', NULL, quiet, "the summary alone"),
    OPTION(OPTION_TEXT, "time-limit", 0, "SECONDS", time_limit,
           "end with exit 4 when it takes longer"),
    OPTIONS_COMMON,
};

static const option explain_options[] = {OPTION_AS_OF("the day to ask about"), OPTION_KNOWN_ON,
                                         OPTION_RULES, OPTIONS_COMMON};

static const option rules_options[] = {
    OPTION(OPTION_TEXT, "jurisdiction", 0, "CODE", jurisdiction, "only rules of this one"),
    OPTION_KNOWN_ON, OPTION_RULES, OPTION_JSON, OPTIONS_COMMON};

static const option test_options[] = {
    OPTION_RULES,
    OPTION(OPTION_FLAG, "coverage", 0, NULL, coverage,
           "tell which conditions no test has shown to matter, with a test for each"),
    OPTION(OPTION_FLAG, "mutate", 0, NULL, mutate,
           "put small mistakes into the rules and name those that no test sees"),
    OPTION(OPTION_TEXT, "fail-under", 0, "PERCENT", fail_under,
           "exit 1 when less of the conditions is covered (with --coverage) or fewer mistakes\n"
           "are seen (with --mutate, default: 95)"),
    OPTION(OPTION_FLAG, "json", 0, NULL, json, "write the coverage as JSON (with --coverage)"),
    OPTION_VERBOSE("name the cases that pass, the rules that lack nothing, the mistakes that may\n"
                   "stay unseen, too"),
    OPTIONS_COMMON};

static const option lint_options[] = {
    OPTION_AS_OF("the day by which reviews are overdue (default: today)"),
    OPTION_KNOWN_ON,
    OPTION_RULES,
    OPTION(OPTION_TEXT, "bound", 0, "N", bound,
           "manifests to judge for one proof (default: 4096; 0: no proofs)"),
    OPTION(OPTION_FLAG, "list", 0, NULL, list, "print all lints and what they mean"),
    OPTION_VERBOSE("each proof, and the manifest that refutes it, too"),
    OPTION_JSON,
    OPTIONS_COMMON};

static const option eval_options[] = {
    OPTION(OPTION_TEXT, "from", 0, "FILE", from,
           "read the expression from a file (-: standard input)"),
    OPTION(OPTION_TEXT, "data", 0, "FILE", data, "a YAML or JSON map; its keys are the variables"),
    OPTION(OPTION_LIST, "unknown", 0, "PATH", unknown,
           "take this part of the data as not known; repeatable"),
    OPTION(OPTION_FLAG, "json", 0, NULL, json, "write the value as typed JSON"),
    OPTION(OPTION_FLAG, "stream", 0, NULL, stream,
           "answer one JSON case a line from standard input"),
    OPTION(OPTION_FLAG, "functions", 0, NULL, functions, "print all functions and what they do"),
    OPTIONS_COMMON};

static const option schema_options[] = {
    OPTION(OPTION_TEXT, "output", 'o', "FILE", output, "to a file instead of standard output"),
    OPTION(OPTION_FLAG, "list", 0, NULL, list, "print of which files there are schemas"),
    OPTION_RULES,
    OPTIONS_COMMON,
};

static const option init_options[] = {
    OPTION(OPTION_LIST, "market", 'm', "CODE", markets, "a place of the launch; repeatable"),
    OPTION(OPTION_FLAG, "no-input", 0, NULL, no_input,
           "ask nothing: what the options do not say is left out"),
    OPTION_RULES,
    OPTIONS_COMMON,
};

const command commands[] = {
    {"init", "[FILE|-]", "a first manifest by a few questions", init_options, COUNT(init_options),
     "Without a file: launch.yaml. Answers come line by line, also from a pipe; an empty\n"
     "line leaves the fact out. An existing file is never written over.\n",
     cmd_init},
    {"check", "[FILE|FOLDER|-]…", "may the product be launched in its markets?", check_options,
     COUNT(check_options),
     "Without a file: launch.yaml and *.launch.yaml here.\n"
     "Exit: 0 every market cleared, 1 blocked, 2 unusable input or nothing to check,\n"
     "3 undetermined or uncovered, 4 an error inside or the time limit.\n",
     cmd_check},
    {"explain", "RULE|CODE [FILE]", "a rule or a diagnostic code in prose", explain_options,
     COUNT(explain_options), "With a manifest: what decided the rule there, too.\n", cmd_explain},
    {"rules", "[show RULE | WORD…]", "list, search and show rules", rules_options,
     COUNT(rules_options), NULL, cmd_rules},
    {"test", "[FILE|FOLDER]…", "run tests of rules (*.test.yaml)", test_options,
     COUNT(test_options),
     "Without a file: all tests beside the rules. With --mutate a file stands for its policy,\n"
     "whose mutants are tried on the tests of its folder.\n",
     cmd_test},
    {"lint", "[FILE|FOLDER]…", "rules that cannot mean what their author meant", lint_options,
     COUNT(lint_options),
     "Without a file: all rules. Exit: 0 nothing found, 1 findings, 2 unusable rules.\n", cmd_lint},
    {"eval", "EXPRESSION", "evaluate CEL, the language of the rules' conditions", eval_options,
     COUNT(eval_options),
     "example: obstat eval \"[1, 2, 3].exists(x, x > limit)\" --data limits.yaml\n", cmd_eval},
    {"schema", "[manifest|policy|test|…]", "the JSON Schema of a kind of file, for editors",
     schema_options, COUNT(schema_options),
     "example: obstat schema manifest -o launch.schema.json, and at the top of launch.yaml\n"
     "  # yaml-language-server: $schema=launch.schema.json\n",
     cmd_schema},
};
const size_t command_count = COUNT(commands);

static void print_short_help(FILE *to) {
    fputs("obstat: what stands between a product and the markets it is to be launched in\n\n"
          "usage: obstat COMMAND [OPTION]… [ARGUMENT]…\n\n",
          to);
    for (size_t i = 0; i < command_count; i++)
        fprintf(to, "  %-8s  %s\n", commands[i].name, commands[i].about);
    fputs("\n  obstat check launch.yaml          check a product against the law of its markets\n"
          "  obstat explain RULE launch.yaml   why a rule decided as it did\n\n"
          "`obstat COMMAND --help` lists the options of a command.\n",
          to);
}

static int unknown_command(const char *word) {
    const char *names[COUNT(commands)];
    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i].name;
    const char *near = nearest(word, names, command_count);
    say_error("there is no command `%s`", word);
    if (near)
        say_hint("did you mean `obstat %s`?", near);
    else
        say_hint("`obstat --help` lists the commands");
    return EXIT_INPUT;
}

static bool read_clock(obstat_date *out) {
    time_t now = time(NULL);
    struct tm parts;
    if (now == (time_t)-1 || !gmtime_r(&now, &parts)) return false;
    *out = (obstat_date){(int16_t)(parts.tm_year + 1900), (uint8_t)(parts.tm_mon + 1),
                         (uint8_t)parts.tm_mday};
    return true;
}

static int with_context(cli *c, const command *cmd) {
    obstat_config config = {.size = sizeof config, .allocator = memory_allocator()};
    if (!read_clock(&c->today)) {
        say_error("there is no clock");
        return EXIT_INSIDE;
    }
    if (obstat_context_new(&c->context, &config) != OBSTAT_OK) {
        say_error("out of memory");
        return EXIT_INSIDE;
    }
    int code = cmd->run(c);
    obstat_context_free(c->context);
    return code;
}

static int run_command(const command *cmd, int argc, char **argv) {
    cli c = {.today = {0}};
    if (!options_read(&c.set, cmd, argc, argv)) return EXIT_INPUT;
    if (c.set.help) {
        options_help(cmd);
        return EXIT_CLEARED;
    }
    if (c.set.time_limit && !limit_begin(c.set.time_limit)) return EXIT_INPUT;
    if (c.set.fail_allocation) memory_fail_at(strtoul(c.set.fail_allocation, NULL, 10));
    int code = with_context(&c, cmd);
    if (c.set.count_allocations) fprintf(stderr, "allocations: %zu\n", memory_count());
    return code;
}

static int run(int argc, char **argv) {
    const char *word = argc > 1 ? argv[1] : NULL;
    if (!word) {
        print_short_help(stderr);
        return EXIT_INPUT;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        print_short_help(stdout);
        return EXIT_CLEARED;
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        printf("obstat %s\n", obstat_version());
        return EXIT_CLEARED;
    }
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(word, commands[i].name) == 0)
            return run_command(&commands[i], argc - 2, argv + 2);
    return unknown_command(word);
}

int main(int argc, char **argv) {
    output_guard();
    int code = run(argc, argv);
    output out;
    output_open(&out, NULL); // what printf wrote
    if (!output_close(&out)) code = EXIT_INSIDE;
    memory_free_all();
    return code;
}
