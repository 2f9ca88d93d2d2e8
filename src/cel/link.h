// SPDX-License-Identifier: Apache-2.0
//
// What the linker and the checker share: how names are looked up, and what is said of those that
// are not found. Private to src/cel.
#ifndef OBSTAT_CEL_LINK_H
#define OBSTAT_CEL_LINK_H

#include "cel/cel.h"

typedef vec(str) names;

// Variables of all outer environments: the index of this one's first.
uint32_t env_first_variable(const cel_env *env);
const cel_variable *env_variable(const cel_env *env, uint32_t index);

// What `name` (dotted, without leading dot) is in an environment: a definition, a variable or a
// constant. False: nothing.
typedef struct found {
    name_ref ref;
    uint32_t index;
    const definition *definition;
    value constant;
} found;
bool env_find(found *out, const cel_env *env, str name);

// Whether a function of any form has this name.
bool env_has_function(const cel_env *env, str name);

// cel_declare, for `self`, which is in the environment already.
bool env_declare(const cel_env *env, diags *d, span at, str name, const char *what,
                 const definition *self);

// Whether a mistake has been told at that place before; DIAG_COUNT: any mistake.
bool is_told(const diags *d, diag_code code, span at);

// Diagnostics for what is not found, told once a place. `local`: further names that are known
// there.
void say_unknown_name(const cel_env *env, diags *d, const expr *e, const names *local);
void say_unknown_function(const cel_env *env, diags *d, const expr *call);

// `a.b.f(x)` where `a` is nothing: the target is the namespace of a function that does not exist.
bool is_namespaced(const expr *call);

#endif
