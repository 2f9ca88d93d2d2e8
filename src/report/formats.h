// SPDX-License-Identifier: Apache-2.0
//
// What each file of this folder offers: writers of the formats, of diagnostics, and of the page
// about one rule.
#ifndef OBSTAT_REPORT_FORMATS_H
#define OBSTAT_REPORT_FORMATS_H

#include "report/model.h"

void text_write(buf *out, const report *r, const report_options *options);
void json_write(buf *out, const report *r, const report_options *options);

const report_format *report_format_find(str name); // NULL: none

// Diagnostics as people read them, after a good compiler's.
void diagnostics_write(buf *out, const report_diagnostic *list, size_t count,
                       const report_options *options);

// A rule of the report in prose: its law, conditions and ways, and what became of it in the
// report's findings.
void explain_write(buf *out, const report *r, const report_rule *rule,
                   const report_options *options);

#endif
