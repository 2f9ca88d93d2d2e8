// SPDX-License-Identifier: Apache-2.0
//
// The JSON report, `obstat: report/v1`: the full image of the model, in one layout (members in a
// fixed order, two blanks of indentation), so that the same report is the same bytes. Members are
// added, never renamed. A date or text that is not there is null; a place that is not there is left
// out.
#include "doc/doc.h"
#include "report/formats.h"

typedef struct writer {
    buf *out;
    unsigned depth;
    bool first; // nothing stands yet in what is open
} writer;

static void begin_line(writer *w) {
    buf_adds(w->out, w->first ? "\n" : ",\n");
    for (unsigned i = 0; i < w->depth; i++)
        buf_adds(w->out, "  ");
    w->first = false;
}

// The next member of a map, or with NULL the next item of a list.
static void begin(writer *w, const char *key) {
    begin_line(w);
    if (!key) return;
    doc_write_json_string(w->out, str_of(key));
    buf_adds(w->out, ": ");
}

static void open(writer *w, const char *key, char bracket) {
    begin(w, key);
    buf_addc(w->out, bracket);
    w->depth++;
    w->first = true;
}

static void close(writer *w, char bracket) {
    w->depth--;
    if (!w->first) {
        w->first = true;
        begin_line(w);
    }
    w->first = false;
    buf_addc(w->out, bracket);
}

static void text(writer *w, const char *key, str s) {
    begin(w, key);
    doc_write_json_string(w->out, s);
}

static void text_or_null(writer *w, const char *key, str s) {
    if (s.len) {
        text(w, key, s);
        return;
    }
    begin(w, key);
    buf_adds(w->out, "null");
}

static void number(writer *w, const char *key, size_t n) {
    begin(w, key);
    buf_addf(w->out, "%zu", n);
}

static void truth(writer *w, const char *key, bool b) {
    begin(w, key);
    buf_adds(w->out, b ? "true" : "false");
}

// "true", "false", else null.
static void truth_or_null(writer *w, const char *key, str s) {
    begin(w, key);
    buf_add(w->out, str_is(s, "true") || str_is(s, "false") ? s : STR("null"));
}

static void texts(writer *w, const char *key, const report_texts *list) {
    open(w, key, '[');
    for (size_t i = 0; i < list->count; i++)
        text(w, NULL, list->at[i]);
    close(w, ']');
}

static void numbers(writer *w, const char *key, const size_t *list, size_t count) {
    open(w, key, '[');
    for (size_t i = 0; i < count; i++)
        number(w, NULL, list[i]);
    close(w, ']');
}

static void place(writer *w, const report_at *at) {
    if (at->file.len) text(w, "file", at->file);
    if (!at->line) return;
    number(w, "line", at->line);
    number(w, "column", at->column);
    number(w, "end_line", at->end_line);
    number(w, "end_column", at->end_column);
    if (at->text.len) text(w, "text", at->text);
    if (at->text_column > 1) number(w, "text_column", at->text_column);
}

static void at(writer *w, const char *key, const report_at *where) {
    open(w, key, '{');
    place(w, where);
    text(w, "path", where->path);
    close(w, '}');
}

static void files(writer *w, const report *r) {
    open(w, "manifests", '[');
    for (size_t i = 0; i < r->manifest_count; i++) {
        open(w, NULL, '{');
        text(w, "file", r->manifests[i].path);
        text_or_null(w, "digest", r->manifests[i].digest);
        truth(w, "unusable", r->manifests[i].unusable);
        close(w, '}');
    }
    close(w, ']');
    open(w, "rules_folders", '[');
    for (size_t i = 0; i < r->folder_count; i++) {
        open(w, NULL, '{');
        text(w, "path", r->folders[i].path);
        text_or_null(w, "digest", r->folders[i].digest);
        close(w, '}');
    }
    close(w, ']');
}

static void clearances(writer *w, const report *r) {
    open(w, "clearances", '[');
    for (size_t i = 0; i < r->clearance_count; i++) {
        const report_clearance *c = &r->clearances[i];
        open(w, NULL, '{');
        number(w, "manifest", c->manifest);
        text(w, "market", c->market);
        text(w, "place", c->place);
        text(w, "name", c->name);
        text(w, "as_of", c->as_of);
        text(w, "clearance", c->clearance);
        texts(w, "rests_on", &c->rests_on);
        open(w, "counts", '{');
        for (size_t k = 0; k < REPORT_OUTCOMES; k++)
            number(w, report_outcomes[k].name, c->counts[k]);
        close(w, '}');
        close(w, '}');
    }
    close(w, ']');
}

static void because(writer *w, const report_reasons *list) {
    open(w, "because", '[');
    for (size_t i = 0; i < list->count; i++) {
        open(w, NULL, '{');
        text(w, "path", list->at[i].path);
        text(w, "value", list->at[i].value);
        place(w, &list->at[i].at);
        close(w, '}');
    }
    close(w, ']');
}

static void needs(writer *w, const report_reasons *list) {
    open(w, "needs", '[');
    for (size_t i = 0; i < list->count; i++) {
        open(w, NULL, '{');
        text(w, "path", list->at[i].path);
        truth(w, "exact", list->at[i].exact);
        truth(w, "open_term", list->at[i].open_term);
        text(w, "ask", list->at[i].ask);
        place(w, &list->at[i].at);
        close(w, '}');
    }
    close(w, ']');
}

static void ways(writer *w, const report_rule *rule) {
    open(w, "ways", '[');
    for (size_t i = 0; rule && i < rule->way_count; i++) {
        const report_way *way = &rule->ways[i];
        open(w, NULL, '{');
        text(w, "title", way->title);
        text_or_null(w, "role", way->role);
        text(w, "lead_time", way->lead_time);
        truth(w, "advice", way->advice);
        text_or_null(w, "drop", way->drop);
        texts(w, "sets", &way->sets);
        close(w, '}');
    }
    close(w, ']');
}

static const report_rule *rule_of(const report *r, str id) {
    for (size_t i = 0; i < r->rule_count; i++)
        if (str_eq(r->rules[i].id, id)) return &r->rules[i];
    return NULL;
}

static void exemption(writer *w, const report_finding *f) {
    if (!f->exception.len && !f->exception_cites.len) {
        text_or_null(w, "exception", STR(""));
        return;
    }
    open(w, "exception", '{');
    text(w, "title", f->exception);
    text(w, "cites", f->exception_cites);
    close(w, '}');
}

static void lines(writer *w, const report_finding *f) {
    open(w, "explained", '[');
    for (size_t i = 0; i < f->line_count; i++) {
        open(w, NULL, '{');
        number(w, "depth", f->lines[i].depth);
        text(w, "text", f->lines[i].text);
        text_or_null(w, "value", f->lines[i].value);
        truth(w, "fact", f->lines[i].fact);
        close(w, '}');
    }
    close(w, ']');
}

static void finding(writer *w, const report *r, const report_finding *f) {
    open(w, NULL, '{');
    number(w, "id", f->id);
    number(w, "manifest", f->manifest);
    text(w, "market", f->market);
    text(w, "place", f->place);
    text(w, "rule", f->rule);
    text(w, "subject", f->subject);
    text(w, "outcome", f->outcome);
    text(w, "severity", f->severity);
    at(w, "at", &f->at);
    because(w, &f->because);
    needs(w, &f->needs);
    text_or_null(w, "from", f->from);
    text_or_null(w, "from_cites", f->from_cites);
    text_or_null(w, "due", f->due);
    text_or_null(w, "grace_until", f->grace_until);
    text_or_null(w, "grace_title", f->grace_title);
    exemption(w, f);
    text_or_null(w, "displaced_by", f->displaced_by);
    text_or_null(w, "why", f->why);
    text_or_null(w, "presumed", f->presumed);
    text_or_null(w, "waiver", STR(""));
    text_or_null(w, "sentence", f->sentence);
    lines(w, f);
    ways(w, rule_of(r, f->rule));
    close(w, '}');
}

static void candidate(writer *w, const report_candidate *c) {
    open(w, NULL, '{');
    text_or_null(w, "party", c->party);
    text(w, "name", c->name);
    text(w, "from", c->from);
    truth_or_null(w, "eligible", c->eligible);
    truth_or_null(w, "engaged", c->engaged);
    text_or_null(w, "state", c->state);
    open(w, "evidence", '[');
    for (size_t i = 0; i < c->evidence_count; i++) {
        open(w, NULL, '{');
        text(w, "registry", c->evidence[i].registry);
        text(w, "number", c->evidence[i].number);
        close(w, '}');
    }
    close(w, ']');
    texts(w, "lacks", &c->lacks);
    close(w, '}');
}

static void roles(writer *w, const report *r) {
    open(w, "roles", '[');
    for (size_t i = 0; i < r->role_count; i++) {
        const report_role *role = &r->roles[i];
        open(w, NULL, '{');
        number(w, "manifest", role->manifest);
        text(w, "role", role->role);
        text(w, "title", role->title);
        texts(w, "places", &role->places);
        numbers(w, "findings", role->findings, role->finding_count);
        open(w, "candidates", '[');
        for (size_t k = 0; k < role->candidate_count; k++)
            candidate(w, &role->candidates[k]);
        close(w, ']');
        number(w, "more", role->more);
        close(w, '}');
    }
    close(w, ']');
}

static void questions(writer *w, const report *r) {
    open(w, "questions", '[');
    for (size_t i = 0; i < r->question_count; i++) {
        open(w, NULL, '{');
        number(w, "manifest", r->questions[i].manifest);
        text(w, "path", r->questions[i].path);
        text(w, "ask", r->questions[i].ask);
        numbers(w, "decides", r->questions[i].decides, r->questions[i].decides_count);
        close(w, '}');
    }
    close(w, ']');
}

static void conditions(writer *w, const report_rule *rule) {
    open(w, "conditions", '[');
    for (size_t i = 0; i < rule->condition_count; i++) {
        const report_condition *c = &rule->conditions[i];
        open(w, NULL, '{');
        text(w, "part", c->role);
        number(w, "depth", c->depth);
        text_or_null(w, "joint", c->joint);
        text_or_null(w, "title", c->title);
        text_or_null(w, "cites", c->cites);
        text_or_null(w, "cel", c->text);
        close(w, '}');
    }
    close(w, ']');
}

static void terms(writer *w, const report_rule *rule) {
    open(w, "terms", '[');
    for (size_t i = 0; i < rule->term_count; i++) {
        const report_term *t = &rule->terms[i];
        open(w, NULL, '{');
        text(w, "name", t->name);
        text_or_null(w, "question", t->question);
        text_or_null(w, "title", t->title);
        text_or_null(w, "cites", t->cites);
        text_or_null(w, "cel", t->text);
        close(w, '}');
    }
    close(w, ']');
}

static void sanctions(writer *w, const report_rule *rule) {
    open(w, "sanctions", '[');
    for (size_t i = 0; i < rule->sanction_count; i++) {
        open(w, NULL, '{');
        text(w, "title", rule->sanctions[i].title);
        text(w, "cites", rule->sanctions[i].cites);
        close(w, '}');
    }
    close(w, ']');
}

static void rule(writer *w, const report_rule *rule) {
    open(w, str_c(w->out->arena, rule->id), '{');
    text(w, "policy", rule->policy);
    text(w, "title", rule->title);
    text_or_null(w, "chapter", rule->chapter);
    text(w, "cites", rule->cites);
    text_or_null(w, "url", rule->url);
    text_or_null(w, "note", rule->note);
    text(w, "basis", rule->basis);
    text(w, "kind", rule->kind);
    text(w, "severity", rule->severity);
    text(w, "file", rule->file);
    number(w, "line", rule->line);
    if (rule->reviewed_on.len) {
        open(w, "reviewed", '{');
        text(w, "on", rule->reviewed_on);
        text(w, "confidence", rule->confidence);
        text_or_null(w, "recheck", rule->recheck);
        close(w, '}');
    } else {
        text_or_null(w, "reviewed", STR(""));
    }
    texts(w, "effective", &rule->effective);
    conditions(w, rule);
    terms(w, rule);
    ways(w, rule);
    sanctions(w, rule);
    close(w, '}');
}

static void policies(writer *w, const report *r) {
    open(w, "policies", '{');
    for (size_t i = 0; i < r->policy_count; i++) {
        const report_policy *p = &r->policies[i];
        open(w, str_c(w->out->arena, p->id), '{');
        text(w, "name", p->name);
        text_or_null(w, "native", p->native);
        text_or_null(w, "number", p->number);
        text(w, "kind", p->kind);
        text(w, "url", p->url);
        text(w, "jurisdiction", p->jurisdiction);
        text_or_null(w, "status", p->status);
        close(w, '}');
    }
    close(w, '}');
}

static void diagnostics(writer *w, const report *r) {
    open(w, "diagnostics", '[');
    for (size_t i = 0; i < r->diagnostic_count; i++) {
        const report_diagnostic *d = &r->diagnostics[i];
        open(w, NULL, '{');
        text(w, "code", d->code);
        text(w, "level", d->level);
        text(w, "message", d->message);
        text_or_null(w, "hint", d->hint);
        place(w, &d->at);
        if (d->also.line) {
            open(w, "also", '{');
            place(w, &d->also);
            close(w, '}');
        }
        close(w, '}');
    }
    close(w, ']');
}

void json_write(buf *out, const report *r, const report_options *options) {
    (void)options; // there is one layout
    writer w = {.out = out, .depth = 1, .first = true};
    buf_addc(out, '{');
    text(&w, "obstat", STR("report/v1"));
    text(&w, "version", r->version);
    text_or_null(&w, "known_on", r->known_on);
    text(&w, "fail_on", r->fail_on);
    begin(&w, "exit");
    buf_addf(out, "%d", r->exit);
    files(&w, r);
    clearances(&w, r);
    open(&w, "findings", '[');
    for (size_t i = 0; i < r->finding_count; i++)
        finding(&w, r, &r->findings[i]);
    close(&w, ']');
    roles(&w, r);
    questions(&w, r);
    open(&w, "rules", '{');
    for (size_t i = 0; i < r->rule_count; i++)
        rule(&w, &r->rules[i]);
    close(&w, '}');
    policies(&w, r);
    diagnostics(&w, r);
    close(&w, '}');
    buf_addc(out, '\n');
}
