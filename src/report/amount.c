// SPDX-License-Identifier: Apache-2.0
//
// Days, periods and sums of a rule in words: `greater(money('EUR 15000000'), percent(3, …))` is
// "the greater of EUR 15,000,000 and 3 % of …". It words the functions that fines are written
// with; whatever else it meets it quotes as the file has it. It must not evaluate anything.
#include "report/build.h"

static void add(arena *a, buf *b, const expr *e);

static const expr *argument(const expr *e, size_t i) {
    return e->u.call.args[i];
}

static bool is_text(const expr *e) {
    return e->kind == EXPR_LITERAL && value_is(e->u.literal, VALUE_STRING);
}

static bool calls(const expr *e, const char *name, size_t count) {
    return e->kind == EXPR_CALL && !e->u.call.target && e->u.call.count == count &&
           str_eq(e->u.call.function, str_of(name));
}

// The text of a literal; of a sum, `EUR 35000000`, with its thousands apart.
static void add_literal(buf *b, str text) {
    size_t digits = text.len;
    while (digits && text.ptr[digits - 1] >= '0' && text.ptr[digits - 1] <= '9')
        digits--;
    bool sum = digits == 4 && text.ptr[3] == ' ';
    for (size_t i = 0; i < text.len; i++) {
        if (sum && i > digits && (text.len - i) % 3 == 0) buf_addc(b, ',');
        buf_addc(b, text.ptr[i]);
    }
}

// The names of files in the words they are made of: `previous-year`, `revenue_worldwide`.
static void add_name(buf *b, str name) {
    for (size_t i = 0; i < name.len; i++)
        buf_addc(b, name.ptr[i] == '_' || name.ptr[i] == '-' ? ' ' : name.ptr[i]);
}

static void add_metric(buf *b, const expr *e) {
    add_name(b, value_text(argument(e, 0)->u.literal));
    buf_add(b, STR(" of the "));
    add_name(b, value_text(argument(e, 1)->u.literal));
}

static void add_choice(arena *a, buf *b, const char *word, const expr *e) {
    buf_addf(b, "the %s of ", word);
    add(a, b, argument(e, 0));
    buf_add(b, STR(" and "));
    add(a, b, argument(e, 1));
}

static void add(arena *a, buf *b, const expr *e) {
    if (is_text(e)) {
        add_literal(b, value_text(e->u.literal));
    } else if (e->kind == EXPR_CALL && !e->u.call.target && e->u.call.count == 1 &&
               is_text(argument(e, 0))) {
        add_literal(b, value_text(argument(e, 0)->u.literal));
    } else if (calls(e, "percent", 2)) {
        buf_addf(b, "%.*s %% of ", STR_ARG(build_expr_text(a, argument(e, 0))));
        add(a, b, argument(e, 1));
    } else if (calls(e, "greater", 2) || calls(e, "lesser", 2)) {
        add_choice(a, b, calls(e, "greater", 2) ? "greater" : "lesser", e);
    } else if (calls(e, "metric", 2) && is_text(argument(e, 0)) && is_text(argument(e, 1))) {
        add_metric(b, e);
    } else {
        buf_add(b, build_expr_text(a, e));
    }
}

str build_amount(arena *a, const expr *e) {
    buf b = {.arena = a};
    add(a, &b, e);
    return buf_str(&b);
}
