// SPDX-License-Identifier: Apache-2.0
//
// The vocabulary as a whole: which documents it is made of, in which order it is built, and how a
// name or a path is looked up in it. It knows no fact of any vocabulary.
#include "law/forms.h"
#include "law/vocabulary_build.h"

static const char *const headers[] = {"vocabulary/v1"};
static const char *const extended[] = {"installed"};
static const schema_form header_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(headers)};
static const schema_form extends_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(extended)};
static const schema_form values_form = {.takes = TAKES_MAP, .member = &vocabulary_values_form};
static const schema_form metrics_form = {.takes = TAKES_MAP, .member = &vocabulary_metric_form};
static const schema_form entities_section = {.takes = TAKES_MAP, .member = &vocabulary_entity_form};
static const schema_form records_form = {.takes = TAKES_MAP, .member = &vocabulary_record_form};

static const schema_key vocabulary_keys[] = {
    {"obstat", TAKES_TEXT, true, &header_form, "What this file is."},
    {"extends", TAKES_TEXT, false, &extends_form, "It adds to the installed vocabulary."},
    {"engine", TAKES_MAP, false, &vocabulary_engine_form,
     "Which facts carry the concepts that the engine itself needs."},
    {"values", TAKES_MAP, false, &values_form, "Lists of values, by name."},
    {"metrics", TAKES_MAP, false, &metrics_form, "Figures, by name."},
    {"entities", TAKES_MAP, false, &entities_section, "What a manifest is made of, by name."},
    {"records", TAKES_MAP, false, &records_form, "What stands inside an entry, by name."},
    {"facts", TAKES_MAP, false, &vocabulary_facts_form, "Facts of a manifest's top level."},
    {"ask_first", TAKES_LIST | TAKES_TEXT, false, &schema_texts_form,
     "What a first manifest is asked for, in order: facts by their paths."},
};
const schema_form vocabulary_form = {.takes = TAKES_MAP, SCHEMA_KEYS(vocabulary_keys)};

enum { KEY_EXTENDS = 1, KEY_ENGINE = 2, KEYS = sizeof vocabulary_keys / sizeof *vocabulary_keys };

static span header_of(const node *doc) {
    const node *n = doc_get(doc, "obstat");
    return n ? n->at : doc->at;
}

// A document that extends adds to what is there, one that does not must come first.
static void check_order(vocabulary *v, reader *r, const node *doc, const node *extends) {
    size_t word = 0;
    bool first = v->documents.len == 0;
    if (extends && !schema_word(r, extends, "extends", extended, 1, &word)) return;
    if (!extends && !first) {
        diag *d = diag_add(r->diags, DIAG_DUPLICATE_NAME, header_of(doc),
                           STR("a vocabulary that adds to another says `extends: installed`"),
                           "there is a vocabulary already");
        d->also = header_of(v->documents.at[0]);
    }
    if (extends && first)
        diag_add(r->diags, DIAG_UNKNOWN_NAME, extends->at,
                 STR("leave `extends` out where a vocabulary stands alone"),
                 "there is no installed vocabulary to extend");
    if (extends && !first) v->extends_installed = true;
}

bool vocabulary_read(vocabulary *v, arena *a, diags *d, const node *doc) {
    const node *values[KEYS];
    reader r = {a, d};
    size_t before = d->errors;
    if (!schema_map(&r, doc, "a vocabulary", vocabulary_keys, KEYS, values)) return false;
    check_order(v, &r, doc, values[KEY_EXTENDS]);
    if (values[KEY_EXTENDS] && values[KEY_ENGINE])
        diag_add(d, DIAG_BAD_ENGINE, values[KEY_ENGINE]->at,
                 STR("the vocabulary that it extends has the section"),
                 "a vocabulary that extends another has no `engine`");
    vec_push(a, &v->documents, doc);
    return d->errors == before;
}

bool vocabulary_finish(vocabulary *v, arena *a, diags *d) {
    builder b = {.r = {a, d}, .v = v};
    size_t before = d->errors;
    vocabulary_build_values(&b);
    vocabulary_build_names(&b);
    vocabulary_build_facts(&b);
    vocabulary_build_metrics(&b);
    vocabulary_build_engine(&b);
    vocabulary_build_absence(&b);
    vocabulary_build_first(&b);
    vocabulary_build_types(&b);
    return d->errors == before;
}

// --- looking up

const entity *vocabulary_entity(const vocabulary *v, str name) {
    return map_get(&v->entity_index, name);
}

const fact *record_fact(const record_def *r, str name) {
    return map_get(&r->index, name);
}

const record_def *fact_inside(const fact *f) {
    if (f->kind == FACT_REF) return f->ref ? f->ref->record : NULL;
    return f->kind == FACT_METRICS ? NULL : f->record;
}

str path_next(str *path) {
    ptrdiff_t dot = str_find(*path, STR("."));
    size_t end = dot < 0 ? path->len : (size_t)dot;
    str segment = str_sub(*path, 0, end);
    *path = str_sub(*path, end + 1, path->len);
    return segment;
}

const fact *vocabulary_path(const vocabulary *v, str path) {
    const entity *e = vocabulary_entity(v, path_next(&path));
    const fact *f = e ? &e->self : NULL;
    while (f && path.len) {
        const record_def *r = fact_inside(f);
        f = r ? record_fact(r, path_next(&path)) : NULL;
    }
    return f;
}

// --- names

// CEL's keywords, and the identifiers that it reserves for the languages that it lives in.
static const char *const cel_reserved[] = {
    "in",       "true",    "false",     "null",     "as",  "break",  "const",
    "continue", "else",    "for",       "function", "if",  "import", "let",
    "loop",     "package", "namespace", "return",   "var", "void",   "while"};

// What every entry of a manifest has, so that no fact can have the name.
static const char *const form_keys[] = {"id", "markets", "except_markets", "absent", "remove"};

static bool is_identifier(str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = c == '_' || (c >= '0' && c <= '9');
        if (!letter && (i == 0 || !other)) return false;
    }
    return s.len > 0;
}

static bool is_one_of(str s, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(s, words[i])) return true;
    return false;
}

bool vocabulary_name(builder *b, const node *key) {
    str name = key->text;
    if (!is_identifier(name)) {
        diag_add(b->r.diags, DIAG_BAD_NAME, key->at,
                 STR("use letters, digits and underscores, a letter first"),
                 "`%.*s` cannot be a name", STR_ARG(name));
        return false;
    }
    if (!is_one_of(name, cel_reserved, sizeof cel_reserved / sizeof *cel_reserved)) return true;
    diag_add(b->r.diags, DIAG_RESERVED_NAME, key->at, STR("choose another name"),
             "`%.*s` is a reserved word of CEL, so that no condition could select it",
             STR_ARG(name));
    return false;
}

bool vocabulary_fact_name(builder *b, const node *key) {
    if (!vocabulary_name(b, key)) return false;
    if (!is_one_of(key->text, form_keys, sizeof form_keys / sizeof *form_keys)) return true;
    diag_add(b->r.diags, DIAG_RESERVED_NAME, key->at, STR("choose another name"),
             "`%.*s` is a key that every entry of a manifest has", STR_ARG(key->text));
    return false;
}

str vocabulary_nearest(builder *b, str word, const map *names) {
    str *list = arena_array(b->r.arena, str, names->len);
    for (size_t i = 0; i < names->len; i++)
        list[i] = names->entries[i].key;
    return diag_did_you_mean(b->r.arena, word, list, names->len);
}
