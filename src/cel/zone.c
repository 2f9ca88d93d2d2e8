// SPDX-License-Identifier: Apache-2.0
//
// Time zones by name, from the table in zones.def. The offset from UTC of one moment, nothing else.
//
// The words of a row, all numbers in minutes: the offset at the beginning of 2007; changes as
// `minutes since then:offset`; behind `=` the rule that holds after them: the offset, and where
// there is summer time its offset, its beginning and its end as `month.week.weekday/time of day`
// by the clock before the change (week 5: the last; weekday 0: Sunday).
#include "cel/time.h"

#include "base/num.h"

#include <string.h>

#define SINCE 1167609600 // 2007-01-01T00:00:00Z

static const struct zone {
    const char *times, *names;
} zones[] = {
#define ZONE(times, names) {times, #names},
#include "cel/zones.def"
#undef ZONE
};

// --- reading words

static str next_word(str *rest) {
    size_t end = 0;
    while (end < rest->len && rest->ptr[end] != ' ')
        end++;
    str word = str_sub(*rest, 0, end);
    *rest = str_sub(*rest, end + (end < rest->len), rest->len);
    return word;
}

// The number up to `mark` or the end; what is behind it stays in `rest`.
static int64_t number(str *rest, char mark) {
    ptrdiff_t end = str_find(*rest, (str){&mark, 1});
    str digits = end < 0 ? *rest : str_sub(*rest, 0, (size_t)end);
    int64_t n = 0;
    num_parse_int(digits, &n);
    *rest = str_sub(*rest, digits.len + 1, rest->len);
    return n;
}

// --- the rule of today

// The second at which a change falls in a year, by the clock of `east` seconds.
static int64_t change(int32_t year, str word, int64_t east) {
    int32_t month = (int32_t)number(&word, '.'), week = (int32_t)number(&word, '.');
    int64_t weekday = number(&word, '/'), time = number(&word, ' ');
    day date = 0, next = 0;
    day_from_civil((civil){year, month, 1}, &date);
    if (!day_from_civil((civil){year + month / 12, month % 12 + 1, 1}, &next)) next = date + 31;
    date += (day)((weekday - (day_weekday(date) + 1) % 7 + 7) % 7) + 7 * (week - 1);
    while (date >= next)
        date -= 7;
    return (int64_t)date * 86400 + time * 60 - east;
}

static int64_t by_rule(str rest, int64_t seconds) {
    str word = next_word(&rest);
    int64_t standard = number(&word, ' ') * 60;
    if (rest.len == 0) return standard;
    word = next_word(&rest);
    int64_t summer = number(&word, ' ') * 60;
    str start_word = next_word(&rest), end_word = next_word(&rest);
    int64_t local = seconds + standard, days = local / 86400 - (local % 86400 < 0);
    int32_t year = day_to_civil((day)days).year;
    int64_t start = change(year, start_word, standard), end = change(year, end_word, summer);
    bool in_summer =
        start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end;
    return in_summer ? summer : standard;
}

static bool never_changed(str times) {
    str word = next_word(&times), rest = times;
    str again = next_word(&rest);
    return str_is(again, "=") && str_eq(word, rest);
}

// The offset by a row. The last change that is written hands over to the rule.
static zone_answer by_times(str times, int64_t seconds, int32_t *east) {
    bool fixed = never_changed(times);
    str word = next_word(&times);
    int64_t offset = number(&word, ' ') * 60;
    bool in_history = false;
    for (word = next_word(&times); !str_is(word, "="); word = next_word(&times)) {
        int64_t from = SINCE + number(&word, ':') * 60;
        in_history = seconds < from;
        if (in_history) break;
        offset = number(&word, ' ') * 60;
    }
    *east = (int32_t)(in_history ? offset : by_rule(times, seconds));
    return seconds < SINCE && !fixed ? ZONE_TOO_EARLY : ZONE_KNOWN;
}

// --- names

static bool has_name(const char *names, str name) {
    str rest = str_of(names);
    while (rest.len)
        if (str_eq(next_word(&rest), name)) return true;
    return false;
}

// `+hh:mm`, `-hh:mm`, `hh:mm`.
static bool fixed_offset(str s, int32_t *east) {
    uint64_t hours = 0, minutes = 0;
    bool west = str_starts(s, STR("-"));
    if (west || str_starts(s, STR("+"))) s = str_sub(s, 1, s.len);
    if (s.len != 5 || s.ptr[2] != ':') return false;
    if (!num_parse_digits(str_sub(s, 0, 2), 10, &hours) || hours > 23) return false;
    if (!num_parse_digits(str_sub(s, 3, 5), 10, &minutes) || minutes > 59) return false;
    *east = (int32_t)(hours * 3600 + minutes * 60);
    if (west) *east = -*east;
    return true;
}

zone_answer zone_offset(str name, int64_t seconds, int32_t *east) {
    if (fixed_offset(name, east)) return ZONE_KNOWN;
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
        if (has_name(zones[i].names, name)) return by_times(str_of(zones[i].times), seconds, east);
    return ZONE_UNKNOWN;
}
