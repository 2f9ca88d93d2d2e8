// SPDX-License-Identifier: Apache-2.0
//
// A policy's document, from the top: the instrument, its status, what it displaces. Its parts have
// files of their own. Whether the names in it exist is not known here.
#include "law/forms.h"
#include "law/policy_reader.h"

#define DOCUMENT_KEYS(K)                                                                           \
    K(OBSTAT, "obstat", TAKES_TEXT, true, &header_form, "What this file is.")                      \
    K(ID, "id", TAKES_TEXT, true, &id_form, "Its id, by which others name it.")                    \
    K(JURISDICTION, "jurisdiction", TAKES_TEXT, true, NULL, "The code of the place or group.")     \
    K(REACH, "reach", TAKES_TEXT, false, &reach_form,                                              \
      "market: launches there; home: whoever is established there, wherever they launch.")         \
    K(INSTRUMENT, "instrument", TAKES_MAP, true, &instrument_form, "The law itself.")              \
    K(STATUS, "status", TAKES_CASES, true, &status_form, "How far it is, and from when.")          \
    K(REVIEWED, "reviewed", TAKES_MAP, true, &reviewed_form,                                       \
      "When this file was last held against the law, and how sure its author is.")                 \
    K(DEFINE, "define", TAKES_MAP, false, &define_form,                                            \
      "The words of this instrument: NAME or NAME(a, b), and what it means.")                      \
    K(PARAMETERS, "parameters", TAKES_MAP, false, &parameters_form,                                \
      "Numbers, lists and tables of the law that change by date or place.")                        \
    K(SETS, "sets", TAKES_MAP, false, &sets_form,                                                  \
      "Parameters of a policy of a place around this one: POLICY.name.")                           \
    K(DISPLACES, "displaces", TAKES_LIST | TAKES_MAP, false, &displacements_form,                  \
      "Rules that yield to this law.")                                                             \
    K(ROLES, "roles", TAKES_MAP, false, &roles_form, "Kinds of partners, by name.")                \
    K(RULES, "rules", TAKES_LIST, true, &rules_form, "Rules, and chapters of rules.")

#define INSTRUMENT_KEYS(K)                                                                         \
    K(NAME, "name", TAKES_WORDS, true, NULL, "Its name in English.")                               \
    K(NATIVE, "native", TAKES_WORDS, false, NULL, "Its name in its own language.")                 \
    K(NUMBER, "number", TAKES_WORDS, false, NULL, "Its official number.")                          \
    K(KIND, "kind", TAKES_TEXT, true, &instrument_kind_form, "What kind of law it is.")            \
    K(URL, "url", TAKES_TEXT, true, NULL, "Where its text stands.")

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *const instrument_kinds[] = {"statute",  "regulation", "standard",
                                        "guidance", "practice",   "contract"};
const size_t instrument_kind_count = COUNT(instrument_kinds);
const schema_form instrument_kind_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(instrument_kinds)};

static const char *const headers[] = {"policy/v1"};
static const char *const statuses[] = {"proposed", "adopted", "in force", "stayed", "repealed"};
static const char *const reaches[] = {"market", "home"};
static const char *const confidences[] = {"high", "medium", "low"};

// --- the keys, and what stands behind them

static const schema_form header_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(headers)};
static const schema_form id_form = {.takes = TAKES_TEXT, .pattern = "^[A-Za-z0-9_-]+$"};
static const schema_form reach_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(reaches)};
static const schema_form one_status_form = {
    .name = "status", .takes = TAKES_TEXT, SCHEMA_WORDS(statuses)};
static const schema_form status_form = {.cases_of = &one_status_form};
static const schema_form confidence_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(confidences)};
static const schema_form define_form = {.takes = TAKES_MAP, .member = &definition_form};
static const schema_form parameters_form = {.takes = TAKES_MAP, .member = &parameter_form};
static const schema_form sets_form = {.takes = TAKES_MAP, .member = &any_cases_form};
static const schema_form roles_form = {.takes = TAKES_MAP, .member = &role_form};
static const schema_form rules_form = {.takes = TAKES_LIST, .item = &rule_or_chapter_form};

#define AS_INDEX(name, key, takes, required, form, about) INSTRUMENT_##name,
#define AS_ROW(name, key, takes, required, form, about)   {key, takes, required, form, about},

enum { INSTRUMENT_KEYS(AS_INDEX) INSTRUMENT_KEY_COUNT };
static const schema_key instrument_keys[] = {INSTRUMENT_KEYS(AS_ROW)};
static const schema_form instrument_form = {.takes = TAKES_MAP, SCHEMA_KEYS(instrument_keys)};

static const schema_key reviewed_keys[] = {
    {"on", TAKES_TEXT, true, &schema_date_form, "The day of the review."},
    {"confidence", TAKES_TEXT, true, &confidence_form, "How sure its author is."},
    {"recheck", TAKES_TEXT, true, &schema_date_form, "When to look again."},
};
const schema_form reviewed_form = {
    .name = "reviewed", .takes = TAKES_MAP, SCHEMA_KEYS(reviewed_keys)};

static const schema_key displacement_keys[] = {
    {"rules", TAKES_TEXT | TAKES_LIST, true, &schema_texts_form, "Ids of rules, or POLICY.*"},
    {"when", TAKES_CONDITION, false, &cel_form, "A condition under which alone they yield."},
    {"cites", TAKES_WORDS, true, NULL, "Where the law says so."},
};
static const schema_form displacement_form = {
    .name = "displacement", .takes = TAKES_MAP, SCHEMA_KEYS(displacement_keys)};
const schema_form displacements_form = {.each = &displacement_form};

#undef AS_INDEX
#define AS_INDEX(name, key, takes, required, form, about) KEY_##name,

enum { DOCUMENT_KEYS(AS_INDEX) DOCUMENT_KEY_COUNT };
static const schema_key document_keys[] = {DOCUMENT_KEYS(AS_ROW)};
const schema_form policy_form = {.takes = TAKES_MAP, SCHEMA_KEYS(document_keys)};

cite policy_cite(const node *text) {
    return (cite){.text = schema_text(text)};
}

void diags_merge(diags *to, const diags *from) {
    for (size_t i = 0; i < from->list.len; i++) {
        const diag *d = &from->list.at[i];
        bool there = false;
        for (size_t k = 0; k < to->list.len && !there; k++) {
            const diag *old = &to->list.at[k];
            there = old->code == d->code && old->at.src == d->at.src &&
                    old->at.from == d->at.from && old->at.to == d->at.to &&
                    str_eq(old->message, d->message);
        }
        if (there) continue;
        diag *added = diag_add(to, d->code, d->at, d->hint, "%.*s", STR_ARG(d->message));
        added->also = d->also;
    }
}

// --- names and ids

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_reserved(str s) {
    static const char *const words[] = {
        "as",       "break",   "const",  "continue", "else", "false", "for",
        "function", "if",      "import", "in",       "let",  "loop",  "namespace",
        "null",     "package", "return", "true",     "var",  "void",  "while",
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(s, words[i])) return true;
    return false;
}

bool policy_name(policy_reader *p, const node *scalar, size_t from, size_t to, const char *what) {
    str s = str_sub(scalar->text, from, to);
    bool good = s.len > 0 && is_letter(s.ptr[0]) && !is_reserved(s);
    for (size_t i = 0; i < s.len; i++)
        good = good && (is_letter(s.ptr[i]) || is_digit(s.ptr[i]));
    if (s.len == 0)
        diag_add(p->r.diags, DIAG_BAD_NAME, doc_scalar_span(scalar, from, to), STR("write a name"),
                 "%s has no name", what);
    else if (!good)
        diag_add(p->r.diags, DIAG_BAD_NAME, doc_scalar_span(scalar, from, to),
                 STR("a name has letters, digits and `_`, begins with no digit, and is no word of "
                     "CEL (`in`, `if`, `as` …)"),
                 "`%.*s` is no name for %s", STR_ARG(s), what);
    return good;
}

// Ids of policies stand before a dot, so that they hold none.
static bool check_id(policy_reader *p, const node *n) {
    for (size_t i = 0; i < n->text.len; i++) {
        char c = n->text.ptr[i];
        if (is_letter(c) || is_digit(c) || c == '-') continue;
        diag_add(p->r.diags, DIAG_BAD_NAME, n->at, STR("an id has letters, digits, `-` and `_`"),
                 "`%.*s` is no id for a policy", STR_ARG(n->text));
        return false;
    }
    return n->text.len > 0;
}

// --- parts

bool policy_reviewed(policy_reader *p, const node *n, reviewed *out) {
    const node *values[COUNT(reviewed_keys)] = {0};
    size_t word = 0;
    *out = (reviewed){0};
    if (!n || !schema_map(&p->r, n, "`reviewed`", reviewed_keys, COUNT(reviewed_keys), values))
        return false;
    out->stated = schema_date(&p->r, values[0], &out->on);
    if (schema_word(&p->r, values[1], "confidence", confidences, COUNT(confidences), &word))
        out->confidence = str_of(confidences[word]);
    if (schema_date(&p->r, values[2], &out->recheck)) out->at = values[2]->at;
    return out->stated;
}

static void displace(policy_reader *p, const node *n, displacement *out) {
    const node *values[COUNT(displacement_keys)] = {0};
    *out = (displacement){.at = n->at};
    if (!schema_map(&p->r, n, "a displacement", displacement_keys, COUNT(displacement_keys),
                    values))
        return;
    out->rules = schema_texts(&p->r, values[0], &out->count);
    if (values[0]) out->at = values[0]->at;
    out->when = policy_cel(p, values[1], 0);
    out->cites = policy_cite(values[2]);
}

void policy_displaces(policy_reader *p, const node *n, displacement **out, size_t *count) {
    const node *const *items = schema_items(&n, count);
    *out = arena_array(p->r.arena, displacement, *count);
    for (size_t i = 0; i < *count; i++)
        displace(p, items[i], &(*out)[i]);
}

static void instrument(policy_reader *p, const node *n) {
    const node *values[INSTRUMENT_KEY_COUNT] = {0};
    if (!n || !schema_map(&p->r, n, "an instrument", instrument_keys, INSTRUMENT_KEY_COUNT, values))
        return;
    size_t kind = 0;
    p->policy->instrument.name = schema_text(values[INSTRUMENT_NAME]);
    p->policy->instrument.native = schema_text(values[INSTRUMENT_NATIVE]);
    p->policy->instrument.number = schema_text(values[INSTRUMENT_NUMBER]);
    p->policy->instrument.url = schema_text(values[INSTRUMENT_URL]);
    if (schema_word(&p->r, values[INSTRUMENT_KIND], "kind", instrument_kinds, instrument_kind_count,
                    &kind))
        p->policy->instrument.kind = str_of(instrument_kinds[kind]);
}

static void status(policy_reader *p, const node *n) {
    cases_read(p, n, "a status", false, &p->policy->status);
    cases_words(p, &p->policy->status, "status", statuses, COUNT(statuses));
    cases_cut(p, &p->policy->status);
}

static void contents(policy_reader *p, const node *const *values) {
    size_t reach = 0;
    if (schema_word(&p->r, values[KEY_REACH], "reach", reaches, COUNT(reaches), &reach))
        p->policy->home = reach == 1;
    instrument(p, values[KEY_INSTRUMENT]);
    status(p, values[KEY_STATUS]);
    policy_reviewed(p, values[KEY_REVIEWED], &p->policy->reviewed);
    policy_define(p, values[KEY_DEFINE]);
    policy_parameters(p, values[KEY_PARAMETERS]);
    policy_sets(p, values[KEY_SETS]);
    policy_displaces(p, values[KEY_DISPLACES], &p->policy->displaces.at, &p->policy->displaces.len);
    p->policy->displaces.cap = p->policy->displaces.len;
    policy_roles(p, values[KEY_ROLES]);
    policy_rules(p, values[KEY_RULES]);
}

policy *policy_read(arena *a, diags *d, const node *doc, policy_known known) {
    policy_reader p = {.r = {a, d}, .has_known_on = known.has, .known_on = known.on};
    const node *values[DOCUMENT_KEY_COUNT] = {0};
    if (!schema_map(&p.r, doc, "a policy", document_keys, DOCUMENT_KEY_COUNT, values)) return NULL;
    cel_text *whole = arena_new(a, cel_text);
    *whole = (cel_text){.text = doc->at.src->text, .src = doc->at.src};
    p.policy = arena_new(a, policy);
    *p.policy = (policy){.text = whole, .at = doc->at, .jurisdiction_at = doc->at};
    p.policy->env = arena_new(a, cel_env);
    *p.policy->env = (cel_env){.arena = a, .owner = p.policy};
    bool has_id = values[KEY_ID] && check_id(&p, values[KEY_ID]);
    if (has_id) {
        p.policy->id = values[KEY_ID]->text;
        p.policy->at = values[KEY_ID]->at;
    }
    p.policy->jurisdiction = schema_text(values[KEY_JURISDICTION]);
    if (values[KEY_JURISDICTION]) p.policy->jurisdiction_at = values[KEY_JURISDICTION]->at;
    contents(&p, values);
    return has_id ? p.policy : NULL;
}
