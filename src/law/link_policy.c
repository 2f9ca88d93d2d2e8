// SPDX-License-Identifier: Apache-2.0
//
// Links a policy: its environment, definitions, roles, status and what it displaces; its rules are
// in link_rule.c. All policies are in the ruleset by then, so that one may name another.
#include "law/link.h"

enum { DEFINITION_BUDGET = 10000 }; // nodes of a definition, all that it calls expanded

// --- names

// Whether names hide facts or functions is checked with the definitions.
static void check_names(linker *l, const policy *p) {
    for (size_t i = 0; i < p->parameters.len; i++) {
        const parameter *q = p->parameters.entries[i].value;
        const definition_note *note = map_get(&p->notes, q->name);
        if (!note) continue;
        diag *d =
            diag_add(l->diags, DIAG_DUPLICATE_NAME, q->at, STR("give one of them another name"),
                     "a parameter and a definition are both called `%.*s`", STR_ARG(q->name));
        d->also = note->at;
    }
}

static void check_jurisdiction(linker *l, const policy *p) {
    if (p->jurisdiction.len == 0 || place_or_group_known(&l->rules->places, p->jurisdiction))
        return;
    diag_add(l->diags, DIAG_UNKNOWN_PLACE, p->jurisdiction_at,
             STR("an ISO 3166-1 or -2 code, or a group that has a jurisdiction file"),
             "`%.*s` is no place or group that is known", STR_ARG(p->jurisdiction));
}

// --- roles

static const type *record_of(const type *list) {
    return list && list->kind == TYPE_LIST && list->a ? list->a : &type_dyn;
}

static void check_held_as(linker *l, const role_def *r) {
    const fact *f = l->rules->vocabulary.engine.engagement_role;
    if (!f) {
        diag_add(l->diags, DIAG_UNKNOWN_FACT, r->at, STR("its section `engine` needs `engagement`"),
                 "the vocabulary has no engagements that could fill a role");
        return;
    }
    const enumeration *words = f->values;
    for (size_t i = 0; words && i < r->held_count; i++) {
        bool known = false;
        for (size_t k = 0; k < words->count; k++)
            known = known || str_eq(words->values[k], r->held_as[i]);
        if (known) continue;
        diag_add(l->diags, DIAG_UNKNOWN_VALUE, r->held_at[i],
                 diag_did_you_mean(l->arena, r->held_as[i], words->values, words->count),
                 "engagements have no role `%.*s`", STR_ARG(r->held_as[i]));
    }
}

static void link_role(linker *l, role_def *r) {
    const entity *parties = l->rules->vocabulary.engine.parties;
    check_held_as(l, r);
    link_scope(l, 2);
    l->frame = 2;
    link_name(l, STR("party"), parties ? record_of(parties->self.type) : &type_dyn);
    link_name(l, STR(""), &type_dyn); // the engagement's slot stays free
    link_conds(l, &r->eligible);
    l->name_count = 1;
    link_name(l, STR("engagement"),
              record_of(l->rules->facts->variables.at[FACTS_ENGAGEMENTS].type));
    link_conds(l, &r->engaged);
    r->frame = l->frame;
}

// --- displacement and status

static bool is_all_of(str id, str *of) {
    if (!str_ends(id, STR(".*"))) return false;
    *of = str_sub(id, 0, id.len - 2);
    return true;
}

// Of what stands in folders that are not in reach nothing can be said.
static void check_displaced(linker *l, const displacement *d) {
    for (size_t i = 0; l->everything && !l->rules->incomplete && i < d->count; i++) {
        str of;
        bool all = is_all_of(d->rules[i], &of);
        const map *known = all ? &l->rules->policy_index : &l->rules->rules;
        if (map_has(known, all ? of : d->rules[i])) continue;
        diag_add(l->diags, DIAG_UNKNOWN_NAME, d->at, link_near(l, all ? of : d->rules[i], known),
                 "there is no %s `%.*s` to displace", all ? "policy" : "rule",
                 STR_ARG(all ? of : d->rules[i]));
    }
}

void link_displacements(linker *l, displacement *at, size_t count) {
    for (size_t i = 0; i < count; i++) {
        link_expr(l, at[i].when, &type_bool);
        check_displaced(l, &at[i]);
    }
}

static void link_status(linker *l, policy *p) {
    link_scope(l, 0);
    l->frame = 0;
    for (size_t i = 0; i < p->status.count; i++)
        link_expr(l, p->status.at[i].when, &type_bool);
    link_displacements(l, p->displaces.at, p->displaces.len);
    p->frame = l->frame;
}

// `start` is that of a rule; outside rules there is none.
static void check_start(linker *l, policy *p) {
    uses u = {.arena = l->arena, .start_index = FACTS_START};
    for (size_t i = 0; i < p->status.count; i++)
        uses_add(&u, p->status.at[i].when);
    for (size_t i = 0; i < p->displaces.len; i++)
        uses_add(&u, p->displaces.at[i].when);
    for (size_t i = 0; i < p->roles.len; i++) {
        const role_def *r = p->roles.entries[i].value;
        uses_add_cond(&u, &r->eligible);
        uses_add_cond(&u, &r->engaged);
    }
    for (size_t i = 0; i < p->rules.len; i++)
        for (size_t k = 0; k < p->rules.at[i]->effective.count; k++) {
            uses_add(&u, p->rules.at[i]->effective.at[k].from);
            uses_add(&u, p->rules.at[i]->effective.at[k].until);
            uses_add(&u, p->rules.at[i]->effective.at[k].when);
        }
    if (u.start)
        diag_add(l->diags, DIAG_START_OUTSIDE, cel_span(u.start),
                 STR("write the date; only conditions of rules know when their rule begins"),
                 "`start` has no value here");
}

// --- policies

static void link_environment(linker *l, policy *p) {
    p->env->outer = l->rules->facts;
    p->env->owner = p;
    l->policy = p;
    check_jurisdiction(l, p);
    check_names(l, p);
    link_parameters(l, p);
    cel_check_definitions(p->env, l->diags, DEFINITION_BUDGET);
    for (size_t i = 0; i < p->parameters.len; i++) {
        parameter *q = p->parameters.entries[i].value;
        if (!q->type) q->type = q->definition->type;
    }
}

static void link_contents(linker *l, policy *p) {
    l->policy = p;
    link_status(l, p);
    for (size_t i = 0; i < p->roles.len; i++)
        link_role(l, p->roles.entries[i].value);
    for (size_t i = 0; i < p->rules.len; i++)
        link_rule(l, p->rules.at[i]);
    check_start(l, p);
}

static const type *candidate_type(linker *l) {
    static const char *const names[] = {"party", "row", "model"};
    enum { FIELDS = sizeof names / sizeof *names };
    const entity *parties = l->rules->vocabulary.engine.parties;
    record_type *t = arena_new(l->arena, record_type);
    record_field *fields = arena_array(l->arena, record_field, FIELDS);
    *t = (record_type){.name = STR("candidate"), .count = FIELDS, .fields = fields};
    for (size_t i = 0; i < FIELDS; i++) {
        fields[i] = (record_field){.name = str_of(names[i]), .type = &type_dyn};
        map_put(l->arena, &t->index, fields[i].name, &fields[i]);
    }
    if (parties) fields[0].type = record_of(parties->self.type);
    return type_record_of(l->arena, t);
}

// Definitions of all policies first: rules may not depend on the order of policies.
void link_policies(linker *l) {
    ruleset *r = l->rules;
    l->candidate = candidate_type(l);
    for (size_t i = 0; i < r->policy_index.len; i++)
        link_environment(l, r->policy_index.entries[i].value);
    link_settings(l);
    for (size_t i = 0; i < r->policy_index.len; i++)
        link_contents(l, r->policy_index.entries[i].value);
    check_parameters(l);
    check_displacement_cycles(l);
    check_role_cycles(l);
}
