// SPDX-License-Identifier: Apache-2.0
//
// Trees and strings as JSON. Everything that prints JSON escapes by doc_write_json_string.
#include "base/num.h"
#include "doc/doc.h"

#include <math.h>

static void add_escaped(buf *out, int32_t c) {
    switch (c) {
    case '"': buf_adds(out, "\\\""); break;
    case '\\': buf_adds(out, "\\\\"); break;
    case '\n': buf_adds(out, "\\n"); break;
    case '\r': buf_adds(out, "\\r"); break;
    case '\t': buf_adds(out, "\\t"); break;
    case '\b': buf_adds(out, "\\b"); break;
    case '\f': buf_adds(out, "\\f"); break;
    case -1: buf_adds(out, "\\ufffd"); break; // ill-formed UTF-8 must not reach a reader
    default: buf_addf(out, "\\u%04x", (unsigned)c);
    }
}

static bool needs_escape(int32_t c) {
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7f || c == 0x2028 || c == 0x2029;
}

void doc_write_json_string(buf *out, str s) {
    buf_addc(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.len;) {
        size_t here = i;
        int32_t c = utf8_next(s, &i);
        if (!needs_escape(c)) continue;
        buf_add(out, str_sub(s, from, here));
        add_escaped(out, c);
        from = i;
    }
    buf_add(out, str_sub(s, from, s.len));
    buf_addc(out, '"');
}

static void write_double(buf *out, double d) {
    str s = num_print_double(out->arena, d);
    if (!isfinite(d)) {
        doc_write_json_string(out, s);
        return;
    }
    buf_add(out, s);
    if (str_find(s, STR(".")) < 0 && str_find(s, STR("e")) < 0) buf_adds(out, ".0");
}

static void write_list(buf *out, const node *n) {
    buf_addc(out, '[');
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) buf_addc(out, ',');
        doc_write_json(out, n->u.items[i]);
    }
    buf_addc(out, ']');
}

static void write_map(buf *out, const node *n) {
    buf_addc(out, '{');
    for (uint32_t i = 0; i < n->count; i++) {
        if (i) buf_addc(out, ',');
        doc_write_json_string(out, n->u.pairs[i].key->text);
        buf_addc(out, ':');
        doc_write_json(out, n->u.pairs[i].value);
    }
    buf_addc(out, '}');
}

void doc_write_json(buf *out, const node *n) {
    switch ((node_kind)n->kind) {
    case NODE_NULL: buf_adds(out, "null"); break;
    case NODE_BOOL: buf_adds(out, n->u.b ? "true" : "false"); break;
    case NODE_INT: buf_addf(out, "%lld", (long long)n->u.i); break;
    case NODE_DOUBLE: write_double(out, n->u.d); break;
    case NODE_STRING: doc_write_json_string(out, n->text); break;
    case NODE_LIST: write_list(out, n); break;
    case NODE_MAP: write_map(out, n); break;
    }
}
