// SPDX-License-Identifier: Apache-2.0
#include "doc/reading.h"
#include "unit.h"

#include <stdio.h>

void begin_reading(reading *r, doc_format format, const doc_limits *limits, str text) {
    arena_init(&r->arena, &unit_mem, NULL, 0);
    r->diags = (diags){.arena = &r->arena};
    r->ok = doc_read(&r->docs, &r->arena, &r->diags, limits ? limits : &doc_default_limits, format,
                     STR("text"), text);
}

void end_reading(reading *r) {
    arena_free(&r->arena);
}

str as_json(reading *r) {
    buf b = {.arena = &r->arena};
    if (!r->ok) return STR("(error)");
    if (r->docs.list.len != 1) return str_format(&r->arena, "(%zu documents)", r->docs.list.len);
    doc_write_json(&b, r->docs.list.at[0]);
    return buf_str(&b);
}

str read_test_file(arena *a, const char *path) {
    buf b = {.arena = a};
    char part[8192];
    FILE *f = fopen(path, "rb");
    if (!f) return (str){0};
    buf_add(&b, STR(""));
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_add(&b, (str){part, n});
    fclose(f);
    return b.ptr ? buf_str(&b) : STR("");
}
