// SPDX-License-Identifier: Apache-2.0
//
// The evaluator over data of any kind. The first line of an input chooses the values of a, b, c, d,
// x and y by letters (values.c), the rest is the expression. Asked twice it answers the same;
// printed and read it means the same; a checked one gives a value of its type; and what is decided
// while something is unknown stays so, whatever turns out.
#include "cel/unknown.h"
#include "values.h"

enum { VARIABLES = 6, STEPS = 20000, FILLINGS = 4 };

typedef struct question {
    arena *arena;
    cel_env env;
    value values[VARIABLES];
    expr *e;
    uint32_t slots;
} question;

static value answer(const question *q, const expr *e, const value *values) {
    cel_run run = {.arena = q->arena, .globals = values, .as_of = 20000, .steps_left = STEPS};
    value v = cel_eval(&run, e, arena_array(q->arena, value, q->slots));
    MUST(run.depth == 0, "the depth is %u at the end", run.depth);
    return v;
}

static void judge_printed(question *q, value first) {
    buf out = {.arena = q->arena};
    diags d = {.arena = q->arena};
    uint32_t slots = 0;
    cel_print(&out, q->e);
    expr *e = fuzz_compile(q->arena, &d, &q->env, buf_str(&out), NULL, true, &slots);
    MUST(e && slots == q->slots, "printed, and not linked: %.*s", STR_ARG(buf_str(&out)));
    value v = answer(q, e, q->values);
    MUST(fuzz_same_answer(q->arena, v, first), "printed it gives %.*s, not %.*s: %.*s",
         STR_ARG(fuzz_show(q->arena, v)), STR_ARG(fuzz_show(q->arena, first)),
         STR_ARG(buf_str(&out)));
}

static void judge_type(question *q, value first) {
    diags d = {.arena = q->arena};
    const type *t = cel_check(&q->env, &d, q->e, NULL, NULL);
    fuzz_judge_diags(&d, q->e->text->src);
    if (d.errors) return;
    MUST(fuzz_is_of(first, t), "%.*s is no %.*s", STR_ARG(fuzz_show(q->arena, first)),
         STR_ARG(type_print(q->arena, t)));
}

static void find_container(void *ctx, expr *e) {
    if (e->kind == EXPR_LIST || e->kind == EXPR_MAP || e->kind == EXPR_MACRO) *(bool *)ctx = true;
    cel_each_part(e, find_container, ctx);
}

// Lists and maps may hold what is unknown, and be told apart by what else is in them; a filling
// with which such a part fails is none that there can be: `[1 < a] == []` is false, whatever a is.
static bool may_fail(const question *q) {
    bool found = false;
    find_container(&found, q->e);
    return found;
}

// Bounds are of days, too, as functions of the layer above make them: where they are compared with
// a date they are no number.
static bool is_no_number(const question *q, value v) {
    bool found = false;
    for (size_t i = 0; i < VARIABLES; i++)
        found |= q->values[i].kind == VALUE_RANGE;
    return found && v.kind == VALUE_ERROR &&
           str_starts(v.u.error->message, STR("no such overload"));
}

static void judge_fillings(question *q, value first) {
    bool full = true;
    for (size_t i = 0; i < VARIABLES; i++)
        full &= fuzz_is_full(q->values[i]);
    if (full || !fuzz_is_full(first) || fuzz_is_limit(first)) return;
    for (unsigned n = 0; n < FILLINGS; n++) {
        value values[VARIABLES];
        for (unsigned i = 0; i < VARIABLES; i++)
            values[i] = fuzz_fill(q->arena, q->values[i], n * 17 + i * 5);
        value v = answer(q, q->e, values);
        if (v.kind == VALUE_ERROR && (fuzz_is_limit(v) || may_fail(q) || is_no_number(q, v)))
            continue;
        MUST(fuzz_same_answer(q->arena, v, first), "decided as %.*s, and filled as %.*s it is %.*s",
             STR_ARG(fuzz_show(q->arena, first)),
             STR_ARG(fuzz_show(q->arena, value_list_of(q->arena, values, VARIABLES, false))),
             STR_ARG(fuzz_show(q->arena, v)));
    }
}

typedef struct naming {
    const value *values;
    bool *found;
} naming;

// Whether an expression names a variable that is not known.
static void find_unknown(void *ctx, expr *e) {
    naming *n = ctx;
    if (e->kind == EXPR_IDENT && e->u.ident.ref == REF_GLOBAL &&
        n->values[e->u.ident.index].kind == VALUE_UNKNOWN)
        *n->found = true;
    cel_each_part(e, find_unknown, ctx);
}

// What an unknown answer depends on is some of what is unknown, each once, and all is left as it
// was.
static void judge_needs(question *q, value first) {
    value values[VARIABLES];
    value_cells cells = {0};
    cel_run run = {.arena = q->arena, .globals = values, .as_of = 20000, .steps_left = STEPS};
    if (first.kind != VALUE_UNKNOWN) return;
    for (size_t i = 0; i < VARIABLES; i++) {
        values[i] = q->values[i];
        if (values[i].kind == VALUE_UNKNOWN) vec_push(q->arena, &cells, &values[i]);
    }
    essential needs = cel_unknown(&run, q->e, arena_array(q->arena, value, q->slots), &cells);
    MUST(run.steps_left > 0 || !needs.exact, "out of steps, and yet exact");
    bool named = false;
    find_unknown(&(naming){values, &named}, q->e);
    MUST(needs.exact || needs.cells.len > 0 || !named, "nothing is asked for");
    MUST(needs.cells.len <= cells.len, "%zu of %zu", needs.cells.len, cells.len);
    for (size_t i = 0; i < needs.cells.len; i++) {
        bool given = false;
        for (size_t k = 0; k < cells.len; k++)
            given |= needs.cells.at[i] == cells.at[k];
        for (size_t k = 0; k < i; k++)
            MUST(needs.cells.at[i] != needs.cells.at[k], "one cell twice");
        MUST(given && needs.cells.at[i]->kind == VALUE_UNKNOWN, "not a cell that is unknown");
    }
}

static void evaluate(arena *a, str input) {
    static const char *const names[VARIABLES] = {"a", "b", "c", "d", "x", "y"};
    question q = {.arena = a, .env = {.arena = a}};
    str text, letters = fuzz_first_line(input, &text);
    diags d = {.arena = a};
    for (size_t i = 0; i < cel_standard_count; i++)
        vec_push(a, &q.env.functions, *cel_standard[i]);
    for (size_t i = 0; i < VARIABLES; i++) {
        vec_push(a, &q.env.variables, (cel_variable){.name = str_of(names[i]), .type = &type_dyn});
        q.values[i] = i < letters.len ? fuzz_value(letters.ptr[i]) : value_unknown();
    }
    q.e = fuzz_compile(a, &d, &q.env, text, NULL, true, &q.slots);
    if (!q.e) return;
    value first = answer(&q, q.e, q.values);
    value second = answer(&q, q.e, q.values);
    bool failed = first.kind == VALUE_ERROR && second.kind == VALUE_ERROR;
    MUST(fuzz_same_answer(a, first, second) &&
             (!failed || str_eq(first.u.error->message, second.u.error->message)),
         "first %.*s, then %.*s", STR_ARG(fuzz_show(a, first)), STR_ARG(fuzz_show(a, second)));
    judge_printed(&q, first);
    judge_fillings(&q, first);
    judge_type(&q, first);
    judge_needs(&q, first);
}

int fuzz_cel_eval(const uint8_t *data, size_t size) {
    return fuzz_run(evaluate, data, size);
}
