// SPDX-License-Identifier: Apache-2.0
//
// Links a rule: its elements open the scope, its conditions follow in the order in which they guard
// each other. What is inherited from a chapter is linked once a rule; what is wrong with it is said
// once.
#include "law/link.h"
#include "law/policy_reader.h"

static const type *element_type(linker *l, const each *e, const type *list) {
    if (list->kind == TYPE_LIST) return list->a ? list->a : &type_dyn;
    if (list->kind != TYPE_DYN && list->kind != TYPE_ERROR)
        diag_add(l->diags, DIAG_BAD_EACH, cel_span(e->list), STR("write `each: NAME in LIST`"),
                 "`%.*s` runs over %.*s, which is no list", STR_ARG(e->name),
                 STR_ARG(type_print(l->arena, list)));
    return &type_dyn;
}

static void check_each_name(linker *l, const each *e) {
    if (str_is(e->name, "candidate"))
        diag_add(l->diags, DIAG_HIDDEN_NAME, e->at, STR("choose another name"),
                 "the name `candidate` of an element would hide what ways speak of");
    else
        cel_declare(l->policy->env, l->diags, e->at, e->name, "an element");
}

static void link_each(linker *l, rule *r) {
    link_scope(l, r->each_count + 1); // one more for the candidate
    l->frame = (uint32_t)r->each_count + 1;
    for (size_t i = 0; i < r->each_count; i++) {
        each *e = &r->each[i];
        check_each_name(l, e);
        const type *list = link_expr(l, e->list, NULL);
        link_name(l, e->name, element_type(l, e, list));
    }
}

// That an exception does not hold guards what comes after it, as far as it is one condition.
static void link_exceptions(linker *l, const exception *e, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const cond *c = &e[i].when;
        size_t before = l->guards.len;
        link_conds(l, c);
        link_exceptions(l, e[i].unless, e[i].unless_count);
        l->guards.len = before;
        bool simple = c->kind == COND_TEST && !c->has_from && !c->has_until;
        if (simple && e[i].unless_count == 0) link_guard(l, c->test, false);
    }
}

static void link_windows(linker *l, const windows *w) {
    for (size_t i = 0; i < w->count; i++) {
        link_expr(l, w->at[i].when, &type_bool);
        link_expr(l, w->at[i].from, &type_date);
        link_expr(l, w->at[i].until, &type_date);
    }
}

static void link_sanctions(linker *l, const rule *r) {
    for (size_t i = 0; i < r->sanction_count; i++) {
        link_expr(l, r->sanctions[i].when, &type_bool);
        link_expr(l, r->sanctions[i].up_to, &type_money);
        link_expr(l, r->sanctions[i].at_least, &type_money);
    }
}

// --- ways

static void check_way_role(linker *l, const way *w) {
    if (w->role.len == 0 || map_has(&l->rules->roles, w->role) || l->rules->incomplete) return;
    diag_add(l->diags, DIAG_UNKNOWN_NAME, w->role_at, link_near(l, w->role, &l->rules->roles),
             "there is no role `%.*s`", STR_ARG(w->role));
}

static void check_drop(linker *l, const rule *r, const way *w) {
    str *names = arena_array(l->arena, str, r->each_count);
    for (size_t i = 0; i < r->each_count; i++) {
        names[i] = r->each[i].name;
        if (str_eq(names[i], w->drop)) return;
    }
    if (w->drop.len == 0) return;
    str near = diag_did_you_mean(l->arena, w->drop, names, r->each_count);
    diag_add(l->diags, DIAG_UNKNOWN_NAME, w->drop_at,
             near.len ? near : STR("name an element of `each`"),
             "`%.*s` is no element of this rule", STR_ARG(w->drop));
}

static void link_ways(linker *l, rule *r) {
    for (size_t i = 0; i < r->way_count; i++) {
        way *w = &r->ways[i];
        check_way_role(l, w);
        check_drop(l, r, w);
        if (w->role.len) link_name(l, STR("candidate"), l->candidate);
        for (size_t k = 0; k < w->set_count; k++)
            link_way_set(l, r, &w->sets[k]);
        l->name_count = r->each_count;
    }
}

// --- rules

static void link_parts(linker *l, rule *r) {
    link_each(l, r);
    link_expr(l, r->binds, &type_bool);
    link_guard(l, r->binds, true);
    link_conds(l, &r->applies);
    size_t applies = l->guards.len;
    link_exceptions(l, r->except, r->except_count);
    link_conds(l, &r->requires_);
    l->guards.len = applies;
    for (size_t i = 0; i < r->severity.count; i++)
        link_expr(l, r->severity.at[i].when, &type_bool);
    link_windows(l, &r->effective);
    link_windows(l, &r->grace);
    link_expr(l, r->due, &type_date);
    link_ways(l, r);
    link_sanctions(l, r);
    link_displacements(l, r->displaces, r->displace_count);
    r->frame = l->frame;
}

void link_rule(linker *l, rule *r) {
    diags *all = l->diags, own = {.arena = all->arena};
    l->diags = &own;
    link_parts(l, r);
    l->diags = all;
    diags_merge(all, &own);
}
