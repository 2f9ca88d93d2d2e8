// SPDX-License-Identifier: Apache-2.0
//
// A page about one rule, in the words of its file: which law, whom it binds, when it applies, what
// it demands, the ways to meet it; and what became of it where it was asked.
#include "report/text.h"

#include "report/formats.h"

enum { TEXT_AT = 14 };

static void key(page *p, const char *name) {
    page_tab(p, 0);
    page_puts(p, INK_NAME, name);
    page_tab(p, TEXT_AT);
}

static void entry_line(page *p, const char *name, str text) {
    if (!text.len) return;
    key(p, name);
    page_words(p, INK_PLAIN, text);
    page_end(p);
}

static void law(teller *t, const report_rule *rule) {
    page *p = &t->page;
    static const report_policy none;
    const report_policy *policy = text_policy(t->report, rule->policy);
    if (!policy) policy = &none;
    entry_line(p, "law", policy->name);
    entry_line(p, "", policy->native);
    entry_line(p, "", policy->number);
    entry_line(p, "article", rule->cites);
    entry_line(p, "source", rule->url.len ? rule->url : policy->url);
    key(p, "kind");
    page_wordsf(p, INK_PLAIN, "%.*s; %.*s; severity %.*s", STR_ARG(rule->kind),
                STR_ARG(text_basis(rule->basis)), STR_ARG(rule->severity));
    page_end(p);
    entry_line(p, "status", policy->status);
    entry_line(p, "effective",
               text_join(t->arena, rule->effective.at, rule->effective.count, "; "));
    if (rule->reviewed_on.len) {
        key(p, "reviewed");
        page_wordsf(p, INK_PLAIN, "on %.*s with %.*s confidence%s%.*s", STR_ARG(rule->reviewed_on),
                    STR_ARG(rule->confidence), rule->recheck.len ? "; again by " : "",
                    STR_ARG(rule->recheck));
        page_end(p);
    }
    key(p, "file");
    page_put(p, INK_PLAIN, rule->file);
    page_put(p, INK_PLAIN, str_format(t->arena, ":%u", rule->line));
    page_end(p);
    entry_line(p, "chapter", rule->chapter);
    entry_line(p, "note", rule->note);
}

static const char *part_heading(str part) {
    static const struct {
        const char *part, *heading;
    } headings[] = {{"each", "It is asked once for each"}, {"binds", "It binds us where"},
                    {"applies", "It applies where"},       {"except", "except where"},
                    {"requires", "It demands that"},       {"due", "It falls due on"}};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (str_is(part, headings[i].part)) return headings[i].heading;
    return "It says";
}

static void titled(page *p, unsigned at, str title, str cites) {
    page_words(p, INK_NAME, title);
    if (cites.len) page_wordsf(p, INK_PLAIN, "(%.*s)", STR_ARG(cites));
    p->indent = at;
}

static void condition(teller *t, const report_condition *c) {
    page *p = &t->page;
    unsigned column = 2 + 2 * c->depth;
    page_tab(p, column);
    page_words(p, INK_PLAIN, STR("-"));
    page_tab(p, column + 2);
    if (c->title.len) titled(p, column + 2, c->title, c->cites);
    if (c->joint.len)
        page_wordsf(p, INK_PLAIN, "%.*s%s", STR_ARG(c->joint),
                    str_is(c->joint, "unless") ? ":" : " of these:");
    if (c->text.len && c->title.len) {
        page_end(p);
        page_tab(p, column + 4);
    }
    page_words(p, c->title.len ? INK_FAINT : INK_PLAIN, c->text);
    page_end(p);
}

static void conditions(teller *t, const report_rule *rule) {
    str part = STR("");
    for (size_t i = 0; i < rule->condition_count; i++) {
        const report_condition *c = &rule->conditions[i];
        if (!str_eq(part, c->role)) {
            page_end(&t->page);
            page_puts(&t->page, INK_NAME, part_heading(c->role));
            page_end(&t->page);
        }
        part = c->role;
        condition(t, c);
    }
}

static void terms(teller *t, const report_rule *rule) {
    page *p = &t->page;
    if (!rule->term_count) return;
    page_end(p);
    page_puts(p, INK_NAME, "where");
    page_end(p);
    for (size_t i = 0; i < rule->term_count; i++) {
        const report_term *term = &rule->terms[i];
        page_tab(p, 2);
        page_words(p, INK_PLAIN, STR("-"));
        page_tab(p, 4);
        page_words(p, INK_NAME, term->name);
        if (!term->question.len && term->title.len) page_puts(p, INK_PLAIN, ":");
        if (term->question.len) page_words(p, INK_OPEN, STR("is for people to judge:"));
        page_words(p, INK_PLAIN, term->question.len ? term->question : term->title);
        if (term->cites.len) page_wordsf(p, INK_PLAIN, "(%.*s)", STR_ARG(term->cites));
        page_end(p);
        if (!term->text.len) continue;
        page_tab(p, 6);
        if (term->question.len) page_words(p, INK_PLAIN, STR("presumed where"));
        page_words(p, INK_FAINT, term->text);
        page_end(p);
    }
}

static void ways(teller *t, const report_rule *rule) {
    page *p = &t->page;
    if (!rule->way_count) return;
    page_end(p);
    page_puts(p, INK_NAME, "Ways to meet it");
    page_end(p);
    for (size_t i = 0; i < rule->way_count; i++) {
        const report_way *w = &rule->ways[i];
        str time = text_period(t->arena, w->lead_time);
        page_tab(p, 2);
        page_wordsf(p, INK_PLAIN, "%zu.", i + 1);
        page_tab(p, 5);
        page_words(p, INK_PLAIN, w->title);
        if (time.len) page_wordsf(p, INK_PLAIN, "(takes %.*s)", STR_ARG(time));
        if (w->advice) page_words(p, INK_FAINT, STR("(advice)"));
        if (w->role.len) page_wordsf(p, INK_PLAIN, "– partner: %.*s", STR_ARG(w->role));
        page_end(p);
        for (size_t k = 0; k < w->sets.count; k++) {
            page_tab(p, 7);
            page_wordsf(p, INK_FAINT, "set %.*s", STR_ARG(w->sets.at[k]));
            page_end(p);
        }
    }
}

static void sanctions(teller *t, const report_rule *rule) {
    page *p = &t->page;
    if (!rule->sanction_count) return;
    page_end(p);
    page_puts(p, INK_NAME, "If it is not met");
    page_end(p);
    for (size_t i = 0; i < rule->sanction_count; i++) {
        page_tab(p, 2);
        page_words(p, INK_PLAIN, rule->sanctions[i].title);
        if (rule->sanctions[i].cites.len)
            page_wordsf(p, INK_PLAIN, "(%.*s)", STR_ARG(rule->sanctions[i].cites));
        page_end(p);
    }
}

static bool any_outcome(const report_outcome *o) {
    (void)o;
    return true;
}

static ink line_ink(const report_line *l) {
    if (str_is(l->value, "true") || str_is(l->value, "holds")) return INK_GOOD;
    if (str_is(l->value, "false") || str_is(l->value, "does not hold")) return INK_BAD;
    if (str_is(l->value, "error") || str_is(l->value, "cannot be evaluated")) return INK_BAD;
    return l->fact ? INK_NAME : INK_OPEN;
}

static void line(teller *t, const report_line *l) {
    page *p = &t->page;
    unsigned column = 4 + 2 * l->depth;
    page_tab(p, column < p->width / 2 ? column : p->width / 2);
    p->indent += 2;
    page_words(p, l->value.len && !l->fact ? INK_PLAIN : l->fact ? INK_FAINT : INK_NAME, l->text);
    if (l->value.len) {
        page_puts(p, INK_FAINT, l->fact ? " =" : ":");
        page_words(p, line_ink(l), l->value);
    }
    page_end(p);
}

// A finding taken apart: one sentence, then each line that decided, with what it gave.
static void taken_apart(teller *t, const report_finding *f) {
    page *p = &t->page;
    if (f->subject.len) {
        page_tab(p, 2);
        page_words(p, INK_NAME, f->subject);
        page_put(p, INK_NAME, STR(":"));
    }
    page_tab(p, p->column ? p->column + 1 : 2);
    p->indent = 4;
    page_words(p, INK_PLAIN, f->sentence);
    page_end(p);
    for (size_t i = 0; i < f->line_count; i++)
        line(t, &f->lines[i]);
    page_end(p);
}

static void found(teller *t, const entry *e) {
    page_end(&t->page);
    page_rule(&t->page, INK_NAME, text_join(t->arena, e->places.at, e->places.len, ", "));
    page_end(&t->page);
    text_head(t, e);
    if (e->first->line_count) {
        page_end(&t->page);
        for (size_t i = 0; i < e->findings.len; i++)
            taken_apart(t, e->findings.at[i]);
    }
    if (!e->first->line_count || e->first->needs.count) text_reasons(t, e);
}

static void findings(teller *t, const report_rule *rule) {
    for (size_t m = 0; m < t->report->manifest_count; m++) {
        section_list sections = text_sections(t, m, any_outcome);
        for (size_t i = 0; i < sections.len; i++)
            for (size_t k = 0; k < sections.at[i].entries.len; k++)
                if (sections.at[i].entries.at[k].rule == rule)
                    found(t, &sections.at[i].entries.at[k]);
    }
}

void explain_write(buf *out, const report *r, const report_rule *rule,
                   const report_options *options) {
    report_options all = *options;
    all.verbose = true;
    teller t = {.report = r, .options = &all, .arena = out->arena, .page = page_new(out, options)};
    t.page.indent = 2;
    page_words(&t.page, INK_NAME, rule->id);
    page_words(&t.page, INK_NAME, rule->title);
    page_end(&t.page);
    page_end(&t.page);
    law(&t, rule);
    conditions(&t, rule);
    terms(&t, rule);
    ways(&t, rule);
    sanctions(&t, rule);
    findings(&t, rule);
}
