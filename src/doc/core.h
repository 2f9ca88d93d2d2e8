// SPDX-License-Identifier: Apache-2.0
//
// YAML 1.2's core schema: what an unquoted text means. Nothing of YAML 1.1 is in it: `NO`, `on`,
// `1_000` and `12:30` are texts.
#ifndef OBSTAT_DOC_CORE_H
#define OBSTAT_DOC_CORE_H

#include "doc/doc.h"

typedef struct core_value {
    node_kind kind; // NODE_STRING where no other form fits
    bool too_large; // the text has the form of a number that 64 bits do not hold
    union {
        bool b;
        int64_t i;
        double d;
    } u;
} core_value;

core_value core_read(str text);

// Writes one form for all spellings of a value (`0x1` and `01` as "1", `TRUE` as "true"), so that
// they can be told to be one key; the text itself where it stands for itself.
str core_canonical(arena *a, str text);

#endif
