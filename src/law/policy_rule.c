// SPDX-License-Identifier: Apache-2.0
//
// Rules and chapters. A chapter lends its rules each, binds, applies and except; whatever else it
// says is a default for them. So a rule is read from two maps: what is lent is read again for each
// rule, because each rule has a frame of its own, and mistakes in it are said once.
#include "law/policy_reader.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const kinds[] = {"obligation", "prohibition", "registration",
                                    "notice",     "label",       "assessment",
                                    "licence",    "partner",     "localisation"};
enum { KIND_OBLIGATION, KIND_PROHIBITION };

const char *const rule_severity_names[RULE_SEVERITY_COUNT] = {"advice", "minor", "major",
                                                              "blocker"};

// --- the keys, and what stands behind them

static const schema_form kind_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(kinds)};
static const schema_form one_severity_form = {
    .name = "severity", .takes = TAKES_TEXT, SCHEMA_WORDS(rule_severity_names)};
static const schema_form severity_form = {.cases_of = &one_severity_form};
static const schema_form one_each_form = {.takes = TAKES_TEXT,
                                          .pattern = "^\\s*[A-Za-z_][A-Za-z0-9_]*\\s+in\\s+\\S"};
static const schema_form each_form = {.each = &one_each_form};
static const schema_form rule_id_form = {.takes = TAKES_TEXT, .pattern = "^[^\\x00-\\x20/,*\"']+$"};

// What a rule may say and a chapter, too.
#define SHARED_KEYS(K)                                                                             \
    K(CITES, "cites", TAKES_WORDS, NULL, "The article of the law.")                                \
    K(URL, "url", TAKES_TEXT, NULL, "Where it stands, if not in the text of the instrument.")      \
    K(NOTE, "note", TAKES_WORDS, NULL, "A remark for readers.")                                    \
    K(BASIS, "basis", TAKES_TEXT, &instrument_kind_form,                                           \
      "On what it rests, if on something else than the instrument.")                               \
    K(SEVERITY, "severity", TAKES_CASES, &severity_form,                                           \
      "blocker: unlawful to launch; advice: soft law.")                                            \
    K(KIND, "kind", TAKES_TEXT, &kind_form, "What kind of duty it is.")                            \
    K(EACH, "each", TAKES_TEXT | TAKES_LIST, &each_form, "NAME in LIST: one finding for each.")    \
    K(BINDS, "binds", TAKES_CONDITION, &cel_form, "Whose duty it is; false: not ours.")            \
    K(APPLIES, "applies", TAKES_CONDITION, &conds_form, "When it applies: all must hold.")         \
    K(EXCEPT, "except", TAKES_CONDITION, &exceptions_form, "Exemptions, each with its article.")   \
    K(REQUIRES, "requires", TAKES_CONDITION, &conds_form, "What it demands: all must hold.")       \
    K(EFFECTIVE, "effective", TAKES_LIST | TAKES_MAP, &windows_form,                               \
      "When it is in force, if not as the instrument is.")                                         \
    K(DUE, "due", TAKES_CONDITION, &cel_form, "The last day in time: a date, or CEL for one.")     \
    K(GRACE, "grace", TAKES_LIST | TAKES_MAP, &windows_form, "When sanctions are suspended.")      \
    K(WAYS, "ways", TAKES_LIST | TAKES_MAP, &ways_form, "Lawful ways to meet it.")                 \
    K(SANCTION, "sanction", TAKES_LIST | TAKES_MAP, &sanctions_form, "What follows a violation.")  \
    K(DISPLACES, "displaces", TAKES_LIST | TAKES_MAP, &displacements_form,                         \
      "Rules that yield where this one applies.")                                                  \
    K(REVIEWED, "reviewed", TAKES_MAP, &reviewed_form,                                             \
      "When the rule was held against the law, if not with the file.")

#define AS_INDEX(name, key, takes, form, about) RULE_##name,
#define AS_ROW(name, key, takes, form, about)   {key, takes, false, form, about},

enum { SHARED_KEYS(AS_INDEX) SHARED_KEY_COUNT };
enum { RULE_ID = SHARED_KEY_COUNT, RULE_TITLE, RULE_KEY_COUNT };
enum { CHAPTER_TITLE = SHARED_KEY_COUNT, CHAPTER_RULES, CHAPTER_KEY_COUNT };

static const schema_key rule_keys[] = {
    SHARED_KEYS(AS_ROW){"id", TAKES_TEXT, true, &rule_id_form, "Its id, unique over all packs."},
    {"title", TAKES_WORDS, true, NULL, "The state of affairs that is demanded."}};
static const schema_form rule_form = {.name = "rule", .takes = TAKES_MAP, SCHEMA_KEYS(rule_keys)};
static const schema_form rules_form = {.takes = TAKES_LIST, .item = &rule_form};

static const schema_key chapter_keys[] = {
    SHARED_KEYS(AS_ROW){"chapter", TAKES_WORDS, true, NULL, "Its title."},
    {"rules", TAKES_LIST, true, &rules_form, "Its rules."}};
static const schema_form chapter_form = {
    .name = "chapter", .takes = TAKES_MAP, SCHEMA_KEYS(chapter_keys)};

static const char *const of_chapter[] = {"chapter", "rules", NULL};
const schema_form rule_or_chapter_form = {
    .takes = TAKES_MAP, SCHEMA_KEYS(rule_keys), .if_has = of_chapter, .then = &chapter_form};

// What a rule is read from.
typedef struct rule_source {
    const node *own[RULE_KEY_COUNT];
    const node *const *chapter; // or NULL
} rule_source;

static const node *own_or_default(const rule_source *s, size_t key) {
    return s->own[key] || !s->chapter ? s->own[key] : s->chapter[key];
}

static const node *lent(const rule_source *s, size_t key) {
    return s->chapter ? s->chapter[key] : NULL;
}

// --- each

typedef vec(each) each_list;

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

// `NAME in LIST`: the bytes of the name, and where the list begins.
static bool split_each(str s, size_t *from, size_t *to, size_t *list) {
    size_t i = 0;
    while (i < s.len && is_blank(s.ptr[i]))
        i++;
    *from = i;
    while (i < s.len && !is_blank(s.ptr[i]))
        i++;
    *to = i;
    while (i < s.len && is_blank(s.ptr[i]))
        i++;
    *list = i + 2;
    return *from < *to && i + 3 < s.len && s.ptr[i] == 'i' && s.ptr[i + 1] == 'n' &&
           is_blank(s.ptr[i + 2]);
}

static void read_each(policy_reader *p, const node *n, each_list *out) {
    size_t from = 0, to = 0, list = 0;
    if (n->kind != NODE_STRING || !split_each(n->text, &from, &to, &list)) {
        diag_add(p->r.diags, DIAG_BAD_EACH, n->at, STR("write `each: feature in features`"),
                 "this is no `NAME in LIST`");
        return;
    }
    if (!policy_name(p, n, from, to, "an element")) return;
    each e = {.name = str_sub(n->text, from, to), .at = doc_scalar_span(n, from, to)};
    e.list = policy_cel(p, n, list);
    for (size_t i = 0; i < out->len; i++) {
        if (!str_eq(out->at[i].name, e.name)) continue;
        diag *d =
            diag_add(p->r.diags, DIAG_DUPLICATE_NAME, e.at, STR("give one of them another name"),
                     "two elements are called `%.*s`", STR_ARG(e.name));
        d->also = out->at[i].at;
        return;
    }
    vec_push(p->r.arena, out, e);
}

static void add_each(policy_reader *p, const node *n, each_list *out) {
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    for (size_t i = 0; i < count; i++)
        read_each(p, items[i], out);
}

// --- parts of a rule

static expr *read_binds(policy_reader *p, const rule_source *s) {
    expr *chapter = policy_cel(p, lent(s, RULE_BINDS), 0);
    expr *own = policy_cel(p, s->own[RULE_BINDS], 0);
    if (!chapter || !own) return own ? own : chapter;
    expr *both = arena_new(p->r.arena, expr);
    *both = *own; // it stands where the rule's own stands
    both->kind = EXPR_AND;
    both->type = NULL;
    both->u.logic.a = chapter;
    both->u.logic.b = own;
    both->u.logic.c = NULL;
    return both;
}

static void read_conditions(policy_reader *p, const rule_source *s, rule *out) {
    each_list list = {0};
    add_each(p, lent(s, RULE_EACH), &list);
    add_each(p, s->own[RULE_EACH], &list);
    out->each = list.at;
    out->each_count = list.len;
    out->binds = read_binds(p, s);
    policy_conds(p, lent(s, RULE_APPLIES), &out->applies);
    policy_conds_add(p, s->own[RULE_APPLIES], &out->applies);
    policy_exceptions(p, lent(s, RULE_EXCEPT), &out->except, &out->except_count);
    policy_exceptions(p, s->own[RULE_EXCEPT], &out->except, &out->except_count);
    policy_conds(p, own_or_default(s, RULE_REQUIRES), &out->requires_);
}

static void read_severity(policy_reader *p, const node *n, rule *out) {
    cases_read(p, n, "a severity", false, &out->severity);
    cases_words(p, &out->severity, "severity", rule_severity_names, RULE_SEVERITY_COUNT);
    cases_cut(p, &out->severity);
}

static void read_words(policy_reader *p, const rule_source *s, rule *out) {
    size_t word = 0;
    out->basis = p->policy->instrument.kind;
    if (schema_word(&p->r, own_or_default(s, RULE_BASIS), "basis", instrument_kinds,
                    instrument_kind_count, &word))
        out->basis = str_of(instrument_kinds[word]);
    word = KIND_OBLIGATION;
    schema_word(&p->r, own_or_default(s, RULE_KIND), "kind", kinds, COUNT(kinds), &word);
    out->kind = str_of(kinds[word]);
    out->prohibition = word == KIND_PROHIBITION;
    read_severity(p, own_or_default(s, RULE_SEVERITY), out);
    const node *cites = own_or_default(s, RULE_CITES);
    out->cites = policy_cite(cites);
    out->cites.url = schema_text(own_or_default(s, RULE_URL));
    out->cites.note = schema_text(own_or_default(s, RULE_NOTE));
}

static void read_times(policy_reader *p, const rule_source *s, rule *out) {
    windows_read(p, own_or_default(s, RULE_EFFECTIVE), "a window of `effective`", false,
                 &out->effective);
    windows_read(p, own_or_default(s, RULE_GRACE), "a window of `grace`", true, &out->grace);
    out->due = policy_cel_date(p, own_or_default(s, RULE_DUE));
    if (!policy_reviewed(p, own_or_default(s, RULE_REVIEWED), &out->reviewed))
        out->reviewed = p->policy->reviewed;
}

static void check_rule(policy_reader *p, const rule_source *s, const node *n, const rule *out) {
    const node *requires_ = own_or_default(s, RULE_REQUIRES);
    if (out->prohibition && requires_)
        diag_add(p->r.diags, DIAG_RULE_REQUIRES, requires_->at,
                 STR("say in `applies` what is prohibited, or make it an obligation"),
                 "a prohibition has no `requires`");
    if (!out->prohibition && !requires_)
        diag_add(p->r.diags, DIAG_RULE_REQUIRES, out->at,
                 STR("add `requires`, or make it `kind: prohibition`"),
                 "`%.*s` does not say what it requires", STR_ARG(out->id));
    if (!own_or_default(s, RULE_CITES))
        diag_add(p->r.diags, DIAG_MISSING_KEY, n->at, STR("add `cites: …`: the article of the law"),
                 "a rule needs `cites`");
}

static void check_rule_id(policy_reader *p, const node *n) {
    for (size_t i = 0; i < n->text.len; i++) {
        if ((unsigned char)n->text.ptr[i] > ' ' && !strchr("/,*\"'", n->text.ptr[i])) continue;
        diag_add(p->r.diags, DIAG_BAD_NAME, n->at,
                 STR("an id has no blanks, commas, slashes, asterisks or quotes"),
                 "`%.*s` is no id for a rule", STR_ARG(n->text));
        return;
    }
}

static void read_rule(policy_reader *p, const node *n, str chapter, const node *const *lender) {
    rule_source s = {.chapter = lender};
    rule *out = arena_new(p->r.arena, rule);
    *out = (rule){.policy = p->policy, .chapter = chapter, .at = n->at};
    if (!schema_map(&p->r, n, "a rule", rule_keys, RULE_KEY_COUNT, s.own)) return;
    out->id = schema_text(s.own[RULE_ID]);
    out->title = schema_text(s.own[RULE_TITLE]);
    if (s.own[RULE_ID]) {
        out->at = s.own[RULE_ID]->at;
        check_rule_id(p, s.own[RULE_ID]);
    }
    read_words(p, &s, out);
    read_conditions(p, &s, out);
    read_times(p, &s, out);
    policy_ways(p, own_or_default(&s, RULE_WAYS), &out->ways, &out->way_count);
    policy_sanctions(p, own_or_default(&s, RULE_SANCTION), &out->sanctions, &out->sanction_count);
    policy_displaces(p, own_or_default(&s, RULE_DISPLACES), &out->displaces, &out->displace_count);
    check_rule(p, &s, n, out);
    vec_push(p->r.arena, &p->policy->rules, out);
}

// Reads a rule with a list of its own for what it says, and passes on what was not said before.
static void read_rule_once(policy_reader *p, const node *n, str chapter,
                           const node *const *lender) {
    diags *all = p->r.diags, own = {.arena = all->arena};
    p->r.diags = &own;
    read_rule(p, n, chapter, lender);
    p->r.diags = all;
    diags_merge(all, &own);
}

static void read_chapter(policy_reader *p, const node *n) {
    const node *values[CHAPTER_KEY_COUNT] = {0};
    if (!schema_map(&p->r, n, "a chapter", chapter_keys, CHAPTER_KEY_COUNT, values)) return;
    const node *rules = values[CHAPTER_RULES];
    for (uint32_t i = 0; rules && i < rules->count; i++) {
        const node *item = rules->u.items[i];
        if (doc_get(item, "chapter"))
            diag_add(p->r.diags, DIAG_NESTED_CHAPTER, item->at,
                     STR("put its rules beside those of the outer chapter"),
                     "a chapter stands in a chapter");
        else
            read_rule_once(p, item, schema_text(values[CHAPTER_TITLE]), values);
    }
    if (rules && rules->count == 0)
        diag_add(p->r.diags, DIAG_EMPTY_LIST, rules->at, STR(""), "a chapter needs a rule");
}

void policy_rules(policy_reader *p, const node *n) {
    for (uint32_t i = 0; n && i < n->count; i++) {
        const node *item = n->u.items[i];
        if (doc_get(item, "chapter") || doc_get(item, "rules"))
            read_chapter(p, item);
        else
            read_rule_once(p, item, STR(""), NULL);
    }
}
