// SPDX-License-Identifier: Apache-2.0
//
// What the expressions of a decision stand for, with definitions written out: a fact by its path, a
// literal, or something that is only told apart by its text. Private to src/author.
#ifndef OBSTAT_AUTHOR_TERMS_H
#define OBSTAT_AUTHOR_TERMS_H

#include "author/decisions.h"

// Where an expression stands: what its names mean, the innermost first.
typedef enum scope_kind { SCOPE_CALL, SCOPE_ELEMENT, SCOPE_BOUND } scope_kind;

typedef struct scope {
    const struct scope *outer; // of a call: the caller's
    scope_kind kind;
    const definition *definition; // CALL
    expr *const *args;
    uint32_t slot;                // ELEMENT, BOUND
    uint32_t element;             // ELEMENT: its number
    const fact *of;               // the list that it is an element of, or NULL
    const expr *bound;            // BOUND: what the name stands for
    const struct scope *bound_at; // and where that stands
} scope;

typedef struct terms {
    arena *arena;
    const ruleset *rules;
    const rule *rule;
    size_t uniques; // given out
} terms;

typedef enum term_kind { TERM_OTHER, TERM_FACT, TERM_LITERAL } term_kind;

typedef struct term {
    term_kind kind;
    str key;          // of what is the same everywhere in the decision
    value literal;    // TERM_LITERAL
    const fact *fact; // TERM_FACT; NULL: it is not known which
    bool element;     // an element of it, where it is a list
} term;

// The expression behind names of parameters and definitions, and where that stands.
const expr *term_behind(const terms *t, const expr *e, const scope **at);

term term_of(terms *t, const expr *e, const scope *at);

const scope *scope_of_call(const terms *t, const expr *call, const scope *at);

#endif
