// SPDX-License-Identifier: Apache-2.0
//
// Functions over registries. A registry says no only where it is complete and its snapshot reaches
// the as-of date; else what it lacks is a question of its own.
#include "check/functions.h"

static const registry *registry_named(check_run *run, value id) {
    return registry_find(&run->rules->registries, value_text(id));
}

static value no_registry(cel_run *cel, const expr *call, value id) {
    return value_error_of(cel->arena, cel_span(call), "there is no registry `%.*s`",
                          STR_ARG(value_text(id)));
}

static bool says_no(const check_run *run, const registry *reg) {
    return reg->complete && reg->snapshot >= run->as_of;
}

static bool valid_now(const check_run *run, const registry *reg, const record *row) {
    if (reg->from_column >= 0) {
        value from = row->slots[reg->from_column];
        if (from.kind == VALUE_DATE && from.u.i > run->as_of) return false;
    }
    if (reg->until_column >= 0) {
        value until = row->slots[reg->until_column];
        if (until.kind == VALUE_DATE && until.u.i <= run->as_of) return false;
    }
    return true;
}

value run_rows(check_run *run, const registry *reg) {
    value *cached = map_get(&run->row_lists, reg->id);
    if (cached) return *cached;
    value *items = arena_array(run->arena, value, reg->row_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < reg->row_count; i++)
        if (valid_now(run, reg, reg->rows[i])) items[n++] = value_record(reg->rows[i]);
    cached = arena_new(run->arena, value);
    *cached = value_list_of(run->arena, items, n, !reg->complete);
    map_put(run->arena, &run->row_lists, reg->id, cached);
    return *cached;
}

value fn_rows(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    const registry *reg = registry_named(run, args[0]);
    (void)count;
    return reg ? run_rows(run, reg) : no_registry(cel, call, args[0]);
}

static value absent_row(check_run *run, const registry *reg, str key) {
    str name = str_format(run->arena, "%.*s[%.*s]", STR_ARG(reg->id), STR_ARG(key));
    str ask = str_format(run->arena,
                         "Does \"%.*s\" stand on the list today? (the copy here is of %.*s%s)",
                         STR_ARG(key), STR_ARG(day_print(run->arena, reg->snapshot)),
                         reg->complete ? "" : " and in part");
    return run_assume(run, name, ask, ASSUMED_YES_OR_NO);
}

static const record *row_of(check_run *run, const registry *reg, str key) {
    const record *row = registry_row(reg, key, run->arena);
    return row && valid_now(run, reg, row) ? row : NULL;
}

value fn_row(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    const registry *reg = registry_named(run, args[0]);
    (void)count;
    if (!reg) return no_registry(cel, call, args[0]);
    const record *row = row_of(run, reg, value_text(args[1]));
    if (row) return value_record(row);
    if (says_no(run, reg)) return value_none();
    return truth_of(absent_row(run, reg, value_text(args[1]))) == TRUTH_FALSE ? value_none()
                                                                              : value_unknown();
}

// --- registrations and designations that a record states

static truth is_kind_and_place(check_run *run, const registry *reg, const record *act) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    truth t = slot_is(run_read(run, act, engine->registration_kind), reg->kind);
    if (t == TRUTH_FALSE || !reg->jurisdiction.len || !engine->registration_place) return t;
    value place = run_read(run, act, engine->registration_place);
    if (place.kind == VALUE_UNKNOWN) return TRUTH_UNKNOWN;
    bool in =
        place.kind == VALUE_STRING &&
        (place_within(&run->rules->places, value_text(place), reg->jurisdiction, run->as_of) ||
         place_within(&run->rules->places, reg->jurisdiction, value_text(place), run->as_of));
    return truth_and(t, in ? TRUTH_TRUE : TRUTH_FALSE);
}

// In a state that counts, and not only from a later day on.
static truth is_live(check_run *run, const record *act) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    truth t = engine->registration_state ? TRUTH_FALSE : TRUTH_TRUE;
    if (engine->registration_state) {
        value state = run_read(run, act, engine->registration_state);
        for (size_t i = 0; i < engine->registration_live_count; i++)
            t = truth_or(t, slot_is(state, engine->registration_live[i]));
    }
    if (t == TRUTH_FALSE || !engine->registration_date) return t;
    value since = act->slots[engine->registration_date->slot];
    if (since.kind != VALUE_DATE) return t; // that it is in this state says that it has begun
    run_read(run, act, engine->registration_date);
    return since.u.i > run->as_of ? TRUTH_FALSE : t;
}

static truth number_listed(check_run *run, const registry *reg, const record *act) {
    value number = run_read(run, act, run->rules->vocabulary.engine.registration_number);
    if (number.kind != VALUE_STRING)
        return number.kind == VALUE_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_FALSE;
    if (row_of(run, reg, value_text(number))) return TRUTH_TRUE;
    return says_no(run, reg) ? TRUTH_FALSE : truth_of(absent_row(run, reg, value_text(number)));
}

typedef truth (*act_test)(check_run *run, const registry *reg, const record *act);

static bool lists_acts(const check_run *run, const fact *f) {
    return f->kind == FACT_RECORD && f->list &&
           f->record == run->rules->vocabulary.engine.registration;
}

// Designations are served on people, who would know: of lists of registrations those whose absence
// means that there are none. A record that has no such list may state them in any.
static bool has_designations(const check_run *run, const record_def *def) {
    for (size_t i = 0; i < def->count; i++)
        if (lists_acts(run, &def->facts[i]) && def->facts[i].absent == ABSENT_EMPTY) return true;
    return false;
}

// Over the lists of registrations of a record, or those of designations alone: is there an act of
// the registry's kind and place for which `test` holds? `*found`: the first that surely does.
static truth exists_act(check_run *run, const registry *reg, const record *r, bool designations,
                        act_test test, const record **found, bool *stated) {
    const fact_origin *o = origin_of(r);
    truth any = TRUTH_FALSE;
    *stated = false;
    designations = designations && o && has_designations(run, o->def);
    for (size_t i = 0; o && i < o->def->count; i++) {
        const fact *f = &o->def->facts[i];
        if (!lists_acts(run, f) || (designations && f->absent != ABSENT_EMPTY)) continue;
        value list = run_read(run, r, f);
        if (o->stated[f->slot]) *stated = true;
        if (list.kind != VALUE_LIST) {
            any = truth_or(any, list.kind == VALUE_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_FALSE);
            continue;
        }
        for (uint32_t k = 0; k < list.u.list->count; k++) {
            const record *act = list.u.list->items[k].u.record;
            truth t = is_kind_and_place(run, reg, act);
            if (t != TRUTH_FALSE) t = truth_and(t, test(run, reg, act));
            if (t == TRUTH_TRUE && !*found) *found = act;
            any = truth_or(any, t);
        }
        if (list.u.list->open) any = truth_or(any, TRUTH_UNKNOWN);
    }
    return any;
}

static truth live_and_listed(check_run *run, const registry *reg, const record *act) {
    truth t = is_live(run, act);
    return t == TRUTH_FALSE ? t : truth_and(t, number_listed(run, reg, act));
}

value fn_listed(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    const registry *reg = registry_named(run, args[0]);
    const record *found = NULL;
    bool stated = false;
    (void)count;
    if (!reg) return no_registry(cel, call, args[0]);
    if (args[1].kind == VALUE_STRING) {
        if (row_of(run, reg, value_text(args[1]))) return VALUE_TRUE;
        return says_no(run, reg) ? VALUE_FALSE : absent_row(run, reg, value_text(args[1]));
    }
    if (args[1].kind != VALUE_RECORD || !origin_of(args[1].u.record))
        return value_error_of(cel->arena, cel_span(call),
                              "listed() takes a number, or an entry of the manifest");
    return truth_value(
        run, exists_act(run, reg, args[1].u.record, false, live_and_listed, &found, &stated),
        cel_span(call));
}

// --- designations

static truth any_act(check_run *run, const registry *reg, const record *act) {
    (void)run;
    (void)reg;
    (void)act;
    return TRUTH_TRUE;
}

static truth designated(check_run *run, const registry *reg, const record *r,
                        const record **found) {
    bool stated = false;
    truth t = exists_act(run, reg, r, true, any_act, found, &stated), listed = TRUTH_FALSE;
    if (t == TRUTH_TRUE) return t;
    value rows = run_rows(run, reg);
    for (uint32_t i = 0; reg->entity_column >= 0 && i < rows.u.list->count; i++) {
        const record *row = rows.u.list->items[i].u.record;
        truth same = run_same(run, row->slots[reg->entity_column], value_record(r));
        if (same == TRUTH_TRUE) *found = row;
        if (same == TRUTH_TRUE) return same;
        listed = truth_or(listed, same);
    }
    if (stated) return t; // who states its designations states all of them
    if (t == TRUTH_FALSE && listed == TRUTH_FALSE && !says_no(run, reg))
        return truth_of(absent_row(run, reg, r->id));
    return truth_or(t, listed);
}

// False: `*objection` is the answer.
static bool ask_designation(cel_run *cel, const expr *call, const value *args, truth *t,
                            const record **found, value *objection) {
    check_run *run = run_of(cel);
    const registry *reg = registry_named(run, args[0]);
    *found = NULL;
    if (!reg) {
        *objection = no_registry(cel, call, args[0]);
        return false;
    }
    if (args[1].kind != VALUE_RECORD || !origin_of(args[1].u.record)) {
        *objection =
            value_error_of(cel->arena, cel_span(call), "this takes an entry of the manifest");
        return false;
    }
    *t = designated(run, reg, args[1].u.record, found);
    return true;
}

value fn_designated(cel_run *cel, const expr *call, const value *args, size_t count) {
    const record *found;
    value objection;
    truth t;
    (void)count;
    if (!ask_designation(cel, call, args, &t, &found, &objection)) return objection;
    return truth_value(run_of(cel), t, cel_span(call));
}

value fn_designation(cel_run *cel, const expr *call, const value *args, size_t count) {
    const record *found;
    value objection;
    truth t;
    (void)count;
    if (!ask_designation(cel, call, args, &t, &found, &objection)) return objection;
    if (found) return value_record(found);
    return t == TRUTH_FALSE ? value_none() : value_unknown();
}
