// SPDX-License-Identifier: Apache-2.0
//
// Whether the values of a call are of the kinds that a function's signatures name. Types are
// checked when an expression is loaded, but `dyn` goes with everything, and a function that found a
// number where it expects a record would read memory that is not there. Only the outermost kind of
// each argument counts: what is inside a list or map a function looks at itself.
#include "cel/eval.h"

#include <string.h>

static const struct kind_word {
    const char *word;
    value_kind kind;
} words[] = {
    {"null_type", VALUE_NULL},
    {"bool", VALUE_BOOL},
    {"int", VALUE_INT},
    {"uint", VALUE_UINT},
    {"double", VALUE_DOUBLE},
    {"string", VALUE_STRING},
    {"bytes", VALUE_BYTES},
    {"list", VALUE_LIST},
    {"map", VALUE_MAP},
    {"type", VALUE_TYPE},
    {"timestamp", VALUE_TIMESTAMP},
    {"duration", VALUE_DURATION},
    {"optional_type", VALUE_OPTIONAL},
    {"date", VALUE_DATE},
    {"period", VALUE_PERIOD},
    {"money", VALUE_MONEY},
    {"record", VALUE_RECORD},
};

// A word that is no kind (`dyn`, a parameter, a type of another layer) takes every value.
static bool word_takes(str word, value v) {
    if (str_is(word, "number"))
        return word_takes(STR("int"), v) || v.kind == VALUE_UINT || v.kind == VALUE_DOUBLE;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is(word, words[i].word)) {
            bool number = words[i].kind == VALUE_INT || words[i].kind == VALUE_UINT ||
                          words[i].kind == VALUE_DOUBLE;
            return v.kind == words[i].kind || (v.kind == VALUE_RANGE && number);
        }
    return true;
}

// The name of the type at the cursor; what it is of, in brackets, is passed over.
static str next_type(str *rest) {
    size_t end = 0, depth = 0;
    while (end < rest->len && !strchr("(), ", rest->ptr[end]))
        end++;
    str word = str_sub(*rest, 0, end);
    for (; end < rest->len; end++) {
        if (rest->ptr[end] == '(') depth++;
        if (rest->ptr[end] == ')' && depth-- == 0) break;
        if (rest->ptr[end] == ',' && depth == 0) break;
    }
    *rest = str_sub(*rest, end, rest->len);
    return word;
}

// Whether what follows is the last type again, any number of times.
static bool repeats(str rest) {
    return str_starts(rest, STR(", ...)"));
}

// One signature `(a, b) -> c` against the values.
static bool signature_takes(str s, const value *args, size_t count) {
    s = str_trim(s);
    if (!str_starts(s, STR("("))) return true;
    s = str_sub(s, 1, s.len);
    str word = {0};
    for (size_t i = 0; i < count; i++) {
        if (!repeats(s)) word = next_type(&s);
        if (word.len == 0 || !word_takes(word, args[i])) return false;
        if (repeats(s)) continue;
        if (i + 1 == count) break;
        if (!str_starts(s, STR(","))) return false;
        s = str_trim(str_sub(s, 1, s.len));
    }
    return count == 0 || repeats(s) || str_starts(s, STR(")"));
}

bool cel_takes(const cel_function *row, const value *args, size_t count) {
    str rest = str_of(row->signatures);
    while (rest.len) {
        ptrdiff_t bar = str_find(rest, STR("|"));
        str one = bar < 0 ? rest : str_sub(rest, 0, (size_t)bar);
        if (signature_takes(one, args, count)) return true;
        rest = str_sub(rest, one.len + 1, rest.len);
    }
    return false;
}
