// SPDX-License-Identifier: Apache-2.0
//
// Building the trees. What a definition's parameter stands for is found by going back to its call,
// so that a condition that is handed to a definition is a condition where the definition uses it.
#include "author/decisions.h"

#include "law/policy.h"

enum { MAX_CALLS = 64 }; // within each other; deeper ones stay closed

const char *const decision_names[] = {"applies", "except", "unless", "requires"};

// Where an expression stands: in the rule itself, or in the body of a definition that was called.
typedef struct place_of {
    const call_chain *calls;
    expr *const *args; // of the innermost call
    const struct place_of *caller;
    unsigned depth;
} place_of;

typedef struct builder {
    arena *arena;
    rule_decisions *out;
} builder;

static void build(builder *b, const place_of *at, const expr *e, part *out);

static part *room(builder *b, part *of, uint32_t count) {
    of->parts = arena_array(b->arena, part, count + 1);
    of->count = count;
    return of->parts;
}

static void add_condition(builder *b, const place_of *at, const expr *e, part *out) {
    size_t number = b->out->decisions.len - 1;
    out->kind = PART_CONDITION;
    out->number = MCDC_NOBODYS;
    if (e->kind == EXPR_LITERAL) return; // it is what it is
    out->number = (uint32_t)b->out->conditions.len;
    vec_push(b->arena, &b->out->conditions,
             (condition){e, at->calls, b->out->decisions.at[number], number});
}

static void add_logic(builder *b, const place_of *at, const expr *e, part_kind kind, uint32_t count,
                      part *out) {
    const expr *const from[] = {e->u.logic.a, e->u.logic.b, e->u.logic.c};
    out->kind = kind;
    room(b, out, count);
    for (uint32_t i = 0; i < count; i++)
        build(b, at, from[i], &out->parts[i]);
}

// A `when` and a value for each case; a case without `when` has one that is true.
static void add_cases(builder *b, const place_of *at, const expr *e, part *out) {
    out->kind = PART_CASES;
    part *next = room(b, out, 2 * e->u.cases.count);
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        const expr_case *c = &e->u.cases.cases[i];
        *next = (part){.kind = PART_ALL};
        if (c->when) build(b, at, c->when, next);
        build(b, at, c->value, next + 1);
        next += 2;
    }
}

static bool add_macro(builder *b, const place_of *at, const expr *e, part *out) {
    switch (e->op) {
    case MACRO_EXISTS: out->kind = PART_EXISTS; break;
    case MACRO_ALL: out->kind = PART_EVERY; break;
    case MACRO_BIND: out->kind = PART_BIND; break;
    default: return false;
    }
    build(b, at, e->u.macro.body, room(b, out, 1));
    return true;
}

static const definition *called(const expr *e) {
    const definition *d = e->kind == EXPR_CALL ? e->u.call.definition : NULL;
    if (e->kind == EXPR_IDENT && e->u.ident.ref == REF_DEFINITION) d = e->u.ident.definition;
    return d && !d->open && d->body && !definition_parameter(d) ? d : NULL;
}

static bool add_call(builder *b, const place_of *at, const expr *e, part *out) {
    const definition *d = called(e);
    if (!d || at->depth == MAX_CALLS) return false;
    call_chain *chain = arena_new(b->arena, call_chain);
    *chain = (call_chain){at->calls, e, d};
    place_of inside = {.calls = chain, .caller = at, .depth = at->depth + 1};
    if (e->kind == EXPR_CALL) inside.args = e->u.call.args;
    out->kind = PART_CALL;
    build(b, &inside, d->body, room(b, out, 1));
    return true;
}

static bool add_argument(builder *b, const place_of *at, const expr *e, part *out) {
    if (!at->calls || e->u.ident.ref != REF_LOCAL || !at->args ||
        e->u.ident.index >= at->calls->definition->param_count)
        return false;
    out->kind = PART_ARGUMENT;
    build(b, at->caller, at->args[e->u.ident.index], room(b, out, 1));
    return true;
}

static void build_kind(builder *b, const place_of *at, const expr *e, part *out) {
    *out = (part){.e = e, .number = MCDC_NOBODYS};
    bool open = false;
    switch ((expr_kind)e->kind) {
    case EXPR_NOT: add_logic(b, at, e, PART_NOT, 1, out); return;
    case EXPR_AND: add_logic(b, at, e, PART_ALL, 2, out); return;
    case EXPR_OR: add_logic(b, at, e, PART_ANY, 2, out); return;
    case EXPR_COND: add_logic(b, at, e, PART_CHOICE, 3, out); return;
    case EXPR_CASES: add_cases(b, at, e, out); return;
    case EXPR_MACRO: open = add_macro(b, at, e, out); break;
    case EXPR_IDENT: open = add_argument(b, at, e, out) || add_call(b, at, e, out); break;
    case EXPR_CALL: open = add_call(b, at, e, out); break;
    default: break;
    }
    if (!open) add_condition(b, at, e, out);
}

static void build(builder *b, const place_of *at, const expr *e, part *out) {
    uint32_t first = (uint32_t)b->out->conditions.len;
    build_kind(b, at, e, out);
    out->first = first;
    out->last = (uint32_t)b->out->conditions.len;
}

// --- lines of a rule

static void build_line(builder *b, const cond *c, part *out) {
    static const place_of rule_itself = {0};
    uint32_t first = (uint32_t)b->out->conditions.len;
    if (c->kind == COND_TEST) {
        build(b, &rule_itself, c->test, out);
    } else {
        *out = (part){.kind = c->kind == COND_ANY ? PART_ANY : PART_ALL, .number = MCDC_NOBODYS};
        room(b, out, (uint32_t)c->count);
        for (uint32_t i = 0; i < out->count; i++)
            build_line(b, &c->parts[i], &out->parts[i]);
    }
    out->line = c;
    out->first = first;
    out->last = (uint32_t)b->out->conditions.len;
}

static void add_decision(builder *b, decision_kind kind, const cond *c, const exception *e) {
    decision *d = arena_new(b->arena, decision);
    *d = (decision){.kind = kind, .exception = e};
    vec_push(b->arena, &b->out->decisions, d);
    build_line(b, c, &d->root);
}

static void add_exceptions(builder *b, decision_kind kind, const exception *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        add_decision(b, kind, &list[i].when, &list[i]);
        add_exceptions(b, DECISION_UNLESS, list[i].unless, list[i].unless_count);
    }
}

const rule_decisions *decisions_of(arena *a, const rule *r) {
    rule_decisions *out = arena_new(a, rule_decisions);
    builder b = {a, out};
    out->rule = r;
    add_decision(&b, DECISION_APPLIES, &r->applies, NULL);
    add_exceptions(&b, DECISION_EXCEPT, r->except, r->except_count);
    if (!r->prohibition) add_decision(&b, DECISION_REQUIRES, &r->requires_, NULL);
    return out;
}
