// SPDX-License-Identifier: Apache-2.0
//
// The steps that an expression takes at most, found without evaluating it: lists hold as many
// elements as their types allow, and all of them are gone through. Counts what the walker and the
// functions spend (eval.h). What a list holds within a list that was computed is known by its type
// alone, so a run keeps its own count, too. Knows no facts.
#include "cel/eval.h"
#include "cel/link.h"

// Where nothing is said of it: elements of a list or map, bytes of a text.
enum { USUAL_COUNT = 1000, USUAL_LENGTH = 256 };

typedef struct estimate {
    double steps, size; // to evaluate it; of its value, in elements or bytes
    const type *type;
    double inner; // of the greatest element, where elements are written out; 0: by its type
} estimate;

// What a slot of the frame holds.
typedef struct held {
    double size;
    const type *type;
    double inner;
} held;

// A list that is gone through, within those before it.
typedef struct loop {
    const expr *range;
    double size;
} loop;

typedef vec(loop) loops;

typedef struct estimator {
    arena *arena;
    held *slots;
    size_t slot_count;
    loops inside, worst; // the loops at hand; those whose sizes multiply to the most
    double worst_size;
    double visited, limit; // nodes; there are no more of them than steps, so it ends there
    unsigned depth;        // of nesting, definitions written out
} estimator;

static estimate estimated(estimator *m, const expr *e);

static double greater(double x, double y) {
    return x > y ? x : y;
}

static double size_of(const type *t) {
    switch (t->kind) {
    case TYPE_LIST: return t->max_items ? (double)t->max_items : USUAL_COUNT;
    case TYPE_STRING:
    case TYPE_ENUM:
    case TYPE_BYTES: return USUAL_LENGTH;
    case TYPE_MAP:
    case TYPE_DYN: return USUAL_COUNT;
    default: return 1;
    }
}

static estimate with(double steps, double size, const type *t) {
    return (estimate){steps, size, t, 0};
}

static estimate of_type(double steps, const type *t) {
    return with(steps, size_of(t), t);
}

static const type *part_of(const type *part) {
    return part ? part : &type_dyn;
}

static const type *type_of(const expr *e) {
    return part_of(e->type);
}

static held slot_of(const estimator *m, uint32_t slot) {
    bool is_known = slot < m->slot_count && m->slots[slot].type;
    return is_known ? m->slots[slot] : (held){USUAL_COUNT, &type_dyn, 0};
}

static void hold(estimator *m, uint32_t slot, held h) {
    if (slot >= m->slot_count) {
        size_t count = 2 * (size_t)slot + 8;
        held *slots = arena_array(m->arena, held, count);
        for (size_t i = 0; i < m->slot_count; i++)
            slots[i] = m->slots[i];
        m->slots = slots;
        m->slot_count = count;
    }
    m->slots[slot] = h;
}

// --- values compared

// Comparisons of one value with another of its type.
static double weight(const type *t, double size) {
    const type *element = part_of(t->a);
    switch (t->kind) {
    case TYPE_LIST: return 1 + size * weight(element, size_of(element));
    case TYPE_MAP: return 1 + size * (size + weight(part_of(t->b), size_of(part_of(t->b))));
    case TYPE_OPTIONAL: return 1 + weight(element, size_of(element));
    default: return 1;
    }
}

// Keys that are looked at to find one of them: of a map, or of the one that an optional may have.
static double keys_of(const estimate *e) {
    const type *t = e->type->kind == TYPE_OPTIONAL ? part_of(e->type->a) : e->type;
    bool has_keys =
        t->kind == TYPE_MAP || t->kind == TYPE_DYN || (t->kind == TYPE_LIST && t->keyed);
    return !has_keys ? 0 : t == e->type ? e->size : size_of(t);
}

// --- calls

typedef struct operands {
    estimate *at;
    size_t count;
    double steps; // of all of them
} operands;

static operands operands_of(estimator *m, const expr *call) {
    size_t first = call->u.call.target ? 1 : 0;
    operands out = {.count = call->u.call.count + first};
    out.at = arena_array(m->arena, estimate, out.count);
    for (size_t i = 0; i < out.count; i++) {
        const expr *arg = i < first ? call->u.call.target : call->u.call.args[i - first];
        out.at[i] = estimated(m, arg);
        out.steps += out.at[i].steps;
    }
    return out;
}

static estimate equality(const operands *o, const type *result) {
    estimate x = o->at[0], y = o->at[1];
    double steps = greater(weight(x.type, x.size), weight(y.type, y.size));
    return with(steps, 1, result);
}

static estimate membership(const operands *o, const type *result) {
    estimate list = o->at[1];
    const type *element = part_of(list.type->a);
    return with(list.size * weight(element, size_of(element)), 1, result);
}

static estimate entry_of(const operands *o, const type *result) {
    const type *t = o->at[0].type;
    const type *entry = t->kind == TYPE_LIST && t->a ? t->a : t->kind == TYPE_MAP ? t->b : result;
    estimate e = of_type(keys_of(&o->at[0]), part_of(entry));
    if (o->at[0].inner > 0) e.size = o->at[0].inner;
    return e;
}

// What a run makes is not larger than this, whatever it is.
static double made(double size) {
    return size < CEL_MAX_TEXT ? size : CEL_MAX_TEXT;
}

static estimate sum(const operands *o, const type *result) {
    bool is_scalar = size_of(result) == 1; // a number, a time
    double size = made(o->at[0].size + o->at[1].size);
    return is_scalar ? of_type(0, result) : with(size / 4, size, result);
}

static estimate search(const operands *o, const type *result) {
    double places = o->at[0].size + 1; // the end is one
    return with(o->at[0].size * greater(o->at[1].size, 1) / 64 + places, places, result);
}

// As `search`, and each place found may take the third text in.
static estimate replacement(const operands *o, const type *result) {
    estimate e = search(o, result);
    e.size = made(e.size * greater(o->at[2].size, 1));
    e.steps += e.size / 64;
    return e;
}

static estimate match(const operands *o, const type *result) {
    return with(50 + o->at[0].size / 16 + o->at[1].size, 1, result);
}

static estimate concatenation(const operands *o, const type *result) {
    double between = o->count > 1 ? o->at[1].size : 0;
    double size = made(o->at[0].size * (USUAL_LENGTH + between));
    return with(o->at[0].size * 2 + size / 64, size, result);
}

static estimate formatting(const operands *o, const type *result) {
    double size = made(o->at[0].size + o->at[1].size * USUAL_LENGTH);
    const type *element = part_of(o->at[1].type->a);
    double shown = o->at[1].size * 4 * weight(element, size_of(element));
    return with(o->at[0].size + shown + size / 64, size, result);
}

// Of numbers, or of a list of them.
static estimate extreme(const operands *o, const type *result) {
    double count = (double)o->count;
    return of_type(o->count == 1 ? greater(count, o->at[0].size) : count, result);
}

static const struct work {
    const char *function;
    size_t count; // of operands, at least
    estimate (*of)(const operands *o, const type *result);
} works[] = {
    {"_==_", 2, equality},      {"_!=_", 2, equality},     {"@in", 2, membership},
    {"_[_]", 2, entry_of},      {"_[?_]", 2, entry_of},    {"_+_", 2, sum},
    {"contains", 2, search},    {"indexOf", 2, search},    {"lastIndexOf", 2, search},
    {"split", 2, search},       {"matches", 2, match},     {"replace", 3, replacement},
    {"join", 1, concatenation}, {"format", 2, formatting}, {"math.greatest", 1, extreme},
    {"math.least", 1, extreme},
};

// Of other functions: they read what they are given once. What those of other layers do beside is
// not known here.
static estimate reading(const operands *o, const type *result) {
    estimate e = of_type(0, result);
    for (size_t i = 0; i < o->count; i++) {
        type_kind kind = o->at[i].type->kind;
        bool is_text = kind == TYPE_STRING || kind == TYPE_BYTES;
        if (is_text) e.size = greater(e.size, o->at[i].size);
        if (is_text || kind == TYPE_LIST || kind == TYPE_MAP)
            e.steps += is_text ? o->at[i].size / 64 : o->at[i].size;
    }
    return e;
}

static estimate call_of(estimator *m, const expr *e) {
    operands o = operands_of(m, e);
    estimate (*of)(const operands *, const type *) = reading;
    char first = e->u.call.function.ptr[0];
    for (size_t i = 0; i < sizeof works / sizeof *works; i++)
        if (works[i].function[0] == first && str_is(e->u.call.function, works[i].function) &&
            o.count >= works[i].count)
            of = works[i].of;
    estimate result = of(&o, type_of(e));
    result.steps += 1 + o.steps;
    return result;
}

// --- definitions

// A body with what its parameters hold. One with a mistake, or in a circle, has none.
static estimate body_of(estimator *m, const expr *e, const definition *d, const held *params) {
    bool is_sound = d->body && d->type && d->type->kind != TYPE_ERROR;
    if (!is_sound) return of_type(1, type_of(e));
    held *slots = m->slots;
    size_t slot_count = m->slot_count;
    m->slots = NULL;
    m->slot_count = 0;
    for (size_t i = 0; i < d->param_count; i++)
        hold(m, (uint32_t)i, params[i]);
    estimate result = estimated(m, d->body);
    m->slots = slots;
    m->slot_count = slot_count;
    result.steps += 1;
    if (result.type->kind == TYPE_DYN) result.type = type_of(e);
    return result;
}

// Arguments are evaluated once, if at all.
static estimate definition_call(estimator *m, const expr *e) {
    const definition *d = e->u.call.definition;
    held *params = arena_array(m->arena, held, d->param_count);
    double steps = 0;
    for (size_t i = 0; i < d->param_count && i < e->u.call.count; i++) {
        estimate arg = estimated(m, e->u.call.args[i]);
        steps += arg.steps;
        params[i] = (held){arg.size, arg.type, arg.inner};
    }
    estimate result = body_of(m, e, d, params);
    result.steps += steps;
    return result;
}

// --- the other nodes

static estimate name_of(estimator *m, const expr *e) {
    if (e->u.ident.ref == REF_DEFINITION && e->u.ident.definition->param_count == 0)
        return body_of(m, e, e->u.ident.definition, NULL);
    if (e->u.ident.ref != REF_LOCAL) return of_type(1, type_of(e));
    held h = slot_of(m, e->u.ident.index);
    return (estimate){1, h.size, h.type->kind == TYPE_DYN ? type_of(e) : h.type, h.inner};
}

static estimate literal_of(const expr *e) {
    value v = e->u.literal;
    bool is_text = v.kind == VALUE_STRING || v.kind == VALUE_BYTES;
    return with(1, is_text ? v.n : 1, type_of(e));
}

// The type of a field is the record's, which may know more than the node in a definition's body.
static estimate selection_of(estimator *m, const expr *e) {
    estimate operand = estimated(m, e->u.select.operand);
    const type *t = operand.type, *field = type_of(e);
    if (t->kind == TYPE_RECORD && t->record && !e->test && !e->optional) {
        int slot = record_slot(t->record, e->u.select.field);
        if (slot >= 0) field = t->record->fields[slot].type;
    }
    return of_type(1 + operand.steps + keys_of(&operand), field);
}

static estimate logic_of(estimator *m, const expr *e) {
    estimate a = estimated(m, e->u.logic.a);
    if (e->kind == EXPR_NOT) return with(1 + a.steps, 1, &type_bool);
    estimate b = estimated(m, e->u.logic.b);
    if (e->kind != EXPR_COND) return with(1 + a.steps + b.steps, 1, &type_bool);
    estimate c = estimated(m, e->u.logic.c);
    estimate result = b.size >= c.size ? b : c;
    result.steps = 1 + a.steps + greater(b.steps, c.steps);
    result.inner = b.inner > 0 && c.inner > 0 ? greater(b.inner, c.inner) : 0;
    return result;
}

static estimate entries_of(estimator *m, const expr *e) {
    double count = e->u.list.count;
    estimate result = with(1, count, type_of(e));
    for (uint32_t i = 0; i < e->u.list.count; i++) {
        if (e->u.list.entries[i].key) result.steps += estimated(m, e->u.list.entries[i].key).steps;
        estimate one = estimated(m, e->u.list.entries[i].value);
        result.steps += one.steps;
        result.inner = greater(result.inner, one.size);
    }
    if (e->kind == EXPR_MAP) result.steps += count * count / 2; // each key is new
    return result;
}

static estimate cases_of(estimator *m, const expr *e) {
    estimate result = with(1, 1, type_of(e));
    for (uint32_t i = 0; i < e->u.cases.count; i++) {
        const expr_case *c = &e->u.cases.cases[i];
        estimate one = estimated(m, c->value);
        if (c->when) result.steps += estimated(m, c->when).steps;
        result.steps += one.steps + weight(one.type, one.size);
        result.size = greater(result.size, one.size);
        result.inner = greater(result.inner, one.inner);
    }
    return result;
}

// --- macros

static void enter_loop(estimator *m, const expr *range, double size) {
    double all = 1;
    vec_push(m->arena, &m->inside, (loop){range, size});
    for (size_t i = 0; i < m->inside.len; i++)
        all *= m->inside.at[i].size;
    if (all <= m->worst_size) return;
    m->worst_size = all;
    m->worst.len = 0;
    for (size_t i = 0; i < m->inside.len; i++)
        vec_push(m->arena, &m->worst, m->inside.at[i]);
}

// The variables of a fold hold an element; of two, an index or a key and an element.
static void hold_element(estimator *m, const expr *e, const estimate *range) {
    bool is_list = range->type->kind != TYPE_MAP, two = e->u.macro.vars[1].len > 0;
    const type *a = part_of(range->type->a), *element = is_list ? a : part_of(range->type->b);
    held key = {size_of(a), a, 0}, one = {size_of(element), element, 0};
    if (range->inner > 0) one.size = range->inner;
    if (is_list && two) key = (held){1, &type_int, 0};
    hold(m, e->u.macro.slots[0], is_list && !two ? one : key);
    if (two) hold(m, e->u.macro.slots[1], one);
}

static estimate fold_of(estimator *m, const expr *e, estimate range) {
    double steps = 0;
    enter_loop(m, e->u.macro.range, range.size);
    hold_element(m, e, &range);
    if (e->u.macro.filter) steps += estimated(m, e->u.macro.filter).steps;
    estimate body = estimated(m, e->u.macro.body);
    m->inside.len--;
    steps = 1 + range.steps + range.size * (steps + body.steps);
    switch (e->op) {
    case MACRO_FILTER: return (estimate){steps, range.size, range.type, range.inner};
    case MACRO_MAP:
    case MACRO_TRANSFORM_LIST:
        return (estimate){steps, range.size, type_list_of(m->arena, body.type), body.size};
    case MACRO_TRANSFORM_MAP: return with(steps, range.size, type_of(e));
    case MACRO_TRANSFORM_MAP_ENTRY: {
        double entries = range.size * body.size;
        return with(steps + entries * entries / 2, entries, type_of(e));
    }
    default: return with(steps, 1, &type_bool);
    }
}

static estimate macro_of(estimator *m, const expr *e) {
    estimate range = estimated(m, e->u.macro.range);
    bool is_optional = e->op == MACRO_OPT_MAP || e->op == MACRO_OPT_FLAT_MAP;
    if (e->op != MACRO_BIND && !is_optional) return fold_of(m, e, range);
    const type *t = is_optional ? part_of(range.type->a) : range.type;
    held h = {is_optional ? size_of(t) : range.size, t, is_optional ? 0 : range.inner};
    hold(m, e->u.macro.slots[0], h);
    estimate body = estimated(m, e->u.macro.body);
    body.steps += 1 + range.steps;
    if (is_optional) body.type = type_of(e);
    return body;
}

// ---

static estimate node_of(estimator *m, const expr *e) {
    switch ((expr_kind)e->kind) {
    case EXPR_LITERAL: return literal_of(e);
    case EXPR_IDENT: return name_of(m, e);
    case EXPR_SELECT: return selection_of(m, e);
    case EXPR_CALL: return e->u.call.definition ? definition_call(m, e) : call_of(m, e);
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_COND: return logic_of(m, e);
    case EXPR_LIST:
    case EXPR_MAP: return entries_of(m, e);
    case EXPR_MACRO: return macro_of(m, e);
    case EXPR_CASES: return cases_of(m, e);
    }
    return of_type(1, &type_dyn);
}

static estimate estimated(estimator *m, const expr *e) {
    bool too_much = m->visited++ > m->limit || m->depth >= 2 * CEL_MAX_DEPTH;
    if (too_much) return of_type(m->limit + 1, &type_dyn);
    m->depth++;
    estimate result = node_of(m, e);
    m->depth--;
    return result;
}

static double steps_of(estimator *m, const expr *e, const cel_scope *scope) {
    for (size_t i = 0; scope && i < scope->count; i++) {
        const type *t = scope->types ? scope->types[i] : &type_dyn;
        hold(m, (uint32_t)i, (held){size_of(t), t, 0});
    }
    return estimated(m, e).steps;
}

double cel_cost(arena *a, const expr *e, const cel_scope *scope) {
    estimator m = {.arena = a, .limit = 1e9};
    return steps_of(&m, e, scope);
}

// --- what is said

static str count_of(arena *a, double n) {
    const double most = 1e15;
    if (n > most) return STR("more than 1000000000000000");
    return str_format(a, "%llu", (unsigned long long)n);
}

static str text_of(const expr *e) {
    enum { SHOWN = 40 };
    if (!e->text) return STR("a list");
    str s = str_sub(e->text->text, e->from, e->to);
    size_t n = s.len < SHOWN ? s.len : SHOWN;
    while (n < s.len && n > 0 && ((unsigned char)s.ptr[n] & 0xc0) == 0x80)
        n--;
    return str_sub(s, 0, n);
}

static str named_loops(arena *a, const loops *list) {
    buf out = {.arena = a};
    for (size_t i = 0; i < list->len; i++)
        buf_addf(&out, "%s`%.*s` (%.*s)", i ? " and, for each of them, " : "",
                 STR_ARG(text_of(list->at[i].range)), STR_ARG(count_of(a, list->at[i].size)));
    return buf_str(&out);
}

bool cel_check_cost(const cel_env *env, diags *d, const expr *e, const cel_scope *scope,
                    size_t limit) {
    estimator m = {.arena = env->arena, .limit = (double)limit};
    double steps = steps_of(&m, e, scope);
    if (steps <= (double)limit) return true;
    if (is_told(d, DIAG_TOO_COSTLY, cel_span(e))) return false;
    str hint = STR("look for less, or in shorter texts");
    if (m.worst.len)
        hint = str_format(d->arena,
                          "it goes through %.*s: bound them by `max_items`, or do not go through "
                          "one within the other",
                          STR_ARG(named_loops(d->arena, &m.worst)));
    diag_add(d, DIAG_TOO_COSTLY, cel_span(e), hint,
             "with all lists as long as they may be, this takes %.*s steps, and %zu are the most",
             STR_ARG(count_of(d->arena, steps)), limit);
    return false;
}
