// SPDX-License-Identifier: Apache-2.0
//
// Who could fill the roles that would clear the way: the parties of the manifest, and what the
// registries that a role names list besides. What each lacks is told in the words of the role.
#include "check/candidates.h"

#include "check/functions.h"

enum { MAX_REGISTRY_CANDIDATES = 8 };

static void add_lacking(check_run *run, candidate *c, const cond *k, const role_def *role,
                        const record *party, const record *engagement) {
    value *frame = arena_array(run->arena, value, role->frame + 2);
    frame[0] = value_record(party);
    if (engagement) frame[1] = value_record(engagement);
    vec(str) lacks = {0};
    for (size_t i = 0; i < c->lacks_count; i++)
        vec_push(run->arena, &lacks, c->lacks[i]);
    for (size_t i = 0; k->kind == COND_ALL && i < k->count; i++)
        if (run_cond(run, &k->parts[i], frame) != TRUTH_TRUE)
            vec_push(run->arena, &lacks, cond_words(run->arena, role->policy, &k->parts[i]));
    c->lacks = lacks.at;
    c->lacks_count = lacks.len;
}

static str row_number(const registry *reg, const record *row) {
    value v = reg->key_column >= 0 ? row->slots[reg->key_column] : value_unknown();
    return v.kind == VALUE_STRING ? value_text(v) : (str){"", 0};
}

static void add_evidence(check_run *run, candidate *c, const role_def *role, const record *party) {
    vec(candidate_evidence) found = {0};
    for (size_t i = 0; i < run->rules->registries.by_id.len; i++) {
        const registry *reg = run->rules->registries.by_id.entries[i].value;
        if (reg->entity_column < 0 || !cond_mentions(run->arena, &role->eligible, reg->id))
            continue;
        value rows = run_rows(run, reg);
        for (uint32_t k = 0; k < rows.u.list->count; k++) {
            const record *row = rows.u.list->items[k].u.record;
            if (run_same(run, row->slots[reg->entity_column], value_record(party)) != TRUTH_TRUE)
                continue;
            const node *n = row->origin;
            vec_push(run->arena, &found,
                     (candidate_evidence){reg->id, row_number(reg, row), n ? n->at : reg->at});
        }
    }
    c->evidence = found.at;
    c->evidence_count = found.len;
}

static str text_slot(const record *r, const fact *f) {
    value v = f ? r->slots[f->slot] : value_unknown();
    return v.kind == VALUE_STRING ? value_text(v) : (str){"", 0};
}

// The name that people know: the first text the party states of itself.
static str party_name(const record *party) {
    const fact_origin *o = origin_of(party);
    if (!o || !o->def) return party->id;
    for (size_t i = 0; i < o->def->count; i++)
        if (o->def->facts[i].kind == FACT_STRING && !o->def->facts[i].list && o->stated[i])
            return text_slot(party, &o->def->facts[i]);
    return party->id;
}

static bool is_operator(check_run *run, const record *party) {
    const entity *op = run->rules->vocabulary.engine.operator_;
    for (size_t i = 0; op && i < run->rules->vocabulary.entities.len; i++) {
        value v = run->facts->globals[FACTS_FIRST_ENTITY + i];
        if (run->rules->vocabulary.entities.at[i] == op)
            return v.kind == VALUE_RECORD && v.u.record == party;
    }
    return false;
}

static candidate party_candidate(check_run *run, const role_def *role, const record *party) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    candidate c = {.party = party->id,
                   .name = party_name(party),
                   .from_manifest = true,
                   .engaged = VALUE_FALSE};
    truth eligible = run_eligible(run, role, party);
    c.eligible = truth_value(run, eligible, role->at);
    value list = run->facts->globals[FACTS_ENGAGEMENTS];
    const record *best = NULL;
    for (uint32_t i = 0; i < list.u.list->count; i++) {
        const record *engagement = list.u.list->items[i].u.record;
        if (origin_of(engagement)->parent != party ||
            run_held(run, role, engagement) == TRUTH_FALSE)
            continue;
        truth t = run_engaged(run, role, party, engagement);
        if (!best || t == TRUTH_TRUE) {
            best = engagement;
            c.engaged = truth_value(run, t, role->at);
            c.state = text_slot(engagement, engine->engagement_state);
        }
    }
    if (eligible != TRUTH_TRUE) add_lacking(run, &c, &role->eligible, role, party, NULL);
    if (best && !(c.engaged.kind == VALUE_BOOL && c.engaged.u.b))
        add_lacking(run, &c, &role->engaged, role, party, best);
    add_evidence(run, &c, role, party);
    return c;
}

static const record_def *party_def(const check_run *run) {
    return run->rules->vocabulary.engine.parties ? run->rules->vocabulary.engine.parties->record
                                                 : NULL;
}

static void manifest_candidates(check_run *run, candidate_list *out, const role_def *role) {
    for (size_t i = 0; i < run->facts->records.len; i++) {
        const record *r = run->facts->records.at[i];
        const fact_origin *o = origin_of(r);
        if (o->def != party_def(run) || o->parent || o->cut || is_operator(run, r)) continue;
        candidate c = party_candidate(run, role, r);
        bool out_of_question = c.eligible.kind == VALUE_BOOL && !c.eligible.u.b && !c.state.len;
        if (!out_of_question) vec_push(run->arena, out, c);
    }
}

static bool is_listed_already(const candidate_list *list, str reg, str number) {
    for (size_t i = 0; i < list->len; i++)
        for (size_t k = 0; k < list->at[i].evidence_count; k++)
            if (str_eq(list->at[i].evidence[k].registry, reg) &&
                str_eq(list->at[i].evidence[k].number, number))
                return true;
    return false;
}

static size_t registry_candidates(check_run *run, candidate_list *out, const role_def *role) {
    size_t listed = 0, more = 0;
    for (size_t i = 0; i < run->rules->registries.by_id.len; i++) {
        const registry *reg = run->rules->registries.by_id.entries[i].value;
        if (!reg->as || reg->entity_column < 0 ||
            !cond_mentions(run->arena, &role->eligible, reg->id))
            continue;
        value rows = run_rows(run, reg);
        for (uint32_t k = 0; k < rows.u.list->count; k++) {
            const record *row = rows.u.list->items[k].u.record;
            str number = row_number(reg, row),
                name = value_print(run->arena, row->slots[reg->entity_column]);
            if (is_listed_already(out, reg->id, number)) continue;
            if (listed++ >= MAX_REGISTRY_CANDIDATES) {
                more++;
                continue;
            }
            candidate_evidence *e = arena_new(run->arena, candidate_evidence);
            const node *n = row->origin;
            *e = (candidate_evidence){reg->id, number, n ? n->at : reg->at};
            vec_push(run->arena, out,
                     (candidate){.name = name,
                                 .eligible = value_unknown(),
                                 .engaged = VALUE_FALSE,
                                 .evidence = e,
                                 .evidence_count = 1});
        }
    }
    return more;
}

size_t candidates_of(candidate_list *out, check_run *run, const role_def *role) {
    *out = (candidate_list){0};
    manifest_candidates(run, out, role);
    return registry_candidates(run, out, role);
}
