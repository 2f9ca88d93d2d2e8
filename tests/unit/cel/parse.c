// SPDX-License-Identifier: Apache-2.0
// What the parser makes of a text, told by the printer: where brackets are put and left out, what
// literals mean, where trees get too deep. Mistakes are in tests/diagnostics/cel.
#include "cel/ast.h"
#include "unit.h"

#include <string.h>

static cel_text *text_of(arena *a, str s) {
    cel_text *t = arena_new(a, cel_text);
    *t = (cel_text){s, NULL, source_new(a, STR("cel"), s)};
    return t;
}

static expr *parsed_with(arena *a, str s, bool no_macros) {
    diags d = {.arena = a};
    expr *e = cel_parse(a, &d, text_of(a, s), no_macros);
    CU_ASSERT((e != NULL) == (d.errors == 0));
    return e;
}

static expr *parsed(arena *a, const char *s) {
    return parsed_with(a, str_of(s), false);
}

static str printed(arena *a, const expr *e) {
    buf out = {.arena = a};
    if (e) cel_print(&out, e);
    return buf_str(&out);
}

// Prints `s` as `expected`, and reads that as the same tree again.
static void prints(const char *s, const char *expected) {
    arena *a = unit_arena();
    const expr *e = parsed(a, s);
    CU_ASSERT_FATAL(e != NULL);
    str text = printed(a, e);
    CHECK_STR(text, expected);
    const expr *again = parsed_with(a, text, false);
    CU_ASSERT(again && cel_same(e, again));
}

static void brackets_only_where_needed(void) {
    static const char *const cases[][2] = {
        {"(a)", "a"},
        {"((a + b)) + c", "a + b + c"},
        {"a + (b + c)", "a + (b + c)"},
        {"(a + b) * c", "(a + b) * c"},
        {"a + (b * c)", "a + b * c"},
        {"a - (b - c)", "a - (b - c)"},
        {"a / b % c", "a / b % c"},
        {"a == (b == c)", "a == (b == c)"},
        {"(a == b) == c", "a == b == c"},
        {"a in (b + c)", "a in b + c"},
        {"(a && b) || c", "a && b || c"},
        {"a && (b || c)", "a && (b || c)"},
        {"(a && b) && (c && d)", "a && b && c && d"},
        {"a || (b || (c || d))", "a || b || c || d"},
        {"!(a && b)", "!(a && b)"},
        {"!(!a)", "!!a"},
        {"!(a.b)", "!a.b"},
        {"(!a).b", "(!a).b"},
        {"(a ? b : c) ? d : e", "(a ? b : c) ? d : e"},
        {"a ? (b ? c : d) : e", "a ? (b ? c : d) : e"},
        {"a ? b : (c ? d : e)", "a ? b : c ? d : e"},
        {"a || b ? c : d", "a || b ? c : d"},
        {"[(a ? b : c), (d)]", "[a ? b : c, d]"},
        {"f((a), b ? c : d)", "f(a, b ? c : d)"},
        {"(a + b).c", "(a + b).c"},
        {"(a + b)[c]", "(a + b)[c]"},
        {"-(a.b)", "-a.b"},
        {"-(-a)", "--a"},
        {"-(1)", "-(1)"},
        {"-(1.f())", "-(1.f())"},
        {"-(-1)", "--1"},
        {"a - -1", "a - -1"},
        {"a -1", "a - 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        prints(cases[i][0], cases[i][1]);
}

static void every_form_of_the_grammar(void) {
    static const char *const cases[][2] = {
        {" x // to the end\n + y", "x + y"},
        {".a.b(c)", ".a.b(c)"},
        {"f()", "f()"},
        {".f(a)", ".f(a)"},
        {"a.f(b).g()", "a.f(b).g()"},
        {"a.`b-c`.`in`.as", "a.`b-c`.`in`.as"},
        {"a.?b.c", "a.?b.c"},
        {"a[?b][c]", "a[?b][c]"},
        {"[]", "[]"},
        {"[1, ?a, 2,]", "[1, ?a, 2]"},
        {"{}", "{}"},
        {"{'a': 1, ?b: c,}", "{'a': 1, ?b: c}"},
        {"has(a.b.c)", "has(a.b.c)"},
        {"a.if(b)", "a.if(b)"},
        {"a <= b", "a <= b"},
        {"a!=b", "a != b"},
        {"null", "null"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        prints(cases[i][0], cases[i][1]);
}

static void macros_are_one_node(void) {
    static const char *const cases[][2] = {
        {"xs.all(x, x)", "xs.all(x, x)"},
        {"xs.all(i, x, x)", "xs.all(i, x, x)"},
        {"xs.exists(x, x)", "xs.exists(x, x)"},
        {"xs.exists(k, v, k == v)", "xs.exists(k, v, k == v)"},
        {"xs.exists_one(x, x)", "xs.exists_one(x, x)"},
        {"xs.existsOne(x, x)", "xs.exists_one(x, x)"},
        {"xs.existsOne(k, v, v)", "xs.existsOne(k, v, v)"},
        {"xs.filter(x, x)", "xs.filter(x, x)"},
        {"xs.map(x, x)", "xs.map(x, x)"},
        {"xs.map(x, p, x)", "xs.map(x, p, x)"},
        {"xs.transformList(k, v, v)", "xs.transformList(k, v, v)"},
        {"xs.transformList(k, v, p, v)", "xs.transformList(k, v, p, v)"},
        {"xs.transformMap(k, v, v)", "xs.transformMap(k, v, v)"},
        {"xs.transformMap(k, v, p, v)", "xs.transformMap(k, v, p, v)"},
        {"xs.transformMapEntry(k, v, {k: v})", "xs.transformMapEntry(k, v, {k: v})"},
        {"xs.transformMapEntry(k, v, p, {k: v})", "xs.transformMapEntry(k, v, p, {k: v})"},
        {"cel.bind(x, 1, x + x)", "cel.bind(x, 1, x + x)"},
        {"o.optMap(x, x)", "o.optMap(x, x)"},
        {"o.optFlatMap(x, x)", "o.optFlatMap(x, x)"},
        {"(a + b).exists(x, x ? y : z)", "(a + b).exists(x, x ? y : z)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        prints(cases[i][0], cases[i][1]);
        CU_ASSERT(parsed(unit_arena(), cases[i][0])->kind == EXPR_MACRO);
        CU_ASSERT(parsed_with(unit_arena(), str_of(cases[i][0]), true)->kind == EXPR_CALL);
    }
    const expr *e = parsed(unit_arena(), "has(a.b)");
    CU_ASSERT(e->kind == EXPR_SELECT && e->test && e->from == 0 && e->to == 8);
    CU_ASSERT(parsed_with(unit_arena(), STR("has(a.b)"), true)->kind == EXPR_CALL);
    CU_ASSERT(parsed(unit_arena(), "cel.f(x)")->kind == EXPR_CALL);
    CU_ASSERT(parsed(unit_arena(), "all(x, y)")->kind == EXPR_CALL);
}

static value literal(const char *s) {
    const expr *e = parsed(unit_arena(), s);
    CU_ASSERT_FATAL(e && e->kind == EXPR_LITERAL);
    return e->u.literal;
}

static void numbers(void) {
    CU_ASSERT(literal("0").u.i == 0);
    CU_ASSERT(literal("-9223372036854775808").u.i == INT64_MIN);
    CU_ASSERT(literal("0xfF").u.i == 255);
    CU_ASSERT(literal("- 0x10").u.i == -16);
    CU_ASSERT(literal("18446744073709551615u").u.u == UINT64_MAX);
    CU_ASSERT(literal("0x1FU").kind == VALUE_UINT && literal("0x1FU").u.u == 31);
    CU_ASSERT(literal("007").u.i == 7);
    CU_ASSERT(literal(".5").u.d == 0.5);
    CU_ASSERT(literal("-1.5e3").u.d == -1500);
    CU_ASSERT(literal("2E-1").u.d == 0.2);
    prints("1.0", "1.0");
    prints("-0.0", "-0.0");
    prints("1e300", "1e+300");
    prints("123456789012345680.0", "1.2345678901234568e+17");
    prints("0x10u", "16u");
}

static void is_text(const char *s, value_kind kind, str expected) {
    value v = literal(s);
    CU_ASSERT(v.kind == kind);
    CU_ASSERT(str_eq((str){v.u.s, v.n}, expected));
}

static void texts(void) {
    is_text("'a\\'b'", VALUE_STRING, STR("a'b"));
    is_text("\"a'b\"", VALUE_STRING, STR("a'b"));
    is_text("''", VALUE_STRING, STR(""));
    is_text("'''x''x\n'''", VALUE_STRING, STR("x''x\n"));
    is_text("r'\\n'", VALUE_STRING, STR("\\n"));
    is_text("R\"\\\\\"", VALUE_STRING, STR("\\\\"));
    is_text("'\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\\"\\'\\`'", VALUE_STRING, STR("\a\b\f\n\r\t\v\\?\"'`"));
    is_text("'\\xe9\\351\\u00e9\\U000000E9'", VALUE_STRING,
            STR("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"));
    is_text("'\\ud83d\\ude00'", VALUE_STRING, STR("\xf0\x9f\x98\x80"));
    is_text("'\\000'", VALUE_STRING, STR("\0"));
    is_text("b'\\xe9\\351'", VALUE_BYTES, STR("\xe9\xe9"));
    is_text("b'\xc3\xbf'", VALUE_BYTES, STR("\xc3\xbf"));
    is_text("bR'\\x'", VALUE_BYTES, STR("\\x"));
    prints("\"it's\\x01\\u00e9\"", "'it\\'s\\x01\xc3\xa9'");
    prints("b'\\xff\\n'", "b'\\xff\\n'");
}

// What the layer above puts into a tree is printed as what makes it.
static void values_that_are_no_literals(void) {
    static const period p = {.months = 14};
    static const money m = {.minor = 150050, .currency = "EUR"};
    arena *a = unit_arena();
    expr e = {.kind = EXPR_LITERAL, .u.literal = {.kind = VALUE_DATE, .u.i = 0}};
    CHECK_STR(printed(a, &e), "date('1970-01-01')");
    e.u.literal = (value){.kind = VALUE_PERIOD, .u.period = &p};
    CHECK_STR(printed(a, &e), "period('P1Y2M')");
    e.u.literal = (value){.kind = VALUE_MONEY, .u.money = &m};
    CHECK_STR(printed(a, &e), "money('EUR 1500.50')");
}

static str repeated(arena *a, const char *begin, const char *part, size_t n, const char *end) {
    buf out = {.arena = a};
    buf_adds(&out, begin);
    for (size_t i = 0; i < n; i++)
        buf_adds(&out, part);
    buf_adds(&out, end);
    return buf_str(&out);
}

static void long_chains_are_not_deep(void) {
    arena *a = unit_arena();
    const expr *e = parsed_with(a, repeated(a, "a", " && a", 9999, ""), false);
    CU_ASSERT_FATAL(e != NULL);
    CU_ASSERT(e->height == 15); // 2^14 > 10,000 > 2^13
    CU_ASSERT(parsed_with(a, repeated(a, "a", "||a", 9999, ""), false)->height == 15);
}

static diag_code refusal(str (*make)(arena *)) {
    arena *a = unit_arena();
    diags d = {.arena = a};
    CU_ASSERT(cel_parse(a, &d, text_of(a, make(a)), false) == NULL);
    CU_ASSERT_FATAL(d.list.len == 1);
    return d.list.at[0].code;
}

#define REPEATED(name, begin, part, n, end)                                                        \
    static str name(arena *a) {                                                                    \
        return repeated(a, begin, part, n, end);                                                   \
    }
REPEATED(brackets, "", "(", 60000, "")
REPEATED(lists, "", "[", 251, "")
REPEATED(signs, "", "!", 60000, "a")
REPEATED(minuses, "", "-", 60000, "a")
REPEATED(choices, "", "a?b:", 10000, "c")
REPEATED(sums, "a", "+a", 10000, "")
REPEATED(relations, "a", "==a", 10000, "")
REPEATED(selections, "a", ".b", 10000, "")
REPEATED(indexes, "a", "[0]", 10000, "")
REPEATED(methods, "a", ".f()", 10000, "")
REPEATED(long_text, "'", "x", 65536, "'")

static void what_nests_too_deeply_is_refused(void) {
    CU_ASSERT(refusal(brackets) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(lists) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(signs) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(minuses) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(choices) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(sums) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(relations) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(selections) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(indexes) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(methods) == DIAG_TOO_DEEP);
    CU_ASSERT(refusal(long_text) == DIAG_TOO_LARGE);
}

// Chains in nested brackets are taken apart and built again at each level.
static str nested_chains(arena *a) {
    str inner = repeated(a, "a", "&&a", 21000, "");
    return str_format(a, "%.*s%.*s%.*s", STR_ARG(repeated(a, "", "(", 200, "")), STR_ARG(inner),
                      STR_ARG(repeated(a, "", ")&&a", 200, "")));
}

static void too_many_nodes_are_refused(void) {
    CU_ASSERT(refusal(nested_chains) == DIAG_TOO_LARGE);
}

static void the_depth_that_is_allowed(void) {
    arena *a = unit_arena();
    CU_ASSERT(parsed_with(a, repeated(a, "a", "+a", CEL_MAX_DEPTH - 1, ""), false) != NULL);
    str open = repeated(a, "", "(", CEL_MAX_DEPTH - 1, "a");
    str s = str_format(a, "%.*s%.*s", STR_ARG(open),
                       STR_ARG(repeated(a, "", ")", CEL_MAX_DEPTH - 1, "")));
    CU_ASSERT(parsed_with(a, s, false) != NULL);
}

static void places(void) {
    arena *a = unit_arena();
    const expr *e = parsed(a, " (a + b) * c.d(e) ");
    CU_ASSERT(e->from == 1 && e->to == 17 && e->u.call.function_from == 9);
    CU_ASSERT(e->u.call.args[0]->from == 2 && e->u.call.args[0]->to == 7);
    const expr *call = e->u.call.args[1];
    CU_ASSERT(call->from == 11 && call->u.call.function_from == 13);
    e = parsed(a, "(x).`y`");
    CU_ASSERT(e->from == 0 && e->to == 7 && e->u.select.field_from == 4);
    e = parsed(a, "a && (b || c) && d");
    CU_ASSERT(e->from == 0 && e->to == 18);
}

static void a_tree_differs_from_others(void) {
    static const char *const all[] = {
        "a",
        ".a",
        "1",
        "1u",
        "1.0",
        "-1",
        "'1'",
        "b'1'",
        "0.0",
        "-0.0",
        "true",
        "null",
        "a.b",
        "a.?b",
        "has(a.b)",
        "a[b]",
        "a[?b]",
        "f(a)",
        "a.f()",
        "f(a, b)",
        "[a]",
        "[?a]",
        "[a, a]",
        "{a: a}",
        "{?a: a}",
        "!a",
        "a && b",
        "a || b",
        "a ? b : c",
        "a ? b : d",
        "xs.map(x, x)",
        "xs.map(y, y)",
        "xs.map(x, x, x)",
        "xs.all(x, x)",
        "xs.all(x, y, x)",
    };
    size_t n = sizeof all / sizeof *all;
    arena *a = unit_arena();
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            CU_ASSERT(cel_same(parsed(a, all[i]), parsed(a, all[k])) == (i == k));
}

int register_cel_parse(void) {
    static CU_TestInfo tests[] = {
        {"brackets only where needed", brackets_only_where_needed},
        {"every form of the grammar", every_form_of_the_grammar},
        {"macros are one node", macros_are_one_node},
        {"numbers", numbers},
        {"texts", texts},
        {"values that are no literals", values_that_are_no_literals},
        {"long chains are not deep", long_chains_are_not_deep},
        {"what nests too deeply is refused", what_nests_too_deeply_is_refused},
        {"too many nodes are refused", too_many_nodes_are_refused},
        {"the depth that is allowed", the_depth_that_is_allowed},
        {"places", places},
        {"a tree differs from others", a_tree_differs_from_others},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("cel_parse", tests);
}
