// SPDX-License-Identifier: Apache-2.0
//
// Cases of tests/diagnostics/mutants: the mutants of a policy, of which only the part that a case
// is about is written. Each is a line of the value, and must be in the file where it says it is.
#include "author/mutants.h"
#include "cases/cases.h"

#include <CUnit/CUnit.h>

static void add_owners(buf *out, const mutant *m) {
    static const char *const kinds[] = {
        [OWNER_POLICY] = "policy",   [OWNER_DEFINITION] = "definition",
        [OWNER_SETTING] = "setting", [OWNER_ROLE] = "role",
        [OWNER_RULE] = "rule",
    };
    for (size_t i = 0; i < m->owners.len; i++) {
        const mutant_owner *o = &m->owners.at[i];
        buf_addf(out, "%s%s", i ? ", " : "", kinds[o->kind]);
        if (o->name.len) buf_addf(out, " %.*s", STR_ARG(o->name));
    }
}

// With a sign for the end of a line.
static str on_one_line(arena *a, str s) {
    buf out = {.arena = a};
    for (size_t i = 0; i < s.len; i++)
        buf_add(&out, s.ptr[i] == '\n' ? STR("⏎") : str_sub(s, i, i + 1));
    return buf_str(&out);
}

static void add_mutant(buf *out, const mutant *m) {
    const source *src = m->at.src;
    position from = source_position(src, m->at.from), to = source_position(src, m->at.to);
    str old = on_one_line(out->arena, str_sub(src->text, m->at.from, m->at.to));
    buf_addf(out, "%u:%u-%u:%u |%.*s| %s |%.*s| (%s; ", from.line, from.column, to.line, to.column,
             STR_ARG(old), m->replacement.len ? "becomes" : "goes", STR_ARG(m->replacement),
             mutant_names[m->kind]);
    add_owners(out, m);
    buf_adds(out, ")\n");
}

// The text differs where the mutant says, and nowhere else.
static void check_text(arena *a, const mutant *m) {
    str was = m->at.src->text, is = mutant_text(a, m);
    size_t behind = was.len - m->at.to;
    CU_ASSERT(str_eq(str_sub(was, 0, m->at.from), str_sub(is, 0, m->at.from)));
    CU_ASSERT(str_eq(str_sub(was, m->at.to, was.len), str_sub(is, is.len - behind, is.len)));
    CU_ASSERT(is.len == was.len - (m->at.to - m->at.from) + m->replacement.len);
}

void run_mutants_case(case_output *out, const case_input *in) {
    docs read;
    mutants all = {0};
    if (!doc_read(&read, out->arena, &out->diags, &doc_default_limits, DOC_YAML, in->files[0].name,
                  in->files[0].text))
        return;
    for (size_t i = 0; i < read.list.len; i++)
        mutants_add(&all, out->arena, read.list.at[i]);
    for (size_t i = 0; i < all.list.len; i++) {
        check_text(out->arena, &all.list.at[i]);
        add_mutant(&out->value, &all.list.at[i]);
    }
}
