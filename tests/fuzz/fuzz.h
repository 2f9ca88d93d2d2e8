// SPDX-License-Identifier: Apache-2.0
//
// What fuzz targets share. A target takes any bytes and returns; what must hold for all bytes it
// says with MUST, which ends the process where it does not, as a crash does.
#ifndef OBSTAT_FUZZ_FUZZ_H
#define OBSTAT_FUZZ_FUZZ_H

#include "law/ruleset.h"

#define TARGET(name) int fuzz_##name(const uint8_t *data, size_t size);
#include "targets.def"
#undef TARGET

#define MUST(condition, ...)                                                                       \
    ((condition) ? (void)0 : fuzz_finding(__FILE__, __LINE__, #condition, __VA_ARGS__))
_Noreturn void fuzz_finding(const char *file, int line, const char *condition, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

// Runs the body with an arena of its own, which is freed afterwards. Running out of the memory that
// one input may take ends the body and is no finding. Always 0, which libFuzzer expects.
int fuzz_run(void (*body)(arena *a, str input), const uint8_t *data, size_t size);
// The same, where no more than `memory` bytes, up to FUZZ_SPARE, are left.
enum { FUZZ_SPARE = 1 << 17 };
int fuzz_run_within(size_t memory, void (*body)(arena *a, str input), const uint8_t *data,
                    size_t size);

// For what is made once, at the first input. It is never freed.
arena *fuzz_fixtures(void);

// The first line of an input, without its end; `*rest` is what follows.
str fuzz_first_line(str input, str *rest);

// Diagnostics: those that are told must be told well. `from` NULL: they may be about any source.
void fuzz_judge_diags(const diags *d, const source *from);

// Text that may reach a reader's terminal: UTF-8, without control characters but line ends.
void fuzz_judge_text(str s);

// --- rules folders in memory (rules.c)

typedef struct fuzz_folder {
    vec(str) paths;
    vec(str) texts;
    const ruleset *opened;
} fuzz_folder;

// A folder of tests/packs, read into memory.
fuzz_folder *fuzz_pack(const char *name);
// The text of a file of it; it must be there.
str *fuzz_file(fuzz_folder *folder, const char *path);
rules_folder fuzz_rules_folder(fuzz_folder *folder);

// All rules of a folder; false: there were diagnostics. The vocabulary and the places are read at
// the first time only.
bool fuzz_load(ruleset *out, arena *a, diags *d, fuzz_folder *folder);
// The same of a pack, which has no mistakes, once.
const ruleset *fuzz_ruleset(const char *pack);

#endif
