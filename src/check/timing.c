// SPDX-License-Identifier: Apache-2.0
//
// When a rule holds: the windows of `effective`, the status of its instrument, the date on which it
// falls due, grace. A window whose condition is unknown leaves the later ones open; where all that
// stay open agree, it is decided.
#include "check/run.h"

const case_of *run_case(check_run *run, const cases *c, value *frame, bool *open) {
    const case_of *found = NULL;
    *open = false;
    for (size_t i = 0; i < c->count; i++) {
        const case_of *k = &c->at[i];
        if ((k->has_from && run->as_of < k->from) || (k->has_until && run->as_of >= k->until))
            continue;
        truth t = k->when ? run_test(run, k->when, frame) : TRUTH_TRUE;
        if (t == TRUTH_FALSE) continue;
        if (found && !str_eq(found->value, k->value)) *open = true;
        if (!found) found = k;
        if (t == TRUTH_TRUE) return found;
        if (i + 1 == c->count) *open = true;
    }
    return found;
}

static rule_severity severity_named(str word) {
    static const char *const words[] = {"advice", "minor", "major", "blocker"};
    for (int i = 0; i < 4; i++)
        if (str_is(word, words[i])) return (rule_severity)i;
    return SEVERITY_MAJOR;
}

// Open: the gravest of all that may hold.
rule_severity run_severity(check_run *run, const rule *r, value *frame) {
    bool open = false;
    if (r->severity.count == 0) return SEVERITY_MAJOR;
    const case_of *k = run_case(run, &r->severity, frame, &open);
    if (!open) return k ? severity_named(k->value) : SEVERITY_MAJOR;
    rule_severity gravest = SEVERITY_ADVICE;
    for (size_t i = 0; i < r->severity.count; i++) {
        rule_severity s = severity_named(r->severity.at[i].value);
        if (s > gravest) gravest = s;
    }
    return gravest;
}

// --- status

static timing status_timing(check_run *run, const policy *p, value *frame) {
    timing t = {.phase = PHASE_AFTER};
    bool open = false;
    const case_of *now = run_case(run, &p->status, frame, &open);
    if (open) return (timing){.phase = PHASE_UNKNOWN};
    if (now && str_is(now->value, "in force"))
        return (timing){.phase = PHASE_INSIDE, .has_from = now->has_from, .from = now->from};
    if (now && !str_is(now->value, "adopted")) return t; // proposed, stayed, repealed
    for (size_t i = 0; i < p->status.count; i++) {
        const case_of *k = &p->status.at[i];
        if (str_is(k->value, "in force") && k->has_from && k->from > run->as_of)
            return (timing){.phase = PHASE_BEFORE, .has_from = true, .from = k->from};
    }
    return t;
}

static bool is_switched_off(check_run *run, const policy *p, value *frame) {
    bool open = false;
    const case_of *now = run_case(run, &p->status, frame, &open);
    return now && !open &&
           (str_is(now->value, "stayed") || str_is(now->value, "repealed") ||
            str_is(now->value, "proposed"));
}

// --- windows

// The date of a window's edge. False: it cannot be known now.
static bool edge(check_run *run, const expr *e, value *frame, day *out) {
    value v = cel_eval(&run->cel, e, frame);
    if (v.kind != VALUE_DATE) return false;
    *out = (day)v.u.i;
    return true;
}

static bool same_when(const window *a, const window *b) {
    if (!a->when || !b->when) return a->when == b->when;
    return cel_same(a->when, b->when);
}

// The phase in one set of windows, which stand in order.
static timing set_timing(check_run *run, const window *set, size_t count, value *frame) {
    timing t = {.phase = PHASE_AFTER};
    for (size_t i = 0; i < count; i++) {
        day from = DAY_MIN, until = DAY_MAX;
        if (set[i].from && !edge(run, set[i].from, frame, &from))
            return (timing){.phase = PHASE_UNKNOWN};
        if (set[i].until && !edge(run, set[i].until, frame, &until))
            return (timing){.phase = PHASE_UNKNOWN};
        if (run->as_of < from)
            return (timing){.phase = PHASE_BEFORE, .has_from = true, .from = from};
        if (run->as_of < until || !set[i].until)
            return (timing){.phase = PHASE_INSIDE, .has_from = set[i].from != NULL, .from = from};
    }
    return t;
}

// Two open answers in one: decided where the phase is the same; the date only where that is, too.
static timing both(timing a, timing b) {
    if (a.phase != b.phase) return (timing){.phase = PHASE_UNKNOWN};
    if (a.from != b.from) a.has_from = false;
    return a;
}

static timing windows_timing(check_run *run, const windows *w, value *frame) {
    timing found = {.phase = PHASE_AFTER};
    bool any = false;
    for (size_t i = 0; i < w->count;) {
        size_t n = 1;
        while (i + n < w->count && same_when(&w->at[i], &w->at[i + n]))
            n++;
        truth t = w->at[i].when ? run_test(run, w->at[i].when, frame) : TRUTH_TRUE;
        if (t != TRUTH_FALSE) {
            timing here = set_timing(run, &w->at[i], n, frame);
            found = any ? both(found, here) : here;
            any = true;
        }
        if (t == TRUTH_TRUE) return found;
        i += n;
    }
    return found;
}

// The last day is still in time.
static void set_due(check_run *run, const expr *due, value *frame, timing *t) {
    value v = cel_eval(&run->cel, due, frame);
    int order = 0;
    t->has_due = v.kind == VALUE_DATE;
    t->due_on = t->has_due ? (day)v.u.i : 0;
    t->due = !value_compare(value_date(run->as_of), v, &order) ? TRUTH_UNKNOWN
             : order > 0                                       ? TRUTH_TRUE
                                                               : TRUTH_FALSE;
}

timing run_timing(check_run *run, const rule *r, value *frame) {
    timing t = r->effective.stated ? windows_timing(run, &r->effective, frame)
                                   : status_timing(run, r->policy, frame);
    if (r->effective.stated && is_switched_off(run, r->policy, frame)) t.phase = PHASE_AFTER;
    run->facts->globals[FACTS_START] = t.has_from ? value_date(t.from) : value_unknown();
    t.due = TRUTH_TRUE;
    if (r->due) set_due(run, r->due, frame, &t);
    return t;
}

bool run_grace(check_run *run, const rule *r, value *frame, const window **found, bool *has_until,
               day *until) {
    for (size_t i = 0; i < r->grace.count; i++) {
        const window *w = &r->grace.at[i];
        day from = DAY_MIN;
        *has_until = false;
        if (w->when && run_test(run, w->when, frame) != TRUTH_TRUE) continue;
        if (w->from && (!edge(run, w->from, frame, &from) || run->as_of < from)) continue;
        if (w->until && (!edge(run, w->until, frame, until) || run->as_of >= *until)) continue;
        *has_until = w->until != NULL;
        *found = w;
        return true;
    }
    return false;
}
