// SPDX-License-Identifier: Apache-2.0
//
// The parser's state, shared with the macros. Private to src/cel.
#ifndef OBSTAT_CEL_PARSE_H
#define OBSTAT_CEL_PARSE_H

#include "cel/lex.h"

typedef struct parser {
    arena *arena;
    text_errors errors;
    token now;
    token last;     // the one before `now`
    unsigned depth; // of brackets and signs before an operand
    uint32_t nodes;
    bool no_macros;
} parser;

typedef vec(expr *) expr_list;

void parser_advance(parser *p);
bool parser_accept(parser *p, token_kind kind);
str parser_text(const parser *p, token t);
bool parser_at_word(const parser *p, const char *word);

// At a token that cannot follow what has been read, and where an operand should stand; NULL.
expr *parse_unexpected(parser *p);
expr *parse_no_operand(parser *p);
// Past the bracket that closes `opener`, or an error.
bool parse_closer(parser *p, token opener);
// How CEL writes what the word means that stands here; empty: nothing known.
str parse_word_hint(const parser *p);

// The call as a macro where it is one, the call itself where it is not, NULL after an error.
expr *macro_of(parser *p, expr *call);

#endif
