// SPDX-License-Identifier: Apache-2.0
// Feeds a case of tests/diagnostics/cel to the parser, the linker and the checker, with the facts
// of facts.c. The first file is what is judged: `syntax` is only parsed, a `condition` must be a
// bool, a `value` may be anything, `definitions` has nothing but the files that follow. Those are
// definitions by name, `f(a, b)`, open ones with `?` behind the name; `known` and `denied` are
// conditions that hold or do not hold where the first is evaluated. The line break that ends a file
// is no part of it.
#include "cases/cases.h"
#include "cel/facts.h"

static cel_text *text_of(arena *a, const case_file *f) {
    str s = f->text;
    if (str_ends(s, STR("\n"))) s = str_sub(s, 0, s.len - 1);
    cel_text *text = arena_new(a, cel_text);
    *text = (cel_text){s, NULL, source_new(a, f->name, s)};
    return text;
}

// `name`, `name(a, b)`, `name?(a)`.
static void add_definition(case_output *out, cel_env *env, const case_file *f) {
    definition *d = arena_new(out->arena, definition);
    ptrdiff_t bracket = str_find(f->name, STR("("));
    d->name = bracket < 0 ? f->name : str_sub(f->name, 0, (size_t)bracket);
    d->open = str_ends(d->name, STR("?"));
    if (d->open) d->name = str_sub(d->name, 0, d->name.len - 1);
    d->env = env;
    vec(str) params = {0};
    str rest = bracket < 0 ? STR("") : str_sub(f->name, (size_t)bracket + 1, f->name.len - 1);
    while (rest.len) {
        ptrdiff_t comma = str_find(rest, STR(","));
        size_t end = comma < 0 ? rest.len : (size_t)comma;
        vec_push(out->arena, &params, str_trim(str_sub(rest, 0, end)));
        rest = str_sub(rest, end + 1, rest.len);
    }
    d->params = params.at;
    d->param_count = params.len;
    d->body = cel_parse(out->arena, &out->diags, text_of(out->arena, f), false);
    if (d->body) d->at = cel_span(d->body);
    vec_push(out->arena, &env->definitions, d);
}

static void add_known(case_output *out, const cel_env *env, cel_scope *scope, const case_file *f,
                      bool holds) {
    expr *e = cel_parse(out->arena, &out->diags, text_of(out->arena, f), false);
    cel_known *known = arena_array(out->arena, cel_known, scope->known_count + 1);
    for (size_t i = 0; i < scope->known_count; i++)
        known[i] = scope->known[i];
    cel_link(env, &out->diags, e, scope, false);
    known[scope->known_count++] = (cel_known){e, holds};
    scope->known = known;
}

void run_cel_case(case_output *out, const case_input *in) {
    arena *a = out->arena;
    cel_env *env = facts_env(a);
    cel_scope scope = *facts_scope(a, env);
    str mode = in->files[0].name;
    if (str_is(mode, "syntax")) {
        expr *e = cel_parse(a, &out->diags, text_of(a, &in->files[0]), false);
        if (e) cel_print(&out->value, e);
        return;
    }
    for (size_t i = 1; i < in->count; i++) {
        bool denied = str_is(in->files[i].name, "denied");
        if (denied || str_is(in->files[i].name, "known"))
            add_known(out, env, &scope, &in->files[i], !denied);
        else
            add_definition(out, env, &in->files[i]);
    }
    if (!cel_check_definitions(env, &out->diags, case_number(in, "budget", 10000))) return;
    if (str_is(mode, "definitions")) return;
    expr *e = cel_parse(a, &out->diags, text_of(a, &in->files[0]), false);
    if (!e) return;
    bool lenient = case_number(in, "lenient", 0) > 0;
    cel_link(env, &out->diags, e, &scope, lenient);
    const type *t =
        cel_check(env, &out->diags, e, &scope, str_is(mode, "condition") ? &type_bool : NULL);
    if (out->diags.errors == 0)
        cel_check_cost(env, &out->diags, e, &scope, case_number(in, "steps", CEL_DEFAULT_STEPS));
    if (out->diags.errors == 0) buf_add(&out->value, type_print(a, t));
}
