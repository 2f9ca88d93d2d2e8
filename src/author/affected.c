// SPDX-License-Identifier: Apache-2.0
//
// Asks of each rule once what it uses. A rule that displaces others bears on them, too.
#include "author/affected.h"

#include "law/uses.h"

struct rule_uses {
    const rule *rule;
    uses uses;
    map roles; // by name
};

// --- what rules use

// The roles that are called for, and what their conditions use.
static void add_roles(affected *all, rule_uses *u) {
    for (size_t i = 0; i < u->uses.roles.len; i++) {
        str name = uses_literal_argument(u->uses.roles.at[i]);
        const role_def *role = ruleset_role(all->rules, name);
        if (!role || map_has(&u->roles, name)) continue;
        map_put(all->arena, &u->roles, name, (void *)role);
        uses_add_cond(&u->uses, &role->eligible);
        uses_add_cond(&u->uses, &role->engaged);
    }
}

static void add_rule(affected *all, const rule *r) {
    rule_uses *u = arena_new(all->arena, rule_uses);
    u->rule = r;
    u->uses.arena = all->arena;
    uses_add_rule(&u->uses, r);
    for (size_t i = 0; i < r->policy->status.count; i++)
        uses_add(&u->uses, r->policy->status.at[i].when);
    for (size_t i = 0; i < r->policy->displaces.len; i++)
        uses_add(&u->uses, r->policy->displaces.at[i].when);
    add_roles(all, u);
    vec_push(all->arena, &all->uses, u);
}

void affected_open(affected *out, arena *a, const ruleset *rules) {
    *out = (affected){.arena = a, .rules = rules};
    for (size_t i = 0; i < rules->policies.len; i++)
        for (size_t k = 0; k < rules->policies.at[i]->rules.len; k++)
            add_rule(out, rules->policies.at[i]->rules.at[k]);
}

// --- who uses what a mutant stands in

static bool uses_name(const rule_uses *u, const cel_env *env, str name) {
    for (size_t i = 0; i < u->uses.definitions.len; i++)
        if (u->uses.definitions.at[i]->env == env && str_eq(u->uses.definitions.at[i]->name, name))
            return true;
    return false;
}

// "POLICY.parameter"
static bool uses_setting(const affected *all, const rule_uses *u, str name) {
    ptrdiff_t dot = str_find(name, STR("."));
    const policy *of = dot < 0 ? NULL : ruleset_policy(all->rules, str_sub(name, 0, (size_t)dot));
    return of && uses_name(u, of->env, str_sub(name, (size_t)dot + 1, name.len));
}

static bool bears_on(const affected *all, const policy *of, const mutant_owner *o,
                     const rule_uses *u) {
    switch (o->kind) {
    case OWNER_POLICY: return u->rule->policy == of;
    case OWNER_DEFINITION: return uses_name(u, of->env, o->name);
    case OWNER_SETTING: return uses_setting(all, u, o->name);
    case OWNER_ROLE: return map_has(&u->roles, o->name);
    case OWNER_RULE: return str_eq(u->rule->id, o->name);
    }
    return true;
}

// --- displaced rules

static void add_displaced(map *out, const affected *all, arena *a, const displacement *d) {
    for (size_t i = 0; i < d->count; i++) {
        str name = d->rules[i], policy_id = str_sub(name, 0, name.len > 2 ? name.len - 2 : 0);
        bool whole = str_ends(name, STR(".*"));
        for (size_t k = 0; k < all->uses.len; k++) {
            const rule *r = all->uses.at[k]->rule;
            if (whole ? str_eq(r->policy->id, policy_id) : str_eq(r->id, name))
                map_put(a, out, r->id, (void *)r);
        }
    }
}

static void add(map *out, const affected *all, arena *a, const rule *r) {
    map_put(a, out, r->id, (void *)r);
    for (size_t i = 0; i < r->displace_count; i++)
        add_displaced(out, all, a, &r->displaces[i]);
    for (size_t i = 0; i < r->policy->displaces.len; i++)
        add_displaced(out, all, a, &r->policy->displaces.at[i]);
}

void affected_rules(map *out, const affected *all, arena *a, const policy *of, const mutant *m) {
    *out = (map){0};
    for (size_t i = 0; i < all->uses.len; i++) {
        bool bears = false;
        for (size_t k = 0; k < m->owners.len && !bears; k++)
            bears = bears_on(all, of, &m->owners.at[k], all->uses.at[i]);
        if (bears) add(out, all, a, all->uses.at[i]->rule);
    }
}
