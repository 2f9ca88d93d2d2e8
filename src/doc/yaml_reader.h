// SPDX-License-Identifier: Apache-2.0
//
// The parts of the YAML reader, shared by its files alone: yaml.c composes libyaml's events,
// yaml_text.c checks the bytes before, yaml_block.c keeps block texts from libyaml, yaml_gap.c
// checks what stands between the values, yaml_error.c turns libyaml's complaints into plain words.
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

// A block text that libyaml is not given.
typedef struct yaml_block {
    size_t bar;      // where its `|` stands
    size_t from, to; // its lines, all with their line breaks
    size_t lines;
    size_t indent; // blanks before each line that are not of the text
    size_t given;  // where its lines would stand in what libyaml is given
} yaml_block;

typedef vec(yaml_block) yaml_blocks;

typedef struct yaml_reader {
    docs *out;
    builder b;
    arena scratch;
    yaml_parser_t parser;
    yaml_event_t event;
    bool live;    // parser and event are to be deleted
    str text;     // of the source
    size_t begin; // behind its byte order mark
    yaml_blocks blocks;
    size_t put_in; // blocks whose lines are in the tree
    str given;     // what libyaml is given: the text without the blocks
    size_t fed;    // bytes of it that libyaml has been given
    struct {
        size_t index, offset; // a place in `given`: in code points, as libyaml counts, and in bytes
        size_t ascii;         // how far ASCII goes from there
        size_t blocks;        // that stand before it
    } place;
    vec(open_node) open;
    map anchors;      // name → anchor, of this document
    size_t last;      // the end of the last value or bracket
    size_t told;      // before it, yaml_gap has reported everything
    bool in_document; // something of a document stands before `last`
    bool derailed;    // told of a mistake whose consequence libyaml's next complaint is
} yaml_reader;

// All block texts of the plain form, or none.
void yaml_find_blocks(yaml_blocks *out, arena *a, const source *src);

// A text without the lines of its blocks, and the place in the text of a place in that; `before`:
// the number of blocks before it, from the last such question.
str yaml_without_blocks(arena *a, str text, const yaml_blocks *blocks);
size_t yaml_with_blocks(const yaml_blocks *blocks, size_t *before, size_t given);

// What the lines of a block say.
str yaml_block_text(arena *a, str text, const yaml_block *b);

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
