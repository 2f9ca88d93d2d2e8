// SPDX-License-Identifier: Apache-2.0
//
// The formula: bad = in force && due && binds && applies && !except && !displaced && !requires, in
// three-valued logic, as one whole; and the outcome that it gives, the first that fits.
#include "check/run.h"

#include "check/subjects.h"

const char *const outcome_names[OUTCOME_COUNT] = {
    "error", "violated", "undetermined", "review",         "upcoming",
    "grace", "waived",   "met",          "not-applicable", "not-ours"};

const char *const verdict_names[VERDICT_COUNT] = {"blocked", "undetermined", "uncovered",
                                                  "cleared"};

// --- displacement

static bool names_rule(const displacement *d, const rule *r) {
    for (size_t i = 0; i < d->count; i++) {
        str id = d->rules[i];
        if (str_eq(id, r->id)) return true;
        if (str_ends(id, STR(".*")) && str_eq(str_sub(id, 0, id.len - 2), r->policy->id))
            return true;
    }
    return false;
}

// Whether a rule is in force, binds, applies and has no exception for a subject, and what it says
// about when it displaces holds there, too.
static truth takes_hold_for(check_run *run, const rule *r, const displacement *d,
                            const subject *s) {
    const exception *which = NULL;
    if (s->error.len) return TRUTH_ERROR;
    truth t = phase_truth(run_timing(run, r, s->frame).phase);
    if (r->binds && t != TRUTH_FALSE) t = truth_and(t, run_test(run, r->binds, s->frame));
    if (t != TRUTH_FALSE) t = truth_and(t, run_cond(run, &r->applies, s->frame));
    if (t != TRUTH_FALSE) t = truth_and(t, truth_not(run_exceptions(run, r, s->frame, &which)));
    if (d->when && t != TRUTH_FALSE) t = truth_and(t, run_test(run, d->when, s->frame));
    return t == TRUTH_TRUE && s->open ? TRUTH_UNKNOWN : t; // perhaps there is no such element
}

static truth takes_hold(check_run *run, const rule *r, const displacement *d) {
    subjects all;
    truth any = TRUTH_FALSE;
    subjects_of(&all, run, r);
    for (size_t i = 0; i < all.len && any != TRUTH_TRUE; i++)
        any = truth_or(any, takes_hold_for(run, r, d, &all.at[i]));
    return any;
}

static truth displaces(check_run *run, const displacement *d, const policy *by, const rule *rule_by,
                       const rule *r) {
    if (!names_rule(d, r) || rule_by == r ||
        !place_within(&run->rules->places, run->facts->place, by->jurisdiction, run->as_of))
        return TRUTH_FALSE;
    value *globals = run->facts->globals;
    value start = globals[FACTS_START], launch = globals[FACTS_PLACES]; // of the rule asked
    if (run->covered) globals[FACTS_PLACES] = run->covered(run->covered_ctx, by);
    truth t = run_in_force(run, by);
    if (rule_by && t != TRUTH_FALSE) t = truth_and(t, takes_hold(run, rule_by, d));
    if (!rule_by && d->when && t != TRUTH_FALSE)
        t = truth_and(t, run_test(run, d->when, arena_array(run->arena, value, by->frame + 1)));
    globals[FACTS_START] = start;
    globals[FACTS_PLACES] = launch;
    return t;
}

static truth displaced(check_run *run, const rule *r, str *by) {
    truth any = TRUTH_FALSE;
    for (size_t p = 0; p < run->rules->policies.len && any != TRUTH_TRUE; p++) {
        const policy *other = run->rules->policies.at[p];
        for (size_t i = 0; i < other->displaces.len; i++) {
            truth t = displaces(run, &other->displaces.at[i], other, NULL, r);
            if (t == TRUTH_TRUE) *by = other->id;
            any = truth_or(any, t);
        }
        for (size_t k = 0; k < other->rules.len; k++) {
            const rule *rule_by = other->rules.at[k];
            for (size_t i = 0; i < rule_by->displace_count; i++) {
                truth t = displaces(run, &rule_by->displaces[i], other, rule_by, r);
                if (t == TRUTH_TRUE) *by = rule_by->id;
                any = truth_or(any, t);
            }
        }
    }
    return any;
}

// --- reach: home

truth run_reach(check_run *run, const policy *p) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    if (!p->home) return TRUTH_TRUE;
    if (!engine->operator_ || !engine->establishments || !engine->establishment_place)
        return TRUTH_UNKNOWN;
    value op = {0};
    for (size_t i = 0; i < run->rules->vocabulary.entities.len; i++)
        if (run->rules->vocabulary.entities.at[i] == engine->operator_)
            op = run->facts->globals[FACTS_FIRST_ENTITY + i];
    value list = op.kind == VALUE_RECORD ? run_read(run, op.u.record, engine->establishments)
                                         : value_unknown();
    if (list.kind != VALUE_LIST) return TRUTH_UNKNOWN;
    truth any = list.u.list->open ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (uint32_t i = 0; i < list.u.list->count; i++) {
        value code = run_read(run, list.u.list->items[i].u.record, engine->establishment_place);
        truth in =
            code.kind != VALUE_STRING ? TRUTH_UNKNOWN
            : place_within(&run->rules->places, value_text(code), p->jurisdiction, run->as_of)
                ? TRUTH_TRUE
                : TRUTH_FALSE;
        any = truth_or(any, in);
    }
    return any;
}

// --- the outcome

static outcome open_outcome(const judgement *j) {
    if (j->bad == TRUTH_ERROR || (j->bad0 == TRUTH_ERROR && j->timing.phase == PHASE_INSIDE))
        return OUTCOME_ERROR;
    if (j->timing.phase == PHASE_BEFORE ||
        (j->timing.phase == PHASE_INSIDE && j->timing.due == TRUTH_FALSE))
        return OUTCOME_UPCOMING;
    return j->bad == TRUTH_TRUE ? OUTCOME_VIOLATED : OUTCOME_UNDETERMINED;
}

static judgement settled(judgement j, outcome o) {
    j.outcome = o;
    j.bad = TRUTH_FALSE;
    return j;
}

judgement run_judge(check_run *run, const rule *r, value *frame) {
    judgement j = {.bad0 = TRUTH_TRUE};
    run->error = (str){"", 0};
    j.timing = run_timing(run, r, frame);
    j.binds = run_reach(run, r->policy);
    if (r->binds) j.binds = truth_and(j.binds, run_test(run, r->binds, frame));
    if (j.binds == TRUTH_FALSE) return settled(j, OUTCOME_NOT_OURS);
    if (j.timing.phase == PHASE_AFTER) return settled(j, OUTCOME_NOT_APPLICABLE);
    j.applies = run_cond(run, &r->applies, frame);
    if (j.applies == TRUTH_FALSE) return settled(j, OUTCOME_NOT_APPLICABLE);
    j.excepted = run_exceptions(run, r, frame, &j.exception);
    if (j.excepted == TRUTH_TRUE) return settled(j, OUTCOME_NOT_APPLICABLE);
    j.displaced = displaced(run, r, &j.displacing);
    if (j.displaced == TRUTH_TRUE) return settled(j, OUTCOME_NOT_APPLICABLE);
    truth holds = r->prohibition ? TRUTH_FALSE : run_cond(run, &r->requires_, frame);
    if (holds == TRUTH_TRUE) return settled(j, OUTCOME_MET);
    j.bad0 = truth_and(
        truth_and(j.binds, j.applies),
        truth_and(truth_not(j.excepted), truth_and(truth_not(j.displaced), truth_not(holds))));
    j.bad = truth_and(truth_and(phase_truth(j.timing.phase), j.timing.due), j.bad0);
    j.outcome = open_outcome(&j);
    j.error = run->error;
    const window *w = NULL;
    bool has_until = false;
    day until = 0;
    if (j.outcome == OUTCOME_VIOLATED && run_grace(run, r, frame, &w, &has_until, &until))
        j.outcome = OUTCOME_GRACE;
    return j;
}
