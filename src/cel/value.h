// SPDX-License-Identifier: Apache-2.0
//
// What a CEL expression evaluates to: 16 bytes, passed by value. Beside CEL's own kinds there are
// the two states that a fact may have instead of a value (unknown: not stated; none: stated that
// there is none), an error, and the kinds that laws need (date, period, money, a record of facts,
// a number known by its bounds). Knows nothing of what the records mean.
#ifndef OBSTAT_CEL_VALUE_H
#define OBSTAT_CEL_VALUE_H

#include "base/date.h"
#include "base/map.h"
#include "base/source.h"

typedef enum value_kind {
    VALUE_UNKNOWN, // not stated; a zeroed value is unknown, so nothing is known by accident
    VALUE_NONE, // stated that there is none: only in slots of records and as a result of `xs['k']`;
                // selecting it is an error
    VALUE_ERROR,
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_UINT,
    VALUE_DOUBLE,
    VALUE_STRING, // an enum value, a country and a reference's text are strings too
    VALUE_BYTES,
    VALUE_LIST,
    VALUE_MAP,
    VALUE_TYPE,
    VALUE_TIMESTAMP,
    VALUE_DURATION,
    VALUE_OPTIONAL,
    VALUE_DATE,
    VALUE_PERIOD,
    VALUE_MONEY,
    VALUE_RECORD,
    VALUE_RANGE // a number, or a date in days, of which only bounds are known: comparisons decide
                // where they can
} value_kind;

typedef struct value value;
typedef struct value_list value_list;
typedef struct value_map value_map;
typedef struct value_error value_error;
typedef struct value_range value_range;
typedef struct record record;
typedef struct record_type record_type;
typedef struct type type;

struct value {
    uint8_t kind; // value_kind
    uint8_t flags;
    uint16_t reserved;
    uint32_t n; // strings and bytes: length; timestamps: nanoseconds
    union {
        bool b;
        int64_t
            i; // ints; durations in nanoseconds; timestamps in seconds since 1970; dates in days
        uint64_t u;
        double d;
        const char *s; // strings and bytes
        const value_list *list;
        const value_map *map;
        const value_error *error;
        const value_range *range;
        const record *record;
        const type *type;
        const value *optional; // NULL: optional.none()
        const period *period;
        const struct money *money;
    } u;
};

struct value_list {
    uint32_t count;
    bool open;   // there may be more: `exists` is true or unknown, `size` unknown
    int16_t key; // keyed lists: the slot that identifies an entry; -1: its `id` does
    bool keyed;  // `xs['k']` and `'k' in xs` look an entry up by its key
    bool loose;  // open, and what is missing may stand between the items: no index is known
    const value *items;
    uint32_t absent_count; // keys of entries that are stated not to be there, so that an open
    const value *absent;   // list is closed for them
};

struct value_map {
    uint32_t count;
    const value *keys; // bool, int, uint or string; in the order they were written
    const value *values;
};

struct value_error {
    str message;
    span at; // of the expression that failed
};

// Bounds are inclusive unless `…_open`; a bound that is not known has has_… false.
struct value_range {
    double least, most;
    bool has_least, has_most, least_open, most_open;
    char currency[4]; // of money, whose units the bounds are; empty: a number
};

typedef struct money {
    int64_t minor;    // in hundredths of the currency's unit, whatever the currency
    char currency[4]; // ISO 4217, zero-terminated
} money;

// One entry of the facts: a party, a feature, the market asked about, a row of a registry. Records
// are equal when they are the same one. Slots are written by the layer above and read here.
struct record {
    const record_type *type;
    value *slots;       // type->count of them
    str id;             // `.id`, the text by which others refer to it
    uint32_t realm;     // the layer above's own mark of what `origin` is
    const void *origin; // the layer above's own
};

typedef struct record_field {
    str name;
    const type *type;
    bool may_be_none; // selecting it without a guard does not load
} record_field;

struct record_type {
    str name; // as messages call it
    uint32_t count;
    const record_field *fields;
    map index; // name → field
};

// The slot of a field, or -1.
int record_slot(const record_type *t, str field);

#define VALUE_TRUE  ((value){.kind = VALUE_BOOL, .u.b = true})
#define VALUE_FALSE ((value){.kind = VALUE_BOOL, .u.b = false})

value value_bool(bool b);
value value_int(int64_t i);
value value_uint(uint64_t u);
value value_double(double d);
value value_string(str s); // borrows
value value_bytes(str s);
value value_date(day d);
value value_unknown(void);
value value_none(void);
value value_record(const record *r);
value value_list_of(arena *a, const value *items, size_t count, bool open); // borrows the items
value value_error_of(arena *a, span at, const char *fmt, ...) PRINTF_LIKE(3, 4);
str value_text(value v); // of strings and bytes

static inline bool value_is(value v, value_kind kind) {
    return v.kind == kind;
}

// What a value's kind is called in messages and by `type()`: `int`, `google.protobuf.Timestamp` …
const char *value_kind_name(value v);
const char *type_kind_name(const type *t);
const type *value_type(value v); // of its kind alone: a list is `list`

// CEL's `==`: numbers across kinds by value, lists and maps by their members, records by identity;
// different kinds are unequal. The result is a bool, unknown or an error value.
value value_equal(arena *a, value x, value y);

// The same within a budget of member comparisons, which is used up by it.
value value_equal_within(arena *a, size_t *steps, value x, value y);

// The orders that two values may have. More than one where a number is known by its bounds, a
// period depends on the calendar or two amounts are in different currencies.
enum { ORDER_LESS = 1, ORDER_EQUAL = 2, ORDER_GREATER = 4, ORDER_NAN = 8 };

// A set of these; 0: CEL does not order the two.
unsigned value_orders(value x, value y);

// True where exactly one order is possible: then `*out` is -1, 0 or 1 (or 2: a NaN is among them).
bool value_compare(value x, value y, int *out);

// Money and its text, `EUR 1500` or `EUR 1500.50`.
bool money_parse(str s, money *out);
str money_print(arena *a, money m);

#endif
