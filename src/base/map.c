// SPDX-License-Identifier: Apache-2.0
//
// Open addressing over an array of entries; at most half of the slots are in use.
#include "base/map.h"

#include <string.h>

static size_t slot_of(const map *m, str key) {
    size_t mask = m->slot_count - 1;
    size_t i = (size_t)str_hash(key, 0) & mask;
    while (m->slots[i] && !str_eq(m->entries[m->slots[i] - 1].key, key))
        i = (i + 1) & mask;
    return i;
}

static const map_entry *find(const map *m, str key) {
    if (m->slot_count == 0) return NULL;
    uint32_t n = m->slots[slot_of(m, key)];
    return n ? &m->entries[n - 1] : NULL;
}

void *map_get(const map *m, str key) {
    const map_entry *e = find(m, key);
    return e ? e->value : NULL;
}

bool map_has(const map *m, str key) {
    return find(m, key) != NULL;
}

static void rehash(arena *a, map *m) {
    m->slot_count = m->slot_count ? m->slot_count * 2 : 16;
    m->slots = arena_array(a, uint32_t, m->slot_count);
    for (size_t i = 0; i < m->len; i++)
        m->slots[slot_of(m, m->entries[i].key)] = (uint32_t)i + 1;
}

void map_put(arena *a, map *m, str key, void *value) {
    if (m->len * 2 >= m->slot_count) rehash(a, m);
    size_t slot = slot_of(m, key);
    if (m->slots[slot]) {
        m->entries[m->slots[slot] - 1].value = value;
        return;
    }
    if (m->len == m->cap)
        m->entries = arena_grow(a, m->entries, m->len, &m->cap, sizeof *m->entries);
    m->entries[m->len++] = (map_entry){key, value};
    m->slots[slot] = (uint32_t)m->len;
}
