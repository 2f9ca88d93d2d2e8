// SPDX-License-Identifier: Apache-2.0
//
// What an interview has noted: shared by interview.c and interview_write.c only.
#ifndef OBSTAT_AUTHOR_INTERVIEW_NOTES_H
#define OBSTAT_AUTHOR_INTERVIEW_NOTES_H

#include "author/interview.h"

typedef struct noted_fact {
    const fact *fact; // NULL: the entry's id
    const str *values;
    size_t count; // 0: none
} noted_fact;

typedef struct noted_entry {
    vec(noted_fact) facts;
} noted_entry;

// What is known of an entity. A map and a value of the top level have one entry at most.
typedef struct noted_entity {
    const entity *entity;
    bool none; // a list without entries
    vec(noted_entry) entries;
} noted_entity;

struct interview {
    arena *arena;
    const ruleset *rules;
    noted_entity *entities; // in the order of the vocabulary
    const first_fact *ask;
    size_t count;
    size_t question; // of `ask`
    size_t entry;    // about which it is asked
};

#endif
