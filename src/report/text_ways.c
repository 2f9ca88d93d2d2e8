// SPDX-License-Identifier: Apache-2.0
//
// What would clear an entry: the ways, the roles that they fill, who is known to be able to fill
// them and on what evidence; and what a violation costs.
#include "report/text.h"

#include "base/date.h"

enum { WAY_AT = 15, EVIDENCE_MAX = 3, OTHERS_MAX = 3 };

static void add_count(buf *b, int64_t count, const char *unit) {
    if (!count) return;
    if (b->len) buf_addc(b, ' ');
    buf_addf(b, "%lld %s%s", (long long)count, unit, count == 1 ? "" : "s");
}

str text_period(arena *a, str iso) {
    period p;
    if (!period_parse(iso, &p)) return iso;
    buf b = {.arena = a};
    add_count(&b, p.months / 12, "year");
    add_count(&b, p.months % 12, "month");
    if (p.days && p.days % 7 == 0)
        add_count(&b, p.days / 7, "week");
    else
        add_count(&b, p.days, "day");
    add_count(&b, p.seconds / 3600, "hour");
    add_count(&b, p.seconds / 60 % 60, "minute");
    add_count(&b, p.seconds % 60, "second");
    return buf_str(&b);
}

static const report_role *role_of(const report *r, str name, size_t manifest) {
    for (size_t i = 0; i < r->role_count; i++)
        if (str_eq(r->roles[i].role, name) && r->roles[i].manifest == manifest) return &r->roles[i];
    return NULL;
}

static str standing(teller *t, const report_candidate *c) {
    const char *eligible = str_is(c->eligible, "true")    ? "eligible"
                           : str_is(c->eligible, "false") ? "not eligible"
                                                          : "perhaps eligible";
    if (str_is(c->engaged, "true")) return str_format(t->arena, "%s, engaged", eligible);
    if (c->state.len) return str_format(t->arena, "%s, %.*s", eligible, STR_ARG(c->state));
    return str_format(t->arena, "%s%s", eligible,
                      str_is(c->from, "manifest") ? ", nothing agreed" : "");
}

static void evidence(teller *t, const report_candidate *c) {
    page *p = &t->page;
    size_t most = t->options->verbose || c->evidence_count <= EVIDENCE_MAX + 1 ? c->evidence_count
                                                                               : EVIDENCE_MAX;
    buf b = {.arena = t->arena};
    for (size_t i = 0; i < most; i++) {
        bool named = i > 0 && str_eq(c->evidence[i].registry, c->evidence[i - 1].registry);
        buf_adds(&b, i ? ", " : "");
        if (!named) buf_addf(&b, "%.*s ", STR_ARG(c->evidence[i].registry));
        buf_add(&b, c->evidence[i].number);
    }
    if (most < c->evidence_count) buf_addf(&b, " and %zu more", c->evidence_count - most);
    if (!b.len) return;
    page_tab(p, WAY_AT + 2);
    page_words(p, INK_PLAIN, STR("listed:"));
    p->indent = WAY_AT + 10;
    page_words(p, INK_PLAIN, buf_str(&b));
    page_end(p);
}

static void candidate(teller *t, const report_candidate *c) {
    page *p = &t->page;
    page_tab(p, WAY_AT);
    p->indent = WAY_AT + 2;
    page_words(p, INK_PLAIN, STR("-"));
    page_words(p, INK_NAME, c->name.len ? c->name : c->party);
    if (c->party.len && c->name.len) page_wordsf(p, INK_PLAIN, "[%.*s]", STR_ARG(c->party));
    page_put(p, INK_PLAIN, STR(":"));
    page_words(p, str_is(c->engaged, "true") ? INK_GOOD : INK_PLAIN, standing(t, c));
    page_end(p);
    evidence(t, c);
    if (!c->lacks.count) return;
    page_tab(p, WAY_AT + 2);
    page_words(p, INK_PLAIN, STR("lacks: "));
    p->indent = WAY_AT + 10;
    page_tab(p, WAY_AT + 10);
    page_words(p, INK_PLAIN, text_join(t->arena, c->lacks.at, c->lacks.count, "; "));
    page_end(p);
}

// The rule under which the role's candidates have been listed; NULL: not yet (and now they are).
static const report_rule *told_before(teller *t, const report_role *role, const report_rule *rule) {
    for (size_t i = 0; i < t->told.len; i++)
        if (t->told.at[i] == role) return t->told_by.at[i];
    vec_push(t->arena, &t->told, role);
    vec_push(t->arena, &t->told_by, rule);
    return NULL;
}

// Those of the manifest, and a few that only registries name.
static void candidates(teller *t, const report_role *role) {
    page *p = &t->page;
    size_t others = 0, more = role->more;
    for (size_t i = 0; i < role->candidate_count; i++) {
        bool other = !str_is(role->candidates[i].from, "manifest");
        others += other;
        if (other && others > OTHERS_MAX && !t->options->verbose)
            more++;
        else
            candidate(t, &role->candidates[i]);
    }
    if (!more && role->candidate_count) return;
    page_tab(p, WAY_AT);
    if (role->candidate_count)
        page_wordsf(p, INK_FAINT, "- and %zu more in the registries", more);
    else
        page_words(p, INK_FAINT, STR("no candidate is known"));
    page_end(p);
}

static void role(teller *t, const entry *e, str name) {
    page *p = &t->page;
    const report_role *role = role_of(t->report, name, e->first->manifest);
    const report_rule *before = role ? told_before(t, role, e->rule) : NULL;
    page_tab(p, WAY_AT);
    page_words(p, INK_PLAIN, STR("partner:"));
    page_words(p, INK_NAME, name);
    if (!role || before) {
        if (before && before != e->rule)
            page_wordsf(p, INK_FAINT, "(candidates above, under %.*s)", STR_ARG(before->id));
        page_end(p);
        return;
    }
    page_wordsf(p, INK_PLAIN, "– %.*s", STR_ARG(role->title));
    page_end(p);
    candidates(t, role);
}

static void way(teller *t, const entry *e, const report_way *w, size_t number) {
    page *p = &t->page;
    str time = text_period(t->arena, w->lead_time);
    page_tab(p, 12);
    page_wordsf(p, INK_PLAIN, "%zu.", number);
    page_tab(p, WAY_AT);
    page_words(p, INK_PLAIN, w->title);
    if (time.len) page_wordsf(p, INK_PLAIN, "(takes %.*s)", STR_ARG(time));
    if (w->advice && !w->role.len) page_words(p, INK_FAINT, STR("(advice)"));
    page_end(p);
    for (size_t i = 0; t->options->verbose && i < w->sets.count; i++) {
        page_tab(p, WAY_AT);
        p->indent = WAY_AT + 2;
        page_wordsf(p, INK_FAINT, "set %.*s", STR_ARG(w->sets.at[i]));
        page_end(p);
    }
    if (w->role.len) role(t, e, w->role);
}

static bool same_sanctions(const report_rule *a, const report_rule *b) {
    if (a->sanction_count != b->sanction_count || !str_eq(a->policy, b->policy)) return false;
    for (size_t i = 0; i < a->sanction_count; i++)
        if (!str_eq(a->sanctions[i].title, b->sanctions[i].title) ||
            !str_eq(a->sanctions[i].cites, b->sanctions[i].cites))
            return false;
    return true;
}

// Told once for all rules of an instrument that have the same.
static void sanctions(teller *t, const report_rule *rule) {
    page *p = &t->page;
    if (!rule->sanction_count) return;
    for (size_t i = 0; i < t->sanctions.len && !t->options->verbose; i++) {
        if (!same_sanctions(t->sanctions.at[i], rule)) continue;
        text_key(p, "sanction:");
        page_wordsf(p, INK_FAINT, "as under %.*s", STR_ARG(t->sanctions.at[i]->id));
        page_end(p);
        return;
    }
    vec_push(t->arena, &t->sanctions, rule);
    for (size_t i = 0; i < rule->sanction_count; i++) {
        text_key(p, i ? "" : "sanction:");
        page_words(p, INK_PLAIN, rule->sanctions[i].title);
        if (rule->sanctions[i].cites.len)
            page_wordsf(p, INK_PLAIN, "(%.*s)", STR_ARG(rule->sanctions[i].cites));
        page_end(p);
    }
}

void text_ways(teller *t, const entry *e) {
    const report_rule *rule = e->rule;
    bool open = text_ink(e->first->outcome) == INK_OPEN || str_is(e->first->outcome, "error");
    if (open && !t->options->verbose) return;
    if (rule->way_count) text_key(&t->page, "ways:");
    for (size_t i = 0; i < rule->way_count; i++)
        way(t, e, &rule->ways[i], i + 1);
    sanctions(t, rule);
}
