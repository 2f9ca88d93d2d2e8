// SPDX-License-Identifier: Apache-2.0
//
// The search by itself, a tree of answers. Where what is stated rules it out, the facts to blame
// are found, and other answers are tried of these alone: so a fact that has nothing to do with it
// costs one answer, not all of them. What is not stated by the search is taken for unknown,
// whatever default the vocabulary gives it, so that a decision rests on stated facts alone; then
// three-valued logic makes it a decision for every manifest that states them.
#include "author/search.h"

enum { MOST_DEEP = 64, MOST_ROUNDS = 8 };

typedef struct stated {
    str path;
    choice choice;
} stated;

typedef struct search {
    const search_problem *p;
    search_result *out;
    knot *base;
    vec(stated) facts; // one for each level of the tree
    map paths;         // that are stated → how often, minus those taken back
    bool exhausted;
} search;

static void doubt(search *s, str why) {
    if (s->out->exact) s->out->why = str_copy(s->p->keep, why);
    s->out->exact = false;
}

// --- the manifest

static knot *add_party(const search_problem *p, const chooser *c, knot *root) {
    const engine_facts *e = &p->rules->vocabulary.engine;
    if (!e->parties || !e->operator_) return NULL;
    knot *list = knot_list(p->keep), *party = knot_map(p->keep);
    knot_put(p->keep, party, STR("id"), knot_text(p->keep, STR("us")));
    knot_add(p->keep, list, party);
    knot_put(p->keep, root, e->parties->self.name, list);
    knot_put(p->keep, root, e->operator_->self.name, knot_text(p->keep, STR("us")));
    fill_required(c, party, e->parties->record, 0);
    return party;
}

// One engagement of the operator in a role.
static void add_engagement(const search_problem *p, const chooser *c, knot *party) {
    const engine_facts *e = &p->rules->vocabulary.engine;
    if (!p->role || !party || !e->engagements || !e->engagement_role) return;
    knot *list = knot_list(p->keep), *job = knot_map(p->keep);
    knot_put(p->keep, job, STR("id"), knot_text(p->keep, STR("job")));
    knot_put(p->keep, job, e->engagement_role->name, knot_text(p->keep, str_of(p->role)));
    fill_required(c, job, e->engagements->record, 0);
    knot_add(p->keep, list, job);
    knot_put(p->keep, party, e->engagements->name, list);
}

static void add_entities(const search_problem *p, const chooser *c, knot *root) {
    const vocabulary *v = &p->rules->vocabulary;
    for (size_t i = 0; i < v->entities.len; i++) {
        const entity *e = v->entities.at[i];
        choices all;
        if (e->shape == ENTITY_MAP) {
            knot *k = knot_map(p->keep);
            fill_required(c, k, e->record, 0);
            if (k->parts.len) knot_put(p->keep, root, e->self.name, k);
        } else if (e->self.absent == ABSENT_REQUIRED && !knot_get(root, e->self.name)) {
            choices_of(&all, c, &e->self, e->self.name);
            if (all.list.len) knot_put(p->keep, root, e->self.name, all.list.at[0].value);
        }
    }
}

// What every manifest says: its market, who operates it, and what the vocabulary demands.
static knot *base_of(const search_problem *p) {
    const engine_facts *e = &p->rules->vocabulary.engine;
    knot *root = knot_map(p->keep), *list = knot_list(p->keep), *market = knot_map(p->keep);
    chooser c = {p, root, p->keep};
    knot_put(p->keep, root, STR("obstat"), knot_text(p->keep, STR("deployment/v1")));
    knot_put(p->keep, market, STR("id"), knot_text(p->keep, STR("here")));
    knot_put(p->keep, market, e->market_place->name, knot_text(p->keep, p->market));
    fill_required(&c, market, e->markets->record, 0);
    knot_add(p->keep, list, market);
    knot_put(p->keep, root, e->markets->self.name, list);
    add_engagement(p, &c, add_party(p, &c, root));
    add_entities(p, &c, root);
    return root;
}

static knot *root_of(search *s, arena *a) {
    knot *root = knot_copy(a, s->base);
    for (size_t i = 0; i < s->facts.len; i++) {
        const choice *c = &s->facts.at[i].choice;
        if (c->entry) sketch_need(a, root, c->list, c->entry);
        if (c->value) sketch_set(a, root, s->facts.at[i].path, knot_copy(a, c->value));
    }
    return root;
}

static bool is_stated(search *s, str path) {
    const size_t *times = map_get(&s->paths, path);
    return times && *times > 0;
}

static void state(search *s, str path, int change) {
    size_t *times = map_get(&s->paths, path);
    if (!times) {
        times = arena_new(s->p->keep, size_t);
        map_put(s->p->keep, &s->paths, str_copy(s->p->keep, path), times);
    }
    *times = change > 0 ? *times + 1 : *times - 1;
}

// What the search never asks about, because every manifest has it so.
static void state_base(search *s) {
    const engine_facts *e = &s->p->rules->vocabulary.engine;
    arena *a = s->p->keep;
    str market = str_format(a, "%.*s[here]", STR_ARG(e->markets->self.name));
    state(s, e->markets->self.name, 1);
    state(s, str_joined(a, market, STR("."), e->market_place->name), 1);
    if (!e->parties || !e->operator_) return;
    state(s, e->operator_->self.name, 1);
    if (!s->p->role || !e->engagements || !e->engagement_role) return;
    str party = str_format(a, "%.*s[us].%.*s", STR_ARG(e->parties->self.name),
                           STR_ARG(e->engagements->name));
    state(s, e->parties->self.name, 1);
    state(s, party, 1);
    state(s, str_format(a, "%.*s[job].%.*s", STR_ARG(party), STR_ARG(e->engagement_role->name)), 1);
}

// --- one judgement

typedef struct trial {
    facts facts;
    check_run run;
    truth holds;
    cells stated; // cells that the search has stated, as far as it was asked
    knot *root;
    str text; // the manifest
} trial;

static bool bind(search *s, trial *t) {
    const search_problem *p = s->p;
    diags d = {.arena = p->scratch};
    docs read = {0};
    size_t count = 0;
    buf text = {.arena = p->scratch};
    t->root = root_of(s, p->scratch);
    knot_write(&text, t->root);
    t->text = buf_str(&text);
    bool good =
        doc_read(&read, p->scratch, &d, &doc_default_limits, DOC_JSON, STR("search.json"), t->text);
    const node *const *market = good ? facts_markets(p->rules, &d, read.list.at[0], &count) : NULL;
    good = market && facts_bind(&t->facts, p->rules, p->scratch, &d, read.list.at[0], market[0],
                                p->market, p->as_of);
    if (!good)
        doubt(s, str_format(p->scratch, "no manifest says so: %.*s",
                            STR_ARG(d.list.len ? d.list.at[0].message : STR("it is unusable"))));
    return good;
}

// A map of the top level is always there; its facts are unknown by themselves.
static bool can_be_unknown(const trial *t, cell c) {
    const fact *f = fact_of(&t->facts, c.record, c.slot);
    return f && f->kind != FACT_METRICS && (c.record || f->kind != FACT_RECORD || f->list);
}

// Working out a path takes longer than judging, so that it is done once.
static bool is_stated_cell(search *s, trial *t, cell c) {
    for (size_t i = 0; i < t->stated.len; i++)
        if (t->stated.at[i].record == c.record && t->stated.at[i].slot == c.slot) return true;
    bool found = is_stated(s, fact_path(&t->facts, c.record, c.slot));
    if (found) vec_push(s->p->scratch, &t->stated, c);
    return found;
}

// Takes back what was read and is there by default alone. True: something was.
static bool hide_defaults(search *s, trial *t) {
    bool hidden = false;
    for (size_t i = 0; i < t->run.touched.len; i++) {
        cell c = t->run.touched.at[i];
        if (!can_be_unknown(t, c) || cell_slot(&t->run, c)->kind == VALUE_UNKNOWN ||
            is_stated_cell(s, t, c))
            continue;
        run_set(&t->run, c, value_unknown());
        hidden = true;
    }
    return hidden;
}

// What every manifest of the search says alike, and others may say otherwise.
static bool is_given(const search *s, cell c, const fact *f) {
    const engine_facts *e = &s->p->rules->vocabulary.engine;
    if (c.record) return f == e->market_place || (s->p->role && f == e->engagements);
    bool nameless = s->p->role || (e->operator_ && e->operator_->self.absent != ABSENT_REQUIRED);
    if (e->markets && f == &e->markets->self) return true;
    if (e->parties && f == &e->parties->self) return nameless; // else the operator is one of them
    return s->p->role && e->operator_ && f == &e->operator_->self;
}

static void doubt_given(search *s, trial *t) {
    for (size_t i = 0; i < t->run.touched.len; i++) {
        cell c = t->run.touched.at[i];
        const fact *f = fact_of(&t->facts, c.record, c.slot);
        if (f && is_given(s, c, f))
            doubt(s, str_format(s->p->scratch, "it reads `%.*s`", STR_ARG(f->name)));
    }
}

static void ask(search *s, trial *t) {
    const search_problem *p = s->p;
    for (unsigned round = 0; round < MOST_ROUNDS; round++) {
        t->run.logging = true;
        t->run.touched.len = 0;
        t->holds = p->judge(p->ctx, &t->run);
        t->run.logging = false;
        doubt_given(s, t);
        if (!hide_defaults(s, t)) return;
    }
    doubt(s, STR("its defaults rest on each other"));
}

static bool judge(search *s, trial *t) {
    const search_problem *p = s->p;
    if (!bind(s, t)) return false;
    run_init(&t->run, p->rules, &t->facts, p->scratch, 0);
    value *here = arena_new(p->scratch, value);
    *here = value_string(p->market);
    run_enter(&t->run, p->rule, p->market, value_list_of(p->scratch, here, 1, false));
    ask(s, t);
    return true;
}

// --- whom to blame

// Levels of the tree, the first in the lowest bit.
typedef uint64_t levels;

static levels all_levels(const search *s) {
    return s->facts.len >= MOST_DEEP ? ~(levels)0 : ((levels)1 << s->facts.len) - 1;
}

static bool find_cell(const trial *t, str path, cell *out) {
    for (size_t i = 0; i < t->run.touched.len; i++) {
        *out = t->run.touched.at[i];
        if (can_be_unknown(t, *out) && str_eq(fact_path(&t->facts, out->record, out->slot), path))
            return true;
    }
    return false;
}

// The stated facts without which it would not be ruled out: each is hidden, and stays so where it
// is ruled out all the same. What was never read is not to blame.
static levels blame(search *s, trial *t) {
    levels to_blame = 0;
    size_t count = s->facts.len;
    cell *at = arena_array(s->p->scratch, cell, count + 1);
    bool *read = arena_array(s->p->scratch, bool, count + 1);
    for (size_t i = 0; i < count; i++)
        read[i] = !s->facts.at[i].choice.whole && find_cell(t, s->facts.at[i].path, &at[i]);
    for (size_t i = count; i-- > 0;) {
        if (s->facts.at[i].choice.whole) to_blame |= (levels)1 << i; // an opinion is no single fact
        if (!read[i]) continue;
        value kept = *cell_slot(&t->run, at[i]);
        run_set(&t->run, at[i], value_unknown());
        ask(s, t);
        if (t->holds == TRUTH_FALSE) continue;
        to_blame |= (levels)1 << i;
        run_set(&t->run, at[i], kept);
    }
    return to_blame;
}

// --- what to state next

static bool is_open(check_run *run, cell c) {
    const value *v = cell_slot(run, c);
    return v->kind == VALUE_UNKNOWN || (v->kind == VALUE_LIST && v->u.list->open);
}

// The name of the metric that an assumption asks for, and the path where it is stated.
static str metric_of(const search *s, str key) {
    str part = s->p->rules->vocabulary.engine.metrics;
    size_t last = key.len;
    while (last > 0 && key.ptr[last - 1] != '.')
        last--;
    if (last == 0 || !part.len || !str_ends(str_sub(key, 0, last - 1), part)) return (str){"", 0};
    str name = str_sub(key, last, key.len);
    return map_has(&s->p->rules->vocabulary.metrics, name) ? name : (str){"", 0};
}

static knot *opinion(const search *s, const chooser *c, str term, bool answer) {
    const engine_facts *e = &s->p->rules->vocabulary.engine;
    arena *a = c->arena;
    enum { FAR = 4000 };
    knot *k = knot_map(a);
    knot_put(a, k, STR("id"), knot_text(a, str_format(a, "opinion-%zu", s->facts.len + 1)));
    knot_put(a, k, e->opinion_kind_fact->name, knot_text(a, e->opinion_kind));
    knot_put(a, k, e->opinion_term->name, knot_text(a, term));
    knot_put(a, k, e->opinion_answer->name, knot_scalar(a, answer ? STR("true") : STR("false")));
    if (e->opinion_about) knot_put(a, k, e->opinion_about->name, knot_list(a));
    if (e->opinion_until)
        knot_put(a, k, e->opinion_until->name,
                 knot_text(a, e->opinion_until->may_be_none ? STR("none")
                                                            : day_print(a, s->p->as_of + FAR)));
    fill_required(c, k, e->opinions->record, 0);
    return k;
}

// An opinion answers an open term, for whatever it is asked about.
static bool choose_opinion(choices *out, const search *s, const chooser *c, str key) {
    const engine_facts *e = &s->p->rules->vocabulary.engine;
    ptrdiff_t bracket = str_find(key, STR("("));
    str term = bracket < 0 ? key : str_sub(key, 0, (size_t)bracket);
    if (!e->opinions || !e->opinion_kind_fact || !e->opinion_term || !e->opinion_answer)
        return false;
    for (int yes = 1; yes >= 0; yes--) {
        choice one = {
            .list = e->opinions->self.name, .entry = opinion(s, c, term, yes == 1), .whole = true};
        vec_push(c->arena, &out->list, one);
    }
    out->exact = false;
    out->why = STR("it asks an open term");
    return true;
}

static bool choose_for(choices *out, search *s, const trial *t, cell c, str *path) {
    arena *a = s->p->keep;
    chooser by = {s->p, t->root, a};
    *out = (choices){.exact = true};
    if (c.record && c.record->realm == REALM_ASSUMPTION) {
        const assumption *about = c.record->origin;
        str metric = metric_of(s, c.record->id);
        *path = str_copy(a, c.record->id);
        if (about->kind == ASSUMED_JUDGEMENT) return choose_opinion(out, s, &by, c.record->id);
        if (!metric.len) return false;
        choices_of_metric(out, &by, metric);
        return true;
    }
    const fact *f = fact_of(&t->facts, c.record, c.slot);
    if (!f || !can_be_unknown(t, c)) return false;
    *path = str_copy(a, fact_path(&t->facts, c.record, c.slot));
    choices_of(out, &by, f, *path);
    return out->list.len > 0;
}

// The first fact that it depends on and that can be stated. False: there is none.
static bool next_fact(search *s, trial *t, choices *out, str *path) {
    str stuck = {0};
    for (size_t i = 0; i < t->run.touched.len; i++) {
        cell c = t->run.touched.at[i];
        if (!is_open(&t->run, c)) continue;
        if (choose_for(out, s, t, c, path) && !is_stated(s, *path)) return true;
        if (!stuck.len) stuck = run_reason(&t->run, c).path;
    }
    doubt(s, stuck.len
                 ? str_format(s->p->scratch, "%.*s cannot be stated in all ways", STR_ARG(stuck))
                 : STR("it does not say what it depends on"));
    return false;
}

static levels explore(search *s);

// An entry of which all is meant is not asked about again.
static void state_entry(search *s, const choice *c, int change) {
    arena *a = s->p->keep;
    for (size_t i = 0; c->whole && i < c->entry->parts.len; i++) {
        str id = knot_get(c->entry, STR("id"))->text; // quoted
        state(s,
              str_format(a, "%.*s[%.*s].%.*s", STR_ARG(c->list), (int)id.len - 2, id.ptr + 1,
                         STR_ARG(c->entry->parts.at[i]->key)),
              change);
    }
}

static levels branch(search *s, const choices *all, str path) {
    levels to_blame = 0, here = (levels)1 << s->facts.len;
    if (!all->exact) doubt(s, all->why);
    state(s, path, 1);
    for (size_t i = 0; i < all->list.len && !s->exhausted && !s->out->found; i++) {
        const choice *c = &all->list.at[i];
        vec_push(s->p->keep, &s->facts, (stated){path, *c});
        state_entry(s, c, 1);
        levels of_choice = explore(s);
        state_entry(s, c, -1);
        s->facts.len--;
        to_blame |= of_choice & ~here;
        if (of_choice & here) continue;
        to_blame = of_choice; // whatever it is, it is ruled out
        break;
    }
    state(s, path, -1);
    return to_blame;
}

// Nothing of the trial outlives it but what it asks for next. Returns the levels that are to blame
// where nothing is found.
static levels explore(search *s) {
    const search_problem *p = s->p;
    arena_mark mark = arena_here(p->scratch);
    levels to_blame = all_levels(s);
    choices all = {0};
    str path = {0};
    bool more = false;
    if (s->out->tried >= p->bound || s->facts.len >= MOST_DEEP) {
        s->exhausted = true;
        return to_blame;
    }
    s->out->tried++;
    trial *t = arena_new(p->scratch, trial);
    if (judge(s, t)) {
        s->out->found = t->holds == TRUTH_TRUE;
        if (s->out->found) s->out->manifest = str_copy(p->keep, t->text);
        if (t->holds == TRUTH_ERROR) doubt(s, STR("it ends in an error"));
        if (t->holds == TRUTH_UNKNOWN) more = next_fact(s, t, &all, &path);
        if (t->holds == TRUTH_FALSE) to_blame = blame(s, t);
    }
    arena_reset(p->scratch, mark);
    return more ? branch(s, &all, path) : to_blame;
}

search_result search_manifest(const search_problem *p) {
    search_result out = {.exact = p->form->why.len == 0, .why = p->form->why};
    const engine_facts *e = &p->rules->vocabulary.engine;
    search s = {.p = p, .out = &out};
    if (!e->markets || !e->market_place || p->bound == 0) {
        out.why = STR("beyond the bound");
        return out;
    }
    s.base = base_of(p);
    state_base(&s);
    explore(&s);
    out.complete = !s.exhausted;
    if (s.exhausted) out.why = STR("beyond the bound");
    return out;
}
