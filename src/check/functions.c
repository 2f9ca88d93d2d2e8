// SPDX-License-Identifier: Apache-2.0
//
// The table of the engine's functions.
#include "check/functions.h"

static bool known_place(const cel_env *env, diags *d, const expr *arg, str text) {
    const ruleset *r = ruleset_of(env);
    if (!r || place_or_group_known(&r->places, text)) return true;
    diag_add(d, DIAG_UNKNOWN_PLACE, cel_span(arg),
             STR("an ISO 3166-1 or -2 code, or a group that has a jurisdiction file"),
             "`%.*s` is no place or group that is known", STR_ARG(text));
    return false;
}

static const char *const windows_of_time[] = {
    "latest",           "this-year",        "previous-year",    "previous-year-q1",
    "previous-year-q2", "previous-year-q3", "previous-year-q4",
};
enum { WINDOWS_OF_TIME = sizeof windows_of_time / sizeof *windows_of_time };

// A metric's name or a window: which of them stands where, the run finds out.
static bool known_figure(const cel_env *env, diags *d, const expr *arg, str text) {
    const ruleset *r = ruleset_of(env);
    period length;
    if (!r || map_has(&r->vocabulary.metrics, text) || period_parse(text, &length)) return true;
    const map *metrics = &r->vocabulary.metrics;
    str *words = arena_array(d->arena, str, metrics->len + WINDOWS_OF_TIME);
    for (size_t i = 0; i < metrics->len; i++)
        words[i] = metrics->entries[i].key;
    for (size_t i = 0; i < WINDOWS_OF_TIME; i++) {
        words[metrics->len + i] = str_of(windows_of_time[i]);
        if (str_is(text, windows_of_time[i])) return true;
    }
    diag_add(d, DIAG_UNKNOWN_FACT, cel_span(arg),
             diag_did_you_mean(d->arena, text, words, metrics->len + WINDOWS_OF_TIME),
             "`%.*s` is no metric and no window of time", STR_ARG(text));
    return false;
}

static const cel_function rows[] = {
    {"within", 0, "(string, string) -> bool", fn_within,
     "the first place is, or lies in, the second place or group, as of the as-of date",
     known_place},
    {"workdays", 0, "(date, int) -> date", fn_workdays,
     "the n-th working day after a date by the place's calendar; no exact day beyond the calendar",
     NULL},
    {"role", CEL_TEXT_ONLY, "(string) -> bool", fn_role,
     "some engagement in this market fills the role: its party is eligible and it is engaged",
     ruleset_role_literal},
    {"same", 0, "(dyn, dyn) -> bool", fn_same,
     "two parties, entities or names are one legal entity or of one group", NULL},
    {"related", 0, "(dyn, dyn) -> bool", fn_related,
     "two parties are the same, of one group, or linked by ownership", NULL},
    {"rows", CEL_TEXT_ONLY, "(string) -> list(dyn)", fn_rows,
     "the rows of a registry that are valid on the as-of date", ruleset_registry_literal},
    {"row", CEL_TEXT_ONLY, "(string, string) -> dyn", fn_row, "the row of a registry with this key",
     ruleset_registry_literal},
    {"listed", CEL_TEXT_ONLY, "(string, dyn) -> bool", fn_listed,
     "the number, or a registration of the record, stands in the registry",
     ruleset_registry_literal},
    {"designated", CEL_TEXT_ONLY, "(string, dyn) -> bool", fn_designated,
     "an authority has designated the record, by its own statement or by the registry",
     ruleset_registry_literal},
    {"designation", CEL_TEXT_ONLY, "(string, dyn) -> dyn", fn_designation,
     "the designation of the record, or its row in the registry", ruleset_registry_literal},
    {"metric", 0, "(string, string) -> dyn | (dyn, string, string) -> dyn", fn_metric,
     "a figure of the market, else of the operator, for a window of time", known_figure},
};

const cel_function_table check_functions = {rows, sizeof rows / sizeof *rows};
