// SPDX-License-Identifier: Apache-2.0
//
// Conversions between kinds as rows, with the specification's errors for what does not fit.
#include "cel/eval.h"
#include "cel/time.h"

#include "base/num.h"

#include <math.h>

static value unreadable(const cel_run *run, const expr *call, const value *args) {
    return cel_fail(run, call, "'%.*s' cannot be read as %.*s", STR_ARG(value_text(args[0])),
                    STR_ARG(call->u.call.function));
}

static value out_of_range(const cel_run *run, const expr *call) {
    return cel_fail(run, call, "the value is out of the range of %.*s",
                    STR_ARG(call->u.call.function));
}

static value to_int(cel_run *run, const expr *call, const value *args, size_t count) {
    int64_t i = 0;
    switch (args[0].kind) {
    case VALUE_INT: return args[0];
    case VALUE_UINT:
        return args[0].u.u > INT64_MAX ? out_of_range(run, call) : value_int((int64_t)args[0].u.u);
    case VALUE_DOUBLE:
        // Both ends are out: the doubles there stand for all that was rounded to them.
        if (!(args[0].u.d > -9223372036854775808.0 && args[0].u.d < 9223372036854775808.0))
            return out_of_range(run, call);
        return value_int((int64_t)args[0].u.d);
    case VALUE_STRING:
        return num_parse_int(value_text(args[0]), &i) ? value_int(i) : unreadable(run, call, args);
    case VALUE_TIMESTAMP: return value_int(args[0].u.i);
    default: return cel_no_overload(run, call, args, count);
    }
}

static value to_uint(cel_run *run, const expr *call, const value *args, size_t count) {
    uint64_t u = 0;
    switch (args[0].kind) {
    case VALUE_UINT: return args[0];
    case VALUE_INT:
        return args[0].u.i < 0 ? out_of_range(run, call) : value_uint((uint64_t)args[0].u.i);
    case VALUE_DOUBLE:
        if (!(args[0].u.d >= 0 && args[0].u.d < 18446744073709551616.0))
            return out_of_range(run, call);
        return value_uint((uint64_t)args[0].u.d);
    case VALUE_STRING:
        return num_parse_uint(value_text(args[0]), &u) ? value_uint(u)
                                                       : unreadable(run, call, args);
    default: return cel_no_overload(run, call, args, count);
    }
}

// Beside decimal numbers the words that print as those values.
static bool parse_double(str s, double *out) {
    static const struct {
        const char *text;
        double d;
    } words[] = {
        {"NaN", NAN},       {"Infinity", INFINITY}, {"+Infinity", INFINITY},  {"Inf", INFINITY},
        {"+Inf", INFINITY}, {"inf", INFINITY},      {"-Infinity", -INFINITY}, {"-Inf", -INFINITY},
        {"-inf", -INFINITY}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!str_is(s, words[i].text)) continue;
        *out = words[i].d;
        return true;
    }
    return num_parse_double(s, out);
}

static value to_double(cel_run *run, const expr *call, const value *args, size_t count) {
    double d = 0;
    switch (args[0].kind) {
    case VALUE_DOUBLE: return args[0];
    case VALUE_INT: return value_double((double)args[0].u.i);
    case VALUE_UINT: return value_double((double)args[0].u.u);
    case VALUE_STRING:
        return parse_double(value_text(args[0]), &d) ? value_double(d)
                                                     : unreadable(run, call, args);
    default: return cel_no_overload(run, call, args, count);
    }
}

static value to_string(cel_run *run, const expr *call, const value *args, size_t count) {
    arena *a = run->arena;
    switch (args[0].kind) {
    case VALUE_STRING: return args[0];
    case VALUE_BOOL: return value_string(args[0].u.b ? STR("true") : STR("false"));
    case VALUE_INT: return value_string(str_format(a, "%lld", (long long)args[0].u.i));
    case VALUE_UINT: return value_string(str_format(a, "%llu", (unsigned long long)args[0].u.u));
    case VALUE_DOUBLE: return value_string(num_print_double(a, args[0].u.d));
    case VALUE_TIMESTAMP: return value_string(timestamp_print(a, args[0]));
    case VALUE_DURATION: return value_string(duration_print(a, args[0].u.i));
    case VALUE_DATE: return value_string(day_print(a, (day)args[0].u.i));
    case VALUE_PERIOD: return value_string(period_print(a, *args[0].u.period));
    case VALUE_MONEY: return value_string(money_print(a, *args[0].u.money));
    case VALUE_BYTES:
        if (!utf8_valid(value_text(args[0]), NULL))
            return cel_fail(run, call, "these bytes are no UTF-8 text");
        return value_string(value_text(args[0]));
    default: return cel_no_overload(run, call, args, count);
    }
}

static value to_bytes(cel_run *run, const expr *call, const value *args, size_t count) {
    if (args[0].kind == VALUE_BYTES) return args[0];
    if (args[0].kind == VALUE_STRING) return value_bytes(value_text(args[0]));
    return cel_no_overload(run, call, args, count);
}

static value to_bool(cel_run *run, const expr *call, const value *args, size_t count) {
    static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True"};
    static const char *const no[] = {"0", "f", "F", "false", "FALSE", "False"};
    if (args[0].kind == VALUE_BOOL) return args[0];
    if (args[0].kind != VALUE_STRING) return cel_no_overload(run, call, args, count);
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (str_is(value_text(args[0]), yes[i])) return VALUE_TRUE;
        if (str_is(value_text(args[0]), no[i])) return VALUE_FALSE;
    }
    return unreadable(run, call, args);
}

static value to_timestamp(cel_run *run, const expr *call, const value *args, size_t count) {
    value t;
    switch (args[0].kind) {
    case VALUE_TIMESTAMP: return args[0];
    case VALUE_INT: return timestamp_of(args[0].u.i, 0, &t) ? t : out_of_range(run, call);
    case VALUE_STRING:
        return timestamp_parse(value_text(args[0]), &t) ? t : unreadable(run, call, args);
    default: return cel_no_overload(run, call, args, count);
    }
}

static value to_duration(cel_run *run, const expr *call, const value *args, size_t count) {
    int64_t n = 0;
    if (args[0].kind == VALUE_DURATION) return args[0];
    if (args[0].kind != VALUE_STRING) return cel_no_overload(run, call, args, count);
    return duration_parse(value_text(args[0]), &n) ? duration_of(n) : unreadable(run, call, args);
}

static value to_dyn(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)run;
    (void)call;
    (void)count;
    return args[0];
}

static value type_of(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)run;
    (void)call;
    (void)count;
    return (value){.kind = VALUE_TYPE, .u.type = value_type(args[0])};
}

static const cel_function rows[] = {
    {"int", CEL_ANY_KIND,
     "(int) -> int | (uint) -> int | (double) -> int | (string) -> int | (timestamp) -> int",
     to_int, "as an int; doubles towards zero, timestamps as seconds since 1970", NULL},
    {"uint", CEL_ANY_KIND, "(uint) -> uint | (int) -> uint | (double) -> uint | (string) -> uint",
     to_uint, "as a uint; doubles towards zero", NULL},
    {"double", CEL_ANY_KIND,
     "(double) -> double | (int) -> double | (uint) -> double | (string) -> double", to_double,
     "as a double", NULL},
    {"string", CEL_ANY_KIND,
     "(string) -> string | (bool) -> string | (int) -> string | (uint) -> string | "
     "(double) -> string | (bytes) -> string | (timestamp) -> string | (duration) -> string | "
     "(date) -> string | (period) -> string | (money) -> string",
     to_string, "as a text; bytes must be UTF-8", NULL},
    {"bytes", CEL_ANY_KIND, "(bytes) -> bytes | (string) -> bytes", to_bytes,
     "the UTF-8 bytes of a text", NULL},
    {"bool", CEL_ANY_KIND, "(bool) -> bool | (string) -> bool", to_bool,
     "`true` or `false` as a bool", NULL},
    {"timestamp", CEL_ANY_KIND,
     "(timestamp) -> timestamp | (string) -> timestamp | (int) -> timestamp", to_timestamp,
     "from RFC 3339, or seconds since 1970", NULL},
    {"duration", CEL_ANY_KIND, "(duration) -> duration | (string) -> duration", to_duration,
     "from a text such as `1h30m`, `1.5s`", NULL},
    {"dyn", CEL_BOUNDS | CEL_ANY_KIND, "(A) -> dyn", to_dyn, "the value, its type not checked",
     NULL},
    {"type", CEL_ANY_KIND, "(A) -> type(A)", type_of, "the type of a value", NULL},
};

const cel_function_table cel_conversions = {rows, sizeof rows / sizeof rows[0]};
