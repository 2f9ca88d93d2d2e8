// SPDX-License-Identifier: Apache-2.0
//
// Mutants of a policy: its text with one small mistake in it, of the kinds that people make. A test
// suite that passes on a mutant as well does not see that mistake. A mutant is a place of the file
// and what stands there instead; whether it still loads, and what it changes, is not known here.
//
// What no outcome rests on is left as it is: titles, ways, sanctions, reviews.
#ifndef OBSTAT_AUTHOR_MUTANTS_H
#define OBSTAT_AUTHOR_MUTANTS_H

#include "doc/doc.h"

typedef enum mutant_kind {
    MUTANT_COMPARISON, // < and <=, > and >=, == and !=
    MUTANT_NUMBER,     // by one, to the side that the comparison does not try
    MUTANT_DATE,       // by a day
    MUTANT_PERIOD,     // by a day or a few
    MUTANT_LOGIC,      // && and ||, any and all
    MUTANT_NEGATION,   // taken out
    MUTANT_CONDITION,  // a line of a list or an operand taken out
    MUTANT_EXCEPTION,  // taken out
    MUTANT_SEVERITY,   // the next one
    MUTANT_QUANTIFIER, // exists and all
    MUTANT_VALUE,      // one of a list taken out; true and false
    MUTANT_KINDS
} mutant_kind;

extern const char *const mutant_names[MUTANT_KINDS]; // "a comparison"

// What a place of the file belongs to. Definitions and parameters share their names.
typedef enum mutant_owner_kind {
    OWNER_POLICY,
    OWNER_DEFINITION,
    OWNER_SETTING, // "POLICY.parameter" of another policy
    OWNER_ROLE,
    OWNER_RULE
} mutant_owner_kind;

typedef struct mutant_owner {
    mutant_owner_kind kind;
    str name; // of a policy: empty
} mutant_owner;

typedef struct mutant {
    mutant_kind kind;
    span at;         // in the source of the document
    str replacement; // empty: taken out
    // More than one where a chapter lends it to its rules, or an anchor is used twice.
    vec(mutant_owner) owners;
} mutant;

typedef struct mutants {
    vec(mutant) list; // in the order of the text
} mutants;

// Adds those of a policy's document. One that has mistakes gives fewer.
void mutants_add(mutants *out, arena *a, const node *policy);

// The whole file with the mutant in it.
str mutant_text(arena *a, const mutant *m);

// The line in which the mutant stands (where it takes away a line's end, the lines), with what it
// puts there, without the blanks around: how people tell one mutant from another.
str mutant_line(arena *a, const mutant *m);
str mutant_line_before(arena *a, const mutant *m); // the same without the mutant

#endif
