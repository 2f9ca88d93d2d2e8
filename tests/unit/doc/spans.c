// SPDX-License-Identifier: Apache-2.0
//
// Places: of every node, and of every character of a scalar's text. The property is checked on
// texts that are folded, escaped and indented in every way: what stands at the place of a character
// is the character itself, the escape that makes it, or the line break that was folded into it.
#include "doc/reading.h"
#include "unit.h"

#include <stdio.h>

static str at(span s) {
    return str_sub(s.src->text, s.from, s.to);
}

// The line break that ends a block text at the end of the file may not be there.
static bool at_end(const node *n, span s) {
    bool block = n->style == STYLE_LITERAL || n->style == STYLE_FOLDED;
    return block && s.from == n->at.src->text.len;
}

static bool makes(const node *n, str shown, str character) {
    if (str_eq(shown, character)) return true;
    if (shown.len == 0) return str_is(character, "\n");
    bool space = str_is(character, " ") || str_is(character, "\n");
    if (space && (str_is(shown, "\n") || str_is(shown, "\r\n") || str_is(shown, "\r"))) return true;
    if (n->style == STYLE_SINGLE) return str_is(character, "'") && str_is(shown, "''");
    if (n->style != STYLE_DOUBLE || shown.len < 2 || shown.ptr[0] != '\\') return false;
    // The escape by itself, read again, must make the character.
    arena a;
    arena_init(&a, &unit_mem, NULL, 0);
    reading r;
    begin_reading(&r, shown.len == 12 ? DOC_JSON : DOC_YAML, NULL,
                  str_format(&a, "\"%.*s\"", STR_ARG(shown)));
    bool same = r.ok && str_eq(r.docs.list.at[0]->text, character);
    end_reading(&r);
    arena_free(&a);
    return same;
}

static bool characters_are_placed(const node *n) {
    if (str_starts(at(n->at), STR("*"))) return true; // a key that is an alias
    size_t last = n->at.from;
    for (size_t i = 0; i < n->text.len;) {
        size_t from = i;
        utf8_next(n->text, &i);
        span s = doc_scalar_span(n, from, i);
        str character = str_sub(n->text, from, i);
        if (s.from < last || (s.to <= s.from && !at_end(n, s)) || !makes(n, at(s), character)) {
            printf("\n  byte %zu of `%.*s` is placed at `%.*s` of `%.*s`\n", from, STR_ARG(n->text),
                   STR_ARG(at(s)), STR_ARG(at(n->at)));
            return false;
        }
        last = s.to;
    }
    return true;
}

bool all_characters_are_placed(const node *n) {
    if (n->kind == NODE_LIST) {
        for (uint32_t i = 0; i < n->count; i++)
            if (!all_characters_are_placed(n->u.items[i])) return false;
        return true;
    }
    if (n->kind == NODE_MAP) {
        for (uint32_t i = 0; i < n->count; i++)
            if (!characters_are_placed(n->u.pairs[i].key) ||
                !all_characters_are_placed(n->u.pairs[i].value))
                return false;
        return true;
    }
    return characters_are_placed(n);
}

static void placed(doc_format format, const char *text, const char *expected) {
    reading r;
    begin_reading(&r, format, NULL, str_of(text));
    CU_ASSERT_FATAL(r.ok && r.docs.list.len == 1);
    const node *n = r.docs.list.at[0];
    if (n->kind == NODE_MAP) n = n->u.pairs[0].value;
    CHECK_STR(n->text, expected); // else the case shows something else than it means to
    CU_ASSERT(all_characters_are_placed(r.docs.list.at[0]));
    end_reading(&r);
}

static void characters_of_plain_texts(void) {
    placed(DOC_YAML, "a: one two", "one two");
    placed(DOC_YAML, "a: one \t  two  # three", "one \t  two");
    placed(DOC_YAML, "a: one  \n  two\n\n\n   three\t\n \t\n four\n", "one two\n\nthree\nfour");
    placed(DOC_YAML, "a: é名\r\n  😀\r\n\r\n  z\r\n", "é名 😀\nz");
}

static void characters_of_single_quotes(void) {
    placed(DOC_YAML, "a: 'it''s '''''", "it's ''");
    placed(DOC_YAML, "a: ' one \n\n  two'' \n  three '", " one\ntwo' three ");
    placed(DOC_YAML, "a: '\n\n  x\n  '", "\nx ");
}

static void characters_of_double_quotes(void) {
    placed(DOC_YAML, "a: \"\\t\\x41\\u263a\\U0001f600\\\\\\\"\\/\\e\\_\\N\\L\\P\"",
           "\tA☺😀\\\"/\x1b\xc2\xa0\xc2\x85\xe2\x80\xa8\xe2\x80\xa9");
    placed(DOC_YAML, "a: \"one \\\n   two\\\n  \\  three\\n\n  four\"", "one two  three\n four");
    placed(DOC_YAML, "a: \"one\\n\n\n\n  two \n  three\"", "one\n\n\ntwo three");
    placed(DOC_YAML, "a: \"x\\\n\n  y\\\n\n\n  z\"", "x\ny\n\nz");
    placed(DOC_YAML, "a: \" \\\n \\t x\"", " \t x");
}

static void characters_of_literal_texts(void) {
    placed(DOC_YAML, "a: |\n  one\n   two\n\n  three  \n\n\n", "one\n two\n\nthree  \n");
    placed(DOC_YAML, "a: |\n  one\n   twö\n  # three  \n\n", "one\n twö\n# three  \n");
    placed(DOC_YAML, "a: |+\n\n\n  one\n\n\n", "\n\none\n\n\n");
    placed(DOC_YAML, "a: |- # why\n  one\n  \n   \n  two\n\n", "one\n\n \ntwo");
    placed(DOC_YAML, "a: |2\n    one\n  two\n", "  one\ntwo\n");
    placed(DOC_YAML, "a: |\r\n  é\r\n  x\r\n", "é\nx\n");
    placed(DOC_YAML, "a: |\n  x", "x\n");
    placed(DOC_YAML, "a: |\n \n x\r", "\nx\n");
    placed(DOC_YAML, "a:\n  |\n x\n", "x\n");
}

static void characters_of_folded_texts(void) {
    placed(DOC_YAML, "a: >\n  one\n  two\n\n  three\n\n\n  four\n", "one two\nthree\n\nfour\n");
    placed(DOC_YAML, "a: >-\n  one\n   more\n   lines\n\n  two\n  three\n\n",
           "one\n more\n lines\n\ntwo three");
    placed(DOC_YAML, "a: >+\n\n  one\n\n   two\n\n\n   three\n\n", "\none\n\n two\n\n\n three\n\n");
    placed(DOC_YAML, "a: >1\n   one\n two\n  \n three\n", "  one\ntwo\n \nthree\n");
    placed(DOC_YAML, "a: >\n  one  \n  two \n", "one   two \n");
}

static void characters_of_json(void) {
    placed(DOC_JSON, "{\"a\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude00é\\uD834\\udd1e\"}",
           "\"\\/\b\f\n\r\tA😀é𝄞");
    placed(DOC_JSON, "{\"\\u0041\": -1.5e3}", "-1.5e3");
}

// --- the place of a part

static void part(const char *text, size_t from, size_t to, const char *expected) {
    reading r;
    begin_reading(&r, DOC_YAML, NULL, str_of(text));
    CU_ASSERT_FATAL(r.ok);
    str shown = at(doc_scalar_span(r.docs.list.at[0]->u.pairs[0].value, from, to));
    CHECK_STR(shown, expected);
    end_reading(&r);
}

static void parts_of_a_scalar(void) {
    part("a: model.kind == 'x'", 6, 10, "kind");
    part("a: \"x == \\\"y\\\" && z\"", 5, 8, "\\\"y\\\"");
    part("a: 'x == ''y'' && z'", 5, 8, "''y''");
    part("a: >\n  one &&\n  two\n", 7, 10, "two");
    part("a: >\n  one &&\n  two\n", 4, 10, "&&\n  two");
    part("a: abc", 3, 3, ""); // the end: an error behind the last character
    part("a: \"abc\"", 3, 3, "");
    part("a: abc", 0, 0, "");
    part("a: abc", 0, 99, "abc");
}

static void a_scalar_made_by_hand_has_its_own_place(void) {
    node n = {.kind = NODE_STRING, .text = STR("x")};
    CU_ASSERT_PTR_NULL(doc_scalar_span(&n, 0, 1).src);
    reading r;
    begin_reading(&r, DOC_YAML, NULL, STR("abc"));
    node other = *r.docs.list.at[0];
    other.text = STR("xyz");
    CU_ASSERT(str_is(at(doc_scalar_span(&other, 1, 2)), "abc"));
    end_reading(&r);
}

// --- the places of nodes

static const node *find(const node *n, const char *path) {
    for (; *path && n; path++) {
        if (n->kind == NODE_LIST)
            n = n->u.items[*path - '0'];
        else
            n = n->u.pairs[*path - '0'].value;
    }
    return n;
}

static void node_stands(const char *text, const char *path, const char *expected) {
    reading r;
    begin_reading(&r, DOC_YAML, NULL, str_of(text));
    CU_ASSERT_FATAL(r.ok);
    str shown = at(find(r.docs.list.at[0], path)->at);
    CHECK_STR(shown, expected);
    end_reading(&r);
}

static void nodes_have_exactly_their_text(void) {
    node_stands("a: x  # c\n", "0", "x");
    node_stands("a: 'x'  # c\n", "0", "'x'");
    node_stands("a: \"x\n  y\"\n", "0", "\"x\n  y\"");
    node_stands("a: x\n  y\n\n# c\nb: z", "0", "x\n  y");
    node_stands("a: |  \n  x\n  y\n\n# c\n", "0", "|  \n  x\n  y");
    node_stands("a: |\n  x\n  y  \n\n# c\n", "0", "|\n  x\n  y  ");
    node_stands("a: |\n  ä\nb: |\n  ö\nc: z\n", "1", "|\n  ö");
    node_stands("a: |\n  ä\nb: |\n  ö\nc: z\n", "2", "z");
    node_stands("a:\n  b: |\n    x\n  c: [y]\n", "0", "b: |\n    x\n  c: [y]");
    node_stands("a: >-\n  x \n\nb: z", "0", ">-\n  x ");
    node_stands("a: |\n\nb: z", "0", "|");
    node_stands("a: [x, {b: c}]  # d\n", "0", "[x, {b: c}]");
    node_stands("a: [x, {b: c}]  # d\n", "01", "{b: c}");
}

static void block_nodes_end_with_their_last_entry(void) {
    node_stands("# c\na: x\nb: y\n\n# d\n", "", "a: x\nb: y");
    node_stands("a:\n  - x\n  - y\n\n# d\nb: z\n", "0", "- x\n  - y");
    node_stands("a:\n- x\n- b: c\n  d: e # f\n", "01", "b: c\n  d: e");
    node_stands("- - x\n  -\n  # d\n", "0", "- x\n  -");
    node_stands("- a:\n  # d\n- x\n", "0", "a:");
    node_stands("- ? a\n  # d\n- x\n", "0", "? a");
    node_stands("- [a: b , c]\n", "00", "a: b");
}

static void empty_values_stand_behind_their_sign(void) {
    static const char *const texts[] = {"a:   # c\n", "a:\n\n# c\nb: x\n", "{a: , b: c}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading r;
        begin_reading(&r, DOC_YAML, NULL, str_of(texts[i]));
        CU_ASSERT_FATAL(r.ok);
        const node *n = r.docs.list.at[0]->u.pairs[0].value;
        CU_ASSERT_EQUAL(n->kind, NODE_NULL);
        CU_ASSERT_EQUAL(n->at.from, n->at.to);
        CU_ASSERT_EQUAL(n->at.src->text.ptr[n->at.from - 1], ':');
        end_reading(&r);
    }
}

static void anchors_are_not_part_of_a_place(void) {
    node_stands("a: &x 1\nb: *x\n", "0", "1");
    node_stands("a: &x\n  b: c\n", "0", "b: c");
    node_stands("a: &x  # c\n  [b]\n", "0", "[b]");
    node_stands("a: &x |\n  b\n", "0", "|\n  b");
    node_stands("a: &x 1\nb: *x\n", "1", "1"); // an alias has its anchor's place
}

int register_doc_spans(void) {
    static CU_TestInfo tests[] = {
        {"characters of plain texts", characters_of_plain_texts},
        {"characters of single quotes", characters_of_single_quotes},
        {"characters of double quotes", characters_of_double_quotes},
        {"characters of literal texts", characters_of_literal_texts},
        {"characters of folded texts", characters_of_folded_texts},
        {"characters of JSON", characters_of_json},
        {"parts of a scalar", parts_of_a_scalar},
        {"a scalar made by hand has its own place", a_scalar_made_by_hand_has_its_own_place},
        {"nodes have exactly their text", nodes_have_exactly_their_text},
        {"block nodes end with their last entry", block_nodes_end_with_their_last_entry},
        {"empty values stand behind their sign", empty_values_stand_behind_their_sign},
        {"anchors are not part of a place", anchors_are_not_part_of_a_place},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("doc: places", tests);
}
