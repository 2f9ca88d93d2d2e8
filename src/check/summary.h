// SPDX-License-Identifier: Apache-2.0
//
// What is said of a place as a whole: its clearance, the roles that would help, the questions.
#ifndef OBSTAT_CHECK_SUMMARY_H
#define OBSTAT_CHECK_SUMMARY_H

#include "check/run.h"

// Adds the clearance of a place from findings[from …]; `covered`: some policy covers it.
void summary_clearance(check_result *out, check_run *run, const check_query *q, size_t from,
                       bool covered);

// Adds the roles that ways of findings[from …] would fill, with candidates.
void summary_roles(check_result *out, check_run *run, size_t from);

// Gathers the questions of all findings.
void summary_questions(check_result *out, arena *a);

// Sorts findings by market, place, rule, subject.
void summary_sort(check_result *out, size_t from);

bool is_bad(outcome o); // asks for something to be done: violated, undetermined, review, upcoming,
                        // grace, error

#endif
