// SPDX-License-Identifier: Apache-2.0
//
// The checker against the evaluator, over the facts of tests/packs/grid and lamps. The first line
// of an input says which (`l…`: lamps) and chooses states of facts by letters; then there may be
// definitions (world.h); the rest is a condition. One that checks clean, and in which nothing is
// dyn, never fails for a name, a type or something that there is none of, and takes no more steps
// than its cost says. And what is decided while facts are not stated stays so when they are.
#include "cel/explain.h"
#include "check/run.h"
#include "values.h"
#include "world.h"

#include <math.h>
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

// A condition, and all that it is asked in.
typedef struct asked {
    arena *arena;
    world *world;
    expr *e;
    uint32_t slots;
    value variables[FUZZ_VARIABLES];
    double cost; // the most steps
    bool dyn;    // something in it is
} asked;

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
           t->kind == TYPE_WRAPPER || t->kind == TYPE_ERROR || holds_dyn(t->a) ||
           (t->kind == TYPE_MAP && holds_dyn(t->b));
}

// Anything but operators, members and calls.
static void find_other(void *ctx, expr *part) {
    bool is_null = part->kind == EXPR_LITERAL && part->u.literal.kind == VALUE_NULL;
    bool is_dyn = part->kind == EXPR_CALL && str_is(part->u.call.function, "dyn");
    if (part->kind >= EXPR_COND || is_null || is_dyn) *(bool *)ctx = true;
    cel_each_part(part, find_other, ctx);
}

static const definition *definition_of(const expr *e) {
    if (e->kind == EXPR_CALL) return e->u.call.definition;
    bool is_definition = e->kind == EXPR_IDENT && e->u.ident.ref == REF_DEFINITION;
    return is_definition ? e->u.ident.definition : NULL;
}

// The nodes of a body have the types of one of its calls; what is in one that is simple is known by
// those of its parameters.
static void find_dyn(void *ctx, expr *part) {
    bool *found = ctx;
    if (!part->type || holds_dyn(part->type)) *found = true;
    const definition *d = definition_of(part);
    if (d && d->body && d->param_count)
        find_other(found, d->body);
    else if (d && d->body)
        find_dyn(found, d->body);
    if (!*found) cel_each_part(part, find_dyn, ctx);
}

// What functions of the engine do within is not in the cost.
static void find_engine(void *ctx, expr *part) {
    const cel_function *row = part->kind == EXPR_CALL ? part->u.call.row : NULL;
    bool standard = !row;
    for (size_t i = 0; i < cel_standard_count; i++)
        for (size_t k = 0; k < cel_standard[i]->count; k++)
            standard |= row == &cel_standard[i]->rows[k];
    if (!standard) *(bool *)ctx = true;
    const definition *d = definition_of(part);
    if (d && d->body) find_engine(ctx, d->body);
    cel_each_part(part, find_engine, ctx);
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

static value *frame_of(const asked *q) {
    value *frame = arena_array(q->arena, value, (size_t)q->slots + 1);
    frame[0] = q->world->subject;
    return frame;
}

static void enter(check_run *run, const asked *q) {
    world *w = q->world;
    size_t known = w->rules->facts->variables.len;
    value *globals = arena_array(q->arena, value, known + FUZZ_VARIABLES);
    run_init(run, w->rules, &w->facts, q->arena, STEPS);
    run_enter(run, w->rule, w->facts.place, value_list_of(q->arena, NULL, 0, false));
    memcpy(globals, w->facts.globals, known * sizeof *globals);
    memcpy(globals + known, q->variables, sizeof q->variables);
    run->cel.globals = globals;
}

static value answer(const asked *q) {
    check_run run;
    enter(&run, q);
    value v = cel_eval(&run.cel, q->e, frame_of(q));
    MUST((double)(STEPS - run.cel.steps_left) <= q->cost, "%zu steps, and %.0f are the most",
         STEPS - run.cel.steps_left, q->cost);
    return v;
}

static bool is_decided(value v) {
    return v.kind == VALUE_BOOL || (v.kind == VALUE_ERROR && !fuzz_is_limit(v));
}

static void judge_later(const asked *q, value first) {
    value v = answer(q);
    MUST(fuzz_is_limit(v) || fuzz_same_answer(q->arena, v, first), "decided as %.*s, later %.*s",
         STR_ARG(fuzz_show(q->arena, first)), STR_ARG(fuzz_show(q->arena, v)));
}

static void judge_fillings(const asked *q, value first) {
    value kept[FACTS], *slots = q->world->holder->slots;
    memcpy(kept, slots, sizeof kept);
    for (unsigned n = 0; n < MOST_VALUES; n++) {
        for (unsigned i = 0; i < FACTS; i++)
            slots[i] = kept[i].kind == VALUE_UNKNOWN ? choice(i, n + i) : kept[i];
        judge_later(q, first);
    }
}

// --- what is told of it

typedef struct telling {
    cel_run *run;
    size_t leaves;
} telling;

static void on_node(void *ctx, unsigned depth, const expr *e, value v) {
    (void)ctx;
    MUST(depth < CEL_MAX_DEPTH && e && v.kind != VALUE_NONE, "a node at depth %u", depth);
}

static void on_element(void *ctx, unsigned depth, str name, value element) {
    (void)ctx;
    MUST(depth < CEL_MAX_DEPTH && name.len && element.kind != VALUE_ERROR, "an element");
}

static void on_leaf(void *ctx, unsigned depth, const expr *e, value *frame) {
    telling *t = ctx;
    MUST(depth < CEL_MAX_DEPTH, "a leaf at depth %u", depth);
    cel_eval(t->run, e, frame);
    t->leaves++;
}

static void judge_telling(const asked *q, value first) {
    check_run run;
    enter(&run, q);
    telling t = {.run = &run.cel};
    value *frame = frame_of(q);
    cel_explain(&run.cel, q->e, frame, 0, &(cel_explainer){on_node, on_element, on_leaf, &t});
    MUST(t.leaves || run.cel.steps_left == 0, "nothing is told");
    run.cel.steps_left = STEPS;
    value v = cel_eval(&run.cel, q->e, frame);
    MUST(fuzz_same_answer(q->arena, v, first), "when it was told it is %.*s, not %.*s",
         STR_ARG(fuzz_show(q->arena, v)), STR_ARG(fuzz_show(q->arena, first)));
}

static void judge(const asked *q, forgotten *f) {
    value v = answer(q);
    if (!q->dyn)
        MUST(v.kind == VALUE_BOOL || v.kind == VALUE_UNKNOWN || v.kind == VALUE_ERROR,
             "a bool is %.*s", STR_ARG(fuzz_show(q->arena, v)));
    if (!q->dyn && v.kind == VALUE_ERROR)
        MUST(!is_preventable(v.u.error->message), "%.*s", STR_ARG(v.u.error->message));
    judge_telling(q, v);
    if (!is_decided(v)) return;
    if (q->world->holder) {
        judge_fillings(q, v);
    } else {
        restore(f);
        judge_later(q, v);
    }
}

// The most steps; where that is not known, no number is more.
static double cost_of(cel_env *env, diags *d, expr *e, const cel_scope *scope) {
    bool engine = false;
    find_engine(&engine, e);
    cel_check_cost(env, d, e, scope, STEPS);
    return engine ? INFINITY : cel_cost(env->arena, e, scope);
}

static bool compile(asked *q, cel_env *env, str text) {
    static const str names[] = {STR_C("thing")};
    const world *w = q->world;
    const type *types[] = {w->subject.kind == VALUE_RECORD
                               ? type_record_of(q->arena, w->subject.u.record->type)
                               : &type_dyn};
    cel_scope scope = {.names = names, .types = types, .count = w->holder ? 0 : 1};
    diags before = {.arena = q->arena}, d = {.arena = q->arena};
    fuzz_variables(env);
    fuzz_definitions(q->arena, &before, env, &text);
    fuzz_judge_diags(&before, NULL);
    q->e = fuzz_compile(q->arena, &d, env, text, &scope, false, &q->slots);
    if (q->e) cel_check(env, &d, q->e, &scope, &type_bool);
    fuzz_judge_diags(&d, NULL);
    if (!q->e || before.errors || d.errors) return false;
    q->cost = cost_of(env, &d, q->e, &scope);
    fuzz_judge_diags(&d, NULL);
    return true;
}

static void check(arena *a, str input) {
    static forgotten f; // restored with the next input, if this one runs out of memory
    str text, letters = fuzz_first_line(input, &text);
    asked q = {.arena = a, .world = str_starts(letters, STR("l")) ? lamps() : grid()};
    cel_env env = {.arena = a, .outer = q.world->rule->policy->env};
    if (!compile(&q, &env, text)) return;
    find_dyn(&q.dyn, q.e);
    judge_enums(NULL, q.e);
    restore(&f);
    f.count = 0;
    fuzz_variable_values(q.variables, str_sub(letters, FACTS + 1, letters.len));
    if (q.world->holder)
        state_grid(q.world, letters);
    else
        state_lamps(&f, q.world, str_sub(letters, 0, FACTS + 1));
    judge(&q, &f);
}

int fuzz_cel_check(const uint8_t *data, size_t size) {
    return fuzz_run(check, data, size);
}
