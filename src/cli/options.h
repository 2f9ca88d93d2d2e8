// SPDX-License-Identifier: Apache-2.0
//
// Rows of the tables of options that several commands have in common.
#ifndef OBSTAT_CLI_OPTIONS_H
#define OBSTAT_CLI_OPTIONS_H

#include "cli/cli.h"

#define OPTION(kind, name, letter, value, field, about)                                            \
    { name, value, about, offsetof(settings, field), kind, letter }

#define OPTION_RULES                                                                               \
    OPTION(OPTION_LIST, "rules", 0, "FOLDER", rules,                                               \
           "add a folder of rules to the installed ones; repeatable")
#define OPTION_KNOWN_ON                                                                            \
    OPTION(OPTION_TEXT, "known-on", 0, "DATE", known_on,                                           \
           "the law as it was known on that day (default: all that is known)")
#define OPTION_AS_OF(about)   OPTION(OPTION_TEXT, "as-of", 0, "DATE", as_of, about)
#define OPTION_JSON           OPTION(OPTION_FLAG, "json", 0, NULL, json, "write JSON")
#define OPTION_VERBOSE(about) OPTION(OPTION_FLAG, "verbose", 'v', NULL, verbose, about)

// The last rows of every table; those for tests of failing memory are not shown.
#define OPTIONS_COMMON                                                                             \
    OPTION(OPTION_TEXT, "color", 0, "WHEN", color,                                                 \
           "auto, always or never (default: auto, by the terminal and NO_COLOR)"),                 \
        OPTION(OPTION_FLAG, "help", 'h', NULL, help, "print this"),                                \
        OPTION(OPTION_TEXT, "fail-allocation", 0, "N", fail_allocation, NULL),                     \
        OPTION(OPTION_FLAG, "count-allocations", 0, NULL, count_allocations, NULL)

#define COUNT(list) (sizeof(list) / sizeof *(list))

#endif
