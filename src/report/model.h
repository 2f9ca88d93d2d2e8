// SPDX-License-Identifier: Apache-2.0
//
// The report model: all that any format may show, as plain data without pointers into the law or
// the manifest. Formats read this and nothing else; the JSON format is its full image, from which
// it can be read back. Built by build.c, the only file of this folder that sees findings and
// policies.
#ifndef OBSTAT_REPORT_MODEL_H
#define OBSTAT_REPORT_MODEL_H

#include "base/str.h"

// The outcomes of findings, in the order in which reports count them. Those that matter are told
// without being asked for.
typedef struct report_outcome {
    const char *name; // "not-applicable", as in files
    const char *said; // "not applicable", as in sentences
    bool matters;
} report_outcome;

enum { REPORT_OUTCOMES = 10 };
extern const report_outcome report_outcomes[REPORT_OUTCOMES];

typedef struct report_at {
    str file; // empty: no place
    uint32_t line, column, end_line,
        end_column; // 1-based; columns count code points; the end is exclusive
    str path;       // in the manifest's facts
    str text;       // the source line, for the excerpt; of a long one the part around the span
    uint32_t text_column; // of the first character of `text`; 0 as 1
} report_at;

typedef struct report_reason {
    str path, value, ask;
    bool exact, open_term;
    report_at at;
} report_reason;

typedef struct report_reasons {
    report_reason *at;
    size_t count;
} report_reasons;

typedef struct report_texts {
    str *at;
    size_t count;
} report_texts;

typedef struct report_way {
    str title, role, lead_time;
    bool advice;
    str drop;
    report_texts sets; // "feature.models = [=candidate.model]", as written
} report_way;

typedef struct report_sanction {
    str title, cites;
} report_sanction;

// A line of an explanation: a heading, a condition with what it gave, or a fact with its value.
typedef struct report_line {
    unsigned depth;
    str text, value; // no value: a heading
    bool fact;
} report_line;

typedef struct report_finding {
    size_t id, manifest;
    str market, place, rule, subject, outcome, severity;
    report_at at;
    report_reasons because, needs;
    str from, due, grace_until; // dates; empty: none
    str from_cites;             // what sets `from`
    str grace_title, exception, exception_cites, displaced_by, why, presumed;
    str sentence;       // all of it in one; where an explanation was asked for
    report_line *lines; // and line by line
    size_t line_count;
} report_finding;

typedef struct report_clearance {
    size_t manifest;
    str market, place, name, as_of, clearance;
    report_texts rests_on;
    size_t counts[REPORT_OUTCOMES];
} report_clearance;

typedef struct report_evidence {
    str registry, number;
} report_evidence;

typedef struct report_candidate {
    str party, name, from, eligible, engaged,
        state; // from: manifest, registry; eligible, engaged: true, false, unknown
    report_evidence *evidence;
    size_t evidence_count;
    report_texts lacks;
} report_candidate;

typedef struct report_role {
    str role, title;
    size_t manifest;
    report_texts places;
    size_t *findings; // ids
    size_t finding_count;
    report_candidate *candidates;
    size_t candidate_count, more;
} report_role;

typedef struct report_question {
    size_t manifest;
    str path, ask;
    size_t *decides; // ids
    size_t decides_count;
} report_question;

typedef struct report_condition {
    str role; // "binds", "applies", "except", "requires", "due"
    str title, cites, text;
    unsigned depth; // of nesting: any/all, unless
    str joint;      // "all", "any" or "unless" for a group's heading; else empty
} report_condition;

// A definition that the rule's conditions call.
typedef struct report_term {
    str name;                         // as its calls look: "shapes_opinion(f)"
    str question, title, cites, text; // `question`: an open term of the law
} report_term;

typedef struct report_rule {
    str id, policy, title, chapter, cites, url, note, basis, kind, severity;
    str file;
    uint32_t line;
    str reviewed_on, confidence, recheck;
    report_condition *conditions;
    size_t condition_count;
    report_term *terms; // in the order of their first use
    size_t term_count;
    report_way *ways;
    size_t way_count;
    report_sanction *sanctions;
    size_t sanction_count;
    report_texts effective; // "from 2023-08-15", for people
} report_rule;

typedef struct report_policy {
    str id, name, native, number, kind, url, jurisdiction, status;
} report_policy;

typedef struct report_file {
    str path, digest; // "sha256:…"; empty where not computed
    bool unusable;    // of manifests: not checked, the diagnostics say why
} report_file;

typedef struct report_diagnostic {
    str code, level, message, hint;
    report_at at, also; // a second place, such as the first of two keys
} report_diagnostic;

typedef struct report {
    str version, known_on;
    str fail_on; // the severity at which a violated finding begins to block
    int exit;
    report_file *manifests, *folders;
    size_t manifest_count, folder_count;
    report_clearance *clearances;
    size_t clearance_count;
    report_finding *findings;
    size_t finding_count;
    report_role *roles;
    size_t role_count;
    report_question *questions;
    size_t question_count;
    report_rule *rules; // those of the findings, by id
    size_t rule_count;
    report_policy *policies;
    size_t policy_count;
    report_diagnostic *diagnostics;
    size_t diagnostic_count;
} report;

typedef struct report_options {
    bool color;
    bool verbose;   // text: met and not applicable findings too
    bool quiet;     // text: only the summary
    unsigned width; // columns of the terminal; 0: 100
} report_options;

// A format: one row of the table in formats.c.
typedef struct report_format {
    const char *name;
    const char *about;
    void (*write)(buf *out, const report *r, const report_options *options);
} report_format;

extern const report_format report_formats[];
extern const size_t report_format_count;

#endif
