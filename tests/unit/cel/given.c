// SPDX-License-Identifier: Apache-2.0
// The expressions of the CEL specification's own tests: what is printed reads as the same tree, and
// the checker accepts what has a value, deduces the types that are given, and what comes out when
// an expression is evaluated is of its type and within its cost. They lie beside the repository;
// where they are not, the tests say so.
#include "cel/cel.h"
#include "cel/typed_json.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const char path[] = OBSTAT_SOURCE_DIR "/../shared/conformance/cel/given.ndjson";

// One case a line, each a JSON document; false: the file is not there.
static bool read_cases(arena *a, docs *out) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        unit_skip(path);
        return false;
    }
    buf text = {.arena = a};
    for (int c; (c = fgetc(f)) != EOF;)
        buf_addc(&text, c == '\n' ? ',' : (char)c);
    fclose(f);
    while (text.len && text.ptr[text.len - 1] == ',')
        text.len--;
    diags d = {.arena = a};
    str list = str_format(a, "[%.*s]", STR_ARG(buf_str(&text)));
    CU_ASSERT_FATAL(doc_read(out, a, &d, &doc_default_limits, DOC_JSON, STR("given"), list));
    return true;
}

static str text_member(const node *n, const char *key) {
    const node *member = doc_get(n, key);
    return member ? member->text : STR("");
}

static expr *parsed(arena *a, diags *d, str s, bool no_macros) {
    cel_text *text = arena_new(a, cel_text);
    *text = (cel_text){s, NULL, source_new(a, STR("cel"), s)};
    return cel_parse(a, d, text, no_macros);
}

static void is_printed_as_itself(arena *a, const node *one) {
    diags d = {.arena = a};
    str s = text_member(one, "expr");
    const expr *e = parsed(a, &d, s, false);
    if (!e) { // what is no CEL for others either
        CU_ASSERT(doc_get(one, "error") != NULL);
        return;
    }
    buf out = {.arena = a};
    cel_print(&out, e);
    const expr *again = parsed(a, &d, str_copy(a, buf_str(&out)), false);
    CU_ASSERT(again && cel_same(e, again));
    if (!again || !cel_same(e, again)) printf("\n%.*s\n%.*s\n", STR_ARG(s), STR_ARG(buf_str(&out)));
}

static void printing_and_reading_is_the_identity(void) {
    arena *a = unit_arena();
    docs all;
    if (!read_cases(a, &all)) return;
    const node *list = all.list.at[0];
    for (uint32_t i = 0; i < list->count; i++)
        is_printed_as_itself(a, list->u.items[i]);
    CU_ASSERT(list->count > 1000);
}

static cel_env *env_of(arena *a, const node *one) {
    cel_env *env = arena_new(a, cel_env);
    env->arena = a;
    env->container = text_member(one, "container");
    for (size_t i = 0; i < cel_standard_count; i++)
        vec_push(a, &env->functions, *cel_standard[i]);
    const node *types = doc_get(one, "types");
    for (uint32_t i = 0; types && i < types->count; i++) {
        const type *t = type_parse(a, types->u.pairs[i].value->text);
        CU_ASSERT_FATAL(t != NULL);
        vec_push(a, &env->variables,
                 (cel_variable){.name = types->u.pairs[i].key->text, .type = t});
    }
    return env;
}

static bool is_checked(arena *a, const node *one) {
    diags d = {.arena = a};
    cel_env *env = env_of(a, one);
    expr *e = parsed(a, &d, text_member(one, "expr"), doc_get(one, "disable_macros") != NULL);
    if (!e) return false;
    cel_link(env, &d, e, NULL, true);
    const type *t = cel_check(env, &d, e, NULL, NULL);
    bool is_wrong = d.list.len > 0 && !doc_get(one, "error");
    CU_ASSERT(!is_wrong);
    buf out = {.arena = a};
    for (size_t i = 0; i < d.list.len && is_wrong; i++)
        diag_print(&out, &d.list.at[i]);
    if (is_wrong) printf("\n%.*s\n%.*s", STR_ARG(text_member(one, "id")), STR_ARG(buf_str(&out)));
    str expected = text_member(one, "type");
    if (!expected.len) return true;
    CU_ASSERT(str_eq(type_print(a, t), expected));
    if (!str_eq(type_print(a, t), expected))
        printf("\n%.*s: %.*s\n", STR_ARG(text_member(one, "id")), STR_ARG(type_print(a, t)));
    return true;
}

static void the_checker_accepts_what_has_a_value(void) {
    arena *a = unit_arena();
    docs all;
    if (!read_cases(a, &all)) return;
    const node *list = all.list.at[0];
    size_t checked = 0;
    for (uint32_t i = 0; i < list->count; i++)
        if (!doc_get(list->u.items[i], "disable_check")) checked += is_checked(a, list->u.items[i]);
    CU_ASSERT(checked > 1000);
}

// --- values and their types

static bool is_member(value v, const type *t);

static bool are_members(const value *items, uint32_t count, const type *t) {
    for (uint32_t i = 0; i < count; i++)
        if (t && !is_member(items[i], t)) return false;
    return true;
}

// Whether a value is of a type, with all its parts.
static bool is_member(value v, const type *t) {
    if (t->kind == TYPE_DYN) return true;
    if (t->kind == TYPE_WRAPPER) return v.kind == VALUE_NULL || is_member(v, t->a);
    if (value_type(v)->kind != t->kind) return false;
    switch (t->kind) {
    case TYPE_LIST: return are_members(v.u.list->items, v.u.list->count, t->a);
    case TYPE_MAP:
        return are_members(v.u.map->keys, v.u.map->count, t->a) &&
               are_members(v.u.map->values, v.u.map->count, t->b);
    case TYPE_OPTIONAL: return !v.u.optional || is_member(*v.u.optional, t->a);
    case TYPE_TYPE: return !t->a || t->a->kind == TYPE_DYN || t->a->kind == v.u.type->kind;
    default: return true;
    }
}

static value evaluated(arena *a, const cel_env *env, const node *one, const expr *e,
                       uint32_t slots) {
    diags d = {.arena = a};
    const node *vars = doc_get(one, "vars");
    value *globals = arena_array(a, value, env->variables.len + 1);
    for (uint32_t i = 0; vars && i < vars->count; i++)
        for (size_t k = 0; k < env->variables.len; k++)
            if (str_eq(env->variables.at[k].name, vars->u.pairs[i].key->text))
                CU_ASSERT(typed_json_read(&globals[k], a, &d, vars->u.pairs[i].value));
    cel_run run = {.arena = a, .globals = globals, .steps_left = CEL_DEFAULT_STEPS};
    value v = cel_eval(&run, e, arena_array(a, value, slots));
    double steps = (double)(CEL_DEFAULT_STEPS - run.steps_left);
    CU_ASSERT(steps <= cel_cost(a, e, NULL));
    if (steps > cel_cost(a, e, NULL))
        printf("\n%.*s: %.0f steps, not %.0f\n", STR_ARG(text_member(one, "id")), steps,
               cel_cost(a, e, NULL));
    return v;
}

// Whether there is a value to judge.
static bool has_its_type(arena *a, const node *one) {
    diags d = {.arena = a};
    cel_env *env = env_of(a, one);
    expr *e = parsed(a, &d, text_member(one, "expr"), doc_get(one, "disable_macros") != NULL);
    if (!e) return false;
    uint32_t slots = cel_link(env, &d, e, NULL, true);
    const type *t = cel_check(env, &d, e, NULL, NULL);
    if (d.errors) return false;
    value v = evaluated(a, env, one, e, slots);
    if (v.kind == VALUE_ERROR || v.kind == VALUE_UNKNOWN) return false;
    CU_ASSERT(is_member(v, t));
    if (!is_member(v, t))
        printf("\n%.*s: %s is no %.*s\n", STR_ARG(text_member(one, "id")), value_kind_name(v),
               STR_ARG(type_print(a, t)));
    return true;
}

static void values_are_of_their_types(void) {
    arena *a = unit_arena();
    docs all;
    if (!read_cases(a, &all)) return;
    const node *list = all.list.at[0];
    size_t judged = 0, expected = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const node *one = list->u.items[i];
        if (doc_get(one, "disable_check") || doc_get(one, "check_only")) continue;
        expected += doc_get(one, "value") != NULL;
        judged += has_its_type(a, one);
    }
    CU_ASSERT(judged == expected && judged > 900);
}

int register_cel_given(void) {
    static CU_TestInfo tests[] = {
        {"printing and reading is the identity", printing_and_reading_is_the_identity},
        {"the checker accepts what has a value", the_checker_accepts_what_has_a_value},
        {"values are of their types", values_are_of_their_types},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("cel_given", tests);
}
