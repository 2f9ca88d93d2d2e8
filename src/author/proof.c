// SPDX-License-Identifier: Apache-2.0
//
// A claim is a fault, and is examined by looking for a manifest that shows the contrary, on every
// day between two of which nothing changes that is written. Found: refuted. The whole tree of
// answers tried on all days without finding one, and all answers told apart: proved. Anything else
// is not examined, and says why.
#include "author/proof.h"
#include "law/lookup.h"

// Pairs are many, and what is found at all is found soon.
enum { MOST_DAYS = 64, PAIR_SHARE = 16, FAR = 4000 };

// --- days and places

static bool may_hold(const asked *q, day on) {
    if (q->role) return true;
    return rule_may_hold(q->rule, on) && (!q->other || rule_may_hold(q->other, on));
}

static void add_point(arena *a, days *out, const asked *q, day on) {
    if (on < DAY_MIN || on > DAY_MAX || !may_hold(q, on)) return;
    for (size_t i = 0; i < out->len; i++)
        if (out->at[i] == on) return;
    vec_push(a, out, on);
}

// Today first, then the latest: each day on which something changes, the one after, and so one of
// every time in between.
void proof_days(arena *a, days *out, const asked *q, day today) {
    days on = {0};
    if (!q->role) rule_days(a, q->rule, &on);
    if (q->other) rule_days(a, q->other, &on);
    for (size_t i = 0; i < q->reads.days.len; i++)
        days_add(a, &on, q->reads.days.at[i]);
    add_point(a, out, q, today);
    for (size_t i = on.len; i-- > 0;) {
        add_point(a, out, q, on.at[i] + 1);
        add_point(a, out, q, on.at[i]);
    }
    if (on.len) add_point(a, out, q, on.at[0] - 1);
    if (q->form.why.len) add_point(a, out, q, today + FAR); // what falls due years later
}

// A place whose law it is: the policy's own, or of a group a member.
static str market_of(const ruleset *r, const policy *p, day on) {
    const jurisdiction *j = map_get(&r->places.jurisdictions, p->jurisdiction);
    if (!j || j->kind != PLACE_GROUP) return p->jurisdiction;
    for (size_t i = 0; i < j->members.len; i++)
        if (place_known(&r->places, j->members.at[i].of) &&
            place_within(&r->places, j->members.at[i].of, p->jurisdiction, on))
            return j->members.at[i].of;
    for (size_t i = 0; i < r->places.names.len; i++)
        if (place_within(&r->places, r->places.names.entries[i].key, p->jurisdiction, on))
            return r->places.names.entries[i].key;
    return (str){"", 0};
}

// The smaller of the places of two policies.
static str market_of_both(const ruleset *r, const asked *q, day on) {
    str here = market_of(r, q->rule->policy, on);
    if (!q->other) return here;
    str there = market_of(r, q->other->policy, on);
    if (here.len && place_within(&r->places, here, q->other->policy->jurisdiction, on)) return here;
    return there.len && place_within(&r->places, there, q->rule->policy->jurisdiction, on)
               ? there
               : (str){"", 0};
}

// --- one claim

static size_t bound_of(const prover *p, const asked *q) {
    size_t bound = p->linter->options->bound;
    return q->other && bound > PAIR_SHARE ? bound / PAIR_SHARE : bound;
}

static void add_search(prover *p, searched *out, asked *q, day on) {
    linter *l = p->linter;
    search_problem problem = {.rules = l->rules,
                              .rule = q->rule,
                              .market = market_of_both(l->rules, q, on),
                              .as_of = on,
                              .reads = &q->reads,
                              .form = &q->form,
                              .judge = q->judge,
                              .ctx = q,
                              .role = q->held_as,
                              .bound = bound_of(p, q),
                              .keep = p->keep,
                              .scratch = p->scratch};
    if (!problem.market.len) return; // not their law on that day
    arena_mark mark = arena_here(p->keep);
    search_result found = search_manifest(&problem);
    out->tried += found.tried;
    if (found.found) {
        out->verdict = CLAIM_REFUTED;
        out->manifest = str_copy(l->arena, found.manifest);
        out->as_of = on;
    } else if ((!found.complete || !found.exact) && out->verdict == CLAIM_PROVED) {
        out->verdict = CLAIM_NOT_EXAMINED;
        out->why = str_copy(l->arena, found.why);
    }
    arena_reset(p->keep, mark);
}

// On all days; a day beyond the bound ends it.
searched proof_examine(prover *p, asked *q) {
    searched out = {.verdict = CLAIM_PROVED};
    days on = {0};
    proof_days(p->linter->arena, &on, q, p->linter->options->today);
    if (on.len > MOST_DAYS) out = (searched){CLAIM_NOT_EXAMINED, .why = STR("too many dates")};
    for (size_t i = 0; i < on.len && i < MOST_DAYS && out.verdict != CLAIM_REFUTED; i++) {
        add_search(p, &out, q, on.at[i]);
        if (out.tried >= bound_of(p, q)) break;
    }
    if (out.tried >= bound_of(p, q) && out.verdict == CLAIM_PROVED)
        out = (searched){CLAIM_NOT_EXAMINED, .why = STR("beyond the bound"), .tried = out.tried};
    if (out.tried == 0) out = (searched){CLAIM_NOT_EXAMINED, .why = STR("it is no place's law")};
    return out;
}

claim proof_claim(const asked *q, const searched *s) {
    return (claim){.fault = q->fault,
                   .verdict = s->verdict,
                   .about = q->about,
                   .at = q->at,
                   .manifest = s->manifest,
                   .as_of = s->as_of,
                   .why = s->verdict == CLAIM_REFUTED ? (str){"", 0} : s->why,
                   .tried = s->tried};
}

void proof_add(prover *p, const claim *c) {
    lint_result *r = p->linter->result;
    vec_push(p->linter->arena, &r->claims, *c);
    r->proved += c->verdict == CLAIM_PROVED;
    r->refuted += c->verdict == CLAIM_REFUTED;
    r->not_examined += c->verdict == CLAIM_NOT_EXAMINED;
}

asked proof_of_rule(prover *p, const rule *r, diag_code fault) {
    linter *l = p->linter;
    asked q = {.fault = fault,
               .about = r->id,
               .at = r->at,
               .rule = r,
               .reads = {.rules = l->rules, .arena = l->arena},
               .form = {.rules = l->rules, .arena = l->arena}};
    reads_add_rule(&q.reads, r);
    form_add_rule(&q.form, r);
    return q;
}
