// SPDX-License-Identifier: Apache-2.0
//
// Proofs of lint against brute force: random rules over facts with few values and a list, of which
// every state is tried. What is proved must hold in all states; what is refuted must fail in one,
// and its manifest must show so in a check; what is not examined must be rare.
// OBSTAT_PROPERTY_CASES sets how many rules are tried.
#include "author/lint.h"
#include "check/run.h"
#include "folder.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { DEFAULT_CASES = 300, LISTS = 16, STATES = 2 * 3 * 4 * 3 * 3 };

static const char *const atoms[] = {
    "has(f.s)", "has(f.s) && f.s == 'q'", "f.e == 'x'", "f.e in ['x', 'y']", "f.n < 5", "f.n >= 3",
    "f.n == 4",
    // from here on:
    "f.a", "f.d < date('2026-01-01')", "f.d == date('2026-01-01')", "f.a && false",
    "things.exists(t, t.p)", "things.exists(t, t.p && !t.q)", "things.all(t, t.p || t.q)",
    "size(things) == 0",
    "things.exists(t, t.p == t.q)", // compares two facts: nothing is proved from it
};

static uint32_t next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

enum { ATOMS = sizeof atoms / sizeof *atoms, FIRST_HALF = 7 };

// Which atoms: of two rules that contradict each other, what is demanded is not what decides
// whether they apply.
typedef enum half { DEMANDS, GATES, ALL } half;

static void condition(buf *b, uint32_t *seed, unsigned depth, half of) {
    uint32_t kind = depth ? next(seed) % 7 : 0;
    if (kind < 2) {
        uint32_t from = of == GATES ? FIRST_HALF : 0, to = of == DEMANDS ? FIRST_HALF : ATOMS;
        buf_adds(b, atoms[from + next(seed) % (to - from)]);
        return;
    }
    buf_adds(b, kind == 2 ? "!(" : "(");
    condition(b, seed, depth - 1, of);
    if (kind != 2) {
        buf_adds(b, kind % 2 ? " && " : " || ");
        condition(b, seed, depth - 1, of);
    }
    buf_addc(b, ')');
}

// One way in which the list may be, by which of four kinds of things it has.
typedef struct world {
    facts facts;
    check_run run;
    record *f;
} world;

typedef struct fixture {
    arena *arena;
    ruleset rules;
    rule *rule, *other; // the other has no exemptions
    exception except[2];
    world worlds[LISTS];
    value *frame;
    size_t claims, proved, contradictions, not_examined;
} fixture;

static str world_text(arena *a, unsigned list) {
    static const char *const things[] = {
        "{id: t0, p: false, q: false}", "{id: t1, p: true, q: false}",
        "{id: t2, p: false, q: true}", "{id: t3, p: true, q: true}"};
    buf b = {.arena = a};
    buf_adds(&b, "obstat: deployment/v1\nlands: QQ\nf: {a: true}\nthings: [");
    for (unsigned i = 0, n = 0; i < 4; i++)
        if (list >> i & 1u) buf_addf(&b, "%s%s", n++ ? ", " : "", things[i]);
    buf_adds(&b, "]\n");
    return buf_str(&b);
}

static bool load_world(fixture *x, world *w, diags *d, unsigned list) {
    docs read;
    size_t markets = 0;
    if (!doc_read(&read, x->arena, d, &doc_default_limits, DOC_YAML, STR("m.yaml"),
                  world_text(x->arena, list)))
        return false;
    const node *const *market = facts_markets(&x->rules, d, read.list.at[0], &markets);
    if (!market || !facts_bind(&w->facts, &x->rules, x->arena, d, read.list.at[0], market[0],
                               STR("QQ"), 20000))
        return false;
    for (size_t i = 0; i < x->rules.vocabulary.entities.len; i++)
        if (str_is(x->rules.vocabulary.entities.at[i]->self.name, "f"))
            w->f = (record *)w->facts.globals[FACTS_FIRST_ENTITY + i].u.record;
    run_init(&w->run, &x->rules, &w->facts, x->arena, 0);
    w->run.cel.steps_left = SIZE_MAX;
    run_enter(&w->run, x->rule, STR("QQ"), value_list_of(x->arena, NULL, 0, false));
    return true;
}

static bool load(fixture *x, diags *d) {
    rules_folder folder = unit_folder("tests/packs/grid");
    load_options options = {
        .everything = true, .functions = &check_functions, .function_tables = 1};
    if (!ruleset_open(&x->rules, x->arena, d, &folder, 1) ||
        !ruleset_load(&x->rules, d, &folder, 1, &options))
        return false;
    x->rule = (rule *)ruleset_rule(&x->rules, STR("QQ-1"));
    x->other = arena_new(x->arena, rule);
    *x->other = *x->rule;
    x->other->id = STR("QQ-2");
    vec_push(x->arena, &((policy *)x->rule->policy)->rules, x->other);
    for (unsigned i = 0; i < LISTS; i++)
        if (!load_world(x, &x->worlds[i], d, i)) return false;
    return true;
}

static expr *compile(fixture *x, diags *d, uint32_t *seed, unsigned depth, half of) {
    buf b = {.arena = x->arena};
    cel_text *t = arena_new(x->arena, cel_text);
    cel_scope none = {0};
    condition(&b, seed, depth, of);
    *t =
        (cel_text){.text = buf_str(&b), .src = source_new(x->arena, STR("condition"), buf_str(&b))};
    expr *e = cel_parse(x->arena, d, t, false);
    if (!e) return NULL;
    uint32_t frame = cel_link(x->rule->policy->env, d, e, &none, false);
    if (frame > x->rule->frame) x->rule->frame = x->other->frame = frame;
    cel_check(x->rule->policy->env, d, e, &none, NULL);
    return d->errors ? NULL : e;
}

static cond one(arena *a, expr *e) {
    cond *part = arena_new(a, cond);
    *part = (cond){.kind = COND_TEST, .test = e};
    return (cond){.kind = COND_ALL, .parts = part, .count = 1};
}

// --- every state

typedef struct truths {
    bool applies, violated, exempt[2], other_applies, other_violated, both_apply, both_met;
} truths;

// Slots are those of the vocabulary: a, b, c, e, n, d, s; b and c are in no condition.
static void set_state(world *w, unsigned state) {
    static const char *const words[] = {"x", "y", "z"};
    const value texts[] = {value_none(), value_string(STR("q")), value_string(STR("r"))};
    day d = 0;
    day_parse(STR("2026-01-01"), &d);
    w->f->slots[0] = state % 2 ? VALUE_TRUE : VALUE_FALSE;
    w->f->slots[3] = value_string(str_of(words[state / 2 % 3]));
    w->f->slots[4] = value_int((int64_t)(state / 6 % 4) + 2);
    w->f->slots[5] = value_date(d - 1 + (day)(state / 24 % 3));
    w->f->slots[6] = texts[state / 72];
}

static bool holds(world *w, const cond *c, value *frame) {
    return run_cond(&w->run, c, frame) == TRUTH_TRUE;
}

static truths try_states(fixture *x) {
    truths found = {0};
    value *frame = arena_array(x->arena, value, x->rule->frame + 1);
    for (unsigned list = 0; list < LISTS; list++)
        for (unsigned state = 0; state < STATES; state++) {
            world *w = &x->worlds[list];
            set_state(w, state);
            bool ours = holds(w, &x->rule->applies, frame);
            bool exempt = holds(w, &x->except[0].when, frame);
            bool exempt_too = holds(w, &x->except[1].when, frame);
            bool met = holds(w, &x->rule->requires_, frame);
            found.applies |= ours && !exempt && !exempt_too;
            found.violated |= ours && !exempt && !exempt_too && !met;
            found.exempt[0] |= ours && exempt;
            found.exempt[1] |= ours && !exempt && exempt_too;
            bool takes = ours && !exempt && !exempt_too;
            bool theirs = holds(w, &x->other->applies, frame);
            bool met_too = holds(w, &x->other->requires_, frame);
            found.other_applies |= theirs;
            found.other_violated |= theirs && !met_too;
            found.both_apply |= takes && theirs;
            found.both_met |= takes && theirs && met && met_too;
        }
    return found;
}

// --- comparison

static bool shows(fixture *x, const claim *c) {
    diags d = {.arena = x->arena};
    docs read;
    check_result found;
    check_query query = {.has_as_of = true, .as_of = c->as_of, .today = c->as_of};
    if (!doc_read(&read, x->arena, &d, &doc_default_limits, DOC_JSON, STR("m.json"), c->manifest) ||
        !check_manifest(&found, &x->rules, x->arena, &d, read.list.at[0], &query))
        return false;
    for (size_t i = 0; i < found.findings.len; i++)
        if (found.findings.at[i].outcome == OUTCOME_VIOLATED &&
            str_eq(found.findings.at[i].rule->id, c->about))
            return true;
    return false;
}

static bool agrees(fixture *x, const claim *c, bool ever) {
    x->claims++;
    x->proved += c->verdict == CLAIM_PROVED;
    if (c->verdict == CLAIM_NOT_EXAMINED) {
        x->not_examined++;
        return true;
    }
    if (c->verdict == CLAIM_REFUTED && c->fault == DIAG_NEVER_VIOLATED && !shows(x, c))
        return false;
    return ever == (c->verdict == CLAIM_REFUTED);
}

static bool is_right(fixture *x, const lint_result *r, const truths *t) {
    size_t exemption = 0;
    bool right = true;
    for (size_t i = 0; i < r->claims.len; i++) {
        const claim *c = &r->claims.at[i];
        bool other = str_is(c->about, "QQ-2");
        if (c->fault == DIAG_NEVER_APPLIES)
            right &= agrees(x, c, other ? t->other_applies : t->applies);
        if (c->fault == DIAG_NEVER_VIOLATED)
            right &= agrees(x, c, other ? t->other_violated : t->violated);
        if (c->fault == DIAG_CONTRADICTION) right &= agrees(x, c, t->both_met);
        if (c->fault == DIAG_CONTRADICTION && c->verdict == CLAIM_PROVED) {
            x->contradictions++;
            right &= t->both_apply;
        }
        if (c->fault == DIAG_SHADOWED_EXEMPTION) right &= agrees(x, c, t->exempt[exemption++]);
    }
    return right && exemption == 2;
}

static bool try_rule(fixture *x, diags *d, uint32_t *seed) {
    static const unsigned depths[] = {2, 2, 2, 2, 1, 2};
    static const half halves[] = {GATES, GATES, GATES, DEMANDS, GATES, DEMANDS};
    bool apart = next(seed) % 2;
    expr *e[6];
    for (size_t i = 0; i < 6; i++)
        if (!(e[i] = compile(x, d, seed, depths[i], apart ? halves[i] : ALL))) return false;
    x->other->applies = one(x->arena, e[4]);
    x->other->requires_ = one(x->arena, e[5]);
    x->rule->applies = one(x->arena, e[0]);
    for (size_t i = 0; i < 2; i++) {
        x->except[i] = (exception){.when = one(x->arena, e[i + 1])};
        x->except[i].when.at = (span){x->rule->at.src, (uint32_t)i + 1, (uint32_t)i + 2};
        x->except[i].when.cites.text = STR("s. 1");
    }
    x->rule->except = x->except;
    x->rule->except_count = 2;
    x->rule->requires_ = one(x->arena, e[3]);
    lint_result result;
    diags findings = {.arena = x->arena};
    lint_options options = {.today = 20000, .bound = LINT_BOUND};
    truths all = try_states(x);
    lint_rules(&result, &x->rules, x->arena, &findings, &options);
    return is_right(x, &result, &all);
}

static void try_rules(void) {
    arena *a = unit_arena();
    fixture *x = arena_new(a, fixture);
    x->arena = a;
    diags d = {.arena = x->arena};
    const char *wanted = getenv("OBSTAT_PROPERTY_CASES");
    size_t count = wanted ? (size_t)strtoul(wanted, NULL, 10) : DEFAULT_CASES, wrong = 0;
    uint32_t seed = 20261124;
    bool loaded = load(x, &d);
    CU_ASSERT_TRUE_FATAL(loaded);
    for (size_t i = 0; i < count; i++) {
        arena_mark mark = arena_here(x->arena);
        if (!try_rule(x, &d, &seed) && wrong++ < 5) {
            buf text = {.arena = x->arena};
            cel_print(&text, x->rule->applies.parts[0].test);
            for (size_t k = 0; k < 2; k++) {
                buf_adds(&text, "\n      except ");
                cel_print(&text, x->except[k].when.parts[0].test);
            }
            buf_adds(&text, "\n      requires ");
            cel_print(&text, x->rule->requires_.parts[0].test);
            printf("\n    wrong proof: %.*s", (int)text.len, text.ptr);
        }
        arena_reset(x->arena, mark);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(x->not_examined * 4 < x->claims);
    CU_ASSERT_TRUE(x->proved * 20 > x->claims);
    CU_ASSERT_TRUE(x->contradictions > 0);
}

int register_proofs(void) {
    static CU_TestInfo tests[] = {
        {"what is proved or refuted is so by brute force", try_rules},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("proofs", tests);
}
