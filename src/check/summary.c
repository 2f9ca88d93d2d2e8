// SPDX-License-Identifier: Apache-2.0
//
// From findings to the sentence that decides: blocked, undetermined, uncovered, cleared, and what a
// clearance rests on.
#include "check/summary.h"

#include "check/candidates.h"

#include <stdlib.h>

bool is_bad(outcome o) {
    return o != OUTCOME_MET && o != OUTCOME_NOT_APPLICABLE && o != OUTCOME_NOT_OURS &&
           o != OUTCOME_WAIVED;
}

// --- clearance

static verdict verdict_of(const check_result *all, size_t from, rule_severity bar, bool covered) {
    bool open = false;
    for (size_t i = from; i < all->findings.len; i++) {
        const finding *f = &all->findings.at[i];
        if (f->outcome == OUTCOME_VIOLATED && f->severity >= bar) return VERDICT_BLOCKED;
        open |= f->outcome == OUTCOME_ERROR;
        open |= (f->outcome == OUTCOME_UNDETERMINED || f->outcome == OUTCOME_REVIEW) &&
                f->severity >= bar;
    }
    return open ? VERDICT_UNDETERMINED : covered ? VERDICT_CLEARED : VERDICT_UNCOVERED;
}

typedef vec(str) sentences;

static void add_sentence(arena *a, sentences *list, str s) {
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->at[i], s)) return;
    vec_push(a, list, s);
}

// A sentence for each open term, whatever it was asked of: `F.term(x), F.other(y)` in, and the
// commas between brackets belong to a term.
static void add_presumed(arena *a, sentences *list, str presumed) {
    size_t from = 0, depth = 0;
    for (size_t i = 0; i <= presumed.len; i++) {
        char c = i < presumed.len ? presumed.ptr[i] : ',';
        depth += c == '(';
        depth -= c == ')' && depth > 0;
        if (c != ',' || depth > 0) continue;
        str term = str_trim(str_sub(presumed, from, i));
        ptrdiff_t open = str_find(term, STR("("));
        term = str_sub(term, 0, open < 0 ? term.len : (size_t)open);
        if (term.len)
            add_sentence(a, list,
                         str_format(a, "presumed, no opinion stated: %.*s", STR_ARG(term)));
        from = i + 1;
    }
}

static void add_rests(arena *a, sentences *list, const finding *f) {
    str id = f->rule->id;
    if (f->outcome == OUTCOME_UPCOMING && f->has_due)
        add_sentence(
            a, list,
            str_format(a, "%.*s falls due on %.*s", STR_ARG(id), STR_ARG(day_print(a, f->due))));
    else if (f->outcome == OUTCOME_UPCOMING && f->has_from)
        add_sentence(a, list,
                     str_format(a, "%.*s begins to apply on %.*s", STR_ARG(id),
                                STR_ARG(day_print(a, f->from))));
    else if (f->outcome == OUTCOME_GRACE && f->has_grace_until)
        add_sentence(a, list,
                     str_format(a, "%.*s is in grace until %.*s", STR_ARG(id),
                                STR_ARG(day_print(a, f->grace_until))));
    else if (f->outcome == OUTCOME_GRACE)
        add_sentence(a, list,
                     str_format(a, "%.*s is in grace: %.*s", STR_ARG(id), STR_ARG(f->grace_title)));
    add_presumed(a, list, f->presumed);
}

// One exception of a policy, as its reader sees it: a chapter lends the same to all its rules.
typedef struct exemption {
    const policy *policy;
    str words;
    const rule *first, *last;
    size_t rules;
} exemption;

static void add_exemptions(arena *a, sentences *list, const check_result *all, size_t from) {
    vec(exemption) found = {0};
    for (size_t i = from; i < all->findings.len; i++) {
        const finding *f = &all->findings.at[i];
        if (!f->exception) continue;
        const policy *p = f->rule->policy;
        str words = cond_words(a, p, &f->exception->when), cites = f->exception->when.cites.text;
        if (cites.len) words = str_format(a, "%.*s (%.*s)", STR_ARG(words), STR_ARG(cites));
        exemption *x = NULL;
        for (size_t k = 0; k < found.len && !x; k++)
            if (found.at[k].policy == p && str_eq(found.at[k].words, words)) x = &found.at[k];
        if (!x) {
            vec_push(a, &found, (exemption){.policy = p, .words = words, .first = f->rule});
            x = &found.at[found.len - 1];
        }
        x->rules += x->last != f->rule;
        x->last = f->rule;
    }
    for (size_t i = 0; i < found.len; i++) {
        const exemption *x = &found.at[i];
        str from_what = x->rules == 1
                            ? x->first->id
                            : str_format(a, "%zu rules of %.*s", x->rules, STR_ARG(x->policy->id));
        add_sentence(
            a, list,
            str_format(a, "exempt from %.*s: %.*s", STR_ARG(from_what), STR_ARG(x->words)));
    }
}

void summary_clearance(check_result *out, check_run *run, const check_query *q, size_t from,
                       bool covered) {
    clearance c = {.market = run->facts->market,
                   .place = run->facts->place,
                   .name = place_name(&run->rules->places, run->facts->place),
                   .as_of = run->as_of};
    sentences rests = {0};
    c.verdict = verdict_of(out, from, q->fail_on, covered);
    for (size_t i = from; i < out->findings.len; i++) {
        c.counts[out->findings.at[i].outcome]++;
        if (c.verdict == VERDICT_CLEARED) add_rests(run->arena, &rests, &out->findings.at[i]);
    }
    if (c.verdict == VERDICT_CLEARED) add_exemptions(run->arena, &rests, out, from);
    c.rests_on = rests.at;
    c.rests_count = rests.len;
    vec_push(run->arena, &out->clearances, c);
}

// --- roles

static role_need *need_of(check_result *out, check_run *run, const role_def *role) {
    for (size_t i = 0; i < out->roles.len; i++)
        if (out->roles.at[i].role == role) return &out->roles.at[i];
    candidate_list found;
    size_t more = candidates_of(&found, run, role);
    vec_push(run->arena, &out->roles,
             (role_need){
                 .role = role, .candidates = found.at, .candidate_count = found.len, .more = more});
    return &out->roles.at[out->roles.len - 1];
}

static void add_place(check_run *run, role_need *need, str place) {
    for (size_t i = 0; i < need->place_count; i++)
        if (str_eq(need->places[i], place)) return;
    str *longer = arena_array(run->arena, str, need->place_count + 1);
    for (size_t i = 0; i < need->place_count; i++)
        longer[i] = need->places[i];
    longer[need->place_count++] = place;
    need->places = longer;
}

static void add_index(arena *a, size_t **list, size_t *count, size_t index) {
    if (*count && (*list)[*count - 1] == index) return;
    size_t *longer = arena_array(a, size_t, *count + 1);
    for (size_t i = 0; i < *count; i++)
        longer[i] = (*list)[i];
    longer[(*count)++] = index;
    *list = longer;
}

void summary_roles(check_result *out, check_run *run, size_t from) {
    for (size_t i = from; i < out->findings.len; i++) {
        const finding *f = &out->findings.at[i];
        if (!is_bad(f->outcome)) continue;
        for (size_t w = 0; w < f->rule->way_count; w++) {
            const role_def *role =
                f->rule->ways[w].role.len ? ruleset_role(run->rules, f->rule->ways[w].role) : NULL;
            if (!role) continue;
            role_need *need = need_of(out, run, role);
            add_place(run, need, f->place);
            add_index(run->arena, &need->findings, &need->finding_count, i);
        }
    }
}

// --- questions

static int by_weight(const void *x, const void *y) {
    const question *a = x, *b = y;
    if (a->decides_count != b->decides_count) return a->decides_count < b->decides_count ? 1 : -1;
    return str_cmp(a->path, b->path);
}

void summary_questions(check_result *out, arena *a) {
    map by_path = {0};
    for (size_t i = 0; i < out->findings.len; i++) {
        const finding *f = &out->findings.at[i];
        for (size_t n = 0; n < f->needs.count; n++) {
            question *q = map_get(&by_path, f->needs.at[n].path);
            if (!q) {
                q = arena_new(a, question);
                *q = (question){.path = f->needs.at[n].path, .ask = f->needs.at[n].ask};
                map_put(a, &by_path, q->path, q);
            }
            add_index(a, &q->decides, &q->decides_count, i);
        }
    }
    for (size_t i = 0; i < by_path.len; i++)
        vec_push(a, &out->questions, *(question *)by_path.entries[i].value);
    if (out->questions.len)
        qsort(out->questions.at, out->questions.len, sizeof(question), by_weight);
}

static int by_rule(const void *x, const void *y) {
    const finding *a = x, *b = y;
    int order = str_cmp(a->rule->id, b->rule->id);
    if (order) return order;
    order = str_cmp(a->subject, b->subject);
    return order ? order : (a->at.from > b->at.from) - (a->at.from < b->at.from);
}

void summary_sort(check_result *out, size_t from) {
    if (out->findings.len > from)
        qsort(out->findings.at + from, out->findings.len - from, sizeof(finding), by_rule);
}
