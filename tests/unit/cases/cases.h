// SPDX-License-Identifier: Apache-2.0
//
// Tests that are text files: tests/diagnostics/README.md has their form. A folder of them needs a
// line in folders.def and a function that feeds a case to the code under test; what it found is
// written down in the form of the file, and compared as text.
#ifndef OBSTAT_UNIT_CASES_H
#define OBSTAT_UNIT_CASES_H

#include "base/diag.h"

typedef struct case_file {
    str name;
    str text;
} case_file;

typedef struct case_input {
    const case_file *files; // in the order of the case; the first is the one that is read
    size_t count;
    str with; // the line `@with`, without that word; empty: none
} case_input;

typedef struct case_output {
    arena *arena;
    diags diags;
    buf value; // for `@value`; empty: none
} case_output;

// A number of `@with`, as in `depth=4 nodes=10`; `otherwise` if it is not there.
size_t case_number(const case_input *in, const char *name, size_t otherwise);

#define FOLDER(path, run) void run(case_output *out, const case_input *in);
#include "cases/folders.def"
#undef FOLDER

#endif
