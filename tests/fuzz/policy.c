// SPDX-License-Identifier: Apache-2.0
//
// Any text as a policy in a rules folder: of tests/packs/lamps where it says `jurisdiction: AA`,
// else of grid. What loads without a mistake can be asked about a launch.
#include "check/check.h"
#include "fuzz.h"

typedef struct pack {
    fuzz_folder *folder;
    str *policy; // the text of the file that the input stands for
    const node *manifest;
} pack;

static pack make_pack(const char *name, const char *file, const char *manifest) {
    arena *a = fuzz_fixtures();
    diags d = {.arena = a};
    docs read;
    pack p = {.folder = fuzz_pack(name)};
    p.policy = fuzz_file(p.folder, file);
    MUST(doc_read(&read, a, &d, &doc_default_limits, DOC_YAML, STR("manifest"), str_of(manifest)),
         "the manifest is not read");
    p.manifest = read.list.at[0];
    return p;
}

// Of the part of a land whose policy counts on the input's: on its limit and on some rule of it.
static const char part[] = "obstat: policy/v1\n"
                           "id: AA-N-LAMPS\n"
                           "jurisdiction: AA-N\n"
                           "instrument: {name: N, kind: statute, url: u}\n"
                           "status: in force\n"
                           "reviewed: {on: 2026-11-01, confidence: high, recheck: 2027-11-01}\n"
                           "sets: {AA-CORE.limit: 5}\n"
                           "displaces: {rules: AA-CORE.*, when: shop.harm, cites: s}\n"
                           "rules: [{id: AA-N-1, title: T, cites: s, requires: shop.small}]\n";

static const pack *pack_for(str input) {
    static pack lamps, grid;
    if (!lamps.folder) {
        lamps =
            make_pack("lamps", "aa/core.yaml",
                      "obstat: deployment/v1\nboss: acme\nshop: {price: 14, small: true}\n"
                      "things: [{id: bulb, sort: lamp, colour: green}, {id: pot, sort: kettle}]\n"
                      "lands: [{land: AA, opens: 2026-01-01, seats: 3, regions: AA-N}]\n");
        *fuzz_file(lamps.folder, "aa-n/north.yaml") = str_of(part);
    }
    if (!grid.folder)
        grid = make_pack("grid", "qq/grid.yaml",
                         "obstat: deployment/v1\nf: {a: true, e: x, s: none}\nlands: QQ\n");
    return str_find(input, STR("jurisdiction: AA")) >= 0 ? &lamps : &grid;
}

static void judge_result(const check_result *result) {
    for (size_t i = 0; i < result->findings.len; i++) {
        const finding *f = &result->findings.at[i];
        MUST(f->rule && f->outcome < OUTCOME_COUNT, "outcome %u", (unsigned)f->outcome);
        MUST(f->outcome != OUTCOME_UNDETERMINED || f->needs.count > 0,
             "%.*s is undetermined and needs nothing", STR_ARG(f->rule->id));
    }
}

static void load(arena *a, str input) {
    const pack *p = pack_for(input);
    ruleset *rules = arena_new(a, ruleset);
    diags d = {.arena = a};
    *p->policy = input;
    bool good = fuzz_load(rules, a, &d, p->folder);
    MUST(good == (d.errors == 0), "%zu errors", d.errors);
    fuzz_judge_diags(&d, NULL);
    if (!good) return;
    check_query query = {.has_as_of = true,
                         .as_of = 20600,
                         .today = 20600,
                         .fail_on = SEVERITY_MAJOR,
                         .explain = true,
                         .all_reasons = true,
                         .steps = 20000};
    check_result result;
    bool usable = check_manifest(&result, rules, a, &d, p->manifest, &query);
    fuzz_judge_diags(&d, NULL);
    MUST(usable && d.errors == 0, "the manifest is unusable: %.*s", STR_ARG(d.list.at[0].message));
    judge_result(&result);
}

int fuzz_policy(const uint8_t *data, size_t size) {
    return fuzz_run(load, data, size);
}
