// SPDX-License-Identifier: Apache-2.0
//
// The environment in which expressions are linked, checked and evaluated: names, functions,
// definitions. One environment a policy; built once, then immutable. A run has its own state.
#ifndef OBSTAT_CEL_CEL_H
#define OBSTAT_CEL_CEL_H

#include "cel/ast.h"
#include "cel/type.h"

typedef struct cel_env cel_env;
typedef struct cel_run cel_run;

// --- functions: a feature is a row

enum {
    CEL_RECEIVER = 1,  // called as target.f(args); the target is args[0]
    CEL_NONSTRICT = 2, // gets unknown and error arguments too
    CEL_TEXT_ONLY = 4, // the first argument must be a literal text, checked by `check_literal`
    CEL_BOUNDS = 8,    // takes numbers known by their bounds; else these make the call unknown
    CEL_ANY_KIND = 16, // looks at the kinds of its arguments itself; else they fit a signature
    CEL_JUDGED = 256   // CEL_JUDGED << i: `check_literal` judges argument i (the target is 0)
};

struct cel_function {
    const char *name;
    unsigned flags;
    // All signatures, separated by `|`: "(list(A), A) -> bool | (map(A, B), A) -> bool". The target
    // is the first argument. Types as type_parse reads them.
    const char *signatures;
    value (*run)(cel_run *run, const expr *call, const value *args, size_t count);
    const char *about; // one line, for the page of functions
    // For literals that can be judged at load (dates, patterns, names of registries): adds a
    // diagnostic and returns false where the literal will never do. NULL: nothing to judge. It is
    // called for each argument that is a literal text and CEL_JUDGED; without such a flag for the
    // first one if CEL_TEXT_ONLY, else for all but the target.
    bool (*check_literal)(const cel_env *env, diags *d, const expr *arg, str text);
};

typedef struct cel_function_table {
    const cel_function *rows;
    size_t count;
} cel_function_table;

// The functions and operators of the CEL specification and its extensions, and what laws count
// with.
extern const cel_function_table *const cel_standard[];
extern const char *const cel_standard_titles[];
extern const size_t cel_standard_count;

// The page of functions: all of these tables, or one, under its title.
void cel_write_functions(buf *out);
void cel_write_table(buf *out, const char *title, const cel_function_table *table);

// --- definitions

struct definition {
    str name;
    const str *params;
    size_t param_count;
    expr *body;         // an open term: its `presume`, or NULL
    bool open;          // an open term of the law: the run is asked first (cel_run.open_term)
    const void *owner;  // the layer above's own
    const cel_env *env; // where its body is linked
    span at;            // of its name
    // After cel_check_definitions:
    const type *type; // of the body; type_error where it has a mistake
    uint32_t frame;   // slots that a frame of its body needs
    uint32_t height;  // levels and number of nodes, with all that it calls written out
    size_t size;
};

// --- environment

typedef struct cel_variable {
    str name; // may be dotted: "a.b"
    const type *type;
    bool alone; // stands by itself on one side of a comparison, nowhere else: the date asked about
} cel_variable;

struct cel_env {
    arena *arena;
    const cel_env *outer; // names not found here are looked up there; its globals come first
    vec(cel_variable) variables;
    vec(definition *) definitions;
    vec(cel_function_table) functions;
    str container;     // of names: "a.b" looks for a.b.x, a.x, x
    const void *owner; // the layer above's own: registries, roles …
};

// Rows of an environment by name; NULL: none. Functions of one name differ in CEL_RECEIVER and
// count.
const cel_function *cel_find_function(const cel_env *env, str name, bool receiver, size_t count);
const definition *cel_find_definition(const cel_env *env, str name);

// What is known where an expression is evaluated: that a condition holds, or that it does not.
typedef struct cel_known {
    const expr *condition; // linked in the same scope
    bool holds;
} cel_known;

typedef struct cel_scope {
    const str *names; // slots 0 … count-1 of the frame: each-names or a definition's parameters
    const type *const *types; // NULL: all dyn
    size_t count;
    // Earlier lines of a list of conditions, `applies` for `requires`: as guards, they let through
    // what they have asked with `has`.
    const cel_known *known;
    size_t known_count;
} cel_scope;

// Resolves all names of an expression in place. Names resolve in this order: comprehension
// variable, scope, definition, variable, type name; a dotted name by its longest part that is one.
// With `lenient` an unknown name is left for the run (an error there), and names of comprehensions
// may hide others; else both are diagnostics. Returns the number of frame slots needed. Not twice
// for one tree.
uint32_t cel_link(const cel_env *env, diags *d, expr *e, const cel_scope *scope, bool lenient);

// Deduces and checks the types of a linked expression and all within; NULL `expected`: any. Writes
// `type` of each node. Mistakes are diagnostics, names that a lenient link has left among them.
// Returns the deduced type (type_error after mistakes).
const type *cel_check(const cel_env *env, diags *d, expr *e, const cel_scope *scope,
                      const type *expected);

// A new name (`what`: "a parameter", "a definition", "an each-name"): whether it can be one in
// expressions, and hides no variable and no definition of `env`; else a diagnostic.
bool cel_declare(const cel_env *env, diags *d, span at, str name, const char *what);

// Links and checks the definitions of an environment (not of the outer ones, which come first) in
// the order of their calls. A cycle is a diagnostic that prints the path, and so is an expanded
// size above `budget` nodes. What a body does with its parameters is checked again for the types of
// each call, and reported there.
bool cel_check_definitions(cel_env *env, diags *d, size_t budget);

// The steps that a checked expression takes at most, where lists hold what their types allow (1,000
// elements where they do not say) and texts 256 bytes.
double cel_cost(arena *a, const expr *e, const cel_scope *scope);

// Whether these are no more than `limit`; else a diagnostic that names the lists.
bool cel_check_cost(const cel_env *env, diags *d, const expr *e, const cel_scope *scope,
                    size_t limit);

// --- evaluation

typedef struct cel_hooks {
    // A slot of a record, or with NULL a global by its index, was read (any state). May be NULL.
    void (*touch)(void *ctx, const record *r, uint32_t slot);
    // What the signed opinions say of an open term: true, false or unknown. May be NULL: unknown.
    value (*open_term)(void *ctx, const definition *d, const value *args, size_t count);
    // Neither an opinion nor `presume` settles an open term: unknown, or what the layer above tries
    // as its answer. May be NULL: unknown.
    value (*unanswered)(void *ctx, const definition *d, const value *args, size_t count);
    // An open term is held true by its `presume`; false: not this time. May be NULL: it is.
    bool (*presumed)(void *ctx, const definition *d, const value *args, size_t count);
    // The body to use for a definition now (parameters differ by place). May be NULL: d->body.
    const expr *(*body)(void *ctx, const definition *d);
    void *ctx;
} cel_hooks;

struct cel_run {
    arena *arena;         // all values made by the run
    const value *globals; // by the index of the environment's variables, outer ones first
    day as_of;            // decides EXPR_CASES
    cel_hooks hooks;
    size_t steps_left; // nodes that may still be evaluated; at 0: an error "too much work"
    unsigned depth;    // of nesting now
    void *patterns;    // those that `matches` has compiled; begins as NULL
    void *owner;       // the layer above's own, for its functions
};

enum { CEL_DEFAULT_STEPS = 10000000 };

// Evaluates a linked expression. `frame` has the slots that cel_link asked for, the scope's values
// first. Never fails but by an error value; out of memory leaves through the arena's guard.
value cel_eval(cel_run *run, const expr *e, value *frame);

// The elements that a macro goes through, for who looks into its body.
typedef struct cel_fold {
    cel_run *run;
    const expr *e;
    value *frame;
    const value_list *list; // else the entries of `map`
    const value_map *map;
    uint32_t count;
    bool open; // there may be more
} cel_fold;

// False: `*answer` is the result, whatever the macro.
bool cel_fold_begin(cel_fold *f, cel_run *run, const expr *e, value *frame, value *answer);

// Puts the i-th element into the macro's variables.
void cel_fold_bind(const cel_fold *f, uint32_t i);

#endif
