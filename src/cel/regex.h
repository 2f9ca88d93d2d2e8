// SPDX-License-Identifier: Apache-2.0
//
// Patterns in RE2's syntax and with RE2's meaning, run by PCRE2. Everything that decides an answer
// is a count: the same text and pattern give the same answer on every machine.
#ifndef OBSTAT_CEL_REGEX_H
#define OBSTAT_CEL_REGEX_H

#include "base/str.h"

// Why a pattern is refused. The bytes [from, to) of it are to blame.
typedef struct regex_problem {
    str reason; // continues "this pattern …"
    str hint;   // what to write instead, or empty
    size_t from, to;
} regex_problem;

enum { REGEX_MAX_PATTERN = 8 << 10, REGEX_MAX_SUBJECT = 64 << 10, REGEX_MAX_REPEAT = 1000 };

// The pattern as PCRE2 has to write it for RE2's meaning, without captures. False: it is outside
// RE2's grammar, see `problem`.
bool regex_translate(buf *out, str pattern, regex_problem *problem);

// The ASCII classes and Unicode properties of RE2, for regex_translate (regex_class.c).
typedef struct regex_reader {
    str text;
    size_t at;
    buf *out;
    bool fold; // (?i)
    regex_problem *problem;
} regex_reader;

bool regex_class(regex_reader *r);                       // at '['
bool regex_perl_class(regex_reader *r, char letter);     // \d \D \s \S \w \W, passed already
bool regex_property(regex_reader *r, bool negated);      // behind \p or \P
bool regex_escape(regex_reader *r, uint32_t *character); // behind a backslash
bool regex_refuse(regex_reader *r, size_t from, const char *reason, const char *hint);

// A compiled pattern, and what all patterns of a run share.
typedef struct regex regex;
typedef struct regex_store regex_store;

regex_store *regex_store_new(arena *a);

// NULL: refused. A pattern that the store has compiled already is found again.
const regex *regex_compile(regex_store *store, str pattern, regex_problem *problem);

typedef enum regex_answer { REGEX_NO, REGEX_YES, REGEX_FAILED } regex_answer;

// Does the pattern match somewhere in the text? REGEX_FAILED: a limit was reached, `*why` says
// which.
regex_answer regex_search(regex_store *store, const regex *r, str text, const char **why);

#endif
