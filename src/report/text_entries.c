// SPDX-License-Identifier: Apache-2.0
//
// Gathers findings: one outcome of one rule in many places is one entry; entries that hold in the
// same places stand under one heading. Writes nothing.
#include "report/text.h"

#include <stdlib.h>

const report_rule *text_rule(const report *r, str id) {
    for (size_t i = 0; i < r->rule_count; i++)
        if (str_eq(r->rules[i].id, id)) return &r->rules[i];
    return NULL;
}

const report_policy *text_policy(const report *r, str id) {
    for (size_t i = 0; i < r->policy_count; i++)
        if (str_eq(r->policies[i].id, id)) return &r->policies[i];
    return NULL;
}

size_t text_rank(str outcome) {
    size_t i = 0;
    while (i < REPORT_OUTCOMES - 1 && !str_is(outcome, report_outcomes[i].name))
        i++;
    return i;
}

str text_said(str outcome) {
    return str_of(report_outcomes[text_rank(outcome)].said);
}

bool text_list_has(const text_list *list, str s) {
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->at[i], s)) return true;
    return false;
}

static bool same_lists(const text_list *a, const text_list *b) {
    if (a->len != b->len) return false;
    for (size_t i = 0; i < a->len; i++)
        if (!text_list_has(b, a->at[i])) return false;
    return true;
}

// Whether one entry tells both.
static bool alike(const report_finding *a, const report_finding *b) {
    return str_eq(a->rule, b->rule) && str_eq(a->outcome, b->outcome) &&
           str_eq(a->severity, b->severity) && str_eq(a->from, b->from) &&
           str_eq(a->from_cites, b->from_cites) && str_eq(a->due, b->due) &&
           str_eq(a->grace_until, b->grace_until) && str_eq(a->exception, b->exception) &&
           str_eq(a->displaced_by, b->displaced_by) && str_eq(a->why, b->why);
}

static entry *entry_of(entry_list *entries, const report_finding *f) {
    for (size_t i = 0; i < entries->len; i++)
        if (alike(entries->at[i].first, f)) return &entries->at[i];
    return NULL;
}

static int severity_rank(str severity) {
    static const char *const names[] = {"blocker", "major", "minor", "advice"};
    for (int i = 0; i < 4; i++)
        if (str_is(severity, names[i])) return i;
    return 4;
}

static int by_gravity(const void *x, const void *y) {
    const report_finding *a = ((const entry *)x)->first, *b = ((const entry *)y)->first;
    size_t outcome_a = text_rank(a->outcome), outcome_b = text_rank(b->outcome);
    if (outcome_a != outcome_b) return outcome_a < outcome_b ? -1 : 1;
    int severity = severity_rank(a->severity) - severity_rank(b->severity);
    if (severity) return severity;
    int rule = str_cmp(a->rule, b->rule);
    return rule ? rule : (a->id < b->id ? -1 : a->id > b->id);
}

static section *section_of(teller *t, section_list *sections, size_t manifest,
                           const text_list *places) {
    for (size_t i = 0; i < sections->len; i++)
        if (same_lists(&sections->at[i].places, places)) return &sections->at[i];
    vec_push(t->arena, sections, (section){.manifest = manifest, .places = *places});
    return &sections->at[sections->len - 1];
}

// Findings are in the order of their manifests; of many manifests, each is looked for by halves.
static size_t first_finding(const report *r, size_t manifest) {
    size_t low = 0, high = r->finding_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->findings[middle].manifest < manifest)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

section_list text_sections(teller *t, size_t manifest, bool (*told)(const report_outcome *)) {
    const report *r = t->report;
    entry_list entries = {0};
    for (size_t i = first_finding(r, manifest);
         i < r->finding_count && r->findings[i].manifest == manifest; i++) {
        const report_finding *f = &r->findings[i];
        if (!told(&report_outcomes[text_rank(f->outcome)])) continue;
        entry *e = entry_of(&entries, f);
        if (!e) {
            vec_push(t->arena, &entries, (entry){.rule = text_rule(r, f->rule), .first = f});
            e = &entries.at[entries.len - 1];
        }
        vec_push(t->arena, &e->findings, f);
        if (!text_list_has(&e->places, f->place)) vec_push(t->arena, &e->places, f->place);
    }
    section_list sections = {0};
    for (size_t i = 0; i < entries.len; i++) {
        section *s = section_of(t, &sections, manifest, &entries.at[i].places);
        vec_push(t->arena, &s->entries, entries.at[i]);
    }
    for (size_t i = 0; i < sections.len; i++)
        qsort(sections.at[i].entries.at, sections.at[i].entries.len, sizeof(entry), by_gravity);
    return sections;
}
