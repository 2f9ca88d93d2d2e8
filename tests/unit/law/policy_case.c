// SPDX-License-Identifier: Apache-2.0
//
// Cases of tests/diagnostics/policy: loads the files of a case as a rules folder, over the places,
// vocabulary and registries of tests/packs/lamps without its policies. A name without a folder
// stands for one in `aa`, `./` for the top. Of a policy only what the case is about needs to be
// written: the keys that it leaves out are added behind its text. `@with known_on=20250101` loads
// what was known then; the value are the rules that there are.
#include "cases/cases.h"
#include "check/check.h"
#include "folder.h"

#include <CUnit/CUnit.h>

typedef struct world {
    rules_folder base;
    const case_input *in;
} world;

// --- a whole policy out of a part of it

static bool has_key(str text, const char *key) {
    for (size_t at = 0; at < text.len;) {
        str rest = str_sub(text, at, text.len);
        if (str_starts(rest, str_of(key))) return true;
        ptrdiff_t end = str_find(rest, STR("\n"));
        at = end < 0 ? text.len : at + (size_t)end + 1;
    }
    return false;
}

static str whole_policy(arena *a, str text) {
    static const char *const lines[] = {
        "obstat: policy/v1",
        "id: P",
        "jurisdiction: AA",
        "instrument: {name: Act, kind: statute, url: https://example.org/}",
        "status: in force",
        "reviewed: {on: 2026-01-01, confidence: high, recheck: 2027-01-01}",
        "rules: [{id: R, title: T, cites: s. 1, requires: shop.small}]",
    };
    if (has_key(text, "obstat:")) return text;
    buf b = {.arena = a};
    buf_add(&b, text);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ptrdiff_t colon = str_find(str_of(lines[i]), STR(":"));
        if (!has_key(text, str_c(a, str_sub(str_of(lines[i]), 0, (size_t)colon + 1))))
            buf_addf(&b, "%s\n", lines[i]);
    }
    return buf_str(&b);
}

// --- the folder

static str path_of(arena *a, const case_file *f) {
    if (str_starts(f->name, STR("./"))) return str_sub(f->name, 2, f->name.len);
    return str_find(f->name, STR("/")) < 0 ? str_format(a, "aa/%.*s", STR_ARG(f->name)) : f->name;
}

// The entry of folder `in` under which a path is found; empty: it lies elsewhere.
static str entry_of(str path, str in) {
    if (in.len) {
        if (!str_starts(path, in) || path.len <= in.len || path.ptr[in.len] != '/') return STR("");
        path = str_sub(path, in.len + 1, path.len);
    }
    ptrdiff_t slash = str_find(path, STR("/"));
    return slash < 0 ? path : str_sub(path, 0, (size_t)slash + 1);
}

static bool kept(str path, str entry) {
    return !path.len || str_is(entry, "registries/") || str_is(entry, "jurisdiction.yaml") ||
           str_ends(path, STR("registries"));
}

static bool list_world(void *ctx, arena *a, diags *d, str path, str **entries, size_t *count) {
    const world *w = ctx;
    vec(str) found = {0};
    str *base = NULL;
    size_t base_count = 0;
    w->base.list(w->base.ctx, a, d, path, &base, &base_count);
    for (size_t i = 0; i < base_count; i++)
        if (kept(path, base[i])) vec_push(a, &found, base[i]);
    for (size_t i = 0; i < w->in->count; i++) {
        str entry = entry_of(path_of(a, &w->in->files[i]), path);
        bool there = entry.len == 0;
        for (size_t k = 0; k < found.len; k++)
            there = there || str_eq(found.at[k], entry);
        if (!there) vec_push(a, &found, entry);
    }
    *entries = found.at;
    *count = found.len;
    return true;
}

static bool read_world(void *ctx, arena *a, diags *d, str path, str *bytes) {
    const world *w = ctx;
    for (size_t i = 0; i < w->in->count; i++)
        if (str_eq(path_of(a, &w->in->files[i]), path)) {
            bool whole = str_find(path, STR("/registries/")) > 0;
            *bytes = whole ? w->in->files[i].text : whole_policy(a, w->in->files[i].text);
            return true;
        }
    return w->base.read(w->base.ctx, a, d, path, bytes);
}

// --- what is loaded

static day day_of_number(size_t n) {
    civil c = {(int32_t)(n / 10000), (int32_t)(n / 100 % 100), (int32_t)(n % 100)};
    day d = 0;
    CU_ASSERT_TRUE_FATAL(day_from_civil(c, &d));
    return d;
}

static void add_severity(case_output *out, const rule *r) {
    for (size_t i = 0; i < r->severity.count; i++) {
        const case_of *c = &r->severity.at[i];
        str from = c->has_from ? day_print(out->arena, c->from) : STR("");
        str until = c->has_until ? day_print(out->arena, c->until) : STR("");
        buf_addf(&out->value, "%.*s [%.*s..%.*s)%s; ", STR_ARG(c->value), STR_ARG(from),
                 STR_ARG(until), c->when ? " when" : "");
    }
}

void run_policy_case(case_output *out, const case_input *in) {
    world w = {unit_folder("tests/packs/lamps"), in};
    rules_folder folder = {.name = STR("rules"), .list = list_world, .read = read_world, .ctx = &w};
    size_t known_on = case_number(in, "known_on", 0);
    str reach[] = {STR("AA-N")};
    load_options options = {.everything = !case_number(in, "reach", 0),
                            .reach = reach,
                            .reach_count = 1,
                            .functions = &check_functions,
                            .function_tables = 1,
                            .has_known_on = known_on > 0,
                            .known_on = known_on ? day_of_number(known_on) : 0};
    ruleset *rules = arena_new(out->arena, ruleset);
    if (!ruleset_open(rules, out->arena, &out->diags, &folder, 1) ||
        !ruleset_load(rules, &out->diags, &folder, 1, &options))
        return;
    if (case_number(in, "severity", 0)) add_severity(out, rules->rules.entries[0].value);
    for (size_t i = 0; i < rules->rules.len; i++)
        buf_addf(&out->value, "%s%.*s", i ? ", " : "", STR_ARG(rules->rules.entries[i].key));
    if (rules->rules.len == 0) buf_adds(&out->value, "no rule");
}
