// SPDX-License-Identifier: Apache-2.0
//
// The vocabulary: every fact that a manifest may state, with its type, what its absence means and
// the question that asks for it. Read from data; its `engine` section is the only place where the
// engine learns which facts are markets, parties, engagements, opinions.
#ifndef OBSTAT_LAW_VOCABULARY_H
#define OBSTAT_LAW_VOCABULARY_H

#include "cel/cel.h"

typedef enum fact_kind {
    FACT_STRING,
    FACT_BOOL,
    FACT_INT,
    FACT_DOUBLE,
    FACT_DATE,
    FACT_PERIOD,
    FACT_COUNTRY,      // a code of places.yaml
    FACT_JURISDICTION, // the same, or a group
    FACT_PLACE,
    FACT_MONEY,
    FACT_METRIC,
    FACT_METRICS, // a map of metrics by name
    FACT_ENUM,
    FACT_REF,     // the id of an entry of `entity`; in CEL the record itself
    FACT_REF_ANY, // the id of any entry; in CEL its text
    FACT_RECORD   // a nested record
} fact_kind;

typedef enum absent_kind {
    ABSENT_UNKNOWN,
    ABSENT_REQUIRED,
    ABSENT_EMPTY,
    ABSENT_NONE,
    ABSENT_VALUE, // `absent_value`, as in a manifest
    ABSENT_FACT,  // the value of another fact, `absent_path`
    ABSENT_ALL    // references to every entry of `absent_entity`
} absent_kind;

typedef enum fact_scope { SCOPE_BUILD, SCOPE_MARKET, SCOPE_PARTY } fact_scope;

typedef struct entity entity;
typedef struct record_def record_def;

typedef struct fact fact;
struct fact {
    str name;
    uint32_t slot; // in its record
    fact_kind kind;
    bool list;
    const enumeration *values; // FACT_ENUM
    const record_def *record;  // FACT_RECORD, FACT_METRIC
    const entity *ref;         // FACT_REF
    str unit;
    absent_kind absent;
    const node *absent_value; // in the tree of the vocabulary
    str absent_path;          // dotted: a fact of the entry, of the market, or from an entity
    const fact *absent_fact;  // what absent_path names
    const entity *absent_entity;
    const node *absent_at; // where it is said, or NULL
    bool may_be_none;      // `none` may be stated
    str none_word;         // the word for it ("open-ended"); "none" always does, too
    fact_scope scope;
    bool own_scope; // said here; in a nested record else that of the fact that holds the record
    size_t max_items, max_length;
    bool has_least, has_most; // of a number: what it is at least and at most
    double least, most;
    str ask, meaning, term;
    const type *type; // in CEL
    span at;          // where it is declared
};

// A record of facts: what an entry of an entity, or a nested record, is made of.
struct record_def {
    str name;       // as messages call it
    str short_fact; // what a bare value fills (may be "id"); empty: none
    str key_fact;   // what identifies an entry of a list (may be "id"); empty: none
    fact *facts;
    size_t count;
    map index;         // name → fact
    record_type *type; // in CEL; slots are the facts' slots, and may go on behind them
    span at;
};

typedef enum entity_shape { ENTITY_MAP, ENTITY_LIST, ENTITY_VALUE } entity_shape;

struct entity {
    entity_shape shape;
    fact self; // the entity as a fact of the manifest: type, absent, none, ask, scope, max_items
    const record_def *record; // of its entries; ENTITY_VALUE: NULL
};

typedef struct metric_def {
    str name;
    fact_kind kind; // int, double or money
    str unit, ask, meaning;
    const entity *const *on; // where it may be stated
    size_t on_count;
    period over;
    bool has_over;
    span at; // of its name
} metric_def;

// The facts that carry the engine's own concepts. NULL: the concept is switched off.
typedef struct engine_facts {
    const entity *markets;
    const fact *market_place, *market_parts, *market_launch;
    str market_patch; // a key of the form, not a fact: what differs in this market
    const entity *parties;
    const entity *operator_; // the entity (a value) that names the operator
    const fact *establishments, *establishment_place;
    const fact *engagements, *engagement_role, *engagement_place, *engagement_state;
    uint32_t engagement_party; // the slot of an engagement, behind its facts, for who holds it
    const record_def *registration;
    const fact *registration_kind, *registration_place, *registration_number, *registration_state,
        *registration_date;
    const str *registration_live; // states that count
    size_t registration_live_count;
    const entity *opinions;
    str opinion_kind; // the value of its key fact that makes an entry an opinion
    const fact *opinion_kind_fact, *opinion_term, *opinion_answer, *opinion_about, *opinion_by,
        *opinion_date, *opinion_until;
    const fact *group, *owners, *independent_of;
    str metrics; // the name of the facts of kind FACT_METRICS
} engine_facts;

// What a first manifest is asked for: a fact of an entity, the entity where it is a value itself,
// or the ids of a list's entries (no fact).
typedef struct first_fact {
    const entity *entity;
    const fact *fact;
} first_fact;

typedef struct vocabulary {
    vec(const node *) documents; // as they were read; they must live as long as this
    vec(entity *) entities;      // in the order of the file
    map entity_index;
    map records; // name → record_def
    map values;  // list name → enumeration
    map metrics; // name → metric_def
    engine_facts engine;
    const record_def
        *metric_record;        // value, currency, over, as_of, by, at_least, at_most, forecast
    vec(first_fact) ask_first; // in the order in which they are asked
    bool extends_installed;
} vocabulary;

// Takes one vocabulary document into `v`, adding to what is there: the one that stands alone comes
// first, packs that extend it after it. Mistakes are diagnostics; false when there were any.
bool vocabulary_read(vocabulary *v, arena *a, diags *d, const node *doc);

// After all documents: reads them, resolves names across them, builds the CEL types, checks the
// engine section. Once.
bool vocabulary_finish(vocabulary *v, arena *a, diags *d);

const entity *vocabulary_entity(const vocabulary *v, str name);
const fact *record_fact(const record_def *r, str name); // NULL: none

// The fact of a dotted path ("models.registrations.number"); NULL: none.
const fact *vocabulary_path(const vocabulary *v, str path);

#endif
