// SPDX-License-Identifier: Apache-2.0
//
// A form is exact where every fact is only compared with what is written out, and lists are only
// asked by `exists` and `all`, each about its own elements. Then facts fall into cells that no
// condition tells apart inside; and since each question about a list is answered by one element, or
// holds for all, a list of as many elements as there are questions tells every outcome. Whatever
// else a condition does is said in `why`, and nothing is proved from it.
#include "author/form.h"
#include "author/linter.h"

enum { MOST_SLOTS = 64, MOST_DEPTH = 64, MOST_WEIGHT = 64 };

// What a slot of a frame holds: something written out, or what belongs to no element that is asked
// about (0), or an element of the n-th question around.
enum { TAG_CONSTANT = 255 };

// What an expression stands for: a fact, or an element of one that is a list; NULL: something else.
typedef struct meant {
    const fact *fact;
    bool element;
} meant;

typedef struct walk {
    form *form;
    uint8_t tags[MOST_SLOTS];
    meant slots[MOST_SLOTS];
    uint8_t depth;  // of questions around
    size_t weight;  // how often it is asked, for each word of a list that is written out
    unsigned level; // of definitions and questions that are entered
} walk;

static void visit(walk *w, const expr *e);

static void not_exact(walk *w, const char *fmt, str what) {
    if (w->form->why.len) return;
    w->form->why = str_format(w->form->arena, fmt, STR_ARG(what));
}

// The same with the text of what it does.
static void not_exact_at(walk *w, const char *what, const expr *e) {
    enum { SHOWN = 80 };
    buf text = {.arena = w->form->arena};
    if (w->form->why.len) return;
    cel_print(&text, e);
    str shown = str_sub(buf_str(&text), 0, SHOWN);
    while (shown.len && ((unsigned char)shown.ptr[shown.len - 1] & 0x80))
        shown.len--; // not within a character
    w->form->why = str_format(w->form->arena, "%s: `%.*s%s`", what, STR_ARG(shown),
                              buf_str(&text).len > SHOWN ? "…" : "");
}

static uint8_t tag_of(const walk *w, const expr *e) {
    while (e->kind == EXPR_SELECT)
        e = e->u.select.operand;
    bool local = e->kind == EXPR_IDENT && e->u.ident.ref == REF_LOCAL;
    return local && e->u.ident.index < MOST_SLOTS ? w->tags[e->u.ident.index] : 0;
}

// --- what is written out

static bool is_constant(const walk *w, const expr *e, unsigned level);

static bool is_constant_call(const walk *w, const expr *e, unsigned level) {
    static const char *const functions[] = {"date", "period", "money", "-_"};
    bool known = false;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        known |= str_is(e->u.call.function, functions[i]);
    if (!known || e->u.call.definition) return false;
    for (uint32_t i = 0; i < e->u.call.count; i++)
        if (!is_constant(w, e->u.call.args[i], level)) return false;
    return !e->u.call.target || is_constant(w, e->u.call.target, level);
}

static bool is_constant_ident(const walk *w, const expr *e, unsigned level) {
    const definition *d = e->u.ident.definition;
    if (e->u.ident.ref == REF_LOCAL) return tag_of(w, e) == TAG_CONSTANT;
    if (e->u.ident.ref == REF_GLOBAL) return e->u.ident.index == FACTS_AS_OF;
    return d && !d->open && d->body && is_constant(w, d->body, level + 1);
}

// Cases whose values are written out count, whatever chooses between them: facts are cut at all of
// them.
static bool is_constant(const walk *w, const expr *e, unsigned level) {
    if (level > MOST_DEPTH) return false;
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL: return true;
    case EXPR_IDENT: return is_constant_ident(w, e, level);
    case EXPR_CALL: return is_constant_call(w, e, level);
    case EXPR_LIST:
        for (uint32_t i = 0; i < e->u.list.count; i++)
            if (!is_constant(w, e->u.list.entries[i].value, level + 1)) return false;
        return true;
    case EXPR_CASES:
        for (uint32_t i = 0; i < e->u.cases.count; i++)
            if (!is_constant(w, e->u.cases.cases[i].value, level + 1)) return false;
        return true;
    default: return false;
    }
}

// A fact as it is: a name, or what is selected from one.
static bool is_fact(const walk *w, const expr *e) {
    while (e->kind == EXPR_SELECT && !e->optional && !e->test)
        e = e->u.select.operand;
    return e->kind == EXPR_IDENT && !e->u.ident.definition && tag_of(w, e) != TAG_CONSTANT;
}

// --- which fact is meant

static const record_def *record_of(meant m) {
    const fact *f = m.fact;
    if (!f || (f->list && !m.element)) return NULL;
    return f->kind == FACT_RECORD ? f->record : f->kind == FACT_REF ? f->ref->record : NULL;
}

static meant meant_by_name(const walk *w, const expr *e) {
    const vocabulary *v = &w->form->rules->vocabulary;
    uint32_t i = e->u.ident.index;
    if (e->u.ident.ref == REF_LOCAL) return i < MOST_SLOTS ? w->slots[i] : (meant){0};
    if (e->u.ident.ref != REF_GLOBAL) return (meant){0};
    if (i == FACTS_MARKET && v->engine.markets) return (meant){&v->engine.markets->self, true};
    bool is_entity = i >= FACTS_FIRST_ENTITY && i - FACTS_FIRST_ENTITY < v->entities.len;
    return is_entity ? (meant){&v->entities.at[i - FACTS_FIRST_ENTITY]->self, false} : (meant){0};
}

static meant meant_by(const walk *w, const expr *e) {
    if (e->kind == EXPR_IDENT) return meant_by_name(w, e);
    if (e->kind != EXPR_SELECT || e->test || e->optional) return (meant){0};
    const record_def *def = record_of(meant_by(w, e->u.select.operand));
    return (meant){def ? record_fact(def, e->u.select.field) : NULL, false};
}

static bool is_word_kind(const fact *f) {
    return f->kind == FACT_ENUM || f->kind == FACT_COUNTRY || f->kind == FACT_JURISDICTION ||
           f->kind == FACT_PLACE;
}

// A word, number or date.
static bool is_plain(const walk *w, const expr *e) {
    meant m = meant_by(w, e);
    if (is_constant(w, e, 0)) return true;
    if (!m.fact || (m.fact->list && !m.element)) return false;
    return is_word_kind(m.fact) || m.fact->kind == FACT_BOOL || m.fact->kind == FACT_STRING ||
           m.fact->kind == FACT_INT || m.fact->kind == FACT_DOUBLE || m.fact->kind == FACT_DATE;
}

static bool is_word_list(const walk *w, const expr *e) {
    meant m = meant_by(w, e);
    return m.fact && m.fact->list && !m.element && is_word_kind(m.fact);
}

// --- calls

static void count_question(walk *w, str name, size_t times);

// `size(list) == 2`: as many questions as tell two from one and three.
static bool visit_size(walk *w, const expr *a, const expr *b) {
    enum { MOST = 3 };
    bool call = a->kind == EXPR_CALL && !a->u.call.definition && str_is(a->u.call.function, "size");
    const expr *list = !call ? NULL : a->u.call.target ? a->u.call.target : a->u.call.args[0];
    bool small = b->kind == EXPR_LITERAL && b->u.literal.kind == VALUE_INT &&
                 b->u.literal.u.i >= 0 && b->u.literal.u.i < MOST;
    if (!list || !small || !is_fact(w, list) || tag_of(w, list) != w->depth ||
        is_word_list(w, list))
        return false;
    meant m = meant_by(w, list);
    if (m.fact) count_question(w, m.fact->name, w->weight * ((size_t)b->u.literal.u.i + 1));
    return m.fact != NULL;
}

static void visit_comparison(walk *w, const expr *e) {
    const expr *a = e->u.call.target ? e->u.call.target : e->u.call.args[0];
    const expr *b = e->u.call.args[e->u.call.count - 1];
    bool fits = (is_fact(w, a) && is_constant(w, b, 0)) ||
                (is_constant(w, a, 0) && is_fact(w, b)) ||
                (is_constant(w, a, 0) && is_constant(w, b, 0));
    const expr *read = is_fact(w, a) ? a : b;
    if (visit_size(w, a, b)) return;
    if (!fits)
        not_exact_at(w, "it compares what is worked out", e);
    else if (is_fact(w, read) && !is_plain(w, read))
        not_exact_at(w, "it compares more than words, numbers and dates", e);
    visit(w, a);
    visit(w, b);
}

static void visit_in(walk *w, const expr *e) {
    const expr *what = e->u.call.args[0], *list = e->u.call.args[1];
    bool of_words = is_fact(w, list) && is_word_list(w, list) && is_constant(w, what, 0);
    bool among = is_constant(w, list, 0) && is_plain(w, what) &&
                 (is_fact(w, what) || is_constant(w, what, 0));
    if (!of_words && !among) not_exact_at(w, "it looks something up in a list", e);
    visit(w, what);
    visit(w, list);
}

static bool too_deep(walk *w) {
    if (w->level >= MOST_DEPTH) not_exact(w, "it is nested too deeply%.*s", STR(""));
    return w->level >= MOST_DEPTH;
}

// What a definition is given is a fact, or written out; so that asking it twice is asking no more.
static void visit_definition(walk *w, const definition *d, expr *const *args, size_t count) {
    walk inner = *w;
    const parameter *q = definition_parameter(d);
    if (d->open) not_exact(w, "it asks the open term `%.*s`", d->name);
    if (q && q->setting_count) not_exact(w, "places set `%.*s`", d->name);
    if (too_deep(w) || !d->body) return;
    for (size_t i = 0; i < count && i < MOST_SLOTS; i++) {
        bool plain = is_fact(w, args[i]), written = is_constant(w, args[i], 0);
        if (!plain && !written) not_exact(w, "`%.*s` is given what is worked out", d->name);
        inner.tags[i] = written ? TAG_CONSTANT : tag_of(w, args[i]);
        inner.slots[i] = meant_by(w, args[i]);
        visit(w, args[i]);
    }
    inner.level++;
    visit(&inner, d->body);
}

static void visit_call(walk *w, const expr *e) {
    static const char *const compares[] = {"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"};
    str name = e->u.call.function;
    if (e->u.call.definition) {
        visit_definition(w, e->u.call.definition, e->u.call.args, e->u.call.count);
        return;
    }
    for (size_t i = 0; i < sizeof compares / sizeof *compares; i++)
        if (str_is(name, compares[i])) {
            visit_comparison(w, e);
            return;
        }
    if (str_is(name, "@in"))
        visit_in(w, e);
    else if (!is_constant(w, e, 0))
        not_exact(w, "it calls `%.*s`", name);
}

// --- questions about lists

static void count_question(walk *w, str name, size_t times) {
    form *f = w->form;
    size_t *seen = map_get(&f->seen, name);
    if (!seen) {
        seen = arena_new(f->arena, size_t);
        map_put(f->arena, &f->seen, name, seen);
    }
    *seen += times;
}

static str list_name(const expr *e) {
    return e->kind == EXPR_SELECT ? e->u.select.field : e->u.ident.name;
}

static void visit_macro(walk *w, const expr *e) {
    const expr *range = e->u.macro.range;
    walk inner = *w;
    bool asks = e->u.macro.body && !e->u.macro.filter && !e->u.macro.vars[1].len &&
                (e->u.macro.slots[0] < MOST_SLOTS) && (e->op == MACRO_EXISTS || e->op == MACRO_ALL);
    bool words = asks && range->kind == EXPR_LIST && is_constant(w, range, 0);
    if (!asks) not_exact_at(w, "it works a list over", e);
    if (!asks || too_deep(w)) return;
    inner.level++;
    if (!words && (!is_fact(w, range) || tag_of(w, range) != w->depth))
        not_exact_at(w, "it asks about one list within another", range);
    inner.slots[e->u.macro.slots[0]] = (meant){meant_by(w, range).fact, true};
    inner.tags[e->u.macro.slots[0]] = words ? TAG_CONSTANT : (uint8_t)(w->depth + 1);
    if (words) {
        inner.weight *= range->u.list.count ? range->u.list.count : 1;
    } else if (is_fact(w, range)) {
        inner.depth++;
        count_question(w, list_name(range), w->weight);
    }
    if (inner.weight > MOST_WEIGHT) not_exact_at(w, "it asks too much at once", e);
    visit(w, range);
    visit(&inner, e->u.macro.body);
}

// --- expressions

static void visit_ident(walk *w, const expr *e) {
    uint32_t i = e->u.ident.index;
    if (e->u.ident.definition) visit_definition(w, e->u.ident.definition, NULL, 0);
    if (e->u.ident.ref != REF_GLOBAL) return;
    if (i == FACTS_START || i == FACTS_PLACE || i == FACTS_PLACES || i == FACTS_ENGAGEMENTS)
        not_exact(w, "it reads `%.*s`", e->u.ident.name);
}

static void visit_part(void *ctx, expr *part) {
    visit(ctx, part);
}

static void visit(walk *w, const expr *e) {
    switch ((expr_kind)e->kind) {
    case EXPR_IDENT: visit_ident(w, e); break;
    case EXPR_CALL: visit_call(w, e); break;
    case EXPR_MACRO: visit_macro(w, e); break;
    case EXPR_MAP: not_exact_at(w, "it makes a map", e); break;
    case EXPR_SELECT:
        if (e->optional) not_exact_at(w, "it selects what may be none", e);
        visit(w, e->u.select.operand);
        break;
    default: cel_each_part(e, visit_part, w); break;
    }
}

// --- rules

// The first slots are each-names, which belong to no question; a role's are its party and its
// engagement.
static walk begin(const form *f, const rule *r) {
    walk w = {.form = (form *)f, .weight = 1};
    const engine_facts *e = &f->rules->vocabulary.engine;
    if (!r && e->parties) w.slots[0] = (meant){&e->parties->self, true};
    if (!r && e->engagements) w.slots[1] = (meant){e->engagements, true};
    for (size_t i = 0; r && i < r->each_count && i < MOST_SLOTS; i++)
        w.slots[i] = (meant){meant_by(&w, r->each[i].list).fact, true};
    return w;
}

static void add(form *f, const rule *r, const expr *e) {
    walk w = begin(f, r);
    if (e) visit(&w, e);
}

void form_add_role_cond(form *f, const cond *c) {
    add(f, NULL, c->test);
    for (size_t i = 0; i < c->count; i++)
        form_add_role_cond(f, &c->parts[i]);
}

static void add_each(form *f, const rule *r) {
    walk w = begin(f, r);
    for (size_t i = 0; i < r->each_count; i++) {
        if (is_fact(&w, r->each[i].list))
            count_question(&w, list_name(r->each[i].list), 1);
        else
            not_exact_at(&w, "`each` goes over a list that is worked out", r->each[i].list);
    }
}

typedef struct rule_form {
    form *form;
    const rule *rule;
} rule_form;

static void add_line(void *ctx, const cond *line, const exception *heads) {
    const rule_form *x = ctx;
    (void)heads;
    add(x->form, x->rule, line->test);
}

void form_add_rule(form *f, const rule *r) {
    add_each(f, r);
    if (r->policy->home && !f->why.len) f->why = STR("it binds those who are established there");
    for (size_t i = 0; i < r->effective.count; i++) {
        add(f, r, r->effective.at[i].from);
        add(f, r, r->effective.at[i].until);
        add(f, r, r->effective.at[i].when);
    }
    add(f, r, r->binds);
    rule_lines(r, add_line, &(rule_form){f, r});
    add(f, r, r->due);
    for (size_t i = 0; i < r->policy->status.count; i++)
        add(f, r, r->policy->status.at[i].when);
}

size_t form_elements(const form *f, str name) {
    const size_t *seen = map_get(&f->seen, name);
    return seen ? *seen : 1;
}
