// SPDX-License-Identifier: Apache-2.0
//
// One level of `each` after the other. Where an element stands in the manifest is found by looking
// for the list in the slot that the list's expression reads.
#include "check/subjects.h"

typedef struct expansion {
    check_run *run;
    const rule *rule;
    subjects *out;
    cells *read; // all that its lists were read from
} expansion;

static value *copy_frame(const expansion *x, const value *frame) {
    value *copy = arena_array(x->run->arena, value, x->rule->frame + 1);
    for (size_t i = 0; i < x->rule->each_count; i++)
        copy[i] = frame[i];
    return copy;
}

static str join(arena *a, str base, str part) {
    return base.len ? str_joined(a, base, STR("/"), part) : part;
}

// The slot whose value is this very list, among what was read to get it; NULL record and slot 0:
// none.
static bool list_slot(check_run *run, const value_list *list, cell *out) {
    for (size_t i = run->touched.len; i-- > 0;) {
        const value *v = cell_slot(run, run->touched.at[i]);
        if (v->kind != VALUE_LIST || v->u.list != list) continue;
        *out = run->touched.at[i];
        return true;
    }
    return false;
}

static void place_element(const expansion *x, subject *s, const value_list *list, uint32_t number) {
    check_run *run = x->run;
    cell c = {0};
    value element = list->items[number];
    const fact_origin *o = element.kind == VALUE_RECORD ? origin_of(element.u.record) : NULL;
    if (list_slot(run, list, &c)) {
        const fact_origin *holder = origin_of(c.record);
        const node *const *nodes =
            c.record ? (holder ? holder->items[c.slot] : NULL) : run->facts->items[c.slot];
        if (nodes) s->at = nodes[number];
        s->path = str_format(run->arena, "%.*s[%u]",
                             STR_ARG(fact_path(run->facts, c.record, c.slot)), number);
    }
    // An entry is pointed at by its name; a reference by the text that refers.
    if (o && (!s->at || s->at == o->node)) {
        s->at = o->name_node;
        s->path = record_path(run->facts, element.u.record);
    }
}

static void expand(const expansion *x, size_t level, const subject *base);

static void add_element(const expansion *x, size_t level, const subject *base,
                        const value_list *list, uint32_t number) {
    subject s = *base;
    value element = list->items[number];
    s.frame = copy_frame(x, base->frame);
    s.frame[level] = element;
    str id =
        element.kind == VALUE_RECORD ? element.u.record->id : value_print(x->run->arena, element);
    const fact_origin *o = element.kind == VALUE_RECORD ? origin_of(element.u.record) : NULL;
    if (o && o->label.len) id = o->label;
    s.id = join(x->run->arena, base->id, id);
    place_element(x, &s, list, number);
    expand(x, level + 1, &s);
}

static void add_unknown(const expansion *x, size_t level, const subject *base) {
    check_run *run = x->run;
    subject s = *base;
    s.frame = copy_frame(x, base->frame);
    for (size_t i = level; i < x->rule->each_count; i++)
        s.frame[i] = value_unknown();
    s.id = join(run->arena, base->id, STR("?"));
    s.open = true;
    s.missing = (cells){0};
    for (size_t i = 0; i < base->missing.len; i++)
        vec_push(run->arena, &s.missing, base->missing.at[i]);
    for (size_t i = 0; i < run->touched.len; i++) {
        const value *v = cell_slot(run, run->touched.at[i]);
        if (v->kind == VALUE_UNKNOWN || (v->kind == VALUE_LIST && v->u.list->open))
            vec_push(run->arena, &s.missing, run->touched.at[i]);
    }
    vec_push(run->arena, x->out, s);
}

static void expand(const expansion *x, size_t level, const subject *base) {
    check_run *run = x->run;
    if (level == x->rule->each_count) {
        vec_push(run->arena, x->out, *base);
        return;
    }
    run->touched.len = 0;
    value v = cel_eval(&run->cel, x->rule->each[level].list, base->frame);
    for (size_t i = 0; i < run->touched.len; i++)
        vec_push(run->arena, x->read, run->touched.at[i]);
    if (v.kind == VALUE_UNKNOWN) {
        add_unknown(x, level, base);
    } else if (v.kind == VALUE_LIST) {
        // What was read is remembered for each element: the next level writes over it.
        cells read = run->touched;
        for (uint32_t i = 0; i < v.u.list->count; i++) {
            run->touched = (cells){0};
            for (size_t k = 0; k < read.len; k++)
                vec_push(run->arena, &run->touched, read.at[k]);
            add_element(x, level, base, v.u.list, i);
        }
        run->touched = read;
        if (v.u.list->open) add_unknown(x, level, base);
    } else if (v.kind != VALUE_NONE) {
        subject s = *base;
        s.id = join(run->arena, base->id, STR("?"));
        s.error = v.kind == VALUE_ERROR ? v.u.error->message : STR("`each` needs a list");
        vec_push(run->arena, x->out, s);
    }
}

// The log of the run goes on behind it.
void subjects_of(subjects *out, check_run *run, const rule *r) {
    bool logging = run->logging;
    cells before = run->touched, read = {0};
    *out = (subjects){0};
    expansion x = {run, r, out, &read};
    subject whole = {.frame = arena_array(run->arena, value, r->frame + 1)};
    run->logging = true;
    run->touched = (cells){0};
    expand(&x, 0, &whole);
    run->logging = logging;
    run->touched = before;
    for (size_t i = 0; i < read.len; i++)
        run_touch(run, read.at[i].record, read.at[i].slot);
}
