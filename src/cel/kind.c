// SPDX-License-Identifier: Apache-2.0
//
// The kinds of values and types: which belongs to which, and what messages and `type()` call them.
#include "cel/type.h"

// The type of each kind of value, its parts left out; what is no value of CEL is dyn.
static const type kind_types[] = {
    [VALUE_UNKNOWN] = {.kind = TYPE_DYN},       [VALUE_NONE] = {.kind = TYPE_DYN},
    [VALUE_ERROR] = {.kind = TYPE_ERROR},       [VALUE_NULL] = {.kind = TYPE_NULL},
    [VALUE_BOOL] = {.kind = TYPE_BOOL},         [VALUE_INT] = {.kind = TYPE_INT},
    [VALUE_UINT] = {.kind = TYPE_UINT},         [VALUE_DOUBLE] = {.kind = TYPE_DOUBLE},
    [VALUE_STRING] = {.kind = TYPE_STRING},     [VALUE_BYTES] = {.kind = TYPE_BYTES},
    [VALUE_LIST] = {.kind = TYPE_LIST},         [VALUE_MAP] = {.kind = TYPE_MAP},
    [VALUE_TYPE] = {.kind = TYPE_TYPE},         [VALUE_TIMESTAMP] = {.kind = TYPE_TIMESTAMP},
    [VALUE_DURATION] = {.kind = TYPE_DURATION}, [VALUE_OPTIONAL] = {.kind = TYPE_OPTIONAL},
    [VALUE_DATE] = {.kind = TYPE_DATE},         [VALUE_PERIOD] = {.kind = TYPE_PERIOD},
    [VALUE_MONEY] = {.kind = TYPE_MONEY},       [VALUE_RECORD] = {.kind = TYPE_RECORD},
    [VALUE_RANGE] = {.kind = TYPE_DYN},
};

static const char *const type_names[] = {
    [TYPE_DYN] = "dyn",
    [TYPE_ERROR] = "error",
    [TYPE_NULL] = "null_type",
    [TYPE_BOOL] = "bool",
    [TYPE_INT] = "int",
    [TYPE_UINT] = "uint",
    [TYPE_DOUBLE] = "double",
    [TYPE_STRING] = "string",
    [TYPE_BYTES] = "bytes",
    [TYPE_TIMESTAMP] = "google.protobuf.Timestamp",
    [TYPE_DURATION] = "google.protobuf.Duration",
    [TYPE_LIST] = "list",
    [TYPE_MAP] = "map",
    [TYPE_TYPE] = "type",
    [TYPE_OPTIONAL] = "optional_type",
    [TYPE_WRAPPER] = "wrapper",
    [TYPE_PARAM] = "dyn",
    [TYPE_NUMBER] = "dyn",
    [TYPE_DATE] = "date",
    [TYPE_PERIOD] = "period",
    [TYPE_MONEY] = "money",
    [TYPE_ENUM] = "string",
    [TYPE_RECORD] = "record",
};

const type *value_type(value v) {
    return &kind_types[v.kind];
}

const char *type_kind_name(const type *t) {
    return type_names[t->kind];
}

const char *value_kind_name(value v) {
    switch (v.kind) {
    case VALUE_UNKNOWN: return "unknown";
    case VALUE_NONE: return "none";
    case VALUE_RANGE: return "bounds of a number";
    default: return type_kind_name(value_type(v));
    }
}
