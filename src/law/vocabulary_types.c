// SPDX-License-Identifier: Apache-2.0
//
// The types of facts as they are written: `date`, `enum [a, b]`, `enum LIST`, `ref ENTITY`,
// `ref any`, `record NAME`, each of them after `list of`. A mistake is underlined inside the text.
#include "law/vocabulary_build.h"

static const struct {
    const char *word;
    fact_kind kind;
} plain_types[] = {
    {"string", FACT_STRING},   {"bool", FACT_BOOL},
    {"int", FACT_INT},         {"double", FACT_DOUBLE},
    {"date", FACT_DATE},       {"period", FACT_PERIOD},
    {"country", FACT_COUNTRY}, {"jurisdiction", FACT_JURISDICTION},
    {"place", FACT_PLACE},     {"money", FACT_MONEY},
    {"metric", FACT_METRIC},   {"metrics", FACT_METRICS},
};
enum { PLAIN_TYPES = sizeof plain_types / sizeof *plain_types };

// The text of a type, and how far it has been read.
typedef struct type_text {
    builder *b;
    const node *n;
    size_t at;
} type_text;

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_spaces(type_text *t) {
    while (t->at < t->n->text.len && is_space(t->n->text.ptr[t->at]))
        t->at++;
}

static bool at_end(type_text *t) {
    skip_spaces(t);
    return t->at == t->n->text.len;
}

static char peek(const type_text *t) {
    return t->at < t->n->text.len ? t->n->text.ptr[t->at] : 0;
}

// Up to a blank, a comma or a bracket.
static str next_word(type_text *t) {
    skip_spaces(t);
    size_t from = t->at;
    while (t->at < t->n->text.len && !is_space(peek(t)) && peek(t) != ',' && peek(t) != '[' &&
           peek(t) != ']')
        t->at++;
    return str_sub(t->n->text, from, t->at);
}

// Where a word that was just read stands.
static span word_span(const type_text *t, str word) {
    if (word.len == 0) return t->n->at;
    size_t from = (size_t)(word.ptr - t->n->text.ptr);
    return doc_scalar_span(t->n, from, from + word.len);
}

static bool bad_type(type_text *t, span at, str hint, str message) {
    diag_add(t->b->r.diags, DIAG_BAD_TYPE, at, hint, "%.*s", STR_ARG(message));
    return false;
}

static bool unknown_name(type_text *t, str name, const char *what, const map *names) {
    if (name.len == 0)
        return bad_type(t, t->n->at, str_format(t->b->r.arena, "name the %s", what),
                        STR("the type ends too early"));
    diag_add(t->b->r.diags, DIAG_UNKNOWN_NAME, word_span(t, name),
             vocabulary_nearest(t->b, name, names), "there is no %s `%.*s`", what, STR_ARG(name));
    return false;
}

// --- enums

static bool add_enum_value(type_text *t, str *values, size_t *count, str word) {
    arena *a = t->b->r.arena;
    if (word.len == 0)
        return bad_type(t, t->n->at, STR("write the values as in `enum [a, b]`"),
                        STR("a value of this enum is empty"));
    if (str_is(word, "unknown")) {
        diag_add(t->b->r.diags, DIAG_STATE_WORD, word_span(t, word), STR("choose another word"),
                 "`unknown` cannot be a value");
        return false;
    }
    for (size_t i = 0; i < *count; i++)
        if (str_eq(values[i], word)) {
            diag_add(t->b->r.diags, DIAG_DUPLICATE_NAME, word_span(t, word),
                     STR("leave one of them out"), "the enum has the value `%.*s` twice",
                     STR_ARG(word));
            return false;
        }
    values[(*count)++] = str_copy(a, word);
    return true;
}

// Behind `enum`, at its bracket.
static bool inline_enum(type_text *t, fact *f) {
    size_t most = 1, count = 0;
    for (size_t i = t->at; i < t->n->text.len; i++)
        most += t->n->text.ptr[i] == ',';
    str *values = arena_array(t->b->r.arena, str, most);
    do {
        t->at++;
        if (!add_enum_value(t, values, &count, next_word(t))) return false;
        skip_spaces(t);
    } while (peek(t) == ',');
    if (peek(t) != ']')
        return bad_type(t, t->n->at, STR("write the values as in `enum [a, b]`"),
                        STR("the values of this enum do not end with `]`"));
    t->at++;
    enumeration *e = arena_new(t->b->r.arena, enumeration);
    *e = (enumeration){.values = values, .count = count};
    f->values = e;
    return true;
}

static bool enum_type(type_text *t, fact *f) {
    f->kind = FACT_ENUM;
    skip_spaces(t);
    if (peek(t) == '[') {
        if (!inline_enum(t, f)) return false;
    } else {
        str name = next_word(t);
        f->values = map_get(&t->b->v->values, name);
        if (!f->values) return unknown_name(t, name, "list of values", &t->b->v->values);
    }
    if (!f->list || !enumeration_has(f->values, STR("none"))) return true;
    diag_add(t->b->r.diags, DIAG_STATE_WORD, t->n->at,
             STR("`none` in a list is the empty list: leave the value out"),
             "the values of a list cannot have `none` among them");
    return false;
}

// --- references and records

static bool ref_type(type_text *t, fact *f) {
    str name = next_word(t);
    f->kind = FACT_REF;
    if (str_is(name, "any")) {
        f->kind = FACT_REF_ANY;
        return true;
    }
    const entity *e = vocabulary_entity(t->b->v, name);
    if (!e) return unknown_name(t, name, "entity", &t->b->v->entity_index);
    if (e->shape == ENTITY_LIST) {
        f->ref = e;
        return true;
    }
    return bad_type(t, word_span(t, name), STR("only the entries of a list have ids"),
                    str_format(t->b->r.arena, "`%.*s` is no list", STR_ARG(name)));
}

static bool record_type_of(type_text *t, fact *f) {
    str name = next_word(t);
    f->kind = FACT_RECORD;
    f->record = map_get(&t->b->v->records, name);
    return f->record || unknown_name(t, name, "record", &t->b->v->records);
}

static bool unknown_type(type_text *t, str word) {
    str words[PLAIN_TYPES + 3] = {STR("enum"), STR("ref"), STR("record")};
    for (size_t i = 0; i < PLAIN_TYPES; i++)
        words[i + 3] = str_of(plain_types[i].word);
    str hint = diag_did_you_mean(t->b->r.arena, word, words, PLAIN_TYPES + 3);
    buf all = {.arena = t->b->r.arena};
    for (size_t i = 0; i < PLAIN_TYPES + 3; i++)
        buf_addf(&all, "%s%.*s", i ? ", " : "the types are: ", STR_ARG(words[i]));
    buf_adds(&all, ", and `list of` each");
    return bad_type(t, word_span(t, word), hint.len ? hint : buf_str(&all),
                    str_format(t->b->r.arena, "`%.*s` is no type", STR_ARG(word)));
}

// What a figure is made of is a record of the vocabulary, of this name.
static bool metric_type(type_text *t, fact *f, str word) {
    f->record = map_get(&t->b->v->records, STR("metric"));
    if (!f->record)
        return bad_type(t, word_span(t, word), STR("add a record `metric` to `records`"),
                        STR("a figure is made of the facts of a record `metric`"));
    if (!f->list || f->kind == FACT_METRIC) return true;
    return bad_type(t, word_span(t, word), STR("leave `list of` out"),
                    STR("`metrics` is a map of many figures already"));
}

static bool plain_type(type_text *t, fact *f, str word) {
    size_t i = 0;
    while (i < PLAIN_TYPES && !str_is(word, plain_types[i].word))
        i++;
    if (i == PLAIN_TYPES) return unknown_type(t, word);
    f->kind = plain_types[i].kind;
    return (f->kind != FACT_METRIC && f->kind != FACT_METRICS) || metric_type(t, f, word);
}

bool vocabulary_read_type(builder *b, fact *f, const node *n) {
    type_text t = {b, n, 0};
    str word = next_word(&t);
    bool fine = true;
    if (str_is(word, "list")) {
        f->list = true;
        if (!str_is(next_word(&t), "of"))
            return bad_type(&t, n->at, STR("write it as in `list of string`"),
                            STR("`list` is followed by `of` and a type"));
        word = next_word(&t);
    }
    if (str_is(word, "enum"))
        fine = enum_type(&t, f);
    else if (str_is(word, "ref"))
        fine = ref_type(&t, f);
    else if (str_is(word, "record"))
        fine = record_type_of(&t, f);
    else
        fine = plain_type(&t, f, word);
    if (!fine || at_end(&t)) return fine;
    span rest = doc_scalar_span(n, t.at, n->text.len);
    return bad_type(&t, rest, STR("leave it out"), STR("the type is complete before this"));
}
