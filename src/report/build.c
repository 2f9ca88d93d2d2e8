// SPDX-License-Identifier: Apache-2.0
//
// Gathers what was found in all manifests into one report, and says by the contract of exit codes
// what it comes to.
#include "report/build.h"

#include <stdlib.h>

_Static_assert(REPORT_OUTCOMES == (int)OUTCOME_COUNT, "formats.c has a row for each outcome");

builder build_begin(arena *a, const ruleset *rules, str version, rule_severity fail_on) {
    builder b = {.arena = a, .rules = rules, .report = arena_new(a, report)};
    b.report->version = str_copy(a, version);
    b.report->fail_on = str_of(severity_names[fail_on]);
    if (rules->has_known_on) b.report->known_on = day_print(a, rules->known_on);
    return b;
}

void build_folder(builder *b, str path, str digest) {
    vec_push(b->arena, &b->folders,
             (report_file){.path = str_copy(b->arena, path), .digest = str_copy(b->arena, digest)});
}

void build_diagnostics(builder *b, const diags *d) {
    for (size_t i = 0; i < d->list.len; i++)
        vec_push(b->arena, &b->diagnostics, build_diagnostic(b->arena, &d->list.at[i]));
}

// --- findings

static report_texts copy_texts(arena *a, const str *texts, size_t count) {
    report_texts out = {arena_array(a, str, count), count};
    for (size_t i = 0; i < count; i++)
        out.at[i] = str_copy(a, texts[i]);
    return out;
}

static report_reasons copy_reasons(arena *a, const reasons *from) {
    report_reasons out = {arena_array(a, report_reason, from->count), from->count};
    for (size_t i = 0; i < from->count; i++) {
        const reason *r = &from->at[i];
        out.at[i] = (report_reason){.path = str_copy(a, r->path),
                                    .value = str_copy(a, r->value),
                                    .ask = str_copy(a, r->ask),
                                    .exact = r->exact,
                                    .open_term = r->open_term,
                                    .at = build_at(a, r->at, STR(""), false)};
    }
    return out;
}

static str day_or_none(arena *a, bool stated, day d) {
    return stated ? day_print(a, d) : STR("");
}

static void exempt(arena *a, report_finding *out, const exception *e) {
    if (!e) return;
    out->exception = e->when.title.len || !e->when.test ? str_copy(a, e->when.title)
                                                        : build_expr_text(a, e->when.test);
    out->exception_cites = str_copy(a, e->when.cites.text);
}

static void copy_lines(arena *a, report_finding *out, const finding *f) {
    out->sentence = str_copy(a, f->sentence);
    out->lines = arena_array(a, report_line, f->explained_count);
    out->line_count = f->explained_count;
    for (size_t i = 0; i < f->explained_count; i++)
        out->lines[i] = (report_line){.depth = f->explained[i].depth,
                                      .text = str_copy(a, f->explained[i].text),
                                      .value = str_copy(a, f->explained[i].value),
                                      .fact = f->explained[i].fact};
}

static report_finding copy_finding(builder *b, const finding *f) {
    arena *a = b->arena;
    report_finding out = {
        .id = b->findings.len,
        .manifest = b->manifests.len - 1,
        .market = str_copy(a, f->market),
        .place = str_copy(a, f->place),
        .rule = str_copy(a, f->rule->id),
        .subject = str_copy(a, f->subject),
        .outcome = str_of(outcome_names[f->outcome]),
        .severity = str_of(severity_names[f->severity]),
        .at = build_at(a, f->at, f->path, true),
        .because = copy_reasons(a, &f->because),
        .needs = copy_reasons(a, &f->needs),
        .from = day_or_none(a, f->has_from, f->from),
        .from_cites = f->has_from ? str_copy(a, f->from_cites) : STR(""),
        .due = day_or_none(a, f->has_due, f->due),
        .grace_until = day_or_none(a, f->has_grace_until, f->grace_until),
        .grace_title = str_copy(a, f->grace_title),
        .displaced_by = str_copy(a, f->displaced_by),
        .why = str_copy(a, f->why),
        .presumed = str_copy(a, f->presumed),
    };
    exempt(a, &out, f->exception);
    copy_lines(a, &out, f);
    if (!map_has(&b->used, f->rule->id)) map_put(a, &b->used, f->rule->id, (void *)f->rule);
    return out;
}

static report_clearance copy_clearance(builder *b, const clearance *c) {
    arena *a = b->arena;
    report_clearance out = {
        .manifest = b->manifests.len - 1,
        .market = str_copy(a, c->market),
        .place = str_copy(a, c->place),
        .name = str_copy(a, c->name),
        .as_of = day_print(a, c->as_of),
        .clearance = str_of(verdict_names[c->verdict]),
        .rests_on = copy_texts(a, c->rests_on, c->rests_count),
    };
    for (size_t i = 0; i < REPORT_OUTCOMES; i++)
        out.counts[i] = c->counts[i];
    return out;
}

// --- roles and questions

// The ids of the report, from the indexes of one manifest's result.
static size_t *ids(arena *a, const size_t *indexes, size_t count, size_t first) {
    size_t *out = arena_array(a, size_t, count);
    for (size_t i = 0; i < count; i++)
        out[i] = indexes[i] + first;
    return out;
}

static str truth(value v) {
    if (v.kind != VALUE_BOOL) return STR("unknown");
    return v.u.b ? STR("true") : STR("false");
}

static report_candidate copy_candidate(arena *a, const candidate *c) {
    report_candidate out = {
        .party = str_copy(a, c->party),
        .name = str_copy(a, c->name),
        .from = c->from_manifest ? STR("manifest") : STR("registry"),
        .eligible = truth(c->eligible),
        .engaged = truth(c->engaged),
        .state = str_copy(a, c->state),
        .evidence = arena_array(a, report_evidence, c->evidence_count),
        .evidence_count = c->evidence_count,
        .lacks = copy_texts(a, c->lacks, c->lacks_count),
    };
    for (size_t i = 0; i < c->evidence_count; i++)
        out.evidence[i] = (report_evidence){str_copy(a, c->evidence[i].registry),
                                            str_copy(a, c->evidence[i].number)};
    return out;
}

static report_role copy_role(builder *b, const role_need *r, size_t first) {
    arena *a = b->arena;
    report_role out = {
        .role = str_copy(a, r->role->name),
        .title = str_copy(a, r->role->title),
        .manifest = b->manifests.len - 1,
        .places = copy_texts(a, r->places, r->place_count),
        .findings = ids(a, r->findings, r->finding_count, first),
        .finding_count = r->finding_count,
        .candidates = arena_array(a, report_candidate, r->candidate_count),
        .candidate_count = r->candidate_count,
        .more = r->more,
    };
    for (size_t i = 0; i < r->candidate_count; i++)
        out.candidates[i] = copy_candidate(a, &r->candidates[i]);
    return out;
}

void build_manifest(builder *b, str file, str digest, const check_result *result) {
    arena *a = b->arena;
    size_t first = b->findings.len;
    vec_push(a, &b->manifests,
             (report_file){.path = str_copy(a, file),
                           .digest = str_copy(a, digest),
                           .unusable = result == NULL});
    if (!result) return;
    for (size_t i = 0; i < result->clearances.len; i++)
        vec_push(a, &b->clearances, copy_clearance(b, &result->clearances.at[i]));
    vec_reserve(a, &b->findings, result->findings.len);
    for (size_t i = 0; i < result->findings.len; i++) {
        report_finding f = copy_finding(b, &result->findings.at[i]); // its id is the length so far
        vec_push(a, &b->findings, f);
    }
    for (size_t i = 0; i < result->roles.len; i++)
        vec_push(a, &b->roles, copy_role(b, &result->roles.at[i], first));
    for (size_t i = 0; i < result->questions.len; i++) {
        const question *q = &result->questions.at[i];
        vec_push(a, &b->questions,
                 (report_question){.manifest = b->manifests.len - 1,
                                   .path = str_copy(a, q->path),
                                   .ask = str_copy(a, q->ask),
                                   .decides = ids(a, q->decides, q->decides_count, first),
                                   .decides_count = q->decides_count});
    }
}

// --- the whole

static int by_rule_id(const void *x, const void *y) {
    return str_cmp(((const report_rule *)x)->id, ((const report_rule *)y)->id);
}

static int by_policy_id(const void *x, const void *y) {
    return str_cmp(((const report_policy *)x)->id, ((const report_policy *)y)->id);
}

static void add_law(builder *b) {
    report *r = b->report;
    map policies = {0};
    r->rules = arena_array(b->arena, report_rule, b->used.len);
    r->policies = arena_array(b->arena, report_policy, b->used.len);
    for (size_t i = 0; i < b->used.len; i++) {
        const rule *from = b->used.entries[i].value;
        r->rules[r->rule_count++] = build_rule(b->arena, from);
        if (map_has(&policies, from->policy->id)) continue;
        map_put(b->arena, &policies, from->policy->id, b);
        r->policies[r->policy_count++] = build_policy(b->arena, from->policy);
    }
    if (r->rule_count) qsort(r->rules, r->rule_count, sizeof *r->rules, by_rule_id);
    if (r->policy_count) qsort(r->policies, r->policy_count, sizeof *r->policies, by_policy_id);
}

int build_exit(const report *r) {
    bool covered = false, blocked = false, all_cleared = true, unusable = false;
    for (size_t i = 0; i < r->manifest_count; i++)
        unusable |= r->manifests[i].unusable;
    for (size_t i = 0; i < r->clearance_count; i++) {
        str found = r->clearances[i].clearance;
        covered |= !str_is(found, verdict_names[VERDICT_UNCOVERED]);
        blocked |= str_is(found, verdict_names[VERDICT_BLOCKED]);
        all_cleared &= str_is(found, verdict_names[VERDICT_CLEARED]);
    }
    if (unusable || !covered) return 2;
    if (blocked) return 1;
    return all_cleared ? 0 : 3;
}

report *build_end(builder *b) {
    report *r = b->report;
    r->manifests = b->manifests.at;
    r->manifest_count = b->manifests.len;
    r->folders = b->folders.at;
    r->folder_count = b->folders.len;
    r->clearances = b->clearances.at;
    r->clearance_count = b->clearances.len;
    r->findings = b->findings.at;
    r->finding_count = b->findings.len;
    r->roles = b->roles.at;
    r->role_count = b->roles.len;
    r->questions = b->questions.at;
    r->question_count = b->questions.len;
    r->diagnostics = b->diagnostics.at;
    r->diagnostic_count = b->diagnostics.len;
    add_law(b);
    r->exit = build_exit(r);
    return r;
}

report *build_about(arena *a, const ruleset *rules, const rule *of) {
    builder b = build_begin(a, rules, STR(""), SEVERITY_MAJOR);
    map_put(a, &b.used, of->id, (void *)of);
    return build_end(&b);
}
