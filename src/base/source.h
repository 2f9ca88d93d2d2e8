// SPDX-License-Identifier: Apache-2.0
//
// A text that diagnostics point into, and places within it. Positions are byte offsets; line and
// column are worked out when somebody asks. Columns count code points, from 1; a line ends with
// LF, CR LF or CR.
#ifndef OBSTAT_BASE_SOURCE_H
#define OBSTAT_BASE_SOURCE_H

#include "base/str.h"

typedef struct source {
    str name; // as the user named it: a path, or "-"
    str text; // all bytes, a byte order mark included
    size_t lines;
    const uint32_t *line_starts; // offsets, ascending; the first is 0
} source;

// Bytes [from, to) of `src`; `src` is NULL where there is no text to show (a command-line option).
typedef struct span {
    const source *src;
    uint32_t from, to;
} span;

typedef struct position {
    uint32_t line, column; // 1-based
} position;

// Texts of 4 GiB and more are refused by the readers before this is called. Borrows name and text.
const source *source_new(arena *a, str name, str text);

position source_position(const source *src, uint32_t offset);

// Line `line` (1-based) without its end.
str source_line(const source *src, uint32_t line);

// The offset of a 0-based line and a 0-based column in code points, clipped to the line.
uint32_t source_offset(const source *src, size_t line, size_t column);

#endif
