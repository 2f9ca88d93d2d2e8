// SPDX-License-Identifier: Apache-2.0
//
// Links and checks single expressions and lists of conditions, with the names and guards that hold
// where they stand.
#include "law/link.h"

void link_scope(linker *l, size_t room) {
    l->names = arena_array(l->arena, str, room);
    l->types = arena_array(l->arena, const type *, room);
    l->name_count = 0;
    l->guards.len = 0;
}

void link_name(linker *l, str name, const type *t) {
    l->names[l->name_count] = name;
    l->types[l->name_count++] = t;
}

const type *link_expr(linker *l, expr *e, const type *expected) {
    if (!e) return &type_error;
    cel_scope scope = {l->names, l->types, l->name_count, l->guards.at, l->guards.len};
    uint32_t slots = cel_link(l->policy->env, l->diags, e, &scope, false);
    if (slots > l->frame) l->frame = slots;
    const type *t = cel_check(l->policy->env, l->diags, e, &scope, expected);
    bool sound = t->kind != TYPE_ERROR;
    if (sound && !cel_check_cost(l->policy->env, l->diags, e, &scope, CEL_DEFAULT_STEPS))
        return &type_error;
    return t;
}

void link_guard(linker *l, const expr *condition, bool holds) {
    if (condition) vec_push(l->arena, &l->guards, (cel_known){condition, holds});
}

// Alternatives do not guard each other; lines that all must hold do.
static void link_cond(linker *l, const cond *c) {
    if (c->kind == COND_TEST) {
        link_expr(l, c->test, &type_bool);
        if (!c->has_from && !c->has_until) link_guard(l, c->test, true);
        return;
    }
    size_t before = l->guards.len;
    for (size_t i = 0; i < c->count; i++) {
        link_cond(l, &c->parts[i]);
        if (c->kind == COND_ANY) l->guards.len = before;
    }
    if (c->has_from || c->has_until) l->guards.len = before;
}

void link_conds(linker *l, const cond *c) {
    link_cond(l, c);
}

str link_near(linker *l, str word, const map *m) {
    str *names = arena_array(l->arena, str, m->len);
    for (size_t i = 0; i < m->len; i++)
        names[i] = m->entries[i].key;
    return diag_did_you_mean(l->arena, word, names, m->len);
}
