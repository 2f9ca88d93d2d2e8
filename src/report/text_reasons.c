// SPDX-License-Identifier: Apache-2.0
//
// Why an entry is as it is: the facts that decided it, those that are missing, what is presumed.
// Facts of several subjects that differ in nothing but the subject are one line:
// `features[chat, search].does`. The facts that few findings rest on come first, for they are what
// is particular to this one.
#include "report/text.h"

#include <stdlib.h>

enum { VALUES_AT = 12, FACTS_MAX = 6, NEEDS_MAX = 12 };

// Reasons that are told in one line.
typedef struct merged {
    const report_reason *first;
    str before, after; // of the path, around what differs
    text_list ids, lines;
    size_t weight; // the number of findings that rest on the commonest of them
} merged;

typedef vec(merged) merged_list;

// Where a path's first bracket opens and closes; false: it has none.
static bool bracket(str path, size_t *open, size_t *close) {
    size_t i = 0;
    while (i < path.len && path.ptr[i] != '[' && path.ptr[i] != '(')
        i++;
    if (i == path.len) return false;
    char closing = path.ptr[i] == '[' ? ']' : ')';
    *open = i;
    while (i < path.len && path.ptr[i] != closing)
        i++;
    *close = i;
    return i < path.len;
}

static void split(str path, str *before, str *id, str *after) {
    size_t open, close;
    *before = path;
    *id = *after = STR("");
    if (!bracket(path, &open, &close)) return;
    *before = str_sub(path, 0, open + 1);
    *id = str_sub(path, open + 1, close);
    *after = str_sub(path, close, path.len);
}

static size_t weight_of(teller *t, size_t manifest, str path) {
    if (!t->weights.len) {
        for (size_t i = 0; i < t->report->finding_count; i++) {
            const report_finding *f = &t->report->findings[i];
            if (f->manifest != manifest) continue;
            for (size_t k = 0; k < f->because.count; k++) {
                size_t *count = map_get(&t->weights, f->because.at[k].path);
                if (!count) {
                    count = arena_new(t->arena, size_t);
                    map_put(t->arena, &t->weights, f->because.at[k].path, count);
                }
                ++*count;
            }
        }
    }
    const size_t *count = map_get(&t->weights, path);
    return count ? *count : 0;
}

static bool one_line(const merged *m, const report_reason *r, str before, str after) {
    return str_eq(m->before, before) && str_eq(m->after, after) &&
           str_eq(m->first->value, r->value) && str_eq(m->first->ask, r->ask) &&
           m->first->open_term == r->open_term && m->first->exact == r->exact;
}

static void add_once(arena *a, text_list *list, str s) {
    if (s.len && !text_list_has(list, s)) vec_push(a, list, s);
}

static str line_of(teller *t, const report_reason *r, str file) {
    buf b = {.arena = t->arena};
    if (!r->at.line) return STR("");
    if (!str_eq(r->at.file, file)) {
        buf_add(&b, r->at.file);
        buf_addc(&b, ':');
    }
    buf_addu(&b, r->at.line);
    return buf_str(&b);
}

static void add_reason(teller *t, merged_list *list, const report_reason *r, str file,
                       size_t manifest) {
    str before, id, after;
    split(r->path, &before, &id, &after);
    merged *m = NULL;
    for (size_t i = 0; i < list->len && !m; i++)
        if (one_line(&list->at[i], r, before, after)) m = &list->at[i];
    if (!m) {
        vec_push(t->arena, list, (merged){.first = r, .before = before, .after = after});
        m = &list->at[list->len - 1];
    }
    size_t weight = weight_of(t, manifest, r->path);
    if (weight > m->weight) m->weight = weight;
    add_once(t->arena, &m->ids, id);
    add_once(t->arena, &m->lines, line_of(t, r, file));
}

static int by_weight(const void *x, const void *y) {
    const merged *a = x, *b = y;
    if (a->weight != b->weight) return a->weight < b->weight ? -1 : 1;
    return str_cmp(a->first->path, b->first->path);
}

static merged_list reasons(teller *t, const entry *e, bool needs) {
    merged_list list = {0};
    for (size_t i = 0; i < e->findings.len; i++) {
        const report_finding *f = e->findings.at[i];
        const report_reasons *from = needs ? &f->needs : &f->because;
        for (size_t k = 0; k < from->count; k++)
            add_reason(t, &list, &from->at[k], e->first->at.file, f->manifest);
    }
    if (!needs && list.len) qsort(list.at, list.len, sizeof *list.at, by_weight);
    return list;
}

static str path_of(teller *t, const merged *m) {
    return str_joined(t->arena, m->before, text_join(t->arena, m->ids.at, m->ids.len, ", "),
                      m->after);
}

static void because_one(teller *t, const merged *m, unsigned column) {
    page *p = &t->page;
    page_tab(p, column);
    p->indent = column + 2;
    page_words(p, INK_PLAIN, path_of(t, m));
    page_words(p, INK_PLAIN, STR("="));
    page_words(p, INK_NAME, m->first->value);
    if (m->lines.len)
        page_wordsf(p, INK_FAINT, "(line %.*s)",
                    STR_ARG(text_join(t->arena, m->lines.at, m->lines.len, ", ")));
    page_end(p);
}

static void needs_one(teller *t, const merged *m) {
    page *p = &t->page;
    page_tab(p, VALUES_AT);
    p->indent = VALUES_AT + 2;
    if (m->first->open_term) page_words(p, INK_OPEN, STR("a judgement on"));
    page_words(p, INK_NAME, path_of(t, m));
    if (!m->first->exact) page_words(p, INK_FAINT, STR("(perhaps)"));
    if (m->first->ask.len) {
        if (p->column + 1 + page_width(m->first->ask) > p->width) {
            page_end(p);
            page_tab(p, VALUES_AT + 2);
        }
        page_words(p, INK_PLAIN, m->first->ask);
    }
    page_end(p);
}

static void facts(teller *t, const entry *e, bool needs) {
    merged_list list = reasons(t, e, needs);
    if (!list.len) return;
    size_t most = needs ? NEEDS_MAX : FACTS_MAX;
    if (t->options->verbose || list.len <= most + 1) most = list.len;
    text_key(&t->page, needs ? "needs:" : "because:");
    for (size_t i = 0; i < most; i++) {
        if (needs)
            needs_one(t, &list.at[i]);
        else
            because_one(t, &list.at[i], VALUES_AT);
    }
    if (most < list.len) {
        page_tab(&t->page, VALUES_AT);
        page_wordsf(&t->page, INK_FAINT, "and %zu more (-v shows all)", list.len - most);
        page_end(&t->page);
    }
}

void text_because(teller *t, const entry *e, unsigned column) {
    merged_list list = reasons(t, e, false);
    for (size_t i = 0; i < list.len; i++)
        because_one(t, &list.at[i], column);
}

// --- what is presumed

// The names of one finding, which commas part that stand in no brackets.
static void add_presumed(teller *t, merged_list *list, const report_finding *f) {
    size_t from = 0, depth = 0;
    for (size_t i = 0; i <= f->presumed.len; i++) {
        char c = i < f->presumed.len ? f->presumed.ptr[i] : ',';
        depth += c == '(';
        depth -= c == ')' && depth > 0;
        if (c != ',' || depth > 0) continue;
        report_reason *r = arena_new(t->arena, report_reason);
        r->path = str_trim(str_sub(f->presumed, from, i));
        if (r->path.len) add_reason(t, list, r, STR(""), f->manifest);
        from = i + 1;
    }
}

static void presumed(teller *t, const entry *e) {
    merged_list list = {0};
    for (size_t i = 0; i < e->findings.len; i++)
        add_presumed(t, &list, e->findings.at[i]);
    for (size_t i = 0; i < list.len; i++) {
        text_key(&t->page, i ? "" : "presumed:");
        page_words(&t->page, INK_PLAIN, path_of(t, &list.at[i]));
        page_end(&t->page);
    }
}

// --- all of it

static str as_of(const teller *t, const report_finding *f) {
    for (size_t i = 0; i < t->report->clearance_count; i++)
        if (t->report->clearances[i].manifest == f->manifest &&
            str_eq(t->report->clearances[i].place, f->place))
            return t->report->clearances[i].as_of;
    return STR("");
}

bool text_begins_later(const teller *t, const report_finding *f) {
    return f->from.len && str_cmp(f->from, as_of(t, f)) > 0;
}

static void add_part(buf *b, const char *between, str s) {
    if (!s.len) return;
    if (b->len) buf_adds(b, between);
    buf_add(b, s);
}

static void when(teller *t, const report_finding *f) {
    buf b = {.arena = t->arena};
    if (text_begins_later(t, f)) text_day(&b, "applies from", f->from, f->from_cites);
    bool past = f->due.len && str_cmp(f->due, as_of(t, f)) < 0;
    if (f->due.len)
        add_part(&b, "; ",
                 str_format(t->arena, "%s on %.*s", past ? "was due" : "due", STR_ARG(f->due)));
    if (str_is(f->outcome, "grace")) {
        str until = f->grace_until.len
                        ? str_format(t->arena, "no sanctions until %.*s", STR_ARG(f->grace_until))
                        : STR("no sanctions for now");
        add_part(&b, "; ", until);
        add_part(&b, ": ", f->grace_title);
    }
    if (!b.len) return;
    text_key(&t->page, "when:");
    page_words(&t->page, str_is(f->outcome, "upcoming") ? INK_SOON : INK_PLAIN, buf_str(&b));
    page_end(&t->page);
}

void text_reasons(teller *t, const entry *e) {
    when(t, e->first);
    if (e->first->why.len) {
        text_key(&t->page, "why:");
        page_words(&t->page, INK_PLAIN, e->first->why);
        page_end(&t->page);
    }
    facts(t, e, false);
    presumed(t, e);
    facts(t, e, true);
}
