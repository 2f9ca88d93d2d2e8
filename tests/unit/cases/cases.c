// SPDX-License-Identifier: Apache-2.0
//
// Reads the case files of all folders at the start, and gives CUnit one test for each case. The
// expected lines are kept as they are: the results are written in the same form.
#include "cases/cases.h"
#include "unit.h"

#include "base/num.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void runner(case_output *out, const case_input *in);

typedef struct test_case {
    const char *name; // "file: title"
    const char *path;
    unsigned line;
    runner *run;
    case_input in;
    str expected;
    const char *broken; // why the case itself is no case; NULL: it is one
} test_case;

static arena kept;
static vec(test_case) cases;

// --- reading case files

// «C3 A4», «5B *200», «end»: bytes that a text file cannot show. False: not well-formed.
static bool add_odd_bytes(buf *out, str inside) {
    size_t from = out->len, times = 1;
    for (size_t i = 0; i < inside.len;) {
        uint64_t n = 0;
        if (inside.ptr[i] == ' ') {
            i++;
        } else if (inside.ptr[i] == '*') {
            if (!num_parse_digits(str_sub(inside, i + 1, inside.len), 10, &n)) return false;
            times = (size_t)n;
            i = inside.len;
        } else {
            if (!num_parse_digits(str_sub(inside, i, i + 2), 16, &n) || i + 2 > inside.len)
                return false;
            buf_addc(out, (char)n);
            i += 2;
        }
    }
    str once = str_copy(&kept, str_sub(buf_str(out), from, out->len));
    for (; times > 1; times--)
        buf_add(out, once);
    return true;
}

// A file's lines with their odd bytes. NULL, or what is wrong.
static const char *unescape(str *out, str text) {
    buf b = {.arena = &kept};
    for (;;) {
        ptrdiff_t open = str_find(text, STR("«")), close = str_find(text, STR("»"));
        if (open < 0) break;
        if (close < open) return "« without »";
        str inside = str_sub(text, (size_t)open + 2, (size_t)close);
        buf_add(&b, str_sub(text, 0, (size_t)open));
        text = str_sub(text, (size_t)close + 2, text.len);
        if (str_is(inside, "end")) {
            text = str_sub(text, 0, 0);
            break;
        }
        if (!add_odd_bytes(&b, inside)) return "between « and » stand hexadecimal bytes, or `end`";
    }
    buf_add(&b, text);
    *out = buf_str(&b);
    return NULL;
}

typedef struct lines {
    str text;
    unsigned number; // of the line that comes next
} lines;

// The next line with its end; empty at the end of the text.
static str peek_line(const lines *l) {
    ptrdiff_t end = str_find(l->text, STR("\n"));
    return str_sub(l->text, 0, end < 0 ? l->text.len : (size_t)end + 1);
}

static str take_line(lines *l) {
    str line = peek_line(l);
    l->text = str_sub(l->text, line.len, l->text.len);
    l->number++;
    return line;
}

static bool next_is(const lines *l, const char *word) {
    return str_starts(l->text, str_of(word));
}

static str rest_of(str line, const char *word) {
    return str_trim(str_sub(line, strlen(word), line.len));
}

static case_file read_file_part(lines *l, const char **broken) {
    case_file f = {.name = rest_of(take_line(l), "@file ")};
    const char *from = l->text.ptr;
    size_t length = 0;
    while (l->text.len && !next_is(l, "@"))
        length += take_line(l).len;
    const char *wrong = unescape(&f.text, (str){from, length});
    if (wrong) *broken = wrong;
    return f;
}

static void read_case(lines *l, const char *path, const char *file, runner *run) {
    test_case c = {.path = path, .line = l->number, .run = run};
    vec(case_file) files = {0};
    str title = rest_of(take_line(l), "@case ");
    c.name = str_c(&kept, str_format(&kept, "%s: %.*s", file, STR_ARG(title)));
    if (next_is(l, "@with ")) c.in.with = rest_of(take_line(l), "@with ");
    while (next_is(l, "@file "))
        vec_push(&kept, &files, read_file_part(l, &c.broken));
    c.in.files = files.at;
    c.in.count = files.len;
    const char *from = l->text.ptr;
    size_t length = 0;
    while (l->text.len && !next_is(l, "@case "))
        length += take_line(l).len;
    c.expected = str_trim((str){from, length});
    if (files.len == 0) c.broken = "there is no @file";
    if (c.expected.len == 0) c.broken = "nothing is expected; if all is well, write @ok";
    vec_push(&kept, &cases, c);
}

static str read_whole(const char *path) {
    buf b = {.arena = &kept};
    char part[4096];
    FILE *f = fopen(path, "rb");
    if (!f) return (str){0};
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_add(&b, (str){part, n});
    fclose(f);
    return buf_str(&b);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void read_folder(const char *folder, runner *run) {
    vec(const char *) names = {0};
    const char *path = str_c(&kept, str_format(&kept, "%s/tests/%s", OBSTAT_SOURCE_DIR, folder));
    DIR *dir = opendir(path);
    for (const struct dirent *e; dir && (e = readdir(dir)) != NULL;)
        if (str_ends(str_of(e->d_name), STR(".case")))
            vec_push(&kept, &names, str_c(&kept, str_of(e->d_name)));
    if (dir) closedir(dir);
    if (names.len) qsort(names.at, names.len, sizeof *names.at, by_name);
    for (size_t i = 0; i < names.len; i++) {
        const char *file = str_c(&kept, str_format(&kept, "%s/%s", path, names.at[i]));
        lines l = {read_whole(file), 1};
        while (l.text.len && !next_is(&l, "@case "))
            take_line(&l);
        while (l.text.len)
            read_case(&l, file, names.at[i], run);
    }
}

size_t case_number(const case_input *in, const char *name, size_t otherwise) {
    str rest = in->with;
    while (rest.len) {
        ptrdiff_t blank = str_find(rest, STR(" "));
        str word = str_sub(rest, 0, blank < 0 ? rest.len : (size_t)blank);
        size_t length = strlen(name);
        uint64_t n = 0;
        if (str_starts(word, str_of(name)) && word.len > length && word.ptr[length] == '=' &&
            num_parse_digits(str_sub(word, length + 1, word.len), 10, &n))
            return (size_t)n;
        rest = str_trim(str_sub(rest, word.len, rest.len));
    }
    return otherwise;
}

// --- writing results in the form of the files

static void add_text(buf *out, str s) {
    for (size_t i = 0; i < s.len;) {
        size_t from = i;
        int32_t c = utf8_next(s, &i);
        bool odd = c < 0x20 || c == 0x7f || (utf8_width(c) == 0 && c < 0x300) || c == 0x2028 ||
                   c == 0x2029 || c == 0xfeff;
        if (!odd) {
            buf_add(out, str_sub(s, from, i));
            continue;
        }
        for (size_t k = from; k < i; k++)
            buf_addf(out, "%s%02X", k == from ? "«" : " ", (unsigned)(unsigned char)s.ptr[k]);
        buf_adds(out, "»");
    }
}

static void add_place(buf *out, span at, bool name) {
    if (!at.src) return;
    position from = source_position(at.src, at.from), to = source_position(at.src, at.to);
    if (name) buf_addf(out, " %.*s", STR_ARG(at.src->name));
    buf_addf(out, " %u:%u-%u:%u |", from.line, from.column, to.line, to.column);
    add_text(out, str_sub(at.src->text, at.from, at.to));
    buf_addc(out, '|');
}

static void add_line(buf *out, const char *word, str text) {
    if (text.len == 0) return;
    buf_addf(out, "%s ", word);
    add_text(out, text);
    buf_addc(out, '\n');
}

static str write_down(const case_output *o, size_t files) {
    static const char *const levels[] = {"error", "warning", "note"};
    buf out = {.arena = o->arena};
    for (size_t i = 0; i < o->diags.list.len; i++) {
        const diag *d = &o->diags.list.at[i];
        buf_addf(&out, "@%s %s", levels[diag_kinds[d->code].level], diag_kinds[d->code].slug);
        add_place(&out, d->at, files > 1);
        if (d->also.src) buf_adds(&out, "\n@also");
        add_place(&out, d->also, files > 1);
        buf_addc(&out, '\n');
        add_line(&out, "@message", d->message);
        add_line(&out, "@hint", d->hint);
    }
    for (str value = buf_str(&o->value); value.len;) {
        ptrdiff_t end = str_find(value, STR("\n"));
        add_line(&out, "@value", str_sub(value, 0, end < 0 ? value.len : (size_t)end));
        value = str_sub(value, end < 0 ? value.len : (size_t)end + 1, value.len);
    }
    if (out.len == 0) buf_adds(&out, "@ok");
    return str_trim(buf_str(&out));
}

// --- running

static void fail(const test_case *c, const char *message) {
    CU_assertImplementation(CU_FALSE, c->line, message, c->path, "", CU_FALSE);
}

static void run(const test_case *c) {
    arena a;
    arena_init(&a, &unit_mem, NULL, 0);
    case_output o = {.arena = &a, .diags.arena = &a, .value.arena = &a};
    c->run(&o, &c->in);
    str found = write_down(&o, c->in.count);
    if (!str_eq(found, c->expected))
        fail(c, str_c(&a, str_format(&a, "\n--- expected\n%.*s\n--- found\n%.*s\n---",
                                     STR_ARG(c->expected), STR_ARG(found))));
    arena_free(&a);
}

static void run_current(void) {
    const char *name = CU_get_current_test()->pName;
    for (size_t i = 0; i < cases.len; i++) {
        if (strcmp(cases.at[i].name, name) != 0) continue;
        if (cases.at[i].broken)
            fail(&cases.at[i], cases.at[i].broken);
        else
            run(&cases.at[i]);
        return;
    }
}

static int add_folder(const char *folder, runner *runs) {
    size_t first = cases.len;
    read_folder(folder, runs);
    if (cases.len == first) {
        fprintf(stderr, "unit-tests: there are no cases in tests/%s\n", folder);
        return -1;
    }
    CU_pSuite suite = CU_add_suite(folder, NULL, NULL);
    for (size_t i = first; suite && i < cases.len; i++)
        if (!CU_add_test(suite, cases.at[i].name, run_current)) return -1;
    return suite ? 0 : -1;
}

static void give_back(void) {
    arena_free(&kept);
}

int register_cases(void) {
    static const struct {
        const char *path;
        runner *run;
    } folders[] = {
#define FOLDER(path, run) {path, run},
#include "cases/folders.def"
#undef FOLDER
    };
    arena_init(&kept, &unit_mem, NULL, 0);
    atexit(give_back);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (add_folder(folders[i].path, folders[i].run) != 0) return -1;
    return 0;
}
