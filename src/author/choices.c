// SPDX-License-Identifier: Apache-2.0
//
// Choices for one fact: words that are named and one that is not, numbers and dates below, at and
// above what they are compared with, lists by which named words they hold or by how many entries.
// Types whose values have more to them (places, periods, money, references) get some, and are not
// exact.
#include "author/search.h"
#include "base/num.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_WORDS = 5, MOST_TEXTS = 40, MOST_NUMBERS = 24, DEEPEST = 4, MOST_ELEMENTS = 4 };

static void offer(choices *out, const chooser *c, knot *k) {
    vec_push(c->arena, &out->list, (choice){.value = k});
}

static void offer_json(choices *out, const chooser *c, const char *json) {
    offer(out, c, knot_scalar(c->arena, str_of(json)));
}

static void offer_text(choices *out, const chooser *c, str text) {
    offer(out, c, knot_text(c->arena, text));
}

static void not_exact(choices *out, const char *why) {
    if (out->exact) out->why = str_of(why);
    out->exact = false;
}

static bool is_named(const chooser *c, str word) {
    return map_has(&c->problem->reads->texts, word);
}

// --- words

// The words of an enumeration that are named, and in `*other` one that is not; NULL: all are.
static size_t named_words(const chooser *c, const enumeration *e, str *words, size_t most,
                          const str **other) {
    size_t n = 0;
    *other = NULL;
    for (size_t i = 0; i < e->count; i++) {
        if (!is_named(c, e->values[i])) {
            if (!*other) *other = &e->values[i];
        } else if (n < most) {
            words[n++] = e->values[i];
        } else {
            n = most + 1;
            break;
        }
    }
    return n;
}

static void choose_word(choices *out, const chooser *c, const enumeration *e) {
    const str *other = NULL;
    str *words = arena_array(c->arena, str, e->count + 1);
    size_t n = named_words(c, e, words, e->count, &other);
    for (size_t i = 0; i < n; i++)
        offer_text(out, c, words[i]);
    if (other) offer_text(out, c, *other);
}

static void offer_words(choices *out, const chooser *c, const str *words, size_t count,
                        unsigned mask) {
    knot *list = knot_list(c->arena);
    for (size_t i = 0; i < count; i++)
        if (mask >> i & 1u) knot_add(c->arena, list, knot_text(c->arena, words[i]));
    offer(out, c, list);
}

// Sets of words: each alone, all, none, then the rest. Beyond a few words the rest is left out.
static void choose_words(choices *out, const chooser *c, str *words, size_t n, const str *other) {
    bool all = n <= MOST_WORDS;
    if (other) words[n++] = *other;
    for (size_t i = 0; i < n; i++)
        offer_words(out, c, &words[i], 1, 1);
    offer_words(out, c, words, 0, 0);
    knot *every = knot_list(c->arena);
    for (size_t i = 0; i < n; i++)
        knot_add(c->arena, every, knot_text(c->arena, words[i]));
    if (n > 1) offer(out, c, every);
    for (unsigned mask = 1; all && mask + 1 < 1u << n; mask++)
        if (mask & (mask - 1)) offer_words(out, c, words, n, mask);
    if (!all) not_exact(out, "a list may hold more words than can be combined");
}

static void choose_enum_words(choices *out, const chooser *c, const enumeration *e) {
    const str *other = NULL;
    str *words = arena_array(c->arena, str, e->count + 2);
    size_t n = named_words(c, e, words, e->count, &other);
    choose_words(out, c, words, n, other);
}

// --- texts, numbers, dates

// A number of a registration is best one that stands on a list: what a list lacks is open, mostly.
static void choose_text(choices *out, const chooser *c, const fact *f) {
    const map *texts = &c->problem->reads->texts, *keys = &c->problem->reads->keys;
    bool number = f == c->problem->rules->vocabulary.engine.registration_number;
    for (size_t i = 0; number && i < keys->len; i++)
        offer_text(out, c, keys->entries[i].key);
    str other = STR("other");
    while (is_named(c, other))
        other = str_joined(c->arena, other, STR("-"));
    offer_text(out, c, other);
    for (size_t i = 0; i < texts->len && i < MOST_TEXTS; i++)
        if (!number || !map_has(keys, texts->entries[i].key))
            offer_text(out, c, texts->entries[i].key);
    if (texts->len > MOST_TEXTS) not_exact(out, "a text may be compared with too many others");
}

static void offer_number(choices *out, const chooser *c, const fact *f, double d) {
    bool whole = f->kind == FACT_INT;
    if (fabs(d) > 9e15) not_exact(out, "a number is compared with a very large one");
    if (fabs(d) > 9e15 || (f->has_least && d < f->least) || (f->has_most && d > f->most)) return;
    str text = whole ? str_format(c->arena, "%lld", (long long)d) : num_print_double(c->arena, d);
    offer(out, c, knot_scalar(c->arena, text));
}

static int by_number(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// What it may be compared with, and its own limits; of a whole number the two next to a fraction.
static size_t cuts_of(const chooser *c, const fact *f, double **out) {
    const reads *r = c->problem->reads;
    double *at = arena_array(c->arena, double, (r->numbers.len + 2) * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->numbers.len + 2; i++) {
        double d = i < r->numbers.len ? r->numbers.at[i] : i == r->numbers.len ? f->least : f->most;
        if ((i == r->numbers.len && !f->has_least) || (i > r->numbers.len && !f->has_most))
            continue;
        at[n++] = f->kind == FACT_INT ? floor(d) : d;
        if (f->kind == FACT_INT && d > floor(d)) at[n++] = floor(d) + 1;
    }
    if (n == 0) at[n++] = 0;
    qsort(at, n, sizeof *at, by_number);
    *out = at;
    return n;
}

// At and between these, above them, and at last below: figures below nothing are rarely meant. What
// is worked out may need figures far off.
static void choose_number(choices *out, const chooser *c, const fact *f) {
    static const double far[] = {1e6, -1e6};
    bool whole = f->kind == FACT_INT;
    double *at = NULL;
    size_t n = cuts_of(c, f, &at);
    if (n > MOST_NUMBERS) {
        not_exact(out, "a number is compared with too many others");
        n = MOST_NUMBERS;
    }
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        double step = last ? 2 * (1 + fabs(at[i])) : at[i + 1] - at[i];
        if (i == 0 || at[i] > at[i - 1]) offer_number(out, c, f, at[i]);
        if (step > (whole ? 1 : 0)) offer_number(out, c, f, at[i] + (whole ? 1 : step / 2));
    }
    offer_number(out, c, f, at[0] - 1);
    for (size_t i = 0; i < 2 && c->problem->form->why.len; i++)
        offer_number(out, c, f, far[i]);
}

static void choose_date(choices *out, const chooser *c) {
    enum { FAR = 4000 };
    const reads *r = c->problem->reads;
    day last = DAY_MIN;
    days on = {0};
    for (size_t i = 0; i < r->days.len; i++)
        days_add(c->arena, &on, r->days.at[i]);
    days_add(c->arena, &on, c->problem->as_of);
    offer_text(out, c, day_print(c->arena, c->problem->as_of)); // mostly it fits
    days_add(c->arena, &on, c->problem->as_of - FAR);           // for what is counted in years
    days_add(c->arena, &on, c->problem->as_of + FAR);
    for (size_t i = 0; i < on.len; i++)
        for (day d = on.at[i] - 1; d <= on.at[i] + 1; d++) {
            if (d <= last || d < DAY_MIN || d > DAY_MAX) continue;
            if (d != c->problem->as_of) offer_text(out, c, day_print(c->arena, d));
            last = d;
        }
}

// --- places, lengths of time, money

// The market's code, those that are named, and in `*other` one that lies elsewhere; NULL: none.
static size_t named_places(const chooser *c, bool groups, str *codes, const str **other) {
    const map *texts = &c->problem->reads->texts, *names = &c->problem->rules->places.names;
    const places *all = &c->problem->rules->places;
    str home = c->problem->market;
    size_t n = 0;
    *other = NULL;
    codes[n++] = home;
    for (size_t i = 0; i < texts->len; i++)
        if ((groups ? place_or_group_known(all, texts->entries[i].key)
                    : place_known(all, texts->entries[i].key)) &&
            !str_eq(texts->entries[i].key, home))
            codes[n++] = texts->entries[i].key;
    for (size_t i = 0; i < names->len && !*other; i++)
        if (!place_within(all, names->entries[i].key, home, c->problem->as_of) &&
            !is_named(c, names->entries[i].key))
            *other = &names->entries[i].key;
    return n;
}

static void choose_place(choices *out, const chooser *c, const fact *f) {
    const str *other = NULL;
    str *codes = arena_array(c->arena, str, c->problem->reads->texts.len + 3);
    size_t n = named_places(c, f->kind != FACT_COUNTRY, codes, &other);
    if (f->list) {
        choose_words(out, c, codes, n, other);
        return;
    }
    for (size_t i = 0; i < n; i++)
        offer_text(out, c, codes[i]);
    if (other) offer_text(out, c, *other);
}

static void choose_period(choices *out, const chooser *c) {
    const map *texts = &c->problem->reads->texts;
    period length;
    for (size_t i = 0; i < texts->len; i++)
        if (period_parse(texts->entries[i].key, &length)) offer_text(out, c, texts->entries[i].key);
    offer_text(out, c, STR("P1D"));
    offer_text(out, c, STR("P90Y"));
    not_exact(out, "it reads a length of time");
}

static void choose_money(choices *out, const chooser *c) {
    const map *texts = &c->problem->reads->texts;
    money amount;
    for (size_t i = 0; i < texts->len; i++)
        if (money_parse(texts->entries[i].key, &amount)) offer_text(out, c, texts->entries[i].key);
    offer_text(out, c, STR("EUR 1"));
    offer_text(out, c, STR("EUR 900000000000"));
    not_exact(out, "it reads an amount of money");
}

// --- entries

static void choose_scalar(choices *out, const chooser *c, const fact *f);

// The first choice will do: what matters about it is tried when it is asked for.
void fill_required(const chooser *c, knot *entry, const record_def *def, unsigned depth) {
    for (size_t i = 0; i < def->count && depth < DEEPEST; i++) {
        const fact *f = &def->facts[i];
        choices all = {.exact = true};
        if (f->absent != ABSENT_REQUIRED || knot_get(entry, f->name)) continue;
        if (f->list)
            offer(&all, c, knot_list(c->arena));
        else
            choose_scalar(&all, c, f);
        if (all.list.len) knot_put(c->arena, entry, f->name, all.list.at[0].value);
    }
}

static knot *new_entry(const chooser *c, const record_def *def, str id) {
    knot *entry = knot_map(c->arena);
    knot_put(c->arena, entry, STR("id"), knot_text(c->arena, id));
    fill_required(c, entry, def, 0);
    return entry;
}

// --- references

// The ids of the entries that are stated, then that of a new one.
static void choose_reference(choices *out, const chooser *c, const fact *f) {
    str list = f->ref->self.name;
    const knot *stated = knot_get(c->root, list);
    size_t count = stated && stated->kind == KNOT_LIST ? stated->parts.len : 0;
    for (size_t i = 0; i < count; i++) {
        knot *id = knot_get(stated->parts.at[i], STR("id"));
        if (!id) continue;
        knot *item = knot_copy(c->arena, id), *one = knot_list(c->arena);
        knot_add(c->arena, one, item);
        offer(out, c, f->list ? one : item);
    }
    str name = str_format(c->arena, "%.*s-%zu", STR_ARG(list), count + 1);
    knot *item = knot_text(c->arena, name), *one = knot_list(c->arena);
    knot_add(c->arena, one, item);
    offer(out, c, f->list ? one : item);
    out->list.at[out->list.len - 1].list = list;
    out->list.at[out->list.len - 1].entry = new_entry(c, f->ref->record, name);
    if (f->list) offer(out, c, knot_list(c->arena));
    not_exact(out, "it reads a reference");
}

// Lists by their length: one, none, more. Entries that other facts have brought in are kept.
static void choose_entries(choices *out, const chooser *c, const fact *f, str path) {
    size_t most = form_elements(c->problem->form, f->name);
    const knot *stated = str_eq(path, f->name) ? knot_get(c->root, path) : NULL;
    size_t kept = stated && stated->kind == KNOT_LIST ? stated->parts.len : 0;
    if (most > MOST_ELEMENTS) {
        not_exact(out, "it asks about one list too often");
        most = MOST_ELEMENTS;
    }
    if (most < 2) most = 2;
    for (size_t k = 0; k <= most; k++) {
        size_t count = k == 0 ? 1 : k == 1 ? 0 : k;
        if (f->max_items && count > f->max_items) continue;
        knot *list = knot_list(c->arena);
        for (size_t i = 0; i < kept; i++)
            knot_add(c->arena, list, knot_copy(c->arena, stated->parts.at[i]));
        for (size_t i = 0; i < count; i++) {
            str id = str_format(c->arena, "%.*s-%zu", STR_ARG(f->name), kept + i + 1);
            knot_add(c->arena, list, new_entry(c, f->record, id));
        }
        offer(out, c, list);
    }
}

static void choose_record(choices *out, const chooser *c, const fact *f) {
    knot *entry = knot_map(c->arena);
    fill_required(c, entry, f->record, 0);
    offer(out, c, entry);
}

// --- all

static void choose_scalar(choices *out, const chooser *c, const fact *f) {
    switch (f->kind) {
    case FACT_BOOL:
        offer_json(out, c, "true");
        offer_json(out, c, "false");
        break;
    case FACT_ENUM: choose_word(out, c, f->values); break;
    case FACT_STRING: choose_text(out, c, f); break;
    case FACT_INT:
    case FACT_DOUBLE: choose_number(out, c, f); break;
    case FACT_DATE: choose_date(out, c); break;
    case FACT_COUNTRY:
    case FACT_JURISDICTION:
    case FACT_PLACE: choose_place(out, c, f); break;
    case FACT_PERIOD: choose_period(out, c); break;
    case FACT_MONEY: choose_money(out, c); break;
    case FACT_REF: choose_reference(out, c, f); break;
    case FACT_RECORD: choose_record(out, c, f); break;
    default: not_exact(out, "it reads a figure"); break;
    }
}

// A list of what is no word and no entry: of one of its values, or of none.
static void choose_list(choices *out, const chooser *c, const fact *f) {
    choices items = {.exact = true};
    choose_scalar(&items, c, f);
    for (size_t i = 0; i < items.list.len; i++) {
        knot *list = knot_list(c->arena);
        knot_add(c->arena, list, items.list.at[i].value);
        offer(out, c, list);
    }
    offer(out, c, knot_list(c->arena));
    not_exact(out, "it reads a list of texts");
}

void choices_of(choices *out, const chooser *c, const fact *f, str path) {
    *out = (choices){.exact = true};
    if (f->list && f->kind == FACT_RECORD)
        choose_entries(out, c, f, path);
    else if (f->list && f->kind == FACT_ENUM)
        choose_enum_words(out, c, f->values);
    else if (f->list &&
             (f->kind == FACT_COUNTRY || f->kind == FACT_JURISDICTION || f->kind == FACT_PLACE))
        choose_place(out, c, f);
    else if (f->list && f->kind != FACT_REF)
        choose_list(out, c, f);
    else
        choose_scalar(out, c, f);
    if (f->may_be_none && !f->list) offer_text(out, c, STR("none"));
}

// A figure of which nothing is known yet but its currency.
void choices_of_metric(choices *out, const chooser *c, str name) {
    const metric_def *metric = map_get(&c->problem->rules->vocabulary.metrics, name);
    knot *k = knot_map(c->arena);
    *out = (choices){.exact = true};
    if (metric->kind == FACT_MONEY)
        knot_put(c->arena, k, STR("currency"), knot_text(c->arena, STR("EUR")));
    offer(out, c, k);
    not_exact(out, "it reads a figure");
}
