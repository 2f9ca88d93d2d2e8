// SPDX-License-Identifier: Apache-2.0
//
// What a code that is none was meant to be: a code in small letters, a name in place of its code,
// the initials of a name, or a group where a place is due. Reads the names alone.
#include "base/unicode.h"
#include "law/places.h"

// A name without what stands in brackets behind it.
static str bare(str name) {
    ptrdiff_t bracket = str_find(name, STR(" ("));
    return bracket < 0 ? name : str_sub(name, 0, (size_t)bracket);
}

static str upper(arena *a, str s) {
    buf b = {.arena = a};
    for (size_t i = 0; i < s.len; i++)
        buf_addc(&b, s.ptr[i] >= 'a' && s.ptr[i] <= 'z' ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i]);
    return buf_str(&b);
}

// The first letters of its words, those with a small one aside: "Bosnia and Herzegovina" is BH.
static str initials(arena *a, str name) {
    buf b = {.arena = a};
    for (size_t i = 0; i < name.len; i++)
        if ((i == 0 || name.ptr[i - 1] == ' ') && name.ptr[i] >= 'A' && name.ptr[i] <= 'Z')
            buf_addc(&b, name.ptr[i]);
    return buf_str(&b);
}

// The code of the only place whose name fits; empty: there is none, or more than one.
static str named(const places *p, arena *a, str text, bool by_initials) {
    str found = {"", 0}, wanted = by_initials ? upper(a, text) : unicode_fold(a, text);
    for (size_t i = 0; i < p->names.len; i++) {
        const str *name = p->names.entries[i].value;
        str here = bare(*name);
        here = by_initials ? initials(a, here) : unicode_fold(a, here);
        if (!str_eq(here, wanted)) continue;
        if (found.len) return (str){"", 0};
        found = p->names.entries[i].key;
    }
    return found;
}

str place_hint(const places *p, arena *a, str text, bool groups) {
    const jurisdiction *j = map_get(&p->jurisdictions, text);
    if (j && j->kind == PLACE_GROUP && !groups)
        return str_format(a, "%.*s is a group of places: name those in it, one by one",
                          STR_ARG(j->name));
    str code = upper(a, text);
    if (!place_known(p, code) || str_eq(code, text)) code = named(p, a, text, false);
    if (!code.len && text.len > 1) code = named(p, a, text, true);
    if (code.len)
        return str_format(a, "did you mean `%.*s`, %.*s?", STR_ARG(code),
                          STR_ARG(place_name(p, code)));
    return groups ? STR("an ISO 3166-1 or -2 code, or a group")
                  : STR("an ISO 3166 code: two capitals, and for a part a hyphen and its own");
}
