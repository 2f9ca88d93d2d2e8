// SPDX-License-Identifier: Apache-2.0
//
// Registries: dated snapshots of official lists, calendars of working days, rates of currencies;
// and the names of legal entities. A registry speaks up to its snapshot's date; one that its
// authority does not publish in full never says no.
#ifndef OBSTAT_LAW_REGISTRY_H
#define OBSTAT_LAW_REGISTRY_H

#include "cel/cel.h"
#include "law/places.h"

typedef struct registry_column {
    str name;
    bool key, fold; // the key; compared without ASCII case and blanks around it
    bool entity;    // names a legal entity: compared by same()
    bool place;     // codes of places, or of groups (`jurisdiction`)
    bool group;
    bool list;
    const type *type;
    span at;
} registry_column;

// A day that differs from the weekday's rule.
typedef struct calendar_day {
    day date;
    bool work;
} calendar_day;

// Units of a currency for one unit of the registry's base, from a day on.
typedef struct currency_rate {
    char currency[4]; // ISO 4217, zero-terminated
    day date;
    double rate;
} currency_rate;

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
    bool weekend[7];                // Monday first
    day calendar_until;             // the first day of which the calendar says nothing
    const calendar_day *exceptions; // sorted by date
    size_t exception_count;
    // rates:
    bool is_rates;
    char base[4];
    day rates_until;            // the first day of which the rates say nothing
    const currency_rate *rates; // sorted by currency and date
    size_t rate_count;
    span at, jurisdiction_at;
} registry;

// A cell that a row leaves out is unknown; rows that state `from` or `until` (columns of these
// names) are valid from that day on, up to the day before.
typedef struct registries {
    map by_id; // id → registry
} registries;

bool registry_read(registries *r, arena *a, diags *d, const node *doc);

// The codes of places that a registry names, once all jurisdictions are read.
bool registry_check_places(const registry *r, const places *p, diags *d);

// Whether the calendars that jurisdictions name are calendars; with `all`, whether they are there
// (else their registries may not have been in reach).
bool registries_check_calendars(const registries *r, const places *p, diags *d, bool all);

const registry *registry_find(const registries *r, str id);
const record *registry_row(const registry *r, str key,
                           arena *scratch); // by key, folded as the column says

// The n-th working day after `from` (before it where n is negative; itself for 0); false: beyond
// the calendar.
bool registry_workdays(const registry *calendar, day from, int64_t n, day *out);

// Units of a currency for one of the base on that day: the newest rate up to it. False: none, or
// beyond the rates' horizon.
bool registry_rate(const registry *rates, str currency, day on, double *out);

// --- legal entities

typedef struct legal_entity {
    str id, country, group;
} legal_entity;

typedef struct entities {
    map by_name; // folded name or id → legal_entity
} entities;

bool entities_read(entities *e, arena *a, diags *d, const node *doc);

// A name as it is compared: without differences of case, width, composition and runs of blanks.
str entity_fold(arena *a, str name);
const legal_entity *entity_find(const entities *e, arena *scratch, str name);

#endif
