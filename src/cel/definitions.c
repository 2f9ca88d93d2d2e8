// SPDX-License-Identifier: Apache-2.0
//
// The definitions of an environment: names, links, order, cycles, size when all is written out. A
// definition is checked after those it uses, with parameters of which nothing is known.
#include "cel/check.h"

typedef struct item {
    definition *d;
    vec(struct item *) uses; // of the same environment
    enum { NEW, OPEN, DONE } state;
} item;

typedef struct sorter {
    cel_env *env;
    diags *d;
    size_t budget;
    map items; // by name
    vec(item *) path;
    item *current;
} sorter;

// --- size

static void add_part(void *ctx, expr *part) {
    measure *all = ctx, m = measured(part);
    all->size = all->size > SIZE_MAX - m.size ? SIZE_MAX : all->size + m.size;
    if (m.height > all->height) all->height = m.height;
}

static const definition *used_by(const expr *e) {
    if (e->kind == EXPR_CALL) return e->u.call.definition;
    bool is_definition = e->kind == EXPR_IDENT && e->u.ident.ref == REF_DEFINITION;
    return is_definition ? e->u.ident.definition : NULL;
}

// Arguments are evaluated where a parameter is used, so they count from the body's depths.
measure measured(const expr *e) {
    measure m = {1, 0};
    cel_each_part(e, add_part, &m);
    const definition *d = used_by(e);
    if (d) {
        m.size = m.size > SIZE_MAX - d->size ? SIZE_MAX : m.size + d->size;
        m.height += d->height;
    }
    m.height++;
    return m;
}

// --- order

static span place_of(const definition *d) {
    if (d->at.src || !d->body) return d->at;
    return cel_span(d->body);
}

static void note_use(void *ctx, expr *part) {
    sorter *s = ctx;
    const definition *d = used_by(part);
    item *used = d ? map_get(&s->items, d->name) : NULL;
    if (used && used->d == d) vec_push(s->env->arena, &s->current->uses, used);
    cel_each_part(part, note_use, s);
}

static void say_cycle(sorter *s, const item *again) {
    buf path = {.arena = s->env->arena};
    size_t i = s->path.len;
    while (i > 0 && s->path.at[i - 1] != again)
        i--;
    for (i--; i < s->path.len; i++) {
        buf_addf(&path, "%.*s → ", STR_ARG(s->path.at[i]->d->name));
        s->path.at[i]->d->type = &type_error;
    }
    diag_add(s->d, DIAG_DEFINITION_CYCLE, place_of(again->d),
             STR("a definition cannot use itself, not even through others"),
             "definitions use each other in a circle: %.*s%.*s", STR_ARG(buf_str(&path)),
             STR_ARG(again->d->name));
}

static void check_body(sorter *s, definition *d) {
    if (d->type == &type_error) return; // in a cycle
    d->type = &type_bool;
    if (!d->body) {
        d->height = 1;
        d->size = 1;
        return;
    }
    measure m = measured(d->body);
    d->height = m.height;
    d->size = m.size;
    cel_scope scope = {.names = d->params, .count = d->param_count};
    const type *t = cel_check(s->env, s->d, d->body, &scope, d->open ? &type_bool : NULL);
    if (m.size > s->budget) {
        diag_add(s->d, DIAG_DEFINITION_SIZE, place_of(d),
                 STR("use fewer definitions of definitions"),
                 "with all that it uses written out, `%.*s` has more than %zu parts",
                 STR_ARG(d->name), s->budget);
        t = &type_error;
    }
    d->type = t;
}

static void visit(sorter *s, item *i) {
    if (i->state == DONE) return;
    if (i->state == OPEN) {
        say_cycle(s, i);
        return;
    }
    if (s->path.len >= CEL_MAX_DEPTH) {
        if (!is_told(s->d, DIAG_TOO_DEEP, place_of(i->d)))
            diag_add(s->d, DIAG_TOO_DEEP, place_of(i->d),
                     STR("use fewer definitions of definitions"),
                     "definitions use each other more than %d deep", CEL_MAX_DEPTH);
        i->d->type = &type_error;
        return;
    }
    i->state = OPEN;
    vec_push(s->env->arena, &s->path, i);
    for (size_t k = 0; k < i->uses.len; k++)
        visit(s, i->uses.at[k]);
    s->path.len--;
    i->state = DONE;
    check_body(s, i->d);
}

// --- names

static void declare(sorter *s, definition *d) {
    span at = place_of(d);
    env_declare(s->env, s->d, at, d->name, "a definition", d);
    for (size_t i = 0; i < d->param_count; i++) {
        env_declare(s->env, s->d, at, d->params[i], "a parameter", NULL);
        for (size_t k = 0; k < i; k++)
            if (str_eq(d->params[k], d->params[i]))
                diag_add(s->d, DIAG_DUPLICATE_NAME, at, STR("call one of them otherwise"),
                         "two parameters of `%.*s` are called `%.*s`", STR_ARG(d->name),
                         STR_ARG(d->params[i]));
    }
}

bool cel_check_definitions(cel_env *env, diags *d, size_t budget) {
    size_t before = d->errors;
    sorter s = {.env = env, .d = d, .budget = budget};
    for (size_t i = 0; i < env->definitions.len; i++) {
        item *one = arena_new(env->arena, item);
        one->d = env->definitions.at[i];
        map_put(env->arena, &s.items, one->d->name, one);
        declare(&s, one->d);
    }
    for (size_t i = 0; i < env->definitions.len; i++) {
        definition *one = env->definitions.at[i];
        cel_scope scope = {.names = one->params, .count = one->param_count};
        one->frame = (uint32_t)one->param_count;
        if (one->body) one->frame = cel_link(env, d, one->body, &scope, false);
    }
    for (size_t i = 0; i < s.items.len; i++) {
        s.current = s.items.entries[i].value;
        if (s.current->d->body) note_use(&s, s.current->d->body);
    }
    for (size_t i = 0; i < s.items.len; i++)
        visit(&s, s.items.entries[i].value);
    return d->errors == before;
}
