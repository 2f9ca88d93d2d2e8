// SPDX-License-Identifier: Apache-2.0
#include "doc/reading.h"
#include "doc/same.h"
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

bool libyaml_agrees(str text, const doc_limits *limits) {
    reading ours, theirs;
    doc_limits by_libyaml = *limits;
    by_libyaml.libyaml = true;
    begin_reading(&ours, DOC_YAML, limits, text);
    begin_reading(&theirs, DOC_YAML, &by_libyaml, text);
    bool same = same_diags(&ours.diags, &theirs.diags) && ours.ok == theirs.ok &&
                (!ours.ok || same_trees(&ours.docs, &theirs.docs));
    end_reading(&theirs);
    end_reading(&ours);
    return same;
}
