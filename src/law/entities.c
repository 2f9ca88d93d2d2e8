// SPDX-License-Identifier: Apache-2.0
//
// Legal entities by all their names. A name decides who a party is, so one name of two entities is
// an error.
#include "base/unicode.h"
#include "law/registry.h"

#include "law/forms.h"

static const schema_key entity_keys[] = {
    {"id", TAKES_TEXT, true, NULL, "Its id."},
    {"names", TAKES_LIST | TAKES_TEXT, true, &schema_texts_form, "Every official spelling."},
    {"country", TAKES_TEXT, false, NULL, "The country of its seat."},
    {"group", TAKES_TEXT, false, NULL, "The group of companies, one text for all of it."},
};
enum { ENTITY_ID, ENTITY_NAMES, ENTITY_COUNTRY, ENTITY_GROUP, ENTITY_KEYS };

static const char *const headers[] = {"entities/v1"};
static const schema_form header_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(headers)};
static const schema_form entity_form = {
    .name = "entity", .takes = TAKES_MAP, SCHEMA_KEYS(entity_keys)};
static const schema_form list_form = {.takes = TAKES_LIST, .item = &entity_form};

static const schema_key list_keys[] = {
    {"obstat", TAKES_TEXT, true, &header_form, "What this file is."},
    {"entities", TAKES_LIST, true, &list_form, "Legal entities by all their names."},
};
const schema_form entities_form = {.takes = TAKES_MAP, SCHEMA_KEYS(list_keys)};

// --- names

str entity_fold(arena *a, str name) {
    str folded = str_trim(unicode_fold(a, name));
    buf out = {.arena = a};
    for (size_t i = 0; i < folded.len; i++) {
        bool blank = folded.ptr[i] == ' ' || folded.ptr[i] == '\t' || folded.ptr[i] == '\n' ||
                     folded.ptr[i] == '\r';
        if (!blank)
            buf_addc(&out, folded.ptr[i]);
        else if (out.len > 0 && out.ptr && out.ptr[out.len - 1] != ' ')
            buf_addc(&out, ' ');
    }
    return out.len ? buf_str(&out) : STR("");
}

// --- reading

typedef struct named_entity {
    legal_entity entity;
    span at;
} named_entity;

static void add_name(entities *e, reader *r, named_entity *one, str name, span at) {
    str folded = entity_fold(r->arena, name);
    if (folded.len == 0) {
        diag_add(r->diags, DIAG_BAD_NAME, at, STR("leave it out"), "a name is empty");
        return;
    }
    named_entity *first = map_get(&e->by_name, folded);
    if (first == one) return;
    if (first) {
        diag_add(
            r->diags, DIAG_DUPLICATE_NAME, at,
            STR("a name belongs to one entity; entities of one `group` are the same to same()"),
            "`%.*s` is a name of `%.*s` already", STR_ARG(name), STR_ARG(first->entity.id))
            ->also = first->at;
        return;
    }
    map_put(r->arena, &e->by_name, folded, one);
}

static void read_entity(entities *e, reader *r, const node *n) {
    const node *values[ENTITY_KEYS];
    size_t count = 0;
    if (!schema_map(r, n, "an entity", entity_keys, ENTITY_KEYS, values)) return;
    if (!values[ENTITY_ID]) return;
    named_entity *one = arena_new(r->arena, named_entity);
    one->entity = (legal_entity){values[ENTITY_ID]->text, schema_text(values[ENTITY_COUNTRY]),
                                 schema_text(values[ENTITY_GROUP])};
    one->at = values[ENTITY_ID]->at;
    add_name(e, r, one, one->entity.id, one->at);
    const node *const *names = schema_items(&values[ENTITY_NAMES], &count);
    for (size_t i = 0; i < count; i++)
        if (schema_takes(r, names[i], STR("names"), TAKES_TEXT))
            add_name(e, r, one, names[i]->text, names[i]->at);
}

bool entities_read(entities *e, arena *a, diags *d, const node *doc) {
    const node *values[2];
    reader r = {a, d};
    size_t before = d->errors;
    if (!schema_map(&r, doc, "a list of entities", list_keys, 2, values)) return false;
    for (uint32_t i = 0; values[1] && i < values[1]->count; i++)
        read_entity(e, &r, values[1]->u.items[i]);
    return d->errors == before;
}

const legal_entity *entity_find(const entities *e, arena *scratch, str name) {
    const named_entity *found = map_get(&e->by_name, entity_fold(scratch, name));
    return found ? &found->entity : NULL;
}
