// SPDX-License-Identifier: Apache-2.0
//
// The only JSON parser: RFC 8259, strictly. Duplicate keys and lone surrogates, which the RFC
// leaves open, are errors; so are integers beyond 64 bits and numbers beyond a double, which every
// reader would take for something else. A byte order mark is passed over. One syntax error ends the
// reading: what follows it would be guessed.
#include "base/num.h"
#include "doc/build.h"
#include "doc/reader.h"
#include "doc/text.h"

#include <math.h>

typedef struct json {
    builder b;
    arena scratch;
    str text;
    size_t at;
} json;

static bool fail(json *j, span at, str hint, const char *message) {
    diag_add(j->b.diags, DIAG_BAD_JSON, at, hint, "%s", message);
    return false;
}

static char peek(const json *j) {
    return j->at < j->text.len ? j->text.ptr[j->at] : '\0';
}

static bool looking_at(const json *j, const char *word) {
    return str_starts(str_sub(j->text, j->at, j->text.len), str_of(word));
}

static void skip_blanks(json *j) {
    while (j->at < j->text.len && (j->text.ptr[j->at] == ' ' || j->text.ptr[j->at] == '\n' ||
                                   j->text.ptr[j->at] == '\t' || j->text.ptr[j->at] == '\r'))
        j->at++;
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-' || c == '+' || c == '.' || c == '$';
}

// The word or the one character at the place of an error.
static span word_here(const json *j) {
    size_t end = j->at;
    while (end < j->text.len && is_word(j->text.ptr[end]))
        end++;
    return end > j->at ? text_span(j->b.src, j->at, end) : text_char(j->b.src, j->at);
}

// What people write who take JSON for JavaScript, YAML or Python.
static str habit(const json *j, span word) {
    static const struct {
        const char *begins, *hint;
    } habits[] = {
        {"'", "JSON's texts stand in double quotes"},
        {"//", "JSON has no comments"},
        {"/*", "JSON has no comments"},
        {"#", "JSON has no comments"},
        {"True", "write true"},
        {"False", "write false"},
        {"None", "write null"},
        {"undefined", "write null"},
        {"NaN", "JSON has no such number"},
        {"Infinity", "JSON has no such number"},
        {"-Infinity", "JSON has no such number"},
        {"+", "a number has no plus sign"},
        {".", "a number begins with a digit: 0.5"},
    };
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
        if (looking_at(j, habits[i].begins)) return str_of(habits[i].hint);
    if (word.to > word.from && is_word(j->text.ptr[word.from]))
        return STR("a text stands in double quotes");
    return (str){0};
}

static str found_here(json *j) {
    span word = word_here(j);
    size_t length = word.to - word.from;
    if (length > 1 && length <= 40 && is_word(j->text.ptr[word.from]))
        return str_format(j->b.scratch, "`%.*s`", (int)length, j->text.ptr + word.from);
    return text_found(j->b.scratch, j->text, j->at);
}

static bool unexpected(json *j, const char *expected) {
    span word = word_here(j);
    str found = found_here(j);
    diag_add(j->b.diags, DIAG_BAD_JSON, word, habit(j, word), "expected %s, found %.*s", expected,
             STR_ARG(found));
    return false;
}

static bool begins_value(const json *j) {
    str next = str_sub(j->text, j->at, j->at + 1);
    return (next.len && str_find(STR("\"[{-0123456789"), next) >= 0) || looking_at(j, "true") ||
           looking_at(j, "false") || looking_at(j, "null");
}

// The innermost open bracket is at fault, or what stands here instead of its end.
static bool unclosed(json *j, const char *expected) {
    const frame *f = build_top(&j->b);
    char bracket = j->text.ptr[f->from];
    if (j->at < j->text.len) {
        str hint = begins_value(j) ? STR("a comma is missing before it") : habit(j, word_here(j));
        str found = found_here(j);
        diag *d = diag_add(j->b.diags, DIAG_BAD_JSON, word_here(j), hint, "expected %s, found %.*s",
                           expected, STR_ARG(found));
        if (peek(j) == ']' || peek(j) == '}') d->also = text_char(j->b.src, f->from);
        return false;
    }
    diag_add(j->b.diags, DIAG_BAD_JSON, text_char(j->b.src, f->from), (str){0},
             "this `%c` is never closed", bracket);
    return false;
}

// Four hexadecimal digits at `at`.
static bool hex4(const json *j, size_t at, uint32_t *out) {
    uint64_t n = 0;
    str digits = str_sub(j->text, at, at + 4);
    if (digits.len < 4 || !num_parse_digits(digits, 16, &n)) return false;
    *out = (uint32_t)n;
    return true;
}

static bool bad_escape(json *j, size_t from, size_t to, const char *message) {
    return fail(j, text_span(j->b.src, from, to),
                STR("the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX"), message);
}

static bool unicode_escape(json *j, buf *out) {
    uint32_t c = 0, low = 0;
    size_t from = j->at - 2;
    if (!hex4(j, j->at, &c)) return bad_escape(j, from, j->at, "\\u takes four hexadecimal digits");
    j->at += 4;
    if (c >= 0xd800 && c <= 0xdfff) {
        bool whole = c <= 0xdbff && looking_at(j, "\\u") && hex4(j, j->at + 2, &low) &&
                     low >= 0xdc00 && low <= 0xdfff;
        if (!whole)
            return fail(j, text_span(j->b.src, from, j->at),
                        STR("characters beyond U+FFFF are two such escapes, \\uD8… before \\uDC…"),
                        "half of a surrogate pair is no character");
        j->at += 6;
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    utf8_add(out, c);
    return true;
}

static bool escape(json *j, buf *out) {
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    char c = peek(j);
    size_t from = j->at++ - 1;
    if (c == 'u') return unicode_escape(j, out);
    for (size_t i = 0; letters[i]; i++) {
        if (c != letters[i]) continue;
        buf_addc(out, meant[i]);
        return true;
    }
    span at = text_char(j->b.src, from + 1);
    return bad_escape(j, from, at.to, "this is no escape");
}

// What must not stand in a string: a raw control character, of which the end of the line is one.
static bool bad_character(json *j, size_t start) {
    char c = peek(j);
    if (j->at >= j->text.len || c == '\n' || c == '\r')
        return fail(j, text_span(j->b.src, start, j->at),
                    STR("a text ends on its line; a line break in it is written \\n"),
                    "this text has no closing quote");
    unsigned code = (unsigned char)c;
    str hint =
        c == '\t' ? STR("write it as \\t") : str_format(j->b.scratch, "write it as \\u%04x", code);
    diag_add(j->b.diags, DIAG_BAD_JSON, text_char(j->b.src, j->at), hint,
             "the control character U+%04X stands in a text", code);
    return false;
}

// The string at the opening quote: its content, borrowed from the text where nothing is escaped.
static bool read_string(json *j, str *out) {
    size_t start = j->at++, from = j->at;
    buf b = {.arena = j->b.keep};
    for (;;) {
        char c = peek(j);
        if (c == '"' || c == '\\') {
            str part = str_sub(j->text, from, j->at++);
            if (c == '"' && b.len == 0) {
                *out = part;
                return true;
            }
            buf_add(&b, part);
            if (c == '"') break;
            if (!escape(j, &b)) return false;
            from = j->at;
        } else if (j->at >= j->text.len || (unsigned char)c < 0x20) {
            return bad_character(j, start);
        } else {
            j->at++;
        }
    }
    *out = buf_str(&b);
    return true;
}

static bool string_value(json *j) {
    node n = {.kind = NODE_STRING, .style = STYLE_DOUBLE};
    size_t from = j->at;
    if (!read_string(j, &n.text)) return false;
    n.at = text_span(j->b.src, from, j->at);
    return build_scalar(&j->b, n) != NULL;
}

static size_t digits(json *j) {
    size_t from = j->at;
    while (peek(j) >= '0' && peek(j) <= '9')
        j->at++;
    return j->at - from;
}

// Whether the number ends here, as it must.
static bool number_ends(json *j, size_t from, bool well_formed) {
    if (well_formed && !is_word(peek(j))) return true;
    j->at = from;
    span word = word_here(j);
    str hint = STR("numbers are written as in 0, -12, 0.5, 1e9");
    diag_add(j->b.diags, DIAG_BAD_JSON, word, hint, "`%.*s` is no number",
             (int)(word.to - word.from > 40 ? 40 : word.to - word.from), j->text.ptr + word.from);
    return false;
}

static bool number_syntax(json *j, bool *integer) {
    size_t from = j->at;
    bool ok = true;
    if (peek(j) == '-') j->at++;
    bool zero = peek(j) == '0';
    size_t whole = digits(j);
    if (whole == 0 || (zero && whole > 1)) ok = false;
    *integer = true;
    if (ok && peek(j) == '.') {
        j->at++;
        *integer = false;
        ok = digits(j) > 0;
    }
    if (ok && (peek(j) == 'e' || peek(j) == 'E')) {
        j->at++;
        *integer = false;
        if (peek(j) == '+' || peek(j) == '-') j->at++;
        ok = digits(j) > 0;
    }
    return number_ends(j, from, ok);
}

static bool number_value(json *j) {
    node n = {.style = STYLE_PLAIN};
    size_t from = j->at;
    bool integer = false;
    if (!number_syntax(j, &integer)) return false;
    n.text = str_sub(j->text, from, j->at);
    n.at = text_span(j->b.src, from, j->at);
    n.kind = integer ? NODE_INT : NODE_DOUBLE;
    bool fits =
        integer ? num_parse_int(n.text, &n.u.i) : num_parse_double(n.text, &n.u.d) && !isinf(n.u.d);
    if (!fits)
        diag_add(j->b.diags, DIAG_NUMBER_RANGE, n.at,
                 STR("write it as a text if its digits matter and not its value"),
                 "this number does not fit 64 bits");
    return build_scalar(&j->b, n) != NULL;
}

static bool word_value(json *j) {
    static const struct {
        const char *word;
        node_kind kind;
        bool b;
    } words[] = {
        {"true", NODE_BOOL, true}, {"false", NODE_BOOL, false}, {"null", NODE_NULL, false}};
    span word = word_here(j);
    str text = str_sub(j->text, word.from, word.to);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_is(text, words[i].word)) continue;
        j->at = word.to;
        node n = {.kind = (uint8_t)words[i].kind, .at = word, .text = text, .u.b = words[i].b};
        return build_scalar(&j->b, n) != NULL;
    }
    return unexpected(j, "a value");
}

// A key and its colon.
static bool read_key(json *j) {
    skip_blanks(j);
    if (peek(j) != '"')
        return j->at < j->text.len ? unexpected(j, "a key in double quotes") : unclosed(j, "a key");
    if (!string_value(j)) return false;
    skip_blanks(j);
    if (peek(j) != ':')
        return j->at < j->text.len ? unexpected(j, "`:` after the key") : unclosed(j, "`:`");
    j->at++;
    return true;
}

// An opening bracket. *more: a value follows, since the list or map is not empty.
static bool open_value(json *j, bool *more) {
    bool map = peek(j) == '{';
    if (!build_open(&j->b, map ? NODE_MAP : NODE_LIST, STYLE_FLOW, j->at)) return false;
    j->at++;
    skip_blanks(j);
    *more = j->at >= j->text.len || peek(j) != (map ? '}' : ']');
    if (!*more) {
        j->at++;
        build_close(&j->b, j->at);
        return true;
    }
    return map ? read_key(j) : true;
}

static bool read_value(json *j, bool *more) {
    skip_blanks(j);
    *more = false;
    if (j->at >= j->text.len)
        return build_top(&j->b) ? unclosed(j, "a value") : unexpected(j, "a value");
    char c = peek(j);
    if (c == '[' || c == '{') return open_value(j, more);
    if (c == '"') return string_value(j);
    if (c == '-' || (c >= '0' && c <= '9'))
        return looking_at(j, "-I") ? word_value(j) : number_value(j);
    return word_value(j);
}

static bool comma(json *j, char close) {
    size_t from = j->at++;
    skip_blanks(j);
    if (peek(j) != close || j->at >= j->text.len) return true;
    return fail(j, text_char(j->b.src, from), STR("remove it: JSON's last entry has no comma"),
                "a comma stands before the closing bracket");
}

// After a value: closes brackets, up to a comma (*more) or the end of the outermost value.
static bool after_value(json *j, bool *more) {
    const frame *f = NULL;
    for (*more = false; (f = build_top(&j->b)) != NULL;) {
        bool map = f->kind == NODE_MAP;
        skip_blanks(j);
        if (peek(j) == ',') {
            *more = true;
            return comma(j, map ? '}' : ']') && (!map || read_key(j));
        }
        if (peek(j) != (map ? '}' : ']')) return unclosed(j, map ? "`,` or `}`" : "`,` or `]`");
        j->at++;
        build_close(&j->b, j->at);
    }
    return true;
}

static bool read_document(json *j) {
    bool more = true;
    while (more) {
        if (!read_value(j, &more)) return false;
        if (!more && !after_value(j, &more)) return false;
    }
    skip_blanks(j);
    if (j->at == j->text.len) return true;
    str hint = habit(j, (span){0});
    return fail(j, word_here(j), hint.len ? hint : STR("a JSON file holds one value"),
                "more text follows the end of the value");
}

static void release(void *what) {
    json *j = what;
    arena_free(&j->scratch);
}

void json_read(docs *out, arena *a, diags *d, const doc_limits *limits) {
    if (!text_is_utf8(d, out->src)) return;
    json *j = arena_new(a, json);
    arena_init(&j->scratch, a->mem, a->guard, a->limit);
    arena_on_reset(a, release, j);
    j->text = out->src->text;
    j->at = text_mark(j->text);
    j->b =
        (builder){.keep = a, .scratch = &j->scratch, .diags = d, .src = out->src, .limits = limits};
    if (read_document(j)) vec_push(a, &out->list, build_finish(&j->b));
    arena_free(&j->scratch);
}
