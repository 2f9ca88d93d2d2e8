// SPDX-License-Identifier: Apache-2.0
//
// Lists of values and metrics. A list may be written in groups, which are only headings; documents
// that extend the vocabulary add to its lists behind what is there.
#include "law/vocabulary_build.h"

typedef struct value_list_draft {
    enumeration *list;
    vec(str) values;
    map seen; // value → the node that said it
} value_list_draft;

static const schema_form value_group_form = {.each = &(const schema_form){.takes = TAKES_TEXT}};
const schema_form vocabulary_values_form = {
    .takes = TAKES_TEXT | TAKES_LIST | TAKES_MAP,
    .item = &(const schema_form){.takes = TAKES_TEXT},
    .member = &value_group_form,
};

bool enumeration_has(const enumeration *e, str word) {
    for (size_t i = 0; i < e->count; i++)
        if (str_eq(e->values[i], word)) return true;
    return false;
}

// `fresh`: values of this document alone; another may say the same again.
static void add_value(builder *b, value_list_draft *draft, map *fresh, const node *n) {
    if (!schema_takes(&b->r, n, draft->list->name, TAKES_TEXT)) return;
    if (n->text.len == 0 || str_is(n->text, "unknown")) {
        diag_add(b->r.diags, DIAG_STATE_WORD, n->at, STR("choose another word"),
                 "`%.*s` cannot be a value", STR_ARG(n->text));
        return;
    }
    const node *first = map_get(fresh, n->text);
    if (first) {
        diag_add(b->r.diags, DIAG_DUPLICATE_NAME, n->at, STR("leave one of them out"),
                 "the list `%.*s` has the value `%.*s` twice", STR_ARG(draft->list->name),
                 STR_ARG(n->text))
            ->also = first->at;
        return;
    }
    map_put(b->r.arena, fresh, n->text, (void *)n);
    if (map_has(&draft->seen, n->text)) return;
    map_put(b->r.arena, &draft->seen, n->text, (void *)n);
    vec_push(b->r.arena, &draft->values, n->text);
}

static void add_items(builder *b, value_list_draft *draft, map *fresh, const node *n) {
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    for (size_t i = 0; i < count; i++)
        add_value(b, draft, fresh, items[i]);
}

static void add_list(builder *b, value_list_draft *draft, const node *n) {
    map fresh = {0};
    if (n->kind != NODE_MAP) {
        add_items(b, draft, &fresh, n);
        return;
    }
    for (uint32_t i = 0; i < n->count; i++)
        add_items(b, draft, &fresh, n->u.pairs[i].value);
}

static value_list_draft *draft_of(builder *b, map *drafts, str name) {
    value_list_draft *draft = map_get(drafts, name);
    if (draft) return draft;
    draft = arena_new(b->r.arena, value_list_draft);
    draft->list = arena_new(b->r.arena, enumeration);
    draft->list->name = name;
    map_put(b->r.arena, drafts, name, draft);
    return draft;
}

void vocabulary_build_values(builder *b) {
    map drafts = {0};
    for (size_t i = 0; i < b->v->documents.len; i++) {
        const node *lists = doc_get(b->v->documents.at[i], "values");
        if (!lists || lists->kind != NODE_MAP) continue;
        for (uint32_t k = 0; k < lists->count; k++)
            add_list(b, draft_of(b, &drafts, lists->u.pairs[k].key->text), lists->u.pairs[k].value);
    }
    for (size_t i = 0; i < drafts.len; i++) {
        value_list_draft *draft = drafts.entries[i].value;
        draft->list->values = draft->values.at;
        draft->list->count = draft->values.len;
        map_put(b->r.arena, &b->v->values, draft->list->name, draft->list);
    }
}

// --- metrics

static const char *const metric_types[] = {"int", "double", "money"};
static const schema_form metric_type_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(metric_types)};

static const schema_key metric_keys[] = {
    {"type", TAKES_TEXT, true, &metric_type_form, "Its type."},
    {"unit", TAKES_TEXT, false, NULL, "Its unit."},
    {"on", TAKES_TEXT | TAKES_LIST, true, &schema_texts_form, "Of which entities it is a figure."},
    {"ask", TAKES_TEXT, false, NULL, "The question that asks for it."},
    {"over", TAKES_TEXT, false, &schema_period_form, "Over how long it is averaged or summed."},
    {"meaning", TAKES_TEXT, false, NULL, "What exactly it is."},
};
enum { METRIC_TYPE, METRIC_UNIT, METRIC_ON, METRIC_ASK, METRIC_OVER, METRIC_MEANING, METRIC_KEYS };

const schema_form vocabulary_metric_form = {
    .name = "figure", .takes = TAKES_MAP, SCHEMA_KEYS(metric_keys)};

static bool takes_metrics(const entity *e) {
    for (size_t i = 0; e->record && i < e->record->count; i++)
        if (e->record->facts[i].kind == FACT_METRICS) return true;
    return false;
}

static void read_on(builder *b, metric_def *m, const node *n) {
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    const entity **on = arena_array(b->r.arena, const entity *, count);
    for (size_t i = 0; i < count; i++) {
        if (!schema_takes(&b->r, items[i], STR("on"), TAKES_TEXT)) continue;
        const entity *e = vocabulary_entity(b->v, items[i]->text);
        if (!e)
            diag_add(b->r.diags, DIAG_UNKNOWN_NAME, items[i]->at,
                     vocabulary_nearest(b, items[i]->text, &b->v->entity_index),
                     "there is no entity `%.*s`", STR_ARG(items[i]->text));
        else if (!takes_metrics(e))
            diag_add(b->r.diags, DIAG_BAD_TYPE, items[i]->at,
                     STR("give the entity a fact of type `metrics`"),
                     "no fact of `%.*s` could hold the metric `%.*s`", STR_ARG(items[i]->text),
                     STR_ARG(m->name));
        else
            on[m->on_count++] = e;
    }
    m->on = on;
}

static void read_metric(builder *b, const pair *p) {
    static const fact_kind kinds[] = {FACT_INT, FACT_DOUBLE, FACT_MONEY};
    const node *values[METRIC_KEYS];
    size_t word = 0;
    const metric_def *first = map_get(&b->v->metrics, p->key->text);
    if (first) {
        diag_add(b->r.diags, DIAG_DUPLICATE_NAME, p->key->at, STR("choose another name"),
                 "there is a metric `%.*s` already", STR_ARG(p->key->text))
            ->also = first->at;
        return;
    }
    if (!vocabulary_name(b, p->key) ||
        !schema_map(&b->r, p->value, "a metric", metric_keys, METRIC_KEYS, values))
        return;
    metric_def *m = arena_new(b->r.arena, metric_def);
    m->name = p->key->text;
    m->at = p->key->at;
    if (schema_word(&b->r, values[METRIC_TYPE], "the type of a metric", metric_types, 3, &word))
        m->kind = kinds[word];
    m->unit = schema_text(values[METRIC_UNIT]);
    m->ask = schema_text(values[METRIC_ASK]);
    m->meaning = schema_text(values[METRIC_MEANING]);
    m->has_over = schema_period(&b->r, values[METRIC_OVER], &m->over);
    read_on(b, m, values[METRIC_ON]);
    map_put(b->r.arena, &b->v->metrics, m->name, m);
}

void vocabulary_build_metrics(builder *b) {
    for (size_t i = 0; i < b->v->documents.len; i++) {
        const node *metrics = doc_get(b->v->documents.at[i], "metrics");
        if (!metrics || metrics->kind != NODE_MAP) continue;
        for (uint32_t k = 0; k < metrics->count; k++)
            read_metric(b, &metrics->u.pairs[k]);
    }
}
