// SPDX-License-Identifier: Apache-2.0
//
// Reads a pattern by RE2's grammar, refuses everything else, and writes what has the same meaning
// in PCRE2. Where the two differ the pattern is rewritten, not the options trusted: `$` is the very
// end, `\s` has no vertical tab, `.` and `^` follow their flags, `{` that begins no count is a
// character, groups do not capture (only whether there is a match is ever asked).
#include "cel/regex.h"

#include "base/map.h"
#include "base/num.h"

#include <string.h>

enum { MAX_DEPTH = 200 };

#define NO_SINGLE SIZE_MAX

typedef struct parser {
    regex_reader r;
    bool multi_line, dot_all; // (?m), (?s); (?i) is r.fold; (?U) has no meaning for a yes or no
    unsigned depth;
    size_t last; // where in the output the last atom begins, NO_SINGLE: it is a group
    map names;   // of groups
} parser;

static bool peek(const parser *p, const char *what) {
    return str_starts(str_sub(p->r.text, p->r.at, p->r.text.len), str_of(what));
}

static bool at_end(const parser *p) {
    return p->r.at >= p->r.text.len;
}

static bool refuse(parser *p, size_t from, const char *reason, const char *hint) {
    return regex_refuse(&p->r, from, reason, hint);
}

static void write_character(buf *out, uint32_t c) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (c >= 128 || plain || c == '_' || c == ' ') {
        utf8_add(out, c);
    } else if (c > ' ' && c < 127) {
        buf_addf(out, "\\%c", (int)c);
    } else {
        buf_addf(out, "\\x{%x}", (unsigned)c);
    }
}

// --- repeats

// A whole number without leading zeros, as a count is written.
static bool count_of(str s, unsigned *out) {
    uint64_t n = 0;
    if (s.len == 0 || s.len > 8 || (s.len > 1 && s.ptr[0] == '0')) return false;
    if (!num_parse_digits(s, 10, &n)) return false;
    *out = (unsigned)n;
    return true;
}

// `{n}`, `{n,}`, `{n,m}` at the cursor. False: the brace is a character.
static bool braces(const parser *p, size_t *length, unsigned *least, unsigned *most, bool *open) {
    str rest = str_sub(p->r.text, p->r.at, p->r.text.len);
    ptrdiff_t end = str_find(rest, STR("}"));
    if (!str_starts(rest, STR("{")) || end < 0) return false;
    str inside = str_sub(rest, 1, (size_t)end);
    ptrdiff_t comma = str_find(inside, STR(","));
    str first = comma < 0 ? inside : str_sub(inside, 0, (size_t)comma);
    *length = (size_t)end + 1;
    *open = comma >= 0 && (size_t)comma + 1 == inside.len;
    if (!count_of(first, least)) return false;
    *most = *least;
    return comma < 0 || *open || count_of(str_sub(inside, (size_t)comma + 1, inside.len), most);
}

static bool at_repeat(const parser *p) {
    size_t length;
    unsigned least, most;
    bool open;
    return peek(p, "*") || peek(p, "+") || peek(p, "?") || braces(p, &length, &least, &most, &open);
}

// "At least n" of one character is written as n of it and a star: PCRE2's single pass counts what a
// plus has taken, and so would have a state of its own for each place where one can begin.
static void write_plus(parser *p, unsigned least) {
    str again = str_copy(p->r.out->arena, str_sub(buf_str(p->r.out), p->last, p->r.out->len));
    if (least > 1) buf_addf(p->r.out, "{%u}", least);
    buf_add(p->r.out, again);
    buf_addc(p->r.out, '*');
}

static bool counted(parser *p, size_t length, unsigned least, unsigned most, bool open,
                    unsigned *times) {
    size_t from = p->r.at;
    p->r.at += length;
    if (most < least) return refuse(p, from, "repeats at least more often than at most", "");
    unsigned largest = most ? most : 1;
    if (largest > REGEX_MAX_REPEAT || largest * *times > REGEX_MAX_REPEAT)
        return refuse(p, from, "repeats more than 1000 times, nested repeats multiplied",
                      "write a smaller count, or `*`");
    *times *= largest;
    if (open && least > 0 && p->last != NO_SINGLE) {
        write_plus(p, least);
    } else if (open) {
        buf_addf(p->r.out, "{%u,}", least);
    } else {
        buf_addf(p->r.out, "{%u,%u}", least, most);
    }
    return true;
}

// What may follow an atom. `times`: how often counts repeat what is inside, multiplied.
static bool repeat(parser *p, unsigned *times) {
    size_t length = 1, from = p->r.at;
    unsigned least = 0, most = 0;
    bool open = false;
    if (!at_repeat(p)) return true;
    if (braces(p, &length, &least, &most, &open)) {
        if (!counted(p, length, least, most, open, times)) return false;
    } else if (peek(p, "+") && p->last != NO_SINGLE) {
        write_plus(p, 1);
        p->r.at++;
    } else {
        buf_addc(p->r.out, p->r.text.ptr[p->r.at++]);
    }
    if (peek(p, "?")) p->r.at++; // as few as possible: the same yes or no
    if (!at_repeat(p)) return true;
    bool possessive = peek(p, "+");
    p->r.at++;
    return refuse(p, from,
                  possessive ? "has a possessive repeat, which RE2 does not have"
                             : "repeats a repeat, which RE2 does not allow",
                  possessive ? "leave the second + out: RE2 never backtracks"
                             : "put the inner repeat in (?:…)");
}

// --- groups

static bool alternatives(parser *p, unsigned *times);

static bool close_group(parser *p, size_t from, unsigned *times) {
    parser before = *p;
    if (++p->depth > MAX_DEPTH) return refuse(p, from, "is nested too deeply", "");
    if (!alternatives(p, times)) return false;
    if (!peek(p, ")")) return refuse(p, from, "has a group without end", "close it with )");
    p->r.at++;
    buf_addc(p->r.out, ')');
    // Flags last to the end of their group.
    p->r.fold = before.r.fold;
    p->multi_line = before.multi_line;
    p->dot_all = before.dot_all;
    p->depth--;
    return true;
}

static bool named_group(parser *p, size_t from, size_t prefix, unsigned *times) {
    p->r.at += prefix;
    str rest = str_sub(p->r.text, p->r.at, p->r.text.len);
    ptrdiff_t end = str_find(rest, STR(">"));
    str name = str_sub(rest, 0, end < 0 ? 0 : (size_t)end);
    bool good = name.len > 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        good = good && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
                        (c >= '0' && c <= '9'));
    }
    if (!good)
        return refuse(p, from, "has a group with a bad name", "a name has letters, digits and _");
    if (map_has(&p->names, name))
        return refuse(p, from, "has two groups of one name", "leave the names out: (…)");
    map_put(p->r.out->arena, &p->names, name, p);
    p->r.at += name.len + 1;
    buf_adds(p->r.out, "(?:");
    return close_group(p, from, times);
}

// `(?i-s)`, `(?i:…)`: sets flags for the rest of the group, or for a group of its own.
static bool flags(parser *p, size_t from, bool *is_atom, unsigned *times) {
    parser before = *p;
    bool on = true, any = true;
    for (p->r.at += 2;; p->r.at++) {
        char c = at_end(p) ? 0 : p->r.text.ptr[p->r.at];
        if (c == '-' && on) {
            on = any = false;
            continue;
        }
        if (c == 'i') p->r.fold = on;
        if (c == 'm') p->multi_line = on;
        if (c == 's') p->dot_all = on;
        if (c && strchr("imsU", c)) {
            any = true;
            continue;
        }
        if ((c != ':' && c != ')') || !any)
            return refuse(p, from, "has a group of a kind that RE2 does not have",
                          "groups are (…), (?:…), (?P<name>…), (?i:…); flags are i, m, s and U");
        p->r.at++;
        *is_atom = c == ':';
        break;
    }
    buf_addf(p->r.out, p->r.fold ? "(?i%s" : "(?-i%s", *is_atom ? ":" : ")");
    if (!*is_atom) return true;
    if (!close_group(p, from, times)) return false;
    p->r.fold = before.r.fold;
    p->multi_line = before.multi_line;
    p->dot_all = before.dot_all;
    return true;
}

static const struct refused {
    const char *prefix, *reason, *hint;
} refused[] = {
    {"(*", "has a verb, which RE2 does not have", "to match a star write \\*"},
    {"(?=", "looks ahead, which RE2 does not do", "use two patterns joined by && in CEL"},
    {"(?!", "looks ahead, which RE2 does not do", "use !x.matches(…) in CEL"},
    {"(?<=", "looks behind, which RE2 does not do", "match what stands before as well"},
    {"(?<!", "looks behind, which RE2 does not do", "use !x.matches(…) in CEL"},
    {"(?>", "has an atomic group, which RE2 does not have", "write (?:…): RE2 never backtracks"},
    {"(?|", "resets group numbers, which RE2 does not do", "write (?:…)"},
    {"(?#", "has a comment, which RE2 does not have", "put it beside the condition"},
    {"(?P=", "has a back-reference, which RE2 does not have",
     "write out what it would repeat, or compare texts in CEL"},
    {"(?P>", "calls a group, which RE2 does not do", "write the group out"},
    {"(?&", "calls a group, which RE2 does not do", "write the group out"},
    {"(?R", "is recursive, which RE2 is not", "write the inner levels out"},
    {"(?C", "has a callout, which RE2 does not have", ""},
    {"(?(", "has a condition, which RE2 does not have", "use && and || in CEL"},
};

static bool group(parser *p, bool *is_atom, unsigned *times) {
    size_t from = p->r.at;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        if (!peek(p, refused[i].prefix)) continue;
        p->r.at += strlen(refused[i].prefix);
        return refuse(p, from, refused[i].reason, refused[i].hint);
    }
    if (peek(p, "(?P<")) return named_group(p, from, 4, times);
    if (peek(p, "(?<")) return named_group(p, from, 3, times);
    if (peek(p, "(?")) return flags(p, from, is_atom, times);
    p->r.at++;
    buf_adds(p->r.out, "(?:");
    return close_group(p, from, times);
}

// --- atoms

// `\Q…\E`, each character for itself; without end to the end of the pattern. All but the last are
// complete, so that a repeat binds to that one alone.
static bool quoted(parser *p, bool *is_atom) {
    p->r.at += 2;
    *is_atom = false;
    while (!at_end(p) && !peek(p, "\\E")) {
        int32_t c = utf8_next(p->r.text, &p->r.at);
        if (c < 0) return refuse(p, p->r.at - 1, "is no UTF-8 text", "");
        p->last = p->r.out->len;
        write_character(p->r.out, (uint32_t)c);
        *is_atom = true;
    }
    if (!at_end(p)) p->r.at += 2;
    return true;
}

// Assertions are bracketed, since PCRE2 repeats no bare ones.
static bool assertion(parser *p, const char *text, size_t length) {
    p->r.at += length;
    buf_addf(p->r.out, "(?:%s)", text);
    return true;
}

static bool backslash(parser *p, bool *is_atom) {
    size_t from = p->r.at;
    char c = from + 1 < p->r.text.len ? p->r.text.ptr[from + 1] : 0;
    uint32_t character = 0;
    if (c == 'Q') return quoted(p, is_atom);
    if (c == 'A') return assertion(p, "\\A", 2);
    if (c == 'z') return assertion(p, "\\z", 2);
    if (c == 'b') return assertion(p, "\\b", 2);
    if (c == 'B') return assertion(p, "\\B", 2);
    if (c && strchr("pP", c)) {
        p->r.at += 2;
        return regex_property(&p->r, c == 'P');
    }
    if (c && strchr("dDsSwW", c)) {
        p->r.at += 2;
        return regex_perl_class(&p->r, c);
    }
    p->r.at++;
    if (c == 'Z') return refuse(p, from, "has \\Z, which RE2 does not have", "write \\z or $");
    if (c == 'G') return refuse(p, from, "has \\G, which RE2 does not have", "write \\A or ^");
    if (c == 'C')
        return refuse(p, from, "has \\C, a single byte, which splits characters",
                      "write . under (?s)");
    if (!regex_escape(&p->r, &character)) return false;
    write_character(p->r.out, character);
    return true;
}

// One atom; `is_atom` false: nothing that a repeat could follow.
static bool atom(parser *p, bool *is_atom, unsigned *times) {
    *is_atom = true;
    switch (p->r.text.ptr[p->r.at]) {
    case '(': return group(p, is_atom, times);
    case '[': return regex_class(&p->r);
    case '\\': return backslash(p, is_atom);
    case '^': return assertion(p, p->multi_line ? "(?m:^)" : "\\A", 1);
    case '$': return assertion(p, p->multi_line ? "(?m:$)" : "\\z", 1);
    case '.':
        p->r.at++;
        buf_adds(p->r.out, p->dot_all ? "(?s:.)" : "[^\\n]");
        return true;
    default: break;
    }
    int32_t c = utf8_next(p->r.text, &p->r.at);
    if (c < 0) return refuse(p, p->r.at - 1, "is no UTF-8 text", "");
    write_character(p->r.out, (uint32_t)c);
    return true;
}

static bool sequence(parser *p, unsigned *times) {
    while (!at_end(p) && !peek(p, "|") && !peek(p, ")")) {
        bool is_atom = false;
        unsigned inside = 1;
        if (at_repeat(p)) {
            p->r.at++;
            return refuse(p, p->r.at - 1, "has a repeat with nothing before it to repeat",
                          "to match the character itself put a backslash before it");
        }
        size_t begin = p->last = p->r.out->len;
        if (!atom(p, &is_atom, &inside)) return false;
        // What is in round brackets is a group, but for `(?s:.)`, the dot under its flag.
        str written = str_sub(buf_str(p->r.out), begin, p->r.out->len);
        bool is_group = str_starts(written, STR("(")) && !str_is(written, "(?s:.)");
        if (is_group) p->last = NO_SINGLE;
        if (is_atom && !repeat(p, &inside)) return false;
        if (inside > *times) *times = inside;
    }
    return true;
}

static bool alternatives(parser *p, unsigned *times) {
    for (;;) {
        if (!sequence(p, times)) return false;
        if (!peek(p, "|")) return true;
        p->r.at++;
        buf_addc(p->r.out, '|');
    }
}

bool regex_translate(buf *out, str pattern, regex_problem *problem) {
    parser p = {.r = {.text = pattern, .out = out, .problem = problem}};
    unsigned times = 1;
    if (pattern.len > REGEX_MAX_PATTERN)
        return refuse(&p, 0, "is longer than 8 KiB", "split it into several joined by || in CEL");
    if (!alternatives(&p, &times)) return false;
    if (at_end(&p)) return true;
    p.r.at++;
    return refuse(&p, p.r.at - 1, "closes a group that is not open", "to match it write \\)");
}
