// SPDX-License-Identifier: Apache-2.0
//
// Parts of the text report that its files share: findings gathered into entries, entries into
// sections, and how each of them is written.
#ifndef OBSTAT_REPORT_TEXT_H
#define OBSTAT_REPORT_TEXT_H

#include "base/map.h"
#include "report/page.h"

typedef vec(const report_finding *) finding_list;
typedef vec(str) text_list;

// One outcome of one rule, wherever it occurs.
typedef struct entry {
    const report_rule *rule;
    const report_finding *first;
    finding_list findings;
    text_list places;
} entry;

typedef vec(entry) entry_list;

// The entries of one manifest that hold in the same places.
typedef struct section {
    size_t manifest;
    text_list places;
    entry_list entries;
} section;

typedef vec(section) section_list;

// What is being written, and what has been told already.
typedef struct teller {
    const report *report;
    const report_options *options;
    arena *arena;
    page page;
    vec(const report_role *) told; // roles whose candidates have been listed
    vec(const report_rule *) told_by;
    vec(const report_policy *) policies; // told in full
    vec(const report_rule *) sanctions;  // told in full
    map weights;                         // path of a fact → number of findings that rest on it
} teller;

// The gravest outcome and severity first; `told` chooses the outcomes.
section_list text_sections(teller *t, size_t manifest, bool (*told)(const report_outcome *));

void text_entry(teller *t, const entry *e);    // in full
void text_head(teller *t, const entry *e);     // of it: what and where
void text_reasons(teller *t, const entry *e);  // of it: why
void text_one_line(teller *t, const entry *e); // what is met, and why others do not apply
void text_because(teller *t, const entry *e, unsigned column);
void text_ways(teller *t, const entry *e); // of text_entry
void text_key(page *p, const char *key);   // "  because:  "
ink text_ink(str outcome_or_verdict);

bool text_begins_later(const teller *t, const report_finding *f); // than the day asked about
void text_day(buf *b, const char *what, str on, str cites);       // and what sets it

const report_rule *text_rule(const report *r, str id);
const report_policy *text_policy(const report *r, str id);
size_t text_rank(str outcome); // its index in report_outcomes
str text_said(str outcome);
str text_basis(str basis);          // "regulator's practice"
str text_period(arena *a, str iso); // "3 months"; empty for no time at all
str text_join(arena *a, const str *texts, size_t count, const char *between);
bool text_list_has(const text_list *list, str s);

#endif
