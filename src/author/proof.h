// SPDX-License-Identifier: Apache-2.0
//
// Claims and how they are examined. Private to src/author.
#ifndef OBSTAT_AUTHOR_PROOF_H
#define OBSTAT_AUTHOR_PROOF_H

#include "author/linter.h"
#include "author/search.h"

typedef struct prover {
    linter *linter;
    arena *keep, *scratch; // of one search; of one judgement
    map exemptions;        // place → claim, since a chapter lends them
    map faulty;            // rules that never apply or are never violated
} prover;

// What a claim is about, and who judges it.
typedef struct asked {
    diag_code fault;
    str about;
    span at;
    const rule *rule;
    const rule *other;    // of two that contradict each other
    size_t exemption;     // number
    const role_def *role; // or NULL
    const char *held_as;
    truth (*judge)(void *ctx, check_run *run);
    reads reads;
    form form;
} asked;

// --- judges.c: what would refute a claim; `ctx` is the `asked`

truth judge_applies(void *ctx, check_run *run);
truth judge_violated(void *ctx, check_run *run);
truth judge_exempt(void *ctx, check_run *run);
truth judge_both_apply(void *ctx, check_run *run);
truth judge_both_met(void *ctx, check_run *run);
truth judge_role_filled(void *ctx, check_run *run);

// --- proof.c

typedef struct searched {
    claim_verdict verdict;
    str manifest, why;
    day as_of;
    size_t tried;
} searched;

// Looks on all days. `tried` is 0 where there is no day and place to look.
searched proof_examine(prover *p, asked *q);
asked proof_of_rule(prover *p, const rule *r, diag_code fault);
claim proof_claim(const asked *q, const searched *s);
void proof_add(prover *p, const claim *c);
// The days on which the answer may differ from that of other days.
void proof_days(arena *a, days *out, const asked *q, day today);

void lint_pairs(prover *p);

#endif
