// SPDX-License-Identifier: Apache-2.0
//
// Why a finding is what it is, by definitions that brute force can check. Because: a set of stated
// facts that forces the outcome, none of which can be left out; found by hiding one after the
// other, which is enough since three-valued evaluation only loses knowledge when facts are hidden.
// Needs: the essential facts, those of which some two full answers that differ in it alone give
// different outcomes; found by a tree of answers, bounded, and said to be inexact beyond the bound.
#include "cel/essential.h"
#include "check/run.h"

static bool is_unknown_cell(check_run *run, cell c) {
    const value *v = cell_slot(run, c);
    return v->kind == VALUE_UNKNOWN || v->kind == VALUE_RANGE ||
           (v->kind == VALUE_LIST && v->u.list->open);
}

static judgement judge_logged(check_run *run, const rule *r, value *frame) {
    run->touched = run->judged;
    run->touched.len = 0;
    run->logging = true;
    judgement j = run_judge(run, r, frame);
    run->logging = false;
    run->judged = run->touched;
    return j;
}

reason run_reason(check_run *run, cell c) {
    bool stated = false;
    if (c.record && c.record->realm == REALM_ASSUMPTION) {
        const assumption *about = c.record->origin;
        return (reason){.path = c.record->id,
                        .at = run->facts->market_node->at,
                        .ask = about->ask,
                        .exact = true,
                        .open_term = about->kind == ASSUMED_JUDGEMENT};
    }
    reason x = {.path = fact_path(run->facts, c.record, c.slot), .exact = true};
    x.at = fact_span(run->facts, c.record, c.slot, &stated);
    const fact *f = fact_of(run->facts, c.record, c.slot);
    if (f) x.ask = f->ask;
    x.value = value_print(run->arena, *cell_slot(run, c));
    return x;
}

static bool stands_before(reason a, reason b) {
    if (a.at.src != b.at.src) return a.at.src == NULL;
    if (a.at.from != b.at.from) return a.at.from < b.at.from;
    return str_cmp(a.path, b.path) < 0;
}

void reasons_add(check_run *run, reasons *list, reason x) {
    for (size_t i = 0; i < list->count; i++)
        if (str_eq(list->at[i].path, x.path)) return;
    bool full = (list->count & (list->count - 1)) == 0; // its room is the next power of two
    if (full) {
        reason *longer = arena_array(run->arena, reason, list->count ? list->count * 2 : 1);
        for (size_t i = 0; i < list->count; i++)
            longer[i] = list->at[i];
        list->at = longer;
    }
    size_t i = list->count++;
    for (; i > 0 && stands_before(x, list->at[i - 1]); i--)
        list->at[i] = list->at[i - 1];
    list->at[i] = x;
}

// --- because

// A fact that can be hidden. A map of the top level cannot: the facts in it are hidden by
// themselves.
static bool is_stated(check_run *run, cell c) {
    bool stated = false;
    const fact *f = fact_of(run->facts, c.record, c.slot);
    if (!c.record && (!f || (f->kind == FACT_RECORD && !f->list))) return false;
    if (c.record && c.record->realm != REALM_FACT) return false;
    fact_span(run->facts, c.record, c.slot, &stated);
    return stated && cell_slot(run, c)->kind != VALUE_UNKNOWN;
}

typedef struct hidden {
    cell cell;
    value kept;
} hidden;

typedef vec(hidden) hidden_cells;

// Adds what the last judgement read and is not in the list yet.
static void add_read(check_run *run, hidden_cells *list) {
    for (size_t i = 0; i < run->touched.len; i++) {
        cell c = run->touched.at[i];
        bool known = false;
        for (size_t k = 0; k < list->len && !known; k++)
            known = list->at[k].cell.record == c.record && list->at[k].cell.slot == c.slot;
        if (!known) vec_push(run->arena, list, (hidden){c, *cell_slot(run, c)});
    }
}

// What is read only when another fact is hidden joins the list, so that in the end nothing outside
// it plays a part.
reasons run_because(check_run *run, const rule *r, value *frame, outcome decided) {
    reasons list = {0};
    hidden_cells read = {0};
    judge_logged(run, r, frame);
    add_read(run, &read);
    for (size_t i = 0; i < read.len; i++) {
        hidden h = read.at[i];
        if (!is_stated(run, h.cell)) continue;
        run_set(run, h.cell, value_unknown());
        outcome now = judge_logged(run, r, frame).outcome;
        add_read(run, &read);
        if (now == decided) continue; // it stays hidden
        run_set(run, h.cell, h.kept);
        reasons_add(run, &list, run_reason(run, h.cell));
    }
    for (size_t i = 0; i < read.len; i++)
        run_set(run, read.at[i].cell, read.at[i].kept);
    return list;
}

// --- needs

typedef struct asking {
    check_run *run;
    const rule *rule;
    value *frame;
    cells met;   // whose slots the search knows
    bool every;  // words are tried all
    bool sparse; // of some words only those that seem to matter were tried
} asking;

static int judge_asked(void *ctx, value_cells *read) {
    asking *x = ctx;
    truth bad = judge_logged(x->run, x->rule, x->frame).bad;
    if (bad != TRUTH_UNKNOWN) return (int)bad;
    for (size_t i = 0; i < x->run->touched.len; i++) {
        cell c = x->run->touched.at[i];
        if (!is_unknown_cell(x->run, c)) continue;
        vec_push(x->run->arena, read, cell_slot(x->run, c));
        vec_push(x->run->arena, &x->met, c);
    }
    return ESSENTIAL_OPEN;
}

static cell cell_of(const asking *x, const value *slot) {
    for (size_t i = 0; i < x->met.len; i++)
        if (cell_slot(x->run, x->met.at[i]) == slot) return x->met.at[i];
    return (cell){0};
}

static bool answers_of(void *ctx, value *slot, value **answers, size_t *count, bool *all) {
    asking *x = ctx;
    fillings found;
    if (!run_fillings(x->run, x->rule, cell_of(x, slot), x->every, &found)) return false;
    x->sparse |= found.words && !found.all;
    *answers = found.at;
    *count = found.count;
    *all = found.all || (found.words && !x->every);
    return true;
}

// That nothing matters is only believed where all words were tried.
static essential search(asking *x) {
    essential_problem p = {x->run->arena, judge_asked, answers_of, x};
    essential found = essential_cells(&p);
    if (found.cells.len > 0 || !x->sparse) return found;
    x->every = true;
    return essential_cells(&p);
}

// The outcome where all answers agree. They need not agree about grace, which is none as long as it
// is open.
static outcome agreed(const asking *x, truth bad) {
    const window *w = NULL;
    bool has_until = false;
    day until = 0;
    if (bad == TRUTH_ERROR) return OUTCOME_ERROR;
    if (bad == TRUTH_FALSE) return OUTCOME_MET;
    return run_grace(x->run, x->rule, x->frame, &w, &has_until, &until) ? OUTCOME_GRACE
                                                                        : OUTCOME_VIOLATED;
}

reasons run_needs(check_run *run, const rule *r, value *frame, outcome *decided) {
    asking x = {.run = run, .rule = r, .frame = frame};
    essential found = search(&x);
    reasons list = {0};
    for (size_t i = 0; i < found.cells.len; i++) {
        reason n = run_reason(run, cell_of(&x, found.cells.at[i]));
        n.exact = found.exact;
        reasons_add(run, &list, n);
    }
    if (list.count == 0 && found.outcome != ESSENTIAL_OPEN)
        *decided = agreed(&x, (truth)found.outcome);
    return list;
}
