// SPDX-License-Identifier: Apache-2.0
//
// Civil dates after Howard Hinnant's algorithms (days_from_civil, civil_from_days), which count
// from a March so that the leap day comes last.
#include "base/date.h"
#include "base/num.h"

static int floor_div(int a, int b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

static day days_of(civil c) {
    int y = c.year - (c.month <= 2);
    int era = floor_div(y, 400);
    int yoe = y - era * 400;
    int doy = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.mday - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

civil day_to_civil(day d) {
    int z = d + 719468;
    int era = floor_div(z, 146097);
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (civil){yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool day_from_civil(civil c, day *out) {
    if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12) return false;
    if (c.mday < 1 || c.mday > days_in_month(c.year, c.month)) return false;
    *out = days_of(c);
    return true;
}

bool day_parse(str s, day *out) {
    uint64_t y = 0, m = 0, d = 0;
    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-') return false;
    if (!num_parse_digits(str_sub(s, 0, 4), 10, &y) ||
        !num_parse_digits(str_sub(s, 5, 7), 10, &m) || !num_parse_digits(str_sub(s, 8, 10), 10, &d))
        return false;
    return day_from_civil((civil){(int32_t)y, (int32_t)m, (int32_t)d}, out);
}

static void put_digits(char *to, int count, int number) {
    for (; count > 0; number /= 10)
        to[--count] = (char)('0' + number % 10);
}

str day_print(arena *a, day d) {
    civil c = day_to_civil(d);
    if (c.year < 0 || c.year > 9999)
        return str_format(a, "%04d-%02d-%02d", c.year, c.month, c.mday);
    char text[] = "0000-00-00";
    put_digits(text, 4, c.year);
    put_digits(text + 5, 2, c.month);
    put_digits(text + 8, 2, c.mday);
    return str_copy(a, (str){text, sizeof text - 1});
}

int day_weekday(day d) {
    int w = (d + 3) % 7; // 1970-01-01 was a Thursday
    return w < 0 ? w + 7 : w;
}

// One part "12M" of a period: its number and its letter. False at the end or at a mistake.
static bool period_part(str s, size_t *at, int64_t *number, char *letter) {
    size_t from = *at;
    uint64_t n = 0;
    while (*at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9')
        ++*at;
    if (*at == from || *at == s.len || *at - from > 9) return false;
    if (!num_parse_digits(str_sub(s, from, *at), 10, &n)) return false;
    *number = (int64_t)n;
    *letter = s.ptr[(*at)++];
    return true;
}

bool period_parse(str s, period *out) {
    static const char order[] = "YMWDThms"; // time parts in lower case, to tell the two M apart
    int64_t months = 0, days = 0, seconds = 0;
    size_t at = 1, parts = 0, last = 0;
    bool time = false;
    if (s.len < 3 || s.ptr[0] != 'P') return false;
    while (at < s.len) {
        int64_t n = 0;
        char letter = 0;
        if (s.ptr[at] == 'T' && !time && at + 1 < s.len) {
            time = true;
            at++;
        }
        if (!period_part(s, &at, &n, &letter)) return false;
        if (letter < 'A' || letter > 'Z') return false;
        if (time) letter = (char)(letter - 'A' + 'a');
        ptrdiff_t rank = str_find(STR("YMWDThms"), (str){&letter, 1});
        if (rank < 0 || letter == 'T' || (parts > 0 && (size_t)rank <= last)) return false;
        last = (size_t)rank;
        parts++;
        if (letter == order[0]) months += n * 12;
        if (letter == order[1]) months += n;
        if (letter == order[2]) days += n * 7;
        if (letter == order[3]) days += n;
        if (letter == 'h') seconds += n * 3600;
        if (letter == 'm') seconds += n * 60;
        if (letter == 's') seconds += n;
    }
    if (months > 120000 || days > 4000000) return false;
    *out = (period){(int32_t)months, (int32_t)days, seconds};
    return true;
}

str period_print(arena *a, period p) {
    buf b = {.arena = a};
    buf_addc(&b, 'P');
    if (p.months / 12) buf_addf(&b, "%dY", p.months / 12);
    if (p.months % 12) buf_addf(&b, "%dM", p.months % 12);
    if (p.days || (!p.months && !p.seconds)) buf_addf(&b, "%dD", p.days);
    if (p.seconds) {
        buf_addc(&b, 'T');
        if (p.seconds / 3600) buf_addf(&b, "%lldH", (long long)(p.seconds / 3600));
        if (p.seconds / 60 % 60) buf_addf(&b, "%lldM", (long long)(p.seconds / 60 % 60));
        if (p.seconds % 60) buf_addf(&b, "%lldS", (long long)(p.seconds % 60));
    }
    return buf_str(&b);
}

bool day_plus(day d, period p, int sign, day *out) {
    civil c = day_to_civil(d);
    int month = c.year * 12 + c.month - 1 + sign * p.months;
    c.year = floor_div(month, 12);
    c.month = month - c.year * 12 + 1;
    if (c.year < 1 || c.year > 9999) return false;
    int last = days_in_month(c.year, c.month);
    if (c.mday > last) c.mday = last;
    int64_t total = (int64_t)days_of(c) + sign * ((int64_t)p.days + p.seconds / 86400);
    if (total < DAY_MIN || total > DAY_MAX) return false;
    *out = (day)total;
    return true;
}

// The shortest and longest length of `months` calendar months, in days: tried from every first of a
// month of the 400 years after which the calendar repeats itself.
static void month_bounds(int32_t months, int64_t *least, int64_t *most) {
    *least = INT64_MAX;
    *most = 0;
    for (int32_t from = 0; from < 400 * 12; from++) {
        int32_t to = from + months;
        int64_t length = days_of((civil){2000 + to / 12, to % 12 + 1, 1}) -
                         days_of((civil){2000 + from / 12, from % 12 + 1, 1});
        if (length < *least) *least = length;
        if (length > *most) *most = length;
    }
}

// The order of `months` months and `seconds`, if it is one for every length that they may have.
static bool order_for_all(int32_t months, int64_t seconds, int *out) {
    int64_t least = (int64_t)months * 28, most = (int64_t)months * 31;
    if (seconds >= least * 86400 && seconds <= most * 86400) month_bounds(months, &least, &most);
    if (seconds >= least * 86400 && seconds <= most * 86400 && least != most) return false;
    *out = (least * 86400 > seconds) - (most * 86400 < seconds);
    return true;
}

bool period_compare(period a, period b, int *out) {
    // Equal months cancel; else the difference of the rest is held against the bounds.
    int32_t months = a.months - b.months;
    int64_t rest = ((int64_t)b.days - a.days) * 86400 + (b.seconds - a.seconds);
    if (months >= 0) {
        if (months > 0) return order_for_all(months, rest, out);
        *out = (rest < 0) - (rest > 0);
        return true;
    }
    bool decided = order_for_all(-months, -rest, out);
    if (decided) *out = -*out;
    return decided;
}
