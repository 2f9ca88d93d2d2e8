// SPDX-License-Identifier: Apache-2.0
//
// A finding explained: the lines of the rule that decided it, each taken apart down to the facts.
#ifndef OBSTAT_CHECK_EXPLAIN_H
#define OBSTAT_CHECK_EXPLAIN_H

#include "check/run.h"

// Fills `explained` and `sentence` of a finding for the subject in `frame`.
void explain_finding(check_run *run, finding *f, value *frame);

#endif
