// SPDX-License-Identifier: Apache-2.0
//
// Texts and sizes as rows: `size`, `contains`, `startsWith`, `endsWith`, `matches`.
#include "cel/eval.h"
#include "cel/regex.h"

static value size(cel_run *run, const expr *call, const value *args, size_t count) {
    switch (args[0].kind) {
    case VALUE_STRING: return value_int((int64_t)utf8_count(value_text(args[0])));
    case VALUE_BYTES: return value_int(args[0].n);
    case VALUE_LIST:
        return args[0].u.list->open ? value_unknown() : value_int(args[0].u.list->count);
    case VALUE_MAP: return value_int(args[0].u.map->count);
    default: return cel_no_overload(run, call, args, count);
    }
}

static bool two_texts(const value *args) {
    return args[0].kind == VALUE_STRING && args[1].kind == VALUE_STRING;
}

static value contains(cel_run *run, const expr *call, const value *args, size_t count) {
    if (!two_texts(args)) return cel_no_overload(run, call, args, count);
    // The search may compare every place with every byte of what is sought.
    uint64_t work = (uint64_t)args[0].n * (args[1].n ? args[1].n : 1) / 64;
    if (!cel_spend(run, (size_t)work)) return cel_too_much(run, call);
    return value_bool(str_find(value_text(args[0]), value_text(args[1])) >= 0);
}

static value starts_with(cel_run *run, const expr *call, const value *args, size_t count) {
    if (!two_texts(args)) return cel_no_overload(run, call, args, count);
    return value_bool(str_starts(value_text(args[0]), value_text(args[1])));
}

static value ends_with(cel_run *run, const expr *call, const value *args, size_t count) {
    if (!two_texts(args)) return cel_no_overload(run, call, args, count);
    return value_bool(str_ends(value_text(args[0]), value_text(args[1])));
}

static value matches(cel_run *run, const expr *call, const value *args, size_t count) {
    enum { COMPILING = 50 }; // steps, beside those for the length
    if (!two_texts(args)) return cel_no_overload(run, call, args, count);
    if (!cel_spend(run, (size_t)COMPILING + args[0].n / 16 + args[1].n))
        return cel_too_much(run, call);
    if (!run->patterns) run->patterns = regex_store_new(run->arena);
    regex_problem problem;
    const char *why = NULL;
    const regex *r = regex_compile(run->patterns, value_text(args[1]), &problem);
    if (!r) return cel_fail(run, call, "this pattern %.*s", STR_ARG(problem.reason));
    regex_answer answer = regex_search(run->patterns, r, value_text(args[0]), &why);
    if (answer == REGEX_FAILED) return cel_fail(run, call, "`matches` cannot answer: %s", why);
    return value_bool(answer == REGEX_YES);
}

// A pattern that is written out is judged when the expression is loaded: also by PCRE2, for which
// one in RE2's grammar may be too large.
static bool check_pattern(const cel_env *env, diags *d, const expr *arg, str text) {
    (void)env;
    regex_problem problem = {0};
    if (regex_compile(regex_store_new(d->arena), text, &problem)) return true;
    diag_add(d, DIAG_BAD_PATTERN, cel_span(arg), problem.hint, "this pattern %.*s: `%.*s`",
             STR_ARG(problem.reason), STR_ARG(str_sub(text, problem.from, problem.to)));
    return false;
}

#define SIZES "(string) -> int | (bytes) -> int | (list(A)) -> int | (map(A, B)) -> int"

static const cel_function rows[] = {
    {"size", CEL_ANY_KIND, SIZES, size, "the number of characters, bytes, elements or entries",
     NULL},
    {"size", CEL_RECEIVER | CEL_ANY_KIND, SIZES, size,
     "the number of characters, bytes, elements or entries", NULL},
    {"contains", CEL_RECEIVER | CEL_ANY_KIND, "(string, string) -> bool", contains,
     "whether the text has the other in it", NULL},
    {"startsWith", CEL_RECEIVER | CEL_ANY_KIND, "(string, string) -> bool", starts_with,
     "whether the text begins with the other", NULL},
    {"endsWith", CEL_RECEIVER | CEL_ANY_KIND, "(string, string) -> bool", ends_with,
     "whether the text ends with the other", NULL},
    {"matches", CEL_ANY_KIND | CEL_JUDGED << 1, "(string, string) -> bool", matches,
     "whether an RE2 pattern matches somewhere in the text", check_pattern},
    {"matches", CEL_RECEIVER | CEL_ANY_KIND, "(string, string) -> bool", matches,
     "whether an RE2 pattern matches somewhere in the text", check_pattern},
};

const cel_function_table cel_text_functions = {rows, sizeof rows / sizeof rows[0]};
