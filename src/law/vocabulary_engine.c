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
    unsigned kinds; // of facts that can carry it
    size_t at;      // of the `const fact *` in engine_facts
}
concept;

// A row: the word, whether it is demanded, the kinds of facts, the member, and what it is about.
#define AS_CONCEPT(word, required, kinds, member, about)                                           \
    {word, kinds, offsetof(engine_facts, member)},
#define AS_KEY(word, required, kinds, member, about) {word, TAKES_TEXT, required, NULL, about},

// Of each part: its concepts, and all of its keys, those that are no concepts first.
#define MARKET_CONCEPTS(C)                                                                         \
    C("place", true, A_PLACE, market_place, "Where it is.")                                        \
    C("parts", false, A_PLACE, market_parts, "In which parts of the place.")                       \
    C("launch", false, A_DATE, market_launch, "When it begins there.")
static const concept market_concepts[] = {MARKET_CONCEPTS(AS_CONCEPT)};
static const schema_key market_keys[] = {
    {"list", TAKES_TEXT, true, NULL, "The list of them, by its path."},
    {"patch", TAKES_TEXT, false, NULL, "The key of what differs in a market."},
    MARKET_CONCEPTS(AS_KEY)};

static const schema_key party_keys[] = {
    {"list", TAKES_TEXT, true, NULL, "The list of them, by its path."},
    {"operator", TAKES_TEXT, true, NULL, "The fact that names the party whose launch it is."},
};

#define ESTABLISHMENT_CONCEPTS(C) C("place", true, A_PLACE, establishment_place, "Where it is.")
static const concept establishment_concepts[] = {ESTABLISHMENT_CONCEPTS(AS_CONCEPT)};
static const schema_key establishment_keys[] = {
    {"list", TAKES_TEXT, true, NULL, "The list of them, by its path."},
    ESTABLISHMENT_CONCEPTS(AS_KEY)};

#define ENGAGEMENT_CONCEPTS(C)                                                                     \
    C("role", true, A_WORD, engagement_role, "In which role.")                                     \
    C("place", true, A_PLACE, engagement_place, "For which places.")                               \
    C("state", true, A_WORD, engagement_state, "How far it is.")
static const concept engagement_concepts[] = {ENGAGEMENT_CONCEPTS(AS_CONCEPT)};
static const schema_key engagement_keys[] = {
    {"list", TAKES_TEXT, true, NULL, "The list of them, by its path."},
    ENGAGEMENT_CONCEPTS(AS_KEY)};

#define REGISTRATION_CONCEPTS(C)                                                                   \
    C("kind", true, A_WORD, registration_kind, "What it is.")                                      \
    C("jurisdiction", true, A_PLACE, registration_place, "Where.")                                 \
    C("number", true, A_TEXT, registration_number, "Its number.")                                  \
    C("state", true, A_WORD, registration_state, "How far it is.")                                 \
    C("date", true, A_DATE, registration_date, "From when it holds.")
static const concept registration_concepts[] = {REGISTRATION_CONCEPTS(AS_CONCEPT)};
static const schema_key registration_keys[] = {
    {"live", TAKES_LIST | TAKES_TEXT, true, &schema_texts_form, "The states that count."},
    REGISTRATION_CONCEPTS(AS_KEY)};

#define OPINION_CONCEPTS(C)                                                                        \
    C("term", true, A_TEXT, opinion_term, "The open term.")                                        \
    C("answer", true, A_BOOL, opinion_answer, "The answer.")                                       \
    C("about", false, ANY_REF, opinion_about, "What it is about.")                                 \
    C("by", false, A_REF, opinion_by, "Who gives it.")                                             \
    C("date", false, A_DATE, opinion_date, "When it was given.")                                   \
    C("valid_until", false, A_DATE, opinion_until, "Until when it holds.")
static const concept opinion_concepts[] = {OPINION_CONCEPTS(AS_CONCEPT)};
static const schema_key opinion_keys[] = {
    {"list", TAKES_TEXT, true, NULL, "The list of them, by its path."},
    {"kind", TAKES_TEXT, true, NULL, "The kind of entry that is an opinion."},
    OPINION_CONCEPTS(AS_KEY)};

#define OWNERSHIP_CONCEPTS(C)                                                                      \
    C("group", true, A_TEXT, group, "The group of companies.")                                     \
    C("owners", true, A_RECORD, owners, "Who owns it.")                                            \
    C("independent_of", true, A_REF, independent_of, "Of whom it is free.")
static const concept ownership_concepts[] = {OWNERSHIP_CONCEPTS(AS_CONCEPT)};
static const schema_key ownership_keys[] = {OWNERSHIP_CONCEPTS(AS_KEY)};

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define ALL(table)   table, COUNT(table)

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

// The values of a part by its keys. False: mistakes were said.
static bool part_values(const part *p, const schema_key *keys, size_t count, const node **values) {
    str what = str_format(p->b->r.arena, "`engine.%s`", p->name);
    size_t before = p->b->r.diags->errors;
    schema_map(&p->b->r, p->n, str_c(p->b->r.arena, what), keys, count, values);
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

static void read_market(part *p) {
    const node *values[COUNT(market_keys)];
    engine_facts *engine = &p->b->v->engine;
    if (!part_values(p, ALL(market_keys), values)) return;
    engine->markets = list_entity(p, values[0]);
    engine->market_patch = schema_text(values[1]);
    if (!engine->markets) return;
    set_concepts(p, ALL(market_concepts), engine->markets->record);
    if (values[1] && record_fact(engine->markets->record, values[1]->text))
        bad_engine(p, values[1], STR("the patch is no fact: choose another word"),
                   "is a fact of the market, too");
}

static void read_party(part *p) {
    const node *values[COUNT(party_keys)];
    engine_facts *engine = &p->b->v->engine;
    if (!part_values(p, ALL(party_keys), values)) return;
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
    const node *values[COUNT(establishment_keys)];
    if (!part_values(p, ALL(establishment_keys), values)) return;
    const fact *list = record_list(p, values[0]);
    p->b->v->engine.establishments = list;
    if (list) set_concepts(p, ALL(establishment_concepts), list->record);
}

static void read_engagement(part *p) {
    const node *values[COUNT(engagement_keys)];
    engine_facts *engine = &p->b->v->engine;
    if (!part_values(p, ALL(engagement_keys), values)) return;
    const node *path = values[0];
    const fact *list = record_list(p, path);
    if (!list) return;
    set_concepts(p, ALL(engagement_concepts), list->record);
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
    const node *values[COUNT(registration_keys)];
    const record_def *found = NULL;
    if (!part_values(p, ALL(registration_keys), values)) return;
    for (size_t i = 0; i < p->b->records.len; i++) {
        const record_draft *draft = &p->b->records.at[i];
        if (draft->entity || !has_all(p, ALL(registration_concepts), draft->def)) continue;
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
    set_concepts(p, ALL(registration_concepts), found);
    read_live(p, values[0]);
}

static void read_opinion(part *p) {
    const node *values[COUNT(opinion_keys)];
    engine_facts *engine = &p->b->v->engine;
    if (!part_values(p, ALL(opinion_keys), values)) return;
    const entity *list = list_entity(p, values[0]);
    if (!list) return;
    engine->opinions = list;
    engine->opinion_kind = values[1]->text;
    engine->opinion_kind_fact = record_fact(list->record, list->record->key_fact);
    const fact *key = engine->opinion_kind_fact;
    if (!key || !key->values || !enumeration_has(key->values, values[1]->text))
        bad_engine(p, values[1], STR("name a value of the list's key"),
                   "is no kind of entry there");
    set_concepts(p, ALL(opinion_concepts), list->record);
}

static void read_ownership(part *p) {
    const entity *parties = p->b->v->engine.parties;
    const node *values[COUNT(ownership_keys)];
    if (parties && part_values(p, ALL(ownership_keys), values))
        set_concepts(p, ALL(ownership_concepts), parties->record);
}

// --- the section

#define PART(name)                                                                                 \
    static const schema_form name##_form = {.takes = TAKES_MAP, SCHEMA_KEYS(name##_keys)};
PART(market)
PART(party)
PART(establishment)
PART(engagement)
PART(registration)
PART(opinion)
PART(ownership)

// In an order in which each part finds what it needs.
enum { PARTY = 1, METRICS = 7 };
static const schema_key section_keys[] = {
    {"market", TAKES_MAP, true, &market_form, "The places of a launch."},
    [PARTY] = {"party", TAKES_MAP, false, &party_form, "Who takes part, and whose launch it is."},
    {"establishment", TAKES_MAP, false, &establishment_form, "Where a party is present."},
    {"engagement", TAKES_MAP, false, &engagement_form, "The mandates that a party holds."},
    {"registration", TAKES_MAP, false, &registration_form, "Filings, licences, designations."},
    {"opinion", TAKES_MAP, false, &opinion_form, "Signed judgements of open terms."},
    {"ownership", TAKES_MAP, false, &ownership_form, "Groups and owners of parties."},
    [METRICS] = {"metrics", TAKES_TEXT, false, NULL, "The name of the facts that hold figures."},
};
const schema_form vocabulary_engine_form = {.takes = TAKES_MAP, SCHEMA_KEYS(section_keys)};

// By the same order.
static const struct {
    void (*read)(part *p);
    bool of_party; // needs the part `party`
} parts[METRICS] = {
    {read_market, false},    {read_party, false},        {read_establishment, true},
    {read_engagement, true}, {read_registration, false}, {read_opinion, false},
    {read_ownership, true},
};

static void read_engine(builder *b, const node *n) {
    const node *values[COUNT(section_keys)];
    if (!schema_map(&b->r, n, "`engine`", ALL(section_keys), values)) return;
    for (size_t i = 0; i < METRICS; i++) {
        const char *name = section_keys[i].name;
        if (values[i] && parts[i].of_party && !values[PARTY])
            diag_add(b->r.diags, DIAG_BAD_ENGINE, values[i]->at,
                     STR("add `party`, or leave it out"),
                     "`engine.%s` is about parties, but there is no `party`", name);
        else if (values[i])
            parts[i].read(&(part){b, name, values[i]});
    }
    b->v->engine.metrics = schema_text(values[METRICS]);
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
