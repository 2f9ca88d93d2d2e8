// SPDX-License-Identifier: Apache-2.0
//
// Rules folders in memory: the packs of tests/packs are read once, so that an input costs no system
// call.
#include "check/check.h"
#include "folder.h"
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

// --- a folder as the loader sees it

static bool has(const str *entries, size_t count, str name) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(entries[i], name)) return true;
    return false;
}

static bool list(void *ctx, arena *a, diags *d, str path, str **entries, size_t *count) {
    const fuzz_folder *folder = ctx;
    str prefix = path.len ? str_format(a, "%.*s/", STR_ARG(path)) : path;
    (void)d;
    *entries = arena_array(a, str, folder->paths.len);
    *count = 0;
    for (size_t i = 0; i < folder->paths.len; i++) {
        str rest = folder->paths.at[i];
        if (!str_starts(rest, prefix)) continue;
        rest = str_sub(rest, prefix.len, rest.len);
        ptrdiff_t slash = str_find(rest, STR("/"));
        if (slash >= 0) rest = str_sub(rest, 0, (size_t)slash + 1);
        if (!has(*entries, *count, rest)) (*entries)[(*count)++] = rest;
    }
    return true;
}

static bool read(void *ctx, arena *a, diags *d, str path, str *bytes) {
    const fuzz_folder *folder = ctx;
    (void)a;
    for (size_t i = 0; i < folder->paths.len; i++)
        if (str_eq(folder->paths.at[i], path)) {
            *bytes = folder->texts.at[i];
            return true;
        }
    diag_add(d, DIAG_CANNOT_READ, (span){0}, STR(""), "there is no `%.*s`", STR_ARG(path));
    return false;
}

rules_folder fuzz_rules_folder(fuzz_folder *folder) {
    return (rules_folder){.name = STR("rules"), .list = list, .read = read, .ctx = folder};
}

// --- packs

static void copy_folder(fuzz_folder *to, const rules_folder *from, str path) {
    arena *a = fuzz_fixtures();
    diags d = {.arena = a};
    str *entries = NULL;
    size_t count = 0;
    MUST(from->list(from->ctx, a, &d, path, &entries, &count), "no folder `%.*s` in `%.*s`",
         STR_ARG(path), STR_ARG(from->name));
    for (size_t i = 0; i < count; i++) {
        str below =
            path.len ? str_format(a, "%.*s/%.*s", STR_ARG(path), STR_ARG(entries[i])) : entries[i];
        str bytes = {0};
        if (str_ends(below, STR("/"))) {
            copy_folder(to, from, str_sub(below, 0, below.len - 1));
            continue;
        }
        MUST(from->read(from->ctx, a, &d, below, &bytes), "`%.*s` cannot be read", STR_ARG(below));
        vec_push(a, &to->paths, below);
        vec_push(a, &to->texts, bytes);
    }
}

fuzz_folder *fuzz_pack(const char *name) {
    arena *a = fuzz_fixtures();
    char *path = str_c(a, str_format(a, OBSTAT_SOURCE_DIR "/tests/packs/%s", name));
    rules_folder from = unit_folder(path);
    fuzz_folder *to = arena_new(a, fuzz_folder);
    copy_folder(to, &from, STR(""));
    return to;
}

str *fuzz_file(fuzz_folder *folder, const char *path) {
    for (size_t i = 0; i < folder->paths.len; i++)
        if (str_is(folder->paths.at[i], path)) return &folder->texts.at[i];
    fuzz_finding(__FILE__, __LINE__, "the file is there", "%s", path);
}

// --- loading

// The first step of loading does not read policies, so it is taken once for a folder.
static const ruleset *opened(fuzz_folder *folder) {
    arena *a = fuzz_fixtures();
    diags d = {.arena = a};
    rules_folder from = fuzz_rules_folder(folder);
    if (folder->opened) return folder->opened;
    ruleset *r = arena_new(a, ruleset);
    MUST(ruleset_open(r, a, &d, &from, 1), "%.*s", STR_ARG(d.list.at[0].message));
    return folder->opened = r;
}

bool fuzz_load(ruleset *out, arena *a, diags *d, fuzz_folder *folder) {
    rules_folder from = fuzz_rules_folder(folder);
    load_options options = {
        .everything = true, .functions = &check_functions, .function_tables = 1};
    cel_env *facts = arena_new(a, cel_env);
    *out = *opened(folder);
    *facts = *out->facts;
    facts->arena = a;
    facts->owner = out;
    out->arena = a;
    out->facts = facts;
    return ruleset_load(out, d, &from, 1, &options);
}

const ruleset *fuzz_ruleset(const char *pack) {
    arena *a = fuzz_fixtures();
    diags d = {.arena = a};
    ruleset *r = arena_new(a, ruleset);
    MUST(fuzz_load(r, a, &d, fuzz_pack(pack)), "tests/packs/%s does not load: %.*s", pack,
         STR_ARG(d.list.at[0].message));
    return r;
}
