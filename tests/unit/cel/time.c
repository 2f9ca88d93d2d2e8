// SPDX-License-Identifier: Apache-2.0
// Timestamps, durations and time zones, against RFC 3339, Go's durations and the tz database.
#include "cel/time.h"
#include "unit.h"

#include <stdio.h>

static value at(const char *text) {
    value t = {0};
    CU_ASSERT_TRUE_FATAL(timestamp_parse(str_of(text), &t));
    return t;
}

static void timestamps_read_and_print(void) {
    static const struct {
        const char *text, *printed;
        int64_t seconds;
    } good[] = {
        {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0},
        {"2009-02-13T23:31:30Z", "2009-02-13T23:31:30Z", 1234567890},
        {"2009-02-14T00:31:30.50+01:00", "2009-02-13T23:31:30.5Z", 1234567890},
        {"2009-02-13T20:01:30-03:30", "2009-02-13T23:31:30Z", 1234567890},
        {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", TIMESTAMP_MIN},
        {"9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z", TIMESTAMP_MAX},
        {"1969-12-31T23:59:59.000000001Z", "1969-12-31T23:59:59.000000001Z", -1},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        value t = at(good[i].text);
        CU_ASSERT(t.u.i == good[i].seconds);
        CHECK_STR(timestamp_print(unit_arena(), t), good[i].printed);
    }
}

static void what_is_no_timestamp(void) {
    static const char *const bad[] = {
        "",
        "2009-02-13",
        "2009-02-13T23:31:30",
        "2009-02-13 23:31:30Z",
        "2009-02-13T23:31Z",
        "2009-02-13T24:00:00Z",
        "2009-02-13T23:60:00Z",
        "2009-02-13T23:31:60Z",
        "2009-02-30T23:31:30Z",
        "2009-02-13T23:31:30.Z",
        "2009-02-13T23:31:30+0100",
        "2009-02-13T23:31:30Zx",
        "0000-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    };
    value t;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CU_ASSERT_FALSE(timestamp_parse(str_of(bad[i]), &t));
}

static void durations_read_and_print(void) {
    static const struct {
        const char *text, *printed;
    } good[] = {
        {"0", "0s"},
        {"1.5s", "1.5s"},
        {"-1.5s", "-1.5s"},
        {"+90m", "5400s"},
        {"1h2m3.004s", "3723.004s"},
        {"1.25h", "4500s"},
        {"1ns", "0.000000001s"},
        {"1us", "0.000001s"},
        {"1\xc2\xb5s", "0.000001s"},
        {"1ms", "0.001s"},
        {".5s", "0.5s"},
        {"5.s", "5s"},
        {"9223372036.854775807s", "9223372036.854775807s"},
        {"9223372036.854775808s", NULL},
        {"1", NULL},
        {"", NULL},
        {"-", NULL},
        {"s", NULL},
        {"1d", NULL},
        {"1 s", NULL},
        {"1s ", NULL},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        int64_t n = 0;
        bool read = duration_parse(str_of(good[i].text), &n);
        if (read != (good[i].printed != NULL)) printf("\n  %s", good[i].text);
        CU_ASSERT(read == (good[i].printed != NULL));
        if (good[i].printed) CHECK_STR(duration_print(unit_arena(), n), good[i].printed);
    }
    CHECK_STR(duration_print(unit_arena(), INT64_MIN), "-9223372036.854775808s");
}

static void arithmetic_stays_in_range(void) {
    value t;
    int64_t n = 0;
    CU_ASSERT_FALSE(timestamp_plus(at("9999-12-31T23:59:59.999999999Z"), 1, &t));
    CU_ASSERT_FALSE(timestamp_plus(at("0001-01-01T00:00:00Z"), -1, &t));
    CU_ASSERT_TRUE(timestamp_plus(at("2000-01-01T00:00:00.5Z"), -600000000, &t));
    CHECK_STR(timestamp_print(unit_arena(), t), "1999-12-31T23:59:59.9Z");
    CU_ASSERT_TRUE(timestamp_plus(at("2000-01-01T00:00:00Z"), INT64_MIN, &t));
    // The range of durations is 292 years and a third to both sides.
    CU_ASSERT_TRUE(
        timestamp_minus(at("2262-04-11T23:47:16.854775807Z"), at("1970-01-01T00:00:00Z"), &n));
    CU_ASSERT(n == INT64_MAX);
    CU_ASSERT_TRUE(
        timestamp_minus(at("1970-01-01T00:00:00Z"), at("2262-04-11T23:47:16.854775808Z"), &n));
    CU_ASSERT(n == INT64_MIN);
    CU_ASSERT_FALSE(
        timestamp_minus(at("2262-04-11T23:47:16.854775808Z"), at("1970-01-01T00:00:00Z"), &n));
    CU_ASSERT_FALSE(timestamp_minus(at("9999-12-31T00:00:00Z"), at("0001-01-01T00:00:00Z"), &n));
}

// Seconds east, or a negative number that no zone has.
enum { NO_SUCH_ZONE = -1000001, TOO_EARLY = -1000002 };

static int32_t east(const char *zone, const char *time) {
    int32_t seconds = 0;
    switch (zone_offset(str_of(zone), at(time).u.i, &seconds)) {
    case ZONE_KNOWN: return seconds;
    case ZONE_TOO_EARLY: return TOO_EARLY;
    default: return NO_SUCH_ZONE;
    }
}

static void zones_have_their_offsets(void) {
    CU_ASSERT(east("UTC", "1900-01-01T00:00:00Z") == 0);
    CU_ASSERT(east("+05:30", "2026-01-01T00:00:00Z") == 19800);
    CU_ASSERT(east("-00:30", "2026-01-01T00:00:00Z") == -1800);
    CU_ASSERT(east("02:00", "2026-01-01T00:00:00Z") == 7200);
    CU_ASSERT(east("Asia/Kathmandu", "2009-02-13T23:31:30Z") == 20700);
    CU_ASSERT(east("US/Central", "2009-02-13T23:31:30Z") == -21600);
    // Summer time begins on the second Sunday of March at two, local time.
    CU_ASSERT(east("America/Chicago", "2026-03-08T07:59:59Z") == -21600);
    CU_ASSERT(east("America/Chicago", "2026-03-08T08:00:00Z") == -18000);
    // In the south it goes over the new year.
    CU_ASSERT(east("Australia/Sydney", "2026-01-01T00:00:00Z") == 39600);
    CU_ASSERT(east("Australia/Sydney", "2026-07-01T00:00:00Z") == 36000);
    // Moscow kept summer time in 2011 and gave it up for winter time in 2014.
    CU_ASSERT(east("Europe/Moscow", "2009-02-13T00:00:00Z") == 10800);
    CU_ASSERT(east("Europe/Moscow", "2012-01-01T00:00:00Z") == 14400);
    CU_ASSERT(east("Europe/Moscow", "2020-07-01T00:00:00Z") == 10800);
    // Egypt had none from 2015 to 2022.
    CU_ASSERT(east("Africa/Cairo", "2018-07-01T00:00:00Z") == 7200);
    CU_ASSERT(east("Africa/Cairo", "2026-07-01T00:00:00Z") == 10800);
    CU_ASSERT(east("Europe/Dublin", "2026-07-01T00:00:00Z") == 3600);
    CU_ASSERT(east("Europe/Dublin", "9999-12-31T23:59:59Z") == 0);
    CU_ASSERT(east("Europe/Berlin", "2006-07-01T00:00:00Z") == TOO_EARLY);
    static const char *const none[] = {"",       "Europe/Atlantis", "Europe", "utc",  "+5:30",
                                       "+24:00", "+05:60",          "05:30x", "UTC ", "= 0"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        CU_ASSERT(east(none[i], "2026-01-01T00:00:00Z") == NO_SUCH_ZONE);
}

int register_times(void) {
    static CU_TestInfo tests[] = {
        {"timestamps read and print", timestamps_read_and_print},
        {"what is no timestamp", what_is_no_timestamp},
        {"durations read and print", durations_read_and_print},
        {"arithmetic stays in range", arithmetic_stays_in_range},
        {"zones have their offsets", zones_have_their_offsets},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("times", tests);
}
