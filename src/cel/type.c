// SPDX-License-Identifier: Apache-2.0
//
// Types as values of the checker: made, compared, printed and read. What may stand for what is in
// check_types.c.
#include "cel/type.h"

#include <string.h>

const type type_dyn = {.kind = TYPE_DYN}, type_error = {.kind = TYPE_ERROR},
           type_null = {.kind = TYPE_NULL}, type_bool = {.kind = TYPE_BOOL},
           type_int = {.kind = TYPE_INT}, type_uint = {.kind = TYPE_UINT},
           type_double = {.kind = TYPE_DOUBLE}, type_string = {.kind = TYPE_STRING},
           type_bytes = {.kind = TYPE_BYTES}, type_timestamp = {.kind = TYPE_TIMESTAMP},
           type_duration = {.kind = TYPE_DURATION}, type_date = {.kind = TYPE_DATE},
           type_period = {.kind = TYPE_PERIOD}, type_money = {.kind = TYPE_MONEY};

static const type any_number = {.kind = TYPE_NUMBER}, any_record = {.kind = TYPE_RECORD},
                  any_type = {.kind = TYPE_TYPE}, dyn_list = {.kind = TYPE_LIST, .a = &type_dyn},
                  dyn_map = {.kind = TYPE_MAP, .a = &type_dyn, .b = &type_dyn};

// Types without parts by their names; the first name of a type is the one that is printed.
static const struct named {
    const char *name;
    const type *type;
} named[] = {
    {"dyn", &type_dyn},
    {"null_type", &type_null},
    {"bool", &type_bool},
    {"int", &type_int},
    {"uint", &type_uint},
    {"double", &type_double},
    {"string", &type_string},
    {"bytes", &type_bytes},
    {"timestamp", &type_timestamp},
    {"google.protobuf.Timestamp", &type_timestamp},
    {"duration", &type_duration},
    {"google.protobuf.Duration", &type_duration},
    {"date", &type_date},
    {"period", &type_period},
    {"money", &type_money},
    {"number", &any_number},
    {"record", &any_record},
    {"type", &any_type},
    {"list", &dyn_list},
    {"map", &dyn_map},
};

static const type *made(arena *a, type t) {
    type *out = arena_new(a, type);
    *out = t;
    return out;
}

const type *type_list_of(arena *a, const type *element) {
    return element == &type_dyn ? &dyn_list : made(a, (type){.kind = TYPE_LIST, .a = element});
}

const type *type_map_of(arena *a, const type *key, const type *element) {
    return made(a, (type){.kind = TYPE_MAP, .a = key, .b = element});
}

const type *type_optional_of(arena *a, const type *of) {
    return made(a, (type){.kind = TYPE_OPTIONAL, .a = of});
}

const type *type_enum_of(arena *a, const enumeration *e) {
    return made(a, (type){.kind = TYPE_ENUM, .enumeration = e});
}

const type *type_record_of(arena *a, const record_type *r) {
    return made(a, (type){.kind = TYPE_RECORD, .record = r});
}

// --- printing

static void print(buf *out, const type *t);

static void print_parts(buf *out, const char *name, const type *a, const type *b) {
    buf_adds(out, name);
    if (!a) return;
    buf_addc(out, '(');
    print(out, a);
    if (b) buf_adds(out, ", ");
    if (b) print(out, b);
    buf_addc(out, ')');
}

static void print(buf *out, const type *t) {
    switch (t->kind) {
    case TYPE_ERROR: buf_adds(out, "error"); break;
    case TYPE_LIST: print_parts(out, "list", t->a, NULL); break; // b is the key's type
    case TYPE_MAP: print_parts(out, "map", t->a, t->b); break;
    case TYPE_TYPE: print_parts(out, "type", t->a, NULL); break;
    case TYPE_OPTIONAL: print_parts(out, "optional_type", t->a, NULL); break;
    case TYPE_WRAPPER: print_parts(out, "wrapper", t->a, NULL); break;
    case TYPE_PARAM:
        if (t->name.len)
            buf_add(out, t->name);
        else // a variable of the checker: what it was found to be, or anything
            print(out, t->a ? t->a : &type_dyn);
        break;
    case TYPE_ENUM: buf_adds(out, "string"); break;
    case TYPE_RECORD:
        buf_add(out, t->record ? t->record->name : STR("record"));
        if (!t->a) break;
        buf_addf(out, "(%.*s, ", STR_ARG(t->name));
        print(out, t->a);
        buf_addc(out, ')');
        break;
    default:
        for (size_t i = 0; i < sizeof named / sizeof *named; i++)
            if (named[i].type->kind == t->kind) {
                buf_adds(out, named[i].name);
                break;
            }
    }
}

str type_print(arena *a, const type *t) {
    buf out = {.arena = a};
    print(&out, t);
    return buf_str(&out);
}

// --- reading

enum { MAX_DEPTH = 64 };

typedef struct reader {
    arena *arena;
    str s;
    size_t at;
    unsigned depth;
    bool in_signature; // where `number` is a type
} reader;

static const type *read_type(reader *r);

static void skip_blanks(reader *r) {
    while (r->at < r->s.len && r->s.ptr[r->at] == ' ')
        r->at++;
}

static bool accept(reader *r, char c) {
    skip_blanks(r);
    if (r->at >= r->s.len || r->s.ptr[r->at] != c) return false;
    r->at++;
    return true;
}

static str read_name(reader *r) {
    skip_blanks(r);
    size_t from = r->at;
    while (r->at < r->s.len && !strchr(" (),|", r->s.ptr[r->at]) && r->s.ptr[r->at])
        r->at++;
    return str_sub(r->s, from, r->at);
}

// The types in brackets after a name; the number of them, or -1.
static int read_parts(reader *r, const type *parts[2]) {
    int n = 0;
    do {
        if (n == 2) return -1;
        parts[n] = read_type(r);
        if (!parts[n++]) return -1;
    } while (accept(r, ','));
    return accept(r, ')') ? n : -1;
}

static const type *read_record(reader *r) {
    str field = read_name(r);
    const type *of = accept(r, ',') ? read_type(r) : NULL;
    if (!of || !accept(r, ')')) return NULL;
    return made(r->arena, (type){.kind = TYPE_RECORD, .name = field, .a = of});
}

static const type *read_compound(reader *r, str name) {
    if (str_is(name, "record")) return read_record(r);
    const type *parts[2] = {NULL, NULL};
    int n = read_parts(r, parts);
    if (n == 2) return str_is(name, "map") ? type_map_of(r->arena, parts[0], parts[1]) : NULL;
    if (n != 1) return NULL;
    if (str_is(name, "list")) return type_list_of(r->arena, parts[0]);
    if (str_is(name, "optional_type")) return type_optional_of(r->arena, parts[0]);
    if (str_is(name, "wrapper")) return made(r->arena, (type){.kind = TYPE_WRAPPER, .a = parts[0]});
    if (str_is(name, "type")) return made(r->arena, (type){.kind = TYPE_TYPE, .a = parts[0]});
    return NULL;
}

static const type *read_type(reader *r) {
    if (++r->depth > MAX_DEPTH) return NULL;
    str name = read_name(r);
    const type *t = NULL;
    if (accept(r, '('))
        t = read_compound(r, name);
    else if (name.len == 1 && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z')
        t = made(r->arena, (type){.kind = TYPE_PARAM, .name = name});
    else
        for (size_t i = 0; i < sizeof named / sizeof *named && !t; i++)
            if (str_is(name, named[i].name)) t = named[i].type;
    if (t == &any_number && !r->in_signature) t = NULL;
    r->depth--;
    return t;
}

const type *type_parse(arena *a, str s) {
    reader r = {.arena = a, .s = s};
    const type *t = read_type(&r);
    skip_blanks(&r);
    return t && r.at == s.len ? t : NULL;
}

// --- signatures

// The next of `*rest`, which is moved past it and the `|`.
static str next_signature(str *rest) {
    ptrdiff_t bar = str_find(*rest, STR("|"));
    size_t end = bar < 0 ? rest->len : (size_t)bar;
    str s = str_trim(str_sub(*rest, 0, end));
    *rest = str_sub(*rest, end + 1, rest->len);
    return s;
}

static bool accept_dots(reader *r) {
    skip_blanks(r);
    if (!str_starts(str_sub(r->s, r->at, r->s.len), STR("..."))) return false;
    r->at += 3;
    return true;
}

bool signature_next(signature *out, arena *a, str *rest) {
    *out = (signature){0};
    if (str_trim(*rest).len == 0) return false;
    reader r = {.arena = a, .s = next_signature(rest), .in_signature = true};
    if (!accept(&r, '(')) return false;
    if (!accept(&r, ')')) {
        do {
            out->repeats = out->count > 0 && accept_dots(&r);
            if (out->repeats) break;
            if (out->count == SIGNATURE_MAX) return false;
            const type *t = read_type(&r);
            if (!t) return false;
            out->params[out->count++] = t;
        } while (accept(&r, ','));
        if (!accept(&r, ')')) return false;
    }
    if (!accept(&r, '-') || !accept(&r, '>')) return false;
    out->result = read_type(&r);
    return out->result != NULL;
}

bool signature_takes_count(const signature *s, size_t count) {
    return s->repeats ? count >= s->count : count == s->count;
}

const type *signature_param(const signature *s, size_t index) {
    return s->params[index < s->count ? index : s->count - 1];
}

// Commas outside inner brackets.
static size_t count_params(str s) {
    size_t n = 0, depth = 0;
    bool any = false;
    for (size_t i = 1; i < s.len && !(depth == 0 && s.ptr[i] == ')'); i++) {
        char c = s.ptr[i];
        any = any || c != ' ';
        if (c == '(') depth++;
        if (c == ')') depth--;
        if (c == ',' && depth == 0) n++;
    }
    return any ? n + 1 : 0;
}

bool signatures_take(str signatures, size_t count) {
    while (str_trim(signatures).len) {
        str s = next_signature(&signatures);
        size_t params = count_params(s);
        if (str_find(s, STR("...)")) >= 0 ? count + 1 >= params : count == params) return true;
    }
    return false;
}

// ---

bool type_same(const type *x, const type *y) {
    if (x == y) return true;
    if (!x || !y || x->kind != y->kind) return false;
    return type_same(x->a, y->a) && type_same(x->b, y->b) && x->record == y->record &&
           x->enumeration == y->enumeration && x->keyed == y->keyed && str_eq(x->name, y->name);
}
