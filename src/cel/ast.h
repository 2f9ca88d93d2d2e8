// SPDX-License-Identifier: Apache-2.0
//
// A CEL expression as a tree. Macros stay macros (`xs.exists(x, p)` is one node), so that printing,
// explaining and three-valued evaluation see what was written. The parser fills the upper part of
// each node; the linker (link.c) resolves names in place; after that a tree is immutable and may be
// shared between threads.
#ifndef OBSTAT_CEL_AST_H
#define OBSTAT_CEL_AST_H

#include "base/diag.h"
#include "cel/value.h"
#include "doc/doc.h"

typedef enum expr_kind {
    EXPR_LITERAL,
    EXPR_IDENT,
    EXPR_SELECT, // operand.field, operand.?field, has(operand.field)
    EXPR_CALL,   // f(args), target.f(args); operators other than the next three: "_+_", "@in",
                 // "_[_]", "-_" …
    EXPR_NOT,
    EXPR_AND,
    EXPR_OR,
    EXPR_COND, // c ? x : y
    EXPR_LIST,
    EXPR_MAP,
    EXPR_MACRO,
    EXPR_CASES // a dated choice; never parsed, made by the layer above from a policy's cases
} expr_kind;

typedef enum macro_kind {
    MACRO_ALL,
    MACRO_EXISTS,
    MACRO_EXISTS_ONE,
    MACRO_FILTER,
    MACRO_MAP, // map(x, e) and map(x, p, e)
    MACRO_TRANSFORM_LIST,
    MACRO_TRANSFORM_MAP,
    MACRO_TRANSFORM_MAP_ENTRY,
    MACRO_BIND,    // cel.bind(x, e, e)
    MACRO_OPT_MAP, // o.optMap(x, e)
    MACRO_OPT_FLAT_MAP
} macro_kind;

// Where the text of an expression stands.
typedef struct cel_text {
    str text;
    const node *scalar; // the YAML or JSON scalar that holds it, or NULL:
    const source *src;  // then the text is the whole of this source
} cel_text;

typedef struct expr expr;
typedef struct definition definition;
typedef struct cel_function cel_function;

typedef enum name_ref {
    REF_NONE,       // not resolved (unchecked evaluation: an error when it is reached)
    REF_LOCAL,      // slot `index` of the frame: comprehension variable, each-name, definition's
                    // parameter
    REF_GLOBAL,     // variable `index` of the environment
    REF_DEFINITION, // a definition without parameters
    REF_CONSTANT    // `constant`: a type name
} name_ref;

typedef struct expr_entry {
    expr *key; // NULL in lists
    expr *value;
    bool optional; // [?e], {?k: e}
} expr_entry;

typedef struct expr_case {
    bool has_from, has_until;
    day from, until; // [from, until) in terms of the as-of date
    expr *when;      // NULL: always
    expr *value;
} expr_case;

struct expr {
    uint8_t kind;
    uint8_t op;        // EXPR_MACRO: macro_kind
    bool test;         // EXPR_SELECT: has(…)
    bool optional;     // EXPR_SELECT: .?field
    uint32_t from, to; // bytes of text->text
    uint32_t height;   // levels of nodes from here down, itself included
    const cel_text *text;
    const type *type; // after the check, else NULL
    union {
        value literal;
        struct {
            str name; // with a leading dot where it was written so
            name_ref ref;
            uint32_t index;
            const definition *definition;
            value constant;
        } ident;
        struct {
            expr *operand;
            str field;
            uint32_t field_from; // where the field's name begins
            uint32_t slot;       // where the field is in the records that the check expects
        } select;
        struct {
            expr *target; // NULL: a global call
            str function;
            uint32_t function_from;
            expr **args;
            uint32_t count;
            const cel_function *row;      // resolved; NULL: none (or a definition)
            const definition *definition; // resolved: a policy's definition with parameters
        } call;
        struct {
            expr *a, *b, *c; // NOT: a; AND, OR: a, b; COND: a ? b : c
        } logic;
        struct {
            expr_entry *entries;
            uint32_t count;
            const value_list *constant; // EXPR_LIST: of literals alone, made once; else NULL
        } list;                         // EXPR_LIST and EXPR_MAP
        struct {
            expr *range;          // the list or map; for cel.bind the value
            str vars[2];          // names as written; vars[1] empty: one variable
            uint32_t var_from[2]; // where they stand
            uint32_t slots[2];    // in the frame, after linking
            expr *filter;         // map(x, p, e), transform…(k, v, p, e): p; else NULL
            expr *body;
        } macro;
        struct {
            expr_case *cases;
            uint32_t count;
        } cases;
    } u;
};

// The deepest tree that is built, and the most of a text and of nodes in it: what walks a tree may
// recurse. `&&` and `||` are balanced, whatever brackets are around them, so a long chain is not
// deep.
enum { CEL_MAX_DEPTH = 250, CEL_MAX_SOURCE = 65536, CEL_MAX_NODES = 100000 };

// Parses one expression; the whole text must be one. NULL: there was an error, the first is in `d`,
// with its span inside the scalar. `no_macros` leaves macro calls as calls.
expr *cel_parse(arena *a, diags *d, const cel_text *text, bool no_macros);

// The expression as CEL text: parse(print(e)) is the same tree but for places and superfluous
// brackets.
void cel_print(buf *out, const expr *e);

// Same tree, whatever the places.
bool cel_same(const expr *a, const expr *b);

// Where a node stands in its file, and where bytes [from, to) of an expression's text do.
span cel_span(const expr *e);
span cel_text_span(const cel_text *text, uint32_t from, uint32_t to);

// Calls `visit` for each expression directly below `e`, in the order of the text.
void cel_each_part(const expr *e, void (*visit)(void *ctx, expr *part), void *ctx);

#endif
