// SPDX-License-Identifier: Apache-2.0
//
// Every allocation fails once: the n-th, and all behind it, for each n, until a reading gets
// through. Each time the reading leaves by the guard, everything is given back (libyaml's memory
// too, which the leak check of the sanitizer sees), and the answer is never a wrong one.
#include "counted.h"
#include "doc/doc.h"
#include "unit.h"

typedef struct attempt {
    doc_format format;
    str name, text;
    guard guard;
    arena arena;
    diags diags;
    docs docs;
    bool out_of_memory, ok;
} attempt;

// Reads by pointers alone: a local would not survive the longjmp.
static void try(attempt *t, const mem *m, size_t limit) {
    arena_init(&t->arena, m, &t->guard, limit);
    t->diags = (diags){.arena = &t->arena};
    if (setjmp(t->guard.env))
        t->out_of_memory = true;
    else
        t->ok = doc_read(&t->docs, &t->arena, &t->diags, &doc_default_limits, t->format, t->name,
                         t->text);
    arena_free(&t->arena);
}

// Chunks grow to a megabyte, so only a long text takes many; each is tried at every one of them.
static void fails_at_each(doc_format format, str text, bool ok) {
    size_t n = 0;
    for (bool through = false; !through && n < 1000; n++) {
        counter c = {.left = n};
        mem m = counted_mem(&c);
        attempt t = {.format = format, .text = text};
        try(&t, &m, 0);
        CU_ASSERT_EQUAL(c.held, 0);
        through = !t.out_of_memory;
        CU_ASSERT(!through || t.ok == ok);
    }
    CU_ASSERT(n > 2 && n < 1000);
}

static str many(arena *a, const char *head, const char *part, size_t times, const char *tail) {
    buf b = {.arena = a};
    buf_adds(&b, head);
    for (size_t i = 0; i < times; i++)
        buf_addf(&b, "%s%zu", part, i);
    buf_adds(&b, tail);
    return buf_str(&b);
}

static void reading_yaml(void) {
    arena *a = unit_arena();
    fails_at_each(DOC_YAML, STR("a: 1\n"), true);
    fails_at_each(DOC_YAML, STR("a: [x, 'y', \"z\\n\", |\n"), false);
    fails_at_each(DOC_YAML, STR("a: &a {x: !t y, x: 2}\nb: [*a, *b]\n<<: {}\n"), false);
    fails_at_each(DOC_YAML, STR("%TAG ! tag:x\n---\n- |\n  x\n- >\n  y\n---\n- z\n"), true);
    fails_at_each(DOC_YAML, many(a, "", "- &a\\\n  ", 3000, "\n"), false);
    fails_at_each(DOC_YAML, many(a, "k: 1\n", "- \"x\\ty\" ", 3000, ""), false);
    fails_at_each(DOC_YAML, many(a, "[x", ", \"a\\tb\", &a {b: c}, d", 3000, "]"), true);
    fails_at_each(DOC_YAML, many(a, "{x: y", ", k", 3000, "}"), true);
    fails_at_each(DOC_YAML, many(a, "- !x y\n", "\n- !x y", 3000, ""), false);
}

static void reading_json(void) {
    arena *a = unit_arena();
    fails_at_each(DOC_JSON, STR("{\"a\": [1, \"x\\n\", {}]}"), true);
    fails_at_each(DOC_JSON, STR("{\"a\": [1, \"x\\n\", {}"), false);
    fails_at_each(DOC_JSON, many(a, "[0", ", \"a\\tb\", {\"c\": 1}, 1", 3000, "]"), true);
    fails_at_each(DOC_JSON, many(a, "{\"x\": 1", ", \"k\": 1", 3000, "}"), false);
}

// A limit of the arena is the same exit.
static void an_arena_with_a_limit(void) {
    arena *a = unit_arena();
    attempt t = {.format = DOC_YAML, .text = many(a, "[x", ", \"a\\tb\", c", 20000, "]")};
    try(&t, &mem_libc, 100000);
    CU_ASSERT(t.out_of_memory);
    t.out_of_memory = false;
    try(&t, &mem_libc, 100000000);
    CU_ASSERT(!t.out_of_memory && t.ok);
}

int register_doc_memory(void) {
    static CU_TestInfo tests[] = {
        {"reading YAML", reading_yaml},
        {"reading JSON", reading_json},
        {"an arena with a limit", an_arena_with_a_limit},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("doc: out of memory", tests);
}
