// SPDX-License-Identifier: Apache-2.0
//
// The state of asking rules about one place of one market: the facts bound for it, the evaluator's
// run, and the log of what was read. Everything that decides a finding is in here; nothing that
// prints one is.
#ifndef OBSTAT_CHECK_RUN_H
#define OBSTAT_CHECK_RUN_H

#include "check/check.h"
#include "check/facts.h"

// Truth with the two ways of not having it. The order is that of `&&`: the first present wins.
typedef enum truth { TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_ERROR, TRUTH_TRUE } truth;

truth truth_of(value v); // of a condition's value; what is no bool is an error
truth truth_and(truth a, truth b);
truth truth_or(truth a, truth b);
truth truth_not(truth a);

// Something that was read: a slot of a record, or with a NULL record a global.
typedef struct cell {
    const record *record;
    uint32_t slot;
} cell;

typedef vec(cell) cells;

typedef struct check_run {
    const ruleset *rules;
    facts *facts;
    arena *arena;
    cel_run cel;
    const policy *policy; // whose rule is asked
    const rule *rule;
    day as_of;
    bool logging;
    cells touched;     // in the order of reading, each once
    cells judged;      // what the last logged judgement read; its memory serves the next one
    map assumptions;   // key → record of one slot: what no fact can say
    vec(str) presumed; // open terms held true by presumption
    bool unpresuming;  // nothing is held true by presumption, to see whether it matters
    map row_lists;     // registry id → value (list of valid rows)
    str error;         // of the last condition that failed
    unsigned role_depth;
    value (*covered)(void *ctx, const policy *p); // the places of this launch that it covers
    void *covered_ctx;
    map literals; // rule id → what its conditions compare with, see fillings.c
} check_run;

typedef enum assumed {
    ASSUMED_YES_OR_NO,
    ASSUMED_JUDGEMENT, // a person's judgement of an open term answers it, nothing else
    ASSUMED_OPAQUE     // it takes more than a yes or no: a figure, a legal entity
} assumed;

// What a REALM_ASSUMPTION record's origin is.
typedef struct assumption {
    str ask;
    assumed kind;
} assumption;

void run_init(check_run *run, const ruleset *rules, facts *f, arena *a, size_t steps);

// The places of this launch that a policy covers, for `places`; set before its rules are asked.
void run_enter(check_run *run, const rule *r, str place, value covered);

// Reads a slot as a condition would, with a note in the log.
value run_read(check_run *run, const record *r, const fact *f);
void run_touch(check_run *run, const record *r, uint32_t slot);

// What no fact of the manifest can settle (is this number on a list that is not published in
// full?): unknown, but counted among what is missing. `ask` is the question.
value run_assume(check_run *run, str key, str ask, assumed kind);

truth run_test(check_run *run, const expr *e, value *frame);
truth run_cond(check_run *run, const cond *c, value *frame);
// Whether today is in a line's window; a line out of it is as if it were not written.
bool cond_is_there(const check_run *run, const cond *c);
// The first exception that holds, in `*which` (NULL: none does for sure).
truth run_exceptions(check_run *run, const rule *r, value *frame, const exception **which);

// --- time

typedef enum phase { PHASE_BEFORE, PHASE_INSIDE, PHASE_AFTER, PHASE_UNKNOWN, PHASE_ERROR } phase;

truth phase_truth(phase p); // whether it is in force

typedef struct timing {
    phase phase;
    bool has_from;
    day from;       // of the window in use, or the next one to come
    str from_cites; // what sets that date; empty: not stated
    truth due;
    bool has_due;
    day due_on;
} timing;

timing run_timing(check_run *run, const rule *r, value *frame);

// Whether a grace window covers the as-of date; unknown counts as no. `*w` has its title.
bool run_grace(check_run *run, const rule *r, value *frame, const window **w, bool *has_until,
               day *until);

// Whether a policy is in force by its status alone.
truth run_in_force(check_run *run, const policy *p);

// Whether a policy is not law: proposed, or unless that alone is asked stayed or repealed.
truth run_off(check_run *run, const policy *p, bool proposed_only);

rule_severity run_severity(check_run *run, const rule *r, value *frame);

// --- the judgement of one subject

typedef struct judgement {
    truth bad, bad0, binds, applies, excepted, displaced;
    timing timing;
    outcome outcome; // undetermined, where only a person's judgement may be missing
    const exception *exception;
    str displacing; // the rule or policy that takes its place
    str error;
} judgement;

// --- conditions in the words of their policy: titles where there are any, else the text

str expr_words(arena *a, const policy *p, const expr *e);
str cond_words(arena *a, const policy *p, const cond *c);

// "does not hold: …" of the first line that fails, "holds: …" where it is the opposite that holds.
str run_failing_line(check_run *run, const policy *p, const cond *c, value *frame);

// The same of what is false of an expression: of several that must hold, the first that does not.
str run_failing_part(check_run *run, const policy *p, const expr *e, value *frame);

// The same of all lines that fail.
str run_failing_lines(check_run *run, const policy *p, const cond *c, value *frame);

// Whether a policy with `reach: home` reaches the operator: where it is established.
truth run_reach(check_run *run, const policy *p);

judgement run_judge(check_run *run, const rule *r, value *frame);

// --- reasons

// Of a decided outcome: stated facts that force it, none of which can be left out.
reasons run_because(check_run *run, const rule *r, value *frame, outcome decided);

// Of an undetermined one: what its answer depends on. When it depends on nothing (all answers
// agree),
// `*decided` is that outcome.
reasons run_needs(check_run *run, const rule *r, value *frame, outcome *decided);

// The values that stand for all answers to one unknown fact.
typedef struct fillings {
    value *at;
    size_t count;
    bool all;   // these are all the answers there are, whatever the rule compares them with
    bool words; // not all, but all can be had
} fillings;

// The values that tell the cell's possible answers apart for this rule, of words all where `every`
// says so; false: an opaque fact.
bool run_fillings(check_run *run, const rule *r, cell c, bool every, fillings *out);

// Whether the conditions name this text.
bool cond_mentions(arena *a, const cond *c, str text);

reason run_reason(check_run *run, cell c);
void reasons_add(check_run *run, reasons *list, reason x);

// Gives a cell another value, and what follows from it.
void run_set(check_run *run, cell c, value v);

static inline value *cell_slot(check_run *run, cell c) {
    return c.record ? &c.record->slots[c.slot] : &run->facts->globals[c.slot];
}

#endif
