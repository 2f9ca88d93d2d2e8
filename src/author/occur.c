// SPDX-License-Identifier: Apache-2.0
//
// A proof by cases. That a condition is shown demands values of the parts beside it, these of their
// parts, and so on down to conditions, which demand something of facts; where there is a choice,
// each way is tried. Lists are taken to hold no more than is demanded: an element for each `exists`
// that is to hold, and for each `all` that is not. If no way is left, no manifest shows it. What is
// not followed (dates of lines, lists that are worked out) only makes it find fewer proofs.
#include "author/occur.h"

#include "author/cells.h"

enum { MOST_STEPS = 20000, MOST_DEPTH = 2000 };

// Something that must be so: a part's value or, where `target`, that the condition in it is seen.
typedef struct todo {
    const part *part;
    const scope *at;
    bool wanted, target;
    const struct todo *next;
} todo;

// An element of a list of which something is demanded.
typedef struct element {
    str list;
    uint32_t number;
} element;

// What is demanded of all elements of a list but one.
typedef struct demand_all {
    str list;
    const part *body;
    const scope *at; // outside of the body
    const fact *of;
    uint32_t slot, but;
    bool wanted;
} demand_all;

typedef struct proof {
    terms terms;
    demands demands;
    vec(element) elements;
    vec(demand_all) all;
    uint32_t number, numbers; // of the target; of elements, given out
    bool as, exhausted;
    size_t steps;
    unsigned depth;
} proof;

// Whether all that is to do can be so.
static bool can(proof *p, const todo *list);

static const todo *push(proof *p, const part *what, const scope *at, bool wanted,
                        const todo *next) {
    todo *t = arena_new(p->terms.arena, todo);
    *t = (todo){what, at, wanted, false, next};
    return t;
}

static const todo *push_target(proof *p, const part *what, const scope *at, const todo *next) {
    todo *t = arena_new(p->terms.arena, todo);
    *t = (todo){what, at, false, true, next};
    return t;
}

static bool holds_target(const proof *p, const part *what) {
    return what->first <= p->number && p->number < what->last;
}

// A line with dates may not be there.
static bool is_dated(const part *what) {
    return what->line && (what->line->has_from || what->line->has_until);
}

// --- elements

static const scope *in_body(proof *p, const part *macro, const scope *at, uint32_t number,
                            const fact *of) {
    scope *s = arena_new(p->terms.arena, scope);
    *s = (scope){.outer = at,
                 .kind = SCOPE_ELEMENT,
                 .slot = macro->e->u.macro.slots[0],
                 .element = number,
                 .of = of};
    return s;
}

// An element of a list of references is one of the list that it refers to.
static str list_referred_to(const proof *p, const fact *of) {
    const vocabulary *v = &p->terms.rules->vocabulary;
    for (size_t i = 0; of && of->kind == FACT_REF && of->list && i < v->entities.len; i++)
        if (v->entities.at[i] == of->ref)
            return str_format(p->terms.arena, "@%zu", i + FACTS_FIRST_ENTITY);
    return (str){"", 0};
}

static bool is_in(const proof *p, str list, uint32_t number) {
    for (size_t i = 0; i < p->elements.len; i++)
        if (p->elements.at[i].number == number && str_eq(p->elements.at[i].list, list)) return true;
    return false;
}

// Adds an element; what is demanded of all others of its list is demanded of it.
static const todo *add_element(proof *p, str list, uint32_t number, const fact *of,
                               const todo *next) {
    if (!list.len) return next;
    vec_push(p->terms.arena, &p->elements, (element){list, number});
    for (size_t i = 0; i < p->all.len; i++) {
        const demand_all *a = &p->all.at[i];
        if (a->but == number || !str_eq(a->list, list)) continue;
        scope *s = arena_new(p->terms.arena, scope);
        *s = (scope){a->at, SCOPE_ELEMENT, .slot = a->slot, .element = number, .of = a->of};
        next = push(p, a->body, s, a->wanted, next);
    }
    str all = of ? list_referred_to(p, of) : (str){"", 0};
    return all.len && !is_in(p, all, number) ? add_element(p, all, number, NULL, next) : next;
}

static const todo *add_of_all(proof *p, demand_all a, const todo *next) {
    if (!a.list.len) return next;
    vec_push(p->terms.arena, &p->all, a);
    for (size_t i = 0; i < p->elements.len; i++) {
        const element *e = &p->elements.at[i];
        if (e->number == a.but || !str_eq(e->list, a.list)) continue;
        scope *s = arena_new(p->terms.arena, scope);
        *s = (scope){a.at, SCOPE_ELEMENT, .slot = a.slot, .element = e->number, .of = a.of};
        next = push(p, a.body, s, a.wanted, next);
    }
    return next;
}

// --- exists and all

// The element is one that was spoken of before, or another.
static bool can_be(proof *p, const todo *t, const term *list, uint32_t number, bool known) {
    const part *macro = t->part;
    bool exists = macro->kind == PART_EXISTS;
    const fact *of = list->kind == TERM_FACT ? list->fact : NULL;
    const scope *inside = in_body(p, macro, t->at, number, of);
    str key = list->kind == TERM_FACT ? list->key : (str){"", 0};
    const todo *next = t->target ? push_target(p, macro->parts, inside, t->next)
                                 : push(p, macro->parts, inside, exists, t->next);
    if (!known) next = add_element(p, key, number, of, next);
    if (t->target)
        next = add_of_all(
            p,
            (demand_all){key, macro->parts, t->at, of, macro->e->u.macro.slots[0], number, !exists},
            next);
    return can(p, next);
}

// One element has the value that decides, or is the one that is looked for. It may be one of the
// same list, or of the list that this one refers to, that was spoken of before.
static bool can_some(proof *p, const todo *t, const term *list) {
    str of = list->kind == TERM_FACT ? list_referred_to(p, list->fact) : (str){"", 0};
    size_t before = p->elements.len, all = p->all.len;
    if (can_be(p, t, list, p->numbers++, false)) return true;
    p->elements.len = before;
    p->all.len = all;
    for (size_t i = 0; list->kind == TERM_FACT && i < before; i++) {
        element e = p->elements.at[i];
        bool same = str_eq(e.list, list->key);
        if (!same && !(of.len && str_eq(e.list, of) && !is_in(p, list->key, e.number))) continue;
        if (can_be(p, t, list, e.number, same)) return true;
        p->elements.len = before;
        p->all.len = all;
    }
    return false;
}

// A list that is written out: its elements are known.
static bool can_written(proof *p, const todo *t, const expr *list, const scope *where) {
    const part *macro = t->part;
    bool exists = macro->kind == PART_EXISTS, some = t->target || t->wanted == exists;
    uint32_t count = list->u.list.count;
    for (uint32_t chosen = 0; chosen < (some ? count : 1); chosen++) {
        const todo *next = t->next;
        for (uint32_t i = 0; i < count; i++) {
            scope *s = arena_new(p->terms.arena, scope);
            *s = (scope){.outer = t->at,
                         .kind = SCOPE_BOUND,
                         .slot = macro->e->u.macro.slots[0],
                         .bound = list->u.list.entries[i].value,
                         .bound_at = where};
            if (t->target && i == chosen)
                next = push_target(p, macro->parts, s, next);
            else if (t->target)
                next = push(p, macro->parts, s, !exists, next);
            else if (!some || i == chosen)
                next = push(p, macro->parts, s, t->wanted, next);
        }
        if (can(p, next)) return true;
    }
    return !some && count == 0 && can(p, t->next);
}

static bool can_each(proof *p, const todo *t) {
    const part *macro = t->part;
    bool exists = macro->kind == PART_EXISTS;
    const scope *where = t->at;
    const expr *range = term_behind(&p->terms, macro->e->u.macro.range, &where);
    bool plain = macro->e->u.macro.vars[1].len == 0;
    if (!plain) return true; // not followed
    bool written = range->kind == EXPR_LIST;
    for (uint32_t i = 0; written && i < range->u.list.count; i++)
        written = !range->u.list.entries[i].optional;
    if (written) return can_written(p, t, range, where);
    term list = term_of(&p->terms, range, where);
    if (t->target || t->wanted == exists) return can_some(p, t, &list);
    if (list.kind != TERM_FACT) return can(p, t->next);
    return can(p, add_of_all(p,
                             (demand_all){list.key, macro->parts, t->at, list.fact,
                                          macro->e->u.macro.slots[0], UINT32_MAX, t->wanted},
                             t->next));
}

// --- parts

// All parts have the value.
static bool can_all(proof *p, const todo *t) {
    const todo *next = t->next;
    for (uint32_t i = t->part->count; i-- > 0;)
        if (!is_dated(&t->part->parts[i]))
            next = push(p, &t->part->parts[i], t->at, t->wanted, next);
    return can(p, next);
}

static bool can_one(proof *p, const todo *t) {
    for (uint32_t i = 0; i < t->part->count; i++)
        if (can(p, push(p, &t->part->parts[i], t->at, t->wanted, t->next))) return true;
    return false;
}

// The part with the target is seen where the others have the value that lets it through.
static bool can_see(proof *p, const todo *t) {
    bool neutral = t->part->kind == PART_ALL;
    const todo *next = t->next;
    for (uint32_t i = t->part->count; i-- > 0;) {
        const part *one = &t->part->parts[i];
        if (holds_target(p, one))
            next = push_target(p, one, t->at, next);
        else if (!is_dated(one))
            next = push(p, one, t->at, neutral, next);
    }
    return can(p, next);
}

static bool can_choose(proof *p, const todo *t, bool c, const part *of) {
    return can(p, push(p, &t->part->parts[0], t->at, c, push(p, of, t->at, t->wanted, t->next)));
}

static bool can_choice(proof *p, const todo *t) {
    const part *c = &t->part->parts[0], *x = &t->part->parts[1], *y = &t->part->parts[2];
    if (!t->target) return can_choose(p, t, true, x) || can_choose(p, t, false, y);
    if (holds_target(p, x))
        return can(p, push(p, c, t->at, true, push_target(p, x, t->at, t->next)));
    if (holds_target(p, y))
        return can(p, push(p, c, t->at, false, push_target(p, y, t->at, t->next)));
    for (int one = 0; one < 2; one++) {
        const todo *next = push(p, x, t->at, one == 0, push(p, y, t->at, one == 1, t->next));
        if (can(p, push_target(p, c, t->at, next))) return true;
    }
    return false;
}

// Some case holds and gives the value; that those before it do not hold is not followed.
static bool can_cases(proof *p, const todo *t) {
    for (uint32_t i = 0; i + 1 < t->part->count; i += 2) {
        const part *when = &t->part->parts[i], *gives = &t->part->parts[i + 1];
        const todo *next = t->next;
        if (t->target && holds_target(p, when)) return can(p, push_target(p, when, t->at, next));
        if (t->target && !holds_target(p, gives)) continue;
        next =
            t->target ? push_target(p, gives, t->at, next) : push(p, gives, t->at, t->wanted, next);
        if (can(p, push(p, when, t->at, true, next))) return true;
    }
    return false;
}

static bool can_inside(proof *p, const todo *t, const scope *at, bool wanted) {
    const part *inside = &t->part->parts[0];
    return can(p, t->target ? push_target(p, inside, at, t->next)
                            : push(p, inside, at, wanted, t->next));
}

static bool can_bind(proof *p, const todo *t) {
    scope *s = arena_new(p->terms.arena, scope);
    *s = (scope){.outer = t->at,
                 .kind = SCOPE_BOUND,
                 .slot = t->part->e->u.macro.slots[0],
                 .bound = t->part->e->u.macro.range,
                 .bound_at = t->at};
    return can_inside(p, t, s, t->wanted);
}

// What a parameter stands for stands where the definition was called.
static bool can_argument(proof *p, const todo *t) {
    const scope *at = t->at;
    while (at && at->kind != SCOPE_CALL)
        at = at->outer;
    return !at || can_inside(p, t, at->outer, t->wanted);
}

static bool can_condition(proof *p, const todo *t) {
    bool wanted = t->target ? p->as : t->wanted;
    return demand_condition(&p->demands, t->part->e, t->at, wanted) && can(p, t->next);
}

static bool can_first(proof *p, const todo *t) {
    bool all = t->part->kind == PART_ALL;
    switch (t->part->kind) {
    case PART_CONDITION: return can_condition(p, t);
    case PART_NOT: return can_inside(p, t, t->at, !t->wanted);
    case PART_ALL:
    case PART_ANY:
        return t->target ? can_see(p, t) : t->wanted == all ? can_all(p, t) : can_one(p, t);
    case PART_CHOICE: return can_choice(p, t);
    case PART_CASES: return can_cases(p, t);
    case PART_EXISTS:
    case PART_EVERY: return can_each(p, t);
    case PART_BIND: return can_bind(p, t);
    case PART_CALL: return can_inside(p, t, scope_of_call(&p->terms, t->part->e, t->at), t->wanted);
    case PART_ARGUMENT: return can_argument(p, t);
    }
    return true;
}

// What a way has demanded is taken back where it leads nowhere.
static bool can(proof *p, const todo *list) {
    if (!list) return true;
    if (p->steps++ >= MOST_STEPS || p->depth >= MOST_DEPTH) {
        p->exhausted = true;
        return true;
    }
    size_t demanded = p->demands.demands.len, elements = p->elements.len, all = p->all.len;
    p->depth++;
    bool so = can_first(p, list);
    p->depth--;
    if (!so) {
        p->demands.demands.len = demanded;
        p->elements.len = elements;
        p->all.len = all;
    }
    return so;
}

// What the rule is asked about are elements of the lists of `each`.
static const todo *add_subject(proof *p, const todo *next) {
    const rule *r = p->terms.rule;
    for (uint32_t i = 0; i < r->each_count; i++) {
        term list = term_of(&p->terms, r->each[i].list, NULL);
        p->numbers++;
        if (list.kind == TERM_FACT) next = add_element(p, list.key, i, list.fact, next);
    }
    return next;
}

occurrence condition_occurs(arena *scratch, const ruleset *rules, const rule_decisions *of,
                            uint32_t number, bool as) {
    arena_mark before = arena_here(scratch);
    proof *p = arena_new(scratch, proof);
    *p = (proof){.terms = {scratch, rules, of->rule, 0}, .number = number, .as = as};
    p->demands.terms = &p->terms;
    const todo *first = push_target(p, &of->conditions.at[number].of->root, NULL, NULL);
    bool so = can(p, add_subject(p, first));
    occurrence result = !so ? OCCURS_NEVER : p->exhausted ? OCCURS_UNDECIDED : OCCURS_PERHAPS;
    arena_reset(scratch, before);
    return result;
}
