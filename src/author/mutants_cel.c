// SPDX-License-Identifier: Apache-2.0
//
// Mutants within one expression. Names are not resolved and types not known here: what a mutant
// makes of them is found when it is loaded. The tree is as deep as its parser allows.
#include "author/mutants_build.h"

typedef struct cel_mutator {
    mutator *m;
    const cel_text *text;
    mutant_kind without;
} cel_mutator;

static void walk(cel_mutator *c, const expr *e, neutral is);

static str written(const cel_mutator *c, const expr *e) {
    return str_sub(c->text->text, e->from, e->to);
}

static void put(cel_mutator *c, mutant_kind kind, uint32_t from, uint32_t to, str replacement) {
    mutant_put(c->m, kind, cel_text_span(c->text, from, to), replacement);
}

// Where a sign or name stands between two parts of an expression: beside it there are brackets,
// dots, blanks and comments. False: it does not.
static bool find(const cel_mutator *c, uint32_t from, uint32_t to, str what, uint32_t *at) {
    str s = str_sub(c->text->text, 0, to);
    for (uint32_t i = from; i < s.len; i++) {
        if (str_starts(str_sub(s, i, s.len), STR("//"))) {
            while (i < s.len && s.ptr[i] != '\n')
                i++;
        } else if (str_starts(str_sub(s, i, s.len), what)) {
            *at = i;
            return true;
        }
    }
    return false;
}

// --- what stands alone

// With `step` 0 both neighbours.
static void near(cel_mutator *c, mutant_kind kind, uint32_t from, uint32_t to, int step,
                 str (*neighbour)(arena *, str, int)) {
    str s = str_sub(c->text->text, from, to);
    for (int way = -1; way <= 1; way += 2) {
        str there = step && step != way ? STR("") : neighbour(c->m->arena, s, way);
        if (there.len) put(c, kind, from, to, there);
    }
}

// A text between plain quotes.
static bool is_quoted(const cel_mutator *c, const expr *e) {
    str s = written(c, e);
    return e->kind == EXPR_LITERAL && e->u.literal.kind == VALUE_STRING && s.len >= 2 &&
           str_eq(str_sub(s, 1, s.len - 1), value_text(e->u.literal));
}

static bool calls(const expr *e, const char *function) {
    return e->kind == EXPR_CALL && !e->u.call.target && str_is(e->u.call.function, function);
}

// A number or a date('…') by its neighbours, on the side of `step`. False: it is neither.
static bool quantity(cel_mutator *c, const expr *e, int step) {
    if (e->kind == EXPR_LITERAL && e->u.literal.kind == VALUE_INT) {
        near(c, MUTANT_NUMBER, e->from, e->to, step ? step : 1, near_int);
        return true;
    }
    if (e->kind == EXPR_LITERAL && e->u.literal.kind == VALUE_DOUBLE) {
        near(c, MUTANT_NUMBER, e->from, e->to, step ? step : 1, near_double);
        return true;
    }
    if (e->kind != EXPR_CALL || e->u.call.target || e->u.call.count != 1) return false;
    const expr *arg = e->u.call.args[0];
    if (!is_quoted(c, arg)) return false;
    uint32_t from = arg->from + 1, to = arg->to - 1;
    if (calls(e, "date"))
        near(c, MUTANT_DATE, from, to, step, near_date);
    else if (calls(e, "period"))
        near(c, MUTANT_PERIOD, from, to, step, near_period);
    else if (calls(e, "money"))
        near(c, MUTANT_NUMBER, from, to, step, near_money);
    else
        return false;
    return true;
}

static void literal(cel_mutator *c, const expr *e) {
    if (e->u.literal.kind == VALUE_BOOL)
        put(c, MUTANT_VALUE, e->from, e->to, e->u.literal.u.b ? STR("false") : STR("true"));
    else
        quantity(c, e, 0);
}

// --- operators

// What a comparison becomes, and to which side of a number on its right there is more to try: that
// `x < 3` is not `x <= 3` says already that it is not `x < 4`.
static const struct comparison {
    const char *function, *sign, *other;
    int step;
} comparisons[] = {
    {"_<_", "<", "<=", -1},  {"_<=_", "<=", "<", 1},  {"_>_", ">", ">=", 1},
    {"_>=_", ">=", ">", -1}, {"_==_", "==", "!=", 1}, {"_!=_", "!=", "==", 1},
};

static const struct comparison *comparison_of(const expr *e) {
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (calls(e, comparisons[i].function)) return &comparisons[i];
    return NULL;
}

static void compare(cel_mutator *c, const expr *e, const struct comparison *how) {
    const expr *left = e->u.call.args[0], *right = e->u.call.args[1];
    uint32_t from = e->u.call.function_from, length = (uint32_t)str_of(how->sign).len;
    put(c, MUTANT_COMPARISON, from, from + length, str_of(how->other));
    bool ordered = how->sign[0] == '<' || how->sign[0] == '>';
    if (!quantity(c, left, ordered ? -how->step : how->step)) walk(c, left, NEUTRAL_NONE);
    if (!quantity(c, right, how->step)) walk(c, right, NEUTRAL_NONE);
}

// Of a long list the first and the last: a test for each would say no more than the list does.
static void drop_values(cel_mutator *c, const expr *list) {
    enum { LONG = 4 };
    const expr_entry *all = list->u.list.entries;
    uint32_t count = list->u.list.count;
    for (uint32_t i = 0; count > 1 && i < count; i++) {
        bool last = i + 1 == count;
        if (count >= LONG && i > 0 && !last) continue;
        put(c, MUTANT_VALUE, last ? all[i - 1].value->to : all[i].value->from,
            last ? all[i].value->to : all[i + 1].value->from, STR(""));
    }
}

// The length of a time as a plain text, in plus and minus.
static bool is_shift(const cel_mutator *c, const expr *e) {
    return (calls(e, "plus") || calls(e, "minus")) && e->u.call.count == 2 &&
           is_quoted(c, e->u.call.args[1]);
}

static void call(cel_mutator *c, const expr *e) {
    const struct comparison *how = comparison_of(e);
    if (how) {
        compare(c, e, how);
        return;
    }
    if (quantity(c, e, 0)) return;
    if (e->u.call.target) walk(c, e->u.call.target, NEUTRAL_NONE);
    bool shift = is_shift(c, e);
    if (shift)
        near(c, MUTANT_PERIOD, e->u.call.args[1]->from + 1, e->u.call.args[1]->to - 1, 0,
             near_period);
    if (calls(e, "@in") && e->u.call.args[1]->kind == EXPR_LIST) drop_values(c, e->u.call.args[1]);
    for (uint32_t i = 0; i < e->u.call.count; i++)
        walk(c, e->u.call.args[i], NEUTRAL_NONE);
}

// --- logic

static void without(cel_mutator *c, const expr *e, neutral is) {
    if (is == NEUTRAL_NONE || (e->kind == EXPR_LITERAL && e->u.literal.kind == VALUE_BOOL)) return;
    put(c, c->without, e->from, e->to, is == NEUTRAL_TRUE ? STR("true") : STR("false"));
}

// Operands are taken out one by one. Where all of a chain would be as if it were not there, that is
// what its operands show.
static void chain(cel_mutator *c, const expr *e, neutral is) {
    bool both = e->kind == EXPR_AND;
    neutral own = both ? NEUTRAL_TRUE : NEUTRAL_FALSE;
    const expr *a = e->u.logic.a, *b = e->u.logic.b;
    mutant_kind outer = c->without;
    uint32_t at = 0;
    if (is != own) without(c, e, is);
    if (find(c, a->to, b->from, both ? STR("&&") : STR("||"), &at))
        put(c, MUTANT_LOGIC, at, at + 2, both ? STR("||") : STR("&&"));
    if (is != own) c->without = MUTANT_CONDITION;
    walk(c, a, own);
    walk(c, b, own);
    c->without = outer;
}

// Within, nothing can be taken out that the whole does not show.
static void negation(cel_mutator *c, const expr *e, neutral is) {
    without(c, e, is);
    put(c, MUTANT_NEGATION, e->from, e->from + 1, STR(""));
    walk(c, e->u.logic.a, NEUTRAL_NONE);
}

static void quantifier(cel_mutator *c, const expr *e) {
    str name = e->op == MACRO_ALL ? STR("all") : STR("exists");
    str other = e->op == MACRO_EXISTS ? STR("all") : STR("exists");
    uint32_t at = 0, dot = 0;
    const expr *range = e->u.macro.range;
    if (!find(c, range->to, e->u.macro.var_from[0], STR("."), &dot) ||
        !find(c, dot, e->u.macro.var_from[0], name, &at))
        return;
    uint32_t end = at;
    while (end < c->text->text.len && c->text->text.ptr[end] != '(' &&
           c->text->text.ptr[end] != ' ')
        end++;
    put(c, MUTANT_QUANTIFIER, at, end, other);
}

static void macro(cel_mutator *c, const expr *e) {
    if (e->op == MACRO_ALL || e->op == MACRO_EXISTS || e->op == MACRO_EXISTS_ONE) quantifier(c, e);
    walk(c, e->u.macro.range, NEUTRAL_NONE);
    if (e->u.macro.filter) walk(c, e->u.macro.filter, NEUTRAL_NONE);
    walk(c, e->u.macro.body, NEUTRAL_NONE);
}

static void walk_part(void *ctx, expr *part) {
    walk(ctx, part, NEUTRAL_NONE);
}

static void walk(cel_mutator *c, const expr *e, neutral is) {
    mutant_kind outer = c->without;
    if (e->kind == EXPR_AND || e->kind == EXPR_OR) {
        chain(c, e, is);
        return;
    }
    if (e->kind == EXPR_NOT) {
        negation(c, e, is);
        return;
    }
    without(c, e, is);
    c->without = MUTANT_CONDITION;
    if (e->kind == EXPR_LITERAL)
        literal(c, e);
    else if (e->kind == EXPR_CALL)
        call(c, e);
    else if (e->kind == EXPR_MACRO)
        macro(c, e);
    else
        cel_each_part(e, walk_part, c);
    c->without = outer;
}

void mutate_cel(mutator *m, const node *n, size_t blank, neutral n_is, mutant_kind without_it) {
    if (!n || !doc_is_scalar(n) || n->text.len <= blank) return;
    char *copy = str_c(m->arena, n->text);
    for (size_t i = 0; i < blank; i++)
        copy[i] = ' ';
    cel_text *text = arena_new(m->arena, cel_text);
    *text = (cel_text){.text = {copy, n->text.len}, .scalar = n, .src = n->at.src};
    diags unheard = {.arena = m->arena}; // who loads the file hears them
    const expr *e = cel_parse(m->arena, &unheard, text, false);
    cel_mutator c = {m, text, without_it};
    if (e) walk(&c, e, n_is);
}

void mutate_scalar(mutator *m, const node *n) {
    static str (*const forms[])(arena *, str, int) = {near_int, near_date, near_period, near_money,
                                                      near_double};
    static const mutant_kind kinds[] = {MUTANT_NUMBER, MUTANT_DATE, MUTANT_PERIOD, MUTANT_NUMBER,
                                        MUTANT_NUMBER};
    bool found = false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && !found; i++)
        for (int step = -1; step <= 1; step += 2) {
            str there = forms[i](m->arena, n->text, step);
            if (there.len) mutant_put(m, kinds[i], doc_scalar_span(n, 0, n->text.len), there);
            found = found || there.len;
        }
}
