// SPDX-License-Identifier: Apache-2.0
//
// The manifest of an interview: what was answered in the order of the vocabulary, in block style,
// and in comments what else could be stated. What must be stated and was not is `unknown`.
#include "author/interview_notes.h"
#include "doc/core.h"
#include "doc/doc.h"

enum { WIDTH = 100, NAMES_MAX = 8 };

// --- texts

// Whether YAML reads the text as itself without quotes: no more than is plain at first sight.
static bool is_plain(str s) {
    if (core_read(s).kind != NODE_STRING || str_is(s, "none") || str_is(s, "unknown")) return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool inside = c == ' ' || c == '-' || c == '.' || c == '_' || (c >= '0' && c <= '9');
        if (!letter && (i == 0 ? c < '0' || c > '9' : !inside)) return false;
    }
    return s.len > 0;
}

static void write_value(buf *out, const fact *f, str s) {
    node_kind kind = core_read(s).kind;
    bool number = f && (f->kind == FACT_INT || f->kind == FACT_DOUBLE) &&
                  (kind == NODE_INT || kind == NODE_DOUBLE);
    if (number || (f && (f->kind == FACT_BOOL || f->kind == FACT_DATE)) || is_plain(s))
        buf_add(out, s);
    else
        doc_write_json_string(out, s);
}

static void indent(buf *out, unsigned depth) {
    for (unsigned i = 0; i < depth; i++)
        buf_adds(out, "  ");
}

static str name_of(const noted_fact *n) {
    return n->fact ? n->fact->name : STR("id");
}

// Behind `name:`: the value on the line, or a list below it.
static void write_values(buf *out, const noted_fact *n, unsigned depth) {
    if (n->count < 2) {
        buf_addc(out, ' ');
        if (n->count)
            write_value(out, n->fact, n->values[0]);
        else
            buf_adds(out, "none");
        buf_addc(out, '\n');
        return;
    }
    buf_addc(out, '\n');
    for (size_t i = 0; i < n->count; i++) {
        indent(out, depth + 1);
        buf_adds(out, "- ");
        write_value(out, n->fact, n->values[i]);
        buf_addc(out, '\n');
    }
}

// --- comments

// A comment of any length, broken at blanks.
static void comment(buf *out, unsigned depth, str text) {
    size_t column = 0;
    while (text.len) {
        size_t end = 0;
        while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '\n')
            end++;
        str word = str_sub(text, 0, end);
        text = str_sub(text, end + 1, text.len);
        if (!word.len) continue;
        if (column && column + 1 + utf8_count(word) > WIDTH) {
            buf_addc(out, '\n');
            column = 0;
        }
        if (!column) {
            indent(out, depth);
            buf_addc(out, '#');
            column = depth * 2 + 1;
        }
        buf_addf(out, " %.*s", STR_ARG(word));
        column += 1 + utf8_count(word);
    }
    if (column) buf_addc(out, '\n');
}

static bool is_noted(const noted_entity *n, const fact *f) {
    for (size_t i = 0; i < n->entries.len; i++)
        for (size_t k = 0; k < n->entries.at[i].facts.len; k++)
            if (n->entries.at[i].facts.at[k].fact == f) return true;
    return false;
}

// Facts of which nothing is said yet.
static void write_further(buf *out, const noted_entity *n) {
    const record_def *r = n->entity->record;
    buf b = {.arena = out->arena};
    size_t named = 0, left = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (is_noted(n, &r->facts[i])) continue;
        if (named == NAMES_MAX) {
            left++;
            continue;
        }
        buf_addf(&b, "%s%.*s", named++ ? ", " : "also: ", STR_ARG(r->facts[i].name));
    }
    if (left) buf_addf(&b, " and %zu more", left);
    if (named) comment(out, 1, buf_str(&b));
}

// --- entities

static bool entry_has(const noted_entry *e, const fact *f) {
    for (size_t i = 0; i < e->facts.len; i++)
        if (e->facts.at[i].fact == f) return true;
    return false;
}

static void write_entry(buf *out, const noted_entry *e, const record_def *r, bool of_list) {
    unsigned depth = of_list ? 2 : 1;
    bool first = true;
    for (size_t i = 0; i < e->facts.len; i++, first = false) {
        const noted_fact *n = &e->facts.at[i];
        indent(out, of_list && first ? 1 : depth);
        buf_addf(out, "%s%.*s:", of_list && first ? "- " : "", STR_ARG(name_of(n)));
        write_values(out, n, depth);
    }
    for (size_t i = 0; i < r->count; i++) {
        if (r->facts[i].absent != ABSENT_REQUIRED || entry_has(e, &r->facts[i])) continue;
        indent(out, of_list && first ? 1 : depth);
        buf_addf(out, "%s%.*s: unknown\n", of_list && first ? "- " : "", STR_ARG(r->facts[i].name));
        first = false;
    }
}

static void write_entity(buf *out, const noted_entity *n) {
    const entity *e = n->entity;
    buf_addc(out, '\n');
    comment(out, 0, e->self.ask);
    buf_addf(out, "%.*s:", STR_ARG(e->self.name));
    if (e->shape == ENTITY_VALUE && n->entries.len) {
        write_values(out, &n->entries.at[0].facts.at[0], 0);
        return;
    }
    if (n->entries.len == 0) {
        buf_addf(out, " %s\n", n->none ? "none" : "unknown");
        return;
    }
    buf_addc(out, '\n');
    write_further(out, n);
    for (size_t i = 0; i < n->entries.len; i++)
        write_entry(out, &n->entries.at[i], e->record, e->shape == ENTITY_LIST);
}

static bool is_written(const noted_entity *n) {
    return n->none || n->entries.len || n->entity->self.absent == ABSENT_REQUIRED;
}

static void write_rest(buf *out, const interview *i) {
    size_t count = i->rules->vocabulary.entities.len, left = 0;
    for (size_t k = 0; k < count; k++) {
        const fact *self = &i->entities[k].entity->self;
        if (is_written(&i->entities[k])) continue;
        if (!left++) {
            buf_addc(out, '\n');
            comment(out, 0, STR("What else can be stated; obstat check asks for what matters:"));
        }
        comment(out, 0,
                str_format(out->arena, "  %.*s: %.*s", STR_ARG(self->name), STR_ARG(self->ask)));
    }
}

void interview_write(buf *out, const interview *i) {
    comment(out, 0,
            STR("What is not stated is unknown, never no; `none` says that there is none. A list "
                "that is stated is complete, unless its last entry is `unknown`."));
    buf_adds(out, "obstat: deployment/v1\n");
    for (size_t k = 0; k < i->rules->vocabulary.entities.len; k++)
        if (is_written(&i->entities[k])) write_entity(out, &i->entities[k]);
    write_rest(out, i);
}
