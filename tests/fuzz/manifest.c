// SPDX-License-Identifier: Apache-2.0
//
// Any text as a manifest over tests/packs/lamps: checked, built into a report, written in each
// format. The JSON is read again, the texts can stand on any terminal.
#include "check/check.h"
#include "fuzz.h"
#include "report/build.h"
#include "report/formats.h"

static void judge_json(arena *a, const report *r) {
    buf out = {.arena = a};
    diags d = {.arena = a};
    docs read;
    json_write(&out, r, &(report_options){0});
    bool good = doc_read(&read, a, &d, &doc_default_limits, DOC_JSON, STR("report"), buf_str(&out));
    MUST(good && read.list.len == 1, "no JSON: %.*s", STR_ARG(buf_str(&out)));
    const node *findings = doc_get(read.list.at[0], "findings");
    MUST(findings && findings->count == r->finding_count, "findings are missing");
}

static void judge_texts(arena *a, const report *r) {
    static const report_options options[] = {{0}, {.verbose = true, .width = 40}, {.quiet = true}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        buf out = {.arena = a};
        text_write(&out, r, &options[i]);
        MUST(out.len && out.ptr[out.len - 1] == '\n', "no line end");
        fuzz_judge_text(buf_str(&out));
    }
    for (size_t i = 0; i < r->rule_count; i++) {
        buf out = {.arena = a};
        explain_write(&out, r, &r->rules[i], &options[0]);
        fuzz_judge_text(buf_str(&out));
    }
}

static void check(arena *a, str input) {
    static const ruleset *rules;
    diags d = {.arena = a};
    docs read;
    if (!rules) rules = fuzz_ruleset("lamps");
    builder b = build_begin(a, rules, STR("0"), SEVERITY_MAJOR);
    check_query query = {.has_as_of = true,
                         .as_of = 20600,
                         .today = 20600,
                         .fail_on = SEVERITY_MAJOR,
                         .explain = true,
                         .all_reasons = true,
                         .steps = 20000};
    doc_read(&read, a, &d, &doc_default_limits, DOC_YAML, STR("launch.yaml"), input);
    for (size_t i = 0; i < read.list.len; i++) {
        check_result result;
        size_t before = d.errors;
        bool usable = check_manifest(&result, rules, a, &d, read.list.at[i], &query);
        MUST(usable == (d.errors == before), "%zu errors", d.errors - before);
        build_manifest(&b, STR("launch.yaml"), STR(""), usable ? &result : NULL);
    }
    fuzz_judge_diags(&d, NULL);
    build_diagnostics(&b, &d);
    const report *r = build_end(&b);
    judge_json(a, r);
    judge_texts(a, r);
}

int fuzz_manifest(const uint8_t *data, size_t size) {
    return fuzz_run(check, data, size);
}
