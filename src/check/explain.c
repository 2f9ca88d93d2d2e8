// SPDX-License-Identifier: Apache-2.0
//
// Which lines decided is read off the outcome: of a violated rule all that make it apply and those
// it fails, of one that does not apply the first line that does not hold. What an expression read
// while it was evaluated are its facts.
#include "check/explain.h"

#include "cel/explain.h"
#include "check/candidates.h"

typedef struct telling {
    check_run *run;
    vec(explained) lines;
} telling;

static str truth_word(const telling *t, value v) {
    if (v.kind == VALUE_BOOL) return v.u.b ? STR("true") : STR("false");
    if (v.kind == VALUE_UNKNOWN) return STR("unknown");
    return v.kind == VALUE_ERROR ? STR("error") : value_print(t->run->arena, v);
}

static void add_line(telling *t, unsigned depth, str text, str value_text, bool is_fact) {
    vec_push(t->run->arena, &t->lines, (explained){depth, text, value_text, is_fact});
}

static str printed(telling *t, const expr *e) {
    buf b = {.arena = t->run->arena};
    cel_print(&b, e);
    return buf_str(&b);
}

static void on_node(void *ctx, unsigned depth, const expr *e, value v) {
    telling *t = ctx;
    add_line(t, depth, printed(t, e), truth_word(t, v), false);
}

static void on_element(void *ctx, unsigned depth, str name, value element) {
    telling *t = ctx;
    str text = str_format(t->run->arena, "where %.*s is %.*s", STR_ARG(name),
                          STR_ARG(value_print(t->run->arena, element)));
    add_line(t, depth, text, (str){"", 0}, false);
}

// --- facts

static void add_fact(telling *t, unsigned depth, cell c) {
    const fact *f = fact_of(t->run->facts, c.record, c.slot);
    if (!c.record && (!f || (f->kind == FACT_RECORD && !f->list))) return;
    if (c.record && c.record->realm == REALM_OTHER) return;
    reason r = run_reason(t->run, c);
    value v = *cell_slot(t->run, c);
    add_line(t, depth, r.path,
             v.kind == VALUE_UNKNOWN ? STR("not stated") : value_print(t->run->arena, v), true);
}

// The role that a call asks for; NULL: none.
static const role_def *role_asked(telling *t, const expr *e) {
    if (e->kind != EXPR_CALL || e->u.call.count != 1 || e->u.call.target ||
        e->u.call.args[0]->kind != EXPR_LITERAL)
        return NULL;
    value name = e->u.call.args[0]->u.literal;
    return name.kind == VALUE_STRING ? ruleset_role(t->run->rules, value_text(name)) : NULL;
}

static void add_candidate(telling *t, unsigned depth, const candidate *c) {
    arena *a = t->run->arena;
    buf b = {.arena = a};
    bool eligible = c->eligible.kind == VALUE_BOOL && c->eligible.u.b;
    buf_addf(&b, "%.*s is %s", STR_ARG(c->name),
             eligible                         ? "eligible"
             : c->eligible.kind == VALUE_BOOL ? "not eligible"
                                              : "perhaps eligible");
    if (c->state.len) buf_addf(&b, ", %.*s", STR_ARG(c->state));
    for (size_t i = 0; i < c->lacks_count; i++)
        buf_addf(&b, "%s%.*s", i ? "; " : ", but it does not hold: ", STR_ARG(c->lacks[i]));
    add_line(t, depth, buf_str(&b), (str){"", 0}, false);
}

static void add_role(telling *t, unsigned depth, const role_def *role, bool held) {
    candidate_list found;
    str text = str_format(t->run->arena, "%s: %.*s",
                          held ? "somebody holds the role" : "nobody is known to hold the role",
                          STR_ARG(role->title));
    add_line(t, depth, text, (str){"", 0}, false);
    candidates_of(&found, t->run, role);
    for (size_t i = 0; i < found.len; i++)
        if (found.at[i].from_manifest) add_candidate(t, depth + 1, &found.at[i]);
}

static void on_leaf(void *ctx, unsigned depth, const expr *e, value *frame) {
    telling *t = ctx;
    check_run *run = t->run;
    const role_def *role = role_asked(t, e);
    run->touched = (cells){0};
    run->logging = true;
    value v = cel_eval(&run->cel, e, frame);
    run->logging = false;
    cells read = run->touched;
    bool is_condition =
        v.kind == VALUE_BOOL || v.kind == VALUE_UNKNOWN || v.kind == VALUE_ERROR || read.len == 0;
    if (is_condition) // else a list that was gone through: its facts say what is in it
        add_line(t, depth++, printed(t, e), truth_word(t, v), false);
    if (role) {
        add_role(t, depth, role, v.kind == VALUE_BOOL && v.u.b);
        return;
    }
    for (size_t i = 0; i < read.len; i++)
        add_fact(t, depth, read.at[i]);
}

// --- lines of the rule

static void tell_expr(telling *t, const expr *e, value *frame, unsigned depth) {
    cel_explainer x = {on_node, on_element, on_leaf, t};
    cel_explain(&t->run->cel, e, frame, depth, &x);
}

static void tell_cond(telling *t, const cond *c, value *frame, unsigned depth) {
    truth now = run_cond(t->run, c, frame);
    static const char *const words[] = {[TRUTH_FALSE] = "does not hold",
                                        [TRUTH_UNKNOWN] = "is open",
                                        [TRUTH_ERROR] = "cannot be evaluated",
                                        [TRUTH_TRUE] = "holds"};
    if (c->title.len) add_line(t, depth++, c->title, str_of(words[now]), false);
    if (c->kind == COND_TEST) {
        tell_expr(t, c->test, frame, depth);
        return;
    }
    for (size_t i = 0; i < c->count; i++) {
        truth part = run_cond(t->run, &c->parts[i], frame);
        bool decides = c->kind == COND_ALL ? now == TRUTH_TRUE || part == now
                                           : now == TRUTH_FALSE || part == now;
        if (decides) tell_cond(t, &c->parts[i], frame, depth);
    }
}

static void heading(telling *t, const char *words) {
    add_line(t, 0, str_of(words), (str){"", 0}, false);
}

static void tell_exceptions(telling *t, const rule *r, value *frame, const char *words,
                            bool holding) {
    for (size_t i = 0; i < r->except_count; i++) {
        bool holds = run_cond(t->run, &r->except[i].when, frame) == TRUTH_TRUE;
        if (holds != holding) continue;
        heading(t, words);
        tell_cond(t, &r->except[i].when, frame, 1);
    }
}

static void tell_applies(telling *t, const rule *r, value *frame, const char *words) {
    if (r->applies.count == 0) return;
    heading(t, words);
    tell_cond(t, &r->applies, frame, 1);
}

static void tell_requires(telling *t, const rule *r, value *frame, const char *words) {
    if (r->prohibition) return;
    heading(t, words);
    tell_cond(t, &r->requires_, frame, 1);
}

static void tell_binds(telling *t, const rule *r, value *frame, const char *words) {
    if (!r->binds) return;
    heading(t, words);
    tell_expr(t, r->binds, frame, 1);
}

static void tell(telling *t, const finding *f, value *frame) {
    const rule *r = f->rule;
    switch (f->outcome) {
    case OUTCOME_MET: tell_requires(t, r, frame, "what it demands holds"); break;
    case OUTCOME_NOT_OURS: tell_binds(t, r, frame, "it binds somebody else"); break;
    case OUTCOME_NOT_APPLICABLE:
        if (f->exception)
            tell_exceptions(t, r, frame, "an exception holds", true);
        else
            tell_applies(t, r, frame, "it does not apply");
        break;
    case OUTCOME_UNDETERMINED:
    case OUTCOME_REVIEW:
    case OUTCOME_ERROR:
        tell_binds(t, r, frame, "whether it binds us");
        tell_applies(t, r, frame, "whether it applies");
        tell_requires(t, r, frame, "whether what it demands holds");
        break;
    default:
        tell_binds(t, r, frame, "it binds us");
        tell_applies(t, r, frame, "it applies");
        tell_exceptions(t, r, frame, "no exception holds", false);
        tell_requires(t, r, frame, "what it demands does not hold");
        break;
    }
}

// --- one sentence

static str sentence_of(check_run *run, const finding *f, value *frame) {
    const rule *r = f->rule;
    arena *a = run->arena;
    str applies =
        r->applies.count ? run_failing_line(run, r->policy, &r->applies, frame) : (str){"", 0};
    str fails =
        r->prohibition ? (str){"", 0} : run_failing_lines(run, r->policy, &r->requires_, frame);
    switch (f->outcome) {
    case OUTCOME_MET: return STR("What it demands holds.");
    case OUTCOME_NOT_OURS: return STR("It binds somebody else.");
    case OUTCOME_NOT_APPLICABLE:
        if (f->exception)
            return str_format(a, "It does not apply, by this exception: %.*s.",
                              STR_ARG(cond_words(a, r->policy, &f->exception->when)));
        if (f->displaced_by.len)
            return str_format(a, "It yields to %.*s here.", STR_ARG(f->displaced_by));
        return applies.len
                   ? str_format(a, "It does not apply, because this %.*s.", STR_ARG(applies))
                   : STR("It does not apply on this date.");
    case OUTCOME_UNDETERMINED: return STR("It depends on facts that are not stated.");
    case OUTCOME_REVIEW: return STR("It depends on a judgement that nobody has signed.");
    case OUTCOME_ERROR: return f->why;
    default:
        return r->prohibition ? STR("It applies, and it forbids what is stated.")
                              : str_format(a, "It applies, and this %.*s.", STR_ARG(fails));
    }
}

void explain_finding(check_run *run, finding *f, value *frame) {
    telling t = {.run = run};
    f->sentence = sentence_of(run, f, frame);
    tell(&t, f, frame);
    f->explained = t.lines.at;
    f->explained_count = t.lines.len;
}
