// SPDX-License-Identifier: Apache-2.0
//
// How a policy's document becomes a policy in memory: shape, words, dates, and CEL as far as its
// syntax. No name is looked up here: that needs all policies, and is done in link*.c. Private to
// src/law.
#ifndef OBSTAT_LAW_POLICY_READER_H
#define OBSTAT_LAW_POLICY_READER_H

#include "law/policy.h"
#include "law/schema.h"

// What several tables of keys take.
enum {
    TAKES_WORDS = TAKES_TEXT | TAKES_NUMBER, // a text, of which YAML may have made a number
    TAKES_CASES = TAKES_ANY,
    TAKES_CONDITION = TAKES_ANY, // what YAML made of it is told apart in policy_cel
    TAKES_CEL = TAKES_TEXT | TAKES_NUMBER | TAKES_BOOL
};

// What the parts of a policy are made of, each beside its reader.
extern const schema_form cel_form, conds_form, exceptions_form;
extern const schema_form windows_form, any_cases_form;
extern const schema_form definition_form, parameter_form, role_form, rule_or_chapter_form;
extern const schema_form displacements_form, reviewed_form, ways_form, sanctions_form;
extern const schema_form instrument_kind_form;

typedef struct policy_reader {
    reader r;
    policy *policy;
    bool has_known_on;
    day known_on;
} policy_reader;

typedef struct policy_known {
    bool has;
    day on;
} policy_known;

// NULL: it has no usable id or no rules can be read; said so.
policy *policy_read(arena *a, diags *d, const node *doc, policy_known known);

// --- CEL texts and literals (cond.c, literal_value.c)

// The CEL of a scalar, whose first `blank` bytes are something else. NULL: no node, or an error.
// What YAML cut, or made a list or map of, is an error that says "quote this condition".
expr *policy_cel(policy_reader *p, const node *n, size_t blank);

// A date, or CEL that gives one.
expr *policy_cel_date(policy_reader *p, const node *n);

// A literal that stands at a node of the file.
expr *policy_literal(policy_reader *p, const node *n, value v);

// A value of the file as literals of a type, or with NULL of the type that it looks like. NULL: it
// is none (said so).
expr *parameter_literal(policy_reader *p, const node *n, const type *t);

// A dated choice between values[i] of the cases; where there is nothing to choose, the value.
expr *policy_cases_expr(policy_reader *p, const node *n, const cases *c, expr *const *values);

void policy_conds(policy_reader *p, const node *n, cond *out);

// Adds what `n` says to what is there (a chapter's); NULL: nothing.
void policy_conds_add(policy_reader *p, const node *n, cond *out);
void policy_exceptions(policy_reader *p, const node *n, const exception **out, size_t *count);

// --- cases (cases.c)

// All cases of all versions, each checked by itself and against the others. `what` names the thing
// ("a status"). With `any_value` a list or map without `is` is a value.
void cases_read(policy_reader *p, const node *n, const char *what, bool any_value, cases *out);

// The value of every case is one of these words.
void cases_words(policy_reader *p, cases *c, const char *what, const char *const *words,
                 size_t count);

// Only the version of known-on is left, `until` filled in.
void cases_cut(const policy_reader *p, cases *c);

void windows_read(policy_reader *p, const node *n, const char *what, bool is_grace, windows *out);

// --- parts of a policy

cite policy_cite(const node *text);
bool policy_reviewed(policy_reader *p, const node *n, reviewed *out);
void policy_displaces(policy_reader *p, const node *n, displacement **out, size_t *count);
void policy_define(policy_reader *p, const node *n);
void policy_parameters(policy_reader *p, const node *n);
void policy_sets(policy_reader *p, const node *n);
void policy_roles(policy_reader *p, const node *n);
void policy_rules(policy_reader *p, const node *n);
void policy_ways(policy_reader *p, const node *n, way **out, size_t *count);
void policy_sanctions(policy_reader *p, const node *n, sanction **out, size_t *count);

// Whether a text is a name as CEL writes it; else it says so at these bytes of the scalar.
bool policy_name(policy_reader *p, const node *scalar, size_t from, size_t to, const char *what);

// Of the kinds of instruments; for `kind` and `basis`.
extern const char *const instrument_kinds[];
extern const size_t instrument_kind_count;

// Adds those of `from` that are not in `to` yet, so that what several rules inherit from a chapter
// is said once.
void diags_merge(diags *to, const diags *from);

#endif
