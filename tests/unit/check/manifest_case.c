// SPDX-License-Identifier: Apache-2.0
//
// Cases of tests/diagnostics/manifest: checks the first file as a manifest over the world of
// tests/packs/lamps, and gives the clearances.
#include "cases/cases.h"
#include "check/check.h"
#include "folder.h"

static bool load(ruleset *rules, case_output *out, const rules_folder *folder) {
    load_options options = {
        .everything = true, .functions = &check_functions, .function_tables = 1};
    return ruleset_open(rules, out->arena, &out->diags, folder, 1) &&
           ruleset_load(rules, &out->diags, folder, 1, &options);
}

void run_manifest_case(case_output *out, const case_input *in) {
    const case_file *f = &in->files[0];
    rules_folder folder = unit_folder("tests/packs/lamps");
    ruleset *rules = arena_new(out->arena, ruleset);
    check_result result;
    check_query query = {.fail_on = SEVERITY_MAJOR};
    docs read;
    day_parse(STR("2026-06-01"), &query.today);
    if (!load(rules, out, &folder)) return;
    if (!doc_read(&read, out->arena, &out->diags, &doc_default_limits, doc_format_of(f->name),
                  f->name, f->text) ||
        !read.list.len)
        return;
    if (!check_manifest(&result, rules, out->arena, &out->diags, read.list.at[0], &query)) return;
    for (size_t i = 0; i < result.clearances.len; i++) {
        const clearance *c = &result.clearances.at[i];
        buf_addf(&out->value, "%s%.*s: %s", i ? ", " : "", STR_ARG(c->place),
                 verdict_names[c->verdict]);
    }
}
