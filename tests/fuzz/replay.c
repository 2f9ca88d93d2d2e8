// SPDX-License-Identifier: Apache-2.0
//
// Runs fuzz targets without libFuzzer, with any compiler: each target over its seeds and a fixed
// number of their mutants, the same everywhere.
//
//   fuzz-replay [--mutants N] CORPUS [NAME…]   all targets, or those named; CORPUS/NAME has the
//   seeds fuzz-replay --input NAME FILE…             these inputs alone, for a finding
//
// Each target runs in a process of its own, so that a crash is a failed test like others; the input
// is then printed. The last line is the one that tests/run adds up.
#include "folder.h"
#include "fuzz.h"
#include "mutate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MUTANTS = 2000, SECONDS = 300 };

typedef struct target {
    const char *name;
    int (*run)(const uint8_t *data, size_t size);
} target;

static const target targets[] = {
#define TARGET(name) {#name, fuzz_##name},
#include "targets.def"
#undef TARGET
};
enum { TARGETS = sizeof targets / sizeof *targets };

// What a process is at, for the one that waits for it.
typedef struct current {
    char seed[256]; // its file; empty: nothing has run yet
    size_t size;
    unsigned mutant; // 0: the seed itself
    char bytes[1 << 20];
} current;

static current *now;

// In memory of its own, so that a read beyond the end is seen.
static void run_bytes(const target *t, const char *bytes, size_t size) {
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) abort();
    if (size) memcpy(copy, bytes, size);
    now->size = size < sizeof now->bytes ? size : sizeof now->bytes;
    if (size) memcpy(now->bytes, bytes, now->size);
    t->run(copy, size);
    free(copy);
}

typedef struct seeds {
    str *names, *texts;
    size_t count;
} seeds;

static seeds read_seeds(const char *corpus, const char *name) {
    arena *a = fuzz_fixtures();
    diags d = {.arena = a};
    seeds s = {0};
    rules_folder folder = unit_folder(str_c(a, str_format(a, "%s/%s", corpus, name)));
    if (!folder.list(folder.ctx, a, &d, STR(""), &s.names, &s.count)) return s;
    s.texts = arena_array(a, str, s.count);
    for (size_t i = 0; i < s.count; i++)
        folder.read(folder.ctx, a, &d, s.names[i], &s.texts[i]);
    return s;
}

static void set_seed(str name) {
    snprintf(now->seed, sizeof now->seed, "%.*s", STR_ARG(name));
}

static void replay(const target *t, const seeds *s, unsigned mutants) {
    static char bytes[MUTATE_MOST];
    uint64_t random = str_hash(str_of(t->name), 20261124) | 1;
    for (size_t i = 0; i < s->count; i++) {
        set_seed(s->names[i]);
        run_bytes(t, s->texts[i].ptr, s->texts[i].len);
    }
    for (unsigned m = 1; m <= mutants; m++) {
        size_t i = m % s->count, other = (m * 7 + 3) % s->count;
        size_t size = s->texts[i].len < MUTATE_MOST ? s->texts[i].len : MUTATE_MOST;
        memcpy(bytes, s->texts[i].ptr, size);
        set_seed(s->names[i]);
        now->mutant = m;
        run_bytes(t, bytes, mutate(&random, bytes, size, s->texts[other]));
    }
}

static void say_input(void) {
    printf("the input (seed %s, mutant %u), as printf of a shell takes it:\n'", now->seed,
           now->mutant);
    for (size_t i = 0; i < now->size; i++) {
        unsigned char c = (unsigned char)now->bytes[i];
        if (c < 0x20 || c >= 0x7f || c == '\'' || c == '\\' || c == '%')
            printf("\\%03o", c);
        else
            putchar(c);
    }
    printf("'\n");
}

static bool passes(const target *t, const char *corpus, unsigned mutants) {
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        seeds s = read_seeds(corpus, t->name);
        if (s.count == 0) exit(EXIT_FAILURE);
        alarm(SECONDS);
        replay(t, &s, mutants);
        exit(EXIT_SUCCESS);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) return false;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    if (now->seed[0])
        say_input();
    else
        printf("%s/%s has no seeds, or they are not read\n", corpus, t->name);
    return false;
}

static const target *find(const char *name) {
    for (size_t i = 0; i < TARGETS; i++)
        if (strcmp(targets[i].name, name) == 0) return &targets[i];
    fprintf(stderr, "fuzz-replay: there is no target %s\n", name);
    exit(EXIT_FAILURE);
}

static int run_files(const target *t, char **files, int count) {
    rules_folder here = unit_folder(".");
    for (int i = 0; i < count; i++) {
        diags d = {.arena = fuzz_fixtures()};
        str bytes = {0};
        if (files[i][0] == '/') here = unit_folder("/");
        if (!here.read(here.ctx, d.arena, &d, str_of(files[i]), &bytes)) {
            fprintf(stderr, "fuzz-replay: %s cannot be read\n", files[i]);
            return EXIT_FAILURE;
        }
        run_bytes(t, bytes.ptr, bytes.len);
    }
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    unsigned mutants = MUTANTS, passed = 0, failed = 0;
    now = mmap(NULL, sizeof *now, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (now == MAP_FAILED) return EXIT_FAILURE;
    if (argc > 2 && strcmp(argv[1], "--input") == 0)
        return run_files(find(argv[2]), argv + 3, argc - 3);
    if (argc > 2 && strcmp(argv[1], "--mutants") == 0) {
        mutants = (unsigned)strtoul(argv[2], NULL, 10);
        argv += 2;
        argc -= 2;
    }
    if (argc < 2) {
        fprintf(stderr, "usage: fuzz-replay [--mutants N] CORPUS [NAME...]\n");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < (argc > 2 ? argc - 2 : TARGETS); i++) {
        const target *t = argc > 2 ? find(argv[i + 2]) : &targets[i];
        memset(now, 0, offsetof(current, bytes));
        bool good = passes(t, argv[1], mutants);
        passed += good;
        failed += !good;
        printf("%s: %s\n", good ? "ok" : "FAIL", t->name);
    }
    printf("%u passed, %u failed\n", passed, failed);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
