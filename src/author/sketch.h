// SPDX-License-Identifier: Apache-2.0
//
// A manifest in the making: a tree that can be changed, read by paths as reasons write them
// ("models[m1].registrations[r1].kind"), and written as JSON. Knows no vocabulary. Private to
// src/author.
#ifndef OBSTAT_AUTHOR_SKETCH_H
#define OBSTAT_AUTHOR_SKETCH_H

#include "doc/doc.h"

typedef enum knot_kind { KNOT_SCALAR, KNOT_LIST, KNOT_MAP } knot_kind;

typedef struct knot knot;
struct knot {
    knot_kind kind;
    str key;  // in a map
    str text; // a scalar, as JSON
    vec(knot *) parts;
};

knot *knot_scalar(arena *a, str json);
knot *knot_text(arena *a, str text);
knot *knot_list(arena *a);
knot *knot_map(arena *a);
void knot_add(arena *a, knot *list, knot *item);
void knot_put(arena *a, knot *map, str key, knot *part); // replaces
knot *knot_get(const knot *map, str key);                // NULL: none
knot *knot_copy(arena *a, const knot *k);

// Puts it where the path leads; entries and maps on the way that are not there are made. False: the
// path leads through a scalar.
bool sketch_set(arena *a, knot *root, str path, knot *what);

// Adds the entry to a list of the top level, unless one of its id is there.
void sketch_need(arena *a, knot *root, str list, const knot *entry);

void knot_write(buf *out, const knot *k);

#endif
