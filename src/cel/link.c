// SPDX-License-Identifier: Apache-2.0
//
// Resolves the names of a tree in place: what a name is, in which slot of the frame a variable
// lives, which row of a table or which definition a call means. Knows no types.
#include "cel/link.h"
#include "cel/lex.h"

typedef struct linker {
    const cel_env *env;
    diags *d;
    arena *arena;
    names locals; // by slot: the scope's, then those of comprehensions, innermost last
    size_t scope_count;
    uint32_t most;
    bool lenient;
} linker;

static void link(linker *l, expr *e);

static void link_part(void *ctx, expr *part) {
    link(ctx, part);
}

// --- names

static bool find_local(const linker *l, str name, uint32_t *slot) {
    for (size_t i = l->locals.len; i-- > 0;)
        if (str_eq(l->locals.at[i], name)) {
            *slot = (uint32_t)i;
            return true;
        }
    return false;
}

// Calls `try` with the name as it is in each container from the innermost on; a name with a leading
// dot is looked for at the top only.
static bool in_containers(linker *l, str name, bool (*try)(linker *, str, void *), void *out) {
    if (name.ptr[0] == '.') return try(l, str_sub(name, 1, name.len), out);
    for (str c = l->env->container; c.len;) {
        if (try(l, str_format(l->arena, "%.*s.%.*s", STR_ARG(c), STR_ARG(name)), out)) return true;
        while (c.len && c.ptr[c.len - 1] != '.')
            c.len--;
        if (c.len) c.len--;
    }
    return try(l, name, out);
}

static bool try_name(linker *l, str name, void *out) {
    return env_find(out, l->env, name);
}

static bool try_function(linker *l, str name, void *out) {
    if (!env_has_function(l->env, name)) return false;
    *(str *)out = name;
    return true;
}

// The selections from `e` down to a name, as in `a.b.c`, the name included; 0: there is no name.
static size_t chain_length(const expr *e) {
    size_t n = 1;
    for (; e->kind == EXPR_SELECT && !e->test && !e->optional; n++)
        e = e->u.select.operand;
    return e->kind == EXPR_IDENT ? n : 0;
}

static expr *chain_node(expr *e, size_t down) {
    while (down-- > 0)
        e = e->u.select.operand;
    return e;
}

// The dotted name of a chain; `ends[i]`, if it is asked for: where the name without the last i
// parts ends.
static str chain_name(arena *a, expr *e, size_t length, size_t *ends) {
    buf out = {.arena = a};
    const expr **parts = arena_array(a, const expr *, length);
    for (size_t i = 0; i < length; i++, e = e->kind == EXPR_SELECT ? e->u.select.operand : e)
        parts[i] = e;
    for (size_t i = length; i-- > 0;) {
        if (parts[i]->kind == EXPR_SELECT) buf_addc(&out, '.');
        buf_add(&out,
                parts[i]->kind == EXPR_SELECT ? parts[i]->u.select.field : parts[i]->u.ident.name);
        if (ends) ends[i] = out.len;
    }
    return buf_str(&out);
}

static void set_name(expr *e, str name, const found *f) {
    e->kind = EXPR_IDENT;
    e->u.ident.name = name;
    e->u.ident.ref = f->ref;
    e->u.ident.index = f->index;
    e->u.ident.definition = f->definition;
    e->u.ident.constant = f->constant;
}

// A name, or a chain of selections that may begin with a dotted name.
static void link_chain(linker *l, expr *e, size_t length) {
    expr *head = chain_node(e, length - 1);
    uint32_t slot;
    if (find_local(l, head->u.ident.name, &slot)) {
        head->u.ident.ref = REF_LOCAL;
        head->u.ident.index = slot;
        return;
    }
    size_t *ends = arena_array(l->arena, size_t, length);
    str all = chain_name(l->arena, e, length, ends);
    for (size_t i = 0; i < length; i++) {
        str name = str_sub(all, 0, ends[i]);
        found f;
        if (in_containers(l, name, try_name, &f)) {
            set_name(chain_node(e, i), name, &f);
            return;
        }
    }
    head->u.ident.ref = REF_NONE;
    if (!l->lenient) say_unknown_name(l->env, l->d, head, &l->locals);
}

// --- calls

static bool is_operator(str function) {
    for (size_t i = 0; i < function.len; i++)
        if (!is_name_part(function.ptr[i]) && function.ptr[i] != '.') return true;
    return false;
}

// `a.b.f(x)` where `a.b.f` is a function: the target becomes part of the name.
static void join_namespace(linker *l, expr *call) {
    expr *target = call->u.call.target;
    size_t length = target ? chain_length(target) : 0;
    uint32_t slot;
    if (!length || find_local(l, chain_node(target, length - 1)->u.ident.name, &slot)) return;
    str name =
        str_format(l->arena, "%.*s.%.*s", STR_ARG(chain_name(l->arena, target, length, NULL)),
                   STR_ARG(call->u.call.function));
    str function;
    if (!in_containers(l, name, try_function, &function)) return;
    call->u.call.target = NULL;
    call->u.call.function = function;
    call->u.call.function_from = target->from;
}

static bool resolve_call(linker *l, expr *call) {
    str name = call->u.call.function;
    size_t count = call->u.call.count;
    if (call->u.call.target) {
        call->u.call.row = cel_find_function(l->env, name, true, count + 1);
        return call->u.call.row != NULL;
    }
    const definition *d = cel_find_definition(l->env, name);
    if (d) {
        call->u.call.definition = d->param_count == count && count > 0 ? d : NULL;
        return call->u.call.definition != NULL;
    }
    str function = name;
    if (in_containers(l, name, try_function, &function)) call->u.call.function = function;
    call->u.call.row = cel_find_function(l->env, function, false, count);
    return call->u.call.row != NULL;
}

static void link_call(linker *l, expr *call) {
    call->u.call.row = NULL;
    call->u.call.definition = NULL;
    if (is_operator(call->u.call.function)) {
        call->u.call.row =
            cel_find_function(l->env, call->u.call.function, false, call->u.call.count);
        cel_each_part(call, link_part, l);
        return;
    }
    join_namespace(l, call);
    bool resolved = resolve_call(l, call), lenient = l->lenient;
    // Of `base.f(x)`, where neither is known, only the function is told.
    l->lenient = lenient || (!resolved && !env_has_function(l->env, call->u.call.function));
    if (call->u.call.target) link(l, call->u.call.target);
    l->lenient = lenient;
    if (!resolved && !lenient) say_unknown_function(l->env, l->d, call);
    for (uint32_t i = 0; i < call->u.call.count; i++)
        link(l, call->u.call.args[i]);
}

// --- comprehensions

// A comprehension's variable may hide one of an outer comprehension, nothing else.
static void check_hidden(linker *l, const expr *e, int which) {
    str name = e->u.macro.vars[which];
    found f;
    uint32_t slot;
    const char *what = NULL;
    if (find_local(l, name, &slot))
        what = slot < l->scope_count ? "element or parameter" : NULL;
    else if (in_containers(l, name, try_name, &f))
        what = f.ref == REF_GLOBAL ? "fact" : f.ref == REF_DEFINITION ? "definition" : NULL;
    if (!what) return;
    uint32_t from = e->u.macro.var_from[which];
    diag_add(l->d, DIAG_HIDDEN_NAME, cel_text_span(e->text, from, from + (uint32_t)name.len),
             STR("give the variable another name"), "the variable would hide the %s `%.*s`", what,
             STR_ARG(name));
}

static void link_macro(linker *l, expr *e) {
    size_t before = l->locals.len;
    link(l, e->u.macro.range);
    for (int i = 0; i < 2 && e->u.macro.vars[i].len && !l->lenient; i++)
        check_hidden(l, e, i);
    for (int i = 0; i < 2 && e->u.macro.vars[i].len; i++) {
        e->u.macro.slots[i] = (uint32_t)l->locals.len;
        vec_push(l->arena, &l->locals, e->u.macro.vars[i]);
    }
    if (l->most < l->locals.len) l->most = (uint32_t)l->locals.len;
    if (e->u.macro.filter) link(l, e->u.macro.filter);
    link(l, e->u.macro.body);
    l->locals.len = before;
}

// A list of literals is made once, not in each run.
static void make_constant(const linker *l, expr *e) {
    uint32_t count = e->u.list.count;
    for (uint32_t i = 0; i < count; i++)
        if (e->u.list.entries[i].optional || e->u.list.entries[i].value->kind != EXPR_LITERAL)
            return;
    value *items = arena_array(l->arena, value, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = e->u.list.entries[i].value->u.literal;
    e->u.list.constant = value_list_of(l->arena, items, count, false).u.list;
}

static void link(linker *l, expr *e) {
    size_t length = e->kind == EXPR_IDENT || e->kind == EXPR_SELECT ? chain_length(e) : 0;
    if (length)
        link_chain(l, e, length);
    else if (e->kind == EXPR_CALL)
        link_call(l, e);
    else if (e->kind == EXPR_MACRO)
        link_macro(l, e);
    else
        cel_each_part(e, link_part, l);
    if (e->kind == EXPR_LIST) make_constant(l, e);
}

uint32_t cel_link(const cel_env *env, diags *d, expr *e, const cel_scope *scope, bool lenient) {
    linker l = {.env = env, .d = d, .arena = env->arena, .lenient = lenient};
    if (scope) vec_reserve(l.arena, &l.locals, scope->count);
    for (size_t i = 0; scope && i < scope->count; i++)
        vec_push(l.arena, &l.locals, scope->names[i]);
    l.scope_count = l.locals.len;
    l.most = (uint32_t)l.locals.len;
    link(&l, e);
    return l.most;
}

// What a name is already; NULL: nothing that it would hide.
static const char *taken(const cel_env *env, str name, const definition *self) {
    found f;
    const definition *d = cel_find_definition(env, name);
    if (d && d != self) return "definition";
    if (self && self->param_count && env_has_function(env, name)) return "function";
    if (d) // itself; behind it may be a fact of the same name
        for (const cel_env *e = env; e; e = e->outer)
            for (size_t i = 0; i < e->variables.len; i++)
                if (str_eq(e->variables.at[i].name, name)) return "fact";
    return env_find(&f, env, name) && f.ref == REF_GLOBAL ? "fact" : NULL;
}

bool env_declare(const cel_env *env, diags *d, span at, str name, const char *what,
                 const definition *self) {
    bool plain = name.len && is_name_start(name.ptr[0]);
    for (size_t i = 0; i < name.len; i++)
        plain = plain && is_name_part(name.ptr[i]);
    if (!plain || is_keyword(name) || is_reserved(name)) {
        diag_add(d, plain ? DIAG_RESERVED_NAME : DIAG_BAD_NAME, at,
                 plain ? STR("choose another name; expressions cannot use this one")
                       : STR("a name is made of a-z, A-Z, 0-9 and `_`, and begins with no digit"),
                 "`%.*s` cannot be the name of %s", STR_ARG(name), what);
        return false;
    }
    const char *hidden = taken(env, name, self);
    if (hidden)
        diag_add(d, DIAG_HIDDEN_NAME, at, STR("choose another name"),
                 "the name `%.*s` of %s would hide the %s `%.*s`", STR_ARG(name), what, hidden,
                 STR_ARG(name));
    return !hidden;
}

bool cel_declare(const cel_env *env, diags *d, span at, str name, const char *what) {
    return env_declare(env, d, at, name, what, NULL);
}
