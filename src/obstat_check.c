// SPDX-License-Identifier: Apache-2.0
//
// The public interface: checking manifests, writing reports, explaining rules. Each manifest is
// checked in memory of its own; the report copies what it tells.
#include "obstat_object.h"

#include "base/sha256.h"
#include "check/check.h"
#include "report/build.h"
#include "report/formats.h"

_Static_assert(OBSTAT_ADVICE == (int)SEVERITY_ADVICE && OBSTAT_BLOCKER == (int)SEVERITY_BLOCKER,
               "the severities of the interface are those of the law");

bool object_documents(const node *const **out, size_t *count, arena *a, diags *d,
                      const obstat_file *file) {
    docs *read = arena_new(a, docs);
    str name = str_copy(a, str_of(file->name));
    if (!doc_read(read, a, d, &doc_default_limits, doc_format_of(name), name,
                  object_text(file->text)))
        return false;
    *out = read->list.at;
    *count = read->list.len;
    if (*count) return true;
    diag_add(d, DIAG_NO_DOCUMENT, (span){read->src, 0, 0},
             STR("a manifest begins with `obstat: deployment/v1`"), "there is nothing in it");
    return false;
}

bool object_query(check_query *out, arena *a, const obstat_query *query) {
    bool has_today;
    str *markets = arena_array(a, str, query->market_count);
    for (size_t i = 0; i < query->market_count; i++)
        markets[i] = str_of(query->markets[i]);
    *out = (check_query){.fail_on = (rule_severity)query->fail_on,
                         .markets = markets,
                         .market_count = query->market_count,
                         .all_reasons = query->all_reasons,
                         .explain = query->explain};
    return query->fail_on >= OBSTAT_ADVICE && query->fail_on <= OBSTAT_BLOCKER &&
           object_date(query->as_of, &out->has_as_of, &out->as_of) &&
           object_date(query->today, &has_today, &out->today) && has_today;
}

// --- checking

typedef struct check_call {
    obstat_report **out;
    const obstat_rules *rules;
    const obstat_file *files;
    size_t count;
    const obstat_query *query;
} check_call;

// False: the rules were loaded for other manifests.
static bool check_file(builder *b, arena *a, diags *d, const obstat_file *file,
                       const check_query *query) {
    const node *const *documents = NULL;
    size_t count = 0;
    str name = str_of(file->name), digest = sha256_of(a, object_text(file->text));
    if (!object_documents(&documents, &count, a, d, file)) build_manifest(b, name, digest, NULL);
    for (size_t i = 0; i < count; i++) {
        check_result result;
        if (!check_is_reached(b->rules, a, documents[i])) return false;
        bool usable = check_manifest(&result, b->rules, a, d, documents[i], query);
        build_manifest(b, name, digest, usable ? &result : NULL);
    }
    return true;
}

static obstat_status check_files(obstat_context *context, void *args) {
    const check_call *call = args;
    obstat_report *out = object_new(context, sizeof *out);
    check_query query;
    if (!object_query(&query, object_scratch(context), call->query)) return OBSTAT_E_USAGE;
    builder b =
        build_begin(&out->object.arena, &call->rules->rules, str_of(OBSTAT_VERSION), query.fail_on);
    for (size_t i = 0; i < call->rules->folder_count; i++)
        build_folder(&b, call->rules->folders[i].path, call->rules->folders[i].digest);
    for (size_t i = 0; i < call->count; i++) {
        object *scratch = object_new(context, sizeof *scratch);
        diags d = {.arena = &scratch->arena};
        if (!check_file(&b, &scratch->arena, &d, &call->files[i], &query)) return OBSTAT_E_USAGE;
        build_diagnostics(&b, &d);
        object_diagnose(context, &d);
        object_free(scratch);
    }
    out->report = build_end(&b);
    out->object.kept = true;
    *call->out = out;
    return OBSTAT_OK;
}

obstat_status obstat_check(obstat_report **out, obstat_context *context, const obstat_rules *rules,
                           const obstat_file *files, size_t count, const obstat_query *query) {
    if (!out || !query || query->size < sizeof *query) return OBSTAT_E_USAGE;
    *out = NULL;
    return object_call(context, check_files, &(check_call){out, rules, files, count, query});
}

int obstat_report_exit(const obstat_report *of) {
    return of->report->exit;
}

void obstat_report_free(obstat_report *old) {
    if (old) object_free(&old->object);
}

// --- writing

size_t obstat_format_count(void) {
    return report_format_count;
}

const char *obstat_format_name(size_t index) {
    return index < report_format_count ? report_formats[index].name : NULL;
}

const char *obstat_format_about(size_t index) {
    return index < report_format_count ? report_formats[index].about : NULL;
}

typedef struct write_call {
    const report_format *format;
    const report *report;
    const obstat_style *style;
    obstat_sink sink;
} write_call;

static obstat_status write_report(obstat_context *context, void *args) {
    const write_call *call = args;
    buf out = {.arena = object_scratch(context)};
    report_options options = object_style(call->style);
    call->format->write(&out, call->report, &options);
    return object_write(call->sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_report_write(obstat_report *from, const char *format,
                                  const obstat_style *style, obstat_sink sink) {
    const report_format *found = report_format_find(str_of(format));
    if (!found) return OBSTAT_E_USAGE;
    return object_call(from->object.context, write_report,
                       &(write_call){found, from->report, style, sink});
}

// --- explaining

typedef struct explain_call {
    const obstat_rules *rules;
    str id;
    const obstat_report *report;
    const obstat_style *style;
    obstat_sink sink;
} explain_call;

static void unknown_rule(diags *d, const obstat_rules *rules, str id) {
    vec(str) ids = {0};
    for (size_t i = 0; i < rules->rule_count; i++)
        vec_push(d->arena, &ids, object_text(rules->list[i].id));
    str hint = diag_did_you_mean(d->arena, id, ids.at, ids.len);
    diag_add(d, DIAG_UNKNOWN_RULE, (span){0},
             hint.len ? hint : STR("`obstat rules` lists all of them"), "there is no rule `%.*s`",
             STR_ARG(id));
}

static const report_rule *rule_of(const report *r, str id) {
    for (size_t i = 0; r && i < r->rule_count; i++)
        if (str_eq(r->rules[i].id, id)) return &r->rules[i];
    return NULL;
}

static obstat_status explain(obstat_context *context, void *args) {
    const explain_call *call = args;
    arena *a = object_scratch(context);
    diags d = {.arena = a};
    const rule *found = ruleset_rule(&call->rules->rules, call->id);
    if (!found) {
        unknown_rule(&d, call->rules, call->id);
        return object_diagnose(context, &d);
    }
    const report *from = call->report ? call->report->report : NULL;
    if (!rule_of(from, call->id)) from = build_about(a, &call->rules->rules, found);
    buf out = {.arena = a};
    report_options options = object_style(call->style);
    explain_write(&out, from, rule_of(from, call->id), &options);
    return object_write(call->sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_explain(obstat_context *context, const obstat_rules *rules,
                             const char *rule_id, const obstat_report *decided,
                             const obstat_style *style, obstat_sink sink) {
    return object_call(context, explain,
                       &(explain_call){rules, str_of(rule_id), decided, style, sink});
}
