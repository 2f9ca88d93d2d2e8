// SPDX-License-Identifier: Apache-2.0
//
// Asking. Of a list the first question makes the entries, one for each answer, and the others are
// asked of every entry. A party, or whatever else is referred to, becomes an entry of its own list,
// since a reference to nothing would be a mistake.
#include "author/interview_notes.h"
#include "check/facts.h"
#include "doc/core.h"

static const first_fact *current(const interview *i) {
    return &i->ask[i->question];
}

static noted_entity *notes_of(const interview *i, const entity *e) {
    size_t k = 0;
    while (i->entities[k].entity != e)
        k++;
    return &i->entities[k];
}

// Whether the question makes the entries of its list.
static bool makes_entries(const interview *i, size_t question) {
    const entity *e = i->ask[question].entity;
    size_t first = 0;
    while (i->ask[first].entity != e)
        first++;
    return e->shape == ENTITY_LIST && first == question;
}

// Goes on to the next question that there is something to ask about.
static void settle(interview *i) {
    for (; i->question < i->count; i->question++, i->entry = 0) {
        bool once = current(i)->entity->shape != ENTITY_LIST || makes_entries(i, i->question);
        size_t times = once ? 1 : notes_of(i, current(i)->entity)->entries.len;
        if (i->entry < times) return;
    }
}

// The questions of the vocabulary. Where it does not ask for the places of the launch they are
// asked for at the end, since without one there is nothing to check.
static void gather_questions(interview *i) {
    const vocabulary *v = &i->rules->vocabulary;
    first_fact *ask = arena_array(i->arena, first_fact, v->ask_first.len + 1);
    bool markets = false;
    for (size_t k = 0; k < v->ask_first.len; k++) {
        ask[i->count++] = v->ask_first.at[k];
        markets = markets || v->ask_first.at[k].entity == v->engine.markets;
    }
    if (!markets) ask[i->count++] = (first_fact){v->engine.markets, v->engine.market_place};
    i->ask = ask;
}

interview *interview_new(arena *a, const ruleset *r) {
    interview *i = arena_new(a, interview);
    const vocabulary *v = &r->vocabulary;
    *i = (interview){.arena = a, .rules = r};
    i->entities = arena_array(a, noted_entity, v->entities.len);
    for (size_t k = 0; k < v->entities.len; k++)
        i->entities[k].entity = v->entities.at[k];
    gather_questions(i);
    settle(i);
    return i;
}

// --- the question

static const str yes_and_no[] = {STR_C("yes"), STR_C("no")};

static str form_of(const fact *f) {
    if (!f) return STR("short names");
    switch (f->kind) {
    case FACT_DATE: return STR("a date, as in 2026-03-01");
    case FACT_PERIOD: return STR("a period: P30D, P3M, P1Y, PT72H");
    case FACT_INT: return STR("a whole number, or a bound such as > 5");
    case FACT_DOUBLE: return STR("a number, or a bound such as > 5");
    case FACT_COUNTRY:
    case FACT_PLACE: return STR("codes of ISO 3166, of countries or parts of them");
    case FACT_JURISDICTION: return STR("codes of ISO 3166, or groups");
    case FACT_MONEY: return STR("an amount, as in EUR 1500");
    default: return STR("");
    }
}

static str name_of(const noted_entry *e) {
    return e->facts.len && e->facts.at[0].count ? e->facts.at[0].values[0] : STR("");
}

bool interview_next(const interview *i, interview_question *out) {
    const vocabulary *v = &i->rules->vocabulary;
    *out = (interview_question){0};
    if (i->question == i->count) return false;
    const first_fact *q = current(i);
    const fact *f = q->fact, *self = &q->entity->self;
    bool entries = makes_entries(i, i->question), is_value = q->entity->shape == ENTITY_VALUE;
    const fact *asks = entries ? self : f;
    out->path = is_value ? self->name
                         : str_format(i->arena, "%.*s.%.*s", STR_ARG(self->name),
                                      STR_ARG(f ? f->name : STR("id")));
    if (!entries && q->entity->shape == ENTITY_LIST)
        out->subject = name_of(&notes_of(i, q->entity)->entries.at[i->entry]);
    out->ask = asks->ask;
    out->meaning = asks->meaning;
    out->form = form_of(f);
    if (f && f->kind == FACT_ENUM) {
        out->choices = f->values->values;
        out->choice_count = f->values->count;
    } else if (f && f->kind == FACT_BOOL) {
        out->choices = yes_and_no;
        out->choice_count = 2;
    }
    out->several = entries || f->list;
    out->names_markets = entries && q->entity == v->engine.markets;
    if (!out->names_markets && (out->several || f->may_be_none))
        out->none = !entries && f->none_word.len ? f->none_word : STR("none");
    return true;
}

// --- the answer

typedef struct answer {
    interview *interview;
    diags *diags;
    const fact *fact; // NULL: names of entries
    vec(str) values;
} answer;

static bool refuse(answer *a, const char *message, const char *hint) {
    diag_add(a->diags, DIAG_WRONG_TYPE, (span){0}, str_of(hint), "%s", message);
    return false;
}

// Nothing that a line of YAML could not hold: no controls, no line ends, no ill-formed UTF-8.
static bool is_text(str s) {
    for (size_t i = 0; i < s.len;) {
        int32_t c = utf8_next(s, &i);
        bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
        if (control || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff)
            return false;
    }
    return true;
}

// People say yes and no where a manifest says true and false.
static str in_its_words(const answer *a, str s) {
    bool truth = a->fact && a->fact->kind == FACT_BOOL;
    if (truth && (str_is(s, "yes") || str_is(s, "y"))) return STR("true");
    if (truth && (str_is(s, "no") || str_is(s, "n"))) return STR("false");
    return s;
}

static node node_of(const fact *f, str s) {
    core_value v = core_read(s);
    node n = {.kind = NODE_STRING, .style = STYLE_DOUBLE, .text = s};
    if (f->kind != FACT_BOOL && f->kind != FACT_INT && f->kind != FACT_DOUBLE) return n;
    n.kind = (uint8_t)v.kind;
    if (v.kind == NODE_BOOL) n.u.b = v.u.b;
    if (v.kind == NODE_INT) n.u.i = v.u.i;
    if (v.kind == NODE_DOUBLE) n.u.d = v.u.d;
    return n;
}

static bool add_value(answer *a, str s) {
    s = in_its_words(a, s);
    for (size_t i = 0; i < a->values.len; i++)
        if (str_eq(a->values.at[i], s)) return true;
    if (str_is(s, "none") || str_is(s, "unknown"))
        return refuse(a, "`none` and `unknown` stand alone", "leave the other answers out");
    if (a->fact) {
        node n = node_of(a->fact, s);
        const interview *i = a->interview;
        if (!facts_takes(i->rules, i->arena, a->diags, a->fact, &n)) return false;
    }
    vec_push(a->interview->arena, &a->values, str_copy(a->interview->arena, s));
    return true;
}

// Between answers stand commas, and between words of which none has a blank in it also blanks.
static bool blanks_part(const fact *f) {
    if (!f || f->kind == FACT_STRING || f->kind == FACT_REF || f->kind == FACT_REF_ANY ||
        f->kind == FACT_MONEY)
        return false;
    for (size_t i = 0; f->kind == FACT_ENUM && i < f->values->count; i++)
        if (str_find(f->values->values[i], STR(" ")) >= 0) return false;
    return f->kind != FACT_INT && f->kind != FACT_DOUBLE;
}

static bool add_all(answer *a, str text, bool several) {
    bool blanks = blanks_part(a->fact), fine = true;
    size_t from = 0;
    if (!several) return add_value(a, text);
    for (size_t i = 0; i <= text.len; i++) {
        bool ends = i == text.len || text.ptr[i] == ',' || (blanks && text.ptr[i] == ' ');
        if (!ends) continue;
        str one = str_trim(str_sub(text, from, i));
        if (one.len) fine &= add_value(a, one);
        from = i + 1;
    }
    if (fine && a->values.len == 0) return refuse(a, "there is nothing between the commas", "");
    return fine;
}

static bool few_enough(answer *a, size_t most) {
    if (!most || a->values.len <= most) return true;
    diag_add(a->diags, DIAG_TOO_LARGE, (span){0}, STR(""), "at most %zu may be named", most);
    return false;
}

// --- the notes

static void note_fact(interview *i, noted_entry *e, const fact *f, const str *values,
                      size_t count) {
    vec_push(i->arena, &e->facts, (noted_fact){f, values, count});
}

static noted_entry *new_entry(interview *i, noted_entity *notes) {
    vec_push(i->arena, &notes->entries, (noted_entry){{0}});
    return &notes->entries.at[notes->entries.len - 1];
}

static bool has_id(const noted_entity *notes, str id) {
    for (size_t i = 0; i < notes->entries.len; i++)
        if (str_eq(name_of(&notes->entries.at[i]), id)) return true;
    return false;
}

// The name that stands for the operator needs no entry.
static bool names_operator(const interview *i, const entity *of, str id) {
    const engine_facts *engine = &i->rules->vocabulary.engine;
    if (!engine->operator_ || of != engine->parties) return false;
    return has_id(notes_of(i, engine->operator_), id);
}

static void note_references(interview *i, const answer *a) {
    const engine_facts *engine = &i->rules->vocabulary.engine;
    const fact *f = a->fact;
    if (!f || f->kind != FACT_REF || (engine->operator_ && f == &engine->operator_->self)) return;
    noted_entity *notes = notes_of(i, f->ref);
    for (size_t k = 0; k < a->values.len; k++) {
        str id = a->values.at[k];
        if (has_id(notes, id) || names_operator(i, f->ref, id)) continue;
        str *one = arena_new(i->arena, str);
        *one = id;
        notes->none = false;
        note_fact(i, new_entry(i, notes), NULL, one, 1);
    }
}

static void note(interview *i, const answer *a, bool entries) {
    noted_entity *notes = notes_of(i, current(i)->entity);
    if (entries) {
        notes->none = a->values.len == 0;
        for (size_t k = 0; k < a->values.len; k++)
            note_fact(i, new_entry(i, notes), a->fact, &a->values.at[k], 1);
    } else {
        noted_entry *e =
            i->entry < notes->entries.len ? &notes->entries.at[i->entry] : new_entry(i, notes);
        note_fact(i, e, a->fact, a->values.at, a->values.len);
    }
    note_references(i, a);
}

bool interview_answer(interview *i, diags *d, str text) {
    interview_question q;
    if (!interview_next(i, &q)) return false;
    const first_fact *asked = current(i);
    answer a = {.interview = i, .diags = d, .fact = asked->fact};
    bool entries = makes_entries(i, i->question), taken = true;
    text = str_trim(text);
    bool left_out = text.len == 0 || str_is(text, "unknown");
    if (!is_text(text)) return refuse(&a, "this is no text", "write it in UTF-8, on one line");
    if (left_out && q.names_markets)
        return refuse(&a, "a launch has a place", "without one there is nothing to check");
    bool none = q.none.len && (str_is(text, "none") || str_eq(text, q.none));
    if (!left_out && !none)
        taken =
            add_all(&a, text, q.several) && few_enough(&a, entries ? asked->entity->self.max_items
                                                           : q.several ? asked->fact->max_items
                                                                       : 1);
    if (!taken) return false;
    if (!left_out) note(i, &a, entries);
    i->entry++;
    settle(i);
    return true;
}
