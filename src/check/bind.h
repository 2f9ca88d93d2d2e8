// SPDX-License-Identifier: Apache-2.0
//
// Inside of binding: shared by bind*.c and facts.c only.
#ifndef OBSTAT_CHECK_BIND_H
#define OBSTAT_CHECK_BIND_H

#include "check/facts.h"

typedef struct pending_ref {
    record *holder; // NULL: the global `slot`
    uint32_t slot;
    const fact *fact;
    const node *node;
} pending_ref;

typedef struct binder {
    facts *facts;
    arena *arena;
    diags *diags;
    const vocabulary *vocabulary;
    const ruleset *rules;
    vec(pending_ref) refs;
} binder;

// The value of fact `f` as `n` states it, for slot `f->slot` of `holder` (NULL: a global).
value bind_fact(binder *b, const fact *f, const node *n, record *holder);

// One scalar of a fact, lists and records aside.
value bind_scalar(binder *b, const fact *f, const node *n);

record *bind_record(binder *b, const record_def *def, const node *n, const record *parent,
                    const fact *as);
void bind_references(binder *b);
void bind_defaults(binder *b);
void bind_opinions(binder *b);

// `id:` of an entry, else its key's value where that is one scalar, else an empty text.
str entry_id(const record_def *def, const node *n, const node **name_node);

// Whether the text is the state word `unknown`.
bool is_unknown_word(const node *n);
bool is_none_word(const fact *f, const node *n);

// Marks a list of records as one whose entries are found by their key.
void bind_key(value_list *list, const record_def *def);

// The nodes of a list that may be one value.
const node *const *bind_items(const node *const *n, size_t *count);

// A copy of the diagnostics list's entry is not added twice: binding runs once for every place.
void bind_error(binder *b, diag_code code, const node *at, str hint, const char *fmt, ...)
    PRINTF_LIKE(5, 6);

#endif
