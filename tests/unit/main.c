// SPDX-License-Identifier: Apache-2.0
// Runs the unit tests: all suites of suites.def, or those named on the command line. It knows no
// test; tests/unit/unit.h says how a file brings its own. The last line is the one that tests/run
// adds up.
#include "unit.h"

#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct suite {
    const char *name;
    int (*add)(void);
};

static const struct suite suites[] = {
#define SUITE(name) {#name, register_##name},
#include "suites.def"
#undef SUITE
    {NULL, NULL},
};

int unit_suite(const char *name, CU_TestInfo *tests) {
    CU_SuiteInfo info[] = {{name, NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
    return CU_register_suites(info) == CUE_SUCCESS ? 0 : -1;
}

static void *resize(void *ctx, void *p, size_t old_size, size_t new_size) {
    void *q = mem_libc.resize(ctx, p, old_size, new_size);
    if (!q && new_size) abort();
    return q;
}

const mem unit_mem = {resize, NULL};
static arena shared_arena;

arena *unit_arena(void) {
    arena_free(&shared_arena);
    arena_init(&shared_arena, &unit_mem, NULL, 0);
    return &shared_arena;
}

bool unit_str_is(str s, const char *expected, const char *file, int line) {
    if (str_is(s, expected)) return true;
    printf("\n%s:%d: got \"%.*s\", not \"%s\"\n", file, line, STR_ARG(s), expected);
    return false;
}

static unsigned skipped;

void unit_skip(const char *what) {
    printf("skipped: %s is not here ", what);
    skipped++;
}

static const struct suite *find(const char *name) {
    for (const struct suite *s = suites; s->name; s++)
        if (strcmp(s->name, name) == 0) return s;
    return NULL;
}

static int add(const struct suite *s) {
    if (s->add() == 0) return 0;
    fprintf(stderr, "unit-tests: suite %s cannot be added: %s\n", s->name, CU_get_error_msg());
    return -1;
}

static int add_all(void) {
    for (const struct suite *s = suites; s->name; s++)
        if (add(s) != 0) return -1;
    return 0;
}

static int add_named(int n, char **names) {
    for (int i = 0; i < n; i++) {
        const struct suite *s = find(names[i]);
        if (!s) {
            fprintf(stderr, "unit-tests: no suite %s in suites.def\n", names[i]);
            return -1;
        }
        if (add(s) != 0) return -1;
    }
    return 0;
}

int main(int argc, char **argv) {
    if (CU_initialize_registry() != CUE_SUCCESS) return EXIT_FAILURE;
    if ((argc > 1 ? add_named(argc - 1, argv + 1) : add_all()) != 0) return EXIT_FAILURE;
    CU_basic_set_mode(CU_BRM_NORMAL);
    CU_basic_run_tests();
    unsigned run = CU_get_number_of_tests_run();
    unsigned failed = CU_get_number_of_tests_failed() + CU_get_number_of_suites_failed();
    CU_cleanup_registry();
    arena_free(&shared_arena);
    printf("%u passed, %u failed", run - CU_get_number_of_tests_failed() - skipped, failed);
    if (skipped) printf(", %u skipped", skipped);
    printf("\n");
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
