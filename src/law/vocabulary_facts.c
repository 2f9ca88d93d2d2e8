// SPDX-License-Identifier: Apache-2.0
//
// Entities, records and their facts as they are written. Names are declared first, so that types
// may refer to what comes later or from another document; a document that extends the vocabulary
// adds facts to what is there.
#include "law/vocabulary_build.h"

// Beyond MAX_SIZE a document would be refused before it is bound.
enum { DEFAULT_MAX_ITEMS = 1000, DEFAULT_MAX_LENGTH = 64 * 1024, MAX_SIZE = 1000000 };

// Words of the engine beside the entities' names, which conditions would no longer reach.
static const char *const engine_words[] = {"obstat",    "as_of",  "start",      "place",
                                           "places",    "market", "party",      "engagement",
                                           "candidate", "row",    "engagements"};

static const char *const scope_words[] = {"build", "market", "party"};

static const char *const shape_words[] = {"map", "list"};
static const schema_form shape_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(shape_words)};
static const schema_form scope_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(scope_words)};

static const schema_key entity_keys[] = {
    {"facts", TAKES_MAP, true, &vocabulary_facts_form, "Its facts, by name."},
    {"is", TAKES_TEXT, true, &shape_form, "One map, or a list of entries."},
    {"short", TAKES_TEXT, false, NULL, "What a bare value fills."},
    {"key", TAKES_TEXT, false, NULL, "What identifies an entry."},
    {"absent", TAKES_TEXT | TAKES_MAP, false, &vocabulary_absent_form,
     "What it means that it is not written."},
    {"scope", TAKES_TEXT, true, &scope_form, "Whether it can differ from market to market."},
    {"max_items", TAKES_INT, false, NULL, "How many entries there may be."},
    {"ask", TAKES_TEXT, true, NULL, "The question that asks for it."},
    {"meaning", TAKES_TEXT, true, NULL, "What exactly it is."},
};
enum {
    ENTITY_FACTS,
    ENTITY_IS,
    ENTITY_SHORT,
    ENTITY_KEY,
    ENTITY_ABSENT,
    ENTITY_SCOPE,
    ENTITY_MAX_ITEMS,
    ENTITY_ASK,
    ENTITY_MEANING,
    ENTITY_KEYS
};

static const schema_key record_keys[] = {
    {"facts", TAKES_MAP, true, &vocabulary_facts_form, "Its facts, by name."},
    {"short", TAKES_TEXT, false, NULL, "What a bare value fills."},
    {"key", TAKES_TEXT, false, NULL, "What identifies an entry of a list."},
};
enum { RECORD_FACTS, RECORD_SHORT, RECORD_KEY, RECORD_KEYS };

// What a document may say of an entity or record that another one declares.
enum { ADDED_KEYS = 1 };

static const schema_key fact_keys[] = {
    {"type", TAKES_TEXT, true, NULL,
     "string, bool, int, double, date, period, country, jurisdiction, place, money, metric, "
     "metrics, enum […], ref NAME, record NAME; `list of` before it for several."},
    {"unit", TAKES_TEXT, false, NULL, "Its unit."},
    {"absent", TAKES_TEXT | TAKES_MAP, false, &vocabulary_absent_form,
     "What it means that it is not written: unknown, if nothing else is said."},
    {"none", TAKES_BOOL | TAKES_TEXT, false, NULL,
     "Whether `none` may be stated, or the word that says so."},
    {"scope", TAKES_TEXT, false, &scope_form, "Whether it can differ from market to market."},
    {"max_items", TAKES_INT, false, NULL, "How many values there may be."},
    {"max_length", TAKES_INT, false, NULL, "How many bytes a text may have."},
    {"at_least", TAKES_NUMBER, false, NULL, "The smallest number that it can be."},
    {"at_most", TAKES_NUMBER, false, NULL, "The largest number that it can be."},
    {"ask", TAKES_TEXT, true, NULL, "The question that asks for it."},
    {"meaning", TAKES_TEXT, false, NULL, "What exactly it is."},
    {"term", TAKES_TEXT, false, NULL, "What it is called in another vocabulary."},
};
enum {
    FACT_TYPE,
    FACT_UNIT,
    FACT_ABSENT,
    FACT_NONE,
    FACT_SCOPE,
    FACT_MAX_ITEMS,
    FACT_MAX_LENGTH,
    FACT_AT_LEAST,
    FACT_AT_MOST,
    FACT_ASK,
    FACT_MEANING,
    FACT_TERM,
    FACT_KEYS
};

static const schema_form fact_form = {.name = "fact", .takes = TAKES_MAP, SCHEMA_KEYS(fact_keys)};
const schema_form vocabulary_facts_form = {.takes = TAKES_MAP, .member = &fact_form};

// A map of `facts` alone adds to an entity or record that another document declares.
static const schema_form whole_entity_form = {
    .name = "entity", .takes = TAKES_MAP, SCHEMA_KEYS(entity_keys)};
static const char *const of_whole_entity[] = {"is",        "short", "key",     "absent", "scope",
                                              "max_items", "ask",   "meaning", NULL};
const schema_form vocabulary_entity_form = {
    .takes = TAKES_MAP,
    .keys = entity_keys,
    .key_count = ADDED_KEYS,
    .if_has = of_whole_entity,
    .then = &whole_entity_form,
};
const schema_form vocabulary_record_form = {
    .name = "record", .takes = TAKES_MAP, SCHEMA_KEYS(record_keys)};

// --- names

static bool already_there(builder *b, const node *key, const char *what, span first) {
    diag_add(b->r.diags, DIAG_DUPLICATE_NAME, key->at, STR("choose another name"),
             "there is %s `%.*s` already", what, STR_ARG(key->text))
        ->also = first;
    return false;
}

static bool top_level_name(builder *b, const node *key) {
    if (!vocabulary_name(b, key)) return false;
    for (size_t i = 0; i < sizeof engine_words / sizeof *engine_words; i++) {
        if (!str_is(key->text, engine_words[i])) continue;
        diag_add(b->r.diags, DIAG_RESERVED_NAME, key->at, STR("choose another name"),
                 "`%.*s` means something of the engine's own in conditions", STR_ARG(key->text));
        return false;
    }
    return true;
}

static entity *new_entity(builder *b, const node *key, entity_shape shape) {
    entity *e = arena_new(b->r.arena, entity);
    e->shape = shape;
    e->self.name = key->text;
    e->self.at = key->at;
    vec_push(b->r.arena, &b->v->entities, e);
    map_put(b->r.arena, &b->v->entity_index, key->text, e);
    return e;
}

static record_draft *new_record(builder *b, const node *key, entity *e) {
    record_def *def = arena_new(b->r.arena, record_def);
    def->name = key->text;
    def->at = key->at;
    if (e) e->record = def;
    vec_push(b->r.arena, &b->records, (record_draft){.def = def, .entity = e});
    return &b->records.at[b->records.len - 1];
}

static void add_facts(builder *b, record_draft *draft, const node *facts) {
    for (uint32_t i = 0; facts && i < facts->count; i++)
        vec_push(b->r.arena, &draft->facts, &facts->u.pairs[i]);
}

static record_draft *draft_of(builder *b, const record_def *def) {
    for (size_t i = 0; i < b->records.len; i++)
        if (b->records.at[i].def == def) return &b->records.at[i];
    return NULL;
}

static size_t size_of(builder *b, const node *n, size_t otherwise, const char *name) {
    if (!n) return otherwise;
    if (n->u.i > 0 && n->u.i <= MAX_SIZE) return (size_t)n->u.i;
    diag_add(b->r.diags, DIAG_WRONG_KIND, n->at, STR("leave it out for the default"),
             "`%s` is from 1 to %d", name, MAX_SIZE);
    return otherwise;
}

static void read_entity(builder *b, entity *e, const node *values[ENTITY_KEYS]) {
    size_t shape = 0, scope = 0;
    fact *self = &e->self;
    if (schema_word(&b->r, values[ENTITY_IS], "`is`", shape_words, 2, &shape))
        e->shape = shape ? ENTITY_LIST : ENTITY_MAP;
    if (schema_word(&b->r, values[ENTITY_SCOPE], "`scope`", scope_words, 3, &scope))
        self->scope = (fact_scope)scope;
    self->own_scope = true;
    self->kind = FACT_RECORD;
    self->list = e->shape == ENTITY_LIST;
    self->record = e->record;
    self->max_items = size_of(b, values[ENTITY_MAX_ITEMS], DEFAULT_MAX_ITEMS, "max_items");
    self->ask = schema_text(values[ENTITY_ASK]);
    self->meaning = schema_text(values[ENTITY_MEANING]);
    vocabulary_read_absent(b, self, values[ENTITY_ABSENT], NULL);
    if (!self->list && values[ENTITY_KEY])
        diag_add(b->r.diags, DIAG_UNKNOWN_KEY, values[ENTITY_KEY]->at, STR("leave it out"),
                 "only entries of a list have a `key`");
}

static void set_short_and_key(record_draft *draft, const node *short_at, const node *key_at) {
    draft->short_at = short_at;
    draft->key_at = key_at;
    draft->def->short_fact = schema_text(short_at);
    draft->def->key_fact = schema_text(key_at);
}

static void declare_entity(builder *b, const pair *p) {
    const node *values[ENTITY_KEYS];
    entity *e = map_get(&b->v->entity_index, p->key->text);
    if (e && e->shape == ENTITY_VALUE) {
        already_there(b, p->key, "a fact", e->self.at);
        return;
    }
    if (e) {
        if (schema_map(&b->r, p->value, "what is added to an entity", entity_keys, ADDED_KEYS,
                       values))
            add_facts(b, draft_of(b, e->record), values[ENTITY_FACTS]);
        return;
    }
    if (!top_level_name(b, p->key) ||
        !schema_map(&b->r, p->value, "an entity", entity_keys, ENTITY_KEYS, values))
        return;
    e = new_entity(b, p->key, ENTITY_MAP);
    record_draft *draft = new_record(b, p->key, e);
    read_entity(b, e, values);
    set_short_and_key(draft, values[ENTITY_SHORT], values[ENTITY_KEY]);
    add_facts(b, draft, values[ENTITY_FACTS]);
}

static void declare_record(builder *b, const pair *p) {
    const node *values[RECORD_KEYS];
    const record_def *def = map_get(&b->v->records, p->key->text);
    size_t keys = def ? ADDED_KEYS : RECORD_KEYS;
    const char *what = def ? "what is added to a record" : "a record";
    if ((!def && !vocabulary_name(b, p->key)) ||
        !schema_map(&b->r, p->value, what, record_keys, keys, values))
        return;
    record_draft *draft = def ? draft_of(b, def) : new_record(b, p->key, NULL);
    if (!def) {
        set_short_and_key(draft, values[RECORD_SHORT], values[RECORD_KEY]);
        map_put(b->r.arena, &b->v->records, p->key->text, draft->def);
    }
    add_facts(b, draft, values[RECORD_FACTS]);
}

static void declare_value(builder *b, const pair *p) {
    const entity *e = vocabulary_entity(b->v, p->key->text);
    if (e) {
        already_there(b, p->key, "a fact or entity", e->self.at);
        return;
    }
    if (!top_level_name(b, p->key)) return;
    e = new_entity(b, p->key, ENTITY_VALUE);
    vec_push(b->r.arena, &b->values, (value_draft){(entity *)e, p});
}

static void declare_all(builder *b, const node *section, void (*declare)(builder *, const pair *)) {
    if (!section || section->kind != NODE_MAP) return;
    for (uint32_t i = 0; i < section->count; i++)
        declare(b, &section->u.pairs[i]);
}

void vocabulary_build_names(builder *b) {
    for (size_t i = 0; i < b->v->documents.len; i++) {
        const node *doc = b->v->documents.at[i];
        // In the order of the file, which is that of a manifest and of reports.
        for (uint32_t k = 0; k < doc->count; k++) {
            const pair *p = &doc->u.pairs[k];
            if (str_is(p->key->text, "facts")) declare_all(b, p->value, declare_value);
            if (str_is(p->key->text, "entities")) declare_all(b, p->value, declare_entity);
            if (str_is(p->key->text, "records")) declare_all(b, p->value, declare_record);
        }
    }
}

// --- facts

// Where the vocabulary does not say: words of a list stand there once each.
static size_t most_items(const fact *f) {
    bool words = f->kind == FACT_ENUM && f->values && f->values->count > 0;
    return words && f->values->count < DEFAULT_MAX_ITEMS ? f->values->count : DEFAULT_MAX_ITEMS;
}

static bool read_bound(builder *b, const fact *f, const node *n, double *out) {
    if (!n) return false;
    *out = n->kind == NODE_INT ? (double)n->u.i : n->u.d;
    if (f->kind == FACT_INT || f->kind == FACT_DOUBLE) return true;
    diag_add(b->r.diags, DIAG_UNKNOWN_KEY, n->at, STR("leave it out"),
             "only an int or a double is at least or at most a number");
    return false;
}

static void read_fact(builder *b, fact *f, const pair *p, fact_scope scope) {
    const node *values[FACT_KEYS];
    size_t word = 0;
    f->name = p->key->text;
    f->at = p->key->at;
    f->scope = scope;
    f->max_items = DEFAULT_MAX_ITEMS;
    f->max_length = DEFAULT_MAX_LENGTH;
    if (!schema_map(&b->r, p->value, "a fact", fact_keys, FACT_KEYS, values)) return;
    if (values[FACT_TYPE]) vocabulary_read_type(b, f, values[FACT_TYPE]);
    vocabulary_read_absent(b, f, values[FACT_ABSENT], values[FACT_NONE]);
    if (schema_word(&b->r, values[FACT_SCOPE], "`scope`", scope_words, 3, &word))
        f->scope = (fact_scope)word;
    f->own_scope = values[FACT_SCOPE] != NULL;
    f->max_items = size_of(b, values[FACT_MAX_ITEMS], most_items(f), "max_items");
    f->max_length = size_of(b, values[FACT_MAX_LENGTH], DEFAULT_MAX_LENGTH, "max_length");
    f->has_least = read_bound(b, f, values[FACT_AT_LEAST], &f->least);
    f->has_most = read_bound(b, f, values[FACT_AT_MOST], &f->most);
    f->unit = schema_text(values[FACT_UNIT]);
    f->ask = schema_text(values[FACT_ASK]);
    f->meaning = schema_text(values[FACT_MEANING]);
    f->term = schema_text(values[FACT_TERM]);
}

static void read_facts(builder *b, record_draft *draft) {
    record_def *def = draft->def;
    fact_scope scope = draft->entity ? draft->entity->self.scope : SCOPE_BUILD;
    def->facts = arena_array(b->r.arena, fact, draft->facts.len);
    for (size_t i = 0; i < draft->facts.len; i++) {
        const pair *p = draft->facts.at[i];
        const fact *first = record_fact(def, p->key->text);
        if (first) already_there(b, p->key, "a fact", first->at);
        if (first || !vocabulary_fact_name(b, p->key)) continue;
        fact *f = &def->facts[def->count];
        read_fact(b, f, p, scope);
        f->slot = (uint32_t)def->count++;
        map_put(b->r.arena, &def->index, f->name, f);
    }
}

// --- short forms and keys

bool fact_can_be_key(const fact *f) {
    switch (f->kind) {
    case FACT_STRING:
    case FACT_ENUM:
    case FACT_COUNTRY:
    case FACT_JURISDICTION:
    case FACT_PLACE: return true;
    default: return false;
    }
}

static const fact *named_fact(builder *b, const record_def *def, const node *n) {
    if (!n || str_is(n->text, "id")) return NULL;
    const fact *f = record_fact(def, n->text);
    if (!f)
        diag_add(b->r.diags, DIAG_UNKNOWN_NAME, n->at, vocabulary_nearest(b, n->text, &def->index),
                 "`%.*s` has no fact `%.*s`", STR_ARG(def->name), STR_ARG(n->text));
    return f;
}

static void check_short_and_key(builder *b, const record_draft *draft) {
    record_def *def = draft->def;
    const fact *filled = named_fact(b, def, draft->short_at);
    const fact *key = named_fact(b, def, draft->key_at);
    if (key && !fact_can_be_key(key))
        diag_add(b->r.diags, DIAG_BAD_TYPE, draft->key_at->at,
                 STR("a key is a text, a word of a list or a code of a place"),
                 "`%.*s` cannot be the key of `%.*s`", STR_ARG(key->name), STR_ARG(def->name));
    bool list = draft->entity && draft->entity->shape == ENTITY_LIST;
    if (list && !def->key_fact.len && (!filled || fact_can_be_key(filled)))
        def->key_fact = def->short_fact;
}

void vocabulary_build_facts(builder *b) {
    for (size_t i = 0; i < b->values.len; i++)
        read_fact(b, &b->values.at[i].entity->self, b->values.at[i].fact, SCOPE_MARKET);
    for (size_t i = 0; i < b->records.len; i++) {
        read_facts(b, &b->records.at[i]);
        check_short_and_key(b, &b->records.at[i]);
    }
    b->v->metric_record = map_get(&b->v->records, STR("metric"));
}
