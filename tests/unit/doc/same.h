// SPDX-License-Identifier: Apache-2.0
//
// Whether two readings of one text are the same, for unit tests and fuzz targets.
#ifndef OBSTAT_UNIT_DOC_SAME_H
#define OBSTAT_UNIT_DOC_SAME_H

#include "doc/doc.h"

bool same_trees(const docs *a, const docs *b);   // values, styles and places
bool same_diags(const diags *a, const diags *b); // messages and places

#endif
