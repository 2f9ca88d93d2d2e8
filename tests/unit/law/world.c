// SPDX-License-Identifier: Apache-2.0
#include "law/world.h"

const char world_vocabulary[] =
    "obstat: vocabulary/v1\n"
    "engine:\n"
    "  market: {list: lands, place: land, launch: opens, patch: differs}\n"
    "  party: {list: firms, operator: boss}\n"
    "  engagement: {list: firms.jobs, role: job, place: land, state: stage}\n"
    "  registration: {kind: what, jurisdiction: land, number: number, state: stage, date: date,\n"
    "    live: [valid]}\n"
    "values:\n"
    "  colour: {warm: [red, yellow], cold: [blue]}\n"
    "metrics:\n"
    "  visitors: {type: int, unit: people, on: [lands, firms], over: P1M}\n"
    "facts:\n"
    "  boss: {type: ref firms, absent: required, ask: Who sells?}\n"
    "entities:\n"
    "  shop:\n"
    "    is: map\n"
    "    short: price\n"
    "    scope: build\n"
    "    ask: How is it sold?\n"
    "    meaning: The shop as a whole.\n"
    "    facts:\n"
    "      price: {type: int, ask: What does it cost?}\n"
    "      closes: {type: period, none: never, ask: After what time does it close?}\n"
    "      colours: {type: list of enum colour, scope: market, max_items: 7, ask: Which?}\n"
    "  lands:\n"
    "    is: list\n"
    "    short: land\n"
    "    absent: required\n"
    "    scope: market\n"
    "    ask: Where?\n"
    "    meaning: The places of the sale.\n"
    "    facts:\n"
    "      land: {type: place, absent: required, ask: Which land?}\n"
    "      opens: {type: date, ask: When?}\n"
    "      figures: {type: metrics, ask: Which figures?}\n"
    "  firms:\n"
    "    is: list\n"
    "    short: id\n"
    "    absent: empty\n"
    "    scope: party\n"
    "    max_items: 20\n"
    "    ask: Who takes part?\n"
    "    meaning: Whoever has to do with it.\n"
    "    facts:\n"
    "      name: {type: string, max_length: 99, ask: What is its name?}\n"
    "      home: {type: country, absent: {fact: market.land}, ask: Where is it from?}\n"
    "      jobs: {type: list of record job, absent: empty, max_items: 5, ask: Which jobs?}\n"
    "      permits: {type: list of record permit, ask: Which permits?}\n"
    "      size: {type: metric, ask: How big is it?}\n"
    "      worth: {type: money, absent: none, ask: What is it worth?}\n"
    "      figures: {type: metrics, ask: Which figures?}\n"
    "records:\n"
    "  job:\n"
    "    short: stage\n"
    "    key: job\n"
    "    facts:\n"
    "      job: {type: 'enum [tester, helper]', ask: Which job?}\n"
    "      land: {type: list of jurisdiction, absent: {fact: market.land}, ask: Where?}\n"
    "      stage: {type: 'enum [talks, signed]', absent: {value: signed}, ask: How far?}\n"
    "      after: {type: list of ref lands, absent: {all: lands}, ask: After which?}\n"
    "      until: {type: date, absent: none, none: open-ended, ask: Until when?}\n"
    "      again: {type: date, absent: {fact: until}, ask: From when again?}\n"
    "  permit:\n"
    "    short: what\n"
    "    facts:\n"
    "      what: {type: 'enum [seal, licence]', absent: required, ask: What is it?}\n"
    "      land: {type: jurisdiction, absent: required, ask: Of which land?}\n"
    "      number: {type: string, ask: Which number?}\n"
    "      stage: {type: 'enum [asked, valid]', ask: How far is it?}\n"
    "      date: {type: date, ask: Since when?}\n"
    "      about: {type: list of ref any, absent: empty, ask: About what?}\n"
    "  metric:\n"
    "    short: value\n"
    "    facts:\n"
    "      value: {type: double, ask: What is the figure?}\n"
    "      currency: {type: string, ask: In which currency?}\n";

const char world_places[] = "obstat: places/v1\n"
                            "places: {AA: Alphaland, AA-N: The North, AA-N-X: Xtown,\n"
                            "  AA-S: The South, BB: Betaland, CC: Gammaland, DD: Deltaland}\n"
                            "same_as: {AA-S: DD}\n";

// The part of `path` below `folder`; false: it does not lie there.
static bool below(str path, str folder, str *rest) {
    if (folder.len == 0) {
        *rest = path;
        return true;
    }
    if (!str_starts(path, folder) || path.len == folder.len || path.ptr[folder.len] != '/')
        return false;
    *rest = str_sub(path, folder.len + 1, path.len);
    return true;
}

static bool has(const str *entries, size_t count, str name) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(entries[i], name)) return true;
    return false;
}

// Last names first, as a file system may give them.
static bool list(void *ctx, arena *a, diags *d, str path, str **entries, size_t *count) {
    const world_folder *folder = ctx;
    (void)d;
    *entries = arena_array(a, str, folder->count);
    *count = 0;
    for (size_t i = folder->count; i-- > 0;) {
        str rest;
        if (!below(folder->files[i].name, path, &rest)) continue;
        ptrdiff_t slash = str_find(rest, STR("/"));
        if (slash >= 0) rest = str_sub(rest, 0, (size_t)slash + 1);
        if (!has(*entries, *count, rest)) (*entries)[(*count)++] = rest;
    }
    return true;
}

static bool read(void *ctx, arena *a, diags *d, str path, str *bytes) {
    const world_folder *folder = ctx;
    (void)a;
    for (size_t i = 0; i < folder->count; i++)
        if (str_eq(folder->files[i].name, path) && str_find(path, STR("broken")) < 0) {
            *bytes = folder->files[i].text;
            return true;
        }
    diag_add(d, DIAG_CANNOT_READ, (span){0}, STR(""), "%.*s: cannot be read", STR_ARG(path));
    return false;
}

rules_folder world_rules(world_folder *folder) {
    return (rules_folder){.name = folder->name,
                          .installed = folder->installed,
                          .list = list,
                          .read = read,
                          .ctx = folder};
}
