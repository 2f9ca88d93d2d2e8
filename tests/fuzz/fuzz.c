// SPDX-License-Identifier: Apache-2.0
//
// What all targets need: memory for one input, a way to say what is wrong, and what must hold of
// any diagnostic.
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_MEMORY = 256 << 20 };

void fuzz_finding(const char *file, int line, const char *condition, const char *fmt, ...) {
    va_list args;
    fprintf(stderr, "%s:%d: must hold: %s\n  ", file, line, condition);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
    abort();
}

// The largest chunk that an arena takes by itself.
enum { CHUNK = 1 << 18 };

// Fills the arena so that its chunk has no more than this left. What does not fit there would have
// to be in the next one, for which there is no memory.
static void leave(arena *a, size_t memory) {
    arena_array(a, char, CHUNK);
    arena_array(a, char, CHUNK - memory - 64);
}

static int run_body(void (*body)(arena *a, str input), str bytes, size_t limit, size_t memory) {
    static guard g;
    static arena a;
    static str input; // static, as what is local is lost to longjmp
    input = bytes;
    arena_init(&a, &mem_libc, &g, limit);
    if (setjmp(g.env) == 0) {
        if (memory) leave(&a, memory);
        body(&a, input);
    }
    arena_free(&a);
    return 0;
}

int fuzz_run(void (*body)(arena *a, str input), const uint8_t *data, size_t size) {
    return run_body(body, (str){(const char *)data, size}, MOST_MEMORY, 0);
}

int fuzz_run_within(size_t memory, void (*body)(arena *a, str input), const uint8_t *data,
                    size_t size) {
    return run_body(body, (str){(const char *)data, size}, 2 * CHUNK + CHUNK / 2, memory + 1);
}

static void *must_resize(void *ctx, void *p, size_t old_size, size_t new_size) {
    void *q = mem_libc.resize(ctx, p, old_size, new_size);
    if (!q && new_size) abort();
    return q;
}

arena *fuzz_fixtures(void) {
    static const mem endless = {must_resize, NULL};
    static arena fixtures;
    if (!fixtures.mem) arena_init(&fixtures, &endless, NULL, 0);
    return &fixtures;
}

str fuzz_first_line(str input, str *rest) {
    ptrdiff_t end = str_find(input, STR("\n"));
    size_t n = end < 0 ? input.len : (size_t)end;
    *rest = str_sub(input, n + (end < 0 ? 0 : 1), input.len);
    return str_sub(input, 0, n);
}

static void judge_span(span at, const source *from) {
    MUST(!from || !at.src || at.src == from, "a span of another source");
    if (at.src)
        MUST(at.from <= at.to && at.to <= at.src->text.len, "span %u-%u of %zu bytes", at.from,
             at.to, at.src->text.len);
}

void fuzz_judge_text(str s) {
    size_t bad = 0;
    MUST(utf8_valid(s, &bad), "byte %zu is no UTF-8: %.*s", bad, STR_ARG(s));
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        MUST((c >= 0x20 && c != 0x7f) || c == '\n', "control character %u in: %.*s", c, STR_ARG(s));
    }
}

void fuzz_judge_diags(const diags *d, const source *from) {
    for (size_t i = 0; i < d->list.len; i++) {
        const diag *one = &d->list.at[i];
        judge_span(one->at, from);
        judge_span(one->also, from);
        MUST(one->message.len > 0, "a diagnostic without a message");
        buf out = {.arena = d->arena};
        diag_print(&out, one);
        MUST(out.len > 0, "nothing is printed");
    }
}
