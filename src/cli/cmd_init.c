// SPDX-License-Identifier: Apache-2.0
//
// `obstat init`: a first manifest by a few questions, which stand on standard error, so that the
// manifest alone can go to standard output. Answers come line by line from the terminal or a pipe.
// The file is written when all have been given, as a whole, and never over another.
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ANSWER_MAX = 64 * 1024, WIDTH = 100 };

// --- questions

static void put_text(obstat_text t) {
    put_safely(stderr, t.ptr, t.length);
}

// Words after one another, in lines of a width that terminals have.
static void put_choices(const obstat_question *q) {
    size_t column = (size_t)fprintf(stderr, q->several ? "  one or several of:" : "  one of:");
    for (size_t i = 0; i < q->choice_count; i++) {
        size_t length = q->choices[i].length + 2;
        if (column + length > WIDTH) column = (size_t)fprintf(stderr, "\n   ") - 1;
        fputc(' ', stderr);
        put_text(q->choices[i]);
        if (i + 1 < q->choice_count) fputc(',', stderr);
        column += length;
    }
    fputc('\n', stderr);
}

static void put_question(const obstat_question *q) {
    fputc('\n', stderr);
    put_text(q->ask);
    if (q->subject.length) {
        fputs(" (", stderr);
        put_text(q->subject);
        fputc(')', stderr);
    }
    fputc('\n', stderr);
    if (q->choice_count) put_choices(q);
    if (q->form.length) {
        fputs("  ", stderr);
        put_text(q->form);
        fputc('\n', stderr);
    }
    if (!q->several && !q->none.length) return;
    fputs(q->several ? "  commas between several" : "  ", stderr);
    if (q->several && q->none.length) fputs("; ", stderr);
    put_text(q->none);
    fputs(q->none.length ? ", if there is none\n" : "\n", stderr);
}

// --- answers

// A line of standard input without its end; false: there is none. What is too long becomes a NUL
// byte, which is refused as no text.
static bool read_line(char *line, size_t *length) {
    int c = getchar();
    *length = 0;
    if (c == EOF) return false;
    for (; c != EOF && c != '\n'; c = getchar()) {
        if (*length == ANSWER_MAX) line[0] = '\0';
        if (*length < ANSWER_MAX) line[(*length)++] = (char)c;
    }
    if (*length && line[*length - 1] == '\r') --*length;
    return true;
}

static obstat_text text_of(const char *text) {
    return (obstat_text){text, strlen(text)};
}

static const char *joined(const texts *list) {
    const char *all = list->at[0];
    for (size_t i = 1; i < list->count; i++)
        all = memory_text("%s, %s", all, list->at[i]);
    return all;
}

// Why an answer was not taken, in its own words instead of those of a file's mistakes.
static void say_refused(cli *c) {
    for (size_t i = 0; i < obstat_diagnostic_count(c->context); i++) {
        obstat_diagnostic d = obstat_diagnostic_at(c->context, i);
        fputs("  ", stderr);
        put_text(d.message);
        if (d.hint.length) fputs(": ", stderr);
        put_text(d.hint);
        fputc('\n', stderr);
    }
    obstat_diagnostics_clear(c->context);
}

// Asks until an answer is taken. False: with the exit code.
static bool ask(cli *c, obstat_interview *interview, const obstat_question *q, int *code) {
    char *line = memory_take(ANSWER_MAX);
    put_question(q);
    for (;;) {
        size_t length;
        fputs("> ", stderr);
        bool there = read_line(line, &length);
        if (!there || !isatty(STDIN_FILENO)) fputc('\n', stderr); // nobody else has ended the line
        if (!there) {
            say_error("the answers end before the last question; nothing was written");
            *code = EXIT_INPUT;
            return false;
        }
        obstat_status status = obstat_interview_answer(interview, (obstat_text){line, length});
        if (status == OBSTAT_OK) return true;
        if (status != OBSTAT_E_INPUT) {
            *code = say_status(c, status);
            return false;
        }
        say_refused(c);
    }
}

// What the command line answers; false: it does not.
static bool is_given(const cli *c, const obstat_question *q, obstat_text *answer) {
    *answer = text_of("");
    if (q->names_markets && c->set.markets.count) {
        *answer = text_of(joined(&c->set.markets));
        return true;
    }
    return c->set.no_input;
}

static bool ask_all(cli *c, obstat_interview *interview, int *code) {
    obstat_question q;
    obstat_text answer;
    for (;;) {
        *code = say_status(c, obstat_interview_next(&q, interview));
        if (*code != EXIT_CLEARED) return false;
        if (!q.asked) return true;
        if (!is_given(c, &q, &answer)) {
            if (!ask(c, interview, &q, code)) return false;
            continue;
        }
        *code = say_status(c, obstat_interview_answer(interview, answer));
        if (*code == EXIT_CLEARED) continue;
        if (!c->set.markets.count) say_hint("name the places with --market");
        return false;
    }
}

// --- the file

static bool has_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path) return true;
    const char *folder = memory_text("%.*s", (int)(slash - path), path);
    if (is_folder(folder)) return true;
    say_error("there is no folder %s", folder);
    return false;
}

// Whether a manifest may be made there; else that is said, before anybody has answered anything.
static bool is_free(const char *path) {
    struct stat there;
    size_t length = strlen(path);
    if (length > 5 && strcmp(path + length - 5, ".json") == 0) {
        say_error("`obstat init` writes YAML, not %s", path);
        say_hint("name a file that ends with .yaml");
        return false;
    }
    if (lstat(path, &there) != 0) return has_folder(path);
    say_error("%s is there already", path);
    say_hint("name another file: obstat init other.launch.yaml");
    return false;
}

static int write_manifest(cli *c, obstat_interview *interview, const char *path) {
    output out;
    bool file = strcmp(path, "-") != 0;
    if (!(file ? output_open_new(&out, path) : output_open(&out, NULL))) return EXIT_INSIDE;
    int code = say_status(c, obstat_interview_write(interview, output_sink(&out)));
    if (!output_close(&out)) return EXIT_INSIDE;
    if (file && code == EXIT_CLEARED) {
        fputs("\nwrote ", stderr);
        put_safely(stderr, path, strlen(path));
        fputs("; next: obstat check ", stderr);
        put_safely(stderr, path, strlen(path));
        fputc('\n', stderr);
    }
    return code;
}

int cmd_init(cli *c) {
    const obstat_file none = {0};
    file_list no_manifests = {.at = (obstat_file *)&none};
    obstat_rules *rules;
    obstat_interview *interview;
    int code;
    const char *path = c->set.operands.count ? c->set.operands.at[0] : "launch.yaml";
    if (c->set.operands.count > 1) {
        say_error("`obstat init` takes the name of one file");
        return EXIT_INPUT;
    }
    if (strcmp(path, "-") != 0 && !is_free(path)) return EXIT_INPUT;
    if (!rules_load(&rules, c, &no_manifests, &code)) return code;
    code = say_status(c, obstat_interview_new(&interview, c->context, rules));
    if (code != EXIT_CLEARED) return code;
    if (!ask_all(c, interview, &code)) return code;
    return write_manifest(c, interview, path);
}
