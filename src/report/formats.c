// SPDX-License-Identifier: Apache-2.0
//
// The table of formats, and that of the outcomes that all of them name.
#include "report/formats.h"

const report_outcome report_outcomes[REPORT_OUTCOMES] = {
    {"error", "error", true},
    {"violated", "violated", true},
    {"undetermined", "undetermined", true},
    {"review", "review", true},
    {"upcoming", "upcoming", true},
    {"grace", "in grace", true},
    {"waived", "waived", true},
    {"met", "met", false},
    {"not-applicable", "not applicable", false},
    {"not-ours", "not ours", false},
};

const report_format report_formats[] = {
    {"text", "for people: what stands in the way, where, under which law, and the ways out",
     text_write},
    {"json", "for programs: all of it, obstat: report/v1", json_write},
};
const size_t report_format_count = sizeof report_formats / sizeof *report_formats;

const report_format *report_format_find(str name) {
    for (size_t i = 0; i < report_format_count; i++)
        if (str_is(name, report_formats[i].name)) return &report_formats[i];
    return NULL;
}
