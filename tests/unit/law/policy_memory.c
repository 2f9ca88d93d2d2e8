// SPDX-License-Identifier: Apache-2.0
//
// Loading rules while memory runs out: the n-th allocation fails, for each n, until a load gets
// through. Arenas ask for large pieces, so that only few places would ever meet a failure: each
// round begins with a piece of another size, which moves the others. Each time everything is given
// back, and a load that says it succeeded has the rules.
#include "check/check.h"
#include "counted.h"
#include "folder.h"
#include "law/world.h"
#include "unit.h"

typedef struct attempt {
    const rules_folder *folder;
    guard guard;
    arena arena;
    diags diags;
    ruleset rules;
    load_options options;
    bool out_of_memory, ok;
    size_t rule_count;
} attempt;

// Reads by pointers alone: a local would not survive the longjmp.
static void try(attempt *t, const mem *m, size_t before) {
    arena_init(&t->arena, m, &t->guard, 0);
    t->diags = (diags){.arena = &t->arena};
    t->options =
        (load_options){.everything = true, .functions = &check_functions, .function_tables = 1};
    if (setjmp(t->guard.env)) {
        t->out_of_memory = true;
    } else {
        arena_alloc(&t->arena, before, 1);
        t->ok = ruleset_open(&t->rules, &t->arena, &t->diags, t->folder, 1) &&
                ruleset_load(&t->rules, &t->diags, t->folder, 1, &t->options);
        t->rule_count = t->rules.rules.len;
    }
    arena_free(&t->arena);
}

static void read_pack(arena *a, world_folder *out) {
    static const char *const names[] = {
        "vocabulary.yaml",
        "places.yaml",
        "zz/jurisdiction.yaml",
        "zz/every-key.yaml",
        "zz/registries/zz-days.yaml",
        "zz/registries/zz-growers.yaml",
        "zz-p/jurisdiction.yaml",
        "zz-p/port.yaml",
    };
    enum { COUNT = sizeof names / sizeof *names };
    rules_folder disk = unit_folder("tests/packs/every-key");
    diags d = {.arena = a};
    case_file *files = arena_array(a, case_file, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        files[i].name = str_of(names[i]);
        CU_ASSERT_TRUE_FATAL(disk.read(disk.ctx, a, &d, files[i].name, &files[i].text));
    }
    *out = (world_folder){.name = STR("rules"), .files = files, .count = COUNT};
}

// The number of allocations of a load.
static size_t fail_at_each(const rules_folder *folder, size_t before) {
    for (size_t n = 0;; n++) {
        counter c = {.left = n};
        mem m = counted_mem(&c);
        attempt t = {.folder = folder};
        try(&t, &m, before);
        CU_ASSERT_EQUAL_FATAL(c.held, 0);
        if (t.out_of_memory) continue;
        CU_ASSERT(t.ok);
        CU_ASSERT_EQUAL(t.rule_count, 4);
        return n;
    }
}

static void loading_fails_at_each_allocation(void) {
    enum { MOVE = 1511, MOST = 4 * 4096 };
    world_folder pack;
    read_pack(unit_arena(), &pack);
    rules_folder folder = world_rules(&pack);
    for (size_t before = 1; before < MOST; before += MOVE)
        CU_ASSERT(fail_at_each(&folder, before) > 3);
}

int register_policy_memory(void) {
    static CU_TestInfo tests[] = {
        {"loading fails at each allocation", loading_fails_at_each_allocation},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("policy memory", tests);
}
