// SPDX-License-Identifier: Apache-2.0
//
// The main job: a manifest's facts against the law of its markets on a day → findings with reasons,
// a clearance for each market. Knows no report format and reads no files.
#ifndef OBSTAT_CHECK_CHECK_H
#define OBSTAT_CHECK_CHECK_H

#include "law/ruleset.h"

typedef enum outcome {
    OUTCOME_ERROR,
    OUTCOME_VIOLATED,
    OUTCOME_UNDETERMINED,
    OUTCOME_REVIEW,
    OUTCOME_UPCOMING,
    OUTCOME_GRACE,
    OUTCOME_WAIVED,
    OUTCOME_MET,
    OUTCOME_NOT_APPLICABLE,
    OUTCOME_NOT_OURS,
    OUTCOME_COUNT
} outcome;

extern const char *const outcome_names[OUTCOME_COUNT]; // "not-applicable"

typedef enum verdict {
    VERDICT_BLOCKED,
    VERDICT_UNDETERMINED,
    VERDICT_UNCOVERED,
    VERDICT_CLEARED,
    VERDICT_COUNT
} verdict;

extern const char *const verdict_names[VERDICT_COUNT];

// A fact that decided a finding, or that is missing for it.
typedef struct reason {
    str path;       // "models[afm].registrations"
    str value;      // as people read it; empty in `needs`
    span at;        // where it is stated; for what is not, the nearest stated ancestor
    str ask;        // in `needs`: the vocabulary's question
    bool exact;     // `needs`: proved essential (false: touched, beyond the bound of the proof)
    bool open_term; // a judgement is missing
} reason;

typedef struct reasons {
    reason *at;
    size_t count;
} reasons;

// A line of an explanation: a heading, a condition with what it gave, or a fact with its value.
typedef struct explained {
    unsigned depth;
    str text;
    str value; // empty: a heading
    bool fact;
} explained;

typedef struct finding {
    const rule *rule;
    str market;  // the code as the manifest names it
    str place;   // the place asked about: the market or a part of it
    str subject; // "writing-tools/afm"; empty: the launch as a whole
    outcome outcome;
    rule_severity severity;
    span at;
    str path; // of the subject in the manifest
    reasons because, needs;
    bool has_from, has_due, has_grace_until;
    day from, due, grace_until;
    str from_cites;             // what sets `from`; empty: not stated
    str grace_title;            // what ends a grace without a date
    const exception *exception; // not applicable by this one
    str displaced_by;           // the rule or policy that takes its place; empty: none does
    explained *explained;       // where the query asks for it
    size_t explained_count;
    str sentence;
    str why;      // not applicable, not ours, error: one sentence
    str presumed; // open terms held true by presumption, comma-separated; empty: none
} finding;

typedef struct clearance {
    str market, place, name;
    day as_of;
    verdict verdict;
    str *rests_on; // sentences: "… is in grace until …", "exempt from …", "presumed, …"
    size_t rests_count;
    size_t counts[OUTCOME_COUNT];
} clearance;

typedef struct candidate_evidence {
    str registry, number;
    span at;
} candidate_evidence;

typedef struct candidate {
    str party, name; // id in the manifest (empty: from a registry) and name
    bool from_manifest;
    value eligible; // true, false, unknown
    value engaged;
    str state; // of its engagement in this role here; empty: none stated
    candidate_evidence *evidence;
    size_t evidence_count;
    str *lacks; // what keeps it from being eligible or engaged, as condition texts or titles
    size_t lacks_count;
} candidate;

// A role that a way of some bad finding would fill.
typedef struct role_need {
    const role_def *role;
    str *places;
    size_t place_count;
    size_t *findings; // indexes
    size_t finding_count;
    candidate *candidates; // those of the manifest first, then registries'
    size_t candidate_count;
    size_t more; // candidates of registries beyond those listed
} role_need;

typedef struct question {
    str path, ask;
    size_t *decides; // indexes of findings
    size_t decides_count;
} question;

struct check_run;

typedef struct check_query {
    bool has_as_of;
    day as_of; // else per market: its launch date, or today when that is past or not stated
    day today;
    rule_severity fail_on; // violated findings at or above it block
    const str *markets;    // only these; none: all
    size_t market_count;
    const map *only;  // rules by id; clearances then rest on these alone. NULL: all
    bool explain;     // take each finding apart
    bool all_reasons; // `because` of met and not applicable findings too
    size_t steps;     // CEL nodes for one place; 0: the default
    // Called for each subject of a rule when its finding is there, with the facts as they were
    // judged. May be NULL.
    void (*watch)(void *ctx, struct check_run *run, const finding *f, value *frame);
    void *watch_ctx;
} check_query;

typedef struct check_result {
    vec(finding) findings;     // sorted by market, place, rule, subject
    vec(clearance) clearances; // in the order of the manifest
    vec(role_need) roles;
    vec(question) questions; // those that decide most first
} check_result;

// The functions of the engine that conditions may call (`role`, `listed`, `within`, `metric` …):
// for ruleset_load's options.
extern const cel_function_table check_functions;

// Adds the places that a manifest reaches: its markets, and where its parties are established.
void check_reach(const ruleset *r, arena *a, const node *manifest, str **codes, size_t *count);

// Whether the law that a manifest reaches was loaded. Else what is missing would pass as no law.
bool check_is_reached(const ruleset *r, arena *a, const node *manifest);

// Checks one manifest. False: the manifest is unusable (diagnostics say why). Everything in the
// result lives in `a` or in the ruleset.
bool check_manifest(check_result *out, const ruleset *r, arena *a, diags *d, const node *manifest,
                    const check_query *q);

// The manifest with a patch merged in, as `with:` of a market does: maps merge, keyed lists by key.
// For tests.
const node *check_patch(const ruleset *r, arena *a, diags *d, const node *manifest,
                        const node *patch);

#endif
