// SPDX-License-Identifier: Apache-2.0
//
// Roles: kinds of partners, who is eligible and what shows that one is engaged. Which words
// `held_as` may take is the vocabulary's, and checked when it is linked.
#include "law/policy_reader.h"

static const schema_key role_keys[] = {
    {"title", TAKES_WORDS, true, NULL, "What such a partner is called."},
    {"held_as", TAKES_TEXT | TAKES_LIST, true, &schema_texts_form,
     "The role of engagements that counts; one or several."},
    {"eligible", TAKES_CONDITION, false, &conds_form, "Who can be it, over `party`."},
    {"engaged", TAKES_CONDITION, false, &conds_form,
     "What shows that it is engaged, over `party` and `engagement`."},
};
enum { ROLE_TITLE, ROLE_HELD_AS, ROLE_ELIGIBLE, ROLE_ENGAGED, ROLE_KEYS };

const schema_form role_form = {.name = "role", .takes = TAKES_MAP, SCHEMA_KEYS(role_keys)};

static void read_held_as(policy_reader *p, const node *n, role_def *out) {
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    out->held_as = arena_array(p->r.arena, str, count);
    out->held_at = arena_array(p->r.arena, span, count);
    for (size_t i = 0; i < count; i++) {
        if (items[i]->kind != NODE_STRING) {
            diag_add(p->r.diags, DIAG_WRONG_KIND, items[i]->at, STR("name a role of engagements"),
                     "a role is held as a text, this is %s", doc_kind_name(items[i]->kind));
            continue;
        }
        out->held_at[out->held_count] = items[i]->at;
        out->held_as[out->held_count++] = items[i]->text;
    }
    if (n && count == 0)
        diag_add(p->r.diags, DIAG_EMPTY_LIST, n->at, STR("name a role of engagements"),
                 "`held_as` needs a role");
}

static void read_role(policy_reader *p, const pair *entry) {
    role_def *out = arena_new(p->r.arena, role_def);
    const node *values[ROLE_KEYS] = {0};
    *out = (role_def){.policy = p->policy, .name = entry->key->text, .at = entry->key->at};
    map_put(p->r.arena, &p->policy->roles, out->name, out);
    if (!schema_map(&p->r, entry->value, "a role", role_keys, ROLE_KEYS, values)) return;
    out->title = schema_text(values[ROLE_TITLE]);
    read_held_as(p, values[ROLE_HELD_AS], out);
    policy_conds(p, values[ROLE_ELIGIBLE], &out->eligible);
    policy_conds(p, values[ROLE_ENGAGED], &out->engaged);
}

void policy_roles(policy_reader *p, const node *n) {
    for (uint32_t i = 0; n && i < n->count; i++)
        read_role(p, &n->u.pairs[i]);
}
