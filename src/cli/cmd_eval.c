// SPDX-License-Identifier: Apache-2.0
//
// `obstat eval`: CEL by itself, one expression or a stream of cases.
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// --- one expression

// The bytes of a file, `-` for standard input. False: it cannot be read, which is said.
static bool read_named(const char *name, const char **bytes, size_t *length) {
    const char *why =
        strcmp(name, "-") == 0 ? stdin_read(bytes, length) : file_read(name, bytes, length);
    if (why) say_error("cannot read %s: %s", name, why);
    return !why;
}

// The expression, from the command line or from a file; NULL: there is none, which is said.
static const char *expression_of(const cli *c) {
    const char *bytes = NULL;
    size_t length = 0;
    if (!c->set.from) return c->set.operands.at[0];
    if (!read_named(c->set.from, &bytes, &length)) return NULL;
    if (length && memchr(bytes, '\0', length)) {
        say_error("%s is no text: it holds a zero byte", c->set.from);
        return NULL;
    }
    char *text = memory_take(length + 1);
    if (length) memcpy(text, bytes, length);
    text[length] = '\0';
    return text;
}

static int eval_one(cli *c) {
    const char *expression = expression_of(c), *bytes = NULL;
    obstat_file data = {.name = c->set.data};
    output out;
    if (!expression) return EXIT_INPUT;
    if (data.name) {
        if (!read_named(data.name, &bytes, &data.text.length)) return EXIT_INPUT;
        data.text.ptr = bytes;
    }
    if (!output_open(&out, NULL)) return EXIT_INSIDE;
    obstat_evaluation what = {.size = sizeof what,
                              .expression = expression,
                              .data = data.name ? &data : NULL,
                              .unknown = c->set.unknown.at,
                              .unknown_count = c->set.unknown.count,
                              .typed = c->set.json};
    int code = say_status(c, obstat_eval(c->context, &what, output_sink(&out)));
    return output_close(&out) ? code : EXIT_INSIDE;
}

// --- a stream

enum { LINE_MAX_BYTES = 16 << 20, PIECE = 1 << 16 };

typedef struct stream {
    char *bytes;
    size_t length, room, done; // of these, `done` are behind us
    bool at_end;
} stream;

// More bytes, the unread ones moved to the front. False: a read failed, or a line has no end.
static bool fill(stream *s) {
    memmove(s->bytes, s->bytes + s->done, s->length - s->done);
    s->length -= s->done;
    s->done = 0;
    if (s->room - s->length < PIECE) {
        if (s->room > LINE_MAX_BYTES) {
            say_error("a line is longer than 16 MiB");
            return false;
        }
        char *more = memory_take(s->room * 2 + PIECE);
        if (s->length) memcpy(more, s->bytes, s->length);
        s->bytes = more;
        s->room = s->room * 2 + PIECE;
    }
    ssize_t n;
    do
        n = read(STDIN_FILENO, s->bytes + s->length, PIECE);
    while (n < 0 && errno == EINTR);
    if (n < 0) say_error("cannot read standard input: %s", strerror(errno));
    s->at_end = n == 0;
    if (n > 0) s->length += (size_t)n;
    return n >= 0;
}

static bool next_line(stream *s, obstat_text *line, bool *failed) {
    for (;;) {
        char *from = s->bytes + s->done, *end = memchr(from, '\n', s->length - s->done);
        if (end || (s->at_end && s->done < s->length)) {
            size_t n = end ? (size_t)(end - from) : s->length - s->done;
            *line = (obstat_text){from, n};
            s->done += n + (end != NULL);
            return true;
        }
        if (s->at_end) return false;
        if (!fill(s)) {
            *failed = true;
            return false;
        }
    }
}

static bool is_blank(obstat_text line) {
    for (size_t i = 0; i < line.length; i++)
        if (!strchr(" \t\r", line.ptr[i])) return false;
    return true;
}

static int eval_stream(cli *c) {
    stream s = {.bytes = memory_take(PIECE), .room = PIECE};
    obstat_text line;
    bool failed = false;
    output out;
    obstat_status status = OBSTAT_OK;
    if (!output_open(&out, NULL)) return EXIT_INSIDE;
    while (status == OBSTAT_OK && next_line(&s, &line, &failed))
        if (!is_blank(line)) status = obstat_eval_line(c->context, line, output_sink(&out));
    int code = say_status(c, status);
    if (!output_close(&out)) return EXIT_INSIDE;
    return failed ? exit_worse(code, EXIT_INPUT) : code;
}

// --- the page of functions

static int write_functions(cli *c) {
    output out;
    if (!output_open(&out, NULL)) return EXIT_INSIDE;
    int code = say_status(c, obstat_functions_write(c->context, output_sink(&out)));
    return output_close(&out) ? code : EXIT_INSIDE;
}

int cmd_eval(cli *c) {
    bool bare =
        c->set.operands.count == 0 && !c->set.from && !c->set.data && c->set.unknown.count == 0;
    if (c->set.functions && bare && !c->set.stream && !c->set.json) return write_functions(c);
    if (c->set.functions) {
        say_error("`obstat eval --functions` takes nothing else");
        return EXIT_INPUT;
    }
    if (c->set.stream && bare) return eval_stream(c);
    bool both_from_stdin = c->set.from && c->set.data && strcmp(c->set.from, "-") == 0 &&
                           strcmp(c->set.data, "-") == 0;
    if (both_from_stdin) {
        say_error("standard input cannot be both the expression and the data");
        return EXIT_INPUT;
    }
    if (!c->set.stream && c->set.operands.count + (c->set.from != NULL) == 1) return eval_one(c);
    say_error("%s", c->set.stream ? "`obstat eval --stream` takes no expression and no data"
                                  : "`obstat eval` takes one expression");
    say_hint("quote it for the shell: obstat eval \"1 + 1\"");
    return EXIT_INPUT;
}
