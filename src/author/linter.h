// SPDX-License-Identifier: Apache-2.0
//
// What the lints share. Private to src/author.
#ifndef OBSTAT_AUTHOR_LINTER_H
#define OBSTAT_AUTHOR_LINTER_H

#include "author/lint.h"
#include "author/reads.h"

typedef struct linter {
    const ruleset *rules;
    arena *arena;
    diags found; // before they are sorted
    const lint_options *options;
    lint_result *result;
} linter;

// A finding; the hint is that of the table. `also.src` NULL: no second place.
diag *lint_add(linter *l, diag_code code, span at, const char *fmt, ...) PRINTF_LIKE(4, 5);

// Whether findings in this file are asked for.
bool lint_is_wanted(const linter *l, span at);

// One text for each place: what a chapter lends to several rules is one thing.
str span_key(arena *a, span at);

// --- walks over what rules are made of

// Every line of the rule's conditions, exceptions too, with the exception that it heads or NULL.
void rule_lines(const rule *r, void (*visit)(void *ctx, const cond *line, const exception *heads),
                void *ctx);

// The expressions of a rule that decide its outcome: each, binds, applies, except, requires,
// effective, grace, due; with `all` those of severity, ways, sanctions and displacement, too.
void rule_expressions(const rule *r, bool all, void (*visit)(void *ctx, const expr *e), void *ctx);

// Days between two of which nothing changes that is written as a date of the instrument's status or
// the rule's windows; sorted, each once, DAY_MIN the first.
void rule_days(arena *a, const rule *r, days *out);

// Whether some rule or policy may displace it; whether one of two displaces the other.
bool is_displaced(const ruleset *all, const rule *r);
// What decides whether it is.
void displacers_add(reads *into, const ruleset *all, const rule *r);
bool rules_displace(const rule *a, const rule *b);

// --- the lints, by file

void lint_dates(linter *l);   // cases, windows, lines out of time
void lint_sources(linter *l); // citations, reviews
void lint_uses(linter *l);    // what nobody uses
void lint_proofs(linter *l);

#endif
