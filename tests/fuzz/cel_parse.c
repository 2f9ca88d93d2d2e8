// SPDX-License-Identifier: Apache-2.0
//
// The parser, the printer and what comes before evaluation: an expression that is read, printed and
// read again is the same, and no other is; linking and checking it leave what it says alone.
#include "values.h"

static expr *read_text(arena *a, str text, bool no_macros) {
    cel_text *where = arena_new(a, cel_text);
    diags d = {.arena = a};
    *where = (cel_text){.text = text, .src = source_new(a, STR("expression"), text)};
    expr *e = cel_parse(a, &d, where, no_macros);
    MUST((e == NULL) == (d.errors > 0), "%zu errors", d.errors);
    fuzz_judge_diags(&d, where->src);
    return e;
}

static str printed(arena *a, const expr *e) {
    buf out = {.arena = a};
    cel_print(&out, e);
    return buf_str(&out);
}

typedef struct part_of {
    const expr *whole;
} part_of;

// Each node lies in its parent and is less high.
static void judge_part(void *ctx, expr *part) {
    const expr *whole = ((part_of *)ctx)->whole;
    MUST(part->from <= part->to && part->from >= whole->from && part->to <= whole->to,
         "%u-%u in %u-%u", part->from, part->to, whole->from, whole->to);
    MUST(part->height < whole->height, "height %u in %u", part->height, whole->height);
    cel_each_part(part, judge_part, &(part_of){part});
}

// Two nodes are the same where they are printed the same, and nowhere else.
typedef struct neighbour {
    arena *arena;
    const expr *before;
} neighbour;

static void judge_neighbours(void *ctx, expr *part) {
    enum { HIGHEST = 6 }; // to print what is larger again and again takes long
    neighbour *n = ctx;
    if (part->height <= HIGHEST && n->before && n->before->height <= HIGHEST) {
        str x = printed(n->arena, n->before), y = printed(n->arena, part);
        MUST(cel_same(n->before, part) == str_eq(x, y), "%.*s and %.*s", STR_ARG(x), STR_ARG(y));
    }
    n->before = part;
    cel_each_part(part, judge_neighbours, &(neighbour){n->arena, NULL});
}

static void judge_identity(arena *a, str text, bool no_macros) {
    expr *e = read_text(a, text, no_macros);
    if (!e) return;
    MUST(e->height <= CEL_MAX_DEPTH, "height %u", e->height);
    cel_each_part(e, judge_part, &(part_of){e});
    cel_each_part(e, judge_neighbours, &(neighbour){a, NULL});
    str once = printed(a, e);
    expr *again = read_text(a, once, no_macros);
    MUST(again, "printed, and not read: %.*s", STR_ARG(once));
    MUST(cel_same(e, again), "printed as another expression: %.*s", STR_ARG(once));
    MUST(str_eq(once, printed(a, again)), "printed otherwise: %.*s and %.*s", STR_ARG(once),
         STR_ARG(printed(a, again)));
}

static expr *compiled(arena *a, str text, bool lenient) {
    static const ruleset *rules;
    static const str names[] = {STR_C("thing")};
    if (!rules) rules = fuzz_ruleset("lamps");
    cel_env env = *ruleset_policy(rules, STR("AA-CORE"))->env;
    diags d = {.arena = a};
    cel_scope scope = {.names = names, .count = 1};
    uint32_t slots = 0;
    env.arena = a;
    expr *e = fuzz_compile(a, &d, &env, text, &scope, lenient, &slots);
    if (!e) return NULL;
    const type *t = cel_check(&env, &d, e, &scope, NULL);
    MUST(t && (t->kind == TYPE_ERROR) <= (d.errors > 0), "a type error without a diagnostic");
    fuzz_judge_diags(&d, NULL); // a mistake of what a call makes of a definition is told there
    return e;
}

// Linking resolves names, and may print them in full; of what it prints it makes the same again.
static void judge_compiled(arena *a, str text, bool lenient) {
    const expr *e = compiled(a, text, lenient);
    if (!e) return;
    str once = printed(a, e);
    const expr *again = compiled(a, once, lenient);
    MUST(again, "linked and printed, and not read: %.*s", STR_ARG(once));
    MUST(str_eq(once, printed(a, again)), "linked as another expression: %.*s and %.*s",
         STR_ARG(once), STR_ARG(printed(a, again)));
}

static void parse(arena *a, str input) {
    judge_identity(a, input, false);
    judge_identity(a, input, true);
    judge_compiled(a, input, false);
    judge_compiled(a, input, true);
}

int fuzz_cel_parse(const uint8_t *data, size_t size) {
    return fuzz_run(parse, data, size);
}
