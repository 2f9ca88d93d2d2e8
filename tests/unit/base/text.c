// SPDX-License-Identifier: Apache-2.0
// Slices, growable text, UTF-8, tables by text, and the nearest spelling.
#include "base/map.h"
#include "base/str.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static void slices(void) {
    str s = STR("  law of\tplaces \n");
    CHECK_STR(str_trim(s), "law of\tplaces");
    CHECK_STR(str_trim(STR(" \t\r\n")), "");
    CHECK_STR(str_sub(STR("abc"), 1, 9), "bc");
    CHECK_STR(str_sub(STR("abc"), 3, 1), "");
    CU_ASSERT(str_find(STR("banana"), STR("nan")) == 2);
    CU_ASSERT(str_find(STR("banana"), STR("nab")) == -1);
    CU_ASSERT(str_find(STR("ab"), STR("abc")) == -1);
    CU_ASSERT(str_find(STR("ab"), STR("")) == 0);
    CU_ASSERT(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
    CU_ASSERT(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")));
}

static void texts_are_ordered_by_bytes(void) {
    static const char *const ascending[] = {"",   "A", "AB",       "a",
                                            "ab", "b", "\xc3\xa9", "\xe4\xb8\xad"};
    size_t count = sizeof ascending / sizeof *ascending;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            int order = str_cmp(str_of(ascending[i]), str_of(ascending[k]));
            CU_ASSERT((order < 0) == (i < k) && (order > 0) == (i > k));
            CU_ASSERT(str_eq(str_of(ascending[i]), str_of(ascending[k])) == (i == k));
        }
    }
}

static void copies_outlive_what_they_copied(void) {
    char text[] = "abc";
    arena *a = unit_arena();
    str copy = str_copy(a, str_of(text));
    text[0] = 'x';
    CHECK_STR(copy, "abc");
    CU_ASSERT(copy.ptr[3] == 0);
    CU_ASSERT_STRING_EQUAL(str_c(a, STR("")), "");
}

static void text_grows(void) {
    arena *a = unit_arena();
    buf b = {.arena = a};
    for (int i = 0; i < 1000; i++) {
        buf_addf(&b, "%d,", i);
        if (i == 4) CHECK_STR(buf_str(&b), "0,1,2,3,4,");
    }
    buf_addc(&b, '!');
    buf_adds(&b, "");
    CU_ASSERT(buf_str(&b).len == 10 * 2 + 90 * 3 + 900 * 4 + 1);
    CU_ASSERT(str_ends(buf_str(&b), STR("998,999,!")));
    CHECK_STR(str_format(a, "%s-%.*s-%d", "x", STR_ARG(STR("yz")), -3), "x-yz--3");
}

// Each code point there is, encoded and read again; what is none is refused.
static void every_code_point_survives(void) {
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char bytes[64];
        arena a;
        arena_init(&a, &mem_libc, NULL, 0);
        buf b = {.arena = &a};
        utf8_add(&b, c);
        size_t at = 0;
        size_t length = buf_str(&b).len;
        memcpy(bytes, buf_str(&b).ptr, length);
        arena_free(&a);
        int32_t back = utf8_next((str){bytes, length}, &at);
        bool surrogate = c >= 0xd800 && c <= 0xdfff;
        CU_ASSERT_FATAL(surrogate ? back == -1 : back == (int32_t)c && at == length);
    }
}

static void ill_formed_bytes_are_found(void) {
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"abc\x80", 3},          {"\xc0\x80", 0},         {"\xc1\xbf", 0},
        {"a\xe4\xb8", 1},        {"\xe0\x80\x80", 0},     {"\xed\xa0\x80", 0},
        {"\xf4\x90\x80\x80", 0}, {"\xf5\x80\x80\x80", 0}, {"\xff", 0},
        {"\xe4\xb8\xad\xc3", 3}, {"\xf0\x8f\xbf\xbf", 0}, {"\xc3(", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad = 99;
        CU_ASSERT_FALSE(utf8_valid(str_of(cases[i].text), &bad));
        CU_ASSERT(bad == cases[i].bad);
    }
    CU_ASSERT_TRUE(utf8_valid(STR("\xe4\xb8\xad\xf0\x9f\x98\x80 a\xc3\xa9"), NULL));
    CU_ASSERT(utf8_count(STR("\xe4\xb8\xad\xf0\x9f\x98\x80 a\xc3\xa9")) == 5);
}

static void wide_characters_take_two_columns(void) {
    CU_ASSERT(utf8_width('a') == 1 && utf8_width(0xe9) == 1);
    CU_ASSERT(utf8_width(0x4e2d) == 2 && utf8_width(0xac00) == 2 && utf8_width(0x1f600) == 2);
    CU_ASSERT(utf8_width(0x301) == 0 && utf8_width(0x200b) == 0);
}

static void a_map_keeps_order_and_last_values(void) {
    arena *a = unit_arena();
    map m = {0};
    static int values[2000];
    CU_ASSERT_PTR_NULL(map_get(&m, STR("k0")));
    for (int i = 0; i < 2000; i++)
        map_put(a, &m, str_format(a, "k%d", i % 1000), &values[i]);
    CU_ASSERT(m.len == 1000);
    for (int i = 0; i < 1000; i++) {
        str key = str_format(a, "k%d", i);
        CU_ASSERT(map_get(&m, key) == &values[1000 + i]);
        CU_ASSERT(str_eq(m.entries[i].key, key));
    }
    CU_ASSERT_FALSE(map_has(&m, STR("k1000")));
    map_put(a, &m, STR(""), &values[0]);
    CU_ASSERT(map_get(&m, STR("")) == &values[0]);
}

static void the_nearest_spelling(void) {
    static const str words[] = {STR_C("model"), STR_C("market"), STR_C("provider"), STR_C("kind")};
    size_t count = sizeof words / sizeof *words;
    CHECK_STR(str_nearest(STR("modle"), words, count), "model");
    CHECK_STR(str_nearest(STR("markets"), words, count), "market");
    CHECK_STR(str_nearest(STR("provider"), words, count), "provider");
    CHECK_STR(str_nearest(STR("provdier"), words, count), "provider");
    CHECK_STR(str_nearest(STR("country"), words, count), "");
    CHECK_STR(str_nearest(STR("x"), words, count), "");
    CHECK_STR(str_nearest(STR(""), words, count), "");
    CHECK_STR(str_nearest(STR("model"), words, 0), "");
}

int register_text(void) {
    static CU_TestInfo tests[] = {
        {"slices", slices},
        {"texts are ordered by bytes", texts_are_ordered_by_bytes},
        {"copies outlive what they copied", copies_outlive_what_they_copied},
        {"text grows", text_grows},
        {"every code point survives", every_code_point_survives},
        {"ill-formed bytes are found", ill_formed_bytes_are_found},
        {"wide characters take two columns", wide_characters_take_two_columns},
        {"a map keeps order and last values", a_map_keeps_order_and_last_values},
        {"the nearest spelling", the_nearest_spelling},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("text", tests);
}
