// SPDX-License-Identifier: Apache-2.0
//
// A loaded policy as text, all of it, for tests of what was read.
#ifndef OBSTAT_UNIT_LAW_POLICY_DUMP_H
#define OBSTAT_UNIT_LAW_POLICY_DUMP_H

#include "law/policy.h"

void dump_policy(buf *out, const policy *p);

// Dated choices as `[FROM..UNTIL) when CONDITION: VALUE; …`.
void dump_expr(buf *out, const expr *e);

#endif
