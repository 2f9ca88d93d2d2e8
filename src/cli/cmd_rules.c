// SPDX-License-Identifier: Apache-2.0
//
// `obstat rules`: what the rules folders hold, by instrument; all of it, or what has certain words.
#include "cli/cli.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool same_letter(char a, char b) {
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static bool has_word(obstat_text text, const char *word) {
    size_t n = strlen(word);
    for (size_t at = 0; at + n <= text.length; at++) {
        size_t i = 0;
        while (i < n && same_letter(text.ptr[at + i], word[i]))
            i++;
        if (i == n) return true;
    }
    return false;
}

static bool is_text(obstat_text text, const char *word) {
    return strlen(word) == text.length && memcmp(text.ptr, word, text.length) == 0;
}

static bool is_wanted(const cli *c, const obstat_rule *r) {
    if (c->set.jurisdiction && !is_text(r->jurisdiction, c->set.jurisdiction)) return false;
    for (size_t i = 0; i < c->set.operands.count; i++) {
        const char *word = c->set.operands.at[i];
        if (!has_word(r->id, word) && !has_word(r->title, word) && !has_word(r->instrument, word) &&
            !has_word(r->jurisdiction, word) && !has_word(r->cites, word) &&
            !has_word(r->kind, word))
            return false;
    }
    return true;
}

// --- as text

static void print_text(obstat_text text, size_t width) {
    put_safely(stdout, text.ptr, text.length);
    for (size_t i = text.length; i < width; i++)
        putchar(' ');
}

static void print_rule(const obstat_rule *r, size_t ids, size_t severities) {
    printf("  ");
    print_text(r->id, ids + 2);
    print_text(r->severity, severities + 2);
    print_text(r->title, 0);
    putchar('\n');
}

static bool same_policy(const obstat_rule *a, const obstat_rule *b) {
    return a->policy.length == b->policy.length &&
           memcmp(a->policy.ptr, b->policy.ptr, a->policy.length) == 0;
}

static void print_policy(const obstat_rule *r) {
    print_text(r->policy, 0);
    printf(" · ");
    print_text(r->jurisdiction, 0);
    printf(" · ");
    print_text(r->instrument, 0);
    putchar('\n');
}

static void print_list(const obstat_rule *list, size_t count) {
    size_t ids = 0, severities = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i].id.length > ids) ids = list[i].id.length;
        if (list[i].severity.length > severities) severities = list[i].severity.length;
    }
    for (size_t i = 0; i < count; i++) {
        bool begins = i == 0 || !same_policy(&list[i - 1], &list[i]);
        if (begins && i) putchar('\n');
        if (begins) print_policy(&list[i]);
        print_rule(&list[i], ids, severities);
    }
    printf("\n%zu rule%s\n", count, count == 1 ? "" : "s");
}

// --- as JSON

static void print_json_text(obstat_text text) {
    putchar('"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void print_member(const char *name, obstat_text value) {
    printf("\"%s\": ", name);
    print_json_text(value);
    printf(", ");
}

static void print_json(const obstat_rule *list, size_t count) {
    printf("[");
    for (size_t i = 0; i < count; i++) {
        const obstat_rule *r = &list[i];
        printf("%s\n  {", i ? "," : "");
        print_member("id", r->id);
        print_member("policy", r->policy);
        print_member("jurisdiction", r->jurisdiction);
        print_member("instrument", r->instrument);
        print_member("cites", r->cites);
        print_member("kind", r->kind);
        print_member("severity", r->severity);
        print_member("title", r->title);
        print_member("file", r->file);
        printf("\"line\": %u}", r->line);
    }
    printf("%s]\n", count ? "\n" : "");
}

// --- the command

static int list_rules(const cli *c, const obstat_rules *rules) {
    size_t all = obstat_rule_count(rules), count = 0;
    obstat_rule *list = memory_take((all + 1) * sizeof *list);
    for (size_t i = 0; i < all; i++) {
        obstat_rule r = obstat_rule_at(rules, i);
        if (is_wanted(c, &r)) list[count++] = r;
    }
    if (c->set.json)
        print_json(list, count);
    else if (count)
        print_list(list, count);
    if (count) return EXIT_CLEARED;
    say_error("no rule has all of that");
    return EXIT_INPUT;
}

int cmd_rules(cli *c) {
    obstat_rules *rules;
    int code;
    if (!rules_load(&rules, c, NULL, &code)) return code;
    const texts *words = &c->set.operands;
    if (words->count == 0 || strcmp(words->at[0], "show") != 0) return list_rules(c, rules);
    if (words->count == 2) return explain_rule(c, rules, words->at[1], NULL);
    say_error("`obstat rules show` takes the id of one rule");
    return EXIT_INPUT;
}
