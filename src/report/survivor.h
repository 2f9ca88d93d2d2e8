// SPDX-License-Identifier: Apache-2.0
//
// What is told of a mutant of the rules that the tests did not kill.
#ifndef OBSTAT_REPORT_SURVIVOR_H
#define OBSTAT_REPORT_SURVIVOR_H

#include "report/model.h"

typedef struct report_survivor {
    str fate;     // "survived"
    str of;       // the rule, definition or role, or several
    str kind;     // "a comparison"
    report_at at; // of what was changed
    str becomes;  // the line with the change in it
    str because;  // why it may survive; empty: nobody says so
} report_survivor;

void survivor_write(buf *out, const report_survivor *s, const report_options *options);

#endif
