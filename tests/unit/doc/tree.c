// SPDX-License-Identifier: Apache-2.0
//
// What can be asked of a tree: keys, equality, JSON.
#include "doc/reading.h"
#include "unit.h"

static bool equal(const char *one, const char *other) {
    reading a, b;
    begin_reading(&a, DOC_YAML, NULL, str_of(one));
    begin_reading(&b, DOC_JSON, NULL, str_of(other));
    bool same = a.ok && b.ok && doc_equal(a.docs.list.at[0], b.docs.list.at[0]);
    bool back = a.ok && b.ok && doc_equal(b.docs.list.at[0], a.docs.list.at[0]);
    CU_ASSERT_EQUAL(same, back);
    CU_ASSERT(a.ok && b.ok);
    end_reading(&a);
    end_reading(&b);
    return same;
}

static void values_are_equal_by_kind_and_value(void) {
    CU_ASSERT(equal("a", "\"a\""));
    CU_ASSERT(equal("null", "null"));
    CU_ASSERT(equal("{a: [1, 'x', true]}", "{\"a\": [1, \"x\", true]}"));
    CU_ASSERT_FALSE(equal("'1'", "1"));
    CU_ASSERT_FALSE(equal("true", "false"));
    CU_ASSERT_FALSE(equal("null", "false"));
    CU_ASSERT_FALSE(equal("[]", "{}"));
    CU_ASSERT_FALSE(equal("[1]", "[1, 2]"));
    CU_ASSERT_FALSE(equal("[1, 2]", "[2, 1]"));
}

static void numbers_are_equal_by_value(void) {
    CU_ASSERT(equal("0x10", "16"));
    CU_ASSERT(equal("1", "1.0"));
    CU_ASSERT(equal("0", "-0.0"));
    CU_ASSERT_FALSE(equal("1", "1.5"));
    // 2^53 + 1 is no double; 2^63 as a double is no integer of 64 bits.
    CU_ASSERT_FALSE(equal("9007199254740993", "9007199254740992.0"));
    CU_ASSERT_FALSE(equal("9223372036854775807", "9223372036854775808.0"));
    CU_ASSERT(equal("-9223372036854775808", "-9223372036854775808.0"));
    CU_ASSERT_FALSE(equal(".nan", "0"));
    CU_ASSERT_FALSE(equal(".inf", "9223372036854775807"));
}

static void maps_are_equal_whatever_their_order(void) {
    CU_ASSERT(equal("{a: 1, b: 2}", "{\"b\": 2, \"a\": 1}"));
    CU_ASSERT_FALSE(equal("{a: 1, b: 2}", "{\"a\": 1, \"c\": 2}"));
    CU_ASSERT_FALSE(equal("{a: 1}", "{\"a\": 1, \"b\": 2}"));
    CU_ASSERT(equal(
        "{a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10}",
        "{\"j\":10,\"i\":9,\"h\":8,\"g\":7,\"f\":6,\"e\":5,\"d\":4,\"c\":3,\"b\":2,\"a\":1}"));
}

// 1, 8, 9 and 100 keys: without and with an index.
static void every_key_is_found(void) {
    static const int sizes[] = {1, 8, 9, 100};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        arena a;
        arena_init(&a, &unit_mem, NULL, 0);
        buf b = {.arena = &a};
        for (int i = 0; i < sizes[s]; i++)
            buf_addf(&b, "k%d: %d\n", i * 7919 % 1000, i);
        reading r;
        begin_reading(&r, DOC_YAML, NULL, buf_str(&b));
        CU_ASSERT_FATAL(r.ok);
        const node *map = r.docs.list.at[0];
        CU_ASSERT_EQUAL((int)map->count, sizes[s]);
        for (int i = 0; i < sizes[s]; i++) {
            const node *n = doc_get_str(map, str_format(&a, "k%d", i * 7919 % 1000));
            CU_ASSERT(n && n->kind == NODE_INT && n->u.i == i);
            CU_ASSERT_PTR_EQUAL(map->u.pairs[i].value, n); // in the order of the text
        }
        CU_ASSERT_PTR_NULL(doc_get(map, "k"));
        CU_ASSERT_PTR_NULL(doc_get(map, ""));
        CU_ASSERT_PTR_NULL(doc_get(map, "k1000"));
        CU_ASSERT_PTR_NULL(doc_get(map->u.pairs[0].value, "k0"));
        end_reading(&r);
        arena_free(&a);
    }
}

static void written(doc_format format, const char *text, const char *json) {
    reading r;
    begin_reading(&r, format, NULL, str_of(text));
    str got = as_json(&r);
    CHECK_STR(got, json);
    end_reading(&r);
}

static void trees_are_written_as_json(void) {
    written(DOC_YAML, "{b: [1, 2.5, x], a: {}, c: [], d: null, e: true}",
            "{\"b\":[1,2.5,\"x\"],\"a\":{},\"c\":[],\"d\":null,\"e\":true}");
    written(DOC_YAML, "[1.0, 1e23, -0.0, 0.1]", "[1.0,1e+23,-0.0,0.1]");
    written(DOC_YAML, "\"\\0\\x1f\\\"\\\\/\\n\\r\\t\\b\\f\\x7f\\u2028é\"",
            "\"\\u0000\\u001f\\\"\\\\/\\n\\r\\t\\b\\f\\u007f\\u2028é\"");
}

static void ill_formed_text_does_not_reach_json(void) {
    arena a;
    arena_init(&a, &unit_mem, NULL, 0);
    buf b = {.arena = &a};
    doc_write_json_string(&b, STR("a\xff\xe4z"));
    CU_ASSERT(str_is(buf_str(&b), "\"a\\ufffd\\ufffdz\""));
    arena_free(&a);
}

static void json_is_read_back_as_the_same_tree(void) {
    static const char *const texts[] = {
        "{a: 1, b: [1.0, 1e300, 5e-324], c: \"\\0 \\\" é\", d: {e: {f: [[], {}, null, false]}}}",
        "[9223372036854775807, -9223372036854775808, 0.1, 1e23, -0.0]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading a, b;
        begin_reading(&a, DOC_YAML, NULL, str_of(texts[i]));
        str once = as_json(&a);
        begin_reading(&b, DOC_JSON, NULL, once);
        CU_ASSERT(a.ok && b.ok && doc_equal(a.docs.list.at[0], b.docs.list.at[0]));
        CU_ASSERT(str_eq(once, as_json(&b)));
        end_reading(&b);
        end_reading(&a);
    }
}

static void the_name_says_the_format(void) {
    CU_ASSERT_EQUAL(doc_format_of(STR("a/launch.json")), DOC_JSON);
    CU_ASSERT_EQUAL(doc_format_of(STR("launch.yaml")), DOC_YAML);
    CU_ASSERT_EQUAL(doc_format_of(STR("json")), DOC_YAML);
    CU_ASSERT_EQUAL(doc_format_of(STR("-")), DOC_YAML);
}

int register_doc_tree(void) {
    static CU_TestInfo tests[] = {
        {"values are equal by kind and value", values_are_equal_by_kind_and_value},
        {"numbers are equal by value", numbers_are_equal_by_value},
        {"maps are equal whatever their order", maps_are_equal_whatever_their_order},
        {"every key is found", every_key_is_found},
        {"trees are written as JSON", trees_are_written_as_json},
        {"ill-formed text does not reach JSON", ill_formed_text_does_not_reach_json},
        {"JSON is read back as the same tree", json_is_read_back_as_the_same_tree},
        {"the name says the format", the_name_says_the_format},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("doc: trees", tests);
}
