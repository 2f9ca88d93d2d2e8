// SPDX-License-Identifier: Apache-2.0
//
// Chunks of doubling size, linked; an allocation is a bump in the newest one. A request larger than
// the next chunk gets a chunk of its own size.
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// AddressSanitizer knows chunks alone. So the builds that have it are told what of a chunk is in
// use, and leave a gap behind each allocation, in which a write beyond its end is found.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(WATCHED)
void __asan_poison_memory_region(void const volatile *from, size_t size);
void __asan_unpoison_memory_region(void const volatile *from, size_t size);
#define CLOSE(from, size) __asan_poison_memory_region(from, size)
#define OPEN(from, size)  __asan_unpoison_memory_region(from, size)
enum { GAP = 16 };
#else
#define CLOSE(from, size) ((void)(from), (void)(size))
#define OPEN(from, size)  ((void)(from), (void)(size))
enum { GAP = 0 };
#endif

struct arena_chunk {
    arena_chunk *older;
    size_t size; // of `bytes`
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena_cleanup {
    arena_cleanup *older;
    void (*run)(void *);
    void *what;
};

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 18 };

static void *libc_resize(void *ctx, void *p, size_t old_size, size_t new_size) {
    (void)ctx;
    (void)old_size;
    if (new_size == 0) {
        free(p);
        return NULL;
    }
    return realloc(p, new_size);
}

const mem mem_libc = {libc_resize, NULL};

void arena_init(arena *a, const mem *m, guard *g, size_t limit) {
    *a = (arena){.mem = m, .guard = g, .limit = limit};
}

static void run_cleanups(arena *a, const arena_cleanup *until) {
    while (a->cleanups != until) {
        const arena_cleanup *c = a->cleanups;
        a->cleanups = c->older;
        c->run(c->what);
    }
}

static void drop_chunks(arena *a, const arena_chunk *until) {
    while (a->head != until) {
        arena_chunk *c = a->head;
        a->head = c->older;
        a->total -= sizeof *c + c->size;
        OPEN(c->bytes, c->size); // for whoever gets the memory next
        a->mem->resize(a->mem->ctx, c, sizeof *c + c->size, 0);
    }
}

void arena_free(arena *a) {
    run_cleanups(a, NULL);
    drop_chunks(a, NULL);
}

_Noreturn void arena_out_of_memory(arena *a) {
    longjmp(a->guard->env, 1);
}

static bool add_chunk(arena *a, size_t least) {
    size_t size = a->head ? a->head->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK) size = LARGEST_CHUNK;
    if (size < least) size = least;
    if (size > SIZE_MAX - sizeof(arena_chunk)) return false;
    size_t bytes = sizeof(arena_chunk) + size;
    if (a->limit && (a->total > a->limit || bytes > a->limit - a->total)) return false;
    arena_chunk *c = a->mem->resize(a->mem->ctx, NULL, 0, bytes);
    if (!c) return false;
    *c = (arena_chunk){.older = a->head, .size = size};
    CLOSE(c->bytes, size);
    a->head = c;
    a->total += bytes;
    return true;
}

static void *bump(arena *a, size_t size, size_t align) {
    arena_chunk *c = a->head;
    if (!c) return NULL;
    size_t pad = (size_t)(-(uintptr_t)(c->bytes + c->used) & (align - 1));
    if (c->size - c->used < pad || c->size - c->used - pad < size) return NULL;
    void *p = c->bytes + c->used + pad;
    c->used += pad + size;
    size_t left = c->size - c->used, gap = GAP;
    c->used += left < gap ? left : gap;
    OPEN(p, size);
    return memset(p, 0, size);
}

void *arena_try(arena *a, size_t size, size_t align) {
    void *p = bump(a, size, align);
    if (p || size > SIZE_MAX - align) return p;
    return add_chunk(a, size + align) ? bump(a, size, align) : NULL;
}

void *arena_alloc(arena *a, size_t size, size_t align) {
    void *p = arena_try(a, size, align);
    if (!p) arena_out_of_memory(a);
    return p;
}

void *arena_alloc_array(arena *a, size_t count, size_t size, size_t align) {
    if (size && count > SIZE_MAX / size) arena_out_of_memory(a);
    return arena_alloc(a, count * size, align);
}

void arena_on_reset(arena *a, void (*run)(void *), void *what) {
    arena_cleanup *c = arena_try(a, sizeof *c, _Alignof(arena_cleanup));
    if (!c) {
        run(what); // the caller has handed it over; nobody else would free it
        arena_out_of_memory(a);
    }
    *c = (arena_cleanup){a->cleanups, run, what};
    a->cleanups = c;
}

arena_mark arena_here(const arena *a) {
    return (arena_mark){a->head, a->head ? a->head->used : 0, a->cleanups};
}

void arena_reset(arena *a, arena_mark m) {
    run_cleanups(a, m.cleanups);
    drop_chunks(a, m.chunk);
    if (!a->head) return;
    a->head->used = m.used;
    CLOSE(a->head->bytes + m.used, a->head->size - m.used);
}

bool arena_lengthen(arena *a, const void *p, size_t old_size, size_t new_size) {
    arena_chunk *c = a->head;
    if (!p || !c || (const unsigned char *)p + old_size != c->bytes + c->used) return false;
    if (new_size - old_size > c->size - c->used) return false;
    memset(c->bytes + c->used, 0, new_size - old_size);
    c->used += new_size - old_size;
    return true;
}

static size_t first_capacity(size_t size) {
    return size <= 16 ? 8 : size <= 64 ? 4 : 2;
}

void *arena_widen(arena *a, void *items, size_t len, size_t *cap, size_t wanted, size_t size) {
    if (wanted > SIZE_MAX / size) arena_out_of_memory(a);
    bool longer = arena_lengthen(a, items, *cap * size, wanted * size);
    void *p = longer ? items : arena_alloc(a, wanted * size, _Alignof(max_align_t));
    if (!longer && len) memcpy(p, items, len * size);
    *cap = wanted;
    return p;
}

void *arena_grow(arena *a, void *items, size_t len, size_t *cap, size_t size) {
    return arena_widen(a, items, len, cap, *cap ? *cap * 2 : first_capacity(size), size);
}
