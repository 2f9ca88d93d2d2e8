// SPDX-License-Identifier: Apache-2.0
//
// The page of functions, printed from their tables: each form in which one is called, with types in
// place of arguments, and the line that says what it does.
#include "cel/cel.h"

static void add_param(buf *out, const signature *s, size_t i) {
    buf_add(out, type_print(out->arena, s->params[i]));
}

// `_+_`, `_[_]`: parameters in place of the underscores.
static void add_operator(buf *out, str pattern, const signature *s) {
    bool between = str_starts(pattern, STR("_")) && str_ends(pattern, STR("_"));
    size_t next = 0;
    for (size_t i = 0; i < pattern.len; i++) {
        if (pattern.ptr[i] != '_') {
            buf_addc(out, pattern.ptr[i]);
            continue;
        }
        if (between && next) buf_addc(out, ' ');
        if (next < s->count) add_param(out, s, next++);
        if (between && next == 1) buf_addc(out, ' ');
    }
}

static void add_call(buf *out, const cel_function *row, const signature *s) {
    size_t first = row->flags & CEL_RECEIVER ? 1 : 0;
    if (first) add_param(out, s, 0);
    buf_addf(out, "%s%s(", first ? "." : "", row->name);
    for (size_t i = first; i < s->count; i++) {
        if (i > first) buf_adds(out, ", ");
        add_param(out, s, i);
    }
    buf_adds(out, s->repeats ? ", ...)" : ")");
}

static void add_row(buf *out, const cel_function *row) {
    str name = str_of(row->name), rest = str_of(row->signatures);
    if (str_is(name, "@in")) name = STR("_in_");
    buf_addc(out, '\n');
    for (signature s; signature_next(&s, out->arena, &rest);) {
        buf_adds(out, "  ");
        if (name.ptr[0] == '_' || name.ptr[0] == '-')
            add_operator(out, name, &s);
        else
            add_call(out, row, &s);
        buf_addf(out, " -> %.*s\n", STR_ARG(type_print(out->arena, s.result)));
    }
    buf_addf(out, "      %s\n", row->about);
}

void cel_write_table(buf *out, const char *title, const cel_function_table *table) {
    buf_addf(out, "%s%s\n", out->len ? "\n" : "", title);
    for (size_t i = 0; i < table->count; i++)
        add_row(out, &table->rows[i]);
}

void cel_write_functions(buf *out) {
    for (size_t i = 0; i < cel_standard_count; i++)
        cel_write_table(out, cel_standard_titles[i], cel_standard[i]);
}
