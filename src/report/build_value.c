// SPDX-License-Identifier: Apache-2.0
//
// A value of a manifest as people would write it there: YAML in one line, quotes only where a text
// would else be read as something different.
#include "base/date.h"
#include "report/build.h"

#include <string.h>

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_plain(str s) {
    static const char *const others[] = {"true", "false", "null", "yes", "no", "on", "off"};
    day date;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_is(s, others[i])) return false;
    if (day_parse(s, &date)) return true;
    if (!s.len || !(is_letter(s.ptr[0]) || s.ptr[0] == '=')) return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool inner = c == ' ' && i + 1 < s.len;
        if (!is_letter(c) && !inner && (!c || !strchr("0123456789=._-/", c))) return false;
    }
    return true;
}

// As deep as a document, which its reader limits.
void build_value(buf *b, const node *n) {
    switch (n->kind) {
    case NODE_MAP:
        buf_addc(b, '{');
        for (uint32_t i = 0; i < n->count; i++) {
            buf_addf(b, "%s%.*s: ", i ? ", " : "", STR_ARG(n->u.pairs[i].key->text));
            build_value(b, n->u.pairs[i].value);
        }
        buf_addc(b, '}');
        break;
    case NODE_LIST:
        buf_addc(b, '[');
        for (uint32_t i = 0; i < n->count; i++) {
            buf_adds(b, i ? ", " : "");
            build_value(b, n->u.items[i]);
        }
        buf_addc(b, ']');
        break;
    case NODE_STRING:
        if (is_plain(n->text))
            buf_add(b, n->text);
        else
            doc_write_json(b, n);
        break;
    default: doc_write_json(b, n); break;
    }
}
