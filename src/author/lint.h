// SPDX-License-Identifier: Apache-2.0
//
// Lint: what loads but cannot mean what its author meant. Lints of reading look at the loaded rules
// alone; lints of proof try all answers that a rule's conditions can tell apart, up to a bound, and
// say how each of their claims came out. Findings are diagnostics. Knows no report format.
#ifndef OBSTAT_AUTHOR_LINT_H
#define OBSTAT_AUTHOR_LINT_H

#include "law/ruleset.h"

typedef enum lint_proof { LINT_READ, LINT_PROVED } lint_proof;

typedef struct lint_kind {
    diag_code code;
    lint_proof found;
    const char *mend;
} lint_kind;

extern const lint_kind lint_kinds[];
extern const size_t lint_kind_count;

// --- claims: each is a fault that a rule would have, if it were so

typedef enum claim_verdict {
    CLAIM_PROVED,      // it has the fault: a finding
    CLAIM_REFUTED,     // `manifest` shows the contrary
    CLAIM_NOT_EXAMINED // beyond the bound, or it reads what cannot be enumerated: see `why`
} claim_verdict;

extern const char *const claim_verdict_names[3]; // "not examined"

typedef struct claim {
    diag_code fault;
    claim_verdict verdict;
    str about; // the rule, role or pair of rules
    span at;
    str manifest; // JSON; empty: none
    day as_of;    // of the manifest
    str why;
    size_t tried; // manifests that were judged
} claim;

typedef struct lint_options {
    day today;
    size_t bound;      // most manifests to judge for one claim; 0: none
    const str *within; // names of files begin with one of these; none: all
    size_t within_count;
} lint_options;

typedef struct lint_result {
    vec(claim) claims;
    size_t proved, refuted, not_examined;
} lint_result;

enum { LINT_BOUND = 4096 };

// All lints over all rules. Findings are added to `d`, in the order of the files.
void lint_rules(lint_result *out, const ruleset *r, arena *a, diags *d, const lint_options *o);

// --- as they are written

// A line for each lint: its code, what it means, how to mend it.
void lint_write_kinds(buf *out);
// What became of the claims; with `every`, each of them and its manifest.
void lint_write_claims(buf *out, const lint_result *r, bool every);
// Findings and claims as JSON.
void lint_write_json(buf *out, const diags *d, const lint_result *r);

#endif
