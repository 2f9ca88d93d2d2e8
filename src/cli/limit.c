// SPDX-License-Identifier: Apache-2.0
//
// `--time-limit`: the clock ends a run, and never decides a finding. What was begun beside an
// output file is taken away again.
#include "cli/cli.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *volatile unfinished;

void limit_unfinished(const char *path) {
    unfinished = path;
}

// Only what a signal handler may call.
static void on_alarm(int signal_number) {
    static const char message[] = "error: the time limit is reached\n";
    (void)signal_number;
    if (unfinished) unlink(unfinished);
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(EXIT_INSIDE);
    _exit(EXIT_INSIDE);
}

bool limit_begin(const char *seconds) {
    char *end = NULL;
    unsigned long n = strtoul(seconds, &end, 10);
    struct sigaction action;
    if (seconds[0] < '0' || seconds[0] > '9' || *end || n < 1 || n > 86400) {
        say_error("`--time-limit` takes whole seconds from 1 to 86400, not `%s`", seconds);
        return false;
    }
    memset(&action, 0, sizeof action);
    action.sa_handler = on_alarm;
    if (sigaction(SIGALRM, &action, NULL) != 0) {
        say_error("the time limit cannot be set");
        return false;
    }
    alarm((unsigned)n);
    return true;
}
