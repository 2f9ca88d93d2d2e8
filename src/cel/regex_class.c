// SPDX-License-Identifier: Apache-2.0
//
// Character classes of RE2. Those of ASCII are written out as ranges, so that nothing depends on
// PCRE2's tables or options; under (?i) they are folded before they are negated, as RE2 does.
#include "cel/regex.h"

#include <string.h>

bool regex_refuse(regex_reader *r, size_t from, const char *reason, const char *hint) {
    *r->problem =
        (regex_problem){str_of(reason), str_of(hint), from, r->at > from ? r->at : from + 1};
    if (r->problem->to > r->text.len) r->problem->to = r->text.len;
    return false;
}

static bool peek(const regex_reader *r, const char *what) {
    return str_starts(str_sub(r->text, r->at, r->text.len), str_of(what));
}

// --- sets of ASCII characters

enum { LONG_S = 0x17f, KELVIN = 0x212a, LAST = 0x10ffff };

typedef struct ascii_set {
    bool has[128];
} ascii_set;

// Ranges "az" in pairs.
static void add_pairs(ascii_set *set, const char *pairs) {
    for (; *pairs; pairs += 2)
        for (int c = (unsigned char)pairs[0]; c <= (unsigned char)pairs[1]; c++)
            set->has[c] = true;
}

static void add_range(buf *out, uint32_t from, uint32_t to) {
    buf_addf(out, "\\x{%x}", (unsigned)from);
    if (to > from) buf_addf(out, "-\\x{%x}", (unsigned)to);
}

static void fold(ascii_set *set) {
    for (int c = 'a'; c <= 'z'; c++) {
        bool has = set->has[c] || set->has[c - 'a' + 'A'];
        set->has[c] = set->has[c - 'a' + 'A'] = has;
    }
}

// Writes a set, or all but it, as items of a class.
static void write_set(regex_reader *r, ascii_set *set, bool negated) {
    bool long_s = r->fold && (set->has['s'] || set->has['S']);
    bool kelvin = r->fold && (set->has['k'] || set->has['K']);
    if (r->fold) fold(set);
    for (uint32_t c = 0; c < 128; c++) {
        if (set->has[c] == negated) continue;
        uint32_t from = c;
        while (c + 1 < 128 && set->has[c + 1] != negated)
            c++;
        add_range(r->out, from, c);
    }
    if (!negated) {
        if (long_s) add_range(r->out, LONG_S, LONG_S);
        if (kelvin) add_range(r->out, KELVIN, KELVIN);
        return;
    }
    uint32_t from = 128;
    if (long_s) add_range(r->out, from, LONG_S - 1);
    if (long_s) from = LONG_S + 1;
    if (kelvin) add_range(r->out, from, KELVIN - 1);
    if (kelvin) from = KELVIN + 1;
    add_range(r->out, from, LAST);
}

static bool perl_set(regex_reader *r, char letter) {
    ascii_set set = {0};
    switch (letter) {
    case 'd':
    case 'D': add_pairs(&set, "09"); break;
    case 's':
    case 'S': add_pairs(&set, "\t\n\f\r  "); break;
    case 'w':
    case 'W': add_pairs(&set, "09AZ__az"); break;
    default: return false;
    }
    write_set(r, &set, letter < 'a');
    return true;
}

bool regex_perl_class(regex_reader *r, char letter) {
    if (!strchr("dDsSwW", letter)) return false;
    buf_addc(r->out, '[');
    perl_set(r, letter);
    buf_addc(r->out, ']');
    return true;
}

// `[:name:]` or `[:^name:]` at the cursor.
static bool posix_set(regex_reader *r) {
    static const struct {
        const char *name, *pairs;
    } sets[] = {{"alnum", "09AZaz"},
                {"alpha", "AZaz"},
                {"ascii", "\x01\x7f"},
                {"blank", "\t\t  "},
                {"cntrl", "\x01\x1f\x7f\x7f"},
                {"digit", "09"},
                {"graph", "!~"},
                {"lower", "az"},
                {"print", " ~"},
                {"punct", "!/:@[`{~"},
                {"space", "\t\r  "},
                {"upper", "AMNZ"},
                {"word", "09AZaz__"},
                {"xdigit", "09AFaf"}};
    size_t from = r->at;
    r->at += 2;
    bool negated = peek(r, "^");
    if (negated) r->at++;
    str rest = str_sub(r->text, r->at, r->text.len);
    str name = str_sub(rest, 0, (size_t)str_find(rest, STR(":]")));
    r->at += name.len + 2;
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        if (!str_is(name, sets[i].name)) continue;
        ascii_set set = {0};
        add_pairs(&set, sets[i].pairs);
        if (str_is(name, "ascii") || str_is(name, "cntrl")) set.has[0] = true;
        write_set(r, &set, negated);
        return true;
    }
    return regex_refuse(r, from, "names a class that there is not", "");
}

// --- Unicode properties

static bool is_category(str name) {
    static const char all[] = " C Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No "
                              "P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs ";
    if (name.len < 1 || name.len > 2) return false;
    char word[5] = {' ', name.ptr[0], name.len == 2 ? name.ptr[1] : ' ', ' ', 0};
    word[name.len + 2] = 0;
    if (strlen(word) < name.len + 2) return false; // a NUL byte in the name
    return strstr(all, word) != NULL;
}

static bool is_script(str name) {
    static const char *const scripts[] = {
#define SCRIPT(name) #name,
#include "cel/regex_scripts.def"
#undef SCRIPT
    };
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
        if (str_is(name, scripts[i])) return true;
    return false;
}

bool regex_property(regex_reader *r, bool negated) {
    size_t from = r->at - 2;
    str name;
    if (peek(r, "{")) {
        str rest = str_sub(r->text, r->at + 1, r->text.len);
        ptrdiff_t end = str_find(rest, STR("}"));
        if (end < 0) return regex_refuse(r, from, "names a Unicode class without end", "");
        name = str_sub(rest, 0, (size_t)end);
        r->at += name.len + 2;
    } else {
        name = str_sub(r->text, r->at, r->at + 1);
        r->at += name.len;
    }
    if (name.len && name.ptr[0] == '^') {
        negated = !negated;
        name = str_sub(name, 1, name.len);
    }
    if (r->fold && (str_is(name, "Lu") || str_is(name, "Ll") || str_is(name, "Lt")))
        return regex_refuse(r, from, "asks for one case of letters, but case does not count here",
                            "write \\p{L}, or leave out (?i)");
    bool category = is_category(name) || str_is(name, "Any");
    if (!category && !is_script(name))
        return regex_refuse(
            r, from, "names a Unicode class that there is not",
            "classes are general categories (L, Lu, Nd …) and scripts (Latin, Han …)");
    buf_addf(r->out, "\\%c{%s%.*s}", negated ? 'P' : 'p', category ? "" : "sc:", STR_ARG(name));
    return true;
}

// --- characters by escapes

static bool hexadecimal(regex_reader *r, size_t from, uint32_t *character) {
    bool braces = peek(r, "{");
    size_t most = braces ? 8 : 2, count = 0;
    if (braces) r->at++;
    *character = 0;
    for (; r->at < r->text.len && count < most; r->at++, count++) {
        const char *digits = "0123456789abcdef";
        char c = r->text.ptr[r->at];
        if (c >= 'A' && c <= 'F') c = (char)(c - 'A' + 'a');
        const char *digit = c ? strchr(digits, c) : NULL;
        if (!digit) break;
        *character = *character * 16 + (uint32_t)(digit - digits);
    }
    bool complete = braces ? count > 0 && peek(r, "}") : count == 2;
    if (complete && braces) r->at++;
    if (complete && *character <= LAST && (*character < 0xd800 || *character > 0xdfff)) return true;
    return regex_refuse(r, from, "has a character number that is incomplete or is no character",
                        "write \\x7f or \\x{10ffff}");
}

static void octal(regex_reader *r, char first, uint32_t *character) {
    *character = (uint32_t)(first - '0');
    for (int i = 0; i < 2 && r->at < r->text.len; i++) {
        char c = r->text.ptr[r->at];
        if (c < '0' || c > '7') break;
        *character = *character * 8 + (uint32_t)(c - '0');
        r->at++;
    }
}

bool regex_escape(regex_reader *r, uint32_t *character) {
    static const char letters[] = "aftnrv", meanings[] = "\a\f\t\n\r\v";
    size_t from = r->at - 1;
    if (r->at >= r->text.len) return regex_refuse(r, from, "ends with a backslash", "");
    char c = r->text.ptr[r->at++];
    const char *letter = c ? strchr(letters, c) : NULL;
    if (letter) {
        *character = (uint32_t)meanings[letter - letters];
        return true;
    }
    if (c == 'x') return hexadecimal(r, from, character);
    if (c >= '0' && c <= '7') {
        bool next = r->at < r->text.len && r->text.ptr[r->at] >= '0' && r->text.ptr[r->at] <= '7';
        if (c == '0' || next) {
            octal(r, c, character);
            return true;
        }
    }
    if (c >= '1' && c <= '9')
        return regex_refuse(r, from, "has a back-reference, which RE2 does not have",
                            "write out what it would repeat, or compare texts in CEL");
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (word || (unsigned char)c >= 128)
        return regex_refuse(r, from, "has an escape that RE2 does not have", "");
    *character = (uint32_t)(unsigned char)c;
    return true;
}

// --- classes in brackets

static bool class_character(regex_reader *r, uint32_t *character) {
    if (peek(r, "\\")) {
        r->at++;
        return regex_escape(r, character);
    }
    int32_t c = utf8_next(r->text, &r->at);
    *character = (uint32_t)c;
    return c >= 0 || regex_refuse(r, r->at - 1, "is no UTF-8 text", "");
}

// A range, or one character.
static bool class_range(regex_reader *r) {
    size_t from = r->at;
    uint32_t low = 0, high = 0;
    if (!class_character(r, &low)) return false;
    high = low;
    bool range = peek(r, "-") && !peek(r, "-]") && r->at + 1 < r->text.len;
    if (range) {
        r->at++;
        if (!class_character(r, &high)) return false;
    }
    if (high < low)
        return regex_refuse(r, from, "has a range whose end is before its beginning", "");
    add_range(r->out, low, high);
    return true;
}

// One item of a class.
static bool class_item(regex_reader *r) {
    str rest = str_sub(r->text, r->at, r->text.len);
    if (peek(r, "[:") && str_find(str_sub(rest, 2, rest.len), STR(":]")) >= 0) return posix_set(r);
    if (rest.len >= 2 && rest.ptr[0] == '\\') {
        if (rest.ptr[1] == 'p' || rest.ptr[1] == 'P') {
            r->at += 2;
            return regex_property(r, rest.ptr[1] == 'P');
        }
        if (rest.ptr[1] && perl_set(r, rest.ptr[1])) {
            r->at += 2;
            return true;
        }
    }
    return class_range(r);
}

bool regex_class(regex_reader *r) {
    size_t from = r->at++;
    buf_addc(r->out, '[');
    if (peek(r, "^")) {
        buf_addc(r->out, '^');
        r->at++;
    }
    for (bool first = true; first || !peek(r, "]"); first = false) {
        if (r->at >= r->text.len)
            return regex_refuse(r, from, "has a class without end", "close it with ]");
        if (!class_item(r)) return false;
    }
    r->at++;
    buf_addc(r->out, ']');
    return true;
}
