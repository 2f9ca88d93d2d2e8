// SPDX-License-Identifier: Apache-2.0
//
// Types of CEL expressions, gradual: `dyn` goes with everything. Enums are strings from a closed
// set, records have the fields that a vocabulary gives them.
#ifndef OBSTAT_CEL_TYPE_H
#define OBSTAT_CEL_TYPE_H

#include "cel/value.h"

typedef enum type_kind {
    TYPE_DYN,
    TYPE_ERROR, // after a diagnostic: goes with everything, is not reported again
    TYPE_NULL,
    TYPE_BOOL,
    TYPE_INT,
    TYPE_UINT,
    TYPE_DOUBLE,
    TYPE_STRING,
    TYPE_BYTES,
    TYPE_TIMESTAMP,
    TYPE_DURATION,
    TYPE_LIST,     // of a
    TYPE_MAP,      // a → b
    TYPE_TYPE,     // of a (may be NULL)
    TYPE_OPTIONAL, // of a
    TYPE_WRAPPER,  // of a: a or null
    TYPE_PARAM,    // a type variable of a signature
    TYPE_NUMBER,   // int, uint or double; in signatures only
    TYPE_DATE,
    TYPE_PERIOD,
    TYPE_MONEY,
    TYPE_ENUM,  // a string among `enumeration`
    TYPE_RECORD // with the fields of `record`
} type_kind;

typedef struct enumeration {
    str name; // of the list, or empty
    const str *values;
    size_t count;
} enumeration;

struct type {
    type_kind kind;
    bool keyed; // lists of records: `xs['k']` and `'k' in xs` are by key; the key's type is b
    const type *a, *b;
    const record_type *record;
    const enumeration *enumeration;
    str name;           // params; records: a field they must have, of type a
    uint64_t max_items; // lists: the most that a vocabulary allows; 0: not said
};

extern const type type_dyn, type_error, type_null, type_bool, type_int, type_uint, type_double,
    type_string, type_bytes, type_timestamp, type_duration, type_date, type_period, type_money;

const type *type_list_of(arena *a, const type *element);
const type *type_map_of(arena *a, const type *key, const type *element);
const type *type_optional_of(arena *a, const type *of);
const type *type_enum_of(arena *a, const enumeration *e);
const type *type_record_of(arena *a, const record_type *r);

// As CEL writes it: `list(map(string, int))`, `optional_type(int)`, `wrapper(int)`, `dyn`. Enums
// are `string`, records have their own name.
str type_print(arena *a, const type *t);

// Reads the same form (`list(string)`, `map(K, V)`; single capital letters are parameters); NULL:
// no such type. `record` is any record, `record(NAME, TYPE)` one that has such a field; `list`,
// `map`, `type` without parts take any parts.
const type *type_parse(arena *a, str s);

enum { SIGNATURE_MAX = 8 };

// One form in which a function can be called; parameters of one name are one type.
typedef struct signature {
    const type *params[SIGNATURE_MAX];
    size_t count;
    bool repeats; // `(int, ...)`: the last may come again, any number of times
    const type *result;
} signature;

// The first of `*rest`, signatures separated by `|`, which is moved past it. False: there is none,
// or it is ill-formed.
bool signature_next(signature *out, arena *a, str *rest);

// Whether it takes that many arguments, and the type of one of them.
bool signature_takes_count(const signature *s, size_t count);
const type *signature_param(const signature *s, size_t index);

// Whether one of the signatures takes that many arguments.
bool signatures_take(str signatures, size_t count);

// Same type in every part.
bool type_same(const type *x, const type *y);

#endif
