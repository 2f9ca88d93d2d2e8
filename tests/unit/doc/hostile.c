// SPDX-License-Identifier: Apache-2.0
//
// Texts made to cost more than they are long. Each is read in a process of its own, so that its
// time and memory can be measured: two seconds and 256 MB are the most. The sanitizers' own memory
// is not counted against a text.
#include "doc/reading.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { MOST_SECONDS = SANITIZED ? 20 : 2, MOST_KILOBYTES = 256 * 1024 };

static arena a; // of the text that is made

static str repeated(const char *part, size_t times) {
    buf b = {.arena = &a};
    for (size_t i = 0; i < times; i++)
        buf_adds(&b, part);
    return buf_str(&b);
}

// In the child: reads, and tells by its status whether the answer is the expected one.
static _Noreturn void read_and_leave(doc_format format, str text, const char *slug) {
    reading r;
    begin_reading(&r, format, NULL, text);
    bool right = slug[0] == '\0' ? r.ok : !r.ok && r.diags.list.len > 0;
    if (right && slug[0]) right = str_is(str_of(diag_kinds[r.diags.list.at[0].code].slug), slug);
    if (!right && r.diags.list.len > 0)
        printf("\n  it says %s\n", diag_kinds[r.diags.list.at[0].code].slug);
    fflush(stdout);
    _exit(right ? 0 : 1);
}

// `slug`: the first diagnostic; empty: the text is good.
static void read_within_limits(doc_format format, str text, const char *slug) {
    struct rusage before, after;
    getrusage(RUSAGE_CHILDREN, &before);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        alarm(60);
        read_and_leave(format, text, slug);
    }
    int status = -1;
    waitpid(child, &status, 0);
    getrusage(RUSAGE_CHILDREN, &after);
    time_t seconds = after.ru_utime.tv_sec - before.ru_utime.tv_sec;
    CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CU_ASSERT(seconds < MOST_SECONDS);
    CU_ASSERT(SANITIZED || after.ru_maxrss < MOST_KILOBYTES); // of the largest child so far
    arena_free(&a);
}

static void begin_text(void) {
    arena_init(&a, &unit_mem, NULL, 0);
}

static void nested_lists_and_maps(void) {
    static const char *const parts[] = {"[", "{", "- ", "? ", "[\n", "{a: ", "- - ? "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        begin_text();
        read_within_limits(DOC_YAML, repeated(parts[i], 200000), "too-deep");
    }
    begin_text();
    read_within_limits(DOC_JSON, repeated("[", 200000), "too-deep");
    begin_text();
    read_within_limits(DOC_JSON, repeated("{\"a\":", 200000), "too-deep");
}

static void many_directives(void) {
    begin_text();
    buf b = {.arena = &a};
    for (int i = 0; i < 60000; i++)
        buf_addf(&b, "%%TAG !e%d! tag:example.org,2000:\n", i);
    buf_adds(&b, "---\na: 1\n");
    read_within_limits(DOC_YAML, buf_str(&b), "too-many-directives");
}

static void aliases(void) {
    begin_text();
    buf laughs = {.arena = &a};
    buf_adds(&laughs, "- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
        buf_addf(&laughs, "- &a%d [", i);
        for (int k = 0; k < 10; k++)
            buf_addf(&laughs, "*a%d, ", i - 1);
        buf_adds(&laughs, "]\n");
    }
    read_within_limits(DOC_YAML, buf_str(&laughs), "alias-bomb");

    begin_text();
    buf square = {.arena = &a};
    buf_adds(&square, "- &a [");
    buf_add(&square, repeated("x, ", 50000));
    buf_adds(&square, "]\n- [");
    buf_add(&square, repeated("*a, ", 50000));
    buf_adds(&square, "]\n");
    read_within_limits(DOC_YAML, buf_str(&square), "alias-bomb");

    begin_text();
    buf wide = {.arena = &a};
    buf_adds(&wide, "- &a '");
    buf_add(&wide, repeated("x", 900000));
    buf_adds(&wide, "'\n- [");
    buf_add(&wide, repeated("*a, ", 500000));
    buf_adds(&wide, "]\n");
    read_within_limits(DOC_YAML, buf_str(&wide), "alias-bomb");

    begin_text();
    buf deep = {.arena = &a};
    buf_adds(&deep, "- &a0 [x]\n");
    for (int i = 1; i < 1000; i++)
        buf_addf(&deep, "- &a%d [*a%d]\n", i, i - 1);
    read_within_limits(DOC_YAML, buf_str(&deep), "too-deep");

    begin_text();
    read_within_limits(DOC_YAML, str_copy(&a, STR("&a [*a]")), "alias-cycle");
    begin_text();
    read_within_limits(DOC_YAML, repeated("- *a\n", 200000), "unknown-alias");
}

static void long_texts(void) {
    begin_text();
    read_within_limits(DOC_YAML, repeated("\"", 1000000), "bad-yaml");
    begin_text();
    read_within_limits(DOC_YAML, repeated("'", 1000000), ""); // 499,999 apostrophes
    begin_text();
    read_within_limits(DOC_YAML, repeated(":x", 500001), "too-large");
    begin_text();
    read_within_limits(DOC_YAML, repeated("# \n", 3000000), "");
    begin_text();
    read_within_limits(DOC_YAML, repeated("x\n", 2000000), "too-large");
    begin_text();
    read_within_limits(DOC_YAML, repeated("x", 10000001), "too-large");
    begin_text();
    read_within_limits(DOC_JSON, repeated("[ ", 60), "bad-json");
}

static void many_values(void) {
    begin_text();
    read_within_limits(DOC_YAML, repeated("- 1\n", 999998), "");
    begin_text();
    read_within_limits(DOC_YAML, repeated("- 1\n", 1000001), "too-large");
    begin_text();
    read_within_limits(DOC_YAML, repeated("k: 1\n", 400000), "duplicate-key");
    begin_text();
    read_within_limits(DOC_YAML, repeated("? [x]\n", 100000), "bad-key");
    begin_text();
    read_within_limits(DOC_YAML, repeated("---\n", 200000), "too-large");
    begin_text();
    buf keys = {.arena = &a};
    for (int i = 450000; i > 0; i--)
        buf_addf(&keys, "%s\"%07d\": 1", i == 450000 ? "{" : ", ", i);
    buf_adds(&keys, "}");
    read_within_limits(DOC_JSON, buf_str(&keys), "");
    begin_text();
    buf anchors = {.arena = &a};
    for (int i = 0; i < 400000; i++)
        buf_addf(&anchors, "- &a%d x\n", i);
    read_within_limits(DOC_YAML, buf_str(&anchors), "");
}

static void mistakes_everywhere(void) {
    begin_text();
    read_within_limits(DOC_YAML, repeated("- [x,#\n]\n", 200000), "bad-yaml");
    begin_text();
    read_within_limits(DOC_YAML, repeated("- !x y\n", 200000), "tag");
    begin_text();
    read_within_limits(DOC_YAML, repeated("- 1e999\n", 200000), "number-range");
    begin_text();
    buf b = {.arena = &a};
    buf_adds(&b, "a: 1");
    buf_add(&b, repeated("\n", 900000));
    buf_adds(&b, "  b: 2\n");
    read_within_limits(DOC_YAML, buf_str(&b), "bad-yaml");
}

int register_doc_hostile(void) {
    static CU_TestInfo tests[] = {
        {"nested lists and maps", nested_lists_and_maps},
        {"many directives", many_directives},
        {"aliases", aliases},
        {"long texts", long_texts},
        {"many values", many_values},
        {"mistakes everywhere", mistakes_everywhere},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("doc: hostile texts", tests);
}
