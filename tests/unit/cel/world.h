// SPDX-License-Identifier: Apache-2.0
// A small world for tests of evaluation: an environment of variables without types, and functions
// to ask it something.
#ifndef OBSTAT_UNIT_CEL_WORLD_H
#define OBSTAT_UNIT_CEL_WORLD_H

#include "cel/cel.h"

typedef struct world {
    arena *arena;
    diags diags;
    cel_env env;
    vec(value) globals;
    cel_hooks hooks;
    day as_of;
    size_t steps; // 0: the default
} world;

world world_new(arena *a);
void world_set(world *w, const char *name, value v);

// A definition `name(params)` with a body, both linked in this world; body NULL: none.
definition *world_define(world *w, const char *name, const char *params, const char *body);

// The linked tree of a text; it must be an expression.
expr *world_parse(world *w, const char *text);
value world_run(world *w, const expr *e);

// The result in typed JSON, or `error: …`.
str world_answer(world *w, const char *text);
str world_show(world *w, value v);

#define CHECK_ANSWER(w, text, expected) CHECK_STR(world_answer(w, text), expected)
#define CHECK_ERROR(w, text, part)                                                                 \
    CU_ASSERT(str_find(world_answer(w, text), STR(part)) >= 0 &&                                   \
              str_starts(world_answer(w, text), STR("error: ")))

#endif
