// SPDX-License-Identifier: Apache-2.0
//
// Functions over parties: are two the same, are they related, is a role filled.
#include "check/functions.h"

enum { MAX_OWNERS = 32, MAX_ROLE_DEPTH = 4 };

truth slot_is(value v, str text) {
    if (v.kind == VALUE_UNKNOWN) return TRUTH_UNKNOWN;
    return v.kind == VALUE_STRING && str_eq(value_text(v), text) ? TRUTH_TRUE : TRUTH_FALSE;
}

// --- same

// The legal entity of a party, or of a name: one of its texts, else its id, is an official name.
static const legal_entity *entity_of(check_run *run, value v) {
    if (v.kind == VALUE_STRING)
        return entity_find(&run->rules->entities, run->arena, value_text(v));
    const fact_origin *o = v.kind == VALUE_RECORD ? origin_of(v.u.record) : NULL;
    if (!o) return NULL;
    const legal_entity *e = NULL;
    for (size_t i = 0; i < o->def->count && !e; i++) {
        const fact *f = &o->def->facts[i];
        value text =
            f->kind == FACT_STRING && !f->list ? run_read(run, v.u.record, f) : value_unknown();
        if (text.kind == VALUE_STRING)
            e = entity_find(&run->rules->entities, run->arena, value_text(text));
    }
    return e ? e : entity_find(&run->rules->entities, run->arena, v.u.record->id);
}

static str name_of(value v) {
    return v.kind == VALUE_RECORD ? v.u.record->id : value_text(v);
}

truth run_same(check_run *run, value a, value b) {
    if (a.kind == VALUE_RECORD && b.kind == VALUE_RECORD && a.u.record == b.u.record)
        return TRUTH_TRUE;
    const legal_entity *x = entity_of(run, a), *y = entity_of(run, b);
    if (x && y) {
        bool group = x->group.len && str_eq(x->group, y->group);
        return group || str_eq(x->id, y->id) ? TRUTH_TRUE : TRUTH_FALSE;
    }
    if (str_eq(entity_fold(run->arena, name_of(a)), entity_fold(run->arena, name_of(b))))
        return TRUTH_TRUE;
    str unknown = name_of(x ? b : a);
    run_assume(run, str_format(run->arena, "entities[%.*s]", STR_ARG(unknown)),
               STR("Which legal entity is it, and of which group?"), ASSUMED_OPAQUE);
    return TRUTH_UNKNOWN;
}

static bool is_name(value v) {
    return v.kind == VALUE_STRING ||
           (v.kind == VALUE_RECORD && v.u.record->realm != REALM_ASSUMPTION);
}

value fn_same(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    (void)count;
    if (!is_name(args[0]) || !is_name(args[1]))
        return value_error_of(cel->arena, cel_span(call),
                              "same() compares parties, entities or their names");
    return truth_value(run, run_same(run, args[0], args[1]), cel_span(call));
}

// --- related

static value read_fact(check_run *run, const record *r, const fact *f) {
    const fact_origin *o = origin_of(r);
    if (!f || !o || f->slot >= o->def->count || &o->def->facts[f->slot] != f)
        return value_unknown();
    return run_read(run, r, f);
}

static bool names(value v, const record *party) {
    if (v.kind == VALUE_RECORD) return v.u.record == party;
    return v.kind == VALUE_STRING && str_eq(value_text(v), party->id);
}

static bool declares_independence(check_run *run, const record *a, const record *b) {
    value list = read_fact(run, a, run->rules->vocabulary.engine.independent_of);
    if (list.kind != VALUE_LIST) return false;
    for (uint32_t i = 0; i < list.u.list->count; i++)
        if (names(list.u.list->items[i], b)) return true;
    return false;
}

// A share of a quarter or more, or control, in an entry of `owners`: any number or yes of the
// record that is so counts, since the vocabulary gives an owner no other figures.
static bool controls(const record *owner) {
    const fact_origin *o = origin_of(owner);
    for (size_t i = 0; o && i < o->def->count; i++) {
        value v = owner->slots[i];
        if (v.kind == VALUE_BOOL && v.u.b) return true;
        if (v.kind == VALUE_DOUBLE && v.u.d >= 0.25) return true;
    }
    return false;
}

static const record *owner_party(const record *owner) {
    const fact_origin *o = origin_of(owner);
    for (size_t i = 0; o && i < o->def->count; i++)
        if (owner->slots[i].kind == VALUE_RECORD) return owner->slots[i].u.record;
    return NULL;
}

static bool owns(check_run *run, const record *a, const record *b, unsigned depth) {
    value list = read_fact(run, b, run->rules->vocabulary.engine.owners);
    if (list.kind != VALUE_LIST || depth == MAX_OWNERS) return false;
    for (uint32_t i = 0; i < list.u.list->count; i++) {
        const record *owner =
            list.u.list->items[i].kind == VALUE_RECORD ? list.u.list->items[i].u.record : NULL;
        const record *party = owner && controls(owner) ? owner_party(owner) : NULL;
        if (party && (party == a || owns(run, a, party, depth + 1))) return true;
    }
    return false;
}

static bool one_group(check_run *run, const record *a, const record *b) {
    value x = read_fact(run, a, run->rules->vocabulary.engine.group),
          y = read_fact(run, b, run->rules->vocabulary.engine.group);
    return x.kind == VALUE_STRING && y.kind == VALUE_STRING && str_eq(value_text(x), value_text(y));
}

static bool states_ownership(check_run *run, const record *p) {
    value group = read_fact(run, p, run->rules->vocabulary.engine.group),
          owners = read_fact(run, p, run->rules->vocabulary.engine.owners);
    return group.kind != VALUE_UNKNOWN && owners.kind == VALUE_LIST && !owners.u.list->open;
}

value fn_related(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    (void)count;
    if (args[0].kind != VALUE_RECORD || args[1].kind != VALUE_RECORD)
        return value_error_of(cel->arena, cel_span(call), "related() compares two parties");
    const record *a = args[0].u.record, *b = args[1].u.record;
    if (a == b || one_group(run, a, b) || owns(run, a, b, 0) || owns(run, b, a, 0))
        return VALUE_TRUE;
    if (declares_independence(run, a, b) || declares_independence(run, b, a)) return VALUE_FALSE;
    if (states_ownership(run, a) && states_ownership(run, b)) return VALUE_FALSE;
    truth t = run_same(run, args[0], args[1]);
    return t == TRUTH_TRUE ? VALUE_TRUE : value_unknown();
}

// --- role

static truth covers_place(check_run *run, value where) {
    if (where.kind == VALUE_UNKNOWN) return TRUTH_UNKNOWN;
    if (where.kind != VALUE_LIST)
        return where.kind == VALUE_STRING && place_within(&run->rules->places, run->facts->place,
                                                          value_text(where), run->as_of)
                   ? TRUTH_TRUE
                   : TRUTH_FALSE;
    for (uint32_t i = 0; i < where.u.list->count; i++)
        if (place_within(&run->rules->places, run->facts->place, value_text(where.u.list->items[i]),
                         run->as_of))
            return TRUTH_TRUE;
    return where.u.list->open ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

truth run_held(check_run *run, const role_def *role, const record *engagement) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    value held = run_read(run, engagement, engine->engagement_role);
    truth t = TRUTH_FALSE;
    for (size_t i = 0; i < role->held_count; i++)
        t = truth_or(t, slot_is(held, role->held_as[i]));
    if (t == TRUTH_FALSE || !engine->engagement_place) return t;
    return truth_and(t, covers_place(run, run_read(run, engagement, engine->engagement_place)));
}

truth run_eligible(check_run *run, const role_def *role, const record *party) {
    value *frame = arena_array(run->arena, value, role->frame + 2);
    frame[0] = value_record(party);
    return run_cond(run, &role->eligible, frame);
}

truth run_engaged(check_run *run, const role_def *role, const record *party,
                  const record *engagement) {
    value *frame = arena_array(run->arena, value, role->frame + 2);
    frame[0] = value_record(party);
    frame[1] = value_record(engagement);
    return run_cond(run, &role->engaged, frame);
}

value fn_role(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    const role_def *role = ruleset_role(run->rules, value_text(args[0]));
    value list = run->facts->globals[FACTS_ENGAGEMENTS];
    truth any = TRUTH_FALSE;
    (void)count;
    if (!role)
        return value_error_of(cel->arena, cel_span(call), "there is no role `%.*s`",
                              STR_ARG(value_text(args[0])));
    if (run->role_depth == MAX_ROLE_DEPTH)
        return value_error_of(cel->arena, cel_span(call), "roles ask for one another in a circle");
    run_touch(run, NULL, FACTS_ENGAGEMENTS);
    if (list.kind != VALUE_LIST || list.u.list->open) any = TRUTH_UNKNOWN;
    run->role_depth++;
    for (uint32_t i = 0; list.kind == VALUE_LIST && i < list.u.list->count && any != TRUTH_TRUE;
         i++) {
        const record *engagement = list.u.list->items[i].u.record,
                     *party = origin_of(engagement)->parent;
        truth t = run_held(run, role, engagement);
        if (t != TRUTH_FALSE) t = truth_and(t, run_eligible(run, role, party));
        if (t != TRUTH_FALSE) t = truth_and(t, run_engaged(run, role, party, engagement));
        any = truth_or(any, t);
    }
    run->role_depth--;
    return truth_value(run, any, cel_span(call));
}
