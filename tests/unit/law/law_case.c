// SPDX-License-Identifier: Apache-2.0
//
// Cases of tests/diagnostics/law. One file is read as what its header says; several are a rules
// folder, which is opened. With `@with base=1` a vocabulary is read as one that extends a small
// world: lands (a list by `land`), shops and a record `permit`.
#include "cases/cases.h"
#include "law/ruleset.h"
#include "law/schema.h"
#include "law/world.h"

static const node *parsed(case_output *out, str name, str text) {
    docs read;
    if (!doc_read(&read, out->arena, &out->diags, &doc_default_limits, doc_format_of(name), name,
                  text))
        return NULL;
    return read.list.len ? read.list.at[0] : NULL;
}

static void read_vocabulary(case_output *out, const case_input *in, const node *doc) {
    vocabulary v = {0};
    if (case_number(in, "base", 0))
        vocabulary_read(&v, out->arena, &out->diags,
                        parsed(out, STR("base.yaml"), str_of(world_vocabulary)));
    vocabulary_read(&v, out->arena, &out->diags, doc);
    if (v.documents.len) vocabulary_finish(&v, out->arena, &out->diags);
}

static void read_registry(case_output *out, const node *doc) {
    registries all = {0};
    places p = {0};
    places_read(&p, out->arena, &out->diags, parsed(out, STR("places.yaml"), str_of(world_places)));
    if (!registry_read(&all, out->arena, &out->diags, doc)) return;
    registry_check_places(all.by_id.entries[0].value, &p, &out->diags);
}

static void read_one(case_output *out, const case_input *in) {
    reader r = {out->arena, &out->diags};
    const node *doc = parsed(out, in->files[0].name, in->files[0].text);
    str kind = doc ? schema_header(&r, doc) : STR("");
    places p = {0};
    entities e = {0};
    if (str_is(kind, "vocabulary")) read_vocabulary(out, in, doc);
    if (str_is(kind, "registry")) read_registry(out, doc);
    if (str_is(kind, "entities")) entities_read(&e, out->arena, &out->diags, doc);
    if (str_is(kind, "places")) places_read(&p, out->arena, &out->diags, doc);
    if (str_is(kind, "jurisdiction")) jurisdiction_read(&p, out->arena, &out->diags, doc);
    places_finish(&p, out->arena, &out->diags);
}

// Of a whole folder, when it could be opened.
static void read_registries(case_output *out, const case_input *in, ruleset *all) {
    for (size_t i = 0; i < in->count; i++)
        if (str_find(in->files[i].name, STR("registries/")) >= 0)
            registry_read(&all->registries, out->arena, &out->diags,
                          parsed(out, in->files[i].name, in->files[i].text));
    registries_check_calendars(&all->registries, &all->places, &out->diags, true);
}

void run_law_case(case_output *out, const case_input *in) {
    if (in->count == 1) {
        read_one(out, in);
        return;
    }
    world_folder folder = {.name = STR("rules"), .files = in->files, .count = in->count};
    rules_folder rules = world_rules(&folder);
    ruleset all;
    if (ruleset_open(&all, out->arena, &out->diags, &rules, 1)) read_registries(out, in, &all);
}
