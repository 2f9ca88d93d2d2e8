// SPDX-License-Identifier: Apache-2.0
//
// The first step of loading: what must be known before a manifest can be read. The files at the top
// of a rules folder are what their headers say, whatever they are called; of a jurisdiction's
// folder only `jurisdiction.yaml` is read, so that a start does not pay for law that nobody asks
// about.
#include "law/rules_files.h"
#include "law/schema.h"

// A document at the top of a folder, and what it says it is.
typedef struct top_document {
    const rules_folder *folder;
    str kind;
    const node *root;
} top_document;

typedef struct opener {
    ruleset *r;
    arena *a;
    diags *d;
    vec(top_document) top;
} opener;

static bool is_kind(const top_document *doc, const char *kind) {
    return str_is(doc->kind, kind);
}

// A vocabulary that no installed pack is loaded beside.
static bool stands_alone(const top_document *doc) {
    return !doc->folder->installed && is_kind(doc, "vocabulary") && !doc_get(doc->root, "extends");
}

static void read_top(opener *o, const rules_folder *folder) {
    reader r = {o->a, o->d};
    str *names;
    size_t count;
    if (!rules_list(&names, &count, o->a, o->d, folder, STR(""), false)) return;
    for (size_t i = 0; i < count; i++) {
        docs file;
        if (!rules_read(&file, o->a, o->d, folder, names[i])) continue;
        for (size_t k = 0; k < file.list.len; k++) {
            top_document doc = {folder, schema_header(&r, file.list.at[k]), file.list.at[k]};
            if (doc.kind.len) vec_push(o->a, &o->top, doc);
            if (doc.kind.len && stands_alone(&doc)) o->r->stands_alone = true;
        }
    }
}

// Those that stand alone first: the others add to them.
static void read_vocabularies(opener *o, bool extending) {
    for (size_t i = 0; i < o->top.len; i++) {
        const top_document *doc = &o->top.at[i];
        if (is_kind(doc, "vocabulary") && !!doc_get(doc->root, "extends") == extending)
            vocabulary_read(&o->r->vocabulary, o->a, o->d, doc->root);
    }
}

static void read_vocabulary(opener *o) {
    size_t before = o->d->errors;
    read_vocabularies(o, false);
    read_vocabularies(o, true);
    if (o->r->vocabulary.documents.len == 0 && before == 0)
        diag_add(o->d, DIAG_NO_VOCABULARY, (span){0},
                 STR("name a rules folder with a file that begins with `obstat: vocabulary/v1`"),
                 "there is no vocabulary: without one no manifest can be read");
    else
        vocabulary_finish(&o->r->vocabulary, o->a, o->d);
}

static void read_jurisdiction(opener *o, const rules_folder *folder, str path) {
    reader r = {o->a, o->d};
    docs file;
    if (!rules_read(&file, o->a, o->d, folder, path)) return;
    for (size_t i = 0; i < file.list.len; i++) {
        str kind = schema_header(&r, file.list.at[i]);
        if (str_is(kind, "jurisdiction"))
            jurisdiction_read(&o->r->places, o->a, o->d, file.list.at[i]);
        else if (kind.len)
            diag_add(o->d, DIAG_BAD_HEADER, file.list.at[i]->at,
                     STR("begin it with `obstat: jurisdiction/v1`, or give the file another name"),
                     "a file of this name says which place the folder is about, this is of kind "
                     "`%.*s`",
                     STR_ARG(kind));
    }
}

static void read_jurisdictions(opener *o, const rules_folder *folder) {
    str *folders, *files;
    size_t folder_count, file_count;
    if (!rules_list(&folders, &folder_count, o->a, o->d, folder, STR(""), true)) return;
    for (size_t i = 0; i < folder_count; i++) {
        str path = str_sub(folders[i], 0, folders[i].len - 1);
        if (!rules_list(&files, &file_count, o->a, o->d, folder, path, false)) continue;
        for (size_t k = 0; k < file_count; k++)
            if (str_starts(files[k], STR("jurisdiction.")))
                read_jurisdiction(
                    o, folder,
                    str_format(o->a, "%.*s%.*s", STR_ARG(folders[i]), STR_ARG(files[k])));
    }
}

// Law at the top would be read for no place.
static void say_misplaced(opener *o, const top_document *doc) {
    diag_add(o->d, DIAG_MISPLACED_FILE, doc->root->at,
             STR("move the file to the folder of its place, such as `us-ny`"),
             "a file of kind `%.*s` does not belong at the top of a rules folder",
             STR_ARG(doc->kind));
}

static void read_others(opener *o) {
    for (size_t i = 0; i < o->top.len; i++) {
        const top_document *doc = &o->top.at[i];
        if (is_kind(doc, "policy") || is_kind(doc, "registry")) say_misplaced(o, doc);
        if (is_kind(doc, "places")) places_read(&o->r->places, o->a, o->d, doc->root);
        if (is_kind(doc, "entities")) entities_read(&o->r->entities, o->a, o->d, doc->root);
        if (is_kind(doc, "jurisdiction")) jurisdiction_read(&o->r->places, o->a, o->d, doc->root);
    }
}

// --- the outermost environment

static void add_variable(cel_env *env, str name, const type *t) {
    vec_push(env->arena, &env->variables, (cel_variable){.name = name, .type = t});
}

// A name that no expression can contain, for a concept that the vocabulary switches off: its place
// among the variables stays, since the others are counted.
static const str unwritable = STR_C("");

static void add_engagements(cel_env *env, const vocabulary *v) {
    const engine_facts *engine = &v->engine;
    if (!engine->engagements) {
        add_variable(env, unwritable, &type_dyn);
        return;
    }
    type *all = arena_new(env->arena, type);
    *all = *engine->engagements->type;
    all->max_items *= engine->parties->self.max_items;
    add_variable(env, STR("engagements"), all);
}

// In the order of `fact_variable`.
static void build_environment(ruleset *r, arena *a) {
    const vocabulary *v = &r->vocabulary;
    cel_env *env = arena_new(a, cel_env);
    env->arena = a;
    env->owner = r;
    add_variable(env, STR("as_of"), &type_date);
    env->variables.at[FACTS_AS_OF].alone = true;
    add_variable(env, STR("start"), &type_date);
    add_variable(env, STR("place"), &type_string);
    add_variable(env, STR("places"), type_list_of(a, &type_string));
    add_variable(env, STR("market"), type_record_of(a, v->engine.markets->record->type));
    add_engagements(env, v);
    for (size_t i = 0; i < v->entities.len; i++)
        add_variable(env, v->entities.at[i]->self.name, v->entities.at[i]->self.type);
    r->facts = env;
}

bool ruleset_open(ruleset *r, arena *a, diags *d, const rules_folder *folders, size_t count) {
    opener o = {.r = r, .a = a, .d = d};
    size_t before = d->errors;
    *r = (ruleset){.arena = a};
    for (size_t i = 0; i < count; i++)
        if (!folders[i].installed) read_top(&o, &folders[i]);
    for (size_t i = 0; i < count; i++)
        if (folders[i].installed && rules_used(r, &folders[i])) read_top(&o, &folders[i]);
    read_vocabulary(&o);
    read_others(&o);
    for (size_t i = 0; i < count; i++)
        if (rules_used(r, &folders[i])) read_jurisdictions(&o, &folders[i]);
    places_finish(&r->places, a, d);
    if (d->errors == before) build_environment(r, a);
    return d->errors == before;
}
