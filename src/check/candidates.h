// SPDX-License-Identifier: Apache-2.0
//
// Candidates for a role at the place of a run.
#ifndef OBSTAT_CHECK_CANDIDATES_H
#define OBSTAT_CHECK_CANDIDATES_H

#include "check/run.h"

typedef vec(candidate) candidate_list;

// Those of the manifest first, then registries'. Returns how many of the registries' are not
// listed.
size_t candidates_of(candidate_list *out, check_run *run, const role_def *role);

#endif
