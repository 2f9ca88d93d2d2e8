// SPDX-License-Identifier: Apache-2.0
//
// Memory that runs out: a counter lets so many allocations through, and knows what is still held.
#ifndef OBSTAT_UNIT_COUNTED_H
#define OBSTAT_UNIT_COUNTED_H

#include "base/arena.h"

typedef struct counter {
    size_t left; // allocations that succeed
    size_t held; // bytes
} counter;

// Memory of libc by that counter, which must outlive it.
mem counted_mem(counter *c);

#endif
