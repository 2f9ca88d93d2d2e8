// SPDX-License-Identifier: Apache-2.0
//
// Order and equality of values. Both answer with what is possible, since a number may be known by
// its bounds and a member of a list may not be stated. Knows nothing of expressions.
#include "cel/type.h"
#include "cel/value.h"

#include <math.h>

static unsigned order_of(bool less, bool greater) {
    return less ? ORDER_LESS : greater ? ORDER_GREATER : ORDER_EQUAL;
}

// --- numbers, across kinds

static unsigned reversed(unsigned orders) {
    return (orders & (ORDER_EQUAL | ORDER_NAN)) | (orders & ORDER_LESS ? ORDER_GREATER : 0u) |
           (orders & ORDER_GREATER ? ORDER_LESS : 0u);
}

static unsigned int_uint(int64_t x, uint64_t y) {
    if (x < 0) return ORDER_LESS;
    return order_of((uint64_t)x<y, (uint64_t)x> y);
}

// CEL compares an int with a double as doubles: an int near 2^63 equals the double that it rounds
// to.
static unsigned int_double(int64_t x, double y) {
    if (isnan(y)) return ORDER_NAN;
    double d = (double)x;
    return order_of(d<y, d> y);
}

static unsigned uint_double(uint64_t x, double y) {
    if (isnan(y)) return ORDER_NAN;
    double d = (double)x;
    return order_of(d<y, d> y);
}

static unsigned double_double(double x, double y) {
    if (isnan(x) || isnan(y)) return ORDER_NAN;
    return order_of(x<y, x> y);
}

static bool is_number(value v) {
    return v.kind == VALUE_INT || v.kind == VALUE_UINT || v.kind == VALUE_DOUBLE;
}

static unsigned numbers(value x, value y) {
    if (x.kind == VALUE_INT && y.kind == VALUE_INT) return order_of(x.u.i<y.u.i, x.u.i> y.u.i);
    if (x.kind == VALUE_UINT && y.kind == VALUE_UINT) return order_of(x.u.u<y.u.u, x.u.u> y.u.u);
    if (x.kind == VALUE_DOUBLE && y.kind == VALUE_DOUBLE) return double_double(x.u.d, y.u.d);
    if (x.kind == VALUE_INT && y.kind == VALUE_UINT) return int_uint(x.u.i, y.u.u);
    if (x.kind == VALUE_INT && y.kind == VALUE_DOUBLE) return int_double(x.u.i, y.u.d);
    if (x.kind == VALUE_UINT && y.kind == VALUE_DOUBLE) return uint_double(x.u.u, y.u.d);
    return reversed(numbers(y, x));
}

// --- numbers known by their bounds

// May the lower end of one lie below the upper end of the other, or (`touching`) meet it?
static bool may_be_below(const value_range *low, const value_range *high, bool touching) {
    if (!low->has_least || !high->has_most) return true;
    if (low->least < high->most) return true;
    return touching && !(low->least > high->most) && !low->least_open && !high->most_open;
}

enum { ANY_ORDER = ORDER_LESS | ORDER_EQUAL | ORDER_GREATER };

static unsigned ranges(const value_range *x, const value_range *y) {
    unsigned orders = 0;
    if (!str_eq(str_of(x->currency), str_of(y->currency))) return ANY_ORDER;
    if (may_be_below(x, y, false)) orders |= ORDER_LESS;
    if (may_be_below(y, x, false)) orders |= ORDER_GREATER;
    if (may_be_below(x, y, true) && may_be_below(y, x, true)) orders |= ORDER_EQUAL;
    return orders;
}

static unsigned range_number(const value_range *x, value y) {
    if (y.kind == VALUE_DOUBLE && isnan(y.u.d)) return ORDER_NAN;
    unsigned low = x->has_least ? numbers(value_double(x->least), y) : ORDER_LESS;
    unsigned high = x->has_most ? numbers(value_double(x->most), y) : ORDER_GREATER;
    unsigned orders = 0;
    if (low == ORDER_LESS) orders |= ORDER_LESS;
    if (high == ORDER_GREATER) orders |= ORDER_GREATER;
    bool low_reaches = low == ORDER_LESS || (low == ORDER_EQUAL && !x->least_open);
    bool high_reaches = high == ORDER_GREATER || (high == ORDER_EQUAL && !x->most_open);
    return low_reaches && high_reaches ? orders | ORDER_EQUAL : orders;
}

static unsigned range_amount(const value_range *x, const money *y) {
    if (!str_eq(str_of(x->currency), str_of(y->currency))) return ANY_ORDER;
    return range_number(x, value_double((double)y->minor / 100));
}

// --- order

static unsigned texts(str x, str y) {
    int order = str_cmp(x, y);
    return order_of(order<0, order> 0);
}

static unsigned timestamps(value x, value y) {
    if (x.u.i != y.u.i) return order_of(x.u.i < y.u.i, true);
    return order_of(x.n<y.n, x.n> y.n);
}

static unsigned amounts(const money *x, const money *y) {
    if (!str_eq(str_of(x->currency), str_of(y->currency))) return ANY_ORDER;
    return order_of(x->minor<y->minor, x->minor> y->minor);
}

static unsigned periods(const period *x, const period *y) {
    int order = 0;
    if (!period_compare(*x, *y, &order)) return ANY_ORDER;
    return order_of(order<0, order> 0);
}

unsigned value_orders(value x, value y) {
    if (is_number(x) && is_number(y)) return numbers(x, y);
    if (x.kind == VALUE_RANGE && y.kind == VALUE_RANGE) return ranges(x.u.range, y.u.range);
    if (x.kind == VALUE_RANGE && is_number(y)) return range_number(x.u.range, y);
    if (y.kind == VALUE_RANGE && is_number(x)) return reversed(range_number(y.u.range, x));
    if (x.kind == VALUE_RANGE && y.kind == VALUE_MONEY) return range_amount(x.u.range, y.u.money);
    if (y.kind == VALUE_RANGE && x.kind == VALUE_MONEY)
        return reversed(range_amount(y.u.range, x.u.money));
    if (x.kind == VALUE_RANGE && y.kind == VALUE_DATE)
        return range_number(x.u.range, value_int(y.u.i));
    if (y.kind == VALUE_RANGE && x.kind == VALUE_DATE)
        return reversed(range_number(y.u.range, value_int(x.u.i)));
    if (x.kind != y.kind) return 0;
    switch (x.kind) {
    case VALUE_BOOL: return order_of(!x.u.b && y.u.b, x.u.b && !y.u.b);
    case VALUE_STRING:
    case VALUE_BYTES: return texts(value_text(x), value_text(y));
    case VALUE_TIMESTAMP: return timestamps(x, y);
    case VALUE_DURATION:
    case VALUE_DATE: return order_of(x.u.i<y.u.i, x.u.i> y.u.i);
    case VALUE_PERIOD: return periods(x.u.period, y.u.period);
    case VALUE_MONEY: return amounts(x.u.money, y.u.money);
    default: return 0;
    }
}

bool value_compare(value x, value y, int *out) {
    switch (value_orders(x, y)) {
    case ORDER_LESS: *out = -1; return true;
    case ORDER_EQUAL: *out = 0; return true;
    case ORDER_GREATER: *out = 1; return true;
    case ORDER_NAN: *out = 2; return true;
    default: return false;
    }
}

// --- equality

// The order of the constants is that of `worse`: a difference decides, then open questions.
typedef enum truth { SAME, OPEN, DIFFERENT, TOO_MUCH } truth;

static truth worse(truth a, truth b) {
    return a > b ? a : b;
}

static truth equal(size_t *steps, value x, value y);

static truth equal_lists(size_t *steps, const value_list *x, const value_list *y) {
    if (!x->open && !y->open && x->count != y->count) return DIFFERENT;
    if (!x->open && y->count > x->count) return DIFFERENT;
    if (!y->open && x->count > y->count) return DIFFERENT;
    truth all = x->open || y->open ? OPEN : SAME;
    if (x->loose || y->loose) return all;
    for (uint32_t i = 0; i < x->count && i < y->count && all < DIFFERENT; i++)
        all = worse(all, equal(steps, x->items[i], y->items[i]));
    return all;
}

// The entry of a key in a map; -1: none. A budget that is used up shows in `steps`.
static ptrdiff_t entry_of(size_t *steps, const value_map *m, value key) {
    for (uint32_t i = 0; i < m->count; i++)
        if (equal(steps, m->keys[i], key) == SAME) return (ptrdiff_t)i;
    return -1;
}

static truth equal_maps(size_t *steps, const value_map *x, const value_map *y) {
    if (x->count != y->count) return DIFFERENT;
    truth all = SAME;
    for (uint32_t i = 0; i < x->count && all < DIFFERENT; i++) {
        ptrdiff_t at = entry_of(steps, y, x->keys[i]);
        if (*steps == 0) return TOO_MUCH;
        all = at < 0 ? DIFFERENT : worse(all, equal(steps, x->values[i], y->values[at]));
    }
    return all;
}

static truth equal_optionals(size_t *steps, const value *x, const value *y) {
    if (!x || !y) return x == y ? SAME : DIFFERENT;
    return equal(steps, *x, *y);
}

static truth equal(size_t *steps, value x, value y) {
    if (*steps == 0) return TOO_MUCH;
    --*steps;
    if (x.kind == VALUE_UNKNOWN || y.kind == VALUE_UNKNOWN) return OPEN;
    unsigned orders = value_orders(x, y);
    if (orders) return orders == ORDER_EQUAL ? SAME : orders & ORDER_EQUAL ? OPEN : DIFFERENT;
    if (x.kind != y.kind) return DIFFERENT;
    switch (x.kind) {
    case VALUE_NULL:
    case VALUE_NONE: return SAME;
    case VALUE_LIST: return equal_lists(steps, x.u.list, y.u.list);
    case VALUE_MAP: return equal_maps(steps, x.u.map, y.u.map);
    case VALUE_TYPE: return x.u.type->kind == y.u.type->kind ? SAME : DIFFERENT;
    case VALUE_OPTIONAL: return equal_optionals(steps, x.u.optional, y.u.optional);
    case VALUE_RECORD: return x.u.record == y.u.record ? SAME : DIFFERENT;
    default: return DIFFERENT;
    }
}

value value_equal_within(arena *a, size_t *steps, value x, value y) {
    if (x.kind == VALUE_ERROR) return x;
    if (y.kind == VALUE_ERROR) return y;
    switch (equal(steps, x, y)) {
    case SAME: return VALUE_TRUE;
    case OPEN: return value_unknown();
    case DIFFERENT: return VALUE_FALSE;
    default:
        return value_error_of(a, (span){0}, "too much work: the values to compare are too large");
    }
}

value value_equal(arena *a, value x, value y) {
    size_t steps = 10000000;
    return value_equal_within(a, &steps, x, y);
}
