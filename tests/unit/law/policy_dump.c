// SPDX-License-Identifier: Apache-2.0
//
// One thing a line, inner things indented; what is not there is left out.
#include "law/policy_dump.h"

static void line(buf *out, const char *key, str text) {
    if (text.len) buf_addf(out, "  %s: %.*s\n", key, STR_ARG(text));
}

static void add_text(buf *out, const char *key, str text) {
    if (text.len) buf_addf(out, " %s{%.*s}", key, STR_ARG(text));
}

static void add_cite(buf *out, cite c) {
    add_text(out, "cites", c.text);
    add_text(out, "url", c.url);
    add_text(out, "note", c.note);
}

static void add_window(buf *out, bool has_from, day from, bool has_until, day until) {
    if (!has_from && !has_until) return;
    buf_addf(out, "[%.*s..%.*s) ", STR_ARG(has_from ? day_print(out->arena, from) : STR("")),
             STR_ARG(has_until ? day_print(out->arena, until) : STR("")));
}

static void add_expr(buf *out, const char *key, const expr *e) {
    if (!e) return;
    buf_addf(out, " %s(", key);
    dump_expr(out, e);
    buf_addc(out, ')');
}

void dump_expr(buf *out, const expr *e) {
    if (e->kind != EXPR_CASES) {
        cel_print(out, e);
        return;
    }
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        const expr_case *c = &e->u.cases.cases[i];
        if (i) buf_adds(out, "; ");
        add_window(out, c->has_from, c->from, c->has_until, c->until);
        if (c->when) {
            buf_adds(out, "when ");
            cel_print(out, c->when);
            buf_adds(out, ": ");
        }
        cel_print(out, c->value);
    }
}

static void dump_cases(buf *out, const char *key, const cases *c) {
    for (size_t i = 0; i < c->count; i++) {
        buf_addf(out, "  %s: ", key);
        add_window(out, c->at[i].has_from, c->at[i].from, c->at[i].has_until, c->at[i].until);
        if (c->at[i].value.len)
            buf_add(out, c->at[i].value);
        else
            doc_write_json(out, c->at[i].node);
        add_expr(out, "when", c->at[i].when);
        add_text(out, "title", c->at[i].title);
        add_cite(out, c->at[i].cites);
        buf_addc(out, '\n');
    }
}

// --- conditions

static void add_cond(buf *out, const cond *c) {
    static const char *const kinds[] = {"", "all", "any"};
    add_window(out, c->has_from, c->from, c->has_until, c->until);
    if (c->test) dump_expr(out, c->test);
    buf_adds(out, kinds[c->kind]);
    for (size_t i = 0; i < c->count; i++) {
        buf_adds(out, i ? " | " : "<");
        add_cond(out, &c->parts[i]);
    }
    if (c->count) buf_addc(out, '>');
    add_text(out, "title", c->title);
    add_cite(out, c->cites);
}

static void dump_lines(buf *out, const char *key, const cond *c) {
    for (size_t i = 0; i < c->count; i++) {
        buf_addf(out, "  %s: ", key);
        add_cond(out, &c->parts[i]);
        buf_addc(out, '\n');
    }
}

static void add_exception(buf *out, const exception *e) {
    add_cond(out, &e->when);
    for (size_t i = 0; i < e->unless_count; i++) {
        buf_adds(out, " unless(");
        add_exception(out, &e->unless[i]);
        buf_addc(out, ')');
    }
}

static void dump_windows(buf *out, const char *key, const windows *w) {
    for (size_t i = 0; i < w->count; i++) {
        buf_addf(out, "  %s: %zu", key, w->at[i].set);
        add_expr(out, "from", w->at[i].from);
        add_expr(out, "until", w->at[i].until);
        add_expr(out, "when", w->at[i].when);
        add_text(out, "title", w->at[i].title);
        add_cite(out, w->at[i].cites);
        buf_addc(out, '\n');
    }
}

static void dump_reviewed(buf *out, const reviewed *r) {
    buf_addf(out, "  reviewed: %.*s %.*s %.*s\n", STR_ARG(day_print(out->arena, r->on)),
             STR_ARG(r->confidence), STR_ARG(day_print(out->arena, r->recheck)));
}

static void dump_displaces(buf *out, const displacement *at, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buf_adds(out, "  displaces:");
        for (size_t k = 0; k < at[i].count; k++)
            buf_addf(out, " %.*s", STR_ARG(at[i].rules[k]));
        add_expr(out, "when", at[i].when);
        add_cite(out, at[i].cites);
        buf_addc(out, '\n');
    }
}

// --- rules

static void dump_ways(buf *out, const rule *r) {
    for (size_t i = 0; i < r->way_count; i++) {
        const way *w = &r->ways[i];
        buf_addf(out, "  way: %.*s", STR_ARG(w->title));
        if (w->lead_time.months || w->lead_time.days || w->lead_time.seconds)
            buf_addf(out, " lead_time{%.*s}", STR_ARG(period_print(out->arena, w->lead_time)));
        add_text(out, "role", w->role);
        add_text(out, "drop", w->drop);
        buf_addc(out, '\n');
        for (size_t k = 0; k < w->set_count; k++) {
            buf_addf(out, "    set: %.*s = ", STR_ARG(w->sets[k].path));
            doc_write_json(out, w->sets[k].value);
            for (size_t m = 0; m < w->sets[k].cel_count; m++)
                add_expr(out, "cel", w->sets[k].cel[m].value);
            buf_addc(out, '\n');
        }
    }
}

static void dump_sanctions(buf *out, const rule *r) {
    for (size_t i = 0; i < r->sanction_count; i++) {
        const sanction *s = &r->sanctions[i];
        buf_adds(out, "  sanction:");
        add_text(out, "title", s->title);
        add_cite(out, s->cites);
        add_expr(out, "when", s->when);
        add_expr(out, "up_to", s->up_to);
        add_expr(out, "at_least", s->at_least);
        for (size_t k = 0; k < s->per_count; k++)
            add_text(out, "per", s->per[k]);
        buf_addc(out, '\n');
    }
}

static void dump_rule(buf *out, const rule *r) {
    buf_addf(out, "rule %.*s\n", STR_ARG(r->id));
    line(out, "title", r->title);
    line(out, "chapter", r->chapter);
    buf_adds(out, "  law:");
    add_cite(out, r->cites);
    buf_addf(out, "\n  basis: %.*s\n  kind: %.*s%s\n", STR_ARG(r->basis), STR_ARG(r->kind),
             r->prohibition ? " (prohibition)" : "");
    dump_cases(out, "severity", &r->severity);
    for (size_t i = 0; i < r->each_count; i++) {
        buf_addf(out, "  each: %.*s in ", STR_ARG(r->each[i].name));
        cel_print(out, r->each[i].list);
        buf_addc(out, '\n');
    }
    if (r->binds) {
        buf_adds(out, "  binds: ");
        cel_print(out, r->binds);
        buf_addc(out, '\n');
    }
    dump_lines(out, "applies", &r->applies);
    for (size_t i = 0; i < r->except_count; i++) {
        buf_adds(out, "  except: ");
        add_exception(out, &r->except[i]);
        buf_addc(out, '\n');
    }
    dump_lines(out, "requires", &r->requires_);
    dump_windows(out, "effective", &r->effective);
    if (r->due) {
        buf_adds(out, "  due: ");
        cel_print(out, r->due);
        buf_addc(out, '\n');
    }
    dump_windows(out, "grace", &r->grace);
    dump_ways(out, r);
    dump_sanctions(out, r);
    dump_displaces(out, r->displaces, r->displace_count);
    dump_reviewed(out, &r->reviewed);
}

// --- policies

static void dump_definitions(buf *out, const policy *p) {
    for (size_t i = 0; i < p->notes.len; i++) {
        const definition_note *note = p->notes.entries[i].value;
        const definition *d = note->definition;
        buf_addf(out, "  define: %.*s", STR_ARG(d->name));
        for (size_t k = 0; k < d->param_count; k++)
            add_text(out, "param", d->params[k]);
        add_text(out, "title", note->title);
        add_cite(out, note->cites);
        if (d->open) {
            const open_term *term = d->owner;
            add_text(out, "term", term->name);
            add_text(out, "open", term->question);
            add_text(out, "its title", term->title);
            add_cite(out, term->cites);
        }
        add_expr(out, d->open ? "presume" : "is", d->body);
        buf_addc(out, '\n');
    }
}

static void dump_parameters(buf *out, const policy *p) {
    for (size_t i = 0; i < p->parameters.len; i++) {
        const parameter *q = p->parameters.entries[i].value;
        buf_addf(out, "  parameter: %.*s", STR_ARG(q->name));
        add_text(out, "type", type_print(out->arena, q->type));
        add_text(out, "unit", q->unit);
        add_cite(out, q->cites);
        add_expr(out, "is", q->definition->body);
        for (size_t k = 0; k < q->setting_count; k++)
            add_text(out, "set by", q->settings[k]->policy->id);
        buf_addc(out, '\n');
        dump_cases(out, "  case", &q->cases);
    }
    for (size_t i = 0; i < p->sets.len; i++) {
        const setting *s = p->sets.at[i];
        buf_addf(out, "  sets: %.*s.%.*s\n", STR_ARG(s->policy_id), STR_ARG(s->name));
        dump_cases(out, "  case", &s->cases);
    }
}

static void dump_roles(buf *out, const policy *p) {
    for (size_t i = 0; i < p->roles.len; i++) {
        const role_def *r = p->roles.entries[i].value;
        buf_addf(out, "role %.*s\n", STR_ARG(r->name));
        line(out, "title", r->title);
        for (size_t k = 0; k < r->held_count; k++)
            line(out, "held as", r->held_as[k]);
        dump_lines(out, "eligible", &r->eligible);
        dump_lines(out, "engaged", &r->engaged);
    }
}

void dump_policy(buf *out, const policy *p) {
    buf_addf(out, "policy %.*s in %.*s%s\n", STR_ARG(p->id), STR_ARG(p->jurisdiction),
             p->home ? ", home" : "");
    line(out, "name", p->instrument.name);
    line(out, "native", p->instrument.native);
    line(out, "number", p->instrument.number);
    line(out, "kind", p->instrument.kind);
    line(out, "url", p->instrument.url);
    dump_cases(out, "status", &p->status);
    dump_reviewed(out, &p->reviewed);
    dump_definitions(out, p);
    dump_parameters(out, p);
    dump_displaces(out, p->displaces.at, p->displaces.len);
    dump_roles(out, p);
    for (size_t i = 0; i < p->rules.len; i++)
        dump_rule(out, p->rules.at[i]);
}
