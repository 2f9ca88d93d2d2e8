// SPDX-License-Identifier: Apache-2.0
//
// Where results go. A file is either its old self or the whole new one: it is written beside its
// place, forced to the disk and renamed. A result that was not written is never a success.
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool stdout_was_closed;

// A closed standard stream would give its number to the next file that is opened.
void output_guard(void) {
    signal(SIGPIPE, SIG_IGN);
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) != -1) continue;
        if (fd == STDOUT_FILENO) stdout_was_closed = true;
        int null = open("/dev/null", O_RDWR);
        if (null != -1 && null != fd) {
            dup2(null, fd);
            close(null);
        }
    }
}

static bool fail(output *o) {
    o->problem = errno ? errno : EIO;
    return false;
}

static bool open_beside(output *o) {
    o->temporary = memory_text("%s.obstat-XXXXXX", o->path);
    o->fd = mkstemp(o->temporary);
    if (o->fd == -1) {
        o->temporary = NULL;
        return fail(o);
    }
    limit_unfinished(o->temporary);
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(o->fd, 0666 & ~mask) == 0 || fail(o);
}

static bool say_problem(const output *o) {
    const char *name = o->fd == STDOUT_FILENO ? "standard output" : o->path;
    if (o->problem != EPIPE) say_error("cannot write %s: %s", name, strerror(o->problem));
    return false;
}

bool output_open_new(output *o, const char *path) {
    *o = (output){.fd = -1, .path = path, .only_new = true};
    return open_beside(o) || say_problem(o);
}

bool output_open(output *o, const char *path) {
    struct stat there;
    *o = (output){.fd = STDOUT_FILENO, .path = path};
    if (!path || strcmp(path, "-") == 0) {
        fflush(stdout);
        if (stdout_was_closed) o->problem = EBADF;
        return true;
    }
    o->fd = -1;
    bool special = stat(path, &there) == 0 && !S_ISREG(there.st_mode);
    if (special) {
        o->fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        if (o->fd != -1) return true;
        fail(o);
    } else if (open_beside(o)) {
        return true;
    }
    return say_problem(o);
}

static bool write_all(void *ctx, const char *bytes, size_t length) {
    output *o = ctx;
    while (length > 0 && !o->problem) {
        ssize_t n = write(o->fd, bytes, length);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return fail(o);
        bytes += n;
        length -= (size_t)n;
    }
    return !o->problem;
}

obstat_sink output_sink(output *o) {
    return (obstat_sink){write_all, o};
}

static void sync_folder(const char *path) {
    char *folder = memory_text("%s", path);
    char *slash = strrchr(folder, '/');
    if (slash == folder) slash++;
    if (slash) *slash = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_CLOEXEC);
    if (fd == -1) return;
    fsync(fd);
    close(fd);
}

// Gives the file its name if nobody has taken it meanwhile. Where the file system has no links, the
// name is taken first and the file put in its place.
static bool name_new(output *o) {
    if (link(o->temporary, o->path) == 0) {
        unlink(o->temporary);
        return true;
    }
    if (errno == EEXIST || errno == ENOENT) return false;
    int fd = open(o->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd == -1) return false;
    close(fd);
    return rename(o->temporary, o->path) == 0;
}

static bool name_file(output *o) {
    return o->only_new ? name_new(o) : rename(o->temporary, o->path) == 0;
}

static void finish_file(output *o) {
    if (o->temporary && !o->problem && fsync(o->fd) != 0) fail(o);
    if (close(o->fd) != 0 && !o->problem) fail(o);
    if (!o->temporary) return;
    if (!o->problem && !name_file(o)) fail(o);
    if (o->problem)
        unlink(o->temporary);
    else
        sync_folder(o->path);
    limit_unfinished(NULL);
}

bool output_close(output *o) {
    if (o->fd == STDOUT_FILENO) {
        if (!o->problem && (fflush(stdout) != 0 || ferror(stdout))) fail(o);
    } else {
        finish_file(o);
    }
    return o->problem ? say_problem(o) : true;
}
