// SPDX-License-Identifier: Apache-2.0
//
// A table from text to a pointer. Keys are borrowed. Iteration is in the order of insertion, so
// that nothing that a user sees depends on a hash.
#ifndef OBSTAT_BASE_MAP_H
#define OBSTAT_BASE_MAP_H

#include "base/str.h"

typedef struct map_entry {
    str key;
    void *value;
} map_entry;

typedef struct map {
    map_entry *entries; // in order of insertion
    size_t len, cap;
    uint32_t *slots; // entry number + 1, 0: free
    size_t slot_count;
} map;

void *map_get(const map *m, str key); // NULL: none
bool map_has(const map *m, str key);
void map_put(arena *a, map *m, str key, void *value); // replaces the value of an equal key

#endif
