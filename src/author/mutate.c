// SPDX-License-Identifier: Apache-2.0
//
// The rules are loaded anew for each mutant, whole: what a mistake in one file does to another is
// found so, and nothing of the rules as they are can leak into it. Of the tests only those are run
// that name a rule on which the mutant bears, or a clearance.
#include "author/mutate.h"

// --- mutants

static bool is_policy(const node *doc) {
    const node *header = doc_get(doc, "obstat");
    return header && doc_is_scalar(header) && str_starts(header->text, STR("policy/"));
}

static const policy *policy_of(const ruleset *rules, const node *doc) {
    const node *id = doc_get(doc, "id");
    return id && doc_is_scalar(id) ? ruleset_policy(rules, id->text) : NULL;
}

void mutated_file_read(mutated_file *out, arena *a, const ruleset *rules, const source *file,
                       str path) {
    docs read;
    diags unheard = {.arena = a}; // the file was read before, and had no mistake
    *out = (mutated_file){.src = file, .path = path};
    if (!doc_read(&read, a, &unheard, &doc_default_limits, doc_format_of(file->name), file->name,
                  file->text))
        return;
    for (size_t i = 0; i < read.list.len; i++) {
        const node *doc = read.list.at[i];
        const policy *p = is_policy(doc) ? policy_of(rules, doc) : NULL;
        if (!p) continue;
        mutants *list = arena_new(a, mutants);
        mutants_add(list, a, doc);
        vec_push(a, &out->policies, p);
        vec_push(a, &out->mutants, list);
        out->count += list->list.len;
    }
}

// --- one mutant

typedef struct loader {
    const mutation *m;
    const source *file;
    str text;
} loader;

static bool load_mutant(void *ctx, ruleset *out, arena *a, diags *d, bool has_known_on,
                        day known_on) {
    const loader *l = ctx;
    return l->m->load(l->m->ctx, out, a, d, l->file, l->text, has_known_on, known_on);
}

// One mutant on its tests.
typedef struct trial {
    const mutation *m;
    known_rules rules; // with the mutant
    map bears_on;      // rules, by id
    const test_case *killer;
} trial;

static bool names_rule(const test_case *c, const map *rules) {
    for (size_t i = 0; i < c->expectations.len; i++)
        if (c->expectations.at[i].rule.len && map_has(rules, c->expectations.at[i].rule))
            return true;
    return false;
}

static bool names_clearance(const test_case *c) {
    for (size_t i = 0; i < c->expectations.len; i++)
        if (c->expectations.at[i].rule.len == 0) return true;
    return false;
}

// Whether a case asks for one of the rules; where it asks for others, too, their outcomes are as
// they were, so that they need not be found.
static bool without_others(test_case *out, arena *a, const test_case *c, const map *rules) {
    *out = *c;
    out->expectations.at = NULL;
    out->expectations.len = out->expectations.cap = 0;
    for (size_t i = 0; i < c->expectations.len; i++)
        if (c->expectations.at[i].rule.len && map_has(rules, c->expectations.at[i].rule))
            vec_push(a, &out->expectations, c->expectations.at[i]);
    return out->expectations.len > 0;
}

static bool same_findings(const check_result *x, const check_result *y) {
    bool same = x->findings.len == y->findings.len;
    for (size_t i = 0; same && i < x->findings.len; i++) {
        const finding *f = &x->findings.at[i], *g = &y->findings.at[i];
        same = f->outcome == g->outcome && f->severity == g->severity &&
               str_eq(f->rule->id, g->rule->id) && str_eq(f->subject, g->subject) &&
               str_eq(f->place, g->place);
    }
    return same;
}

// Whether the mutant changes anything that a clearance may rest on.
static bool moves_clearance(trial *t, const test_case *c) {
    rule_tests *tests = t->m->tests;
    test_case alone = *c;
    alone.expectations.len = 0;
    tested_case was = tests_run_case(tests, t->m->known, &alone);
    tested_case now = tests_run_case(tests, &t->rules, &alone);
    return !was.usable || !now.usable || !same_findings(was.found, now.found);
}

// What a case says of the mutant, in scratch memory.
static mutant_fate ask(trial *t, const test_case *c) {
    rule_tests *tests = t->m->tests;
    test_case asked;
    bool passed = true;
    tests->query.only = &t->bears_on;
    if (!rules_known(&t->rules, c->has_known_on, c->known_on)) return FATE_REFUSED;
    if (without_others(&asked, tests->scratch, c, &t->bears_on)) {
        tested_case all = tests_run_case(tests, &t->rules, &asked);
        passed = case_passed(&all);
    }
    if (passed && names_clearance(c) && moves_clearance(t, c)) {
        tests->query.only = NULL;
        tested_case all = tests_run_case(tests, &t->rules, c);
        passed = case_passed(&all);
    }
    return passed ? FATE_SURVIVED : FATE_KILLED;
}

// Those that name an affected rule, or the others, of which some name a clearance.
static mutant_fate ask_all(trial *t, bool by_rule) {
    rule_tests *tests = t->m->tests;
    arena_mark empty = arena_here(tests->scratch);
    mutant_fate fate = FATE_SURVIVED;
    for (size_t i = 0; i < tests->cases.len && fate == FATE_SURVIVED; i++) {
        const test_case *c = tests->cases.at[i];
        if (names_rule(c, &t->bears_on) != by_rule || !(by_rule || names_clearance(c))) continue;
        fate = ask(t, c);
        arena_reset(tests->scratch, empty);
        t->killer = c;
    }
    tests->query.only = NULL;
    return fate;
}

static mutant_fate fate_of(const mutation *m, const mutated_file *file, const policy *of,
                           const mutant *tried, const test_case **killer) {
    arena *a = m->rules_arena;
    loader l = {m, file->src, mutant_text(a, tried)};
    diags unheard = {.arena = a};
    trial t = {.m = m, .rules = {.arena = a, .diags = &unheard, .load = load_mutant, .ctx = &l}};
    if (!rules_known(&t.rules, false, 0)) return FATE_REFUSED;
    affected_rules(&t.bears_on, &m->affected, a, of, tried);
    mutant_fate fate = ask_all(&t, true);
    if (fate == FATE_SURVIVED) fate = ask_all(&t, false);
    if (fate == FATE_KILLED) *killer = t.killer;
    return fate;
}

// --- accepted mutants

// "cn/x.yaml" gives "cn/x".
static str without_ending(str path) {
    size_t dot = path.len;
    while (dot > 0 && path.ptr[dot - 1] != '.' && path.ptr[dot - 1] != '/')
        dot--;
    return dot > 0 && path.ptr[dot - 1] == '.' ? str_sub(path, 0, dot - 1) : path;
}

bool ends_with_path(str name, str path) {
    return str_ends(name, path) &&
           (name.len == path.len || name.ptr[name.len - path.len - 1] == '/');
}

bool stands_beside(str policy_path, str tests) {
    static const str mark = STR_C(".test");
    str name = without_ending(tests), policy_name = without_ending(policy_path);
    if (!str_ends(name, mark)) return false;
    name = str_sub(name, 0, name.len - mark.len);
    if (ends_with_path(name, policy_name)) return true;
    for (size_t i = name.len; i-- > 0 && name.ptr[i] != '/';)
        if (name.ptr[i] == '-' && ends_with_path(str_sub(name, 0, i), policy_name)) return true;
    return false;
}

// Of several policies beside which tests may stand it is the one with the longest name.
static bool are_of(const mutation *m, str tests, str policy_path) {
    if (!stands_beside(policy_path, tests)) return false;
    for (size_t i = 0; i < m->paths.len; i++)
        if (m->paths.at[i].len > policy_path.len && stands_beside(m->paths.at[i], tests))
            return false;
    return true;
}

static bool stands_in(const accepted_mutant *a, const policy *of, const mutant *m) {
    for (size_t i = 0; i < m->owners.len; i++) {
        const mutant_owner *o = &m->owners.at[i];
        if (str_eq(o->kind == OWNER_POLICY ? of->id : o->name, a->of)) return true;
    }
    return false;
}

// Each entry of the tests beside a file that is this mutant takes note of its fate; the first of
// them is returned.
static const accepted_mutant *note_accepted(mutation *m, const mutated_file *file, const policy *of,
                                            const mutant *tried, mutant_fate fate) {
    const accepted_mutant *found = NULL;
    str was = mutant_line_before(m->arena, tried), line = mutant_line(m->arena, tried);
    for (size_t i = 0; i < m->accepted.len; i++) {
        accepted_use *u = &m->accepted.at[i];
        if (!are_of(m, u->test_file, file->path) || !stands_in(u->entry, of, tried) ||
            !str_eq(u->entry->becomes, line) || (u->entry->was.len && !str_eq(u->entry->was, was)))
            continue;
        u->survived = u->survived || fate == FATE_SURVIVED;
        u->killed = u->killed || fate == FATE_KILLED;
        if (!found) found = u->entry;
    }
    return found;
}

void mutation_check_accepted(const mutation *m, const mutated_file *file, diags *d) {
    for (size_t i = 0; i < m->accepted.len; i++) {
        const accepted_use *u = &m->accepted.at[i];
        if (u->survived || !are_of(m, u->test_file, file->path)) continue;
        diag_add(d, DIAG_STALE_SURVIVOR, u->entry->at,
                 u->killed ? STR("take it out: the tests see this mistake now")
                           : STR("copy what `obstat test --mutate` prints as `becomes`"),
                 u->killed ? "this mutant of `%.*s` does not survive"
                           : "there is no such mutant of `%.*s`",
                 STR_ARG(u->entry->of));
    }
}

// --- all of them

void mutation_open(mutation *m) {
    affected_open(&m->affected, m->arena, m->rules);
    for (size_t i = 0; i < m->tests->files.len; i++) {
        const test_file *f = m->tests->files.at[i];
        for (size_t k = 0; k < f->survivors.len; k++)
            vec_push(m->arena, &m->accepted,
                     (accepted_use){.entry = &f->survivors.at[k], .test_file = f->src->name});
    }
}

static bool try_one(mutation *m, const mutated_file *file, const policy *of, const mutant *one) {
    tried_mutant t = {.mutant = one, .policy = of};
    arena_mark empty = arena_here(m->rules_arena);
    t.fate = fate_of(m, file, of, one, &t.killer);
    arena_reset(m->rules_arena, empty);
    const accepted_mutant *entry = note_accepted(m, file, of, one, t.fate);
    if (entry && t.fate == FATE_SURVIVED) {
        t.fate = FATE_ACCEPTED;
        t.accepted = entry;
    }
    return m->told(m->ctx, &t);
}

bool mutation_try(mutation *m, const mutated_file *file) {
    for (size_t i = 0; i < file->policies.len; i++)
        for (size_t k = 0; k < file->mutants.at[i]->list.len; k++)
            if (!try_one(m, file, file->policies.at[i], &file->mutants.at[i]->list.at[k]))
                return false;
    return true;
}
