// SPDX-License-Identifier: Apache-2.0
//
// A policy in memory: one legal instrument, its rules, roles, definitions, parameters, with every
// condition parsed, linked and checked. Plain data, immutable after loading. How it is read is in
// policy_read*.c; what it means when facts are there is the business of src/check.
#ifndef OBSTAT_LAW_POLICY_H
#define OBSTAT_LAW_POLICY_H

#include "law/places.h"
#include "law/registry.h"
#include "law/vocabulary.h"

typedef struct cite {
    str text; // "Art. 17"
    str url, note;
} cite;

typedef struct reviewed {
    bool stated;
    day on, recheck;
    str confidence; // high, medium, low
    span at;        // of `recheck`
} reviewed;

// --- cases: whatever the law changes by date or by case. Already cut to the version of known-on.

typedef struct case_of {
    bool has_from, has_until, has_known;
    day from, until;  // until is filled in from the next case where it was left out
    day known;        // when it became law; only of interest while reading
    expr *when;       // NULL: always
    str value;        // of statuses, severities …: the word
    const node *node; // the value as written
    str title;
    cite cites;
    span at;
} case_of;

typedef struct cases {
    case_of *at;
    size_t count;
} cases;

// --- conditions

typedef enum cond_kind { COND_TEST, COND_ALL, COND_ANY } cond_kind;

typedef struct cond cond;
struct cond {
    cond_kind kind;
    expr *test;        // COND_TEST
    const cond *parts; // COND_ALL, COND_ANY
    size_t count;
    str title;
    cite cites;
    bool has_from, has_until; // out of its window a line is not there
    day from, until;
    span at;
};

typedef struct exception exception;
struct exception {
    cond when;
    const exception *unless;
    size_t unless_count;
};

// A window of `effective` or `grace`: here the window is the value, and `when` selects.
typedef struct window {
    expr *from, *until; // dates; NULL: not stated. A literal date is a literal expression
    expr *when;         // NULL: always
    // Windows of one set follow each other and share their `when`; the first set whose `when` holds
    // is taken. Counted from 0.
    size_t set;
    str title;
    cite cites;
    span at;
} window;

typedef struct windows {
    window *at;
    size_t count;
    bool stated; // and no window: there is no version for known-on, the rule does not exist
} windows;

// A text in a way's value that begins with `=`.
typedef struct way_value {
    const node *node;
    expr *value; // in the rule's frame; slot each_count is the candidate
} way_value;

typedef struct way_set {
    str path;          // as written: "feature.models"
    const node *key;   // where it is written
    const node *value; // as in a manifest; texts that begin with `=` are CEL
    way_value *cel;    // these texts, in the order of the text; `==` stands for a text with `=`
    size_t cel_count;
    span at;
} way_set;

typedef struct way {
    str title;
    period lead_time;
    str role; // empty: none
    way_set *sets;
    size_t set_count;
    str drop; // an each-name; empty: none
    span at, role_at, drop_at;
} way;

typedef struct sanction {
    str title;
    cite cites;
    expr *when, *up_to, *at_least;
    str per[3]; // violation, day, person
    size_t per_count;
    span at;
} sanction;

typedef struct displacement {
    str *rules; // ids, or "POLICY.*"
    size_t count;
    expr *when;
    cite cites;
    span at;
} displacement;

typedef struct policy policy;

typedef struct each {
    str name;
    expr *list;
    span at;
} each;

typedef enum rule_severity {
    SEVERITY_ADVICE,
    SEVERITY_MINOR,
    SEVERITY_MAJOR,
    SEVERITY_BLOCKER
} rule_severity;

enum { RULE_SEVERITY_COUNT = SEVERITY_BLOCKER + 1 };
extern const char *const rule_severity_names[RULE_SEVERITY_COUNT]; // "blocker"

typedef struct rule {
    const policy *policy;
    str id, title, chapter;
    cite cites;
    str basis, kind;
    cases severity; // empty: major
    each *each;
    size_t each_count;
    uint32_t frame; // slots that any of its expressions needs; the each-names come first
    expr *binds;    // NULL: true
    cond applies;   // COND_ALL; without parts: true
    const exception *except;
    size_t except_count;
    cond requires_; // without parts: true for obligations that have none; a prohibition has none
                    // and never holds
    bool prohibition;
    windows effective, grace;
    expr *due; // a date; NULL: none
    way *ways;
    size_t way_count;
    sanction *sanctions;
    size_t sanction_count;
    displacement *displaces;
    size_t displace_count;
    reviewed reviewed;
    span at; // of its id
} rule;

typedef struct role_def {
    const policy *policy;
    str name, title;
    str *held_as;  // values of the vocabulary's roles of engagements
    span *held_at; // where each stands
    size_t held_count;
    cond eligible; // frame slot 0: party
    cond engaged;  // frame slots 0, 1: party, engagement
    uint32_t frame;
    span at;
} role_def;

typedef struct parameter parameter;
typedef struct setting setting;

struct parameter { // definition.owner of what reads it
    str name;
    cases cases;
    bool not_yet;          // no case was known on known-on
    const node *type_text; // as declared, or NULL
    const type *type;      // NULL: that of the values
    str unit;
    cite cites;
    definition *definition;   // what reads it; its body is chosen by place (cel_hooks.body)
    const setting **settings; // what places below set
    size_t setting_count;
    span at;
};

// What a place sets of a parent's parameter.
struct setting {
    const policy *policy; // that sets it
    str policy_id, name;
    cases cases;
    const parameter *parameter; // linked; NULL: there is none (said so)
    expr *body;                 // these cases, then those of the parameter's own policy
    span at;
};

typedef struct open_term {
    str name;     // qualified: POLICY.term
    str question; // `open:`
    str title;
    cite cites;
} open_term; // definition.owner of an open definition

// What a definition says of itself; of any other definition `owner` is NULL.
typedef struct definition_note {
    const definition *definition;
    str title;
    cite cites;
    span at; // of its name
} definition_note;

struct policy {
    str id, jurisdiction;
    bool home; // reach: home
    struct {
        str name, native, number, kind, url;
    } instrument;
    cases status;
    reviewed reviewed;
    cel_env *env;
    map parameters; // name → parameter
    map roles;      // name → role_def
    map notes;      // name of a definition → definition_note
    uint32_t frame; // slots that `status` and `displaces` need
    vec(setting *) sets;
    vec(displacement) displaces;
    vec(rule *) rules;    // in the order of the file, chapters folded in
    const cel_text *text; // the whole file
    span at;              // of its id
    span jurisdiction_at;
};

// The parameter that a definition reads; NULL: it is none.
const parameter *definition_parameter(const definition *d);

#endif
