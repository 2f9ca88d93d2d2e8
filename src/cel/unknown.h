// SPDX-License-Identifier: Apache-2.0
//
// What an expression by itself depends on, when some of its data are not known.
#ifndef OBSTAT_CEL_UNKNOWN_H
#define OBSTAT_CEL_UNKNOWN_H

#include "cel/cel.h"
#include "cel/essential.h"

// `cells` hold the values that are not known, each VALUE_UNKNOWN, where the run's globals have
// them.
essential cel_unknown(cel_run *run, const expr *e, value *frame, const value_cells *cells);

#endif
