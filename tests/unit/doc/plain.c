// SPDX-License-Identifier: Apache-2.0
//
// Plain YAML, which is read without libyaml, is to be exactly what libyaml would make of it; what
// is not plain is left to it. conformance.c and doc_case.c compare the two on their cases, too.
#include "doc/reader.h"
#include "doc/reading.h"
#include "folder.h"
#include "unit.h"

#include <stdio.h>

static bool is_plain(str text) {
    reading r;
    docs out = {0};
    arena_init(&r.arena, &unit_mem, NULL, 0);
    out.src = source_new(&r.arena, STR("text"), text);
    bool plain = yaml_read_plain(&out, &r.arena, &doc_default_limits);
    arena_free(&r.arena);
    return plain;
}

static void all_are(bool plain, const char *const *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool good = is_plain(str_of(texts[i])) == plain &&
                    libyaml_agrees(str_of(texts[i]), &doc_default_limits);
        if (!good) printf("\n  %s\n", texts[i]);
        CU_ASSERT(good);
    }
}

#define ALL_ARE(plain, ...)                                                                        \
    do {                                                                                           \
        static const char *const texts[] = {__VA_ARGS__};                                          \
        all_are((plain), texts, sizeof texts / sizeof *texts);                                     \
    } while (0)

static void lists_and_maps(void) {
    ALL_ARE(true, "a: b", "a: b\n", "- a\n- b\n", "# c\n\na: b # c\n# d\n",
            "a:\n  b:\n    c: d\ne: f\n", "a:\n- b\n- c\nd: e\n",
            "a:\n  - b\n  -  c: d\n     e: f\n  - - g\n    - h\n", "a:\nb:\n- \n-\n",
            "a:\n\n  # c\n  b\nc: d\n", "-\n  a: b\n-\n  - c\n",
            "12: a\n\"12b\": c\n'd': e\nf(x, y): g\n");
    ALL_ARE(false, "", "# c\n", "a", "[a]\n", " a: b\n", "a: b\n c: d\n", "a:\n  b: c\n d: e\n",
            "a: - b\n", "a: b: c\n", "- a\nb: c\n", "a: b\n- c\n", "a\n", "? a\n: b\n",
            "a: b\na: c\n", "a : b\n", "[a]: b\n", "null: a\n", "~: a\n", "<<: a\n", ": a\n",
            "a:\tb\n", "a: b\r\n", "\xef\xbb\xbf\x61: b\n", "---\na: b\n", "a: b\n...\n",
            "a: b\n---\nc: d\n", "%YAML 1.2\n---\na: b\n");
}

static void texts_without_quotes(void) {
    ALL_ARE(true, "a: x y # c\n", "a: x#y\n", "a: x:y\n", "a: http://x/y?z#w\n",
            "a: x\n  y\n\n\n  z\nb: c\n", "a: x\n   - y\n  \"z\"\n", "a: x\n  # c\nb: c\n",
            "a: -1\nb: -.5\nc: 0x1F\nd: 1.5\ne: true\nf: ~\n", "a: x [y], {z}, 'w' & *v | u > t\n",
            "- 中文 é\n-  x  \n", "a: (x == y) ? z\n", "a:\n  x\n  y\n");
    ALL_ARE(false, "a: *x\n", "a: !x y\n", "a: @x\n", "a: `x`\n", "a: %x\n", "a: x: y\n", "a: x:\n",
            "a: ]\n", "a: x # c\n  y\n", "a: x\n  y: z\n", "a: 99999999999999999999\n", "a: ?\n",
            "a: :x\n");
}

static void quoted_texts(void) {
    ALL_ARE(true, "a: \"x: y # z\" # c\n", "a: 'it''s'\n", "a: \"\"\nb: ''\n",
            "a: \"x\\\\y\\\"z\\n\\t\\/\"\n", "- \"a\": b\n- 'c': \"d\"\n");
    ALL_ARE(false, "a: \"x\n", "a: \"x\n  y\"\n", "a: 'x\n  y'\n", "a: \"x\" y\n", "a: \"x\"# c\n",
            "a: \"\\x41\"\n", "a: \"\\q\"\n", "a: \"x\": y\n", "a: 'x\\'\n  y'\n");
}

static void block_texts(void) {
    ALL_ARE(true, "a: |\n  x\n   y\n\n\n  # z\n\nb: c\n", "a: |-\n x\n",
            "a: >\n  x\n  y\n\n  z\n\n\n  w  \n# c\n", "a: >-\n  x\n  y",
            "- |\n  x\n- >-\n y: z\n- a: |\n   x\n", "a:\n- |\n x\n", "a: |\n    x\n  # c\nb: c\n");
    ALL_ARE(false, "a: |+\n  x\n", "a: |2\n    x\n", "a: | # c\n  x\n", "a: |\n\n  x\n",
            "a: |\nb: c\n", "a: |\n    x\n  y\n", "a: >\n  x\n   y\n", "a: |\n  x\n   \n  y\n",
            "a: | \n  x\n", "a: |\n x\n\ty\n");
}

static void brackets(void) {
    ALL_ARE(true, "a: [b, 'c', \"d\", -1, x y]\n", "a: {b: c, \"d\": [e, {f: g}], h: ~} # c\n",
            "a: []\nb: {}\n", "a: [b,\n  c, # d\n\n  e\n]\nf: g\n",
            "- {a: b,\n   c: d}\n- [ a , b ]\n", "a:\n  [b]\n", "a: [x:y, http://z]\n",
            "a: {\n  b: c\n  }\n");
    ALL_ARE(false, "a: [b\n", "a: [b]]\n", "a: [b, ]\n", "a: [, b]\n", "a: [b: c]\n", "a: {b}\n",
            "a: {b: }\n", "a: {b:c}\n", "a: {\"b\":c}\n", "a: [b]#c\n", "a: [b] c\n",
            "a:\n  b: [c,\n  d]\n", "a: [b\n  c]\n", "a: [-]\n", "a: [b?]\n", "a: [b [c]]\n",
            "a: {b\n  : c}\n", "a: [*x]\n", "a: [\"b\" c]\n", "a: [|]\n");
}

static void anchors(void) {
    ALL_ARE(true, "a: &x b\nc: *x\nd: [*x, {e: *x}]\n", "a: &x\n  b: c\nd: *x # e\n",
            "a: &x\n- b\nc: *x\n", "- &x [a]\n- &x b\n- *x\n");
    ALL_ARE(false, "a: &x\nb: c\n", "&x a: b\n", "- &x a: b\n", "a: &x [*x]\n", "a: *x\n",
            "a: &x b\n*x : c\n", "a: &x.y b\n", "a: &x b\nc: *x d\n", "a: &x *y\n");
}

// What nests deeper than the reader goes.
static void deep_texts(void) {
    arena *a = unit_arena();
    buf lists = {.arena = a}, maps = {.arena = a};
    for (unsigned i = 0; i < 110; i++) {
        buf_adds(&lists, "- ");
        buf_addf(&maps, "%*sa:\n", (int)i, "");
    }
    CU_ASSERT(!is_plain(buf_str(&lists)) && libyaml_agrees(buf_str(&lists), &doc_default_limits));
    CU_ASSERT(!is_plain(buf_str(&maps)) && libyaml_agrees(buf_str(&maps), &doc_default_limits));
}

static size_t compare_folder(arena *a, const rules_folder *folder, str path) {
    str *names = NULL;
    size_t count = 0, files = 0;
    diags d = {.arena = a};
    CU_ASSERT_FATAL(folder->list(folder->ctx, a, &d, path, &names, &count));
    for (size_t i = 0; i < count; i++) {
        str bytes, inner = path.len ? str_joined(a, path, STR("/"), names[i]) : names[i];
        if (str_ends(inner, STR("/"))) {
            files += compare_folder(a, folder, str_sub(inner, 0, inner.len - 1));
        } else if (str_ends(inner, STR(".yaml"))) {
            files++;
            CU_ASSERT_FATAL(folder->read(folder->ctx, a, &d, inner, &bytes));
            bool same = libyaml_agrees(bytes, &doc_default_limits);
            if (!same) printf("\n  %.*s\n", STR_ARG(inner));
            CU_ASSERT(same);
        }
    }
    return files;
}

static void all_files_of_the_project(void) {
    static const char *const folders[] = {"rules", "examples", "tests"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        arena *a = unit_arena();
        rules_folder top =
            unit_folder(str_c(a, str_format(a, "%s/%s", OBSTAT_SOURCE_DIR, folders[i])));
        CU_ASSERT(compare_folder(a, &top, STR("")) > 0);
    }
}

int register_doc_plain(void) {
    static CU_TestInfo tests[] = {
        {"lists and maps", lists_and_maps},
        {"texts without quotes", texts_without_quotes},
        {"quoted texts", quoted_texts},
        {"block texts", block_texts},
        {"brackets", brackets},
        {"anchors", anchors},
        {"deep texts", deep_texts},
        {"all files of the project", all_files_of_the_project},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("doc: plain YAML", tests);
}
