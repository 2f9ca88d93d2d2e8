// SPDX-License-Identifier: Apache-2.0
//
// The strings extension as rows, but for `format` (std_format.c): to look into texts, cut them and
// put them together. Positions count code points from 0. A search compares bytes, which in UTF-8
// finds whole code points only.
#include "cel/eval.h"

#include <string.h>

// A text of n bytes is read or made.
static bool spend_text(cel_run *run, size_t n) {
    return cel_spend(run, n / 64);
}

// A search may compare every place with every byte of what is sought.
static bool spend_search(cel_run *run, str s, str what) {
    uint64_t work = (uint64_t)s.len * (what.len ? what.len : 1) / 64;
    return cel_spend(run, (size_t)work);
}

static value too_long(const cel_run *run, const expr *call) {
    return cel_fail(run, call, "the text would be too long");
}

static value bad_index(const cel_run *run, const expr *call, int64_t index) {
    return cel_fail(run, call, "index out of range: %lld", (long long)index);
}

static bool begins(char c) {
    return ((unsigned char)c & 0xc0) != 0x80;
}

// Where the code point of that index begins; the end where there are not so many.
static size_t offset_of(str s, int64_t index) {
    size_t i = 0;
    for (; i < s.len; i++)
        if (begins(s.ptr[i]) && index-- == 0) break;
    return i;
}

// --- positions

static value char_at(cel_run *run, const expr *call, const value *args, size_t count) {
    str s = value_text(args[0]);
    int64_t index = args[1].u.i;
    (void)count;
    if (!spend_text(run, s.len)) return cel_too_much(run, call);
    if (index < 0 || index > (int64_t)utf8_count(s)) return bad_index(run, call, index);
    size_t from = offset_of(s, index), to = from;
    if (to < s.len) utf8_next(s, &to);
    return value_string(str_sub(s, from, to));
}

static value index_of(cel_run *run, const expr *call, const value *args, size_t count) {
    str s = value_text(args[0]), what = value_text(args[1]);
    int64_t from = count > 2 ? args[2].u.i : 0, length = (int64_t)utf8_count(s);
    if (from < 0) return bad_index(run, call, from);
    if (!spend_search(run, s, what)) return cel_too_much(run, call);
    if (what.len == 0) return value_int(from < length ? from : length);
    str rest = str_sub(s, offset_of(s, from), s.len);
    ptrdiff_t at = str_find(rest, what);
    if (from >= length || at < 0) return value_int(-1);
    return value_int(from + (int64_t)utf8_count(str_sub(rest, 0, (size_t)at)));
}

// `last`: the last index where it may begin.
static value search_back(str s, str what, int64_t last) {
    size_t i = offset_of(s, last);
    if (what.len > s.len) return value_int(-1);
    if (i > s.len - what.len) i = s.len - what.len;
    for (;; i--) {
        if (memcmp(s.ptr + i, what.ptr, what.len) == 0)
            return value_int((int64_t)utf8_count(str_sub(s, 0, i)));
        if (i == 0) return value_int(-1);
    }
}

static value last_index_of(cel_run *run, const expr *call, const value *args, size_t count) {
    str s = value_text(args[0]), what = value_text(args[1]);
    int64_t length = (int64_t)utf8_count(s), last = count > 2 ? args[2].u.i : length;
    if (last < 0) return bad_index(run, call, last);
    if (!spend_search(run, s, what)) return cel_too_much(run, call);
    if (what.len == 0) return value_int(last < length ? last : length);
    if (count > 2 && last >= length) return value_int(-1);
    return search_back(s, what, last);
}

static value substring(cel_run *run, const expr *call, const value *args, size_t count) {
    str s = value_text(args[0]);
    int64_t length = (int64_t)utf8_count(s), from = args[1].u.i;
    int64_t to = count > 2 ? args[2].u.i : length;
    if (!spend_text(run, s.len)) return cel_too_much(run, call);
    if (from < 0 || from > length) return bad_index(run, call, from);
    if (to < 0 || to > length) return bad_index(run, call, to);
    if (from > to)
        return cel_fail(run, call, "invalid substring range: the start %lld is after the end %lld",
                        (long long)from, (long long)to);
    return value_string(str_sub(s, offset_of(s, from), offset_of(s, to)));
}

// --- every character

static value in_case(cel_run *run, const expr *call, str s, char first, char last, int shift) {
    if (!spend_text(run, s.len)) return cel_too_much(run, call);
    char *out = arena_alloc(run->arena, s.len + 1, 1);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        out[i] = c >= first && c <= last ? (char)(c + shift) : c;
    }
    return value_string((str){out, s.len});
}

static value lower_ascii(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return in_case(run, call, value_text(args[0]), 'A', 'Z', 'a' - 'A');
}

static value upper_ascii(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return in_case(run, call, value_text(args[0]), 'a', 'z', 'A' - 'a');
}

static value reverse(cel_run *run, const expr *call, const value *args, size_t count) {
    str s = value_text(args[0]);
    (void)count;
    if (!spend_text(run, s.len)) return cel_too_much(run, call);
    char *out = arena_alloc(run->arena, s.len + 1, 1);
    for (size_t i = 0; i < s.len;) {
        size_t from = i;
        utf8_next(s, &i);
        memcpy(out + s.len - i, s.ptr + from, i - from);
    }
    return value_string((str){out, s.len});
}

// Unicode's White_Space. What has no width, such as U+200B, is none.
static bool is_space(int32_t c) {
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

static value trim(cel_run *run, const expr *call, const value *args, size_t count) {
    str s = value_text(args[0]);
    size_t from = s.len, to = s.len;
    bool begun = false;
    (void)count;
    if (!spend_text(run, s.len)) return cel_too_much(run, call);
    for (size_t i = 0; i < s.len;) {
        size_t here = i;
        if (is_space(utf8_next(s, &i))) continue;
        if (!begun) from = here;
        begun = true;
        to = i;
    }
    return value_string(str_sub(s, from, to));
}

// The text as a CEL literal in double quotes.
static value quote(cel_run *run, const expr *call, const value *args, size_t count) {
    static const char escaped[] = "\a\b\f\n\r\t\v\\\"", letters[] = "abfnrtv\\\"";
    str s = value_text(args[0]);
    buf out = {.arena = run->arena};
    (void)count;
    if (s.len > CEL_MAX_TEXT / 4) return too_long(run, call);
    if (!spend_text(run, s.len)) return cel_too_much(run, call);
    buf_addc(&out, '"');
    for (size_t i = 0; i < s.len;) {
        int32_t c = utf8_next(s, &i);
        const char *at = c > 0 && c < 0x80 ? strchr(escaped, (int)c) : NULL;
        if (at) buf_addc(&out, '\\');
        if (at) buf_addc(&out, letters[at - escaped]);
        if (!at) utf8_add(&out, c < 0 ? 0xfffd : (uint32_t)c);
    }
    buf_addc(&out, '"');
    return value_string(buf_str(&out));
}

// --- parts

// The bytes of the next part of `rest`, up to `sep`; -1: all the rest is one. An empty separator
// stands behind every code point.
static ptrdiff_t part_length(str rest, str sep) {
    size_t one = 0;
    if (sep.len) return str_find(rest, sep);
    if (rest.len) utf8_next(rest, &one);
    return one < rest.len ? (ptrdiff_t)one : -1;
}

static value split(cel_run *run, const expr *call, const value *args, size_t count) {
    str rest = value_text(args[0]), sep = value_text(args[1]);
    int64_t limit = count > 2 ? args[2].u.i : -1;
    vec(value) parts = {0};
    if (!spend_search(run, rest, sep)) return cel_too_much(run, call);
    bool nothing = limit == 0 || (rest.len == 0 && sep.len == 0);
    while (!nothing) {
        ptrdiff_t at = limit > 0 && parts.len + 1 == (uint64_t)limit ? -1 : part_length(rest, sep);
        if (parts.len == CEL_MAX_ITEMS) return cel_fail(run, call, "the list would be too long");
        if (!cel_spend(run, 1)) return cel_too_much(run, call);
        vec_push(run->arena, &parts, value_string(at < 0 ? rest : str_sub(rest, 0, (size_t)at)));
        if (at < 0) break;
        rest = str_sub(rest, (size_t)at + sep.len, rest.len);
    }
    return value_list_of(run->arena, parts.at, parts.len, false);
}

// An empty text is found before every code point and at the end.
static value insert_between(cel_run *run, const expr *call, str s, str with, int64_t limit) {
    buf out = {.arena = run->arena};
    size_t i = 0;
    for (int64_t n = 0; n != limit; n++) {
        if (out.len + with.len + (s.len - i) > CEL_MAX_TEXT) return too_long(run, call);
        if (!spend_text(run, with.len + 64)) return cel_too_much(run, call);
        buf_add(&out, with);
        if (i == s.len) break;
        size_t from = i;
        utf8_next(s, &i);
        buf_add(&out, str_sub(s, from, i));
    }
    buf_add(&out, str_sub(s, i, s.len));
    return value_string(buf_str(&out));
}

static value replace(cel_run *run, const expr *call, const value *args, size_t count) {
    str rest = value_text(args[0]), what = value_text(args[1]), with = value_text(args[2]);
    int64_t limit = count > 3 && args[3].u.i >= 0 ? args[3].u.i : -1;
    buf out = {.arena = run->arena};
    if (!spend_search(run, rest, what)) return cel_too_much(run, call);
    if (what.len == 0) return insert_between(run, call, rest, with, limit);
    for (int64_t n = 0; n != limit; n++) {
        ptrdiff_t at = str_find(rest, what);
        if (at < 0) break;
        if (out.len + (size_t)at + with.len > CEL_MAX_TEXT) return too_long(run, call);
        if (!spend_text(run, with.len + 64)) return cel_too_much(run, call);
        buf_add(&out, str_sub(rest, 0, (size_t)at));
        buf_add(&out, with);
        rest = str_sub(rest, (size_t)at + what.len, rest.len);
    }
    if (out.len + rest.len > CEL_MAX_TEXT) return too_long(run, call);
    buf_add(&out, rest);
    return value_string(buf_str(&out));
}

// An element that is not stated, or may be missing, leaves the text open.
static value join(cel_run *run, const expr *call, const value *args, size_t count) {
    const value_list *list = args[0].u.list;
    str sep = count > 1 ? value_text(args[1]) : STR("");
    bool unknown = list->open;
    buf out = {.arena = run->arena};
    for (uint32_t i = 0; i < list->count; i++) {
        value v = list->items[i];
        if (v.kind == VALUE_UNKNOWN) unknown = true;
        if (v.kind == VALUE_UNKNOWN) continue;
        if (v.kind != VALUE_STRING)
            return cel_fail(run, call, "no such overload: `join` takes texts, and one is %s",
                            value_kind_name(v));
        if (out.len + sep.len + v.n > CEL_MAX_TEXT) return too_long(run, call);
        if (!spend_text(run, sep.len + v.n + 64)) return cel_too_much(run, call);
        if (i) buf_add(&out, sep);
        buf_add(&out, value_text(v));
    }
    return unknown ? value_unknown() : value_string(buf_str(&out));
}

static const cel_function rows[] = {
    {"charAt", CEL_RECEIVER, "(string, int) -> string", char_at,
     "the character at a position from 0, empty at the end", NULL},
    {"indexOf", CEL_RECEIVER, "(string, string) -> int | (string, string, int) -> int", index_of,
     "where the other text first begins, from a position on; -1 where it does not", NULL},
    {"lastIndexOf", CEL_RECEIVER, "(string, string) -> int | (string, string, int) -> int",
     last_index_of, "where the other text last begins, up to a position; -1 where it does not",
     NULL},
    {"substring", CEL_RECEIVER, "(string, int) -> string | (string, int, int) -> string", substring,
     "the characters from a position up to before another, or to the end", NULL},
    {"lowerAscii", CEL_RECEIVER, "(string) -> string", lower_ascii, "A to Z as small letters",
     NULL},
    {"upperAscii", CEL_RECEIVER, "(string) -> string", upper_ascii, "a to z as capitals", NULL},
    {"replace", CEL_RECEIVER,
     "(string, string, string) -> string | (string, string, string, int) -> string", replace,
     "the text with one text for another, everywhere or that many times", NULL},
    {"split", CEL_RECEIVER,
     "(string, string) -> list(string) | (string, string, int) -> list(string)", split,
     "the parts between a separator, all or at most that many", NULL},
    {"join", CEL_RECEIVER, "(list(string)) -> string | (list(string), string) -> string", join,
     "the texts of a list end to end, with a separator in between", NULL},
    {"trim", CEL_RECEIVER, "(string) -> string", trim, "without white space at both ends", NULL},
    {"reverse", CEL_RECEIVER, "(string) -> string", reverse, "the characters from last to first",
     NULL},
    {"strings.quote", 0, "(string) -> string", quote, "the text as a CEL literal in double quotes",
     NULL},
};

const cel_function_table cel_string_functions = {rows, sizeof rows / sizeof rows[0]};
