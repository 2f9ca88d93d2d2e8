// SPDX-License-Identifier: Apache-2.0
//
// Places and groups: which codes exist, and which lies in which, by date. Knows no law.
#ifndef OBSTAT_LAW_PLACES_H
#define OBSTAT_LAW_PLACES_H

#include "base/date.h"
#include "base/diag.h"
#include "base/map.h"
#include "doc/doc.h"

typedef struct membership {
    str of; // the parent, or for a group the member
    bool has_from, has_until;
    day from, until;
    span at; // of the code
} membership;

typedef vec(membership) memberships;

typedef enum place_kind { PLACE_COUNTRY, PLACE_PART, PLACE_GROUP } place_kind;

typedef struct jurisdiction {
    str code, name;
    place_kind kind;
    memberships parents; // of a country or part
    memberships members; // of a group; empty for a group of everything
    bool everything;     // a group that all places are in
    str calendar;        // id of a registry; empty: none
    span at, calendar_at;
} jurisdiction;

// Where a place or group lies directly.
typedef struct container {
    str code;
    membership when; // `of` is what lies in it
} container;

typedef struct containers {
    vec(container) list;
} containers;

typedef struct places {
    map names; // codes that a market may name → their names (const str *), from places.yaml and
               // jurisdictions
    map parts; // code of a country → the lines of its parts (const str *), "CODE name" each
    map jurisdictions; // code → jurisdiction, groups included
    map containers;    // code → containers: what its parents and the groups' members say
    map same_as; // a part's code → the country's code that stands for the same place (const node *)
} places;

bool places_read(places *p, arena *a, diags *d, const node *doc);       // obstat: places/v1
bool jurisdiction_read(places *p, arena *a, diags *d, const node *doc); // obstat: jurisdiction/v1
// After all documents: unknown parents and members, cycles.
bool places_finish(places *p, arena *a, diags *d);

bool place_is_code(str s);                   // capitals, digits and hyphens
bool place_known(const places *p, str code); // a place, no group
bool place_or_group_known(const places *p, str code);
str place_name(const places *p, str code);

// What a text that is no code was perhaps meant to be; `groups`: a group may stand there, too.
str place_hint(const places *p, arena *a, str text, bool groups);

// What a code lies in by itself: the country that it is, else what its beginning says; empty: none.
str place_outward(const places *p, str code);

// Whether `inner` is `outer` or lies in it on that day. A part lies in the country whose code its
// own begins with (US-NY-NYC in US-NY in US), unless it has a country's code of its own (CN-HK is
// HK), and in what its jurisdiction's parents and the groups' members say.
bool place_within(const places *p, str inner, str outer, day on);

// Whether `code`, a place or a group, lies in `outer` on that day, or some member of the group
// does.
bool place_reaches_into(const places *p, str code, str outer, day on);

#endif
