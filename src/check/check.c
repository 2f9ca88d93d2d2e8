// SPDX-License-Identifier: Apache-2.0
//
// The order of a check: markets, their places, the policies that cover each, the rules of those,
// the subjects of each rule; then what is said of a place as a whole.
#include "check/check.h"

#include "check/explain.h"
#include "check/subjects.h"
#include "check/summary.h"
#include "law/schema.h"

typedef vec(str) codes;

typedef struct checker {
    check_result *out;
    const ruleset *rules;
    arena *arena;
    diags *diags;
    const node *manifest;
    const check_query *query;
    const node *const *markets;
    size_t market_count;
    codes *parts;  // by market: where it is asked about, once that is known
    size_t errors; // before the check
} checker;

// --- markets and places

static str market_code(const checker *c, const node *market) {
    const node *n = facts_market_value(c->rules, market, c->rules->vocabulary.engine.market_place);
    return n && doc_is_scalar(n) ? n->text : (str){"", 0};
}

static day market_as_of(const checker *c, const node *market) {
    const node *n = facts_market_value(c->rules, market, c->rules->vocabulary.engine.market_launch);
    day launch = 0;
    if (c->query->has_as_of) return c->query->as_of;
    return n && doc_is_scalar(n) && day_parse(n->text, &launch) && launch > c->query->today
               ? launch
               : c->query->today;
}

static bool is_asked(const checker *c, str code) {
    if (c->query->market_count == 0) return true;
    for (size_t i = 0; i < c->query->market_count; i++)
        if (str_eq(c->query->markets[i], code)) return true;
    return false;
}

static bool is_unknown(const node *n) {
    return n->kind == NODE_STRING && str_is(n->text, "unknown");
}

// The parts that a market names; one may stand without a list.
static const node *const *part_items(const node *const *parts, size_t *count) {
    bool list = (*parts)->kind == NODE_LIST;
    *count = list ? (*parts)->count : 1;
    return list ? (*parts)->u.items : parts;
}

// A part belongs to the market unless `parts` leaves it out or it is a market of its own.
static bool is_part(const checker *c, const node *market, str part, day on) {
    const places *p = &c->rules->places;
    for (size_t i = 0; i < c->market_count; i++) {
        str other = market_code(c, c->markets[i]);
        if (c->markets[i] != market && other.len && !str_eq(other, market_code(c, market)) &&
            place_within(p, part, other, on) && place_within(p, other, market_code(c, market), on))
            return false;
    }
    const node *parts =
        facts_market_value(c->rules, market, c->rules->vocabulary.engine.market_parts);
    if (!parts) return true;
    size_t count = 0;
    const node *const *items = part_items(&parts, &count);
    for (size_t i = 0; i < count; i++) {
        if (is_unknown(items[i])) return true; // there may be more
        if (doc_is_scalar(items[i]) && (place_within(p, part, items[i]->text, on) ||
                                        place_within(p, items[i]->text, part, on)))
            return true;
    }
    return false;
}

static void add_code(arena *a, codes *list, str code) {
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->at[i], code)) return;
    vec_push(a, list, code);
}

enum { GROUPS_IN_GROUPS = 8 };

// A part of the market, or those of a group's members that are.
static void add_parts(const checker *c, codes *list, const node *market, str code, day on,
                      unsigned depth) {
    const places *p = &c->rules->places;
    const jurisdiction *j = map_get(&p->jurisdictions, code);
    if (j && j->kind == PLACE_GROUP) {
        for (size_t i = 0; i < j->members.len && depth < GROUPS_IN_GROUPS; i++)
            if (place_within(p, j->members.at[i].of, code, on))
                add_parts(c, list, market, j->members.at[i].of, on, depth + 1);
    } else if (place_within(p, code, market_code(c, market), on) &&
               !str_eq(code, market_code(c, market)) && is_part(c, market, code, on)) {
        add_code(c->arena, list, code);
    }
}

static codes find_places(const checker *c, const node *market, day on) {
    codes list = {0};
    str code = market_code(c, market);
    vec_push(c->arena, &list, code);
    for (size_t i = 0; i < c->rules->policies.len; i++) {
        str j = c->rules->policies.at[i]->jurisdiction;
        if (!place_within(&c->rules->places, code, j, on)) add_parts(c, &list, market, j, on, 0);
    }
    for (size_t i = 1; i < list.len; i++)
        for (size_t k = i; k > 1 && str_cmp(list.at[k], list.at[k - 1]) < 0; k--) {
            str t = list.at[k];
            list.at[k] = list.at[k - 1];
            list.at[k - 1] = t;
        }
    return list;
}

// The market itself, then its parts that have law of their own, in the order of their codes. Asked
// for each policy, so it is remembered.
static codes places_of(const checker *c, size_t market, day on) {
    codes *known = &c->parts[market];
    if (!known->len) *known = find_places(c, c->markets[market], on);
    return *known;
}

// Whether a policy's rules are asked at this place: the market answers for the law around it, each
// part for its own, and for that of groups which it is in and what lies around it is not.
static bool covers(const checker *c, const policy *p, str market, str place, day on) {
    const places *all = &c->rules->places;
    if (p->home) return str_eq(market, place);
    if (str_eq(market, place)) return place_within(all, place, p->jurisdiction, on);
    if (str_eq(p->jurisdiction, place)) return true;
    const jurisdiction *j = map_get(&all->jurisdictions, p->jurisdiction);
    if (!j || j->kind != PLACE_GROUP || !place_within(all, place, p->jurisdiction, on))
        return false;
    str around = place_outward(all, place);
    return !place_within(all, market, p->jurisdiction, on) &&
           !(around.len && place_within(all, around, p->jurisdiction, on));
}

// Whether rules of the law around a part may be asked there once more: those that read a parameter
// which the part sets.
static bool may_differ(const checker *c, const policy *p, str market, str place, day on) {
    return !p->home && !str_eq(market, place) &&
           place_within(&c->rules->places, place, p->jurisdiction, on);
}

static bool differs_at(const checker *c, const rule *r, str market, str place, day on) {
    str around = place_outward(&c->rules->places, place);
    if (!around.len || !place_within(&c->rules->places, around, market, on)) around = market;
    return ruleset_differs(c->rules, r, c->arena, place, around, on);
}

// All places of this launch that a policy covers.
static value covered_places(void *ctx, const policy *p) {
    const checker *c = ctx;
    vec(value) list = {0};
    for (size_t m = 0; m < c->market_count; m++) {
        str code = market_code(c, c->markets[m]);
        day on = market_as_of(c, c->markets[m]);
        codes all = places_of(c, m, on);
        for (size_t i = 0; i < all.len; i++)
            if (covers(c, p, code, all.at[i], on))
                vec_push(c->arena, &list, value_string(all.at[i]));
    }
    return value_list_of(c->arena, list.at, list.len, false);
}

// --- findings

static str join_terms(check_run *run) {
    buf b = {.arena = run->arena};
    for (size_t i = 0; i < run->presumed.len; i++) {
        if (i) buf_adds(&b, ", ");
        buf_add(&b, run->presumed.at[i]);
    }
    return buf_str(&b);
}

// Of a rule with several demands its title does not say which of them is not met.
static bool has_demands(const rule *r) {
    return !r->prohibition && r->requires_.kind == COND_ALL && r->requires_.count > 1;
}

static str why(check_run *run, const rule *r, const judgement *j, value *frame) {
    if (j->outcome == OUTCOME_ERROR) return j->error;
    if ((j->outcome == OUTCOME_VIOLATED || j->outcome == OUTCOME_GRACE) && has_demands(r))
        return run_failing_lines(run, r->policy, &r->requires_, frame);
    if (j->outcome == OUTCOME_NOT_OURS) {
        return r->binds ? run_failing_part(run, r->policy, r->binds, frame)
                        : STR("it binds those established there");
    }
    if (j->outcome != OUTCOME_NOT_APPLICABLE) return (str){"", 0};
    if (j->timing.phase == PHASE_AFTER) return STR("not in force on this date");
    if (j->exception) return cond_words(run->arena, r->policy, &j->exception->when);
    if (j->displacing.len)
        return str_format(run->arena, "%.*s takes its place here", STR_ARG(j->displacing));
    if (j->applies == TRUTH_FALSE) return run_failing_line(run, r->policy, &r->applies, frame);
    return (str){"", 0};
}

static bool only_judgements(const reasons *needs) {
    for (size_t i = 0; i < needs->count; i++)
        if (!needs->at[i].open_term) return false;
    return needs->count > 0;
}

static void move_to(check_run *run, day on) {
    run->as_of = run->cel.as_of = on;
    run->facts->globals[FACTS_AS_OF] = value_date(on);
    run->row_lists = (map){0}; // which rows are valid depends on the date
}

// Of what is still to come, the reasons are those of the first day on which it would be bad. False:
// that day is not known, or it would not be bad then.
static bool look_ahead(check_run *run, finding *f, const subject *s) {
    day now = run->as_of, then = f->has_from && f->from > now ? f->from : now;
    outcome o = OUTCOME_UPCOMING;
    if (f->has_due && f->due >= then) then = f->due + 1;
    if (then == now) return false;
    move_to(run, then);
    outcome later = run_judge(run, f->rule, s->frame).outcome;
    bool bad = later == OUTCOME_VIOLATED || later == OUTCOME_GRACE;
    if (bad) f->because = run_because(run, f->rule, s->frame, later);
    if (later == OUTCOME_UNDETERMINED) f->needs = run_needs(run, f->rule, s->frame, &o);
    move_to(run, now);
    return bad || f->needs.count > 0;
}

// What would be bad of an element is not bad as long as nobody knows whether there is one.
static outcome perhaps(outcome o) {
    return o == OUTCOME_VIOLATED || o == OUTCOME_GRACE ? OUTCOME_UNDETERMINED : o;
}

static void add_reasons(const checker *c, check_run *run, finding *f, const subject *s) {
    if (f->outcome == OUTCOME_UPCOMING && look_ahead(run, f, s)) return;
    if (f->outcome == OUTCOME_UNDETERMINED) {
        outcome decided = OUTCOME_UNDETERMINED;
        f->needs = run_needs(run, f->rule, s->frame, &decided);
        for (size_t i = 0; s->open && i < s->missing.len; i++)
            reasons_add(run, &f->needs, run_reason(run, s->missing.at[i]));
        f->outcome = only_judgements(&f->needs) ? OUTCOME_REVIEW : decided;
    }
    if (s->open) f->outcome = perhaps(f->outcome);
    if (f->outcome == OUTCOME_ERROR && !f->why.len) f->why = run->error;
    bool decided = f->outcome != OUTCOME_UNDETERMINED && f->outcome != OUTCOME_REVIEW &&
                   f->outcome != OUTCOME_ERROR;
    if (decided && (is_bad(f->outcome) || c->query->all_reasons))
        f->because = run_because(run, f->rule, s->frame, f->outcome);
}

static void add_grace(check_run *run, finding *f, value *frame) {
    const window *w = NULL;
    if (f->outcome != OUTCOME_GRACE ||
        !run_grace(run, f->rule, frame, &w, &f->has_grace_until, &f->grace_until))
        return;
    f->grace_title = w->title.len ? w->title : w->cites.text;
}

// The launch as a whole is pointed at by the code of its market.
static span market_span(const checker *c, const check_run *run) {
    const node *market = run->facts->market_node;
    const node *code =
        facts_market_value(c->rules, market, c->rules->vocabulary.engine.market_place);
    return code ? code->at : market->at;
}

// What is fine without any presumption rests on none.
static str presumed_for(check_run *run, const rule *r, const judgement *j, value *frame) {
    str all = join_terms(run);
    if (!all.len || is_bad(j->outcome)) return all;
    run->unpresuming = true;
    bool fine = !is_bad(run_judge(run, r, frame).outcome);
    run->unpresuming = false;
    return fine ? (str){"", 0} : all;
}

static void add_finding(const checker *c, check_run *run, const rule *r, const subject *s) {
    finding f = {.rule = r,
                 .market = run->facts->market,
                 .place = run->facts->place,
                 .subject = s->id,
                 .path = s->path};
    f.at = s->at ? s->at->at : market_span(c, run);
    run->presumed.len = 0;
    if (s->error.len) {
        f.outcome = OUTCOME_ERROR;
        f.severity = run_severity(run, r, s->frame);
        f.why = s->error;
        vec_push(c->arena, &c->out->findings, f);
        return;
    }
    judgement j = run_judge(run, r, s->frame);
    f.outcome = s->open ? perhaps(j.outcome) : j.outcome;
    f.presumed = presumed_for(run, r, &j, s->frame);
    f.exception =
        j.outcome == OUTCOME_NOT_APPLICABLE && j.excepted == TRUTH_TRUE ? j.exception : NULL;
    f.displaced_by = j.displacing;
    f.why = why(run, r, &j, s->frame);
    f.has_from = j.timing.has_from;
    f.from = j.timing.from;
    f.from_cites = j.timing.from_cites;
    f.has_due = j.timing.has_due;
    f.due = j.timing.due_on;
    f.severity = run_severity(run, r, s->frame);
    add_grace(run, &f, s->frame);
    add_reasons(c, run, &f, s);
    if (c->query->explain) explain_finding(run, &f, s->frame);
    if (c->query->watch) c->query->watch(c->query->watch_ctx, run, &f, s->frame);
    vec_push(c->arena, &c->out->findings, f);
}

static void no_subject(const checker *c, check_run *run, const rule *r) {
    finding f = {.rule = r,
                 .market = run->facts->market,
                 .place = run->facts->place,
                 .outcome = OUTCOME_NOT_APPLICABLE,
                 .at = market_span(c, run)};
    buf b = {.arena = run->arena};
    buf_adds(&b, "there is none of: ");
    for (size_t i = 0; i < r->each_count; i++)
        buf_addf(&b, "%s%.*s", i ? ", " : "", STR_ARG(r->each[i].name));
    f.why = buf_str(&b);
    f.severity = SEVERITY_MAJOR;
    vec_push(c->arena, &c->out->findings, f);
}

static void ask_rule(const checker *c, check_run *run, const rule *r) {
    subjects all;
    subjects_of(&all, run, r);
    for (size_t i = 0; i < all.len; i++)
        add_finding(c, run, r, &all.at[i]);
    if (all.len == 0) no_subject(c, run, r);
}

static bool asks(const checker *c, const rule *r) {
    return !c->query->only || map_has(c->query->only, r->id);
}

static bool asks_any(const checker *c, const policy *p) {
    bool any = false;
    for (size_t i = 0; i < p->rules.len && !any; i++)
        any = asks(c, p->rules.at[i]);
    return any;
}

static void check_place(const checker *c, const node *market, str place, day as_of) {
    facts f;
    check_run run;
    size_t first = c->out->findings.len;
    bool covered = false;
    if (!facts_bind(&f, c->rules, c->arena, c->diags, c->manifest, market, place, as_of)) return;
    run_init(&run, c->rules, &f, c->arena, c->query->steps);
    run.covered = covered_places;
    run.covered_ctx = (void *)c;
    for (size_t i = 0; i < c->rules->policies.len; i++) {
        const policy *p = c->rules->policies.at[i];
        bool ours = covers(c, p, f.market, place, as_of);
        if (!(ours || may_differ(c, p, f.market, place, as_of)) ||
            run_off(&run, p, true) == TRUTH_TRUE)
            continue;
        covered |= ours && !p->home && p->rules.len > 0 && run_off(&run, p, false) != TRUTH_TRUE;
        if (!asks_any(c, p)) continue;
        value all = covered_places((void *)c, p);
        for (size_t k = 0; k < p->rules.len; k++) {
            if (!asks(c, p->rules.at[k])) continue;
            if (!ours && !differs_at(c, p->rules.at[k], f.market, place, as_of)) continue;
            run_enter(&run, p->rules.at[k], place, all);
            ask_rule(c, &run, p->rules.at[k]);
        }
    }
    summary_sort(c->out, first);
    summary_clearance(c->out, &run, c->query, first, covered);
    summary_roles(c->out, &run, first);
}

// A market that is not known cannot be cleared, and is not passed over.
static void unknown_market(const checker *c, const node *market, str code, day as_of) {
    facts f;
    facts_bind(&f, c->rules, c->arena, c->diags, c->manifest, market, code, as_of);
    if (str_is(code, "unknown") || c->diags->errors == c->errors)
        diag_add(c->diags, DIAG_NO_MARKET, market->at,
                 STR("name the market, or leave the entry out and check again when it is known"),
                 "it is not stated which market this is");
}

// A part elsewhere would be asked by nobody's law.
static void check_parts(const checker *c, const node *market, str code, day on) {
    const node *parts =
        facts_market_value(c->rules, market, c->rules->vocabulary.engine.market_parts);
    const places *p = &c->rules->places;
    size_t count = 0;
    const node *const *items = parts ? part_items(&parts, &count) : NULL;
    for (size_t i = 0; i < count; i++)
        if (doc_is_scalar(items[i]) && place_known(p, items[i]->text) &&
            !place_within(p, items[i]->text, code, on))
            diag_add(c->diags, DIAG_UNKNOWN_PLACE, items[i]->at,
                     STR("list it as a market of its own"), "`%.*s` is no part of `%.*s`",
                     STR_ARG(items[i]->text), STR_ARG(code));
}

static void check_market(const checker *c, size_t index) {
    const node *market = c->markets[index];
    str code = market_code(c, market);
    day as_of = market_as_of(c, market);
    if (!place_known(&c->rules->places, code)) {
        unknown_market(c, market, code, as_of);
        return;
    }
    check_parts(c, market, code, as_of);
    codes all = places_of(c, index, as_of);
    for (size_t i = 0; i < all.len; i++)
        check_place(c, market, all.at[i], as_of);
}

static bool is_deployment(const ruleset *r, arena *a, diags *d, const node *manifest) {
    reader rd = {a, d};
    (void)r;
    str kind = schema_header_as(&rd, manifest, "deployment");
    if (str_is(kind, "deployment")) return true;
    if (kind.len)
        diag_add(d, DIAG_WRONG_TYPE, doc_get(manifest, "obstat")->at,
                 STR("a manifest begins with `obstat: deployment/v1`"),
                 "this is no deployment manifest but a file of kind `%.*s`", STR_ARG(kind));
    return false;
}

static void asked_markets_exist(const checker *c) {
    for (size_t i = 0; i < c->query->market_count; i++) {
        bool found = false;
        for (size_t m = 0; m < c->market_count && !found; m++)
            found = str_eq(market_code(c, c->markets[m]), c->query->markets[i]);
        if (!found)
            diag_add(c->diags, DIAG_NO_MARKET, c->manifest->at,
                     STR("ask for a market that the manifest names"),
                     "the manifest has no market `%.*s`", STR_ARG(c->query->markets[i]));
    }
}

bool check_manifest(check_result *out, const ruleset *r, arena *a, diags *d, const node *manifest,
                    const check_query *q) {
    checker c = {.out = out,
                 .rules = r,
                 .arena = a,
                 .diags = d,
                 .manifest = manifest,
                 .query = q,
                 .errors = d->errors};
    *out = (check_result){0};
    if (!is_deployment(r, a, d, manifest)) return false;
    c.markets = facts_markets(r, d, manifest, &c.market_count);
    if (!c.markets) {
        facts f; // its other mistakes are told, too
        facts_bind(&f, r, a, d, manifest, manifest, STR(""), q->today);
        return false;
    }
    asked_markets_exist(&c);
    c.parts = arena_array(a, codes, c.market_count);
    for (size_t i = 0; i < c.market_count; i++)
        if (is_asked(&c, market_code(&c, c.markets[i]))) check_market(&c, i);
    if (d->errors != c.errors) return false;
    summary_questions(out, a);
    return true;
}

const node *check_patch(const ruleset *r, arena *a, diags *d, const node *manifest,
                        const node *patch) {
    return facts_patch(r, a, d, manifest, patch);
}
