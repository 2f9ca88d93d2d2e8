// SPDX-License-Identifier: Apache-2.0
//
// Memory of the command and of the library: counted, so that a test can make the n-th allocation
// fail. What the command takes for itself lives to the end.
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void *resize(void *ctx, void *p, size_t old_size, size_t new_size) {
    (void)ctx;
    (void)old_size;
    if (new_size == 0) {
        free(p);
        return NULL;
    }
    return fails() ? NULL : realloc(p, new_size);
}

obstat_allocator memory_allocator(void) {
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
