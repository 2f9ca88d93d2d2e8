// SPDX-License-Identifier: Apache-2.0
// The public interface as a program uses it: statuses, ownership, memory that runs out. Rules come
// from a folder that is a table, so that no file is read.
#include "obstat/obstat.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

// --- a folder of rules as a table

typedef struct entry {
    const char *path, *text;
} entry;

static const entry pack[] = {
    {"vocabulary.yaml", "obstat: vocabulary/v1\n"
                        "engine:\n"
                        "  market: {list: lands, place: land, launch: opens}\n"
                        "facts: {}\n"
                        "values: {}\n"
                        "metrics: {}\n"
                        "records: {}\n"
                        "entities:\n"
                        "  shop:\n"
                        "    is: map\n"
                        "    short: price\n"
                        "    scope: market\n"
                        "    ask: How is it sold?\n"
                        "    meaning: The shop.\n"
                        "    facts:\n"
                        "      price: {type: int, ask: What does it cost?}\n"
                        "  lands:\n"
                        "    is: list\n"
                        "    short: land\n"
                        "    absent: required\n"
                        "    scope: market\n"
                        "    ask: Where?\n"
                        "    meaning: The places.\n"
                        "    facts:\n"
                        "      land: {type: country, absent: required, ask: Which?}\n"
                        "      opens: {type: date, ask: When?}\n"},
    {"places.yaml", "obstat: places/v1\nplaces: {AA: Alphaland, BB: Betaland}\n"},
    {"aa/jurisdiction.yaml", "obstat: jurisdiction/v1\ncode: AA\nname: Alphaland\nkind: country\n"},
    {"aa/law.yaml", "obstat: policy/v1\n"
                    "id: AA-L\n"
                    "jurisdiction: AA\n"
                    "instrument: {name: Act, kind: statute, url: \"https://law.example\"}\n"
                    "status: {is: in force, from: 2020-01-01}\n"
                    "reviewed: {on: 2026-01-01, confidence: high, recheck: 2027-01-01}\n"
                    "rules:\n"
                    "  - id: AA-L-1\n"
                    "    title: It costs less than ten\n"
                    "    cites: s. 1\n"
                    "    requires: shop.price < 10\n"},
};

static const char *list(void *ctx, const char *path, void (*give)(void *, const char *), void *to) {
    (void)ctx;
    if (strcmp(path, "") == 0) {
        give(to, "vocabulary.yaml");
        give(to, "places.yaml");
        give(to, "aa/");
        return NULL;
    }
    if (strncmp(path, "aa", 2) != 0) return "there is no such folder";
    give(to, "law.yaml");
    give(to, "jurisdiction.yaml");
    return NULL;
}

static const char *read(void *ctx, const char *path, void (*give)(void *, const char *, size_t),
                        void *to) {
    (void)ctx;
    for (size_t i = 0; i < sizeof pack / sizeof *pack; i++)
        if (strcmp(pack[i].path, path) == 0) {
            give(to, pack[i].text, strlen(pack[i].text));
            return NULL;
        }
    return "there is no such file";
}

static const obstat_folder folder = {.name = "pack", .list = list, .read = read};
static const obstat_load load = {.size = sizeof load, .folders = &folder, .folder_count = 1};

static const obstat_query query = {
    .size = sizeof query, .today = {2026, 6, 1}, .fail_on = OBSTAT_MAJOR};

static obstat_file manifest(const char *text) {
    return (obstat_file){"launch.yaml", {text, strlen(text)}};
}

// --- memory that is counted

typedef struct counter {
    size_t calls, fail_at, bytes;
} counter;

static void *resize(void *ctx, void *p, size_t old_size, size_t new_size) {
    counter *c = ctx;
    if (new_size == 0) {
        c->bytes -= old_size;
        free(p);
        return NULL;
    }
    if (++c->calls == c->fail_at) return NULL;
    void *q = realloc(p, new_size);
    if (q) c->bytes = c->bytes - old_size + new_size;
    return q;
}

static obstat_status new_context(obstat_context **out, counter *c) {
    obstat_config config = {.size = sizeof config, .allocator = {resize, c}};
    return obstat_context_new(out, &config);
}

// --- sinks

typedef struct text {
    char bytes[4096];
    size_t length;
} text;

static bool keep(void *ctx, const char *bytes, size_t length) {
    text *t = ctx;
    if (length > sizeof t->bytes - t->length) return false;
    memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
    return true;
}

// What is longer than a text: whether it begins as JSON does.
static bool begins(void *ctx, const char *bytes, size_t length) {
    bool *json = ctx;
    *json = length > 2 && bytes[0] == '{';
    return true;
}

static bool refuse(void *ctx, const char *bytes, size_t length) {
    (void)ctx;
    (void)bytes;
    (void)length;
    return false;
}

// --- tests

// A whole run; the status of the first call that failed, and the exit code.
static obstat_status run(counter *c, int *code) {
    obstat_context *context;
    obstat_rules *rules;
    obstat_report *report;
    obstat_file file = manifest("obstat: deployment/v1\nshop: 12\nlands: AA\n");
    obstat_status status = new_context(&context, c);
    if (status != OBSTAT_OK) return status;
    status = obstat_rules_load(&rules, context, &load);
    if (status == OBSTAT_OK) status = obstat_check(&report, context, rules, &file, 1, &query);
    if (status == OBSTAT_OK) {
        text t = {.length = 0};
        obstat_rules_free(rules); // the report borrows nothing from them
        *code = obstat_report_exit(report);
        status = obstat_report_write(report, "text", NULL, (obstat_sink){keep, &t});
    }
    obstat_context_free(context);
    return status;
}

static void a_whole_run_gives_all_memory_back(void) {
    counter c = {0};
    int code = -1;
    CU_ASSERT_EQUAL(run(&c, &code), OBSTAT_OK);
    CU_ASSERT_EQUAL(code, 1);
    CU_ASSERT(c.calls > 5);
    CU_ASSERT_EQUAL(c.bytes, 0);
}

static void each_allocation_may_fail(void) {
    counter whole = {0};
    int code;
    run(&whole, &code);
    for (size_t n = 1; n <= whole.calls; n++) {
        counter c = {.fail_at = n};
        CU_ASSERT_EQUAL(run(&c, &code), OBSTAT_E_MEMORY);
        CU_ASSERT_EQUAL(c.bytes, 0);
    }
}

static void a_limit_of_memory_holds(void) {
    counter c = {0};
    obstat_context *context;
    obstat_rules *rules;
    obstat_config config = {.size = sizeof config, .allocator = {resize, &c}, .max_memory = 20000};
    CU_ASSERT_EQUAL(obstat_context_new(&context, &config), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_rules_load(&rules, context, &load), OBSTAT_E_MEMORY);
    CU_ASSERT_PTR_NULL(rules);
    CU_ASSERT(c.bytes < 21000);
    obstat_context_free(context);
    CU_ASSERT_EQUAL(c.bytes, 0);
}

static void wrong_calls_are_told(void) {
    counter c = {0};
    obstat_context *context = NULL;
    obstat_rules *rules = NULL;
    obstat_report *report = NULL;
    obstat_file file = manifest("obstat: deployment/v1\nshop: 1\nlands: AA\n");
    obstat_config small = {.size = 1};
    CU_ASSERT_EQUAL(obstat_context_new(&context, &small), OBSTAT_E_USAGE);
    CU_ASSERT_EQUAL_FATAL(new_context(&context, &c), OBSTAT_OK);
    obstat_load bad = load;
    bad.known_on = (obstat_date){2026, 2, 30};
    CU_ASSERT_EQUAL(obstat_rules_load(&rules, context, &bad), OBSTAT_E_USAGE);
    CU_ASSERT_EQUAL_FATAL(obstat_rules_load(&rules, context, &load), OBSTAT_OK);
    obstat_query no_today = query;
    no_today.today = (obstat_date){0};
    CU_ASSERT_EQUAL(obstat_check(&report, context, rules, &file, 1, &no_today), OBSTAT_E_USAGE);
    CU_ASSERT_EQUAL_FATAL(obstat_check(&report, context, rules, &file, 1, &query), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_report_write(report, "xml", NULL, (obstat_sink){refuse, NULL}),
                    OBSTAT_E_USAGE);
    CU_ASSERT_EQUAL(obstat_report_write(report, "json", NULL, (obstat_sink){refuse, NULL}),
                    OBSTAT_E_OUTPUT);
    obstat_report_free(report);
    obstat_rules_free(rules);
    obstat_context_free(context);
    obstat_context_free(NULL);
    CU_ASSERT_EQUAL(c.bytes, 0);
}

static void diagnostics_are_kept_until_they_are_cleared(void) {
    counter c = {0};
    obstat_context *context;
    obstat_rules *rules;
    obstat_report *report;
    obstat_file file = manifest("obstat: deployment/v1\nshpo: 1\nlands: AA\n");
    CU_ASSERT_EQUAL_FATAL(new_context(&context, &c), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_rules_load(&rules, context, &load), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_check(&report, context, rules, &file, 1, &query), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_report_exit(report), 2);
    CU_ASSERT_EQUAL_FATAL(obstat_diagnostic_count(context), 1);
    obstat_diagnostic d = obstat_diagnostic_at(context, 0);
    CU_ASSERT(d.level == OBSTAT_ERROR && d.line == 2 && d.column == 1 && d.end_column == 5);
    CU_ASSERT(d.code.length == 12 && memcmp(d.code.ptr, "unknown-fact", 12) == 0);
    CU_ASSERT_EQUAL(obstat_diagnostic_at(context, 1).line, 0);
    obstat_diagnostics_clear(context);
    CU_ASSERT_EQUAL(obstat_diagnostic_count(context), 0);
    CU_ASSERT(obstat_diagnostic_about("unknown-fact").length > 0);
    CU_ASSERT_EQUAL(obstat_diagnostic_about("no-such-code").length, 0);
    obstat_context_free(context);
    CU_ASSERT_EQUAL(c.bytes, 0);
}

static void rules_are_listed(void) {
    counter c = {0};
    obstat_context *context;
    obstat_rules *rules;
    CU_ASSERT_EQUAL_FATAL(new_context(&context, &c), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_rules_load(&rules, context, &load), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_rule_count(rules), 1);
    obstat_rule r = obstat_rule_at(rules, 0);
    CHECK_STR(((str){r.id.ptr, r.id.length}), "AA-L-1");
    CHECK_STR(((str){r.severity.ptr, r.severity.length}), "major");
    CHECK_STR(((str){r.file.ptr, r.file.length}), "pack/aa/law.yaml");
    CU_ASSERT_EQUAL(r.line, 8);
    obstat_context_free(context);
}

static void rules_for_some_manifests_are_for_no_others(void) {
    counter c = {0};
    obstat_context *context;
    obstat_rules *rules;
    obstat_report *report;
    obstat_file here = manifest("obstat: deployment/v1\nshop: 5\nlands: AA\n"),
                there = manifest("obstat: deployment/v1\nshop: 5\nlands: [AA, BB]\n");
    obstat_load some = load;
    some.manifests = &here;
    some.manifest_count = 1;
    CU_ASSERT_EQUAL_FATAL(new_context(&context, &c), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_rules_load(&rules, context, &some), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_check(&report, context, rules, &here, 1, &query), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_report_exit(report), 0);
    CU_ASSERT_EQUAL(obstat_check(&report, context, rules, &there, 1, &query), OBSTAT_E_USAGE);
    CU_ASSERT_PTR_NULL(report);
    obstat_context_free(context);
    CU_ASSERT_EQUAL(c.bytes, 0);
}

// The status of the first call that failed.
static obstat_status lint(counter *c, obstat_lint_result *out, obstat_sink sink) {
    obstat_context *context;
    obstat_rules *rules;
    obstat_lint_query about = {.size = sizeof about, .today = {2027, 6, 1}, .bound = 64};
    obstat_status status = new_context(&context, c);
    if (status != OBSTAT_OK) return status;
    status = obstat_rules_load(&rules, context, &load);
    if (status == OBSTAT_OK) status = obstat_lint(out, context, rules, &about, NULL, sink);
    obstat_context_free(context);
    return status;
}

static void rules_are_linted(void) {
    counter whole = {0};
    obstat_lint_result found = {0};
    text t = {.length = 0};
    CU_ASSERT_EQUAL(lint(&whole, &found, (obstat_sink){keep, &t}), OBSTAT_OK);
    CU_ASSERT_EQUAL(whole.bytes, 0);
    CU_ASSERT_EQUAL(found.findings, 1); // its review is overdue
    CU_ASSERT_EQUAL(found.proved, 0);
    CU_ASSERT_EQUAL(found.refuted, 2); // it applies, and can be violated
    CU_ASSERT_EQUAL(found.not_examined, 0);
    CU_ASSERT_EQUAL(lint(&whole, &found, (obstat_sink){refuse, NULL}), OBSTAT_E_OUTPUT);
    size_t calls = whole.calls / 2;
    for (size_t n = 1; n <= calls; n++) {
        counter c = {.fail_at = n};
        t.length = 0;
        CU_ASSERT_EQUAL(lint(&c, &found, (obstat_sink){keep, &t}), OBSTAT_E_MEMORY);
        CU_ASSERT_EQUAL(c.bytes, 0);
    }
}

static void rules_for_some_manifests_are_not_linted(void) {
    counter c = {0};
    obstat_context *context;
    obstat_rules *rules;
    obstat_lint_result found = {0};
    obstat_file here = manifest("obstat: deployment/v1\nshop: 5\nlands: AA\n");
    obstat_load some = load;
    obstat_lint_query about = {.size = sizeof about, .today = {2026, 6, 1}};
    some.manifests = &here;
    some.manifest_count = 1;
    CU_ASSERT_EQUAL_FATAL(new_context(&context, &c), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_rules_load(&rules, context, &some), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_lint(&found, context, rules, &about, NULL, (obstat_sink){refuse, NULL}),
                    OBSTAT_E_USAGE);
    about.today = (obstat_date){0};
    CU_ASSERT_EQUAL_FATAL(obstat_rules_load(&rules, context, &load), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_lint(&found, context, rules, &about, NULL, (obstat_sink){refuse, NULL}),
                    OBSTAT_E_USAGE);
    obstat_context_free(context);
    CU_ASSERT_EQUAL(c.bytes, 0);
}

static obstat_status evaluate(obstat_context *context, const char *expression, text *t) {
    obstat_evaluation what = {.size = sizeof what, .expression = expression};
    return obstat_eval(context, &what, (obstat_sink){keep, t});
}

static void an_expression_is_evaluated(void) {
    counter c = {0};
    obstat_context *context;
    text t = {.length = 0};
    CU_ASSERT_EQUAL_FATAL(new_context(&context, &c), OBSTAT_OK);
    CU_ASSERT_EQUAL(evaluate(context, "1 + 1", &t), OBSTAT_OK);
    CHECK_STR(((str){t.bytes, t.length}), "2\n");
    CU_ASSERT_EQUAL(evaluate(context, "1 +", &t), OBSTAT_E_INPUT);
    CU_ASSERT_EQUAL(obstat_diagnostic_count(context), 1);
    obstat_context_free(context);
}

static obstat_text said(const char *s) {
    return (obstat_text){s, strlen(s)};
}

static void a_first_manifest_is_asked_for(void) {
    counter c = {0};
    obstat_context *context;
    obstat_rules *rules;
    obstat_interview *interview;
    obstat_question q;
    text t = {.length = 0};
    CU_ASSERT_EQUAL_FATAL(new_context(&context, &c), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_rules_load(&rules, context, &load), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_interview_new(&interview, context, NULL), OBSTAT_E_USAGE);
    CU_ASSERT_EQUAL_FATAL(obstat_interview_new(&interview, context, rules), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_interview_next(&q, interview), OBSTAT_OK);
    CU_ASSERT_TRUE(q.asked && q.several && q.names_markets);
    CHECK_STR(((str){q.path.ptr, q.path.length}), "lands.land");
    CHECK_STR(((str){q.ask.ptr, q.ask.length}), "Where?");
    CU_ASSERT_EQUAL(obstat_interview_answer(interview, said("AA, XX")), OBSTAT_E_INPUT);
    CU_ASSERT_EQUAL(obstat_diagnostic_count(context), 1);
    CU_ASSERT_EQUAL(obstat_interview_answer(interview, said("AA")), OBSTAT_OK);
    CU_ASSERT_EQUAL(obstat_interview_next(&q, interview), OBSTAT_OK);
    CU_ASSERT_FALSE(q.asked);
    CU_ASSERT_EQUAL(obstat_interview_answer(interview, said("BB")), OBSTAT_E_USAGE);
    CU_ASSERT_EQUAL(obstat_interview_write(interview, (obstat_sink){keep, &t}), OBSTAT_OK);
    t.bytes[t.length] = '\0';
    CU_ASSERT_PTR_NOT_NULL(strstr(t.bytes, "  - land: AA\n"));
    CU_ASSERT_PTR_NULL(strstr(t.bytes, "BB"));
    obstat_interview_free(interview);
    obstat_context_free(context);
    CU_ASSERT_EQUAL(c.bytes, 0);
}

static void schemas_are_written(void) {
    counter c = {0};
    obstat_context *context;
    obstat_rules *rules;
    CU_ASSERT_EQUAL_FATAL(new_context(&context, &c), OBSTAT_OK);
    CU_ASSERT_EQUAL_FATAL(obstat_rules_load(&rules, context, &load), OBSTAT_OK);
    for (size_t i = 0; i < obstat_schema_count(); i++) {
        bool json = false;
        const char *name = obstat_schema_name(i);
        CU_ASSERT_EQUAL(obstat_schema_write(context, rules, name, (obstat_sink){begins, &json}),
                        OBSTAT_OK);
        CU_ASSERT_TRUE(json);
        CU_ASSERT_PTR_NOT_NULL(obstat_schema_about(i));
    }
    CU_ASSERT_PTR_NULL(obstat_schema_name(obstat_schema_count()));
    CU_ASSERT_EQUAL(obstat_schema_write(context, rules, "law", (obstat_sink){refuse, NULL}),
                    OBSTAT_E_USAGE);
    CU_ASSERT_EQUAL(obstat_schema_write(context, rules, "policy", (obstat_sink){refuse, NULL}),
                    OBSTAT_E_OUTPUT);
    obstat_context_free(context);
    CU_ASSERT_EQUAL(c.bytes, 0);
}

int register_api(void) {
    static CU_TestInfo tests[] = {
        {"a whole run gives all memory back", a_whole_run_gives_all_memory_back},
        {"each allocation may fail", each_allocation_may_fail},
        {"a limit of memory holds", a_limit_of_memory_holds},
        {"wrong calls are told", wrong_calls_are_told},
        {"diagnostics are kept until they are cleared",
         diagnostics_are_kept_until_they_are_cleared},
        {"rules are listed", rules_are_listed},
        {"rules for some manifests are for no others", rules_for_some_manifests_are_for_no_others},
        {"rules are linted", rules_are_linted},
        {"rules for some manifests are not linted", rules_for_some_manifests_are_not_linted},
        {"an expression is evaluated", an_expression_is_evaluated},
        {"a first manifest is asked for", a_first_manifest_is_asked_for},
        {"schemas are written", schemas_are_written},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("api", tests);
}
