// SPDX-License-Identifier: Apache-2.0
//
// Small questions about dates and places that several checks ask, and the lints of src/author.
#ifndef OBSTAT_LAW_LOOKUP_H
#define OBSTAT_LAW_LOOKUP_H

#include "law/ruleset.h"

// Whether some case covers the day, whatever its condition.
bool cases_cover(const cases *c, day on);

// By date alone: a case with a condition may hold.
bool policy_may_be_in_force(const policy *p, day on);

// Whether a rule may be in force; dates of its windows that are worked out are taken for any day.
bool rule_may_hold(const rule *r, day on);

// Whether the setting decides at the place on the day.
bool setting_holds(const ruleset *r, const setting *s, str place, day on);

// Whether a place lies in another, other one on any day.
bool place_lies_in(const places *p, str inner, str outer);

typedef vec(str) codes;

// The code and all places and groups that it lies in on any day, each once.
void place_containers(const places *p, arena *a, str code, codes *out);

#endif
