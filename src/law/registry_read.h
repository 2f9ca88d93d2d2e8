// SPDX-License-Identifier: Apache-2.0
//
// What registry.c, registry_rows.c and calendar.c share while a registry is read. Nobody else
// includes it.
#ifndef OBSTAT_LAW_REGISTRY_READ_H
#define OBSTAT_LAW_REGISTRY_READ_H

#include "law/registry.h"
#include "law/schema.h"

extern const schema_form registry_columns_form, registry_calendar_form, registry_rates_form;

// The columns and the rows of a table.
void registry_read_columns(reader *r, registry *reg, const node *columns);
void registry_read_rows(reader *r, registry *reg, const node *rows);

// `calendar:` or `rates:` with its rows.
void registry_read_calendar(reader *r, registry *reg, const node *calendar, const node *rows);
void registry_read_rates(reader *r, registry *reg, const node *rates, const node *rows);

// Two rows that say something of the same thing.
void registry_say_twice(reader *r, const node *row, const node *first, str what);

// A key as its column compares it.
str registry_fold(arena *a, const registry_column *column, str key);

#endif
