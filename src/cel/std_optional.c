// SPDX-License-Identifier: Apache-2.0
//
// Optionals as rows: a value or none, in place of null.
#include "cel/eval.h"

static value of(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)call;
    (void)count;
    return cel_optional(run, args[0]);
}

static value none(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)run;
    (void)call;
    (void)args;
    (void)count;
    return (value){.kind = VALUE_OPTIONAL};
}

// The values that a protocol buffer would not send: zero, empty, null, none.
static bool is_zero(value v) {
    switch (v.kind) {
    case VALUE_NULL: return true;
    case VALUE_BOOL: return !v.u.b;
    case VALUE_INT:
    case VALUE_DURATION: return v.u.i == 0;
    case VALUE_UINT: return v.u.u == 0;
    case VALUE_DOUBLE: return v.u.d == 0;
    case VALUE_STRING:
    case VALUE_BYTES: return v.n == 0;
    case VALUE_TIMESTAMP: return v.u.i == 0 && v.n == 0;
    case VALUE_LIST: return v.u.list->count == 0;
    case VALUE_MAP: return v.u.map->count == 0;
    case VALUE_OPTIONAL: return !v.u.optional;
    default: return false;
    }
}

static value of_non_zero(cel_run *run, const expr *call, const value *args, size_t count) {
    if (args[0].kind == VALUE_LIST && args[0].u.list->open && args[0].u.list->count == 0)
        return value_unknown();
    return is_zero(args[0]) ? none(run, call, args, count) : of(run, call, args, count);
}

static value has_value(cel_run *run, const expr *call, const value *args, size_t count) {
    if (args[0].kind != VALUE_OPTIONAL) return cel_no_overload(run, call, args, count);
    return value_bool(args[0].u.optional != NULL);
}

static value held(cel_run *run, const expr *call, const value *args, size_t count) {
    if (args[0].kind != VALUE_OPTIONAL) return cel_no_overload(run, call, args, count);
    if (args[0].u.optional) return *args[0].u.optional;
    return cel_fail(run, call, "the optional has no value");
}

// `or` and `orValue` look at their second argument only where the first has no value: an error or
// an unknown in what is not used does no harm.
static value first_or(cel_run *run, const expr *call, const value *args, size_t count,
                      bool opened) {
    if (args[0].kind == VALUE_ERROR || args[0].kind == VALUE_UNKNOWN) return args[0];
    if (args[0].kind != VALUE_OPTIONAL) return cel_no_overload(run, call, args, count);
    if (args[0].u.optional) return opened ? *args[0].u.optional : args[0];
    bool open = args[1].kind == VALUE_ERROR || args[1].kind == VALUE_UNKNOWN;
    if (!opened && !open && args[1].kind != VALUE_OPTIONAL)
        return cel_no_overload(run, call, args, count);
    return args[1];
}

static value or_optional(cel_run *run, const expr *call, const value *args, size_t count) {
    return first_or(run, call, args, count, false);
}

static value or_value(cel_run *run, const expr *call, const value *args, size_t count) {
    return first_or(run, call, args, count, true);
}

static const cel_function rows[] = {
    {"optional.of", CEL_ANY_KIND, "(A) -> optional_type(A)", of, "an optional that has this value",
     NULL},
    {"optional.none", CEL_ANY_KIND, "() -> optional_type(A)", none, "the optional without value",
     NULL},
    {"optional.ofNonZeroValue", CEL_ANY_KIND, "(A) -> optional_type(A)", of_non_zero,
     "an optional of the value, none where it is zero or empty", NULL},
    {"hasValue", CEL_RECEIVER | CEL_ANY_KIND, "(optional_type(A)) -> bool", has_value,
     "whether an optional has a value", NULL},
    {"value", CEL_RECEIVER | CEL_ANY_KIND, "(optional_type(A)) -> A", held,
     "the value of an optional", NULL},
    {"or", CEL_RECEIVER | CEL_NONSTRICT, "(optional_type(A), optional_type(A)) -> optional_type(A)",
     or_optional, "the first of two optionals that has a value", NULL},
    {"orValue", CEL_RECEIVER | CEL_NONSTRICT, "(optional_type(A), A) -> A", or_value,
     "the value of an optional, else this one", NULL},
};

const cel_function_table cel_optional_functions = {rows, sizeof rows / sizeof rows[0]};
