// SPDX-License-Identifier: Apache-2.0
//
// What one evaluation of a decision shows about its conditions: masking MC/DC for three values and
// errors. An evaluation shows a condition as true or false if that is what it gave and if the other
// value in its place, all else as it was, would turn the decision from true to false or back. Knows
// neither expressions nor rules.
#ifndef OBSTAT_AUTHOR_MCDC_H
#define OBSTAT_AUTHOR_MCDC_H

#include "check/run.h"

typedef enum mcdc_kind {
    MCDC_CONDITION,
    MCDC_NOT,   // one part
    MCDC_ALL,   // true where every part is: `&&`, and `all` with a part for each element
    MCDC_ANY,   // `||`, and `exists`
    MCDC_CHOICE // three parts: c ? x : y
} mcdc_kind;

#define MCDC_NOBODYS UINT32_MAX // a condition that is not asked about

typedef struct mcdc_node {
    mcdc_kind kind;
    truth value;     // of a condition as it was observed; of the others mcdc_show writes it
    uint32_t number; // of the condition; several nodes may have one, as elements of a list do
    uint32_t count;
    struct mcdc_node *parts;
} mcdc_node;

// How a condition has been shown, by its number.
typedef struct mcdc_shown {
    bool as_true, as_false;
} mcdc_shown;

// Adds what this evaluation shows to `shown`. Its depth is that of the expression it was made from.
void mcdc_show(mcdc_node *root, mcdc_shown *shown);

#endif
