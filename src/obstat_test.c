// SPDX-License-Identifier: Apache-2.0
//
// The public interface: running tests of rules. Where rules and manifests come from, and what is
// told of the cases; how they are run is in src/author.
#include "obstat_coverage.h"
#include "obstat_object.h"

#include "author/propose.h"
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
    bool silent;  // nothing is told of cases
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

const node *object_manifest(const obstat_folder *base, arena *a, diags *d, str path,
                            span asked_at) {
    copier copy = {.arena = a};
    obstat_file file = {.name = str_c(a, path)};
    const char *why = base->read(base->ctx, file.name, copy_file, &copy);
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

static const node *read_manifest(void *ctx, arena *a, diags *d, str path, span asked_at) {
    const tester *t = ctx;
    return object_manifest(t->base, a, d, path, asked_at);
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
    if (t->silent) return true;
    if (passed && t->style.verbose) tell_passed(t, c->arena, c->test);
    if (c->rules && !c->usable) tell_unusable(t, c->arena, c->test, c->diags);
    for (size_t i = 0; c->usable && i < c->wrong->list.len; i++)
        tell_mismatch(t, c->arena, c->test, &c->wrong->list.at[i]);
    return !t->refused;
}

void object_tests(rule_tests *tests, const obstat_file *file) {
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
    obstat_coverage *coverage; // NULL: it is not asked for
    const obstat_coverage_options *options;
} test_call;

// --- coverage

static str file_of_tests(arena *a, str law) {
    size_t end = law.len;
    while (end > 0 && law.ptr[end - 1] != '.')
        end--;
    return str_format(a, "%.*stest.%.*s", STR_ARG(str_sub(law, 0, end)),
                      STR_ARG(str_sub(law, end, law.len)));
}

typedef struct scope {
    const test_call *call;
    const rule_tests *tests;
} scope;

// A policy that some case expects something of, or whose test file is among the files.
static bool is_asked(void *ctx, const policy *p) {
    const scope *s = ctx;
    if (s->call->options->all_rules) return true;
    str file = file_of_tests(s->tests->arena, p->at.src->name);
    for (size_t i = 0; i < s->call->count; i++)
        if (str_is(file, s->call->files[i].name)) return true;
    for (size_t i = 0; i < s->tests->cases.len; i++) {
        const test_case *c = s->tests->cases.at[i];
        for (size_t k = 0; k < c->expectations.len; k++)
            for (size_t r = 0; r < p->rules.len; r++)
                if (str_eq(p->rules.at[r]->id, c->expectations.at[k].rule)) return true;
    }
    return false;
}

static void tell_coverage(tester *t, const test_call *call, coverage *c, rule_tests *tests,
                          known_rules *known) {
    const ruleset *rules = rules_known(known, false, 0);
    if (!rules) return; // said among the diagnostics of the rules
    coverage_add(c, rules, is_asked, &(scope){call, tests});
    coverage_prove(c, tests->scratch);
    propose_tests(c, tests, known);
    coverage_result result = coverage_of_rules(c);
    report_coverage told = object_coverage(tests->arena, &result);
    told.passed = call->out->passed;
    told.failed = call->out->failed;
    buf out = {.arena = tests->arena};
    if (call->options->json)
        coverage_write_json(&out, &told);
    else
        coverage_write(&out, &told, &t->style);
    tell(t, &out);
    call->coverage->shown = result.shown;
    call->coverage->possible = result.possible;
    call->coverage->impossible = result.impossible;
    call->coverage->unexamined = result.unexamined;
}

// --- the call

static obstat_status run_tests(obstat_context *context, void *args) {
    const test_call *call = args;
    arena *kept = object_scratch(context);
    diags d = {.arena = kept};
    tester t = {.load = call->load,
                .base = call->base,
                .style = object_style(call->style),
                .silent = call->options && call->options->json,
                .sink = call->sink,
                .result = call->out};
    known_rules rules = {.arena = kept, .diags = &d, .load = load_rules, .ctx = &t};
    rule_tests tests = {.arena = kept,
                        .scratch = object_scratch(context),
                        .diags = &d,
                        .manifest = read_manifest,
                        .ctx = &t};
    coverage seen;
    if (!object_query(&tests.query, kept, call->query)) return OBSTAT_E_USAGE;
    if (call->coverage) coverage_watch(&seen, kept, &tests);
    for (size_t i = 0; i < call->count; i++)
        object_tests(&tests, &call->files[i]);
    tests_run(&tests, &rules, tell_case, &t);
    if (call->coverage && !t.refused) tell_coverage(&t, call, &seen, &tests, &rules);
    obstat_status status = object_diagnose(context, &d);
    return t.refused ? OBSTAT_E_OUTPUT : status;
}

static bool are_usable(const obstat_load *load, const obstat_query *query) {
    return load && load->size >= sizeof *load && !load->manifests && query &&
           query->size >= sizeof *query;
}

obstat_status obstat_test(obstat_test_result *out, obstat_context *context, const obstat_load *load,
                          const obstat_folder *base, const obstat_file *files, size_t count,
                          const obstat_query *query, const obstat_style *style, obstat_sink sink) {
    if (!out || !are_usable(load, query)) return OBSTAT_E_USAGE;
    *out = (obstat_test_result){0};
    return object_call(context, run_tests,
                       &(test_call){.out = out,
                                    .load = load,
                                    .base = base,
                                    .files = files,
                                    .count = count,
                                    .query = query,
                                    .style = style,
                                    .sink = sink});
}

obstat_status obstat_test_coverage(obstat_coverage *out, obstat_context *context,
                                   const obstat_load *load, const obstat_folder *base,
                                   const obstat_file *files, size_t count,
                                   const obstat_query *query, const obstat_style *style,
                                   const obstat_coverage_options *options, obstat_sink sink) {
    if (!out || !are_usable(load, query) || !options || options->size < sizeof *options)
        return OBSTAT_E_USAGE;
    *out = (obstat_coverage){0};
    return object_call(context, run_tests,
                       &(test_call){.out = &out->tests,
                                    .load = load,
                                    .base = base,
                                    .files = files,
                                    .count = count,
                                    .query = query,
                                    .style = style,
                                    .sink = sink,
                                    .coverage = out,
                                    .options = options});
}
