// SPDX-License-Identifier: Apache-2.0
//
// A small world for tests of src/law, and rules folders in memory. No name of the shipped rules
// occurs in it.
#ifndef OBSTAT_UNIT_LAW_WORLD_H
#define OBSTAT_UNIT_LAW_WORLD_H

#include "cases/cases.h"
#include "law/ruleset.h"

extern const char world_vocabulary[]; // stands alone
extern const char world_places[];     // AA, AA-N, AA-N-X, AA-S (which is DD), BB, CC, DD

typedef struct world_folder {
    str name;
    bool installed;
    const case_file *files; // names with slashes: "aa/jurisdiction.yaml"
    size_t count;
} world_folder;

// The folder as a loader sees it; `folder` must live as long. A file of the name "broken" cannot be
// read.
rules_folder world_rules(world_folder *folder);

#endif
