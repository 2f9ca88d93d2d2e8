// SPDX-License-Identifier: Apache-2.0
#ifndef OBSTAT_OBSTAT_COVERAGE_H
#define OBSTAT_OBSTAT_COVERAGE_H

#include "author/coverage.h"
#include "report/coverage.h"

report_coverage object_coverage(arena *a, const coverage_result *from);

#endif
