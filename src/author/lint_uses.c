// SPDX-License-Identifier: Apache-2.0
//
// Lints of use: definitions, open terms, parameters, roles, registries and each-names that no
// condition asks for, ways that change what their rule does not read.
#include "author/linter.h"
#include "author/reads.h"

// --- definitions

static void check_definition(linter *l, const reads *all, const definition *d) {
    if (reads_definition(all, d)) return;
    if (d->open)
        lint_add(l, DIAG_UNUSED_TERM, d->at, "nothing asks the open term `%.*s`", STR_ARG(d->name));
    else if (definition_parameter(d))
        lint_add(l, DIAG_UNUSED_PARAMETER, d->at, "nothing reads the parameter `%.*s`",
                 STR_ARG(d->name));
    else
        lint_add(l, DIAG_UNUSED_DEFINITION, d->at, "nothing uses the definition `%.*s`",
                 STR_ARG(d->name));
}

// --- roles

static bool is_role_of_way(const ruleset *r, str role) {
    for (size_t i = 0; i < r->policies.len; i++) {
        const policy *p = r->policies.at[i];
        for (size_t k = 0; k < p->rules.len; k++)
            for (size_t w = 0; w < p->rules.at[k]->way_count; w++)
                if (str_eq(p->rules.at[k]->ways[w].role, role)) return true;
    }
    return false;
}

static void check_role(linter *l, const reads *all, const role_def *role) {
    if (!map_has(&all->texts, role->name) && !is_role_of_way(l->rules, role->name))
        lint_add(l, DIAG_UNUSED_ROLE, role->at, "nothing names the role `%.*s`",
                 STR_ARG(role->name));
}

// --- registries

static bool is_calendar_of_place(const ruleset *r, str id) {
    for (size_t i = 0; i < r->places.jurisdictions.len; i++) {
        const jurisdiction *j = r->places.jurisdictions.entries[i].value;
        if (str_eq(j->calendar, id)) return true;
    }
    return false;
}

// Rates are asked for by every comparison of money. A list whose kind of registration is asked for
// shows people what these are, even where its rows decide nothing.
static void check_registry(linter *l, const reads *all, const registry *reg) {
    if (reg->kind.len && map_has(&all->texts, reg->kind)) return;
    if (!reg->is_rates && !map_has(&all->texts, reg->id) &&
        !is_calendar_of_place(l->rules, reg->id))
        lint_add(l, DIAG_UNUSED_REGISTRY, reg->at, "nothing asks for the registry `%.*s`",
                 STR_ARG(reg->id));
}

// --- each-names

typedef struct name_search {
    uint32_t slot;
    bool found;
} name_search;

static void find_name(void *ctx, const expr *e);

static void find_name_in(void *ctx, expr *part) {
    find_name(ctx, part);
}

static void find_name(void *ctx, const expr *e) {
    name_search *s = ctx;
    s->found |= e->kind == EXPR_IDENT && e->u.ident.ref == REF_LOCAL && e->u.ident.index == s->slot;
    if (!s->found) cel_each_part(e, find_name_in, ctx);
}

// What a chapter lends is idle where it is so for all of its rules.
static void check_each(linter *l, const rule *r, map *used) {
    for (size_t i = 0; i < r->each_count; i++) {
        name_search s = {.slot = (uint32_t)i};
        rule_expressions(r, true, find_name, &s);
        if (s.found) map_put(l->arena, used, span_key(l->arena, r->each[i].at), l);
    }
}

static void tell_idle_each(linter *l, const rule *r, const map *used) {
    for (size_t i = 0; i < r->each_count; i++)
        if (!map_has(used, span_key(l->arena, r->each[i].at)))
            lint_add(l, DIAG_IDLE_EACH, r->each[i].at, "no condition looks at `%.*s`",
                     STR_ARG(r->each[i].name));
}

// --- ways

// The facts that the value writes, at any depth.
static bool writes_read(const node *from, const reads *of, unsigned depth) {
    enum { DEEPEST = 16 };
    for (uint32_t i = 0; depth < DEEPEST && i < from->count; i++) {
        if (from->kind == NODE_MAP && map_has(&of->names, from->u.pairs[i].key->text)) return true;
        const node *part = from->kind == NODE_MAP    ? from->u.pairs[i].value
                           : from->kind == NODE_LIST ? from->u.items[i]
                                                     : NULL;
        if (part && writes_read(part, of, depth + 1)) return true;
    }
    return false;
}

// The first name of a longer path only says whose fact it is.
static bool changes_read(const way_set *s, const reads *of) {
    for (size_t from = 0, to; from < s->path.len; from = to + 1) {
        for (to = from; to < s->path.len && s->path.ptr[to] != '.';)
            to++;
        str name = str_sub(s->path, from, to);
        if ((from || to == s->path.len) && map_has(&of->names, name)) return true;
    }
    return writes_read(s->value, of, 0);
}

static void check_ways(linter *l, const rule *r) {
    reads of = {.rules = l->rules, .arena = l->arena};
    for (size_t i = 0; i < r->way_count; i++) {
        const way *w = &r->ways[i];
        bool changes = w->set_count == 0;
        if (!changes && !of.expressions) rule_expressions(r, false, reads_add, &of);
        for (size_t k = 0; k < w->set_count && !changes; k++)
            changes = changes_read(&w->sets[k], &of);
        if (!changes)
            lint_add(l, DIAG_IDLE_WAY, w->at, "%.*s reads nothing of what this way sets",
                     STR_ARG(r->id));
    }
}

// --- all

static void add_policy(reads *all, const policy *p) {
    for (size_t i = 0; i < p->status.count; i++)
        reads_add(all, p->status.at[i].when);
    for (size_t i = 0; i < p->displaces.len; i++)
        reads_add(all, p->displaces.at[i].when);
    for (size_t i = 0; i < p->rules.len; i++)
        rule_expressions(p->rules.at[i], true, reads_add, all);
    for (size_t i = 0; i < p->roles.len; i++) {
        const role_def *role = p->roles.entries[i].value;
        reads_add_cond(all, &role->eligible);
        reads_add_cond(all, &role->engaged);
    }
}

static void check_policy(linter *l, const reads *all, const policy *p) {
    map used = {0};
    for (size_t i = 0; i < p->env->definitions.len; i++)
        check_definition(l, all, p->env->definitions.at[i]);
    for (size_t i = 0; i < p->roles.len; i++)
        check_role(l, all, p->roles.entries[i].value);
    for (size_t i = 0; i < p->rules.len; i++)
        check_each(l, p->rules.at[i], &used);
    for (size_t i = 0; i < p->rules.len; i++) {
        tell_idle_each(l, p->rules.at[i], &used);
        check_ways(l, p->rules.at[i]);
    }
}

void lint_uses(linter *l) {
    reads all = {.rules = l->rules, .arena = l->arena};
    for (size_t i = 0; i < l->rules->policies.len; i++)
        add_policy(&all, l->rules->policies.at[i]);
    for (size_t i = 0; i < l->rules->policies.len; i++)
        check_policy(l, &all, l->rules->policies.at[i]);
    for (size_t i = 0; i < l->rules->registries.by_id.len; i++)
        check_registry(l, &all, l->rules->registries.by_id.entries[i].value);
}
