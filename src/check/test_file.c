// SPDX-License-Identifier: Apache-2.0
//
// Reading tests of rules. A word that is no outcome, a key that does not exist and a case without
// expectation are errors: a test that cannot fail proves nothing.
#include "check/test_file.h"

#include "law/schema.h"

enum { CASE_NAME, CASE_CITES, CASE_BASE, CASE_MANIFEST, CASE_WITH, CASE_AS_OF, CASE_KNOWN_ON };
enum { CASE_EXPECT = CASE_KNOWN_ON + 1, CASE_KEYS };

enum { FILE_OBSTAT, FILE_CASES, FILE_SURVIVORS, FILE_KEYS };
enum { SURVIVOR_OF, SURVIVOR_WAS, SURVIVOR_BECOMES, SURVIVOR_BECAUSE, SURVIVOR_KEYS };
enum { FOUND_OUTCOME, FOUND_SEVERITY, FOUND_NEEDS, FOUND_BECAUSE, FOUND_KEYS };

static const schema_form outcome_form = {
    .takes = TAKES_TEXT, .words = outcome_names, .word_count = OUTCOME_COUNT};
static const schema_form verdict_form = {
    .takes = TAKES_TEXT, .words = verdict_names, .word_count = VERDICT_COUNT};

static const schema_form severity_form = {
    .takes = TAKES_TEXT, .words = rule_severity_names, .word_count = RULE_SEVERITY_COUNT};

static const schema_key found_keys[FOUND_KEYS] = {
    [FOUND_OUTCOME] = {"outcome", TAKES_TEXT, true, &outcome_form, "The outcome."},
    [FOUND_SEVERITY] = {"severity", TAKES_TEXT, false, &severity_form, "How grave it is."},
    [FOUND_NEEDS] = {"needs", TAKES_TEXT | TAKES_LIST, false, &schema_texts_form,
                     "The facts that it still depends on: all of them, and no other."},
    [FOUND_BECAUSE] = {"because", TAKES_TEXT | TAKES_LIST, false, &schema_texts_form,
                       "The stated facts that force it: all of them, and no other."},
};

// `OUTCOME` or `{outcome: …, needs: …, because: …}`; a map without `outcome` is of subjects.
static const schema_form found_form = {
    .name = "finding",
    .takes = TAKES_TEXT | TAKES_MAP,
    SCHEMA_WORDS(outcome_names),
    SCHEMA_KEYS(found_keys),
};
static const char *const of_found[] = {"outcome", NULL};
static const schema_form rule_form = {
    .name = "expected",
    .takes = TAKES_TEXT | TAKES_MAP,
    SCHEMA_WORDS(outcome_names),
    .member = &found_form,
    .if_has = of_found,
    .then = &found_form,
};
static const schema_key place_keys[] = {
    {"clearance", TAKES_TEXT, false, &verdict_form, "What becomes of the market as a whole."},
};
static const schema_form place_form = {
    .name = "place", .takes = TAKES_MAP, SCHEMA_KEYS(place_keys), .member = &rule_form};
static const schema_form expect_form = {.takes = TAKES_MAP, .member = &place_form};

static const schema_key case_keys[CASE_KEYS] = {
    [CASE_NAME] = {"name", TAKES_TEXT, true, NULL, "What the case shows."},
    [CASE_CITES] = {"cites", TAKES_TEXT, false, NULL, "The sentence of the law that decides."},
    [CASE_BASE] = {"base", TAKES_TEXT, false, NULL, "A manifest, by its path from this file."},
    [CASE_MANIFEST] = {"manifest", TAKES_MAP, false, &schema_manifest_form, "A manifest, here."},
    [CASE_WITH] = {"with", TAKES_MAP, false, &schema_patch_form, "What differs from the manifest."},
    [CASE_AS_OF] = {"as_of", TAKES_TEXT, false, &schema_date_form, "The day asked about."},
    [CASE_KNOWN_ON] = {"known_on", TAKES_TEXT, false, &schema_date_form,
                       "The law as it was known on that day."},
    [CASE_EXPECT] = {"expect", TAKES_MAP, true, &expect_form,
                     "By place and rule: the outcome, or the outcome of each subject."},
};
static const char *const of_manifest[] = {"base", "manifest", NULL};
static const schema_form case_form = {
    .name = "case", .takes = TAKES_MAP, SCHEMA_KEYS(case_keys), .one_of = of_manifest};
static const schema_form cases_form = {.takes = TAKES_LIST, .item = &case_form};

static const schema_key survivor_keys[SURVIVOR_KEYS] = {
    [SURVIVOR_OF] = {"of", TAKES_TEXT, true, NULL,
                     "The rule, definition, parameter or role, or the policy, in which it stands."},
    [SURVIVOR_WAS] = {"was", TAKES_TEXT, false, NULL,
                      "The line as it is, where another one becomes the same."},
    [SURVIVOR_BECOMES] = {"becomes", TAKES_TEXT, true, NULL, "The line with the mistake in it."},
    [SURVIVOR_BECAUSE] = {"because", TAKES_TEXT, true, NULL, "Why no case needs to see it."},
};
static const schema_form survivor_form = {
    .name = "survivor", .takes = TAKES_MAP, SCHEMA_KEYS(survivor_keys)};
static const schema_form survivors_form = {.takes = TAKES_LIST, .item = &survivor_form};

static const char *const headers[] = {"test/v1"};
static const schema_form header_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(headers)};
static const schema_key file_keys[FILE_KEYS] = {
    [FILE_OBSTAT] = {"obstat", TAKES_TEXT, true, &header_form, "What this file is."},
    [FILE_CASES] = {"cases", TAKES_LIST, true, &cases_form, "Its cases."},
    [FILE_SURVIVORS] = {"survivors", TAKES_LIST, false, &survivors_form,
                        "Mistakes in the rules beside it that no case needs to see."},
};
const schema_form test_form = {.takes = TAKES_MAP, SCHEMA_KEYS(file_keys)};

static bool outcome_read(reader *r, const node *n, expectation *e) {
    size_t word = 0;
    if (!schema_word(r, n, "outcome", outcome_names, OUTCOME_COUNT, &word)) return false;
    e->outcome = (outcome)word;
    return true;
}

static expected_paths paths_read(reader *r, const node *n) {
    expected_paths p = {.stated = n != NULL};
    if (n) p.at = schema_texts(r, n, &p.count);
    return p;
}

static void severity_read(reader *r, const node *n, expectation *e) {
    size_t word = 0;
    e->has_severity =
        schema_word(r, n, "severity", rule_severity_names, RULE_SEVERITY_COUNT, &word);
    e->severity = (rule_severity)word;
}

// `OUTCOME` or `{outcome: …, severity: …, needs: …, because: …}`.
static void add_found(reader *r, test_case *c, expectation e, const node *n) {
    const node *word = n;
    e.at = n->at;
    if (n->kind == NODE_MAP) {
        const node *v[FOUND_KEYS];
        if (!schema_map(r, n, "an expected finding", found_keys, FOUND_KEYS, v)) return;
        word = v[FOUND_OUTCOME];
        severity_read(r, v[FOUND_SEVERITY], &e);
        e.needs = paths_read(r, v[FOUND_NEEDS]);
        e.because = paths_read(r, v[FOUND_BECAUSE]);
        c->wants_because |= e.because.stated;
        if (word) e.at = word->at;
    }
    if (word && outcome_read(r, word, &e)) vec_push(r->arena, &c->expectations, e);
}

static void add_rule(reader *r, test_case *c, expectation e, const node *n) {
    bool subjects = n->kind == NODE_MAP && !doc_get(n, "outcome");
    if (!subjects) {
        add_found(r, c, e, n);
        return;
    }
    e.has_subject = true;
    for (uint32_t i = 0; i < n->count; i++) {
        e.subject = n->u.pairs[i].key->text;
        add_found(r, c, e, n->u.pairs[i].value);
    }
}

static void add_place(reader *r, test_case *c, str place, const node *n) {
    if (n->kind != NODE_MAP) {
        diag_add(r->diags, DIAG_WRONG_KIND, n->at, STR("as in `PLACE: {RULE: met}`"),
                 "what is expected of a place is a map of rules and outcomes");
        return;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        const pair *p = &n->u.pairs[i];
        expectation e = {.place = place, .at = p->value->at};
        size_t word = 0;
        if (!str_is(p->key->text, "clearance")) {
            e.rule = p->key->text;
            add_rule(r, c, e, p->value);
        } else if (schema_word(r, p->value, "clearance", verdict_names, VERDICT_COUNT, &word)) {
            e.verdict = (verdict)word;
            vec_push(r->arena, &c->expectations, e);
        }
    }
}

static void manifest_read(reader *r, test_case *c, const node *const *v) {
    c->manifest = v[CASE_MANIFEST];
    c->base = schema_text(v[CASE_BASE]);
    if (v[CASE_BASE]) c->base_at = v[CASE_BASE]->at;
    if ((c->manifest != NULL) == (c->base.len > 0))
        diag_add(r->diags, DIAG_MISSING_KEY, c->at, STR("give one of them"),
                 "a case needs `base`, the path of a manifest, or `manifest`, and not both");
}

static void case_read(reader *r, test_file *out, const node *n) {
    const node *v[CASE_KEYS];
    size_t before = r->diags->errors;
    if (!schema_map(r, n, "a case", case_keys, CASE_KEYS, v)) return;
    test_case c = {.name = schema_text(v[CASE_NAME]), .with = v[CASE_WITH]};
    c.at = v[CASE_NAME] ? v[CASE_NAME]->at : n->at;
    manifest_read(r, &c, v);
    c.has_as_of = schema_date(r, v[CASE_AS_OF], &c.as_of);
    c.has_known_on = schema_date(r, v[CASE_KNOWN_ON], &c.known_on);
    for (uint32_t i = 0; v[CASE_EXPECT] && i < v[CASE_EXPECT]->count; i++)
        add_place(r, &c, v[CASE_EXPECT]->u.pairs[i].key->text, v[CASE_EXPECT]->u.pairs[i].value);
    if (c.expectations.len == 0 && r->diags->errors == before)
        diag_add(r->diags, DIAG_NO_EXPECTATION, c.at,
                 STR("name a place, a rule there and its outcome"), "the case expects nothing");
    vec_push(r->arena, &out->cases, c);
}

static void survivor_read(reader *r, test_file *out, const node *n) {
    const node *v[SURVIVOR_KEYS];
    if (!schema_map(r, n, "a survivor", survivor_keys, SURVIVOR_KEYS, v)) return;
    vec_push(r->arena, &out->survivors,
             (accepted_mutant){.of = schema_text(v[SURVIVOR_OF]),
                               .was = str_trim(schema_text(v[SURVIVOR_WAS])),
                               .becomes = str_trim(schema_text(v[SURVIVOR_BECOMES])),
                               .because = schema_text(v[SURVIVOR_BECAUSE]),
                               .at = v[SURVIVOR_BECOMES] ? v[SURVIVOR_BECOMES]->at : n->at});
}

bool test_file_read(test_file *out, arena *a, diags *d, const node *doc) {
    reader r = {a, d};
    const node *v[FILE_KEYS];
    size_t before = d->errors;
    *out = (test_file){.src = doc->at.src};
    str kind = schema_header_as(&r, doc, "test");
    if (kind.len && !str_is(kind, "test"))
        diag_add(d, DIAG_BAD_HEADER, doc_get(doc, "obstat")->at,
                 STR("a test begins with `obstat: test/v1`"), "this is a file of kind `%.*s`",
                 STR_ARG(kind));
    if (d->errors != before || !schema_map(&r, doc, "a test", file_keys, FILE_KEYS, v))
        return false;
    const node *list = v[FILE_CASES], *survivors = v[FILE_SURVIVORS];
    for (uint32_t i = 0; list && i < list->count; i++)
        case_read(&r, out, list->u.items[i]);
    if (list && list->count == 0)
        diag_add(d, DIAG_NO_EXPECTATION, list->at, STR(""), "there is no case");
    for (uint32_t i = 0; survivors && i < survivors->count; i++)
        survivor_read(&r, out, survivors->u.items[i]);
    return d->errors == before;
}
