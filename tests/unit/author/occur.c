// SPDX-License-Identifier: Apache-2.0
//
// That a condition cannot be shown, against brute force: random decisions over seven facts, each
// evaluated for all combinations of values that their conditions can tell apart. What is proved
// must never be shown, and what is never shown must be proved: these conditions are all followed.
// OBSTAT_PROPERTY_CASES sets how many decisions are tried.
#include "author/occur.h"
#include "folder.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { FACTS = 7, MOST_VALUES = 5, DEFAULT_CASES = 250, MOST_CONDITIONS = 64 };

// The facts of tests/packs/grid in their order: a, b, c are true or false, e a word, n a number,
// d a date, s a text or none.
static size_t values_of(size_t fact_number, value out[MOST_VALUES]) {
    static const char *const words[] = {"x", "y", "z"};
    size_t n = 0;
    day d = 0;
    day_parse(STR("2026-01-01"), &d);
    switch (fact_number) {
    case 3:
        for (; n < 3; n++)
            out[n] = value_string(str_of(words[n]));
        break;
    case 4:
        for (; n < 5; n++)
            out[n] = value_int((int64_t)n + 2); // the atoms ask for 3 and 5
        break;
    case 5:
        for (; n < 3; n++)
            out[n] = value_date(d - 1 + (day)n);
        break;
    case 6:
        out[n++] = value_none();
        out[n++] = value_string(STR("q"));
        out[n++] = value_string(STR("r"));
        break;
    default: out[n++] = VALUE_TRUE; out[n++] = VALUE_FALSE;
    }
    return n;
}

static const char *const atoms[] = {
    "f.a",
    "f.b",
    "f.e == 'x'",
    "f.e in ['x', 'y']",
    "f.e != 'z'",
    "f.n < 5",
    "f.n >= 3",
    "3 == f.n",
    "f.d < date('2026-01-01')",
    "f.d == date('2026-01-01')",
    "has(f.s)",
    "f.s == 'q'",
    "['x', 'z'].exists(w, w == f.e)",
    "cel.bind(k, f.n, k <= 3)",
};

static uint32_t next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void write_condition(buf *b, uint32_t *seed, unsigned depth) {
    uint32_t kind = depth ? next(seed) % 8 : 0;
    if (kind < 2) {
        buf_adds(b, atoms[next(seed) % (sizeof atoms / sizeof *atoms)]);
        return;
    }
    buf_adds(b, kind == 2 ? "!(" : "(");
    write_condition(b, seed, depth - 1);
    if (kind > 2) {
        buf_adds(b, kind == 7 ? " ? " : kind % 2 ? " && " : " || ");
        write_condition(b, seed, depth - 1);
    }
    if (kind == 7) {
        buf_adds(b, " : ");
        write_condition(b, seed, depth - 1);
    }
    buf_addc(b, ')');
}

typedef struct fixture {
    arena *arena;
    ruleset rules;
    facts facts;
    check_run run;
    rule rule;
    record *holder; // of the facts
    value *frame;
    const rule_decisions *decisions;
    mcdc_shown shown[MOST_CONDITIONS];
    size_t wrong, never, proved;
} fixture;

static bool load(fixture *x, diags *d) {
    static const char manifest[] = "obstat: deployment/v1\nf: {a: true}\nlands: QQ\n";
    rules_folder folder = unit_folder("tests/packs/grid");
    load_options options = {
        .everything = true, .functions = &check_functions, .function_tables = 1};
    docs read;
    size_t markets = 0;
    if (!ruleset_open(&x->rules, x->arena, d, &folder, 1) ||
        !ruleset_load(&x->rules, d, &folder, 1, &options) ||
        !doc_read(&read, x->arena, d, &doc_default_limits, DOC_YAML, STR("m.yaml"),
                  str_of(manifest)))
        return false;
    const node *const *market = facts_markets(&x->rules, d, read.list.at[0], &markets);
    if (!market || !facts_bind(&x->facts, &x->rules, x->arena, d, read.list.at[0], market[0],
                               STR("QQ"), 20000))
        return false;
    for (size_t i = 0; i < x->rules.vocabulary.entities.len; i++)
        if (str_is(x->rules.vocabulary.entities.at[i]->self.name, "f"))
            x->holder = (record *)x->facts.globals[FACTS_FIRST_ENTITY + i].u.record;
    x->rule = *ruleset_rule(&x->rules, STR("QQ-1"));
    return x->holder != NULL;
}

static expr *compile(fixture *x, diags *d, str text) {
    cel_text *t = arena_new(x->arena, cel_text);
    *t = (cel_text){.text = text, .src = source_new(x->arena, STR("condition"), text)};
    expr *e = cel_parse(x->arena, d, t, false);
    cel_scope none = {0};
    if (!e) return NULL;
    x->rule.frame = cel_link(x->rule.policy->env, d, e, &none, false);
    return d->errors ? NULL : e;
}

static void show_all(fixture *x, size_t from) {
    value values[MOST_VALUES];
    if (from < FACTS) {
        size_t n = values_of(from, values);
        for (size_t i = 0; i < n; i++) {
            x->holder->slots[from] = values[i];
            show_all(x, from + 1);
        }
        return;
    }
    arena_mark mark = arena_here(x->arena);
    const decision *last = x->decisions->decisions.at[x->decisions->decisions.len - 1];
    mcdc_node seen = decision_observe(&x->run, last, x->frame);
    mcdc_show(&seen, x->shown);
    arena_reset(x->arena, mark);
}

static void compare(fixture *x, str text) {
    for (uint32_t i = 0; i < x->decisions->conditions.len; i++)
        for (int as = 0; as < 2; as++) {
            bool shown = as ? x->shown[i].as_true : x->shown[i].as_false;
            bool never =
                condition_occurs(x->arena, &x->rules, x->decisions, i, as == 1) == OCCURS_NEVER;
            x->never += !shown;
            x->proved += never;
            if (!shown || !never) continue;
            if (x->wrong++ < 5)
                printf("\n    shown, and proved not to be: condition %u of %.*s", i, STR_ARG(text));
        }
}

static void try_decision(fixture *x, str text, expr *e) {
    x->rule.applies = (cond){.kind = COND_ALL};
    x->rule.requires_ = (cond){.kind = COND_TEST, .test = e};
    x->decisions = decisions_of(x->arena, &x->rule);
    if (x->decisions->conditions.len > MOST_CONDITIONS) return;
    for (size_t i = 0; i < MOST_CONDITIONS; i++)
        x->shown[i] = (mcdc_shown){0};
    run_init(&x->run, &x->rules, &x->facts, x->arena, 0);
    run_enter(&x->run, &x->rule, STR("QQ"), value_list_of(x->arena, NULL, 0, false));
    x->frame = arena_array(x->arena, value, x->rule.frame + 1);
    show_all(x, 0);
    compare(x, text);
}

static void equals_brute_force(void) {
    fixture x = {.arena = unit_arena()};
    diags d = {.arena = x.arena};
    const char *wanted = getenv("OBSTAT_PROPERTY_CASES");
    size_t count = wanted ? (size_t)strtoul(wanted, NULL, 10) : DEFAULT_CASES;
    uint32_t seed = 20261124;
    bool loaded = load(&x, &d);
    CU_ASSERT_TRUE_FATAL(loaded);
    for (size_t i = 0; i < count; i++) {
        arena_mark mark = arena_here(x.arena);
        buf text = {.arena = x.arena};
        write_condition(&text, &seed, 4);
        expr *e = compile(&x, &d, buf_str(&text));
        CU_ASSERT_PTR_NOT_NULL_FATAL(e);
        try_decision(&x, buf_str(&text), e);
        arena_reset(x.arena, mark);
    }
    CU_ASSERT_EQUAL(x.wrong, 0);
    CU_ASSERT_TRUE(x.never > count);
    CU_ASSERT_EQUAL(x.proved, x.never);
}

int register_occur(void) {
    static CU_TestInfo tests[] = {
        {"what is proved is never shown", equals_brute_force},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("occur", tests);
}
