// SPDX-License-Identifier: Apache-2.0
//
// The tests that are missing: for each value of a condition that no case has shown, a small change
// to the facts of some case that would show it. What must come of it is not proposed.
#ifndef OBSTAT_AUTHOR_PROPOSE_H
#define OBSTAT_AUTHOR_PROPOSE_H

#include "author/coverage.h"

// Runs the tests once more, and fills in `missing` of the conditions of `c`.
void propose_tests(coverage *c, rule_tests *tests, known_rules *rules);

#endif
