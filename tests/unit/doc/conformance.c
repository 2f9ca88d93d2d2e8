// SPDX-License-Identifier: Apache-2.0
//
// What others wrote to hold parsers against: yaml-test-suite and JSONTestSuite, where they are
// present. Every deviation is listed with its reason, and the list is exact: a case that is listed
// and passes fails the test as much as one that is not listed and fails.
#include "doc/reading.h"
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SHARED    OBSTAT_SOURCE_DIR "/../shared/conformance/"
#define YAML_FILE SHARED "yaml-test-suite.ndjson"
#define JSON_DIR  SHARED "json-test-suite"

// Valid YAML that is refused. libyaml 0.2.5 misreads or refuses all of it but the first group.
static const struct deviation {
    const char *why;
    const char *ids; // separated by blanks
} refused[] = {
    {"a key that is missing, null, a list or a map: no document of ours has one",
     "2JQS 4FJ6 6BFJ 6M2F 6PBE 9MMW CFD4 DFF7 FH7J FRK4 KK5P LX3P M2N8/00 M2N8/01 M5DY NHX8 NKF9 "
     "PW8X Q9WF RZP5 S3PD SBG9 SM9W/01 UKK6/00 V9D5 X38W XW4D"},
    {"a tab that separates or begins the content of a block text",
     "6BCT 6CA3 96NN/00 96NN/01 A2M4 DK95/00 DK95/03 DK95/04 Q5MG R4YG Y79Y/001 Y79Y/010"},
    {"a colon on the next line in brackets", "4MUZ/00 4MUZ/01 4MUZ/02 5MUD K3WX VJP3/01"},
    {"a text in brackets that begins or ends with a colon", "4ABK 58MP 5T43 DBG4 HM87/00"},
    {"a text in brackets that begins with a question mark: libyaml loses it", "652Z HM87/01"},
    {"a key in brackets over several lines", "9SA2 NJ66 UT92"},
    {"an anchor with other characters than letters, digits, `-` and `_`", "2SXE 8XYN W5VH Y2GN"},
    {"a document that begins behind `...` without `---`", "7Z25 M7A3"},
    {"`...` without a document", "HWV9 QT73"},
    {"a directive that is unknown, or another version", "2LFX 6LVF BEC7 MUS6/05 MUS6/06"},
    {"a block text at the top that is not indented", "DK3J FP8R W4TN"},
};

static bool is_listed(const char *ids, str id) {
    size_t length = 0;
    for (const char *p = ids; *p; p += length + (p[length] == ' ')) {
        length = strcspn(p, " ");
        if (str_eq((str){p, length}, id)) return true;
    }
    return false;
}

static const char *why_refused(str id) {
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (is_listed(refused[i].ids, id)) return refused[i].why;
    return NULL;
}

// The values of `json` are JSON texts one after another; their places are cut out by trying.
static bool same_values(const docs *got, str json) {
    size_t n = 0;
    json = str_trim(json);
    while (json.len) {
        size_t length = 0;
        bool same = false, read = false;
        while (!read && length < json.len) {
            ptrdiff_t line = str_find(str_sub(json, length, json.len), STR("\n"));
            length = line < 0 ? json.len : length + (size_t)line + 1;
            reading want;
            begin_reading(&want, DOC_JSON, NULL, str_sub(json, 0, length));
            read = want.ok;
            same = read && n < got->list.len && doc_equal(got->list.at[n], want.docs.list.at[0]);
            end_reading(&want);
        }
        if (!same) return false;
        n++;
        json = str_trim(str_sub(json, length, json.len));
    }
    return n == got->list.len;
}

static bool yaml_case(const node *c) {
    doc_limits limits = doc_default_limits;
    limits.core_tags = true;
    str id = doc_get(c, "id")->text;
    const node *json = doc_get(c, "json");
    const char *why = why_refused(id);
    reading r;
    begin_reading(&r, DOC_YAML, &limits, doc_get(c, "yaml")->text);
    const char *wrong = NULL;
    if (doc_get(c, "error"))
        wrong = r.ok ? "is no YAML, but accepted" : NULL;
    else if (why)
        wrong = r.ok ? "is listed as refused, but accepted" : NULL;
    else if (!r.ok)
        wrong = "is refused and not listed";
    else if (json && !same_values(&r.docs, json->text))
        wrong = "has another value";
    for (size_t i = 0; r.ok && i < r.docs.list.len; i++)
        if (!all_characters_are_placed(r.docs.list.at[i])) wrong = "has characters without a place";
    if (!libyaml_agrees(doc_get(c, "yaml")->text, &limits)) wrong = "is something else to libyaml";
    if (wrong) printf("\n  %.*s %s\n", STR_ARG(id), wrong);
    end_reading(&r);
    return !wrong;
}

static void yaml_test_suite(void) {
    arena a;
    arena_init(&a, &unit_mem, NULL, 0);
    str text = read_test_file(&a, YAML_FILE);
    size_t cases = 0;
    if (!text.ptr) unit_skip(YAML_FILE);
    while (text.len) {
        ptrdiff_t end = str_find(text, STR("\n"));
        size_t length = end < 0 ? text.len : (size_t)end;
        reading line;
        begin_reading(&line, DOC_JSON, NULL, str_sub(text, 0, length));
        CU_ASSERT_FATAL(line.ok);
        CU_ASSERT(yaml_case(line.docs.list.at[0]));
        end_reading(&line);
        cases++;
        text = str_sub(text, length + 1, text.len);
    }
    CU_ASSERT(cases == 0 || cases == 402);
    arena_free(&a);
}

// JSON that the RFC lets a reader take or refuse (`i_`), and what we do.
static const struct choice {
    const char *why;
    bool accepted;
    const char *names;
} choices[] = {
    {"it is zero to the nearest double", true, "number_double_huge_neg_exp number_real_underflow"},
    {"it is infinity to a double", false,
     "number_huge_exp number_neg_int_huge_exp number_pos_double_huge_exp "
     "number_real_neg_overflow number_real_pos_overflow"},
    {"it is an integer beyond 64 bits", false,
     "number_too_big_neg_int number_too_big_pos_int number_very_big_negative_int"},
    {"half of a surrogate pair is no character", false,
     "object_key_lone_2nd_surrogate string_1st_surrogate_but_2nd_missing "
     "string_1st_valid_surrogate_2nd_invalid string_incomplete_surrogate_and_escape_valid "
     "string_incomplete_surrogate_pair string_incomplete_surrogates_escape_valid "
     "string_invalid_lonely_surrogate string_invalid_surrogate "
     "string_inverted_surrogates_U+1D11E string_lone_second_surrogate"},
    {"it is not UTF-8", false,
     "string_UTF-16LE_with_BOM string_UTF-8_invalid_sequence string_UTF8_surrogate_U+D800 "
     "string_invalid_utf-8 string_iso_latin_1 string_lone_utf8_continuation_byte "
     "string_not_in_unicode_range string_overlong_sequence_2_bytes "
     "string_overlong_sequence_6_bytes string_overlong_sequence_6_bytes_null "
     "string_truncated-utf-8 string_utf16BE_no_BOM string_utf16LE_no_BOM"},
    {"it is 500 levels deep; the limit is 128", false, "structure_500_nested_arrays"},
    {"a byte order mark is passed over", true, "structure_UTF-8_BOM_empty_object"},
};

// `y_` that is refused: its syntax is right, but which of two equal keys counts would be a guess.
static const char DUPLICATES[] =
    "y_object_duplicated_key.json y_object_duplicated_key_and_value.json";

// What is expected of a file. False: it is an `i_` that nobody has decided about.
static bool expected_of(str name, bool *accepted) {
    *accepted = name.ptr[0] == 'y' && !is_listed(DUPLICATES, name);
    if (name.ptr[0] != 'i') return true;
    str stem = str_sub(name, 2, name.len - 5);
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        if (!is_listed(choices[i].names, stem)) continue;
        *accepted = choices[i].accepted;
        return true;
    }
    return false;
}

static bool json_case(const char *name) {
    arena a;
    arena_init(&a, &unit_mem, NULL, 0);
    str text = read_test_file(&a, str_c(&a, str_format(&a, JSON_DIR "/%s", name)));
    bool accepted = false, decided = expected_of(str_of(name), &accepted);
    reading r;
    clock_t began = clock();
    begin_reading(&r, DOC_JSON, NULL, text);
    bool slow = clock() - began > CLOCKS_PER_SEC;
    bool right = decided && r.ok == accepted && !slow;
    if (is_listed(DUPLICATES, str_of(name)))
        right = right && r.diags.errors == 1 && r.diags.list.at[0].code == DIAG_DUPLICATE_KEY;
    if (!right)
        printf("\n  %s is %s%s\n", name, r.ok ? "accepted" : "refused", slow ? ", slowly" : "");
    end_reading(&r);
    arena_free(&a);
    return right;
}

static void json_test_suite(void) {
    DIR *dir = opendir(JSON_DIR);
    size_t cases = 0;
    if (!dir) {
        unit_skip(JSON_DIR);
        return;
    }
    for (const struct dirent *e; (e = readdir(dir)) != NULL;) {
        if (!str_ends(str_of(e->d_name), STR(".json"))) continue;
        CU_ASSERT(json_case(e->d_name));
        cases++;
    }
    closedir(dir);
    CU_ASSERT_EQUAL(cases, 318);
}

int register_doc_conformance(void) {
    static CU_TestInfo tests[] = {
        {"yaml-test-suite", yaml_test_suite},
        {"JSONTestSuite", json_test_suite},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("doc: conformance", tests);
}
