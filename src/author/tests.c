// SPDX-License-Identifier: Apache-2.0
//
// Rules are loaded once for each date of knowledge, manifests once for each path; a case has memory
// of its own.
#include "author/tests.h"

// --- rules

typedef struct rules_on {
    bool has_known_on, usable;
    day known_on;
    ruleset rules;
} rules_on;

const ruleset *rules_known(known_rules *k, bool has_known_on, day known_on) {
    for (size_t i = 0; i < k->loaded.len; i++) {
        const rules_on *r = k->loaded.at[i];
        if (r->has_known_on == has_known_on && (!has_known_on || r->known_on == known_on))
            return r->usable ? &r->rules : NULL;
    }
    rules_on *r = arena_new(k->arena, rules_on);
    *r = (rules_on){.has_known_on = has_known_on, .known_on = known_on};
    vec_push(k->arena, &k->loaded, r);
    r->usable = k->load(k->ctx, &r->rules, k->arena, k->diags, has_known_on, known_on);
    return r->usable ? &r->rules : NULL;
}

// --- manifests

// "a/b.test.yaml" and "../c.yaml" give "a/../c.yaml".
static str beside(arena *a, str file, str path) {
    size_t folder = file.len;
    while (folder > 0 && file.ptr[folder - 1] != '/')
        folder--;
    if (str_starts(path, STR("/"))) return path;
    return str_format(a, "%.*s%.*s", STR_ARG(str_sub(file, 0, folder)), STR_ARG(path));
}

static const node *base_of(rule_tests *t, const test_case *c, diags *d) {
    str path = beside(t->scratch, c->base_at.src->name, c->base);
    const node *base = map_get(&t->manifests, path);
    if (base) return base;
    path = str_copy(t->arena, path);
    base = t->manifest(t->ctx, t->arena, d, path, c->base_at);
    if (base) map_put(t->arena, &t->manifests, path, (void *)base);
    return base;
}

// --- cases

void tests_read(rule_tests *t, const node *const *documents, size_t count) {
    for (size_t i = 0; i < count; i++) {
        test_file *read = arena_new(t->arena, test_file);
        if (!test_file_read(read, t->arena, t->diags, documents[i])) continue;
        vec_push(t->arena, &t->files, read);
        for (size_t k = 0; k < read->cases.len; k++)
            vec_push(t->arena, &t->cases, &read->cases.at[k]);
    }
}

bool case_passed(const tested_case *c) {
    return c->usable && c->wrong->list.len == 0;
}

tested_case tests_run_case(rule_tests *t, known_rules *known, const test_case *test) {
    arena *a = t->scratch;
    const ruleset *rules = rules_known(known, test->has_known_on, test->known_on);
    tested_case c = {.test = test, .rules = rules, .query = t->query, .arena = a};
    if (!rules) return c;
    diags *d = arena_new(a, diags);
    check_result *found = arena_new(a, check_result);
    mismatches *wrong = arena_new(a, mismatches);
    d->arena = a;
    c.diags = d;
    c.manifest = test->manifest ? test->manifest : base_of(t, test, d);
    if (c.manifest && test->with) c.manifest = check_patch(rules, a, d, c.manifest, test->with);
    if (test->has_as_of) {
        c.query.has_as_of = true;
        c.query.as_of = test->as_of;
    }
    c.query.all_reasons = test->wants_because;
    t->now = &c;
    c.usable = c.manifest && !d->errors && check_manifest(found, rules, a, d, c.manifest, &c.query);
    t->now = NULL;
    if (!c.usable) return c;
    test_compare(wrong, a, test, found);
    c.found = found;
    c.wrong = wrong;
    return c;
}

void tests_run(rule_tests *t, known_rules *rules, bool (*told)(void *ctx, const tested_case *c),
               void *ctx) {
    arena_mark empty = arena_here(t->scratch);
    for (size_t i = 0; i < t->cases.len; i++) {
        tested_case c = tests_run_case(t, rules, t->cases.at[i]);
        bool more = told(ctx, &c);
        arena_reset(t->scratch, empty);
        if (!more) return;
    }
}
