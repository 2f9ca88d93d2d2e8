// SPDX-License-Identifier: Apache-2.0
// Arenas: what they promise about memory, clean-ups and the one way out when there is none.
#include "base/arena.h"
#include "unit.h"

#include <stdint.h>
#include <string.h>

// An allocator that counts what is outstanding, and refuses from the n-th request on.
struct meter {
    size_t outstanding, requests, refuse_at; // refuse_at 0: never
};

static void *metered(void *ctx, void *p, size_t old_size, size_t new_size) {
    struct meter *m = ctx;
    if (new_size && m->refuse_at && ++m->requests >= m->refuse_at) return NULL;
    m->outstanding = m->outstanding - old_size + new_size;
    return mem_libc.resize(NULL, p, old_size, new_size);
}

static void memory_is_aligned_and_zeroed(void) {
    arena *a = unit_arena();
    for (size_t align = 1; align <= 16; align *= 2) {
        for (size_t size = 0; size < 200; size += 7) {
            unsigned char *p = arena_alloc(a, size, align);
            CU_ASSERT((uintptr_t)p % align == 0);
            for (size_t i = 0; i < size; i++)
                CU_ASSERT_FATAL(p[i] == 0);
            memset(p, 0xaa, size);
        }
    }
}

static void reset_gives_back_zeroed_memory(void) {
    arena *a = unit_arena();
    arena_mark m = arena_here(a);
    for (int round = 0; round < 3; round++) {
        unsigned char *p = arena_alloc(a, 10000, 8);
        for (size_t i = 0; i < 10000; i++)
            CU_ASSERT_FATAL(p[i] == 0);
        memset(p, 0xff, 10000);
        arena_reset(a, m);
    }
}

static void all_memory_is_returned(void) {
    struct meter meter = {0};
    mem m = {metered, &meter};
    guard g;
    arena a;
    arena_init(&a, &m, &g, 0);
    for (size_t size = 1; size < 3000000; size *= 3)
        arena_alloc(&a, size, 8);
    CU_ASSERT(meter.outstanding == a.total);
    arena_free(&a);
    CU_ASSERT(meter.outstanding == 0 && a.total == 0);
    arena_free(&a);
}

static void nothing_is_taken_beyond_the_limit(void) {
    struct meter meter = {0};
    mem m = {metered, &meter};
    guard g;
    arena a;
    arena_init(&a, &m, &g, 100000);
    CU_ASSERT_PTR_NULL(arena_try(&a, 200000, 1));
    volatile int taken = 0;
    if (setjmp(g.env) == 0)
        for (;; taken++)
            arena_alloc(&a, 1000, 8);
    CU_ASSERT(taken > 50 && taken < 100);
    CU_ASSERT(meter.outstanding <= 100000);
    arena_free(&a);
}

static void request_until_refused(struct meter *meter) {
    mem m = {metered, meter};
    guard g;
    arena a;
    arena_init(&a, &m, &g, 0);
    volatile bool left = false;
    if (setjmp(g.env) == 0)
        for (int i = 0; i < 10; i++)
            arena_alloc(&a, 100000, 8);
    else
        left = true;
    CU_ASSERT(left);
    arena_free(&a);
    CU_ASSERT(meter->outstanding == 0);
}

static void out_of_memory_leaves_through_the_guard(void) {
    for (size_t n = 1; n <= 3; n++)
        request_until_refused(&(struct meter){.refuse_at = n});
}

static void a_product_that_overflows_is_out_of_memory(void) {
    guard g;
    arena a;
    arena_init(&a, &mem_libc, &g, 0);
    volatile int left = 0;
    if (setjmp(g.env) == 0)
        arena_alloc_array(&a, SIZE_MAX / 2, 4, 1);
    else
        left++;
    if (setjmp(g.env) == 0)
        arena_alloc(&a, SIZE_MAX, 1);
    else
        left++;
    CU_ASSERT(left == 2);
    arena_free(&a);
}

static char order[8];

static void note(void *letter) {
    size_t n = strlen(order);
    order[n] = *(char *)letter;
    order[n + 1] = 0;
}

static void clean_ups_run_newest_first_and_once(void) {
    static char letters[] = "abc";
    arena *a = unit_arena();
    order[0] = 0;
    arena_on_reset(a, note, &letters[0]);
    arena_mark m = arena_here(a);
    arena_on_reset(a, note, &letters[1]);
    arena_on_reset(a, note, &letters[2]);
    arena_reset(a, m);
    CU_ASSERT_STRING_EQUAL(order, "cb");
    arena_free(a);
    CU_ASSERT_STRING_EQUAL(order, "cba");
}

static void a_clean_up_without_memory_runs_at_once(void) {
    static char letter = 'x';
    struct meter meter = {.refuse_at = 1};
    mem m = {metered, &meter};
    guard g;
    arena a;
    arena_init(&a, &m, &g, 0);
    order[0] = 0;
    if (setjmp(g.env) == 0) arena_on_reset(&a, note, &letter);
    arena_free(&a);
    CU_ASSERT_STRING_EQUAL(order, "x");
}

// As a report does that takes in one manifest after the other.
static void room_taken_again_and_again_costs_no_square(void) {
    arena *a = unit_arena();
    vec(size_t) v = {0};
    for (size_t i = 0; i < 1000; i++) {
        arena_new(a, char); // so that nothing grows where it is
        vec_reserve(a, &v, 10);
        for (size_t k = 0; k < 10; k++)
            vec_push(a, &v, i);
    }
    CU_ASSERT(v.len == 10000 && v.at[9999] == 999);
    CU_ASSERT(a->total < 8 * v.len * sizeof *v.at); // each room twice the last one, and chunks
}

static void a_vector_keeps_what_was_pushed(void) {
    arena *a = unit_arena();
    vec(size_t) v = {0};
    for (size_t i = 0; i < 1000; i++)
        vec_push(a, &v, i * i);
    CU_ASSERT(v.len == 1000);
    for (size_t i = 0; i < 1000; i++)
        CU_ASSERT(v.at[i] == i * i);
}

int register_arena(void) {
    static CU_TestInfo tests[] = {
        {"memory is aligned and zeroed", memory_is_aligned_and_zeroed},
        {"reset gives back zeroed memory", reset_gives_back_zeroed_memory},
        {"all memory is returned", all_memory_is_returned},
        {"nothing is taken beyond the limit", nothing_is_taken_beyond_the_limit},
        {"out of memory leaves through the guard", out_of_memory_leaves_through_the_guard},
        {"a product that overflows is out of memory", a_product_that_overflows_is_out_of_memory},
        {"clean-ups run newest first and once", clean_ups_run_newest_first_and_once},
        {"a clean-up without memory runs at once", a_clean_up_without_memory_runs_at_once},
        {"a vector keeps what was pushed", a_vector_keeps_what_was_pushed},
        {"room taken again and again costs no square", room_taken_again_and_again_costs_no_square},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("arena", tests);
}
