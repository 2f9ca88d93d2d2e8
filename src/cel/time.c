// SPDX-License-Identifier: Apache-2.0
//
// Timestamps are seconds since 1970 and nanoseconds within the second; durations are nanoseconds.
#include "cel/time.h"

#include "base/num.h"

#include <string.h>

#define SECOND 1000000000

value duration_of(int64_t nanoseconds) {
    return (value){.kind = VALUE_DURATION, .u.i = nanoseconds};
}

bool timestamp_of(int64_t seconds, int64_t nanoseconds, value *out) {
    int64_t carry = nanoseconds / SECOND, rest = nanoseconds % SECOND;
    if (rest < 0) {
        rest += SECOND;
        carry--;
    }
    if (__builtin_add_overflow(seconds, carry, &seconds)) return false;
    if (seconds < TIMESTAMP_MIN || seconds > TIMESTAMP_MAX) return false;
    *out = (value){.kind = VALUE_TIMESTAMP, .n = (uint32_t)rest, .u.i = seconds};
    return true;
}

bool timestamp_plus(value t, int64_t nanoseconds, value *out) {
    int64_t seconds = nanoseconds / SECOND;
    return timestamp_of(t.u.i + seconds, (int64_t)t.n + nanoseconds % SECOND, out);
}

bool timestamp_minus(value x, value y, int64_t *nanoseconds) {
    int64_t seconds = x.u.i - y.u.i, rest = (int64_t)x.n - (int64_t)y.n;
    // One second is taken over, so that a difference at the very end of the range does not overflow
    // on the way.
    if (seconds > 0 && rest < 0) {
        seconds--;
        rest += SECOND;
    } else if (seconds < 0 && rest > 0) {
        seconds++;
        rest -= SECOND;
    }
    return !__builtin_mul_overflow(seconds, SECOND, nanoseconds) &&
           !__builtin_add_overflow(*nanoseconds, rest, nanoseconds);
}

// --- texts

static bool digits(str s, size_t *at, size_t count, int64_t *out) {
    uint64_t n = 0;
    if (*at + count > s.len || !num_parse_digits(str_sub(s, *at, *at + count), 10, &n))
        return false;
    *at += count;
    *out = (int64_t)n;
    return true;
}

static bool mark(str s, size_t *at, char c) {
    if (*at >= s.len || s.ptr[*at] != c) return false;
    ++*at;
    return true;
}

// `.123` after a second, to nanoseconds; digits beyond the ninth are dropped.
static bool fraction(str s, size_t *at, int64_t *nanoseconds) {
    *nanoseconds = 0;
    if (!mark(s, at, '.')) return true;
    int64_t unit = SECOND;
    size_t first = *at;
    for (; *at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9'; ++*at) {
        unit /= 10;
        *nanoseconds += unit * (s.ptr[*at] - '0');
    }
    return *at > first;
}

// `hh:mm` in seconds.
static bool hours_minutes(str s, size_t *at, int64_t *out) {
    int64_t hours = 0, minutes = 0;
    if (!digits(s, at, 2, &hours) || !mark(s, at, ':') || !digits(s, at, 2, &minutes)) return false;
    *out = hours * 3600 + minutes * 60;
    return hours < 24 && minutes < 60;
}

static bool offset(str s, size_t *at, int64_t *east) {
    *east = 0;
    if (mark(s, at, 'Z')) return true;
    bool west = mark(s, at, '-');
    if (!west && !mark(s, at, '+')) return false;
    if (!hours_minutes(s, at, east)) return false;
    if (west) *east = -*east;
    return true;
}

bool timestamp_parse(str s, value *out) {
    day date = 0;
    int64_t minutes = 0, seconds = 0, nanoseconds = 0, east = 0;
    size_t at = 10;
    if (s.len < at || !day_parse(str_sub(s, 0, at), &date)) return false;
    if (!mark(s, &at, 'T') || !hours_minutes(s, &at, &minutes) || !mark(s, &at, ':')) return false;
    if (!digits(s, &at, 2, &seconds) || seconds > 59) return false;
    if (!fraction(s, &at, &nanoseconds) || !offset(s, &at, &east) || at != s.len) return false;
    return timestamp_of((int64_t)date * 86400 + minutes + seconds - east, nanoseconds, out);
}

// `.5`, `.000000001`, or nothing for 0.
static void add_fraction(buf *b, uint32_t nanoseconds) {
    if (nanoseconds == 0) return;
    int places = 9;
    while (nanoseconds % 10 == 0) {
        nanoseconds /= 10;
        places--;
    }
    buf_addf(b, ".%0*u", places, nanoseconds);
}

str timestamp_print(arena *a, value t) {
    int64_t date = t.u.i / 86400, rest = t.u.i % 86400;
    if (rest < 0) {
        rest += 86400;
        date--;
    }
    buf b = {.arena = a};
    buf_add(&b, day_print(a, (day)date));
    buf_addf(&b, "T%02d:%02d:%02d", (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
    add_fraction(&b, t.n);
    buf_addc(&b, 'Z');
    return buf_str(&b);
}

// --- durations as texts

static const struct unit {
    const char *name;
    int64_t nanoseconds;
} units[] = {
    {"ns", 1},       {"us", 1000},  {"\xc2\xb5s", 1000},  {"\xce\xbcs", 1000},
    {"ms", 1000000}, {"s", SECOND}, {"m", 60LL * SECOND}, {"h", 3600LL * SECOND},
};

// The unit that stands at `*at`, the longest that fits; NULL: none.
static const struct unit *unit_at(str s, size_t *at) {
    const struct unit *best = NULL;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        str name = str_of(units[i].name);
        if (!str_starts(str_sub(s, *at, s.len), name)) continue;
        if (!best || name.len > strlen(best->name)) best = &units[i];
    }
    if (best) *at += strlen(best->name);
    return best;
}

// One part `1.5h`, in nanoseconds; a fraction of a nanosecond is dropped.
static bool duration_part(str s, size_t *at, int64_t *out) {
    uint64_t whole = 0;
    int64_t part = 0;
    size_t first = *at;
    while (*at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9')
        ++*at;
    bool any = *at > first;
    if (any && !num_parse_digits(str_sub(s, first, *at), 10, &whole)) return false;
    if (*at < s.len && s.ptr[*at] == '.') {
        if (!fraction(s, at, &part) && !any) return false;
        any = true;
    }
    const struct unit *u = any ? unit_at(s, at) : NULL;
    if (!u || whole > INT64_MAX) return false;
    if (__builtin_mul_overflow((int64_t)whole, u->nanoseconds, out)) return false;
    // part / 10^9 of a unit; both are below 2^42 and so is what a unit has of the other.
    int64_t rest = u->nanoseconds >= SECOND ? part * (u->nanoseconds / SECOND)
                                            : part / (SECOND / u->nanoseconds);
    return !__builtin_add_overflow(*out, rest, out);
}

bool duration_parse(str s, int64_t *nanoseconds) {
    size_t at = 0;
    bool minus = mark(s, &at, '-');
    int64_t total = 0;
    if (!minus) mark(s, &at, '+');
    if (at == s.len) return false;
    *nanoseconds = 0;
    if (str_is(str_sub(s, at, s.len), "0")) return true;
    while (at < s.len) {
        int64_t part = 0;
        if (!duration_part(s, &at, &part) || __builtin_add_overflow(total, part, &total))
            return false;
    }
    *nanoseconds = minus ? -total : total;
    return true;
}

str duration_print(arena *a, int64_t nanoseconds) {
    uint64_t n = nanoseconds < 0 ? ~(uint64_t)nanoseconds + 1 : (uint64_t)nanoseconds;
    buf b = {.arena = a};
    buf_addf(&b, "%s%llu", nanoseconds < 0 ? "-" : "", (unsigned long long)(n / SECOND));
    add_fraction(&b, (uint32_t)(n % SECOND));
    buf_addc(&b, 's');
    return buf_str(&b);
}
