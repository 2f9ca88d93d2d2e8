// SPDX-License-Identifier: Apache-2.0
//
// How far an evaluation is from showing a condition: the number of conditions that would have to be
// otherwise. Zero exactly where it is shown.
#ifndef OBSTAT_AUTHOR_DISTANCE_H
#define OBSTAT_AUTHOR_DISTANCE_H

#include "author/mcdc.h"

enum { DISTANCE_FAR = 1000000 }; // it cannot be said

// Of an observed decision; the values need not be filled in.
unsigned mcdc_distance(const mcdc_node *root, uint32_t number, bool as);

#endif
