// SPDX-License-Identifier: Apache-2.0
//
// Looking names up in environments, and what is said of names that are in none.
#include "cel/link.h"

#include <string.h>

static const type list_kind = {.kind = TYPE_LIST}, map_kind = {.kind = TYPE_MAP},
                  type_kind_ = {.kind = TYPE_TYPE}, optional_kind = {.kind = TYPE_OPTIONAL};

// Names of types as values. Dates, periods and money have none: `date` is a function.
static const struct constant {
    const char *name;
    const type *type;
} constants[] = {
    {"bool", &type_bool},
    {"int", &type_int},
    {"uint", &type_uint},
    {"double", &type_double},
    {"string", &type_string},
    {"bytes", &type_bytes},
    {"null_type", &type_null},
    {"list", &list_kind},
    {"map", &map_kind},
    {"type", &type_kind_},
    {"optional_type", &optional_kind},
    {"google.protobuf.Timestamp", &type_timestamp},
    {"google.protobuf.Duration", &type_duration},
};

uint32_t env_first_variable(const cel_env *env) {
    size_t n = 0;
    for (const cel_env *e = env->outer; e; e = e->outer)
        n += e->variables.len;
    return (uint32_t)n;
}

const cel_variable *env_variable(const cel_env *env, uint32_t index) {
    for (; env; env = env->outer) {
        uint32_t first = env_first_variable(env);
        if (index >= first)
            return index - first < env->variables.len ? &env->variables.at[index - first] : NULL;
    }
    return NULL;
}

static const definition *own_definition(const cel_env *env, str name) {
    for (size_t i = 0; i < env->definitions.len; i++)
        if (str_eq(env->definitions.at[i]->name, name)) return env->definitions.at[i];
    return NULL;
}

const definition *cel_find_definition(const cel_env *env, str name) {
    const definition *d = NULL;
    for (; env && !d; env = env->outer)
        d = own_definition(env, name);
    return d;
}

bool env_find(found *out, const cel_env *env, str name) {
    for (const cel_env *e = env; e; e = e->outer) {
        const definition *d = own_definition(e, name);
        if (d && d->param_count == 0) {
            *out = (found){.ref = REF_DEFINITION, .definition = d};
            return true;
        }
        for (size_t i = 0; i < e->variables.len; i++)
            if (str_eq(e->variables.at[i].name, name)) {
                *out = (found){.ref = REF_GLOBAL, .index = env_first_variable(e) + (uint32_t)i};
                return true;
            }
    }
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (str_is(name, constants[i].name)) {
            value v = {.kind = VALUE_TYPE, .u.type = constants[i].type};
            *out = (found){.ref = REF_CONSTANT, .constant = v};
            return true;
        }
    return false;
}

// --- functions

// The next row of that name after `*last` (NULL: the first); NULL: no more.
static const cel_function *next_row(const cel_env *env, str name, size_t *skip) {
    size_t seen = 0;
    char first = name.len ? name.ptr[0] : '\0';
    for (; env; env = env->outer)
        for (size_t t = 0; t < env->functions.len; t++) {
            const cel_function_table *table = &env->functions.at[t];
            for (size_t i = 0; i < table->count; i++) {
                const char *row = table->rows[i].name;
                if (row[0] != first || strncmp(row, name.ptr, name.len) != 0 || row[name.len])
                    continue;
                if (seen++ < *skip) continue;
                *skip += 1;
                return &table->rows[i];
            }
        }
    return NULL;
}

const cel_function *cel_find_function(const cel_env *env, str name, bool receiver, size_t count) {
    size_t skip = 0;
    for (const cel_function *row; (row = next_row(env, name, &skip)) != NULL;) {
        bool is_receiver = (row->flags & CEL_RECEIVER) != 0;
        if (is_receiver == receiver && signatures_take(str_of(row->signatures), count)) return row;
    }
    return NULL;
}

bool env_has_function(const cel_env *env, str name) {
    size_t skip = 0;
    return next_row(env, name, &skip) != NULL;
}

// --- what is said

bool is_told(const diags *d, diag_code code, span at) {
    for (size_t i = 0; i < d->list.len; i++) {
        const diag *known = &d->list.at[i];
        if ((known->code == code || code == DIAG_COUNT) && known->at.src == at.src &&
            known->at.from == at.from && known->at.to == at.to)
            return true;
    }
    return false;
}

static bool is_plain_name(str name) {
    for (size_t i = 0; i < name.len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.",
                    name.ptr[i]))
            return false;
    return name.len > 0;
}

static void add_names(arena *a, names *out, const cel_env *env, bool with_params) {
    for (; env; env = env->outer) {
        for (size_t i = 0; i < env->definitions.len; i++)
            if ((env->definitions.at[i]->param_count > 0) == with_params)
                vec_push(a, out, env->definitions.at[i]->name);
        for (size_t i = 0; i < env->variables.len && !with_params; i++)
            vec_push(a, out, env->variables.at[i].name);
    }
}

static void add_functions(arena *a, names *out, const cel_env *env, bool receiver) {
    for (; env; env = env->outer)
        for (size_t t = 0; t < env->functions.len; t++)
            for (size_t i = 0; i < env->functions.at[t].count; i++) {
                const cel_function *row = &env->functions.at[t].rows[i];
                str name = str_of(row->name);
                if (is_plain_name(name) && ((row->flags & CEL_RECEIVER) != 0) == receiver)
                    vec_push(a, out, name);
            }
}

// Words of other languages.
static str habit_hint(str name) {
    static const struct {
        const char *name, *hint;
    } habits[] = {
        {"True", "true is written `true`"},
        {"False", "false is written `false`"},
        {"yes", "true is written `true`"},
        {"no", "false is written `false`"},
        {"none", "there is no word for it: ask `!has(x.f)`"},
        {"None", "there is no word for it: ask `!has(x.f)`"},
        {"nil", "there is no word for it: ask `!has(x.f)`"},
        {"unknown", "a fact that is not stated makes the condition undetermined by itself"},
        {"today", "the date asked about is `as_of`"},
        {"now", "the date asked about is `as_of`"},
        {"not", "\"not x\" is written `!x`"},
        {"and", "\"and\" is written `&&`"},
        {"or", "\"or\" is written `||`"},
        {"len", "the number of elements is `size(x)`"},
        {"length", "the number of elements is `size(x)`"},
        {"count", "the number of elements is `size(x)`, of some of them `size(xs.filter(x, …))`"},
        {"any", "\"one of them\" is written `xs.exists(x, …)`"},
        {"some", "\"one of them\" is written `xs.exists(x, …)`"},
    };
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
        if (str_is(name, habits[i].name)) return str_of(habits[i].hint);
    return STR("");
}

void say_unknown_name(const cel_env *env, diags *d, const expr *e, const names *local) {
    str name = e->u.ident.name;
    span at = cel_span(e);
    if (is_told(d, DIAG_UNKNOWN_NAME, at) || is_told(d, DIAG_ARGUMENT_COUNT, at)) return;
    const definition *called = cel_find_definition(env, name);
    if (called) {
        diag_add(d, DIAG_ARGUMENT_COUNT, at, str_format(d->arena, "write `%.*s(…)`", STR_ARG(name)),
                 "the definition `%.*s` has parameters", STR_ARG(name));
        return;
    }
    names known = {0};
    for (size_t i = 0; i < local->len; i++)
        vec_push(d->arena, &known, local->at[i]);
    add_names(d->arena, &known, env, false);
    str hint = habit_hint(name);
    if (!hint.len) hint = diag_did_you_mean(d->arena, name, known.at, known.len);
    if (!hint.len) hint = str_format(d->arena, "a text stands in quotes: `'%.*s'`", STR_ARG(name));
    diag_add(d, DIAG_UNKNOWN_NAME, at, hint, "there is no fact or definition `%.*s`",
             STR_ARG(name));
}

// A function of that name which is called otherwise than it was; NULL: none.
static const char *other_form(const cel_env *env, str name, bool receiver, bool *other_style) {
    size_t skip = 0;
    const char *signatures = NULL;
    for (const cel_function *row; (row = next_row(env, name, &skip)) != NULL;) {
        bool is_receiver = (row->flags & CEL_RECEIVER) != 0;
        if (signatures && is_receiver != receiver) continue;
        signatures = row->signatures;
        *other_style = is_receiver != receiver;
    }
    return signatures;
}

// "(string, string)": the first signature's parameters, without its target for a method.
static str parameters_of(arena *a, const char *signatures, bool receiver) {
    str s = str_of(signatures);
    ptrdiff_t arrow = str_find(s, STR("->"));
    s = str_trim(str_sub(s, 0, arrow < 0 ? s.len : (size_t)arrow));
    if (!receiver) return s;
    size_t depth = 0, i = 0;
    for (; i < s.len; i++) {
        if (s.ptr[i] == '(') depth++;
        if (s.ptr[i] == ')' && --depth == 0) return STR("()");
        if (s.ptr[i] == ',' && depth == 1) break;
    }
    return str_format(a, "(%.*s", STR_ARG(str_trim(str_sub(s, i + 1, s.len))));
}

static bool say_other_form(const cel_env *env, diags *d, const expr *call, span at) {
    str name = call->u.call.function;
    bool receiver = call->u.call.target != NULL, other_style = false;
    const char *signatures = other_form(env, name, receiver, &other_style);
    if (!signatures) return false;
    if (other_style) {
        str hint = receiver ? str_format(d->arena, "write `%.*s(x%s)`", STR_ARG(name),
                                         call->u.call.count ? ", …" : "")
                            : str_format(d->arena, "write `x.%.*s(%s)`", STR_ARG(name),
                                         call->u.call.count > 1 ? "…" : "");
        diag_add(d, DIAG_UNKNOWN_FUNCTION, at, hint, "`%.*s` is called in another way",
                 STR_ARG(name));
        return true;
    }
    str takes = parameters_of(d->arena, signatures, receiver);
    diag_add(d, DIAG_ARGUMENT_COUNT, at, str_format(d->arena, "it takes %.*s", STR_ARG(takes)),
             "`%.*s` does not take %u argument%s", STR_ARG(name), call->u.call.count,
             call->u.call.count == 1 ? "" : "s");
    return true;
}

static bool say_arity(const cel_env *env, diags *d, const expr *call, span at) {
    str name = call->u.call.function;
    const definition *f = call->u.call.target ? NULL : cel_find_definition(env, name);
    if (!f) return false;
    if (f->param_count == 0) {
        diag_add(d, DIAG_ARGUMENT_COUNT, at, str_format(d->arena, "write `%.*s`", STR_ARG(name)),
                 "the definition `%.*s` has no parameters", STR_ARG(name));
        return true;
    }
    buf takes = {.arena = d->arena};
    for (size_t i = 0; i < f->param_count; i++)
        buf_addf(&takes, i ? ", %.*s" : "%.*s", STR_ARG(f->params[i]));
    diag_add(d, DIAG_ARGUMENT_COUNT, at,
             str_format(d->arena, "it is `%.*s(%.*s)`", STR_ARG(name), STR_ARG(buf_str(&takes))),
             "the definition `%.*s` does not take %u argument%s", STR_ARG(name), call->u.call.count,
             call->u.call.count == 1 ? "" : "s");
    return true;
}

bool is_namespaced(const expr *call) {
    const expr *e = call->u.call.target;
    while (e && e->kind == EXPR_SELECT && !e->test && !e->optional)
        e = e->u.select.operand;
    return e && e->kind == EXPR_IDENT && e->u.ident.ref == REF_NONE;
}

void say_unknown_function(const cel_env *env, diags *d, const expr *call) {
    str name = call->u.call.function;
    uint32_t from = call->u.call.function_from, to = from + (uint32_t)name.len;
    bool receiver = call->u.call.target != NULL;
    if (is_namespaced(call) && !env_has_function(env, name)) {
        from = call->u.call.target->from;
        name = str_sub(call->text->text, from, to);
        receiver = false;
    }
    span at = cel_text_span(call->text, from, to);
    if (is_told(d, DIAG_UNKNOWN_FUNCTION, at) || is_told(d, DIAG_ARGUMENT_COUNT, at)) return;
    if (say_arity(env, d, call, at) || say_other_form(env, d, call, at)) return;
    names known = {0};
    add_functions(d->arena, &known, env, receiver);
    if (!receiver) add_names(d->arena, &known, env, true);
    str hint = habit_hint(name);
    if (!hint.len) hint = diag_did_you_mean(d->arena, name, known.at, known.len);
    diag_add(d, DIAG_UNKNOWN_FUNCTION, at, hint, "there is no function `%.*s`", STR_ARG(name));
}
