// SPDX-License-Identifier: Apache-2.0
//
// Rules folders: where the installed one is, and how the library reads them.
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, DEEPEST = 16 };

// --- as the library reads them

static const char *full_path(const char *folder, const char *path) {
    return *path ? memory_text("%s/%s", folder, path) : folder;
}

static bool too_deep(const char *path) {
    unsigned depth = 0;
    for (; *path; path++)
        depth += *path == '/';
    return depth > DEEPEST;
}

// Most file systems say it with the name, and need not be asked about each file.
static bool entry_is_folder(const char *where, const struct dirent *entry) {
    if (entry->d_type == DT_REG || entry->d_type == DT_DIR) return entry->d_type == DT_DIR;
    return is_folder(memory_text("%s/%s", where, entry->d_name));
}

static const char *list(void *ctx, const char *path, void (*give)(void *to, const char *name),
                        void *to) {
    const char *where = full_path(ctx, path);
    if (too_deep(path)) return "its folders are nested too deeply";
    DIR *folder = opendir(where);
    if (!folder) return strerror(errno);
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (!entry) break;
        if (entry->d_name[0] == '.') continue;
        const char *slash = entry_is_folder(where, entry) ? "/" : "";
        give(to, memory_text("%s%s", entry->d_name, slash));
        errno = 0;
    }
    const char *why = errno ? strerror(errno) : NULL;
    closedir(folder);
    return why;
}

static const char *read_in(void *ctx, const char *path,
                           void (*give)(void *to, const char *bytes, size_t length), void *to) {
    const char *bytes;
    size_t length;
    const char *why = file_read(full_path(ctx, path), &bytes, &length);
    if (!why) give(to, bytes, length);
    return why;
}

obstat_folder folder_of(const char *name, const char *path, bool installed) {
    return (obstat_folder){
        .name = name, .installed = installed, .list = list, .read = read_in, .ctx = (void *)path};
}

// --- where they are

// Beside the executable, as in a build tree and in an installation that was moved.
static const char *beside_executable(void) {
    char *path = memory_take(PATH_ROOM);
    ssize_t length = readlink("/proc/self/exe", path, PATH_ROOM - 1);
    char *slash = length > 0 ? strrchr(path, '/') : NULL;
    if (!slash) return NULL;
    *slash = '\0';
    return memory_text("%s/%s", path, OBSTAT_RULES_FROM_BIN);
}

const char *rules_installed(void) {
    const char *beside = beside_executable();
    if (beside && is_folder(beside)) return beside;
    return is_folder(OBSTAT_RULES_DIR) ? OBSTAT_RULES_DIR : NULL;
}

static bool is_rules_file(const char *name) {
    static const char *const endings[] = {".yaml", ".yml", ".json"};
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(name), m = strlen(endings[i]);
        if (n > m && strcasecmp(name + n - m, endings[i]) == 0) return true;
    }
    return false;
}

static bool is_law(const char *name) {
    return is_rules_file(name) && !strstr(name, ".test.");
}

// Whether there is any such file; where it cannot be seen, loading will say so.
static bool has_files(const char *path, bool (*is_one)(const char *name), unsigned depth) {
    DIR *folder = opendir(path);
    bool found = folder == NULL;
    while (!found) {
        const struct dirent *entry = readdir(folder);
        if (!entry) break;
        if (entry->d_name[0] == '.') continue;
        const char *full = memory_text("%s/%s", path, entry->d_name);
        found = is_folder(full) ? depth > 0 && has_files(full, is_one, depth - 1)
                                : is_one(entry->d_name);
    }
    if (folder) closedir(folder);
    return found;
}

static bool usable(const char *path) {
    bool folder = is_folder(path);
    if (folder && has_files(path, is_rules_file, 3)) return true;
    if (folder)
        say_error("there are no rules in %s", path);
    else
        say_error("there is no folder of rules %s", path);
    return false;
}

bool rules_folders(const cli *c, obstat_folder **out, size_t *count) {
    const char *installed = rules_installed();
    bool all = true;
    *out = memory_take((c->set.rules.count + 1) * sizeof **out);
    *count = 0;
    if (installed) all &= usable(installed);
    if (installed) (*out)[(*count)++] = folder_of("installed", installed, true);
    for (size_t i = 0; i < c->set.rules.count; i++) {
        const char *path = c->set.rules.at[i];
        all &= usable(path);
        (*out)[(*count)++] = folder_of(path, path, false);
    }
    if (*count == 0) {
        say_error("no rules are installed (they belong in %s)", OBSTAT_RULES_DIR);
        say_hint("name a folder of rules with --rules");
    }
    return all && *count > 0;
}

static bool same_folder(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

// Some beginning of the path is the folder, whatever it is called there.
static const char *name_within(const char *name, const char *folder, const char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    for (size_t to = length; to > 0; to--) {
        if ((to < length && path[to] != '/') ||
            !same_folder(memory_text("%.*s", (int)to, path), folder))
            continue;
        return memory_text("%s%.*s%s", name, (int)(length - to), path + to,
                           is_folder(path) ? "/" : "");
    }
    return NULL;
}

const char *rules_name(const cli *c, const char *path) {
    struct stat is;
    const char *installed = rules_installed(), *name = NULL;
    if (stat(path, &is) != 0) return NULL;
    if (installed) name = name_within("installed", installed, path);
    for (size_t i = 0; !name && i < c->set.rules.count; i++)
        name = name_within(c->set.rules.at[i], c->set.rules.at[i], path);
    return name;
}

void rules_add_operands(cli *c) {
    for (size_t i = 0; i < c->set.operands.count; i++) {
        const char *path = c->set.operands.at[i];
        if (is_folder(path) && !rules_name(c, path) && has_files(path, is_law, 3))
            texts_add(&c->set.rules, path);
    }
}

bool rules_load(obstat_rules **out, cli *c, const file_list *manifests, int *exit_code) {
    obstat_folder *folders;
    obstat_load load = {.size = sizeof load};
    *exit_code = EXIT_INPUT;
    if (!rules_folders(c, &folders, &load.folder_count) ||
        !read_date("known-on", c->set.known_on, &load.known_on))
        return false;
    load.folders = folders;
    load.manifests = manifests ? manifests->at : NULL;
    load.manifest_count = manifests ? manifests->count : 0;
    load.digests = c->set.json || c->set.outputs.count > 0;
    *exit_code = say_status(c, obstat_rules_load(out, c->context, &load));
    return *exit_code == EXIT_CLEARED;
}
