// SPDX-License-Identifier: Apache-2.0
// See world.h.
#include "cel/world.h"

#include "cel/typed_json.h"
#include "unit.h"

#include <string.h>

world world_new(arena *a) {
    world w = {.arena = a, .diags = {.arena = a}, .env = {.arena = a}};
    for (size_t i = 0; i < cel_standard_count; i++)
        vec_push(a, &w.env.functions, *cel_standard[i]);
    return w;
}

void world_set(world *w, const char *name, value v) {
    vec_push(w->arena, &w->env.variables, (cel_variable){.name = str_of(name), .type = &type_dyn});
    vec_push(w->arena, &w->globals, v);
}

static expr *parse(world *w, const char *text, const cel_scope *scope, uint32_t *slots) {
    cel_text *t = arena_new(w->arena, cel_text);
    *t = (cel_text){.text = str_of(text), .src = source_new(w->arena, STR("test"), str_of(text))};
    expr *e = cel_parse(w->arena, &w->diags, t, false);
    CU_ASSERT_PTR_NOT_NULL_FATAL(e);
    *slots = cel_link(&w->env, &w->diags, e, scope, true);
    return e;
}

expr *world_parse(world *w, const char *text) {
    uint32_t slots = 0;
    return parse(w, text, NULL, &slots);
}

definition *world_define(world *w, const char *name, const char *params, const char *body) {
    definition *d = arena_new(w->arena, definition);
    str *names = arena_array(w->arena, str, strlen(params));
    for (size_t i = 0; params[i]; i++) // each a single letter
        names[i] = (str){&params[i], 1};
    *d = (definition){
        .name = str_of(name), .params = names, .param_count = strlen(params), .env = &w->env};
    d->frame = (uint32_t)d->param_count;
    cel_scope scope = {.names = names, .count = d->param_count};
    if (body) d->body = parse(w, body, &scope, &d->frame);
    vec_push(w->arena, &w->env.definitions, d);
    return d;
}

value world_run(world *w, const expr *e) {
    cel_run run = {
        .arena = w->arena, .globals = w->globals.at, .as_of = w->as_of, .hooks = w->hooks};
    run.steps_left = w->steps ? w->steps : CEL_DEFAULT_STEPS;
    return cel_eval(&run, e, arena_array(w->arena, value, 64));
}

str world_show(world *w, value v) {
    buf out = {.arena = w->arena};
    if (v.kind == VALUE_ERROR)
        return str_format(w->arena, "error: %.*s", STR_ARG(v.u.error->message));
    if (!typed_json_write(&out, v)) return STR("too large");
    return buf_str(&out);
}

str world_answer(world *w, const char *text) {
    return world_show(w, world_run(w, world_parse(w, text)));
}
