// SPDX-License-Identifier: Apache-2.0
//
// What laws count with: dates, periods by the calendar, money, languages, prescribed texts.
// Literals are judged when the expression is loaded.
#include "base/unicode.h"
#include "cel/eval.h"

#include <math.h>

// --- literals

static value date(cel_run *run, const expr *call, const value *args, size_t count) {
    day d = 0;
    (void)count;
    if (!day_parse(value_text(args[0]), &d))
        return cel_fail(run, call, "`%.*s` is no date", STR_ARG(value_text(args[0])));
    return value_date(d);
}

static bool check_date(const cel_env *env, diags *d, const expr *arg, str text) {
    day out = 0;
    (void)env;
    if (day_parse(text, &out)) return true;
    diag_add(d, DIAG_BAD_DATE, cel_span(arg),
             STR("write it as YYYY-MM-DD, and one that the calendar has"), "`%.*s` is no date",
             STR_ARG(text));
    return false;
}

static value period_value(cel_run *run, period p) {
    period *copy = arena_new(run->arena, period);
    *copy = p;
    return (value){.kind = VALUE_PERIOD, .u.period = copy};
}

static value period_of(cel_run *run, const expr *call, const value *args, size_t count) {
    period p;
    (void)count;
    if (!period_parse(value_text(args[0]), &p))
        return cel_fail(run, call, "`%.*s` is no period", STR_ARG(value_text(args[0])));
    return period_value(run, p);
}

static bool check_period(const cel_env *env, diags *d, const expr *arg, str text) {
    period p;
    (void)env;
    if (period_parse(text, &p)) return true;
    diag_add(d, DIAG_BAD_PERIOD, cel_span(arg), STR("write it by ISO 8601: P30D, P6M, PT3H"),
             "`%.*s` is no period", STR_ARG(text));
    return false;
}

static value money_value(cel_run *run, money m) {
    money *copy = arena_new(run->arena, money);
    *copy = m;
    return (value){.kind = VALUE_MONEY, .u.money = copy};
}

static value money_of(cel_run *run, const expr *call, const value *args, size_t count) {
    money m;
    (void)count;
    if (!money_parse(value_text(args[0]), &m))
        return cel_fail(run, call, "`%.*s` is no amount of money", STR_ARG(value_text(args[0])));
    return money_value(run, m);
}

static bool check_money(const cel_env *env, diags *d, const expr *arg, str text) {
    money m;
    (void)env;
    if (money_parse(text, &m)) return true;
    diag_add(d, DIAG_BAD_MONEY, cel_span(arg), STR("write the currency first: 'EUR 1500'"),
             "`%.*s` is no amount of money", STR_ARG(text));
    return false;
}

// --- calendar

static value moved(cel_run *run, const expr *call, const value *args, int sign) {
    period p;
    day d = 0;
    if (args[1].kind == VALUE_PERIOD)
        p = *args[1].u.period;
    else if (!period_parse(value_text(args[1]), &p))
        return cel_fail(run, call, "`%.*s` is no period", STR_ARG(value_text(args[1])));
    if (!day_plus((day)args[0].u.i, p, sign, &d))
        return cel_fail(run, call, "the date is out of range");
    return value_date(d);
}

static value plus(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return moved(run, call, args, 1);
}

static value minus(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    return moved(run, call, args, -1);
}

// --- money

// The lesser or the greater of two amounts; of different currencies neither is known.
static value chosen(const value *args, int wanted) {
    int order = 0;
    if (!value_compare(args[0], args[1], &order)) return value_unknown();
    return order == wanted ? args[0] : args[1];
}

static value lesser(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)run;
    (void)call;
    (void)count;
    return chosen(args, -1);
}

static value greater(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)run;
    (void)call;
    (void)count;
    return chosen(args, 1);
}

static value percent(cel_run *run, const expr *call, const value *args, size_t count) {
    double share = args[0].kind == VALUE_INT    ? (double)args[0].u.i
                   : args[0].kind == VALUE_UINT ? (double)args[0].u.u
                                                : args[0].u.d;
    double amount = (double)args[1].u.money->minor * share / 100;
    (void)count;
    if (!(fabs(amount) < 9e15)) return cel_fail(run, call, "the amount is out of range");
    money m = *args[1].u.money;
    m.minor = (int64_t)llround(amount);
    return money_value(run, m);
}

// --- texts

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

// RFC 4647 §3.3.1: the range is a prefix of the tag, up to a hyphen; case does not count.
static bool range_matches(str range, str tag) {
    if (str_eq(range, STR("*"))) return true;
    if (range.len == 0 || tag.len < range.len) return false;
    for (size_t i = 0; i < range.len; i++)
        if (lower(range.ptr[i]) != lower(tag.ptr[i])) return false;
    return tag.len == range.len || tag.ptr[range.len] == '-';
}

// The list of languages that a value has: itself, or the only field of a record that is called so.
static value languages_of(cel_run *run, const expr *call, value v) {
    return v.kind == VALUE_RECORD ? cel_select(run, call, v, STR("languages"), SELECT_PLAIN) : v;
}

static value speaks(cel_run *run, const expr *call, const value *args, size_t count) {
    value list = languages_of(run, call, args[0]);
    bool unknown = false;
    if (list.kind == VALUE_UNKNOWN || list.kind == VALUE_ERROR) return list;
    if (list.kind != VALUE_LIST) return cel_no_overload(run, call, args, count);
    for (uint32_t i = 0; i < list.u.list->count; i++) {
        value tag = list.u.list->items[i];
        if (tag.kind == VALUE_STRING && range_matches(value_text(args[1]), value_text(tag)))
            return VALUE_TRUE;
        unknown |= tag.kind == VALUE_UNKNOWN;
    }
    return unknown || list.u.list->open ? value_unknown() : VALUE_FALSE;
}

// Trimmed, with one space for each run of blanks.
static str one_spaced(arena *a, str s) {
    buf b = {.arena = a};
    bool blank = false;
    s = str_trim(s);
    for (size_t i = 0; i < s.len; i++) {
        bool is_blank = s.ptr[i] == ' ' || s.ptr[i] == '\t' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
        if (!is_blank && blank) buf_addc(&b, ' ');
        if (!is_blank) buf_addc(&b, s.ptr[i]);
        blank = is_blank;
    }
    return buf_str(&b);
}

static value same_text(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)call;
    (void)count;
    str a = one_spaced(run->arena, unicode_nfc(run->arena, value_text(args[0])));
    return value_bool(
        str_eq(a, one_spaced(run->arena, unicode_nfc(run->arena, value_text(args[1])))));
}

static const cel_function rows[] = {
    {"date", CEL_TEXT_ONLY, "(string) -> date", date, "a day of the calendar: date('2026-12-15')",
     check_date},
    {"period", CEL_TEXT_ONLY, "(string) -> period", period_of, "a length of time: period('P6M')",
     check_period},
    {"money", CEL_TEXT_ONLY, "(string) -> money", money_of, "an amount of money: money('EUR 1500')",
     check_money},
    {"plus", 0, "(date, string) -> date | (date, period) -> date", plus,
     "the date a period later, clipped to the end of the month", check_period},
    {"minus", 0, "(date, string) -> date | (date, period) -> date", minus,
     "the date a period earlier, clipped to the end of the month", check_period},
    {"lesser", 0, "(money, money) -> money", lesser,
     "the smaller of two amounts; unknown for two currencies", NULL},
    {"greater", 0, "(money, money) -> money", greater,
     "the larger of two amounts; unknown for two currencies", NULL},
    {"percent", 0, "(int, money) -> money | (double, money) -> money", percent,
     "so many hundredths of an amount", NULL},
    {"speaks", 0,
     "(list(string), string) -> bool | (record(languages, list(string)), string) -> bool", speaks,
     "whether a list of language tags, or a record's `languages`, meets the language (RFC 4647)",
     NULL},
    {"same_text", 0, "(string, string) -> bool", same_text,
     "whether two texts are the same but for blanks and composed letters", NULL},
};

const cel_function_table cel_law_functions = {rows, sizeof rows / sizeof rows[0]};
