// SPDX-License-Identifier: Apache-2.0
//
// `ask_first`: the facts that a first manifest is asked for. They stand at the top level, in a map
// or in the entries of a list, and one line of text answers each.
#include "law/vocabulary_build.h"

static bool bad_path(builder *b, const node *n, diag_code code, str hint, const char *message) {
    diag_add(b->r.diags, code, n->at, hint, "`ask_first`: `%.*s` %s", STR_ARG(n->text), message);
    return false;
}

// Whether a line of text can answer it.
static bool is_plain(const fact *f) {
    return f->kind != FACT_RECORD && f->kind != FACT_METRIC && f->kind != FACT_METRICS;
}

static bool resolve(builder *b, const node *n, first_fact *out) {
    str path = n->text, name = path_next(&path);
    const entity *e = vocabulary_entity(b->v, name);
    if (!e)
        return bad_path(b, n, DIAG_UNKNOWN_NAME, vocabulary_nearest(b, name, &b->v->entity_index),
                        "begins with no entity or fact of the top level");
    *out = (first_fact){.entity = e, .fact = e->shape == ENTITY_VALUE ? &e->self : NULL};
    bool ids = e->shape == ENTITY_LIST && str_is(e->record->short_fact, "id");
    if (ids && str_is(path, "id")) return true;
    if (e->shape != ENTITY_VALUE) out->fact = record_fact(e->record, path);
    if (!out->fact || (e->shape == ENTITY_VALUE && path.len))
        return bad_path(b, n, DIAG_UNKNOWN_NAME,
                        e->record ? vocabulary_nearest(b, path, &e->record->index) : STR(""),
                        "names no fact of an entity");
    return is_plain(out->fact) || bad_path(b, n, DIAG_BAD_TYPE, STR("name a fact of a plain type"),
                                           "is nothing that one line could answer");
}

// The first question about markets makes their entries, which are of a place each.
static bool fits_markets(builder *b, const node *n, const first_fact *one) {
    const engine_facts *engine = &b->v->engine;
    if (!engine->markets || one->entity != engine->markets) return true;
    for (size_t i = 0; i < b->v->ask_first.len; i++)
        if (b->v->ask_first.at[i].entity == one->entity) return true;
    return one->fact == engine->market_place ||
           bad_path(b, n, DIAG_BAD_PATH, STR("ask for the place of a market first"),
                    "is asked of a market without a place");
}

static bool is_there(const vocabulary *v, const first_fact *one) {
    for (size_t i = 0; i < v->ask_first.len; i++)
        if (v->ask_first.at[i].entity == one->entity && v->ask_first.at[i].fact == one->fact)
            return true;
    return false;
}

void vocabulary_build_first(builder *b) {
    for (size_t i = 0; i < b->v->documents.len; i++) {
        const node *list = doc_get(b->v->documents.at[i], "ask_first");
        size_t count = 0;
        if (!list || list->kind == NODE_MAP || list->kind == NODE_NULL) continue; // said so
        const node *const *items = schema_items(&list, &count);
        for (size_t k = 0; k < count; k++) {
            first_fact one;
            if (!schema_takes(&b->r, items[k], STR("ask_first"), TAKES_TEXT)) continue;
            if (!resolve(b, items[k], &one) || !fits_markets(b, items[k], &one)) continue;
            if (is_there(b->v, &one))
                bad_path(b, items[k], DIAG_DUPLICATE_NAME, STR("leave one of them out"),
                         "stands here twice");
            else
                vec_push(b->r.arena, &b->v->ask_first, one);
        }
    }
}
