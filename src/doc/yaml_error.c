// SPDX-License-Identifier: Apache-2.0
//
// libyaml's complaints in plain words, with what to do. Most mistakes in our files are one mistake:
// an unquoted text in which YAML finds an indicator. The table is by libyaml's own words; what it
// does not list is passed on as it is.
#include "base/num.h"
#include "doc/yaml_reader.h"

#include <string.h>

typedef struct complaint {
    const char *problem, *context; // what the two begin with; NULL: any
    diag_code code;
    bool at_context; // where the construct began, not where libyaml noticed
    bool found;      // the message goes on with what was found
    const char *message, *hint;
} complaint;

#define QUOTE_ALL "put the whole text in quotes"

static const complaint complaints[] = {
    {"found unexpected end of stream", "while scanning a quoted", DIAG_BAD_YAML, true, false,
     "this text has no closing quote", ""},
    {"found unexpected document indicator", "while scanning a quoted", DIAG_BAD_YAML, true, false,
     "this text has no closing quote before the next document", ""},
    {"block sequence entries are not allowed", NULL, DIAG_BAD_YAML, false, false,
     "a list cannot begin here",
     "begin it on the next line, or quote a text that begins with `- `"},
    {"mapping keys are not allowed", NULL, DIAG_BAD_YAML, false, false, "`? ` cannot stand here",
     "quote a text that begins with `?`"},
    {"did not find expected '-' indicator", NULL, DIAG_BAD_YAML, false, true,
     "expected the next `- ` of this list",
     "check the indentation: the entries of a list stand below each other"},
    {"found a tab character", NULL, DIAG_BAD_YAML, false, false, "a tab is no indentation",
     "indent with blanks"},
    {"did not find expected alphabetic or numeric character", "while scanning an anchor",
     DIAG_BAD_YAML, true, false, "`&` begins an anchor in YAML, and this is none", QUOTE_ALL},
    {"did not find expected alphabetic or numeric character", "while scanning an alias",
     DIAG_BAD_YAML, true, false, "`*` begins an alias in YAML, and this is none", QUOTE_ALL},
    {NULL, "while parsing a tag", DIAG_TAG, true, false, "`!` begins a tag in YAML", QUOTE_ALL},
    {NULL, "while scanning a tag", DIAG_TAG, true, false, "`!` begins a tag in YAML", QUOTE_ALL},
    {"found undefined tag handle", NULL, DIAG_TAG, false, false, "`!` begins a tag in YAML",
     QUOTE_ALL},
    {"found an indentation indicator equal to 0", NULL, DIAG_BAD_YAML, true, false,
     "a block text's indentation is 1 to 9", ""},
    {NULL, "while scanning a block scalar", DIAG_BAD_YAML, true, false,
     "`|` and `>` begin a block text, and nothing may follow on their line", QUOTE_ALL},
    {"found incompatible YAML document", NULL, DIAG_BAD_YAML, false, false, "this is not YAML 1.2",
     "remove the line; YAML 1.2 is what is read"},
    {"found duplicate %", NULL, DIAG_BAD_YAML, false, false, "this directive stands here twice",
     "keep one of them"},
    {"did not find expected <document start>", NULL, DIAG_BAD_YAML, false, true,
     "expected the end of the document", "another document begins after a line `---`"},
    {"did not find expected node content", NULL, DIAG_BAD_YAML, false, true, "expected a value",
     "quote a text that begins with a comma, a bracket or another sign of YAML"},
    {"found unexpected ':'", NULL, DIAG_BAD_YAML, false, false, "a text in brackets holds a colon",
     QUOTE_ALL},
    {NULL, "while scanning a directive", DIAG_BAD_YAML, true, false,
     "a line that begins with `%` is a directive, and YAML knows no such one", QUOTE_ALL},
    {NULL, "while scanning a %", DIAG_BAD_YAML, true, false, "this directive is not complete", ""},
    {NULL, "while parsing a %", DIAG_BAD_YAML, true, false, "this directive is not complete", ""},
};

// NULL begins everything, and nothing else begins NULL.
static bool begins(const char *text, const char *with) {
    return !with || (text && strncmp(text, with, strlen(with)) == 0);
}

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static size_t line_begin(const yaml_reader *r, size_t i) {
    while (i > text_mark(r->text) && !is_break(r->text.ptr[i - 1]))
        i--;
    return i;
}

static size_t line_end(const yaml_reader *r, size_t i) {
    while (i < r->text.len && !is_break(r->text.ptr[i]))
        i++;
    return i;
}

static bool at_end(const yaml_reader *r, size_t i) {
    return str_trim(str_sub(r->text, i, r->text.len)).len == 0;
}

// A line such as `key:value`, whose colon has no blank after it. Returns the colon's place, or 0.
static size_t glued_colon(const yaml_reader *r, size_t i, size_t end) {
    while (i < end && (r->text.ptr[i] == ' ' || r->text.ptr[i] == '-'))
        i++;
    for (size_t from = i; i < end; i++) {
        char c = r->text.ptr[i];
        if (c == ' ' || c == '"' || c == '\'' || c == '#') return 0;
        if (c == ':') return i > from && i + 1 < end && r->text.ptr[i + 1] != ' ' ? i : 0;
    }
    return 0;
}

static void tell_glued(yaml_reader *r, size_t colon) {
    diag_add(r->b.diags, DIAG_BAD_YAML, text_span(r->b.src, colon, colon + 1),
             STR("write `key: value`"), "a key's colon needs a blank after it");
}

// `: ` where no key can be: in an unquoted text, or below one that it continues.
static void unexpected_colon(yaml_reader *r, size_t at) {
    size_t begin = line_begin(r, at);
    str before = str_sub(r->text, begin, at);
    if (str_find(before, STR(": ")) >= 0) {
        diag_add(r->b.diags, DIAG_BAD_YAML, text_char(r->b.src, at),
                 STR("quote a text or condition that holds `: `"),
                 "a second `: ` stands in one line");
        return;
    }
    size_t above = begin;
    while (above > text_mark(r->text) &&
           (is_break(r->text.ptr[above - 1]) || r->text.ptr[above - 1] == ' '))
        above--;
    above = line_begin(r, above);
    size_t colon = glued_colon(r, above, line_end(r, above));
    if (colon) {
        tell_glued(r, colon);
        return;
    }
    str key = str_trim(before);
    diag_add(r->b.diags, DIAG_BAD_YAML,
             text_span(r->b.src, (size_t)(key.ptr - r->text.ptr), at + 1),
             STR("check the indentation, or quote the text if the colon belongs to it"),
             "a key cannot stand here: the value above it goes on");
}

// A line in a map that has no `: `.
static void no_colon(yaml_reader *r, size_t at) {
    size_t end = line_end(r, at);
    size_t colon = glued_colon(r, at, end);
    if (colon) {
        tell_glued(r, colon);
        return;
    }
    diag_add(r->b.diags, DIAG_BAD_YAML, text_span(r->b.src, at, end),
             STR("write `key: value`, or indent the line if it continues the text above"),
             "this line stands in a map, but has no `: `");
}

// A list or map in brackets that goes on with something else than a comma or its end.
static void unclosed(yaml_reader *r, size_t open, size_t at, bool list) {
    char bracket = open < r->text.len ? r->text.ptr[open] : '[';
    if (at_end(r, at)) {
        diag_add(r->b.diags, DIAG_BAD_YAML, text_char(r->b.src, open), (str){0},
                 "this `%c` is never closed", bracket);
        return;
    }
    str found = text_found(&r->scratch, r->text, at);
    diag *d = diag_add(r->b.diags, DIAG_BAD_YAML, text_char(r->b.src, at),
                       STR("quote texts with `, `, `: `, brackets or quotes in them, or close "
                           "the bracket"),
                       "expected `,` or `%c`, found %.*s", list ? ']' : '}', STR_ARG(found));
    d->also = text_char(r->b.src, open);
}

// Text on the line of a value that a quote or bracket has ended. False: there is no such value.
static bool behind_closed(yaml_reader *r, size_t at) {
    size_t before = at;
    while (before > text_mark(r->text) &&
           (r->text.ptr[before - 1] == ' ' || r->text.ptr[before - 1] == '\t'))
        before--;
    char c = before > text_mark(r->text) ? r->text.ptr[before - 1] : '\n';
    bool quote = c == '"' || c == '\'';
    if (!quote && c != ']' && c != '}') return false;
    diag_add(r->b.diags, DIAG_BAD_YAML, text_span(r->b.src, at, line_end(r, at)), STR(QUOTE_ALL),
             "text stands behind a closing %s", quote ? "quote" : "bracket");
    return true;
}

// After a value in a map stands something that is neither a key nor its end.
static void no_key(yaml_reader *r, size_t at) {
    if (behind_closed(r, at)) return;
    span rest = text_span(r->b.src, at, line_end(r, at));
    if (at < r->text.len && r->text.ptr[at] == ':')
        diag_add(r->b.diags, DIAG_BAD_KEY, text_char(r->b.src, at),
                 STR("write the key, or quote a text that begins with `:`"),
                 "a key is missing before `:`");
    else
        diag_add(r->b.diags, DIAG_BAD_YAML, rest,
                 STR("check the indentation: the keys of a map stand below each other"),
                 "expected the next key of this map");
}

static void bad_start(yaml_reader *r, size_t at) {
    char c = at < r->text.len ? r->text.ptr[at] : ' ';
    if (c == '\t') {
        diag_add(r->b.diags, DIAG_BAD_YAML, text_char(r->b.src, at), STR("indent with blanks"),
                 "a tab is no indentation");
        return;
    }
    bool template = c == '%' && at > 0 && r->text.ptr[at - 1] == '{';
    str found = text_found(&r->scratch, r->text, at);
    diag_add(r->b.diags, DIAG_BAD_YAML, text_char(r->b.src, at),
             template ? STR("is this an unrendered template? render it first, or quote the text")
                      : STR(QUOTE_ALL),
             "an unquoted text cannot begin with %.*s", STR_ARG(found));
}

// An escape in double quotes that YAML does not have.
static void bad_escape(yaml_reader *r, size_t at, const char *problem) {
    size_t from = at;
    while (from > 0 && at - from < 2 && (from >= r->text.len || r->text.ptr[from] != '\\'))
        from--;
    char kind = from + 1 < r->text.len ? r->text.ptr[from + 1] : ' ';
    size_t most = kind == 'x' ? 4 : kind == 'u' ? 6 : kind == 'U' ? 10 : 2, to = from + 2;
    uint64_t digit = 0;
    while (to - from < most && num_parse_digits(str_sub(r->text, to, to + 1), 16, &digit))
        to++;
    span here = text_span(r->b.src, from, to);
    if (begins(problem, "found unknown"))
        diag_add(r->b.diags, DIAG_BAD_YAML, here,
                 STR("write `\\\\` for a backslash, or use single quotes, in which it stands for "
                     "itself"),
                 "in double quotes `\\` begins an escape, and this is none");
    else if (begins(problem, "did not find"))
        diag_add(r->b.diags, DIAG_BAD_YAML, here,
                 STR("\\x takes two hexadecimal digits, \\u four, \\U eight"),
                 "this escape is not complete");
    else
        diag_add(
            r->b.diags, DIAG_BAD_YAML, here,
            STR("write the character as it is, or as \\U with eight digits; half of a surrogate "
                "pair is none"),
            "this escape names no character");
}

// Whether libyaml was reading something that a sign at the beginning of a text begins.
static bool reads_sign(const yaml_parser_t *p) {
    return begins(p->context, "while scanning an a") ||
           begins(p->context, "while scanning a tag") ||
           begins(p->context, "while parsing a tag") ||
           begins(p->context, "while scanning a block scalar");
}

static void by_table(yaml_reader *r, size_t open, size_t at) {
    const yaml_parser_t *p = &r->parser;
    const char *problem = p->problem ? p->problem : "";
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        const complaint *c = &complaints[i];
        if (!begins(problem, c->problem) || !begins(p->context, c->context)) continue;
        size_t place = c->at_context ? open : at;
        str found = c->found ? text_found(&r->scratch, r->text, place) : (str){0};
        diag_add(r->b.diags, c->code, text_char(r->b.src, place), str_of(c->hint), "%s%s%.*s",
                 c->message, c->found ? ", found " : "", STR_ARG(found));
        return;
    }
    diag_add(r->b.diags, DIAG_BAD_YAML, text_char(r->b.src, at), (str){0}, "%s%s%s",
             p->context ? p->context : "", p->context ? ": " : "", problem);
}

void yaml_syntax_error(yaml_reader *r) {
    const yaml_parser_t *p = &r->parser;
    size_t at = p->error == YAML_READER_ERROR ? text_mark(r->text) + p->problem_offset
                                              : yaml_place(r, p->problem_mark.index);
    size_t open = p->context ? yaml_place(r, p->context_mark.index) : at;
    const char *problem = p->problem ? p->problem : "";
    bool start = begins(problem, "found character that cannot start");
    if (p->context && reads_sign(p) && behind_closed(r, open)) return;
    if ((start || begins(problem, "did not find expected <document start>") ||
         begins(problem, "did not find expected '-'")) &&
        behind_closed(r, at))
        return;
    if (begins(problem, "did not find expected ',' or"))
        unclosed(r, open, at, begins(problem, "did not find expected ',' or ']'"));
    else if (begins(problem, "mapping values are not allowed"))
        unexpected_colon(r, at);
    else if (begins(problem, "could not find expected ':'"))
        no_colon(r, open);
    else if (begins(problem, "did not find expected key"))
        no_key(r, at);
    else if (start)
        bad_start(r, at);
    else if (begins(p->context, "while parsing a quoted scalar"))
        bad_escape(r, at, problem);
    else
        by_table(r, open, at);
}
