// SPDX-License-Identifier: Apache-2.0
//
// The parts of timestamps and durations as rows.
#include "cel/eval.h"
#include "cel/time.h"

typedef enum part {
    FULL_YEAR,
    MONTH,
    DAY_OF_YEAR,
    DAY_OF_MONTH, // from 0
    DATE,         // from 1
    DAY_OF_WEEK,  // 0 is Sunday
    HOURS,
    MINUTES,
    SECONDS,
    MILLISECONDS
} part;

static int64_t day_of_year(day d) {
    day first = 0;
    day_from_civil((civil){day_to_civil(d).year, 1, 1}, &first);
    return d - first;
}

static int64_t part_of_day(part p, day d) {
    civil c = day_to_civil(d);
    switch (p) {
    case FULL_YEAR: return c.year;
    case MONTH: return c.month - 1;
    case DAY_OF_YEAR: return day_of_year(d);
    case DAY_OF_MONTH: return c.mday - 1;
    case DATE: return c.mday;
    default: return (day_weekday(d) + 1) % 7;
    }
}

static value part_of_timestamp(part p, int64_t seconds, uint32_t nanoseconds) {
    int64_t date = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        date--;
    }
    switch (p) {
    case HOURS: return value_int(rest / 3600);
    case MINUTES: return value_int(rest / 60 % 60);
    case SECONDS: return value_int(rest % 60);
    case MILLISECONDS: return value_int(nanoseconds / 1000000);
    default: return value_int(part_of_day(p, (day)date));
    }
}

// A duration in whole hours, minutes or seconds; of the milliseconds those within the second.
static value part_of_duration(const cel_run *run, const expr *call, part p, const value *args) {
    int64_t n = args[0].u.i;
    switch (p) {
    case HOURS: return value_int(n / 3600000000000);
    case MINUTES: return value_int(n / 60000000000);
    case SECONDS: return value_int(n / 1000000000);
    case MILLISECONDS: return value_int(n / 1000000 % 1000);
    default: return cel_no_overload(run, call, args, 1);
    }
}

static value get(cel_run *run, const expr *call, part p, const value *args, size_t count) {
    int32_t east = 0;
    if (args[0].kind == VALUE_DURATION && count == 1) return part_of_duration(run, call, p, args);
    if (args[0].kind != VALUE_TIMESTAMP || (count == 2 && args[1].kind != VALUE_STRING))
        return cel_no_overload(run, call, args, count);
    if (count == 2) {
        str zone = value_text(args[1]);
        zone_answer known = zone_offset(zone, args[0].u.i, &east);
        if (known == ZONE_UNKNOWN)
            return cel_fail(run, call, "there is no time zone '%.*s'", STR_ARG(zone));
        if (known == ZONE_TOO_EARLY)
            return cel_fail(run, call, "what time '%.*s' had is known from 2007 on only",
                            STR_ARG(zone));
    }
    return part_of_timestamp(p, args[0].u.i + east, args[0].n);
}

#define GETTER(name, p)                                                                            \
    static value name(cel_run *run, const expr *call, const value *args, size_t count) {           \
        return get(run, call, p, args, count);                                                     \
    }
GETTER(full_year, FULL_YEAR)
GETTER(month, MONTH)
GETTER(year_day, DAY_OF_YEAR)
GETTER(month_day, DAY_OF_MONTH)
GETTER(date, DATE)
GETTER(week_day, DAY_OF_WEEK)
GETTER(hours, HOURS)
GETTER(minutes, MINUTES)
GETTER(seconds, SECONDS)
GETTER(milliseconds, MILLISECONDS)

#define OF_DATE "(timestamp) -> int"
#define OF_TIME "(timestamp) -> int | (duration) -> int"
#define OF_ZONE "(timestamp, string) -> int"
#define DATE_PART(name, f, about)                                                                  \
    {name, CEL_RECEIVER | CEL_ANY_KIND, OF_DATE, f, about, NULL}, {                                \
        name, CEL_RECEIVER | CEL_ANY_KIND, OF_ZONE, f, about ", in a time zone", NULL              \
    }
#define TIME_PART(name, f, about)                                                                  \
    {name, CEL_RECEIVER | CEL_ANY_KIND, OF_TIME, f, about, NULL}, {                                \
        name, CEL_RECEIVER | CEL_ANY_KIND, OF_ZONE, f, about ", in a time zone", NULL              \
    }

static const cel_function rows[] = {
    DATE_PART("getFullYear", full_year, "the year"),
    DATE_PART("getMonth", month, "the month, January is 0"),
    DATE_PART("getDayOfYear", year_day, "the day of the year, the first is 0"),
    DATE_PART("getDayOfMonth", month_day, "the day of the month, the first is 0"),
    DATE_PART("getDate", date, "the day of the month, the first is 1"),
    DATE_PART("getDayOfWeek", week_day, "the day of the week, Sunday is 0"),
    TIME_PART("getHours", hours, "the hour; all hours of a duration"),
    TIME_PART("getMinutes", minutes, "the minute; all minutes of a duration"),
    TIME_PART("getSeconds", seconds, "the second; all seconds of a duration"),
    TIME_PART("getMilliseconds", milliseconds, "the milliseconds within the second"),
};

const cel_function_table cel_time_functions = {rows, sizeof rows / sizeof rows[0]};
