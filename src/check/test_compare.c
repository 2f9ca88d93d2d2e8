// SPDX-License-Identifier: Apache-2.0
//
// What a check found against what a test expects of it. A place, rule or subject that does not
// occur is a mismatch as well.
#include "check/test_file.h"

typedef struct comparer {
    mismatches *out;
    arena *arena;
    const check_result *found;
} comparer;

static void differ(comparer *c, const expectation *e, str wanted, str got, const finding *f) {
    vec_push(c->arena, &c->out->list,
             (mismatch){.expected = e, .wanted = wanted, .got = got, .finding = f});
}

static str join(arena *a, const str *texts, size_t count) {
    buf b = {.arena = a};
    for (size_t i = 0; i < count; i++)
        buf_addf(&b, "%s%.*s", i ? ", " : "", STR_ARG(texts[i]));
    return count ? buf_str(&b) : STR("nothing");
}

static bool has(const str *texts, size_t count, str s) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(texts[i], s)) return true;
    return false;
}

static void compare_paths(comparer *c, const expectation *e, const finding *f, const char *what,
                          const expected_paths *wanted, const reasons *got) {
    if (!wanted->stated) return;
    str *paths = arena_array(c->arena, str, got->count);
    bool same = true;
    for (size_t i = 0; i < got->count; i++) {
        paths[i] = got->at[i].path;
        same &= has(wanted->at, wanted->count, paths[i]);
    }
    for (size_t i = 0; i < wanted->count; i++)
        same &= has(paths, got->count, wanted->at[i]);
    if (same) return;
    differ(
        c, e,
        str_format(c->arena, "%s %.*s", what, STR_ARG(join(c->arena, wanted->at, wanted->count))),
        str_format(c->arena, "%s %.*s", what, STR_ARG(join(c->arena, paths, got->count))), f);
}

static void compare_finding(comparer *c, const expectation *e, const finding *f) {
    if (f->outcome != e->outcome) {
        differ(c, e, str_of(outcome_names[e->outcome]), str_of(outcome_names[f->outcome]), f);
        return;
    }
    if (e->has_severity && f->severity != e->severity)
        differ(c, e, str_of(rule_severity_names[e->severity]),
               str_of(rule_severity_names[f->severity]), f);
    compare_paths(c, e, f, "needs", &e->needs, &f->needs);
    compare_paths(c, e, f, "because", &e->because, &f->because);
}

static const clearance *clearance_at(const check_result *found, str place) {
    for (size_t i = 0; i < found->clearances.len; i++)
        if (str_eq(found->clearances.at[i].place, place)) return &found->clearances.at[i];
    return NULL;
}

// The subjects that the rule has there, for a message.
static str subjects_there(const comparer *c, const expectation *e) {
    vec(str) list = {0};
    for (size_t i = 0; i < c->found->findings.len; i++) {
        const finding *f = &c->found->findings.at[i];
        if (!str_eq(f->place, e->place) || !str_eq(f->rule->id, e->rule)) continue;
        vec_push(c->arena, &list, f->subject.len ? f->subject : STR("the launch as a whole"));
    }
    return join(c->arena, list.at, list.len);
}

static void compare_rule(comparer *c, const expectation *e) {
    size_t asked = 0, matched = 0;
    for (size_t i = 0; i < c->found->findings.len; i++) {
        const finding *f = &c->found->findings.at[i];
        if (!str_eq(f->place, e->place) || !str_eq(f->rule->id, e->rule)) continue;
        asked++;
        if (e->has_subject && !str_eq(f->subject, e->subject)) continue;
        matched++;
        compare_finding(c, e, f);
    }
    str wanted = str_of(outcome_names[e->outcome]);
    if (asked == 0)
        differ(c, e, wanted, STR("the rule does not occur here"), NULL);
    else if (matched == 0)
        differ(
            c, e, wanted,
            str_format(c->arena, "no such subject; there are: %.*s", STR_ARG(subjects_there(c, e))),
            NULL);
}

void test_compare(mismatches *out, arena *a, const test_case *test, const check_result *found) {
    comparer c = {out, a, found};
    for (size_t i = 0; i < test->expectations.len; i++) {
        const expectation *e = &test->expectations.at[i];
        const clearance *there = clearance_at(found, e->place);
        if (!there)
            differ(&c, e, e->rule.len ? e->rule : STR("clearance"),
                   STR("the place does not occur in the report"), NULL);
        else if (e->rule.len)
            compare_rule(&c, e);
        else if (there->verdict != e->verdict)
            differ(&c, e, str_of(verdict_names[e->verdict]), str_of(verdict_names[there->verdict]),
                   NULL);
    }
}
