// SPDX-License-Identifier: Apache-2.0
//
// A leaf of the tree is a set of answers that decides, or that leaves only what cannot be filled.
// Two leaves that agree wherever both answer, but for one cell, prove that the cell matters: any
// answers to the rest that fit both give two full answers that differ in it alone.
#include "cel/essential.h"

enum { MAX_LEAVES = 2048, MAX_JUDGED = 4096, MAX_ANSWERED = 24, MAX_OPAQUE = 256 };

typedef struct leaf {
    int outcome;
    size_t count; // of the cells answered on the path to it
    struct {
        uint16_t cell, choice;
    } path[MAX_ANSWERED];
    uint64_t opaque[MAX_OPAQUE / 64]; // cells that were read and cannot be filled
} leaf;

typedef struct search {
    const essential_problem *p;
    value_cells cells; // numbered in the order they were met
    vec(leaf) leaves;
    leaf now;
    size_t judged;
    bool exhausted;
    bool partial; // some cell was filled with values that stand for others
} search;

static size_t number_of(search *s, value *cell) {
    for (size_t i = 0; i < s->cells.len; i++)
        if (s->cells.at[i] == cell) return i;
    vec_push(s->p->arena, &s->cells, cell);
    return s->cells.len - 1;
}

static void explore(search *s);

static bool branch(search *s, value *cell) {
    value *answers = NULL, kept = *cell;
    size_t count = 0, number = number_of(s, cell);
    bool all = false;
    if (s->now.count == MAX_ANSWERED || !s->p->answers(s->p->ctx, cell, &answers, &count, &all))
        return false;
    s->partial |= !all;
    for (size_t i = 0; i < count && !s->exhausted; i++) {
        *cell = answers[i];
        s->now.path[s->now.count].cell = (uint16_t)number;
        s->now.path[s->now.count++].choice = (uint16_t)i;
        explore(s);
        s->now.count--;
    }
    *cell = kept;
    return true;
}

// An open outcome: on with the first cell that can be filled. False: there is none.
static bool deeper(search *s, leaf *l, const value_cells *read) {
    for (size_t i = 0; i < read->len; i++)
        number_of(s, read->at[i]);
    for (size_t i = 0; i < read->len; i++)
        if (branch(s, read->at[i])) return true;
    for (size_t i = 0; i < read->len; i++) {
        size_t n = number_of(s, read->at[i]);
        if (n < MAX_OPAQUE) l->opaque[n / 64] |= UINT64_C(1) << (n % 64);
    }
    return false;
}

static void explore(search *s) {
    value_cells read = {0};
    if (s->judged++ >= MAX_JUDGED || s->leaves.len >= MAX_LEAVES) {
        s->exhausted = true;
        return;
    }
    leaf l = s->now;
    l.outcome = s->p->judge(s->p->ctx, &read);
    if (l.outcome == ESSENTIAL_IMPOSSIBLE) return;
    if (l.outcome == ESSENTIAL_GIVEN_UP) {
        for (size_t i = 0; i < read.len; i++)
            number_of(s, read.at[i]);
        s->exhausted = true;
        return;
    }
    if (l.outcome == ESSENTIAL_OPEN && deeper(s, &l, &read)) return;
    vec_push(s->p->arena, &s->leaves, l);
}

static int choice_of(const leaf *l, size_t cell) {
    for (size_t i = 0; i < l->count; i++)
        if (l->path[i].cell == cell) return l->path[i].choice;
    return -1;
}

static bool differ_only_in(const leaf *a, const leaf *b, size_t cell) {
    int mine = choice_of(a, cell), theirs = choice_of(b, cell);
    if (mine < 0 || theirs < 0 || mine == theirs) return false;
    for (size_t i = 0; i < a->count; i++) {
        int other = a->path[i].cell == cell ? -1 : choice_of(b, a->path[i].cell);
        if (other >= 0 && other != a->path[i].choice) return false;
    }
    return true;
}

static bool matters(const search *s, size_t cell) {
    for (size_t i = 0; i < s->leaves.len; i++) {
        const leaf *a = &s->leaves.at[i];
        if (cell < MAX_OPAQUE && (a->opaque[cell / 64] >> (cell % 64) & 1)) return true;
        for (size_t k = i + 1; k < s->leaves.len; k++)
            if (a->outcome != s->leaves.at[k].outcome && differ_only_in(a, &s->leaves.at[k], cell))
                return true;
    }
    return false;
}

essential essential_cells(const essential_problem *p) {
    search s = {.p = p};
    essential out = {.exact = true, .outcome = ESSENTIAL_OPEN};
    explore(&s);
    for (size_t i = 0; i < s.cells.len && !s.exhausted; i++)
        if (matters(&s, i)) vec_push(p->arena, &out.cells, s.cells.at[i]);
    // That nothing matters is only believed where every answer was tried.
    out.exact = !s.exhausted && (out.cells.len > 0 || !s.partial);
    if (!out.exact) out.cells = s.cells;
    if (out.exact && out.cells.len == 0 && s.leaves.len) out.outcome = s.leaves.at[0].outcome;
    return out;
}
