// SPDX-License-Identifier: Apache-2.0
//
// Reading maps by tables of their keys: what is unknown, missing, null or of the wrong kind becomes
// a diagnostic with a place and a hint, in one way for all files. The tables are const data, and
// JSON Schemas are printed from the same ones (author/schema.h). Knows no particular file.
#ifndef OBSTAT_LAW_SCHEMA_H
#define OBSTAT_LAW_SCHEMA_H

#include "base/date.h"
#include "base/diag.h"
#include "doc/doc.h"

// Kinds of values a key takes, as bits.
enum {
    TAKES_TEXT = 1 << NODE_STRING,
    TAKES_INT = 1 << NODE_INT,
    TAKES_NUMBER = 1 << NODE_INT | 1 << NODE_DOUBLE,
    TAKES_BOOL = 1 << NODE_BOOL,
    TAKES_LIST = 1 << NODE_LIST,
    TAKES_MAP = 1 << NODE_MAP,
    TAKES_ANY = 1 << NODE_STRING | 1 << NODE_INT | 1 << NODE_DOUBLE | 1 << NODE_BOOL |
                1 << NODE_LIST | 1 << NODE_MAP
};

typedef struct schema_form schema_form;

typedef struct schema_key {
    const char *name;
    unsigned takes; // TAKES_… bits
    bool required;
    const schema_form *form; // what such a value is made of; NULL: whatever it takes
    const char *about;       // a line for those who write the file
} schema_key;

// What a value is made of, said once for the reader and for the JSON Schema of its file: both go by
// the same words and tables of keys. No more is said here than a form can show: what a name refers
// to is for the readers alone.
struct schema_form {
    const char *name;         // under which a schema defines it once; NULL: where it is used
    unsigned takes;           // TAKES_… bits; 0: those of the key
    const char *const *words; // a text is one of them
    size_t word_count;
    const char *pattern;     // of a text, by ECMAScript
    const schema_form *item; // of a list
    const schema_key *keys;  // of a map
    size_t key_count;
    const schema_form *member;   // of a map: what stands behind any other key; NULL: there is none
    const char *const *one_of;   // exactly one of these keys is there; ends with NULL
    const schema_form *each;     // one such value, or a list of them; all else is unused then
    const schema_form *cases_of; // such a value, or cases of it (law/cases.c)
    const char *const *if_has;   // a map with one of these keys is of the form `then` instead
    const schema_form *then;
};

#define SCHEMA_WORDS(list) .words = (list), .word_count = sizeof(list) / sizeof *(list)
#define SCHEMA_KEYS(list)  .keys = (list), .key_count = sizeof(list) / sizeof *(list)

// The forms of simple values, as the functions below read them.
extern const schema_form schema_date_form, schema_period_form, schema_texts_form;

// A case of what law changes by date (law/cases.c); its first key is the value.
extern const schema_form schema_case_form;

// A manifest and a patch of one: the vocabulary says what they are made of.
extern const schema_form schema_manifest_form, schema_patch_form;

typedef struct reader {
    arena *arena;
    diags *diags;
} reader;

// Reads map `n` by `keys`: `values[i]` is the value of keys[i] or NULL. `what` names the thing in
// messages ("a rule"). False: `n` is no map (said so); other mistakes are said and leave NULL.
bool schema_map(reader *r, const node *n, const char *what, const schema_key *keys, size_t count,
                const node **values);

// Whether the value `n` of key `name` is of a kind that it takes; else a diagnostic.
bool schema_takes(reader *r, const node *n, str name, unsigned takes);

// One value is a list of one. A NULL node is an empty list.
const node *const *schema_items(const node *const *one, size_t *count);

// Each says its own mistake and returns false (or fewer texts). A NULL node is no mistake: false.
str schema_text(const node *n); // the scalar's text; empty for NULL, lists and maps
bool schema_date(reader *r, const node *n, day *out);
bool schema_period(reader *r, const node *n, period *out);
bool schema_bool(reader *r, const node *n, bool *out);
// One of `words`; the index in `*out`. `what` names it: "kind".
bool schema_word(reader *r, const node *n, const char *what, const char *const *words, size_t count,
                 size_t *out);
// The hint for a word that is none of `words`: the nearest, and all of a short list.
str schema_words_hint(arena *a, str word, const str *words, size_t count);
// A list of texts, or one text.
str *schema_texts(reader *r, const node *n, size_t *count);

// `obstat: KIND/v1` at the top of a document: the kind ("policy"), or an empty text with a
// diagnostic.
str schema_header(reader *r, const node *doc);
// The same for a file that is to be of this kind, which is what it is told when it says nothing.
str schema_header_as(reader *r, const node *doc, const char *kind);

#endif
