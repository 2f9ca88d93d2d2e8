// SPDX-License-Identifier: Apache-2.0
//
// Setting a run up, the log of what was read, assumptions, and what the evaluator asks back.
#include "check/run.h"

static void on_touch(void *ctx, const record *r, uint32_t slot) {
    run_touch(ctx, r, slot);
}

// All engagements are what the parties state of theirs.
static void touch_engagements(check_run *run) {
    const vocabulary *v = &run->rules->vocabulary;
    for (size_t i = 0; i < v->entities.len; i++)
        if (v->entities.at[i] == v->engine.parties)
            run_touch(run, NULL, (uint32_t)(FACTS_FIRST_ENTITY + i));
    for (size_t i = 0; i < run->facts->records.len; i++) {
        const record *r = run->facts->records.at[i];
        const fact_origin *o = origin_of(r);
        if (v->engine.engagements && !o->parent && !o->cut && o->def == v->engine.parties->record)
            run_touch(run, r, v->engine.engagements->slot);
    }
}

void run_touch(check_run *run, const record *r, uint32_t slot) {
    if (!run->logging) return;
    if (!r && slot == FACTS_ENGAGEMENTS) {
        touch_engagements(run);
        return;
    }
    for (size_t i = run->touched.len; i-- > 0;) // mostly one of the last
        if (run->touched.at[i].record == r && run->touched.at[i].slot == slot) return;
    vec_push(run->arena, &run->touched, (cell){r, slot});
}

void run_set(check_run *run, cell c, value v) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    const fact *f = fact_of(run->facts, c.record, c.slot);
    *cell_slot(run, c) = v;
    if (f && engine->parties && (f == engine->engagements || f == &engine->parties->self))
        facts_gather_engagements(run->facts);
}

value run_read(check_run *run, const record *r, const fact *f) {
    run_touch(run, r, f->slot);
    return r->slots[f->slot];
}

static const record_field assumption_field = {.name = STR_C("holds"), .type = &type_bool};
static const record_type assumption_type = {
    .name = STR_C("an assumption"), .count = 1, .fields = &assumption_field};

value run_assume(check_run *run, str key, str ask, assumed kind) {
    record *r = map_get(&run->assumptions, key);
    if (!r) {
        r = arena_new(run->arena, record);
        assumption *about = arena_new(run->arena, assumption);
        *about = (assumption){str_copy(run->arena, ask), kind};
        *r = (record){.type = &assumption_type,
                      .slots = arena_new(run->arena, value),
                      .id = str_copy(run->arena, key),
                      .realm = REALM_ASSUMPTION,
                      .origin = about};
        map_put(run->arena, &run->assumptions, r->id, r);
    }
    run_touch(run, r, 0);
    return r->slots[0];
}

// --- open terms

static bool names_subject(str about, const value *args, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (args[i].kind == VALUE_RECORD && str_eq(about, args[i].u.record->id)) return true;
    return false;
}

// An opinion that is about something else than what is asked does not answer.
static bool is_about(check_run *run, const record *opinion, const value *args, size_t count) {
    const fact *about = run->rules->vocabulary.engine.opinion_about;
    if (!about) return true;
    value v = run_read(run, opinion, about);
    if (v.kind != VALUE_LIST) return false;
    if (v.u.list->count == 0) return true;
    for (uint32_t i = 0; i < v.u.list->count; i++) {
        value item = v.u.list->items[i];
        if (item.kind == VALUE_STRING && names_subject(value_text(item), args, count)) return true;
    }
    return false;
}

static truth is_live(check_run *run, const record *opinion) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    truth t = TRUTH_TRUE;
    if (engine->opinion_until) {
        value until = run_read(run, opinion, engine->opinion_until);
        if (until.kind == VALUE_DATE && until.u.i <= run->as_of) return TRUTH_FALSE;
        if (until.kind == VALUE_UNKNOWN) t = TRUTH_UNKNOWN;
    }
    if (engine->opinion_date) { // where it is not stated, that it is there says that it was given
        value since = run_read(run, opinion, engine->opinion_date);
        if (since.kind == VALUE_DATE && since.u.i > run->as_of) return TRUTH_FALSE;
    }
    return t;
}

static bool text_is(value v, str s) {
    return v.kind == VALUE_STRING && str_eq(value_text(v), s);
}

static bool is_opinion_on(check_run *run, const record *r, const open_term *term) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    const fact_origin *o = origin_of(r);
    if (o->def != engine->opinions->record || o->parent || o->cut) return false;
    if (engine->opinion_kind_fact &&
        !text_is(r->slots[engine->opinion_kind_fact->slot], engine->opinion_kind))
        return false;
    return text_is(run_read(run, r, engine->opinion_term), term->name);
}

// What all opinions say together: those that contradict each other, or may have run out, say
// nothing.
static value opinion_of(check_run *run, const open_term *term, const value *args, size_t count) {
    const engine_facts *engine = &run->rules->vocabulary.engine;
    bool said[2] = {false, false}, sure = false;
    if (!engine->opinions || !engine->opinion_term || !engine->opinion_answer)
        return value_unknown();
    for (size_t i = 0; i < run->facts->records.len; i++) {
        const record *r = run->facts->records.at[i];
        if (!is_opinion_on(run, r, term) || !is_about(run, r, args, count)) continue;
        truth live = is_live(run, r);
        value answer =
            live == TRUTH_FALSE ? value_none() : run_read(run, r, engine->opinion_answer);
        if (answer.kind != VALUE_BOOL) continue;
        said[answer.u.b] = true;
        sure |= live == TRUTH_TRUE;
    }
    return sure && said[0] != said[1] ? value_bool(said[1]) : value_unknown();
}

static str term_key(check_run *run, const open_term *term, const value *args, size_t count) {
    buf b = {.arena = run->arena};
    buf_add(&b, term->name);
    for (size_t i = 0; i < count; i++) {
        str id =
            args[i].kind == VALUE_RECORD ? args[i].u.record->id : value_print(run->arena, args[i]);
        buf_adds(&b, i ? ", " : "(");
        buf_add(&b, id);
    }
    if (count) buf_addc(&b, ')');
    return buf_str(&b);
}

static value on_open_term(void *ctx, const definition *d, const value *args, size_t count) {
    check_run *run = ctx;
    const open_term *term = d->owner;
    return opinion_of(run, term, args, count);
}

static value on_unanswered(void *ctx, const definition *d, const value *args, size_t count) {
    check_run *run = ctx;
    const open_term *term = d->owner;
    return run_assume(run, term_key(run, term, args, count), term->question, ASSUMED_JUDGEMENT);
}

static bool on_presumed(void *ctx, const definition *d, const value *args, size_t count) {
    check_run *run = ctx;
    if (run->unpresuming) return false;
    str key = term_key(run, d->owner, args, count);
    for (size_t i = 0; i < run->presumed.len; i++)
        if (str_eq(run->presumed.at[i], key)) return true;
    vec_push(run->arena, &run->presumed, key);
    return true;
}

static const expr *on_body(void *ctx, const definition *d) {
    const check_run *run = ctx;
    const expr *body = ruleset_parameter(run->rules, d, run->facts->place, run->as_of);
    return body ? body : d->body;
}

void run_init(check_run *run, const ruleset *rules, facts *f, arena *a, size_t steps) {
    *run = (check_run){.rules = rules, .facts = f, .arena = a, .as_of = f->as_of};
    run->cel = (cel_run){.arena = a,
                         .globals = f->globals,
                         .as_of = f->as_of,
                         .steps_left = steps ? steps : CEL_DEFAULT_STEPS,
                         .owner = run};
    run->cel.hooks = (cel_hooks){.touch = on_touch,
                                 .open_term = on_open_term,
                                 .unanswered = on_unanswered,
                                 .presumed = on_presumed,
                                 .body = on_body,
                                 .ctx = run};
}

void run_enter(check_run *run, const rule *r, str place, value covered) {
    run->rule = r;
    run->policy = r->policy;
    run->facts->place = place;
    run->facts->globals[FACTS_PLACE] = value_string(place);
    run->facts->globals[FACTS_PLACES] = covered;
    run->facts->globals[FACTS_START] = value_unknown();
}
