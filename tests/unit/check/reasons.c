// SPDX-License-Identifier: Apache-2.0
//
// Reasons against brute force: random conditions over seven facts with few values each. What is
// needed must be exactly the facts that some two full answers differing in it alone tell apart;
// what a decision rests on must force it, and must not when any member is left out.
// OBSTAT_PROPERTY_CASES sets how many conditions are tried.
#include "check/run.h"
#include "folder.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FACTS = 7, MOST_VALUES = 5, DEFAULT_CASES = 4000 };

// Values that stand for all answers: the atoms below compare with 3, 5, 2026-01-01, 'q' and words.
static size_t answers_of(size_t number, value out[MOST_VALUES]) {
    static const char *const words[] = {"x", "y", "z"};
    size_t n = 0;
    if (number < 3) {
        out[n++] = VALUE_TRUE;
        out[n++] = VALUE_FALSE;
    } else if (number == 3) {
        for (; n < 3; n++)
            out[n] = value_string(str_of(words[n]));
    } else if (number == 4) {
        for (; n < 5; n++)
            out[n] = value_int((int64_t)n + 2);
    } else if (number == 5) {
        day d = 0;
        day_parse(STR("2026-01-01"), &d);
        for (; n < 3; n++)
            out[n] = value_date(d - 1 + (day)n);
    } else {
        out[n++] = value_none();
        out[n++] = value_string(STR("q"));
        out[n++] = value_string(STR("r"));
    }
    return n;
}

static const char *const atoms[] = {
    "f.a",
    "f.b",
    "f.c",
    "f.e == 'x'",
    "f.e in ['x', 'y']",
    "f.e != 'z'",
    "f.n < 5",
    "f.n >= 3",
    "f.n == 3",
    "f.d < date('2026-01-01')",
    "f.d == date('2026-01-01')",
    "has(f.s)",
    "f.?s.orValue('q') == 'q'",
    "true",
    "false",
};

static uint32_t next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void condition(buf *b, uint32_t *seed, unsigned depth) {
    uint32_t kind = depth ? next(seed) % 8 : 0;
    if (kind < 2) {
        buf_adds(b, atoms[next(seed) % (sizeof atoms / sizeof *atoms)]);
        return;
    }
    if (kind == 2) {
        buf_adds(b, "!(");
        condition(b, seed, depth - 1);
    } else {
        buf_addc(b, '(');
        condition(b, seed, depth - 1);
        buf_adds(b, kind == 7 ? " ? " : kind % 2 ? " && " : " || ");
        condition(b, seed, depth - 1);
        if (kind == 7) {
            buf_adds(b, " : ");
            condition(b, seed, depth - 1);
        }
    }
    buf_addc(b, ')');
}

typedef struct fixture {
    arena *arena;
    ruleset rules;
    facts facts;
    check_run run;
    rule rule;
    record *holder; // of the seven facts
    value *frame;
    size_t inexact; // needs that were beyond the bound, which hold more than what matters
} fixture;

static bool load(fixture *x, diags *d) {
    static const char manifest[] = "obstat: deployment/v1\nf: {a: true}\nlands: QQ\n";
    rules_folder folder = unit_folder("tests/packs/grid");
    load_options options = {
        .everything = true, .functions = &check_functions, .function_tables = 1};
    docs read;
    size_t markets = 0;
    if (!ruleset_open(&x->rules, x->arena, d, &folder, 1) ||
        !ruleset_load(&x->rules, d, &folder, 1, &options))
        return false;
    if (!doc_read(&read, x->arena, d, &doc_default_limits, DOC_YAML, STR("m.yaml"),
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
    return true;
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

// Every fact is stated (some by default as none), so that what is hidden can come out again.
static void set_facts(fixture *x, const value state[FACTS]) {
    fact_origin *o = (fact_origin *)x->holder->origin;
    for (size_t i = 0; i < FACTS; i++) {
        x->holder->slots[i] = state[i];
        o->stated[i] = state[i].kind == VALUE_UNKNOWN ? NULL : o->node;
    }
}

static truth bad_of(fixture *x, const value state[FACTS]) {
    for (size_t i = 0; i < FACTS; i++)
        x->holder->slots[i] = state[i];
    return run_judge(&x->run, &x->rule, x->frame).bad;
}

static bool lists(const reasons *r, size_t number) {
    static const char *const paths[] = {"f.a", "f.b", "f.c", "f.e", "f.n", "f.d", "f.s"};
    for (size_t i = 0; i < r->count; i++)
        if (str_is(r->at[i].path, paths[number])) return true;
    return false;
}

// Whether the outcome changes with fact `f` alone, under some full answer of the other unknown
// ones.
static bool depends_on(fixture *x, const value state[FACTS], size_t f, size_t from,
                       value full[FACTS]) {
    value answers[MOST_VALUES];
    while (from < FACTS && (from == f || state[from].kind != VALUE_UNKNOWN))
        from++;
    if (from < FACTS) {
        size_t n = answers_of(from, answers);
        for (size_t i = 0; i < n; i++) {
            full[from] = answers[i];
            if (depends_on(x, state, f, from + 1, full)) return true;
        }
        return false;
    }
    size_t n = answers_of(f, answers);
    truth first = TRUTH_UNKNOWN;
    for (size_t i = 0; i < n; i++) {
        full[f] = answers[i];
        truth t = bad_of(x, full);
        if (i && t != first) return true;
        first = t;
    }
    return false;
}

static bool needs_are_right(fixture *x, const value state[FACTS]) {
    outcome decided = OUTCOME_UNDETERMINED;
    set_facts(x, state);
    reasons needs = run_needs(&x->run, &x->rule, x->frame, &decided);
    bool exact = needs.count == 0 || needs.at[0].exact;
    x->inexact += !exact;
    for (size_t f = 0; f < FACTS; f++) {
        value full[FACTS];
        if (state[f].kind != VALUE_UNKNOWN) continue;
        memcpy(full, state, sizeof full);
        bool depends = depends_on(x, state, f, 0, full);
        if (exact ? depends != lists(&needs, f) : depends && !lists(&needs, f)) {
            if (getenv("DBG"))
                printf("\n  fact %zu depends %d listed %d exact %d", f, depends, lists(&needs, f),
                       exact);
            return false;
        }
    }
    return needs.count > 0 || decided != OUTCOME_UNDETERMINED;
}

static bool because_is_right(fixture *x, const value state[FACTS], outcome decided) {
    value kept[FACTS];
    set_facts(x, state);
    reasons because = run_because(&x->run, &x->rule, x->frame, decided);
    for (size_t f = 0; f < FACTS; f++)
        kept[f] = lists(&because, f) ? state[f] : value_unknown();
    bad_of(x, kept);
    if (run_judge(&x->run, &x->rule, x->frame).outcome != decided) return false;
    for (size_t f = 0; f < FACTS; f++) {
        if (!lists(&because, f)) continue;
        x->holder->slots[f] = value_unknown();
        if (run_judge(&x->run, &x->rule, x->frame).outcome == decided) return false;
        x->holder->slots[f] = kept[f];
    }
    return true;
}

static bool holds(fixture *x, str text, expr *e, uint32_t *seed) {
    value state[FACTS], answers[MOST_VALUES];
    x->rule.requires_ = (cond){.kind = COND_TEST, .test = e};
    for (size_t f = 0; f < FACTS; f++) {
        size_t n = answers_of(f, answers);
        state[f] = next(seed) % 2 ? value_unknown() : answers[next(seed) % n];
    }
    set_facts(x, state);
    run_init(&x->run, &x->rules, &x->facts, x->arena, 0);
    x->rule.id = text; // the constants are remembered by rule
    run_enter(&x->run, &x->rule, STR("QQ"), value_list_of(x->arena, NULL, 0, false));
    x->frame = arena_array(x->arena, value, x->rule.frame + 1);
    judgement j = run_judge(&x->run, &x->rule, x->frame);
    if (j.outcome == OUTCOME_ERROR) return true; // a guard is missing; such a rule does not load
    return j.outcome == OUTCOME_UNDETERMINED ? needs_are_right(x, state)
                                             : because_is_right(x, state, j.outcome);
}

static void try_conditions(void) {
    fixture x = {.arena = unit_arena()};
    diags d = {.arena = x.arena};
    const char *wanted = getenv("OBSTAT_PROPERTY_CASES");
    size_t count = wanted ? (size_t)strtoul(wanted, NULL, 10) : DEFAULT_CASES, wrong = 0;
    uint32_t seed = 20261124;
    bool loaded = load(&x, &d);
    CU_ASSERT_TRUE_FATAL(loaded);
    for (size_t i = 0; i < count; i++) {
        arena_mark mark = arena_here(x.arena);
        buf text = {.arena = x.arena};
        condition(&text, &seed, 4);
        expr *e = compile(&x, &d, buf_str(&text));
        if (!e || !holds(&x, buf_str(&text), e, &seed)) {
            if (wrong++ < 5) printf("\n    wrong reasons: %.*s", STR_ARG(buf_str(&text)));
        }
        arena_reset(x.arena, mark);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(x.inexact * 20 < count);
}

int register_reasons(void) {
    static CU_TestInfo tests[] = {
        {"needs and because equal brute force", try_conditions},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("reasons", tests);
}
