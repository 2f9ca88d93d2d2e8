// SPDX-License-Identifier: Apache-2.0
// Definitions by need, open terms, dated cases, limits, and memory that runs out.
#include "cel/world.h"
#include "unit.h"

#include <string.h>

// --- definitions

typedef struct calls {
    size_t touched, asked, presumed;
    bool doubts; // presumes nothing
    value answer, seen;
} calls;

static void touch(void *ctx, const record *r, uint32_t slot) {
    (void)r;
    (void)slot;
    ((calls *)ctx)->touched++;
}

static value opinion(void *ctx, const definition *d, const value *args, size_t count) {
    calls *l = ctx;
    (void)d;
    l->asked++;
    if (count) l->seen = args[0];
    return l->answer;
}

static bool presumed(void *ctx, const definition *d, const value *args, size_t count) {
    (void)d;
    (void)args;
    (void)count;
    if (((calls *)ctx)->doubts) return false;
    ((calls *)ctx)->presumed++;
    return true;
}

static world logged(arena *a, calls *l) {
    world w = world_new(a);
    *l = (calls){.answer = value_unknown()};
    w.hooks = (cel_hooks){.touch = touch, .open_term = opinion, .presumed = presumed, .ctx = l};
    return w;
}

static void definitions_are_called_by_need(void) {
    calls l;
    world w = logged(unit_arena(), &l);
    world_set(&w, "n", value_int(3));
    world_define(&w, "twice", "a", "a + a");
    world_define(&w, "first", "ab", "a");
    world_define(&w, "both", "ab", "a && b");
    world_define(&w, "limit", "", "n * 10");
    world_define(&w, "through", "a", "twice(first(a, 1/0))");
    CHECK_ANSWER(&w, "twice(n)", "{\"int\":\"6\"}");
    CU_ASSERT(l.touched == 1); // the argument is evaluated once
    CHECK_ANSWER(&w, "first(1, 1/0)", "{\"int\":\"1\"}");
    CHECK_ANSWER(&w, "both(false, 1/0 == 1)", "false");
    CHECK_ANSWER(&w, "limit + 1", "{\"int\":\"31\"}");
    CHECK_ANSWER(&w, "through(n)", "{\"int\":\"6\"}");
    CHECK_ANSWER(&w, "twice(twice(twice(1)))", "{\"int\":\"8\"}");
    CHECK_ANSWER(&w, "[1, 2].map(x, twice(x + n))", "[{\"int\":\"8\"},{\"int\":\"10\"}]");
    // A variable of the caller is not one of the definition.
    CHECK_ANSWER(&w, "[5].map(n, limit)", "[{\"int\":\"30\"}]");
}

// The macro inside has a slot of its own beside the parameters, in the frame of the definition.
static void definitions_hold_macros(void) {
    world w = world_new(unit_arena());
    world_define(&w, "any", "ab", "a.exists(x, b.exists(y, x == y))");
    CHECK_ANSWER(&w, "any([1, 2], [2, 3])", "true");
    CHECK_ANSWER(&w, "[[1], [3]].map(r, any(r, [3]))", "[false,true]");
    world_define(&w, "many", "abcdefghij", "j ? a : b");
    CHECK_ANSWER(&w, "many(1, 2, 3, 4, 5, 6, 7, 8, 9, 1 == 1)", "{\"int\":\"1\"}");
}

static void open_terms_are_asked(void) {
    calls l;
    world w = logged(unit_arena(), &l);
    world_set(&w, "u", value_unknown());
    world_define(&w, "harm", "a", "a == 'x'")->open = true;
    world_define(&w, "vague", "", NULL)->open = true;
    world_define(&w, "odd", "", "1/0 == 1")->open = true;
    CHECK_ANSWER(&w, "harm('x')", "true");
    CU_ASSERT(l.presumed == 1 && l.asked == 1);
    CHECK_STR(value_text(l.seen), "x");
    CHECK_ANSWER(&w, "harm('y')", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "harm(u)", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "vague", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "odd", "{\"unknown\":true}");
    CU_ASSERT(l.presumed == 1 && l.asked == 5);
    l.doubts = true; // who holds the run may let nothing be presumed
    CHECK_ANSWER(&w, "harm('x')", "{\"unknown\":true}");
    CU_ASSERT(l.presumed == 1);
    l.answer = VALUE_FALSE; // an opinion rebuts what is presumed
    CHECK_ANSWER(&w, "harm('x')", "false");
    CHECK_ANSWER(&w, "vague || true", "true");
    CU_ASSERT(l.presumed == 1);
    CHECK_ERROR(&w, "harm(1/0)", "division by zero");
    w.hooks = (cel_hooks){0};
    CHECK_ANSWER(&w, "harm('x') && !harm('x')", "false");
    CHECK_ANSWER(&w, "vague", "{\"unknown\":true}");
}

static const expr *other_body(void *ctx, const definition *d) {
    return str_is(d->name, "age") ? ctx : NULL;
}

static void bodies_may_differ_by_place(void) {
    world w = world_new(unit_arena());
    world_define(&w, "age", "", "16");
    world_define(&w, "limit", "", "age + 1");
    world_define(&w, "unset", "", NULL);
    CHECK_ANSWER(&w, "limit", "{\"int\":\"17\"}");
    w.hooks = (cel_hooks){.body = other_body, .ctx = world_parse(&w, "13")};
    CHECK_ANSWER(&w, "limit", "{\"int\":\"14\"}");
    CHECK_ERROR(&w, "unset", "`unset` has no value here");
}

// --- dated cases

typedef struct row {
    const char *from, *until, *when, *value;
} row;

static str cases(world *w, const char *as_of, const row *rows, size_t count) {
    expr *e = arena_new(w->arena, expr);
    expr_case *made = arena_array(w->arena, expr_case, count);
    for (size_t i = 0; i < count; i++) {
        made[i].has_from = rows[i].from && day_parse(str_of(rows[i].from), &made[i].from);
        made[i].has_until = rows[i].until && day_parse(str_of(rows[i].until), &made[i].until);
        if (rows[i].when) made[i].when = world_parse(w, rows[i].when);
        made[i].value = world_parse(w, rows[i].value);
    }
    e->kind = EXPR_CASES;
    e->u.cases.cases = made;
    e->u.cases.count = (uint32_t)count;
    CU_ASSERT_TRUE_FATAL(day_parse(str_of(as_of), &w->as_of));
    return world_show(w, world_run(w, e));
}

#define CASES(w, as_of, rows) cases(w, as_of, rows, sizeof(rows) / sizeof(rows)[0])

static void cases_hold_in_their_windows(void) {
    world w = world_new(unit_arena());
    static const row rows[] = {
        {NULL, "2026-01-01", NULL, "1"},
        {"2026-01-01", "2026-07-01", NULL, "2"},
        {"2026-07-01", NULL, NULL, "3"},
    };
    CHECK_STR(CASES(&w, "2025-12-31", rows), "{\"int\":\"1\"}");
    CHECK_STR(CASES(&w, "2026-01-01", rows), "{\"int\":\"2\"}");
    CHECK_STR(CASES(&w, "2026-06-30", rows), "{\"int\":\"2\"}");
    CHECK_STR(CASES(&w, "2026-07-01", rows), "{\"int\":\"3\"}");
    static const row gap[] = {{"2026-01-01", "2026-07-01", NULL, "2"}};
    CHECK_STR(CASES(&w, "2026-07-01", gap), "error: no case holds on this date");
}

static void an_unknown_case_leaves_the_later_ones_open(void) {
    world w = world_new(unit_arena());
    world_set(&w, "u", value_unknown());
    static const row agree[] = {{NULL, NULL, "u", "1"}, {NULL, NULL, NULL, "1"}};
    CHECK_STR(CASES(&w, "2026-01-01", agree), "{\"int\":\"1\"}");
    static const row differ[] = {{NULL, NULL, "u", "1"}, {NULL, NULL, NULL, "2"}};
    CHECK_STR(CASES(&w, "2026-01-01", differ), "{\"unknown\":true}");
    static const row first[] = {{NULL, NULL, "true", "1"}, {NULL, NULL, "u", "2"}};
    CHECK_STR(CASES(&w, "2026-01-01", first), "{\"int\":\"1\"}");
    static const row not_now[] = {{"2027-01-01", NULL, "u", "1"}, {NULL, NULL, NULL, "2"}};
    CHECK_STR(CASES(&w, "2026-01-01", not_now), "{\"int\":\"2\"}");
    static const row skipped[] = {
        {NULL, NULL, "u", "1"}, {NULL, NULL, "false", "2"}, {NULL, NULL, NULL, "1"}};
    CHECK_STR(CASES(&w, "2026-01-01", skipped), "{\"int\":\"1\"}");
    static const row no_end[] = {{NULL, NULL, "u", "1"}};
    CHECK_STR(CASES(&w, "2026-01-01", no_end), "{\"unknown\":true}");
    static const row failed[] = {{NULL, NULL, "1/0 == 1", "1"}, {NULL, NULL, NULL, "1"}};
    CHECK_STR(CASES(&w, "2026-01-01", failed), "error: division by zero");
    static const row maybe_failed[] = {{NULL, NULL, "u", "1"}, {NULL, NULL, "1/0 == 1", "1"}};
    CHECK_STR(CASES(&w, "2026-01-01", maybe_failed), "{\"unknown\":true}");
    static const row unused[] = {{NULL, NULL, "false", "1/0"}, {NULL, NULL, NULL, "1"}};
    CHECK_STR(CASES(&w, "2026-01-01", unused), "{\"int\":\"1\"}");
}

// --- limits

static void work_is_limited(void) {
    world w = world_new(unit_arena());
    const char *loops = "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, "
                        "[1,2,3,4,5,6,7,8,9,10].all(c, a + b + c < 31)))";
    CHECK_ANSWER(&w, loops, "true");
    w.steps = 1000;
    CHECK_ERROR(&w, loops, "too much work");
    // Nothing that is left out decides.
    w.steps = 3;
    CHECK_ERROR(&w, "1 + 1 == 2 || true", "too much work");
    CHECK_ANSWER(&w, "true || 1 + 1 == 2", "true");
}

static void depth_is_limited(void) {
    world w = world_new(unit_arena());
    world_define(&w, "d0", "a", "a + 1");
    for (int i = 1; i < 100; i++) {
        str body = str_format(w.arena, "d%d(a) + 1", i - 1);
        world_define(&w, str_format(w.arena, "d%d", i).ptr, "a", body.ptr);
    }
    CHECK_ANSWER(&w, "d50(0)", "{\"int\":\"51\"}");
    CHECK_ERROR(&w, "d99(0)", "too deep");
}

static void sizes_are_limited(void) {
    world w = world_new(unit_arena());
    buf text = {.arena = w.arena};
    for (int i = 0; i < 40; i++)
        buf_addf(&text, "cel.bind(x%d, %s%d + %s%d, ", i, i ? "x" : "s", i ? i - 1 : 0,
                 i ? "x" : "s", i ? i - 1 : 0);
    buf_adds(&text, "true");
    for (int i = 0; i < 40; i++)
        buf_addc(&text, ')');
    world_set(&w, "s0", value_string(STR("0123456789")));
    // 2^40 times ten bytes; an error that nobody looks at is none.
    CHECK_ANSWER(&w, str_c(w.arena, buf_str(&text)), "true");
    CHECK_ERROR(&w,
                "cel.bind(a, s0+s0+s0+s0, cel.bind(b, a+a+a+a+a+a+a+a, cel.bind(c, b+b+b+b+b+b+b+b,"
                "cel.bind(d, c+c+c+c+c+c+c+c, cel.bind(e, d+d+d+d+d+d+d+d, e+e+e+e+e+e+e+e)))))",
                "too long");
}

// --- memory that runs out

typedef struct failing {
    size_t allocations, fails_at, live;
} failing;

static void *fail_at(void *ctx, void *p, size_t old_size, size_t new_size) {
    failing *f = ctx;
    if (new_size && ++f->allocations == f->fails_at) return NULL;
    if (new_size && !p) f->live++;
    if (!new_size && p) f->live--;
    return mem_libc.resize(NULL, p, old_size, new_size);
}

static const char *const sweep[] = {
    "[1, 2, 3].map(x, x * 2).filter(x, x > 2).exists(x, x == 6)",
    "{'a': [1, 2], 'b': []}.transformMap(k, v, v.size()).a",
    "'abc' + 'def' == 'abcdef' && 'abcdef'.matches('^[a-f]{6}$') && !'x'.matches('(?i)y+|z*w')",
    "timestamp('2026-01-01T00:00:00Z') + duration('1h') > timestamp(0)",
    "string(1.5) + string(timestamp(0)) + string(duration('90s')) + string(b'x')",
    "cel.bind(x, [1, 2], x + x + [3]).size()",
    "optional.of({'k': 1}).k.orValue(2) + {'k': 1}[?'z'].orValue(1/0)",
};

// Evaluates in an arena that fails at the n-th request for memory. `pad` bytes are taken before, so
// that the end of a chunk comes at another place. 'r' a result, 'e' an error, 'o' out of memory.
static char with_failure(const char *text, failing *f, size_t pad) {
    arena a;
    guard g;
    mem m = {fail_at, f};
    volatile char result = 'o';
    arena_init(&a, &m, &g, 0);
    if (setjmp(g.env) == 0) {
        arena_alloc(&a, pad, 1);
        world w = world_new(&a);
        value v = world_run(&w, world_parse(&w, text));
        result = v.kind == VALUE_ERROR ? 'e' : 'r';
    }
    arena_free(&a);
    return result;
}

static void memory_may_run_out(void) {
    for (size_t i = 0; i < sizeof sweep / sizeof sweep[0]; i++)
        for (size_t pad = 0; pad < 4096; pad += 96) {
            failing f = {0};
            char whole = with_failure(sweep[i], &f, pad);
            size_t all = f.allocations;
            CU_ASSERT(whole == (strstr(sweep[i], "1/0") ? 'e' : 'r') && f.live == 0);
            for (size_t n = 1; n <= all; n++) {
                f = (failing){.fails_at = n};
                CU_ASSERT(with_failure(sweep[i], &f, pad) == 'o');
                CU_ASSERT(f.live == 0);
            }
        }
}

int register_evaluation(void) {
    static CU_TestInfo tests[] = {
        {"definitions are called by need", definitions_are_called_by_need},
        {"definitions hold macros", definitions_hold_macros},
        {"open terms are asked", open_terms_are_asked},
        {"bodies may differ by place", bodies_may_differ_by_place},
        {"cases hold in their windows", cases_hold_in_their_windows},
        {"an unknown case leaves the later ones open", an_unknown_case_leaves_the_later_ones_open},
        {"work is limited", work_is_limited},
        {"depth is limited", depth_is_limited},
        {"sizes are limited", sizes_are_limited},
        {"memory may run out", memory_may_run_out},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("evaluation", tests);
}
