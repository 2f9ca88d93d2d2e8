// SPDX-License-Identifier: Apache-2.0
//
// What both readers do with a text before and beside its syntax: its encoding, and naming what
// stands at a place.
#ifndef OBSTAT_DOC_TEXT_H
#define OBSTAT_DOC_TEXT_H

#include "doc/doc.h"

// The bytes of the byte order mark at the beginning: 0 or 3.
size_t text_mark(str text);

// Whether the bytes are UTF-8; if not, a diagnostic says so.
bool text_is_utf8(diags *d, const source *src);

// The code point at `at`, as messages name it: "`x`", "a tab", "the end of the line".
str text_found(arena *a, str text, size_t at);

// The span of the one code point at `at`; empty at the end.
span text_char(const source *src, size_t at);

span text_span(const source *src, size_t from, size_t to);

#endif
