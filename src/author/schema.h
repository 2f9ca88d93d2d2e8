// SPDX-License-Identifier: Apache-2.0
//
// JSON Schemas (draft-07, the newest that editors of YAML understand) of the files that people
// write: of manifests from the vocabulary, of all others from the tables of keys that their readers
// go by. A schema accepts whatever reads without a mistake, and catches what a form can show:
// misspelt keys and words, wrong types. What a name refers to is for the readers alone.
#ifndef OBSTAT_AUTHOR_SCHEMA_H
#define OBSTAT_AUTHOR_SCHEMA_H

#include "law/ruleset.h"
#include "law/schema.h"

typedef struct schema_kind {
    const char *name;        // "manifest"
    const char *about;       // what such files are
    const schema_form *form; // NULL: a manifest
} schema_kind;

extern const schema_kind schema_kinds[];
extern const size_t schema_kind_count;

// Writes the schema of a kind; vocabulary and places are those of `r`.
void schema_write(buf *out, const ruleset *r, const schema_kind *kind);

#endif
