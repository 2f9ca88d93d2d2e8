// SPDX-License-Identifier: Apache-2.0
//
// What it means that a fact is not written, and the word for "there is none". Both must fit the
// type of the fact, so that a manifest that leaves a fact out can never give it a value that it
// could not state.
#include "law/vocabulary_build.h"

static const schema_key absent_keys[] = {
    {"value", TAKES_ANY, false, NULL, "This value, as in a manifest."},
    {"fact", TAKES_TEXT, false, NULL, "The value of another fact, by its path."},
    {"all", TAKES_TEXT, false, NULL, "References to every entry of this list."},
};
enum { ABSENT_KEY_VALUE, ABSENT_KEY_FACT, ABSENT_KEY_ALL, ABSENT_KEYS };

static const char *const absent_words[] = {"unknown", "required", "empty", "none"};
static const char *const absent_ways[] = {"value", "fact", "all", NULL};
const schema_form vocabulary_absent_form = {
    .name = "absence",
    .takes = TAKES_TEXT | TAKES_MAP,
    SCHEMA_WORDS(absent_words),
    SCHEMA_KEYS(absent_keys),
    .one_of = absent_ways,
};

enum { CHAIN_MAX = 16 }; // facts that a default may be taken over from, one from another

static bool bad_absent(builder *b, span at, str hint, const char *message) {
    diag_add(b->r.diags, DIAG_BAD_ABSENT, at, hint, "%s", message);
    return false;
}

// --- as it is written

static void read_absent_map(builder *b, fact *f, const node *n) {
    const node *values[ABSENT_KEYS];
    if (!schema_map(&b->r, n, "`absent`", absent_keys, ABSENT_KEYS, values)) return;
    if (n->count != 1) {
        bad_absent(b, n->at, STR("write one of {value: …}, {fact: …}, {all: …}"),
                   "absence has one meaning");
        return;
    }
    f->absent = values[ABSENT_KEY_VALUE]  ? ABSENT_VALUE
                : values[ABSENT_KEY_FACT] ? ABSENT_FACT
                : values[ABSENT_KEY_ALL]  ? ABSENT_ALL
                                          : ABSENT_UNKNOWN;
    f->absent_value = values[ABSENT_KEY_VALUE];
    f->absent_path = schema_text(values[ABSENT_KEY_FACT]);
}

static void read_absent_word(builder *b, fact *f, const node *n) {
    static const absent_kind kinds[] = {ABSENT_UNKNOWN, ABSENT_REQUIRED, ABSENT_EMPTY, ABSENT_NONE};
    size_t word = 0;
    if (schema_word(&b->r, n, "`absent`", absent_words, 4, &word)) f->absent = kinds[word];
}

void vocabulary_read_absent(builder *b, fact *f, const node *absent, const node *none) {
    f->absent_at = absent ? absent : none;
    if (absent && absent->kind == NODE_MAP)
        read_absent_map(b, f, absent);
    else if (absent)
        read_absent_word(b, f, absent);
    if (f->absent == ABSENT_NONE) f->may_be_none = true;
    if (!none) return;
    f->may_be_none = none->kind != NODE_BOOL || none->u.b;
    if (none->kind != NODE_BOOL) f->none_word = none->text;
    if (f->absent == ABSENT_NONE && !f->may_be_none)
        bad_absent(b, none->at, STR("leave `none: false` out"),
                   "absence means none, so none can be stated, too");
}

// --- values

// Whether one value (no list) could be stated for the fact.
static bool value_fits(builder *b, const fact *f, const node *n) {
    day on = 0;
    period length;
    switch (f->kind) {
    case FACT_ENUM:
        if (!schema_takes(&b->r, n, STR("value"), TAKES_TEXT)) return false;
        if (!f->values || enumeration_has(f->values, n->text)) return true;
        diag_add(b->r.diags, DIAG_BAD_WORD, n->at,
                 schema_words_hint(b->r.arena, n->text, f->values->values, f->values->count),
                 "`%.*s` cannot be `%.*s`", STR_ARG(f->name), STR_ARG(n->text));
        return false;
    case FACT_BOOL: return schema_takes(&b->r, n, STR("value"), TAKES_BOOL);
    case FACT_INT: return schema_takes(&b->r, n, STR("value"), TAKES_INT);
    case FACT_DOUBLE: return schema_takes(&b->r, n, STR("value"), TAKES_NUMBER);
    case FACT_DATE: return schema_date(&b->r, n, &on);
    case FACT_PERIOD: return schema_period(&b->r, n, &length);
    case FACT_METRIC:
    case FACT_MONEY: return schema_takes(&b->r, n, STR("value"), TAKES_NUMBER | TAKES_MAP);
    case FACT_METRICS: return schema_takes(&b->r, n, STR("value"), TAKES_MAP);
    case FACT_RECORD: return schema_takes(&b->r, n, STR("value"), TAKES_ANY & ~(1u << NODE_LIST));
    default: return schema_takes(&b->r, n, STR("value"), TAKES_TEXT);
    }
}

static void check_value(builder *b, const fact *f) {
    const node *n = f->absent_value;
    if (n->kind == NODE_LIST && !f->list) {
        bad_absent(b, n->at, STR("write one value"), "the fact is no list");
        return;
    }
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    for (size_t i = 0; i < count; i++)
        value_fits(b, f, items[i]);
}

// --- other facts

static bool is_place_kind(fact_kind kind) {
    return kind == FACT_COUNTRY || kind == FACT_JURISDICTION || kind == FACT_PLACE;
}

static bool same_values(const fact *f, const fact *from) {
    if (!f->values || !from->values) return true; // a mistake that was said
    for (size_t i = 0; i < from->values->count; i++)
        if (!enumeration_has(f->values, from->values->values[i])) return false;
    return true;
}

// Whether every value of `from` could be stated for `f`.
static bool can_take_over(const fact *f, const fact *from) {
    if (from->list && !f->list) return false;
    if (is_place_kind(f->kind))
        return is_place_kind(from->kind) &&
               (from->kind != FACT_JURISDICTION || f->kind == FACT_JURISDICTION);
    if (f->kind != from->kind) return f->kind == FACT_REF_ANY && from->kind == FACT_REF;
    return same_values(f, from) && f->ref == from->ref && f->record == from->record;
}

// The fact of a path as an entry of `own` sees it: of itself, of the market, or from an entity.
// Several entries on the way would give several values, so none of them may be a list.
static const fact *path_from(builder *b, const record_def *own, str path) {
    str first = path_next(&path);
    const entity *e = vocabulary_entity(b->v, first), *markets = b->v->engine.markets;
    const fact *f = own ? record_fact(own, first) : NULL;
    if (!f && markets && str_is(first, "market"))
        f = record_fact(markets->record, path_next(&path));
    if (!f && e) f = &e->self;
    while (f && path.len) {
        const record_def *r = f->list ? NULL : fact_inside(f);
        f = r ? record_fact(r, path_next(&path)) : NULL;
    }
    return f;
}

static span absent_span(const fact *f) {
    return f->absent_at ? f->absent_at->at : f->at;
}

static void say_no_path(builder *b, const fact *f, const record_def *own) {
    const map *names = own ? &own->index : &b->v->entity_index;
    diag_add(b->r.diags, DIAG_UNKNOWN_NAME, absent_span(f),
             vocabulary_nearest(b, f->absent_path, names),
             "there is no fact `%.*s` to take the value from", STR_ARG(f->absent_path));
}

static void resolve_path(builder *b, fact *f, const record_def *own) {
    const fact *from = path_from(b, own, f->absent_path);
    if (!from) {
        say_no_path(b, f, own);
    } else if (!can_take_over(f, from)) {
        diag_add(b->r.diags, DIAG_BAD_ABSENT, absent_span(f), STR("name a fact of the same type"),
                 "`%.*s` cannot have every value of `%.*s`", STR_ARG(f->name),
                 STR_ARG(f->absent_path));
    } else {
        f->absent_fact = from;
    }
}

static void resolve_all(builder *b, fact *f) {
    const node *n = doc_get(f->absent_at, "all");
    f->absent_entity = vocabulary_entity(b->v, n->text);
    if (!f->absent_entity)
        diag_add(b->r.diags, DIAG_UNKNOWN_NAME, n->at,
                 vocabulary_nearest(b, n->text, &b->v->entity_index), "there is no entity `%.*s`",
                 STR_ARG(n->text));
    else if (!f->list ||
             (f->kind != FACT_REF_ANY && (f->kind != FACT_REF || f->ref != f->absent_entity)))
        bad_absent(b, n->at, STR("only a `list of ref` to the same entity takes `all`"),
                   "the fact cannot refer to all entries");
}

// `own`: the record that the fact belongs to; NULL: it stands at the top level.
static void check_one(builder *b, fact *f, const record_def *own) {
    span at = absent_span(f);
    bool is_entity = !own && f->kind == FACT_RECORD;
    if (f->absent == ABSENT_EMPTY && !f->list && f->kind != FACT_METRICS)
        bad_absent(b, at, STR("`none` is the word where there is no list"),
                   "only a list can be empty");
    if (f->may_be_none && (f->list || f->kind == FACT_METRICS || is_entity))
        bad_absent(b, at, STR("`absent: empty` is the word for a list"),
                   "none of a list is the empty list, and an entity is never none");
    if (f->absent == ABSENT_VALUE) check_value(b, f);
    if (f->absent == ABSENT_FACT) resolve_path(b, f, own);
    if (f->absent == ABSENT_ALL) resolve_all(b, f);
}

// Whether defaults that are taken over lead back to where they began.
static void check_chain(builder *b, const fact *f) {
    const fact *from = f->absent_fact;
    for (size_t i = 0; from && i < CHAIN_MAX; i++)
        from = from->absent_fact;
    if (from)
        bad_absent(b, absent_span(f), STR("let one of them be unknown"),
                   "the fact takes its value from itself, over others");
}

void vocabulary_build_absence(builder *b) {
    for (size_t i = 0; i < b->v->entities.len; i++)
        check_one(b, &b->v->entities.at[i]->self, NULL);
    for (size_t i = 0; i < b->records.len; i++)
        for (size_t k = 0; k < b->records.at[i].def->count; k++)
            check_one(b, &b->records.at[i].def->facts[k], b->records.at[i].def);
    for (size_t i = 0; i < b->v->entities.len; i++)
        check_chain(b, &b->v->entities.at[i]->self);
    for (size_t i = 0; i < b->records.len; i++)
        for (size_t k = 0; k < b->records.at[i].def->count; k++)
            check_chain(b, &b->records.at[i].def->facts[k]);
}
