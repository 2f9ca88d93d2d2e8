// SPDX-License-Identifier: Apache-2.0
// A small world of facts for tests of the checker: records, enums, keyed lists, what may be none.
#ifndef OBSTAT_UNIT_CEL_FACTS_H
#define OBSTAT_UNIT_CEL_FACTS_H

#include "cel/cel.h"

// Facts: as_of (stands alone), place, places, operator, features, models, market, notices (keyed),
// labels, quota. Functions: the standard ones, and `listed` and `within`, whose literals are
// judged.
cel_env *facts_env(arena *a);

// The each-names `feature` and `model`, in slots 0 and 1.
const cel_scope *facts_scope(arena *a, const cel_env *env);

#endif
