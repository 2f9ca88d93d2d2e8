// SPDX-License-Identifier: Apache-2.0
//
// What must not lead back to itself: rules that displace each other, roles that ask for each other.
// Both are walked with a stack of their own, since a chain may be as long as there are rules.
#include "law/link.h"

enum { NEW, OPEN, DONE };

typedef struct walk {
    linker *l;
    size_t *state, *next; // of each node
    size_t *path;         // the nodes that are open, outermost first
    size_t depth;
    // The k-th node that a node leads to; false: no more.
    bool (*edge)(const struct walk *w, size_t at, size_t k, size_t *to);
    void (*cycle)(const struct walk *w, size_t from); // path[from … depth-1] leads to its begin
    const void *graph;
} walk;

static void follow(walk *w, size_t root) {
    w->path[w->depth++] = root;
    w->state[root] = OPEN;
    while (w->depth > 0) {
        size_t here = w->path[w->depth - 1], to = 0;
        if (!w->edge(w, here, w->next[here]++, &to)) {
            w->state[here] = DONE;
            w->depth--;
        } else if (w->state[to] == NEW) {
            w->state[to] = OPEN;
            w->path[w->depth++] = to;
        } else if (w->state[to] == OPEN) {
            size_t from = 0;
            while (w->path[from] != to)
                from++;
            w->cycle(w, from);
        }
    }
}

static void walk_all(walk *w, size_t count) {
    w->state = arena_array(w->l->arena, size_t, count);
    w->next = arena_array(w->l->arena, size_t, count);
    w->path = arena_array(w->l->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++)
        if (w->state[i] == NEW) follow(w, i);
}

// --- displacement

// Edges of one rule: what it displaces, and what its policy does.
typedef vec(size_t) targets;

typedef struct displacing {
    const rule *const *rules; // those that displace or are displaced, all of them
    targets *to;              // of each
} displacing;

static bool rule_edge(const walk *w, size_t at, size_t k, size_t *to) {
    const displacing *g = w->graph;
    if (k >= g->to[at].len) return false;
    *to = g->to[at].at[k];
    return true;
}

static void rule_cycle(const walk *w, size_t from) {
    const displacing *g = w->graph;
    buf path = {.arena = w->l->arena};
    for (size_t i = from; i < w->depth; i++)
        buf_addf(&path, "%.*s, ", STR_ARG(g->rules[w->path[i]]->id));
    const rule *first = g->rules[w->path[from]];
    buf_add(&path, first->id);
    diag *d = diag_add(w->l->diags, DIAG_DISPLACEMENT_CYCLE, first->at,
                       STR("decide which of them gives way"), "rules displace each other: %.*s",
                       STR_ARG(buf_str(&path)));
    if (w->depth - from > 1) d->also = g->rules[w->path[w->depth - 1]]->at;
}

// Whether `RULE` or `POLICY.*` names the rule.
static bool names(str what, const rule *r) {
    str of = r->policy->id;
    if (str_eq(what, r->id)) return true;
    return what.len == of.len + 2 && str_starts(what, of) && str_ends(what, STR(".*"));
}

static void add_targets(linker *l, const displacing *g, size_t from, const displacement *d) {
    for (size_t i = 0; i < d->count; i++)
        for (size_t k = 0; k < l->rules->rules.len; k++)
            if (names(d->rules[i], g->rules[k])) vec_push(l->arena, &g->to[from], k);
}

void check_displacement_cycles(linker *l) {
    size_t count = l->rules->rules.len;
    const rule **rules = arena_array(l->arena, const rule *, count);
    displacing g = {rules, arena_array(l->arena, targets, count)};
    for (size_t i = 0; i < count; i++)
        rules[i] = l->rules->rules.entries[i].value;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < rules[i]->displace_count; k++)
            add_targets(l, &g, i, &rules[i]->displaces[k]);
        for (size_t k = 0; k < rules[i]->policy->displaces.len; k++)
            add_targets(l, &g, i, &rules[i]->policy->displaces.at[k]);
    }
    walk w = {.l = l, .edge = rule_edge, .cycle = rule_cycle, .graph = &g};
    walk_all(&w, count);
}

// --- roles

typedef struct asking {
    const role_def *const *roles;
    uses *uses;       // of each
    const map *index; // name → role_def
} asking;

static bool role_edge(const walk *w, size_t at, size_t k, size_t *to) {
    const asking *g = w->graph;
    for (; k < g->uses[at].roles.len; k = w->next[at]++) {
        const role_def *r = map_get(g->index, uses_literal_argument(g->uses[at].roles.at[k]));
        for (size_t i = 0; r && i < g->index->len; i++)
            if (g->roles[i] == r) {
                *to = i;
                return true;
            }
    }
    return false;
}

static void role_cycle(const walk *w, size_t from) {
    const asking *g = w->graph;
    buf path = {.arena = w->l->arena};
    for (size_t i = from; i < w->depth; i++)
        buf_addf(&path, "%.*s, ", STR_ARG(g->roles[w->path[i]]->name));
    const role_def *first = g->roles[w->path[from]];
    buf_add(&path, first->name);
    diag_add(w->l->diags, DIAG_ROLE_CYCLE, first->at, STR("a role asks for facts, not for itself"),
             "roles ask for each other: %.*s", STR_ARG(buf_str(&path)));
}

void check_role_cycles(linker *l) {
    size_t count = l->rules->roles.len;
    const role_def **roles = arena_array(l->arena, const role_def *, count);
    asking g = {roles, arena_array(l->arena, uses, count), &l->rules->roles};
    for (size_t i = 0; i < count; i++) {
        roles[i] = l->rules->roles.entries[i].value;
        g.uses[i] = (uses){.arena = l->arena, .start_index = FACTS_START};
        uses_add_cond(&g.uses[i], &roles[i]->eligible);
        uses_add_cond(&g.uses[i], &roles[i]->engaged);
    }
    walk w = {.l = l, .edge = role_edge, .cycle = role_cycle, .graph = &g};
    walk_all(&w, count);
}
