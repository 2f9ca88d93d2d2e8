// SPDX-License-Identifier: Apache-2.0
// Lines of `eval --stream` and their answers, and typed JSON.
#include "cel/base64.h"
#include "cel/typed_json.h"
#include "unit.h"

#include <stdio.h>

// An answer that ends in a bar has only to begin so.
static const struct {
    const char *line, *answer;
} lines[] = {
    {"{\"expr\": \"1 + 2\"}", "{\"value\":{\"int\":\"3\"},\"type\":\"int\"}"},
    {"{\"expr\": \"1 + 2\", \"disable_check\": true}", "{\"value\":{\"int\":\"3\"}}"},
    {"{\"expr\": \"[1, 2u]\", \"check_only\": true}", "{\"type\":\"list(dyn)\"}"},
    {"{\"expr\": \"1 + 'a'\"}", "{\"error\":{\"message\":|"},
    {"{\"expr\": \"1 + 'a'\", \"disable_check\": true}",
     "{\"error\":{\"message\":\"no such overload|"},
    {"{\"expr\": \"1 +\"}", "{\"error\":{\"message\":|"},
    {"{\"expr\": \"x\", \"types\": {\"x\": \"int\"}}",
     "{\"error\":{\"message\":\"the variable `x` has no value\"}}"},
    {"{\"expr\": \"x\", \"types\": {\"x\": \"int\"}, \"vars\": {\"x\": {\"int\": \"5\"}}}",
     "{\"value\":{\"int\":\"5\"},\"type\":\"int\"}"},
    {"{\"expr\": \"x\", \"vars\": {\"x\": {\"int\": \"5\"}}}",
     "{\"value\":{\"int\":\"5\"},\"type\":\"dyn\"}"},
    {"{\"expr\": \"y\", \"container\": \"a.b\", \"vars\": {\"a.y\": true}}",
     "{\"value\":true,\"type\":\"dyn\"}"},
    {"{\"expr\": \"[1].exists(x, x == 1)\", \"disable_macros\": true, \"disable_check\": true}",
     "{\"error\":{\"message\":|"},
    {"{\"expr\": \"[0].exists(y, y == 0)\", \"vars\": {\"y\": true}}",
     "{\"value\":true,\"type\":\"bool\"}"},
    {"", "{\"error\":{\"message\":|"},
    {"[]", "{\"error\":{\"message\":\"a line needs `expr`, a text\"}}"},
    {"{}", "{\"error\":{\"message\":\"a line needs `expr`, a text\"}}"},
    {"{\"expr\": 1}", "{\"error\":{\"message\":\"a line needs `expr`, a text\"}}"},
    {"{\"expr\": \"1\", \"expr\": \"2\"}", "{\"error\":{\"message\":|"},
    {"{\"expr\": \"1\", \"vars\": []}", "{\"error\":{\"message\":\"`vars` must be a map\"}}"},
    {"{\"expr\": \"1\", \"types\": {\"x\": \"lamp(\"}}",
     "{\"error\":{\"message\":\"there is no such type\"}}"},
    {"{\"expr\": \"1\", \"check_only\": 1}",
     "{\"error\":{\"message\":\"this must be true or false\"}}"},
    {"{\"expr\": \"1\"} 2", "{\"error\":{\"message\":|"},
    {"{\"expr\": \"'a\\\\u0000\\\\n'\", \"disable_check\": true}", "{\"value\":\"a\\u0000\\n\"}"},
};

static void lines_have_answers(void) {
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        arena *a = unit_arena();
        buf out = {.arena = a};
        bool good = cel_answer_line(&out, a, str_of(lines[i].line));
        str want = str_of(lines[i].answer), got = buf_str(&out);
        bool begins = str_ends(want, STR("|"));
        bool same = begins ? str_starts(got, str_sub(want, 0, want.len - 1)) : str_eq(got, want);
        if (!same) printf("\n  %s\n  got %.*s", lines[i].line, STR_ARG(got));
        CU_ASSERT(same);
        CU_ASSERT(good == !str_starts(got, STR("{\"error\"")));
    }
}

// Written as they are read.
static const char *const values[] = {
    "null",
    "true",
    "\"text\\u0000\"",
    "[]",
    "[null,[{\"int\":\"-9223372036854775808\"}]]",
    "{\"uint\":\"18446744073709551615\"}",
    "{\"double\":\"NaN\"}",
    "{\"double\":\"-Infinity\"}",
    "{\"double\":\"0.1\"}",
    "{\"bytes\":\"AP8=\"}",
    "{\"map\":[[\"a\",{\"int\":\"1\"}],[true,null]]}",
    "{\"timestamp\":\"2026-01-31T12:00:00.5Z\"}",
    "{\"duration\":\"-1.5s\"}",
    "{\"type\":\"list\"}",
    "{\"type\":\"google.protobuf.Duration\"}",
    "{\"unknown\":true}",
    "{\"none\":true}",
    "{\"open\":[true]}",
    "{\"optional\":null}",
    "{\"optional\":{\"optional\":true}}",
    "{\"date\":\"2026-01-31\"}",
    "{\"period\":\"P1Y2M3D\"}",
    "{\"money\":\"EUR 1.50\"}",
    "{\"range\":[\"1\",null]}",
};

static const char *const no_values[] = {
    "1",
    "1.5",
    "{}",
    "{\"int\":1}",
    "{\"int\":\"1.5\"}",
    "{\"int\":\"9223372036854775808\"}",
    "{\"uint\":\"-1\"}",
    "{\"double\":\"x\"}",
    "{\"bytes\":\"A\"}",
    "{\"bytes\":\"A-B=\"}",
    "{\"map\":{}}",
    "{\"map\":[[1]]}",
    "{\"map\":[[{\"double\":\"1\"},null]]}",
    "{\"timestamp\":\"1\"}",
    "{\"duration\":\"1\"}",
    "{\"type\":\"lamp\"}",
    "{\"date\":\"2026-02-30\"}",
    "{\"money\":\"1\"}",
    "{\"int\":\"1\",\"uint\":\"1\"}",
    "{\"lamp\":\"1\"}",
    "{\"range\":[\"1\"]}",
    "{\"open\":1}",
};

static bool read(value *out, arena *a, const char *text) {
    diags d = {.arena = a};
    docs read = {0};
    CU_ASSERT_TRUE_FATAL(
        doc_read(&read, a, &d, &doc_default_limits, DOC_JSON, STR("value"), str_of(text)));
    bool good = typed_json_read(out, a, &d, read.list.at[0]);
    CU_ASSERT(good == (d.errors == 0));
    return good;
}

static void values_read_and_write(void) {
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        arena *a = unit_arena();
        buf out = {.arena = a};
        value v;
        CU_ASSERT_TRUE_FATAL(read(&v, a, values[i]));
        CU_ASSERT_TRUE(typed_json_write(&out, v));
        CHECK_STR(buf_str(&out), values[i]);
    }
    for (size_t i = 0; i < sizeof no_values / sizeof no_values[0]; i++) {
        value v;
        bool taken = read(&v, unit_arena(), no_values[i]);
        if (taken) printf("\n  %s", no_values[i]);
        CU_ASSERT_FALSE(taken);
    }
}

static void too_large_to_write(void) {
    arena *a = unit_arena();
    value v = value_string(STR("a"));
    for (int i = 0; i < 40; i++) { // a list of two of the same, 40 levels deep
        value *two = arena_array(a, value, 2);
        two[0] = two[1] = v;
        v = value_list_of(a, two, 2, false);
    }
    buf out = {.arena = a};
    CU_ASSERT_FALSE(typed_json_write(&out, v));
    CU_ASSERT_FALSE(typed_json_write(&out, value_error_of(a, (span){0}, "x")));
}

static void base64_of_rfc_4648(void) {
    static const char *const pairs[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        arena *a = unit_arena();
        buf text = {.arena = a}, bytes = {.arena = a}, bare = {.arena = a};
        base64_write(&text, str_of(pairs[i][0]));
        CHECK_STR(buf_str(&text), pairs[i][1]);
        CU_ASSERT_TRUE(base64_read(&bytes, buf_str(&text)));
        CHECK_STR(buf_str(&bytes), pairs[i][0]);
        while (text.len && text.ptr[text.len - 1] == '=')
            text.len--;
        CU_ASSERT_TRUE(base64_read(&bare, buf_str(&text)));
        CHECK_STR(buf_str(&bare), pairs[i][0]);
    }
    static const char *const bad[] = {"Z", "Zg=", "Z===", "Zh==", "Zm9v=", "Z g=", "Zm9=v"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        buf bytes = {.arena = unit_arena()};
        bool taken = base64_read(&bytes, str_of(bad[i]));
        if (taken) printf("\n  %s", bad[i]);
        CU_ASSERT_FALSE(taken);
    }
}

int register_answers(void) {
    static CU_TestInfo tests[] = {
        {"lines have answers", lines_have_answers},
        {"values read and write", values_read_and_write},
        {"too large to write", too_large_to_write},
        {"base64 of RFC 4648", base64_of_rfc_4648},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("answers", tests);
}
