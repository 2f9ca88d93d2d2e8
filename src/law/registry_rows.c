// SPDX-License-Identifier: Apache-2.0
//
// The columns of a registry and its rows as records: what a row does not say is unknown, what it
// says must be of its column's type.
#include "law/registry_read.h"

static const struct {
    const char *word;
    const type *type;
    bool entity, place, group;
} column_types[] = {
    {"string", &type_string, false, false, false},
    {"int", &type_int, false, false, false},
    {"double", &type_double, false, false, false},
    {"date", &type_date, false, false, false},
    {"bool", &type_bool, false, false, false},
    {"country", &type_string, false, true, false},
    {"jurisdiction", &type_string, false, true, true},
    {"entity", &type_string, true, false, false},
};
enum { COLUMN_TYPES = sizeof column_types / sizeof *column_types };

// --- columns

static const char *const folds[] = {"ascii"};
static const schema_form fold_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(folds)};

static const schema_key column_keys[] = {
    {"type", TAKES_TEXT, true, NULL, "Its type; `list of` before it for several."},
    {"key", TAKES_BOOL, false, NULL, "Whether a row is found by it."},
    {"fold", TAKES_TEXT, false, &fold_form, "Letters whose case does not matter."},
};
enum { COLUMN_TYPE, COLUMN_KEY, COLUMN_FOLD, COLUMN_KEYS };

static const schema_form column_form = {
    .name = "column", .takes = TAKES_MAP, SCHEMA_KEYS(column_keys)};
const schema_form registry_columns_form = {.takes = TAKES_MAP, .member = &column_form};

static void say_no_type(reader *r, const node *n, str word) {
    str words[COLUMN_TYPES];
    for (size_t i = 0; i < COLUMN_TYPES; i++)
        words[i] = str_of(column_types[i].word);
    diag_add(r->diags, DIAG_BAD_TYPE, n->at, schema_words_hint(r->arena, word, words, COLUMN_TYPES),
             "`%.*s` is no type of a column", STR_ARG(word));
}

static void read_column_type(reader *r, registry_column *c, const node *n) {
    str word = n->text, list = STR("list of ");
    c->type = &type_error;
    if (str_starts(word, list)) {
        c->list = true;
        word = str_trim(str_sub(word, list.len, word.len));
    }
    for (size_t i = 0; i < COLUMN_TYPES; i++) {
        if (!str_is(word, column_types[i].word)) continue;
        c->type = column_types[i].type;
        c->entity = column_types[i].entity;
        c->place = column_types[i].place;
        c->group = column_types[i].group;
        if (c->list) c->type = type_list_of(r->arena, c->type);
        return;
    }
    say_no_type(r, n, word);
}

static void bad_column(reader *r, span at, str hint, const char *message) {
    diag_add(r->diags, DIAG_BAD_TYPE, at, hint, "%s", message);
}

static void read_column(reader *r, registry *reg, const pair *p) {
    const node *values[COLUMN_KEYS];
    size_t fold = 0;
    registry_column *c = &reg->columns[reg->column_count];
    int number = (int)reg->column_count++;
    *c = (registry_column){.name = p->key->text, .type = &type_error, .at = p->key->at};
    if (!schema_map(r, p->value, "a column", column_keys, COLUMN_KEYS, values)) return;
    span type_at = values[COLUMN_TYPE] ? values[COLUMN_TYPE]->at : c->at;
    if (values[COLUMN_TYPE]) read_column_type(r, c, values[COLUMN_TYPE]);
    schema_bool(r, values[COLUMN_KEY], &c->key);
    c->fold = schema_word(r, values[COLUMN_FOLD], "`fold`", folds, 1, &fold);
    if (c->key && reg->key_column >= 0)
        bad_column(r, values[COLUMN_KEY]->at, STR("leave `key` out of one of the columns"),
                   "a registry has one key");
    else if (c->key)
        reg->key_column = number;
    if (c->key && c->type != &type_error && c->type != &type_string)
        bad_column(r, type_at, STR("a key is a text"), "this cannot be a key");
    if (c->entity && !c->list && reg->entity_column < 0) reg->entity_column = number;
    bool from = str_is(c->name, "from"), until = str_is(c->name, "until");
    if (from) reg->from_column = number;
    if (until) reg->until_column = number;
    if ((from || until) && c->type != &type_error && c->type != &type_date)
        bad_column(r, type_at, STR("`from` and `until` limit a row's validity"),
                   "a column of this name is of type `date`");
}

static void make_record_type(reader *r, registry *reg) {
    record_field *fields = arena_array(r->arena, record_field, reg->column_count);
    reg->type = arena_new(r->arena, record_type);
    reg->type->name = reg->id;
    reg->type->count = (uint32_t)reg->column_count;
    reg->type->fields = fields;
    for (size_t i = 0; i < reg->column_count; i++) {
        fields[i] = (record_field){reg->columns[i].name, reg->columns[i].type, false};
        map_put(r->arena, &reg->type->index, fields[i].name, &fields[i]);
    }
}

void registry_read_columns(reader *r, registry *reg, const node *columns) {
    reg->columns = arena_array(r->arena, registry_column, columns->count);
    reg->key_column = reg->entity_column = reg->from_column = reg->until_column = -1;
    for (uint32_t i = 0; i < columns->count; i++)
        read_column(r, reg, &columns->u.pairs[i]);
    make_record_type(r, reg);
}

// --- cells

static unsigned takes(const type *t) {
    return t == &type_bool     ? TAKES_BOOL
           : t == &type_int    ? TAKES_INT
           : t == &type_double ? TAKES_NUMBER
           : t == &type_error  ? TAKES_ANY
                               : TAKES_TEXT;
}

static value read_scalar(reader *r, const registry_column *c, const type *t, const node *n) {
    day on = 0;
    if (!schema_takes(r, n, c->name, takes(t))) return value_unknown();
    if (t == &type_bool) return value_bool(n->u.b);
    if (t == &type_int) return value_int(n->u.i);
    if (t == &type_double) return value_double(n->kind == NODE_INT ? (double)n->u.i : n->u.d);
    if (t == &type_date) return schema_date(r, n, &on) ? value_date(on) : value_unknown();
    return t == &type_string ? value_string(n->text) : value_unknown();
}

static value read_list(reader *r, const registry_column *c, const node *n) {
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    if (count == 1 && str_is(schema_text(items[0]), "none")) count = 0;
    value *values = arena_array(r->arena, value, count);
    for (size_t i = 0; i < count; i++)
        values[i] = read_scalar(r, c, c->type->a, items[i]);
    return value_list_of(r->arena, values, count, false);
}

static value read_cell(reader *r, const registry *reg, const registry_column *c, const node *n) {
    if (str_is(schema_text(n), "unknown")) return value_unknown();
    if (c->list && c->type != &type_error) return read_list(r, c, n);
    value v = read_scalar(r, c, c->type, n);
    bool validity = str_is(c->name, "from") || str_is(c->name, "until");
    if (v.kind == VALUE_DATE && v.u.i > reg->snapshot && !validity)
        diag_add(r->diags, DIAG_AFTER_SNAPSHOT, n->at,
                 STR("check the date, or take a new snapshot"),
                 "the row speaks of a day after the snapshot (%.*s)",
                 STR_ARG(day_print(r->arena, reg->snapshot)));
    return v;
}

// --- rows

static int column_of(const registry *reg, str name) {
    for (size_t i = 0; i < reg->column_count; i++)
        if (str_eq(reg->columns[i].name, name)) return (int)i;
    return -1;
}

static void say_no_column(reader *r, const registry *reg, const node *key) {
    str *names = arena_array(r->arena, str, reg->column_count);
    for (size_t i = 0; i < reg->column_count; i++)
        names[i] = reg->columns[i].name;
    diag_add(r->diags, DIAG_UNKNOWN_KEY, key->at,
             schema_words_hint(r->arena, key->text, names, reg->column_count),
             "the registry has no column `%.*s`", STR_ARG(key->text));
}

static void check_validity(reader *r, const registry *reg, const record *row, const node *n) {
    if (reg->from_column < 0 || reg->until_column < 0) return;
    value from = row->slots[reg->from_column], until = row->slots[reg->until_column];
    if (from.kind == VALUE_DATE && until.kind == VALUE_DATE && until.u.i <= from.u.i)
        diag_add(r->diags, DIAG_BAD_WINDOW, n->at,
                 STR("`until` is the first day on which the row no longer holds"),
                 "the row ends before it begins");
}

void registry_say_twice(reader *r, const node *row, const node *first, str what) {
    diag_add(r->diags, DIAG_DUPLICATE_ROW, row->at, STR("leave one of them out"),
             "two rows are about `%.*s`", STR_ARG(what))
        ->also = first->at;
}

static void index_row(reader *r, registry *reg, record *row, const node *n) {
    if (reg->key_column < 0) return;
    const registry_column *c = &reg->columns[reg->key_column];
    value key = row->slots[reg->key_column];
    if (key.kind != VALUE_STRING) {
        if (!doc_get_str(n, c->name))
            diag_add(r->diags, DIAG_MISSING_KEY, n->at, STR("every row states the key"),
                     "a row needs `%.*s`", STR_ARG(c->name));
        return;
    }
    row->id = value_text(key);
    str folded = registry_fold(r->arena, c, row->id);
    const record *first = map_get(&reg->by_key, folded);
    if (first)
        registry_say_twice(r, n, first->origin, row->id);
    else
        map_put(r->arena, &reg->by_key, folded, row);
}

static void read_row(reader *r, registry *reg, record *row, const node *n) {
    row->type = reg->type;
    row->slots = arena_array(r->arena, value, reg->column_count); // zeroed: unknown
    row->id = str_format(r->arena, "%zu", reg->row_count + 1);
    row->origin = n;
    for (uint32_t i = 0; i < n->count; i++) {
        const pair *p = &n->u.pairs[i];
        int c = column_of(reg, p->key->text);
        if (c < 0)
            say_no_column(r, reg, p->key);
        else
            row->slots[c] = read_cell(r, reg, &reg->columns[c], p->value);
    }
    check_validity(r, reg, row, n);
    index_row(r, reg, row, n);
}

void registry_read_rows(reader *r, registry *reg, const node *rows) {
    record **list = arena_array(r->arena, record *, rows->count);
    record *records = arena_array(r->arena, record, rows->count);
    reg->rows = list;
    for (uint32_t i = 0; i < rows->count; i++) {
        if (!schema_takes(r, rows->u.items[i], STR("rows"), TAKES_MAP)) continue;
        list[reg->row_count] = &records[reg->row_count];
        read_row(r, reg, list[reg->row_count], rows->u.items[i]);
        reg->row_count++;
    }
}
