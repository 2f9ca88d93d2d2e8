// SPDX-License-Identifier: Apache-2.0
//
// Small changes to the facts of a launch that may tell the conditions of a rule apart: another cell
// of a number or date, another word, one word or reference more or less in a list, one entry less.
// Written as the patch that makes them in a manifest. Knows no conditions.
#ifndef OBSTAT_AUTHOR_VARIATIONS_H
#define OBSTAT_AUTHOR_VARIATIONS_H

#include "author/reads.h"
#include "check/run.h"

typedef struct variation {
    cell cell;
    value v;
    str text;            // of the value in a manifest
    const record *added; // an entry like another one, which the list has besides; or NULL
} variation;

typedef vec(variation) variations;

// Adds the changes to one cell. `literals` are what the rule compares with.
void variations_of(variations *out, check_run *run, const rule *r, const reads *literals, cell c);

// Whether an entry is one that a variation has added.
bool variation_added(const record *r);

// The changes as YAML, as it stands under `with:`; false: they cannot be written as a patch.
bool variations_write(buf *out, check_run *run, const variation *changes, size_t count);

#endif
