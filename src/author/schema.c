// SPDX-License-Identifier: Apache-2.0
//
// A schema as a whole: which kinds there are, its head, its definitions.
#include "author/schema.h"

#include "author/schema_writer.h"
#include "check/test_file.h"
#include "law/forms.h"

const schema_kind schema_kinds[] = {
    {"manifest", "deployment manifests, launch.yaml", NULL},
    {"policy", "policies, one file an instrument", &policy_form},
    {"test", "tests of rules, *.test.yaml", &test_form},
    {"registry", "official lists, in the folders registries", &registry_form},
    {"jurisdiction", "jurisdiction.yaml", &jurisdiction_form},
    {"vocabulary", "vocabulary.yaml", &vocabulary_form},
    {"entities", "entities.yaml", &entities_form},
    {"places", "places.yaml", &places_form},
};
const size_t schema_kind_count = sizeof schema_kinds / sizeof *schema_kinds;

static const schema_definition *defined(schema_writer *w, schema_definition d) {
    for (size_t i = 0; i < w->definitions.len; i++) {
        const schema_definition *old = &w->definitions.at[i];
        if (old->of == d.of && old->variant == d.variant) return old;
    }
    vec_push(w->arena, &w->definitions, d);
    return &w->definitions.at[w->definitions.len - 1];
}

static str pointer(schema_writer *w, schema_definition d) {
    return str_format(w->arena, "#/definitions/%.*s", STR_ARG(defined(w, d)->name));
}

str schema_ref(schema_writer *w, schema_definition d) {
    return str_format(w->arena, "{\"$ref\": \"%.*s\"}", STR_ARG(pointer(w, d)));
}

void schema_refer(schema_writer *w, schema_definition d) {
    json_text(&w->json, "$ref", pointer(w, d));
}

void schema_write(buf *out, const ruleset *r, const schema_kind *kind) {
    schema_writer w = {.json = json_start(out), .arena = out->arena, .rules = r};
    json_text(&w.json, "$schema", STR("http://json-schema.org/draft-07/schema#"));
    json_text(&w.json, "title", str_format(w.arena, "obstat: %s", kind->about));
    if (kind->form)
        schema_form_write(&w, kind->form, kind->form->takes);
    else
        schema_manifest_write(&w);
    json_open(&w.json, "definitions", '{');
    for (size_t i = 0; i < w.definitions.len; i++) { // the list grows meanwhile
        schema_definition d = w.definitions.at[i];
        json_open(&w.json, str_c(w.arena, d.name), '{');
        d.write(&w, &d);
        json_close(&w.json, '}');
    }
    json_close(&w.json, '}');
    json_end(&w.json);
}
