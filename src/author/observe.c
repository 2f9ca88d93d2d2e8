// SPDX-License-Identifier: Apache-2.0
//
// A decision observed: every condition evaluated by itself, in the frame in which it stands, once
// for each element of the lists around it. It evaluates again instead of having the evaluator keep
// what it saw, so that a check pays nothing for it.
#include "author/decisions.h"

// The frames of the definitions that were called, the innermost first; the last is the subject's.
typedef struct frames {
    value *frame;
    const struct frames *caller;
} frames;

static mcdc_node observe(check_run *run, const frames *f, const part *p);

static mcdc_node fixed(truth t) {
    return (mcdc_node){.kind = MCDC_CONDITION, .value = t, .number = MCDC_NOBODYS};
}

static mcdc_node whole(check_run *run, mcdc_kind kind, uint32_t count) {
    return (mcdc_node){.kind = kind,
                       .number = MCDC_NOBODYS,
                       .count = count,
                       .parts = arena_array(run->arena, mcdc_node, count + 1)};
}

static bool is_there(const check_run *run, const part *p) {
    return !p->line || cond_is_there(run, p->line);
}

static mcdc_node observe_parts(check_run *run, const frames *f, const part *p, mcdc_kind kind) {
    mcdc_node n = whole(run, kind, 0);
    n.parts = arena_array(run->arena, mcdc_node, p->count + 1);
    for (uint32_t i = 0; i < p->count; i++)
        if (is_there(run, &p->parts[i])) n.parts[n.count++] = observe(run, f, &p->parts[i]);
    return n;
}

// A node for each element, and one more of which nothing is known where the list may go on.
static mcdc_node observe_elements(check_run *run, const frames *f, const part *p, mcdc_kind kind) {
    cel_fold fold;
    value answer;
    if (!cel_fold_begin(&fold, &run->cel, p->e, f->frame, &answer)) return fixed(truth_of(answer));
    mcdc_node n = whole(run, kind, fold.count + fold.open);
    for (uint32_t i = 0; i < fold.count; i++) {
        cel_fold_bind(&fold, i);
        n.parts[i] = observe(run, f, &p->parts[0]);
    }
    if (fold.open) n.parts[fold.count] = fixed(TRUTH_UNKNOWN);
    return n;
}

// Each case within its dates is a choice between its value and the cases that follow.
static mcdc_node observe_cases(check_run *run, const frames *f, const part *p, uint32_t from) {
    for (uint32_t i = from; i < p->e->u.cases.count; i++) {
        const expr_case *c = &p->e->u.cases.cases[i];
        if ((c->has_from && run->as_of < c->from) || (c->has_until && run->as_of >= c->until))
            continue;
        const part *when = p->parts + 2 * (size_t)i;
        if (!c->when) return observe(run, f, when + 1);
        mcdc_node n = whole(run, MCDC_CHOICE, 3);
        n.parts[0] = observe(run, f, when);
        n.parts[1] = observe(run, f, when + 1);
        n.parts[2] = observe_cases(run, f, p, i + 1);
        return n;
    }
    return fixed(TRUTH_ERROR); // no case holds
}

static mcdc_node observe_call(check_run *run, const frames *f, const part *p) {
    const expr *e = p->e;
    const definition *d = e->kind == EXPR_CALL ? e->u.call.definition : e->u.ident.definition;
    size_t slots = d->frame > d->param_count ? d->frame : d->param_count;
    frames inside = {arena_array(run->arena, value, slots + 1), f};
    for (size_t i = 0; i < d->param_count && e->kind == EXPR_CALL; i++)
        inside.frame[i] = cel_eval(&run->cel, e->u.call.args[i], f->frame);
    return observe(run, &inside, &p->parts[0]);
}

static mcdc_node observe(check_run *run, const frames *f, const part *p) {
    switch (p->kind) {
    case PART_CONDITION: {
        mcdc_node n = fixed(run_test(run, p->e, f->frame));
        n.number = p->number;
        return n;
    }
    case PART_NOT: return observe_parts(run, f, p, MCDC_NOT);
    case PART_ALL: return observe_parts(run, f, p, MCDC_ALL);
    case PART_ANY: return observe_parts(run, f, p, MCDC_ANY);
    case PART_CHOICE: return observe_parts(run, f, p, MCDC_CHOICE);
    case PART_CASES: return observe_cases(run, f, p, 0);
    case PART_EXISTS: return observe_elements(run, f, p, MCDC_ANY);
    case PART_EVERY: return observe_elements(run, f, p, MCDC_ALL);
    case PART_BIND:
        f->frame[p->e->u.macro.slots[0]] = cel_eval(&run->cel, p->e->u.macro.range, f->frame);
        return observe(run, f, &p->parts[0]);
    case PART_CALL: return observe_call(run, f, p);
    case PART_ARGUMENT:
        if (!f->caller) break; // a parameter always stands in a definition
        return observe(run, f->caller, &p->parts[0]);
    }
    return fixed(TRUTH_ERROR);
}

// It may be asked about very often, and takes nothing from what the check may spend.
mcdc_node decision_observe(check_run *run, const decision *d, value *frame) {
    size_t left = run->cel.steps_left;
    str error = run->error;
    frames subject = {frame, NULL};
    run->cel.steps_left = CEL_DEFAULT_STEPS;
    mcdc_node n = is_there(run, &d->root) ? observe(run, &subject, &d->root)
                                          : fixed(TRUTH_FALSE); // only an exception has a window
    run->cel.steps_left = left;
    run->error = error;
    return n;
}
