// SPDX-License-Identifier: Apache-2.0
//
// Twenty-four of the hardest real rules, in tests/packs/language over the shipped vocabulary and
// places: all of them load, and what they show of versions, places and reach is so. The pack is law
// of no country: its rules are shortened.
#include "check/check.h"
#include "folder.h"
#include "unit.h"

static rules_folder pack(void) {
    return unit_folder("tests/packs/language");
}

static bool is_shared(str path) {
    return str_is(path, "vocabulary.yaml") || str_is(path, "places.yaml");
}

static bool list(void *ctx, arena *a, diags *d, str path, str **entries, size_t *count) {
    rules_folder own = pack();
    str *found = NULL;
    size_t n = 0;
    (void)ctx;
    if (!own.list(own.ctx, a, d, path, &found, &n)) return false;
    *entries = arena_array(a, str, n + 2);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        (*entries)[(*count)++] = found[i];
    if (path.len) return true;
    (*entries)[(*count)++] = STR("vocabulary.yaml");
    (*entries)[(*count)++] = STR("places.yaml");
    return true;
}

static bool read(void *ctx, arena *a, diags *d, str path, str *bytes) {
    rules_folder from = is_shared(path) ? unit_folder("rules") : pack();
    (void)ctx;
    return from.read(from.ctx, a, d, path, bytes);
}

// `reach` NULL: everything. `known_on` NULL: all that is known.
static const ruleset *load(arena *a, const char *reach, const char *known_on) {
    rules_folder folder = {.name = STR("language"), .list = list, .read = read};
    str code = str_of(reach ? reach : "");
    load_options options = {.everything = !reach,
                            .reach = &code,
                            .reach_count = reach ? 1 : 0,
                            .functions = &check_functions,
                            .function_tables = 1};
    diags d = {.arena = a};
    if (known_on) options.has_known_on = day_parse(str_of(known_on), &options.known_on);
    ruleset *r = arena_new(a, ruleset);
    bool loaded = ruleset_open(r, a, &d, &folder, 1) && ruleset_load(r, &d, &folder, 1, &options);
    buf said = {.arena = a};
    for (size_t i = 0; i < d.list.len; i++)
        diag_print(&said, &d.list.at[i]);
    CHECK_STR(buf_str(&said), "");
    CU_ASSERT_TRUE_FATAL(loaded);
    return r;
}

static str policies(arena *a, const ruleset *r) {
    buf b = {.arena = a};
    for (size_t i = 0; i < r->policies.len; i++)
        buf_addf(&b, "%s%.*s", i ? " " : "", STR_ARG(r->policies.at[i]->id));
    return buf_str(&b);
}

static void all_examples_load(void) {
    arena *a = unit_arena();
    CHECK_STR(policies(a, load(a, NULL, NULL)),
              "AU-SMMA CA-PIPEDA CA-QC-P391 CN-ALGO CN-GENAI CN-LABEL CN-PIPL EU-AIA-43 EU-AIA-II "
              "EU-AIA-III EU-AIA-IV EU-AIA-V EU-DMA EU-DSA EU-GDPR-27 EU-GDPR-8 EU-GDPR-V "
              "EU-RUSANCT FR-LIL IN-DPDP KR-AIBA KR-AIBA-AGENT KR-PIPA MY-CPC RU-PD US-CO-189 "
              "US-CO-205 US-NY-GBL US-NY-NYC-LL144 US-TX-TRAIGA US-UT-AIPA VN-AI");
}

static size_t windows_of(arena *a, const char *id, const char *known_on) {
    const rule *r = ruleset_rule(load(a, NULL, known_on), str_of(id));
    return r ? r->effective.count : 99;
}

static void what_was_known_counts(void) {
    arena *a = unit_arena();
    CU_ASSERT_EQUAL(windows_of(a, "EU-AIA-50-2", NULL), 2);
    CU_ASSERT_EQUAL(windows_of(a, "EU-AIA-50-2", "2026-06-29"), 2);
    CU_ASSERT_EQUAL(windows_of(a, "EU-AIA-50-2", "2026-06-28"), 1);
    CU_ASSERT_EQUAL(windows_of(a, "EU-AIA-50-2", "2024-07-11"), 99); // there was no such rule
    const policy *p = ruleset_policy(load(a, NULL, "2026-05-13"), STR("US-CO-205"));
    CHECK_STR(p->status.at[0].value, "adopted");
    p = ruleset_policy(load(a, NULL, "2026-05-14"), STR("US-CO-205"));
    CHECK_STR(p->status.at[0].value, "repealed");
}

static str age_in(arena *a, const ruleset *r, const char *place, const char *on) {
    const policy *p = ruleset_policy(r, STR("EU-GDPR-8"));
    const parameter *age = map_get(&p->parameters, STR("consent_age"));
    buf b = {.arena = a};
    day when = 0;
    day_parse(str_of(on), &when);
    cel_print(&b, ruleset_parameter(r, age->definition, str_of(place), when));
    return buf_str(&b);
}

static void the_nearest_place_sets_the_age(void) {
    arena *a = unit_arena();
    const ruleset *r = load(a, NULL, NULL);
    CHECK_STR(age_in(a, r, "DE", "2026-01-01"), "16");
    CHECK_STR(age_in(a, r, "FR", "2018-06-19"), "16");
    CHECK_STR(age_in(a, r, "FR", "2018-06-20"), "cases(from 2018-06-20 is 15, is 16)");
}

static void only_what_is_in_reach_is_read(void) {
    arena *a = unit_arena();
    CHECK_STR(policies(a, load(a, "FR", NULL)),
              "EU-AIA-43 EU-AIA-II EU-AIA-III EU-AIA-IV EU-AIA-V EU-DMA EU-DSA EU-GDPR-27 "
              "EU-GDPR-8 EU-GDPR-V EU-RUSANCT FR-LIL");
    CHECK_STR(policies(a, load(a, "US-NY-NYC", NULL)), "US-NY-GBL US-NY-NYC-LL144");
    CHECK_STR(policies(a, load(a, "US-NY", NULL)), "US-NY-GBL US-NY-NYC-LL144");
    CHECK_STR(policies(a, load(a, "US", NULL)),
              "US-CO-189 US-CO-205 US-NY-GBL US-NY-NYC-LL144 US-TX-TRAIGA US-UT-AIPA");
    CHECK_STR(policies(a, load(a, "CA", NULL)), "CA-PIPEDA CA-QC-P391");
    CHECK_STR(policies(a, load(a, "JP", NULL)), "");
}

int register_policy_language(void) {
    static CU_TestInfo tests[] = {
        {"all examples load", all_examples_load},
        {"what was known counts", what_was_known_counts},
        {"the nearest place sets the age", the_nearest_place_sets_the_age},
        {"only what is in reach is read", only_what_is_in_reach_is_read},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("policy language", tests);
}
