// SPDX-License-Identifier: Apache-2.0
//
// Names and bytes of a rules folder become documents. The order of a folder's listing is the file
// system's, so names are sorted: what users see must not depend on it.
#include "law/rules_files.h"

#include <stdlib.h>

bool rules_read(docs *out, arena *a, diags *d, const rules_folder *folder, str path) {
    str bytes, name = str_format(a, "%.*s/%.*s", STR_ARG(folder->name), STR_ARG(path));
    *out = (docs){0};
    return folder->read(folder->ctx, a, d, path, &bytes) &&
           doc_read(out, a, d, &doc_default_limits, doc_format_of(path), name, bytes);
}

// Whatever the case of the letters: law is not to be missed for that.
static bool ends_in(str name, const char *ending) {
    str end = str_of(ending);
    bool same = name.len >= end.len;
    for (size_t i = 0; same && i < end.len; i++) {
        char c = name.ptr[name.len - end.len + i];
        same = (c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) == end.ptr[i];
    }
    return same;
}

static bool may_be_read(str name, bool folders) {
    if (name.len == 0 || name.ptr[0] == '.') return false;
    if (str_ends(name, STR("/"))) return folders;
    return !folders && (ends_in(name, ".yaml") || ends_in(name, ".yml") || ends_in(name, ".json"));
}

static int by_name(const void *x, const void *y) {
    const str *a = x, *b = y;
    return str_cmp(*a, *b);
}

bool rules_list(str **out, size_t *count, arena *a, diags *d, const rules_folder *folder, str path,
                bool folders) {
    str *entries = NULL;
    size_t given = 0;
    *out = NULL;
    *count = 0;
    if (!folder->list(folder->ctx, a, d, path, &entries, &given)) return false;
    *out = arena_array(a, str, given);
    for (size_t i = 0; i < given; i++)
        if (may_be_read(entries[i], folders)) (*out)[(*count)++] = entries[i];
    if (*count) qsort(*out, *count, sizeof **out, by_name);
    return true;
}

bool rules_used(const ruleset *r, const rules_folder *folder) {
    return !(r->stands_alone && folder->installed);
}
