// SPDX-License-Identifier: Apache-2.0
//
// A document as a tree with a place on every node: the one form in which YAML and JSON reach the
// rest of the program. Knows nothing of policies or manifests. The readers (yaml.c, json.c) are the
// only users of libyaml and the only JSON parser.
//
// Scalars follow YAML 1.2's core schema: `NO` is text, `010` is ten, quoted is text. Duplicate
// keys, merge keys, tags, cyclic aliases and expansion bombs are diagnostics, and so are texts
// beyond the limits; after any error there is no document.
#ifndef OBSTAT_DOC_DOC_H
#define OBSTAT_DOC_DOC_H

#include "base/diag.h"

typedef enum node_kind {
    NODE_NULL,
    NODE_BOOL,
    NODE_INT,
    NODE_DOUBLE,
    NODE_STRING,
    NODE_LIST,
    NODE_MAP
} node_kind;

typedef enum node_style {
    STYLE_PLAIN,  // YAML, unquoted
    STYLE_SINGLE, // YAML 'quoted'
    STYLE_DOUBLE, // YAML or JSON "quoted"
    STYLE_LITERAL,
    STYLE_FOLDED,
    STYLE_BLOCK, // a list or map in block style
    STYLE_FLOW   // a list or map in brackets; all of JSON's
} node_style;

typedef struct node node;

typedef struct pair {
    const node *key; // a NODE_STRING, whatever the scalar looked like
    const node *value;
} pair;

struct node {
    uint8_t kind;   // node_kind
    uint8_t style;  // node_style
    uint32_t count; // of items or pairs
    span at;        // of the whole value, quotes and brackets included; of an alias: its anchor's
    str text;       // scalars: the content after unquoting; numbers as they were written
    const uint32_t *sorted; // of a large map: its pairs by key, for doc_get; else NULL
    union {
        bool b;
        int64_t i;
        double d;
        const node *const *items;
        const pair *pairs; // in the order of the text
    } u;
};

enum { DOC_DEPTH_MAX = 1000 }; // what walks over a tree may recurse so deep

typedef struct doc_limits {
    size_t bytes;      // of a text
    size_t depth;      // of nesting, at most DOC_DEPTH_MAX
    size_t nodes;      // of one text, keys too, aliases counted as often as they are used
    size_t scalar;     // bytes of one scalar
    size_t documents;  // of one text
    size_t directives; // lines of YAML that begin with '%'
    bool core_tags;    // take !!str, !!int, … instead of refusing every tag (conformance runs)
    bool libyaml;      // read plain YAML by libyaml, too (comparing the two)
} doc_limits;

// 10 MB, 128 levels, 1,000,000 nodes, 1 MB a scalar, 10,000 documents, 64 directives, no tags.
extern const doc_limits doc_default_limits;

typedef enum doc_format { DOC_YAML, DOC_JSON } doc_format;

typedef struct docs {
    const source *src;
    vec(const node *) list; // one a document; an empty YAML document is a NODE_NULL
} docs;

// Reads all documents of a text. A text with nothing but comments has no document. False: there
// were errors, all of them in `diags` in the order of the text, and `out` holds no document. Leaves
// through the arena's guard when memory runs out. `text` is borrowed and must live as long as the
// tree.
bool doc_read(docs *out, arena *a, diags *d, const doc_limits *limits, doc_format format, str name,
              str text);

// ".json" means JSON; anything else YAML.
doc_format doc_format_of(str name);

// The value of a key of a map; NULL: not there, or `map` is no map.
const node *doc_get(const node *map, const char *key);
const node *doc_get_str(const node *map, str key);

bool doc_is_scalar(const node *n);

// What a kind is called in messages: "a list", "a text", …
const char *doc_kind_name(node_kind kind);

// The place of bytes [from, to) of a scalar's `text` in the source: inside quotes, over escapes,
// folded and indented lines. Used to underline a part of a condition. A scalar that does not stand
// in its source as it is (made by hand) is underlined as a whole.
span doc_scalar_span(const node *scalar, size_t from, size_t to);

// Structural equality: kind and value; numbers by value, maps whatever their order.
bool doc_equal(const node *a, const node *b);

// The tree as JSON on one line, keys in their order; read again, it is the same tree. Doubles as in
// base/num.h, with ".0" where nothing else tells them from integers; what JSON has no number for
// (not a number, infinity) is a string.
void doc_write_json(buf *out, const node *n);

// A JSON string literal, quotes included: the only escaper of JSON.
void doc_write_json_string(buf *out, str s);

#endif
