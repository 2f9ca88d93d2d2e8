// SPDX-License-Identifier: Apache-2.0
// Dates and periods against the calendar, counted day by day, and against cases made by hand.
#include "base/date.h"
#include "unit.h"

#include <stdio.h>

static day the_day(const char *text) {
    day d = 0;
    CU_ASSERT_TRUE_FATAL(day_parse(str_of(text), &d));
    return d;
}

static period the_period(const char *text) {
    period p = {0};
    CU_ASSERT_TRUE_FATAL(period_parse(str_of(text), &p));
    return p;
}

// The day after, by the rules that everybody knows.
static civil tomorrow(civil c) {
    bool leap = c.year % 400 == 0 || (c.year % 4 == 0 && c.year % 100 != 0);
    int last = c.month == 2                                                    ? 28 + leap
               : c.month == 4 || c.month == 6 || c.month == 9 || c.month == 11 ? 30
                                                                               : 31;
    if (c.mday < last) return (civil){c.year, c.month, c.mday + 1};
    if (c.month < 12) return (civil){c.year, c.month + 1, 1};
    return (civil){c.year + 1, 1, 1};
}

static void every_day_has_its_number(void) {
    civil c = {1, 1, 1};
    for (day d = DAY_MIN; d <= DAY_MAX; d++, c = tomorrow(c)) {
        civil back = day_to_civil(d);
        day number = 0;
        bool same = back.year == c.year && back.month == c.month && back.mday == c.mday;
        CU_ASSERT_FATAL(same && day_from_civil(c, &number) && number == d);
    }
    CU_ASSERT(c.year == 10000);
}

static void known_days(void) {
    CU_ASSERT(the_day("1970-01-01") == 0);
    CU_ASSERT(the_day("0001-01-01") == DAY_MIN);
    CU_ASSERT(the_day("9999-12-31") == DAY_MAX);
    CU_ASSERT(the_day("2000-03-01") == 11017);
    CU_ASSERT(day_weekday(the_day("1970-01-01")) == 3); // a Thursday
    CU_ASSERT(day_weekday(the_day("2026-11-22")) == 6); // a Sunday
    CU_ASSERT(day_weekday(the_day("0001-01-01")) == 0); // a Monday
    CHECK_STR(day_print(unit_arena(), the_day("0987-06-05")), "0987-06-05");
}

static void what_is_no_date(void) {
    static const char *const bad[] = {
        "",           "2026-02-29", "2026-13-01",  "2026-00-10", "2026-04-31",
        "0000-01-01", "2026-1-01",  "2026-01-1",   "26-01-01",   "2026/01/01",
        "2026-01-00", "2026-01-32", "2026-01-011", "+026-01-01", "1900-02-29",
        "2026-01-0a", "-026-01-01", " 2026-01-01", "20260101",   "2026-W01-1",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        day d = 0;
        CU_ASSERT_FALSE(day_parse(str_of(bad[i]), &d));
    }
}

static void periods_are_read_and_printed(void) {
    static const char *const pairs[][2] = {
        {"P1Y", "P1Y"},       {"P14M", "P1Y2M"},         {"P3W", "P21D"},
        {"P0D", "P0D"},       {"P1Y2M3W4D", "P1Y2M25D"}, {"PT36H", "PT36H"},
        {"PT90M", "PT1H30M"}, {"P1DT1S", "P1DT1S"},      {"P1M", "P1M"},
        {"PT1M", "PT1M"},     {"P24M", "P2Y"},           {"P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        CHECK_STR(period_print(unit_arena(), the_period(pairs[i][0])), pairs[i][1]);
}

static void what_is_no_period(void) {
    static const char *const bad[] = {
        "",     "P",     "1Y",  "PY",  "P1",   "P1YT", "P1S",  "P1M1Y",        "P1D1D", "PT1D",
        "P-1D", "P1.5D", "P1H", "p1d", "P 1D", "P1D ", "-P1D", "P1234567890D", "PT",    "P1Y1W1M",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        period p = {0};
        CU_ASSERT_FALSE(period_parse(str_of(bad[i]), &p));
    }
}

static void sums_are_by_the_calendar(void) {
    static const struct {
        const char *from, *length;
        int sign;
        const char *to;
    } sums[] = {
        {"2024-01-31", "P1M", 1, "2024-02-29"},   {"2023-01-31", "P1M", 1, "2023-02-28"},
        {"2024-02-29", "P1Y", 1, "2025-02-28"},   {"2024-02-29", "P4Y", 1, "2028-02-29"},
        {"2026-12-15", "P3M", 1, "2027-03-15"},   {"2026-03-31", "P1M", -1, "2026-02-28"},
        {"2026-01-15", "P13M", -1, "2024-12-15"}, {"2026-12-31", "P1D", 1, "2027-01-01"},
        {"2026-01-31", "P1M1D", 1, "2026-03-01"}, {"2026-01-01", "PT47H", 1, "2026-01-02"},
    };
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        day sum = 0;
        CU_ASSERT_TRUE(
            day_plus(the_day(sums[i].from), the_period(sums[i].length), sums[i].sign, &sum));
        CHECK_STR(day_print(unit_arena(), sum), sums[i].to);
    }
    day sum = 0;
    CU_ASSERT_FALSE(day_plus(DAY_MAX, the_period("P1D"), 1, &sum));
    CU_ASSERT_FALSE(day_plus(DAY_MIN, the_period("P1M"), -1, &sum));
}

// What adding this many months to each day of a leap cycle comes to, in days.
static void lengths(int32_t months, int *least, int *most) {
    period p = {.months = months};
    *least = 1 << 30;
    *most = 0;
    for (day d = the_day("1999-12-01"); d < the_day("2400-01-01"); d++) {
        day sum = 0;
        CU_ASSERT_TRUE_FATAL(day_plus(d, p, 1, &sum));
        if (sum - d < *least) *least = sum - d;
        if (sum - d > *most) *most = sum - d;
    }
}

static void periods_compare_where_no_calendar_matters(void) {
    for (int32_t months = 1; months <= 60; months += months < 26 ? 1 : 11) {
        int least = 0, most = 0;
        lengths(months, &least, &most);
        for (int32_t days = least - 3; days <= most + 3; days++) {
            int order = 0, back = 0;
            bool decided =
                period_compare((period){.months = months}, (period){.days = days}, &order);
            bool converse =
                period_compare((period){.days = days}, (period){.months = months}, &back);
            bool expected = days < least || days > most;
            if (decided != expected) printf("\nP%dM and P%dD: %d\n", months, days, decided);
            CU_ASSERT(decided == expected && converse == expected);
            if (expected) CU_ASSERT(order == (days < least ? 1 : -1) && back == -order);
        }
    }
}

static void periods_of_one_kind_compare(void) {
    static const struct {
        const char *a, *b;
        int order;
    } pairs[] = {
        {"P1Y", "P12M", 0},  {"P400Y", "P146097D", 0}, {"P1M", "P2M", -1},    {"P7D", "P1W", 0},
        {"P1D", "PT24H", 0}, {"PT1S", "P0D", 1},       {"P1M3D", "P1M2D", 1},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int order = 2;
        CU_ASSERT_TRUE(period_compare(the_period(pairs[i].a), the_period(pairs[i].b), &order));
        CU_ASSERT(order == pairs[i].order);
    }
}

int register_date(void) {
    static CU_TestInfo tests[] = {
        {"every day has its number", every_day_has_its_number},
        {"known days", known_days},
        {"what is no date", what_is_no_date},
        {"periods are read and printed", periods_are_read_and_printed},
        {"what is no period", what_is_no_period},
        {"sums are by the calendar", sums_are_by_the_calendar},
        {"periods compare where no calendar matters", periods_compare_where_no_calendar_matters},
        {"periods of one kind compare", periods_of_one_kind_compare},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("date", tests);
}
