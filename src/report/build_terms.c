// SPDX-License-Identifier: Apache-2.0
//
// The definitions and parameters that a rule's conditions call, each once, those that they call in
// turn included: without them a page about the rule would not say what it means.
#include "report/build.h"

typedef struct collector {
    arena *arena;
    const policy *policy;
    vec(const definition *) found;
} collector;

static void collect(collector *c, const expr *e);

static void add(collector *c, const definition *d) {
    if (!d) return;
    for (size_t i = 0; i < c->found.len; i++)
        if (c->found.at[i] == d) return;
    vec_push(c->arena, &c->found, d);
    collect(c, d->body);
}

static void collect_call(collector *c, const expr *e) {
    collect(c, e->u.call.target);
    for (uint32_t i = 0; i < e->u.call.count; i++)
        collect(c, e->u.call.args[i]);
    add(c, e->u.call.definition);
}

static void collect_entries(collector *c, const expr *e) {
    for (uint32_t i = 0; i < e->u.list.count; i++) {
        collect(c, e->u.list.entries[i].key);
        collect(c, e->u.list.entries[i].value);
    }
}

static void collect_cases(collector *c, const expr *e) {
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        collect(c, e->u.cases.cases[i].when);
        collect(c, e->u.cases.cases[i].value);
    }
}

// As deep as an expression, which the parser limits, and as its definitions, which have no cycles.
static void collect(collector *c, const expr *e) {
    if (!e) return;
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL: break;
    case EXPR_IDENT: add(c, e->u.ident.definition); break;
    case EXPR_SELECT: collect(c, e->u.select.operand); break;
    case EXPR_CALL: collect_call(c, e); break;
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_COND:
        collect(c, e->u.logic.a);
        collect(c, e->u.logic.b);
        collect(c, e->u.logic.c);
        break;
    case EXPR_LIST:
    case EXPR_MAP: collect_entries(c, e); break;
    case EXPR_MACRO:
        collect(c, e->u.macro.range);
        collect(c, e->u.macro.filter);
        collect(c, e->u.macro.body);
        break;
    case EXPR_CASES: collect_cases(c, e); break;
    }
}

static void collect_cond(collector *c, const cond *one) {
    collect(c, one->test);
    for (size_t i = 0; i < one->count; i++)
        collect_cond(c, &one->parts[i]);
}

static void collect_exceptions(collector *c, const exception *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        collect_cond(c, &list[i].when);
        collect_exceptions(c, list[i].unless, list[i].unless_count);
    }
}

// The parameter that a definition reads; NULL: it is none.
static const parameter *parameter_of(const policy *p, const definition *d) {
    const parameter *found = map_get(&p->parameters, d->name);
    return found && found->definition == d ? found : NULL;
}

static str call_text(arena *a, const definition *d) {
    buf b = {.arena = a};
    buf_add(&b, d->name);
    for (size_t i = 0; i < d->param_count; i++) {
        buf_adds(&b, i ? ", " : "(");
        buf_add(&b, d->params[i]);
    }
    if (d->param_count) buf_addc(&b, ')');
    return buf_str(&b);
}

static report_term term(arena *a, const policy *p, const definition *d) {
    report_term out = {.name = call_text(a, d)};
    const parameter *from = parameter_of(p, d);
    if (from) {
        out.text = build_cases(a, &from->cases, true);
        out.cites = str_copy(a, from->cites.text);
        return out;
    }
    if (d->body) out.text = build_expr_text(a, d->body);
    const definition_note *note = map_get(&p->notes, d->name);
    if (note && note->definition == d) {
        out.title = str_copy(a, note->title);
        out.cites = str_copy(a, note->cites.text);
    }
    const open_term *open = d->open ? d->owner : NULL;
    if (open) out.question = str_copy(a, open->question);
    return out;
}

void build_terms(arena *a, report_rule *to, const rule *from) {
    collector c = {.arena = a, .policy = from->policy};
    for (size_t i = 0; i < from->each_count; i++)
        collect(&c, from->each[i].list);
    collect(&c, from->binds);
    collect_cond(&c, &from->applies);
    collect_exceptions(&c, from->except, from->except_count);
    collect_cond(&c, &from->requires_);
    collect(&c, from->due);
    to->terms = arena_array(a, report_term, c.found.len);
    to->term_count = c.found.len;
    for (size_t i = 0; i < c.found.len; i++)
        to->terms[i] = term(a, from->policy, c.found.at[i]);
}
