// SPDX-License-Identifier: Apache-2.0
//
// Conditions in three-valued logic: a deciding value wins, then unknown over error.
#include "check/run.h"

truth truth_of(value v) {
    if (v.kind == VALUE_BOOL) return v.u.b ? TRUTH_TRUE : TRUTH_FALSE;
    return v.kind == VALUE_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_ERROR;
}

truth truth_and(truth a, truth b) {
    return a < b ? a : b;
}

truth truth_not(truth a) {
    if (a == TRUTH_TRUE) return TRUTH_FALSE;
    return a == TRUTH_FALSE ? TRUTH_TRUE : a;
}

truth truth_or(truth a, truth b) {
    return truth_not(truth_and(truth_not(a), truth_not(b)));
}

truth run_test(check_run *run, const expr *e, value *frame) {
    value v = cel_eval(&run->cel, e, frame);
    truth t = truth_of(v);
    if (t == TRUTH_ERROR)
        run->error = v.kind == VALUE_ERROR ? v.u.error->message
                                           : STR("the condition is neither true nor false");
    return t;
}

bool cond_is_there(const check_run *run, const cond *c) {
    return !(c->has_from && run->as_of < c->from) && !(c->has_until && run->as_of >= c->until);
}

truth run_cond(check_run *run, const cond *c, value *frame) {
    if (c->kind == COND_TEST) return run_test(run, c->test, frame);
    bool any = c->kind == COND_ANY;
    truth result = any ? TRUTH_FALSE : TRUTH_TRUE;
    for (size_t i = 0; i < c->count && result != (any ? TRUTH_TRUE : TRUTH_FALSE); i++) {
        if (!cond_is_there(run, &c->parts[i])) continue;
        truth t = run_cond(run, &c->parts[i], frame);
        result = any ? truth_or(result, t) : truth_and(result, t);
    }
    return result;
}

static truth exception_holds(check_run *run, const exception *e, value *frame) {
    if (!cond_is_there(run, &e->when)) return TRUTH_FALSE;
    truth t = run_cond(run, &e->when, frame);
    for (size_t i = 0; i < e->unless_count && t != TRUTH_FALSE; i++)
        t = truth_and(t, truth_not(exception_holds(run, &e->unless[i], frame)));
    return t;
}

truth run_exceptions(check_run *run, const rule *r, value *frame, const exception **which) {
    truth result = TRUTH_FALSE;
    *which = NULL;
    for (size_t i = 0; i < r->except_count && result != TRUTH_TRUE; i++) {
        truth t = exception_holds(run, &r->except[i], frame);
        if (t == TRUTH_TRUE) *which = &r->except[i];
        result = truth_or(result, t);
    }
    return result;
}
