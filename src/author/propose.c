// SPDX-License-Identifier: Apache-2.0
//
// A descent: from the facts of a case, each time the change that brings the condition nearest to
// being shown, in the facts as they are bound, which costs little. What it comes to is written as a
// patch, and the patched manifest is checked as any other: only what is shown then is proposed.
#include "author/propose.h"

#include "author/distance.h"
#include "author/variations.h"
#include "doc/doc.h"

enum { MOST_CHANGES = 5, MOST_TRIES = 4, MOST_CELLS = 200 };

typedef struct proposing {
    coverage *coverage;
    map tries;    // key of a condition and value → a counter
    map literals; // rule → reads
} proposing;

// A decision of a subject in a case, to be changed.
typedef struct bench {
    proposing *p;
    check_run *run;
    const covered_rule *rule;
    const decision *decision;
    value *frame;
    const reads *literals;
    const finding *finding;
} bench;

// --- what may be changed

static const reads *literals_of(bench *b) {
    const rule *r = b->rule->decisions->rule;
    reads *found = map_get(&b->p->literals, r->id);
    if (found) return found;
    found = arena_new(b->p->coverage->arena, reads);
    *found = (reads){.rules = b->run->rules, .arena = b->p->coverage->arena};
    reads_add_cond(found, &r->applies);
    reads_add_cond(found, &r->requires_);
    for (size_t i = 0; i < b->rule->decisions->decisions.len; i++) {
        const exception *e = b->rule->decisions->decisions.at[i]->exception;
        if (e) reads_add_cond(found, &e->when);
    }
    map_put(b->p->coverage->arena, &b->p->literals, r->id, found);
    return found;
}

static mcdc_node observe(const bench *b) {
    return decision_observe(b->run, b->decision, b->frame);
}

static variations all_variations(const bench *b, mcdc_node *now) {
    variations out = {0};
    check_run *run = b->run;
    run->touched = (cells){0};
    run->logging = true;
    *now = observe(b);
    run->logging = false;
    cells read = run->touched;
    run->touched = (cells){0};
    for (size_t i = 0; i < read.len && i < MOST_CELLS; i++)
        variations_of(&out, run, b->rule->decisions->rule, b->literals, read.at[i]);
    return out;
}

// --- the descent

typedef struct step {
    variation change;
    value before;
} step;

typedef struct path {
    step steps[MOST_CHANGES];
    size_t count;
} path;

static bool changes_again(const path *p, cell c) {
    for (size_t i = 0; i < p->count; i++)
        if (p->steps[i].change.cell.record == c.record && p->steps[i].change.cell.slot == c.slot)
            return true;
    return false;
}

static void take(const bench *b, path *p, const variation *v) {
    p->steps[p->count++] = (step){*v, *cell_slot(b->run, v->cell)};
    run_set(b->run, v->cell, v->v);
}

static void go_back(const bench *b, path *p) {
    while (p->count > 0) {
        step s = p->steps[--p->count];
        run_set(b->run, s.change.cell, s.before);
    }
}

static unsigned distance_with(const bench *b, const variation *v, uint32_t number, bool as) {
    value before = *cell_slot(b->run, v->cell);
    run_set(b->run, v->cell, v->v);
    mcdc_node seen = observe(b);
    run_set(b->run, v->cell, before);
    return mcdc_distance(&seen, number, as);
}

// The change that brings it nearest; NULL: none brings it nearer than `*best`.
static const variation *nearest(const bench *b, const path *p, const variations *all,
                                uint32_t number, bool as, unsigned *best) {
    const variation *chosen = NULL;
    for (size_t i = 0; i<all->len && * best> 0; i++) {
        if (changes_again(p, all->at[i].cell)) continue;
        unsigned d = distance_with(b, &all->at[i], number, as);
        if (d >= *best) continue;
        *best = d;
        chosen = &all->at[i];
    }
    return chosen;
}

// Where no change helps, one may in a list with an entry more: one that stays as it is while the
// other changes.
static bool widen(const bench *b, path *p, const variations *all, uint32_t number, bool as,
                  unsigned *best) {
    if (p->count + 2 > MOST_CHANGES) return false;
    for (size_t i = 0; i < all->len; i++) {
        if (!all->at[i].added || changes_again(p, all->at[i].cell)) continue;
        mcdc_node now;
        take(b, p, &all->at[i]);
        variations more = all_variations(b, &now);
        const variation *chosen = nearest(b, p, &more, number, as, best);
        if (chosen) {
            take(b, p, chosen);
            return true;
        }
        step s = p->steps[--p->count];
        run_set(b->run, s.change.cell, s.before);
    }
    return false;
}

// True: the condition would be shown with the changes on the path, which are made.
static bool descend(const bench *b, path *p, uint32_t number, bool as) {
    while (p->count < MOST_CHANGES) {
        mcdc_node now;
        variations all = all_variations(b, &now);
        unsigned best = mcdc_distance(&now, number, as);
        if (best == 0) return true;
        const variation *chosen = nearest(b, p, &all, number, as, &best);
        if (chosen)
            take(b, p, chosen);
        else if (!widen(b, p, &all, number, as, &best))
            return false;
        if (best == 0) return true;
    }
    return false;
}

// --- the proof of it

typedef struct proof {
    const bench *bench;
    uint32_t number;
    bool as, shown;
} proof;

static void see(void *ctx, check_run *run, const finding *f, value *frame) {
    proof *x = ctx;
    const finding *of = x->bench->finding;
    const covered_rule *r = x->bench->rule;
    if (f->rule != of->rule || !str_eq(f->place, of->place) || !str_eq(f->subject, of->subject))
        return;
    mcdc_shown *shown = arena_array(run->arena, mcdc_shown, r->decisions->conditions.len + 1);
    coverage_look(r, run, frame, shown);
    x->shown |= x->as ? shown[x->number].as_true : shown[x->number].as_false;
}

static bool is_shown_with(const bench *b, str patch, uint32_t number, bool as) {
    const tested_case *c = b->p->coverage->tests->now;
    arena *a = b->run->arena;
    docs read = {0};
    diags d = {.arena = a};
    check_result found;
    proof x = {b, number, as, false};
    if (!doc_read(&read, a, &d, &doc_default_limits, DOC_YAML, STR("patch"), patch) ||
        read.list.len != 1)
        return false;
    const node *manifest = check_patch(c->rules, a, &d, c->manifest, read.list.at[0]);
    check_query query = c->query;
    query.watch = see;
    query.watch_ctx = &x;
    query.all_reasons = false;
    return d.errors == 0 && check_manifest(&found, c->rules, a, &d, manifest, &query) && x.shown;
}

// --- one value of a condition

static bool may_try(const bench *b, const covered *c, bool as) {
    str key = str_format(b->run->arena, "%d %.*s", (int)as, STR_ARG(c->key));
    size_t *tries = map_get(&b->p->tries, key);
    if (!tries) {
        tries = arena_new(b->p->coverage->arena, size_t);
        map_put(b->p->coverage->arena, &b->p->tries, str_copy(b->p->coverage->arena, key), tries);
    }
    return (*tries)++ < MOST_TRIES;
}

static void search(bench *b, covered *c, uint32_t number, bool as) {
    path p = {.count = 0};
    variation changes[MOST_CHANGES];
    buf text = {.arena = b->run->arena};
    bool found = descend(b, &p, number, as);
    for (size_t i = 0; i < p.count; i++)
        changes[i] = p.steps[i].change;
    size_t count = p.count;
    go_back(b, &p);
    const missing_test *known = &c->missing[as];
    if (!found || count == 0 || (known->of && known->changes <= count) ||
        !variations_write(&text, b->run, changes, count) ||
        !is_shown_with(b, buf_str(&text), number, as))
        return;
    c->missing[as] = (missing_test){.of = b->p->coverage->tests->now->test,
                                    .patch = str_copy(b->p->coverage->arena, buf_str(&text)),
                                    .changes = count};
}

// Searches with a run of its own, so that what it takes can be given back: thousands of evaluations
// would fill the memory.
static void propose(const bench *of, covered *c, uint32_t number, bool as) {
    bool good = c->missing[as].of && c->missing[as].changes <= 1;
    if (coverage_state(c, as) != NOT_SHOWN || good || !may_try(of, c, as)) return;
    check_run trial = *of->run;
    bench b = *of;
    value kept[FACTS_FIRST_ENTITY];
    arena_mark before = arena_here(trial.arena);
    for (size_t i = 0; i < FACTS_FIRST_ENTITY; i++)
        kept[i] = trial.facts->globals[i];
    trial.touched = trial.judged = (cells){0};
    trial.assumptions = trial.row_lists = trial.literals = (map){0};
    trial.presumed.at = NULL;
    trial.presumed.len = trial.presumed.cap = 0;
    trial.cel.patterns = NULL;
    trial.cel.owner = trial.cel.hooks.ctx = &trial;
    b.run = &trial;
    search(&b, c, number, as);
    for (size_t i = 0; i < FACTS_FIRST_ENTITY; i++)
        trial.facts->globals[i] = kept[i];
    arena_reset(trial.arena, before);
}

static void watch(void *ctx, check_run *run, const finding *f, value *frame) {
    proposing *p = ctx;
    coverage *c = p->coverage;
    if (!coverage_expects(c->tests->now->test, f)) return;
    bench b = {.p = p, .run = run, .frame = frame, .finding = f};
    b.rule = coverage_rule(c, run->rules, f->rule);
    if (!b.rule->in_scope) return;
    b.literals = literals_of(&b);
    size_t left = run->cel.steps_left, count = b.rule->decisions->conditions.len;
    str error = run->error;
    bool *asked = arena_array(run->arena, bool, count + 1);
    coverage_asked(b.rule, run, frame, asked);
    run_judge(run, f->rule, frame); // `start` as it is for the rule
    for (uint32_t i = 0; i < count; i++) {
        if (!asked[i]) continue;
        b.decision = b.rule->decisions->conditions.at[i].of;
        propose(&b, b.rule->conditions[i], i, true);
        propose(&b, b.rule->conditions[i], i, false);
    }
    run->cel.steps_left = left;
    run->error = error;
}

static bool go_on(void *ctx, const tested_case *c) {
    (void)ctx;
    (void)c;
    return true;
}

void propose_tests(coverage *c, rule_tests *tests, known_rules *rules) {
    proposing p = {.coverage = c};
    tests->query.watch = watch;
    tests->query.watch_ctx = &p;
    tests_run(tests, rules, go_on, NULL);
}
