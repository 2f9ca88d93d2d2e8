// SPDX-License-Identifier: Apache-2.0
// A small mutator that gives the same mutants on every machine, for builds without libFuzzer.
#ifndef OBSTAT_FUZZ_MUTATE_H
#define OBSTAT_FUZZ_MUTATE_H

#include "base/str.h"

enum { MUTATE_MOST = 4096 }; // bytes of a mutant

// Changes `bytes` (room for MUTATE_MOST) a few times: bits, characters, spans taken out, repeated,
// moved, or brought in from `other`. Returns the new size. The same `*random` gives the same
// mutant.
size_t mutate(uint64_t *random, char *bytes, size_t size, str other);

#endif
