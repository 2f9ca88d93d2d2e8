// SPDX-License-Identifier: Apache-2.0
//
// A first manifest by a few questions. Which ones, their words and what an answer may be is the
// vocabulary's (`ask_first`); an answer that could not stand in a manifest is asked for again.
// Knows no terminal: whoever asks brings the answers.
#ifndef OBSTAT_AUTHOR_INTERVIEW_H
#define OBSTAT_AUTHOR_INTERVIEW_H

#include "law/ruleset.h"

typedef struct interview interview;

typedef struct interview_question {
    str path;         // "markets.launch"
    str subject;      // the entry that it is about, by its key; empty: the whole
    str ask, meaning; // as in the vocabulary
    str form;         // what an answer looks like; empty: any text
    str none;         // the word that says that there is none; empty: none will not do
    const str *choices;
    size_t choice_count;
    bool several;       // answers may be many, with commas between them
    bool names_markets; // the answers are the places of the launch, which must be there
} interview_question;

// Everything lives in the arena.
interview *interview_new(arena *a, const ruleset *r);

// The question that is to be answered now; false: all have been.
bool interview_next(const interview *i, interview_question *out);

// Takes an answer and goes on; an empty one, or `unknown`, leaves the fact out. False: it cannot be
// right, a diagnostic says why, and the question stays.
bool interview_answer(interview *i, diags *d, str answer);

// The manifest so far, in block style; loads and checks, whatever has been answered.
void interview_write(buf *out, const interview *i);

#endif
