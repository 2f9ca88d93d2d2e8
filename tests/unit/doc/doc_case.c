// SPDX-License-Identifier: Apache-2.0
//
// Cases of tests/diagnostics/doc: reads the first file and gives its documents as JSON. `@with`
// sets limits, and `core_tags=1`.
#include "cases/cases.h"
#include "doc/reading.h"

void run_doc_case(case_output *out, const case_input *in) {
    doc_limits limits = doc_default_limits;
    limits.bytes = case_number(in, "bytes", limits.bytes);
    limits.depth = case_number(in, "depth", limits.depth);
    limits.nodes = case_number(in, "nodes", limits.nodes);
    limits.scalar = case_number(in, "scalar", limits.scalar);
    limits.documents = case_number(in, "documents", limits.documents);
    limits.directives = case_number(in, "directives", limits.directives);
    limits.core_tags = case_number(in, "core_tags", 0) > 0;
    const case_file *f = &in->files[0];
    docs read;
    if (doc_format_of(f->name) == DOC_YAML && !libyaml_agrees(f->text, &limits))
        buf_adds(&out->value, "(something else to libyaml) ");
    if (!doc_read(&read, out->arena, &out->diags, &limits, doc_format_of(f->name), f->name,
                  f->text))
        return;
    for (size_t i = 0; i < read.list.len; i++) {
        if (i) buf_addc(&out->value, ' ');
        doc_write_json(&out->value, read.list.at[i]);
    }
    if (read.list.len == 0) buf_adds(&out->value, "no document");
}
