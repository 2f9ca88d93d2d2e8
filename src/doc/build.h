// SPDX-License-Identifier: Apache-2.0
//
// Builds a tree from the events of a reader: values open and close, scalars come between. Here are
// the limits and the duplicate keys, once for both formats. It knows no syntax.
//
// Nothing here is recursive: open lists and maps are frames on a stack, finished values wait on
// another until their parent closes. Both stacks live in `scratch`, which the reader frees.
#ifndef OBSTAT_DOC_BUILD_H
#define OBSTAT_DOC_BUILD_H

#include "doc/doc.h"

// What a value amounts to with everything below it, aliases counted as often as they are used.
typedef struct weight {
    size_t nodes;
    size_t bytes; // of its scalars
    size_t depth; // 1 for a scalar
} weight;

typedef struct frame {
    size_t first; // the number of its first value on the stack
    uint32_t from;
    uint8_t kind, style;
    bool respelled; // a key may be written in several ways: see build_key_respelled
    weight weight;  // of what is in it so far
} frame;

typedef struct builder {
    arena *keep; // the tree
    arena *scratch;
    diags *diags;
    const source *src;
    const doc_limits *limits;
    vec(const node *) values;
    vec(frame) frames;
    size_t nodes;         // of the whole text
    size_t aliased_bytes; // that aliases add to it
    weight last;          // of the value that came last
} builder;

// True where the next value is a key.
bool build_wants_key(const builder *b);

// The innermost open list or map; NULL at the top.
frame *build_top(const builder *b);

// Each of these returns NULL or false after a diagnostic that ends the reading: a limit.
const node *build_scalar(builder *b, node n);
bool build_open(builder *b, node_kind kind, node_style style, size_t from);
const node *build_close(builder *b, size_t to);
bool build_alias(builder *b, const node *n, weight w, span at);

// The key that comes next may be written in several ways (an unquoted number).
void build_key_respelled(builder *b);

// A key that an error has taken: it equals no other.
bool build_no_key(builder *b, span at);

// Takes the finished root off.
const node *build_finish(builder *b);

#endif
