// SPDX-License-Identifier: Apache-2.0
//
// One jurisdiction as its file says it: a country, a part of one, or a group. What it says of
// others is checked when all are read.
#include "law/places.h"

#include "law/forms.h"

static const char *const headers[] = {"jurisdiction/v1"};
static const char *const kinds[] = {"country", "part", "group"};
static const schema_form header_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(headers)};
static const schema_form kind_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(kinds)};

static const schema_key membership_keys[] = {
    {"is", TAKES_TEXT, true, NULL, "The code."},
    {"from", TAKES_TEXT, false, &schema_date_form, "The first day of the membership."},
    {"until", TAKES_TEXT, false, &schema_date_form, "The first day on which it no longer holds."},
};
enum { MEMBER_IS, MEMBER_FROM, MEMBER_UNTIL, MEMBER_KEYS };

static const schema_form membership_form = {
    .name = "membership", .takes = TAKES_TEXT | TAKES_MAP, SCHEMA_KEYS(membership_keys)};
static const schema_form memberships_form = {.each = &membership_form};

static const schema_key jurisdiction_keys[] = {
    {"obstat", TAKES_TEXT, true, &header_form, "What this file is."},
    {"code", TAKES_TEXT, true, NULL, "ISO 3166-1 or -2, or a word for a group."},
    {"name", TAKES_TEXT, true, NULL, "What it is called."},
    {"kind", TAKES_TEXT, true, &kind_form, "A country, a part of one, or a group of places."},
    {"parents", TAKES_LIST | TAKES_MAP | TAKES_TEXT, false, &memberships_form,
     "In what it lies: codes, or {is, from, until}. Not for a group."},
    {"members", TAKES_LIST | TAKES_MAP | TAKES_TEXT, false, &memberships_form,
     "What lies in it: codes, or {is, from, until}. For a group alone."},
    {"calendar", TAKES_TEXT, false, NULL, "The registry of its working days."},
};
enum {
    KEY_HEADER,
    KEY_CODE,
    KEY_NAME,
    KEY_KIND,
    KEY_PARENTS,
    KEY_MEMBERS,
    KEY_CALENDAR,
    JURISDICTION_KEYS
};
const schema_form jurisdiction_form = {.takes = TAKES_MAP, SCHEMA_KEYS(jurisdiction_keys)};

static bool read_membership(reader *r, membership *m, const node *n) {
    const node *values[MEMBER_KEYS];
    *m = (membership){.at = n->at};
    if (n->kind == NODE_STRING) { // a bare code: for all time
        m->of = n->text;
        return true;
    }
    if (!schema_map(r, n, "a membership", membership_keys, MEMBER_KEYS, values)) return false;
    m->of = schema_text(values[MEMBER_IS]);
    if (values[MEMBER_IS]) m->at = values[MEMBER_IS]->at;
    m->has_from = schema_date(r, values[MEMBER_FROM], &m->from);
    m->has_until = schema_date(r, values[MEMBER_UNTIL], &m->until);
    if (m->has_from && m->has_until && m->until <= m->from) {
        diag_add(r->diags, DIAG_BAD_WINDOW, values[MEMBER_UNTIL]->at,
                 STR("`until` is the first day on which it no longer holds"),
                 "the membership ends before it begins");
        return false;
    }
    return values[MEMBER_IS] != NULL;
}

static void read_memberships(reader *r, memberships *list, const node *n) {
    size_t count = 0;
    const node *const *items = schema_items(&n, &count);
    membership m;
    for (size_t i = 0; i < count; i++)
        if (read_membership(r, &m, items[i])) vec_push(r->arena, list, m);
}

// A group says its members, a place the larger ones that it lies in.
static void check_sides(reader *r, const jurisdiction *j, const node *parents,
                        const node *members) {
    const node *wrong = j->kind == PLACE_GROUP ? parents : members;
    if (!wrong) return;
    if (j->kind == PLACE_GROUP)
        diag_add(r->diags, DIAG_UNKNOWN_KEY, wrong->at, STR("a group names its `members` instead"),
                 "a group has no `parents`");
    else
        diag_add(r->diags, DIAG_UNKNOWN_KEY, wrong->at, STR("a place names its `parents` instead"),
                 "only a group has `members`");
}

// A group may have a word for a code, as in `world`.
static void check_code(reader *r, const jurisdiction *j) {
    if (j->kind == PLACE_GROUP || place_is_code(j->code)) return;
    diag_add(r->diags, DIAG_BAD_CODE, j->at, STR("codes are capitals, digits and hyphens"),
             "`%.*s` is no code of a place", STR_ARG(j->code));
}

static bool is_new(const places *p, reader *r, const jurisdiction *j) {
    const jurisdiction *first = map_get(&p->jurisdictions, j->code);
    if (!first) return true;
    diag_add(r->diags, DIAG_DUPLICATE_ID, j->at, STR("leave one of the two files out"),
             "there is a jurisdiction `%.*s` already", STR_ARG(j->code))
        ->also = first->at;
    return false;
}

bool jurisdiction_read(places *p, arena *a, diags *d, const node *doc) {
    const node *values[JURISDICTION_KEYS];
    reader r = {a, d};
    size_t before = d->errors, kind = 0;
    if (!schema_map(&r, doc, "a jurisdiction", jurisdiction_keys, JURISDICTION_KEYS, values))
        return false;
    jurisdiction *j = arena_new(a, jurisdiction);
    j->code = schema_text(values[KEY_CODE]);
    j->at = values[KEY_CODE] ? values[KEY_CODE]->at : doc->at;
    j->name = schema_text(values[KEY_NAME]);
    j->calendar = schema_text(values[KEY_CALENDAR]);
    j->calendar_at = values[KEY_CALENDAR] ? values[KEY_CALENDAR]->at : j->at;
    if (schema_word(&r, values[KEY_KIND], "`kind`", kinds, 3, &kind)) j->kind = (place_kind)kind;
    read_memberships(&r, &j->parents, values[KEY_PARENTS]);
    read_memberships(&r, &j->members, values[KEY_MEMBERS]);
    j->everything = j->kind == PLACE_GROUP && !values[KEY_MEMBERS];
    if (values[KEY_KIND] && values[KEY_CODE]) check_code(&r, j);
    if (values[KEY_KIND]) check_sides(&r, j, values[KEY_PARENTS], values[KEY_MEMBERS]);
    if (d->errors == before && is_new(p, &r, j)) map_put(a, &p->jurisdictions, j->code, j);
    return d->errors == before;
}
