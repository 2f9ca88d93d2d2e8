// SPDX-License-Identifier: Apache-2.0
//
// The checker's state and what its files share. Private to src/cel.
#ifndef OBSTAT_CEL_CHECK_H
#define OBSTAT_CEL_CHECK_H

#include "cel/link.h"

// A slot of the frame. `source`: what it holds is written there, an argument of a definition or,
// with `element`, the list that a comprehension goes through. NULL: not known.
typedef struct local {
    str name;
    const type *type;
    const expr *source;
    bool element;
} local;

// A literal that reached a comparison through a variable: it must be a value of one of the enums
// that the variable is compared with, not of each.
typedef struct trial {
    const expr *literal;
    const enumeration *values; // the first
    const expr *of;
    bool found;
} trial;

typedef struct binding {
    type *variable;
    const type *before;
} binding;

typedef struct checker {
    const cel_env *env;
    diags *d;
    arena *arena;
    vec(local) locals;        // by slot
    vec(const expr *) guards; // selections that are there, and `k in xs` that hold
    vec(binding) bindings;    // of type variables, so that they can be undone
    vec(trial) trials;
    vec(expr *) typed;  // nodes whose type may hold variables
    const expr *alone;  // the operand where a variable that must be alone may stand
    const expr *caller; // the call for which a definition's body is checked, else NULL
    bool failed;
} checker;

// A mistake at [from, to) of `e`'s text, or at `e`. Told once a place.
void complain(checker *c, diag_code code, span at, str hint, const char *fmt, ...)
    PRINTF_LIKE(5, 6);

// The type of an expression; mistakes in it are told. type_error after one.
const type *infer(checker *c, expr *e);
// The same, and it must be a bool.
void infer_condition(checker *c, expr *e);
const type *infer_call(checker *c, expr *e);
const type *infer_macro(checker *c, expr *e);
const type *infer_cases(checker *c, expr *e);
const type *infer_select(checker *c, expr *e);
const type *infer_index(checker *c, expr *e);
const type *infer_comparison(checker *c, expr *e);
const type *infer_in(checker *c, expr *e);

// --- check_types.c

// A fresh type variable, and what a type is once variables are followed (its parts may hold more).
const type *fresh_variable(checker *c);
const type *followed(const type *t);
// Without any variable: those that are not bound are dyn.
const type *settled(checker *c, const type *t);
// Whether `have` may stand where `want` is wanted; binds variables, also when it returns false.
bool fits(checker *c, const type *want, const type *have);
// A type for both; NULL: there is none but dyn. Leaves no bindings when it returns NULL.
const type *joined(checker *c, const type *x, const type *y);
void undo_bindings(checker *c, size_t down_to);
// The parameters of a signature as fresh variables.
void instantiate(checker *c, signature *s);

bool is_number(const type *t);
bool is_text(const type *t);
bool is_open(const type *t); // dyn, an error, or a variable of which nothing is known
// As messages call it, with an article: "a text", "a list", "a feature".
str type_called(arena *a, const type *t);

// --- check_values.c

// Texts that are written in `e` (itself, in a list, in a branch) must be values of the enum `t`, or
// of the elements of a list `t`. `of`: what has that type, for the message, or NULL.
void check_values(checker *c, const type *t, const expr *e, const expr *of);
// What to write instead of the literal text `e` where a `t` is wanted; empty: nothing known.
str literal_hint(checker *c, const type *t, const expr *e);
const local *local_of(const checker *c, const expr *e); // NULL: no variable of the frame
// Tells the trials in which no value was found.
void end_trials(checker *c);

// --- definitions.c

// The number of nodes and levels of an expression with all definitions written out.
typedef struct measure {
    size_t size;
    uint32_t height;
} measure;
measure measured(const expr *e);

// --- check_guard.c

// Adds what is known where `e` has the truth `holds`; returns the number of guards before.
size_t add_guards(checker *c, const expr *e, bool holds);
void drop_guards(checker *c, size_t down_to);
// Whether a selection or an entry of a keyed list is known to be there.
bool is_guarded(const checker *c, const expr *e);

#endif
