// SPDX-License-Identifier: Apache-2.0
//
// The macros of CEL: calls whose arguments are not values but expressions over a new variable. They
// are recognised by name, number of arguments and target when a call is parsed, and stay one node.
#include "cel/parse.h"

typedef struct macro_row {
    const char *name;
    macro_kind kind;
    uint32_t count;     // of arguments
    uint32_t variables; // of these, the first ones
    bool filtered;      // the last but one argument is a condition
} macro_row;

static const macro_row rows[] = {
    {"all", MACRO_ALL, 2, 1, false},
    {"all", MACRO_ALL, 3, 2, false},
    {"exists", MACRO_EXISTS, 2, 1, false},
    {"exists", MACRO_EXISTS, 3, 2, false},
    {"exists_one", MACRO_EXISTS_ONE, 2, 1, false},
    {"existsOne", MACRO_EXISTS_ONE, 2, 1, false},
    {"existsOne", MACRO_EXISTS_ONE, 3, 2, false},
    {"filter", MACRO_FILTER, 2, 1, false},
    {"map", MACRO_MAP, 2, 1, false},
    {"map", MACRO_MAP, 3, 1, true},
    {"transformList", MACRO_TRANSFORM_LIST, 3, 2, false},
    {"transformList", MACRO_TRANSFORM_LIST, 4, 2, true},
    {"transformMap", MACRO_TRANSFORM_MAP, 3, 2, false},
    {"transformMap", MACRO_TRANSFORM_MAP, 4, 2, true},
    {"transformMapEntry", MACRO_TRANSFORM_MAP_ENTRY, 3, 2, false},
    {"transformMapEntry", MACRO_TRANSFORM_MAP_ENTRY, 4, 2, true},
    {"optMap", MACRO_OPT_MAP, 2, 1, false},
    {"optFlatMap", MACRO_OPT_FLAT_MAP, 2, 1, false},
};

static const char *usage(str name) {
    if (str_starts(name, STR("transform"))) return "(key, value, result)";
    if (str_starts(name, STR("opt"))) return "(variable, result)";
    return str_is(name, "map") ? "(variable, result)" : "(variable, condition)";
}

static expr *macro_error(parser *p, uint32_t from, uint32_t to, str hint, const char *message) {
    text_error(&p->errors, DIAG_CEL_MACRO, from, to, hint, "%s", message);
    return NULL;
}

// The argument as the name of a new variable.
static bool variable(parser *p, str *out, const expr *arg, str macro) {
    bool simple = arg->kind == EXPR_IDENT && arg->u.ident.name.ptr[0] != '.';
    if (simple) {
        *out = arg->u.ident.name;
        return true;
    }
    macro_error(p, arg->from, arg->to,
                str_format(p->arena, "`%.*s` takes %s; the variable is a name of your choice",
                           STR_ARG(macro), usage(macro)),
                "the first argument must be the name of a variable");
    return false;
}

// Makes the call node the macro's: its arguments become variables, filter and body.
static expr *fill(parser *p, expr *call, macro_kind kind, expr *range, expr **args,
                  uint32_t variables, bool filtered) {
    str name = call->u.call.function;
    str vars[2] = {{"", 0}, {"", 0}};
    uint32_t var_from[2] = {0, 0};
    for (uint32_t i = 0; i < variables; i++) {
        if (!variable(p, &vars[i], args[i], name)) return NULL;
        var_from[i] = args[i]->from;
    }
    if (variables == 2 && str_eq(vars[0], vars[1]))
        return macro_error(p, args[1]->from, args[1]->to, STR("call the second one otherwise"),
                           "the two variables have one name");
    uint32_t count = call->u.call.count;
    expr *body = call->u.call.args[count - 1];
    expr *filter = filtered ? call->u.call.args[count - 2] : NULL;
    call->kind = EXPR_MACRO;
    call->op = (uint8_t)kind;
    call->u.macro.range = range;
    call->u.macro.vars[0] = vars[0];
    call->u.macro.vars[1] = vars[1];
    call->u.macro.var_from[0] = var_from[0];
    call->u.macro.var_from[1] = var_from[1];
    call->u.macro.slots[0] = call->u.macro.slots[1] = 0;
    call->u.macro.filter = filter;
    call->u.macro.body = body;
    return call;
}

static expr *has(parser *p, expr *call) {
    expr *arg = call->u.call.count == 1 ? call->u.call.args[0] : NULL;
    if (!arg || arg->kind != EXPR_SELECT || arg->test || arg->optional)
        return macro_error(p, call->from, call->to,
                           STR("write `has(x.field)`; for an entry of a list or map write "
                               "`'key' in xs`"),
                           "`has` takes the selection of a field");
    arg->test = true;
    arg->from = call->from;
    arg->to = call->to;
    return arg;
}

static bool is_cel(const expr *target) {
    return target && target->kind == EXPR_IDENT && str_is(target->u.ident.name, "cel");
}

static expr *bind(parser *p, expr *call) {
    if (call->u.call.count != 3)
        return macro_error(p, call->from, call->to,
                           STR("write `cel.bind(variable, value, result)`"),
                           "`cel.bind` takes three arguments");
    expr **args = call->u.call.args;
    return fill(p, call, MACRO_BIND, args[1], args, 1, false);
}

expr *macro_of(parser *p, expr *call) {
    str name = call->u.call.function;
    expr *target = call->u.call.target;
    if (!target) return str_is(name, "has") ? has(p, call) : call;
    if (str_is(name, "bind") && is_cel(target)) return bind(p, call);
    bool known = false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const macro_row *row = &rows[i];
        if (!str_is(name, row->name)) continue;
        known = true;
        if (row->count == call->u.call.count)
            return fill(p, call, row->kind, target, call->u.call.args, row->variables,
                        row->filtered);
    }
    if (!known) return call;
    uint32_t from = call->u.call.function_from;
    return macro_error(p, from, call->to,
                       str_format(p->arena, "write `%.*s%s`", STR_ARG(name), usage(name)),
                       "the macro takes another number of arguments");
}
