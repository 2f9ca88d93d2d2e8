// SPDX-License-Identifier: Apache-2.0
//
// How the two steps of loading see the files of rules folders. For src/law/ruleset*.c alone.
#ifndef OBSTAT_LAW_RULES_FILES_H
#define OBSTAT_LAW_RULES_FILES_H

#include "law/ruleset.h"

// All documents of a file, read within the default limits; the format by its name. False: mistakes
// were said, and there are none.
bool rules_read(docs *out, arena *a, diags *d, const rules_folder *folder, str path);

// The entries of a folder that may be read, sorted by name, without hidden ones: those that end
// with a slash, or the files of a name that ends with .yaml, .yml or .json.
bool rules_list(str **out, size_t *count, arena *a, diags *d, const rules_folder *folder, str path,
                bool folders);

// Whether anything of a folder is loaded: an installed one is not where a vocabulary stands alone.
bool rules_used(const ruleset *r, const rules_folder *folder);

#endif
