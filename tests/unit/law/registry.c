// SPDX-License-Identifier: Apache-2.0
//
// Rows of registries as records, working days, rates, and names of legal entities.
#include "law/registry.h"

#include "unit.h"

#define HEAD                                                                                       \
    "obstat: registry/v1\nid: r\ntitle: R\nurl: https://example.org\njurisdiction: AA\n"           \
    "snapshot: 2026-06-30\ncomplete: true\n"

static const node *parsed(arena *a, diags *d, const char *text) {
    docs read;
    CU_ASSERT_FATAL(
        doc_read(&read, a, d, &doc_default_limits, DOC_YAML, STR("r.yaml"), str_of(text)));
    return read.list.at[0];
}

static const registry *loaded(arena *a, const char *text) {
    registries all = {0};
    diags d = {.arena = a};
    CU_ASSERT_FATAL(registry_read(&all, a, &d, parsed(a, &d, text)));
    CU_ASSERT(d.list.len == 0);
    const registry *r = registry_find(&all, STR("r"));
    CU_ASSERT_FATAL(r != NULL);
    CU_ASSERT(registry_find(&all, STR("R")) == NULL);
    return r;
}

static day date(const char *text) {
    day d = 0;
    CU_ASSERT_FATAL(day_parse(str_of(text), &d));
    return d;
}

// --- rows

static const char table[] =
    HEAD "kind: seal\n"
         "columns:\n"
         "  name: {type: entity}\n"
         "  number: {type: string, key: true, fold: ascii}\n"
         "  size: {type: double}\n"
         "  pieces: {type: int}\n"
         "  listed: {type: date}\n"
         "  public: {type: bool}\n"
         "  lands: {type: list of country}\n"
         "  from: {type: date}\n"
         "  until: {type: date}\n"
         "rows:\n"
         "  - {number: Seal-1, name: Luma, size: 2, pieces: 3, listed: 2026-06-30, public: true,\n"
         "     lands: [AA, BB], from: 2026-01-01, until: 2027-01-01}\n"
         "  - {number: Seal-2, lands: AA, name: unknown}\n"
         "  - {number: Seal-3, lands: none}\n";

static void a_registry_as_a_whole(void) {
    const registry *r = loaded(unit_arena(), table);
    CHECK_STR(r->kind, "seal");
    CHECK_STR(r->jurisdiction, "AA");
    CU_ASSERT(r->complete && r->snapshot == date("2026-06-30") && r->row_count == 3);
    CU_ASSERT(r->key_column == 1 && r->entity_column == 0);
    CU_ASSERT(r->from_column == 7 && r->until_column == 8);
    CU_ASSERT(r->type->count == 9 && record_slot(r->type, STR("lands")) == 6);
    CU_ASSERT(r->type->fields[2].type == &type_double &&
              r->type->fields[6].type->kind == TYPE_LIST);
    CU_ASSERT(!r->is_calendar && !r->is_rates && r->as == NULL);
}

static void cells_are_values(void) {
    const value *v = loaded(unit_arena(), table)->rows[0]->slots;
    CHECK_STR(value_text(v[0]), "Luma");
    CHECK_STR(value_text(v[1]), "Seal-1");
    CU_ASSERT(v[2].kind == VALUE_DOUBLE && v[2].u.d == 2.0);
    CU_ASSERT(v[3].kind == VALUE_INT && v[3].u.i == 3);
    CU_ASSERT(v[4].kind == VALUE_DATE && v[4].u.i == date("2026-06-30"));
    CU_ASSERT(v[5].kind == VALUE_BOOL && v[5].u.b);
    CU_ASSERT_FATAL(v[6].kind == VALUE_LIST && v[6].u.list->count == 2);
    CHECK_STR(value_text(v[6].u.list->items[1]), "BB");
    CU_ASSERT(!v[6].u.list->open);
}

static void what_a_row_does_not_say_is_unknown(void) {
    const registry *r = loaded(unit_arena(), table);
    CU_ASSERT(r->rows[1]->slots[0].kind == VALUE_UNKNOWN); // in words
    CU_ASSERT(r->rows[1]->slots[2].kind == VALUE_UNKNOWN); // left out
    CU_ASSERT(r->rows[1]->slots[6].u.list->count == 1);
    CU_ASSERT(r->rows[2]->slots[6].kind == VALUE_LIST && r->rows[2]->slots[6].u.list->count == 0);
}

static void rows_by_key(void) {
    arena *a = unit_arena();
    const registry *r = loaded(a, table);
    CU_ASSERT(registry_row(r, STR("sEAL-2"), a) == r->rows[1]);
    CU_ASSERT(registry_row(r, STR(" seal-2\t"), a) == r->rows[1]);
    CU_ASSERT(registry_row(r, STR("Seal-4"), a) == NULL);
    CHECK_STR(r->rows[1]->id, "Seal-2");
    CU_ASSERT(((const node *)r->rows[1]->origin)->kind == NODE_MAP);
}

static void a_key_without_fold_is_compared_to_the_letter(void) {
    arena *a = unit_arena();
    const registry *r = loaded(a, HEAD "columns: {number: {type: string, key: true}}\n"
                                       "rows: [{number: a}, {number: A}]\n");
    CU_ASSERT(registry_row(r, STR("A"), a) == r->rows[1]);
}

static void rows_without_a_key_are_numbered(void) {
    arena *a = unit_arena();
    const registry *r = loaded(a, HEAD "columns: {name: {type: entity}}\nrows: [{name: a}, {}]\n");
    CHECK_STR(r->rows[1]->id, "2");
    CU_ASSERT(registry_row(r, STR("2"), a) == NULL);
}

// --- working days: 2026-01-01 is a Thursday

static const char calendar[] = HEAD "calendar: {weekend: [sat, sun], until: 2026-02-01}\n"
                                    "rows:\n"
                                    "  - {date: 2026-01-10, work: true}\n"
                                    "  - {date: 2026-01-01, work: false}\n"
                                    "  - {date: 2026-01-02, work: false}\n";

static void working_days(void) {
    static const struct {
        const char *from;
        int64_t n;
        const char *result; // NULL: beyond the calendar
    } cases[] = {
        {"2025-12-31", 1, "2026-01-05"},  // over two holidays and a weekend
        {"2025-12-31", 5, "2026-01-09"},  // Monday to Friday
        {"2025-12-31", 6, "2026-01-10"},  // the Saturday that is worked
        {"2025-12-31", 7, "2026-01-12"},  // not the Sunday
        {"2026-01-03", 1, "2026-01-05"},  // from a day off
        {"2026-01-05", 0, "2026-01-05"},  // the day itself
        {"2026-01-05", -1, "2025-12-31"}, // back over the holidays
        {"2026-01-12", -1, "2026-01-10"}, {"2026-01-29", 1, "2026-01-30"},
        {"2026-01-30", 1, NULL}, // Saturday 31, then the horizon
        {"2026-01-05", 1000, NULL},       {"2026-02-05", -1, NULL},
        {"2026-01-05", INT64_MIN, NULL},  {"2026-01-05", INT64_MAX, NULL},
    };
    const registry *r = loaded(unit_arena(), calendar);
    CU_ASSERT(r->is_calendar && r->exception_count == 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        day out = 0;
        bool found = registry_workdays(r, date(cases[i].from), cases[i].n, &out);
        CU_ASSERT(found == (cases[i].result != NULL));
        if (found) CU_ASSERT(out == date(cases[i].result));
    }
}

static void a_table_is_no_calendar(void) {
    const registry *r = loaded(unit_arena(), table);
    day out = 0;
    double rate = 0;
    CU_ASSERT(!registry_workdays(r, 0, 1, &out) && !registry_rate(r, STR("USD"), 0, &rate));
}

// --- rates

static void rates_by_date(void) {
    const registry *r =
        loaded(unit_arena(), HEAD "rates: {base: EUR, until: 2026-03-01}\n"
                                  "rows:\n"
                                  "  - {date: 2026-02-01, currency: USD, rate: 1.5}\n"
                                  "  - {date: 2026-01-01, currency: USD, rate: 2}\n"
                                  "  - {date: 2026-01-01, currency: GBP, rate: 0.5}\n");
    double rate = 0;
    CU_ASSERT(registry_rate(r, STR("USD"), date("2026-01-01"), &rate) && rate == 2);
    CU_ASSERT(registry_rate(r, STR("USD"), date("2026-01-31"), &rate) && rate == 2);
    CU_ASSERT(registry_rate(r, STR("USD"), date("2026-02-28"), &rate) && rate == 1.5);
    CU_ASSERT(registry_rate(r, STR("EUR"), date("2026-02-28"), &rate) && rate == 1);
    CU_ASSERT(!registry_rate(r, STR("USD"), date("2025-12-31"), &rate));
    CU_ASSERT(!registry_rate(r, STR("USD"), date("2026-03-01"), &rate));
    CU_ASSERT(!registry_rate(r, STR("CHF"), date("2026-02-01"), &rate));
}

// --- legal entities

static void names_are_folded(void) {
    static const struct {
        const char *name, *folded;
    } cases[] = {
        {"Luma Works", "luma works"},
        {"  LUMA \t Works\n", "luma works"},
        {"\xef\xbc\xac\xef\xbd\x95ma\xe3\x80\x80Works\xe3\x80\x80", "luma works"}, // full width
        {"\xef\xbc\x88"
         "A\xef\xbc\x89\xef\xbc\x8c"
         "1",
         "(a),1"},
        {"\xe9\x98\xbf\xe9\x87\x8c \xe4\xba\x91", "\xe9\x98\xbf\xe9\x87\x8c \xe4\xba\x91"},
        {"\xc3\x89toile", "\xc3\xa9toile"},  // composed
        {"E\xcc\x81toile", "\xc3\xa9toile"}, // decomposed
        {"", ""},
        {"\xe3\x80\x80", ""},
    };
    arena *a = unit_arena();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_STR(entity_fold(a, str_of(cases[i].name)), cases[i].folded);
}

static void entities_by_any_name(void) {
    arena *a = unit_arena();
    entities e = {0};
    diags d = {.arena = a};
    CU_ASSERT(
        entities_read(&e, a, &d,
                      parsed(a, &d,
                             "obstat: entities/v1\n"
                             "entities:\n"
                             "  - {id: luma-works, names: [Luma Works, LUMA WORKS], country: AA,\n"
                             "     group: luma}\n"
                             "  - {id: umbra, names: Umbra Inc.}\n")));
    CU_ASSERT(d.list.len == 0);
    const legal_entity *luma = entity_find(&e, a, STR("luma  works"));
    CU_ASSERT_FATAL(luma != NULL);
    if (!luma) return;
    CHECK_STR(luma->id, "luma-works");
    CHECK_STR(luma->country, "AA");
    CHECK_STR(luma->group, "luma");
    CU_ASSERT(entity_find(&e, a, STR("LUMA-WORKS")) == luma);
    CU_ASSERT(entity_find(&e, a, STR("Umbra inc.")) == entity_find(&e, a, STR("umbra")));
    CU_ASSERT(entity_find(&e, a, STR("luma")) == NULL);
}

int register_registry(void) {
    static CU_TestInfo tests[] = {
        {"a registry as a whole", a_registry_as_a_whole},
        {"cells are values", cells_are_values},
        {"what a row does not say is unknown", what_a_row_does_not_say_is_unknown},
        {"rows by key", rows_by_key},
        {"a key without fold is compared to the letter",
         a_key_without_fold_is_compared_to_the_letter},
        {"rows without a key are numbered", rows_without_a_key_are_numbered},
        {"working days", working_days},
        {"a table is no calendar", a_table_is_no_calendar},
        {"rates by date", rates_by_date},
        {"names are folded", names_are_folded},
        {"entities by any name", entities_by_any_name},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("registry", tests);
}
