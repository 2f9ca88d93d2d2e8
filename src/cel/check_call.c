// SPDX-License-Identifier: Apache-2.0
//
// Calls: which signature of a function takes the arguments, and what a definition's body makes of
// them.
#include "cel/check.h"

typedef struct arguments {
    expr **e;
    const type **t;
    size_t count;
    bool known; // nothing in any of their types is open
} arguments;

// Whether a value of the type is of that type alone, all its parts included.
static bool is_closed(const type *t) {
    t = followed(t);
    if (is_open(t) || t->kind == TYPE_NULL) return false;
    return (!t->a || is_closed(t->a)) && (!t->b || is_closed(t->b));
}

static arguments infer_arguments(checker *c, expr *call, expr *target) {
    size_t first = target ? 1 : 0, n = call->u.call.count + first;
    arguments out = {.count = n, .known = true};
    out.e = arena_array(c->arena, expr *, n);
    out.t = arena_array(c->arena, const type *, n);
    for (size_t i = 0; i < n; i++) {
        out.e[i] = i < first ? target : call->u.call.args[i - first];
        out.t[i] = infer(c, out.e[i]);
        out.known = out.known && is_closed(out.t[i]);
    }
    return out;
}

static bool takes(checker *c, const signature *s, const arguments *args) {
    for (size_t i = 0; i < args->count; i++)
        if (!fits(c, signature_param(s, i), args->t[i])) return false;
    return true;
}

// The result of the first signature that takes the arguments. Where one of them is dyn, so that
// others may turn out to be the right one, and their results differ, it is dyn, too. NULL: none
// takes them.
static const type *result_of(checker *c, const cel_function *row, const arguments *args) {
    const type *result = NULL;
    str rest = str_of(row->signatures);
    for (signature s; signature_next(&s, c->arena, &rest);) {
        if (!signature_takes_count(&s, args->count)) continue;
        instantiate(c, &s);
        size_t before = c->bindings.len;
        bool matches = takes(c, &s, args);
        if (matches && !result) {
            result = s.result;
            if (args->known) break;
            continue;
        }
        if (matches && !type_same(settled(c, result), settled(c, s.result))) result = &type_dyn;
        undo_bindings(c, before);
    }
    return result;
}

// --- what is said

static const char *operator_text(str function) {
    static const char *const operators[][2] = {{"_+_", "+"}, {"_-_", "-"}, {"_*_", "*"},
                                               {"_/_", "/"}, {"_%_", "%"}, {"-_", "-"}};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_is(function, operators[i][0])) return operators[i][1];
    return NULL;
}

static bool one_is(const arguments *args, type_kind kind) {
    for (size_t i = 0; i < args->count; i++)
        if (followed(args->t[i])->kind == kind) return true;
    return false;
}

static str operator_hint(checker *c, const char *sign, const arguments *args) {
    if (one_is(args, TYPE_DATE))
        return *sign == '+' || *sign == '-' ? str_format(c->arena, "write `%s(date, 'P1Y')`",
                                                         *sign == '+' ? "plus" : "minus")
                                            : STR("");
    if (args->count == 2 && is_number(followed(args->t[0])) && is_number(followed(args->t[1])))
        return STR("convert one of them: `double(x)`, `int(x)`");
    if (*sign == '+' && one_is(args, TYPE_STRING)) return STR("convert it: `string(x)`");
    return STR("");
}

static const type *say_operator(checker *c, const expr *e, const char *sign,
                                const arguments *args) {
    span at = cel_span(e);
    str hint = STR("");
    for (size_t i = args->count; i-- > 0 && args->count == 2 && !hint.len;) {
        const type *other = followed(args->t[1 - i]);
        if (is_number(other) && is_number(followed(args->t[i])))
            hint = literal_hint(c, other, args->e[i]);
        if (hint.len) at = cel_span(args->e[i]);
    }
    if (!hint.len) hint = operator_hint(c, sign, args);
    str x = type_called(c->arena, args->t[0]);
    if (args->count == 1)
        complain(c, DIAG_TYPE_MISMATCH, at, hint, "`%s` does not take %.*s", sign, STR_ARG(x));
    else
        complain(c, DIAG_TYPE_MISMATCH, at, hint, "`%s` does not take %.*s and %.*s", sign,
                 STR_ARG(x), STR_ARG(type_called(c->arena, args->t[1])));
    return &type_error;
}

// "(string, int) or (string)": what the signatures of that many arguments take.
static str forms(checker *c, const cel_function *row, size_t count) {
    enum { SHOWN = 8 };
    buf out = {.arena = c->arena};
    size_t n = 0;
    str rest = str_of(row->signatures);
    for (signature s; signature_next(&s, c->arena, &rest);) {
        if (!signature_takes_count(&s, count)) continue;
        if (n == SHOWN) buf_adds(&out, " …");
        if (n++ >= SHOWN) continue;
        buf_adds(&out, n > 1 ? " or (" : "(");
        for (size_t i = 0; i < s.count; i++) {
            if (i) buf_adds(&out, ", ");
            buf_add(&out, type_print(c->arena, s.params[i]));
        }
        if (s.repeats) buf_adds(&out, ", ...");
        buf_addc(&out, ')');
    }
    return buf_str(&out);
}

// The only signature of that many arguments; false: there are several.
static bool only_signature(signature *out, checker *c, const cel_function *row, size_t count) {
    size_t n = 0;
    str rest = str_of(row->signatures);
    for (signature s; signature_next(&s, c->arena, &rest);)
        if (signature_takes_count(&s, count)) {
            *out = s;
            n++;
        }
    return n == 1;
}

static const type *say_argument(checker *c, const cel_function *row, signature *s,
                                const arguments *args) {
    size_t i = 0;
    instantiate(c, s);
    while (i + 1 < args->count && fits(c, signature_param(s, i), args->t[i]))
        i++;
    const type *want = signature_param(s, i);
    str wanted = type_called(c->arena, want), called = type_called(c->arena, args->t[i]);
    if (str_eq(wanted, called)) { // they differ in their parts
        wanted = str_format(c->arena, "`%.*s`", STR_ARG(type_print(c->arena, want)));
        called = str_format(c->arena, "`%.*s`", STR_ARG(type_print(c->arena, args->t[i])));
    }
    complain(c, DIAG_TYPE_MISMATCH, cel_span(args->e[i]), literal_hint(c, want, args->e[i]),
             "`%s` takes %.*s here, not %.*s", row->name, STR_ARG(wanted), STR_ARG(called));
    return &type_error;
}

static const type *say_mismatch(checker *c, const expr *e, const arguments *args) {
    const cel_function *row = e->u.call.row;
    const char *sign = operator_text(e->u.call.function);
    signature s;
    if (sign) return say_operator(c, e, sign, args);
    if (only_signature(&s, c, row, args->count)) return say_argument(c, row, &s, args);
    buf called = {.arena = c->arena};
    for (size_t i = 0; i < args->count; i++) {
        if (i) buf_adds(&called, ", ");
        buf_add(&called, type_called(c->arena, args->t[i]));
    }
    str all = forms(c, row, args->count);
    complain(c, DIAG_TYPE_MISMATCH, cel_span(e),
             str_format(c->arena, "it takes %.*s", STR_ARG(all)), "`%s` does not take (%.*s)",
             row->name, STR_ARG(buf_str(&called)));
    return &type_error;
}

// --- literals

static bool is_text_literal(const expr *e) {
    return e->kind == EXPR_LITERAL && e->u.literal.kind == VALUE_STRING;
}

static bool is_judged(const cel_function *row, size_t i) {
    unsigned judged = row->flags / CEL_JUDGED;
    if (judged) return i < 8 && (judged >> i & 1);
    if (row->flags & CEL_TEXT_ONLY) return i == 0;
    return i > 0 || !(row->flags & CEL_RECEIVER);
}

static void judge_literals(checker *c, const cel_function *row, const arguments *args) {
    if ((row->flags & CEL_TEXT_ONLY) && args->count && !is_text_literal(args->e[0]))
        complain(c, DIAG_NOT_LITERAL, cel_span(args->e[0]), STR("write the text itself, in quotes"),
                 "the first argument of `%s` is checked when the rules load", row->name);
    if (!row->check_literal) return;
    for (size_t i = 0; i < args->count; i++) {
        if (!is_judged(row, i) || !is_text_literal(args->e[i])) continue;
        value v = args->e[i]->u.literal;
        bool told = c->d->list.len && is_told(c->d, DIAG_COUNT, cel_span(args->e[i]));
        if (told || !row->check_literal(c->env, c->d, args->e[i], (str){v.u.s, v.n}))
            c->failed = true;
    }
}

static const type *infer_function(checker *c, expr *e) {
    const cel_function *row = e->u.call.row;
    bool no_target = !row && is_namespaced(e) && !env_has_function(c->env, e->u.call.function);
    arguments args = infer_arguments(c, e, no_target ? NULL : e->u.call.target);
    if (!row) {
        c->failed = true;
        say_unknown_function(c->env, c->d, e);
        return &type_error;
    }
    const type *result = result_of(c, row, &args);
    if (!result) return say_mismatch(c, e, &args);
    judge_literals(c, row, &args);
    return result;
}

// --- definitions

// What a parameter stands for, where it is written in the call or further out.
static const expr *argument_source(const checker *c, const expr *arg) {
    if (arg->kind == EXPR_LITERAL || arg->kind == EXPR_LIST) return arg;
    const local *l = local_of(c, arg);
    return l && !l->element ? l->source : NULL;
}

// The body with the types of this call.
static const type *infer_body(checker *c, const definition *d, const expr *call,
                              const type *const *types) {
    checker inner = {
        .env = d->env, .d = c->d, .arena = c->arena, .caller = c->caller ? c->caller : call};
    vec_reserve(c->arena, &inner.locals, d->param_count);
    for (size_t i = 0; i < d->param_count; i++)
        vec_push(c->arena, &inner.locals,
                 (local){.name = d->params[i],
                         .type = settled(c, types[i]),
                         .source = argument_source(c, call->u.call.args[i])});
    if (d->open) infer_condition(&inner, d->body);
    const type *t = d->open ? &type_bool : settled(&inner, infer(&inner, d->body));
    end_trials(&inner);
    if (inner.failed) c->failed = true;
    return inner.failed ? &type_error : t;
}

static const type *infer_definition(checker *c, expr *e) {
    const definition *d = e->u.call.definition;
    const type **types = arena_array(c->arena, const type *, d->param_count);
    bool known = false;
    for (size_t i = 0; i < d->param_count; i++) {
        types[i] = infer(c, e->u.call.args[i]);
        known = known || !is_open(followed(types[i]));
    }
    if (!d->type) return &type_dyn;
    bool again = known && d->body && d->type != &type_error;
    return again ? infer_body(c, d, e, types) : d->type;
}

const type *infer_call(checker *c, expr *e) {
    str f = e->u.call.function;
    static const struct {
        const char *function;
        const type *(*infer)(checker *, expr *);
    } operators[] = {
        {"_==_", infer_comparison}, {"_!=_", infer_comparison}, {"_<_", infer_comparison},
        {"_<=_", infer_comparison}, {"_>_", infer_comparison},  {"_>=_", infer_comparison},
        {"@in", infer_in},          {"_[_]", infer_index},      {"_[?_]", infer_index},
    };
    if (e->u.call.definition) return infer_definition(c, e);
    for (size_t i = 0; i < sizeof operators / sizeof *operators && !e->u.call.target; i++)
        if (str_is(f, operators[i].function)) return operators[i].infer(c, e);
    return infer_function(c, e);
}
