// SPDX-License-Identifier: Apache-2.0
//
// The only user of PCRE2. Patterns run by pcre2_dfa_match, which follows all alternatives at once
// and goes over the text a single time: no pattern can make it backtrack, so its work is bounded by
// the length of the text and the number of states that it has room for, and no just-in-time
// compiler takes part. Where the room is used up the answer is a failure, never "no match".
//
// PCRE2 takes its memory from the arena by a function that returns NULL when there is none, since
// nothing may jump through its frames; freeing is the arena's affair.
#include "cel/regex.h"

#include "base/map.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <math.h>

struct regex {
    pcre2_code *code;
};

// A pattern as the store keeps it: compiled, or what was wrong with it.
typedef struct stored {
    regex regex;
    regex_problem problem;
} stored;

struct regex_store {
    arena *arena;
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    pcre2_match_data *match;
    map patterns; // text → stored
    int *room;    // for states
};

// A state takes three ints in each of two lists; PCRE2 keeps a few for itself.
enum { STATES = 1000, ROOM = 6 * STATES + 32 };

// The states that a text of this length may have at once: at each character every state may be
// compared with every other, and this many comparisons are allowed in all.
static size_t room_for(size_t length) {
    double states = sqrt(8e9 / (double)(length + 1));
    return 6 * (states < STATES ? (size_t)states : (size_t)STATES) + 32;
}

static void *take(size_t size, void *data) {
    return arena_try(data, size, _Alignof(max_align_t));
}

static void give(void *p, void *data) {
    (void)p;
    (void)data;
}

regex_store *regex_store_new(arena *a) {
    regex_store *s = arena_new(a, regex_store);
    s->arena = a;
    s->general = pcre2_general_context_create(take, give, a);
    if (s->general) s->compile = pcre2_compile_context_create(s->general);
    if (s->general) s->match = pcre2_match_data_create(1, s->general);
    if (!s->compile || !s->match) arena_out_of_memory(a);
    pcre2_set_newline(s->compile, PCRE2_NEWLINE_LF); // else as the library was configured
    s->room = arena_array(a, int, ROOM);
    return s;
}

// The text of one of PCRE2's errors.
static str message(arena *a, int code) {
    PCRE2_UCHAR text[256] = "";
    pcre2_get_error_message(code, text, sizeof text);
    return str_format(a, "is refused by PCRE2: %s", (const char *)text);
}

static void compile(regex_store *store, stored *entry, str pattern) {
    buf out = {.arena = store->arena};
    // What stands before a match is part of the pattern, so that one pass finds it anywhere.
    buf_adds(&out, "(?s:.*?)(?:");
    if (!regex_translate(&out, pattern, &entry->problem)) return;
    buf_addc(&out, ')');
    int error = 0;
    PCRE2_SIZE at = 0;
    // No PCRE2_DOLLAR_ENDONLY: a `$` stands only where lines count, and there this matcher would
    // obey the option, unlike the other one.
    uint32_t options = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C |
                       PCRE2_NEVER_UCP;
    entry->regex.code =
        pcre2_compile((PCRE2_SPTR)out.ptr, out.len, options, &error, &at, store->compile);
    if (entry->regex.code) return;
    if (error == PCRE2_ERROR_HEAP_FAILED) arena_out_of_memory(store->arena);
    entry->problem = (regex_problem){.reason = message(store->arena, error),
                                     .hint = STR("write a shorter pattern with smaller counts, "
                                                 "or several patterns"),
                                     .to = pattern.len};
}

const regex *regex_compile(regex_store *store, str pattern, regex_problem *problem) {
    stored *entry = map_get(&store->patterns, pattern);
    if (!entry) {
        entry = arena_new(store->arena, stored);
        compile(store, entry, pattern);
        map_put(store->arena, &store->patterns, pattern, entry);
    }
    *problem = entry->problem;
    return entry->regex.code ? &entry->regex : NULL;
}

regex_answer regex_search(regex_store *store, const regex *r, str text, const char **why) {
    if (text.len > REGEX_MAX_SUBJECT) {
        *why = "the text is longer than 64 KiB";
        return REGEX_FAILED;
    }
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.ptr ? text.ptr : "");
    int rc = pcre2_dfa_match(r->code, subject, text.len, 0, PCRE2_DFA_SHORTEST, store->match, NULL,
                             store->room, room_for(text.len));
    if (rc >= 0) return REGEX_YES;
    if (rc == PCRE2_ERROR_NOMATCH) return REGEX_NO;
    if (rc == PCRE2_ERROR_NOMEMORY) arena_out_of_memory(store->arena);
    *why = rc == PCRE2_ERROR_DFA_WSSIZE ? "the pattern has too many ways to match in this text"
                                        : "a limit of PCRE2 was reached";
    return REGEX_FAILED;
}
