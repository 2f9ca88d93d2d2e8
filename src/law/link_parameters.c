// SPDX-License-Identifier: Apache-2.0
//
// Parameters: their types and values, what places below set, and which body holds at a place on a
// day. The nearest place wins; where it has no case for a day, the policy's own case holds.
#include "law/link.h"
#include "law/lookup.h"
#include "law/policy_reader.h"
#include "law/uses.h"

// --- types

static const struct {
    const char *name;
    const type *type;
} simple_types[] = {
    {"string", &type_string}, {"bool", &type_bool},      {"int", &type_int},
    {"double", &type_double}, {"date", &type_date},      {"period", &type_period},
    {"money", &type_money},   {"country", &type_string}, {"jurisdiction", &type_string},
    {"place", &type_string},
};
enum { SIMPLE_TYPES = sizeof simple_types / sizeof *simple_types };

static const type *bad_type(linker *l, const node *n, str hint) {
    diag_add(l->diags, DIAG_BAD_TYPE, n->at,
             hint.len
                 ? hint
                 : STR("a parameter is string, bool, int, double, date, period, money, "
                       "country, jurisdiction, place, `enum [a, b]`, `enum LIST` or `list of …`"),
             "`%.*s` is no type of a parameter", STR_ARG(n->text));
    return NULL;
}

// `[a, b]`: the words between brackets.
static const type *words_type(linker *l, const node *n, str s) {
    if (s.len < 3 || s.ptr[s.len - 1] != ']') return bad_type(l, n, STR(""));
    enumeration *e = arena_new(l->arena, enumeration);
    str *words = arena_array(l->arena, str, s.len);
    for (size_t i = 1; i + 1 < s.len;) {
        size_t end = i;
        while (end + 1 < s.len && s.ptr[end] != ',')
            end++;
        str word = str_trim(str_sub(s, i, end));
        if (word.len == 0) return bad_type(l, n, STR(""));
        words[e->count++] = word;
        i = end + 1;
    }
    e->values = words;
    return type_enum_of(l->arena, e);
}

static const type *enum_type(linker *l, const node *n, str s) {
    if (s.len && s.ptr[0] == '[') return words_type(l, n, s);
    const enumeration *e = map_get(&l->rules->vocabulary.values, s);
    return e ? type_enum_of(l->arena, e)
             : bad_type(l, n, link_near(l, s, &l->rules->vocabulary.values));
}

static const type *parse_type(linker *l, const node *n) {
    str s = str_trim(n->text);
    bool list = str_starts(s, STR("list of "));
    if (list) s = str_trim(str_sub(s, 8, s.len));
    const type *one = NULL;
    for (size_t i = 0; i < SIMPLE_TYPES && !one; i++)
        if (str_is(s, simple_types[i].name)) one = simple_types[i].type;
    if (!one && str_starts(s, STR("enum ")))
        one = enum_type(l, n, str_trim(str_sub(s, 5, s.len)));
    else if (!one)
        one = bad_type(l, n, STR(""));
    return one && list ? type_list_of(l->arena, one) : one;
}

// --- values

// The cases as one expression; NULL: values that do not fit (said so).
static expr *body_of(linker *l, const policy *p, const cases *c, const type *t) {
    policy copy = {.text = p->text};
    policy_reader reading = {.r = {l->arena, l->diags}, .policy = &copy};
    expr **values = arena_array(l->arena, expr *, c->count);
    bool good = true;
    for (size_t i = 0; i < c->count; i++) {
        values[i] = c->at[i].node ? parameter_literal(&reading, c->at[i].node, t) : NULL;
        good = good && values[i];
    }
    return good ? policy_cases_expr(&reading, c->at[0].node, c, values) : NULL;
}

// A parameter whose value cannot be read is known by its name, so that its uses are not complained
// of, too: as an open term, which nobody is asked since the rules do not load.
void link_parameters(linker *l, policy *p) {
    for (size_t i = 0; i < p->parameters.len; i++) {
        parameter *q = p->parameters.entries[i].value;
        q->type = q->type_text ? parse_type(l, q->type_text) : NULL;
        q->definition->env = p->env;
        if (q->cases.count || q->not_yet) q->definition->body = body_of(l, p, &q->cases, q->type);
        if (!q->definition->body) {
            q->definition->open = true;
            q->definition->owner = arena_new(l->arena, open_term);
        }
        if (!map_has(&p->notes, q->name)) // else said that both are called so
            vec_push(l->arena, &p->env->definitions, q->definition);
    }
}

// --- what places set

// Of which parameter; NULL: said why.
static parameter *set_what(linker *l, const setting *s) {
    const policy *of = map_get(&l->rules->policy_index, s->policy_id);
    if (!of && l->rules->incomplete) return NULL;
    parameter *q = of ? map_get(&of->parameters, s->name) : NULL;
    if (!of)
        diag_add(l->diags, DIAG_UNKNOWN_NAME, s->at,
                 link_near(l, s->policy_id, &l->rules->policy_index), "there is no policy `%.*s`",
                 STR_ARG(s->policy_id));
    else if (!q)
        diag_add(l->diags, DIAG_UNKNOWN_NAME, s->at, link_near(l, s->name, &of->parameters),
                 "policy `%.*s` has no parameter `%.*s`", STR_ARG(s->policy_id), STR_ARG(s->name));
    else if (!place_lies_in(&l->rules->places, s->policy->jurisdiction, of->jurisdiction)) {
        diag *d = diag_add(l->diags, DIAG_SET_ELSEWHERE, s->at,
                           STR("a place sets parameters of the places that it lies in"),
                           "`%.*s` does not lie in `%.*s`, whose parameter this is",
                           STR_ARG(s->policy->jurisdiction), STR_ARG(of->jurisdiction));
        d->also = q->at;
        return NULL;
    }
    return q;
}

// The setting's cases, then those of the parameter's own policy.
static expr *chained(linker *l, const expr *e, const expr *own) {
    uint32_t count = e->kind == EXPR_CASES ? e->u.cases.count : 1;
    uint32_t more = !own ? 0 : own->kind == EXPR_CASES ? own->u.cases.count : 1;
    expr *all = arena_new(l->arena, expr);
    *all = *e;
    all->kind = EXPR_CASES;
    all->u.cases.count = count + more;
    all->u.cases.cases = arena_array(l->arena, expr_case, count + more);
    for (uint32_t i = 0; i < count + more; i++) {
        const expr *from = i < count ? e : own;
        uint32_t k = i < count ? i : i - count;
        all->u.cases.cases[i] =
            from->kind == EXPR_CASES ? from->u.cases.cases[k] : (expr_case){.value = (expr *)from};
    }
    return all;
}

static void add_setting(linker *l, parameter *q, const setting *s) {
    const setting **all = arena_array(l->arena, const setting *, q->setting_count + 1);
    for (size_t i = 0; i < q->setting_count; i++)
        all[i] = q->settings[i];
    all[q->setting_count++] = s;
    q->settings = all;
}

// Links and checks only what the place sets; what it is chained to is linked already.
static void link_setting(linker *l, setting *s, parameter *q) {
    expr *own = body_of(l, s->policy, &s->cases, q->type_text ? q->type : NULL);
    s->parameter = q;
    if (!own) return;
    l->policy = (policy *)s->policy;
    link_scope(l, 0);
    l->frame = q->definition->frame;
    link_expr(l, own, q->type && q->type->kind != TYPE_ERROR ? q->type : NULL);
    q->definition->frame = l->frame;
    s->body = chained(l, own, q->definition->body);
    add_setting(l, q, s);
}

void link_settings(linker *l) {
    for (size_t i = 0; i < l->rules->policy_index.len; i++) {
        policy *p = l->rules->policy_index.entries[i].value;
        for (size_t k = 0; k < p->sets.len; k++) {
            setting *s = p->sets.at[k];
            parameter *q = set_what(l, s);
            if (q && s->cases.count && p->status.count) link_setting(l, s, q);
        }
    }
}

// --- lookup

const parameter *definition_parameter(const definition *d) {
    return d && !d->open ? d->owner : NULL;
}

static bool covers(const case_of *k, day on) {
    return !(k->has_from && on < k->from) && !(k->has_until && on >= k->until);
}

bool cases_cover(const cases *c, day on) {
    for (size_t i = 0; i < c->count; i++)
        if (covers(&c->at[i], on)) return true;
    return false;
}

// By date alone: a case with a condition may hold.
bool policy_may_be_in_force(const policy *p, day on) {
    for (size_t i = 0; i < p->status.count; i++) {
        const case_of *k = &p->status.at[i];
        if (!covers(k, on)) continue;
        if (str_is(k->value, "in force")) return true;
        if (!k->when) return false;
    }
    return false;
}

bool setting_holds(const ruleset *r, const setting *s, str place, day on) {
    return cases_cover(&s->cases, on) && policy_may_be_in_force(s->policy, on) &&
           place_within(&r->places, place, s->policy->jurisdiction, on);
}

const expr *ruleset_parameter(const ruleset *r, const definition *d, str place, day on) {
    const parameter *q = definition_parameter(d);
    const setting *best = NULL;
    for (size_t i = 0; q && i < q->setting_count; i++) {
        const setting *s = q->settings[i];
        if (!setting_holds(r, s, place, on)) continue;
        if (!best ||
            place_within(&r->places, s->policy->jurisdiction, best->policy->jurisdiction, on))
            best = s;
    }
    return best ? best->body : d->body;
}

static bool is_set(const policy *p) {
    for (size_t i = 0; i < p->parameters.len; i++)
        if (((const parameter *)p->parameters.entries[i].value)->setting_count) return true;
    return false;
}

bool ruleset_differs(const ruleset *r, const rule *of, arena *scratch, str place, str around,
                     day on) {
    uses u = {.arena = scratch, .start_index = FACTS_START};
    if (!is_set(of->policy)) return false; // as most are: spare the walk
    uses_add_rule(&u, of);
    for (size_t i = 0; i < u.definitions.len; i++)
        if (ruleset_parameter(r, u.definitions.at[i], place, on) !=
            ruleset_parameter(r, u.definitions.at[i], around, on))
            return true;
    return false;
}
