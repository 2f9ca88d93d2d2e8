// SPDX-License-Identifier: Apache-2.0
//
// Each rule is taken apart once for each set of rules that was loaded; its conditions are joined
// with those of other rules and dates by where they are written.
#include "author/coverage.h"

#include "author/occur.h"
#include "law/policy.h"

#include <stdlib.h>

// --- where a condition is written

static void add_place(buf *key, const expr *e) {
    span at = cel_span(e);
    str file = at.src ? at.src->name : (str){"", 0};
    buf_addf(key, "%.*s:%u-%u ", STR_ARG(file), at.from, at.to);
}

static str key_of(arena *a, const condition *c) {
    buf key = {.arena = a};
    add_place(&key, c->e);
    for (const call_chain *call = c->calls; call; call = call->outer)
        add_place(&key, call->call);
    return buf_str(&key);
}

static covered *condition_at(coverage *c, covered_rule *r, uint32_t number) {
    str key = key_of(c->arena, &r->decisions->conditions.at[number]);
    covered *found = map_get(&c->index, key);
    if (found) return found;
    found = arena_new(c->arena, covered);
    *found = (covered){.key = key, .rules = r->rules, .in = r->decisions, .number = number};
    map_put(c->arena, &c->index, key, found);
    vec_push(c->arena, &c->conditions, found);
    return found;
}

// Whether another version of the rule has the condition, too.
static bool was_counted(const coverage *c, const rule *of, const covered *one) {
    for (size_t i = 0; i < c->rules.len; i++) {
        const covered_rule *r = c->rules.at[i];
        if (!str_eq(r->decisions->rule->id, of->id)) continue;
        for (size_t k = 0; k < r->decisions->conditions.len; k++)
            if (r->conditions[k] == one) return true;
    }
    return false;
}

covered_rule *coverage_rule(coverage *c, const ruleset *rules, const rule *of) {
    for (size_t i = c->rules.len; i-- > 0;)
        if (c->rules.at[i]->decisions->rule == of) return c->rules.at[i];
    covered_rule *r = arena_new(c->arena, covered_rule);
    *r = (covered_rule){.rules = rules, .decisions = decisions_of(c->arena, of)};
    size_t count = r->decisions->conditions.len;
    r->conditions = arena_array(c->arena, covered *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        r->conditions[i] = condition_at(c, r, i);
        r->conditions[i]->rule_count += !was_counted(c, of, r->conditions[i]);
    }
    vec_push(c->arena, &c->rules, r);
    return r;
}

void coverage_add(coverage *c, const ruleset *rules, bool (*wanted)(void *ctx, const policy *p),
                  void *ctx) {
    for (size_t i = 0; i < rules->policies.len; i++) {
        const policy *p = rules->policies.at[i];
        if (!wanted(ctx, p)) continue;
        for (size_t k = 0; k < p->rules.len; k++)
            coverage_rule(c, rules, p->rules.at[k]);
    }
    for (size_t i = 0; i < c->rules.len; i++)
        c->rules.at[i]->in_scope |= wanted(ctx, c->rules.at[i]->decisions->rule->policy);
}

// --- what a case shows

bool coverage_expects(const test_case *t, const finding *f) {
    for (size_t i = 0; i < t->expectations.len; i++) {
        const expectation *e = &t->expectations.at[i];
        if (str_eq(e->rule, f->rule->id) && str_eq(e->place, f->place) &&
            (!e->has_subject || str_eq(e->subject, f->subject)))
            return true;
    }
    return false;
}

// A rule asked about a subject.
typedef struct looking {
    check_run *run;
    const covered_rule *rule;
    value *frame;
    mcdc_shown *shown; // by number
    bool *asked;       // by number; or NULL
} looking;

static truth look_at(const looking *w, const decision *d) {
    mcdc_node seen = decision_observe(w->run, d, w->frame);
    mcdc_show(&seen, w->shown);
    for (size_t i = 0; w->asked && i < w->rule->decisions->conditions.len; i++)
        w->asked[i] |= w->rule->decisions->conditions.at[i].of == d;
    return seen.value;
}

// An exception and what stands under its `unless` follow each other in the list of decisions.
static size_t decisions_in(const exception *e) {
    size_t count = 1;
    for (size_t i = 0; i < e->unless_count; i++)
        count += decisions_in(&e->unless[i]);
    return count;
}

static truth look_at_exception(const looking *w, size_t at, const exception *e) {
    truth holds = look_at(w, w->rule->decisions->decisions.at[at++]);
    for (size_t i = 0; i < e->unless_count && holds != TRUTH_FALSE; i++) {
        holds = truth_and(holds, truth_not(look_at_exception(w, at, &e->unless[i])));
        at += decisions_in(&e->unless[i]);
    }
    return holds;
}

// The decisions that the outcome was made from, in the order of the judgement.
static void look(const looking *w) {
    const rule *r = w->rule->decisions->rule;
    const rule_decisions *all = w->rule->decisions;
    judgement j = run_judge(w->run, r, w->frame);
    if (j.binds == TRUTH_FALSE || j.timing.phase == PHASE_AFTER) return;
    if (look_at(w, all->decisions.at[0]) == TRUTH_FALSE) return;
    truth excepted = TRUTH_FALSE;
    size_t at = 1;
    for (size_t i = 0; i < r->except_count && excepted != TRUTH_TRUE; i++) {
        excepted = truth_or(excepted, look_at_exception(w, at, &r->except[i]));
        at += decisions_in(&r->except[i]);
    }
    if (excepted == TRUTH_TRUE || j.displaced == TRUTH_TRUE || r->prohibition) return;
    look_at(w, all->decisions.at[all->decisions.len - 1]);
}

// Takes nothing from what the check may spend.
static void look_apart(const looking *w) {
    size_t left = w->run->cel.steps_left;
    str error = w->run->error;
    look(w);
    w->run->cel.steps_left = left;
    w->run->error = error;
}

void coverage_look(const covered_rule *r, check_run *run, value *frame, mcdc_shown *shown) {
    look_apart(&(looking){run, r, frame, shown, NULL});
}

void coverage_asked(const covered_rule *r, check_run *run, value *frame, bool *asked) {
    size_t count = r->decisions->conditions.len;
    look_apart(&(looking){run, r, frame, arena_array(run->arena, mcdc_shown, count + 1), asked});
}

static void note(coverage *c, covered *one, const finding *f, bool as) {
    missing_test *m = &one->missing[as];
    if (m->of) return;
    m->of = c->tests->now->test;
    m->expect = str_format(c->arena, "%.*s %.*s%s%.*s", STR_ARG(f->place), STR_ARG(f->rule->id),
                           f->subject.len ? " " : "", STR_ARG(f->subject));
}

// What is shown of a rule of which the case expects nothing would be if it did.
static void watch(void *ctx, check_run *run, const finding *f, value *frame) {
    coverage *c = ctx;
    bool expected = coverage_expects(c->tests->now->test, f);
    covered_rule *r = coverage_rule(c, run->rules, f->rule);
    size_t count = r->decisions->conditions.len;
    mcdc_shown *shown = arena_array(run->arena, mcdc_shown, count + 1);
    bool *asked = arena_array(run->arena, bool, count + 1);
    look_apart(&(looking){run, r, frame, shown, asked});
    for (size_t i = 0; i < count; i++) {
        covered *one = r->conditions[i];
        one->looked_at |= asked[i] && expected;
        one->shown.as_true |= shown[i].as_true && expected;
        one->shown.as_false |= shown[i].as_false && expected;
        if (shown[i].as_true) note(c, one, f, true);
        if (shown[i].as_false) note(c, one, f, false);
    }
}

void coverage_watch(coverage *c, arena *a, rule_tests *tests) {
    *c = (coverage){.arena = a, .tests = tests};
    tests->query.watch = watch;
    tests->query.watch_ctx = c;
}

// --- what cannot be shown

static void prove(arena *scratch, const covered_rule *r, uint32_t number, bool as) {
    covered *one = r->conditions[number];
    if ((as ? one->shown.as_true : one->shown.as_false) || one->missing[as].of ||
        one->may_occur[as])
        return;
    bool never = condition_occurs(scratch, r->rules, r->decisions, number, as) == OCCURS_NEVER;
    one->impossible[as] = never;
    one->may_occur[as] = !never;
}

void coverage_prove(coverage *c, arena *scratch) {
    for (size_t i = 0; i < c->rules.len; i++) {
        const covered_rule *r = c->rules.at[i];
        for (uint32_t k = 0; r->in_scope && k < r->decisions->conditions.len; k++)
            for (int as = 0; as < 2; as++)
                prove(scratch, r, k, as);
    }
}

// --- the result

shown_state coverage_state(const covered *c, bool as) {
    if (as ? c->shown.as_true : c->shown.as_false) return SHOWN;
    return c->impossible[as] ? CANNOT_OCCUR : NOT_SHOWN;
}

static int by_place(const void *a, const void *b) {
    const rule *x = ((const rule_coverage *)a)->rule, *y = ((const rule_coverage *)b)->rule;
    int files = str_cmp(x->at.src->name, y->at.src->name);
    return files ? files : (x->at.from > y->at.from) - (x->at.from < y->at.from);
}

static rule_coverage *entry_of(coverage *c, coverage_result *all, const rule *of) {
    for (size_t i = 0; i < all->rules.len; i++)
        if (str_eq(all->rules.at[i].rule->id, of->id)) return &all->rules.at[i];
    vec_push(c->arena, &all->rules, (rule_coverage){.rule = of});
    return &all->rules.at[all->rules.len - 1];
}

static void add_once(coverage *c, rule_coverage *to, covered *one) {
    for (size_t i = 0; i < to->conditions.len; i++)
        if (to->conditions.at[i] == one) return;
    vec_push(c->arena, &to->conditions, one);
}

static void count(coverage_result *all, rule_coverage *r, covered *one) {
    for (int as = 0; as < 2; as++) {
        shown_state s = coverage_state(one, as);
        r->shown += s == SHOWN;
        r->possible += s != CANNOT_OCCUR;
        if (one->listed) continue;
        all->shown += s == SHOWN;
        all->possible += s != CANNOT_OCCUR;
        all->impossible += s == CANNOT_OCCUR;
        all->unexamined += s == NOT_SHOWN && !one->missing[as].of;
    }
    one->listed_by = one->listed ? one->listed_by : r->rule;
    one->listed = true;
}

coverage_result coverage_of_rules(coverage *c) {
    coverage_result all = {0};
    for (size_t i = 0; i < c->rules.len; i++) {
        const covered_rule *r = c->rules.at[i];
        if (!r->in_scope) continue;
        rule_coverage *to = entry_of(c, &all, r->decisions->rule);
        for (size_t k = 0; k < r->decisions->conditions.len; k++)
            add_once(c, to, r->conditions[k]);
    }
    if (all.rules.len) qsort(all.rules.at, all.rules.len, sizeof *all.rules.at, by_place);
    for (size_t i = 0; i < all.rules.len; i++)
        for (size_t k = 0; k < all.rules.at[i].conditions.len; k++)
            count(&all, &all.rules.at[i], all.rules.at[i].conditions.at[k]);
    return all;
}
