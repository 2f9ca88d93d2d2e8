// SPDX-License-Identifier: Apache-2.0
//
// Two rules that contradict each other: they may apply to one thing and cannot both be met, and
// what the one demands plays no part in whether the other applies, so that meeting the one leaves
// the other as it was.
#include "author/proof.h"

static bool same_elements(const rule *a, const rule *b) {
    if (a->each_count != b->each_count) return false;
    for (size_t i = 0; i < a->each_count; i++)
        if (!cel_same(a->each[i].list, b->each[i].list)) return false;
    return true;
}

// What a rule demands, and what decides whether it applies.
typedef struct halves {
    reads demand, gate;
} halves;

static void add_gate_line(reads *out, const exception *e, size_t count) {
    for (size_t i = 0; i < count; i++) {
        reads_add_cond(out, &e[i].when);
        add_gate_line(out, e[i].unless, e[i].unless_count);
    }
}

static halves halves_of(const prover *p, const rule *r) {
    reads none = {.rules = p->linter->rules, .arena = p->linter->arena};
    halves h = {none, none};
    reads_add_cond(&h.demand, &r->requires_);
    reads_add(&h.gate, r->binds);
    reads_add_cond(&h.gate, &r->applies);
    add_gate_line(&h.gate, r->except, r->except_count);
    return h;
}

// Some fact is read by both; that both read a map of the top level says nothing.
static bool share_facts(const ruleset *r, const reads *a, const reads *b) {
    for (size_t i = 0; i < a->names.len; i++) {
        const entity *e = vocabulary_entity(&r->vocabulary, a->names.entries[i].key);
        bool is_map = e && e->shape == ENTITY_MAP;
        if (!is_map && map_has(&b->names, a->names.entries[i].key)) return true;
    }
    return false;
}

// Where meeting one may end that the other applies, nothing is wrong with them.
static void check_pair(prover *p, const rule *a, const rule *b, bool apart) {
    linter *l = p->linter;
    asked q = proof_of_rule(p, a, DIAG_CONTRADICTION);
    q.other = b;
    q.at = b->at;
    q.about = str_format(l->arena, "%.*s and %.*s", STR_ARG(a->id), STR_ARG(b->id));
    reads_add_rule(&q.reads, b);
    form_add_rule(&q.form, b);
    q.judge = judge_both_met;
    searched met = proof_examine(p, &q);
    if (met.tried == 0) return; // never the law of one place on one day
    claim c = proof_claim(&q, &met);
    if (c.verdict == CLAIM_PROVED) {
        q.judge = judge_both_apply;
        searched meet = proof_examine(p, &q);
        if (meet.verdict == CLAIM_PROVED) return; // never of one thing
        c.verdict = meet.verdict == CLAIM_REFUTED && apart ? CLAIM_PROVED : CLAIM_NOT_EXAMINED;
        c.manifest = meet.manifest;
        c.as_of = meet.as_of;
        c.why = meet.verdict == CLAIM_REFUTED ? STR("meeting one may end that the other applies")
                                              : meet.why;
        if (apart && meet.verdict == CLAIM_REFUTED) c.why = (str){"", 0};
    }
    proof_add(p, &c);
    if (c.verdict != CLAIM_PROVED) return;
    diag *d = lint_add(l, DIAG_CONTRADICTION, b->at,
                       "%.*s may apply together and cannot both be met", STR_ARG(q.about));
    d->also = a->at;
}

// Whether they may stand in each other's way, by what they read.
static bool may_meet(const prover *p, const rule *a, const rule *b) {
    return (lint_is_wanted(p->linter, a->at) || lint_is_wanted(p->linter, b->at)) &&
           !map_has(&p->faulty, a->id) && !map_has(&p->faulty, b->id) && same_elements(a, b) &&
           !rules_displace(a, b);
}

void lint_pairs(prover *p) {
    const ruleset *r = p->linter->rules;
    vec(const rule *) all = {0};
    for (size_t i = 0; i < r->policies.len; i++)
        for (size_t k = 0; k < r->policies.at[i]->rules.len; k++)
            if (!r->policies.at[i]->rules.at[k]->prohibition)
                vec_push(p->linter->arena, &all, r->policies.at[i]->rules.at[k]);
    halves *of = arena_array(p->linter->arena, halves, all.len);
    for (size_t i = 0; i < all.len; i++)
        of[i] = halves_of(p, all.at[i]);
    for (size_t i = 0; i < all.len; i++)
        for (size_t k = i + 1; k < all.len; k++)
            if (may_meet(p, all.at[i], all.at[k]) && share_facts(r, &of[i].demand, &of[k].demand))
                check_pair(p, all.at[i], all.at[k],
                           !share_facts(r, &of[i].demand, &of[k].gate) &&
                               !share_facts(r, &of[k].demand, &of[i].gate));
}
