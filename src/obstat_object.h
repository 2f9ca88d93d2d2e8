// SPDX-License-Identifier: Apache-2.0
//
// What the files of the public interface share: how a call is guarded, who owns which memory, and
// how diagnostics are kept. Each object has an arena of its own; within a call there is one guard,
// and what the call made and did not keep is freed at its end, whichever way it ends.
#ifndef OBSTAT_OBSTAT_OBJECT_H
#define OBSTAT_OBSTAT_OBJECT_H

#include "author/tests.h"
#include "obstat/obstat.h"
#include "report/model.h"

typedef struct object object;
struct object {
    object *next, *previous;
    obstat_context *context;
    arena arena; // the object itself lies in it
    bool kept;   // outlives the call that made it
};

struct obstat_context {
    obstat_allocator allocator;
    size_t used, limit;
    mem mem; // counts, and refuses what is beyond the limit
    guard guard;
    object *objects;
    arena notes; // of the diagnostics
    vec(report_diagnostic) diagnostics;
};

// A rules folder as the loader reads it, and what was read, for its digest.
typedef struct folder_reader {
    obstat_folder folder;
    bool digest; // whether anybody asks for it
    map digests; // path → digest, a str
} folder_reader;

struct obstat_rules {
    object object;
    ruleset rules;
    folder_reader *readers;
    report_file *folders; // their names and digests
    size_t folder_count;
    obstat_rule *list; // by id
    size_t rule_count;
};

struct obstat_report {
    object object;
    const report *report;
};

// Runs `body(args)` under the guard; frees what was made and not kept. OBSTAT_E_MEMORY where memory
// ran out, else what `body` returns.
obstat_status object_call(obstat_context *context, obstat_status (*body)(obstat_context *, void *),
                          void *args);

// A zeroed object of `size` bytes that begins with an `object`; to be kept or freed with the call.
void *object_new(obstat_context *context, size_t size);
void object_free(object *o);

// An arena for the time of the call.
arena *object_scratch(obstat_context *context);

// Copies them into the context. OBSTAT_E_INPUT if there is an error among them.
obstat_status object_diagnose(obstat_context *context, const diags *d);

str object_text(obstat_text t);
obstat_text object_text_of(str s);
bool object_date(obstat_date d, bool *stated, day *out); // false: there is no such date

report_options object_style(const obstat_style *style);
bool object_write(obstat_sink sink, str text); // false: the sink refused

// Loads rules for a load, into `a`. False: diagnostics say why.
bool object_load(ruleset *out, arena *a, diags *d, const obstat_load *load, folder_reader *readers);

// A file's documents, each a manifest; false: diagnostics say why there is none.
bool object_documents(const node *const **out, size_t *count, arena *a, diags *d,
                      const obstat_file *file);

// The manifest in a file that a test names; NULL: diagnostics say why there is none.
const node *object_manifest(const obstat_folder *base, arena *a, diags *d, str path, span asked_at);

// Adds the tests of a file; diagnostics say what is wrong with it.
void object_tests(rule_tests *tests, const obstat_file *file);

// The query of the engine; false: a date or severity is out of range.
bool object_query(check_query *out, arena *a, const obstat_query *query);

#endif
