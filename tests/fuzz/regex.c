// SPDX-License-Identifier: Apache-2.0
//
// Patterns through `matches`: the first line of an input is the pattern, the rest the text; one
// that begins with the bytes 1 or 2 stands many times. Behind a byte 3 the next two say how much
// memory is left. A pattern that is refused when an expression is checked is refused when it is
// run, and no other; brackets around the whole change nothing.
#include "values.h"

typedef struct question {
    arena *arena;
    cel_env env;
    value values[2]; // text, pattern
} question;

static value answer(question *q, str pattern) {
    static const char text[] = "text.matches(pattern)";
    diags d = {.arena = q->arena};
    uint32_t slots = 0;
    q->values[1] = value_string(pattern);
    expr *e = fuzz_compile(q->arena, &d, &q->env, str_of(text), NULL, true, &slots);
    MUST(e, "`%s` does not compile", text);
    cel_run run = {.arena = q->arena, .globals = q->values, .steps_left = CEL_DEFAULT_STEPS};
    return cel_eval(&run, e, NULL);
}

static bool is_refused(value v) {
    return v.kind == VALUE_ERROR && str_starts(v.u.error->message, STR("this pattern"));
}

// The pattern as a literal, as a policy has it.
static void judge_literal(question *q, str pattern, value first) {
    expr literal = {.kind = EXPR_LITERAL, .u.literal = value_string(pattern)};
    buf out = {.arena = q->arena};
    diags d = {.arena = q->arena};
    uint32_t slots = 0;
    buf_adds(&out, "text.matches(");
    cel_print(&out, &literal);
    buf_addc(&out, ')');
    expr *e = fuzz_compile(q->arena, &d, &q->env, buf_str(&out), NULL, true, &slots);
    MUST(e, "the literal is not read: %.*s", STR_ARG(buf_str(&out)));
    cel_check(&q->env, &d, e, NULL, NULL);
    fuzz_judge_diags(&d, e->text->src);
    MUST((d.errors > 0) == is_refused(first), "%zu errors at load, and run it gives %.*s", d.errors,
         STR_ARG(fuzz_show(q->arena, first)));
}

// A text that takes much room for states, or is too long.
static str repeated(arena *a, str text) {
    enum { LONG = 20000, TOO_LONG = 70000 };
    size_t n = str_starts(text, STR("\x01")) ? LONG : str_starts(text, STR("\x02")) ? TOO_LONG : 0;
    buf out = {.arena = a};
    while (out.len < n)
        buf_add(&out, text);
    return n ? buf_str(&out) : text;
}

static void match(arena *a, str input) {
    static const char *const names[] = {"text", "pattern"};
    question q = {.arena = a, .env = {.arena = a}};
    str text, pattern = fuzz_first_line(input, &text);
    if (!utf8_valid(input, &(size_t){0})) return; // texts are, wherever they come from
    for (size_t i = 0; i < cel_standard_count; i++)
        vec_push(a, &q.env.functions, *cel_standard[i]);
    for (size_t i = 0; i < 2; i++)
        vec_push(a, &q.env.variables, (cel_variable){.name = str_of(names[i]), .type = &type_dyn});
    q.values[0] = value_string(repeated(a, text));
    value first = answer(&q, pattern);
    MUST(first.kind == VALUE_BOOL || first.kind == VALUE_ERROR, "%.*s",
         STR_ARG(fuzz_show(a, first)));
    judge_literal(&q, pattern, first);
    buf whole = {.arena = a};
    buf_adds(&whole, "(?:");
    buf_add(&whole, pattern);
    buf_addc(&whole, ')');
    value second = answer(&q, buf_str(&whole));
    if (first.kind == VALUE_ERROR || second.kind == VALUE_ERROR) return;
    MUST(first.u.b == second.u.b, "in brackets it is another answer");
}

int fuzz_regex(const uint8_t *data, size_t size) {
    if (size > 2 && data[0] == 3)
        return fuzz_run_within((data[1] * 256u + data[2]) % FUZZ_SPARE, match, data + 3, size - 3);
    return fuzz_run(match, data, size);
}
