// SPDX-License-Identifier: Apache-2.0
//
// Recursive descent over CEL's grammar, as the language definition has it, into the tree of ast.h.
// Resolves no name. What nests is counted, and so is what becomes deep without nesting (`a + b +
// c …` leans to the left), so that everything that walks a tree may recurse.
#include "cel/parse.h"

static expr *expression(parser *p);

// --- nodes

static bool enter(parser *p) {
    if (++p->depth <= CEL_MAX_DEPTH) return true;
    text_error(&p->errors, DIAG_TOO_DEEP, p->now.from, p->now.to,
               STR("give a part of it a name in `define:`"),
               "the expression is nested deeper than %d levels", CEL_MAX_DEPTH);
    return false;
}

static void leave(parser *p) {
    p->depth--;
}

static expr *node_new(parser *p, expr_kind kind, uint32_t from) {
    if (++p->nodes > CEL_MAX_NODES) {
        text_error(&p->errors, DIAG_TOO_LARGE, from, p->last.to,
                   STR("give parts of it names in `define:`"),
                   "the expression has more than %d parts", CEL_MAX_NODES);
        return NULL;
    }
    expr *e = arena_new(p->arena, expr);
    e->kind = (uint8_t)kind;
    e->from = from;
    e->to = p->last.to;
    e->text = p->errors.text;
    e->height = 1;
    return e;
}

// Puts `part` below `e`; false where the tree becomes too deep.
static bool hang(parser *p, expr *e, const expr *part) {
    if (!part || part->height < e->height) return true;
    e->height = part->height + 1;
    if (e->height <= CEL_MAX_DEPTH) return true;
    text_error(&p->errors, DIAG_TOO_DEEP, e->from, e->to,
               STR("give a part of it a name in `define:`"),
               "the expression has more than %d operations in a row", CEL_MAX_DEPTH);
    return false;
}

// A call whose arguments are `args`; `target` NULL: an operator or global function.
static expr *call_new(parser *p, uint32_t from, expr *target, str function, uint32_t function_from,
                      const expr_list *args) {
    expr *e = node_new(p, EXPR_CALL, from);
    if (!e || !hang(p, e, target)) return NULL;
    e->u.call.target = target;
    e->u.call.function = function;
    e->u.call.function_from = function_from;
    e->u.call.args = args->at;
    e->u.call.count = (uint32_t)args->len;
    for (size_t i = 0; i < args->len; i++)
        if (!hang(p, e, args->at[i])) return NULL;
    return e;
}

static expr *operator_new(parser *p, uint32_t from, const char *function, token sign, expr *a,
                          expr *b) {
    expr_list args = {0};
    vec_push(p->arena, &args, a);
    if (b) vec_push(p->arena, &args, b);
    return call_new(p, from, NULL, str_of(function), sign.from, &args);
}

static expr *literal_new(parser *p, uint32_t from, value v) {
    expr *e = node_new(p, EXPR_LITERAL, from);
    if (e) e->u.literal = v;
    return e;
}

// --- primaries

// Arguments up to and including `)`.
static bool arguments(parser *p, token opener, expr_list *args) {
    if (parser_accept(p, TOKEN_CLOSE_ROUND)) return true;
    do {
        expr *e = expression(p);
        if (!e) return false;
        vec_push(p->arena, args, e);
    } while (parser_accept(p, TOKEN_COMMA));
    return parse_closer(p, opener);
}

static expr *call_rest(parser *p, uint32_t from, expr *target, token name, str function) {
    token opener = p->now;
    expr_list args = {0};
    parser_advance(p);
    if (!arguments(p, opener, &args)) return NULL;
    expr *call = call_new(p, from, target, function, name.from, &args);
    return call && !p->no_macros ? macro_of(p, call) : call;
}

static expr *word(parser *p, uint32_t from, token t) {
    str name = parser_text(p, t);
    if (str_is(name, "true")) return literal_new(p, from, VALUE_TRUE);
    if (str_is(name, "false")) return literal_new(p, from, VALUE_FALSE);
    if (str_is(name, "null")) return literal_new(p, from, (value){.kind = VALUE_NULL});
    return NULL;
}

// A name, with a leading dot where it was written so, or a call of a global function.
static expr *name(parser *p, uint32_t from, bool rooted) {
    token t = p->now;
    str text = parser_text(p, t);
    if (is_reserved(text) || (rooted && is_keyword(text)) || str_is(text, "in")) {
        str hint = parse_word_hint(p);
        text_error(&p->errors, DIAG_CEL_SYNTAX, t.from, t.to,
                   hint.len ? hint : STR("it cannot be a name; after a dot it can"),
                   "`%.*s` is a reserved word", STR_ARG(text));
        return NULL;
    }
    parser_advance(p);
    if (is_keyword(text)) return word(p, from, t);
    if (rooted) text = str_format(p->arena, ".%.*s", STR_ARG(text));
    if (p->now.kind == TOKEN_OPEN_ROUND) return call_rest(p, from, NULL, t, text);
    expr *e = node_new(p, EXPR_IDENT, from);
    if (e) e->u.ident.name = text;
    return e;
}

static expr *list(parser *p) {
    token opener = p->now;
    vec(expr_entry) entries = {0};
    parser_advance(p);
    while (p->now.kind != TOKEN_CLOSE_SQUARE) {
        bool optional = parser_accept(p, TOKEN_QUESTION);
        expr *e = expression(p);
        if (!e) return NULL;
        vec_push(p->arena, &entries, (expr_entry){NULL, e, optional});
        if (!parser_accept(p, TOKEN_COMMA)) break;
    }
    if (!parse_closer(p, opener)) return NULL;
    expr *e = node_new(p, EXPR_LIST, opener.from);
    if (!e) return NULL;
    e->u.list.entries = entries.at;
    e->u.list.count = (uint32_t)entries.len;
    for (size_t i = 0; i < entries.len; i++)
        if (!hang(p, e, entries.at[i].value)) return NULL;
    return e;
}

static bool map_entry_rest(parser *p, expr_entry *out) {
    out->optional = parser_accept(p, TOKEN_QUESTION);
    out->key = expression(p);
    if (!out->key) return false;
    if (p->now.kind != TOKEN_COLON) {
        text_error(&p->errors, DIAG_CEL_SYNTAX, p->now.from, p->now.to,
                   STR("a map is written `{'key': value}`, a list `[a, b]`"),
                   "a map's entry needs `:` and a value");
        return false;
    }
    parser_advance(p);
    out->value = expression(p);
    return out->value != NULL;
}

static expr *map_literal(parser *p) {
    token opener = p->now;
    vec(expr_entry) entries = {0};
    parser_advance(p);
    while (p->now.kind != TOKEN_CLOSE_CURLY && p->now.kind != TOKEN_END) {
        expr_entry entry = {0};
        if (!map_entry_rest(p, &entry)) return NULL;
        vec_push(p->arena, &entries, entry);
        if (!parser_accept(p, TOKEN_COMMA)) break;
    }
    if (!parse_closer(p, opener)) return NULL;
    expr *e = node_new(p, EXPR_MAP, opener.from);
    if (!e) return NULL;
    e->u.list.entries = entries.at;
    e->u.list.count = (uint32_t)entries.len;
    for (size_t i = 0; i < entries.len; i++)
        if (!hang(p, e, entries.at[i].key) || !hang(p, e, entries.at[i].value)) return NULL;
    return e;
}

static expr *literal(parser *p, uint32_t from, bool negative) {
    token t = p->now;
    value v;
    bool is_text = t.kind == TOKEN_STRING || t.kind == TOKEN_BYTES;
    if (is_text ? !literal_text(p->arena, &p->errors, t, &v)
                : !literal_number(&p->errors, t, negative, &v))
        return NULL;
    parser_advance(p);
    return literal_new(p, from, v);
}

static expr *bracketed(parser *p) {
    token opener = p->now;
    parser_advance(p);
    expr *e = expression(p);
    return e && parse_closer(p, opener) ? e : NULL;
}

// `from`: where a minus before a number stands, else where the primary begins.
static expr *primary(parser *p, uint32_t from, bool negative) {
    switch (p->now.kind) {
    case TOKEN_INT:
    case TOKEN_UINT:
    case TOKEN_DOUBLE:
    case TOKEN_STRING:
    case TOKEN_BYTES: return literal(p, from, negative);
    case TOKEN_NAME: return name(p, from, false);
    case TOKEN_OPEN_ROUND: return bracketed(p);
    case TOKEN_OPEN_SQUARE: return list(p);
    case TOKEN_OPEN_CURLY: return map_literal(p);
    case TOKEN_DOT:
        parser_advance(p);
        if (p->now.kind == TOKEN_NAME) return name(p, from, true);
        text_error(&p->errors, DIAG_CEL_SYNTAX, from, p->last.to, STR(""),
                   "a dot is followed by a name");
        return NULL;
    default: return parse_no_operand(p);
    }
}

// --- members

static expr *select_new(parser *p, uint32_t from, expr *operand, token t, bool optional) {
    str field = parser_text(p, t);
    if (t.kind == TOKEN_QUOTED) field = str_sub(field, 1, field.len - 1);
    expr *e = node_new(p, EXPR_SELECT, from);
    if (!e || !hang(p, e, operand)) return NULL;
    e->optional = optional;
    e->u.select.operand = operand;
    e->u.select.field = field;
    e->u.select.field_from = t.from;
    return e;
}

// After a dot: a field, an optional field or a call.
static expr *selection(parser *p, uint32_t from, expr *operand) {
    parser_advance(p);
    bool optional = parser_accept(p, TOKEN_QUESTION);
    token t = p->now;
    bool quoted = t.kind == TOKEN_QUOTED;
    if (!quoted && (t.kind != TOKEN_NAME || is_keyword(parser_text(p, t)))) {
        text_error(&p->errors, DIAG_CEL_SYNTAX, t.from, t.to,
                   STR("any other name of a field stands in backquotes: `` x.`a-b` ``"),
                   "a dot is followed by the name of a field or function");
        return NULL;
    }
    parser_advance(p);
    if (p->now.kind != TOKEN_OPEN_ROUND || quoted || optional)
        return select_new(p, from, operand, t, optional);
    return call_rest(p, from, operand, t, parser_text(p, t));
}

static expr *index_of(parser *p, uint32_t from, expr *operand) {
    token opener = p->now;
    parser_advance(p);
    bool optional = parser_accept(p, TOKEN_QUESTION);
    expr *key = expression(p);
    if (!key || !parse_closer(p, opener)) return NULL;
    return operator_new(p, from, optional ? "_[?_]" : "_[_]", opener, operand, key);
}

static expr *no_messages(parser *p, const expr *operand) {
    text_error(&p->errors, DIAG_CEL_SYNTAX, operand->from, p->now.to,
               STR("a map is written `{'key': value}`, with nothing before the bracket"),
               "messages are not supported here");
    return NULL;
}

static expr *member(parser *p, uint32_t from, bool negative) {
    expr *e = primary(p, from, negative);
    while (e) {
        if (p->now.kind == TOKEN_DOT)
            e = selection(p, from, e);
        else if (p->now.kind == TOKEN_OPEN_SQUARE)
            e = index_of(p, from, e);
        else if (p->now.kind == TOKEN_OPEN_CURLY)
            e = no_messages(p, e);
        else if (p->now.kind == TOKEN_OPEN_ROUND)
            return parse_unexpected(p);
        else
            break;
    }
    return e;
}

static expr *unary(parser *p) {
    token sign = p->now;
    if (sign.kind != TOKEN_NOT && sign.kind != TOKEN_MINUS) return member(p, sign.from, false);
    parser_advance(p);
    // A minus before a number is part of it: the least int has no positive counterpart.
    if (sign.kind == TOKEN_MINUS && (p->now.kind == TOKEN_INT || p->now.kind == TOKEN_DOUBLE))
        return member(p, sign.from, true);
    if (!enter(p)) return NULL;
    expr *a = unary(p);
    leave(p);
    if (!a) return NULL;
    if (sign.kind == TOKEN_MINUS) return operator_new(p, sign.from, "-_", sign, a, NULL);
    expr *e = node_new(p, EXPR_NOT, sign.from);
    if (!e || !hang(p, e, a)) return NULL;
    e->u.logic.a = a;
    return e;
}

// --- binary operators

static const struct binary {
    token_kind sign;
    int level;
    const char *function;
} binaries[] = {
    {TOKEN_EQUAL, 1, "_==_"},   {TOKEN_UNEQUAL, 1, "_!=_"}, {TOKEN_LESS, 1, "_<_"},
    {TOKEN_AT_MOST, 1, "_<=_"}, {TOKEN_GREATER, 1, "_>_"},  {TOKEN_AT_LEAST, 1, "_>=_"},
    {TOKEN_PLUS, 2, "_+_"},     {TOKEN_MINUS, 2, "_-_"},    {TOKEN_STAR, 3, "_*_"},
    {TOKEN_SLASH, 3, "_/_"},    {TOKEN_PERCENT, 3, "_%_"},
};

static const char *operator_at(const parser *p, int level) {
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        if (p->now.kind == binaries[i].sign && level == binaries[i].level)
            return binaries[i].function;
    return level == 1 && parser_at_word(p, "in") ? "@in" : NULL;
}

// `==` … at level 1, sums at 2, products at 3; all lean to the left.
static expr *binary(parser *p, int level) {
    uint32_t from = p->now.from;
    expr *left = level == 3 ? unary(p) : binary(p, level + 1);
    for (const char *function; left && (function = operator_at(p, level)) != NULL;) {
        token sign = p->now;
        parser_advance(p);
        expr *right = level == 3 ? unary(p) : binary(p, level + 1);
        left = right ? operator_new(p, from, function, sign, left, right) : NULL;
    }
    return left;
}

typedef struct operand {
    expr *e;
    uint32_t from, to; // brackets around it included
} operand;

typedef vec(operand) operands;

// Adds the operands of a chain, those of a bracketed chain of the same operator one by one: it
// makes no difference to what is meant, and the tree does not depend on superfluous brackets.
static void gather(parser *p, operands *out, expr_kind kind, operand o) {
    if (o.e->kind != kind) {
        vec_push(p->arena, out, o);
        return;
    }
    const expr *a = o.e->u.logic.a, *b = o.e->u.logic.b;
    gather(p, out, kind, (operand){o.e->u.logic.a, a->from, a->to});
    gather(p, out, kind, (operand){o.e->u.logic.b, b->from, b->to});
}

static expr *balanced(parser *p, expr_kind kind, const operand *o, size_t count) {
    if (count == 1) return o->e;
    expr *a = balanced(p, kind, o, count / 2);
    expr *b = a ? balanced(p, kind, o + count / 2, count - count / 2) : NULL;
    expr *e = b ? node_new(p, kind, o->from) : NULL;
    if (!e) return NULL;
    e->to = o[count - 1].to;
    e->u.logic.a = a;
    e->u.logic.b = b;
    return hang(p, e, a) && hang(p, e, b) ? e : NULL;
}

// `a && b && …`, or `a || b || …` over those.
static expr *chain(parser *p, expr_kind kind) {
    token_kind sign = kind == EXPR_OR ? TOKEN_OR : TOKEN_AND;
    operands all = {0};
    do {
        uint32_t from = p->now.from;
        expr *e = kind == EXPR_OR ? chain(p, EXPR_AND) : binary(p, 1);
        if (!e) return NULL;
        if (all.len == 0 && p->now.kind != sign) return e;
        gather(p, &all, kind, (operand){e, from, p->last.to});
    } while (parser_accept(p, sign));
    return balanced(p, kind, all.at, all.len);
}

static expr *choice(parser *p, uint32_t from, expr *c) {
    token question = p->now;
    parser_advance(p);
    expr *x = chain(p, EXPR_OR);
    if (!x) return NULL;
    if (p->now.kind != TOKEN_COLON) {
        text_error(&p->errors, DIAG_CEL_SYNTAX, question.from, question.to,
                   STR("a choice is written `a ? b : c`, one inside another in brackets; an "
                       "optional field `x.?f`"),
                   "`?` has no `:`");
        return NULL;
    }
    parser_advance(p);
    expr *y = expression(p);
    expr *e = y ? node_new(p, EXPR_COND, from) : NULL;
    if (!e) return NULL;
    e->u.logic.a = c;
    e->u.logic.b = x;
    e->u.logic.c = y;
    return hang(p, e, c) && hang(p, e, x) && hang(p, e, y) ? e : NULL;
}

static expr *expression(parser *p) {
    if (!enter(p)) return NULL;
    uint32_t from = p->now.from;
    expr *e = chain(p, EXPR_OR);
    if (e && p->now.kind == TOKEN_QUESTION) e = choice(p, from, e);
    leave(p);
    return e;
}

static bool is_acceptable(text_errors *errors) {
    str s = errors->text->text;
    size_t bad = 0;
    if (s.len > CEL_MAX_SOURCE) {
        text_error(errors, DIAG_TOO_LARGE, 0, CEL_MAX_SOURCE,
                   STR("give parts of it names in `define:`"),
                   "the expression is longer than %d bytes", CEL_MAX_SOURCE);
        return false;
    }
    if (!utf8_valid(s, &bad)) {
        text_error(errors, DIAG_NOT_UTF8, (uint32_t)bad, (uint32_t)bad + 1, STR(""),
                   "the expression is not well-formed UTF-8");
        return false;
    }
    return true;
}

expr *cel_parse(arena *a, diags *d, const cel_text *text, bool no_macros) {
    parser p = {.arena = a, .errors = {.d = d, .text = text}, .no_macros = no_macros};
    if (!is_acceptable(&p.errors)) return NULL;
    p.now = lex(&p.errors, 0);
    expr *e = expression(&p);
    if (e && p.now.kind != TOKEN_END) parse_unexpected(&p);
    return p.errors.failed ? NULL : e;
}
