// SPDX-License-Identifier: Apache-2.0
/**
 * obstat: may a product be launched in its markets, under which law, from when, and with whom?
 *
 * The public interface, the only header that a program needs; the command `obstat` sees no other.
 *
 * Conventions. Out-parameters come first. A function that gives an object through `T **out` makes
 * the caller its owner, who frees it with `T_free`; a returned `const` pointer is borrowed from the
 * object it came from and lives as long as that. Texts are UTF-8; `obstat_text` is a pointer and a
 * length, and need not end with a NUL byte. Nothing here reads a clock, the environment or a file:
 * dates are parameters, files come through `obstat_folder`, output goes to an `obstat_sink`.
 *
 * Threads: an `obstat_context` and what is made with it belong to one thread at a time. Different
 * contexts share nothing.
 *
 * Errors: functions return an `obstat_status`. After OBSTAT_E_INPUT the context's diagnostics say
 * what is wrong with the input, all of it. No function ends the process.
 */
#ifndef OBSTAT_OBSTAT_H
#define OBSTAT_OBSTAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define OBSTAT_API __attribute__((visibility("default")))
#else
#define OBSTAT_API
#endif

/** What became of a call. */
typedef enum obstat_status {
    OBSTAT_OK = 0,
    OBSTAT_E_INPUT,  /**< policies, manifests or options are wrong: see the diagnostics */
    OBSTAT_E_MEMORY, /**< no memory, or the limit of the configuration reached */
    OBSTAT_E_OUTPUT, /**< the sink refused */
    OBSTAT_E_USAGE   /**< a parameter is out of its range; a mistake of the caller */
} obstat_status;

/** A text: `length` bytes of UTF-8. */
typedef struct obstat_text {
    const char *ptr;
    size_t length;
} obstat_text;

/** A calendar date. */
typedef struct obstat_date {
    int16_t year;  /**< 1 to 9999 */
    uint8_t month; /**< 1 to 12; 0: no date */
    uint8_t day;   /**< 1 to 31 */
} obstat_date;

/** One function for all memory: (NULL, 0, n) allocates, (p, old, 0) frees and returns NULL, else it
 *  resizes; NULL means that there is no memory, and `p` stays as it is. */
typedef struct obstat_allocator {
    void *(*resize)(void *ctx, void *p, size_t old_size, size_t new_size);
    void *ctx;
} obstat_allocator;

/** How a context is made. Zeroed: malloc and free, default limits. */
typedef struct obstat_config {
    uint32_t size; /**< sizeof(obstat_config) of the caller, for later growth */
    obstat_allocator allocator;
    size_t max_memory; /**< bytes; 0: 1 GiB */
} obstat_config;

/** Takes output, piece by piece; returns false to refuse (then OBSTAT_E_OUTPUT). */
typedef struct obstat_sink {
    bool (*write)(void *ctx, const char *bytes, size_t length);
    void *ctx;
} obstat_sink;

/** A folder of rules, as the caller sees it. Paths are relative, with slashes, "" being the top.
 *  Both functions answer through `give`, which copies; they return NULL, or say why not in a
 *  constant text or one that lives until the next call. */
typedef struct obstat_folder {
    const char *name; /**< as messages call it */
    bool installed;   /**< came with obstat: left out where another folder stands alone */
    /** Gives the name of each entry; folders end with a slash. */
    const char *(*list)(void *ctx, const char *path, void (*give)(void *to, const char *name),
                        void *to);
    /** Gives the bytes of a file, once. */
    const char *(*read)(void *ctx, const char *path,
                        void (*give)(void *to, const char *bytes, size_t length), void *to);
    void *ctx;
} obstat_folder;

/** A file's name and content. Names that end with ".json" are read as JSON, all others as YAML. */
typedef struct obstat_file {
    const char *name;
    obstat_text text;
} obstat_file;

typedef struct obstat_context obstat_context; /**< memory and diagnostics */
typedef struct obstat_rules obstat_rules;     /**< policies, loaded and checked; immutable */
typedef struct obstat_report obstat_report;   /**< the result of a check */

/** "0.1.0". */
OBSTAT_API const char *obstat_version(void);

OBSTAT_API obstat_status obstat_context_new(obstat_context **out, const obstat_config *config);
/** Frees the context and everything made with it that is still there. NULL is allowed. */
OBSTAT_API void obstat_context_free(obstat_context *context);

/* --- output */

/** How texts for people look. NULL or zeroed: no colour, 100 columns. */
typedef struct obstat_style {
    uint32_t size;
    bool color;
    bool verbose;   /**< what is met or does not apply, too */
    bool quiet;     /**< the summary alone */
    unsigned width; /**< columns; 0: 100 */
} obstat_style;

/* --- diagnostics: about the input, never about the product */

typedef enum obstat_level { OBSTAT_ERROR, OBSTAT_WARNING, OBSTAT_NOTE } obstat_level;

typedef struct obstat_diagnostic {
    obstat_text code; /**< "duplicate-key" */
    obstat_level level;
    obstat_text file;      /**< empty: no place */
    uint32_t line, column; /**< 1-based; columns count code points */
    uint32_t end_line, end_column;
    obstat_text message, hint;
} obstat_diagnostic;

OBSTAT_API size_t obstat_diagnostic_count(const obstat_context *context);
OBSTAT_API obstat_diagnostic obstat_diagnostic_at(const obstat_context *context, size_t index);
/** All of them as people read them: place, message, the line with the span underlined, hint. */
OBSTAT_API obstat_status obstat_diagnostics_write(obstat_context *context,
                                                  const obstat_style *style, obstat_sink sink);
OBSTAT_API void obstat_diagnostics_clear(obstat_context *context);
/** What a code means, in a sentence; empty: there is no such code. */
OBSTAT_API obstat_text obstat_diagnostic_about(const char *code);

/* --- rules */

typedef struct obstat_load {
    uint32_t size;
    const obstat_folder *folders; /**< later ones add to earlier ones */
    size_t folder_count;
    obstat_date known_on; /**< the law as it was known on that day; month 0: all that is known */
    /** Read only what these manifests reach; NULL: every jurisdiction. With such rules no manifest
     *  can be checked that reaches further (OBSTAT_E_USAGE): law that was not read is not no law.
     */
    const obstat_file *manifests;
    size_t manifest_count;
    bool digests; /**< work out the digests of all that is read; reports for machines carry them */
} obstat_load;

OBSTAT_API obstat_status obstat_rules_load(obstat_rules **out, obstat_context *context,
                                           const obstat_load *load);
OBSTAT_API void obstat_rules_free(obstat_rules *rules);

typedef struct obstat_rule {
    obstat_text id, title, cites, severity, kind, jurisdiction, policy, instrument;
    obstat_text file; /**< where it stands */
    uint32_t line;
} obstat_rule;

OBSTAT_API size_t obstat_rule_count(const obstat_rules *rules);
OBSTAT_API obstat_rule obstat_rule_at(const obstat_rules *rules, size_t index); /**< by id */

/* --- schemas for editors */

/** JSON Schemas (draft-07) by number: of which files ("manifest", "policy", …), and a line about
 *  them. */
OBSTAT_API size_t obstat_schema_count(void);
OBSTAT_API const char *obstat_schema_name(size_t index);
OBSTAT_API const char *obstat_schema_about(size_t index);

/** Writes the schema of such files; what a manifest may state comes from the vocabulary of `rules`,
 *  which may have been loaded for no manifest. OBSTAT_E_USAGE: there is no such schema. */
OBSTAT_API obstat_status obstat_schema_write(obstat_context *context, const obstat_rules *rules,
                                             const char *name, obstat_sink sink);

/* --- a first manifest by a few questions */

typedef struct obstat_interview obstat_interview; /**< what has been answered; borrows its rules */

/** A question, in the words of the vocabulary. Its texts live as long as the interview. */
typedef struct obstat_question {
    bool asked;          /**< false: no question is left */
    obstat_text path;    /**< the fact that it asks for: "markets.launch" */
    obstat_text subject; /**< the entry that it is about; empty: the whole */
    obstat_text ask, meaning;
    obstat_text form; /**< what an answer looks like; empty: any text */
    obstat_text none; /**< the word that says that there is none; empty: none will not do */
    const obstat_text *choices;
    size_t choice_count;
    bool several;       /**< answers may be many, with commas between them */
    bool names_markets; /**< the answers are the places of the launch, which must be there */
} obstat_question;

OBSTAT_API obstat_status obstat_interview_new(obstat_interview **out, obstat_context *context,
                                              const obstat_rules *rules);
OBSTAT_API void obstat_interview_free(obstat_interview *interview);
/** The question that is to be answered now. */
OBSTAT_API obstat_status obstat_interview_next(obstat_question *out, obstat_interview *interview);
/** Takes an answer; an empty one leaves the fact out. OBSTAT_E_INPUT: it cannot be right, the
 *  diagnostics say why, and the question stays. OBSTAT_E_USAGE: nothing is asked. */
OBSTAT_API obstat_status obstat_interview_answer(obstat_interview *interview, obstat_text answer);
/** The manifest so far, in YAML; it loads and checks, whatever has been answered. */
OBSTAT_API obstat_status obstat_interview_write(obstat_interview *interview, obstat_sink sink);

/* --- the check */

/** Gravest last; OBSTAT_MAJOR is where a violated finding begins to block unless it is moved. */
typedef enum obstat_severity {
    OBSTAT_ADVICE,
    OBSTAT_MINOR,
    OBSTAT_MAJOR,
    OBSTAT_BLOCKER
} obstat_severity;

typedef struct obstat_query {
    uint32_t size;
    obstat_date as_of; /**< month 0: each market's launch date, or today when that is past */
    obstat_date today; /**< the caller's one reading of the clock, UTC */
    obstat_severity fail_on;
    const char *const *markets; /**< only these codes; NULL: all */
    size_t market_count;
    bool all_reasons; /**< say why, too, where a rule is met or does not apply */
    bool explain;     /**< take each finding apart, for obstat_explain */
} obstat_query;

/** Checks manifests. The report borrows nothing from `rules` or `files`. OBSTAT_OK: there is a
 *  report; where a manifest was unusable it says so, and diagnostics say why. */
OBSTAT_API obstat_status obstat_check(obstat_report **out, obstat_context *context,
                                      const obstat_rules *rules, const obstat_file *files,
                                      size_t count, const obstat_query *query);
/** 0 all cleared, 1 blocked, 2 nothing to check or a manifest unusable, 3 undetermined or
 *  uncovered. */
OBSTAT_API int obstat_report_exit(const obstat_report *report);
OBSTAT_API void obstat_report_free(obstat_report *report);

/** Formats by number: name ("text", "json") and one line about each. */
OBSTAT_API size_t obstat_format_count(void);
OBSTAT_API const char *obstat_format_name(size_t index);
OBSTAT_API const char *obstat_format_about(size_t index);

/** OBSTAT_E_USAGE: there is no such format. */
OBSTAT_API obstat_status obstat_report_write(obstat_report *report, const char *format,
                                             const obstat_style *style, obstat_sink sink);

/** A rule in prose: its law, conditions, ways; with a report, what decided it there as well. */
OBSTAT_API obstat_status obstat_explain(obstat_context *context, const obstat_rules *rules,
                                        const char *rule_id, const obstat_report *report,
                                        const obstat_style *style, obstat_sink sink);

/* --- tests of rules */

typedef struct obstat_test_result {
    size_t passed, failed;
} obstat_test_result;

/** Runs test files (`obstat: test/v1`). Rules are loaded by `load`, for each date of knowledge that
 *  a case asks for; the manifests that cases name are read through `base`, by their path relative
 *  to the test file, put behind the folder of its name. Failures are told through `sink`. */
OBSTAT_API obstat_status obstat_test(obstat_test_result *out, obstat_context *context,
                                     const obstat_load *load, const obstat_folder *base,
                                     const obstat_file *files, size_t count,
                                     const obstat_query *query, const obstat_style *style,
                                     obstat_sink sink);

/* --- lint of rules: what loads but cannot mean what its author meant */

typedef struct obstat_lint_query {
    uint32_t size;
    obstat_date today; /**< reviews are overdue by it */
    /** Only what stands in files whose names begin with one of these; NULL: everything. */
    const char *const *within;
    size_t within_count;
    size_t bound; /**< manifests to judge for one proof; 0: no proofs */
    bool json;
} obstat_lint_query;

/** Findings; and of the faults that take a proof how many were proved (findings, too), refuted by a
 *  manifest that shows the contrary, or not examined, since it would take more than the bound or
 * what is read cannot be enumerated. */
typedef struct obstat_lint_result {
    size_t findings, proved, refuted, not_examined;
} obstat_lint_result;

/** Writes what it finds as people read it, with each proof where the style is verbose; or as JSON.
 *  OBSTAT_E_USAGE: the rules were loaded for some manifests alone. */
OBSTAT_API obstat_status obstat_lint(obstat_lint_result *out, obstat_context *context,
                                     const obstat_rules *rules, const obstat_lint_query *query,
                                     const obstat_style *style, obstat_sink sink);
/** The page of all lints: code, what it means, how to mend it. */
OBSTAT_API obstat_status obstat_lints_write(obstat_context *context, obstat_sink sink);

typedef struct obstat_coverage_options {
    size_t size;
    bool all_rules; /* those of policies that no test file is about, too */
    bool json;      /* write `obstat: coverage/v1` and nothing else */
} obstat_coverage_options;

/* Values of conditions, two for each: true and false. */
typedef struct obstat_coverage {
    obstat_test_result tests;
    size_t shown, possible; /* what cannot occur is not possible */
    size_t impossible;      /* proved */
    size_t unexamined;      /* not shown, and neither proved impossible nor is a test known that
                               would show it */
} obstat_coverage;

/** Runs test files as obstat_test does, and tells which conditions of `applies`, `except` and
 *  `requires` they have shown to matter: those that alone turned a decision. */
OBSTAT_API obstat_status obstat_test_coverage(obstat_coverage *out, obstat_context *context,
                                              const obstat_load *load, const obstat_folder *base,
                                              const obstat_file *files, size_t count,
                                              const obstat_query *query, const obstat_style *style,
                                              const obstat_coverage_options *options,
                                              obstat_sink sink);

/* --- mutants: what the tests of rules do not see */

/** Small mistakes put into policies one at a time, and what became of them. */
typedef struct obstat_mutation {
    uint32_t size;
    /** Paths of policy files, whose mutants are tried: the whole path of a loaded file, or as much
     *  of its end as lies within its rules folder ("rules/xx/act.yaml" for "xx/act.yaml"). Files
     *  that hold no policy are passed over. */
    const char *const *policies;
    size_t policy_count;
    /** Called as it goes on; NULL: nobody wants to know. */
    void (*progress)(void *ctx, size_t done, size_t all);
    void *ctx;
} obstat_mutation;

typedef struct obstat_mutation_result {
    size_t mutants;
    size_t killed;   /**< some case fails */
    size_t survived; /**< all cases pass, and nobody says why they may */
    size_t accepted; /**< survivors for which the tests say so */
    size_t refused;  /**< do not load: the checks at load see that mistake */
    size_t failed;   /**< cases that fail on the rules as they are; then nothing was tried */
} obstat_mutation_result;

/** Tries mutants of policies on tests, which are run as by obstat_test and must all pass. Survivors
 *  are told through `sink` (with `verbose` those accepted and refused, too), and a line for each
 *  file. OBSTAT_E_INPUT: something cannot be read, or tests accept what is no survivor. */
OBSTAT_API obstat_status obstat_mutate(obstat_mutation_result *out, obstat_context *context,
                                       const obstat_load *load, const obstat_folder *base,
                                       const obstat_file *files, size_t count,
                                       const obstat_query *query, const obstat_mutation *what,
                                       const obstat_style *style, obstat_sink sink);

/* --- CEL by itself */

/** An expression to evaluate by itself. */
typedef struct obstat_evaluation {
    uint32_t size;
    const char *expression;
    const obstat_file *data;    /**< NULL: none; else a map whose members are the variables */
    const char *const *unknown; /**< dotted paths of data that are not known; NULL: none */
    size_t unknown_count;
    bool typed; /**< the value as CEL's typed JSON; else as people read it */
} obstat_evaluation;

/** Evaluates one expression and writes its value and a line end. Where the value is unknown, a line
 *  `needs: PATH` follows for each path that it depends on, and for no other. An error of the
 *  expression is a diagnostic and OBSTAT_E_INPUT. */
OBSTAT_API obstat_status obstat_eval(obstat_context *context, const obstat_evaluation *what,
                                     obstat_sink sink);

/** One line of `obstat eval --stream`: a conformance case in, an answer and a line end out. */
OBSTAT_API obstat_status obstat_eval_line(obstat_context *context, obstat_text line,
                                          obstat_sink sink);

/** The page of all functions that expressions and policies may call. */
OBSTAT_API obstat_status obstat_functions_write(obstat_context *context, obstat_sink sink);

#ifdef __cplusplus
}
#endif

#endif
