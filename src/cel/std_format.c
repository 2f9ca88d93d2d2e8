// SPDX-License-Identifier: Apache-2.0
//
// `format` of the strings extension: a text with clauses, `%[.precision]verb`, and the values that
// take their places. A value that is not stated leaves the text open; one of a kind that its clause
// does not take is an error.
#include "base/num.h"
#include "cel/eval.h"
#include "cel/time.h"

#include <stdlib.h>

// --- clauses

typedef struct clause {
    char verb;
    unsigned precision;
} clause;

static const struct verb {
    char letter;
    bool has_precision;
    const char *takes;
} verbs[] = {
    {'s', false, "what has a text"},
    {'d', false, "an int, uint or double"},
    {'f', true, "an int, uint or double"},
    {'e', true, "an int, uint or double"},
    {'b', false, "an int, uint or bool"},
    {'x', false, "an int, uint, text or bytes"},
    {'X', false, "an int, uint, text or bytes"},
    {'o', false, "an int or uint"},
};

static const struct verb *verb_of(char letter) {
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (verbs[i].letter == letter) return &verbs[i];
    return NULL;
}

// The digits behind `%.`; false: none, or too many.
static bool read_precision(unsigned *out, str s, size_t *at) {
    enum { DEFAULT = 6 };
    uint64_t n = 0;
    size_t from = *at + 1;
    *out = DEFAULT;
    if (*at >= s.len || s.ptr[*at] != '.') return true;
    for (*at = from; *at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9';)
        ++*at;
    bool good = num_parse_digits(str_sub(s, from, *at), 10, &n) && n <= NUM_PRECISION_MAX;
    *out = good ? (unsigned)n : DEFAULT;
    return good;
}

// The clause behind a `%`. An objection, or NULL.
static const char *read_clause(clause *out, str s, size_t *at) {
    bool has_point = *at < s.len && s.ptr[*at] == '.';
    if (!read_precision(&out->precision, s, at))
        return "a precision is a point and a number from 0 to 1000";
    if (*at >= s.len) return "it ends within a clause";
    const struct verb *v = verb_of(s.ptr[*at]);
    if (!v) return "a letter after `%` is no clause";
    if (has_point && !v->has_precision) return "only `%f` and `%e` take a precision";
    out->verb = v->letter;
    ++*at;
    return NULL;
}

// The text up to the next clause, whose `%` is passed over; `%%` ends a text, too, and is its last
// character. False: there is no further clause.
static bool next_text(str *text, bool *is_clause, str s, size_t *at) {
    size_t from = *at, i = from;
    while (i < s.len && s.ptr[i] != '%')
        i++;
    bool escaped = i + 1 < s.len && s.ptr[i + 1] == '%';
    *text = str_sub(s, from, escaped ? i + 1 : i);
    *is_clause = i < s.len && !escaped;
    *at = i < s.len ? i + (escaped ? 2 : 1) : s.len;
    return i < s.len;
}

static bool check_format(const cel_env *env, diags *d, const expr *arg, str s) {
    clause c;
    str text;
    bool is_clause = false;
    const char *objection = NULL;
    (void)env;
    for (size_t at = 0; !objection && next_text(&text, &is_clause, s, &at);)
        if (is_clause) objection = read_clause(&c, s, &at);
    if (!objection) return true;
    diag_add(d, DIAG_BAD_FORMAT, cel_span(arg),
             STR("the clauses are %s, %d, %f, %e, %b, %o, %x and %X; %% is the sign itself"),
             "this format is none: %s", objection);
    return false;
}

// --- writing

typedef struct formatter {
    cel_run *run;
    const expr *call;
    buf out;
    bool unknown;    // something in it is not known
    value objection; // once there is one, nothing more is written
} formatter;

static bool object(formatter *f, value error) {
    f->objection = error;
    return false;
}

// Room for `more` bytes, and the steps to write them.
static bool make_room(formatter *f, size_t more) {
    if (f->out.len + more > CEL_MAX_TEXT)
        return object(f, cel_fail(f->run, f->call, "the text would be too long"));
    if (!cel_spend(f->run, 1 + more / 64)) return object(f, cel_too_much(f->run, f->call));
    return true;
}

static bool add(formatter *f, str s) {
    if (!make_room(f, s.len)) return false;
    buf_add(&f->out, s);
    return true;
}

static bool refuse(formatter *f, char verb, value v) {
    return object(f, cel_fail(f->run, f->call, "`%%%c` takes %s, not %s", verb,
                              verb_of(verb)->takes, value_kind_name(v)));
}

static bool add_in_base(formatter *f, uint64_t n, bool negative, unsigned base, bool capitals) {
    char digits[64];
    size_t at = sizeof digits;
    do {
        digits[--at] = (capitals ? "0123456789ABCDEF" : "0123456789abcdef")[n % base];
        n /= base;
    } while (n);
    if (negative && !add(f, STR("-"))) return false;
    return add(f, (str){digits + at, sizeof digits - at});
}

// An int or uint; false: it is none.
static bool whole(value v, uint64_t *magnitude, bool *negative) {
    *negative = v.kind == VALUE_INT && v.u.i < 0;
    *magnitude = *negative ? ~v.u.u + 1 : v.u.u;
    return v.kind == VALUE_INT || v.kind == VALUE_UINT;
}

static bool add_whole(formatter *f, char verb, value v, unsigned base) {
    uint64_t n = 0;
    bool negative = false;
    if (verb == 'b' && v.kind == VALUE_BOOL) return add(f, v.u.b ? STR("1") : STR("0"));
    if (!whole(v, &n, &negative)) return refuse(f, verb, v);
    return add_in_base(f, n, negative, base, verb == 'X');
}

static bool add_hex(formatter *f, char verb, value v) {
    const char *digits = verb == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    if (v.kind != VALUE_STRING && v.kind != VALUE_BYTES) return add_whole(f, verb, v, 16);
    if (!make_room(f, (size_t)v.n * 2)) return false;
    for (uint32_t i = 0; i < v.n; i++) {
        unsigned char byte = (unsigned char)v.u.s[i];
        buf_addc(&f->out, digits[byte >> 4]);
        buf_addc(&f->out, digits[byte & 15]);
    }
    return true;
}

static bool add_number(formatter *f, clause c, value v) {
    arena *a = f->run->arena;
    double d = v.kind == VALUE_INT ? (double)v.u.i : v.kind == VALUE_UINT ? (double)v.u.u : v.u.d;
    if (v.kind != VALUE_INT && v.kind != VALUE_UINT && v.kind != VALUE_DOUBLE)
        return refuse(f, c.verb, v);
    return add(f, c.verb == 'f' ? num_print_fixed(a, d, c.precision)
                                : num_print_exponent(a, d, c.precision));
}

static bool add_decimal(formatter *f, value v) {
    if (v.kind == VALUE_DOUBLE) return add(f, num_print_plain(f->run->arena, v.u.d));
    return add_whole(f, 'd', v, 10);
}

// --- %s

static bool add_value(formatter *f, value v, unsigned depth);

// Bytes that are no UTF-8 become one U+FFFD, however many stand together.
static bool add_bytes(formatter *f, str s) {
    bool bad_before = false;
    if (!make_room(f, s.len * 3)) return false;
    for (size_t i = 0; i < s.len;) {
        int32_t c = utf8_next(s, &i);
        if (c >= 0 || !bad_before) utf8_add(&f->out, c < 0 ? 0xfffd : (uint32_t)c);
        bad_before = c < 0;
    }
    return true;
}

static bool add_duration(formatter *f, int64_t nanoseconds) {
    enum { SECOND = 1000000000 };
    int64_t whole_seconds = nanoseconds / SECOND, rest = nanoseconds % SECOND;
    double seconds = (double)whole_seconds + (double)rest / 1e9;
    return add(f, num_print_plain(f->run->arena, seconds)) && add(f, STR("s"));
}

static bool add_list(formatter *f, const value_list *list, unsigned depth) {
    if (list->open) f->unknown = true;
    if (!add(f, STR("["))) return false;
    for (uint32_t i = 0; i < list->count; i++) {
        if (i && !add(f, STR(", "))) return false;
        if (!add_value(f, list->items[i], depth)) return false;
    }
    return add(f, STR("]"));
}

typedef struct sorted_key {
    str text;
    uint32_t index;
} sorted_key;

static int by_text(const void *x, const void *y) {
    const sorted_key *a = x, *b = y;
    int order = str_cmp(a->text, b->text);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static str key_text(arena *a, value key) {
    switch (key.kind) {
    case VALUE_BOOL: return key.u.b ? STR("true") : STR("false");
    case VALUE_INT: return str_format(a, "%lld", (long long)key.u.i);
    case VALUE_UINT: return str_format(a, "%llu", (unsigned long long)key.u.u);
    default: return value_text(key);
    }
}

// By the texts of the keys.
static bool add_map(formatter *f, const value_map *m, unsigned depth) {
    enum { SORTING = 8 }; // steps a key
    if (!cel_spend(f->run, (size_t)m->count * SORTING))
        return object(f, cel_too_much(f->run, f->call));
    sorted_key *keys = arena_array(f->run->arena, sorted_key, m->count);
    for (uint32_t i = 0; i < m->count; i++)
        keys[i] = (sorted_key){key_text(f->run->arena, m->keys[i]), i};
    if (m->count) qsort(keys, m->count, sizeof *keys, by_text);
    if (!add(f, STR("{"))) return false;
    for (uint32_t i = 0; i < m->count; i++) {
        if (i && !add(f, STR(", "))) return false;
        if (!add(f, keys[i].text) || !add(f, STR(": "))) return false;
        if (!add_value(f, m->values[keys[i].index], depth)) return false;
    }
    return add(f, STR("}"));
}

static bool add_value(formatter *f, value v, unsigned depth) {
    arena *a = f->run->arena;
    if (depth == 0) return object(f, cel_fail(f->run, f->call, "too deep: the value is nested"));
    switch (v.kind) {
    case VALUE_UNKNOWN:
    case VALUE_RANGE: f->unknown = true; return true;
    case VALUE_NULL: return add(f, STR("null"));
    case VALUE_BOOL: return add(f, v.u.b ? STR("true") : STR("false"));
    case VALUE_INT:
    case VALUE_UINT:
    case VALUE_DOUBLE: return add_decimal(f, v);
    case VALUE_STRING: return add(f, value_text(v));
    case VALUE_BYTES: return add_bytes(f, value_text(v));
    case VALUE_LIST: return add_list(f, v.u.list, depth - 1);
    case VALUE_MAP: return add_map(f, v.u.map, depth - 1);
    case VALUE_TYPE: return add(f, str_of(type_kind_name(v.u.type)));
    case VALUE_TIMESTAMP: return add(f, timestamp_print(a, v));
    case VALUE_DURATION: return add_duration(f, v.u.i);
    case VALUE_DATE: return add(f, day_print(a, (day)v.u.i));
    case VALUE_PERIOD: return add(f, period_print(a, *v.u.period));
    case VALUE_MONEY: return add(f, money_print(a, *v.u.money));
    default: return refuse(f, 's', v);
    }
}

// ---

static bool add_clause(formatter *f, clause c, value v) {
    if (v.kind == VALUE_UNKNOWN || v.kind == VALUE_RANGE) {
        f->unknown = true;
        return true;
    }
    switch (c.verb) {
    case 's': return add_value(f, v, CEL_MAX_DEPTH);
    case 'd': return add_decimal(f, v);
    case 'b': return add_whole(f, c.verb, v, 2);
    case 'o': return add_whole(f, c.verb, v, 8);
    case 'x':
    case 'X': return add_hex(f, c.verb, v);
    default: return add_number(f, c, v);
    }
}

// The clause at hand with its value, the next of the list.
static bool take_clause(formatter *f, str s, size_t *at, const value_list *list, uint32_t *next) {
    clause c;
    const char *objection = read_clause(&c, s, at);
    if (objection)
        return object(f, cel_fail(f->run, f->call, "this format is none: %s", objection));
    if (*next < list->count && !list->loose) return add_clause(f, c, list->items[(*next)++]);
    if (!list->open)
        return object(f, cel_fail(f->run, f->call,
                                  "index %u out of range: the format has more clauses than values",
                                  (unsigned)list->count));
    f->unknown = true;
    return true;
}

static value format(cel_run *run, const expr *call, const value *args, size_t count) {
    str s = value_text(args[0]), text;
    formatter f = {.run = run, .call = call, .out = {.arena = run->arena}};
    uint32_t next = 0;
    bool is_clause = false, good = true, more = true;
    (void)count;
    for (size_t at = 0; good && more;) {
        more = next_text(&text, &is_clause, s, &at);
        good = add(&f, text) && (!is_clause || take_clause(&f, s, &at, args[1].u.list, &next));
    }
    if (!good) return f.objection;
    return f.unknown ? value_unknown() : value_string(buf_str(&f.out));
}

static const cel_function rows[] = {
    {"format", CEL_RECEIVER | CEL_JUDGED, "(string, list(dyn)) -> string", format,
     "the text with the values of a list in place of %s, %d, %.2f, %e, %b, %o, %x", check_format},
};

const cel_function_table cel_format_functions = {rows, sizeof rows / sizeof rows[0]};
