// SPDX-License-Identifier: Apache-2.0
//
// Messages on standard error, all of one form, and "did you mean".
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int exit_worse(int a, int b) {
    static const int rank[] = {[EXIT_CLEARED] = 0,
                               [EXIT_OPEN] = 1,
                               [EXIT_BLOCKED] = 2,
                               [EXIT_INPUT] = 3,
                               [EXIT_INSIDE] = 4};
    return rank[a] > rank[b] ? a : b;
}

// Whether a control character or a mark that turns or hides text begins there; its length.
static size_t deceives(const char *text, size_t left) {
    const unsigned char *c = (const unsigned char *)text;
    if (c[0] < 0x20 || c[0] == 0x7f) return 1;
    if (left >= 2 && c[0] == 0xc2 && c[1] >= 0x80 && c[1] <= 0x9f) return 2; // C1
    if (left >= 2 && c[0] == 0xd8 && c[1] == 0x9c) return 2;                 // U+061C
    if (left < 3 || c[0] != 0xe2) return 0;
    bool marks = c[1] == 0x80 && ((c[2] >= 0x8b && c[2] <= 0x8f) || (c[2] >= 0xa8 && c[2] <= 0xae));
    return marks || (c[1] == 0x81 && c[2] >= 0xa0 && c[2] <= 0xaf) ? 3 : 0;
}

void put_safely(FILE *to, const char *text, size_t length) {
    for (size_t i = 0; i < length;) {
        size_t bad = deceives(text + i, length - i);
        fputc(bad ? '?' : text[i], to);
        i += bad ? bad : 1;
    }
}

static void say(const char *before, const char *fmt, va_list args) {
    char text[2048];
    vsnprintf(text, sizeof text, fmt, args);
    fputs(before, stderr);
    put_safely(stderr, text, strlen(text));
    fputc('\n', stderr);
}

void say_error(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    say("error: ", fmt, args);
    va_end(args);
}

void say_hint(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    say("   = hint: ", fmt, args);
    va_end(args);
}

// --- did you mean

enum { WORD_MAX = 40 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

// Insertions, deletions and changes that make one of the other.
static size_t distance(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b), row[WORD_MAX + 1];
    if (n > WORD_MAX || m > WORD_MAX) return SIZE_MAX;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(change, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[m];
}

const char *nearest(const char *word, const char *const *words, size_t count) {
    const char *found = NULL;
    size_t best = strlen(word) / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        size_t d = distance(word, words[i]);
        if (d > best || (found && d == best)) continue;
        best = d;
        found = words[i];
    }
    return found;
}

// --- what became of a call

static bool write_stderr(void *ctx, const char *bytes, size_t length) {
    (void)ctx;
    return fwrite(bytes, 1, length, stderr) == length;
}

void say_diagnostics(cli *c) {
    obstat_style style = term_style(c, STDERR_FILENO);
    obstat_diagnostics_write(c->context, &style, (obstat_sink){write_stderr, NULL});
    obstat_diagnostics_clear(c->context);
}

int say_status(cli *c, obstat_status status) {
    say_diagnostics(c);
    switch (status) {
    case OBSTAT_OK: return EXIT_CLEARED;
    case OBSTAT_E_INPUT: return EXIT_INPUT;
    case OBSTAT_E_MEMORY: say_error("out of memory"); return EXIT_INSIDE;
    case OBSTAT_E_OUTPUT: return EXIT_INSIDE; // said by the output
    case OBSTAT_E_USAGE: say_error("the library was called wrongly"); return EXIT_INSIDE;
    }
    return EXIT_INSIDE;
}
