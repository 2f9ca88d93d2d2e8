// SPDX-License-Identifier: Apache-2.0
// Feeds a case of tests/diagnostics/cel to the parser. The line break that ends the file is no part
// of the expression.
#include "cases/cases.h"
#include "cel/ast.h"

void run_cel_case(case_output *out, const case_input *in) {
    str s = in->files[0].text;
    if (str_ends(s, STR("\n"))) s = str_sub(s, 0, s.len - 1);
    cel_text text = {s, NULL, source_new(out->arena, in->files[0].name, s)};
    expr *e = cel_parse(out->arena, &out->diags, &text, false);
    if (e) cel_print(&out->value, e);
}
