// SPDX-License-Identifier: Apache-2.0
//
// What a ruleset is asked by name, and what a condition's literals are checked against.
#include "law/ruleset.h"

const policy *ruleset_policy(const ruleset *r, str id) {
    return map_get(&r->policy_index, id);
}

const rule *ruleset_rule(const ruleset *r, str id) {
    return map_get(&r->rules, id);
}

const role_def *ruleset_role(const ruleset *r, str name) {
    return map_get(&r->roles, name);
}

const ruleset *ruleset_of(const cel_env *env) {
    while (env && env->outer)
        env = env->outer;
    return env ? env->owner : NULL;
}

static bool known(diags *d, const map *m, const expr *arg, str text, const char *what) {
    if (map_has(m, text)) return true;
    str *names = arena_array(d->arena, str, m->len);
    for (size_t i = 0; i < m->len; i++)
        names[i] = m->entries[i].key;
    diag_add(d, DIAG_UNKNOWN_NAME, cel_span(arg), diag_did_you_mean(d->arena, text, names, m->len),
             "there is no %s `%.*s`", what, STR_ARG(text));
    return false;
}

bool ruleset_role_literal(const cel_env *env, diags *d, const expr *arg, str text) {
    const ruleset *r = ruleset_of(env);
    return !r || r->incomplete || known(d, &r->roles, arg, text, "role");
}

bool ruleset_registry_literal(const cel_env *env, diags *d, const expr *arg, str text) {
    const ruleset *r = ruleset_of(env);
    return !r || r->incomplete || known(d, &r->registries.by_id, arg, text, "registry");
}
