// SPDX-License-Identifier: Apache-2.0
//
// Walks the document of a policy as it is written, by its keys: what stands where, and to whom it
// belongs. Aliases lead to the same text more than once; that makes one mutant of several owners.
// The depth is that of the document, which its reader limits.
#include "author/mutants_build.h"

#include "base/date.h"

const char *const mutant_names[MUTANT_KINDS] = {
    [MUTANT_COMPARISON] = "a comparison",
    [MUTANT_NUMBER] = "a number",
    [MUTANT_DATE] = "a date",
    [MUTANT_PERIOD] = "a period",
    [MUTANT_LOGIC] = "and or or",
    [MUTANT_NEGATION] = "a negation",
    [MUTANT_CONDITION] = "a condition",
    [MUTANT_EXCEPTION] = "an exception",
    [MUTANT_SEVERITY] = "a severity",
    [MUTANT_QUANTIFIER] = "exists or all",
    [MUTANT_VALUE] = "a value",
};

// --- mutants

static bool same_owner(const mutant_owner *a, const mutant_owner *b) {
    return a->kind == b->kind && str_eq(a->name, b->name);
}

static void add_owners(mutator *m, mutant *to) {
    for (size_t i = 0; i < m->owner_count; i++) {
        bool there = false;
        for (size_t k = 0; k < to->owners.len && !there; k++)
            there = same_owner(&to->owners.at[k], &m->owners[i]);
        if (!there) vec_push(m->arena, &to->owners, m->owners[i]);
    }
}

void mutant_put(mutator *m, mutant_kind kind, span at, str replacement) {
    for (size_t i = 0; i < m->out->list.len; i++) {
        mutant *old = &m->out->list.at[i];
        if (old->at.src == at.src && old->at.from == at.from && old->at.to == at.to &&
            str_eq(old->replacement, replacement)) {
            add_owners(m, old);
            return;
        }
    }
    mutant new = {.kind = kind, .at = at, .replacement = replacement};
    add_owners(m, &new);
    vec_push(m->arena, &m->out->list, new);
}

// --- dates and words

static bool is_date(const node *n) {
    day d = 0;
    return n && doc_is_scalar(n) && day_parse(n->text, &d);
}

static void dates(mutator *m, const node *of) {
    static const char *const keys[] = {"from", "until", "known"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const node *n = doc_get(of, keys[i]);
        if (is_date(n)) mutate_scalar(m, n);
    }
}

// A date, or CEL that gives one.
static void date_or_cel(mutator *m, const node *n) {
    if (is_date(n))
        mutate_scalar(m, n);
    else
        mutate_cel(m, n, 0, NEUTRAL_NONE, MUTANT_CONDITION);
}

// --- conditions

static void conditions(mutator *m, const node *n, neutral is);
static void exceptions(mutator *m, const node *n);

static void word(mutator *m, mutant_kind kind, const node *n, const char *other) {
    mutant_put(m, kind, doc_scalar_span(n, 0, n->text.len), str_of(other));
}

// `any:` or `all:` in a map.
static void group(mutator *m, const node *of, neutral is, mutant_kind without) {
    for (uint32_t i = 0; i < of->count; i++) {
        const pair *p = &of->u.pairs[i];
        bool any = str_is(p->key->text, "any"), list = p->value->kind == NODE_LIST;
        if (!any && !str_is(p->key->text, "all")) continue;
        neutral own = any ? NEUTRAL_FALSE : NEUTRAL_TRUE;
        if (list && p->value->count > 1) word(m, MUTANT_LOGIC, p->key, any ? "all" : "any");
        if (list && is != own)
            mutant_put(m, without, p->value->at, is == NEUTRAL_TRUE ? STR("true") : STR("false"));
        conditions(m, p->value, own);
    }
}

static void condition(mutator *m, const node *n, neutral is, mutant_kind without) {
    if (n->kind != NODE_MAP) {
        mutate_cel(m, n, 0, is, without);
        return;
    }
    dates(m, n);
    mutate_cel(m, doc_get(n, "when"), 0, is, without);
    group(m, n, is, without);
    exceptions(m, doc_get(n, "unless"));
}

static void each_of(mutator *m, const node *n, neutral is, mutant_kind without) {
    if (n && n->kind == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            condition(m, n->u.items[i], is, without);
    else if (n)
        condition(m, n, is, without);
}

static void conditions(mutator *m, const node *n, neutral is) {
    each_of(m, n, is, MUTANT_CONDITION);
}

static void exceptions(mutator *m, const node *n) {
    each_of(m, n, NEUTRAL_FALSE, MUTANT_EXCEPTION);
}

// --- cases and windows

// What stands as the value of a case.
typedef void value_walk(mutator *m, const node *n);

static void one_case(mutator *m, const node *n, value_walk *walk) {
    const node *is = n->kind == NODE_MAP ? doc_get(n, "is") : NULL;
    walk(m, is ? is : n);
    if (!is) return;
    dates(m, n);
    mutate_cel(m, doc_get(n, "when"), 0, NEUTRAL_TRUE, MUTANT_CONDITION);
}

static bool has_cases(const node *n) {
    for (uint32_t i = 0; n->kind == NODE_LIST && i < n->count; i++)
        if (n->u.items[i]->kind == NODE_MAP && doc_get(n->u.items[i], "is")) return true;
    return false;
}

static void cases(mutator *m, const node *n, value_walk *walk) {
    if (n && has_cases(n))
        for (uint32_t i = 0; i < n->count; i++)
            one_case(m, n->u.items[i], walk);
    else if (n)
        one_case(m, n, walk);
}

static void windows(mutator *m, const node *n) {
    if (n && n->kind == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            windows(m, n->u.items[i]);
    if (!n || n->kind != NODE_MAP) return;
    date_or_cel(m, doc_get(n, "from"));
    date_or_cel(m, doc_get(n, "until"));
    date_or_cel(m, doc_get(n, "known"));
    mutate_cel(m, doc_get(n, "when"), 0, NEUTRAL_TRUE, MUTANT_CONDITION);
}

static void cel_value(mutator *m, const node *n) {
    mutate_cel(m, n, 0, NEUTRAL_NONE, MUTANT_CONDITION);
}

static void severity(mutator *m, const node *n) {
    static const char *const others[][2] = {
        {"blocker", "major"}, {"major", "minor"}, {"minor", "major"}, {"advice", "minor"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (n->kind == NODE_STRING && str_is(n->text, others[i][0]))
            word(m, MUTANT_SEVERITY, n, others[i][1]);
}

// One of a list in brackets; in other lists and beside aliases there is no text to take out.
static void drop_items(mutator *m, const node *n) {
    uint32_t end = n->at.from;
    bool in_order = n->style == STYLE_FLOW && n->count > 1;
    for (uint32_t i = 0; i < n->count; i++) {
        in_order = in_order && n->u.items[i]->at.from >= end && n->u.items[i]->at.to <= n->at.to;
        end = n->u.items[i]->at.to;
    }
    for (uint32_t i = 0; in_order && i < n->count; i++) {
        bool last = i + 1 == n->count;
        span at = {n->at.src, last ? n->u.items[i - 1]->at.to : n->u.items[i]->at.from,
                   last ? n->u.items[i]->at.to : n->u.items[i + 1]->at.from};
        mutant_put(m, MUTANT_VALUE, at, STR(""));
    }
}

// What a parameter is: a value, a list of them or a table.
static void parameter_value(mutator *m, const node *n) {
    if (n->kind == NODE_LIST) drop_items(m, n);
    for (uint32_t i = 0; n->kind == NODE_LIST && i < n->count; i++)
        parameter_value(m, n->u.items[i]);
    for (uint32_t i = 0; n->kind == NODE_MAP && i < n->count; i++)
        parameter_value(m, n->u.pairs[i].value);
    if (n->kind == NODE_BOOL) word(m, MUTANT_VALUE, n, n->u.b ? "false" : "true");
    if (doc_is_scalar(n)) mutate_scalar(m, n);
}

// --- parts of a policy

// Until an instrument is in force it does not matter whether it was adopted yet.
static void status(mutator *m, const node *n) {
    if (n && n->kind == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            status(m, n->u.items[i]);
    if (!n || n->kind != NODE_MAP) return;
    const node *is = doc_get(n, "is");
    if (!is || !doc_is_scalar(is) || !str_is(is->text, "adopted")) dates(m, n);
    mutate_cel(m, doc_get(n, "when"), 0, NEUTRAL_TRUE, MUTANT_CONDITION);
}

static mutator owned(mutator *m, mutant_owner_kind kind, str name) {
    mutant_owner *owner = arena_new(m->arena, mutant_owner);
    *owner = (mutant_owner){kind, name};
    mutator out = *m;
    out.owners = owner;
    out.owner_count = 1;
    return out;
}

// The name of `name(a, b)`.
static str head_name(str key) {
    ptrdiff_t bracket = str_find(key, STR("("));
    return bracket < 0 ? key : str_trim(str_sub(key, 0, (size_t)bracket));
}

static void definitions(mutator *all, const node *n) {
    for (uint32_t i = 0; n && n->kind == NODE_MAP && i < n->count; i++) {
        mutator m = owned(all, OWNER_DEFINITION, head_name(n->u.pairs[i].key->text));
        const node *said = n->u.pairs[i].value, *is = doc_get(said, "is");
        if (is || said->kind != NODE_MAP) cases(&m, is ? is : said, cel_value);
        mutate_cel(&m, doc_get(said, "presume"), 0, NEUTRAL_NONE, MUTANT_CONDITION);
    }
}

static void parameters(mutator *all, const node *n, mutant_owner_kind kind) {
    for (uint32_t i = 0; n && n->kind == NODE_MAP && i < n->count; i++) {
        mutator m = owned(all, kind, n->u.pairs[i].key->text);
        const node *said = n->u.pairs[i].value, *list = doc_get(said, "cases");
        cases(&m, list ? list : said, parameter_value);
    }
}

static void displaces(mutator *m, const node *n) {
    if (n && n->kind == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            displaces(m, n->u.items[i]);
    else if (n && n->kind == NODE_MAP)
        mutate_cel(m, doc_get(n, "when"), 0, NEUTRAL_TRUE, MUTANT_CONDITION);
}

static void roles(mutator *all, const node *n) {
    for (uint32_t i = 0; n && n->kind == NODE_MAP && i < n->count; i++) {
        mutator m = owned(all, OWNER_ROLE, n->u.pairs[i].key->text);
        conditions(&m, doc_get(n->u.pairs[i].value, "eligible"), NEUTRAL_TRUE);
        conditions(&m, doc_get(n->u.pairs[i].value, "engaged"), NEUTRAL_TRUE);
    }
}

// --- rules

// The list of `NAME in LIST`.
static void each_list(mutator *m, const node *n) {
    if (n->kind == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            each_list(m, n->u.items[i]);
    if (n->kind != NODE_STRING) return;
    ptrdiff_t in = str_find(n->text, STR(" in "));
    if (in >= 0) mutate_cel(m, n, (size_t)in + 4, NEUTRAL_NONE, MUTANT_CONDITION);
}

// What rules and chapters have in common.
static void rule_parts(mutator *m, const node *n) {
    if (doc_get(n, "each")) each_list(m, doc_get(n, "each"));
    mutate_cel(m, doc_get(n, "binds"), 0, NEUTRAL_TRUE, MUTANT_CONDITION);
    conditions(m, doc_get(n, "applies"), NEUTRAL_TRUE);
    exceptions(m, doc_get(n, "except"));
    conditions(m, doc_get(n, "requires"), NEUTRAL_TRUE);
    cases(m, doc_get(n, "severity"), severity);
    windows(m, doc_get(n, "effective"));
    windows(m, doc_get(n, "grace"));
    if (doc_get(n, "due")) date_or_cel(m, doc_get(n, "due"));
    displaces(m, doc_get(n, "displaces"));
}

static str rule_id(const node *n) {
    const node *id = doc_get(n, "id");
    return id && doc_is_scalar(id) ? id->text : STR("");
}

static void rule(mutator *all, const node *n) {
    mutator m = owned(all, OWNER_RULE, rule_id(n));
    rule_parts(&m, n);
}

// What a chapter says is said of each of its rules.
static void chapter(mutator *all, const node *n, const node *of) {
    mutant_owner *owners = arena_array(all->arena, mutant_owner, of->count);
    for (uint32_t i = 0; i < of->count; i++)
        owners[i] = (mutant_owner){OWNER_RULE, rule_id(of->u.items[i])};
    mutator m = *all;
    m.owners = owners;
    m.owner_count = of->count;
    rule_parts(&m, n);
    for (uint32_t i = 0; i < of->count; i++)
        rule(all, of->u.items[i]);
}

static void rules(mutator *m, const node *n) {
    for (uint32_t i = 0; n && n->kind == NODE_LIST && i < n->count; i++) {
        const node *item = n->u.items[i], *of = doc_get(item, "rules");
        if (of && of->kind == NODE_LIST)
            chapter(m, item, of);
        else
            rule(m, item);
    }
}

// --- all of it

// By the place, and in one place in the order in which they were made.
static void sort(mutants *all, size_t first) {
    for (size_t i = first + 1; i < all->list.len; i++)
        for (size_t k = i; k > first && all->list.at[k].at.from < all->list.at[k - 1].at.from;
             k--) {
            mutant swap = all->list.at[k];
            all->list.at[k] = all->list.at[k - 1];
            all->list.at[k - 1] = swap;
        }
}

void mutants_add(mutants *out, arena *a, const node *policy) {
    size_t first = out->list.len;
    mutator m = {.arena = a, .out = out};
    mutator whole = owned(&m, OWNER_POLICY, STR(""));
    status(&whole, doc_get(policy, "status"));
    displaces(&whole, doc_get(policy, "displaces"));
    definitions(&m, doc_get(policy, "define"));
    parameters(&m, doc_get(policy, "parameters"), OWNER_DEFINITION);
    parameters(&m, doc_get(policy, "sets"), OWNER_SETTING);
    roles(&m, doc_get(policy, "roles"));
    rules(&m, doc_get(policy, "rules"));
    sort(out, first);
}

// --- as text

str mutant_text(arena *a, const mutant *m) {
    str all = m->at.src->text;
    return str_joined(a, str_sub(all, 0, m->at.from), m->replacement,
                      str_sub(all, m->at.to, all.len));
}

static str line_with(arena *a, const mutant *m, str there) {
    const source *src = m->at.src;
    str first = source_line(src, source_position(src, m->at.from).line);
    uint32_t last = source_position(src, m->at.to).line;
    size_t before = m->at.from - (size_t)(first.ptr - src->text.ptr);
    str end = source_line(src, last);
    size_t behind = m->at.to - (size_t)(end.ptr - src->text.ptr);
    return str_trim(str_joined(a, str_sub(first, 0, before), there, str_sub(end, behind, end.len)));
}

str mutant_line(arena *a, const mutant *m) {
    return line_with(a, m, m->replacement);
}

str mutant_line_before(arena *a, const mutant *m) {
    return line_with(a, m, str_sub(m->at.src->text, m->at.from, m->at.to));
}
