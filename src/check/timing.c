// SPDX-License-Identifier: Apache-2.0
//
// When a rule holds: the windows of `effective`, the status of its instrument, the date on which it
// falls due, grace. A window whose condition is unknown leaves the later ones open; where all that
// stay open agree, it is decided.
#include "check/run.h"

// The next case that may hold today, in `*t` whether it does; NULL: none is left.
static const case_of *next_case(check_run *run, const cases *c, value *frame, size_t *at,
                                truth *t) {
    while (*at < c->count) {
        const case_of *k = &c->at[(*at)++];
        if ((k->has_from && run->as_of < k->from) || (k->has_until && run->as_of >= k->until))
            continue;
        *t = k->when ? run_test(run, k->when, frame) : TRUTH_TRUE;
        if (*t != TRUTH_FALSE) return k;
    }
    return NULL;
}

static rule_severity severity_named(str word) {
    static const char *const words[] = {"advice", "minor", "major", "blocker"};
    for (int i = 0; i < 4; i++)
        if (str_is(word, words[i])) return (rule_severity)i;
    return SEVERITY_MAJOR;
}

// Open: the gravest of all that may hold, of which the usual one is the last.
rule_severity run_severity(check_run *run, const rule *r, value *frame) {
    rule_severity gravest = SEVERITY_ADVICE;
    size_t at = 0;
    truth t = TRUTH_FALSE;
    for (const case_of *k; t != TRUTH_TRUE && (k = next_case(run, &r->severity, frame, &at, &t));) {
        rule_severity s = severity_named(k->value);
        if (s > gravest) gravest = s;
    }
    return t != TRUTH_TRUE && gravest < SEVERITY_MAJOR ? SEVERITY_MAJOR : gravest;
}

// --- phases

truth phase_truth(phase p) {
    static const truth of[] = {[PHASE_BEFORE] = TRUTH_FALSE,
                               [PHASE_INSIDE] = TRUTH_TRUE,
                               [PHASE_AFTER] = TRUTH_FALSE,
                               [PHASE_UNKNOWN] = TRUTH_UNKNOWN,
                               [PHASE_ERROR] = TRUTH_ERROR};
    return of[p];
}

static timing unsure(truth why) {
    return (timing){.phase = why == TRUTH_ERROR ? PHASE_ERROR : PHASE_UNKNOWN};
}

// Two open answers in one, and why they are open. Decided where the phase is the same; the date
// only where that is, too. What has not begun and may never begin is still to come.
static timing both(timing a, timing b, truth why) {
    if (a.phase == PHASE_AFTER && b.phase == PHASE_BEFORE) return b;
    if (a.phase == PHASE_BEFORE && b.phase == PHASE_AFTER) return a;
    if (a.phase != b.phase)
        return unsure(a.phase == PHASE_ERROR || b.phase == PHASE_ERROR ? TRUTH_ERROR : why);
    if (a.from != b.from) a.has_from = false;
    if (!a.has_from || !str_eq(a.from_cites, b.from_cites)) a.from_cites = STR("");
    return a;
}

// The answers of cases or windows as they come, until one holds for sure.
typedef struct answers {
    timing found;
    bool any;
    truth why, last; // why an earlier one is open; what the last one was
} answers;

static void add_answer(answers *all, timing t, truth holds) {
    all->found = all->any ? both(all->found, t, all->why) : t;
    all->any = true;
    all->last = holds;
    if (holds != TRUTH_TRUE && all->why != TRUTH_ERROR) all->why = holds;
}

// Where none holds for sure, perhaps none does at all.
static timing answer_of(const answers *all, timing none) {
    if (!all->any) return none;
    return all->last == TRUTH_TRUE ? all->found : both(all->found, none, all->why);
}

// --- status

// Its conditions are not those of a rule, and have slots of their own.
static value *policy_frame(check_run *run, const policy *p) {
    return p->frame ? arena_array(run->arena, value, p->frame) : NULL;
}

// Before it is in force, if it will be.
static timing not_yet(const check_run *run, const policy *p) {
    for (size_t i = 0; i < p->status.count; i++) {
        const case_of *k = &p->status.at[i];
        if (str_is(k->value, "in force") && k->has_from && k->from > run->as_of)
            return (timing){.phase = PHASE_BEFORE,
                            .has_from = true,
                            .from = k->from,
                            .from_cites = k->cites.text};
    }
    return (timing){.phase = PHASE_AFTER};
}

static timing status_timing(check_run *run, const policy *p) {
    answers all = {.why = TRUTH_UNKNOWN};
    value *frame = policy_frame(run, p);
    size_t at = 0;
    truth t = TRUTH_FALSE;
    for (const case_of *k; t != TRUTH_TRUE && (k = next_case(run, &p->status, frame, &at, &t));) {
        timing here = {.phase = PHASE_AFTER};
        if (str_is(k->value, "in force"))
            here = (timing){.phase = PHASE_INSIDE,
                            .has_from = k->has_from,
                            .from = k->from,
                            .from_cites = k->cites.text};
        else if (str_is(k->value, "adopted"))
            here = not_yet(run, p);
        add_answer(&all, here, t);
    }
    return answer_of(&all, not_yet(run, p));
}

truth run_in_force(check_run *run, const policy *p) {
    return phase_truth(status_timing(run, p).phase);
}

truth run_off(check_run *run, const policy *p, bool proposed_only) {
    value *frame = policy_frame(run, p);
    size_t at = 0;
    truth any = TRUTH_FALSE, all = TRUTH_TRUE, t = TRUTH_FALSE, why = TRUTH_TRUE;
    for (const case_of *k; t != TRUTH_TRUE && (k = next_case(run, &p->status, frame, &at, &t));) {
        bool off = str_is(k->value, "proposed") ||
                   (!proposed_only && (str_is(k->value, "stayed") || str_is(k->value, "repealed")));
        any = off ? TRUTH_TRUE : any;
        all = off ? all : TRUTH_FALSE;
        if (t != TRUTH_TRUE && why != TRUTH_ERROR) why = t;
    }
    if (t != TRUTH_TRUE) all = TRUTH_FALSE; // perhaps no case holds
    return all == TRUTH_TRUE ? TRUTH_TRUE : any == TRUTH_FALSE ? TRUTH_FALSE : why;
}

// --- windows

// The date of a window's edge. Else whether it is unknown now or cannot be worked out.
static truth edge(check_run *run, const expr *e, value *frame, day *out) {
    value v = cel_eval(&run->cel, e, frame);
    if (v.kind == VALUE_DATE) *out = (day)v.u.i;
    if (v.kind == VALUE_ERROR) run->error = v.u.error->message;
    return v.kind == VALUE_DATE ? TRUTH_TRUE : v.kind == VALUE_ERROR ? TRUTH_ERROR : TRUTH_UNKNOWN;
}

// The phase in one set of windows, which stand in order.
static timing set_timing(check_run *run, const window *set, size_t count, value *frame) {
    timing t = {.phase = PHASE_AFTER};
    for (size_t i = 0; i < count; i++) {
        day from = DAY_MIN, until = DAY_MAX;
        truth known = set[i].from ? edge(run, set[i].from, frame, &from) : TRUTH_TRUE;
        if (known == TRUTH_TRUE && set[i].until) known = edge(run, set[i].until, frame, &until);
        if (known != TRUTH_TRUE) return unsure(known);
        if (run->as_of < from)
            return (timing){.phase = PHASE_BEFORE,
                            .has_from = true,
                            .from = from,
                            .from_cites = set[i].cites.text};
        if (run->as_of < until || !set[i].until)
            return (timing){.phase = PHASE_INSIDE,
                            .has_from = set[i].from != NULL,
                            .from = from,
                            .from_cites = set[i].cites.text};
    }
    return t;
}

static timing windows_timing(check_run *run, const windows *w, value *frame) {
    answers all = {.why = TRUTH_UNKNOWN};
    truth t = TRUTH_FALSE;
    for (size_t i = 0, n; i < w->count && t != TRUTH_TRUE; i += n) {
        for (n = 1; i + n < w->count && w->at[i].set == w->at[i + n].set;)
            n++;
        t = w->at[i].when ? run_test(run, w->at[i].when, frame) : TRUTH_TRUE;
        if (t != TRUTH_FALSE) add_answer(&all, set_timing(run, &w->at[i], n, frame), t);
    }
    return answer_of(&all, (timing){.phase = PHASE_AFTER});
}

// The last day is still in time.
static void set_due(check_run *run, const expr *due, value *frame, timing *t) {
    value v = cel_eval(&run->cel, due, frame);
    int order = 0;
    t->has_due = v.kind == VALUE_DATE;
    t->due_on = t->has_due ? (day)v.u.i : 0;
    if (v.kind == VALUE_ERROR) {
        run->error = v.u.error->message;
        t->due = TRUTH_ERROR;
    } else if (!value_compare(value_date(run->as_of), v, &order)) {
        t->due = TRUTH_UNKNOWN;
    } else {
        t->due = order > 0 ? TRUTH_TRUE : TRUTH_FALSE;
    }
}

timing run_timing(check_run *run, const rule *r, value *frame) {
    timing t = r->effective.stated ? windows_timing(run, &r->effective, frame)
                                   : status_timing(run, r->policy);
    truth off = r->effective.stated ? run_off(run, r->policy, false) : TRUTH_FALSE;
    if (off == TRUTH_TRUE)
        t.phase = PHASE_AFTER;
    else if (off != TRUTH_FALSE)
        t = both(t, (timing){.phase = PHASE_AFTER}, off);
    run->facts->globals[FACTS_START] = t.has_from ? value_date(t.from) : value_unknown();
    t.due = TRUTH_TRUE;
    if (r->due) set_due(run, r->due, frame, &t);
    return t;
}

// --- grace

// Whether a window of the set covers the day, and until when at most.
static const window *covering(check_run *run, const window *set, size_t count, value *frame,
                              bool *has_until, day *until) {
    for (size_t i = 0; i < count; i++) {
        day from = DAY_MIN, to = DAY_MAX;
        if (set[i].from && edge(run, set[i].from, frame, &from) != TRUTH_TRUE) continue;
        if (set[i].until && edge(run, set[i].until, frame, &to) != TRUTH_TRUE) continue;
        if (run->as_of < from || (set[i].until && run->as_of >= to)) continue;
        if (set[i].until && (!*has_until || to < *until)) *until = to;
        *has_until |= set[i].until != NULL;
        return &set[i];
    }
    return NULL;
}

// The first set whose `when` holds decides, whether or not its windows cover the day; one whose
// `when` is open must agree with what decides in the end.
bool run_grace(check_run *run, const rule *r, value *frame, const window **found, bool *has_until,
               day *until) {
    *found = NULL;
    *has_until = false;
    for (size_t i = 0, n; i < r->grace.count; i += n) {
        const window *set = &r->grace.at[i];
        for (n = 1; i + n < r->grace.count && set[n].set == set->set;)
            n++;
        truth t = set->when ? run_test(run, set->when, frame) : TRUTH_TRUE;
        if (t == TRUTH_FALSE) continue;
        const window *w = covering(run, set, n, frame, has_until, until);
        if (!w) return false;
        if (!*found) *found = w;
        if (t == TRUTH_TRUE) return true;
    }
    return false;
}
