// SPDX-License-Identifier: Apache-2.0
//
// Two recursions: what it takes for a part to come to a value, and for a condition in it to be seen
// at the root.
#include "author/distance.h"

static unsigned sum(unsigned a, unsigned b) {
    return a + b < DISTANCE_FAR ? a + b : DISTANCE_FAR;
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

static unsigned to_value(const mcdc_node *n, bool wanted);

// All parts, or the one that is nearest.
static unsigned to_parts(const mcdc_node *n, bool wanted, bool all) {
    unsigned d = all ? 0 : DISTANCE_FAR;
    for (uint32_t i = 0; i < n->count; i++) {
        unsigned part = to_value(&n->parts[i], wanted);
        d = all ? sum(d, part) : least(d, part);
    }
    return d;
}

static unsigned to_value(const mcdc_node *n, bool wanted) {
    switch (n->kind) {
    case MCDC_CONDITION: return n->value == (wanted ? TRUTH_TRUE : TRUTH_FALSE) ? 0 : 1;
    case MCDC_NOT: return to_value(&n->parts[0], !wanted);
    case MCDC_ALL: return to_parts(n, wanted, wanted);
    case MCDC_ANY: return to_parts(n, wanted, !wanted);
    case MCDC_CHOICE:
        return least(sum(to_value(&n->parts[0], true), to_value(&n->parts[1], wanted)),
                     sum(to_value(&n->parts[0], false), to_value(&n->parts[2], wanted)));
    }
    return DISTANCE_FAR;
}

static unsigned in_choice(const mcdc_node *n, uint32_t number, bool as) {
    const mcdc_node *c = &n->parts[0], *x = &n->parts[1], *y = &n->parts[2];
    unsigned differ = least(sum(to_value(x, true), to_value(y, false)),
                            sum(to_value(x, false), to_value(y, true)));
    unsigned d = sum(mcdc_distance(c, number, as), differ);
    d = least(d, sum(mcdc_distance(x, number, as), to_value(c, true)));
    return least(d, sum(mcdc_distance(y, number, as), to_value(c, false)));
}

// The part that holds the condition, all others at the value that lets it through.
static unsigned in_parts(const mcdc_node *n, uint32_t number, bool as, bool neutral) {
    unsigned all = 0, best = DISTANCE_FAR;
    for (uint32_t i = 0; i < n->count; i++)
        all = sum(all, to_value(&n->parts[i], neutral));
    if (all == DISTANCE_FAR) return DISTANCE_FAR;
    for (uint32_t i = 0; i < n->count; i++) {
        unsigned inner = mcdc_distance(&n->parts[i], number, as);
        if (inner < DISTANCE_FAR)
            best = least(best, sum(inner, all - to_value(&n->parts[i], neutral)));
    }
    return best;
}

unsigned mcdc_distance(const mcdc_node *n, uint32_t number, bool as) {
    switch (n->kind) {
    case MCDC_CONDITION: return n->number == number ? to_value(n, as) : DISTANCE_FAR;
    case MCDC_NOT: return mcdc_distance(&n->parts[0], number, as);
    case MCDC_ALL: return in_parts(n, number, as, true);
    case MCDC_ANY: return in_parts(n, number, as, false);
    case MCDC_CHOICE: return in_choice(n, number, as);
    }
    return DISTANCE_FAR;
}
