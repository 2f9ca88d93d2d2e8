// SPDX-License-Identifier: Apache-2.0
//
// Rules and policies of the model: the law in the words of its file.
#include "report/build.h"

const char *const severity_names[SEVERITY_BLOCKER + 1] = {"advice", "minor", "major", "blocker"};

str build_expr_text(arena *a, const expr *e) {
    buf b = {.arena = a};
    if (e->text)
        buf_add(&b, str_sub(e->text->text, e->from, e->to));
    else
        cel_print(&b, e);
    return str_copy(a, str_trim(buf_str(&b)));
}

// --- cases and windows

static void add_when(arena *a, buf *b, const expr *when) {
    if (when) buf_addf(b, " where %.*s", STR_ARG(build_expr_text(a, when)));
}

static void add_day(arena *a, buf *b, const char *word, bool stated, day d) {
    if (stated) buf_addf(b, " %s %.*s", word, STR_ARG(day_print(a, d)));
}

str build_cases(arena *a, const cases *c, bool dated) {
    buf b = {.arena = a};
    for (size_t i = 0; i < c->count; i++) {
        const case_of *one = &c->at[i];
        if (b.len) buf_adds(&b, dated ? ", " : " or ");
        if (one->node && !one->value.len)
            doc_write_json(&b, one->node);
        else
            buf_add(&b, one->value);
        if (dated) add_day(a, &b, "from", one->has_from, one->from);
        if (dated && i + 1 == c->count) add_day(a, &b, "until", one->has_until, one->until);
        if (dated) add_when(a, &b, one->when);
    }
    return buf_str(&b);
}

static report_texts window_texts(arena *a, const windows *w) {
    report_texts out = {arena_array(a, str, w->count), w->count};
    for (size_t i = 0; i < w->count; i++) {
        const window *one = &w->at[i];
        buf b = {.arena = a};
        if (one->from) buf_addf(&b, "from %.*s", STR_ARG(build_amount(a, one->from)));
        if (one->until)
            buf_addf(&b, "%suntil %.*s", b.len ? " " : "", STR_ARG(build_amount(a, one->until)));
        add_when(a, &b, one->when);
        if (one->cites.text.len) buf_addf(&b, " (%.*s)", STR_ARG(one->cites.text));
        out.at[i] = buf_str(&b);
    }
    return out;
}

// --- conditions

typedef vec(report_condition) condition_list;

static void add_condition(arena *a, condition_list *to, const char *part, const cond *c,
                          unsigned depth);

static void add_parts(arena *a, condition_list *to, const char *part, const cond *c,
                      unsigned depth) {
    for (size_t i = 0; i < c->count; i++)
        add_condition(a, to, part, &c->parts[i], depth);
}

static void add_dates(arena *a, buf *title, const cond *c) {
    add_day(a, title, "from", c->has_from, c->from);
    add_day(a, title, "until", c->has_until, c->until);
}

static void add_condition(arena *a, condition_list *to, const char *part, const cond *c,
                          unsigned depth) {
    buf title = {.arena = a};
    buf_add(&title, c->title);
    add_dates(a, &title, c);
    report_condition out = {.role = str_of(part),
                            .depth = depth,
                            .title = str_trim(buf_str(&title)),
                            .cites = str_copy(a, c->cites.text)};
    if (c->kind == COND_TEST) {
        out.text = c->test ? build_expr_text(a, c->test) : STR("true");
        vec_push(a, to, out);
        return;
    }
    out.joint = c->kind == COND_ANY ? STR("any") : STR("all");
    vec_push(a, to, out);
    add_parts(a, to, part, c, depth + 1);
}

// The outermost group is the list itself.
static void add_list(arena *a, condition_list *to, const char *part, const cond *c) {
    if (c->kind == COND_ALL && !c->title.len)
        add_parts(a, to, part, c, 0);
    else
        add_condition(a, to, part, c, 0);
}

static void add_exceptions(arena *a, condition_list *to, const exception *list, size_t count,
                           unsigned depth) {
    for (size_t i = 0; i < count; i++) {
        add_condition(a, to, "except", &list[i].when, depth);
        if (!list[i].unless_count) continue;
        vec_push(
            a, to,
            (report_condition){.role = STR("except"), .depth = depth + 1, .joint = STR("unless")});
        add_exceptions(a, to, list[i].unless, list[i].unless_count, depth + 2);
    }
}

static void add_expr(arena *a, condition_list *to, const char *part, const expr *e) {
    if (!e) return;
    vec_push(a, to, (report_condition){.role = str_of(part), .text = build_expr_text(a, e)});
}

static void conditions(arena *a, report_rule *to, const rule *from) {
    condition_list list = {0};
    for (size_t i = 0; i < from->each_count; i++)
        vec_push(a, &list,
                 (report_condition){
                     .role = STR("each"),
                     .text = str_format(a, "%.*s in %.*s", STR_ARG(from->each[i].name),
                                        STR_ARG(build_expr_text(a, from->each[i].list)))});
    add_expr(a, &list, "binds", from->binds);
    add_list(a, &list, "applies", &from->applies);
    add_exceptions(a, &list, from->except, from->except_count, 0);
    add_list(a, &list, "requires", &from->requires_);
    add_expr(a, &list, "due", from->due);
    to->conditions = list.at;
    to->condition_count = list.len;
}

// --- ways and sanctions

static void ways(arena *a, report_rule *to, const rule *from) {
    to->ways = arena_array(a, report_way, from->way_count);
    to->way_count = from->way_count;
    for (size_t i = 0; i < from->way_count; i++) {
        const way *w = &from->ways[i];
        report_way *out = &to->ways[i];
        *out = (report_way){.title = str_copy(a, w->title),
                            .role = str_copy(a, w->role),
                            .lead_time = period_print(a, w->lead_time),
                            .advice = !w->set_count && !w->drop.len,
                            .drop = str_copy(a, w->drop),
                            .sets = {arena_array(a, str, w->set_count), w->set_count}};
        for (size_t k = 0; k < w->set_count; k++) {
            buf b = {.arena = a};
            buf_addf(&b, "%.*s = ", STR_ARG(w->sets[k].path));
            build_value(&b, w->sets[k].value);
            out->sets.at[k] = buf_str(&b);
        }
    }
}

static void sanctions(arena *a, report_rule *to, const rule *from) {
    to->sanctions = arena_array(a, report_sanction, from->sanction_count);
    to->sanction_count = from->sanction_count;
    for (size_t i = 0; i < from->sanction_count; i++) {
        const sanction *s = &from->sanctions[i];
        buf b = {.arena = a};
        buf_add(&b, s->title);
        if (s->up_to) buf_addf(&b, "; up to %.*s", STR_ARG(build_amount(a, s->up_to)));
        if (s->at_least) buf_addf(&b, "; at least %.*s", STR_ARG(build_amount(a, s->at_least)));
        for (size_t k = 0; k < s->per_count; k++)
            buf_addf(&b, "%s%.*s", k ? ", " : " per ", STR_ARG(s->per[k]));
        add_when(a, &b, s->when);
        to->sanctions[i] = (report_sanction){buf_str(&b), str_copy(a, s->cites.text)};
    }
}

static void reviews(arena *a, report_rule *to, const rule *from) {
    const reviewed *r = from->reviewed.stated ? &from->reviewed : &from->policy->reviewed;
    if (!r->stated) return;
    to->reviewed_on = day_print(a, r->on);
    to->recheck = day_print(a, r->recheck);
    to->confidence = str_copy(a, r->confidence);
}

report_rule build_rule(arena *a, const rule *from) {
    report_at at = build_at(a, from->at, STR(""), false);
    report_rule out = {
        .id = str_copy(a, from->id),
        .policy = str_copy(a, from->policy->id),
        .title = str_copy(a, from->title),
        .chapter = str_copy(a, from->chapter),
        .cites = str_copy(a, from->cites.text),
        .url = str_copy(a, from->cites.url),
        .note = str_copy(a, from->cites.note),
        .basis = str_copy(a, from->basis),
        .kind = str_copy(a, from->kind),
        .severity = from->severity.count ? build_cases(a, &from->severity, false) : STR("major"),
        .file = at.file,
        .line = at.line,
        .effective = window_texts(a, &from->effective),
    };
    reviews(a, &out, from);
    conditions(a, &out, from);
    build_terms(a, &out, from);
    ways(a, &out, from);
    sanctions(a, &out, from);
    return out;
}

report_policy build_policy(arena *a, const policy *from) {
    return (report_policy){
        .id = str_copy(a, from->id),
        .name = str_copy(a, from->instrument.name),
        .native = str_copy(a, from->instrument.native),
        .number = str_copy(a, from->instrument.number),
        .kind = str_copy(a, from->instrument.kind),
        .url = str_copy(a, from->instrument.url),
        .jurisdiction = str_copy(a, from->jurisdiction),
        .status = build_cases(a, &from->status, true),
    };
}
