// SPDX-License-Identifier: Apache-2.0
//
// What the tests of documents share: reading a text in a test, and files of test data.
#ifndef OBSTAT_UNIT_DOC_READING_H
#define OBSTAT_UNIT_DOC_READING_H

#include "doc/doc.h"

typedef struct reading {
    arena arena;
    diags diags;
    docs docs;
    bool ok;
} reading;

// Reads a text with the default limits; `limits` NULL means those. To be ended with end_reading.
void begin_reading(reading *r, doc_format format, const doc_limits *limits, str text);
void end_reading(reading *r);

// The only document as JSON, or "(error)", or the number of documents.
str as_json(reading *r);

// A whole file; a NULL pointer where there is none.
str read_test_file(arena *a, const char *path);

// Whether libyaml reads a YAML text as doc_read does, which reads what is plain without it; what
// they say of its mistakes included.
bool libyaml_agrees(str text, const doc_limits *limits);

// Whether doc_scalar_span finds every character of all scalars (spans.c); says which one it does
// not.
bool all_characters_are_placed(const node *n);

#endif
