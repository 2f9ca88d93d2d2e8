// SPDX-License-Identifier: Apache-2.0
//
// The facts of one launch as one place of one market sees them: a manifest bound to records of
// typed slots, patched for the market, cut to it, its references resolved, its defaults filled in.
// What is wrong with the manifest is said here. Knows no rule.
#ifndef OBSTAT_CHECK_FACTS_H
#define OBSTAT_CHECK_FACTS_H

#include "law/ruleset.h"

// What a record's `origin` is, by its `realm`.
enum { REALM_OTHER, REALM_FACT, REALM_ASSUMPTION };

// Where a record of facts comes from.
typedef struct fact_origin {
    const record_def *def;
    const node *node;      // of the entry; NULL: the manifest only names it, or says nothing of it
    const node *name_node; // of its id or key, to point at; may be `node`
    const record *parent;  // the record that holds it; NULL: an entity's
    const fact *as;        // the fact that holds it
    str label;             // in lists: its id, or its number; else empty
    const node **stated;   // by slot: the value as stated; NULL: not stated (it may have a default)
    const node *const **items; // by slot: the nodes of a list's elements
    uint8_t *defaults;         // by slot: state of the default, see bind_defaults.c
    bool cut;                  // stated for other markets only
} fact_origin;

typedef struct facts {
    const ruleset *rules;
    arena *arena;
    diags *diags;
    const node *root;        // the manifest as this market sees it
    const node *market_node; // the entry of the market
    str market, place;
    day as_of;
    value *globals;            // by the variables of rules->facts
    const node *const **items; // by global: the nodes of an entity's elements
    const node **stated;       // by global
    vec(record *) records;     // all, in the order of the text
    map *ids;                  // by entity number: id → record
    map *repeated;             // the same, for ids that more than one entry has
} facts;

// The entries of the manifest's list of markets, after short forms; NULL and a diagnostic: there is
// none.
const node *const *facts_markets(const ruleset *r, diags *d, const node *manifest, size_t *count);

// The value of a fact of a market's entry (its code, launch …); NULL: not stated.
const node *facts_market_value(const ruleset *r, const node *market, const fact *f);

// Whether a scalar could be stated as a value of the fact, of a list as one of them; else a
// diagnostic says why not.
bool facts_takes(const ruleset *r, arena *a, diags *d, const fact *f, const node *n);

// Binds the manifest for a place of a market. False after mistakes of the manifest.
bool facts_bind(facts *f, const ruleset *r, arena *a, diags *d, const node *manifest,
                const node *market, str place, day as_of);

// Fills the list of all engagements from what the parties state, which may be hidden and come back.
void facts_gather_engagements(facts *f);

// The manifest with `patch` merged in, by the vocabulary's keys.
const node *facts_patch(const ruleset *r, arena *a, diags *d, const node *manifest,
                        const node *patch);

// --- places in the manifest

// "models[afm].registrations"; for a NULL record the global `slot`.
str fact_path(const facts *f, const record *r, uint32_t slot);
str record_path(const facts *f, const record *r);

// Where a slot is stated, or the nearest stated ancestor. `*stated`: it is itself.
span fact_span(const facts *f, const record *r, uint32_t slot, bool *stated);
span record_span(const facts *f, const record *r);

// The declaration of a slot; NULL: it has none (a pseudo-field).
const fact *fact_of(const facts *f, const record *r, uint32_t slot);

// A value as people read it: `none`, `[a, b]`, `USD 5`, an id.
str value_print(arena *a, value v);

static inline const fact_origin *origin_of(const record *r) {
    return r && r->realm == REALM_FACT ? r->origin : NULL;
}

#endif
