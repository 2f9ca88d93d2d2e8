// SPDX-License-Identifier: Apache-2.0
// What names mean: locals, scopes, definitions, variables of nested environments, containers,
// namespaces of functions, slots of frames. Mistakes are in tests/diagnostics/cel.
#include "cel/cel.h"
#include "unit.h"

static const cel_function rows[] = {
    {"_+_", 0, "(int, int) -> int", NULL, "sum", NULL},
    {"@in", 0, "(A, list(A)) -> bool", NULL, "in", NULL},
    {"size", 0, "(list(A)) -> int | (string) -> int", NULL, "size", NULL},
    {"size", CEL_RECEIVER, "(list(A)) -> int", NULL, "size", NULL},
    {"math.abs", 0, "(int) -> int", NULL, "abs", NULL},
    {"pick", 0, "(int) -> int | (int, map(int, int)) -> int", NULL, "pick", NULL},
    {"pick", 0, "(int, int, int) -> int", NULL, "pick", NULL},
    {"none", 0, "() -> int", NULL, "none", NULL},
    {"box.open", 0, "() -> int", NULL, "open", NULL},
};
static const cel_function_table table = {rows, sizeof rows / sizeof *rows};

static cel_env *env_new(arena *a, const cel_env *outer) {
    cel_env *env = arena_new(a, cel_env);
    env->arena = a;
    env->outer = outer;
    if (!outer) vec_push(a, &env->functions, table);
    return env;
}

static void declare(cel_env *env, const char *name) {
    vec_push(env->arena, &env->variables, (cel_variable){.name = str_of(name), .type = &type_dyn});
}

static definition *define(cel_env *env, const char *name, const str *params, size_t count) {
    definition *d = arena_new(env->arena, definition);
    *d = (definition){.name = str_of(name), .params = params, .param_count = count, .env = env};
    vec_push(env->arena, &env->definitions, d);
    return d;
}

static expr *linked(const cel_env *env, const char *s, const cel_scope *scope, uint32_t *slots,
                    bool lenient) {
    arena *a = env->arena;
    diags d = {.arena = a};
    cel_text *text = arena_new(a, cel_text);
    *text = (cel_text){str_of(s), NULL, source_new(a, STR("cel"), str_of(s))};
    expr *e = cel_parse(a, &d, text, false);
    CU_ASSERT_FATAL(e != NULL);
    uint32_t n = cel_link(env, &d, e, scope, lenient);
    CU_ASSERT(d.list.len == 0);
    if (slots) *slots = n;
    return e;
}

static bool is_global(const expr *e, uint32_t index) {
    return e->kind == EXPR_IDENT && e->u.ident.ref == REF_GLOBAL && e->u.ident.index == index;
}

static bool is_local(const expr *e, uint32_t slot) {
    return e->kind == EXPR_IDENT && e->u.ident.ref == REF_LOCAL && e->u.ident.index == slot;
}

static void outer_variables_come_first(void) {
    cel_env *outer = env_new(unit_arena(), NULL);
    declare(outer, "a");
    declare(outer, "b");
    cel_env *inner = env_new(outer->arena, outer);
    declare(inner, "c");
    CU_ASSERT(is_global(linked(outer, "b", NULL, NULL, false), 1));
    CU_ASSERT(is_global(linked(inner, "b", NULL, NULL, false), 1));
    CU_ASSERT(is_global(linked(inner, "c", NULL, NULL, false), 2));
    CU_ASSERT(is_global(linked(inner, ".a", NULL, NULL, false), 0));
}

static void the_longest_dotted_name_wins(void) {
    cel_env *env = env_new(unit_arena(), NULL);
    declare(env, "a.b");
    declare(env, "a.b.c");
    declare(env, "x");
    const expr *e = linked(env, "a.b.c.d", NULL, NULL, false);
    CU_ASSERT(e->kind == EXPR_SELECT && is_global(e->u.select.operand, 1));
    e = linked(env, "a.b.d", NULL, NULL, false);
    CU_ASSERT(e->kind == EXPR_SELECT && is_global(e->u.select.operand, 0));
    e = linked(env, "has(a.b.c)", NULL, NULL, false); // the last part stays a field
    CU_ASSERT(e->kind == EXPR_SELECT && e->test && is_global(e->u.select.operand, 0));
    e = linked(env, "(a.b).c", NULL, NULL, false);
    CU_ASSERT(is_global(e, 1)); // brackets leave no trace
    e = linked(env, "[x].map(a, a.b.c)", NULL, NULL, true);
    const expr *body = e->u.macro.body;
    CU_ASSERT(body->kind == EXPR_SELECT && is_local(body->u.select.operand->u.select.operand, 0));
}

static void containers_are_tried_from_the_inside(void) {
    cel_env *env = env_new(unit_arena(), NULL);
    env->container = STR("com.example");
    declare(env, "y");
    declare(env, "com.y");
    declare(env, "com.example.y");
    declare(env, "com.z");
    CU_ASSERT(is_global(linked(env, "y", NULL, NULL, false), 2));
    CU_ASSERT(is_global(linked(env, ".y", NULL, NULL, false), 0));
    CU_ASSERT(is_global(linked(env, "z", NULL, NULL, false), 3));
    const expr *e = linked(env, "[0].exists(y, .y == y)", NULL, NULL, true)->u.macro.body;
    CU_ASSERT(is_global(e->u.call.args[0], 0) && is_local(e->u.call.args[1], 0));
}

static void scopes_and_comprehensions_have_slots(void) {
    static const str names[] = {STR_C("f"), STR_C("m")};
    cel_scope scope = {.names = names, .count = 2};
    cel_env *env = env_new(unit_arena(), NULL);
    declare(env, "xs");
    uint32_t slots = 0;
    CU_ASSERT(is_local(linked(env, "m", &scope, &slots, false), 1));
    CU_ASSERT(slots == 2);
    const expr *e = linked(env, "xs.all(i, x, xs.exists(y, [x, y, m])) && xs.map(z, z, z)", &scope,
                           &slots, false);
    CU_ASSERT(slots == 5);
    const expr *all = e->u.logic.a, *exists = all->u.macro.body, *second = e->u.logic.b;
    CU_ASSERT(all->u.macro.slots[0] == 2 && all->u.macro.slots[1] == 3);
    CU_ASSERT(exists->u.macro.slots[0] == 4 && second->u.macro.slots[0] == 2);
    const expr_entry *entries = exists->u.macro.body->u.list.entries;
    CU_ASSERT(is_local(entries[0].value, 3) && is_local(entries[1].value, 4) &&
              is_local(entries[2].value, 1));
    CU_ASSERT(is_local(second->u.macro.filter, 2));
    // The range is outside the variable, and an inner variable hides an outer one.
    e = linked(env, "xs.all(x, x.all(x, x))", NULL, &slots, false);
    CU_ASSERT(is_local(e->u.macro.body->u.macro.range, 0));
    CU_ASSERT(is_local(e->u.macro.body->u.macro.body, 1));
    CU_ASSERT(slots == 2);
}

static void definitions_come_before_variables(void) {
    static const str params[] = {STR_C("x")};
    cel_env *outer = env_new(unit_arena(), NULL);
    declare(outer, "here");
    const definition *far = define(outer, "far", NULL, 0);
    cel_env *env = env_new(outer->arena, outer);
    const definition *here = define(env, "here", NULL, 0), *f = define(env, "f", params, 1);
    const expr *e = linked(env, "here", NULL, NULL, false);
    CU_ASSERT(e->u.ident.ref == REF_DEFINITION && e->u.ident.definition == here);
    e = linked(env, "far", NULL, NULL, false);
    CU_ASSERT(e->u.ident.ref == REF_DEFINITION && e->u.ident.definition == far);
    e = linked(env, "f(here)", NULL, NULL, false);
    CU_ASSERT(e->u.call.definition == f && e->u.call.row == NULL);
}

static void functions_are_found_by_name_form_and_count(void) {
    cel_env *env = env_new(unit_arena(), NULL);
    declare(env, "x");
    declare(env, "box");
    CU_ASSERT(linked(env, "1 + 2", NULL, NULL, false)->u.call.row == &rows[0]);
    CU_ASSERT(linked(env, "1 in [2]", NULL, NULL, false)->u.call.row == &rows[1]);
    CU_ASSERT(linked(env, "size(x)", NULL, NULL, false)->u.call.row == &rows[2]);
    CU_ASSERT(linked(env, "x.size()", NULL, NULL, false)->u.call.row == &rows[3]);
    CU_ASSERT(linked(env, "pick(1, x)", NULL, NULL, false)->u.call.row == &rows[5]);
    CU_ASSERT(linked(env, "pick(1, 2, 3)", NULL, NULL, false)->u.call.row == &rows[6]);
    CU_ASSERT(linked(env, "none()", NULL, NULL, false)->u.call.row == &rows[7]);
    const expr *e = linked(env, "math.abs(x)", NULL, NULL, false);
    CU_ASSERT(e->u.call.row == &rows[4] && e->u.call.target == NULL);
    CHECK_STR(e->u.call.function, "math.abs");
    // A comprehension's variable is no namespace.
    e = linked(env, "[x].map(math, math.size())", NULL, NULL, false)->u.macro.body;
    CU_ASSERT(e->u.call.row == &rows[3] && is_local(e->u.call.target, 0));
}

static void types_are_constants(void) {
    cel_env *env = env_new(unit_arena(), NULL);
    const expr *e = linked(env, "google.protobuf.Timestamp", NULL, NULL, false);
    CU_ASSERT(e->kind == EXPR_IDENT && e->u.ident.ref == REF_CONSTANT);
    CU_ASSERT(e->u.ident.constant.kind == VALUE_TYPE &&
              e->u.ident.constant.u.type->kind == TYPE_TIMESTAMP);
    declare(env, "int");
    CU_ASSERT(is_global(linked(env, "int", NULL, NULL, false), 0));
}

static void what_a_lenient_link_does_not_find_is_left(void) {
    cel_env *env = env_new(unit_arena(), NULL);
    const expr *e = linked(env, "a.b || f(c) || x.g()", NULL, NULL, true);
    CU_ASSERT(e->u.logic.a->kind == EXPR_SELECT);
    CU_ASSERT(e->u.logic.a->u.select.operand->u.ident.ref == REF_NONE);
    CU_ASSERT(e->u.logic.b->u.logic.a->u.call.row == NULL);
    CU_ASSERT(e->u.logic.b->u.logic.b->u.call.row == NULL);
}

int register_cel_link(void) {
    static CU_TestInfo tests[] = {
        {"outer variables come first", outer_variables_come_first},
        {"the longest dotted name wins", the_longest_dotted_name_wins},
        {"containers are tried from the inside", containers_are_tried_from_the_inside},
        {"scopes and comprehensions have slots", scopes_and_comprehensions_have_slots},
        {"definitions come before variables", definitions_come_before_variables},
        {"functions are found by name, form and count", functions_are_found_by_name_form_and_count},
        {"types are constants", types_are_constants},
        {"what a lenient link does not find is left", what_a_lenient_link_does_not_find_is_left},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("cel_link", tests);
}
