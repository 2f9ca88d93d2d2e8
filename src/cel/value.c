// SPDX-License-Identifier: Apache-2.0
//
// Making values; money; slots of records. How values compare is in compare.c, what their kinds are
// called in kind.c. Knows nothing of expressions.
#include "cel/value.h"

#include "base/num.h"
#include <string.h>

value value_bool(bool b) {
    return b ? VALUE_TRUE : VALUE_FALSE;
}

value value_int(int64_t i) {
    return (value){.kind = VALUE_INT, .u.i = i};
}

value value_uint(uint64_t u) {
    return (value){.kind = VALUE_UINT, .u.u = u};
}

value value_double(double d) {
    return (value){.kind = VALUE_DOUBLE, .u.d = d};
}

static value text_value(value_kind kind, str s) {
    return (value){.kind = (uint8_t)kind, .n = (uint32_t)s.len, .u.s = s.ptr};
}

value value_string(str s) {
    return text_value(VALUE_STRING, s);
}

value value_bytes(str s) {
    return text_value(VALUE_BYTES, s);
}

str value_text(value v) {
    return (str){v.u.s, v.n};
}

value value_date(day d) {
    return (value){.kind = VALUE_DATE, .u.i = d};
}

value value_unknown(void) {
    return (value){.kind = VALUE_UNKNOWN};
}

value value_none(void) {
    return (value){.kind = VALUE_NONE};
}

value value_record(const record *r) {
    return (value){.kind = VALUE_RECORD, .u.record = r};
}

value value_list_of(arena *a, const value *items, size_t count, bool open) {
    value_list *list = arena_new(a, value_list);
    *list = (value_list){.count = (uint32_t)count, .open = open, .key = -1, .items = items};
    return (value){.kind = VALUE_LIST, .u.list = list};
}

value value_error_of(arena *a, span at, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    str message = str_vformat(a, fmt, args);
    va_end(args);
    value_error *error = arena_new(a, value_error);
    *error = (value_error){message, at};
    return (value){.kind = VALUE_ERROR, .u.error = error};
}

// --- slots

int record_slot(const record_type *t, str field) {
    const record_field *f = map_get(&t->index, field);
    return f ? (int)(f - t->fields) : -1;
}

// --- money

bool money_parse(str s, money *out) {
    uint64_t units = 0, cents = 0;
    if (s.len < 5 || s.ptr[3] != ' ') return false;
    for (size_t i = 0; i < 3; i++)
        if (s.ptr[i] < 'A' || s.ptr[i] > 'Z') return false;
    str amount = str_sub(s, 4, s.len);
    ptrdiff_t point = str_find(amount, STR("."));
    str whole = point < 0 ? amount : str_sub(amount, 0, (size_t)point);
    if (!num_parse_digits(whole, 10, &units) || units > INT64_MAX / 100 - 1) return false;
    if (point >= 0) {
        str part = str_sub(amount, (size_t)point + 1, amount.len);
        if (part.len > 2 || !num_parse_digits(part, 10, &cents)) return false;
        if (part.len == 1) cents *= 10;
    }
    *out = (money){.minor = (int64_t)(units * 100 + cents)};
    memcpy(out->currency, s.ptr, 3);
    return true;
}

str money_print(arena *a, money m) {
    uint64_t minor = m.minor < 0 ? ~(uint64_t)m.minor + 1 : (uint64_t)m.minor;
    unsigned cents = (unsigned)(minor % 100);
    buf b = {.arena = a};
    buf_addf(&b, "%s %s%llu", m.currency, m.minor < 0 ? "-" : "",
             (unsigned long long)(minor / 100));
    if (cents) buf_addf(&b, ".%02u", cents);
    return buf_str(&b);
}
