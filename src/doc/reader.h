// SPDX-License-Identifier: Apache-2.0
//
// The two readers behind doc_read. `out->src` is set and within the limits; documents are added to
// `out->list`, errors to `d`; what `out` holds after an error does not matter.
#ifndef OBSTAT_DOC_READER_H
#define OBSTAT_DOC_READER_H

#include "doc/doc.h"

void json_read(docs *out, arena *a, diags *d, const doc_limits *limits);
void yaml_read(docs *out, arena *a, diags *d, const doc_limits *limits);

// Reads a text that is plain YAML; false: it is not, and nothing has been added or said.
bool yaml_read_plain(docs *out, arena *a, const doc_limits *limits);

#endif
