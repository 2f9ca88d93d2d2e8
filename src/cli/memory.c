// SPDX-License-Identifier: Apache-2.0
//
// Memory of the command and of the library: counted, so that a test can make the n-th allocation
// fail. What the command takes for itself lives to the end. What the library takes comes from one
// pool first: a run touches some ten megabytes once, and a kernel that gives them in small pages
// takes a fifth of the run for it.
#include "cli/cli.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

typedef struct block block;
struct block {
    block *older;
    _Alignas(max_align_t) unsigned char bytes[];
};

// The one place of the program with state of its own: the command runs once.
static struct {
    size_t count, fail_at;
    block *blocks;
} memory;

static bool fails(void) {
    return ++memory.count == memory.fail_at;
}

// --- the pool: a bump, given back from the top; what is freed below the top waits in a list for
// somebody who asks for nearly as much, and is warm by then

// Sanitizers watch each allocation of libc, but nothing within a mapping.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(WATCHED)
enum { POOL_SIZE = 0 };
#else
enum { POOL_SIZE = 32 << 20 };
#endif
enum { HUGE_PAGE = 2 << 20, ALIGN = 64 };

typedef struct hole hole;
struct hole {
    hole *next;
    size_t size;
};

static struct {
    unsigned char *start, *top, *end; // NULL: there is none, and libc serves everything
    hole *holes;
} pool;

static void pool_open(void) {
    if (POOL_SIZE == 0) return;
    void *p = mmap(NULL, POOL_SIZE + HUGE_PAGE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) return;
    pool.start = (unsigned char *)p + (size_t)(-(uintptr_t)p & (HUGE_PAGE - 1));
    pool.top = pool.start;
    pool.end = pool.start + POOL_SIZE;
    madvise(pool.start, POOL_SIZE, MADV_HUGEPAGE); // where it is refused, pages are small
}

static size_t pool_room(size_t size) {
    return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static bool in_pool(const void *p) {
    return pool.start && (uintptr_t)p >= (uintptr_t)pool.start &&
           (uintptr_t)p < (uintptr_t)pool.end;
}

static void *from_hole(size_t room) {
    for (hole **h = &pool.holes; *h; h = &(*h)->next) {
        hole *found = *h;
        if (found->size < room || found->size > room * 2) continue;
        *h = found->next;
        return found;
    }
    return NULL;
}

static void *pool_take(size_t size) {
    if (!pool.start || size > POOL_SIZE) return NULL;
    size_t room = pool_room(size);
    void *p = from_hole(room);
    if (p || room > (size_t)(pool.end - pool.top)) return p;
    p = pool.top;
    pool.top += room;
    return p;
}

static void pool_give(unsigned char *p, size_t size) {
    size_t room = pool_room(size);
    hole *h = (hole *)(void *)p;
    if (p + room == pool.top) {
        pool.top = p;
        return;
    }
    *h = (hole){pool.holes, room};
    pool.holes = h;
}

// --- as the library asks for it

static void drop(void *p, size_t size) {
    if (in_pool(p))
        pool_give(p, size);
    else
        free(p);
}

static void *resize(void *ctx, void *p, size_t old_size, size_t new_size) {
    (void)ctx;
    if (new_size == 0) {
        drop(p, old_size);
        return NULL;
    }
    if (fails()) return NULL;
    if (p && !in_pool(p)) return realloc(p, new_size);
    void *more = pool_take(new_size);
    if (!more) more = malloc(new_size);
    if (more && p) {
        memcpy(more, p, old_size < new_size ? old_size : new_size);
        drop(p, old_size);
    }
    return more;
}

obstat_allocator memory_allocator(void) {
    pool_open();
    return (obstat_allocator){resize, NULL};
}

void memory_fail_at(size_t n) {
    memory.fail_at = n;
}

size_t memory_count(void) {
    return memory.count;
}

void memory_free_all(void) {
    while (memory.blocks) {
        block *older = memory.blocks->older;
        free(memory.blocks);
        memory.blocks = older;
    }
}

void *memory_take(size_t size) {
    block *b = fails() || size > SIZE_MAX - sizeof *b ? NULL : malloc(sizeof *b + size);
    if (!b) {
        fputs("obstat: out of memory\n", stderr);
        exit(EXIT_INSIDE);
    }
    b->older = memory.blocks;
    memory.blocks = b;
    memset(b->bytes, 0, size);
    return b->bytes;
}

char *memory_text(const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    int length = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    size_t room = length < 0 ? 1 : (size_t)length + 1;
    char *text = memory_take(room);
    va_start(args, fmt);
    vsnprintf(text, room, fmt, args);
    va_end(args);
    return text;
}

// The list grows whenever its length is a power of two.
void texts_add(texts *list, const char *text) {
    if ((list->count & (list->count - 1)) == 0) {
        const char **more = memory_take((list->count ? list->count * 2 : 1) * sizeof *more);
        if (list->count) memcpy(more, list->at, list->count * sizeof *more);
        list->at = more;
    }
    list->at[list->count++] = text;
}
