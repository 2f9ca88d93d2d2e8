// SPDX-License-Identifier: Apache-2.0
// What a file of unit tests includes: CUnit, and the prototypes of all suites of suites.def.
//
// A file ends with its register function:
//
//     int register_dates(void) {
//         static CU_TestInfo tests[] = {
//             {"a leap day", a_leap_day},
//             CU_TEST_INFO_NULL,
//         };
//         return unit_suite("dates", tests);
//     }
#ifndef OBSTAT_UNIT_UNIT_H
#define OBSTAT_UNIT_UNIT_H

#include "base/str.h"

#include <CUnit/CUnit.h>

// Adds a suite of these tests (a static array that CU_TEST_INFO_NULL ends). 0, or -1 if CUnit
// refuses.
int unit_suite(const char *name, CU_TestInfo *tests);

// Memory for the arenas of tests: where there is none the program ends, so they need no guard.
extern const mem unit_mem;

// An empty arena, whose contents live until the next call; where there is no memory the program
// ends.
arena *unit_arena(void);

#define CHECK_STR(s, expected) CU_ASSERT_TRUE(unit_str_is((s), (expected), __FILE__, __LINE__))

// Prints both texts where they differ.
bool unit_str_is(str s, const char *expected, const char *file, int line);

// For a test whose data is not here: says so and counts it as skipped. The test then returns.
void unit_skip(const char *what);

#define SUITE(name) int register_##name(void);
#include "suites.def"
#undef SUITE

#endif
