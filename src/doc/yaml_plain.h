// SPDX-License-Identifier: Apache-2.0
//
// The reader of plain YAML, shared by its two files: yaml_plain.c reads lists and maps,
// yaml_plain_text.c the texts in them.
#ifndef OBSTAT_DOC_YAML_PLAIN_H
#define OBSTAT_DOC_YAML_PLAIN_H

#include "base/map.h"
#include "doc/build.h"

// Every function that returns a bool returns false where the text is not plain; then nothing that
// was read counts.
typedef struct plain {
    builder b;
    arena scratch;
    diags unheard;
    map anchors; // name → what it stands for
    str text;
    size_t at;        // the next byte
    size_t line;      // where its line begins
    ptrdiff_t column; // of what comes next, once a value has ended: blanks before it; -1: nothing
    size_t last;      // the end of the last value, bracket or sign
} plain;

// The byte at `i`, a line break at the end of the text.
static inline char plain_byte(const plain *p, size_t i) {
    return i < p->text.len ? p->text.ptr[i] : '\n';
}

// From the end of a value to what comes next, over comments and lines.
bool plain_go_on(plain *p);

// Whether a map's key begins here; `*colon`: where it ends.
bool plain_key_ahead(const plain *p, size_t *colon);
bool plain_key(plain *p, size_t colon);

// A text on one line or several, and what follows it up to the next line with content. `outer`: the
// column beyond which further lines of it are indented.
bool plain_text(plain *p, ptrdiff_t outer);
bool plain_nothing(plain *p); // a value that is not there, at `last`

// Texts in brackets, which end where they end. A key takes its colon with it.
bool plain_flow_text(plain *p);
bool plain_flow_key(plain *p);

#endif
