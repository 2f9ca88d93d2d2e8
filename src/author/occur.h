// SPDX-License-Identifier: Apache-2.0
//
// Whether a condition can be shown at all, whatever a manifest says.
#ifndef OBSTAT_AUTHOR_OCCUR_H
#define OBSTAT_AUTHOR_OCCUR_H

#include "author/decisions.h"

typedef enum occurrence {
    OCCURS_PERHAPS,   // nothing in the conditions speaks against it
    OCCURS_NEVER,     // proved
    OCCURS_UNDECIDED, // beyond the bound
} occurrence;

// Needs memory only while it runs.
occurrence condition_occurs(arena *scratch, const ruleset *rules, const rule_decisions *of,
                            uint32_t number, bool as);

#endif
