// SPDX-License-Identifier: Apache-2.0
//
// Calendar dates and ISO 8601 periods, as integers in the proleptic Gregorian calendar. No clock,
// no time zone: the date asked about comes from outside.
#ifndef OBSTAT_BASE_DATE_H
#define OBSTAT_BASE_DATE_H

#include "base/str.h"

typedef int32_t day; // days since 1970-01-01; valid from DAY_MIN to DAY_MAX

#define DAY_MIN ((day)-719162) // 0001-01-01
#define DAY_MAX ((day)2932896) // 9999-12-31

typedef struct civil {
    int32_t year;
    int32_t month, mday; // 1-based
} civil;

civil day_to_civil(day d);
bool day_from_civil(civil c, day *out); // false: there is no such date
bool day_parse(str s, day *out);        // exactly YYYY-MM-DD
str day_print(arena *a, day d);
int day_weekday(day d); // 0 Monday … 6 Sunday

// A length of time by the calendar. All parts have one sign (never negative as written).
typedef struct period {
    int32_t months;
    int32_t days;
    int64_t seconds;
} period;

bool period_parse(str s, period *out); // `P1Y2M3W4DT5H6M7S`; at least one part
str period_print(arena *a, period p);  // the same form, normalised: months over 12 as years

// By calendar months first (clipped to the month's last day), then days; the seconds are whole days
// only (the rest is dropped towards zero). False: outside DAY_MIN … DAY_MAX.
bool day_plus(day d, period p, int sign, day *out);

// Order of two periods, -1, 0 or 1; false where it depends on the calendar (a month has 28 to 31
// days).
bool period_compare(period a, period b, int *out);

#endif
