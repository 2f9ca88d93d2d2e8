// SPDX-License-Identifier: Apache-2.0
//
// What would refute a claim, judged by the engine's own functions: some element of the rule for
// which it holds, in three-valued logic.
#include "author/proof.h"
#include "check/subjects.h"

typedef truth (*subject_judge)(const asked *q, check_run *run, value *frame);

static truth of_subjects(const asked *q, check_run *run, subject_judge judge) {
    subjects all;
    truth any = TRUTH_FALSE;
    subjects_of(&all, run, q->rule);
    for (size_t i = 0; i < all.len && any != TRUTH_TRUE; i++) {
        truth t = all.at[i].error.len ? TRUTH_ERROR : judge(q, run, all.at[i].frame);
        any = truth_or(any, all.at[i].open && t == TRUTH_TRUE ? TRUTH_UNKNOWN : t);
    }
    return any;
}

// In force, ours, applies; exceptions are those that `r` has.
static truth takes_hold(check_run *run, const rule *r, value *frame) {
    const exception *which = NULL;
    truth t = phase_truth(run_timing(run, r, frame).phase);
    if (t != TRUTH_FALSE) t = truth_and(t, run_reach(run, r->policy));
    if (t != TRUTH_FALSE && r->binds) t = truth_and(t, run_test(run, r->binds, frame));
    if (t != TRUTH_FALSE) t = truth_and(t, run_cond(run, &r->applies, frame));
    if (t != TRUTH_FALSE) t = truth_and(t, truth_not(run_exceptions(run, r, frame, &which)));
    return t;
}

static truth subject_applies(const asked *q, check_run *run, value *frame) {
    return takes_hold(run, q->rule, frame);
}

static truth subject_violates(const asked *q, check_run *run, value *frame) {
    return run_judge(run, q->rule, frame).bad;
}

// The exemption decides where none before it does.
static truth subject_is_exempt(const asked *q, check_run *run, value *frame) {
    const exception *which = NULL;
    rule before = *q->rule, alone = *q->rule;
    before.except_count = q->exemption;
    alone.except = &q->rule->except[q->exemption];
    alone.except_count = 1;
    truth t = takes_hold(run, &before, frame);
    if (t != TRUTH_FALSE) t = truth_and(t, run_exceptions(run, &alone, frame, &which));
    return t;
}

truth judge_applies(void *ctx, check_run *run) {
    return of_subjects(ctx, run, subject_applies);
}

truth judge_violated(void *ctx, check_run *run) {
    return of_subjects(ctx, run, subject_violates);
}

truth judge_exempt(void *ctx, check_run *run) {
    return of_subjects(ctx, run, subject_is_exempt);
}

// Of two rules about the same elements: both take hold of one, and with `met` both are met.
static truth of_both(const asked *q, check_run *run, bool met) {
    subjects all, others;
    truth any = TRUTH_FALSE;
    subjects_of(&all, run, q->rule);
    subjects_of(&others, run, q->other);
    for (size_t i = 0; i < all.len && i < others.len && any != TRUTH_TRUE; i++) {
        truth t = all.at[i].error.len || others.at[i].error.len ? TRUTH_ERROR : TRUTH_TRUE;
        if (t == TRUTH_TRUE) t = takes_hold(run, q->rule, all.at[i].frame);
        if (t != TRUTH_FALSE) t = truth_and(t, takes_hold(run, q->other, others.at[i].frame));
        if (t != TRUTH_FALSE && met)
            t = truth_and(t, run_cond(run, &q->rule->requires_, all.at[i].frame));
        if (t != TRUTH_FALSE && met)
            t = truth_and(t, run_cond(run, &q->other->requires_, others.at[i].frame));
        any = truth_or(any, all.at[i].open && t == TRUTH_TRUE ? TRUTH_UNKNOWN : t);
    }
    return any;
}

truth judge_both_apply(void *ctx, check_run *run) {
    return of_both(ctx, run, false);
}

truth judge_both_met(void *ctx, check_run *run) {
    return of_both(ctx, run, true);
}

// Whether the operator fills the role by the engagement that is stated.
truth judge_role_filled(void *ctx, check_run *run) {
    const asked *q = ctx;
    const engine_facts *e = &run->rules->vocabulary.engine;
    const record *job = NULL;
    for (size_t i = 0; i < run->facts->records.len; i++) {
        const fact_origin *o = origin_of(run->facts->records.at[i]);
        if (o && o->as == e->engagements) job = run->facts->records.at[i];
    }
    if (!job) return TRUTH_ERROR;
    value *frame = arena_array(run->arena, value, q->role->frame + 2);
    frame[0] = value_record(origin_of(job)->parent);
    frame[1] = value_record(job);
    truth t = run_cond(run, &q->role->eligible, frame);
    return t == TRUTH_FALSE ? t : truth_and(t, run_cond(run, &q->role->engaged, frame));
}
