// SPDX-License-Identifier: Apache-2.0
//
// One line of `eval --stream`: a case of CEL's conformance tests in, an answer out. Each line has
// an environment of its own, made from its variables and their types.
#include "cel/cel.h"
#include "cel/typed_json.h"

typedef struct question {
    arena *arena;
    diags diags;
    cel_env env;
    vec(value) globals;
    cel_text expr;
    bool check_only, no_check, no_macros;
} question;

static bool fail(buf *out, str message) {
    buf_adds(out, "{\"error\":{\"message\":");
    doc_write_json_string(out, message);
    buf_adds(out, "}}");
    return false;
}

static bool fail_by_first(buf *out, const question *q) {
    const diag *d = q->diags.list.len ? &q->diags.list.at[0] : NULL;
    return fail(out, d ? d->message : STR("there is an error"));
}

// --- the members of a line

static bool wrong(question *q, const node *n, const char *what) {
    diag_add(&q->diags, DIAG_TYPED_JSON, n->at, STR(""), "%s", what);
    return false;
}

static bool set_variable(question *q, str name, const type *t, value v) {
    for (size_t i = 0; i < q->env.variables.len; i++) {
        if (!str_eq(q->env.variables.at[i].name, name)) continue;
        q->globals.at[i] = v;
        return true;
    }
    vec_push(q->arena, &q->env.variables, (cel_variable){.name = name, .type = t});
    vec_push(q->arena, &q->globals, v);
    return true;
}

// A variable of which only the type is given has no value: using it is an error.
static bool read_types(question *q, const node *types) {
    if (types->kind != NODE_MAP) return wrong(q, types, "`types` must be a map");
    for (uint32_t i = 0; i < types->count; i++) {
        const pair *p = &types->u.pairs[i];
        const type *t = p->value->kind == NODE_STRING ? type_parse(q->arena, p->value->text) : NULL;
        if (!t) return wrong(q, p->value, "there is no such type");
        value none = value_error_of(q->arena, (span){0}, "the variable `%.*s` has no value",
                                    STR_ARG(p->key->text));
        set_variable(q, p->key->text, t, none);
    }
    return true;
}

static bool read_vars(question *q, const node *vars) {
    if (vars->kind != NODE_MAP) return wrong(q, vars, "`vars` must be a map");
    for (uint32_t i = 0; i < vars->count; i++) {
        const pair *p = &vars->u.pairs[i];
        value v;
        if (!typed_json_read(&v, q->arena, &q->diags, p->value)) return false;
        set_variable(q, p->key->text, &type_dyn, v);
    }
    return true;
}

static bool read_flag(question *q, bool *out, const node *line, const char *name) {
    const node *n = doc_get(line, name);
    if (n && n->kind != NODE_BOOL) return wrong(q, n, "this must be true or false");
    *out = n && n->u.b;
    return true;
}

static bool read_question(question *q, const node *line) {
    const node *text = doc_get(line, "expr"), *container = doc_get(line, "container");
    const node *types = doc_get(line, "types"), *vars = doc_get(line, "vars");
    if (!text || text->kind != NODE_STRING) return wrong(q, line, "a line needs `expr`, a text");
    if (container && container->kind != NODE_STRING)
        return wrong(q, container, "`container` must be a text");
    q->expr = (cel_text){.text = text->text, .src = source_new(q->arena, STR("expr"), text->text)};
    if (container) q->env.container = container->text;
    return (!types || read_types(q, types)) && (!vars || read_vars(q, vars)) &&
           read_flag(q, &q->check_only, line, "check_only") &&
           read_flag(q, &q->no_check, line, "disable_check") &&
           read_flag(q, &q->no_macros, line, "disable_macros");
}

// --- the answer

static bool write_answer(buf *out, const question *q, value v, const type *t) {
    size_t begin = out->len;
    if (v.kind == VALUE_ERROR) return fail(out, v.u.error->message);
    buf_adds(out, "{\"value\":");
    if (!typed_json_write(out, v)) {
        out->len = begin;
        return fail(out, STR("the value is too large to be written"));
    }
    if (t) {
        buf_adds(out, ",\"type\":");
        doc_write_json_string(out, type_print(q->arena, t));
    }
    buf_addc(out, '}');
    return true;
}

static bool write_type(buf *out, const question *q, const type *t) {
    buf_adds(out, "{\"type\":");
    doc_write_json_string(out, type_print(q->arena, t));
    buf_addc(out, '}');
    return true;
}

static bool answer(buf *out, question *q) {
    const type *t = NULL;
    expr *e = cel_parse(q->arena, &q->diags, &q->expr, q->no_macros);
    if (!e) return fail_by_first(out, q);
    // Leniently, since CEL lets variables hide others; the check finds the names that are none.
    uint32_t slots = cel_link(&q->env, &q->diags, e, NULL, true);
    if (!q->no_check && q->diags.errors == 0) t = cel_check(&q->env, &q->diags, e, NULL, NULL);
    if (q->diags.errors) return fail_by_first(out, q);
    if (q->check_only) return t ? write_type(out, q, t) : fail(out, STR("nothing was checked"));
    cel_run run = {.arena = q->arena, .globals = q->globals.at, .steps_left = CEL_DEFAULT_STEPS};
    value v = cel_eval(&run, e, arena_array(q->arena, value, slots));
    return write_answer(out, q, v, t);
}

bool cel_answer_line(buf *out, arena *a, str line) {
    question q = {.arena = a, .diags = {.arena = a}, .env = {.arena = a}};
    docs read = {0};
    for (size_t i = 0; i < cel_standard_count; i++)
        vec_push(a, &q.env.functions, *cel_standard[i]);
    if (!doc_read(&read, a, &q.diags, &doc_default_limits, DOC_JSON, STR("line"), line))
        return fail_by_first(out, &q);
    if (read.list.len != 1) return fail(out, STR("a line needs one JSON value"));
    if (!read_question(&q, read.list.at[0])) return fail_by_first(out, &q);
    return answer(out, &q);
}
