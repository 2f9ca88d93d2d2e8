// SPDX-License-Identifier: Apache-2.0
//
// JSON in one layout: members in the order in which they are written, one a line, two blanks of
// indentation; so the same calls give the same bytes.
#ifndef OBSTAT_DOC_JSON_OUT_H
#define OBSTAT_DOC_JSON_OUT_H

#include "doc/doc.h"

typedef struct json_out {
    buf *out;
    unsigned depth;
    bool first; // nothing stands yet in what is open
} json_out;

// The outermost map, and with json_end its end.
json_out json_start(buf *out);
void json_end(json_out *w);

// The next member of a map, or with a NULL key the next item of a list; its value is to follow.
void json_begin(json_out *w, const char *key);

void json_open(json_out *w, const char *key, char bracket); // '{' or '['
void json_close(json_out *w, char bracket);                 // '}' or ']'
void json_text(json_out *w, const char *key, str s);
void json_number(json_out *w, const char *key, size_t n);
void json_truth(json_out *w, const char *key, bool b);

#endif
