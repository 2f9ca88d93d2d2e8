// SPDX-License-Identifier: Apache-2.0
//
// The math extension as rows: the greatest and the least, rounding, signs, bits.
#include "cel/eval.h"

#include <math.h>

// --- greatest and least

static bool is_number(value v) {
    return v.kind == VALUE_INT || v.kind == VALUE_UINT || v.kind == VALUE_DOUBLE ||
           v.kind == VALUE_RANGE;
}

// What objects to one of the numbers; VALUE_TRUE: nothing, VALUE_UNKNOWN: one is not stated.
static value check_numbers(cel_run *run, const expr *call, const value *items, size_t count) {
    value result = VALUE_TRUE;
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind == VALUE_UNKNOWN) result = items[i];
        if (items[i].kind != VALUE_UNKNOWN && !is_number(items[i]))
            return cel_no_overload(run, call, &items[i], 1);
    }
    return result;
}

// The one that no other can be `better` than, an order of the others to it. Numbers known by their
// bounds may leave it open.
static value best_of(cel_run *run, const expr *call, const value *items, size_t count,
                     unsigned better) {
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        unsigned orders = value_orders(items[i], items[best]);
        if (orders & ORDER_NAN) return cel_fail(run, call, "NaN is neither less nor greater");
        if ((orders & better) && !(orders & ~(better | ORDER_EQUAL))) best = i;
    }
    for (size_t i = 0; i < count; i++)
        if (i != best && (value_orders(items[i], items[best]) & better)) return value_unknown();
    return items[best];
}

static value extreme(cel_run *run, const expr *call, const value *args, size_t count,
                     unsigned better) {
    bool open = false;
    if (count == 1 && args[0].kind == VALUE_LIST) {
        const value_list *list = args[0].u.list;
        args = list->items;
        count = list->count;
        open = list->open;
    }
    if (!cel_spend(run, count)) return cel_too_much(run, call);
    value objection = check_numbers(run, call, args, count);
    if (objection.kind == VALUE_ERROR) return objection;
    if (open || objection.kind == VALUE_UNKNOWN) return value_unknown();
    if (count == 0) return cel_fail(run, call, "the list is empty");
    return best_of(run, call, args, count, better);
}

static value greatest(cel_run *run, const expr *call, const value *args, size_t count) {
    return extreme(run, call, args, count, ORDER_GREATER);
}

static value least(cel_run *run, const expr *call, const value *args, size_t count) {
    return extreme(run, call, args, count, ORDER_LESS);
}

// --- doubles

#define OF_DOUBLE(name, made)                                                                      \
    static value name(cel_run *run, const expr *call, const value *args, size_t count) {           \
        double d = args[0].u.d;                                                                    \
        (void)run;                                                                                 \
        (void)call;                                                                                \
        (void)count;                                                                               \
        return made;                                                                               \
    }
OF_DOUBLE(ceiling, value_double(ceil(d)))
OF_DOUBLE(floored, value_double(floor(d)))
OF_DOUBLE(rounded, value_double(round(d)))
OF_DOUBLE(truncated, value_double(trunc(d)))
OF_DOUBLE(is_nan, value_bool(isnan(d)))
OF_DOUBLE(is_inf, value_bool(isinf(d)))
OF_DOUBLE(is_finite, value_bool(isfinite(d)))

// --- all numbers

static value absolute(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    if (args[0].kind == VALUE_UINT) return args[0];
    if (args[0].kind == VALUE_DOUBLE) return value_double(fabs(args[0].u.d));
    if (args[0].u.i == INT64_MIN)
        return cel_fail(run, call, "overflow: the result of `math.abs` is out of range");
    return value_int(args[0].u.i < 0 ? -args[0].u.i : args[0].u.i);
}

static value sign(cel_run *run, const expr *call, const value *args, size_t count) {
    double d = args[0].u.d;
    (void)run;
    (void)call;
    (void)count;
    if (args[0].kind == VALUE_INT) return value_int((args[0].u.i > 0) - (args[0].u.i < 0));
    if (args[0].kind == VALUE_UINT) return value_uint(args[0].u.u > 0);
    return isnan(d) ? args[0] : value_double((d > 0) - (d < 0));
}

static value square_root(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)run;
    (void)call;
    (void)count;
    return value_double(sqrt(args[0].kind == VALUE_INT    ? (double)args[0].u.i
                             : args[0].kind == VALUE_UINT ? (double)args[0].u.u
                                                          : args[0].u.d));
}

// --- bits

// Of the kind of the first argument.
static value of_bits(const value *args, uint64_t bits) {
    return args[0].kind == VALUE_INT ? value_int((int64_t)bits) : value_uint(bits);
}

static uint64_t bits_of(value v) {
    return v.kind == VALUE_INT ? (uint64_t)v.u.i : v.u.u;
}

#define OF_BITS(name, made)                                                                        \
    static value name(cel_run *run, const expr *call, const value *args, size_t count) {           \
        (void)run;                                                                                 \
        (void)call;                                                                                \
        (void)count;                                                                               \
        return of_bits(args, made);                                                                \
    }
OF_BITS(bit_and, bits_of(args[0]) & bits_of(args[1]))
OF_BITS(bit_or, bits_of(args[0]) | bits_of(args[1]))
OF_BITS(bit_xor, bits_of(args[0]) ^ bits_of(args[1]))
OF_BITS(bit_not, ~bits_of(args[0]))

static value shifted(cel_run *run, const expr *call, const value *args, bool left) {
    int64_t by = args[1].u.i;
    uint64_t bits = bits_of(args[0]);
    if (by < 0) return cel_fail(run, call, "a shift cannot be negative, as %lld is", (long long)by);
    if (by >= 64) return of_bits(args, 0);
    return of_bits(args, left ? bits << by : bits >> by);
}

static value shift_left(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return shifted(run, call, args, true);
}

static value shift_right(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return shifted(run, call, args, false);
}

#define EXTREME                                                                                    \
    "(int, ...) -> int | (uint, ...) -> uint | (double, ...) -> double | (number, ...) -> dyn | "  \
    "(list(int)) -> int | (list(uint)) -> uint | (list(double)) -> double"
#define DOUBLE  "(double) -> double"
#define ASKED   "(double) -> bool"
#define NUMBERS "(int) -> int | (uint) -> uint | (double) -> double"
#define BITS    "(int, int) -> int | (uint, uint) -> uint"
#define SHIFT   "(int, int) -> int | (uint, int) -> uint"

static const cel_function rows[] = {
    {"math.greatest", CEL_BOUNDS, EXTREME, greatest, "the greatest of the numbers, or of a list",
     NULL},
    {"math.least", CEL_BOUNDS, EXTREME, least, "the least of the numbers, or of a list", NULL},
    {"math.ceil", 0, DOUBLE, ceiling, "the next whole number up", NULL},
    {"math.floor", 0, DOUBLE, floored, "the next whole number down", NULL},
    {"math.round", 0, DOUBLE, rounded, "the nearest whole number; halves go away from zero", NULL},
    {"math.trunc", 0, DOUBLE, truncated, "the number without its fraction", NULL},
    {"math.abs", 0, NUMBERS, absolute, "the number without its sign", NULL},
    {"math.sign", 0, NUMBERS, sign, "-1, 0 or 1; NaN of NaN", NULL},
    {"math.sqrt", 0, "(double) -> double | (int) -> double | (uint) -> double", square_root,
     "the square root; NaN of what is less than 0", NULL},
    {"math.isNaN", 0, ASKED, is_nan, "whether the number is NaN", NULL},
    {"math.isInf", 0, ASKED, is_inf, "whether the number is infinite", NULL},
    {"math.isFinite", 0, ASKED, is_finite, "whether the number is neither NaN nor infinite", NULL},
    {"math.bitAnd", 0, BITS, bit_and, "the bits that both have", NULL},
    {"math.bitOr", 0, BITS, bit_or, "the bits that one of the two has", NULL},
    {"math.bitXor", 0, BITS, bit_xor, "the bits that just one of the two has", NULL},
    {"math.bitNot", 0, "(int) -> int | (uint) -> uint", bit_not, "every bit the other way", NULL},
    {"math.bitShiftLeft", 0, SHIFT, shift_left, "the bits moved up, 0 from the right", NULL},
    {"math.bitShiftRight", 0, SHIFT, shift_right, "the bits moved down, 0 from the left", NULL},
};

const cel_function_table cel_math_functions = {rows, sizeof rows / sizeof rows[0]};
