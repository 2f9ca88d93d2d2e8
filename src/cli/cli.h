// SPDX-License-Identifier: Apache-2.0
//
// What the files of the command share. The command sees the library by its public header alone; it
// is the only code that touches files, the clock, the environment and the terminal.
#ifndef OBSTAT_CLI_CLI_H
#define OBSTAT_CLI_CLI_H

#include "obstat/obstat.h"

#include <stdio.h>

#if defined(__GNUC__)
#define CLI_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define CLI_NEVER_NULL        __attribute__((returns_nonnull))
#else
#define CLI_PRINTF(fmt, args)
#define CLI_NEVER_NULL
#endif

// The contract of exit codes. When several apply: 4, 2, 1, 3, 0.
enum { EXIT_CLEARED, EXIT_BLOCKED, EXIT_INPUT, EXIT_OPEN, EXIT_INSIDE };

int exit_worse(int a, int b);

typedef struct texts {
    const char **at;
    size_t count;
} texts;

// All that options can say; each command takes some of them.
typedef struct settings {
    texts operands, markets, rules, outputs, unknown;
    const char *as_of, *known_on, *fail_on, *color, *jurisdiction, *data, *time_limit, *bound;
    const char *fail_allocation;
    const char *fail_under;
    bool coverage, mutate;
    const char *output, *from;
    bool no_input;
    bool json, verbose, quiet, stream, functions, list, help, version, count_allocations;
} settings;

typedef struct cli {
    settings set;
    obstat_context *context;
    obstat_date today; // UTC, read once
} cli;

// --- limit.c

// Ends the process with EXIT_INSIDE after so many seconds. False: it is no such number (said so).
bool limit_begin(const char *seconds);
// A file to take away when that happens; NULL: none.
void limit_unfinished(const char *path);

typedef enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_LIST } option_kind;

typedef struct option {
    const char *name;  // "as-of"
    const char *value; // what help calls it; NULL: a flag
    const char *about; // NULL: not shown
    size_t offset;     // in settings
    option_kind kind;
    char letter; // 0: none
} option;

typedef struct command {
    const char *name, *operands, *about;
    const option *options;
    size_t option_count;
    const char *examples; // whole lines
    int (*run)(cli *c);
} command;

extern const command commands[];
extern const size_t command_count;

int cmd_check(cli *c);
int cmd_explain(cli *c);
int cmd_rules(cli *c);
int cmd_test(cli *c);
int cmd_lint(cli *c);
int cmd_eval(cli *c);
int cmd_schema(cli *c);
int cmd_init(cli *c);

// --- memory (memory.c): the library's allocator, and the command's own, which is never freed
// before the end and ends the program with EXIT_INSIDE where there is none.

obstat_allocator memory_allocator(void);
void memory_fail_at(size_t n); // the n-th allocation fails; 0: none
size_t memory_count(void);     // of allocations so far
CLI_NEVER_NULL void *memory_take(size_t size);
char *memory_text(const char *fmt, ...) CLI_PRINTF(1, 2);
void texts_add(texts *list, const char *text);
void memory_free_all(void);

// --- messages on standard error (say.c)

void say_error(const char *fmt, ...) CLI_PRINTF(1, 2);
void say_hint(const char *fmt, ...) CLI_PRINTF(1, 2);
void put_safely(FILE *to, const char *text, size_t length); // `?` for what would deceive a terminal
const char *nearest(const char *word, const char *const *words, size_t count); // NULL: none near
// What became of a call: writes the diagnostics, says the rest, and gives the exit code.
int say_status(cli *c, obstat_status status);
void say_diagnostics(cli *c);

// --- the terminal (term.c)

obstat_style term_style(const cli *c, int fd);
bool term_color_word(const char *word); // auto, always, never

// --- values of options (opt.c)

bool options_read(settings *set, const command *cmd, int argc, char **argv);
void options_help(const command *cmd);
bool read_date(const char *option, const char *text, obstat_date *out); // NULL text: no date
bool read_query(const cli *c, obstat_query *out);
bool read_count(const char *option, const char *text, size_t *out); // NULL text: as it is

// --- files (files.c)

typedef struct file_list {
    obstat_file *at;
    size_t count, room;
} file_list;

// Why a file cannot be read, or NULL. The bytes live to the end.
const char *file_read(const char *path, const char **bytes, size_t *length);
const char *stdin_read(const char **bytes, size_t *length);
bool is_folder(const char *path);

// Adds the files that operands name; of folders those for which `wanted` says so, sorted. What
// cannot be read is said, and false is returned once all have been tried.
bool files_collect(file_list *out, const texts *operands, bool (*wanted)(const char *name),
                   const char *what);

bool files_here(texts *out, bool (*wanted)(const char *name)); // names in this folder

// --- rules (rules_folder.c)

const char *rules_installed(void); // NULL: nowhere (said)
// The installed folder and those of --rules; false: one is not there (said).
bool rules_folders(const cli *c, obstat_folder **out, size_t *count);
// How messages call a file or folder of rules; NULL: it is in none of the folders that
// rules_folders gives. Of a folder with a slash at the end.
const char *rules_name(const cli *c, const char *path);
// Folders of the command line that have law of their own, and are in none of the rules folders, are
// read as such.
void rules_add_operands(cli *c);
obstat_folder folder_of(const char *name, const char *path, bool installed);
// Loads them; the manifests (NULL: none) say what is needed. False: said, with the exit code.
bool rules_load(obstat_rules **out, cli *c, const file_list *manifests, int *exit_code);

// --- tests of rules (cmd_test.c, mutate.c)

bool is_test(const char *name); // of a file
// Reads a file from the folder in which the command runs.
const char *read_here(void *ctx, const char *path,
                      void (*give)(void *to, const char *bytes, size_t length), void *to);
texts tests_where(const cli *c); // the operands, else the folders of rules
int mutate_rules(cli *c);
// A share, of `--fail-under`; 0 for NULL. False: it is no percentage (said so).
bool read_percent(const char *text, size_t *out);

int explain_rule(cli *c, const obstat_rules *rules, const char *id, const obstat_report *report);

// --- output (output.c)

typedef struct output {
    int fd;
    const char *path; // as the user named it
    char *temporary;  // renamed at the end; NULL: written in place
    bool only_new;    // never over a file that is there
    int problem;      // errno of the first write that failed
} output;

bool output_open(output *o, const char *path);     // NULL or "-": standard output
bool output_open_new(output *o, const char *path); // a file that must not be there at the end
obstat_sink output_sink(output *o);
bool output_close(output *o); // false: not all was written (said)
void output_guard(void);      // before anything is opened: closed standard streams, SIGPIPE

#endif
