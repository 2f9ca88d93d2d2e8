// SPDX-License-Identifier: Apache-2.0
//
// Rules folders as they are opened: which vocabulary holds, what conditions can name, that the
// shipped files are clean, and that each shortage of memory leaves by the guard.
#include "law/ruleset.h"

#include "folder.h"
#include "law/world.h"
#include "unit.h"

#include <stdio.h>

// --- folders in memory

static const char extension[] = "obstat: vocabulary/v1\nextends: installed\n"
                                "values: {colour: [green]}\n";
static const char other_world[] =
    "obstat: vocabulary/v1\n"
    "engine: {market: {list: isles, place: code}}\n"
    "entities:\n"
    "  isles: {is: list, short: code, scope: market, ask: Where?, meaning: Isles., facts:\n"
    "    {code: {type: place, ask: Which?}}}\n";
static const char country[] = "{obstat: jurisdiction/v1, code: BB, name: B, kind: country}\n";

static const case_file *installed_files(arena *a, size_t *count) {
    case_file *files = arena_array(a, case_file, 3);
    files[0] = (case_file){STR("vocabulary.yaml"), str_of(world_vocabulary)};
    files[1] = (case_file){STR("places.yaml"), str_of(world_places)};
    files[2] = (case_file){STR("bb/jurisdiction.yaml"), str_of(country)};
    *count = 3;
    return files;
}

// The installed folder, and one of the user's with this vocabulary (NULL: with none).
static bool opened(ruleset *r, arena *a, diags *d, const char *own) {
    case_file own_files[] = {{STR("own.yaml"), str_of(own ? own : "")}};
    world_folder installed = {.name = STR("installed"), .installed = true};
    world_folder mine = {.name = STR("mine"), .files = own_files, .count = own ? 1 : 0};
    installed.files = installed_files(a, &installed.count);
    rules_folder folders[] = {world_rules(&installed), world_rules(&mine)};
    return ruleset_open(r, a, d, folders, 2);
}

static void an_own_folder_without_a_vocabulary(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    ruleset r;
    CU_ASSERT_FATAL(opened(&r, a, &d, NULL));
    CU_ASSERT(!r.stands_alone && !r.vocabulary.extends_installed);
    CHECK_STR(place_name(&r.places, STR("BB")), "B");
}

static void an_own_folder_that_extends(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    ruleset r;
    CU_ASSERT_FATAL(opened(&r, a, &d, extension));
    CU_ASSERT(!r.stands_alone && r.vocabulary.extends_installed);
    const enumeration *colour = map_get(&r.vocabulary.values, STR("colour"));
    CU_ASSERT_FATAL(colour->count == 4);
    CHECK_STR(colour->values[3], "green");
}

static void an_own_folder_that_stands_alone(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    ruleset r;
    CU_ASSERT_FATAL(opened(&r, a, &d, other_world));
    CU_ASSERT(r.stands_alone);
    CU_ASSERT(vocabulary_entity(&r.vocabulary, STR("isles")) != NULL);
    CU_ASSERT(vocabulary_entity(&r.vocabulary, STR("lands")) == NULL);
    CU_ASSERT(!place_known(&r.places, STR("AA")) && !place_known(&r.places, STR("BB")));
}

static void nothing_is_there(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    ruleset r;
    CU_ASSERT(!ruleset_open(&r, a, &d, NULL, 0));
    CU_ASSERT(d.list.len == 1 && d.list.at[0].code == DIAG_NO_VOCABULARY);
    CU_ASSERT(r.facts == NULL);
}

// --- what conditions can name

static void variables_of_the_outermost_environment(void) {
    static const struct {
        const char *name, *type;
    } expected[] = {
        {"as_of", "date"}, {"start", "date"},     {"place", "string"}, {"places", "list(string)"},
        {"market", NULL},  {"engagements", NULL}, {"boss", NULL},      {"shop", NULL},
        {"lands", NULL},   {"firms", NULL},
    };
    arena *a = unit_arena();
    diags d = {.arena = a};
    ruleset r;
    CU_ASSERT_FATAL(opened(&r, a, &d, NULL));
    CU_ASSERT_FATAL(r.facts != NULL && r.facts->variables.len == 10);
    CU_ASSERT(r.facts->outer == NULL && r.facts->owner == &r && r.facts->arena == a);
    for (size_t i = 0; i < 10; i++) {
        const cel_variable *v = &r.facts->variables.at[i];
        CHECK_STR(v->name, expected[i].name);
        if (expected[i].type) CHECK_STR(type_print(a, v->type), expected[i].type);
    }
    const cel_variable *v = r.facts->variables.at;
    const engine_facts *e = &r.vocabulary.engine;
    CU_ASSERT(v[FACTS_MARKET].type->record == e->markets->record->type);
    CU_ASSERT(v[FACTS_ENGAGEMENTS].type->a->record == e->engagements->record->type);
    CU_ASSERT(v[FACTS_ENGAGEMENTS].type->keyed);
    CU_ASSERT(v[FACTS_ENGAGEMENTS].type->max_items == 100);
    CU_ASSERT(v[FACTS_FIRST_ENTITY].type->record == e->parties->record->type);
    CU_ASSERT(v[FACTS_FIRST_ENTITY + 3].type ==
              vocabulary_entity(&r.vocabulary, STR("firms"))->self.type);
}

static void a_concept_that_is_switched_off_has_no_name(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    ruleset r;
    CU_ASSERT_FATAL(opened(&r, a, &d, other_world));
    CHECK_STR(r.facts->variables.at[FACTS_ENGAGEMENTS].name, "");
    CHECK_STR(r.facts->variables.at[FACTS_FIRST_ENTITY].name, "isles");
}

// --- the shipped files

static void print_all(const diags *d) {
    buf out = {.arena = d->arena};
    for (size_t i = 0; i < d->list.len; i++)
        diag_print(&out, &d->list.at[i]);
    if (out.len) printf("\n%.*s", STR_ARG(buf_str(&out)));
}

static void the_shipped_files_are_clean(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    ruleset r;
    rules_folder folder = unit_folder("rules");
    CU_ASSERT(ruleset_open(&r, a, &d, &folder, 1));
    print_all(&d);
    CU_ASSERT(d.list.len == 0);
    CU_ASSERT(r.vocabulary.entities.len > 1 && r.places.names.len > 240 &&
              r.places.parts.len > 190);
    CU_ASSERT(r.places.jurisdictions.len > 1 && r.entities.by_name.len > 0);
    for (size_t i = 0; i < r.places.names.len; i++) {
        str code = r.places.names.entries[i].key;
        CU_ASSERT(place_within(&r.places, code, str_sub(code, 0, 2), 0));
    }
    for (size_t i = 0; i < r.places.same_as.len; i++) {
        str part = r.places.same_as.entries[i].key;
        CU_ASSERT(place_known(&r.places, part));
        CU_ASSERT(!place_within(&r.places, part, str_sub(part, 0, 2), 0));
    }
    CU_ASSERT(place_known(&r.places, STR("US-NY")) && !place_known(&r.places, STR("US-XX")));
    CU_ASSERT(place_within(&r.places, STR("US-NY-NYC"), STR("US-NY"), 0));
    CHECK_STR(place_name(&r.places, STR("US-NY")), "New York");
}

static void read_registries(registries *all, ruleset *r, diags *d, const char *code) {
    str *names;
    size_t count = 0;
    rules_folder folder = unit_folder("rules");
    str path = str_format(r->arena, "%s/registries", code);
    if (!folder.list(folder.ctx, r->arena, d, path, &names, &count)) return;
    for (size_t i = 0; i < count; i++) {
        str file = str_format(r->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(names[i]));
        str text = {0};
        docs read;
        if (names[i].ptr[0] == '.') continue;
        CU_ASSERT(folder.read(folder.ctx, r->arena, d, file, &text));
        if (doc_read(&read, r->arena, d, &doc_default_limits, DOC_YAML, file, text))
            registry_read(all, r->arena, d, read.list.at[0]);
    }
}

static void the_shipped_registries_are_clean(void) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    ruleset r;
    registries all = {0};
    rules_folder folder = unit_folder("rules");
    str *entries;
    size_t count = 0;
    CU_ASSERT_FATAL(ruleset_open(&r, a, &d, &folder, 1));
    CU_ASSERT_FATAL(folder.list(folder.ctx, a, &d, STR(""), &entries, &count));
    for (size_t i = 0; i < count; i++)
        if (str_ends(entries[i], STR("/")))
            read_registries(&all, &r, &d, str_c(a, str_sub(entries[i], 0, entries[i].len - 1)));
    for (size_t i = 0; i < all.by_id.len; i++)
        registry_check_places(all.by_id.entries[i].value, &r.places, &d);
    registries_check_calendars(&all, &r.places, &d, true);
    print_all(&d);
    CU_ASSERT(d.list.len == 0);
    CU_ASSERT(all.by_id.len > 0);
}

// --- out of memory

typedef struct attempt {
    guard guard;
    arena arena, texts;
    diags diags;
    ruleset rules;
    bool out_of_memory, ok;
    size_t total;
} attempt;

// By pointers alone: a local would not survive the longjmp.
static void try(attempt *t, size_t limit) {
    arena_init(&t->arena, &mem_libc, &t->guard, limit);
    t->diags = (diags){.arena = &t->arena};
    if (setjmp(t->guard.env))
        t->out_of_memory = true;
    else
        t->ok = opened(&t->rules, &t->arena, &t->diags, extension);
    t->total = t->arena.total;
    arena_free(&t->arena);
}

static void memory_runs_out_anywhere(void) {
    attempt whole = {0};
    try(&whole, 0);
    CU_ASSERT(whole.ok && !whole.out_of_memory);
    size_t refused = 0;
    for (size_t limit = 500; limit < whole.total; limit += 997) {
        attempt t = {0};
        try(&t, limit);
        CU_ASSERT(t.out_of_memory || t.ok);
        refused += t.out_of_memory;
    }
    CU_ASSERT(refused > 10);
}

int register_ruleset_open(void) {
    static CU_TestInfo tests[] = {
        {"an own folder without a vocabulary", an_own_folder_without_a_vocabulary},
        {"an own folder that extends", an_own_folder_that_extends},
        {"an own folder that stands alone", an_own_folder_that_stands_alone},
        {"nothing is there", nothing_is_there},
        {"variables of the outermost environment", variables_of_the_outermost_environment},
        {"a concept that is switched off has no name", a_concept_that_is_switched_off_has_no_name},
        {"the shipped files are clean", the_shipped_files_are_clean},
        {"the shipped registries are clean", the_shipped_registries_are_clean},
        {"memory runs out anywhere", memory_runs_out_anywhere},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("ruleset: opened", tests);
}
