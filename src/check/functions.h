// SPDX-License-Identifier: Apache-2.0
//
// The functions that conditions may call beside CEL's own, those that need facts, places,
// registries or roles. Each is a row of the table in functions.c; the implementations stand by
// subject.
#ifndef OBSTAT_CHECK_FUNCTIONS_H
#define OBSTAT_CHECK_FUNCTIONS_H

#include "check/run.h"

static inline check_run *run_of(cel_run *run) {
    return run->owner;
}

value fn_within(cel_run *run, const expr *call, const value *args, size_t count);
value fn_workdays(cel_run *run, const expr *call, const value *args, size_t count);
value fn_role(cel_run *run, const expr *call, const value *args, size_t count);
value fn_same(cel_run *run, const expr *call, const value *args, size_t count);
value fn_related(cel_run *run, const expr *call, const value *args, size_t count);
value fn_rows(cel_run *run, const expr *call, const value *args, size_t count);
value fn_row(cel_run *run, const expr *call, const value *args, size_t count);
value fn_listed(cel_run *run, const expr *call, const value *args, size_t count);
value fn_designated(cel_run *run, const expr *call, const value *args, size_t count);
value fn_designation(cel_run *run, const expr *call, const value *args, size_t count);
value fn_metric(cel_run *run, const expr *call, const value *args, size_t count);

// Whether two parties, entities or names are one entity or of one group.
truth run_same(check_run *run, value a, value b);
// The valid rows of a registry, as a list that is open where the registry is not complete.
value run_rows(check_run *run, const registry *reg);
// Whether an engagement of `party` fills `role` here: what `role()` asks of each.
truth run_engaged(check_run *run, const role_def *role, const record *party,
                  const record *engagement);
truth run_eligible(check_run *run, const role_def *role, const record *party);
// Whether an engagement is held in a role's kind and for this place.
truth run_held(check_run *run, const role_def *role, const record *engagement);

static inline value truth_value(check_run *run, truth t, span at) {
    if (t == TRUTH_UNKNOWN) return value_unknown();
    if (t == TRUTH_ERROR) return value_error_of(run->arena, at, "%.*s", STR_ARG(run->error));
    return value_bool(t == TRUTH_TRUE);
}

// Whether a text slot holds a text: what is not stated is unknown, none is no.
truth slot_is(value v, str text);

#endif
