// SPDX-License-Identifier: Apache-2.0
//
// Registries: dated snapshots of official lists, calendars of working days, rates of currencies;
// and the names of legal entities. A registry speaks up to its snapshot's date; one that its
// authority does not publish in full never says no.
#ifndef OBSTAT_LAW_REGISTRY_H
#define OBSTAT_LAW_REGISTRY_H

#include "cel/cel.h"

typedef struct registry_column {
    str name;
    bool key, fold; // the key; compared without ASCII case
    bool entity;    // names a legal entity: compared by same()
    const type *type;
} registry_column;

typedef struct registry {
    str id, title, url, authority, jurisdiction, kind;
    day snapshot;
    bool complete;
    registry_column *columns;
    size_t column_count;
    int key_column, entity_column; // -1: none
    int from_column, until_column; // validity of rows; -1: none
    record_type *type;             // of a row in CEL
    record *const *rows;           // origin: the row's node
    size_t row_count;
    map by_key;     // folded key → record
    const node *as; // what a row is as a manifest entry, or NULL
    // a calendar:
    bool is_calendar;
    bool weekend[7]; // Monday first
    day calendar_until;
    struct {
        day date;
        bool work;
    } * exceptions; // sorted by date
    size_t exception_count;
    // rates:
    bool is_rates;
    str base;
    day rates_until;
    span at;
} registry;

typedef struct registries {
    map by_id; // id → registry
} registries;

bool registry_read(registries *r, arena *a, diags *d, const node *doc);

const registry *registry_find(const registries *r, str id);
const record *registry_row(const registry *r, str key,
                           arena *scratch); // by key, folded as the column says

// The n-th working day after `from`; false: beyond the calendar.
bool registry_workdays(const registry *calendar, day from, int64_t n, day *out);

// --- legal entities

typedef struct legal_entity {
    str id, country, group;
} legal_entity;

typedef struct entities {
    map by_name; // folded name or id → legal_entity
} entities;

bool entities_read(entities *e, arena *a, diags *d, const node *doc);

// A name as it is compared: trimmed, runs of blanks as one, ASCII and full-width letters in one
// case and width.
str entity_fold(arena *a, str name);
const legal_entity *entity_find(const entities *e, arena *scratch, str name);

#endif
