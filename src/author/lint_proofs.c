// SPDX-License-Identifier: Apache-2.0
//
// Lints of proof: rules that never apply or are never violated, exemptions that never decide, roles
// that nobody can fill. What is proved is a finding.
#include "author/proof.h"
#include "law/lookup.h"

// --- rules

static void check_rule(prover *p, const rule *r) {
    linter *l = p->linter;
    asked q = proof_of_rule(p, r, DIAG_NEVER_VIOLATED);
    str why = q.form.why;
    if (!why.len && is_displaced(l->rules, r)) q.form.why = STR("it may be displaced");
    displacers_add(&q.reads, l->rules, r);
    q.judge = judge_violated;
    searched bad = proof_examine(p, &q);
    claim never_bad = proof_claim(&q, &bad), never = never_bad;
    never.fault = q.fault = DIAG_NEVER_APPLIES;
    if (bad.verdict != CLAIM_REFUTED) {
        q.judge = judge_applies;
        q.form.why = why;
        searched any = proof_examine(p, &q);
        never = proof_claim(&q, &any);
    }
    proof_add(p, &never);
    if (never.verdict == CLAIM_PROVED || never_bad.verdict == CLAIM_PROVED)
        map_put(l->arena, &p->faulty, r->id, p);
    if (never.verdict == CLAIM_PROVED) {
        lint_add(l, DIAG_NEVER_APPLIES, r->at, "%.*s applies to no launch, whatever its facts",
                 STR_ARG(r->id));
        return;
    }
    proof_add(p, &never_bad);
    if (never_bad.verdict == CLAIM_PROVED)
        lint_add(l, DIAG_NEVER_VIOLATED, r->at, "%.*s is met wherever it applies", STR_ARG(r->id));
}

// --- exemptions

// What is never there in the rule's time is said as such.
static bool is_in_time(const prover *p, const asked *q, const cond *line) {
    days on = {0};
    proof_days(p->linter->arena, &on, q, p->linter->options->today);
    for (size_t i = 0; i < on.len; i++)
        if (!(line->has_from && on.at[i] < line->from) &&
            !(line->has_until && on.at[i] >= line->until))
            return true;
    return false;
}

// By its title, else by its text.
static str line_text(arena *a, const cond *line) {
    buf b = {.arena = a};
    while (line->kind != COND_TEST && line->count)
        line = &line->parts[0];
    if (line->test) cel_print(&b, line->test);
    return buf_str(&b);
}

// One that a chapter lends is good where it decides for one of its rules.
static void merge(claim *into, const claim *c) {
    if (into->verdict == CLAIM_REFUTED) return;
    if (c->verdict != CLAIM_PROVED) *into = *c;
}

static void check_exemptions(prover *p, const rule *r) {
    linter *l = p->linter;
    for (size_t i = 0; i < r->except_count; i++) {
        const cond *line = &r->except[i].when;
        asked q = proof_of_rule(p, r, DIAG_SHADOWED_EXEMPTION);
        q.at = line->at;
        q.exemption = i;
        q.judge = judge_exempt;
        str key = span_key(l->arena, line->at);
        claim *known = map_get(&p->exemptions, key);
        if ((known && known->verdict == CLAIM_REFUTED) || !is_in_time(p, &q, line)) continue;
        searched found = proof_examine(p, &q);
        claim c = proof_claim(&q, &found);
        str text = line->title.len ? line->title : line_text(l->arena, line);
        c.about = str_format(l->arena, "%.*s: %.*s", STR_ARG(r->id), STR_ARG(text));
        if (known) {
            merge(known, &c);
            continue;
        }
        known = arena_new(l->arena, claim);
        *known = c;
        map_put(l->arena, &p->exemptions, key, known);
    }
}

static void tell_exemptions(prover *p) {
    for (size_t i = 0; i < p->exemptions.len; i++) {
        const claim *c = p->exemptions.entries[i].value;
        proof_add(p, c);
        if (c->verdict == CLAIM_PROVED)
            lint_add(p->linter, DIAG_SHADOWED_EXEMPTION, c->at,
                     "this exemption never decides: %.*s", STR_ARG(c->about));
    }
    p->exemptions = (map){0};
}

// --- roles

static void check_role(prover *p, const role_def *role) {
    linter *l = p->linter;
    rule none = {.policy = role->policy, .id = role->name};
    asked q = {.fault = DIAG_UNFILLABLE_ROLE,
               .about = role->name,
               .at = role->at,
               .rule = &none,
               .role = role,
               .judge = judge_role_filled,
               .reads = {.rules = l->rules, .arena = l->arena},
               .form = {.rules = l->rules, .arena = l->arena}};
    searched found = {.verdict = CLAIM_PROVED};
    reads_add_cond(&q.reads, &role->eligible);
    reads_add_cond(&q.reads, &role->engaged);
    form_add_role_cond(&q.form, &role->eligible);
    form_add_role_cond(&q.form, &role->engaged);
    for (size_t i = 0; i < role->held_count && found.verdict != CLAIM_REFUTED; i++) {
        q.held_as = str_c(l->arena, role->held_as[i]);
        searched one = proof_examine(p, &q);
        if (one.verdict != CLAIM_PROVED) found = one;
    }
    claim c = proof_claim(&q, &found);
    proof_add(p, &c);
    if (c.verdict == CLAIM_PROVED)
        lint_add(l, DIAG_UNFILLABLE_ROLE, role->at, "no party can fill the role `%.*s`",
                 STR_ARG(role->name));
}

// --- all

static bool is_ever_law(linter *l, const rule *r) {
    days on = {0};
    rule_days(l->arena, r, &on);
    for (size_t i = 0; i < on.len; i++)
        if (rule_may_hold(r, on.at[i])) return true;
    return false;
}

static void check_policy(prover *p, const policy *from) {
    for (size_t i = 0; i < from->rules.len; i++) {
        const rule *r = from->rules.at[i];
        if (!lint_is_wanted(p->linter, r->at) || !is_ever_law(p->linter, r)) continue;
        check_rule(p, r);
        check_exemptions(p, r);
    }
    tell_exemptions(p);
    for (size_t i = 0; i < from->roles.len; i++) {
        const role_def *role = from->roles.entries[i].value;
        if (lint_is_wanted(p->linter, role->at)) check_role(p, role);
    }
}

static void free_arena(void *what) {
    arena_free(what);
}

// Memory of its own, given back with that of the linter.
static arena *arena_within(arena *a) {
    arena *inner = arena_new(a, arena);
    arena_init(inner, a->mem, a->guard, a->limit);
    arena_on_reset(a, free_arena, inner);
    return inner;
}

void lint_proofs(linter *l) {
    if (l->options->bound == 0 || !l->rules->vocabulary.engine.markets) return;
    prover p = {.linter = l, .keep = arena_within(l->arena), .scratch = arena_within(l->arena)};
    for (size_t i = 0; i < l->rules->policies.len; i++)
        check_policy(&p, l->rules->policies.at[i]);
    lint_pairs(&p);
}
