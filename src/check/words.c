// SPDX-License-Identifier: Apache-2.0
//
// What a condition says in the words of its policy: its title, else the titles of the definitions
// that it calls, else its text. Evaluates only to find the lines that decide.
#include "check/run.h"

static str title_of(const policy *p, const definition *d) {
    const definition_note *note = d ? map_get(&p->notes, d->name) : NULL;
    return note && note->definition == d ? note->title : (str){"", 0};
}

// The title of the definition that an expression is a bare call of; empty: it is none, or has none.
static str called_title(const policy *p, const expr *e) {
    if (e->kind == EXPR_IDENT) return title_of(p, e->u.ident.definition);
    return e->kind == EXPR_CALL ? title_of(p, e->u.call.definition) : (str){"", 0};
}

static bool has_titles(const policy *p, const expr *e) {
    if (e->kind == EXPR_AND || e->kind == EXPR_OR)
        return has_titles(p, e->u.logic.a) || has_titles(p, e->u.logic.b);
    return called_title(p, e->kind == EXPR_NOT ? e->u.logic.a : e).len > 0;
}

static void add_words(buf *b, const policy *p, const expr *e);

// Of one kind in a row no brackets are needed.
static void add_side(buf *b, const policy *p, const expr *e, uint8_t around) {
    bool mixed = (e->kind == EXPR_AND || e->kind == EXPR_OR) && e->kind != around;
    buf_adds(b, mixed ? "(" : "");
    add_words(b, p, e);
    buf_adds(b, mixed ? ")" : "");
}

static void add_words(buf *b, const policy *p, const expr *e) {
    str title = called_title(p, e);
    if (title.len) {
        buf_add(b, title);
    } else if (!has_titles(p, e)) {
        cel_print(b, e);
    } else if (e->kind == EXPR_NOT) {
        buf_addf(b, "not (%.*s)", STR_ARG(called_title(p, e->u.logic.a)));
    } else {
        add_side(b, p, e->u.logic.a, e->kind);
        buf_adds(b, e->kind == EXPR_AND ? " and " : " or ");
        add_side(b, p, e->u.logic.b, e->kind);
    }
}

str expr_words(arena *a, const policy *p, const expr *e) {
    buf b = {.arena = a};
    add_words(&b, p, e);
    return buf_str(&b);
}

str cond_words(arena *a, const policy *p, const cond *c) {
    if (c->title.len) return c->title;
    if (c->kind == COND_TEST) return expr_words(a, p, c->test);
    buf b = {.arena = a};
    for (size_t i = 0; i < c->count; i++) {
        if (i) buf_adds(&b, c->kind == COND_ANY ? " or " : " and ");
        buf_add(&b, cond_words(a, p, &c->parts[i]));
    }
    return buf_str(&b);
}

static const cond *failing(check_run *run, const cond *c, value *frame) {
    for (size_t i = 0; c->kind == COND_ALL && i < c->count; i++)
        if (cond_is_there(run, &c->parts[i]) && run_cond(run, &c->parts[i], frame) == TRUTH_FALSE)
            return failing(run, &c->parts[i], frame);
    return c;
}

str run_failing_part(check_run *run, const policy *p, const expr *e, value *frame) {
    while (e->kind == EXPR_AND) {
        bool left = run_test(run, e->u.logic.a, frame) == TRUTH_FALSE;
        const expr *side = left ? e->u.logic.a : e->u.logic.b;
        if (!left && run_test(run, side, frame) != TRUTH_FALSE) break;
        e = side;
    }
    return str_format(run->arena, "does not hold: %.*s", STR_ARG(expr_words(run->arena, p, e)));
}

str run_failing_line(check_run *run, const policy *p, const cond *c, value *frame) {
    const cond *line = failing(run, c, frame);
    if (line->kind == COND_TEST && !line->title.len && line->test->kind == EXPR_NOT) {
        str title = called_title(p, line->test->u.logic.a);
        if (title.len) return str_format(run->arena, "holds: %.*s", STR_ARG(title));
    }
    return str_format(run->arena, "does not hold: %.*s", STR_ARG(cond_words(run->arena, p, line)));
}

str run_failing_lines(check_run *run, const policy *p, const cond *c, value *frame) {
    if (c->kind != COND_ALL || c->count < 2) return run_failing_line(run, p, c, frame);
    buf b = {.arena = run->arena};
    for (size_t i = 0; i < c->count; i++) {
        if (!cond_is_there(run, &c->parts[i]) || run_cond(run, &c->parts[i], frame) != TRUTH_FALSE)
            continue;
        buf_adds(&b, b.len ? "; " : "does not hold: ");
        buf_add(&b, cond_words(run->arena, p, &c->parts[i]));
    }
    return b.len ? buf_str(&b) : run_failing_line(run, p, c, frame);
}
