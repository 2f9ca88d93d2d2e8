// SPDX-License-Identifier: Apache-2.0
//
// The small world of world.c as it is read: entities in their order, facts in their slots, CEL's
// types, what absence means, the engine's facts.
#include "law/vocabulary.h"

#include "law/world.h"
#include "unit.h"

static vocabulary world(arena *a, const char *more) {
    const char *texts[] = {world_vocabulary, more};
    vocabulary v = {0};
    diags d = {.arena = a};
    for (size_t i = 0; i < 2 && texts[i]; i++) {
        docs read;
        CU_ASSERT_FATAL(
            doc_read(&read, a, &d, &doc_default_limits, DOC_YAML, STR("v.yaml"), str_of(texts[i])));
        CU_ASSERT(vocabulary_read(&v, a, &d, read.list.at[0]));
    }
    CU_ASSERT_FATAL(vocabulary_finish(&v, a, &d));
    CU_ASSERT(d.list.len == 0);
    return v;
}

static const fact *path(const vocabulary *v, const char *text) {
    const fact *f = vocabulary_path(v, str_of(text));
    CU_ASSERT_FATAL(f != NULL);
    return f;
}

static void entities_stand_in_the_order_of_the_file(void) {
    vocabulary v = world(unit_arena(), NULL);
    static const char *const names[] = {"boss", "shop", "lands", "firms"};
    static const entity_shape shapes[] = {ENTITY_VALUE, ENTITY_MAP, ENTITY_LIST, ENTITY_LIST};
    CU_ASSERT_FATAL(v.entities.len == 4);
    for (size_t i = 0; i < 4; i++) {
        CHECK_STR(v.entities.at[i]->self.name, names[i]);
        CU_ASSERT(v.entities.at[i]->shape == shapes[i]);
        CU_ASSERT(vocabulary_entity(&v, str_of(names[i])) == v.entities.at[i]);
    }
    CU_ASSERT(vocabulary_entity(&v, STR("permit")) == NULL);
}

static void facts_have_slots_and_types(void) {
    vocabulary v = world(unit_arena(), NULL);
    static const struct {
        const char *path;
        uint32_t slot;
        fact_kind kind;
        bool list;
        const char *type;
    } facts[] = {
        {"shop.price", 0, FACT_INT, false, "int"},
        {"shop.closes", 1, FACT_PERIOD, false, "period"},
        {"lands.land", 0, FACT_PLACE, false, "string"},
        {"lands.opens", 1, FACT_DATE, false, "date"},
        {"firms.name", 0, FACT_STRING, false, "string"},
        {"firms.home", 1, FACT_COUNTRY, false, "string"},
        {"firms.worth", 5, FACT_MONEY, false, "money"},
        {"firms.jobs.land", 1, FACT_JURISDICTION, true, "list(string)"},
        {"firms.permits.about", 5, FACT_REF_ANY, true, "list(string)"},
        {"firms.size.value", 0, FACT_DOUBLE, false, "double"},
        {"boss.name", 0, FACT_STRING, false, "string"},
    };
    arena a = {0};
    arena_init(&a, &mem_libc, NULL, 0);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const fact *f = path(&v, facts[i].path);
        CU_ASSERT(f->slot == facts[i].slot && f->kind == facts[i].kind);
        CU_ASSERT(f->list == facts[i].list);
        CHECK_STR(type_print(&a, f->type), facts[i].type);
    }
    arena_free(&a);
}

static void paths_end_where_there_is_no_fact(void) {
    vocabulary v = world(unit_arena(), NULL);
    static const char *const none[] = {
        "", "shops", "shop.prices", "shop.price.x", "firms.figures.value", "shop."};
    for (size_t i = 0; i < sizeof none / sizeof *none - 1; i++)
        CU_ASSERT(vocabulary_path(&v, str_of(none[i])) == NULL);
}

static void enums_keep_the_order_of_their_groups(void) {
    vocabulary v = world(unit_arena(), "obstat: vocabulary/v1\nextends: installed\n"
                                       "values: {colour: [green, red]}\n");
    const type *t = path(&v, "shop.colours")->type;
    CU_ASSERT_FATAL(t->kind == TYPE_LIST && t->a->kind == TYPE_ENUM);
    static const char *const values[] = {"red", "yellow", "blue", "green"};
    const enumeration *e = t->a->enumeration;
    CHECK_STR(e->name, "colour");
    CU_ASSERT_FATAL(e->count == 4);
    for (size_t i = 0; i < 4; i++)
        CHECK_STR(e->values[i], values[i]);
    e = path(&v, "firms.jobs.stage")->values;
    CU_ASSERT(e->count == 2 && e->name.len == 0);
    CHECK_STR(e->values[1], "signed");
}

static void records_refer_to_each_other(void) {
    vocabulary v = world(unit_arena(), NULL);
    const record_type *firm = vocabulary_entity(&v, STR("firms"))->record->type;
    CHECK_STR(firm->name, "firms");
    CU_ASSERT(vocabulary_entity(&v, STR("boss"))->self.type->record == firm);
    const type *firms = vocabulary_entity(&v, STR("firms"))->self.type;
    CU_ASSERT(firms->kind == TYPE_LIST && firms->a->record == firm);
    int slot = record_slot(firm, STR("jobs"));
    CU_ASSERT_FATAL(slot == 2);
    const record_type *job = firm->fields[slot].type->a->record;
    CU_ASSERT(job->fields[record_slot(job, STR("after"))].type->a->record ==
              vocabulary_entity(&v, STR("lands"))->record->type);
}

static void keyed_lists_know_their_key(void) {
    vocabulary v = world(unit_arena(), NULL);
    const type *jobs = path(&v, "firms.jobs")->type;
    CU_ASSERT(jobs->keyed && jobs->b->kind == TYPE_ENUM && jobs->max_items == 5);
    const type *firms = vocabulary_entity(&v, STR("firms"))->self.type;
    CU_ASSERT(firms->keyed && firms->b->kind == TYPE_STRING && firms->max_items == 20);
    const type *lands = path(&v, "firms.jobs.after")->type;
    CU_ASSERT(lands->keyed && lands->b->kind == TYPE_STRING);
    const type *permits = path(&v, "firms.permits")->type;
    CU_ASSERT(!permits->keyed && permits->b == NULL && permits->max_items == 1000);
    CHECK_STR(vocabulary_entity(&v, STR("lands"))->record->key_fact, "land");
    CHECK_STR(vocabulary_entity(&v, STR("firms"))->record->short_fact, "id");
}

static void figures_are_records_and_maps_of_them(void) {
    vocabulary v = world(unit_arena(), NULL);
    const record_type *metric = v.metric_record->type;
    CU_ASSERT(path(&v, "firms.size")->type->record == metric);
    const type *t = path(&v, "lands.figures")->type;
    CU_ASSERT(t->kind == TYPE_MAP && t->a->kind == TYPE_STRING && t->b->record == metric);
    const metric_def *m = map_get(&v.metrics, STR("visitors"));
    CU_ASSERT_FATAL(m != NULL);
    if (!m) return;
    CU_ASSERT(m->kind == FACT_INT && m->has_over && m->over.months == 1);
    CHECK_STR(m->unit, "people");
    CU_ASSERT(m->on_count == 2 && m->on[1] == vocabulary_entity(&v, STR("firms")));
}

static void absence_means_what_is_written(void) {
    vocabulary v = world(unit_arena(), NULL);
    CU_ASSERT(path(&v, "shop.price")->absent == ABSENT_UNKNOWN);
    CU_ASSERT(path(&v, "lands.land")->absent == ABSENT_REQUIRED);
    CU_ASSERT(path(&v, "firms")->absent == ABSENT_EMPTY);
    CU_ASSERT(path(&v, "firms.worth")->absent == ABSENT_NONE);
    const fact *stage = path(&v, "firms.jobs.stage");
    CU_ASSERT(stage->absent == ABSENT_VALUE);
    CHECK_STR(stage->absent_value->text, "signed");
    const fact *land = path(&v, "firms.jobs.land");
    CU_ASSERT(land->absent == ABSENT_FACT && land->absent_fact == path(&v, "lands.land"));
    CHECK_STR(land->absent_path, "market.land");
    const fact *after = path(&v, "firms.jobs.after");
    CU_ASSERT(after->absent == ABSENT_ALL &&
              after->absent_entity == vocabulary_entity(&v, STR("lands")));
}

static bool may_be_none(const vocabulary *v, const char *of, const char *field) {
    const record_type *t = vocabulary_entity(v, str_of(of))->record->type;
    return t->fields[record_slot(t, str_of(field))].may_be_none;
}

static void none_is_a_state_of_single_facts(void) {
    vocabulary v = world(unit_arena(), NULL);
    CHECK_STR(path(&v, "shop.closes")->none_word, "never");
    CU_ASSERT(may_be_none(&v, "shop", "closes") && !may_be_none(&v, "shop", "price"));
    CU_ASSERT(may_be_none(&v, "firms", "worth") && !may_be_none(&v, "firms", "jobs"));
    // A fact that takes its value from one that may be none may be none, too.
    const record_type *job = path(&v, "firms.jobs")->record->type;
    CU_ASSERT(!path(&v, "firms.jobs.again")->may_be_none);
    CU_ASSERT(job->fields[record_slot(job, STR("again"))].may_be_none);
}

static void scopes_and_sizes(void) {
    vocabulary v = world(unit_arena(), NULL);
    CU_ASSERT(path(&v, "shop.price")->scope == SCOPE_BUILD && !path(&v, "shop.price")->own_scope);
    CU_ASSERT(path(&v, "shop.colours")->scope == SCOPE_MARKET &&
              path(&v, "shop.colours")->own_scope);
    CU_ASSERT(path(&v, "firms.name")->scope == SCOPE_PARTY);
    CU_ASSERT(path(&v, "shop.colours")->max_items == 7 && path(&v, "firms.jobs")->max_items == 5);
    CU_ASSERT(path(&v, "firms.name")->max_length == 99);
    CU_ASSERT(path(&v, "firms.permits.number")->max_length == 65536);
}

static void the_engine_finds_its_facts(void) {
    vocabulary v = world(unit_arena(), NULL);
    const engine_facts *e = &v.engine;
    CU_ASSERT(e->markets == vocabulary_entity(&v, STR("lands")));
    CU_ASSERT(e->market_place == path(&v, "lands.land") && e->market_parts == NULL);
    CU_ASSERT(e->market_launch == path(&v, "lands.opens"));
    CHECK_STR(e->market_patch, "differs");
    CU_ASSERT(e->operator_ == vocabulary_entity(&v, STR("boss")));
    CU_ASSERT(e->engagements == path(&v, "firms.jobs"));
    CU_ASSERT(e->engagement_state == path(&v, "firms.jobs.stage"));
    CU_ASSERT(e->registration == map_get(&v.records, STR("permit")));
    CU_ASSERT(e->registration_number == path(&v, "firms.permits.number"));
    CU_ASSERT(e->registration_live_count == 1);
    CHECK_STR(e->registration_live[0], "valid");
    CU_ASSERT(e->establishments == NULL && e->opinions == NULL && e->owners == NULL);
}

static void an_engagement_knows_its_party(void) {
    vocabulary v = world(unit_arena(), NULL);
    const record_def *job = map_get(&v.records, STR("job"));
    CU_ASSERT(job->count == 6 && job->type->count == 7 && v.engine.engagement_party == 6);
    CU_ASSERT(record_slot(job->type, STR("party")) == 6);
    CU_ASSERT(job->type->fields[6].type->record ==
              vocabulary_entity(&v, STR("firms"))->record->type);
    CU_ASSERT(record_fact(job, STR("party")) == NULL);
}

static void added_facts_come_behind(void) {
    vocabulary v =
        world(unit_arena(), "obstat: vocabulary/v1\nextends: installed\n"
                            "entities: {shop: {facts: {tables: {type: int, ask: How many?}}}}\n");
    CU_ASSERT(v.extends_installed);
    CU_ASSERT(path(&v, "shop.tables")->slot == 3);
    CU_ASSERT(vocabulary_entity(&v, STR("shop"))->record->type->count == 4);
}

int register_vocabulary(void) {
    static CU_TestInfo tests[] = {
        {"entities stand in the order of the file", entities_stand_in_the_order_of_the_file},
        {"facts have slots and types", facts_have_slots_and_types},
        {"paths end where there is no fact", paths_end_where_there_is_no_fact},
        {"enums keep the order of their groups", enums_keep_the_order_of_their_groups},
        {"records refer to each other", records_refer_to_each_other},
        {"keyed lists know their key", keyed_lists_know_their_key},
        {"figures are records and maps of them", figures_are_records_and_maps_of_them},
        {"absence means what is written", absence_means_what_is_written},
        {"none is a state of single facts", none_is_a_state_of_single_facts},
        {"scopes and sizes", scopes_and_sizes},
        {"the engine finds its facts", the_engine_finds_its_facts},
        {"an engagement knows its party", an_engagement_knows_its_party},
        {"added facts come behind", added_facts_come_behind},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("vocabulary", tests);
}
