// SPDX-License-Identifier: Apache-2.0
//
// The public interface: lint of rules that are loaded.
#include "obstat_object.h"

#include "author/lint.h"
#include "report/build.h"
#include "report/formats.h"

typedef struct lint_call {
    obstat_lint_result *out;
    const obstat_rules *rules;
    const obstat_lint_query *query;
    const obstat_style *style;
    obstat_sink sink;
} lint_call;

static void write_text(buf *out, const diags *d, const lint_result *r, const obstat_style *style) {
    report_options options = object_style(style);
    for (size_t i = 0; i < d->list.len; i++) {
        report_diagnostic one = build_diagnostic(out->arena, &d->list.at[i]);
        diagnostics_write(out, &one, 1, &options);
    }
    lint_write_claims(out, r, options.verbose);
    buf_addf(out, "%zu finding%s\n", d->list.len + d->dropped,
             d->list.len + d->dropped == 1 ? "" : "s");
}

static obstat_status lint(obstat_context *context, void *args) {
    const lint_call *call = args;
    arena *a = object_scratch(context);
    diags d = {.arena = a};
    lint_result result;
    buf out = {.arena = a};
    bool stated = false;
    lint_options options = {.bound = call->query->bound, .within_count = call->query->within_count};
    if (!call->rules->rules.everything)
        return OBSTAT_E_USAGE; // what is not there may be used there
    if (!object_date(call->query->today, &stated, &options.today) || !stated) return OBSTAT_E_USAGE;
    str *within = arena_array(a, str, options.within_count);
    for (size_t i = 0; i < options.within_count; i++)
        within[i] = str_of(call->query->within[i]);
    options.within = within;
    lint_rules(&result, &call->rules->rules, a, &d, &options);
    *call->out = (obstat_lint_result){d.list.len + d.dropped, result.proved, result.refuted,
                                      result.not_examined};
    if (call->query->json)
        lint_write_json(&out, &d, &result);
    else
        write_text(&out, &d, &result, call->style);
    return object_write(call->sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_lint(obstat_lint_result *out, obstat_context *context,
                          const obstat_rules *rules, const obstat_lint_query *query,
                          const obstat_style *style, obstat_sink sink) {
    if (!out || !rules || !query || query->size < sizeof *query) return OBSTAT_E_USAGE;
    *out = (obstat_lint_result){0};
    return object_call(context, lint, &(lint_call){out, rules, query, style, sink});
}

static obstat_status write_kinds(obstat_context *context, void *args) {
    const obstat_sink *sink = args;
    buf out = {.arena = object_scratch(context)};
    lint_write_kinds(&out);
    return object_write(*sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_lints_write(obstat_context *context, obstat_sink sink) {
    return object_call(context, write_kinds, &sink);
}
