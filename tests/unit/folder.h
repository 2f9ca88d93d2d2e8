// SPDX-License-Identifier: Apache-2.0
//
// A rules folder on disk, for unit tests: what the command does with the user's folders, in short.
#ifndef OBSTAT_UNIT_FOLDER_H
#define OBSTAT_UNIT_FOLDER_H

#include "law/ruleset.h"

// `path` is relative to the top of the repository.
rules_folder unit_folder(const char *path);

#endif
