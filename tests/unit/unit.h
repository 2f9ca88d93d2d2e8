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

#include <CUnit/CUnit.h>

// Adds a suite of these tests (a static array that CU_TEST_INFO_NULL ends). 0, or -1 if CUnit
// refuses.
int unit_suite(const char *name, CU_TestInfo *tests);

#define SUITE(name) int register_##name(void);
#include "suites.def"
#undef SUITE

#endif
