// SPDX-License-Identifier: Apache-2.0
//
// Opinions answer terms that policies leave open: one on a term that is none would answer nothing,
// and nobody would notice. Of a policy that was not read nothing is said, unless its name looks
// like one that was.
#include "check/bind.h"
#include "law/schema.h"

static bool is_opinion(const binder *b, const record *r) {
    const engine_facts *engine = &b->vocabulary->engine;
    const fact_origin *o = origin_of(r);
    if (!engine->opinions || !engine->opinion_term || !o || o->parent ||
        o->def != engine->opinions->record)
        return false;
    const fact *kind = engine->opinion_kind_fact;
    return !kind || (r->slots[kind->slot].kind == VALUE_STRING &&
                     str_eq(value_text(r->slots[kind->slot]), engine->opinion_kind));
}

static bool leaves_open(const policy *p, str term) {
    for (size_t i = 0; i < p->env->definitions.len; i++) {
        const definition *d = p->env->definitions.at[i];
        if (d->open && str_eq(d->name, term)) return true;
    }
    return false;
}

static str near_policy(const binder *b, str id) {
    const map *index = &b->rules->policy_index;
    str *ids = arena_array(b->arena, str, index->len + 1);
    for (size_t i = 0; i < index->len; i++)
        ids[i] = index->entries[i].key;
    return diag_did_you_mean(b->arena, id, ids, index->len);
}

static str near_term(const binder *b, const policy *p, str term) {
    vec(str) open = {0};
    for (size_t i = 0; i < p->env->definitions.len; i++)
        if (p->env->definitions.at[i]->open)
            vec_push(b->arena, &open, p->env->definitions.at[i]->name);
    if (str_find(term, STR("(")) >= 0)
        return STR("write the name of the term alone; what it is about has a fact of its own");
    return schema_words_hint(b->arena, term, open.at, open.len);
}

static void check_term(binder *b, const node *n) {
    str form = STR("a term is written POLICY.term, as the report names it");
    ptrdiff_t dot = str_find(n->text, STR("."));
    if (dot < 0) {
        bind_error(b, DIAG_UNKNOWN_TERM, n, form, "`%.*s` names no term", STR_ARG(n->text));
        return;
    }
    str id = str_sub(n->text, 0, (size_t)dot);
    str term = str_sub(n->text, (size_t)dot + 1, n->text.len);
    const policy *p = map_get(&b->rules->policy_index, id);
    if (p && leaves_open(p, term)) return;
    str hint = p ? near_term(b, p, term) : near_policy(b, id);
    if (p)
        bind_error(b, DIAG_UNKNOWN_TERM, n, hint, "%.*s leaves no `%.*s` open", STR_ARG(p->id),
                   STR_ARG(term));
    else if (hint.len || b->rules->everything)
        bind_error(b, DIAG_UNKNOWN_TERM, n, hint.len ? hint : form, "there is no policy `%.*s`",
                   STR_ARG(id));
}

void bind_opinions(binder *b) {
    if (b->rules->incomplete || b->rules->has_known_on) return;
    for (size_t i = 0; i < b->facts->records.len; i++) {
        const record *r = b->facts->records.at[i];
        if (!is_opinion(b, r)) continue;
        uint32_t slot = b->vocabulary->engine.opinion_term->slot;
        const node *n = origin_of(r)->stated[slot];
        if (n && r->slots[slot].kind == VALUE_STRING) check_term(b, n);
    }
}
