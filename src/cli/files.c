// SPDX-License-Identifier: Apache-2.0
//
// Reading files: regular ones only, whole and within a limit; folders in the order of their names.
// What cannot be read is an error, never left out.
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 16 << 20, FOLDERS_MAX = 32 };

// --- one file

static const char *kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "it is a folder";
    if (S_ISFIFO(mode)) return "it is a pipe (FIFO), not a regular file";
    if (S_ISSOCK(mode)) return "it is a socket, not a regular file";
    return "it is a device, not a regular file";
}

static const char *read_all(int fd, size_t expected, const char **bytes, size_t *length) {
    size_t room = expected + 1, n = 0;
    char *to = memory_take(room);
    for (;;) {
        ssize_t got = read(fd, to + n, room - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return strerror(errno);
        if (got == 0) break;
        n += (size_t)got;
        if (n > FILE_MAX) return "it is larger than 16 MiB";
        if (n < room) continue;
        char *more = memory_take(room * 2);
        memcpy(more, to, n);
        to = more;
        room *= 2;
    }
    *bytes = to;
    *length = n;
    return NULL;
}

static const char *read_regular(int fd, const char **bytes, size_t *length) {
    struct stat before, after;
    if (fstat(fd, &before) != 0) return strerror(errno);
    if (!S_ISREG(before.st_mode)) return kind_of(before.st_mode);
    if (before.st_size > FILE_MAX) return "it is larger than 16 MiB";
    const char *why = read_all(fd, (size_t)before.st_size, bytes, length);
    if (why) return why;
    if (fstat(fd, &after) != 0) return strerror(errno);
    if (after.st_size != before.st_size || after.st_mtime != before.st_mtime)
        return "it changed while it was read";
    return NULL;
}

const char *file_read(const char *path, const char **bytes, size_t *length) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd == -1) return strerror(errno);
    const char *why = read_regular(fd, bytes, length);
    close(fd);
    return why;
}

const char *stdin_read(const char **bytes, size_t *length) {
    return read_all(STDIN_FILENO, 4096, bytes, length);
}

bool is_folder(const char *path) {
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

// --- many files

static void add(file_list *out, const char *name, const char *bytes, size_t length) {
    if (out->count == out->room) {
        out->room = out->room ? out->room * 2 : 16;
        obstat_file *more = memory_take(out->room * sizeof *more);
        if (out->count) memcpy(more, out->at, out->count * sizeof *more);
        out->at = more;
    }
    out->at[out->count++] = (obstat_file){name, {bytes, length}};
}

static bool add_file(file_list *out, const char *path) {
    const char *bytes = NULL, *why;
    size_t length = 0;
    bool standard = strcmp(path, "-") == 0;
    why = standard ? stdin_read(&bytes, &length) : file_read(path, &bytes, &length);
    if (why) {
        say_error("cannot read %s: %s", standard ? "standard input" : path, why);
        return false;
    }
    add(out, path, bytes, length);
    return true;
}

static int by_name(const void *x, const void *y) {
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static bool cannot_list(const char *path) {
    say_error("cannot read the folder %s: %s", path, strerror(errno));
    return false;
}

// The names in a folder, sorted; hidden ones are left out. False: said.
static bool names_in(const char *path, texts *names) {
    DIR *folder = opendir(path);
    if (!folder) return cannot_list(path);
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (!entry) break;
        if (entry->d_name[0] != '.') texts_add(names, memory_text("%s", entry->d_name));
    }
    bool whole = errno == 0 || cannot_list(path);
    closedir(folder);
    if (names->count) qsort(names->at, names->count, sizeof *names->at, by_name);
    return whole;
}

bool files_here(texts *out, bool (*wanted)(const char *name)) {
    texts names = {0};
    if (!names_in(".", &names)) return false;
    for (size_t i = 0; i < names.count; i++)
        if (wanted(names.at[i])) texts_add(out, names.at[i]);
    return true;
}

// The folders on the way down, by which a link back to one of them is known.
typedef struct trail {
    const struct trail *up;
    dev_t device;
    ino_t node;
    unsigned depth;
} trail;

static bool was_here(const trail *t, const struct stat *there) {
    for (; t; t = t->up)
        if (t->device == there->st_dev && t->node == there->st_ino) return true;
    return false;
}

static bool add_folder(file_list *out, const char *path, bool (*wanted)(const char *),
                       const trail *up) {
    struct stat there;
    texts names = {0};
    if (stat(path, &there) != 0 || !names_in(path, &names)) return false;
    if (was_here(up, &there)) return true; // a link back: its files are read already
    trail here = {up, there.st_dev, there.st_ino, up ? up->depth + 1 : 0};
    if (here.depth > FOLDERS_MAX) {
        say_error("cannot read the folder %s: folders are nested too deeply", path);
        return false;
    }
    bool whole = true;
    size_t length = strlen(path);
    const char *slash = length && path[length - 1] == '/' ? "" : "/";
    for (size_t i = 0; i < names.count; i++) {
        const char *full = memory_text("%s%s%s", path, slash, names.at[i]);
        if (is_folder(full))
            whole &= add_folder(out, full, wanted, &here);
        else if (wanted(names.at[i]))
            whole &= add_file(out, full);
    }
    return whole;
}

bool files_collect(file_list *out, const texts *operands, bool (*wanted)(const char *name),
                   const char *what) {
    bool whole = true;
    for (size_t i = 0; i < operands->count; i++) {
        const char *path = operands->at[i];
        if (strcmp(path, "-") == 0 || !is_folder(path)) {
            whole &= add_file(out, path);
            continue;
        }
        size_t before = out->count;
        bool read = add_folder(out, path, wanted, NULL);
        if (read && out->count == before) say_error("there is no %s in the folder %s", what, path);
        whole &= read && out->count > before;
    }
    return whole;
}
