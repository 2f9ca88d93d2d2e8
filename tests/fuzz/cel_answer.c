// SPDX-License-Identifier: Apache-2.0
//
// The stream of `eval`: any line has one answer, a line of JSON. Asked twice it is the same; a
// value in it is of the type beside it, and is read and written again as it is.
#include "cel/typed_json.h"
#include "values.h"

static str answer(arena *a, str line) {
    buf out = {.arena = a};
    cel_answer_line(&out, a, line);
    return buf_str(&out);
}

static void judge_value(arena *a, const node *n, const node *kind) {
    diags d = {.arena = a};
    buf out = {.arena = a};
    value v;
    MUST(typed_json_read(&v, a, &d, n), "the value is not read: %.*s",
         STR_ARG(d.list.at[0].message));
    MUST(typed_json_write(&out, v), "the value is not written again");
    str first = str_sub(n->at.src->text, n->at.from, n->at.to);
    MUST(str_eq(first, buf_str(&out)), "written again as %.*s, not %.*s", STR_ARG(buf_str(&out)),
         STR_ARG(first));
    const type *t = kind ? type_parse(a, kind->text) : NULL;
    MUST(!t || fuzz_is_of(v, t), "%.*s is no %.*s", STR_ARG(first), STR_ARG(kind->text));
}

static void reply(arena *a, str line) {
    str out = answer(a, line);
    diags d = {.arena = a};
    docs read;
    fuzz_judge_text(out);
    MUST(str_find(out, STR("\n")) < 0, "several lines: %.*s", STR_ARG(out));
    MUST(doc_read(&read, a, &d, &doc_default_limits, DOC_JSON, STR("answer"), out), "%.*s: %.*s",
         STR_ARG(d.list.at[0].message), STR_ARG(out));
    const node *n = read.list.at[0], *v = doc_get(n, "value"), *t = doc_get(n, "type");
    MUST((doc_get(n, "error") != NULL) == (!v && !t), "no answer: %.*s", STR_ARG(out));
    if (v) judge_value(a, v, t);
    MUST(str_eq(out, answer(a, line)), "another answer: %.*s", STR_ARG(out));
}

int fuzz_cel_answer(const uint8_t *data, size_t size) {
    return fuzz_run(reply, data, size);
}
