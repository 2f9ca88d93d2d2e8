// SPDX-License-Identifier: Apache-2.0
//
// Where lines and commas go in JSON that is written piece by piece. What the pieces mean is their
// writers' affair.
#include "doc/json_out.h"

static void begin_line(json_out *w) {
    buf_adds(w->out, w->first ? "\n" : ",\n");
    for (unsigned i = 0; i < w->depth; i++)
        buf_adds(w->out, "  ");
    w->first = false;
}

json_out json_start(buf *out) {
    buf_addc(out, '{');
    return (json_out){.out = out, .depth = 1, .first = true};
}

void json_end(json_out *w) {
    json_close(w, '}');
    buf_addc(w->out, '\n');
}

void json_begin(json_out *w, const char *key) {
    begin_line(w);
    if (!key) return;
    doc_write_json_string(w->out, str_of(key));
    buf_adds(w->out, ": ");
}

void json_open(json_out *w, const char *key, char bracket) {
    json_begin(w, key);
    buf_addc(w->out, bracket);
    w->depth++;
    w->first = true;
}

void json_close(json_out *w, char bracket) {
    w->depth--;
    if (!w->first) {
        w->first = true;
        begin_line(w);
    }
    w->first = false;
    buf_addc(w->out, bracket);
}

void json_text(json_out *w, const char *key, str s) {
    json_begin(w, key);
    doc_write_json_string(w->out, s);
}

void json_number(json_out *w, const char *key, size_t n) {
    json_begin(w, key);
    buf_addf(w->out, "%zu", n);
}

void json_truth(json_out *w, const char *key, bool b) {
    json_begin(w, key);
    buf_adds(w->out, b ? "true" : "false");
}
