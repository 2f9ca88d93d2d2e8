// SPDX-License-Identifier: Apache-2.0
//
// What is told of a test of rules that failed.
#ifndef OBSTAT_REPORT_FAILURE_H
#define OBSTAT_REPORT_FAILURE_H

#include "report/model.h"

typedef struct report_failure {
    str name;     // of the case
    str what;     // "CN CN-GENAI-17 writing-tools/afm"
    report_at at; // of what was expected
    str expected, got;
    report_texts because, needs; // of what was found
} report_failure;

void failure_write(buf *out, const report_failure *f, const report_options *options);

#endif
