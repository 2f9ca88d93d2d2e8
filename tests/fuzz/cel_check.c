// SPDX-License-Identifier: Apache-2.0
//
// The checker against the evaluator, over the facts of tests/packs/grid and lamps. The first line
// of an input says which (`l…`: lamps) and chooses states of facts by letters; the rest is a
// condition. One that checks clean, and in which nothing is dyn, never fails for a name, a type or
// something that there is none of. And what is decided while facts are not stated stays so when
// they are.
#include "check/run.h"
#include "values.h"

#include <string.h>

enum { MOST_FORGOTTEN = 8, STEPS = 20000 };

typedef struct world {
    const ruleset *rules;
    const rule *rule; // whose names and place are used
    facts facts;
    record *holder; // the seven facts of the grid, or NULL
    value subject;  // what the rule's each-name is, if it has one
    size_t slots;   // of all records together
} world;

static const char grid_manifest[] = "obstat: deployment/v1\nf: {a: true}\nlands: QQ\n";
static const char lamps_manifest[] =
    "obstat: deployment/v1\n"
    "boss: acme\n"
    "shop: {price: {at_least: 5, at_most: 20}, open_to: [adults, unknown], small: true, harm: "
    "false,\n"
    "  tax_number: none}\n"
    "things:\n"
    "  - {id: bulb, sort: lamp, colour: green, weight: 0.5, maker: sol, parts: seat, tested: "
    "never,\n"
    "     marks: [tick], permits: [{what: seal, land: AA, number: S-1, stage: valid, date: "
    "2024-01-01}]}\n"
    "  - {id: pot, sort: kettle, colour: red, weight: {at_most: 3.5}, tested: 2024-02-29, permits: "
    "none}\n"
    "  - {id: seat, sort: chair, marks: none}\n"
    "firms:\n"
    "  - {id: acme, name: Acme, land: BB, family: none, offices: [AA, BB], figures: {takings: "
    "{value: 9,\n"
    "     currency: EUR, over: P1Y, as_of: 2024-06-30}}}\n"
    "  - {id: sol, name: Luma Works, land: AA, family: rays, holders: [{firm: acme, share: 0.5}],\n"
    "     free_of: none, jobs: [{job: tester, stage: signed, until: open-ended}, {job: helper,\n"
    "     stage: talks, until: 2027-01-01}]}\n"
    "papers: [plan, {kind: opinion, term: AA-CORE.bright, answer: true, about: bulb}, unknown]\n"
    "lands: [{land: AA, opens: 2024-09-01, seats: 12, regions: [AA-N], figures: {visitors: "
    "700}}]\n";

static world make_world(const char *pack, const char *manifest, const char *id, const char *place) {
    arena *a = fuzz_fixtures();
    diags d = {.arena = a};
    docs read;
    size_t markets = 0;
    world w = {.rules = fuzz_ruleset(pack)};
    doc_read(&read, a, &d, &doc_default_limits, DOC_YAML, STR("manifest"), str_of(manifest));
    const node *const *market =
        d.errors ? NULL : facts_markets(w.rules, &d, read.list.at[0], &markets);
    MUST(market &&
             facts_bind(&w.facts, w.rules, a, &d, read.list.at[0], market[0], str_of(place), 20000),
         "the manifest cannot be bound: %.*s", STR_ARG(d.list.at[0].message));
    w.rule = ruleset_rule(w.rules, str_of(id));
    for (size_t i = 0; i < w.facts.records.len; i++)
        w.slots += w.facts.records.at[i]->type->count;
    return w;
}

static world *grid(void) {
    static world w;
    if (w.rules) return &w;
    w = make_world("grid", grid_manifest, "QQ-1", "QQ");
    w.holder = (record *)w.facts.globals[FACTS_FIRST_ENTITY].u.record;
    return &w;
}

static world *lamps(void) {
    static world w;
    if (w.rules) return &w;
    w = make_world("lamps", lamps_manifest, "AA-1", "AA");
    for (size_t i = 0; i < w.facts.records.len && !w.subject.kind; i++)
        if (str_is(w.facts.records.at[i]->id, "bulb"))
            w.subject = value_record(w.facts.records.at[i]);
    return &w;
}

// --- the states of facts

enum { FACTS = 7, MOST_VALUES = 4 };

// Values that a fact of the grid may have.
static size_t values_of(size_t number, value out[MOST_VALUES]) {
    static const char *const words[] = {"x", "y", "z"};
    static const int64_t numbers[] = {-1, 0, 3, 9223372036854775807};
    size_t n = 0;
    switch (number) {
    case 3:
        for (; n < 3; n++)
            out[n] = value_string(str_of(words[n]));
        return n;
    case 4:
        for (; n < 4; n++)
            out[n] = value_int(numbers[n]);
        return n;
    case 5:
        for (; n < 3; n++)
            out[n] = value_date(19999 + (day)n);
        return n;
    case 6:
        out[n++] = value_none();
        out[n++] = value_string(STR(""));
        out[n++] = value_string(STR("q"));
        return n;
    default:
        out[n++] = VALUE_TRUE;
        out[n++] = VALUE_FALSE;
        return n;
    }
}

static value choice(size_t of, unsigned number) {
    value values[MOST_VALUES];
    return values[number % values_of(of, values)];
}

typedef struct forgotten {
    value *at[MOST_FORGOTTEN];
    value was[MOST_FORGOTTEN];
    size_t count;
} forgotten;

// A letter that is a multiple of five states nothing.
static void state_grid(world *w, str letters) {
    for (size_t i = 0; i < FACTS; i++) {
        unsigned c = i + 1 < letters.len ? (unsigned char)letters.ptr[i + 1] : 0;
        w->holder->slots[i] = c % 5 == 0 ? value_unknown() : choice(i, c);
    }
}

static void forget(forgotten *f, world *w, size_t number) {
    for (size_t i = 0; i < w->facts.records.len; i++) {
        const record *r = w->facts.records.at[i];
        if (number >= r->type->count) {
            number -= r->type->count;
            continue;
        }
        f->at[f->count] = &r->slots[number];
        f->was[f->count++] = r->slots[number];
        r->slots[number] = value_unknown();
        return;
    }
}

// Each letter takes a fact of the lamps away.
static void state_lamps(forgotten *f, world *w, str letters) {
    for (size_t i = 1; i < letters.len && f->count < MOST_FORGOTTEN; i++)
        forget(f, w, ((unsigned char)letters.ptr[i] * 7919u + (unsigned)i * 131u) % w->slots);
}

static void restore(const forgotten *f) {
    for (size_t i = f->count; i-- > 0;)
        *f->at[i] = f->was[i];
}

// --- what may come of it

// Null stands where times, durations and optionals do, as CEL has it, and fails there as dyn does.
static bool holds_dyn(const type *t) {
    if (!t) return false;
    return t->kind == TYPE_DYN || t->kind == TYPE_NULL || t->kind == TYPE_PARAM ||
           t->kind == TYPE_ABSTRACT || t->kind == TYPE_ERROR || holds_dyn(t->a) ||
           (t->kind == TYPE_MAP && holds_dyn(t->b));
}

static void find_dyn(void *ctx, expr *part) {
    bool *found = ctx;
    if (!part->type || holds_dyn(part->type)) *found = true;
    if (!*found) cel_each_part(part, find_dyn, ctx);
}

// Errors that the checker is there to prevent; what is quoted of the input cannot look like one.
static bool is_preventable(str message) {
    static const char *const beginnings[] = {
        "no such overload", "no such field",       "there is nothing", "there is no `",
        "this must be a",   "this is a condition", "there is no elem", "after `?`",
        "a list or map",    "a map has no keys",   "this macro",       "this kind of expr"};
    static const char *const ends[] = {"needs a value, and there is none", "needs its arguments",
                                       "has no value here"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (str_starts(message, str_of(beginnings[i]))) return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(message, str_of(ends[i]))) return true;
    return false;
}

// A literal text that is compared with an enum is one of its values.
static void judge_literal(const type *t, const expr *e) {
    if (!t || t->kind != TYPE_ENUM || e->kind != EXPR_LITERAL || e->u.literal.kind != VALUE_STRING)
        return;
    MUST(fuzz_is_of(e->u.literal, t), "`%.*s` is no value of the enum",
         STR_ARG(value_text(e->u.literal)));
}

static void judge_enums(void *ctx, expr *e) {
    cel_each_part(e, judge_enums, ctx);
    if (e->kind != EXPR_CALL || e->u.call.target || e->u.call.count != 2) return;
    const expr *x = e->u.call.args[0], *y = e->u.call.args[1];
    str f = e->u.call.function;
    if (str_is(f, "_==_") || str_is(f, "_!=_")) {
        judge_literal(x->type, y);
        judge_literal(y->type, x);
    } else if (str_is(f, "@in")) {
        for (uint32_t i = 0; y->kind == EXPR_LIST && i < y->u.list.count; i++)
            judge_literal(x->type, y->u.list.entries[i].value);
        if (y->type && y->type->kind == TYPE_LIST) judge_literal(y->type->a, x);
    }
}

static value answer(arena *a, world *w, const expr *e, uint32_t slots) {
    check_run run;
    value *frame = arena_array(a, value, (size_t)slots + 1);
    run_init(&run, w->rules, &w->facts, a, STEPS);
    run_enter(&run, w->rule, w->facts.place, value_list_of(a, NULL, 0, false));
    frame[0] = w->subject;
    return cel_eval(&run.cel, e, frame);
}

static bool is_decided(value v) {
    return v.kind == VALUE_BOOL || (v.kind == VALUE_ERROR && !fuzz_is_limit(v));
}

static void judge_later(arena *a, world *w, const expr *e, uint32_t slots, value first) {
    value v = answer(a, w, e, slots);
    MUST(fuzz_is_limit(v) || fuzz_same_answer(a, v, first), "decided as %.*s, later %.*s",
         STR_ARG(fuzz_show(a, first)), STR_ARG(fuzz_show(a, v)));
}

static void judge_fillings(arena *a, world *w, const expr *e, uint32_t slots, value first) {
    value kept[FACTS];
    memcpy(kept, w->holder->slots, sizeof kept);
    for (unsigned n = 0; n < MOST_VALUES; n++) {
        for (unsigned i = 0; i < FACTS; i++)
            w->holder->slots[i] = kept[i].kind == VALUE_UNKNOWN ? choice(i, n + i) : kept[i];
        judge_later(a, w, e, slots, first);
    }
}

static void judge(arena *a, world *w, const expr *e, uint32_t slots, forgotten *f) {
    bool dyn = holds_dyn(e->type);
    cel_each_part(e, find_dyn, &dyn);
    value v = answer(a, w, e, slots);
    if (!dyn)
        MUST(v.kind == VALUE_BOOL || v.kind == VALUE_UNKNOWN || v.kind == VALUE_ERROR,
             "a bool is %.*s", STR_ARG(fuzz_show(a, v)));
    if (!dyn && v.kind == VALUE_ERROR)
        MUST(!is_preventable(v.u.error->message), "%.*s", STR_ARG(v.u.error->message));
    if (!is_decided(v)) return;
    if (w->holder) {
        judge_fillings(a, w, e, slots, v);
    } else {
        restore(f);
        judge_later(a, w, e, slots, v);
    }
}

static void check(arena *a, str input) {
    static forgotten f; // restored with the next input, if this one runs out of memory
    static const str names[] = {STR_C("thing")};
    str text, letters = fuzz_first_line(input, &text);
    world *w = str_starts(letters, STR("l")) ? lamps() : grid();
    const type *types[] = {
        w->subject.kind == VALUE_RECORD ? type_record_of(a, w->subject.u.record->type) : &type_dyn};
    cel_scope scope = {.names = names, .types = types, .count = w->holder ? 0 : 1};
    cel_env env = *w->rule->policy->env;
    diags d = {.arena = a};
    uint32_t slots = 0;
    env.arena = a;
    expr *e = fuzz_compile(a, &d, &env, text, &scope, false, &slots);
    if (e) cel_check(&env, &d, e, &scope, &type_bool);
    fuzz_judge_diags(&d, NULL);
    if (!e || d.errors) return;
    judge_enums(NULL, e);
    restore(&f);
    f.count = 0;
    if (w->holder)
        state_grid(w, letters);
    else
        state_lamps(&f, w, letters);
    judge(a, w, e, slots, &f);
}

int fuzz_cel_check(const uint8_t *data, size_t size) {
    return fuzz_run(check, data, size);
}
