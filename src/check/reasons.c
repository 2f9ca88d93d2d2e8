// SPDX-License-Identifier: Apache-2.0
//
// Why a finding is what it is, by definitions that brute force can check. Because: a set of stated
// facts that forces the outcome, none of which can be left out; found by hiding one after the
// other, which is enough since three-valued evaluation only loses knowledge when facts are hidden.
// Needs: the essential facts, those of which some two full answers that differ in it alone give
// different outcomes; found by a tree of answers, bounded, and said to be inexact beyond the bound.
#include "check/run.h"

enum { MAX_LEAVES = 2048, MAX_EVALUATIONS = 4096, MAX_ASSIGNED = 24 };

static bool is_unknown_cell(check_run *run, cell c) {
    const value *v = cell_slot(run, c);
    return v->kind == VALUE_UNKNOWN || v->kind == VALUE_RANGE ||
           (v->kind == VALUE_LIST && v->u.list->open);
}

static judgement judge_logged(check_run *run, const rule *r, value *frame) {
    run->touched = (cells){0};
    run->logging = true;
    judgement j = run_judge(run, r, frame);
    run->logging = false;
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
    reason *longer = arena_array(run->arena, reason, list->count + 1);
    for (size_t i = 0; i < list->count; i++)
        longer[i] = list->at[i];
    list->at = longer;
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
        *cell_slot(run, h.cell) = value_unknown();
        outcome now = judge_logged(run, r, frame).outcome;
        add_read(run, &read);
        if (now == decided) continue; // it stays hidden
        *cell_slot(run, h.cell) = h.kept;
        reasons_add(run, &list, run_reason(run, h.cell));
    }
    for (size_t i = 0; i < read.len; i++)
        *cell_slot(run, read.at[i].cell) = read.at[i].kept;
    return list;
}

// --- needs

typedef struct leaf {
    truth bad;
    outcome outcome;
    size_t count; // of the cells on the path to it
    struct {
        uint16_t cell, choice;
    } path[MAX_ASSIGNED];
    uint64_t opaque[4]; // bits: cells that were read, unknown, and cannot be filled
} leaf;

typedef struct search {
    check_run *run;
    const rule *rule;
    value *frame;
    cells cells; // numbered in the order they were met
    vec(leaf) leaves;
    leaf now;
    size_t evaluations;
    bool exhausted;
    bool partial; // some fact was filled with values that stand for others
} search;

static size_t number_of(search *s, cell c) {
    for (size_t i = 0; i < s->cells.len; i++)
        if (s->cells.at[i].record == c.record && s->cells.at[i].slot == c.slot) return i;
    vec_push(s->run->arena, &s->cells, c);
    return s->cells.len - 1;
}

static void explore(search *s);

static bool branch(search *s, cell c) {
    value *fillings = NULL, *slot = cell_slot(s->run, c), kept = *slot;
    size_t count = 0, number = number_of(s, c);
    bool all = false;
    if (s->now.count == MAX_ASSIGNED || !run_fillings(s->run, s->rule, c, &fillings, &count, &all))
        return false;
    s->partial |= !all;
    for (size_t i = 0; i < count && !s->exhausted; i++) {
        *slot = fillings[i];
        s->now.path[s->now.count].cell = (uint16_t)number;
        s->now.path[s->now.count++].choice = (uint16_t)i;
        explore(s);
        s->now.count--;
    }
    *slot = kept;
    return true;
}

static void explore(search *s) {
    if (s->evaluations++ >= MAX_EVALUATIONS || s->leaves.len >= MAX_LEAVES) {
        s->exhausted = true;
        return;
    }
    judgement j = judge_logged(s->run, s->rule, s->frame);
    leaf l = s->now;
    l.bad = j.bad;
    l.outcome = j.outcome;
    if (j.bad == TRUTH_UNKNOWN) {
        cells read = s->run->touched;
        for (size_t i = 0; i < read.len; i++)
            if (is_unknown_cell(s->run, read.at[i])) number_of(s, read.at[i]);
        for (size_t i = 0; i < read.len; i++)
            if (is_unknown_cell(s->run, read.at[i]) && branch(s, read.at[i])) return;
        for (size_t i = 0; i < read.len; i++) {
            size_t n = is_unknown_cell(s->run, read.at[i]) ? number_of(s, read.at[i]) : 256;
            if (n < 256) l.opaque[n / 64] |= UINT64_C(1) << (n % 64);
        }
    }
    vec_push(s->run->arena, &s->leaves, l);
}

static int choice_of(const leaf *l, size_t c) {
    for (size_t i = 0; i < l->count; i++)
        if (l->path[i].cell == c) return l->path[i].choice;
    return -1;
}

// Whether two leaves can be reached by answers that differ in cell `c` alone.
static bool differ_only_in(const leaf *a, const leaf *b, size_t c) {
    if (choice_of(a, c) < 0 || choice_of(b, c) < 0 || choice_of(a, c) == choice_of(b, c))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        int other = a->path[i].cell == c ? -1 : choice_of(b, a->path[i].cell);
        if (other >= 0 && other != a->path[i].choice) return false;
    }
    return true;
}

static bool is_essential(const search *s, size_t c) {
    for (size_t i = 0; i < s->leaves.len; i++) {
        const leaf *a = &s->leaves.at[i];
        if (c < 256 && (a->opaque[c / 64] >> (c % 64) & 1)) return true;
        for (size_t k = i + 1; k < s->leaves.len; k++)
            if (a->bad != s->leaves.at[k].bad && differ_only_in(a, &s->leaves.at[k], c))
                return true;
    }
    return false;
}

// Beyond the bound: all unknown facts that were met, which is more than what matters.
static reasons met_unknowns(search *s) {
    reasons list = {0};
    for (size_t i = 0; i < s->cells.len; i++) {
        reason x = run_reason(s->run, s->cells.at[i]);
        x.exact = false;
        reasons_add(s->run, &list, x);
    }
    return list;
}

reasons run_needs(check_run *run, const rule *r, value *frame, outcome *decided) {
    search s = {.run = run, .rule = r, .frame = frame};
    reasons list = {0};
    explore(&s);
    if (s.exhausted) return met_unknowns(&s);
    for (size_t c = 0; c < s.cells.len; c++)
        if (is_essential(&s, c)) reasons_add(run, &list, run_reason(run, s.cells.at[c]));
    // That nothing matters is only believed where every answer was tried.
    if (list.count == 0 && s.partial) return met_unknowns(&s);
    if (list.count == 0 && s.leaves.len && s.leaves.at[0].bad != TRUTH_UNKNOWN)
        *decided = s.leaves.at[0].outcome;
    return list;
}
