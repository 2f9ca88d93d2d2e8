// SPDX-License-Identifier: Apache-2.0
// Numbers from and to text: limits of each type, and doubles that read back as themselves.
#include "base/num.h"
#include "unit.h"

#include <float.h>
#include <math.h>
#include <string.h>

static void whole_numbers(void) {
    static const struct {
        const char *text;
        bool is_int, is_uint;
        int64_t i;
        uint64_t u;
    } cases[] = {
        {"0", true, true, 0, 0},
        {"010", true, true, 10, 10},
        {"-0", true, false, 0, 0},
        {"+7", true, true, 7, 7},
        {"9223372036854775807", true, true, INT64_MAX, INT64_MAX},
        {"9223372036854775808", false, true, 0, (uint64_t)INT64_MAX + 1},
        {"-9223372036854775808", true, false, INT64_MIN, 0},
        {"-9223372036854775809", false, false, 0, 0},
        {"18446744073709551615", false, true, 0, UINT64_MAX},
        {"18446744073709551616", false, false, 0, 0},
        {"99999999999999999999999", false, false, 0, 0},
        {"", false, false, 0, 0},
        {"+", false, false, 0, 0},
        {"-", false, false, 0, 0},
        {"1 ", false, false, 0, 0},
        {" 1", false, false, 0, 0},
        {"1.0", false, false, 0, 0},
        {"0x10", false, false, 0, 0},
        {"--1", false, false, 0, 0},
        {"1e3", false, false, 0, 0},
        {"a", false, false, 0, 0},
    };
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        int64_t i = 0;
        uint64_t u = 0;
        CU_ASSERT(num_parse_int(str_of(cases[n].text), &i) == cases[n].is_int);
        CU_ASSERT(num_parse_uint(str_of(cases[n].text), &u) == cases[n].is_uint);
        if (cases[n].is_int) CU_ASSERT(i == cases[n].i);
        if (cases[n].is_uint) CU_ASSERT(u == cases[n].u);
    }
}

static void digits_of_a_base(void) {
    uint64_t n = 0;
    CU_ASSERT(num_parse_digits(STR("fF"), 16, &n) && n == 255);
    CU_ASSERT(num_parse_digits(STR("ffffffffffffffff"), 16, &n) && n == UINT64_MAX);
    CU_ASSERT_FALSE(num_parse_digits(STR("10000000000000000"), 16, &n));
    CU_ASSERT_FALSE(num_parse_digits(STR("12a"), 10, &n));
    CU_ASSERT_FALSE(num_parse_digits(STR("8"), 8, &n));
    CU_ASSERT_FALSE(num_parse_digits(STR("+1"), 10, &n));
}

static void what_is_a_double(void) {
    static const struct {
        const char *text;
        double d;
    } good[] = {
        {"0", 0},
        {"1.5", 1.5},
        {"-2.25e3", -2250},
        {"1e400", INFINITY},
        {"-1E+400", -INFINITY},
        {"1e-400", 0},
        {".5", 0.5},
        {"5.", 5},
        {"+1", 1},
        {"1.7976931348623157e308", DBL_MAX},
        {"4.9406564584124654e-324", 0x1p-1074},
        {"0.1", 0.1},
        {"9007199254740993", 9007199254740992.0},
    };
    for (size_t n = 0; n < sizeof good / sizeof *good; n++) {
        double d = -1;
        CU_ASSERT_TRUE(num_parse_double(str_of(good[n].text), &d));
        CU_ASSERT(d == good[n].d);
    }
    static const char *const bad[] = {"",    ".",  "e5", "1e",    "1e+", "inf", "nan",      "0x1p3",
                                      "1,5", "1 ", " 1", "1.5.2", "-",   "1_0", "Infinity", "1d"};
    for (size_t n = 0; n < sizeof bad / sizeof *bad; n++) {
        double d = 0;
        CU_ASSERT_FALSE(num_parse_double(str_of(bad[n]), &d));
    }
}

static void doubles_are_printed_shortest(void) {
    static const struct {
        double d;
        const char *text;
    } cases[] = {
        {1.5, "1.5"},
        {0.1, "0.1"},
        {-0.0, "-0"},
        {100, "100"},
        {-120000, "-120000"},
        {123456789012345, "123456789012345"},
        {1e15, "1000000000000000"},
        {1e16, "1e+16"},
        {1e23, "1e+23"},
        {1.0 / 3, "0.3333333333333333"},
        {5e-324, "5e-324"},
        {INFINITY, "Infinity"},
        {-INFINITY, "-Infinity"},
        {NAN, "NaN"},
        {9007199254740992.0, "9007199254740992"},
        {DBL_MAX, "1.7976931348623157e+308"},
    };
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++)
        CHECK_STR(num_print_double(unit_arena(), cases[n].d), cases[n].text);
}

static void printed_doubles_read_back(void) {
    uint64_t bits = 88172645463325252u; // Marsaglia's xorshift
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double d = 0, back = 0;
        memcpy(&d, &bits, sizeof d);
        if (!isfinite(d)) continue;
        CU_ASSERT_TRUE_FATAL(num_parse_double(num_print_double(unit_arena(), d), &back));
        CU_ASSERT_FATAL(back == d);
    }
}

static void doubles_without_exponent(void) {
    static const struct {
        double d;
        const char *text;
    } cases[] = {
        {1.5, "1.5"},
        {-0.0, "-0"},
        {1e16, "10000000000000000"},
        {1e23, "100000000000000000000000"},
        {-1.2345e20, "-123450000000000000000"},
        {12345678901234567168.0, "12345678901234567000"},
        {1e-5, "0.00001"},
        {-1.25e-7, "-0.000000125"},
        {0.0001, "0.0001"},
        {INFINITY, "Infinity"},
        {NAN, "NaN"},
    };
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++)
        CHECK_STR(num_print_plain(unit_arena(), cases[n].d), cases[n].text);
}

static void doubles_with_a_precision(void) {
    static const struct {
        double d;
        unsigned precision;
        const char *fixed, *exponent;
    } cases[] = {
        {0, 0, "0", "0e+00"},
        {2.5, 0, "2", "2e+00"},
        {3.5, 0, "4", "4e+00"},
        {-1.25, 1, "-1.2", "-1.2e+00"},
        {1052.032911275, 6, "1052.032911", "1.052033e+03"},
        {1e-10, 3, "0.000", "1.000e-10"},
        {1e100, 1, NULL, "1.0e+100"},
        {NAN, 2, "NaN", "NaN"},
        {-INFINITY, 2, "-Infinity", "-Infinity"},
    };
    arena *a = unit_arena();
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        if (cases[n].fixed)
            CHECK_STR(num_print_fixed(a, cases[n].d, cases[n].precision), cases[n].fixed);
        CHECK_STR(num_print_exponent(a, cases[n].d, cases[n].precision), cases[n].exponent);
    }
    CU_ASSERT(num_print_fixed(a, -DBL_MAX, NUM_PRECISION_MAX).len == 1 + 309 + 1 + 1000);
}

int register_num(void) {
    static CU_TestInfo tests[] = {
        {"whole numbers", whole_numbers},
        {"digits of a base", digits_of_a_base},
        {"what is a double", what_is_a_double},
        {"doubles are printed shortest", doubles_are_printed_shortest},
        {"doubles without exponent", doubles_without_exponent},
        {"doubles with a precision", doubles_with_a_precision},
        {"printed doubles read back", printed_doubles_read_back},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("num", tests);
}
