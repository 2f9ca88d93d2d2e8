// SPDX-License-Identifier: Apache-2.0
//
// The operators of CEL as rows: arithmetic with the specification's overflow errors, order,
// equality, members. Logic (`!`, `&&`, `||`, `?:`) is no function but the walker's own.
#include "cel/eval.h"
#include "cel/time.h"

#include <math.h>
#include <string.h>

#define BOTH(a, k) ((a)[0].kind == (k) && (a)[1].kind == (k))

static value overflow(const cel_run *run, const expr *call) {
    return cel_fail(run, call, "overflow: the result of `%.*s` is out of range",
                    STR_ARG(call->u.call.function));
}

static value int_or_overflow(const cel_run *run, const expr *call, bool bad, const int64_t *i) {
    return bad ? overflow(run, call) : value_int(*i);
}

static value uint_or_overflow(const cel_run *run, const expr *call, bool bad, const uint64_t *u) {
    return bad ? overflow(run, call) : value_uint(*u);
}

// --- + on texts and lists

static value join_texts(cel_run *run, const expr *call, const value *args) {
    size_t a = args[0].n, b = args[1].n;
    if (a + b > CEL_MAX_TEXT) return cel_fail(run, call, "the text would be too long");
    if (!cel_spend(run, (a + b) / 64)) return cel_too_much(run, call);
    char *text = arena_alloc(run->arena, a + b + 1, 1);
    if (a) memcpy(text, args[0].u.s, a);
    if (b) memcpy(text + a, args[1].u.s, b);
    str s = {text, a + b};
    return args[0].kind == VALUE_STRING ? value_string(s) : value_bytes(s);
}

static value join_lists(cel_run *run, const expr *call, const value_list *x, const value_list *y) {
    size_t count = (size_t)x->count + y->count;
    if (count > CEL_MAX_ITEMS) return cel_fail(run, call, "the list would be too long");
    if (!cel_spend(run, count / 4)) return cel_too_much(run, call);
    value *items = arena_array(run->arena, value, count);
    if (x->count) memcpy(items, x->items, x->count * sizeof *items);
    if (y->count) memcpy(items + x->count, y->items, y->count * sizeof *items);
    value_list *list = arena_new(run->arena, value_list);
    *list = (value_list){.count = (uint32_t)count, .key = -1, .items = items};
    list->open = x->open || y->open;
    list->loose = x->loose || y->loose || (x->open && count > x->count);
    return (value){.kind = VALUE_LIST, .u.list = list};
}

// --- arithmetic

static value add_times(const cel_run *run, const expr *call, const value *args) {
    value out;
    int64_t sum = 0;
    bool fits = false;
    if (BOTH(args, VALUE_DURATION)) {
        fits = !__builtin_add_overflow(args[0].u.i, args[1].u.i, &sum);
        out = duration_of(sum);
    } else if (args[0].kind == VALUE_TIMESTAMP && args[1].kind == VALUE_DURATION) {
        fits = timestamp_plus(args[0], args[1].u.i, &out);
    } else if (args[0].kind == VALUE_DURATION && args[1].kind == VALUE_TIMESTAMP) {
        fits = timestamp_plus(args[1], args[0].u.i, &out);
    } else {
        return cel_no_overload(run, call, args, 2);
    }
    return fits ? out : overflow(run, call);
}

static value add(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    int64_t i = 0;
    uint64_t u = 0;
    if (args[0].kind != args[1].kind) return add_times(run, call, args);
    switch (args[0].kind) {
    case VALUE_INT:
        return int_or_overflow(run, call, __builtin_add_overflow(args[0].u.i, args[1].u.i, &i), &i);
    case VALUE_UINT:
        return uint_or_overflow(run, call, __builtin_add_overflow(args[0].u.u, args[1].u.u, &u),
                                &u);
    case VALUE_DOUBLE: return value_double(args[0].u.d + args[1].u.d);
    case VALUE_STRING:
    case VALUE_BYTES: return join_texts(run, call, args);
    case VALUE_LIST: return join_lists(run, call, args[0].u.list, args[1].u.list);
    default: return add_times(run, call, args);
    }
}

static value subtract_times(const cel_run *run, const expr *call, const value *args) {
    value out;
    int64_t difference = 0;
    bool fits = false;
    if (BOTH(args, VALUE_DURATION)) {
        fits = !__builtin_sub_overflow(args[0].u.i, args[1].u.i, &difference);
        out = duration_of(difference);
    } else if (BOTH(args, VALUE_TIMESTAMP)) {
        fits = timestamp_minus(args[0], args[1], &difference);
        out = duration_of(difference);
    } else if (args[0].kind == VALUE_TIMESTAMP && args[1].kind == VALUE_DURATION) {
        fits = args[1].u.i != INT64_MIN && timestamp_plus(args[0], -args[1].u.i, &out);
    } else {
        return cel_no_overload(run, call, args, 2);
    }
    return fits ? out : overflow(run, call);
}

static value subtract(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    int64_t i = 0;
    uint64_t u = 0;
    if (BOTH(args, VALUE_INT))
        return int_or_overflow(run, call, __builtin_sub_overflow(args[0].u.i, args[1].u.i, &i), &i);
    if (BOTH(args, VALUE_UINT))
        return uint_or_overflow(run, call, __builtin_sub_overflow(args[0].u.u, args[1].u.u, &u),
                                &u);
    if (BOTH(args, VALUE_DOUBLE)) return value_double(args[0].u.d - args[1].u.d);
    return subtract_times(run, call, args);
}

static value multiply(cel_run *run, const expr *call, const value *args, size_t count) {
    int64_t i = 0;
    uint64_t u = 0;
    if (BOTH(args, VALUE_INT))
        return int_or_overflow(run, call, __builtin_mul_overflow(args[0].u.i, args[1].u.i, &i), &i);
    if (BOTH(args, VALUE_UINT))
        return uint_or_overflow(run, call, __builtin_mul_overflow(args[0].u.u, args[1].u.u, &u),
                                &u);
    if (BOTH(args, VALUE_DOUBLE)) return value_double(args[0].u.d * args[1].u.d);
    return cel_no_overload(run, call, args, count);
}

// Whole numbers divided by zero, and the one quotient that does not fit, are errors.
static bool divisible(const cel_run *run, const expr *call, const value *args, value *objection) {
    if (args[1].u.u == 0) {
        *objection = cel_fail(run, call, "division by zero");
        return false;
    }
    bool fits = args[0].kind == VALUE_UINT || args[0].u.i != INT64_MIN || args[1].u.i != -1;
    if (!fits) *objection = overflow(run, call);
    return fits;
}

static value divide(cel_run *run, const expr *call, const value *args, size_t count) {
    value objection;
    if (BOTH(args, VALUE_DOUBLE)) return value_double(args[0].u.d / args[1].u.d);
    if (!BOTH(args, VALUE_INT) && !BOTH(args, VALUE_UINT))
        return cel_no_overload(run, call, args, count);
    if (!divisible(run, call, args, &objection)) return objection;
    return args[0].kind == VALUE_INT ? value_int(args[0].u.i / args[1].u.i)
                                     : value_uint(args[0].u.u / args[1].u.u);
}

static value modulo(cel_run *run, const expr *call, const value *args, size_t count) {
    value objection;
    if (!BOTH(args, VALUE_INT) && !BOTH(args, VALUE_UINT))
        return cel_no_overload(run, call, args, count);
    if (!divisible(run, call, args, &objection)) return objection;
    return args[0].kind == VALUE_INT ? value_int(args[0].u.i % args[1].u.i)
                                     : value_uint(args[0].u.u % args[1].u.u);
}

static value minus(cel_run *run, const expr *call, const value *args, size_t count) {
    if (args[0].kind == VALUE_DOUBLE) return value_double(-args[0].u.d);
    if (args[0].kind != VALUE_INT) return cel_no_overload(run, call, args, count);
    return args[0].u.i == INT64_MIN ? overflow(run, call) : value_int(-args[0].u.i);
}

// --- order and equality

// Is the order of the two among `wanted`? Decided where all that is possible agrees.
static value ordered(cel_run *run, const expr *call, const value *args, unsigned wanted) {
    unsigned possible = value_orders(args[0], args[1]);
    if (possible == 0) return cel_no_overload(run, call, args, 2);
    if ((possible & ~wanted) == 0) return VALUE_TRUE;
    return possible & wanted ? value_unknown() : VALUE_FALSE;
}

static value less(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return ordered(run, call, args, ORDER_LESS);
}

static value at_most(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return ordered(run, call, args, ORDER_LESS | ORDER_EQUAL);
}

static value greater(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return ordered(run, call, args, ORDER_GREATER);
}

static value at_least(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return ordered(run, call, args, ORDER_GREATER | ORDER_EQUAL);
}

static value equal(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return cel_equal(run, call, args[0], args[1]);
}

static value unequal(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    value v = cel_equal(run, call, args[0], args[1]);
    return v.kind == VALUE_BOOL ? value_bool(!v.u.b) : v;
}

// --- members

static value in(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return cel_in(run, call, args[0], args[1]);
}

static value index_of(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return cel_index(run, call, args[0], args[1], SELECT_PLAIN);
}

static value optional_index_of(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return cel_index(run, call, args[0], args[1], SELECT_OPTIONAL);
}

#define ORDERED                                                                                    \
    "(bool, bool) -> bool | (int, int) -> bool | (int, uint) -> bool | (int, double) -> bool | "   \
    "(uint, uint) -> bool | (uint, int) -> bool | (uint, double) -> bool | "                       \
    "(double, double) -> bool | (double, int) -> bool | (double, uint) -> bool | "                 \
    "(string, string) -> bool | (bytes, bytes) -> bool | (timestamp, timestamp) -> bool | "        \
    "(duration, duration) -> bool | (date, date) -> bool | (period, period) -> bool | "            \
    "(money, money) -> bool"

static const cel_function rows[] = {
    {"_+_", CEL_ANY_KIND,
     "(int, int) -> int | (uint, uint) -> uint | (double, double) -> double | "
     "(string, string) -> string | (bytes, bytes) -> bytes | (list(A), list(A)) -> list(A) | "
     "(timestamp, duration) -> timestamp | (duration, timestamp) -> timestamp | "
     "(duration, duration) -> duration",
     add, "sum; texts, bytes and lists end to end", NULL},
    {"_-_", CEL_ANY_KIND,
     "(int, int) -> int | (uint, uint) -> uint | (double, double) -> double | "
     "(timestamp, timestamp) -> duration | (timestamp, duration) -> timestamp | "
     "(duration, duration) -> duration",
     subtract, "difference", NULL},
    {"_*_", CEL_ANY_KIND, "(int, int) -> int | (uint, uint) -> uint | (double, double) -> double",
     multiply, "product", NULL},
    {"_/_", CEL_ANY_KIND, "(int, int) -> int | (uint, uint) -> uint | (double, double) -> double",
     divide, "quotient; of whole numbers towards zero", NULL},
    {"_%_", CEL_ANY_KIND, "(int, int) -> int | (uint, uint) -> uint", modulo,
     "remainder, with the sign of the dividend", NULL},
    {"-_", CEL_ANY_KIND, "(int) -> int | (double) -> double", minus,
     "the number with the other sign", NULL},
    {"_==_", CEL_BOUNDS | CEL_ANY_KIND, "(A, A) -> bool", equal,
     "equal; numbers of all kinds by value", NULL},
    {"_!=_", CEL_BOUNDS | CEL_ANY_KIND, "(A, A) -> bool", unequal, "not equal", NULL},
    {"_<_", CEL_BOUNDS | CEL_ANY_KIND, ORDERED, less, "less, earlier, shorter, before in order",
     NULL},
    {"_<=_", CEL_BOUNDS | CEL_ANY_KIND, ORDERED, at_most, "less or equal", NULL},
    {"_>_", CEL_BOUNDS | CEL_ANY_KIND, ORDERED, greater, "greater, later, longer, after in order",
     NULL},
    {"_>=_", CEL_BOUNDS | CEL_ANY_KIND, ORDERED, at_least, "greater or equal", NULL},
    {"@in", CEL_BOUNDS | CEL_ANY_KIND, "(A, list(A)) -> bool | (A, map(A, B)) -> bool", in,
     "among the elements of a list, the keys of a map or the keys of a keyed list", NULL},
    {"_[_]", CEL_ANY_KIND,
     "(list(A), int) -> A | (map(A, B), A) -> B | "
     "(optional_type(list(A)), int) -> optional_type(A) | "
     "(optional_type(map(A, B)), A) -> optional_type(B)",
     index_of, "the element at an index from 0, of a key, or of the key of a keyed list", NULL},
    {"_[?_]", CEL_NONSTRICT,
     "(list(A), int) -> optional_type(A) | (map(A, B), A) -> optional_type(B) | "
     "(optional_type(list(A)), int) -> optional_type(A) | "
     "(optional_type(map(A, B)), A) -> optional_type(B)",
     optional_index_of, "the same as an optional, which is none where there is no element", NULL},
};

const cel_function_table cel_operators = {rows, sizeof rows / sizeof rows[0]};
