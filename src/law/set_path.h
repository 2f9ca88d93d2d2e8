// SPDX-License-Identifier: Apache-2.0
//
// Paths and values of `set:`. Private to src/law.
#ifndef OBSTAT_LAW_SET_PATH_H
#define OBSTAT_LAW_SET_PATH_H

#include "law/link.h"

// What a path leads to.
typedef struct set_target {
    const fact *fact;         // a fact, or NULL:
    const record_def *record; // a record: on the way, or a metric as a whole
    bool whole_record;
    bool unchecked; // an element of which nothing is known
} set_target;

// False: there is no such fact (said so).
bool set_path(linker *l, const rule *r, const node *key, set_target *out);

// The facts that a record in CEL is made of; NULL: it is none of the vocabulary's.
const record_def *record_def_of(const vocabulary *v, const type *t);

#endif
