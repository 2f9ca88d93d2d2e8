// SPDX-License-Identifier: Apache-2.0
//
// What the files schema*.c of this folder share: JSON in the making, and what is defined once and
// referred to by name. Nobody else includes it.
#ifndef OBSTAT_AUTHOR_SCHEMA_WRITER_H
#define OBSTAT_AUTHOR_SCHEMA_WRITER_H

#include "author/schema.h"
#include "doc/json_out.h"

typedef struct schema_writer schema_writer;

// Something that is defined once: a form, or what a value or record of the vocabulary is made of.
typedef struct schema_definition {
    str name;
    const void *of; // with `variant` what it is the definition of
    unsigned variant;
    void (*write)(schema_writer *w, const struct schema_definition *d); // its members
} schema_definition;

struct schema_writer {
    json_out json;
    arena *arena;
    const ruleset *rules;
    vec(schema_definition) definitions; // in the order in which they were asked for
};

// `{"$ref": "#/definitions/NAME"}` for it, which is written at the end.
str schema_ref(schema_writer *w, schema_definition d);

// The same as a member of what is open.
void schema_refer(schema_writer *w, schema_definition d);

// --- forms (schema_form.c)

// Members that say what a value of this form is; NULL: whatever `takes` says.
void schema_form_write(schema_writer *w, const schema_form *f, unsigned takes);

// "enum": all words, each also as the number or truth value that YAML makes of it unquoted.
str schema_enum(arena *a, const str *words, size_t count);

// --- manifests (schema_facts.c)

void schema_manifest_write(schema_writer *w);
// What a test changes in a manifest.
void schema_patch_write(schema_writer *w);

#endif
