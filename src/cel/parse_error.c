// SPDX-License-Identifier: Apache-2.0
//
// Stepping through tokens, and what is said where they do not fit: the message names what stands
// there, the hint says how it is written in CEL.
#include "cel/parse.h"

// --- tokens

void parser_advance(parser *p) {
    p->last = p->now;
    p->now = lex(&p->errors, p->now.to);
}

bool parser_accept(parser *p, token_kind kind) {
    if (p->now.kind != kind) return false;
    parser_advance(p);
    return true;
}

str parser_text(const parser *p, token t) {
    return str_sub(p->errors.text->text, t.from, t.to);
}

bool parser_at_word(const parser *p, const char *word) {
    return p->now.kind == TOKEN_NAME && str_is(parser_text(p, p->now), word);
}

// --- errors

// What stands where it should not: the habits of other languages, told by their words.
str parse_word_hint(const parser *p) {
    static const struct {
        const char *word, *hint;
    } words[] = {
        {"and", "\"and\" is written `&&`"},
        {"or", "\"or\" is written `||`"},
        {"not", "`x not in xs` is written `!(x in xs)`, `is not` is written `!=`"},
        {"is", "compare with `==`"},
        {"equals", "compare with `==`"},
        {"contains", "write `x in xs`, or for a part of a text `x.contains('…')`"},
        {"matches", "write `x.matches('…')`"},
        {"like", "write `x.matches('…')`"},
        {"between", "write `a <= x && x <= b`"},
        {"then", "\"if a then b else c\" is written `a ? b : c`"},
        {"else", "\"if a then b else c\" is written `a ? b : c`"},
        {"if", "\"if a then b else c\" is written `a ? b : c`"},
        {"mod", "the remainder is written `a % b`"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (parser_at_word(p, words[i].word)) return str_of(words[i].hint);
    return STR("");
}

static const char *closer_of(token_kind opener) {
    return opener == TOKEN_OPEN_ROUND ? ")" : opener == TOKEN_OPEN_SQUARE ? "]" : "}";
}

static bool is_closer(token_kind kind) {
    return kind == TOKEN_CLOSE_ROUND || kind == TOKEN_CLOSE_SQUARE || kind == TOKEN_CLOSE_CURLY;
}

// At a token that cannot follow what has been read.
expr *parse_unexpected(parser *p) {
    token t = p->now;
    str text = parser_text(p, t), hint = parse_word_hint(p);
    str before = str_sub(p->errors.text->text, 0, p->last.to);
    bool after_not = str_ends(before, STR("not")) &&
                     (before.len == 3 || !is_name_part(before.ptr[before.len - 4]));
    if (after_not && t.kind != TOKEN_COLON)
        text_error(&p->errors, DIAG_CEL_SYNTAX, p->last.to - 3, p->last.to,
                   STR("\"not x\" is written `!x`"), "`not` is no operator");
    else if (is_closer(t.kind))
        text_error(&p->errors, DIAG_CEL_SYNTAX, t.from, t.to, STR("delete it, or open a bracket"),
                   "nothing is open that `%.*s` could close", STR_ARG(text));
    else if (t.kind == TOKEN_COLON)
        text_error(&p->errors, DIAG_CEL_SYNTAX, t.from, t.to,
                   STR("a choice is written `a ? b : c`; a text that holds `: ` stands in quotes"),
                   "`:` has no `?` before it");
    else if (hint.len)
        text_error(&p->errors, DIAG_CEL_SYNTAX, t.from, t.to, hint, "`%.*s` is no operator",
                   STR_ARG(text));
    else
        text_error(&p->errors, DIAG_CEL_SYNTAX, t.from, t.to,
                   STR("an operator is missing before it, or quotes around a text"),
                   "`%.*s` cannot follow here", STR_ARG(text));
    return NULL;
}

// Where an operand should stand.
expr *parse_no_operand(parser *p) {
    token t = p->now;
    str text = p->errors.text->text;
    if (t.kind == TOKEN_END && str_trim(text).len == 0)
        text_error(&p->errors, DIAG_CEL_SYNTAX, 0, (uint32_t)text.len, STR(""),
                   "there is no expression");
    else if (t.kind == TOKEN_END)
        text_error(&p->errors, DIAG_CEL_SYNTAX, p->last.from, p->last.to, STR(""),
                   "the expression ends before it is complete");
    else if (is_closer(t.kind) || t.kind == TOKEN_COMMA || t.kind == TOKEN_COLON)
        text_error(&p->errors, DIAG_CEL_SYNTAX, t.from, t.to, STR(""),
                   "something is missing before `%.*s`", STR_ARG(parser_text(p, t)));
    else
        text_error(&p->errors, DIAG_CEL_SYNTAX, t.from, t.to,
                   STR("a name, a literal or a bracket is expected here"),
                   "`%.*s` has nothing to its left", STR_ARG(parser_text(p, t)));
    return NULL;
}

bool parse_closer(parser *p, token opener) {
    const char *want = closer_of(opener.kind);
    str open = parser_text(p, opener);
    if (is_closer(p->now.kind) && str_is(parser_text(p, p->now), want)) {
        parser_advance(p);
        return true;
    }
    diag *d = NULL;
    if (p->now.kind == TOKEN_END) {
        text_error(&p->errors, DIAG_CEL_SYNTAX, opener.from, opener.to,
                   str_format(p->arena, "it needs a `%s`", want), "`%.*s` is not closed",
                   STR_ARG(open));
    } else if (is_closer(p->now.kind)) {
        d = text_error(&p->errors, DIAG_CEL_SYNTAX, p->now.from, p->now.to,
                       str_format(p->arena, "close it with `%s`", want),
                       "`%.*s` does not close `%.*s`", STR_ARG(parser_text(p, p->now)),
                       STR_ARG(open));
        if (d) d->also = cel_text_span(p->errors.text, opener.from, opener.to);
    } else {
        parse_unexpected(p);
    }
    return false;
}
