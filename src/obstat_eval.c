// SPDX-License-Identifier: Apache-2.0
//
// The public interface: CEL by itself, with the members of a document as its variables.
#include "obstat_object.h"

#include "base/num.h"
#include "cel/time.h"
#include "cel/type.h"
#include "cel/typed_json.h"
#include "cel/unknown.h"
#include "check/facts.h"
#include "report/page.h"

#include <string.h>

// --- data

static value value_of(arena *a, const node *n);

static value list_of(arena *a, const node *n) {
    value *items = arena_array(a, value, n->count);
    for (uint32_t i = 0; i < n->count; i++)
        items[i] = value_of(a, n->u.items[i]);
    return value_list_of(a, items, n->count, false);
}

static value map_of(arena *a, const node *n) {
    value *keys = arena_array(a, value, n->count), *values = arena_array(a, value, n->count);
    value_map *m = arena_new(a, value_map);
    for (uint32_t i = 0; i < n->count; i++) {
        keys[i] = value_string(n->u.pairs[i].key->text);
        values[i] = value_of(a, n->u.pairs[i].value);
    }
    *m = (value_map){.count = n->count, .keys = keys, .values = values};
    return (value){.kind = VALUE_MAP, .u.map = m};
}

// As deep as a document, which its reader limits.
static value value_of(arena *a, const node *n) {
    switch ((node_kind)n->kind) {
    case NODE_NULL: return (value){.kind = VALUE_NULL};
    case NODE_BOOL: return value_bool(n->u.b);
    case NODE_INT: return value_int(n->u.i);
    case NODE_DOUBLE: return value_double(n->u.d);
    case NODE_STRING: return value_string(n->text);
    case NODE_LIST: return list_of(a, n);
    case NODE_MAP: return map_of(a, n);
    }
    return value_unknown();
}

typedef struct variables {
    vec(value) values;
} variables;

static bool read_data(variables *to, cel_env *env, diags *d, const obstat_file *file) {
    const node *const *documents;
    size_t count;
    if (!object_documents(&documents, &count, env->arena, d, file)) return false;
    const node *top = documents[0];
    if (count != 1 || top->kind != NODE_MAP) {
        diag_add(d, DIAG_BAD_DATA, top->at, STR("one map from names to values"),
                 "the data of an expression are one map, whose keys are its variables");
        return false;
    }
    for (uint32_t i = 0; i < top->count; i++) {
        vec_push(env->arena, &env->variables,
                 (cel_variable){.name = top->u.pairs[i].key->text, .type = &type_dyn});
        vec_push(env->arena, &to->values, value_of(env->arena, top->u.pairs[i].value));
    }
    return true;
}

// --- values as people read them: as CEL would write them, where it can

static void say(buf *out, value v);

static void say_items(buf *out, const value_list *list) {
    buf_addc(out, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        if (i) buf_adds(out, ", ");
        say(out, list->items[i]);
    }
    if (list->open) buf_adds(out, list->count ? ", …" : "…");
    buf_addc(out, ']');
}

static void say_map(buf *out, const value_map *m) {
    buf_addc(out, '{');
    for (uint32_t i = 0; i < m->count; i++) {
        if (i) buf_adds(out, ", ");
        say(out, m->keys[i]);
        buf_adds(out, ": ");
        say(out, m->values[i]);
    }
    buf_addc(out, '}');
}

static void say_optional(buf *out, const value *v) {
    if (!v) {
        buf_adds(out, "optional.none()");
        return;
    }
    buf_adds(out, "optional.of(");
    say(out, *v);
    buf_addc(out, ')');
}

static void say_bytes(buf *out, str bytes) {
    buf_adds(out, "b\"");
    for (size_t i = 0; i < bytes.len; i++)
        buf_addf(out, "\\x%02x", (unsigned)(unsigned char)bytes.ptr[i]);
    buf_addc(out, '"');
}

static void say_double(buf *out, double d) {
    str s = num_print_double(out->arena, d);
    bool whole = true;
    for (size_t i = 0; i < s.len; i++)
        whole &= (s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '-';
    buf_add(out, s);
    if (whole) buf_adds(out, ".0");
}

// As deep as the value, which the run has limited.
static void say(buf *out, value v) {
    arena *a = out->arena;
    switch ((value_kind)v.kind) {
    case VALUE_STRING: doc_write_json_string(out, value_text(v)); break;
    case VALUE_BYTES: say_bytes(out, value_text(v)); break;
    case VALUE_UINT: buf_addf(out, "%lluu", (unsigned long long)v.u.u); break;
    case VALUE_DOUBLE: say_double(out, v.u.d); break;
    case VALUE_LIST: say_items(out, v.u.list); break;
    case VALUE_MAP: say_map(out, v.u.map); break;
    case VALUE_OPTIONAL: say_optional(out, v.u.optional); break;
    case VALUE_TYPE: buf_add(out, type_print(a, v.u.type)); break;
    case VALUE_TIMESTAMP: buf_add(out, timestamp_print(a, v)); break;
    case VALUE_DURATION: buf_add(out, duration_print(a, v.u.i)); break;
    default: buf_add(out, value_print(a, v)); break;
    }
}

// Nothing of it can deceive the reader's terminal.
static void say_on_paper(buf *out, value v) {
    buf plain = {.arena = out->arena};
    page p = page_new(out, &(report_options){0});
    say(&plain, v);
    page_put(&p, INK_PLAIN, buf_str(&plain));
}

// --- what is not known

typedef struct unknowns {
    value_cells cells;
    vec(str) paths; // of the cells
} unknowns;

// The place of a path below a value: maps on the way are copied, so that it can be written, and
// made where they are missing.
static value *cell_below(arena *a, value *root, str path) {
    ptrdiff_t dot = str_find(path, STR("."));
    str key = str_sub(path, 0, dot < 0 ? path.len : (size_t)dot);
    const value_map *old = root->kind == VALUE_MAP ? root->u.map : NULL;
    uint32_t count = old ? old->count : 0, at = 0;
    value *keys = arena_array(a, value, (size_t)count + 1);
    value *values = arena_array(a, value, (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = old->keys[i];
        values[i] = old->values[i];
    }
    while (at < count && !(keys[at].kind == VALUE_STRING && str_eq(value_text(keys[at]), key)))
        at++;
    if (at == count) keys[count++] = value_string(key);
    value_map *m = arena_new(a, value_map);
    *m = (value_map){.count = count, .keys = keys, .values = values};
    *root = (value){.kind = VALUE_MAP, .u.map = m};
    return dot < 0 ? &values[at]
                   : cell_below(a, &values[at], str_sub(path, (size_t)dot + 1, path.len));
}

static size_t variable_of(cel_env *env, variables *given, str name) {
    for (size_t i = 0; i < env->variables.len; i++)
        if (str_eq(env->variables.at[i].name, name)) return i;
    vec_push(env->arena, &env->variables, (cel_variable){.name = name, .type = &type_dyn});
    vec_push(env->arena, &given->values, value_unknown());
    return env->variables.len - 1;
}

static str first_name(str path) {
    ptrdiff_t dot = str_find(path, STR("."));
    return str_sub(path, 0, dot < 0 ? path.len : (size_t)dot);
}

// The cell of a path; it may move as long as others of the same variable are asked for.
static value *cell_of(cel_env *env, variables *given, str path) {
    str name = first_name(path);
    value *cell = &given->values.at[variable_of(env, given, name)];
    if (name.len == path.len) return cell;
    return cell_below(env->arena, cell, str_sub(path, name.len + 1, path.len));
}

// The same, where it has been made.
static value *cell_set(cel_env *env, variables *given, str path) {
    str name = first_name(path);
    value *cell = &given->values.at[variable_of(env, given, name)];
    while (name.len < path.len) {
        path = str_sub(path, name.len + 1, path.len);
        name = first_name(path);
        const value_map *m = cell->u.map;
        uint32_t at = 0;
        while (m->keys[at].kind != VALUE_STRING || !str_eq(value_text(m->keys[at]), name))
            at++;
        cell = (value *)&m->values[at]; // the copy that cell_of has made
    }
    return cell;
}

// Whether a path is one that comes earlier, or lies below another.
static bool is_covered(const char *const *paths, size_t count, size_t number) {
    str path = str_of(paths[number]);
    for (size_t i = 0; i < count; i++) {
        str other = str_of(paths[i]);
        bool is_below = path.len > other.len && path.ptr[other.len] == '.';
        if (str_starts(path, other) && (is_below || (path.len == other.len && i < number)))
            return true;
    }
    return false;
}

// First all variables and all maps on the way, then the places, which move no more.
static void set_unknowns(unknowns *out, cel_env *env, variables *given, const char *const *paths,
                         size_t count) {
    for (size_t i = 0; i < count; i++)
        variable_of(env, given, first_name(str_of(paths[i])));
    for (size_t i = 0; i < count; i++)
        if (!is_covered(paths, count, i)) *cell_of(env, given, str_of(paths[i])) = value_unknown();
    for (size_t i = 0; i < count; i++) {
        if (is_covered(paths, count, i)) continue;
        vec_push(env->arena, &out->cells, cell_set(env, given, str_of(paths[i])));
        vec_push(env->arena, &out->paths, str_of(paths[i]));
    }
}

// --- evaluation

typedef struct eval_call {
    const char *expression;
    const obstat_file *data;
    const char *const *unknown;
    size_t unknown_count;
    bool typed;
    obstat_sink sink;
} eval_call;

typedef struct evaluated {
    value result;
    unknowns given;
    essential needs;
} evaluated;

static bool evaluate(evaluated *out, arena *a, diags *d, const eval_call *call) {
    cel_env env = {.arena = a};
    variables given = {0};
    str text = str_copy(a, str_of(call->expression));
    cel_text where = {.text = text, .src = source_new(a, STR("expression"), text)};
    for (size_t i = 0; i < cel_standard_count; i++)
        vec_push(a, &env.functions, *cel_standard[i]);
    if (call->data && !read_data(&given, &env, d, call->data)) return false;
    set_unknowns(&out->given, &env, &given, call->unknown, call->unknown_count);
    expr *e = cel_parse(a, d, &where, false);
    if (!e) return false;
    uint32_t slots = cel_link(&env, d, e, NULL, false);
    if (d->errors == 0) cel_check(&env, d, e, NULL, NULL);
    if (d->errors) return false;
    cel_run run = {.arena = a, .globals = given.values.at, .steps_left = CEL_DEFAULT_STEPS};
    value *frame = arena_array(a, value, slots);
    out->result = cel_eval(&run, e, frame);
    run.steps_left = CEL_DEFAULT_STEPS; // what the answer took is not missing here
    if (out->result.kind == VALUE_UNKNOWN)
        out->needs = cel_unknown(&run, e, frame, &out->given.cells);
    if (out->result.kind != VALUE_ERROR) return true;
    span at = out->result.u.error->at;
    diag_add(d, DIAG_EVALUATION, at.src ? at : (span){where.src, 0, (uint32_t)text.len}, STR(""),
             "%.*s", STR_ARG(out->result.u.error->message));
    return false;
}

// "unknown", then the paths that it depends on, one a line.
static void say_needs(buf *out, const evaluated *v) {
    for (size_t i = 0; i < v->needs.cells.len; i++)
        for (size_t k = 0; k < v->given.cells.len; k++)
            if (v->given.cells.at[k] == v->needs.cells.at[i])
                buf_addf(out, "%s%.*s\n", v->needs.exact ? "needs: " : "perhaps needs: ",
                         STR_ARG(v->given.paths.at[k]));
}

static obstat_status eval(obstat_context *context, void *args) {
    const eval_call *call = args;
    arena *a = object_scratch(context);
    diags d = {.arena = a};
    buf out = {.arena = a};
    evaluated v = {0};
    if (!evaluate(&v, a, &d, call)) return object_diagnose(context, &d);
    if (call->typed)
        typed_json_write(&out, v.result);
    else
        say_on_paper(&out, v.result);
    buf_addc(&out, '\n');
    say_needs(&out, &v);
    return object_write(call->sink, buf_str(&out)) ? object_diagnose(context, &d) : OBSTAT_E_OUTPUT;
}

obstat_status obstat_eval(obstat_context *context, const obstat_evaluation *what,
                          obstat_sink sink) {
    if (!what || what->size < sizeof *what || !what->expression) return OBSTAT_E_USAGE;
    return object_call(context, eval,
                       &(eval_call){what->expression, what->data, what->unknown,
                                    what->unknown_count, what->typed, sink});
}

// --- a stream

typedef struct line_call {
    obstat_text line;
    obstat_sink sink;
} line_call;

static obstat_status eval_line(obstat_context *context, void *args) {
    const line_call *call = args;
    arena *a = object_scratch(context);
    buf out = {.arena = a};
    cel_answer_line(&out, a, object_text(call->line));
    buf_addc(&out, '\n');
    return object_write(call->sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_eval_line(obstat_context *context, obstat_text line, obstat_sink sink) {
    return object_call(context, eval_line, &(line_call){line, sink});
}

// --- the page of functions

static obstat_status write_functions(obstat_context *context, void *args) {
    const obstat_sink *sink = args;
    buf out = {.arena = object_scratch(context)};
    cel_write_functions(&out);
    cel_write_table(&out, "In policies only: places, roles, registries", &check_functions);
    return object_write(*sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_functions_write(obstat_context *context, obstat_sink sink) {
    return object_call(context, write_functions, &sink);
}
