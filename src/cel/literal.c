// SPDX-License-Identifier: Apache-2.0
//
// The values of number, text and byte literals: escapes, ranges. Knows tokens only.
#include "base/num.h"
#include "cel/lex.h"

static bool out_of_range(text_errors *e, token t, const char *what) {
    text_error(e, DIAG_CEL_LITERAL, t.from, t.to, STR(""), "the number does not fit %s", what);
    return false;
}

static bool integer(text_errors *e, token t, bool negative, value *out) {
    str s = str_sub(e->text->text, t.from, t.to);
    bool is_unsigned = t.kind == TOKEN_UINT;
    if (is_unsigned) s = str_sub(s, 0, s.len - 1);
    unsigned base = 10;
    if (s.len > 1 && (s.ptr[1] == 'x' || s.ptr[1] == 'X')) {
        base = 16;
        s = str_sub(s, 2, s.len);
    }
    uint64_t n = 0;
    if (!num_parse_digits(s, base, &n))
        return out_of_range(e, t, is_unsigned ? "a uint (64 bits)" : "an int (64 bits)");
    if (is_unsigned) {
        *out = (value){.kind = VALUE_UINT, .u.u = n};
        return true;
    }
    if (n > (uint64_t)INT64_MAX + negative) return out_of_range(e, t, "an int (64 bits)");
    *out = (value){.kind = VALUE_INT, .u.i = (int64_t)(negative ? ~n + 1 : n)};
    return true;
}

bool literal_number(text_errors *e, token t, bool negative, value *out) {
    if (t.kind != TOKEN_DOUBLE) return integer(e, t, negative, out);
    double d = 0;
    if (!num_parse_double(str_sub(e->text->text, t.from, t.to), &d) || d > 1.7976931348623157e308)
        return out_of_range(e, t, "a double");
    *out = (value){.kind = VALUE_DOUBLE, .u.d = negative ? -d : d};
    return true;
}

// --- texts

typedef struct decoder {
    text_errors *errors;
    str s;         // between the quotes
    size_t at;     // of the next byte
    uint32_t from; // where s begins in the text
    bool bytes;
    buf out;
} decoder;

static bool bad_escape(decoder *d, size_t begin, const char *why) {
    uint32_t from = d->from + (uint32_t)begin;
    size_t end = d->at < d->s.len ? d->at : d->s.len;
    while (end < d->s.len && ((unsigned char)d->s.ptr[end] & 0xc0) == 0x80)
        end++; // never cut a character
    text_error(d->errors, DIAG_CEL_LITERAL, from, d->from + (uint32_t)end,
               STR("a backslash itself is written `\\\\`; a raw text r'…' takes them as they are"),
               "%s", why);
    return false;
}

// `count` digits of `base` at d->at; -1: they are not there.
static int64_t digits(decoder *d, size_t count, unsigned base) {
    uint64_t n = 0;
    if (d->s.len - d->at < count) {
        d->at = d->s.len;
        return -1;
    }
    str text = str_sub(d->s, d->at, d->at + count);
    d->at += count;
    return num_parse_digits(text, base, &n) ? (int64_t)n : -1;
}

static bool add_code_point(decoder *d, size_t begin, int64_t c) {
    if (c < 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return bad_escape(d, begin, "the escape is no Unicode character");
    utf8_add(&d->out, (uint32_t)c);
    return true;
}

static bool add_octet(decoder *d, size_t begin, int64_t c) {
    if (c < 0 || c > 0xff) return bad_escape(d, begin, "the escape has too few or other digits");
    if (!d->bytes) return add_code_point(d, begin, c);
    buf_addc(&d->out, (char)c);
    return true;
}

// A pair of surrogates is one character.
static bool add_unicode(decoder *d, size_t begin, size_t count) {
    if (d->bytes) return bad_escape(d, begin, "byte texts have no Unicode escapes");
    int64_t c = digits(d, count, 16);
    if (c < 0) return bad_escape(d, begin, "the escape has too few or other digits");
    if (count == 4 && c >= 0xd800 && c <= 0xdbff && d->s.len - d->at >= 6 &&
        d->s.ptr[d->at] == '\\' && d->s.ptr[d->at + 1] == 'u') {
        d->at += 2;
        int64_t low = digits(d, 4, 16);
        if (low < 0xdc00 || low > 0xdfff)
            return bad_escape(d, begin, "the escape is no Unicode character");
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    return add_code_point(d, begin, c);
}

static bool escape(decoder *d) {
    static const char letters[] = "abfnrtv\\?\"'`", meanings[] = "\a\b\f\n\r\t\v\\?\"'`";
    size_t begin = d->at++;
    if (d->at >= d->s.len) return bad_escape(d, begin, "the escape ends too early");
    char c = d->s.ptr[d->at++];
    for (size_t i = 0; letters[i]; i++)
        if (c == letters[i]) {
            buf_addc(&d->out, meanings[i]);
            return true;
        }
    switch (c) {
    case 'x':
    case 'X': return add_octet(d, begin, digits(d, 2, 16));
    case 'u': return add_unicode(d, begin, 4);
    case 'U': return add_unicode(d, begin, 8);
    case '0':
    case '1':
    case '2':
    case '3': d->at--; return add_octet(d, begin, digits(d, 3, 8));
    default: return bad_escape(d, begin, "there is no such escape");
    }
}

static bool decode(decoder *d) {
    while (d->at < d->s.len) {
        if (d->s.ptr[d->at] != '\\')
            buf_addc(&d->out, d->s.ptr[d->at++]);
        else if (!escape(d))
            return false;
    }
    return true;
}

bool literal_text(arena *a, text_errors *e, token t, value *out) {
    str s = str_sub(e->text->text, t.from, t.to);
    size_t prefix = 0;
    bool raw = false;
    for (; s.ptr[prefix] != '\'' && s.ptr[prefix] != '"'; prefix++)
        raw = raw || s.ptr[prefix] == 'r' || s.ptr[prefix] == 'R';
    size_t left = s.len - prefix;
    size_t n = left >= 6 && s.ptr[prefix + 1] == s.ptr[prefix] && s.ptr[prefix + 2] == s.ptr[prefix]
                   ? 3
                   : 1;
    str inner = str_sub(s, prefix + n, s.len - n);
    bool bytes = t.kind == TOKEN_BYTES;
    str text = inner;
    if (!raw && str_find(inner, STR("\\")) >= 0) {
        decoder d = {.errors = e,
                     .s = inner,
                     .from = t.from + (uint32_t)(prefix + n),
                     .bytes = bytes,
                     .out = {.arena = a}};
        if (!decode(&d)) return false;
        text = buf_str(&d.out);
    }
    text = str_copy(a, text);
    *out = (value){
        .kind = bytes ? VALUE_BYTES : VALUE_STRING, .n = (uint32_t)text.len, .u.s = text.ptr};
    return true;
}
