// SPDX-License-Identifier: Apache-2.0
//
// The paths of `set:`, which begin with an element of `each`, with the market or with an entity,
// and go from fact to fact. Each step is looked up in the vocabulary.
#include "law/set_path.h"

const record_def *record_def_of(const vocabulary *v, const type *t) {
    if (!t || t->kind != TYPE_RECORD) return NULL;
    for (size_t i = 0; i < v->entities.len; i++)
        if (v->entities.at[i]->record && v->entities.at[i]->record->type == t->record)
            return v->entities.at[i]->record;
    for (size_t i = 0; i < v->records.len; i++) {
        const record_def *def = v->records.entries[i].value;
        if (def->type == t->record) return def;
    }
    return NULL;
}

typedef struct step {
    linker *l;
    const node *key;
    size_t from, to; // of the step in the key's text
} step;

static str step_text(const step *s) {
    return str_sub(s->key->text, s->from, s->to);
}

static span step_span(const step *s) {
    return doc_scalar_span(s->key, s->from, s->to);
}

static bool next_step(step *s) {
    if (s->to >= s->key->text.len) return false;
    s->from = s->to + 1;
    for (s->to = s->from; s->to < s->key->text.len && s->key->text.ptr[s->to] != '.';)
        s->to++;
    return true;
}

static bool unknown_first(const step *s, const rule *r) {
    const vocabulary *v = &s->l->rules->vocabulary;
    size_t count = 0, most = r->each_count + v->entities.len + 1;
    str *names = arena_array(s->l->arena, str, most);
    for (size_t i = 0; i < r->each_count; i++)
        names[count++] = r->each[i].name;
    for (size_t i = 0; i < v->entities.len; i++)
        names[count++] = v->entities.at[i]->self.name;
    names[count++] = STR("market");
    str near = diag_did_you_mean(s->l->arena, step_text(s), names, count);
    diag_add(s->l->diags, DIAG_UNKNOWN_FACT, step_span(s),
             near.len ? near
                      : STR("begin with an element of `each`, with `market` or with an entity"),
             "`%.*s` is no element of this rule and no entity", STR_ARG(step_text(s)));
    return false;
}

static bool bad_path(const step *s, const char *why, const char *hint) {
    diag_add(s->l->diags, DIAG_BAD_PATH, step_span(s), str_of(hint), "`%.*s` %s",
             STR_ARG(step_text(s)), why);
    return false;
}

// Where the path begins.
static bool first_step(const step *s, const rule *r, set_target *out) {
    linker *l = s->l;
    const vocabulary *v = &l->rules->vocabulary;
    for (size_t i = 0; i < r->each_count; i++) {
        if (!str_eq(r->each[i].name, step_text(s))) continue;
        out->record = record_def_of(v, l->types[i]);
        out->unchecked = !out->record && l->types[i]->kind == TYPE_DYN;
        return out->record || out->unchecked ||
               bad_path(s, "is no record, so that nothing of it can be set",
                        "set the list that it comes from");
    }
    if (str_is(step_text(s), "market") && v->engine.markets) {
        out->record = v->engine.markets->record;
        return true;
    }
    const entity *e = vocabulary_entity(v, step_text(s));
    if (!e) return unknown_first(s, r);
    out->fact = &e->self;
    return true;
}

// What the facts of the fact reached so far are.
static const record_def *inside(const step *s, const set_target *at) {
    const fact *f = at->fact;
    if (!f) return at->record;
    if (f->list) {
        bad_path(s, "is a list, through which no path leads",
                 "name an entry by `each`, or set the whole list");
        return NULL;
    }
    if (f->kind == FACT_RECORD || f->kind == FACT_METRIC) return f->record;
    if (f->kind == FACT_REF && f->ref) return f->ref->record;
    bad_path(s, "is a value, behind which no path leads", "end the path here");
    return NULL;
}

static bool metric_step(const step *s, set_target *out) {
    const vocabulary *v = &s->l->rules->vocabulary;
    if (!map_has(&v->metrics, step_text(s))) {
        diag_add(s->l->diags, DIAG_UNKNOWN_FACT, step_span(s),
                 link_near(s->l, step_text(s), &v->metrics), "there is no metric `%.*s`",
                 STR_ARG(step_text(s)));
        return false;
    }
    out->fact = NULL;
    out->record = v->metric_record;
    out->whole_record = true;
    return true;
}

static bool fact_step(const step *s, const record_def *in, set_target *out) {
    out->fact = record_fact(in, step_text(s));
    if (out->fact) return true;
    str *names = arena_array(s->l->arena, str, in->count);
    for (size_t i = 0; i < in->count; i++)
        names[i] = in->facts[i].name;
    diag_add(s->l->diags, DIAG_UNKNOWN_FACT, step_span(s),
             diag_did_you_mean(s->l->arena, step_text(s), names, in->count),
             "%.*s has no fact `%.*s`", STR_ARG(in->name), STR_ARG(step_text(s)));
    return false;
}

bool set_path(linker *l, const rule *r, const node *key, set_target *out) {
    step s = {.l = l, .key = key, .to = 0};
    *out = (set_target){0};
    while (s.to < key->text.len && key->text.ptr[s.to] != '.')
        s.to++;
    if (!first_step(&s, r, out)) return false;
    if (out->unchecked) return true;
    step last = s;
    while (next_step(&s)) {
        if (out->fact && out->fact->kind == FACT_METRICS) {
            if (!metric_step(&s, out)) return false;
        } else {
            const record_def *in = inside(&last, out);
            if (!in || !fact_step(&s, in, out)) return false;
            out->whole_record = false;
        }
        last = s;
    }
    if (!out->fact && !out->whole_record)
        return bad_path(&last, "is a record, not a fact", "go on to the fact that is set");
    return true;
}
