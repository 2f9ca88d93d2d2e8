// SPDX-License-Identifier: Apache-2.0
//
// Values as typed JSON: `null`, `true`, `"text"`, `[…]` for themselves, everything else as a map of
// one member that names the kind: {"int": "1"}, {"map": [[key, value], …]}, {"duration": "1.5s"}.
// Beside the kinds of CEL's conformance cases: {"unknown": true}, {"none": true}, {"open": […]} (a
// list that may have more), {"optional": value or null}, {"date": "2026-03-01"}, {"period": "P1M"},
// {"money": "EUR 1"}, {"range": [least or null, most or null]}, and (written only) {"record": id}.
#ifndef OBSTAT_CEL_TYPED_JSON_H
#define OBSTAT_CEL_TYPED_JSON_H

#include "base/diag.h"
#include "cel/value.h"
#include "doc/doc.h"

// False: it is no typed JSON, and the diagnostic says why.
bool typed_json_read(value *out, arena *a, diags *d, const node *n);

// False: the value is an error, or too large to be written; nothing to show for it.
bool typed_json_write(buf *out, value v);

// Answers a line of `eval --stream`, without the newline: `{"expr": …, "vars": …, "types": …,
// "container": …, "check_only": …, "disable_check": …, "disable_macros": …}`. The answer is
// {"value": …} with "type" when types were checked, {"error": {"message": …}}, or {"type": …} for
// check_only. False: the answer is an error.
bool cel_answer_line(buf *out, arena *a, str line);

#endif
