// SPDX-License-Identifier: Apache-2.0
// Runs the cases of tests/cases/cel (README.md there): an expression, variables, a result.
#include "base/diag.h"
#include "cel/typed_json.h"
#include "doc/doc.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct block {
    str expression, result;
    buf vars; // members of a JSON object
} block;

static str read_all(arena *a, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/tests/cases/cel/%s", OBSTAT_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    static char text[1 << 18];
    size_t n = fread(text, 1, sizeof text, file);
    fclose(file);
    CU_ASSERT_FATAL(n < sizeof text);
    return str_copy(a, (str){text, n});
}

static str next_line(str *rest) {
    ptrdiff_t end = str_find(*rest, STR("\n"));
    str line = end < 0 ? *rest : str_sub(*rest, 0, (size_t)end);
    *rest = str_sub(*rest, line.len + 1, rest->len);
    return line;
}

// False at the end.
static bool next_block(arena *a, str *rest, block *out) {
    *out = (block){.vars = {.arena = a}};
    while (rest->len) {
        str line = next_line(rest);
        if (str_starts(line, STR("#"))) continue;
        if (line.len == 0 && out->expression.len) return true;
        ptrdiff_t equals = str_find(line, STR(" = "));
        if (str_starts(line, STR("-> "))) {
            out->result = str_sub(line, 3, line.len);
        } else if (out->expression.len && equals > 0) {
            buf_addf(&out->vars, "%s\"%.*s\": ", out->vars.len ? ", " : "", (int)equals, line.ptr);
            buf_add(&out->vars, str_sub(line, (size_t)equals + 3, line.len));
        } else if (line.len) {
            CU_ASSERT_FATAL(out->expression.len == 0); // a line that is nothing of a case
            out->expression = line;
        }
    }
    return out->expression.len > 0;
}

static str answer(arena *a, const block *b) {
    buf line = {.arena = a}, out = {.arena = a};
    buf_adds(&line, "{\"disable_check\": true, \"expr\": ");
    doc_write_json_string(&line, b->expression);
    buf_addf(&line, ", \"vars\": {%.*s}}", STR_ARG(buf_str(&b->vars)));
    cel_answer_line(&out, a, buf_str(&line));
    return buf_str(&out);
}

static bool holds(const block *b, str got) {
    if (str_starts(b->result, STR("error ")))
        return str_starts(got, STR("{\"error\":")) &&
               str_find(got, str_sub(b->result, 6, b->result.len)) >= 0;
    str begin = STR("{\"value\":");
    return str_starts(got, begin) && str_eq(str_sub(got, begin.len, got.len - 1), b->result);
}

static void run(const char *name) {
    arena *a = unit_arena();
    str rest = read_all(a, name);
    block b;
    size_t count = 0;
    while (next_block(a, &rest, &b)) {
        str got = answer(a, &b);
        bool good = holds(&b, got);
        if (!good)
            printf("\n  %s: %.*s\n  got %.*s, not %.*s", name, STR_ARG(b.expression), STR_ARG(got),
                   STR_ARG(b.result));
        CU_ASSERT(good);
        CU_ASSERT(b.result.len > 0);
        count++;
    }
    CU_ASSERT(count > 10);
}

static void standard(void) {
    run("standard.txt");
}

static void unknown(void) {
    run("unknown.txt");
}

static void open_lists(void) {
    run("open.txt");
}

static void bounds(void) {
    run("bounds.txt");
}

static void errors(void) {
    run("errors.txt");
}

static void strings(void) {
    run("strings.txt");
}

static void formats(void) {
    run("format.txt");
}

static void math(void) {
    run("math.txt");
}

int register_expressions(void) {
    static CU_TestInfo tests[] = {
        {"the standard functions", standard},
        {"unknown", unknown},
        {"open lists", open_lists},
        {"bounds", bounds},
        {"errors", errors},
        {"the strings extension", strings},
        {"format", formats},
        {"the math extension", math},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("expressions", tests);
}
