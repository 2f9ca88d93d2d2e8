// SPDX-License-Identifier: Apache-2.0
//
// What a way sets: the path is followed in the vocabulary, the value is checked as far as a fact's
// type says, short forms included. What CEL computes is only known by its type. The binding of a
// manifest checks all this again when a way is tried.
#include "law/schema.h"
#include "law/set_path.h"

// Keys of entries that are no facts.
static const char *const entry_keys[] = {"id",   "markets",  "except_markets", "absent",
                                         "note", "evidence", "checked",        "remove"};
enum { ENTRY_KEYS = sizeof entry_keys / sizeof *entry_keys };

static void check_fact(linker *l, const way_set *s, const fact *f, const node *n);

static const expr *cel_at(const way_set *s, const node *n) {
    for (size_t i = 0; i < s->cel_count; i++)
        if (s->cel[i].node == n) return s->cel[i].value;
    return NULL;
}

static bool is_cel(const node *n) {
    return n->kind == NODE_STRING && n->text.len > 0 && n->text.ptr[0] == '=' &&
           (n->text.len == 1 || n->text.ptr[1] != '=');
}

static void wrong(linker *l, const fact *f, const node *n, const char *takes, const char *hint) {
    if (doc_is_scalar(n))
        diag_add(l->diags, DIAG_WRONG_TYPE, n->at, str_of(hint), "`%.*s` takes %s, not `%.*s`",
                 STR_ARG(f->name), takes, STR_ARG(n->text));
    else
        diag_add(l->diags, DIAG_WRONG_TYPE, n->at, str_of(hint), "`%.*s` takes %s, this is %s",
                 STR_ARG(f->name), takes, doc_kind_name(n->kind));
}

// --- computed values

// Whether a value of this type may fill one value of the fact.
static bool fits_one(const fact *f, const type *want, const type *got) {
    if (got->kind == TYPE_DYN || got->kind == TYPE_ERROR || got->kind == TYPE_NULL) return true;
    bool text = got->kind == TYPE_STRING || got->kind == TYPE_ENUM;
    if (f->kind == FACT_REF || f->kind == FACT_REF_ANY)
        return text || (got->kind == TYPE_RECORD &&
                        (f->kind == FACT_REF_ANY || got->record == want->record));
    if (f->kind == FACT_DOUBLE) return got->kind == TYPE_DOUBLE || got->kind == TYPE_INT;
    if (want->kind == TYPE_STRING || want->kind == TYPE_ENUM) return text;
    if (want->kind == TYPE_RECORD && got->kind == TYPE_RECORD) return want->record == got->record;
    return want->kind == TYPE_DYN || want->kind == got->kind;
}

static void check_computed(linker *l, const fact *f, const expr *e) {
    const type *got = e->type ? e->type : &type_error;
    const type *want = f->type ? f->type : &type_dyn;
    const type *one = f->list && want->kind == TYPE_LIST && want->a ? want->a : want;
    if (f->list && got->kind == TYPE_LIST && got->a) got = got->a;
    if (fits_one(f, one, got)) return;
    diag_add(l->diags, DIAG_WRONG_TYPE, cel_span(e), STR(""),
             "`%.*s` is of type %.*s, this of %.*s", STR_ARG(f->name),
             STR_ARG(type_print(l->arena, want)), STR_ARG(type_print(l->arena, e->type)));
}

// --- written values

static bool is_entry_key(str key) {
    for (size_t i = 0; i < ENTRY_KEYS; i++)
        if (str_is(key, entry_keys[i])) return true;
    return false;
}

static void check_record(linker *l, const way_set *s, const record_def *def, const node *n) {
    for (uint32_t i = 0; i < n->count; i++) {
        const pair *entry = &n->u.pairs[i];
        const fact *f = record_fact(def, entry->key->text);
        if (f) {
            check_fact(l, s, f, entry->value);
            continue;
        }
        if (is_entry_key(entry->key->text)) continue;
        str *names = arena_array(l->arena, str, def->count);
        for (size_t k = 0; k < def->count; k++)
            names[k] = def->facts[k].name;
        diag_add(l->diags, DIAG_UNKNOWN_FACT, entry->key->at,
                 diag_did_you_mean(l->arena, entry->key->text, names, def->count),
                 "%.*s has no fact `%.*s`", STR_ARG(def->name), STR_ARG(entry->key->text));
    }
}

static void check_short(linker *l, const way_set *s, const fact *f, const record_def *def,
                        const node *n) {
    const fact *filled = def->short_fact.len ? record_fact(def, def->short_fact) : NULL;
    if (filled)
        check_fact(l, s, filled, n);
    else if (!str_is(def->short_fact, "id"))
        wrong(l, f, n, "a record", "write {fact: value, …}");
}

static void check_word(linker *l, const fact *f, const node *n) {
    for (size_t i = 0; i < f->values->count; i++)
        if (str_eq(f->values->values[i], n->text)) return;
    diag_add(l->diags, DIAG_UNKNOWN_VALUE, n->at,
             diag_did_you_mean(l->arena, n->text, f->values->values, f->values->count),
             "`%.*s` is no value of `%.*s`", STR_ARG(n->text), STR_ARG(f->name));
}

static void check_place(linker *l, const fact *f, const node *n) {
    const places *p = &l->rules->places;
    if (f->kind == FACT_JURISDICTION ? place_or_group_known(p, n->text) : place_known(p, n->text))
        return;
    diag_add(l->diags, DIAG_UNKNOWN_PLACE, n->at,
             STR("an ISO 3166 code: two capitals, and for a part a hyphen and its own"),
             "`%.*s` is no place that is known", STR_ARG(n->text));
}

static bool is_number(const node *n, bool whole) {
    if (n->kind == NODE_INT || (!whole && n->kind == NODE_DOUBLE)) return true;
    bool bounds = n->kind == NODE_MAP && n->count > 0;
    for (uint32_t i = 0; bounds && i < n->count; i++)
        bounds = str_is(n->u.pairs[i].key->text, "at_least") ||
                 str_is(n->u.pairs[i].key->text, "at_most");
    return bounds || (n->kind == NODE_STRING && n->text.len > 1 &&
                      (n->text.ptr[0] == '<' || n->text.ptr[0] == '>'));
}

static void check_scalar(linker *l, const fact *f, const node *n) {
    reader r = {l->arena, l->diags};
    day d = 0;
    period length;
    money m;
    bool scalar = doc_is_scalar(n);
    if (f->kind == FACT_INT || f->kind == FACT_DOUBLE) {
        if (!is_number(n, f->kind == FACT_INT)) wrong(l, f, n, "a number", "");
    } else if (f->kind == FACT_BOOL) {
        if (n->kind != NODE_BOOL) wrong(l, f, n, "true or false", "write it without quotes");
    } else if (f->kind == FACT_MONEY) {
        if (n->kind != NODE_MAP && !(scalar && money_parse(n->text, &m)))
            wrong(l, f, n, "money", "write it as `EUR 1500`");
    } else if (!scalar) {
        wrong(l, f, n, "one value", "");
    } else if (f->kind == FACT_DATE) {
        schema_date(&r, n, &d);
    } else if (f->kind == FACT_PERIOD) {
        schema_period(&r, n, &length);
    } else if (f->kind == FACT_ENUM && f->values) {
        check_word(l, f, n);
    } else if (f->kind == FACT_COUNTRY || f->kind == FACT_JURISDICTION || f->kind == FACT_PLACE) {
        check_place(l, f, n);
    } else if (n->kind == NODE_BOOL) {
        wrong(l, f, n, "a text", "quote it");
    }
}

static bool is_state_word(const fact *f, const node *n) {
    if (n->kind != NODE_STRING) return false;
    if (str_is(n->text, "unknown")) return true;
    bool none = str_is(n->text, "none") || (f->none_word.len && str_eq(n->text, f->none_word));
    return none && (f->list || f->may_be_none);
}

static void check_metrics(linker *l, const way_set *s, const node *n) {
    const vocabulary *v = &l->rules->vocabulary;
    for (uint32_t i = 0; n->kind == NODE_MAP && i < n->count; i++) {
        const pair *entry = &n->u.pairs[i];
        if (!map_has(&v->metrics, entry->key->text))
            diag_add(l->diags, DIAG_UNKNOWN_FACT, entry->key->at,
                     link_near(l, entry->key->text, &v->metrics), "there is no metric `%.*s`",
                     STR_ARG(entry->key->text));
        else if (entry->value->kind == NODE_MAP && v->metric_record)
            check_record(l, s, v->metric_record, entry->value);
    }
}

static void check_one(linker *l, const way_set *s, const fact *f, const node *n) {
    if (is_cel(n)) {
        const expr *e = cel_at(s, n);
        if (e) check_computed(l, f, e);
    } else if (n->kind == NODE_NULL) {
        if (n != s->value) // else said when it was read
            diag_add(l->diags, DIAG_NULL_VALUE, n->at, STR("write `none` for none"),
                     "`%.*s` has no value", STR_ARG(f->name));
    } else if (f->kind == FACT_METRICS) {
        check_metrics(l, s, n);
    } else if ((f->kind == FACT_RECORD || f->kind == FACT_METRIC) && f->record) {
        if (n->kind == NODE_MAP)
            check_record(l, s, f->record, n);
        else
            check_short(l, s, f, f->record, n);
    } else {
        check_scalar(l, f, n);
    }
}

// Depth is that of the document, which its reader limits.
static void check_fact(linker *l, const way_set *s, const fact *f, const node *n) {
    if (is_state_word(f, n)) return;
    if (!f->list || n->kind != NODE_LIST) {
        check_one(l, s, f, n);
        return;
    }
    for (uint32_t i = 0; i < n->count; i++) {
        bool open_end = i + 1 == n->count && n->u.items[i]->kind == NODE_STRING &&
                        str_is(n->u.items[i]->text, "unknown");
        if (!open_end) check_one(l, s, f, n->u.items[i]);
    }
}

void link_way_set(linker *l, const rule *r, way_set *s) {
    set_target to;
    for (size_t i = 0; i < s->cel_count; i++)
        link_expr(l, s->cel[i].value, NULL);
    if (!set_path(l, r, s->key, &to) || to.unchecked) return;
    if (to.fact)
        check_fact(l, s, to.fact, s->value);
    else if (s->value->kind == NODE_MAP)
        check_record(l, s, to.record, s->value);
}
