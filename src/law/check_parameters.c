// SPDX-License-Identifier: Apache-2.0
//
// What can be known of parameters before any manifest is read: that no place gets two values of one
// parameter on one day from places without an order, and that a parameter has a value on each day
// on which a rule that reads it may be in force. Nothing changes between two dates that are written
// somewhere, so that looking at those dates is looking at all days.
#include "law/link.h"
#include "law/lookup.h"

typedef vec(day) days;

static void add_day(arena *a, days *out, bool has, day d) {
    for (size_t i = 0; has && i < out->len; i++)
        if (out->at[i] == d) return;
    if (has) vec_push(a, out, d);
}

static void add_cases(arena *a, days *out, const cases *c) {
    for (size_t i = 0; i < c->count; i++) {
        add_day(a, out, c->at[i].has_from, c->at[i].from);
        add_day(a, out, c->at[i].has_until, c->at[i].until);
    }
}

static void sort_days(days *d) {
    for (size_t i = 1; i < d->len; i++)
        for (size_t k = i; k > 0 && d->at[k - 1] > d->at[k]; k--) {
            day swap = d->at[k];
            d->at[k] = d->at[k - 1];
            d->at[k - 1] = swap;
        }
}

// --- conflicts

static void add_memberships(arena *a, days *out, const places *p) {
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        const jurisdiction *j = p->jurisdictions.entries[i].value;
        for (size_t k = 0; k < j->parents.len; k++) {
            add_day(a, out, j->parents.at[k].has_from, j->parents.at[k].from);
            add_day(a, out, j->parents.at[k].has_until, j->parents.at[k].until);
        }
        for (size_t k = 0; k < j->members.len; k++) {
            add_day(a, out, j->members.at[k].has_from, j->members.at[k].from);
            add_day(a, out, j->members.at[k].has_until, j->members.at[k].until);
        }
    }
}

// Whether the two may decide differently: in what they say on the day.
static bool differ(const setting *s, const setting *t, day on) {
    const case_of *a = NULL, *b = NULL;
    for (size_t i = 0; i < s->cases.count; i++)
        if (!a && cases_cover(&(cases){&s->cases.at[i], 1}, on)) a = &s->cases.at[i];
    for (size_t i = 0; i < t->cases.count; i++)
        if (!b && cases_cover(&(cases){&t->cases.at[i], 1}, on)) b = &t->cases.at[i];
    if (!a || !b || !a->node || !b->node) return false;
    return a->when || b->when || !doc_equal(a->node, b->node);
}

// Whether a third place, within one of the two, decides instead.
static bool overruled(const ruleset *r, const parameter *q, const setting *s, str place, day on) {
    for (size_t i = 0; i < q->setting_count; i++) {
        const setting *other = q->settings[i];
        str here = other->policy->jurisdiction, there = s->policy->jurisdiction;
        if (other != s && !str_eq(here, there) && setting_holds(r, other, place, on) &&
            place_within(&r->places, here, there, on))
            return true;
    }
    return false;
}

static bool conflict_at(const ruleset *r, const parameter *q, const setting *s, const setting *t,
                        str place, day on) {
    return setting_holds(r, s, place, on) && setting_holds(r, t, place, on) && differ(s, t, on) &&
           !overruled(r, q, s, place, on) && !overruled(r, q, t, place, on);
}

// The places at which two settings can meet: those that are named anywhere.
static void meeting_places(linker *l, codes *out, const setting *s, const setting *t) {
    const places *p = &l->rules->places;
    vec_push(l->arena, out, s->policy->jurisdiction);
    vec_push(l->arena, out, t->policy->jurisdiction);
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        const jurisdiction *j = p->jurisdictions.entries[i].value;
        if (j->kind != PLACE_GROUP) vec_push(l->arena, out, j->code);
        for (size_t k = 0; k < j->members.len; k++)
            vec_push(l->arena, out, j->members.at[k].of);
    }
}

static void check_meeting(linker *l, const parameter *q, const setting *s, const setting *t,
                          const days *on) {
    codes at = {0};
    meeting_places(l, &at, s, t);
    for (size_t i = 0; i < at.len; i++)
        for (size_t k = 0; k < on->len; k++) {
            if (!place_known(&l->rules->places, at.at[i]) ||
                !conflict_at(l->rules, q, s, t, at.at[i], on->at[k]))
                continue;
            str day_text = on->at[k] == DAY_MIN ? STR("any day") : day_print(l->arena, on->at[k]);
            diag *d = diag_add(l->diags, DIAG_PARAMETER_CONFLICT, t->at,
                               STR("let the smaller place decide, or give both one value"),
                               "`%.*s.%.*s` has two values in %.*s on %.*s, from %.*s and %.*s",
                               STR_ARG(t->policy_id), STR_ARG(t->name), STR_ARG(at.at[i]),
                               STR_ARG(day_text), STR_ARG(s->policy->id), STR_ARG(t->policy->id));
            d->also = s->at;
            return;
        }
}

// One is a part of the other on all days, so that it decides.
static bool ordered(str a, str b) {
    str longer = a.len < b.len ? b : a;
    size_t most = a.len < b.len ? a.len : b.len;
    return a.len != b.len && str_eq(str_sub(a, 0, most), str_sub(b, 0, most)) &&
           longer.ptr[most] == '-';
}

static void check_conflicts(linker *l, const parameter *q) {
    if (q->setting_count < 2) return;
    days on = {0};
    add_day(l->arena, &on, true, DAY_MIN);
    add_memberships(l->arena, &on, &l->rules->places);
    for (size_t i = 0; i < q->setting_count; i++) {
        add_cases(l->arena, &on, &q->settings[i]->cases);
        add_cases(l->arena, &on, &q->settings[i]->policy->status);
    }
    sort_days(&on);
    for (size_t i = 0; i < q->setting_count; i++)
        for (size_t k = i + 1; k < q->setting_count; k++)
            if (!ordered(q->settings[i]->policy->jurisdiction,
                         q->settings[k]->policy->jurisdiction))
                check_meeting(l, q, q->settings[i], q->settings[k], &on);
}

// --- gaps

static bool literal_day(const expr *e, day *out) {
    if (!e || e->kind != EXPR_LITERAL || e->u.literal.kind != VALUE_DATE) return false;
    *out = (day)e->u.literal.u.i;
    return true;
}

bool rule_may_hold(const rule *r, day on) {
    day edge = 0;
    if (!policy_may_be_in_force(r->policy, on)) return false;
    for (size_t i = 0; i < r->effective.count; i++) {
        const window *w = &r->effective.at[i];
        bool before = literal_day(w->from, &edge) && on < edge;
        bool after = literal_day(w->until, &edge) && on >= edge;
        if (!before && !after) return true;
    }
    return !r->effective.stated;
}

static void add_edge(arena *a, days *out, const expr *e) {
    day edge = 0;
    bool has = literal_day(e, &edge);
    add_day(a, out, has, edge);
}

static void gap_days(linker *l, const rule *r, const parameter *q, days *out) {
    add_day(l->arena, out, true, DAY_MIN);
    add_cases(l->arena, out, &r->policy->status);
    add_cases(l->arena, out, &q->cases);
    for (size_t i = 0; i < r->effective.count; i++) {
        add_edge(l->arena, out, r->effective.at[i].from);
        add_edge(l->arena, out, r->effective.at[i].until);
    }
    sort_days(out);
}

static void check_gap(linker *l, const rule *r, const parameter *q) {
    days on = {0};
    gap_days(l, r, q, &on);
    for (size_t i = 0; i < on.len; i++) {
        if (!rule_may_hold(r, on.at[i]) || cases_cover(&q->cases, on.at[i])) continue;
        str from = on.at[i] == DAY_MIN
                       ? STR("at first")
                       : str_format(l->arena, "on %.*s", STR_ARG(day_print(l->arena, on.at[i])));
        diag *d = diag_add(l->diags, DIAG_PARAMETER_GAP, q->at,
                           STR("add a case for that time, or begin the rule later"),
                           "`%.*s` has no value %.*s, when %.*s reads it", STR_ARG(q->name),
                           STR_ARG(from), STR_ARG(r->id));
        d->also = r->at;
        return;
    }
}

static void check_reads(linker *l, const rule *r) {
    uses u = {.arena = l->arena, .start_index = FACTS_START};
    uses_add_rule(&u, r);
    for (size_t i = 0; i < u.definitions.len; i++) {
        const parameter *q = definition_parameter(u.definitions.at[i]);
        if (q) check_gap(l, r, q);
    }
}

void check_parameters(linker *l) {
    const ruleset *r = l->rules;
    for (size_t i = 0; i < r->policy_index.len; i++) {
        const policy *p = r->policy_index.entries[i].value;
        for (size_t k = 0; k < p->parameters.len; k++)
            check_conflicts(l, p->parameters.entries[k].value);
        for (size_t k = 0; k < p->rules.len; k++)
            check_reads(l, p->rules.at[k]);
    }
}
