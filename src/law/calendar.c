// SPDX-License-Identifier: Apache-2.0
//
// Registries that say one thing about days: which of them are worked, or what a currency is worth.
// Both end somewhere; beyond that they say nothing, since holidays are announced year by year.
#include "law/registry_read.h"

#include <stdlib.h>
#include <string.h>

// --- reading a calendar

static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
static const schema_form day_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(days)};
static const schema_form weekend_form = {.each = &day_form};

static const schema_key calendar_keys[] = {
    {"weekend", TAKES_LIST | TAKES_TEXT, true, &weekend_form, "Days of the week without work."},
    {"until", TAKES_TEXT, true, &schema_date_form, "The first day that it does not know."},
};
const schema_form registry_calendar_form = {.takes = TAKES_MAP, SCHEMA_KEYS(calendar_keys)};

static void read_weekend(reader *r, registry *reg, const node *n) {
    size_t count = 0, weekday = 0, off = 0;
    const node *const *items = schema_items(&n, &count);
    for (size_t i = 0; i < count; i++)
        if (schema_word(r, items[i], "`weekend`", days, 7, &weekday)) reg->weekend[weekday] = true;
    for (size_t i = 0; i < 7; i++)
        off += reg->weekend[i];
    if (off == 7)
        diag_add(r->diags, DIAG_BAD_WORD, n->at, STR("leave the working days out"),
                 "a week without a working day has no calendar");
}

static int by_date(const void *x, const void *y) {
    const calendar_day *a = x, *b = y;
    return (a->date > b->date) - (a->date < b->date);
}

static void read_calendar_rows(reader *r, registry *reg, const node *rows) {
    static const schema_key keys[] = {{"date", TAKES_TEXT, true, NULL, NULL},
                                      {"work", TAKES_BOOL, true, NULL, NULL}};
    const node *values[2];
    calendar_day *list = arena_array(r->arena, calendar_day, rows->count);
    map seen = {0};
    for (uint32_t i = 0; i < rows->count; i++) {
        const node *n = rows->u.items[i];
        calendar_day one = {0};
        if (!schema_map(r, n, "a day of a calendar", keys, 2, values)) continue;
        if (!schema_date(r, values[0], &one.date) || !schema_bool(r, values[1], &one.work))
            continue;
        const node *first = map_get(&seen, values[0]->text);
        if (first) {
            registry_say_twice(r, n, first, values[0]->text);
            continue;
        }
        map_put(r->arena, &seen, values[0]->text, (void *)n);
        list[reg->exception_count++] = one;
    }
    if (reg->exception_count) qsort(list, reg->exception_count, sizeof *list, by_date);
    reg->exceptions = list;
}

void registry_read_calendar(reader *r, registry *reg, const node *calendar, const node *rows) {
    const node *values[2];
    reg->is_calendar = true;
    reg->key_column = reg->entity_column = reg->from_column = reg->until_column = -1;
    if (!schema_map(r, calendar, "`calendar`", calendar_keys, 2, values)) return;
    if (values[0]) read_weekend(r, reg, values[0]);
    schema_date(r, values[1], &reg->calendar_until);
    if (rows) read_calendar_rows(r, reg, rows);
}

// --- working days

static bool is_working_day(const registry *c, day on) {
    size_t low = 0, high = c->exception_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->exceptions[middle].date == on) return c->exceptions[middle].work;
        if (c->exceptions[middle].date < on)
            low = middle + 1;
        else
            high = middle;
    }
    return !c->weekend[day_weekday(on)];
}

bool registry_workdays(const registry *c, day from, int64_t n, day *out) {
    day step = n < 0 ? -1 : 1, on = from;
    if (!c->is_calendar) return false;
    while (n != 0) {
        on += step;
        if (on >= c->calendar_until || on < DAY_MIN || on > DAY_MAX) return false;
        if (is_working_day(c, on)) n -= step;
    }
    *out = on;
    return true;
}

// --- rates

static bool read_currency(reader *r, const node *n, char out[4]) {
    if (!n) return false;
    bool fine = n->text.len == 3;
    for (size_t i = 0; fine && i < 3; i++)
        fine = n->text.ptr[i] >= 'A' && n->text.ptr[i] <= 'Z';
    if (!fine) {
        diag_add(r->diags, DIAG_BAD_WORD, n->at, STR("three capitals by ISO 4217, as in EUR"),
                 "`%.*s` is no currency", STR_ARG(n->text));
        return false;
    }
    memcpy(out, n->text.ptr, 3);
    return true;
}

static int by_currency_and_date(const void *x, const void *y) {
    const currency_rate *a = x, *b = y;
    int order = memcmp(a->currency, b->currency, sizeof a->currency);
    return order ? order : (a->date > b->date) - (a->date < b->date);
}

static bool read_rate(reader *r, const node *n, currency_rate *out, map *seen) {
    static const schema_key keys[] = {{"date", TAKES_TEXT, true, NULL, NULL},
                                      {"currency", TAKES_TEXT, true, NULL, NULL},
                                      {"rate", TAKES_NUMBER, true, NULL, NULL}};
    const node *values[3];
    if (!schema_map(r, n, "a rate", keys, 3, values)) return false;
    bool fine = schema_date(r, values[0], &out->date);
    fine = read_currency(r, values[1], out->currency) && fine && values[2];
    if (!fine) return false;
    out->rate = values[2]->kind == NODE_INT ? (double)values[2]->u.i : values[2]->u.d;
    if (!(out->rate > 0)) {
        diag_add(r->diags, DIAG_WRONG_KIND, values[2]->at, STR("units for one unit of the base"),
                 "a rate is above 0");
        return false;
    }
    str what = str_format(r->arena, "%s %.*s", out->currency, STR_ARG(values[0]->text));
    const node *first = map_get(seen, what);
    if (first) registry_say_twice(r, n, first, what);
    map_put(r->arena, seen, what, (void *)n);
    return true;
}

static const schema_form currency_form = {.takes = TAKES_TEXT, .pattern = "^[A-Z]{3}$"};
static const schema_key rates_keys[] = {
    {"base", TAKES_TEXT, true, &currency_form, "The currency of which one unit is worth so much."},
    {"until", TAKES_TEXT, true, &schema_date_form, "The first day that it does not know."},
};
const schema_form registry_rates_form = {.takes = TAKES_MAP, SCHEMA_KEYS(rates_keys)};

void registry_read_rates(reader *r, registry *reg, const node *rates, const node *rows) {
    const node *values[2];
    map seen = {0};
    reg->is_rates = true;
    reg->key_column = reg->entity_column = reg->from_column = reg->until_column = -1;
    if (!schema_map(r, rates, "`rates`", rates_keys, 2, values)) return;
    read_currency(r, values[0], reg->base);
    schema_date(r, values[1], &reg->rates_until);
    if (!rows) return;
    currency_rate *list = arena_array(r->arena, currency_rate, rows->count);
    for (uint32_t i = 0; i < rows->count; i++)
        if (read_rate(r, rows->u.items[i], &list[reg->rate_count], &seen)) reg->rate_count++;
    if (reg->rate_count) qsort(list, reg->rate_count, sizeof *list, by_currency_and_date);
    reg->rates = list;
}

bool registry_rate(const registry *r, str currency, day on, double *out) {
    bool found = false;
    if (!r->is_rates || on >= r->rates_until) return false;
    if (str_is(currency, r->base)) {
        *out = 1;
        return true;
    }
    for (size_t i = 0; i < r->rate_count; i++) {
        if (!str_is(currency, r->rates[i].currency) || r->rates[i].date > on) continue;
        *out = r->rates[i].rate; // the last one is the newest
        found = true;
    }
    return found;
}
