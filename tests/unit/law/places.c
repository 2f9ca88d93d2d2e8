// SPDX-License-Identifier: Apache-2.0
//
// Which place lies in which, and when.
#include "law/places.h"

#include "law/world.h"
#include "unit.h"

static const char *const jurisdictions[] = {
    "{obstat: jurisdiction/v1, code: AA, name: 'Alphaland proper', kind: country}",
    "{obstat: jurisdiction/v1, code: AA-N-Y, name: Ytown, kind: part}",
    "{obstat: jurisdiction/v1, code: CC, name: Gammaland, kind: country,\n"
    " parents: [{is: BB, until: 2020-01-01}]}",
    "{obstat: jurisdiction/v1, code: UNION, name: The Union, kind: group,\n"
    " members: [{is: AA, from: 2000-01-01}, {is: BB, from: 2000-01-01, until: 2025-01-01}]}",
    "{obstat: jurisdiction/v1, code: LEAGUE, name: The League, kind: group,\n"
    " members: [UNION, CC]}",
    "{obstat: jurisdiction/v1, code: world, name: World, kind: group}",
};

static const node *parsed(arena *a, diags *d, const char *text) {
    docs read;
    CU_ASSERT_FATAL(
        doc_read(&read, a, d, &doc_default_limits, DOC_YAML, STR("p.yaml"), str_of(text)));
    return read.list.at[0];
}

static places world(arena *a) {
    places p = {0};
    diags d = {.arena = a};
    CU_ASSERT(places_read(&p, a, &d, parsed(a, &d, world_places)));
    for (size_t i = 0; i < sizeof jurisdictions / sizeof *jurisdictions; i++)
        CU_ASSERT(jurisdiction_read(&p, a, &d, parsed(a, &d, jurisdictions[i])));
    CU_ASSERT(places_finish(&p, a, &d));
    CU_ASSERT(d.list.len == 0);
    return p;
}

static bool within(const places *p, const char *inner, const char *outer, const char *on) {
    day d = 0;
    CU_ASSERT_FATAL(day_parse(str_of(on), &d));
    return place_within(p, str_of(inner), str_of(outer), d);
}

static void codes_that_a_market_may_name(void) {
    places p = world(unit_arena());
    CU_ASSERT(place_known(&p, STR("BB")) && place_known(&p, STR("AA-N-Y")));
    CU_ASSERT(!place_known(&p, STR("EE")) && !place_known(&p, STR("UNION")));
    CU_ASSERT(place_or_group_known(&p, STR("UNION")) && place_or_group_known(&p, STR("world")));
    CU_ASSERT(!place_or_group_known(&p, STR("EMPIRE")));
}

static void names(void) {
    places p = world(unit_arena());
    CHECK_STR(place_name(&p, STR("BB")), "Betaland");
    CHECK_STR(place_name(&p, STR("AA")), "Alphaland proper"); // its jurisdiction says it better
    CHECK_STR(place_name(&p, STR("UNION")), "The Union");
    CHECK_STR(place_name(&p, STR("ZZ")), "ZZ");
}

static void parts_lie_in_what_their_code_begins_with(void) {
    places p = world(unit_arena());
    CU_ASSERT(within(&p, "AA", "AA", "2026-01-01"));
    CU_ASSERT(within(&p, "AA-N-X", "AA-N", "2026-01-01"));
    CU_ASSERT(within(&p, "AA-N-X", "AA", "2026-01-01"));
    CU_ASSERT(!within(&p, "AA", "AA-N", "2026-01-01"));
    CU_ASSERT(!within(&p, "AA-N", "A", "2026-01-01"));
    CU_ASSERT(!within(&p, "AA-N", "BB", "2026-01-01"));
}

static void a_part_that_is_a_country_lies_in_no_other(void) {
    places p = world(unit_arena());
    CU_ASSERT(within(&p, "AA-S", "DD", "2026-01-01") && within(&p, "AA-S-T", "DD", "2026-01-01"));
    CU_ASSERT(!within(&p, "AA-S", "AA", "2026-01-01"));
    CU_ASSERT(!within(&p, "DD", "AA-S", "2026-01-01"));
}

static void members_lie_in_a_group_while_they_are_members(void) {
    places p = world(unit_arena());
    CU_ASSERT(!within(&p, "BB", "UNION", "1999-12-31"));
    CU_ASSERT(within(&p, "BB", "UNION", "2000-01-01"));
    CU_ASSERT(within(&p, "BB", "UNION", "2024-12-31"));
    CU_ASSERT(!within(&p, "BB", "UNION", "2025-01-01"));
    CU_ASSERT(within(&p, "AA-N-X", "UNION", "2026-01-01"));
    CU_ASSERT(!within(&p, "UNION", "AA", "2026-01-01"));
}

static void groups_lie_in_groups(void) {
    places p = world(unit_arena());
    CU_ASSERT(within(&p, "UNION", "LEAGUE", "2026-01-01"));
    CU_ASSERT(within(&p, "AA-N", "LEAGUE", "2026-01-01"));
    CU_ASSERT(!within(&p, "BB", "LEAGUE", "2026-01-01"));
    CU_ASSERT(within(&p, "CC", "LEAGUE", "2026-01-01"));
}

static void a_parent_for_a_time(void) {
    places p = world(unit_arena());
    CU_ASSERT(within(&p, "CC", "BB", "2019-12-31") && within(&p, "CC", "UNION", "2019-12-31"));
    CU_ASSERT(!within(&p, "CC", "BB", "2020-01-01"));
}

static void everything_lies_in_a_group_without_members(void) {
    places p = world(unit_arena());
    CU_ASSERT(within(&p, "AA-N-X", "world", "2026-01-01"));
    CU_ASSERT(within(&p, "UNION", "world", "2026-01-01"));
    CU_ASSERT(!within(&p, "EE", "world", "2026-01-01"));
    CU_ASSERT(!within(&p, "world", "AA", "2026-01-01"));
}

int register_places(void) {
    static CU_TestInfo tests[] = {
        {"codes that a market may name", codes_that_a_market_may_name},
        {"names", names},
        {"parts lie in what their code begins with", parts_lie_in_what_their_code_begins_with},
        {"a part that is a country lies in no other", a_part_that_is_a_country_lies_in_no_other},
        {"members lie in a group while they are members",
         members_lie_in_a_group_while_they_are_members},
        {"groups lie in groups", groups_lie_in_groups},
        {"a parent for a time", a_parent_for_a_time},
        {"everything lies in a group without members", everything_lies_in_a_group_without_members},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("places", tests);
}
