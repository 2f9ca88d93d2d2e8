// SPDX-License-Identifier: Apache-2.0
//
// The public interface: running tests of rules. Where rules and manifests come from, and what is
// told of the cases; how they are run is in src/author.
#include "obstat_object.h"

#include "author/tests.h"
#include "report/build.h"
#include "report/failure.h"
#include "report/formats.h"

typedef struct tester {
    const obstat_load *load;
    const obstat_folder *base;
    report_options style;
    obstat_sink sink;
    obstat_test_result *result;
    bool refused; // by the sink
} tester;

static void tell(tester *t, buf *text) {
    if (!object_write(t->sink, buf_str(text))) t->refused = true;
}

// --- rules and manifests

static bool load_rules(void *ctx, ruleset *out, arena *a, diags *d, bool has_known_on,
                       day known_on) {
    const tester *t = ctx;
    obstat_load load = *t->load;
    if (has_known_on) {
        civil c = day_to_civil(known_on);
        load.known_on = (obstat_date){(int16_t)c.year, (uint8_t)c.month, (uint8_t)c.mday};
    }
    return object_load(out, a, d, &load, arena_array(a, folder_reader, load.folder_count));
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

static const node *read_manifest(void *ctx, arena *a, diags *d, str path, span asked_at) {
    const tester *t = ctx;
    copier copy = {.arena = a};
    obstat_file file = {.name = str_c(a, path)};
    const char *why = t->base->read(t->base->ctx, file.name, copy_file, &copy);
    if (copy.failed) arena_out_of_memory(a);
    if (why) {
        diag_add(d, DIAG_CANNOT_READ, asked_at, STR(""), "cannot read `%.*s`: %s", STR_ARG(path),
                 why);
        return NULL;
    }
    file.text = (obstat_text){copy.bytes, copy.length};
    const node *const *documents;
    size_t count;
    return object_documents(&documents, &count, a, d, &file) ? documents[0] : NULL;
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

static bool tell_case(void *ctx, const tested_case *c) {
    tester *t = ctx;
    bool passed = case_passed(c);
    if (passed)
        t->result->passed++;
    else
        t->result->failed++;
    if (passed && t->style.verbose) tell_passed(t, c->arena, c->test);
    if (c->rules && !c->usable) tell_unusable(t, c->arena, c->test, c->diags);
    for (size_t i = 0; c->usable && i < c->wrong->list.len; i++)
        tell_mismatch(t, c->arena, c->test, &c->wrong->list.at[i]);
    return !t->refused;
}

static void read_file(rule_tests *tests, const obstat_file *file) {
    const node *const *documents;
    size_t count;
    if (object_documents(&documents, &count, tests->arena, tests->diags, file))
        tests_read(tests, documents, count);
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
    arena *kept = object_scratch(context);
    diags d = {.arena = kept};
    tester t = {.load = call->load,
                .base = call->base,
                .style = object_style(call->style),
                .sink = call->sink,
                .result = call->out};
    known_rules rules = {.arena = kept, .diags = &d, .load = load_rules, .ctx = &t};
    rule_tests tests = {.arena = kept,
                        .scratch = object_scratch(context),
                        .diags = &d,
                        .manifest = read_manifest,
                        .ctx = &t};
    if (!object_query(&tests.query, kept, call->query)) return OBSTAT_E_USAGE;
    for (size_t i = 0; i < call->count; i++)
        read_file(&tests, &call->files[i]);
    tests_run(&tests, &rules, tell_case, &t);
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
