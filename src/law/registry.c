// SPDX-License-Identifier: Apache-2.0
//
// A registry as its file says it, and its rows by key. What its rows mean in law is for policies to
// say.
#include "law/forms.h"
#include "law/registry_read.h"

static const char *const headers[] = {"registry/v1"};
static const schema_form header_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(headers)};
static const schema_form any_form = {.takes = TAKES_ANY};
static const schema_form set_form = {.takes = TAKES_MAP, .member = &any_form};
static const schema_form row_form = {.takes = TAKES_MAP, .member = &any_form};
static const schema_form rows_form = {.takes = TAKES_LIST, .item = &row_form};

static const schema_key as_keys[] = {
    {"entity", TAKES_TEXT, true, NULL, "The list of a manifest that it would be an entry of."},
    {"set", TAKES_MAP, true, &set_form, "Its facts; a text that begins with = is CEL."},
};
static const schema_form as_form = {.takes = TAKES_MAP, SCHEMA_KEYS(as_keys)};

static const schema_key registry_keys[] = {
    {"obstat", TAKES_TEXT, true, &header_form, "What this file is."},
    {"id", TAKES_TEXT, true, NULL, "Its id, by which policies name it."},
    {"title", TAKES_TEXT, true, NULL, "What the list is called."},
    {"url", TAKES_TEXT, true, NULL, "Where the authority publishes it."},
    {"authority", TAKES_TEXT, false, NULL, "Who keeps it."},
    {"jurisdiction", TAKES_TEXT, true, NULL, "The code of the place or group."},
    {"kind", TAKES_TEXT, false, NULL, "The kind of registration by which a manifest states it."},
    {"snapshot", TAKES_TEXT, true, &schema_date_form, "The rows speak up to this day."},
    {"complete", TAKES_BOOL, true, NULL, "false: it never says no."},
    {"columns", TAKES_MAP, false, &registry_columns_form, "What a row has, by name."},
    {"calendar", TAKES_MAP, false, &registry_calendar_form, "The rows are days, worked or not."},
    {"rates", TAKES_MAP, false, &registry_rates_form, "The rows are rates of currencies."},
    {"rows", TAKES_LIST, true, &rows_form, "Its rows."},
    {"as", TAKES_MAP, false, &as_form, "What a row would be in a manifest."},
};
enum {
    KEY_HEADER,
    KEY_ID,
    KEY_TITLE,
    KEY_URL,
    KEY_AUTHORITY,
    KEY_JURISDICTION,
    KEY_KIND,
    KEY_SNAPSHOT,
    KEY_COMPLETE,
    KEY_COLUMNS,
    KEY_CALENDAR,
    KEY_RATES,
    KEY_ROWS,
    KEY_AS,
    REGISTRY_KEYS
};

static const char *const row_keys[] = {"columns", "calendar", "rates", NULL};
const schema_form registry_form = {
    .takes = TAKES_MAP, SCHEMA_KEYS(registry_keys), .one_of = row_keys};

static void read_as(reader *r, registry *reg, const node *n) {
    const node *values[2];
    if (n && schema_map(r, n, "`as`", as_keys, 2, values)) reg->as = n;
}

// What the rows are is said in one of three ways.
static bool has_one_form(reader *r, const registry *reg, const node **values) {
    int forms = !!values[KEY_COLUMNS] + !!values[KEY_CALENDAR] + !!values[KEY_RATES];
    str hint = forms ? STR("make a registry of its own of each")
                     : STR("add one of them: it says what the rows are");
    if (forms != 1)
        diag_add(r->diags, forms ? DIAG_UNKNOWN_KEY : DIAG_MISSING_KEY, reg->at, hint,
                 "a registry has one of `columns`, `calendar`, `rates`");
    return forms == 1;
}

static void read_table(reader *r, registry *reg, const node **values) {
    const node *rows = values[KEY_ROWS];
    if (!has_one_form(r, reg, values)) return;
    if (values[KEY_CALENDAR]) registry_read_calendar(r, reg, values[KEY_CALENDAR], rows);
    if (values[KEY_RATES]) registry_read_rates(r, reg, values[KEY_RATES], rows);
    if (!values[KEY_COLUMNS]) return;
    registry_read_columns(r, reg, values[KEY_COLUMNS]);
    if (rows) registry_read_rows(r, reg, rows);
}

bool registry_read(registries *all, arena *a, diags *d, const node *doc) {
    const node *values[REGISTRY_KEYS];
    reader r = {a, d};
    size_t before = d->errors;
    if (!schema_map(&r, doc, "a registry", registry_keys, REGISTRY_KEYS, values)) return false;
    registry *reg = arena_new(a, registry);
    reg->id = schema_text(values[KEY_ID]);
    reg->title = schema_text(values[KEY_TITLE]);
    reg->url = schema_text(values[KEY_URL]);
    reg->authority = schema_text(values[KEY_AUTHORITY]);
    reg->jurisdiction = schema_text(values[KEY_JURISDICTION]);
    reg->kind = schema_text(values[KEY_KIND]);
    reg->at = values[KEY_ID] ? values[KEY_ID]->at : doc->at;
    reg->jurisdiction_at = values[KEY_JURISDICTION] ? values[KEY_JURISDICTION]->at : doc->at;
    schema_date(&r, values[KEY_SNAPSHOT], &reg->snapshot);
    schema_bool(&r, values[KEY_COMPLETE], &reg->complete);
    read_as(&r, reg, values[KEY_AS]);
    read_table(&r, reg, values);
    const registry *first = map_get(&all->by_id, reg->id);
    if (first)
        diag_add(d, DIAG_DUPLICATE_ID, reg->at, STR("give one of them another id"),
                 "there is a registry `%.*s` already", STR_ARG(reg->id))
            ->also = first->at;
    if (d->errors == before) map_put(a, &all->by_id, reg->id, reg);
    return d->errors == before;
}

// --- places

static bool check_code(const registry *r, const places *p, diags *d, const registry_column *column,
                       value code, const node *row) {
    if (code.kind != VALUE_STRING) return true;
    str text = value_text(code);
    if (column->group ? place_or_group_known(p, text) : place_known(p, text)) return true;
    const node *cell = doc_get_str(row, column->name);
    diag_add(d, DIAG_UNKNOWN_PLACE, cell ? cell->at : r->at, STR("use a code of places.yaml"),
             "there is no place `%.*s`", STR_ARG(text));
    return false;
}

bool registry_check_places(const registry *r, const places *p, diags *d) {
    bool fine = place_or_group_known(p, r->jurisdiction);
    if (!fine)
        diag_add(d, DIAG_UNKNOWN_PLACE, r->jurisdiction_at, STR("use the code of a jurisdiction"),
                 "there is no place or group `%.*s`", STR_ARG(r->jurisdiction));
    for (size_t c = 0; c < r->column_count; c++) {
        const registry_column *column = &r->columns[c];
        for (size_t i = 0; column->place && i < r->row_count; i++) {
            value cell = r->rows[i]->slots[c];
            const value *items = &cell;
            uint32_t count = 1;
            if (cell.kind == VALUE_LIST) {
                items = cell.u.list->items;
                count = cell.u.list->count;
            }
            for (uint32_t k = 0; k < count; k++)
                fine &= check_code(r, p, d, column, items[k], r->rows[i]->origin);
        }
    }
    return fine;
}

bool registries_check_calendars(const registries *r, const places *p, diags *d, bool all) {
    size_t before = d->errors;
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        const jurisdiction *j = p->jurisdictions.entries[i].value;
        const registry *calendar = registry_find(r, j->calendar);
        if (j->calendar.len == 0 || (calendar && calendar->is_calendar)) continue;
        if (calendar)
            diag_add(d, DIAG_WRONG_KIND, j->calendar_at, STR("name a registry with `calendar`"),
                     "the registry `%.*s` is no calendar", STR_ARG(j->calendar));
        else if (all)
            diag_add(d, DIAG_UNKNOWN_NAME, j->calendar_at,
                     STR("name a registry of the folder `registries`"),
                     "there is no registry `%.*s`", STR_ARG(j->calendar));
    }
    return d->errors == before;
}

// --- looking up

const registry *registry_find(const registries *r, str id) {
    return map_get(&r->by_id, id);
}

static str ascii_lower(arena *a, str s) {
    char *out = str_c(a, s);
    for (size_t i = 0; i < s.len; i++)
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = (char)(out[i] - 'A' + 'a');
    return (str){out, s.len};
}

str registry_fold(arena *a, const registry_column *column, str key) {
    return column->fold ? ascii_lower(a, str_trim(key)) : key;
}

const record *registry_row(const registry *r, str key, arena *scratch) {
    if (r->key_column < 0) return NULL;
    return map_get(&r->by_key, registry_fold(scratch, &r->columns[r->key_column], key));
}
