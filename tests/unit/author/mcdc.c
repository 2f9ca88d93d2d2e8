// SPDX-License-Identifier: Apache-2.0
//
// What an evaluation shows, against the definition taken by its word: each condition is turned
// round in its place, all else kept, and the decision evaluated anew by an evaluator of its own.
// OBSTAT_PROPERTY_CASES sets how many conditions are tried.
#include "author/mcdc.h"
#include "unit.h"

#include <stdlib.h>

enum { DEFAULT_CONDITIONS = 10000, MOST_NUMBERS = 64, MOST_NODES = 4096, DEEPEST = 5 };

typedef struct forest {
    arena *arena;
    uint64_t state;
    uint32_t numbers;                  // given out
    mcdc_node *conditions[MOST_NODES]; // all nodes that are one
    size_t count;
} forest;

static uint32_t dice(forest *f, uint32_t sides) {
    f->state = f->state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(f->state >> 33) % sides;
}

static truth any_truth(forest *f) {
    static const truth some[] = {TRUTH_TRUE,  TRUTH_TRUE,  TRUTH_TRUE,    TRUTH_FALSE,
                                 TRUTH_FALSE, TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_ERROR};
    return some[dice(f, 8)];
}

static void remember(forest *f, mcdc_node *n) {
    if (f->count == MOST_NODES)
        n->number = MCDC_NOBODYS;
    else
        f->conditions[f->count++] = n;
}

static void grow(forest *f, mcdc_node *n, unsigned depth);

static void grow_condition(forest *f, mcdc_node *n) {
    *n = (mcdc_node){.kind = MCDC_CONDITION, .value = any_truth(f), .number = f->numbers++};
    if (dice(f, 16) == 0 || n->number >= MOST_NUMBERS) {
        n->number = MCDC_NOBODYS;
        f->numbers--;
    }
    remember(f, n);
}

static void copy_element(forest *f, mcdc_node *to, const mcdc_node *from) {
    *to = *from;
    if (from->kind == MCDC_CONDITION) {
        to->value = any_truth(f);
        remember(f, to);
        return;
    }
    to->parts = arena_array(f->arena, mcdc_node, from->count);
    for (uint32_t i = 0; i < from->count; i++)
        copy_element(f, &to->parts[i], &from->parts[i]);
}

// The parts of a comprehension are one body over several elements, so they share their numbers.
static void grow_elements(forest *f, mcdc_node *n, unsigned depth) {
    n->count = dice(f, 4);
    n->parts = arena_array(f->arena, mcdc_node, n->count + 1);
    for (uint32_t i = 0; i < n->count; i++)
        if (i == 0)
            grow(f, &n->parts[0], depth + 1);
        else
            copy_element(f, &n->parts[i], &n->parts[0]);
}

static void grow(forest *f, mcdc_node *n, unsigned depth) {
    static const mcdc_kind kinds[] = {MCDC_NOT, MCDC_ALL, MCDC_ALL, MCDC_ANY,
                                      MCDC_ANY, MCDC_ALL, MCDC_ANY, MCDC_CHOICE};
    uint32_t k = dice(f, 8);
    if (depth == DEEPEST || (depth > 0 && dice(f, 3) == 0) || f->count > 400) {
        grow_condition(f, n);
        return;
    }
    *n = (mcdc_node){.kind = kinds[k], .number = MCDC_NOBODYS};
    if (k == 5 || k == 6) {
        grow_elements(f, n, depth);
        return;
    }
    n->count = k == 0 ? 1 : k == 7 ? 3 : 2;
    n->parts = arena_array(f->arena, mcdc_node, n->count);
    for (uint32_t i = 0; i < n->count; i++)
        grow(f, &n->parts[i], depth + 1);
}

// --- the evaluator of this file: a value decides, then what is unknown, then an error

static truth fold(const mcdc_node *n, truth decider, truth otherwise);

static truth evaluate(const mcdc_node *n) {
    switch (n->kind) {
    case MCDC_CONDITION: return n->value;
    case MCDC_NOT: {
        truth t = evaluate(&n->parts[0]);
        return t == TRUTH_TRUE ? TRUTH_FALSE : t == TRUTH_FALSE ? TRUTH_TRUE : t;
    }
    case MCDC_ALL: return fold(n, TRUTH_FALSE, TRUTH_TRUE);
    case MCDC_ANY: return fold(n, TRUTH_TRUE, TRUTH_FALSE);
    case MCDC_CHOICE: {
        truth t = evaluate(&n->parts[0]);
        return t == TRUTH_TRUE    ? evaluate(&n->parts[1])
               : t == TRUTH_FALSE ? evaluate(&n->parts[2])
                                  : t;
    }
    }
    return TRUTH_ERROR;
}

static truth fold(const mcdc_node *n, truth decider, truth otherwise) {
    bool unknown = false, error = false;
    for (uint32_t i = 0; i < n->count; i++) {
        truth t = evaluate(&n->parts[i]);
        if (t == decider) return decider;
        unknown |= t == TRUTH_UNKNOWN;
        error |= t == TRUTH_ERROR;
    }
    return unknown ? TRUTH_UNKNOWN : error ? TRUTH_ERROR : otherwise;
}

static bool flips(const mcdc_node *root, mcdc_node *c) {
    truth kept = c->value, before = evaluate(root);
    if (kept != TRUTH_TRUE && kept != TRUTH_FALSE) return false;
    c->value = kept == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
    truth after = evaluate(root);
    c->value = kept;
    return (before == TRUTH_TRUE && after == TRUTH_FALSE) ||
           (before == TRUTH_FALSE && after == TRUTH_TRUE);
}

static size_t differences(forest *f) {
    mcdc_node root;
    mcdc_shown fast[MOST_NUMBERS + 1] = {{0}}, slow[MOST_NUMBERS + 1] = {{0}};
    size_t wrong = 0;
    f->numbers = 0;
    f->count = 0;
    grow(f, &root, 0);
    for (size_t i = 0; i < f->count; i++) {
        mcdc_node *c = f->conditions[i];
        if (c->number == MCDC_NOBODYS || !flips(&root, c)) continue;
        slow[c->number].as_true |= c->value == TRUTH_TRUE;
        slow[c->number].as_false |= c->value == TRUTH_FALSE;
    }
    mcdc_show(&root, fast);
    for (size_t i = 0; i < f->numbers; i++)
        wrong += fast[i].as_true != slow[i].as_true || fast[i].as_false != slow[i].as_false;
    return wrong;
}

static void equals_flipping(void) {
    const char *asked = getenv("OBSTAT_PROPERTY_CASES");
    size_t wanted = asked ? (size_t)strtoul(asked, NULL, 10) : DEFAULT_CONDITIONS, wrong = 0;
    forest f = {.arena = unit_arena(), .state = 20261124};
    for (size_t done = 0; done < wanted; done += f.numbers) {
        f.arena = unit_arena();
        wrong += differences(&f);
        f.numbers += f.numbers == 0; // a tree may have none
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

// --- by hand

static mcdc_node condition(uint32_t number, truth t) {
    return (mcdc_node){.kind = MCDC_CONDITION, .value = t, .number = number};
}

// a && (b || c) with a = true, b = true, c = false: a and b decide, c is masked by b.
static void masked_by_another(void) {
    mcdc_node choice[] = {condition(1, TRUTH_TRUE), condition(2, TRUTH_FALSE)};
    mcdc_node both[] = {condition(0, TRUTH_TRUE), {.kind = MCDC_ANY, .count = 2, .parts = choice}};
    mcdc_node root = {.kind = MCDC_ALL, .count = 2, .parts = both};
    mcdc_shown shown[3] = {{0}};
    mcdc_show(&root, shown);
    CU_ASSERT_TRUE(shown[0].as_true && !shown[0].as_false);
    CU_ASSERT_TRUE(shown[1].as_true && !shown[1].as_false);
    CU_ASSERT_TRUE(!shown[2].as_true && !shown[2].as_false);
}

// exists over three elements of which one holds: that one is shown as true, and none as false.
static void one_element_decides(void) {
    mcdc_node elements[] = {condition(0, TRUTH_FALSE), condition(0, TRUTH_TRUE),
                            condition(0, TRUTH_FALSE)};
    mcdc_node root = {.kind = MCDC_ANY, .count = 3, .parts = elements};
    mcdc_shown shown[1] = {{0}};
    mcdc_show(&root, shown);
    CU_ASSERT_TRUE(shown[0].as_true && !shown[0].as_false);
    elements[1].value = TRUTH_FALSE;
    mcdc_show(&root, shown);
    CU_ASSERT_TRUE(shown[0].as_false);
}

// What is unknown beside it hides a condition that would not decide alone.
static void hidden_by_the_unknown(void) {
    mcdc_node parts[] = {condition(0, TRUTH_TRUE), condition(1, TRUTH_UNKNOWN)};
    mcdc_node root = {.kind = MCDC_ALL, .count = 2, .parts = parts};
    mcdc_shown shown[2] = {{0}};
    mcdc_show(&root, shown);
    CU_ASSERT_TRUE(!shown[0].as_true && !shown[0].as_false);
    parts[0].value = TRUTH_FALSE;
    mcdc_show(&root, shown);
    CU_ASSERT_TRUE(!shown[0].as_false);
}

int register_mcdc(void) {
    static CU_TestInfo tests[] = {
        {"equals flipping by brute force", equals_flipping},
        {"a condition masked by another", masked_by_another},
        {"one element of a list decides", one_element_decides},
        {"what is unknown hides", hidden_by_the_unknown},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("mcdc", tests);
}
