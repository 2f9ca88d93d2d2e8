// SPDX-License-Identifier: Apache-2.0
//
// What every reader of a file says about keys and simple values, in one wording. A table has a few
// dozen keys at most, so keys are found by looking through it.
#include "law/schema.h"

#include <string.h>

// --- kinds in words

static const char *const kind_words[] = {
    [NODE_NULL] = "nothing",    [NODE_BOOL] = "true or false", [NODE_INT] = "a whole number",
    [NODE_DOUBLE] = "a number", [NODE_STRING] = "a text",      [NODE_LIST] = "a list",
    [NODE_MAP] = "a map",
};
enum { KINDS = sizeof kind_words / sizeof *kind_words };

// "a text, a list or a map".
static str takes_in_words(arena *a, unsigned takes) {
    const char *words[KINDS];
    size_t count = 0;
    if (takes & 1u << NODE_DOUBLE) takes &= ~(1u << NODE_INT);
    for (size_t kind = 0; kind < KINDS; kind++)
        if (takes & 1u << kind) words[count++] = kind_words[kind];
    buf b = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buf_adds(&b, i + 1 == count ? " or " : ", ");
        buf_adds(&b, words[i]);
    }
    return buf_str(&b);
}

static bool is_scalar(const node *n) {
    return n->kind != NODE_LIST && n->kind != NODE_MAP;
}

static str wrong_kind_hint(arena *a, const node *n, unsigned takes) {
    bool text_due = takes & 1u << NODE_STRING;
    if (text_due && n->kind != NODE_STRING && is_scalar(n))
        return str_format(a, "a text that looks like something else is quoted: \"%.*s\"",
                          STR_ARG(n->text));
    if (takes == TAKES_BOOL) return STR("write `true` or `false`");
    if (n->kind == NODE_STRING && (n->style == STYLE_SINGLE || n->style == STYLE_DOUBLE) &&
        takes & TAKES_NUMBER)
        return STR("numbers are written without quotes");
    return STR("");
}

static void say_null(reader *r, span at, str name) {
    diag_add(r->diags, DIAG_NULL_VALUE, at, STR("write a value, or leave the key out"),
             "`%.*s` has no value", STR_ARG(name));
}

bool schema_takes(reader *r, const node *n, str name, unsigned takes) {
    if (takes & 1u << n->kind) return true;
    if (n->kind == NODE_NULL) {
        say_null(r, n->at, name);
        return false;
    }
    str due = takes_in_words(r->arena, takes);
    diag_add(r->diags, DIAG_WRONG_KIND, n->at, wrong_kind_hint(r->arena, n, takes),
             "`%.*s` takes %.*s, this is %s", STR_ARG(name), STR_ARG(due), kind_words[n->kind]);
    return false;
}

// --- maps

static size_t key_index(const schema_key *keys, size_t count, str name) {
    for (size_t i = 0; i < count; i++)
        if (str_is(name, keys[i].name)) return i;
    return count;
}

static str unknown_key_hint(arena *a, str name, const schema_key *keys, size_t count) {
    str *names = arena_array(a, str, count);
    for (size_t i = 0; i < count; i++)
        names[i] = str_of(keys[i].name);
    str near = diag_did_you_mean(a, name, names, count);
    if (near.len) return near;
    buf b = {.arena = a};
    for (size_t i = 0; i < count; i++)
        buf_addf(&b, "%s%s", i ? ", " : "the keys are: ", keys[i].name);
    return buf_str(&b);
}

// How the key would be written, by the first kind that it takes.
static str missing_key_hint(arena *a, const schema_key *key) {
    const char *form = key->takes & 1u << NODE_STRING ? "…"
                       : key->takes & 1u << NODE_LIST ? "[…]"
                       : key->takes & 1u << NODE_MAP  ? "{…}"
                       : key->takes & 1u << NODE_BOOL ? "true"
                                                      : "1";
    return str_format(a, "add `%s: %s`", key->name, form);
}

static void check_pair(reader *r, const pair *p, const char *what, const schema_key *keys,
                       size_t count, const node **values, bool *seen) {
    size_t i = key_index(keys, count, p->key->text);
    if (i == count) {
        str hint = unknown_key_hint(r->arena, p->key->text, keys, count);
        diag_add(r->diags, DIAG_UNKNOWN_KEY, p->key->at, hint, "%s has no key `%.*s`", what,
                 STR_ARG(p->key->text));
        return;
    }
    seen[i] = true;
    if (p->value->kind == NODE_NULL)
        say_null(r, p->key->at, p->key->text);
    else if (schema_takes(r, p->value, p->key->text, keys[i].takes))
        values[i] = p->value;
}

bool schema_map(reader *r, const node *n, const char *what, const schema_key *keys, size_t count,
                const node **values) {
    for (size_t i = 0; i < count; i++)
        values[i] = NULL;
    if (n->kind != NODE_MAP) {
        diag_add(r->diags, DIAG_WRONG_KIND, n->at, STR(""), "%s is a map of keys, this is %s", what,
                 kind_words[n->kind]);
        return false;
    }
    bool *seen = arena_array(r->arena, bool, count);
    for (uint32_t i = 0; i < n->count; i++)
        check_pair(r, &n->u.pairs[i], what, keys, count, values, seen);
    for (size_t i = 0; i < count; i++)
        if (keys[i].required && !seen[i])
            diag_add(r->diags, DIAG_MISSING_KEY, n->at, missing_key_hint(r->arena, &keys[i]),
                     "%s needs `%s`", what, keys[i].name);
    return true;
}

const node *const *schema_items(const node *const *one, size_t *count) {
    if (!*one) {
        *count = 0;
        return NULL;
    }
    if ((*one)->kind == NODE_LIST) {
        *count = (*one)->count;
        return (*one)->u.items;
    }
    *count = 1;
    return one;
}

// --- simple values

str schema_text(const node *n) {
    return n && is_scalar(n) ? n->text : STR("");
}

// A scalar, or a diagnostic that names what is due.
static bool scalar_due(reader *r, const node *n, const char *due) {
    if (is_scalar(n) && n->kind != NODE_NULL) return true;
    diag_code code = n->kind == NODE_NULL ? DIAG_NULL_VALUE : DIAG_WRONG_KIND;
    diag_add(r->diags, code, n->at, STR(""), "%s is due here, this is %s", due,
             kind_words[n->kind]);
    return false;
}

const schema_form schema_manifest_form = {.name = "manifest", .takes = TAKES_MAP};
const schema_form schema_patch_form = {.name = "patch", .takes = TAKES_MAP};

const schema_form schema_date_form = {
    .takes = TAKES_TEXT, .pattern = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"};

const schema_form schema_period_form = {.takes = TAKES_TEXT,
                                        .pattern =
                                            "^P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?"
                                            "(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$"};

static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};

// Digits where the form has digits, whatever the date.
static bool has_date_form(str s, civil *out) {
    if (s.len != 10) return false;
    int32_t parts[3] = {0}, part = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (i == 4 || i == 7) {
            if (s.ptr[i] != '-') return false;
            part++;
        } else {
            if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
            parts[part] = parts[part] * 10 + (s.ptr[i] - '0');
        }
    }
    *out = (civil){parts[0], parts[1], parts[2]};
    return true;
}

// Why a text of the right form is no date.
static void say_impossible_date(reader *r, const node *n, civil c) {
    str hint = STR("years run from 0001 to 9999, months from 01 to 12");
    civil last = c;
    day d = 0;
    for (last.mday = 31; last.mday > 27; last.mday--)
        if (day_from_civil(last, &d)) break;
    if (last.mday > 27)
        hint =
            str_format(r->arena, "%s %d has %d days", month_names[c.month - 1], c.year, last.mday);
    diag_add(r->diags, DIAG_BAD_DATE, n->at, hint, "there is no day %.*s", STR_ARG(n->text));
}

bool schema_date(reader *r, const node *n, day *out) {
    civil c;
    if (!n || !scalar_due(r, n, "a date")) return false;
    if (day_parse(n->text, out)) return true;
    if (has_date_form(n->text, &c))
        say_impossible_date(r, n, c);
    else
        diag_add(r->diags, DIAG_BAD_DATE, n->at, STR("write year-month-day, as in 2026-03-01"),
                 "`%.*s` is no date", STR_ARG(n->text));
    return false;
}

bool schema_period(reader *r, const node *n, period *out) {
    if (!n || !scalar_due(r, n, "a period")) return false;
    if (period_parse(n->text, out)) return true;
    diag_add(r->diags, DIAG_BAD_PERIOD, n->at,
             STR("write it as P30D (days), P3M (months), P1Y (years) or PT72H (hours)"),
             "`%.*s` is no period", STR_ARG(n->text));
    return false;
}

bool schema_bool(reader *r, const node *n, bool *out) {
    if (!n || !scalar_due(r, n, "true or false")) return false;
    if (n->kind == NODE_BOOL) {
        *out = n->u.b;
        return true;
    }
    diag_add(r->diags, DIAG_WRONG_KIND, n->at, STR("write `true` or `false`, without quotes"),
             "true or false is due here, this is %s", kind_words[n->kind]);
    return false;
}

// --- words

enum { LIST_WORDS_MAX = 12 }; // longer lists are not repeated in a hint

str schema_words_hint(arena *a, str word, const str *words, size_t count) {
    buf b = {.arena = a};
    buf_add(&b, diag_did_you_mean(a, word, words, count));
    if (count > LIST_WORDS_MAX) return buf_str(&b);
    if (b.len) buf_addc(&b, ' ');
    for (size_t i = 0; i < count; i++)
        buf_addf(&b, "%s%.*s", i ? ", " : "one of: ", STR_ARG(words[i]));
    return buf_str(&b);
}

bool schema_word(reader *r, const node *n, const char *what, const char *const *words, size_t count,
                 size_t *out) {
    if (!n || !scalar_due(r, n, what)) return false;
    for (size_t i = 0; i < count; i++) {
        if (!str_is(n->text, words[i])) continue;
        *out = i;
        return true;
    }
    str *list = arena_array(r->arena, str, count);
    for (size_t i = 0; i < count; i++)
        list[i] = str_of(words[i]);
    diag_add(r->diags, DIAG_BAD_WORD, n->at, schema_words_hint(r->arena, n->text, list, count),
             "%s cannot be `%.*s`", what, STR_ARG(n->text));
    return false;
}

static const schema_form one_text = {.takes = TAKES_TEXT};
const schema_form schema_texts_form = {.each = &one_text};

str *schema_texts(reader *r, const node *n, size_t *count) {
    size_t given = 0;
    const node *const *items = schema_items(&n, &given);
    str *out = arena_array(r->arena, str, given);
    *count = 0;
    for (size_t i = 0; i < given; i++) {
        if (items[i]->kind == NODE_STRING) {
            out[(*count)++] = items[i]->text;
            continue;
        }
        diag_code code = items[i]->kind == NODE_NULL ? DIAG_NULL_VALUE : DIAG_WRONG_KIND;
        diag_add(r->diags, code, items[i]->at, wrong_kind_hint(r->arena, items[i], TAKES_TEXT),
                 "a text is due here, this is %s", kind_words[items[i]->kind]);
    }
    return out;
}

// --- the header

static const char *const file_kinds[] = {"deployment", "policy",   "jurisdiction",
                                         "places",     "registry", "entities",
                                         "vocabulary", "coverage", "test"};
enum { FILE_KINDS = sizeof file_kinds / sizeof *file_kinds };

static str bad_header(reader *r, span at, str hint, str message) {
    diag_add(r->diags, DIAG_BAD_HEADER, at, hint, "%.*s", STR_ARG(message));
    return STR("");
}

static str unknown_file_kind(reader *r, const node *n, str kind) {
    str words[FILE_KINDS];
    for (size_t i = 0; i < FILE_KINDS; i++)
        words[i] = str_of(file_kinds[i]);
    return bad_header(r, n->at, schema_words_hint(r->arena, kind, words, FILE_KINDS),
                      str_format(r->arena, "no file is of kind `%.*s`", STR_ARG(kind)));
}

str schema_header(reader *r, const node *doc) {
    return schema_header_as(r, doc, "policy");
}

str schema_header_as(reader *r, const node *doc, const char *file_kind) {
    str example =
        str_format(r->arena, "begin the file with its kind, as in `obstat: %s/v1`", file_kind);
    if (doc->kind != NODE_MAP)
        return bad_header(r, doc->at, example, STR("this is no file of obstat"));
    const node *n = NULL;
    for (uint32_t i = 0; i < doc->count && !n; i++)
        if (str_is(doc->u.pairs[i].key->text, "obstat")) n = doc->u.pairs[i].value;
    if (!n) return bad_header(r, doc->at, example, STR("the file does not say what it is"));
    ptrdiff_t slash = n->kind == NODE_STRING ? str_find(n->text, STR("/")) : -1;
    if (slash < 0) return bad_header(r, n->at, example, STR("this is no kind of file"));
    str kind = str_sub(n->text, 0, (size_t)slash);
    str version = str_sub(n->text, (size_t)slash + 1, n->text.len);
    bool known = false;
    for (size_t i = 0; i < FILE_KINDS; i++)
        known = known || str_is(kind, file_kinds[i]);
    if (!known) return unknown_file_kind(r, n, kind);
    if (!str_is(version, "v1"))
        return bad_header(
            r, n->at, STR("this program reads v1"),
            str_format(r->arena, "version `%.*s` of this form is not known", STR_ARG(version)));
    return kind;
}
