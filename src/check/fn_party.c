// SPDX-License-Identifier: Apache-2.0
//
// Functions over parties: are two the same, are they related, is a role filled.
#include "check/functions.h"

enum { MAX_ROLE_DEPTH = 4 };

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

// Whether a party or text is called so: its id, or one of its texts but that of its group.
static bool is_called(check_run *run, value v, str folded) {
    if (str_eq(entity_fold(run->arena, name_of(v)), folded)) return true;
    const fact_origin *o = v.kind == VALUE_RECORD ? origin_of(v.u.record) : NULL;
    for (size_t i = 0; o && i < o->def->count; i++) {
        const fact *f = &o->def->facts[i];
        if (f->kind != FACT_STRING || f->list || f == run->rules->vocabulary.engine.group) continue;
        value text = run_read(run, v.u.record, f);
        if (text.kind == VALUE_STRING && str_eq(entity_fold(run->arena, value_text(text)), folded))
            return true;
    }
    return false;
}

static bool have_one_name(check_run *run, value a, value b) {
    return is_called(run, a, entity_fold(run->arena, name_of(b))) ||
           is_called(run, b, entity_fold(run->arena, name_of(a)));
}

static truth known_same(check_run *run, value a, value b, const legal_entity *x,
                        const legal_entity *y) {
    bool one = a.kind == VALUE_RECORD && b.kind == VALUE_RECORD && a.u.record == b.u.record;
    bool grouped = x && y && x->group.len && y->group.len;
    if (one || (x && y && str_eq(x->id, y->id))) return TRUTH_TRUE;
    if (grouped) return str_eq(x->group, y->group) ? TRUTH_TRUE : TRUTH_FALSE;
    return !(x && y) && have_one_name(run, a, b) ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

truth run_same(check_run *run, value a, value b) {
    const legal_entity *x = entity_of(run, a), *y = entity_of(run, b);
    truth t = known_same(run, a, b, x, y);
    if (t != TRUTH_UNKNOWN) return t;
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

static truth is_quarter(value share) {
    if (share.kind == VALUE_UNKNOWN) return TRUTH_UNKNOWN;
    unsigned orders = value_orders(share, value_double(0.25));
    bool below = orders & ORDER_LESS, not_below = orders & (ORDER_EQUAL | ORDER_GREATER);
    return below && not_below ? TRUTH_UNKNOWN : not_below ? TRUTH_TRUE : TRUTH_FALSE;
}

// A share of a quarter or more, or control, in an entry of `owners`: any number or yes of the
// record that is so counts, since the vocabulary gives an owner no other figures.
static truth controls(check_run *run, const record *owner) {
    const fact_origin *o = origin_of(owner);
    truth any = TRUTH_FALSE;
    for (size_t i = 0; o && i < o->def->count && any != TRUTH_TRUE; i++) {
        const fact *f = &o->def->facts[i];
        if (f->list) continue;
        if (f->kind == FACT_BOOL) {
            value v = run_read(run, owner, f);
            any = truth_or(any, v.kind == VALUE_NONE ? TRUTH_FALSE : truth_of(v));
        }
        if (f->kind == FACT_DOUBLE) any = truth_or(any, is_quarter(run_read(run, owner, f)));
    }
    return any;
}

// NULL: it is not stated who the owner is.
static const record *owner_party(check_run *run, const record *owner) {
    const fact_origin *o = origin_of(owner);
    for (size_t i = 0; o && i < o->def->count; i++) {
        const fact *f = &o->def->facts[i];
        if (f->kind != FACT_REF || f->list) continue;
        value v = run_read(run, owner, f);
        return v.kind == VALUE_RECORD ? v.u.record : NULL;
    }
    return NULL;
}

typedef vec(const record *) parties;

static void add_party(check_run *run, parties *list, const record *p) {
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i] == p) return;
    vec_push(run->arena, list, p);
}

// Whether a chain of owners leads from `b` to `a`; with `maybe` also one of which some link is
// open.
static bool owns(check_run *run, const record *a, const record *b, bool maybe) {
    parties chain = {0};
    add_party(run, &chain, b);
    for (size_t i = 0; i < chain.len; i++) {
        if (i > 0 && chain.at[i] == a) return true;
        value list = read_fact(run, chain.at[i], run->rules->vocabulary.engine.owners);
        for (uint32_t k = 0; list.kind == VALUE_LIST && k < list.u.list->count; k++) {
            const record *owner = list.u.list->items[k].u.record;
            truth t = controls(run, owner);
            if (t == TRUTH_FALSE || (t == TRUTH_UNKNOWN && !maybe)) continue;
            const record *party = owner_party(run, owner);
            if (!party && maybe) return true;
            if (party) add_party(run, &chain, party);
        }
    }
    return false;
}

static bool one_group(check_run *run, const record *a, const record *b) {
    value x = read_fact(run, a, run->rules->vocabulary.engine.group),
          y = read_fact(run, b, run->rules->vocabulary.engine.group);
    return x.kind == VALUE_STRING && y.kind == VALUE_STRING &&
           str_eq(entity_fold(run->arena, value_text(x)), entity_fold(run->arena, value_text(y)));
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
    truth same =
        known_same(run, args[0], args[1], entity_of(run, args[0]), entity_of(run, args[1]));
    if (same == TRUTH_TRUE || one_group(run, a, b) || owns(run, a, b, false) ||
        owns(run, b, a, false))
        return VALUE_TRUE;
    if (declares_independence(run, a, b) || declares_independence(run, b, a)) return VALUE_FALSE;
    bool stated = states_ownership(run, a) && states_ownership(run, b);
    if (stated && !owns(run, a, b, true) && !owns(run, b, a, true)) return VALUE_FALSE;
    if (!stated) run_same(run, args[0], args[1]); // to ask who they are
    return value_unknown();
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
