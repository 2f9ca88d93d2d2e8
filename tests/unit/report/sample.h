// SPDX-License-Identifier: Apache-2.0
// A report made by hand, with one of everything that a format must show.
#ifndef OBSTAT_UNIT_REPORT_SAMPLE_H
#define OBSTAT_UNIT_REPORT_SAMPLE_H

#include "report/model.h"

report *sample_report(arena *a);

#endif
