// SPDX-License-Identifier: Apache-2.0
#include "doc/same.h"

static bool same_nodes(const node *a, const node *b) {
    if (a->kind != b->kind || a->style != b->style || a->at.from != b->at.from ||
        a->at.to != b->at.to || a->count != b->count)
        return false;
    if (doc_is_scalar(a)) // not a number is never equal
        return str_eq(a->text, b->text) && (a->kind == NODE_DOUBLE || doc_equal(a, b));
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->kind == NODE_LIST && !same_nodes(a->u.items[i], b->u.items[i])) return false;
        if (a->kind == NODE_MAP && (!same_nodes(a->u.pairs[i].key, b->u.pairs[i].key) ||
                                    !same_nodes(a->u.pairs[i].value, b->u.pairs[i].value)))
            return false;
    }
    return true;
}

bool same_trees(const docs *a, const docs *b) {
    if (a->list.len != b->list.len) return false;
    for (size_t i = 0; i < a->list.len; i++)
        if (!same_nodes(a->list.at[i], b->list.at[i])) return false;
    return true;
}

bool same_diags(const diags *a, const diags *b) {
    if (a->list.len != b->list.len) return false;
    for (size_t i = 0; i < a->list.len; i++) {
        const diag *x = &a->list.at[i], *y = &b->list.at[i];
        if (!str_eq(x->message, y->message) || x->at.from != y->at.from || x->at.to != y->at.to)
            return false;
    }
    return true;
}
