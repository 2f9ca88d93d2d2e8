// SPDX-License-Identifier: Apache-2.0
//
// The general walker over a linked tree: names, logic, calls, literals, dated cases. Three-valued
// with errors: in `&&` and `||` a deciding value wins, then unknown over error; in all else an
// error wins over unknown. Macros are in eval_macro.c, members in eval_select.c, functions in the
// std_ files. Knows nothing of law.
#include "cel/eval.h"

#include <string.h>

value cel_fail(const cel_run *run, const expr *at, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    str message = str_vformat(run->arena, fmt, args);
    va_end(args);
    span place = at->text ? cel_span(at) : (span){0};
    return value_error_of(run->arena, place, "%.*s", STR_ARG(message));
}

value cel_too_much(const cel_run *run, const expr *at) {
    return cel_fail(run, at, "too much work: the expression is evaluated in too many steps");
}

bool cel_spend(cel_run *run, size_t steps) {
    if (steps > run->steps_left) {
        run->steps_left = 0;
        return false;
    }
    run->steps_left -= steps;
    return true;
}

value cel_equal(cel_run *run, const expr *at, value x, value y) {
    if (x.kind == VALUE_STRING && y.kind == VALUE_STRING && run->steps_left > 0) { // most often
        run->steps_left--;
        return value_bool(str_eq(value_text(x), value_text(y)));
    }
    value result = value_equal_within(run->arena, &run->steps_left, x, y);
    return result.kind == VALUE_ERROR && run->steps_left == 0 ? cel_too_much(run, at) : result;
}

// --- logic

// What a condition says; OPEN is unknown, and so not the same as FAILED.
static value not_bool(const cel_run *run, const expr *e, value v) {
    if (v.kind == VALUE_BOOL || v.kind == VALUE_UNKNOWN || v.kind == VALUE_ERROR) return v;
    return cel_fail(run, e, "this is a condition and must be a bool, but it is %s",
                    value_kind_name(v));
}

static value condition(cel_run *run, const expr *e, value *frame) {
    return not_bool(run, e, cel_eval(run, e, frame));
}

// `&&` where `decider` is false, `||` where it is true.
static value both(cel_run *run, const expr *e, value *frame, bool decider) {
    value a = condition(run, e->u.logic.a, frame);
    if (a.kind == VALUE_BOOL && a.u.b == decider) return a;
    value b = condition(run, e->u.logic.b, frame);
    if (b.kind == VALUE_BOOL && b.u.b == decider) return b;
    if (a.kind == VALUE_UNKNOWN || b.kind == VALUE_UNKNOWN) return value_unknown();
    return a.kind == VALUE_ERROR ? a : b;
}

static value negate(cel_run *run, const expr *e, value *frame) {
    value v = condition(run, e->u.logic.a, frame);
    return v.kind == VALUE_BOOL ? value_bool(!v.u.b) : v;
}

static value choose(cel_run *run, const expr *e, value *frame) {
    value v = condition(run, e->u.logic.a, frame);
    if (v.kind != VALUE_BOOL) return v;
    return cel_eval(run, v.u.b ? e->u.logic.b : e->u.logic.c, frame);
}

// --- definitions, by need

// An argument that waits in a slot of a definition's frame: its expression and the frame of the
// call. It never leaves the frame: reading the slot evaluates it and puts the value in its place.
enum { WAITING = 0xff };

typedef struct waiting {
    value marker; // first, so that a value can point to it
    const expr *e;
    value *frame;
} waiting;

value cel_slot(cel_run *run, value *frame, uint32_t slot) {
    value v = frame[slot];
    if (v.kind != WAITING) return v;
    const waiting *w = (const waiting *)(const void *)v.u.optional;
    frame[slot] = cel_eval(run, w->e, w->frame);
    return frame[slot];
}

static const expr *body_of(const cel_run *run, const definition *d) {
    const cel_hooks *h = &run->hooks;
    const expr *body = h->body ? h->body(h->ctx, d) : NULL;
    return body ? body : d->body;
}

// An opinion answers; else what is presumed, where it is true; else nobody does, yet.
static value open_term(cel_run *run, const definition *d, value *frame) {
    for (uint32_t i = 0; i < d->param_count; i++)
        if (cel_slot(run, frame, i).kind == VALUE_ERROR) return frame[i];
    const cel_hooks *h = &run->hooks;
    const expr *presume = body_of(run, d);
    value said = h->open_term ? h->open_term(h->ctx, d, frame, d->param_count) : value_unknown();
    if (said.kind != VALUE_UNKNOWN) return said;
    value presumed = presume ? cel_eval(run, presume, frame) : value_unknown();
    if (presumed.kind == VALUE_BOOL && presumed.u.b &&
        (!h->presumed || h->presumed(h->ctx, d, frame, d->param_count)))
        return presumed;
    return h->unanswered ? h->unanswered(h->ctx, d, frame, d->param_count) : value_unknown();
}

// The value of a definition where `at` names or calls it.
static value expand(cel_run *run, const expr *at, const definition *d, expr *const *args,
                    value *caller) {
    enum { FEW = 8 };
    if (d->param_count && !args)
        return cel_fail(run, at, "`%.*s` needs its arguments", STR_ARG(d->name));
    value few[FEW] = {0};
    waiting few_args[FEW];
    size_t slots = d->frame > d->param_count ? d->frame : d->param_count;
    value *frame = slots <= FEW ? few : arena_array(run->arena, value, slots);
    waiting *w = slots <= FEW ? few_args : arena_array(run->arena, waiting, d->param_count);
    for (size_t i = 0; i < d->param_count; i++) {
        w[i] = (waiting){.e = args[i], .frame = caller};
        frame[i] = (value){.kind = WAITING, .u.optional = &w[i].marker};
    }
    if (d->open) return open_term(run, d, frame);
    const expr *body = body_of(run, d);
    if (body) return cel_eval(run, body, frame);
    return cel_fail(run, at, "`%.*s` has no value here", STR_ARG(d->name));
}

// --- names and calls

static value name(cel_run *run, const expr *e, value *frame) {
    switch (e->u.ident.ref) {
    case REF_LOCAL: return cel_slot(run, frame, e->u.ident.index);
    case REF_GLOBAL:
        if (run->hooks.touch) run->hooks.touch(run->hooks.ctx, NULL, e->u.ident.index);
        return run->globals[e->u.ident.index];
    case REF_DEFINITION: return expand(run, e, e->u.ident.definition, NULL, frame);
    case REF_CONSTANT: return e->u.ident.constant;
    default: break;
    }
    return cel_fail(run, e, "there is nothing of the name `%.*s`", STR_ARG(e->u.ident.name));
}

value cel_no_overload(const cel_run *run, const expr *call, const value *args, size_t count) {
    buf kinds = {.arena = run->arena};
    for (size_t i = 0; i < count; i++)
        buf_addf(&kinds, "%s%s", i ? ", " : "", value_kind_name(args[i]));
    return cel_fail(run, call, "no such overload: `%.*s` does not take (%.*s)",
                    STR_ARG(call->u.call.function), STR_ARG(buf_str(&kinds)));
}

// What a strict call answers without being run: the first error, else unknown. True: it has to run.
static bool runs(const cel_run *run, const expr *e, const value *args, size_t count, value *out) {
    unsigned flags = e->u.call.row->flags;
    bool unknown = false;
    if (flags & CEL_NONSTRICT) return true;
    for (size_t i = 0; i < count; i++) {
        if (args[i].kind == VALUE_ERROR) {
            *out = args[i];
            return false;
        }
        if (args[i].kind == VALUE_NONE) {
            *out = cel_fail(run, e, "`%.*s` needs a value, and there is none",
                            STR_ARG(e->u.call.function));
            return false;
        }
        if (args[i].kind == VALUE_UNKNOWN) unknown = true;
        if (args[i].kind == VALUE_RANGE && !(flags & CEL_BOUNDS)) unknown = true;
    }
    *out = value_unknown();
    return !unknown;
}

static value call(cel_run *run, const expr *e, value *frame) {
    enum { FEW = 6 };
    if (e->u.call.definition) return expand(run, e, e->u.call.definition, e->u.call.args, frame);
    if (!e->u.call.row)
        return cel_fail(run, e, "there is no function `%.*s` for this call",
                        STR_ARG(e->u.call.function));
    size_t receiver = e->u.call.target ? 1 : 0, count = e->u.call.count + receiver;
    value few[FEW], result;
    value *args = count <= FEW ? few : arena_array(run->arena, value, count);
    if (receiver) args[0] = cel_eval(run, e->u.call.target, frame);
    for (size_t i = receiver; i < count; i++)
        args[i] = cel_eval(run, e->u.call.args[i - receiver], frame);
    if (!runs(run, e, args, count, &result)) return result;
    const cel_function *row = e->u.call.row;
    if (!(row->flags & (CEL_ANY_KIND | CEL_NONSTRICT)) && !cel_takes(row, args, count))
        return cel_no_overload(run, e, args, count);
    return row->run(run, e, args, count);
}

static value select(cel_run *run, const expr *e, value *frame) {
    value operand = cel_eval(run, e->u.select.operand, frame);
    select_mode mode = e->test ? SELECT_HAS : e->optional ? SELECT_OPTIONAL : SELECT_PLAIN;
    return cel_select(run, e, operand, e->u.select.field, mode);
}

// --- lists and maps as they are written

// The value of an entry; false: an optional one that is not there. An entry that is no optional, or
// an open or failed one, makes `*whole` the result.
static bool entry(cel_run *run, const expr_entry *entry_of, value *frame, value *out,
                  value *whole) {
    *out = cel_eval(run, entry_of->value, frame);
    if (out->kind == VALUE_NONE)
        *out = cel_fail(run, entry_of->value, "a list or map cannot hold what there is none of");
    if (out->kind == VALUE_ERROR) *whole = *out;
    if (!entry_of->optional || out->kind == VALUE_ERROR) return true;
    if (out->kind == VALUE_UNKNOWN) {
        *whole = *out;
        return true;
    }
    if (out->kind != VALUE_OPTIONAL) {
        *whole = cel_fail(run, entry_of->value, "after `?` there must be an optional, not %s",
                          value_kind_name(*out));
        return true;
    }
    if (!out->u.optional) return false;
    *out = *out->u.optional;
    return true;
}

// An error anywhere wins over what is unknown as a whole.
static void settle(value *result, value whole) {
    if (result->kind == VALUE_ERROR || whole.kind == VALUE_BOOL) return;
    *result = whole;
}

// The list that was made once, at the price of making it.
static bool take_constant(cel_run *run, const expr *e, value *out) {
    const value_list *made = e->u.list.constant;
    if (!made || run->depth >= CEL_MAX_DEPTH || made->count > run->steps_left) return false;
    run->steps_left -= made->count;
    *out = (value){.kind = VALUE_LIST, .u.list = made};
    return true;
}

static value list(cel_run *run, const expr *e, value *frame) {
    value constant;
    if (take_constant(run, e, &constant)) return constant;
    value *items = arena_array(run->arena, value, e->u.list.count);
    value result = VALUE_TRUE; // stands for "no objection"
    size_t count = 0;
    for (uint32_t i = 0; i < e->u.list.count; i++) {
        value item, whole = VALUE_TRUE;
        bool there = entry(run, &e->u.list.entries[i], frame, &item, &whole);
        settle(&result, whole);
        if (there) items[count++] = item;
    }
    if (result.kind != VALUE_BOOL) return result;
    return value_list_of(run->arena, items, count, false);
}

// An objection to a key, or VALUE_TRUE.
static value check_key(cel_run *run, const expr *at, value key, const value *keys, size_t count) {
    if (key.kind == VALUE_ERROR || key.kind == VALUE_UNKNOWN) return key;
    if (key.kind == VALUE_RANGE) return value_unknown();
    if (!cel_is_key(key))
        return cel_fail(run, at, "a key must be a bool, int, uint or string, not %s",
                        value_kind_name(key));
    for (size_t i = 0; i < count; i++) {
        value same = cel_equal(run, at, keys[i], key);
        if (same.kind != VALUE_BOOL) return same;
        if (same.u.b) return cel_fail(run, at, "the map has this key twice");
    }
    return VALUE_TRUE;
}

static value map_literal(cel_run *run, const expr *e, value *frame) {
    value *keys = arena_array(run->arena, value, e->u.list.count);
    value *values = arena_array(run->arena, value, e->u.list.count);
    value result = VALUE_TRUE;
    size_t count = 0;
    for (uint32_t i = 0; i < e->u.list.count; i++) {
        const expr_entry *en = &e->u.list.entries[i];
        value key = cel_eval(run, en->key, frame), item, whole = VALUE_TRUE;
        bool there = entry(run, en, frame, &item, &whole);
        settle(&result, whole);
        settle(&result, check_key(run, en->key, key, keys, count));
        if (!there || result.kind != VALUE_BOOL) continue;
        keys[count] = key;
        values[count++] = item;
    }
    return result.kind == VALUE_BOOL ? cel_map_of(run, keys, values, count) : result;
}

value cel_map_of(const cel_run *run, const value *keys, const value *values, size_t count) {
    value_map *m = arena_new(run->arena, value_map);
    *m = (value_map){.count = (uint32_t)count, .keys = keys, .values = values};
    return (value){.kind = VALUE_MAP, .u.map = m};
}

// --- dated cases

static bool in_window(const expr_case *c, day as_of) {
    return (!c->has_from || as_of >= c->from) && (!c->has_until || as_of < c->until);
}

// Brings another value that is still possible to what the earlier ones said.
static value agree(cel_run *run, const expr *e, const value *earlier, value v) {
    if (!earlier) return v;
    if (earlier->kind == VALUE_ERROR && v.kind == VALUE_ERROR) return v;
    value same = cel_equal(run, e, *earlier, v);
    return same.kind == VALUE_BOOL && same.u.b ? v : value_unknown();
}

static value cases(cel_run *run, const expr *e, value *frame) {
    value so_far = {0};
    bool any = false;
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        const expr_case *c = &e->u.cases.cases[i];
        if (!in_window(c, run->as_of)) continue;
        value when = c->when ? condition(run, c->when, frame) : VALUE_TRUE;
        if (when.kind == VALUE_BOOL && !when.u.b) continue;
        value v = when.kind == VALUE_ERROR ? when : cel_eval(run, c->value, frame);
        so_far = agree(run, e, any ? &so_far : NULL, v);
        any = true;
        if (when.kind != VALUE_UNKNOWN || so_far.kind == VALUE_UNKNOWN) return so_far;
    }
    value nothing = cel_fail(run, e, "no case holds on this date");
    return agree(run, e, any ? &so_far : NULL, nothing);
}

// --- the walker

static value literal(cel_run *run, const expr *e, value *frame) {
    (void)run;
    (void)frame;
    return e->u.literal;
}

static value and_then(cel_run *run, const expr *e, value *frame) {
    return both(run, e, frame, false);
}

static value or_else(cel_run *run, const expr *e, value *frame) {
    return both(run, e, frame, true);
}

// A table and no switch, so that a name or a literal does not pay for the frame of a call.
static value (*const walkers[])(cel_run *run, const expr *e, value *frame) = {
    [EXPR_LITERAL] = literal, [EXPR_IDENT] = name,      [EXPR_SELECT] = select,
    [EXPR_CALL] = call,       [EXPR_NOT] = negate,      [EXPR_AND] = and_then,
    [EXPR_OR] = or_else,      [EXPR_COND] = choose,     [EXPR_LIST] = list,
    [EXPR_MAP] = map_literal, [EXPR_MACRO] = cel_macro, [EXPR_CASES] = cases,
};

value cel_eval(cel_run *run, const expr *e, value *frame) {
    if (!cel_spend(run, 1)) return cel_too_much(run, e);
    if (run->depth >= CEL_MAX_DEPTH)
        return cel_fail(run, e, "too deep: the evaluation is nested more than %d times",
                        (int)CEL_MAX_DEPTH);
    if (e->kind >= sizeof walkers / sizeof walkers[0])
        return cel_fail(run, e, "this kind of expression is not known");
    run->depth++;
    value v = walkers[e->kind](run, e, frame);
    run->depth--;
    return v;
}
