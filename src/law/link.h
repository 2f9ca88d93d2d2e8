// SPDX-License-Identifier: Apache-2.0
//
// From policies as they were read to policies that can be asked: every name resolved, every type
// checked, every reference to another policy, role, registry or place followed. Private to src/law.
#ifndef OBSTAT_LAW_LINK_H
#define OBSTAT_LAW_LINK_H

#include "law/ruleset.h"
#include "law/uses.h"

typedef struct linker {
    ruleset *rules;
    arena *arena;
    diags *diags;
    policy *policy;        // whose expressions are linked
    bool everything;       // all folders were read: what is not here is nowhere
    const type *candidate; // the record in `set:`
    // The scope of the expressions that are linked now:
    str *names;
    const type **types;
    size_t name_count;
    vec(cel_known) guards; // what is known where the expression is evaluated
    uint32_t frame;        // the most slots that one needed
} linker;

// All policies of the ruleset.
void link_policies(linker *l);

// --- parts

void link_scope(linker *l, size_t room); // an empty scope with room for names
void link_name(linker *l, str name, const type *t);

// NULL: nothing to link. Returns the type that was found.
const type *link_expr(linker *l, expr *e, const type *expected);

// A list of conditions: each line is a guard of those after it, and stays one.
void link_conds(linker *l, const cond *c);

// Guards what is linked after it, up to where the guards are cut again.
void link_guard(linker *l, const expr *condition, bool holds);

void link_rule(linker *l, rule *r);
void link_way_set(linker *l, const rule *r, way_set *s);
void link_displacements(linker *l, displacement *at, size_t count);

void link_parameters(linker *l, policy *p); // before the definitions are checked
void link_settings(linker *l);              // after those of all policies
void check_parameters(linker *l);           // conflicts between places, gaps that rules read

void check_displacement_cycles(linker *l);
void check_role_cycles(linker *l);

// Names of a map, for "did you mean".
str link_near(linker *l, str word, const map *m);

#endif
