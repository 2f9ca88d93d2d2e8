// SPDX-License-Identifier: Apache-2.0
//
// Functions over places: containment, working days.
#include "check/functions.h"

value fn_within(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    (void)count;
    for (size_t i = 0; i < 2; i++)
        if (!place_or_group_known(&run->rules->places, value_text(args[i])))
            return value_error_of(cel->arena, cel_span(call),
                                  "`%.*s` is no place or group that is known",
                                  STR_ARG(value_text(args[i])));
    return value_bool(
        place_within(&run->rules->places, value_text(args[0]), value_text(args[1]), run->as_of));
}

// The calendar of the place, or of the nearest place around it that names one.
static const registry *calendar_of(check_run *run) {
    str code = run->facts->place;
    while (code.len) {
        const jurisdiction *j = map_get(&run->rules->places.jurisdictions, code);
        if (j && j->calendar.len) return registry_find(&run->rules->registries, j->calendar);
        ptrdiff_t dash = -1;
        for (size_t i = 0; i < code.len; i++)
            if (code.ptr[i] == '-') dash = (ptrdiff_t)i;
        code = str_sub(code, 0, dash < 0 ? 0 : (size_t)dash);
    }
    return NULL;
}

value fn_workdays(cel_run *cel, const expr *call, const value *args, size_t count) {
    check_run *run = run_of(cel);
    const registry *calendar = calendar_of(run);
    day result = 0;
    (void)count;
    if (args[1].u.i < 0)
        return value_error_of(cel->arena, cel_span(call), "working days are counted forward");
    if (calendar && registry_workdays(calendar, (day)args[0].u.i, args[1].u.i, &result))
        return value_date(result);
    // Beyond the calendar: no earlier than so many days of any kind.
    str key = str_format(run->arena, "calendar[%.*s]", STR_ARG(run->facts->place));
    run_assume(run, key, STR("Which days are working days then?"), ASSUMED_OPAQUE);
    value_range *range = arena_new(run->arena, value_range);
    *range = (value_range){.least = (double)(args[0].u.i + args[1].u.i), .has_least = true};
    return (value){.kind = VALUE_RANGE, .u.range = range};
}
