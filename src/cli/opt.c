// SPDX-License-Identifier: Apache-2.0
//
// Options: one table a command, from which the command line is read and its help printed. Long
// options take their value after `=` or as the next argument, short flags may stand together, `--`
// ends the options.
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const option *find_long(const command *cmd, const char *name, size_t length) {
    for (size_t i = 0; i < cmd->option_count; i++)
        if (strlen(cmd->options[i].name) == length &&
            strncmp(cmd->options[i].name, name, length) == 0)
            return &cmd->options[i];
    return NULL;
}

static const option *find_short(const command *cmd, char letter) {
    for (size_t i = 0; i < cmd->option_count; i++)
        if (cmd->options[i].letter == letter) return &cmd->options[i];
    return NULL;
}

static bool unknown(const command *cmd, const char *name) {
    const char **names = memory_take(cmd->option_count * sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < cmd->option_count; i++)
        if (cmd->options[i].about) names[count++] = cmd->options[i].name;
    const char *near = nearest(name, names, count);
    say_error("`obstat %s` has no option `--%s`", cmd->name, name);
    if (near)
        say_hint("did you mean `--%s`?", near);
    else
        say_hint("`obstat %s --help` lists its options", cmd->name);
    return false;
}

static void store(settings *set, const option *o, const char *value) {
    char *at = (char *)set + o->offset;
    switch (o->kind) {
    case OPTION_FLAG: *(bool *)(void *)at = true; break;
    case OPTION_TEXT: *(const char **)(void *)at = value; break;
    case OPTION_LIST: texts_add((texts *)(void *)at, value); break;
    }
}

// `--name`, `--name=value`, `--name value`.
static bool read_long(settings *set, const command *cmd, int argc, char **argv, int *at) {
    const char *name = argv[*at] + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const option *o = find_long(cmd, name, length);
    if (!o) return unknown(cmd, memory_text("%.*s", (int)length, name));
    if (o->kind == OPTION_FLAG && equals) {
        say_error("`--%s` takes no value", o->name);
        return false;
    }
    const char *value = equals ? equals + 1 : NULL;
    if (o->kind != OPTION_FLAG && !value) {
        if (*at + 1 >= argc) {
            say_error("`--%s` needs a value, %s", o->name, o->value);
            return false;
        }
        value = argv[++*at];
    }
    store(set, o, value);
    return true;
}

// `-v`, `-vq`, `-oFORMAT`, `-o FORMAT`.
static bool read_short(settings *set, const command *cmd, int argc, char **argv, int *at) {
    for (const char *letter = argv[*at] + 1; *letter; letter++) {
        const option *o = find_short(cmd, *letter);
        if (!o) {
            say_error("`obstat %s` has no option `-%c`", cmd->name, *letter);
            say_hint("`obstat %s --help` lists its options", cmd->name);
            return false;
        }
        if (o->kind == OPTION_FLAG) {
            store(set, o, NULL);
            continue;
        }
        const char *value = letter[1] ? letter + 1 : *at + 1 < argc ? argv[++*at] : NULL;
        if (!value) {
            say_error("`-%c` needs a value, %s", o->letter, o->value);
            return false;
        }
        store(set, o, value);
        return true;
    }
    return true;
}

bool options_read(settings *set, const command *cmd, int argc, char **argv) {
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (strcmp(word, "--") == 0) {
            for (i++; i < argc; i++)
                texts_add(&set->operands, argv[i]);
            return true;
        }
        if (word[0] != '-' || word[1] == '\0')
            texts_add(&set->operands, word);
        else if (word[1] == '-' ? !read_long(set, cmd, argc, argv, &i)
                                : !read_short(set, cmd, argc, argv, &i))
            return false;
    }
    if (set->color && !term_color_word(set->color)) {
        say_error("`--color` is auto, always or never, not `%s`", set->color);
        return false;
    }
    return true;
}

// --- help

static void print_option(const option *o) {
    char head[64];
    int n = snprintf(head, sizeof head, "  %c%c%s --%s%s%s", o->letter ? '-' : ' ',
                     o->letter ? o->letter : ' ', o->letter ? "," : " ", o->name,
                     o->value ? " " : "", o->value ? o->value : "");
    if (n < 0) return;
    printf("%-28s  ", head);
    for (const char *c = o->about; *c; c++) {
        putchar(*c);
        if (*c == '\n') printf("%30s", "");
    }
    putchar('\n');
}

void options_help(const command *cmd) {
    printf("obstat %s: %s\n\nusage: obstat %s [OPTION]… %s\n\n", cmd->name, cmd->about, cmd->name,
           cmd->operands);
    for (size_t i = 0; i < cmd->option_count; i++)
        if (cmd->options[i].about) print_option(&cmd->options[i]);
    if (cmd->examples) printf("\n%s", cmd->examples);
}

// --- values

static bool is_digits(const char *text, size_t from, size_t count) {
    for (size_t i = from; i < from + count; i++)
        if (text[i] < '0' || text[i] > '9') return false;
    return true;
}

static int number(const char *text, size_t from, size_t count) {
    int n = 0;
    for (size_t i = from; i < from + count; i++)
        n = n * 10 + (text[i] - '0');
    return n;
}

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool read_date(const char *name, const char *text, obstat_date *out) {
    *out = (obstat_date){0};
    if (!text) return true;
    bool form = strlen(text) == 10 && text[4] == '-' && text[7] == '-' && is_digits(text, 0, 4) &&
                is_digits(text, 5, 2) && is_digits(text, 8, 2);
    int year = form ? number(text, 0, 4) : 0, month = form ? number(text, 5, 2) : 0;
    int day = form ? number(text, 8, 2) : 0;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_of(year, month)) {
        say_error("`--%s` takes a date such as 2026-12-15, not `%s`", name, text);
        return false;
    }
    *out = (obstat_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return true;
}

bool read_count(const char *name, const char *text, size_t *out) {
    char *end = NULL;
    if (!text) return true;
    unsigned long n = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || n > 1000000) {
        say_error("`--%s` takes a whole number up to 1000000, not `%s`", name, text);
        return false;
    }
    *out = n;
    return true;
}

static bool read_severity(const char *text, obstat_severity *out) {
    static const char *const names[] = {"advice", "minor", "major", "blocker"};
    *out = OBSTAT_MAJOR;
    if (!text) return true;
    for (size_t i = 0; i < 4; i++) {
        if (strcmp(text, names[i]) != 0) continue;
        *out = (obstat_severity)i;
        return true;
    }
    const char *near = nearest(text, names, 4);
    say_error("`--fail-on` is blocker, major, minor or advice, not `%s`", text);
    if (near) say_hint("did you mean `%s`?", near);
    return false;
}

bool read_query(const cli *c, obstat_query *out) {
    *out = (obstat_query){.size = sizeof *out,
                          .today = c->today,
                          .markets = c->set.markets.at,
                          .market_count = c->set.markets.count,
                          .all_reasons = c->set.verbose};
    return read_date("as-of", c->set.as_of, &out->as_of) &&
           read_severity(c->set.fail_on, &out->fail_on);
}
