// SPDX-License-Identifier: Apache-2.0
//
// What stands at the end of a rule: the ways to meet it, with their effect on the facts, and the
// sanctions.
#include "law/policy_reader.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const schema_form any_value_form = {.takes = TAKES_ANY};
static const schema_form set_form = {.takes = TAKES_MAP, .member = &any_value_form};

static const schema_key way_keys[] = {
    {"title", TAKES_WORDS, true, NULL, "What to do."},
    {"lead_time", TAKES_TEXT, false, &schema_period_form, "How long it takes, as in P3M."},
    {"role", TAKES_TEXT, false, NULL, "The role that a partner fills."},
    {"set", TAKES_MAP, false, &set_form,
     "Its effect: facts and their values as in a manifest; a text that begins with = is CEL."},
    {"drop", TAKES_TEXT, false, NULL, "The element of `each` that is left out."},
};
enum { WAY_TITLE, WAY_LEAD_TIME, WAY_ROLE, WAY_SET, WAY_DROP, WAY_KEYS };

static const schema_form way_form = {.name = "way", .takes = TAKES_MAP, SCHEMA_KEYS(way_keys)};
const schema_form ways_form = {.each = &way_form};

// --- set

typedef vec(way_value) way_values;

// The texts that are CEL, wherever they stand. Depth is that of the document, which is limited.
static void collect_cel(policy_reader *p, const node *n, way_values *out) {
    if (n->kind == NODE_LIST)
        for (uint32_t i = 0; i < n->count; i++)
            collect_cel(p, n->u.items[i], out);
    if (n->kind == NODE_MAP)
        for (uint32_t i = 0; i < n->count; i++)
            collect_cel(p, n->u.pairs[i].value, out);
    if (n->kind != NODE_STRING || n->text.len == 0 || n->text.ptr[0] != '=') return;
    if (n->text.len > 1 && n->text.ptr[1] == '=') return; // a text that begins with `=`
    way_value v = {n, policy_cel(p, n, 1)};
    if (v.value) vec_push(p->r.arena, out, v);
}

static void read_sets(policy_reader *p, const node *n, way *out) {
    if (!n) return;
    out->sets = arena_array(p->r.arena, way_set, n->count);
    out->set_count = n->count;
    for (uint32_t i = 0; i < n->count; i++) {
        const pair *entry = &n->u.pairs[i];
        way_values values = {0};
        if (entry->value->kind == NODE_NULL)
            diag_add(p->r.diags, DIAG_NULL_VALUE, entry->value->at,
                     STR("write `none` for none, `unknown` to un-state it"), "`%.*s` has no value",
                     STR_ARG(entry->key->text));
        collect_cel(p, entry->value, &values);
        out->sets[i] = (way_set){.path = entry->key->text,
                                 .key = entry->key,
                                 .value = entry->value,
                                 .cel = values.at,
                                 .cel_count = values.len,
                                 .at = entry->key->at};
    }
}

static void read_way(policy_reader *p, const node *n, way *out) {
    const node *values[WAY_KEYS] = {0};
    *out = (way){.at = n->at, .role_at = n->at, .drop_at = n->at};
    if (!schema_map(&p->r, n, "a way", way_keys, WAY_KEYS, values)) return;
    out->title = schema_text(values[WAY_TITLE]);
    schema_period(&p->r, values[WAY_LEAD_TIME], &out->lead_time);
    out->role = schema_text(values[WAY_ROLE]);
    out->drop = schema_text(values[WAY_DROP]);
    if (values[WAY_ROLE]) out->role_at = values[WAY_ROLE]->at;
    if (values[WAY_DROP]) out->drop_at = values[WAY_DROP]->at;
    read_sets(p, values[WAY_SET], out);
}

void policy_ways(policy_reader *p, const node *n, way **out, size_t *count) {
    const node *const *items = schema_items(&n, count);
    *out = arena_array(p->r.arena, way, *count);
    for (size_t i = 0; i < *count; i++)
        read_way(p, items[i], &(*out)[i]);
}

// --- sanctions

static const char *const per_words[] = {"violation", "day", "person"};
static const schema_form per_word_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(per_words)};
static const schema_form per_form = {.each = &per_word_form};

static const schema_key sanction_keys[] = {
    {"title", TAKES_WORDS, false, NULL, "What follows a violation."},
    {"cites", TAKES_WORDS, true, NULL, "Where the law says so."},
    {"when", TAKES_CONDITION, false, &cel_form, "Under which condition it is this one."},
    {"up_to", TAKES_CONDITION, false, &cel_form, "The most, as CEL that gives money."},
    {"at_least", TAKES_CONDITION, false, &cel_form, "The least, as CEL that gives money."},
    {"per", TAKES_TEXT | TAKES_LIST, false, &per_form, "For each of which it is due."},
};
enum {
    SANCTION_TITLE,
    SANCTION_CITES,
    SANCTION_WHEN,
    SANCTION_UP_TO,
    SANCTION_AT_LEAST,
    SANCTION_PER,
    SANCTION_KEYS
};

static const schema_form sanction_form = {
    .name = "sanction", .takes = TAKES_MAP, SCHEMA_KEYS(sanction_keys)};
const schema_form sanctions_form = {.each = &sanction_form};

static void read_per(policy_reader *p, const node *n, sanction *out) {
    size_t count = 0, word = 0;
    const node *const *items = schema_items(&n, &count);
    for (size_t i = 0; i < count; i++) {
        if (!schema_word(&p->r, items[i], "per", per_words, COUNT(per_words), &word)) continue;
        bool twice = false;
        for (size_t k = 0; k < out->per_count; k++)
            twice = twice || str_is(out->per[k], per_words[word]);
        if (twice)
            diag_add(p->r.diags, DIAG_DUPLICATE_NAME, items[i]->at, STR("take one out"),
                     "`%s` stands here twice", per_words[word]);
        else
            out->per[out->per_count++] = str_of(per_words[word]);
    }
}

static void read_sanction(policy_reader *p, const node *n, sanction *out) {
    const node *values[SANCTION_KEYS] = {0};
    *out = (sanction){.at = n->at};
    if (!schema_map(&p->r, n, "a sanction", sanction_keys, SANCTION_KEYS, values)) return;
    out->title = schema_text(values[SANCTION_TITLE]);
    out->cites = policy_cite(values[SANCTION_CITES]);
    out->when = policy_cel(p, values[SANCTION_WHEN], 0);
    out->up_to = policy_cel(p, values[SANCTION_UP_TO], 0);
    out->at_least = policy_cel(p, values[SANCTION_AT_LEAST], 0);
    read_per(p, values[SANCTION_PER], out);
}

void policy_sanctions(policy_reader *p, const node *n, sanction **out, size_t *count) {
    const node *const *items = schema_items(&n, count);
    *out = arena_array(p->r.arena, sanction, *count);
    for (size_t i = 0; i < *count; i++)
        read_sanction(p, items[i], &(*out)[i]);
}
