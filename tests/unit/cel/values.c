// SPDX-License-Identifier: Apache-2.0
// Equality and order of values, where they are decided and where not; money.
#include "cel/type.h"
#include "cel/value.h"
#include "unit.h"

#include <math.h>

#define LESS     ORDER_LESS
#define EQUAL    ORDER_EQUAL
#define GREATER  ORDER_GREATER
#define ANYTHING (ORDER_LESS | ORDER_EQUAL | ORDER_GREATER)

static void numbers_compare_by_value(void) {
    CU_ASSERT(value_orders(value_int(1), value_uint(1)) == EQUAL);
    CU_ASSERT(value_orders(value_int(-1), value_uint(UINT64_MAX)) == LESS);
    CU_ASSERT(value_orders(value_uint(UINT64_MAX), value_int(-1)) == GREATER);
    CU_ASSERT(value_orders(value_int(1), value_double(1.5)) == LESS);
    CU_ASSERT(value_orders(value_double(1.5), value_uint(1)) == GREATER);
    CU_ASSERT(value_orders(value_double(-0.0), value_double(0.0)) == EQUAL);
    CU_ASSERT(value_orders(value_double(NAN), value_double(NAN)) == ORDER_NAN);
    CU_ASSERT(value_orders(value_double(NAN), value_int(1)) == ORDER_NAN);
    CU_ASSERT(value_orders(value_int(INT64_MAX), value_double(9223372036854775808.0)) == EQUAL);
    int order = 0;
    CU_ASSERT(value_compare(value_uint(2), value_int(1), &order) && order == 1);
    CU_ASSERT(value_compare(value_double(NAN), value_int(1), &order) && order == 2);
}

static void some_kinds_have_no_order(void) {
    CU_ASSERT(value_orders((value){.kind = VALUE_NULL}, (value){.kind = VALUE_NULL}) == 0);
    CU_ASSERT(value_orders(value_string(STR("1")), value_int(1)) == 0);
    CU_ASSERT(value_orders(value_string(STR("a")), value_bytes(STR("a"))) == 0);
    CU_ASSERT(value_orders(value_date(1), value_int(1)) == 0);
    int order = 0;
    CU_ASSERT_FALSE(value_compare(value_string(STR("1")), value_int(1), &order));
}

static void other_kinds_compare_with_their_own(void) {
    CU_ASSERT(value_orders(VALUE_FALSE, VALUE_TRUE) == LESS);
    CU_ASSERT(value_orders(value_string(STR("a")), value_string(STR("\xc3\xa1"))) == LESS);
    CU_ASSERT(value_orders(value_bytes(STR("b")), value_bytes(STR("a"))) == GREATER);
    CU_ASSERT(value_orders(value_date(3), value_date(3)) == EQUAL);
    value early = {.kind = VALUE_TIMESTAMP, .n = 1, .u.i = 5};
    value late = {.kind = VALUE_TIMESTAMP, .n = 2, .u.i = 5};
    CU_ASSERT(value_orders(early, late) == LESS);
}

static value range(value_range *r, double least, double most) {
    *r = (value_range){
        .least = least, .most = most, .has_least = !isnan(least), .has_most = !isnan(most)};
    return (value){.kind = VALUE_RANGE, .u.range = r};
}

static void bounds_decide_where_they_can(void) {
    value_range a, b;
    value ten_to_twenty = range(&a, 10, 20);
    CU_ASSERT(value_orders(ten_to_twenty, value_int(9)) == GREATER);
    CU_ASSERT(value_orders(ten_to_twenty, value_int(10)) == (EQUAL | GREATER));
    CU_ASSERT(value_orders(ten_to_twenty, value_int(15)) == ANYTHING);
    CU_ASSERT(value_orders(ten_to_twenty, value_double(20)) == (LESS | EQUAL));
    CU_ASSERT(value_orders(ten_to_twenty, value_uint(21)) == LESS);
    CU_ASSERT(value_orders(value_uint(21), ten_to_twenty) == GREATER);
    a.least_open = a.most_open = true;
    CU_ASSERT(value_orders(ten_to_twenty, value_int(10)) == GREATER);
    CU_ASSERT(value_orders(ten_to_twenty, value_int(20)) == LESS);
    CU_ASSERT(value_orders(range(&a, 10, NAN), value_int(9)) == GREATER);
    CU_ASSERT(value_orders(range(&a, 10, NAN), value_int(11)) == ANYTHING);
    CU_ASSERT(value_orders(range(&a, NAN, NAN), value_int(1)) == ANYTHING);
    CU_ASSERT(value_orders(range(&a, 5, 5), value_int(5)) == EQUAL);
    CU_ASSERT(value_orders(range(&a, 1, 2), range(&b, 3, 4)) == LESS);
    CU_ASSERT(value_orders(range(&a, 1, 3), range(&b, 3, 4)) == (LESS | EQUAL));
    CU_ASSERT(value_orders(range(&a, 3, 4), range(&b, 1, 3)) == (EQUAL | GREATER));
    CU_ASSERT(value_orders(range(&a, 1, 4), range(&b, 2, 3)) == ANYTHING);
    CU_ASSERT(value_orders(range(&a, 1, 3), value_string(STR("2"))) == 0);
}

static void periods_and_money_may_be_open(void) {
    period month = {.months = 1}, weeks = {.days = 27}, days = {.days = 30};
    value m = {.kind = VALUE_PERIOD, .u.period = &month};
    CU_ASSERT(value_orders(m, (value){.kind = VALUE_PERIOD, .u.period = &weeks}) == GREATER);
    CU_ASSERT(value_orders(m, (value){.kind = VALUE_PERIOD, .u.period = &days}) == ANYTHING);
    money euros = {100, "EUR"}, more = {101, "EUR"}, dollars = {100, "USD"};
    value e = {.kind = VALUE_MONEY, .u.money = &euros};
    CU_ASSERT(value_orders(e, (value){.kind = VALUE_MONEY, .u.money = &more}) == LESS);
    CU_ASSERT(value_orders(e, (value){.kind = VALUE_MONEY, .u.money = &dollars}) == ANYTHING);
}

// 't', 'f', '?' or 'e'.
static char equality(arena *a, value x, value y) {
    value v = value_equal(a, x, y), w = value_equal(a, y, x);
    CU_ASSERT(v.kind == w.kind && (v.kind != VALUE_BOOL || v.u.b == w.u.b));
    if (v.kind == VALUE_BOOL) return v.u.b ? 't' : 'f';
    return v.kind == VALUE_UNKNOWN ? '?' : 'e';
}

static void lists_are_equal_by_their_members(void) {
    arena *a = unit_arena();
    value one_two[] = {value_int(1), value_int(2)}, doubles[] = {value_double(1), value_double(2)};
    value half[] = {value_int(1), value_unknown()}, other[] = {value_int(3), value_unknown()};
    value x = value_list_of(a, one_two, 2, false), shorter = value_list_of(a, one_two, 1, false);
    value h = value_list_of(a, half, 2, false), o = value_list_of(a, other, 2, false);
    CU_ASSERT(equality(a, x, value_list_of(a, doubles, 2, false)) == 't');
    CU_ASSERT(equality(a, x, shorter) == 'f');
    CU_ASSERT(equality(a, x, h) == '?');
    CU_ASSERT(equality(a, x, o) == 'f'); // the first members decide, whatever the second
    CU_ASSERT(equality(a, h, h) == '?');
    // An open list has at least its members.
    CU_ASSERT(equality(a, x, value_list_of(a, one_two, 2, true)) == '?');
    CU_ASSERT(equality(a, x, value_list_of(a, one_two, 1, true)) == '?');
    CU_ASSERT(equality(a, shorter, value_list_of(a, one_two, 2, true)) == 'f');
    CU_ASSERT(equality(a, x, value_list_of(a, other, 1, true)) == 'f');
    value_list loose = {.count = 1, .open = true, .loose = true, .key = -1, .items = other};
    CU_ASSERT(equality(a, x, (value){.kind = VALUE_LIST, .u.list = &loose}) == '?');
}

static void maps_are_equal_whatever_their_order(void) {
    arena *a = unit_arena();
    value keys[] = {value_int(1), value_string(STR("k"))}, values[] = {VALUE_TRUE, value_unknown()};
    value turned[] = {value_string(STR("k")), value_uint(1)},
          turned_values[] = {value_int(7), VALUE_TRUE};
    value_map m = {2, keys, values}, n = {2, turned, turned_values}, few = {1, keys, values};
    value x = {.kind = VALUE_MAP, .u.map = &m}, y = {.kind = VALUE_MAP, .u.map = &n};
    CU_ASSERT(equality(a, x, y) == '?');
    values[1] = value_int(7);
    CU_ASSERT(equality(a, x, y) == 't');
    values[1] = value_int(8);
    CU_ASSERT(equality(a, x, y) == 'f');
    CU_ASSERT(equality(a, x, (value){.kind = VALUE_MAP, .u.map = &few}) == 'f');
}

static void other_equalities(void) {
    arena *a = unit_arena();
    record r = {.id = STR_C("a")}, s = {.id = STR_C("a")};
    value seven = value_int(7);
    value none = {.kind = VALUE_OPTIONAL}, some = {.kind = VALUE_OPTIONAL, .u.optional = &seven};
    value type_a = {.kind = VALUE_TYPE, .u.type = value_type(value_int(1))};
    value type_b = {.kind = VALUE_TYPE, .u.type = value_type(value_uint(1))};
    CU_ASSERT(equality(a, value_record(&r), value_record(&r)) == 't');
    CU_ASSERT(equality(a, value_record(&r), value_record(&s)) == 'f');
    CU_ASSERT(equality(a, value_string(STR("1")), value_int(1)) == 'f');
    CU_ASSERT(equality(a, value_unknown(), value_int(1)) == '?');
    CU_ASSERT(equality(a, value_double(NAN), value_double(NAN)) == 'f');
    CU_ASSERT(equality(a, none, none) == 't');
    CU_ASSERT(equality(a, none, some) == 'f');
    CU_ASSERT(equality(a, some, some) == 't');
    CU_ASSERT(equality(a, type_a, type_a) == 't');
    CU_ASSERT(equality(a, type_a, type_b) == 'f');
    CU_ASSERT(equality(a, value_error_of(a, (span){0}, "x"), value_int(1)) == 'e');
    CU_ASSERT_STRING_EQUAL(value_kind_name(value_list_of(a, NULL, 0, false)), "list");
}

// A list of two that are one list of two … has 2^40 members to compare.
static void comparing_has_a_budget(void) {
    arena *a = unit_arena();
    value x = value_int(1), y = value_int(1);
    for (int i = 0; i < 40; i++) {
        value *items = arena_array(a, value, 4);
        items[0] = items[1] = x;
        items[2] = items[3] = y;
        x = value_list_of(a, items, 2, false);
        y = value_list_of(a, items + 2, 2, false);
    }
    size_t steps = 1000;
    CU_ASSERT(value_equal_within(a, &steps, x, y).kind == VALUE_ERROR);
    CU_ASSERT(steps == 0);
}

static void money_reads_and_prints(void) {
    static const struct {
        const char *text, *printed;
    } amounts[] = {
        {"EUR 1500", "EUR 1500"},
        {"EUR 1500.50", "EUR 1500.50"},
        {"CNY 0.5", "CNY 0.50"},
        {"JPY 0", "JPY 0"},
        {"EUR 1500.00", "EUR 1500"},
        {"EUR", NULL},
        {"EUR 1.505", NULL},
        {"EUR 1.", NULL},
        {"EUR .5", NULL},
        {"eur 1", NULL},
        {"EUR  1", NULL},
        {"EUR1", NULL},
        {"EUR -1", NULL},
        {"EUR 1,5", NULL},
        {"EURO 1", NULL},
        {"EUR 92233720368547758", NULL},
    };
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        money m = {0};
        bool read = money_parse(str_of(amounts[i].text), &m);
        CU_ASSERT(read == (amounts[i].printed != NULL));
        if (read) CHECK_STR(money_print(unit_arena(), m), amounts[i].printed);
    }
    CHECK_STR(money_print(unit_arena(), (money){-150, "EUR"}), "EUR -1.50");
}

int register_values(void) {
    static CU_TestInfo tests[] = {
        {"numbers compare by value", numbers_compare_by_value},
        {"some kinds have no order", some_kinds_have_no_order},
        {"other kinds compare with their own", other_kinds_compare_with_their_own},
        {"bounds decide where they can", bounds_decide_where_they_can},
        {"periods and money may be open", periods_and_money_may_be_open},
        {"lists are equal by their members", lists_are_equal_by_their_members},
        {"maps are equal whatever their order", maps_are_equal_whatever_their_order},
        {"other equalities", other_equalities},
        {"comparing has a budget", comparing_has_a_budget},
        {"money reads and prints", money_reads_and_prints},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("values", tests);
}
