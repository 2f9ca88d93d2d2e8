// SPDX-License-Identifier: Apache-2.0
//
// What the files vocabulary*.c share while a vocabulary is being built, in this order: values,
// names of entities and records, facts, engine, absence, nesting, types in CEL. Nobody else
// includes it.
#ifndef OBSTAT_LAW_VOCABULARY_BUILD_H
#define OBSTAT_LAW_VOCABULARY_BUILD_H

#include "law/schema.h"
#include "law/vocabulary.h"

// A record whose name is known; its facts may stand in several documents.
typedef struct record_draft {
    record_def *def;
    entity *entity;                // of whose entries it is; NULL: a nested record
    const node *short_at, *key_at; // where they are written, or NULL
    vec(const pair *) facts;
} record_draft;

// A fact of the top level.
typedef struct value_draft {
    entity *entity;
    const pair *fact;
} value_draft;

typedef struct builder {
    reader r;
    vocabulary *v;
    vec(record_draft) records; // in the order of the documents
    vec(value_draft) values;
} builder;

// The parts of a document, each beside its reader.
extern const schema_form vocabulary_engine_form, vocabulary_values_form, vocabulary_metric_form;
extern const schema_form vocabulary_entity_form, vocabulary_record_form, vocabulary_facts_form;
extern const schema_form vocabulary_absent_form;

// A name of a fact, entity, record or metric: an identifier that CEL can select. Says what is
// wrong.
bool vocabulary_name(builder *b, const node *key);
// The same for a fact, whose name must leave the keys of every entry free.
bool vocabulary_fact_name(builder *b, const node *key);
// "did you mean" over the keys of a map.
str vocabulary_nearest(builder *b, str word, const map *names);
// The first name of a dotted path, which moves behind it.
str path_next(str *path);
// The record in which a path goes on behind a fact; NULL: it ends there.
const record_def *fact_inside(const fact *f);
bool enumeration_has(const enumeration *e, str word);
// Whether a fact's value can identify an entry.
bool fact_can_be_key(const fact *f);

void vocabulary_build_values(builder *b);  // values → v->values
void vocabulary_build_names(builder *b);   // entities and records, without their facts
void vocabulary_build_facts(builder *b);   // all facts but for what their absence means
void vocabulary_build_metrics(builder *b); // after the facts
void vocabulary_build_engine(builder *b);  // after the metrics
void vocabulary_build_absence(builder *b); // after the engine: a path may begin with the market
void vocabulary_build_first(builder *b);   // after the engine
void vocabulary_build_types(builder *b);   // nesting and CEL's types, after all else

// `absent:` and `none:` of one fact as they are written; `vocabulary_build_absence` resolves them.
void vocabulary_read_absent(builder *b, fact *f, const node *absent, const node *none);

// Reads the type of a fact: kind, list, values, record, ref. False: a mistake was said.
bool vocabulary_read_type(builder *b, fact *f, const node *n);

#endif
