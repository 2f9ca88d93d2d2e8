// SPDX-License-Identifier: Apache-2.0
//
// From the bytes of an expression to tokens. Knows no grammar; what people write by habit from
// other languages is recognised here only where it is no token of CEL at all.
#include "cel/lex.h"

#include <string.h>

diag *text_error(text_errors *e, diag_code code, uint32_t from, uint32_t to, str hint,
                 const char *fmt, ...) {
    if (e->failed) return NULL;
    e->failed = true;
    va_list args;
    va_start(args, fmt);
    str message = str_vformat(e->d->arena, fmt, args);
    va_end(args);
    return diag_add(e->d, code, cel_text_span(e->text, from, to), hint, "%.*s", STR_ARG(message));
}

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_name_part(char c) {
    return is_name_start(c) || is_digit(c);
}

static bool one_of(str name, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(name, words[i])) return true;
    return false;
}

bool is_keyword(str name) {
    static const char *const words[] = {"true", "false", "null", "in"};
    return one_of(name, words, sizeof words / sizeof *words);
}

bool is_reserved(str name) {
    static const char *const words[] = {
        "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
        "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};
    return one_of(name, words, sizeof words / sizeof *words);
}

static bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The character at `i`; NUL beyond the end.
static char at(str s, size_t i) {
    return i < s.len ? s.ptr[i] : '\0';
}

static size_t skip_blanks(str s, size_t i) {
    for (;;) {
        char c = at(s, i);
        if (i < s.len && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'))
            i++;
        else if (c == '/' && at(s, i + 1) == '/')
            while (i < s.len && s.ptr[i] != '\n' && s.ptr[i] != '\r')
                i++;
        else
            return i;
    }
}

static token bad(uint32_t from, size_t to) {
    return (token){TOKEN_BAD, from, (uint32_t)to};
}

// --- numbers

static size_t skip_digits(str s, size_t i) {
    while (is_digit(at(s, i)))
        i++;
    return i;
}

static token number_end(text_errors *e, token_kind kind, uint32_t from, size_t to) {
    str s = e->text->text;
    if ((at(s, to) == 'u' || at(s, to) == 'U') && kind == TOKEN_INT) {
        kind = TOKEN_UINT;
        to++;
    }
    if (!is_name_part(at(s, to))) return (token){kind, from, (uint32_t)to};
    size_t end = to;
    while (is_name_part(at(s, end)))
        end++;
    text_error(e, DIAG_CEL_LITERAL, from, (uint32_t)end, STR("set the number and the name apart"),
               "`%.*s` is no number", (int)(end - from), s.ptr + from);
    return bad(from, end);
}

static token lex_number(text_errors *e, uint32_t from) {
    str s = e->text->text;
    size_t i = from;
    if (at(s, i) == '0' && (at(s, i + 1) == 'x' || at(s, i + 1) == 'X') && is_hex(at(s, i + 2))) {
        for (i += 2; is_hex(at(s, i));)
            i++;
        return number_end(e, TOKEN_INT, from, i);
    }
    token_kind kind = TOKEN_INT;
    i = skip_digits(s, i);
    if (at(s, i) == '.' && is_digit(at(s, i + 1))) {
        kind = TOKEN_DOUBLE;
        i = skip_digits(s, i + 1);
    }
    if (at(s, i) == 'e' || at(s, i) == 'E') {
        size_t exponent = i + 1;
        if (at(s, exponent) == '+' || at(s, exponent) == '-') exponent++;
        if (is_digit(at(s, exponent))) {
            kind = TOKEN_DOUBLE;
            i = skip_digits(s, exponent);
        }
    }
    return number_end(e, kind, from, i);
}

// --- texts

static token unclosed(text_errors *e, token_kind kind, uint32_t from, size_t quote, size_t n) {
    str s = e->text->text;
    size_t end = s.len;
    if (n == 1)
        for (end = quote; end < s.len && s.ptr[end] != '\n' && s.ptr[end] != '\r';)
            end++;
    text_error(e, DIAG_CEL_LITERAL, from, (uint32_t)end,
               end < s.len ? STR("a text over several lines stands in three quotes")
                           : str_format(e->d->arena, "close it with %.*s", (int)n, s.ptr + quote),
               "this %s is not closed", kind == TOKEN_BYTES ? "byte text" : "text");
    return bad(from, end);
}

// `quote`: where the opening quote stands, after any prefix.
static token lex_text(text_errors *e, token_kind kind, uint32_t from, size_t quote, bool raw) {
    str s = e->text->text;
    char q = s.ptr[quote];
    size_t n = at(s, quote + 1) == q && at(s, quote + 2) == q ? 3 : 1;
    for (size_t i = quote + n; i < s.len; i++) {
        if (n == 1 && (s.ptr[i] == '\n' || s.ptr[i] == '\r')) break;
        if (s.ptr[i] == '\\' && !raw) {
            i++;
            if (n == 1 && (at(s, i) == '\n' || at(s, i) == '\r')) break;
        } else if (s.ptr[i] == q && (n == 1 || (at(s, i + 1) == q && at(s, i + 2) == q))) {
            return (token){kind, from, (uint32_t)(i + n)};
        }
    }
    return unclosed(e, kind, from, quote, n);
}

// A name, or the prefix of a text: r'…', b"…", br'''…'''.
static token lex_name(text_errors *e, uint32_t from) {
    str s = e->text->text;
    size_t i = from;
    bool bytes = at(s, i) == 'b' || at(s, i) == 'B';
    if (bytes) i++;
    bool raw = at(s, i) == 'r' || at(s, i) == 'R';
    if (raw) i++;
    if (at(s, i) == '\'' || at(s, i) == '"')
        return lex_text(e, bytes ? TOKEN_BYTES : TOKEN_STRING, from, i, raw);
    while (is_name_part(at(s, i)))
        i++;
    return (token){TOKEN_NAME, from, (uint32_t)i};
}

static token lex_quoted(text_errors *e, uint32_t from) {
    str s = e->text->text;
    size_t i = from + 1;
    while (is_name_part(at(s, i)) || (at(s, i) && strchr("./- ", at(s, i))))
        i++;
    if (at(s, i) == '`' && i > from + 1) return (token){TOKEN_QUOTED, from, (uint32_t)i + 1};
    text_error(e, DIAG_CEL_SYNTAX, from, (uint32_t)(i < s.len ? i + 1 : i),
               STR("between backquotes stand letters, digits, `_`, `.`, `-`, `/` and blanks; texts "
                   "are written 'so'"),
               "this is no quoted name of a field");
    return bad(from, i);
}

// --- signs

static const struct sign {
    char text[3];
    token_kind kind;
} signs[] = {
    {"&&", TOKEN_AND},         {"||", TOKEN_OR},         {"==", TOKEN_EQUAL},
    {"!=", TOKEN_UNEQUAL},     {"<=", TOKEN_AT_MOST},    {">=", TOKEN_AT_LEAST},
    {"(", TOKEN_OPEN_ROUND},   {")", TOKEN_CLOSE_ROUND}, {"[", TOKEN_OPEN_SQUARE},
    {"]", TOKEN_CLOSE_SQUARE}, {"{", TOKEN_OPEN_CURLY},  {"}", TOKEN_CLOSE_CURLY},
    {".", TOKEN_DOT},          {",", TOKEN_COMMA},       {":", TOKEN_COLON},
    {"?", TOKEN_QUESTION},     {"!", TOKEN_NOT},         {"<", TOKEN_LESS},
    {">", TOKEN_GREATER},      {"+", TOKEN_PLUS},        {"-", TOKEN_MINUS},
    {"*", TOKEN_STAR},         {"/", TOKEN_SLASH},       {"%", TOKEN_PERCENT},
};

// What people type instead of CEL's signs, the longer ones first.
static const struct habit {
    const char *text, *hint;
} habits[] = {
    {"=>", "at least is written `>=`; for \"if a then b\" write `!a || b`"},
    {"=<", "at most is written `<=`"},
    {"=", "compare with `==`; nothing can be assigned"},
    {"&", "\"and\" is written `&&`"},
    {"|", "\"or\" is written `||`"},
    {";", "a condition is one expression; join two with `&&`, or write one a line"},
    {"#", "a comment begins with `//`"},
    {"$", "names stand without `$`"},
    {"@", "names stand without `@`"},
    {"^", "there are no powers; write the product"},
    {"~", "\"not\" is written `!`; patterns are matched by `x.matches('…')`"},
    {"\\", "escapes stand only inside quotes"},
    {"\xe2\x80\x98", "write the plain quote '"}, // ‘ ’ ‚ “ ” „ « »
    {"\xe2\x80\x99", "write the plain quote '"},
    {"\xe2\x80\x9a", "write the plain quote '"},
    {"\xe2\x80\x9c", "write the plain quote '"},
    {"\xe2\x80\x9d", "write the plain quote '"},
    {"\xe2\x80\x9e", "write the plain quote '"},
    {"\xc2\xab", "write the plain quote '"},
    {"\xc2\xbb", "write the plain quote '"},
    {"\xc2\xa0", "it looks like a blank; write a plain one"},
    {"\xe2\x80\x8b", "it is invisible; delete it"},
    {"\xef\xbb\xbf", "it is invisible; delete it"},
    {"\xe2\x89\xa4", "at most is written `<=`"},
    {"\xe2\x89\xa5", "at least is written `>=`"},
    {"\xe2\x89\xa0", "unequal is written `!=`"},
    {"\xe2\x88\x92", "write the plain minus `-`"}, // minus sign and dashes
    {"\xe2\x80\x93", "write the plain minus `-`"},
    {"\xe2\x80\x94", "write the plain minus `-`"},
    {"\xe2\x88\xa7", "\"and\" is written `&&`"},
    {"\xe2\x88\xa8", "\"or\" is written `||`"},
    {"\xc2\xac", "\"not\" is written `!`"},
    {"\xe2\x88\x88", "membership is written `x in xs`"},
    {"\xc3\x97", "a product is written `a * b`"},
    {"\xe2\x80\xa6", "it stands for something left out; write it"},
};

static token lex_habit(text_errors *e, uint32_t from) {
    str rest = str_sub(e->text->text, from, e->text->text.len);
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        str text = str_of(habits[i].text);
        if (!str_starts(rest, text)) continue;
        text_error(e, DIAG_CEL_SYNTAX, from, from + (uint32_t)text.len, str_of(habits[i].hint),
                   "`%.*s` is no sign of CEL", STR_ARG(text));
        return bad(from, from + text.len);
    }
    size_t length = 0;
    int32_t c = utf8_next(rest, &length);
    if (c < 0x20 || c == 0x7f)
        text_error(e, DIAG_CEL_SYNTAX, from, from + (uint32_t)length, STR("delete it"),
                   "a control character (%d) stands here", (int)c);
    else
        text_error(e, DIAG_CEL_SYNTAX, from, from + (uint32_t)length,
                   STR("names are made of a-z, A-Z, 0-9 and `_`; other text stands in quotes"),
                   "`%.*s` cannot stand here", (int)length, rest.ptr);
    return bad(from, from + length);
}

token lex(text_errors *e, uint32_t where) {
    str s = e->text->text;
    uint32_t from = (uint32_t)skip_blanks(s, where);
    if (from >= s.len) return (token){TOKEN_END, (uint32_t)s.len, (uint32_t)s.len};
    char c = s.ptr[from];
    if (is_name_start(c)) return lex_name(e, from);
    if (is_digit(c) || (c == '.' && is_digit(at(s, from + 1)))) return lex_number(e, from);
    if (c == '\'' || c == '"') return lex_text(e, TOKEN_STRING, from, from, false);
    if (c == '`') return lex_quoted(e, from);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].text);
        if (c == signs[i].text[0] && (n == 1 || at(s, from + 1) == signs[i].text[1]))
            return (token){signs[i].kind, from, from + (uint32_t)n};
    }
    return lex_habit(e, from);
}
