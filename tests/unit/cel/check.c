// SPDX-License-Identifier: Apache-2.0
// What the checker does beside its messages (those are in tests/diagnostics/cel): types of nodes,
// types as text, limits of definitions, and memory that runs out at any moment.
#include "cel/eval.h"
#include "cel/facts.h"
#include "unit.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

static expr *parsed(arena *a, diags *d, const char *s) {
    cel_text *text = arena_new(a, cel_text);
    *text = (cel_text){str_of(s), NULL, source_new(a, STR("cel"), str_of(s))};
    return cel_parse(a, d, text, false);
}

static void types_are_printed_and_read(void) {
    static const char *const names[] = {
        "dyn",
        "null_type",
        "bool",
        "int",
        "uint",
        "double",
        "string",
        "bytes",
        "timestamp",
        "duration",
        "date",
        "period",
        "money",
        "record",
        "type",
        "list(int)",
        "map(string, int)",
        "list(map(string, list(dyn)))",
        "optional_type(int)",
        "wrapper(int)",
        "type(int)",
        "A",
        "map(A, list(B))",
    };
    arena *a = unit_arena();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const type *t = type_parse(a, str_of(names[i]));
        CU_ASSERT_FATAL(t != NULL);
        CHECK_STR(type_print(a, t), names[i]);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            CU_ASSERT(type_same(t, type_parse(a, str_of(names[k]))) == (i == k));
    }
    CHECK_STR(type_print(a, type_parse(a, STR("google.protobuf.Timestamp"))), "timestamp");
    CHECK_STR(type_print(a, type_parse(a, STR("list"))), "list(dyn)");
}

static void what_is_no_type_is_not_read(void) {
    static const char *const names[] = {"",        "lists",    "list(",      "list(int",
                                        "list()",  "map(int)", "list(int))", "map(int, int, int)",
                                        "int int", "a",        "int(int)",   "list(int,)"};
    arena *a = unit_arena();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CU_ASSERT(type_parse(a, str_of(names[i])) == NULL);
    buf deep = {.arena = a};
    for (int i = 0; i < 100000; i++)
        buf_adds(&deep, "list(");
    CU_ASSERT(type_parse(a, buf_str(&deep)) == NULL);
}

static void signatures_are_read_one_by_one(void) {
    arena *a = unit_arena();
    str rest = STR("(list(A), A) -> bool | () -> int|(map(A, B), fun) -> A");
    signature s;
    CU_ASSERT(signature_next(&s, a, &rest) && s.count == 2 && s.result == &type_bool);
    CHECK_STR(type_print(a, s.params[0]), "list(A)");
    CU_ASSERT(signature_next(&s, a, &rest) && s.count == 0 && s.result == &type_int);
    CU_ASSERT(!signature_next(&s, a, &rest)); // there is no type `fun`
    str all = STR("(list(A), A) -> bool | () -> int | (map(A, B)) -> A");
    CU_ASSERT(signatures_take(all, 0) && signatures_take(all, 1) && signatures_take(all, 2));
    CU_ASSERT(!signatures_take(all, 3));
}

static void the_last_parameter_may_repeat(void) {
    arena *a = unit_arena();
    str all = STR("(bool, number, ...) -> dyn"), rest = all;
    signature s;
    CU_ASSERT(signature_next(&s, a, &rest) && s.count == 2 && s.repeats);
    CU_ASSERT(!signature_takes_count(&s, 1) && signature_takes_count(&s, 2));
    CU_ASSERT(signature_takes_count(&s, 20) && signature_param(&s, 19)->kind == TYPE_NUMBER);
    CU_ASSERT(!signatures_take(all, 1) && signatures_take(all, 2) && signatures_take(all, 20));
    CU_ASSERT(type_parse(a, STR("number")) == NULL); // in signatures only
    rest = STR("(...) -> int");
    CU_ASSERT(!signature_next(&s, a, &rest));
    rest = STR("(int, ..., int) -> int");
    CU_ASSERT(!signature_next(&s, a, &rest));
    const cel_function row = {"f", 0, "(bool, number, ...) -> dyn", NULL, "", NULL};
    const value args[] = {VALUE_TRUE, value_int(1), value_double(2), value_string(STR("x"))};
    CU_ASSERT(!cel_takes(&row, args, 1) && cel_takes(&row, args, 2) && cel_takes(&row, args, 3));
    CU_ASSERT(!cel_takes(&row, args, 4));
}

// A row that cannot be read would silently take nothing.
static void all_rows_of_the_tables_can_be_read(void) {
    arena *a = unit_arena();
    for (size_t t = 0; t < cel_standard_count; t++)
        for (size_t i = 0; i < cel_standard[t]->count; i++) {
            const cel_function *row = &cel_standard[t]->rows[i];
            str rest = str_of(row->signatures);
            signature s;
            while (rest.len)
                CU_ASSERT(signature_next(&s, a, &rest));
        }
}

static void every_node_has_its_type(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    cel_env *env = facts_env(a);
    expr *e = parsed(a, &d, "[[], features.map(f, f.kind)]");
    cel_link(env, &d, e, facts_scope(a, env), false);
    CHECK_STR(type_print(a, cel_check(env, &d, e, facts_scope(a, env), NULL)),
              "list(list(string))");
    const expr *empty = e->u.list.entries[0].value, *map_node = e->u.list.entries[1].value;
    CHECK_STR(type_print(a, empty->type), "list(string)"); // found out by its neighbour
    CU_ASSERT(map_node->u.macro.body->type->kind == TYPE_ENUM);
    CU_ASSERT(map_node->u.macro.body->u.select.operand->type->kind == TYPE_RECORD);
}

static void an_expected_type(void) {
    static const struct {
        const char *expression;
        const type *expected;
        bool fits;
    } cases[] = {
        {"market.launch", &type_date, true}, {"quota", &type_date, false},
        {"quota", &type_dyn, true},          {"dyn(quota)", &type_date, true},
        {"quota > 1", &type_bool, true},     {"model.kind", &type_string, true},
        {"quota", &type_double, false},      {"null", &type_date, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = unit_arena();
        diags d = {.arena = a};
        cel_env *env = facts_env(a);
        expr *e = parsed(a, &d, cases[i].expression);
        cel_link(env, &d, e, facts_scope(a, env), false);
        const type *t = cel_check(env, &d, e, facts_scope(a, env), cases[i].expected);
        CU_ASSERT((d.errors == 0) == cases[i].fits);
        CU_ASSERT((t == &type_error) != cases[i].fits);
    }
}

// --- cases, as a policy has them

static expr *cases_of(arena *a, diags *d, const char *const *values, uint32_t count) {
    expr *e = arena_new(a, expr);
    e->kind = EXPR_CASES;
    e->height = 2;
    e->u.cases.cases = arena_array(a, expr_case, count);
    e->u.cases.count = count;
    for (uint32_t i = 0; i < count; i++)
        e->u.cases.cases[i].value = parsed(a, d, values[i]);
    e->text = e->u.cases.cases[0].value->text;
    return e;
}

static void all_cases_are_of_one_type(void) {
    static const struct {
        const char *values[2];
        const char *type;
    } all[] = {
        {{"1", "2"}, "int"},
        {{"1", "2.5"}, "double"},
        {{"'a'", "model.kind"}, "string"},
        {{"['a']", "[]"}, "list(string)"},
        {{"1", "'a'"}, "error"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        arena *a = unit_arena();
        diags d = {.arena = a};
        cel_env *env = facts_env(a);
        expr *e = cases_of(a, &d, all[i].values, 2);
        cel_link(env, &d, e, facts_scope(a, env), false);
        CHECK_STR(type_print(a, cel_check(env, &d, e, facts_scope(a, env), NULL)), all[i].type);
        CU_ASSERT(d.errors == str_is(str_of(all[i].type), "error"));
    }
}

static void a_when_is_a_condition_and_a_guard(void) {
    static const char *const values[] = {"market.closed"};
    arena *a = unit_arena();
    diags d = {.arena = a};
    cel_env *env = facts_env(a);
    expr *e = cases_of(a, &d, values, 1);
    e->u.cases.cases[0].when = parsed(a, &d, "has(market.closed)");
    cel_link(env, &d, e, NULL, false);
    CU_ASSERT(cel_check(env, &d, e, NULL, &type_date) == &type_date && d.errors == 0);
    e->u.cases.cases[0].when = parsed(a, &d, "quota");
    cel_link(env, &d, e->u.cases.cases[0].when, NULL, false);
    cel_check(env, &d, e, NULL, &type_date);
    CU_ASSERT(d.list.len == 2 && d.list.at[0].code == DIAG_NOT_A_CONDITION &&
              d.list.at[1].code == DIAG_UNGUARDED_NONE);
}

// --- definitions

static void chain(cel_env *env, diags *d, size_t n) {
    arena *a = env->arena;
    for (size_t i = 0; i < n; i++) {
        definition *one = arena_new(a, definition);
        one->name = str_format(a, "d%zu", i);
        one->env = env;
        const char *body = i + 1 < n ? str_c(a, str_format(a, "d%zu", i + 1)) : "quota > 1";
        one->body = parsed(a, d, body);
        vec_push(a, &env->definitions, one);
    }
}

static diag_code first_mistake(size_t n) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    cel_env *env = facts_env(a);
    chain(env, &d, n);
    bool fine = cel_check_definitions(env, &d, 10000);
    CU_ASSERT(fine == (d.list.len == 0));
    return d.list.len ? d.list.at[0].code : DIAG_COUNT;
}

static void definitions_of_definitions_are_limited(void) {
    CU_ASSERT(first_mistake(CEL_MAX_DEPTH - 1) == DIAG_COUNT); // the last one has two levels
    CU_ASSERT(first_mistake(CEL_MAX_DEPTH) == DIAG_TOO_DEEP);
    CU_ASSERT(first_mistake(5000) == DIAG_TOO_DEEP);
}

static void doubling_is_limited_without_writing_it_out(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    cel_env *env = facts_env(a);
    static const str params[] = {STR_C("x")};
    for (size_t i = 0; i < 60; i++) { // 2^60 nodes
        definition *one = arena_new(a, definition);
        one->name = str_format(a, "d%zu", i);
        one->params = params;
        one->param_count = 1;
        one->env = env;
        str body = i ? str_format(a, "d%zu(x) + d%zu(x)", i - 1, i - 1) : STR("x");
        one->body = parsed(a, &d, str_c(a, body));
        vec_push(a, &env->definitions, one);
    }
    CU_ASSERT(!cel_check_definitions(env, &d, 10000));
    CU_ASSERT(d.list.len > 0 && d.list.at[0].code == DIAG_DEFINITION_SIZE);
}

static void an_expression_is_limited_with_its_definitions(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    cel_env *env = facts_env(a);
    definition *big = arena_new(a, definition);
    *big = (definition){.name = STR("big"), .env = env};
    buf body = {.arena = a}, use = {.arena = a};
    for (int i = 0; i < 2000; i++) // 4 nodes each
        buf_adds(&body, i ? " && quota > 1" : "quota > 1");
    for (int i = 0; i < 20; i++)
        buf_adds(&use, i ? " || big" : "big");
    big->body = parsed(a, &d, str_c(a, buf_str(&body)));
    vec_push(a, &env->definitions, big);
    CU_ASSERT(cel_check_definitions(env, &d, 10000));
    expr *e = parsed(a, &d, str_c(a, buf_str(&use)));
    cel_link(env, &d, e, NULL, false);
    CU_ASSERT(cel_check(env, &d, e, NULL, &type_bool) == &type_error);
    CU_ASSERT(d.list.len == 1 && d.list.at[0].code == DIAG_DEFINITION_SIZE);
}

static void definitions_know_their_size(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    cel_env *env = facts_env(a);
    chain(env, &d, 3);
    CU_ASSERT(cel_check_definitions(env, &d, 10000));
    const definition *first = env->definitions.at[0], *last = env->definitions.at[2];
    CU_ASSERT(last->size == 3 && last->height == 2); // `>` over two leaves
    CU_ASSERT(first->size == 5 && first->height == 4);
    CU_ASSERT(first->type == &type_bool && first->frame == 0);
}

// --- memory

typedef struct failing {
    long left; // allocations until one fails; below 0: none does
    size_t live;
} failing;

static void *resize(void *ctx, void *p, size_t old_size, size_t new_size) {
    failing *f = ctx;
    (void)old_size;
    if (new_size == 0) {
        f->live -= p != NULL;
        free(p);
        return NULL;
    }
    if (f->left == 0) return NULL;
    if (f->left > 0) f->left--;
    f->live += p == NULL;
    return realloc(p, new_size);
}

static const char *const expressions[] = {
    "features.exists(f, f.models.all(m, m.kind in ['generative', 'x'])) && quota * 2.0 > 1",
    "labels.transformMap(k, v, k != '', size(v)) == {'a': 1, ?'b': optional.of(2)}",
    "market.closed > as_of || nowhere.f('\\u00e9') || 'a' in notices['privacy'].when",
    "cel.bind(x, [[], [1]], x[0][?1].orValue(2) > 1 ? model.provider : feature.made_by)",
    "a + b * (c",
    "ours(model) && ours(feature) && ring && feature.does.map(d, d + 'x').size() > 2",
};

static void use_everything(arena *a) {
    static const str params[] = {STR_C("x")};
    diags d = {.arena = a};
    cel_env *env = facts_env(a);
    definition *ours = arena_new(a, definition), *ring = arena_new(a, definition);
    *ours = (definition){.name = STR("ours"), .params = params, .param_count = 1, .env = env};
    *ring = (definition){.name = STR("ring"), .env = env};
    ours->body = parsed(a, &d, "x.provider == operator");
    ring->body = parsed(a, &d, "ring");
    vec_push(a, &env->definitions, ours);
    vec_push(a, &env->definitions, ring);
    cel_check_definitions(env, &d, 100);
    for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++) {
        expr *e = parsed(a, &d, expressions[i]);
        if (!e) continue;
        buf out = {.arena = a};
        cel_print(&out, e);
        cel_link(env, &d, e, facts_scope(a, env), false);
        cel_check(env, &d, e, facts_scope(a, env), &type_bool);
    }
    CU_ASSERT(d.list.len > 5);
}

enum { ROOM = 1 << 20 };

// An arena with room for `bytes` and no more.
static bool survives(size_t bytes) {
    failing f = {.left = 1};
    mem m = {resize, &f};
    guard g;
    arena a;
    arena_init(&a, &m, &g, 0);
    volatile bool finished = false;
    if (setjmp(g.env) == 0) {
        arena_alloc(&a, ROOM, 1);
        arena_mark mark = arena_here(&a);
        mark.used = ROOM - bytes;
        arena_reset(&a, mark);
        use_everything(&a);
        finished = true;
    }
    arena_free(&a);
    CU_ASSERT(f.live == 0);
    return finished;
}

static void memory_may_run_out_at_any_moment(void) {
    size_t bytes = 0;
    while (bytes < ROOM && !survives(bytes))
        bytes += 59; // so that it ends at other allocations, and in the midst of arrays
    CU_ASSERT(bytes > 10000 && bytes < ROOM);
}

int register_cel_check(void) {
    static CU_TestInfo tests[] = {
        {"types are printed and read", types_are_printed_and_read},
        {"what is no type is not read", what_is_no_type_is_not_read},
        {"signatures are read one by one", signatures_are_read_one_by_one},
        {"the last parameter may repeat", the_last_parameter_may_repeat},
        {"all rows of the tables can be read", all_rows_of_the_tables_can_be_read},
        {"every node has its type", every_node_has_its_type},
        {"an expected type", an_expected_type},
        {"all cases are of one type", all_cases_are_of_one_type},
        {"a when is a condition and a guard", a_when_is_a_condition_and_a_guard},
        {"definitions of definitions are limited", definitions_of_definitions_are_limited},
        {"doubling is limited without writing it out", doubling_is_limited_without_writing_it_out},
        {"an expression is limited with its definitions",
         an_expression_is_limited_with_its_definitions},
        {"definitions know their size", definitions_know_their_size},
        {"memory may run out at any moment", memory_may_run_out_at_any_moment},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("cel_check", tests);
}
