// SPDX-License-Identifier: Apache-2.0
//
// Memory by lifetime: everything that lives as long as one ruleset, document or run is taken from
// one arena and given back at once. The only place that asks the allocator for memory, and the only
// place from which "out of memory" leaves. It knows nothing of what is stored in it.
#ifndef OBSTAT_BASE_ARENA_H
#define OBSTAT_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

// One function for all memory, after Lua's: `resize(ctx, NULL, 0, n)` allocates, `resize(ctx, p,
// old, 0)` frees and returns NULL, else it resizes. Returns NULL when there is no memory (p stays
// valid).
typedef struct mem {
    void *(*resize)(void *ctx, void *p, size_t old_size, size_t new_size);
    void *ctx;
} mem;

// malloc and free of libc.
extern const mem mem_libc;

// The guarded exit. A public function sets it once (`if (setjmp(g.env)) …`); arenas leave through
// it. Nothing between the two may hold a resource that only it can free, and no foreign frame (a
// callback of libyaml or PCRE2) may lie between them.
typedef struct guard {
    jmp_buf env;
} guard;

typedef struct arena_chunk arena_chunk;
typedef struct arena_cleanup arena_cleanup;

typedef struct arena {
    const mem *mem;
    guard *guard;
    arena_chunk *head;       // the newest chunk, the one that is filled
    arena_cleanup *cleanups; // newest first
    size_t total;            // bytes taken from `mem`
    size_t limit;            // never more than this; 0: no limit
} arena;

typedef struct arena_mark {
    arena_chunk *chunk;
    size_t used;
    arena_cleanup *cleanups;
} arena_mark;

void arena_init(arena *a, const mem *m, guard *g, size_t limit);

// Runs the clean-ups, newest first, and gives all memory back. Safe on a zeroed arena.
void arena_free(arena *a);

// Zeroed memory; never NULL. Leaves through the guard when there is none.
void *arena_alloc(arena *a, size_t size, size_t align);

// The same, but NULL instead of leaving: for callbacks of foreign code.
void *arena_try(arena *a, size_t size, size_t align);

// Leaves through the guard, as a failed allocation does.
_Noreturn void arena_out_of_memory(arena *a);

// Has `run(what)` called when the arena is freed or reset below this point.
void arena_on_reset(arena *a, void (*run)(void *), void *what);

arena_mark arena_here(const arena *a);
void arena_reset(arena *a, arena_mark m);

#define arena_new(a, T)      ((T *)arena_alloc((a), sizeof(T), _Alignof(T)))
#define arena_array(a, T, n) ((T *)arena_alloc_array((a), (n), sizeof(T), _Alignof(T)))

// Zeroed memory for `count` items of `size` bytes, the product checked.
void *arena_alloc_array(arena *a, size_t count, size_t size, size_t align);

// Makes the newest allocation longer where it is, with zeroed memory; false: it is not the newest,
// or its chunk has no room.
bool arena_lengthen(arena *a, const void *p, size_t old_size, size_t new_size);

// A growable array: `vec(int) v = {0}; vec_push(a, &v, 3); v.at[0]; v.len`. One that cannot grow
// where it is leaves its old copies behind in the arena; that costs at most as much again.
#define vec(T)                                                                                     \
    struct {                                                                                       \
        T *at;                                                                                     \
        size_t len, cap;                                                                           \
    }
#define vec_push(a, v, ...)                                                                        \
    do {                                                                                           \
        if ((v)->len == (v)->cap)                                                                  \
            (v)->at = arena_grow((a), (v)->at, (v)->len, &(v)->cap, sizeof *(v)->at);              \
        (v)->at[(v)->len++] = (__VA_ARGS__);                                                       \
    } while (0)

// Makes room for `more` items at once, for twice as many as there is room for at least: who does it
// again and again leaves no more behind than who pushes one by one.
#define vec_reserve(a, v, more)                                                                    \
    do {                                                                                           \
        if ((v)->cap - (v)->len < (more))                                                          \
            (v)->at =                                                                              \
                arena_widen((a), (v)->at, (v)->len, &(v)->cap,                                     \
                            (v)->len + (more) > (v)->cap * 2 ? (v)->len + (more) : (v)->cap * 2,   \
                            sizeof *(v)->at);                                                      \
    } while (0)

void *arena_grow(arena *a, void *items, size_t len, size_t *cap, size_t size);
void *arena_widen(arena *a, void *items, size_t len, size_t *cap, size_t wanted, size_t size);

#endif
