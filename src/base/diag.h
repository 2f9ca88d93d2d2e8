// SPDX-License-Identifier: Apache-2.0
//
// Diagnostics: messages about the input (never about the product: those are findings). Each has a
// stable code, a place, a message and a hint that says what to do. They are collected, so that all
// mistakes of a file are told at once. Printing them is somebody else's matter.
#ifndef OBSTAT_BASE_DIAG_H
#define OBSTAT_BASE_DIAG_H

#include "base/source.h"

typedef enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE } diag_level;

typedef enum diag_code {
#define DIAG(name, slug, level, about) DIAG_##name,
#include "base/diag_codes.def"
#undef DIAG
    DIAG_COUNT
} diag_code;

typedef struct diag_kind {
    const char *slug; // "duplicate-key": what people search for
    diag_level level;
    const char *about; // one sentence: what the code means, for `obstat explain`
} diag_kind;

extern const diag_kind diag_kinds[DIAG_COUNT];

typedef struct diag {
    diag_code code;
    span at;
    span also; // a second place, such as the first of two keys; `also.src` NULL: none
    str message;
    str hint; // empty: none
} diag;

typedef struct diags {
    arena *arena;
    vec(diag) list;
    size_t errors;  // of level error, those beyond the limit included
    size_t dropped; // beyond the limit
} diags;

enum { DIAG_LIMIT = 1000 };

// The message is formatted into the list's arena; the hint is copied. Returns the entry, for `also`
// (valid until the next call; a throw-away one beyond the limit).
diag *diag_add(diags *d, diag_code code, span at, str hint, const char *fmt, ...) PRINTF_LIKE(5, 6);

// "did you mean `x`?", or an empty text where no candidate is near.
str diag_did_you_mean(arena *a, str word, const str *candidates, size_t count);

// A diagnostic as people read it, after a good compiler's: `file:line:column: error: message
// [code]`, the source line with the span underlined, `hint: …`. No colour.
void diag_print(buf *out, const diag *d);

#endif
