// SPDX-License-Identifier: Apache-2.0
//
// Conditions as policies write them: CEL in scalars, lists of which all must hold, `any:`,
// exceptions. YAML silently makes something else of many an unquoted condition; what it cut or
// turned into a map, list or number is found here, because only here is it known that a condition
// was meant. No name is looked up.
#include "law/policy_reader.h"

#include <string.h>

enum { MAX_NESTING = 64 }; // of any, all and unless

static const str quote_hint = STR_C("quote this condition: \"…\"");

// --- CEL

expr *policy_literal(policy_reader *p, const node *n, value v) {
    expr *e = arena_new(p->r.arena, expr);
    e->kind = EXPR_LITERAL;
    e->text = p->policy->text;
    e->from = n->at.from;
    e->to = n->at.to;
    e->u.literal = v;
    return e;
}

// What stands behind a plain scalar, where YAML may have ended it too early.
static char after(const node *n) {
    str text = n->at.src->text;
    size_t i = n->at.to;
    while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\t'))
        i++;
    return i < text.len ? text.ptr[i] : '\0';
}

// Mistakes in what YAML may have cut are explained by the cut.
static void explain_cut(policy_reader *p, const node *n, size_t before) {
    char next = n->style == STYLE_PLAIN ? after(n) : '\0';
    if (next == '\0' || !strchr(",]}#:", next)) return;
    for (size_t i = before; i < p->r.diags->list.len; i++)
        p->r.diags->list.at[i].hint =
            str_format(p->r.arena, "quote this condition: YAML ends it at the `%c`", next);
}

static expr *parse(policy_reader *p, const node *n, size_t blank) {
    cel_text *text = arena_new(p->r.arena, cel_text);
    char *copy = str_c(p->r.arena, n->text);
    memset(copy, ' ', blank);
    *text = (cel_text){.text = {copy, n->text.len}, .scalar = n, .src = n->at.src};
    size_t before = p->r.diags->list.len;
    expr *e = cel_parse(p->r.arena, p->r.diags, text, false);
    if (!e) explain_cut(p, n, before);
    return e;
}

expr *policy_cel(policy_reader *p, const node *n, size_t blank) {
    if (!n) return NULL;
    if (n->kind == NODE_BOOL) return policy_literal(p, n, value_bool(n->u.b));
    if (n->kind == NODE_STRING || n->kind == NODE_INT || n->kind == NODE_DOUBLE)
        return parse(p, n, blank);
    if (n->kind == NODE_NULL)
        diag_add(p->r.diags, DIAG_CUT_CONDITION, n->at, STR("write it, or leave the key out"),
                 "the condition is empty");
    else
        diag_add(p->r.diags, DIAG_CUT_CONDITION, n->at, quote_hint,
                 "YAML reads this as %s, not as a condition", doc_kind_name(n->kind));
    return NULL;
}

// Digits and dashes: read as CEL it would be a subtraction.
static bool looks_like_date(str s) {
    size_t dashes = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '-')
            dashes++;
        else if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    }
    return dashes == 2;
}

expr *policy_cel_date(policy_reader *p, const node *n) {
    if (!n || !doc_is_scalar(n) || !looks_like_date(n->text)) return policy_cel(p, n, 0);
    day d = 0;
    return schema_date(&p->r, n, &d) ? policy_literal(p, n, value_date(d)) : NULL;
}

// --- conditions

// The keys of a condition and, last, that of an exception.
static const schema_key cond_keys[] = {
    {"when", TAKES_CONDITION, false, &cel_form, "A condition in CEL."},
    {"any", TAKES_CONDITION, false, &conds_form, "Conditions of which one must hold."},
    {"all", TAKES_CONDITION, false, &conds_form, "Conditions that must all hold."},
    {"title", TAKES_WORDS, false, NULL, "What it says, in words."},
    {"cites", TAKES_WORDS, false, NULL, "Where the law says so."},
    {"from", TAKES_TEXT, false, &schema_date_form, "The first day on which it is asked."},
    {"until", TAKES_TEXT, false, &schema_date_form, "The first day on which it no longer is."},
    {"known", TAKES_TEXT, false, &schema_date_form, "When it became law."},
    {"unless", TAKES_ANY, false, &exceptions_form, "What the exception itself does not reach."},
};
enum {
    COND_WHEN,
    COND_ANY_OF,
    COND_ALL_OF,
    COND_TITLE,
    COND_CITES,
    COND_FROM,
    COND_UNTIL,
    COND_KNOWN,
    COND_KEYS,
    COND_UNLESS = COND_KEYS,
    EXCEPTION_KEYS
};

static const char *const question_keys[] = {"when", "any", "all", NULL};

const schema_form cel_form = {.name = "cel", .takes = TAKES_CEL};

static const schema_form cond_form = {
    .name = "condition",
    .takes = TAKES_CEL | TAKES_MAP,
    .keys = cond_keys,
    .key_count = COND_KEYS,
    .one_of = question_keys,
};
const schema_form conds_form = {.each = &cond_form};

static const schema_form exception_form = {
    .name = "exception",
    .takes = TAKES_CEL | TAKES_MAP,
    .keys = cond_keys,
    .key_count = EXCEPTION_KEYS,
    .one_of = question_keys,
};
const schema_form exceptions_form = {.each = &exception_form};

typedef vec(cond) cond_list;
typedef vec(exception) exception_list;

static bool read_cond(policy_reader *p, const node *n, unsigned depth, const node **unless,
                      cond *out);

static bool is_cond_key(str key, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(key, cond_keys[i].name)) return true;
    return false;
}

// A map that no condition can be: `a ? b : c`, or what a comma in a flow map cut off.
static bool cut_map(policy_reader *p, const node *n, size_t keys) {
    for (uint32_t i = 0; i < n->count; i++) {
        const pair *entry = &n->u.pairs[i];
        if (is_cond_key(entry->key->text, keys)) continue;
        bool flow = n->style == STYLE_FLOW && entry->value->kind == NODE_NULL;
        bool text = false;
        for (size_t k = 0; k < entry->key->text.len; k++)
            text = text || strchr(" ?('\".&|=<>!", entry->key->text.ptr[k]);
        if (!flow && !text) continue;
        diag_add(p->r.diags, DIAG_CUT_CONDITION, entry->key->at, quote_hint,
                 "YAML reads `%.*s` as a key of a map, not as part of a condition",
                 STR_ARG(entry->key->text));
        return true;
    }
    return false;
}

static void add_conds(policy_reader *p, const node *n, unsigned depth, cond_list *list) {
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    for (size_t i = 0; i < count; i++) {
        cond c;
        if (read_cond(p, items[i], depth, NULL, &c)) vec_push(p->r.arena, list, c);
    }
}

static void read_group(policy_reader *p, const node *n, unsigned depth, cond *out) {
    cond_list list = {0};
    add_conds(p, n, depth, &list);
    if (n->kind == NODE_LIST && n->count == 0)
        diag_add(p->r.diags, DIAG_EMPTY_LIST, n->at, STR("leave it out, or write a condition"),
                 "`%s` needs a condition", out->kind == COND_ANY ? "any" : "all");
    out->parts = list.at;
    out->count = list.len;
}

static bool known_by(const policy_reader *p, bool has_known, day known) {
    return !has_known || !p->has_known_on || known <= p->known_on;
}

// What is asked: exactly one of `when`, `any`, `all`.
static void read_question(policy_reader *p, const node *n, const node *const *values,
                          unsigned depth, cond *out) {
    int asked = !!values[COND_WHEN] + !!values[COND_ANY_OF] + !!values[COND_ALL_OF];
    if (asked != 1) {
        diag_add(p->r.diags, DIAG_BAD_CONDITION, n->at,
                 STR("a condition is a text, {any: […]}, {all: […]} or {when: …, title: …}"),
                 asked ? "this condition has more than one of `when`, `any` and `all`"
                       : "this condition has no `when`, `any` or `all`");
        return;
    }
    out->kind = values[COND_WHEN] ? COND_TEST : values[COND_ANY_OF] ? COND_ANY : COND_ALL;
    if (out->kind == COND_TEST)
        out->test = policy_cel(p, values[COND_WHEN], 0);
    else
        read_group(p, out->kind == COND_ANY ? values[COND_ANY_OF] : values[COND_ALL_OF], depth + 1,
                   out);
}

static bool read_cond_map(policy_reader *p, const node *n, unsigned depth, const node **unless,
                          cond *out) {
    const node *values[EXCEPTION_KEYS] = {0};
    size_t keys = unless ? EXCEPTION_KEYS : COND_KEYS;
    if (cut_map(p, n, keys)) return false;
    if (!schema_map(&p->r, n, unless ? "an exception" : "a condition", cond_keys, keys, values))
        return false;
    if (unless) *unless = values[COND_UNLESS];
    read_question(p, n, values, depth, out);
    out->title = schema_text(values[COND_TITLE]);
    out->cites = policy_cite(values[COND_CITES]);
    out->has_from = schema_date(&p->r, values[COND_FROM], &out->from);
    out->has_until = schema_date(&p->r, values[COND_UNTIL], &out->until);
    if (out->has_from && out->has_until && out->until <= out->from)
        diag_add(p->r.diags, DIAG_UNTIL_BEFORE_FROM, values[COND_UNTIL]->at,
                 STR("`until` is the first day on which it no longer holds"),
                 "this condition ends on %.*s, not after it begins",
                 STR_ARG(day_print(p->r.arena, out->until)));
    day known = 0;
    bool has_known = schema_date(&p->r, values[COND_KNOWN], &known);
    return known_by(p, has_known, known);
}

// False: there is no such line, by an error or because it was not known yet.
static bool read_cond(policy_reader *p, const node *n, unsigned depth, const node **unless,
                      cond *out) {
    *out = (cond){.kind = COND_TEST, .at = n->at};
    if (depth > MAX_NESTING) {
        diag_add(p->r.diags, DIAG_TOO_DEEP, n->at, STR("name a part of it in `define`"),
                 "conditions are nested too deeply");
        return false;
    }
    if (n->kind == NODE_MAP) return read_cond_map(p, n, depth, unless, out);
    out->test = policy_cel(p, n, 0);
    return out->test != NULL;
}

void policy_conds_add(policy_reader *p, const node *n, cond *out) {
    cond_list list = {0};
    for (size_t i = 0; i < out->count; i++)
        vec_push(p->r.arena, &list, out->parts[i]);
    add_conds(p, n, 0, &list);
    out->kind = COND_ALL;
    out->parts = list.at;
    out->count = list.len;
    if (n) out->at = n->at;
}

void policy_conds(policy_reader *p, const node *n, cond *out) {
    *out = (cond){.kind = COND_ALL};
    policy_conds_add(p, n, out);
}

// --- exceptions

static void add_exceptions(policy_reader *p, const node *n, unsigned depth, exception_list *list) {
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    for (size_t i = 0; i < count; i++) {
        exception e = {0};
        const node *unless = NULL;
        if (!read_cond(p, items[i], depth, &unless, &e.when)) continue;
        exception_list inner = {0};
        add_exceptions(p, unless, depth + 1, &inner);
        e.unless = inner.at;
        e.unless_count = inner.len;
        vec_push(p->r.arena, list, e);
    }
}

void policy_exceptions(policy_reader *p, const node *n, const exception **out, size_t *count) {
    exception_list list = {0};
    for (size_t i = 0; i < *count; i++)
        vec_push(p->r.arena, &list, (*out)[i]);
    add_exceptions(p, n, 0, &list);
    *out = list.at;
    *count = list.len;
}
