// SPDX-License-Identifier: Apache-2.0
//
// Two passes: values from the conditions up, then from the root down whether a change in a place
// would reach the root. Through `&&` it does where all other parts are true, through `||` where all
// are false.
#include "author/mcdc.h"

static truth choice(const mcdc_node *n) {
    truth c = n->parts[0].value;
    if (c == TRUTH_TRUE) return n->parts[1].value;
    return c == TRUTH_FALSE ? n->parts[2].value : c;
}

static truth value_up(mcdc_node *n) {
    for (uint32_t i = 0; i < n->count; i++)
        value_up(&n->parts[i]);
    truth whole = n->kind == MCDC_ANY ? TRUTH_FALSE : TRUTH_TRUE;
    switch (n->kind) {
    case MCDC_CONDITION: return n->value;
    case MCDC_NOT: whole = truth_not(n->parts[0].value); break;
    case MCDC_CHOICE: whole = choice(n); break;
    case MCDC_ALL:
    case MCDC_ANY:
        for (uint32_t i = 0; i < n->count; i++)
            whole = n->kind == MCDC_ALL ? truth_and(whole, n->parts[i].value)
                                        : truth_or(whole, n->parts[i].value);
    }
    n->value = whole;
    return whole;
}

static bool are_opposite(truth a, truth b) {
    return (a == TRUTH_TRUE && b == TRUTH_FALSE) || (a == TRUTH_FALSE && b == TRUTH_TRUE);
}

static void show_down(const mcdc_node *n, mcdc_shown *shown);

// A change in the choosing part is seen where what it chooses between differs.
static void show_choice(const mcdc_node *n, mcdc_shown *shown) {
    const mcdc_node *c = &n->parts[0], *x = &n->parts[1], *y = &n->parts[2];
    if (are_opposite(x->value, y->value)) show_down(c, shown);
    if (c->value == TRUTH_TRUE) show_down(x, shown);
    if (c->value == TRUTH_FALSE) show_down(y, shown);
}

static void show_parts(const mcdc_node *n, truth neutral, mcdc_shown *shown) {
    uint32_t others = 0; // parts that are not neutral
    for (uint32_t i = 0; i < n->count; i++)
        others += n->parts[i].value != neutral;
    for (uint32_t i = 0; i < n->count; i++)
        if (others == (n->parts[i].value != neutral)) show_down(&n->parts[i], shown);
}

// A change of `n` would be seen at the root.
static void show_down(const mcdc_node *n, mcdc_shown *shown) {
    switch (n->kind) {
    case MCDC_CONDITION:
        if (n->number == MCDC_NOBODYS) return;
        shown[n->number].as_true |= n->value == TRUTH_TRUE;
        shown[n->number].as_false |= n->value == TRUTH_FALSE;
        return;
    case MCDC_NOT: show_down(&n->parts[0], shown); return;
    case MCDC_ALL: show_parts(n, TRUTH_TRUE, shown); return;
    case MCDC_ANY: show_parts(n, TRUTH_FALSE, shown); return;
    case MCDC_CHOICE: show_choice(n, shown); return;
    }
}

void mcdc_show(mcdc_node *root, mcdc_shown *shown) {
    value_up(root);
    show_down(root, shown);
}
