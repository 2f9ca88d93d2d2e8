// SPDX-License-Identifier: Apache-2.0
//
// Forms as JSON Schema. A form may be of several kinds; most keywords bind values of one kind
// alone, so that they can stand side by side, and alternatives are needed only where a keyword
// binds all.
#include "author/schema_writer.h"
#include "doc/core.h"

static void form_here(schema_writer *w, const schema_form *f, unsigned takes);

// --- kinds and words

static const struct {
    const char *name;
    unsigned kind;
} json_types[] = {
    {"string", NODE_STRING}, {"number", NODE_DOUBLE}, {"integer", NODE_INT},
    {"boolean", NODE_BOOL},  {"array", NODE_LIST},    {"object", NODE_MAP},
};
enum { JSON_TYPES = sizeof json_types / sizeof *json_types };

static void write_type(schema_writer *w, unsigned takes) {
    if (takes & 1u << NODE_DOUBLE) takes &= ~(1u << NODE_INT); // an integer is a number
    bool one = (takes & (takes - 1)) == 0, first = true;
    json_begin(&w->json, "type");
    if (!one) buf_addc(w->json.out, '[');
    for (size_t i = 0; i < JSON_TYPES; i++) {
        if (!(takes & 1u << json_types[i].kind)) continue;
        buf_addf(w->json.out, "%s\"%s\"", first ? "" : ", ", json_types[i].name);
        first = false;
    }
    if (!one) buf_addc(w->json.out, ']');
}

// Words are compared as they are written, so that `7` is the word "7".
static void add_word(buf *b, str word) {
    core_value v = core_read(word);
    doc_write_json_string(b, word);
    if (v.kind != NODE_INT && v.kind != NODE_DOUBLE && v.kind != NODE_BOOL) return;
    node n = {.kind = (uint8_t)v.kind, .text = word};
    if (v.kind == NODE_BOOL) n.u.b = v.u.b;
    if (v.kind == NODE_INT) n.u.i = v.u.i;
    if (v.kind == NODE_DOUBLE) n.u.d = v.u.d;
    buf_adds(b, ", ");
    doc_write_json(b, &n);
}

str schema_enum(arena *a, const str *words, size_t count) {
    buf b = {.arena = a};
    buf_adds(&b, "\"enum\": [");
    for (size_t i = 0; i < count; i++) {
        if (i) buf_adds(&b, ", ");
        add_word(&b, words[i]);
    }
    buf_addc(&b, ']');
    return buf_str(&b);
}

static void write_words(schema_writer *w, const schema_form *f) {
    json_begin(&w->json, "enum");
    buf_addc(w->json.out, '[');
    for (size_t i = 0; i < f->word_count; i++) {
        if (i) buf_adds(w->json.out, ", ");
        doc_write_json_string(w->json.out, str_of(f->words[i]));
    }
    buf_addc(w->json.out, ']');
}

// `["a", "b"]` of the required keys; nothing where there is none.
static void write_required(schema_writer *w, const schema_key *keys, size_t count) {
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (!keys[i].required) continue;
        if (first) json_begin(&w->json, "required");
        buf_addf(w->json.out, "%s\"%s\"", first ? "[" : ", ", keys[i].name);
        first = false;
    }
    if (!first) buf_addc(w->json.out, ']');
}

// A list of schemas, of which each demands one key.
static void write_demands(schema_writer *w, const char *keyword, const char *const *keys) {
    json_open(&w->json, keyword, '[');
    for (; *keys; keys++) {
        json_begin(&w->json, NULL);
        buf_addf(w->json.out, "{\"required\": [\"%s\"]}", *keys);
    }
    json_close(&w->json, ']');
}

// --- maps

static void form_at(schema_writer *w, const char *key, const schema_form *f, unsigned takes) {
    json_open(&w->json, key, '{');
    schema_form_write(w, f, takes);
    json_close(&w->json, '}');
}

static void write_keys(schema_writer *w, const schema_form *f) {
    if (f->key_count) json_open(&w->json, "properties", '{');
    for (size_t i = 0; i < f->key_count; i++) {
        const schema_key *k = &f->keys[i];
        json_open(&w->json, k->name, '{');
        if (k->about) json_text(&w->json, "description", str_of(k->about));
        schema_form_write(w, k->form, k->takes);
        json_close(&w->json, '}');
    }
    if (f->key_count) json_close(&w->json, '}');
    if (f->member)
        form_at(w, "additionalProperties", f->member, f->member->takes);
    else
        json_truth(&w->json, "additionalProperties", false);
    write_required(w, f->keys, f->key_count);
    if (f->one_of) write_demands(w, "oneOf", f->one_of);
}

// --- one form

// Without alternatives.
static void write_flat(schema_writer *w, const schema_form *f, unsigned takes) {
    if (takes == TAKES_TEXT && f->words) {
        write_words(w, f);
        return;
    }
    write_type(w, takes);
    if (f->pattern) json_text(&w->json, "pattern", str_of(f->pattern));
    if (takes & TAKES_LIST && f->item) form_at(w, "items", f->item, f->item->takes);
    if (takes & TAKES_MAP && (f->keys || f->member)) write_keys(w, f);
}

static void flat_item(schema_writer *w, const schema_form *f, unsigned takes) {
    if (!takes) return;
    json_open(&w->json, NULL, '{');
    write_flat(w, f, takes);
    json_close(&w->json, '}');
}

// Words bind values of all kinds, and `oneOf` with `required` all but maps: those stand apart.
static void write_plain(schema_writer *w, const schema_form *f, unsigned takes) {
    bool words = f->words && takes != TAKES_TEXT;
    bool demands = f->one_of && takes != TAKES_MAP;
    if (!words && !demands) {
        write_flat(w, f, takes);
        return;
    }
    json_open(&w->json, "anyOf", '[');
    if (words) flat_item(w, f, TAKES_TEXT);
    if (words) takes &= ~(unsigned)TAKES_TEXT;
    if (demands) flat_item(w, f, takes & ~(unsigned)TAKES_MAP);
    flat_item(w, f, demands ? TAKES_MAP : takes);
    json_close(&w->json, ']');
}

// One, or a list of them.
static void write_each(schema_writer *w, const schema_form *one) {
    json_open(&w->json, "anyOf", '[');
    form_at(w, NULL, one, one->takes);
    json_open(&w->json, NULL, '{');
    write_type(w, TAKES_LIST);
    form_at(w, "items", one, one->takes);
    json_close(&w->json, '}');
    json_close(&w->json, ']');
}

// --- named forms

enum { VARIANT_FORM, VARIANT_CASE, VARIANT_MANIFEST, VARIANT_PATCH };

static void define_form(schema_writer *w, const schema_definition *d) {
    const schema_form *f = d->of;
    form_here(w, f, f->takes);
}

static void define_manifest(schema_writer *w, const schema_definition *d) {
    (void)d;
    schema_manifest_write(w);
}

static void define_patch(schema_writer *w, const schema_definition *d) {
    (void)d;
    schema_patch_write(w);
}

static void refer_form(schema_writer *w, const schema_form *f) {
    bool manifest = f == &schema_manifest_form, patch = f == &schema_patch_form;
    schema_refer(w, (schema_definition){.name = str_of(f->name),
                                        .of = f,
                                        .write = manifest ? define_manifest
                                                 : patch  ? define_patch
                                                          : define_form});
}

// --- cases

// The keys of a case, of which the first holds a value of the form.
static void define_case(schema_writer *w, const schema_definition *d) {
    const schema_form *of = d->of;
    schema_key *keys = arena_array(w->arena, schema_key, schema_case_form.key_count);
    schema_form f = schema_case_form;
    for (size_t i = 0; i < f.key_count; i++)
        keys[i] = f.keys[i];
    keys[0].form = of;
    f.keys = keys;
    form_here(w, &f, f.takes);
}

static void case_at(schema_writer *w, const char *key, const schema_form *of) {
    json_open(&w->json, key, '{');
    schema_refer(w, (schema_definition){.name = str_format(w->arena, "case.%s", of->name),
                                        .of = of,
                                        .variant = VARIANT_CASE,
                                        .write = define_case});
    json_close(&w->json, '}');
}

static void case_list_at(schema_writer *w, const char *key, const schema_form *of) {
    json_open(&w->json, key, '{');
    write_type(w, TAKES_LIST);
    case_at(w, "items", of);
    json_close(&w->json, '}');
}

// Where any value will do, a map or list that says `is` is of cases.
static void write_any_cases(schema_writer *w, const schema_form *of) {
    const char *is = schema_case_form.keys[0].name;
    json_begin(&w->json, "if");
    buf_addf(w->json.out, "{\"type\": \"object\", \"required\": [\"%s\"]}", is);
    case_at(w, "then", of);
    json_open(&w->json, "else", '{');
    json_begin(&w->json, "if");
    buf_addf(w->json.out,
             "{\"type\": \"array\", \"contains\": {\"type\": \"object\", \"required\": [\"%s\"]}}",
             is);
    case_list_at(w, "then", of);
    form_at(w, "else", of, of->takes);
    json_close(&w->json, '}');
}

static void write_cases(schema_writer *w, const schema_form *of) {
    if (of->takes & TAKES_MAP) {
        write_any_cases(w, of);
        return;
    }
    json_open(&w->json, "anyOf", '[');
    form_at(w, NULL, of, of->takes);
    case_at(w, NULL, of);
    case_list_at(w, NULL, of);
    json_close(&w->json, ']');
}

// --- any form

static void write_form(schema_writer *w, const schema_form *f, unsigned takes) {
    if (f->each)
        write_each(w, f->each);
    else if (f->cases_of)
        write_cases(w, f->cases_of);
    else
        write_plain(w, f, takes);
}

// A map with certain keys is of another form.
static void form_here(schema_writer *w, const schema_form *f, unsigned takes) {
    if (!f->if_has) {
        write_form(w, f, takes);
        return;
    }
    json_open(&w->json, "if", '{');
    write_type(w, TAKES_MAP);
    write_demands(w, "anyOf", f->if_has);
    json_close(&w->json, '}');
    form_at(w, "then", f->then, f->then->takes);
    json_open(&w->json, "else", '{');
    write_form(w, f, takes);
    json_close(&w->json, '}');
}

void schema_form_write(schema_writer *w, const schema_form *f, unsigned takes) {
    if (!f)
        write_type(w, takes);
    else if (f->name)
        refer_form(w, f);
    else
        form_here(w, f, f->takes ? f->takes : takes);
}
