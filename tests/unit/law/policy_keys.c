// SPDX-License-Identifier: Apache-2.0
//
// The policies of tests/packs/every-key use every key that there is. What was read of them is
// written down here and compared with tests/packs/every-key/read.txt, which was written by hand
// from REFERENCE and the policies.
#include "check/check.h"
#include "folder.h"
#include "law/policy_dump.h"
#include "unit.h"

static ruleset *load(diags *d, arena *a) {
    rules_folder folder = unit_folder("tests/packs/every-key");
    load_options options = {
        .everything = true, .functions = &check_functions, .function_tables = 1};
    ruleset *r = arena_new(a, ruleset);
    bool loaded = ruleset_open(r, a, d, &folder, 1) && ruleset_load(r, d, &folder, 1, &options);
    buf said = {.arena = a};
    for (size_t i = 0; i < d->list.len; i++)
        diag_print(&said, &d->list.at[i]);
    CHECK_STR(buf_str(&said), "");
    CU_ASSERT_TRUE_FATAL(loaded);
    return r;
}

static void every_key_is_read(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    const ruleset *r = load(&d, a);
    rules_folder top = unit_folder("tests/packs/every-key");
    str expected;
    CU_ASSERT_TRUE_FATAL(top.read(top.ctx, a, &d, STR("read.txt"), &expected));
    buf found = {.arena = a};
    for (size_t i = 0; i < r->policies.len; i++)
        dump_policy(&found, r->policies.at[i]);
    CHECK_STR(buf_str(&found), str_c(a, expected));
}

// --- parameters by place and day

static str parameter_at(arena *a, const char *name, const char *place, const char *on) {
    diags d = {.arena = a};
    day when = 0;
    buf out = {.arena = a};
    const ruleset *r = load(&d, a);
    const parameter *p = map_get(&ruleset_policy(r, STR("ZZ-ALL"))->parameters, str_of(name));
    day_parse(str_of(on), &when);
    const expr *body = ruleset_parameter(r, p->definition, str_of(place), when);
    dump_expr(&out, body);
    return buf_str(&out);
}

static void places_set_parameters(void) {
    arena *a = unit_arena();
    const char *own = "[..2025-01-01) 2; [2025-01-01..) 3";
    CHECK_STR(parameter_at(a, "widest", "ZZ", "2025-06-01"), own);
    CHECK_STR(parameter_at(a, "widest", "ZZ-P", "2023-12-31"), own);
    CHECK_STR(parameter_at(a, "widest", "ZZ-P", "2024-01-01"),
              "[2024-01-01..2026-01-01) when market.size > 3.0: 4; [..2025-01-01) 2; "
              "[2025-01-01..) 3");
    CHECK_STR(parameter_at(a, "widest", "ZZ-P", "2026-01-01"), own);
}

static void other_definitions_keep_their_body(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    const ruleset *r = load(&d, a);
    const definition *ripe =
        cel_find_definition(ruleset_policy(r, STR("ZZ-ALL"))->env, STR("ripe"));
    CU_ASSERT_PTR_EQUAL(ruleset_parameter(r, ripe, STR("ZZ"), 0), ripe->body);
}

int register_policy_keys(void) {
    static CU_TestInfo tests[] = {
        {"every key is read", every_key_is_read},
        {"places set parameters", places_set_parameters},
        {"other definitions keep their body", other_definitions_keep_their_body},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("policy keys", tests);
}
