// SPDX-License-Identifier: Apache-2.0
//
// The subjects of a rule: `each` unfolded over its lists, one frame for each combination. A list
// that is not stated, or that may go on, gives a frame whose name is unknown, so that nothing
// passes because nobody listed it.
#ifndef OBSTAT_CHECK_SUBJECTS_H
#define OBSTAT_CHECK_SUBJECTS_H

#include "check/run.h"

typedef struct subject {
    value *frame;   // the rule's slots, the each-names first
    str id;         // ids joined by "/"; "?" for an element that is not known
    const node *at; // of the last element; NULL: the launch as a whole
    str path;
    bool open;     // some element is unknown
    cells missing; // what would have to be stated to know it
    str error;     // a list that could not be evaluated; empty: none
} subject;

typedef vec(subject) subjects;

// All subjects of a rule for the facts as they are. None: nothing of the kind is in the launch.
void subjects_of(subjects *out, check_run *run, const rule *r);

#endif
