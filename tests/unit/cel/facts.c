// SPDX-License-Identifier: Apache-2.0
// See facts.h.
#include "cel/facts.h"

static const str kinds[] = {STR_C("generative"), STR_C("predictive"), STR_C("other")};
static const str does[] = {STR_C("chat"), STR_C("text-generation"), STR_C("summarising")};
static const str notice_kinds[] = {STR_C("ai-use"), STR_C("privacy")};
static const str moments[] = {STR_C("before"), STR_C("after")};
static const enumeration kind = {STR_C("model-kind"), kinds, 3},
                         capability = {STR_C("does"), does, 3},
                         notice_kind = {STR_C("notice-kind"), notice_kinds, 2},
                         moment = {STR_C(""), moments, 2};

static record_type *record_of(arena *a, const char *name, const record_field *fields,
                              size_t count) {
    record_type *r = arena_new(a, record_type);
    record_field *copy = arena_array(a, record_field, count);
    *r = (record_type){.name = str_of(name), .count = (uint32_t)count, .fields = copy};
    for (size_t i = 0; i < count; i++) {
        copy[i] = fields[i];
        map_put(a, &r->index, copy[i].name, &copy[i]);
    }
    return r;
}

#define RECORD(a, name, ...)                                                                       \
    type_record_of(a, record_of(a, name, (record_field[]){__VA_ARGS__},                            \
                                sizeof((record_field[]){__VA_ARGS__}) / sizeof(record_field)))

static const type *keyed_list(arena *a, const type *element, const enumeration *key) {
    type *t = arena_new(a, type);
    *t = *type_list_of(a, element);
    t->keyed = true;
    t->b = type_enum_of(a, key);
    return t;
}

static bool known_place(const cel_env *env, diags *d, const expr *arg, str text) {
    (void)env;
    if (str_is(text, "DE") || str_is(text, "EEA")) return true;
    diag_add(d, DIAG_UNKNOWN_PLACE, cel_span(arg), STR(""), "`%.*s` is no place", STR_ARG(text));
    return false;
}

static bool known_list(const cel_env *env, diags *d, const expr *arg, str text) {
    (void)env;
    if (str_is(text, "register")) return true;
    diag_add(d, DIAG_UNKNOWN_NAME, cel_span(arg), STR(""), "there is no list `%.*s`",
             STR_ARG(text));
    return false;
}

static const cel_function rows[] = {
    {"listed", CEL_TEXT_ONLY, "(string, record) -> bool", NULL, "in a list", known_list},
    {"within", 0, "(string, string) -> bool", NULL, "in a place", known_place},
    {"lies", CEL_RECEIVER | CEL_JUDGED << 0, "(string, string) -> bool", NULL, "in", known_place},
};
static const cel_function_table table = {rows, sizeof rows / sizeof *rows};

cel_env *facts_env(arena *a) {
    cel_env *env = arena_new(a, cel_env);
    env->arena = a;
    for (size_t i = 0; i < cel_standard_count; i++)
        vec_push(a, &env->functions, *cel_standard[i]);
    vec_push(a, &env->functions, table);
    const type *party = RECORD(a, "party", {STR("country"), &type_string, false},
                               {STR("founded"), &type_date, true}, {STR("size"), &type_int, false});
    const type *model =
        RECORD(a, "model", {STR("kind"), type_enum_of(a, &kind), false},
               {STR("former"), type_enum_of(a, &kind), false}, {STR("provider"), party, true},
               {STR("share"), &type_double, false}, {STR("released"), &type_date, false},
               {STR("lifetime"), &type_period, false}, {STR("price"), &type_money, false},
               {STR("open"), &type_bool, false}, {STR("retired"), &type_date, true});
    const type *feature = RECORD(
        a, "feature", {STR("does"), type_list_of(a, type_enum_of(a, &capability)), false},
        {STR("models"), type_list_of(a, model), false}, {STR("made_by"), party, false},
        {STR("kind"), type_enum_of(a, &capability), false}, {STR("title"), &type_string, false});
    const type *notice =
        RECORD(a, "notice", {STR("when"), type_list_of(a, type_enum_of(a, &moment)), false},
               {STR("text"), &type_string, true});
    const type *market =
        RECORD(a, "market", {STR("country"), &type_string, false},
               {STR("launch"), &type_date, false}, {STR("closed"), &type_date, true});
    const cel_variable variables[] = {
        {STR("as_of"), &type_date, true},
        {STR("place"), &type_string, false},
        {STR("places"), type_list_of(a, &type_string), false},
        {STR("operator"), party, false},
        {STR("features"), type_list_of(a, feature), false},
        {STR("models"), type_list_of(a, model), false},
        {STR("market"), market, false},
        {STR("notices"), keyed_list(a, notice, &notice_kind), false},
        {STR("labels"), type_map_of(a, &type_string, type_list_of(a, &type_string)), false},
        {STR("quota"), &type_int, false},
    };
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        vec_push(a, &env->variables, variables[i]);
    return env;
}

const cel_scope *facts_scope(arena *a, const cel_env *env) {
    static const str names[] = {STR_C("feature"), STR_C("model")};
    const type **types = arena_array(a, const type *, 2);
    types[0] = env->variables.at[4].type->a;
    types[1] = env->variables.at[5].type->a;
    cel_scope *scope = arena_new(a, cel_scope);
    *scope = (cel_scope){.names = names, .types = types, .count = 2};
    return scope;
}
