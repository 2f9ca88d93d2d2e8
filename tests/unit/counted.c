// SPDX-License-Identifier: Apache-2.0
//
// Memory that runs out, for the tests of what happens then.
#include "counted.h"

static void *resize(void *ctx, void *p, size_t old_size, size_t new_size) {
    counter *c = ctx;
    if (new_size > 0) {
        if (c->left == 0) return NULL;
        c->left--;
    }
    void *q = mem_libc.resize(NULL, p, old_size, new_size);
    if (q || new_size == 0) c->held += new_size - old_size;
    return q;
}

mem counted_mem(counter *c) {
    return (mem){resize, c};
}
