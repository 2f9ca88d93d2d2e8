// SPDX-License-Identifier: Apache-2.0
//
// The parts of the YAML reader, shared by its files alone: yaml.c composes libyaml's events,
// yaml_text.c checks the bytes before, yaml_gap.c what stands between the values, yaml_error.c
// turns libyaml's complaints into plain words. What is plain never gets here: see yaml_plain.c.
#ifndef OBSTAT_DOC_YAML_READER_H
#define OBSTAT_DOC_YAML_READER_H

#include "base/map.h"
#include "doc/build.h"
#include "doc/text.h"

#include <yaml.h>

typedef struct anchor {
    const node *node; // NULL while it is open, or where an error has taken it
    weight weight;
    span at;   // of its name
    bool open; // its list or map has not ended
} anchor;

// What is open, beside the builder's frames.
typedef struct open_node {
    anchor *anchor;   // NULL: none
    bool bracket;     // ends with a bracket; the pair in `[a: b]` does not
    bool key;         // stands where a key must
    ptrdiff_t column; // of the innermost block list or map, in blanks; -1: none
} open_node;

typedef struct yaml_reader {
    docs *out;
    builder b;
    arena scratch;
    yaml_parser_t parser;
    yaml_event_t event;
    bool live;    // parser and event are to be deleted
    str text;     // of the source
    size_t begin; // behind its byte order mark
    size_t fed;   // bytes that libyaml has been given
    struct {
        size_t index, offset; // a place in code points, as libyaml counts, and in bytes
        size_t ascii;         // how far ASCII goes from there
    } place;
    vec(open_node) open;
    map anchors;      // name → anchor, of this document
    size_t last;      // the end of the last value or bracket
    size_t told;      // before it, yaml_gap has reported everything
    bool in_document; // something of a document stands before `last`
    bool derailed;    // told of a mistake whose consequence libyaml's next complaint is
} yaml_reader;

// The byte offset of a libyaml mark.
size_t yaml_place(yaml_reader *r, size_t index);

// The column that the lines of a value here must be indented beyond; -1: none.
ptrdiff_t yaml_column(const yaml_reader *r);

// Control characters and directives. On false libyaml must not see the text.
bool yaml_text_is_clean(diags *d, const source *src, const doc_limits *limits);

// Reports what libyaml lets pass between `last` and `to`. Returns the end of the last indicator
// there: the place of an empty value.
size_t yaml_gap(yaml_reader *r, size_t to);

// Reports what libyaml lets pass inside a scalar.
void yaml_check_scalar(yaml_reader *r, const node *n);

void yaml_syntax_error(yaml_reader *r);

#endif
