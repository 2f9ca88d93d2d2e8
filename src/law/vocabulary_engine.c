// SPDX-License-Identifier: Apache-2.0
//
// The section `engine`: which facts carry the few concepts that the engine itself needs. Each part
// is a table of its words and of the kinds of facts that can carry them; a part that is absent
// switches its concept off, but a vocabulary without markets asks nothing.
#include "law/vocabulary_build.h"

#include <stddef.h>
#include <string.h>

enum {
    A_TEXT = 1 << FACT_STRING,
    A_WORD = 1 << FACT_STRING | 1 << FACT_ENUM,
    A_PLACE = 1 << FACT_COUNTRY | 1 << FACT_JURISDICTION | 1 << FACT_PLACE,
    A_DATE = 1 << FACT_DATE,
    A_BOOL = 1 << FACT_BOOL,
    A_REF = 1 << FACT_REF,
    ANY_REF = 1 << FACT_REF | 1 << FACT_REF_ANY,
    A_RECORD = 1 << FACT_RECORD
};

typedef struct concept {
    const char *word;
    bool required;
    unsigned kinds; // of facts that can carry it
    size_t at;      // of the `const fact *` in engine_facts
}
concept;

#define CONCEPT(word, required, kinds, member)                                                     \
    { word, required, kinds, offsetof(engine_facts, member) }

static const concept market_concepts[] = {
    CONCEPT("place", true, A_PLACE, market_place),
    CONCEPT("parts", false, A_PLACE, market_parts),
    CONCEPT("launch", false, A_DATE, market_launch),
};
static const concept establishment_concepts[] = {
    CONCEPT("place", true, A_PLACE, establishment_place),
};
static const concept engagement_concepts[] = {
    CONCEPT("role", true, A_WORD, engagement_role),
    CONCEPT("place", true, A_PLACE, engagement_place),
    CONCEPT("state", true, A_WORD, engagement_state),
};
static const concept registration_concepts[] = {
    CONCEPT("kind", true, A_WORD, registration_kind),
    CONCEPT("jurisdiction", true, A_PLACE, registration_place),
    CONCEPT("number", true, A_TEXT, registration_number),
    CONCEPT("state", true, A_WORD, registration_state),
    CONCEPT("date", true, A_DATE, registration_date),
};
static const concept opinion_concepts[] = {
    CONCEPT("term", true, A_TEXT, opinion_term),
    CONCEPT("answer", true, A_BOOL, opinion_answer),
    CONCEPT("about", false, ANY_REF, opinion_about),
    CONCEPT("by", false, A_REF, opinion_by),
    CONCEPT("date", false, A_DATE, opinion_date),
    CONCEPT("valid_until", false, A_DATE, opinion_until),
};
static const concept ownership_concepts[] = {
    CONCEPT("group", true, A_TEXT, group),
    CONCEPT("owners", true, A_RECORD, owners),
    CONCEPT("independent_of", true, A_REF, independent_of),
};
#define CONCEPTS(table) table, sizeof(table) / sizeof *(table)

enum { PART_KEYS_MAX = 10 };

// One part of the section while it is read.
typedef struct part {
    builder *b;
    const char *name;
    const node *n; // its map
} part;

static void bad_engine(const part *p, const node *n, str hint, const char *message) {
    diag_add(p->b->r.diags, DIAG_BAD_ENGINE, n->at, hint, "`engine.%s`: `%.*s` %s", p->name,
             STR_ARG(n->text), message);
}

// Checks the keys of a part: those of its concepts and some of its own, which come first.
static bool part_keys(const part *p, const schema_key *own, size_t own_count,
                      const concept *concepts, size_t count, const node **own_values) {
    schema_key keys[PART_KEYS_MAX];
    const node *values[PART_KEYS_MAX];
    for (size_t i = 0; i < own_count; i++)
        keys[i] = own[i];
    for (size_t i = 0; i < count; i++)
        keys[own_count + i] = (schema_key){concepts[i].word, TAKES_TEXT, concepts[i].required};
    str what = str_format(p->b->r.arena, "`engine.%s`", p->name);
    size_t before = p->b->r.diags->errors;
    schema_map(&p->b->r, p->n, str_c(p->b->r.arena, what), keys, own_count + count, values);
    for (size_t i = 0; i < own_count; i++)
        own_values[i] = values[i];
    return p->b->r.diags->errors == before;
}

static void set_concept(const part *p, const concept *c, const record_def *r) {
    const node *n = doc_get(p->n, c->word);
    if (!n || !r) return;
    const fact *f = record_fact(r, n->text);
    if (!f) {
        bad_engine(p, n, vocabulary_nearest(p->b, n->text, &r->index),
                   str_c(p->b->r.arena,
                         str_format(p->b->r.arena, "is no fact of `%.*s`", STR_ARG(r->name))));
        return;
    }
    if (!(c->kinds & 1u << f->kind)) {
        bad_engine(p, n, STR("name a fact of a type that can carry it"), "is of another type");
        return;
    }
    memcpy((char *)&p->b->v->engine + c->at, &f, sizeof f);
}

static void set_concepts(const part *p, const concept *concepts, size_t count,
                         const record_def *r) {
    for (size_t i = 0; i < count; i++)
        set_concept(p, &concepts[i], r);
}

static const entity *list_entity(const part *p, const node *n) {
    const entity *e = vocabulary_entity(p->b->v, n->text);
    if (e && e->shape == ENTITY_LIST) return e;
    bad_engine(p, n, vocabulary_nearest(p->b, n->text, &p->b->v->entity_index),
               "is no entity that is a list");
    return NULL;
}

// A list of nested records by its path.
static const fact *record_list(const part *p, const node *n) {
    const fact *f = vocabulary_path(p->b->v, n->text);
    if (f && f->list && f->kind == FACT_RECORD && f->record) return f;
    bad_engine(p, n, STR("write a path such as `parties.mandates`"), "is no list of records");
    return NULL;
}

// --- the parts

static const schema_key list_key[] = {{"list", TAKES_TEXT, true}};

static void read_market(part *p) {
    static const schema_key own[] = {{"list", TAKES_TEXT, true}, {"patch", TAKES_TEXT, false}};
    const node *values[2];
    engine_facts *engine = &p->b->v->engine;
    if (!part_keys(p, own, 2, CONCEPTS(market_concepts), values)) return;
    engine->markets = list_entity(p, values[0]);
    engine->market_patch = schema_text(values[1]);
    if (!engine->markets) return;
    set_concepts(p, CONCEPTS(market_concepts), engine->markets->record);
    if (values[1] && record_fact(engine->markets->record, values[1]->text))
        bad_engine(p, values[1], STR("the patch is no fact: choose another word"),
                   "is a fact of the market, too");
}

static void read_party(part *p) {
    static const schema_key own[] = {{"list", TAKES_TEXT, true}, {"operator", TAKES_TEXT, true}};
    const node *values[2];
    engine_facts *engine = &p->b->v->engine;
    if (!part_keys(p, own, 2, NULL, 0, values)) return;
    engine->parties = list_entity(p, values[0]);
    const entity *e = vocabulary_entity(p->b->v, values[1]->text);
    if (engine->parties && e && e->shape == ENTITY_VALUE && e->self.kind == FACT_REF &&
        !e->self.list && e->self.ref == engine->parties)
        engine->operator_ = e;
    else
        bad_engine(p, values[1], STR("name a fact of the top level of type `ref` to the parties"),
                   "cannot name the operator");
}

static void read_establishment(part *p) {
    const node *path;
    if (!part_keys(p, list_key, 1, CONCEPTS(establishment_concepts), &path)) return;
    const fact *list = record_list(p, path);
    p->b->v->engine.establishments = list;
    if (list) set_concepts(p, CONCEPTS(establishment_concepts), list->record);
}

static void read_engagement(part *p) {
    const node *path;
    engine_facts *engine = &p->b->v->engine;
    if (!part_keys(p, list_key, 1, CONCEPTS(engagement_concepts), &path)) return;
    const fact *list = record_list(p, path);
    if (!list) return;
    set_concepts(p, CONCEPTS(engagement_concepts), list->record);
    bool of_party = engine->parties && record_fact(engine->parties->record, list->name) == list;
    if (!of_party) {
        bad_engine(p, path, STR("a party holds its engagements"), "is no fact of the parties");
        return;
    }
    if (record_fact(list->record, STR("party"))) {
        bad_engine(p, path, STR("the engine adds that field: leave the fact out"),
                   "has a fact `party`");
        return;
    }
    engine->engagements = list;
    engine->engagement_party = (uint32_t)list->record->count;
}

// States that count; they must be values of the state.
static void read_live(const part *p, const node *n) {
    engine_facts *engine = &p->b->v->engine;
    const fact *state = engine->registration_state;
    engine->registration_live = schema_texts(&p->b->r, n, &engine->registration_live_count);
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    for (size_t i = 0; state && state->values && i < count; i++)
        if (items[i]->kind == NODE_STRING && !enumeration_has(state->values, items[i]->text))
            bad_engine(p, items[i],
                       schema_words_hint(p->b->r.arena, items[i]->text, state->values->values,
                                         state->values->count),
                       "is no value of the state");
}

static void say_registration(const part *p, str hint, const char *message) {
    diag_add(p->b->r.diags, DIAG_BAD_ENGINE, p->n->at, hint, "`engine.registration`: %s", message);
}

static bool has_all(const part *p, const concept *concepts, size_t count, const record_def *r) {
    for (size_t i = 0; i < count; i++) {
        const node *n = doc_get(p->n, concepts[i].word);
        if (!n || !record_fact(r, n->text)) return false;
    }
    return true;
}

// The part names no record: a registration is the one nested record that has all of its facts.
static void read_registration(part *p) {
    static const schema_key own[] = {{"live", TAKES_LIST | TAKES_TEXT, true}};
    const node *live;
    const record_def *found = NULL;
    if (!part_keys(p, own, 1, CONCEPTS(registration_concepts), &live)) return;
    for (size_t i = 0; i < p->b->records.len; i++) {
        const record_draft *draft = &p->b->records.at[i];
        if (draft->entity || !has_all(p, CONCEPTS(registration_concepts), draft->def)) continue;
        if (found) {
            say_registration(p, STR("name facts that one record alone has"),
                             "two records have all of these facts");
            return;
        }
        found = draft->def;
    }
    if (!found) {
        say_registration(p, STR("add a record with these facts, or leave the part out"),
                         "no record has all of these facts");
        return;
    }
    p->b->v->engine.registration = found;
    set_concepts(p, CONCEPTS(registration_concepts), found);
    read_live(p, live);
}

static void read_opinion(part *p) {
    static const schema_key own[] = {{"list", TAKES_TEXT, true}, {"kind", TAKES_TEXT, true}};
    const node *values[2];
    engine_facts *engine = &p->b->v->engine;
    if (!part_keys(p, own, 2, CONCEPTS(opinion_concepts), values)) return;
    const entity *list = list_entity(p, values[0]);
    if (!list) return;
    engine->opinions = list;
    engine->opinion_kind = values[1]->text;
    engine->opinion_kind_fact = record_fact(list->record, list->record->key_fact);
    const fact *key = engine->opinion_kind_fact;
    if (!key || !key->values || !enumeration_has(key->values, values[1]->text))
        bad_engine(p, values[1], STR("name a value of the list's key"),
                   "is no kind of entry there");
    set_concepts(p, CONCEPTS(opinion_concepts), list->record);
}

static void read_ownership(part *p) {
    const entity *parties = p->b->v->engine.parties;
    if (parties && part_keys(p, NULL, 0, CONCEPTS(ownership_concepts), NULL))
        set_concepts(p, CONCEPTS(ownership_concepts), parties->record);
}

// --- the section

// In an order in which each part finds what it needs.
enum { PARTY = 1 };
static const struct {
    const char *name;
    void (*read)(part *p);
    bool of_party; // needs the part `party`
} parts[] = {
    {"market", read_market, false},
    [PARTY] = {"party", read_party, false},
    {"establishment", read_establishment, true},
    {"engagement", read_engagement, true},
    {"registration", read_registration, false},
    {"opinion", read_opinion, false},
    {"ownership", read_ownership, true},
};
enum { PARTS = sizeof parts / sizeof *parts };

static void read_engine(builder *b, const node *n) {
    schema_key keys[PARTS + 1];
    const node *values[PARTS + 1];
    for (size_t i = 0; i < PARTS; i++)
        keys[i] = (schema_key){parts[i].name, TAKES_MAP, i == 0};
    keys[PARTS] = (schema_key){"metrics", TAKES_TEXT, false};
    if (!schema_map(&b->r, n, "`engine`", keys, PARTS + 1, values)) return;
    for (size_t i = 0; i < PARTS; i++) {
        if (values[i] && parts[i].of_party && !values[PARTY])
            diag_add(b->r.diags, DIAG_BAD_ENGINE, values[i]->at,
                     STR("add `party`, or leave it out"),
                     "`engine.%s` is about parties, but there is no `party`", parts[i].name);
        else if (values[i])
            parts[i].read(&(part){b, parts[i].name, values[i]});
    }
    b->v->engine.metrics = schema_text(values[PARTS]);
}

void vocabulary_build_engine(builder *b) {
    if (b->v->documents.len == 0) return;
    const node *first = b->v->documents.at[0], *n = doc_get(first, "engine");
    if (!n)
        diag_add(b->r.diags, DIAG_BAD_ENGINE, first->at,
                 STR("add `engine: {market: {list: …, place: …}}`"),
                 "the vocabulary does not say which facts are its markets");
    else if (n->kind == NODE_MAP)
        read_engine(b, n);
}
