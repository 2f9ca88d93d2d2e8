// SPDX-License-Identifier: Apache-2.0
// See world.h.
#include "world.h"

#include "cel/typed_json.h"

// --- definitions

static expr *body_of(arena *a, diags *d, str text) {
    cel_text *where = arena_new(a, cel_text);
    *where = (cel_text){.text = text, .src = source_new(a, STR("definition"), text)};
    return cel_parse(a, d, where, false);
}

// The text up to a separator, which is taken with it.
static str take_until(str *text, str separator) {
    ptrdiff_t at = str_find(*text, separator);
    str taken = at < 0 ? *text : str_sub(*text, 0, (size_t)at);
    *text = at < 0 ? STR("") : str_sub(*text, (size_t)at + separator.len, text->len);
    return taken;
}

enum { BEFORE = 19000, AFTER = 21000 }; // the days around the one that is asked about

static bool read_case(arena *a, diags *d, expr_case *out, str text) {
    bool is_over = str_starts(text, STR("<")), is_coming = str_starts(text, STR(">"));
    if (is_over || is_coming) text = str_sub(text, 1, text.len);
    str when = str_trim(take_until(&text, STR("=>")));
    *out = (expr_case){.has_from = is_coming, .has_until = is_over, .from = AFTER, .until = BEFORE};
    if (when.len && !(out->when = body_of(a, d, when))) return false;
    return (out->value = body_of(a, d, text)) != NULL;
}

static expr *read_cases(arena *a, diags *d, str text) {
    enum { MOST = 8 };
    expr *e = arena_new(a, expr);
    *e = (expr){.kind = EXPR_CASES, .height = 1};
    e->u.cases.cases = arena_array(a, expr_case, MOST);
    while (text.len && e->u.cases.count < MOST) {
        expr_case *c = &e->u.cases.cases[e->u.cases.count++];
        if (!read_case(a, d, c, str_trim(take_until(&text, STR(";;"))))) return NULL;
        uint32_t when = c->when ? c->when->height : 0;
        uint32_t most = when > c->value->height ? when : c->value->height;
        if (most >= e->height) e->height = most + 1;
        e->text = c->value->text; // where it stands: with the last of its values
        e->from = c->value->from;
        e->to = c->value->to;
    }
    return e->u.cases.count ? e : NULL;
}

static void read_head(arena *a, definition *def, str head) {
    str name = take_until(&head, STR("("));
    def->name = str_trim(name);
    str *params = arena_array(a, str, head.len);
    def->params = params;
    head = take_until(&head, STR(")"));
    while (head.len)
        params[def->param_count++] = str_trim(take_until(&head, STR(",")));
}

void fuzz_definitions(arena *a, diags *d, cel_env *env, str *text) {
    enum { BUDGET = 2000 };
    for (;;) {
        str rest, line = fuzz_first_line(*text, &rest);
        if (str_find(line, STR(":=")) < 0) break;
        str head = take_until(&line, STR(":="));
        line = str_trim(line);
        definition *def = arena_new(a, definition);
        *def = (definition){.env = env};
        read_head(a, def, head);
        def->body = str_find(line, STR("=>")) >= 0 ? read_cases(a, d, line) : body_of(a, d, line);
        vec_push(a, &env->definitions, def);
        *text = rest;
    }
    if (d->errors == 0 && env->definitions.len) cel_check_definitions(env, d, BUDGET);
}

// --- variables

enum { MOST_VALUES = 4 };

static const struct variable {
    const char *name, *type; // no type: an enum with many values
    const char *values[MOST_VALUES];
} variables[FUZZ_VARIABLES] = {
    {"a_word", NULL, {"\"v1\"", "\"v7\"", "\"v14\""}},
    {"an_instant", "timestamp", {"{\"timestamp\": \"2026-03-29T01:30:00Z\"}"}},
    {"a_span", "duration", {"{\"duration\": \"5400s\"}", "{\"duration\": \"0s\"}"}},
    {"a_period", "period", {"{\"period\": \"P1M\"}", "{\"period\": \"P30D\"}"}},
    {"an_amount", "money", {"{\"money\": \"EUR 1500.50\"}", "{\"money\": \"USD -3\"}"}},
    {"a_box", "wrapper(int)", {"null", "{\"int\": \"3\"}"}},
    {"an_option", "optional_type(string)", {"{\"optional\": null}", "{\"optional\": \"x\"}"}},
    {"a_map",
     "map(string, list(int))",
     {"{\"map\": []}", "{\"map\": [[\"x\", [{\"int\": \"1\"}]], [\"y\", {\"open\": []}]]}"}},
    {"a_list",
     "list(double)",
     {"[]", "[{\"double\": \"1.5\"}, {\"double\": \"3\"}]", "{\"open\": [{\"double\": \"0\"}]}"}},
    {"a_type", "type(int)", {"{\"type\": \"int\"}"}},
};

static const str words[] = {STR_C("v1"),  STR_C("v2"),  STR_C("v3"),  STR_C("v4"),  STR_C("v5"),
                            STR_C("v6"),  STR_C("v7"),  STR_C("v8"),  STR_C("v9"),  STR_C("v10"),
                            STR_C("v11"), STR_C("v12"), STR_C("v13"), STR_C("v14"), STR_C("v15")};
static const enumeration many = {.values = words, .count = sizeof words / sizeof *words};

static value read_value(const char *text) {
    arena *a = fuzz_fixtures();
    diags d = {.arena = a};
    docs read;
    value v = {0};
    MUST(doc_read(&read, a, &d, &doc_default_limits, DOC_JSON, STR("value"), str_of(text)) &&
             typed_json_read(&v, a, &d, read.list.at[0]),
         "%s: %.*s", text, STR_ARG(d.list.at[0].message));
    return v;
}

void fuzz_variables(cel_env *env) {
    static const type *types[FUZZ_VARIABLES];
    arena *a = fuzz_fixtures();
    for (size_t i = 0; i < FUZZ_VARIABLES; i++) {
        const char *t = variables[i].type;
        if (!types[i]) types[i] = t ? type_parse(a, str_of(t)) : type_enum_of(a, &many);
        MUST(types[i], "%s is no type", t);
        vec_push(env->arena, &env->variables,
                 (cel_variable){.name = str_of(variables[i].name), .type = types[i]});
    }
}

void fuzz_variable_values(value out[FUZZ_VARIABLES], str letters) {
    static value values[FUZZ_VARIABLES][MOST_VALUES];
    static bool done;
    for (size_t i = 0; i < FUZZ_VARIABLES && !done; i++)
        for (size_t k = 0; k < MOST_VALUES && variables[i].values[k]; k++)
            values[i][k] = read_value(variables[i].values[k]);
    done = true;
    for (size_t i = 0; i < FUZZ_VARIABLES; i++) {
        unsigned c = i < letters.len ? (unsigned char)letters.ptr[i] : 0;
        size_t count = 0;
        while (count < MOST_VALUES && variables[i].values[count])
            count++;
        out[i] = c % 7 == 0 ? value_unknown() : values[i][c % 7 % count];
    }
}
