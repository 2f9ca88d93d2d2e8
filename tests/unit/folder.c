// SPDX-License-Identifier: Apache-2.0
//
// Reads with plain POSIX calls; entries are sorted, so that no test depends on a file system.
#include "folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_text(const void *a, const void *b) {
    return str_cmp(*(const str *)a, *(const str *)b);
}

static char *full_path(arena *a, const char *base, str path) {
    return str_c(a, str_format(a, "%s/%.*s", base, STR_ARG(path)));
}

static bool list_folder(void *ctx, arena *a, diags *d, str path, str **entries, size_t *count) {
    DIR *dir = opendir(full_path(a, ctx, path));
    vec(str) found = {0};
    (void)d;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        struct stat st;
        if (e->d_name[0] == '.') continue;
        char *whole = full_path(a, ctx, str_format(a, "%.*s/%s", STR_ARG(path), e->d_name));
        bool folder = stat(whole, &st) == 0 && S_ISDIR(st.st_mode);
        vec_push(a, &found, str_format(a, "%s%s", e->d_name, folder ? "/" : ""));
    }
    if (dir) closedir(dir);
    if (found.len) qsort(found.at, found.len, sizeof(str), by_text);
    *entries = found.at;
    *count = found.len;
    return dir != NULL;
}

static bool read_file(void *ctx, arena *a, diags *d, str path, str *bytes) {
    FILE *f = fopen(full_path(a, ctx, path), "rb");
    buf b = {.arena = a};
    char piece[4096];
    (void)d;
    for (size_t n; f && (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_add(&b, (str){piece, n});
    if (f) fclose(f);
    *bytes = buf_str(&b);
    return f != NULL;
}

rules_folder unit_folder(const char *path) {
    return (rules_folder){
        .name = str_of(path), .list = list_folder, .read = read_file, .ctx = (void *)path};
}
