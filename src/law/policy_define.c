// SPDX-License-Identifier: Apache-2.0
//
// The section `define` of a policy: names for conditions, with parameters or without, and the open
// terms of the law. Definitions are linked when all policies have been read.
#include "law/policy_reader.h"

#include <string.h>

// --- EXPR_CASES from cases

// One expression out of cases whose values are CEL; NULL: they could not be read.
static expr *cases_body(policy_reader *p, const node *n, cases *c) {
    expr **values = arena_array(p->r.arena, expr *, c->count);
    bool good = c->count > 0;
    for (size_t i = 0; i < c->count; i++) {
        values[i] = c->at[i].node ? policy_cel(p, c->at[i].node, 0) : NULL;
        good = good && values[i];
    }
    if (!good) return NULL;
    const case_of *all = c->at;
    cases_cut(p, c);
    return policy_cases_expr(p, n, c, values + (c->at - all));
}

expr *policy_cases_expr(policy_reader *p, const node *n, const cases *c, expr *const *values) {
    bool plain = c->count == 1 && !c->at[0].when && !c->at[0].has_from && !c->at[0].has_until;
    if (plain) return values[0];
    expr *e = policy_literal(p, n, value_unknown());
    e->kind = EXPR_CASES;
    e->u.cases.cases = arena_array(p->r.arena, expr_case, c->count);
    e->u.cases.count = (uint32_t)c->count;
    for (size_t i = 0; i < c->count; i++) {
        const case_of *k = &c->at[i];
        e->u.cases.cases[i] = (expr_case){.has_from = k->has_from,
                                          .has_until = k->has_until,
                                          .from = k->from,
                                          .until = k->until,
                                          .when = k->when,
                                          .value = values[i]};
    }
    return e;
}

// --- NAME(a, b)

static size_t skip_blanks(str s, size_t i) {
    while (i < s.len && s.ptr[i] == ' ')
        i++;
    return i;
}

static size_t word_end(str s, size_t i) {
    while (i < s.len && !strchr("(), ", s.ptr[i]))
        i++;
    return i;
}

static bool bad_head(policy_reader *p, const node *key) {
    diag_add(p->r.diags, DIAG_BAD_NAME, key->at, STR("write `name` or `name(a, b)`"),
             "`%.*s` is no head of a definition", STR_ARG(key->text));
    return false;
}

static bool duplicate_param(policy_reader *p, const node *key, const definition *d, size_t from,
                            size_t to) {
    str name = str_sub(key->text, from, to);
    for (size_t i = 0; i < d->param_count; i++)
        if (str_eq(d->params[i], name)) {
            diag_add(p->r.diags, DIAG_DUPLICATE_NAME, doc_scalar_span(key, from, to),
                     STR("give one of them another name"), "two parameters are called `%.*s`",
                     STR_ARG(name));
            return true;
        }
    return false;
}

// The parameters from the byte behind the opening bracket.
static bool read_params(policy_reader *p, const node *key, size_t i, definition *d) {
    str s = key->text;
    str *params = arena_array(p->r.arena, str, s.len);
    d->params = params;
    for (;;) {
        size_t from = skip_blanks(s, i), to = word_end(s, from);
        if (!policy_name(p, key, from, to, "a parameter") || duplicate_param(p, key, d, from, to))
            return false;
        params[d->param_count++] = str_sub(s, from, to);
        i = skip_blanks(s, to);
        if (i < s.len && s.ptr[i] == ')') return i + 1 == s.len || bad_head(p, key);
        if (i >= s.len || s.ptr[i] != ',') return bad_head(p, key);
        i++;
    }
}

static bool read_head(policy_reader *p, const node *key, definition *d) {
    size_t end = word_end(key->text, 0);
    if (!policy_name(p, key, 0, end, "a definition")) return false;
    d->name = str_sub(key->text, 0, end);
    if (end == key->text.len) return true;
    return key->text.ptr[end] == '(' ? read_params(p, key, end + 1, d) : bad_head(p, key);
}

// --- what it means

static const schema_form meaning_form = {.cases_of = &cel_form};

static const schema_key definition_keys[] = {
    {"is", TAKES_CASES, false, &meaning_form, "What it means, in CEL; or cases of it."},
    {"open", TAKES_WORDS, false, NULL, "The question that only a person can answer."},
    {"presume", TAKES_CONDITION, false, &cel_form, "Where the open question is taken as yes."},
    {"title", TAKES_WORDS, false, NULL, "What it means, in words."},
    {"cites", TAKES_WORDS, false, NULL, "Where the law says so."},
};
enum { DEFINE_IS, DEFINE_OPEN, DEFINE_PRESUME, DEFINE_TITLE, DEFINE_CITES, DEFINE_KEYS };

static const char *const meaning_keys[] = {"is", "open", NULL};
const schema_form definition_form = {
    .name = "definition",
    .takes = TAKES_CEL | TAKES_MAP,
    SCHEMA_KEYS(definition_keys),
    .one_of = meaning_keys,
};

static void read_open(policy_reader *p, const node *const *values, definition *d) {
    open_term *term = arena_new(p->r.arena, open_term);
    term->name = str_format(p->r.arena, "%.*s.%.*s", STR_ARG(p->policy->id), STR_ARG(d->name));
    term->question = schema_text(values[DEFINE_OPEN]);
    term->title = schema_text(values[DEFINE_TITLE]);
    term->cites = policy_cite(values[DEFINE_CITES]);
    d->open = true;
    d->owner = term;
    d->body = policy_cel(p, values[DEFINE_PRESUME], 0);
}

static void check_shape(policy_reader *p, const node *n, const node *const *values) {
    if (!values[DEFINE_IS] == !values[DEFINE_OPEN])
        diag_add(p->r.diags, DIAG_BAD_DEFINITION, n->at,
                 STR("`is` gives its meaning; `open` asks what only a person can judge"),
                 "a definition has either `is` or `open`");
    else if (values[DEFINE_IS] && values[DEFINE_PRESUME])
        diag_add(p->r.diags, DIAG_BAD_DEFINITION, values[DEFINE_PRESUME]->at,
                 STR("only an open term is presumed; take this out"),
                 "`presume` stands beside `is`");
}

static bool read_map(policy_reader *p, const node *n, definition *d, definition_note *note) {
    const node *values[DEFINE_KEYS] = {0};
    if (!schema_map(&p->r, n, "a definition", definition_keys, DEFINE_KEYS, values)) return false;
    check_shape(p, n, values);
    note->title = schema_text(values[DEFINE_TITLE]);
    note->cites = policy_cite(values[DEFINE_CITES]);
    if (values[DEFINE_OPEN]) {
        read_open(p, values, d);
        return d->body || !values[DEFINE_PRESUME];
    }
    cases c;
    cases_read(p, values[DEFINE_IS], "a definition", false, &c);
    d->body = values[DEFINE_IS] ? cases_body(p, values[DEFINE_IS], &c) : NULL;
    return d->body != NULL;
}

// A definition that could not be read stays known by its name, so that its uses are not complained
// of, too: as an open term without presumption.
static void read_definition(policy_reader *p, const pair *entry) {
    definition *d = arena_new(p->r.arena, definition);
    definition_note *note = arena_new(p->r.arena, definition_note);
    d->env = p->policy->env;
    d->at = entry->key->at;
    if (!read_head(p, entry->key, d)) return;
    bool is_map = entry->value->kind == NODE_MAP &&
                  (doc_get(entry->value, "is") || doc_get(entry->value, "open") ||
                   doc_get(entry->value, "title") || doc_get(entry->value, "presume"));
    bool good = is_map ? read_map(p, entry->value, d, note)
                       : (d->body = policy_cel(p, entry->value, 0)) != NULL;
    if (!good) {
        d->open = true;
        d->body = NULL;
        if (!d->owner) d->owner = arena_new(p->r.arena, open_term);
    }
    note->definition = d;
    note->at = entry->key->at;
    if (map_has(&p->policy->notes, d->name)) {
        diag *said = diag_add(p->r.diags, DIAG_DUPLICATE_NAME, entry->key->at,
                              STR("give one of them another name"), "`%.*s` is defined twice",
                              STR_ARG(d->name));
        said->also = ((const definition_note *)map_get(&p->policy->notes, d->name))->at;
        return;
    }
    map_put(p->r.arena, &p->policy->notes, d->name, note);
    vec_push(p->r.arena, &p->policy->env->definitions, d);
}

void policy_define(policy_reader *p, const node *n) {
    for (uint32_t i = 0; n && i < n->count; i++)
        read_definition(p, &n->u.pairs[i]);
}
