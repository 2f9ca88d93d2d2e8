// SPDX-License-Identifier: Apache-2.0
//
// Which codes exist, and which lies in which. The list of all codes has thousands of entries and is
// read at every start: parts stay lines of a text until somebody asks for one.
#include "law/places.h"

#include "law/forms.h"

#include <string.h>

// --- the list of codes

bool place_is_code(str s) {
    bool letter = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
        letter = letter || upper;
        if (!upper && !digit && (c != '-' || i == 0 || i + 1 == s.len)) return false;
    }
    return letter;
}

static void read_place(places *p, reader *r, const pair *entry) {
    str code = entry->key->text;
    if (!place_is_code(code)) {
        diag_add(r->diags, DIAG_BAD_CODE, entry->key->at,
                 STR("codes are capitals, digits and hyphens"), "`%.*s` is no code of a place",
                 STR_ARG(code));
        return;
    }
    if (schema_takes(r, entry->value, code, TAKES_TEXT))
        map_put(r->arena, &p->names, code, (void *)&entry->value->text);
}

// How far the text goes before a byte; all of it where there is none.
static size_t until(str s, char c) {
    const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return at ? (size_t)(at - s.ptr) : s.len;
}

// The next line of `lines` as code and name; false at the end.
static bool next_part(str *lines, str *code, str *name) {
    str line = str_sub(*lines, 0, until(*lines, '\n'));
    if (lines->len == 0) return false;
    *lines = str_sub(*lines, line.len + 1, lines->len);
    *code = str_sub(line, 0, until(line, ' '));
    *name = str_trim(str_sub(line, code->len, line.len));
    return true;
}

static void read_parts(places *p, reader *r, const pair *entry) {
    if (!schema_takes(r, entry->value, entry->key->text, TAKES_TEXT)) return;
    str lines = entry->value->text, code, name;
    size_t from = 0;
    while (next_part(&lines, &code, &name)) {
        bool inside = code.len > entry->key->text.len && str_starts(code, entry->key->text) &&
                      code.ptr[entry->key->text.len] == '-';
        if (!inside || !place_is_code(code) || !name.len)
            diag_add(r->diags, DIAG_BAD_CODE, doc_scalar_span(entry->value, from, from + code.len),
                     STR("a line is the code of a part, a blank, and its name"),
                     "`%.*s` is no code of a part of %.*s", STR_ARG(code),
                     STR_ARG(entry->key->text));
        from = entry->value->text.len - lines.len;
    }
    map_put(r->arena, &p->parts, entry->key->text, (void *)&entry->value->text);
}

// The name of a part, found in the lines of its country; false: there is no such part.
static bool part_name(const places *p, str code, str *name) {
    ptrdiff_t dash = str_find(code, STR("-"));
    const str *all = dash < 0 ? NULL : map_get(&p->parts, str_sub(code, 0, (size_t)dash));
    str lines = all ? *all : (str){"", 0}, here;
    while (next_part(&lines, &here, name))
        if (str_eq(here, code)) return true;
    return false;
}

static void read_same(places *p, reader *r, const pair *entry) {
    if (!schema_takes(r, entry->value, entry->key->text, TAKES_TEXT)) return;
    const node *both[] = {entry->key, entry->value};
    for (size_t i = 0; i < 2; i++)
        if (!place_known(p, both[i]->text))
            diag_add(r->diags, DIAG_UNKNOWN_PLACE, both[i]->at, STR("both codes stand in `places`"),
                     "there is no place `%.*s`", STR_ARG(both[i]->text));
    map_put(r->arena, &p->same_as, entry->key->text, (void *)entry->value);
}

static const char *const headers[] = {"places/v1"};
static const schema_form header_form = {.takes = TAKES_TEXT, SCHEMA_WORDS(headers)};
static const schema_form text_form = {.takes = TAKES_TEXT};
static const schema_form texts_form = {.takes = TAKES_MAP, .member = &text_form};

static const schema_key list_keys[] = {
    {"obstat", TAKES_TEXT, true, &header_form, "What this file is."},
    {"places", TAKES_MAP, true, &texts_form, "Codes that a market may name, and their names."},
    {"parts", TAKES_MAP, false, &texts_form,
     "By code of a country: the lines of its parts, code and name each."},
    {"same_as", TAKES_MAP, false, &texts_form,
     "A part's code, and the code of the country that is the same place."},
};
const schema_form places_form = {.takes = TAKES_MAP, SCHEMA_KEYS(list_keys)};

bool places_read(places *p, arena *a, diags *d, const node *doc) {
    enum { HEADER, PLACES, PARTS, SAME_AS, KEYS };
    const node *values[KEYS];
    reader r = {a, d};
    size_t before = d->errors;
    if (!schema_map(&r, doc, "a list of places", list_keys, KEYS, values)) return false;
    for (uint32_t i = 0; values[PLACES] && i < values[PLACES]->count; i++)
        read_place(p, &r, &values[PLACES]->u.pairs[i]);
    for (uint32_t i = 0; values[PARTS] && i < values[PARTS]->count; i++)
        read_parts(p, &r, &values[PARTS]->u.pairs[i]);
    for (uint32_t i = 0; values[SAME_AS] && i < values[SAME_AS]->count; i++)
        read_same(p, &r, &values[SAME_AS]->u.pairs[i]);
    return d->errors == before;
}

bool place_known(const places *p, str code) {
    str name;
    return map_has(&p->names, code) || part_name(p, code, &name);
}

bool place_or_group_known(const places *p, str code) {
    return place_known(p, code) || map_has(&p->jurisdictions, code);
}

str place_name(const places *p, str code) {
    const jurisdiction *j = map_get(&p->jurisdictions, code);
    const str *name = map_get(&p->names, code);
    str part;
    if (j || name) return j ? j->name : *name;
    return part_name(p, code, &part) ? part : code;
}

// --- after all documents

static void say_unknown(const places *p, reader *r, const membership *m) {
    size_t count = p->names.len + p->jurisdictions.len;
    str *codes = arena_array(r->arena, str, count);
    for (size_t i = 0; i < p->names.len; i++)
        codes[i] = p->names.entries[i].key;
    for (size_t i = 0; i < p->jurisdictions.len; i++)
        codes[p->names.len + i] = p->jurisdictions.entries[i].key;
    diag_add(r->diags, DIAG_UNKNOWN_PLACE, m->at, diag_did_you_mean(r->arena, m->of, codes, count),
             "there is no place or group `%.*s`", STR_ARG(m->of));
}

static void put_inside(places *p, arena *a, str inner, str outer, const membership *m) {
    containers *c = map_get(&p->containers, inner);
    if (!c) {
        c = arena_new(a, containers);
        map_put(a, &p->containers, inner, c);
    }
    vec_push(a, &c->list, (container){outer, *m});
}

static void link_jurisdiction(places *p, reader *r, const jurisdiction *j) {
    for (size_t i = 0; i < j->parents.len; i++) {
        const membership *m = &j->parents.at[i];
        if (!place_or_group_known(p, m->of)) say_unknown(p, r, m);
        put_inside(p, r->arena, j->code, m->of, m);
    }
    for (size_t i = 0; i < j->members.len; i++) {
        const membership *m = &j->members.at[i];
        if (!place_or_group_known(p, m->of)) say_unknown(p, r, m);
        put_inside(p, r->arena, m->of, j->code, m);
    }
}

// The place that a code lies in by its beginning: `US-NY` for `US-NY-NYC`; empty: none.
static str prefix_of(str code) {
    while (code.len > 0 && code.ptr[code.len - 1] != '-')
        code.len--;
    return str_sub(code, 0, code.len ? code.len - 1 : 0);
}

str place_outward(const places *p, str code) {
    const node *country = map_get(&p->same_as, code);
    return country ? country->text : prefix_of(code);
}

// Deeper than any real nesting (a city in a state in a country in a union in the world).
enum { DEPTH_MAX = 12 };

// Whether `code` leads to `goal` on some day.
static bool reaches(const places *p, str code, str goal, unsigned depth) {
    if (depth == DEPTH_MAX) return true;
    for (unsigned n = 0; code.len && n < DEPTH_MAX; n++, code = place_outward(p, code)) {
        const containers *c = map_get(&p->containers, code);
        for (size_t i = 0; c && i < c->list.len; i++)
            if (str_eq(c->list.at[i].code, goal) || reaches(p, c->list.at[i].code, goal, depth + 1))
                return true;
    }
    return false;
}

static void check_cycle(const places *p, diags *d, const jurisdiction *j) {
    if (!reaches(p, j->code, j->code, 0)) return;
    diag_add(d, DIAG_PLACE_CYCLE, j->at, STR("a place lies in a larger one, never in itself"),
             "`%.*s` lies in itself, or too deep in others", STR_ARG(j->code));
}

// Whether a part that is said to be another place ends anywhere.
static void check_same(const places *p, diags *d, const map_entry *same) {
    const node *to = same->value;
    str code = same->key;
    for (unsigned n = 0; code.len && n < DEPTH_MAX; n++)
        code = place_outward(p, code);
    if (code.len)
        diag_add(d, DIAG_PLACE_CYCLE, to->at, STR("name the code of a country"),
                 "`%.*s` is said to be what lies in it", STR_ARG(same->key));
}

bool places_finish(places *p, arena *a, diags *d) {
    reader r = {a, d};
    size_t before = d->errors;
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        jurisdiction *j = p->jurisdictions.entries[i].value;
        if (j->kind != PLACE_GROUP) map_put(a, &p->names, j->code, &j->name);
    }
    for (size_t i = 0; i < p->jurisdictions.len; i++)
        link_jurisdiction(p, &r, p->jurisdictions.entries[i].value);
    for (size_t i = 0; i < p->same_as.len; i++)
        check_same(p, d, &p->same_as.entries[i]);
    for (size_t i = 0; i < p->jurisdictions.len; i++)
        check_cycle(p, d, p->jurisdictions.entries[i].value);
    return d->errors == before;
}

// --- containment

static bool holds_on(const membership *m, day on) {
    return (!m->has_from || on >= m->from) && (!m->has_until || on < m->until);
}

static bool lies_in(const places *p, str inner, str outer, day on, unsigned depth) {
    if (depth == DEPTH_MAX) return false;
    for (unsigned n = 0; inner.len && n < DEPTH_MAX; n++, inner = place_outward(p, inner)) {
        if (str_eq(inner, outer)) return true;
        const containers *c = map_get(&p->containers, inner);
        for (size_t i = 0; c && i < c->list.len; i++)
            if (holds_on(&c->list.at[i].when, on) &&
                lies_in(p, c->list.at[i].code, outer, on, depth + 1))
                return true;
    }
    return false;
}

bool place_within(const places *p, str inner, str outer, day on) {
    const jurisdiction *j = map_get(&p->jurisdictions, outer);
    if (j && j->everything) return place_or_group_known(p, inner);
    return lies_in(p, inner, outer, on, 0);
}

static bool reaches_into(const places *p, str code, str outer, day on, unsigned depth) {
    const jurisdiction *j = map_get(&p->jurisdictions, code);
    if (place_within(p, code, outer, on)) return true;
    for (size_t i = 0; j && depth < DEPTH_MAX && i < j->members.len; i++)
        if (holds_on(&j->members.at[i], on) &&
            reaches_into(p, j->members.at[i].of, outer, on, depth + 1))
            return true;
    return false;
}

bool place_reaches_into(const places *p, str code, str outer, day on) {
    return reaches_into(p, code, outer, on, 0);
}
