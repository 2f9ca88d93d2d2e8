// SPDX-License-Identifier: Apache-2.0
//
// All law that a question can reach, loaded, linked and checked: vocabulary, places, registries,
// policies. Immutable after loading; shared by threads. It reads no files itself: a reader hands it
// names and bytes.
#ifndef OBSTAT_LAW_RULESET_H
#define OBSTAT_LAW_RULESET_H

#include "law/policy.h"

// How the loader sees a rules folder: `list` names the entries of a folder ("" the top), folders
// with a trailing slash; `read` gives a file's bytes. Both put results into the arena and return
// false (with a diagnostic added) when it cannot be done. Paths are relative, with slashes.
typedef struct rules_folder {
    str name; // as messages call it; paths in spans are name + "/" + path
    bool installed;
    bool (*list)(void *ctx, arena *a, diags *d, str path, str **entries, size_t *count);
    bool (*read)(void *ctx, arena *a, diags *d, str path, str *bytes);
    void *ctx;
} rules_folder;

typedef struct ruleset {
    arena *arena;
    vocabulary vocabulary;
    places places;
    registries registries;
    entities entities;
    cel_env
        *facts; // the outermost environment: entities, market, operator, as_of, … and all functions
    vec(policy *) policies; // sorted by id
    map policy_index;       // id → policy
    map rules;              // id → rule
    map roles;              // name → role_def; unique over all packs
    bool has_known_on;
    day known_on;
    bool everything; // all law was read; else what these places reach
    const str *reach;
    size_t reach_count;
    bool stands_alone; // its vocabulary does: no installed folder is loaded
    // A file could not be read: that a name is not here proves nothing, and is not complained of.
    bool incomplete;
} ruleset;

// Indexes of the variables of `ruleset.facts`, before those of the entities.
typedef enum fact_variable {
    FACTS_AS_OF,
    FACTS_START,
    FACTS_PLACE,
    FACTS_PLACES,
    FACTS_MARKET,
    FACTS_ENGAGEMENTS,
    FACTS_FIRST_ENTITY
} fact_variable;

typedef struct load_options {
    bool has_known_on;
    day known_on;
    bool everything;  // read all jurisdictions (rules, lint, test …)
    const str *reach; // else: codes of the places that the manifests name (markets, establishments)
    size_t reach_count;
    const cel_function_table *functions; // of src/check, which the conditions may call
    size_t function_tables;
} load_options;

// Two steps, because a manifest's places can only be found once the vocabulary is known.
// `ruleset_open` reads vocabulary.yaml, places.yaml, entities.yaml and every jurisdiction.yaml;
// `ruleset_load` reads registries and policies of the jurisdictions in reach and checks everything.
bool ruleset_open(ruleset *r, arena *a, diags *d, const rules_folder *folders, size_t count);
bool ruleset_load(ruleset *r, diags *d, const rules_folder *folders, size_t count,
                  const load_options *options);

const policy *ruleset_policy(const ruleset *r, str id);
const rule *ruleset_rule(const ruleset *r, str id);
const role_def *ruleset_role(const ruleset *r, str name);

// The body of a parameter at a place on a day: the nearest place that sets it, else the policy's
// own.
const expr *ruleset_parameter(const ruleset *r, const definition *d, str place, day on);

// Whether the place sets a parameter that the rule reads, otherwise than the place around it does.
bool ruleset_differs(const ruleset *r, const rule *of, arena *scratch, str place, str around,
                     day on);

// The ruleset that an environment belongs to; NULL: none (CEL by itself).
const ruleset *ruleset_of(const cel_env *env);

// For cel_function.check_literal: the text names a role, a registry.
bool ruleset_role_literal(const cel_env *env, diags *d, const expr *arg, str text);
bool ruleset_registry_literal(const cel_env *env, diags *d, const expr *arg, str text);

#endif
