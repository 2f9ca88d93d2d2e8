// SPDX-License-Identifier: Apache-2.0
//
// Reasons against brute force, where facts stand in entries of lists, in engagements that fill a
// role, and in questions that people judge: what is needed must be exactly what two full answers
// that differ in it alone tell apart, what a decision rests on must force it and nothing less must.
// A list that goes on must be needed where one more entry would change the outcome.
// OBSTAT_PROPERTY_CASES sets how many conditions are tried.
#include "check/run.h"
#include "folder.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CELLS = 32, MOST_ANSWERS = 3, DEFAULT_CASES = 1500, MOST_FULL = 1024 };

static const char manifest[] = "obstat: deployment/v1\n"
                               "boss: m\n"
                               "f: {b: true}\n"
                               "things: [{id: i}, {id: j}]\n"
                               "firms:\n"
                               "  - {id: m, jobs: none}\n"
                               "  - {id: k, jobs: [{job: helper}]}\n"
                               "  - {id: l, jobs: [{job: tester}, {job: helper}]}\n"
                               "lands: QQ\n";

static const char *const atoms[] = {
    "f.a",
    "f.c",
    "f.e == 'x'",
    "things.exists(t, t.p)",
    "things.all(t, t.q)",
    "things.exists_one(t, t.p)",
    "things.exists(t, t.p && t.e == 'x')",
    "things.all(t, !t.p || t.e in ['x', 'y'])",
    "things.exists(t, things.all(o, o.e == t.e))",
    "('i' in things && things['i'].p)",
    "size(things.filter(t, t.q)) > 1",
    "things.map(t, t.e).exists(w, w == 'z')",
    "role('helping')",
    "engagements.exists(e, e.state == 'signed')",
    "engagements.all(e, e.job == 'helper' || e.state != 'over')",
    "firms.exists(m, m.good && 'helper' in m.jobs)",
    "open_a",
    "open_b",
    "things.exists(t, open_of(t))",
};

// A thing that may be unknown: a slot of a record, or what nobody has judged.
typedef struct unknown_cell {
    cell cell;
    str path;
    value answers[MOST_ANSWERS];
    size_t count; // one: it is stated always
} unknown_cell;

typedef struct world {
    arena *arena;
    ruleset rules;
    facts facts;
    check_run run;
    rule rule;
    value *frame;
    unknown_cell cells[MOST_CELLS];
    size_t count, inexact, undetermined, decided;
} world;

static uint32_t next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void condition(buf *b, uint32_t *seed, unsigned depth) {
    uint32_t kind = depth ? next(seed) % 8 : 0;
    if (kind < 3) {
        buf_adds(b, atoms[next(seed) % (sizeof atoms / sizeof *atoms)]);
        return;
    }
    if (kind == 3) {
        buf_adds(b, "!(");
        condition(b, seed, depth - 1);
    } else {
        buf_addc(b, '(');
        condition(b, seed, depth - 1);
        buf_adds(b, kind % 2 ? " && " : " || ");
        condition(b, seed, depth - 1);
    }
    buf_addc(b, ')');
}

// --- the world

static void add_cell(world *w, cell c) {
    const fact *f = fact_of(&w->facts, c.record, c.slot);
    unknown_cell u = {.cell = c, .path = fact_path(&w->facts, c.record, c.slot)};
    if (f->kind == FACT_BOOL) {
        u.answers[u.count++] = VALUE_TRUE;
        u.answers[u.count++] = VALUE_FALSE;
    }
    if (f->list || f->absent == ABSENT_REQUIRED) u.answers[u.count++] = *cell_slot(&w->run, c);
    for (size_t i = 0; f->kind == FACT_ENUM && !u.count && i < f->values->count; i++)
        u.answers[u.count++] = value_string(f->values->values[i]);
    w->cells[w->count++] = u;
}

// All truths and words of f, things and firms.
static void add_facts(world *w) {
    for (size_t i = 0; i < w->facts.records.len; i++) {
        const record *r = w->facts.records.at[i];
        const fact_origin *o = origin_of(r);
        for (size_t s = 0; s < o->def->count && w->count < MOST_CELLS; s++) {
            const fact *f = &o->def->facts[s];
            bool finite =
                f->list ? o->stated[s] != NULL : f->kind == FACT_BOOL || f->kind == FACT_ENUM;
            if (finite) add_cell(w, (cell){r, (uint32_t)s});
        }
    }
    for (size_t i = 0; i < w->rules.vocabulary.entities.len; i++)
        if (str_is(w->rules.vocabulary.entities.at[i]->self.name, "things") ||
            str_is(w->rules.vocabulary.entities.at[i]->self.name, "firms"))
            add_cell(w, (cell){NULL, (uint32_t)(FACTS_FIRST_ENTITY + i)});
}

static void add_judgement(world *w, const char *key) {
    run_assume(&w->run, str_of(key), STR("?"), ASSUMED_JUDGEMENT);
    const record *r = map_get(&w->run.assumptions, str_of(key));
    w->cells[w->count++] = (unknown_cell){
        .cell = {r, 0}, .path = r->id, .answers = {VALUE_TRUE, VALUE_FALSE}, .count = 2};
}

static bool load(world *w, diags *d) {
    rules_folder folder = unit_folder("tests/packs/grid");
    load_options options = {
        .everything = true, .functions = &check_functions, .function_tables = 1};
    docs read;
    size_t markets = 0;
    if (!ruleset_open(&w->rules, w->arena, d, &folder, 1) ||
        !ruleset_load(&w->rules, d, &folder, 1, &options) ||
        !doc_read(&read, w->arena, d, &doc_default_limits, DOC_YAML, STR("m.yaml"),
                  str_of(manifest)))
        return false;
    const node *const *market = facts_markets(&w->rules, d, read.list.at[0], &markets);
    if (!market || !facts_bind(&w->facts, &w->rules, w->arena, d, read.list.at[0], market[0],
                               STR("QQ"), 20000))
        return false;
    w->rule = *ruleset_rule(&w->rules, STR("QQ-1"));
    return true;
}

static expr *compile(world *w, diags *d, str text) {
    cel_text *t = arena_new(w->arena, cel_text);
    *t = (cel_text){.text = text, .src = source_new(w->arena, STR("condition"), text)};
    expr *e = cel_parse(w->arena, d, t, false);
    cel_scope none = {0};
    if (!e) return NULL;
    w->rule.frame = cel_link(w->rule.policy->env, d, e, &none, false);
    cel_check(w->rule.policy->env, d, e, &none, &type_bool);
    return d->errors ? NULL : e;
}

// --- brute force

static void set(world *w, size_t i, value v) {
    run_set(&w->run, w->cells[i].cell, v);
}

// What a judgement of an open term is, is never stated.
static void set_all(world *w, const value *state) {
    for (size_t i = 0; i < w->count; i++) {
        const fact_origin *o = origin_of(w->cells[i].cell.record);
        set(w, i, state[i]);
        if (o) o->stated[w->cells[i].cell.slot] = state[i].kind == VALUE_UNKNOWN ? NULL : o->node;
    }
}

static truth bad_now(world *w) {
    return run_judge(&w->run, &w->rule, w->frame).bad;
}

static bool lists(const reasons *r, str path) {
    for (size_t i = 0; i < r->count; i++)
        if (str_eq(r->at[i].path, path)) return true;
    return false;
}

static bool depends_on(world *w, const value *state, size_t c, size_t from) {
    while (from < w->count && (from == c || state[from].kind != VALUE_UNKNOWN))
        from++;
    bool found = false;
    if (from == w->count) {
        set(w, c, w->cells[c].answers[0]);
        truth first = bad_now(w);
        for (size_t i = 1; i < w->cells[c].count && !found; i++) {
            set(w, c, w->cells[c].answers[i]);
            found = bad_now(w) != first;
        }
        set(w, c, value_unknown());
        return found;
    }
    for (size_t i = 0; i < w->cells[from].count && !found; i++) {
        set(w, from, w->cells[from].answers[i]);
        found = depends_on(w, state, c, from + 1);
    }
    set(w, from, value_unknown());
    return found;
}

static bool needs_are_right(world *w, const value *state) {
    outcome decided = OUTCOME_UNDETERMINED;
    reasons needs = run_needs(&w->run, &w->rule, w->frame, &decided);
    bool exact = needs.count == 0 || needs.at[0].exact;
    w->inexact += !exact;
    w->undetermined++;
    for (size_t i = 0; i < w->count; i++) {
        if (state[i].kind != VALUE_UNKNOWN) continue;
        bool depends = depends_on(w, state, i, 0), listed = lists(&needs, w->cells[i].path);
        if (depends != listed && (exact || depends)) {
            printf("\n    %.*s: depends %d, listed %d", STR_ARG(w->cells[i].path), depends, listed);
            return false;
        }
    }
    return needs.count > 0 || decided != OUTCOME_UNDETERMINED;
}

// Hidden: what is not among the reasons, lists as well.
static bool because_is_right(world *w, const value *state, outcome decided) {
    reasons because = run_because(&w->run, &w->rule, w->frame, decided);
    bool right = true;
    w->decided++;
    for (size_t i = 0; i < w->count; i++)
        if (!lists(&because, w->cells[i].path)) set(w, i, value_unknown());
    right = run_judge(&w->run, &w->rule, w->frame).outcome == decided;
    for (size_t i = 0; i < w->count && right; i++) {
        if (!lists(&because, w->cells[i].path)) continue;
        set(w, i, value_unknown());
        right = run_judge(&w->run, &w->rule, w->frame).outcome != decided;
        set(w, i, state[i]);
    }
    return right;
}

static void begin(world *w, expr *e, str text) {
    w->rule.requires_ = (cond){.kind = COND_TEST, .test = e};
    w->rule.id = text; // the constants are remembered by rule
    run_init(&w->run, &w->rules, &w->facts, w->arena, 1 << 28);
    run_enter(&w->run, &w->rule, STR("QQ"), value_list_of(w->arena, NULL, 0, false));
    w->frame = arena_array(w->arena, value, w->rule.frame + 1);
    w->count = 0;
    add_facts(w);
    add_judgement(w, "QQ-GRID.open_a");
    add_judgement(w, "QQ-GRID.open_b");
    add_judgement(w, "QQ-GRID.open_of(i)");
    add_judgement(w, "QQ-GRID.open_of(j)");
}

static void choose(const world *w, uint32_t *seed, value *state) {
    size_t full = 1;
    for (size_t i = 0; i < w->count; i++) {
        bool factual = w->cells[i].count == 1 || origin_of(w->cells[i].cell.record);
        bool unknown = !factual || (w->cells[i].count > 1 && next(seed) % 3 == 0 &&
                                    full * w->cells[i].count <= MOST_FULL);
        if (unknown) full *= w->cells[i].count;
        state[i] = unknown ? value_unknown() : w->cells[i].answers[next(seed) % w->cells[i].count];
    }
}

static bool holds(world *w, str text, expr *e, uint32_t *seed) {
    value state[MOST_CELLS] = {0};
    begin(w, e, text);
    choose(w, seed, state);
    set_all(w, state);
    judgement j = run_judge(&w->run, &w->rule, w->frame);
    bool right = j.outcome == OUTCOME_ERROR          ? false
                 : j.outcome == OUTCOME_UNDETERMINED ? needs_are_right(w, state)
                                                     : because_is_right(w, state, j.outcome);
    set_all(w, state);
    return right;
}

static size_t wanted_cases(void) {
    const char *wanted = getenv("OBSTAT_PROPERTY_CASES");
    return wanted ? (size_t)strtoul(wanted, NULL, 10) : DEFAULT_CASES;
}

static void lists_roles_and_judgements(void) {
    arena *a = unit_arena();
    world *w = arena_new(a, world);
    w->arena = a;
    diags d = {.arena = w->arena};
    uint32_t seed = 20261125;
    size_t wrong = 0, count = wanted_cases();
    CU_ASSERT_TRUE_FATAL(load(w, &d));
    for (size_t i = 0; i < count; i++) {
        arena_mark mark = arena_here(w->arena);
        buf text = {.arena = w->arena};
        condition(&text, &seed, 3);
        expr *e = compile(w, &d, buf_str(&text));
        if ((!e || !holds(w, buf_str(&text), e, &seed)) && wrong++ < 5)
            printf("\n    wrong reasons: %.*s", STR_ARG(buf_str(&text)));
        arena_reset(w->arena, mark);
        facts_gather_engagements(&w->facts); // which stood behind the mark
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(w->inexact * 20 < count);
    CU_ASSERT_TRUE(w->undetermined * 5 > count && w->decided * 5 > count);
}

// --- lists that go on

// Whether one more entry, of any kind, would change what the list as it stands gives.
static bool one_more_matters(world *w, value_list *things, bool closed_bad) {
    const record *first = things->items[0].u.record;
    record more = *first;
    value slots[3], *items = arena_array(w->arena, value, things->count + 1);
    value_list longer = *things;
    bool matters = false;
    memcpy(items, things->items, things->count * sizeof *items);
    items[things->count] = value_record(&more);
    longer.items = items;
    longer.count++;
    longer.open = false;
    more.slots = slots;
    more.id = STR("more");
    for (size_t i = 0; i < 12 && !matters; i++) {
        static const char *const words[] = {"x", "y", "z"};
        slots[0] = value_bool(i % 2);
        slots[1] = value_bool(i / 2 % 2);
        slots[2] = value_string(str_of(words[i / 4]));
        value_list kept = *things;
        *things = longer;
        matters = (bad_now(w) == TRUTH_TRUE) != closed_bad;
        *things = kept;
    }
    return matters;
}

static value_list *list_of_things(world *w) {
    for (size_t i = 0; i < w->rules.vocabulary.entities.len; i++)
        if (str_is(w->rules.vocabulary.entities.at[i]->self.name, "things"))
            return (value_list *)w->facts.globals[FACTS_FIRST_ENTITY + i].u.list;
    return NULL;
}

static bool open_list_holds(world *w, str text, expr *e, uint32_t *seed) {
    value state[MOST_CELLS] = {0};
    value_list *things = list_of_things(w);
    begin(w, e, text);
    for (size_t i = 0; i < w->count; i++) // all is known but how the list goes on
        state[i] = w->cells[i].answers[next(seed) % w->cells[i].count];
    set_all(w, state);
    things->open = false;
    truth closed = bad_now(w);
    bool matters = one_more_matters(w, things, closed == TRUTH_TRUE);
    things->open = true;
    judgement j = run_judge(&w->run, &w->rule, w->frame);
    outcome decided = OUTCOME_UNDETERMINED;
    bool right = true;
    if (j.outcome == OUTCOME_UNDETERMINED) {
        reasons needs = run_needs(&w->run, &w->rule, w->frame, &decided);
        right = lists(&needs, STR("things"));
        w->undetermined++;
    } else {
        right = !matters && j.bad == closed;
    }
    w->decided += matters;
    things->open = false;
    return right && j.outcome != OUTCOME_ERROR;
}

static void lists_that_go_on(void) {
    arena *a = unit_arena();
    world *w = arena_new(a, world);
    w->arena = a;
    diags d = {.arena = w->arena};
    uint32_t seed = 20261126;
    size_t wrong = 0, count = wanted_cases();
    CU_ASSERT_TRUE_FATAL(load(w, &d));
    for (size_t i = 0; i < count; i++) {
        arena_mark mark = arena_here(w->arena);
        buf text = {.arena = w->arena};
        condition(&text, &seed, 3);
        expr *e = compile(w, &d, buf_str(&text));
        if ((!e || !open_list_holds(w, buf_str(&text), e, &seed)) && wrong++ < 5)
            printf("\n    an open list: %.*s", STR_ARG(buf_str(&text)));
        arena_reset(w->arena, mark);
        facts_gather_engagements(&w->facts); // which stood behind the mark
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(w->undetermined * 10 > count && w->decided * 20 > count);
}

int register_reasons_lists(void) {
    static CU_TestInfo tests[] = {
        {"lists, roles and judgements equal brute force", lists_roles_and_judgements},
        {"lists that go on are needed where they matter", lists_that_go_on},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("reasons_lists", tests);
}
