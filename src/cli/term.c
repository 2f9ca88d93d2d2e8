// SPDX-License-Identifier: Apache-2.0
//
// What the terminal can show: colours by --color, then the environment, then by what stands at the
// other end, for each stream by itself; and its width.
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDEST = 120 }; // beyond it lines are hard to read

bool term_color_word(const char *word) {
    return strcmp(word, "auto") == 0 || strcmp(word, "always") == 0 || strcmp(word, "never") == 0;
}

static bool is_set(const char *name) {
    const char *value = getenv(name);
    return value && *value;
}

static bool wants_color(const char *word, int fd) {
    const char *term = getenv("TERM");
    if (word && strcmp(word, "always") == 0) return true;
    if (word && strcmp(word, "never") == 0) return false;
    if (is_set("NO_COLOR")) return false;
    if (is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE")) return true;
    return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

static unsigned width_of(int fd) {
    struct winsize size;
    if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 0;
    return size.ws_col < WIDEST ? size.ws_col : WIDEST;
}

obstat_style term_style(const cli *c, int fd) {
    return (obstat_style){.size = sizeof(obstat_style),
                          .color = wants_color(c->set.color, fd),
                          .verbose = c->set.verbose,
                          .quiet = c->set.quiet,
                          .width = width_of(fd)};
}
