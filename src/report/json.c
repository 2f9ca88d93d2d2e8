// SPDX-License-Identifier: Apache-2.0
//
// The JSON report, `obstat: report/v1`: the full image of the model, in one layout (members in a
// fixed order, two blanks of indentation), so that the same report is the same bytes. Members are
// added, never renamed. A date or text that is not there is null; a place that is not there is left
// out.
#include "doc/json_out.h"
#include "report/formats.h"

static void text_or_null(json_out *w, const char *key, str s) {
    if (s.len) {
        json_text(w, key, s);
        return;
    }
    json_begin(w, key);
    buf_adds(w->out, "null");
}

// "true", "false", else null.
static void truth_or_null(json_out *w, const char *key, str s) {
    json_begin(w, key);
    buf_add(w->out, str_is(s, "true") || str_is(s, "false") ? s : STR("null"));
}

static void texts(json_out *w, const char *key, const report_texts *list) {
    json_open(w, key, '[');
    for (size_t i = 0; i < list->count; i++)
        json_text(w, NULL, list->at[i]);
    json_close(w, ']');
}

static void numbers(json_out *w, const char *key, const size_t *list, size_t count) {
    json_open(w, key, '[');
    for (size_t i = 0; i < count; i++)
        json_number(w, NULL, list[i]);
    json_close(w, ']');
}

static void place(json_out *w, const report_at *at) {
    if (at->file.len) json_text(w, "file", at->file);
    if (!at->line) return;
    json_number(w, "line", at->line);
    json_number(w, "column", at->column);
    json_number(w, "end_line", at->end_line);
    json_number(w, "end_column", at->end_column);
    if (at->text.len) json_text(w, "text", at->text);
    if (at->text_column > 1) json_number(w, "text_column", at->text_column);
}

static void at(json_out *w, const char *key, const report_at *where) {
    json_open(w, key, '{');
    place(w, where);
    json_text(w, "path", where->path);
    json_close(w, '}');
}

static void files(json_out *w, const report *r) {
    json_open(w, "manifests", '[');
    for (size_t i = 0; i < r->manifest_count; i++) {
        json_open(w, NULL, '{');
        json_text(w, "file", r->manifests[i].path);
        text_or_null(w, "digest", r->manifests[i].digest);
        json_truth(w, "unusable", r->manifests[i].unusable);
        json_close(w, '}');
    }
    json_close(w, ']');
    json_open(w, "rules_folders", '[');
    for (size_t i = 0; i < r->folder_count; i++) {
        json_open(w, NULL, '{');
        json_text(w, "path", r->folders[i].path);
        text_or_null(w, "digest", r->folders[i].digest);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void clearances(json_out *w, const report *r) {
    json_open(w, "clearances", '[');
    for (size_t i = 0; i < r->clearance_count; i++) {
        const report_clearance *c = &r->clearances[i];
        json_open(w, NULL, '{');
        json_number(w, "manifest", c->manifest);
        json_text(w, "market", c->market);
        json_text(w, "place", c->place);
        json_text(w, "name", c->name);
        json_text(w, "as_of", c->as_of);
        json_text(w, "clearance", c->clearance);
        texts(w, "rests_on", &c->rests_on);
        json_open(w, "counts", '{');
        for (size_t k = 0; k < REPORT_OUTCOMES; k++)
            json_number(w, report_outcomes[k].name, c->counts[k]);
        json_close(w, '}');
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void because(json_out *w, const report_reasons *list) {
    json_open(w, "because", '[');
    for (size_t i = 0; i < list->count; i++) {
        json_open(w, NULL, '{');
        json_text(w, "path", list->at[i].path);
        json_text(w, "value", list->at[i].value);
        place(w, &list->at[i].at);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void needs(json_out *w, const report_reasons *list) {
    json_open(w, "needs", '[');
    for (size_t i = 0; i < list->count; i++) {
        json_open(w, NULL, '{');
        json_text(w, "path", list->at[i].path);
        json_truth(w, "exact", list->at[i].exact);
        json_truth(w, "open_term", list->at[i].open_term);
        json_text(w, "ask", list->at[i].ask);
        place(w, &list->at[i].at);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void ways(json_out *w, const report_rule *rule) {
    json_open(w, "ways", '[');
    for (size_t i = 0; rule && i < rule->way_count; i++) {
        const report_way *way = &rule->ways[i];
        json_open(w, NULL, '{');
        json_text(w, "title", way->title);
        text_or_null(w, "role", way->role);
        json_text(w, "lead_time", way->lead_time);
        json_truth(w, "advice", way->advice);
        text_or_null(w, "drop", way->drop);
        texts(w, "sets", &way->sets);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static const report_rule *rule_of(const report *r, str id) {
    for (size_t i = 0; i < r->rule_count; i++)
        if (str_eq(r->rules[i].id, id)) return &r->rules[i];
    return NULL;
}

static void exemption(json_out *w, const report_finding *f) {
    if (!f->exception.len && !f->exception_cites.len) {
        text_or_null(w, "exception", STR(""));
        return;
    }
    json_open(w, "exception", '{');
    json_text(w, "title", f->exception);
    json_text(w, "cites", f->exception_cites);
    json_close(w, '}');
}

static void lines(json_out *w, const report_finding *f) {
    json_open(w, "explained", '[');
    for (size_t i = 0; i < f->line_count; i++) {
        json_open(w, NULL, '{');
        json_number(w, "depth", f->lines[i].depth);
        json_text(w, "text", f->lines[i].text);
        text_or_null(w, "value", f->lines[i].value);
        json_truth(w, "fact", f->lines[i].fact);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void finding(json_out *w, const report *r, const report_finding *f) {
    json_open(w, NULL, '{');
    json_number(w, "id", f->id);
    json_number(w, "manifest", f->manifest);
    json_text(w, "market", f->market);
    json_text(w, "place", f->place);
    json_text(w, "rule", f->rule);
    json_text(w, "subject", f->subject);
    json_text(w, "outcome", f->outcome);
    json_text(w, "severity", f->severity);
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
    json_close(w, '}');
}

static void candidate(json_out *w, const report_candidate *c) {
    json_open(w, NULL, '{');
    text_or_null(w, "party", c->party);
    json_text(w, "name", c->name);
    json_text(w, "from", c->from);
    truth_or_null(w, "eligible", c->eligible);
    truth_or_null(w, "engaged", c->engaged);
    text_or_null(w, "state", c->state);
    json_open(w, "evidence", '[');
    for (size_t i = 0; i < c->evidence_count; i++) {
        json_open(w, NULL, '{');
        json_text(w, "registry", c->evidence[i].registry);
        json_text(w, "number", c->evidence[i].number);
        json_close(w, '}');
    }
    json_close(w, ']');
    texts(w, "lacks", &c->lacks);
    json_close(w, '}');
}

static void roles(json_out *w, const report *r) {
    json_open(w, "roles", '[');
    for (size_t i = 0; i < r->role_count; i++) {
        const report_role *role = &r->roles[i];
        json_open(w, NULL, '{');
        json_number(w, "manifest", role->manifest);
        json_text(w, "role", role->role);
        json_text(w, "title", role->title);
        texts(w, "places", &role->places);
        numbers(w, "findings", role->findings, role->finding_count);
        json_open(w, "candidates", '[');
        for (size_t k = 0; k < role->candidate_count; k++)
            candidate(w, &role->candidates[k]);
        json_close(w, ']');
        json_number(w, "more", role->more);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void questions(json_out *w, const report *r) {
    json_open(w, "questions", '[');
    for (size_t i = 0; i < r->question_count; i++) {
        json_open(w, NULL, '{');
        json_number(w, "manifest", r->questions[i].manifest);
        json_text(w, "path", r->questions[i].path);
        json_text(w, "ask", r->questions[i].ask);
        numbers(w, "decides", r->questions[i].decides, r->questions[i].decides_count);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void conditions(json_out *w, const report_rule *rule) {
    json_open(w, "conditions", '[');
    for (size_t i = 0; i < rule->condition_count; i++) {
        const report_condition *c = &rule->conditions[i];
        json_open(w, NULL, '{');
        json_text(w, "part", c->role);
        json_number(w, "depth", c->depth);
        text_or_null(w, "joint", c->joint);
        text_or_null(w, "title", c->title);
        text_or_null(w, "cites", c->cites);
        text_or_null(w, "cel", c->text);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void terms(json_out *w, const report_rule *rule) {
    json_open(w, "terms", '[');
    for (size_t i = 0; i < rule->term_count; i++) {
        const report_term *t = &rule->terms[i];
        json_open(w, NULL, '{');
        json_text(w, "name", t->name);
        text_or_null(w, "question", t->question);
        text_or_null(w, "title", t->title);
        text_or_null(w, "cites", t->cites);
        text_or_null(w, "cel", t->text);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void sanctions(json_out *w, const report_rule *rule) {
    json_open(w, "sanctions", '[');
    for (size_t i = 0; i < rule->sanction_count; i++) {
        json_open(w, NULL, '{');
        json_text(w, "title", rule->sanctions[i].title);
        json_text(w, "cites", rule->sanctions[i].cites);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void rule(json_out *w, const report_rule *rule) {
    json_open(w, str_c(w->out->arena, rule->id), '{');
    json_text(w, "policy", rule->policy);
    json_text(w, "title", rule->title);
    text_or_null(w, "chapter", rule->chapter);
    json_text(w, "cites", rule->cites);
    text_or_null(w, "url", rule->url);
    text_or_null(w, "note", rule->note);
    json_text(w, "basis", rule->basis);
    json_text(w, "kind", rule->kind);
    json_text(w, "severity", rule->severity);
    json_text(w, "file", rule->file);
    json_number(w, "line", rule->line);
    if (rule->reviewed_on.len) {
        json_open(w, "reviewed", '{');
        json_text(w, "on", rule->reviewed_on);
        json_text(w, "confidence", rule->confidence);
        text_or_null(w, "recheck", rule->recheck);
        json_close(w, '}');
    } else {
        text_or_null(w, "reviewed", STR(""));
    }
    texts(w, "effective", &rule->effective);
    conditions(w, rule);
    terms(w, rule);
    ways(w, rule);
    sanctions(w, rule);
    json_close(w, '}');
}

static void policies(json_out *w, const report *r) {
    json_open(w, "policies", '{');
    for (size_t i = 0; i < r->policy_count; i++) {
        const report_policy *p = &r->policies[i];
        json_open(w, str_c(w->out->arena, p->id), '{');
        json_text(w, "name", p->name);
        text_or_null(w, "native", p->native);
        text_or_null(w, "number", p->number);
        json_text(w, "kind", p->kind);
        json_text(w, "url", p->url);
        json_text(w, "jurisdiction", p->jurisdiction);
        text_or_null(w, "status", p->status);
        json_close(w, '}');
    }
    json_close(w, '}');
}

static void diagnostics(json_out *w, const report *r) {
    json_open(w, "diagnostics", '[');
    for (size_t i = 0; i < r->diagnostic_count; i++) {
        const report_diagnostic *d = &r->diagnostics[i];
        json_open(w, NULL, '{');
        json_text(w, "code", d->code);
        json_text(w, "level", d->level);
        json_text(w, "message", d->message);
        text_or_null(w, "hint", d->hint);
        place(w, &d->at);
        if (d->also.line) {
            json_open(w, "also", '{');
            place(w, &d->also);
            json_close(w, '}');
        }
        json_close(w, '}');
    }
    json_close(w, ']');
}

void json_write(buf *out, const report *r, const report_options *options) {
    (void)options; // there is one layout
    json_out w = json_start(out);
    json_text(&w, "obstat", STR("report/v1"));
    json_text(&w, "version", r->version);
    text_or_null(&w, "known_on", r->known_on);
    json_text(&w, "fail_on", r->fail_on);
    json_begin(&w, "exit");
    buf_addf(out, "%d", r->exit);
    files(&w, r);
    clearances(&w, r);
    json_open(&w, "findings", '[');
    for (size_t i = 0; i < r->finding_count; i++)
        finding(&w, r, &r->findings[i]);
    json_close(&w, ']');
    roles(&w, r);
    questions(&w, r);
    json_open(&w, "rules", '{');
    for (size_t i = 0; i < r->rule_count; i++)
        rule(&w, &r->rules[i]);
    json_close(&w, '}');
    policies(&w, r);
    diagnostics(&w, r);
    json_end(&w);
}
