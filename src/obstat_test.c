// SPDX-License-Identifier: Apache-2.0
//
// The public interface: running tests of rules. Rules are loaded once for each date of knowledge;
// each case is checked in memory of its own.
#include "obstat_object.h"

#include "check/test_file.h"
#include "report/build.h"
#include "report/failure.h"
#include "report/formats.h"

// Rules as they were known on a date.
typedef struct known_rules {
    bool has_known_on, usable;
    day known_on;
    ruleset rules;
} known_rules;

typedef struct tester {
    obstat_context *context;
    arena *arena; // of all that outlives a case
    diags *diags; // of rules and test files
    const obstat_load *load;
    const obstat_folder *base;
    check_query query;
    report_options style;
    obstat_sink sink;
    obstat_test_result *result;
    vec(known_rules *) known;
    map manifests; // path → node
    bool refused;  // by the sink
} tester;

static void tell(tester *t, buf *text) {
    if (!object_write(t->sink, buf_str(text))) t->refused = true;
}

// --- rules and manifests

static const ruleset *rules_known(tester *t, bool has_known_on, day known_on) {
    for (size_t i = 0; i < t->known.len; i++) {
        known_rules *k = t->known.at[i];
        if (k->has_known_on == has_known_on && (!has_known_on || k->known_on == known_on))
            return k->usable ? &k->rules : NULL;
    }
    known_rules *k = arena_new(t->arena, known_rules);
    *k = (known_rules){.has_known_on = has_known_on, .known_on = known_on};
    vec_push(t->arena, &t->known, k);
    obstat_load load = *t->load;
    if (has_known_on) {
        civil c = day_to_civil(known_on);
        load.known_on = (obstat_date){(int16_t)c.year, (uint8_t)c.month, (uint8_t)c.mday};
    }
    folder_reader *readers = arena_array(t->arena, folder_reader, load.folder_count);
    k->usable = object_load(&k->rules, t->arena, t->diags, &load, readers);
    return k->usable ? &k->rules : NULL;
}

// "a/b.test.yaml" and "../c.yaml" give "a/../c.yaml".
static str beside(arena *a, str file, str path) {
    size_t folder = file.len;
    while (folder > 0 && file.ptr[folder - 1] != '/')
        folder--;
    if (str_starts(path, STR("/"))) return path;
    return str_format(a, "%.*s%.*s", STR_ARG(str_sub(file, 0, folder)), STR_ARG(path));
}

typedef struct copier {
    arena *arena;
    char *bytes;
    size_t length;
    bool failed;
} copier;

// Called by the caller's function: must not leave through the guard.
static void copy_file(void *to, const char *bytes, size_t length) {
    copier *c = to;
    c->bytes = arena_try(c->arena, length + 1, 1);
    c->failed = c->bytes == NULL;
    for (size_t i = 0; c->bytes && i < length; i++)
        c->bytes[i] = bytes[i];
    c->length = length;
}

static const node *base_manifest(tester *t, const test_case *c, diags *d) {
    str path = beside(t->arena, c->base_at.src->name, c->base);
    const node *known = map_get(&t->manifests, path);
    if (known) return known;
    copier copy = {.arena = t->arena};
    obstat_file file = {.name = str_c(t->arena, path)};
    const char *why = t->base->read(t->base->ctx, file.name, copy_file, &copy);
    if (copy.failed) arena_out_of_memory(t->arena);
    if (why) {
        diag_add(d, DIAG_CANNOT_READ, c->base_at, STR(""), "cannot read `%.*s`: %s", STR_ARG(path),
                 why);
        return NULL;
    }
    file.text = (obstat_text){copy.bytes, copy.length};
    const node *const *documents;
    size_t count;
    if (!object_documents(&documents, &count, t->arena, d, &file)) return NULL;
    map_put(t->arena, &t->manifests, path, (void *)documents[0]);
    return documents[0];
}

// --- failures

static report_texts because_texts(arena *a, const reasons *list) {
    report_texts out = {arena_array(a, str, list->count), list->count};
    for (size_t i = 0; i < list->count; i++)
        out.at[i] =
            str_format(a, "%.*s = %.*s", STR_ARG(list->at[i].path), STR_ARG(list->at[i].value));
    return out;
}

static report_texts needs_texts(arena *a, const reasons *list) {
    report_texts out = {arena_array(a, str, list->count), list->count};
    for (size_t i = 0; i < list->count; i++)
        out.at[i] = list->at[i].path;
    return out;
}

static void tell_mismatch(tester *t, arena *a, const test_case *c, const mismatch *m) {
    const expectation *e = m->expected;
    report_failure f = {
        .name = c->name,
        .what = str_format(a, "%.*s %.*s %.*s", STR_ARG(e->place),
                           STR_ARG(e->rule.len ? e->rule : STR("clearance")), STR_ARG(e->subject)),
        .at = build_at(a, e->at, STR(""), true),
        .expected = m->wanted,
        .got = m->got,
    };
    if (m->finding) {
        f.because = because_texts(a, &m->finding->because);
        f.needs = needs_texts(a, &m->finding->needs);
        if (m->finding->why.len)
            f.got = str_format(a, "%.*s: %.*s", STR_ARG(m->got), STR_ARG(m->finding->why));
    }
    buf out = {.arena = a};
    failure_write(&out, &f, &t->style);
    tell(t, &out);
}

static void tell_unusable(tester *t, arena *a, const test_case *c, const diags *d) {
    buf out = {.arena = a};
    report_failure f = {.name = c->name,
                        .at = build_at(a, c->at, STR(""), true),
                        .expected = STR("a manifest that can be checked"),
                        .got = STR("mistakes:")};
    failure_write(&out, &f, &t->style);
    for (size_t i = 0; i < d->list.len; i++) {
        report_diagnostic one = build_diagnostic(a, &d->list.at[i]);
        diagnostics_write(&out, &one, 1, &t->style);
    }
    tell(t, &out);
}

static void tell_passed(tester *t, arena *a, const test_case *c) {
    buf out = {.arena = a};
    buf_addf(&out, "passed: %.*s\n", STR_ARG(c->name));
    tell(t, &out);
}

// --- cases

static bool run_case_in(tester *t, arena *a, const test_case *c) {
    diags d = {.arena = a};
    const ruleset *rules = rules_known(t, c->has_known_on, c->known_on);
    if (!rules) return false; // said among the diagnostics of the rules
    const node *manifest = c->manifest ? c->manifest : base_manifest(t, c, &d);
    if (manifest && c->with) manifest = check_patch(rules, a, &d, manifest, c->with);
    check_query query = t->query;
    check_result found;
    if (c->has_as_of) {
        query.has_as_of = true;
        query.as_of = c->as_of;
    }
    query.all_reasons = c->wants_because;
    if (!manifest || d.errors || !check_manifest(&found, rules, a, &d, manifest, &query)) {
        tell_unusable(t, a, c, &d);
        return false;
    }
    mismatches wrong = {0};
    test_compare(&wrong, a, c, &found);
    for (size_t i = 0; i < wrong.list.len; i++)
        tell_mismatch(t, a, c, &wrong.list.at[i]);
    return wrong.list.len == 0;
}

static void run_case_alone(tester *t, const test_case *c) {
    object *scratch = object_new(t->context, sizeof *scratch);
    if (run_case_in(t, &scratch->arena, c)) {
        t->result->passed++;
        if (t->style.verbose) tell_passed(t, &scratch->arena, c);
    } else {
        t->result->failed++;
    }
    object_free(scratch);
}

static void run_file(tester *t, const obstat_file *file) {
    const node *const *documents;
    size_t count;
    if (!object_documents(&documents, &count, t->arena, t->diags, file)) return;
    for (size_t i = 0; i < count; i++) {
        test_file tests;
        if (!test_file_read(&tests, t->arena, t->diags, documents[i])) continue;
        for (size_t k = 0; k < tests.cases.len && !t->refused; k++)
            run_case_alone(t, &tests.cases.at[k]);
    }
}

typedef struct test_call {
    obstat_test_result *out;
    const obstat_load *load;
    const obstat_folder *base;
    const obstat_file *files;
    size_t count;
    const obstat_query *query;
    const obstat_style *style;
    obstat_sink sink;
} test_call;

static obstat_status run_tests(obstat_context *context, void *args) {
    const test_call *call = args;
    diags d = {.arena = object_scratch(context)};
    tester t = {.context = context,
                .arena = object_scratch(context),
                .diags = &d,
                .load = call->load,
                .base = call->base,
                .style = object_style(call->style),
                .sink = call->sink,
                .result = call->out};
    if (!object_query(&t.query, t.arena, call->query)) return OBSTAT_E_USAGE;
    for (size_t i = 0; i < call->count && !t.refused; i++)
        run_file(&t, &call->files[i]);
    obstat_status status = object_diagnose(context, &d);
    return t.refused ? OBSTAT_E_OUTPUT : status;
}

obstat_status obstat_test(obstat_test_result *out, obstat_context *context, const obstat_load *load,
                          const obstat_folder *base, const obstat_file *files, size_t count,
                          const obstat_query *query, const obstat_style *style, obstat_sink sink) {
    if (!out || !load || load->size < sizeof *load || load->manifests || !query ||
        query->size < sizeof *query)
        return OBSTAT_E_USAGE;
    *out = (obstat_test_result){0};
    return object_call(context, run_tests,
                       &(test_call){out, load, base, files, count, query, style, sink});
}
