// SPDX-License-Identifier: Apache-2.0
//
// metric(): a figure for a window of time. What it was averaged over and its last day must fit the
// window, else the figure does not answer the question and is unknown.
#include "check/functions.h"

#include <math.h>

typedef struct figure {
    const record *record;
    const record_def *def;
} figure;

static value part(check_run *run, figure f, const char *name) {
    const fact *decl = record_fact(f.def, str_of(name));
    return decl ? run_read(run, f.record, decl) : value_unknown();
}

// --- windows

typedef enum fit { FIT_NO, FIT_YES, FIT_UNKNOWN } fit;

static fit same_period(value over, period wanted) {
    int order = 0;
    if (over.kind != VALUE_PERIOD) return over.kind == VALUE_UNKNOWN ? FIT_UNKNOWN : FIT_NO;
    return period_compare(*over.u.period, wanted, &order) && order == 0 ? FIT_YES : FIT_NO;
}

static fit ends_in(value as_of, int32_t year, int quarter) {
    if (as_of.kind != VALUE_DATE) return FIT_UNKNOWN;
    civil c = day_to_civil((day)as_of.u.i);
    return c.year == year && (quarter == 0 || (c.month - 1) / 3 + 1 == quarter) ? FIT_YES : FIT_NO;
}

static fit both(fit a, fit b) {
    if (a == FIT_NO || b == FIT_NO) return FIT_NO;
    return a == FIT_UNKNOWN || b == FIT_UNKNOWN ? FIT_UNKNOWN : FIT_YES;
}

// Over how long it was measured: by default as the vocabulary says, and nobody is asked.
static value measured_over(check_run *run, figure f, const metric_def *metric, period *usual) {
    const fact *decl = record_fact(f.def, STR("over"));
    *usual = metric->over;
    if (metric->has_over && (!decl || f.record->slots[decl->slot].kind == VALUE_UNKNOWN))
        return (value){.kind = VALUE_PERIOD, .u.period = usual};
    return part(run, f, "over");
}

// False: there is no such window.
static bool fits(check_run *run, figure f, str name, const metric_def *metric, fit *out) {
    int32_t last_year = day_to_civil(run->as_of).year - 1;
    period wanted, usual;
    if (str_is(name, "latest")) {
        *out = FIT_YES;
    } else if (str_is(name, "this-year")) {
        *out = ends_in(part(run, f, "as_of"), last_year + 1, 0);
    } else if (str_is(name, "previous-year")) {
        *out = both(same_period(measured_over(run, f, metric, &usual), (period){.months = 12}),
                    ends_in(part(run, f, "as_of"), last_year, 0));
    } else if (str_starts(name, STR("previous-year-q")) && name.len == 16 && name.ptr[15] >= '1' &&
               name.ptr[15] <= '4') {
        *out = both(same_period(measured_over(run, f, metric, &usual), (period){.months = 3}),
                    ends_in(part(run, f, "as_of"), last_year, name.ptr[15] - '0'));
    } else if (period_parse(name, &wanted)) {
        *out = same_period(measured_over(run, f, metric, &usual), wanted);
    } else {
        return false;
    }
    return true;
}

// --- the figure

static bool number_of(value v, double *out) {
    if (v.kind == VALUE_INT) *out = (double)v.u.i;
    if (v.kind == VALUE_DOUBLE) *out = v.u.d;
    return v.kind == VALUE_INT || v.kind == VALUE_DOUBLE;
}

static value range_of(check_run *run, value_range r) {
    value_range *keep = arena_new(run->arena, value_range);
    *keep = r;
    return (value){.kind = VALUE_RANGE, .u.range = keep};
}

// What is known of it: the figure, or bounds. False: nothing.
static bool known_range(check_run *run, figure f, value_range *out) {
    value v = part(run, f, "value");
    *out = (value_range){0};
    if (v.kind == VALUE_RANGE) {
        *out = *v.u.range;
        return true;
    }
    out->has_least = out->has_most = number_of(v, &out->least);
    out->most = out->least;
    if (out->has_least) return true;
    out->has_least = number_of(part(run, f, "at_least"), &out->least);
    out->has_most = number_of(part(run, f, "at_most"), &out->most);
    return out->has_least || out->has_most;
}

// An amount of money has hundredths and no more; what does not fit is known by its bounds alone.
static value money_of(check_run *run, figure f, value_range r) {
    value currency = part(run, f, "currency");
    if (currency.kind != VALUE_STRING || value_text(currency).len != 3) return value_unknown();
    for (size_t i = 0; i < 3; i++)
        r.currency[i] = value_text(currency).ptr[i];
    bool one = r.has_least && r.has_most && !(r.least < r.most) && !r.least_open && !r.most_open;
    if (!one || fabs(r.least) > 9e13 || fabs(r.least * 100 - rint(r.least * 100)) > 1e-6)
        return range_of(run, r);
    money *m = arena_new(run->arena, money);
    m->minor = (int64_t)llround(r.least * 100);
    for (size_t i = 0; i < 3; i++)
        m->currency[i] = r.currency[i];
    return (value){.kind = VALUE_MONEY, .u.money = m};
}

static value figure_value(check_run *run, figure f, const metric_def *metric) {
    value_range r;
    if (!known_range(run, f, &r)) return value_unknown();
    if (metric->kind == FACT_MONEY) return money_of(run, f, r);
    if (!(r.has_least && r.has_most) || r.least < r.most || r.least_open || r.most_open)
        return range_of(run, r);
    bool whole = fabs(r.least) < 9e15 && !(r.least < rint(r.least)) && !(r.least > rint(r.least));
    return metric->kind == FACT_INT && whole ? value_int((int64_t)r.least) : value_double(r.least);
}

// The map of metrics of a record; NULL: the record has none.
static const fact *metrics_fact(const record *r) {
    const fact_origin *o = origin_of(r);
    for (size_t i = 0; o && i < o->def->count; i++)
        if (o->def->facts[i].kind == FACT_METRICS) return &o->def->facts[i];
    return NULL;
}

static const record *metric_record(check_run *run, const record *holder, str name) {
    const fact *f = holder ? metrics_fact(holder) : NULL;
    value v = f ? holder->slots[f->slot] : value_unknown();
    if (v.kind == VALUE_MAP) run_read(run, holder, f); // else what is missing is the figure
    for (uint32_t i = 0; v.kind == VALUE_MAP && i < v.u.map->count; i++)
        if (str_eq(value_text(v.u.map->keys[i]), name)) return v.u.map->values[i].u.record;
    return NULL;
}

static const record *global_record(check_run *run, str name) {
    for (size_t i = 0; i < run->rules->facts->variables.len; i++)
        if (str_eq(run->rules->facts->variables.at[i].name, name) &&
            run->facts->globals[i].kind == VALUE_RECORD)
            return run->facts->globals[i].u.record;
    return NULL;
}

// What is not stated is asked for where it would be stated.
static value not_stated(check_run *run, const record *holder, str name, str ask) {
    str where = holder ? record_path(run->facts, holder) : STR("market");
    run_assume(run,
               str_format(run->arena, "%.*s.%.*s.%.*s", STR_ARG(where),
                          STR_ARG(run->rules->vocabulary.engine.metrics), STR_ARG(name)),
               ask, ASSUMED_OPAQUE);
    return value_unknown();
}

// "this-year" is "this year" for people; a period is what a figure is measured over.
static str window_words(arena *a, str name) {
    buf b = {.arena = a};
    bool year = str_starts(name, STR("this-")) || str_starts(name, STR("previous-"));
    buf_adds(&b, year ? "" : "a window of ");
    if (str_starts(name, STR("previous-"))) buf_adds(&b, "the ");
    for (size_t i = 0; i < name.len; i++)
        buf_addc(&b, year && name.ptr[i] == '-' ? ' ' : name.ptr[i]);
    return buf_str(&b);
}

value fn_metric(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    str name = value_text(args[count - 2]), during = value_text(args[count - 1]);
    const metric_def *metric = map_get(&run->rules->vocabulary.metrics, name);
    if (!metric)
        return value_error_of(cel->arena, cel_span(call), "there is no metric `%.*s`",
                              STR_ARG(name));
    if (count == 3 && args[0].kind != VALUE_RECORD)
        return value_error_of(cel->arena, cel_span(call),
                              "metric() takes an entry of the manifest first");
    value market = run->facts->globals[FACTS_MARKET];
    const record *holder = count == 3                    ? args[0].u.record
                           : market.kind == VALUE_RECORD ? market.u.record
                                                         : NULL;
    const entity *op = run->rules->vocabulary.engine.operator_;
    const record *r = metric_record(run, holder, name);
    if (!r && count == 2 && op) r = metric_record(run, global_record(run, op->self.name), name);
    if (!r) return not_stated(run, holder, name, metric->ask);
    figure f = {r, run->rules->vocabulary.metric_record};
    fit ok = FIT_NO;
    if (!fits(run, f, during, metric, &ok))
        return value_error_of(cel->arena, cel_span(call), "`%.*s` is no window of time",
                              STR_ARG(during));
    if (ok == FIT_NO) {
        str ask = str_format(run->arena, "%.*s Stated, but not for %.*s.", STR_ARG(metric->ask),
                             STR_ARG(window_words(run->arena, during)));
        return not_stated(run, holder, name, ask);
    }
    return ok == FIT_YES ? figure_value(run, f, metric) : value_unknown();
}
