// SPDX-License-Identifier: Apache-2.0
//
// What decided an expression, as a tree: of `&&` that is false the operand that is, of `exists`
// that is true the element that makes it so, of a definition its body. The caller gets the nodes
// one by one and writes what it likes.
#ifndef OBSTAT_CEL_EXPLAIN_H
#define OBSTAT_CEL_EXPLAIN_H

#include "cel/cel.h"

typedef struct cel_explainer {
    // A node that has others below it, at `depth + 1`.
    void (*node)(void *ctx, unsigned depth, const expr *e, value v);
    // An element of a list that the next lines are about.
    void (*element)(void *ctx, unsigned depth, str name, value element);
    // An expression that is not taken apart; to be evaluated in `frame` by whoever wants to know
    // what it reads.
    void (*leaf)(void *ctx, unsigned depth, const expr *e, value *frame);
    void *ctx;
} cel_explainer;

// Explains a linked expression. Values are those of evaluating it now, in this frame.
void cel_explain(cel_run *run, const expr *e, value *frame, unsigned depth, const cel_explainer *x);

#endif
