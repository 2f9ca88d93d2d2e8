// SPDX-License-Identifier: Apache-2.0
//
// What the lexer, the literals and the parser share: tokens and the first error of a text. Private
// to src/cel.
#ifndef OBSTAT_CEL_LEX_H
#define OBSTAT_CEL_LEX_H

#include "cel/ast.h"

typedef enum token_kind {
    TOKEN_END,
    TOKEN_BAD,    // after an error, which has been reported
    TOKEN_NAME,   // also the words true, false, null, in and the reserved ones
    TOKEN_QUOTED, // `name`, backquotes included
    TOKEN_INT,
    TOKEN_UINT,
    TOKEN_DOUBLE,
    TOKEN_STRING, // prefix and quotes included
    TOKEN_BYTES,
    TOKEN_OPEN_ROUND,
    TOKEN_CLOSE_ROUND,
    TOKEN_OPEN_SQUARE,
    TOKEN_CLOSE_SQUARE,
    TOKEN_OPEN_CURLY,
    TOKEN_CLOSE_CURLY,
    TOKEN_DOT,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_QUESTION,
    TOKEN_NOT,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_EQUAL,
    TOKEN_UNEQUAL,
    TOKEN_LESS,
    TOKEN_AT_MOST,
    TOKEN_GREATER,
    TOKEN_AT_LEAST,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_STAR,
    TOKEN_SLASH,
    TOKEN_PERCENT
} token_kind;

typedef struct token {
    token_kind kind;
    uint32_t from, to;
} token;

// Where errors of one text go: the first is reported, the rest is only remembered, because what
// follows a syntax error is mostly a consequence of it.
typedef struct text_errors {
    diags *d;
    const cel_text *text;
    bool failed;
} text_errors;

// The entry, for `also`; NULL where the error is not the first.
diag *text_error(text_errors *e, diag_code code, uint32_t from, uint32_t to, str hint,
                 const char *fmt, ...) PRINTF_LIKE(6, 7);

// The token that begins at or after `at`.
token lex(text_errors *e, uint32_t at);

bool is_name_start(char c);
bool is_name_part(char c);
bool is_keyword(str name);  // true, false, null, in
bool is_reserved(str name); // kept for languages around CEL: for, if, …; they may follow a dot

// The value of a literal's token. False: the error has been reported.
bool literal_number(text_errors *e, token t, bool negative, value *out);
bool literal_text(arena *a, text_errors *e, token t, value *out);

#endif
