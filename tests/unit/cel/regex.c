// SPDX-License-Identifier: Apache-2.0
// Patterns on which RE2 and PCRE2 as it comes differ, and the limits. Expected answers are from
// RE2's syntax page and its sources, not from a run.
#include "cel/regex.h"
#include "unit.h"

#include <stdio.h>

typedef struct regex_case {
    const char *pattern, *text;
    char answer; // 'y', 'n', or 'x': refused
} regex_case;

static const regex_case cases[] = {
    // ends and beginnings
    {"a$", "a\n", 'n'},
    {"a$", "a", 'y'},
    {"a\\z", "a\n", 'n'},
    {"a\\Z", "a", 'x'},
    {"(?m)a$", "a\nb", 'y'},
    {"(?m)^$", "a\n", 'y'}, // a line begins after every newline, the last one too
    {"^b", "a\nb", 'n'},
    {"(?m)^b", "a\nb", 'y'},
    {"(?m:^b)|^c", "a\nc", 'n'},
    {"\\Ab", "a\nb", 'n'},
    {"\\Ga", "a", 'x'},
    {"^*a", "a", 'y'},
    {"\\b+a", "a", 'y'},
    // the dot
    {"a.b", "a\nb", 'n'},
    {"a.b", "a\rb", 'y'},
    {"(?s)a.b", "a\nb", 'y'},
    {"(?s:a.)b.c", "a\nb\nc", 'n'},
    {"^.$", "\xc3\xa9", 'y'},
    // classes of ASCII only
    {"^\\s$", "\v", 'n'},
    {"^[[:space:]]$", "\v", 'y'},
    {"^\\s$", "\xc2\xa0", 'n'},
    {"^\\d$", "\xd9\xa3", 'n'}, // an Arabic three
    {"^\\w$", "\xc3\xa9", 'n'},
    {"^\\W$", "\xc3\xa9", 'y'},
    {"\\bx", "\xc3\xa9x", 'y'},
    {"^[[:alpha:]]$", "\xc3\xa9", 'n'},
    {"^[[:word:]]+$", "a_1", 'y'},
    {"^[[:^digit:]]$", "\xc3\xa9", 'y'},
    {"[[:foo:]]", "f", 'x'},
    {"^\\v$", "\n", 'n'}, // the vertical tab alone
    {"^\\v$", "\v", 'y'},
    {"^\\h$", " ", 'x'},
    {"\\R", "\n", 'x'},
    {"\\N", "a", 'x'},
    {"\\X", "a", 'x'},
    {"\\C", "a", 'x'},
    {"\\e", "\x1b", 'x'},
    {"a\\Kb", "ab", 'x'},
    // Unicode
    {"^\\pL+$",
     "Stra\xc3\x9f"
     "e",
     'y'},
    {"^\\p{Greek}$", "\xce\xb1", 'y'},
    {"^\\P{Greek}$", "\xce\xb1", 'n'},
    {"^\\p{^Greek}$", "a", 'y'},
    {"^\\p{Grek}$", "\xce\xb1", 'x'},
    {"^\\p{greek}$", "\xce\xb1", 'x'},
    {"^\\p{Lu}$", "\xc3\x84", 'y'},
    {"(?i)\\p{Lu}", "a", 'x'},
    {"^\\p{Xan}$", "a", 'x'},
    {"^[\\p{Han}\\d]+$",
     "\xe4\xb8\xad"
     "1",
     'y'},
    // a mark that Devanagari and other scripts share is of none: the script, not its extensions
    {"^\\p{Devanagari}$", "\xe0\xa5\xa4", 'n'},
    // case
    {"(?i)\xc3\xa4", "\xc3\x84", 'y'},
    {"(?i)^k$", "\xe2\x84\xaa", 'y'},   // the Kelvin sign
    {"(?i)^\\w$", "\xe2\x84\xaa", 'y'}, // folded, as RE2 folds its classes
    {"(?i)^\\W$", "\xe2\x84\xaa", 'n'},
    {"(?i)^[[:^lower:]]$", "A", 'n'},
    {"(?i)a(?-i)b", "AB", 'n'},
    {"(?i:a)b", "Ab", 'y'},
    {"(?i:a)b", "AB", 'n'},
    {"(a(?i)b)c", "aBC", 'n'},
    // repeats
    {"a{,2}b", "a{,2}b", 'y'}, // no count: characters
    {"a{,2}b", "aab", 'n'},
    {"^a{02}$", "a{02}", 'y'},
    {"x{", "x{", 'y'},
    {"{2}", "", 'x'},
    {"a{2,1}", "aa", 'x'},
    {"a{1001}", "a", 'x'},
    {"a{1000}", "a", 'n'},
    {"(a{100}){11}", "a", 'x'},
    {"(a{10}){100}", "a", 'n'},
    {"a**", "a", 'x'},
    {"a++", "a", 'x'},
    {"a?+", "a", 'x'},
    {"a{2}{3}", "aaaaaa", 'x'},
    {"a{2}*", "aa", 'x'},
    {"^a+?$", "aaa", 'y'},
    {"(?U)^a+$", "aaa", 'y'},
    {"*a", "a", 'x'},
    {"a|*b", "b", 'x'},
    {"(+)", "+", 'x'},
    // groups
    {"(a)\\1", "aa", 'x'},
    {"(?P<x>a)(?P=x)", "aa", 'x'},
    {"(?P<x>a)b", "ab", 'y'},
    {"(?<x>a)b", "ab", 'y'},
    {"(?P<x>a)(?P<x>b)", "ab", 'x'},
    {"(?P<x y>a)", "a", 'x'},
    {"a(?=b)", "ab", 'x'},
    {"a(?!b)", "ac", 'x'},
    {"(?<=a)b", "ab", 'x'},
    {"(?<!a)b", "cb", 'x'},
    {"(?>a)", "a", 'x'},
    {"(?|a)", "a", 'x'},
    {"(?#a)b", "b", 'x'},
    {"(?R)?", "a", 'x'},
    {"(?1)", "a", 'x'},
    {"(?(1)a)", "a", 'x'},
    {"(?C1)a", "a", 'x'},
    {"(*ACCEPT)a", "a", 'x'},
    {"(*UCP)\\d", "1", 'x'},
    {"(?x)a b", "ab", 'x'},
    {"(?-)a", "a", 'x'},
    {"(a", "a", 'x'},
    {"a)", "a", 'x'},
    {"a||b", "", 'y'},
    {"()", "", 'y'},
    // brackets
    {"^[]a]+$", "]a", 'y'},
    {"^[^]a]$", "b", 'y'},
    {"[]", "a", 'x'},
    {"[a", "a", 'x'},
    {"[z-a]", "a", 'x'},
    {"^[a-]+$", "a-", 'y'},
    {"^[a-c-e]+$", "b-e", 'y'},
    {"^[a-c-e]+$", "d", 'n'},
    {"^[\\b]$", "\b", 'x'},
    {"^[^a]$", "\n", 'y'},
    {"^[[a]$", "[", 'y'},
    {"^[&&a]$", "&", 'y'},
    // characters
    {"^\\x41\\x{1F600}$", "A\xf0\x9f\x98\x80", 'y'},
    {"\\x{110000}", "a", 'x'},
    {"\\xg", "g", 'x'},
    {"^\\101$", "A", 'y'},
    {"^\\0$", "0", 'n'},
    {"\\8", "8", 'x'},
    {"^\\Qa.b\\E+$", "a.bb", 'y'},
    {"^\\Qa.b", "axb", 'n'},
    {"\\q", "q", 'x'},
    {"\\_", "_", 'y'},
    {"#a b", "#a b", 'y'},
    {"\\", "\\", 'x'},
};

static void re2_s_meaning(void) {
    arena *a = unit_arena();
    regex_store *store = regex_store_new(a);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        regex_problem problem = {0};
        const char *why = "";
        const regex *r = regex_compile(store, str_of(cases[i].pattern), &problem);
        char got = 'x';
        if (r) {
            regex_answer answer = regex_search(store, r, str_of(cases[i].text), &why);
            got = answer == REGEX_YES ? 'y' : answer == REGEX_NO ? 'n' : 'f';
        }
        if (got != cases[i].answer)
            printf("\n  /%s/: %c, not %c %s%.*s", cases[i].pattern, got, cases[i].answer, why,
                   STR_ARG(problem.reason));
        CU_ASSERT(got == cases[i].answer);
        CU_ASSERT(r || problem.reason.len > 0);
    }
}

static void refusals_say_where(void) {
    regex_problem problem = {0};
    CU_ASSERT_PTR_NULL(regex_compile(regex_store_new(unit_arena()), STR("ab(c)\\1d"), &problem));
    CU_ASSERT(problem.from == 5 && problem.to == 7);
    CHECK_STR(problem.reason, "has a back-reference, which RE2 does not have");
    CU_ASSERT(problem.hint.len > 0);
}

static str repeated(arena *a, const char *s, size_t times) {
    buf b = {.arena = a};
    for (size_t i = 0; i < times; i++)
        buf_adds(&b, s);
    return buf_str(&b);
}

static regex_answer search(arena *a, str pattern, str text) {
    regex_problem problem = {0};
    const char *why = NULL;
    regex_store *store = regex_store_new(a);
    const regex *r = regex_compile(store, pattern, &problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(r);
    regex_answer answer = regex_search(store, r, text, &why);
    CU_ASSERT((answer == REGEX_FAILED) == (why != NULL));
    return answer;
}

// These take a backtracking matcher minutes to years.
static void no_pattern_takes_long(void) {
    arena *a = unit_arena();
    str text = repeated(a, "a", REGEX_MAX_SUBJECT);
    CU_ASSERT(search(a, STR("(a*)*b"), text) == REGEX_NO);
    CU_ASSERT(search(a, STR("(?:a|a)*b"), text) == REGEX_NO);
    CU_ASSERT(search(a, STR("(?:[ab]*[ab]*c|d)"), text) == REGEX_NO);
    CU_ASSERT(search(a, STR("a*a*a*a*a*a*a*a*b"), text) == REGEX_NO);
    CU_ASSERT(search(a, STR("a+$"), text) == REGEX_YES);
    CU_ASSERT(search(a, STR("(?:a?){30}a{30}"), repeated(a, "a", 30)) == REGEX_YES);
}

static void limits_are_failures(void) {
    arena *a = unit_arena();
    str many = repeated(a, "a*b|", 300), text = repeated(a, "a", REGEX_MAX_SUBJECT);
    CU_ASSERT(search(a, str_sub(many, 0, many.len - 1), text) == REGEX_FAILED);
    CU_ASSERT(search(a, STR("b"), repeated(a, "a", REGEX_MAX_SUBJECT + 1)) == REGEX_FAILED);
    CU_ASSERT(search(a, STR("b"), STR("\xff")) == REGEX_FAILED);
    CU_ASSERT(search(a, repeated(a, "a", REGEX_MAX_PATTERN), STR("a")) == REGEX_NO);
    regex_problem problem = {0};
    regex_store *store = regex_store_new(a);
    CU_ASSERT_PTR_NULL(regex_compile(store, repeated(a, "a", REGEX_MAX_PATTERN + 1), &problem));
    CU_ASSERT_PTR_NULL(regex_compile(store, repeated(a, "(", 4000), &problem));
    CHECK_STR(problem.reason, "is nested too deeply");
}

static void a_store_compiles_once(void) {
    arena *a = unit_arena();
    regex_store *store = regex_store_new(a);
    regex_problem problem = {0};
    const regex *r = regex_compile(store, STR("a+"), &problem);
    CU_ASSERT(r && regex_compile(store, STR("a+"), &problem) == r);
    CU_ASSERT_PTR_NULL(regex_compile(store, STR("a++"), &problem));
    problem = (regex_problem){0};
    CU_ASSERT_PTR_NULL(regex_compile(store, STR("a++"), &problem));
    CU_ASSERT(problem.reason.len > 0);
}

int register_regex(void) {
    static CU_TestInfo tests[] = {
        {"RE2's meaning", re2_s_meaning},
        {"refusals say where", refusals_say_where},
        {"no pattern takes long", no_pattern_takes_long},
        {"limits are failures", limits_are_failures},
        {"a store compiles once", a_store_compiles_once},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("regex", tests);
}
