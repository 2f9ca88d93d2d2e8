// SPDX-License-Identifier: Apache-2.0
//
// The vocabulary as JSON Schema: what a manifest may state, as check/bind*.c takes it. Each value
// is a list of alternatives, one a line, which refer to types and records that are defined once. In
// a patch nothing is required, and entries may be taken out.
#include "author/schema_writer.h"

#include "base/num.h"

enum {
    IN_PATCH = 1 << 0,
    IN_LIST = 1 << 1, // a record that is an entry of a list
    OF_MARKET = 1 << 2
};
enum { SHORT_MAX = 8 }; // short forms of short forms

typedef struct alternatives {
    vec(str) list;
} alternatives;

static void add(schema_writer *w, alternatives *a, str one) {
    for (size_t i = 0; i < a->list.len; i++)
        if (str_eq(a->list.at[i], one)) return;
    vec_push(w->arena, &a->list, one);
}

static void add_ref(schema_writer *w, alternatives *a, schema_definition d) {
    add(w, a, schema_ref(w, d));
}

// A schema on one line.
static str joined(schema_writer *w, const alternatives *a) {
    buf b = {.arena = w->arena};
    if (a->list.len == 1) return a->list.at[0];
    buf_adds(&b, "{\"anyOf\": [");
    for (size_t i = 0; i < a->list.len; i++)
        buf_addf(&b, "%s%.*s", i ? ", " : "", STR_ARG(a->list.at[i]));
    buf_adds(&b, "]}");
    return buf_str(&b);
}

static void write_line(schema_writer *w, const char *key, str schema) {
    json_begin(&w->json, key);
    buf_add(w->json.out, schema);
}

// The same as members of what is open.
static void write_alternatives(schema_writer *w, const alternatives *a) {
    if (a->list.len == 1) {
        str members = str_sub(a->list.at[0], 1, a->list.at[0].len - 1);
        if (members.len) write_line(w, NULL, members);
        return;
    }
    json_open(&w->json, "anyOf", '[');
    for (size_t i = 0; i < a->list.len; i++) {
        json_begin(&w->json, NULL);
        buf_add(w->json.out, a->list.at[i]);
    }
    json_close(&w->json, ']');
}

// --- types that are defined once

typedef enum shared_type {
    TYPE_DATE_TEXT,
    TYPE_PERIOD_TEXT,
    TYPE_BOUND,
    TYPE_BOUNDS,
    TYPE_MONEY_TEXT,
    TYPE_MONEY_MAP,
    SHARED_TYPES
} shared_type;

static const struct shared {
    const char *name, *members, *pattern, *message;
} shared_types[SHARED_TYPES] = {
    [TYPE_DATE_TEXT] = {"type.date", NULL, NULL, "a date, as in 2026-03-01"},
    [TYPE_PERIOD_TEXT] = {"type.period", NULL, NULL,
                          "a period: P30D (days), P3M (months), P1Y (years), PT72H (hours)"},
    [TYPE_BOUND] = {"type.bound", NULL,
                    "^\\s*[<>]=?\\s*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?\\s*$",
                    "a bound, as in \"> 1e23\""},
    [TYPE_BOUNDS] = {"type.bounds",
                     "\"type\": \"object\", \"properties\": {\"at_least\": {\"type\": \"number\"}, "
                     "\"at_most\": {\"type\": \"number\"}}, \"additionalProperties\": false, "
                     "\"minProperties\": 1",
                     NULL, NULL},
    [TYPE_MONEY_TEXT] = {"type.money", NULL, "^[A-Z]{3} [0-9]+(\\.[0-9]{1,2})?$",
                         "an amount of money, as in EUR 1500"},
    [TYPE_MONEY_MAP] = {"type.amount",
                        "\"type\": \"object\", \"properties\": {\"value\": {\"type\": [\"number\", "
                        "\"string\"]}, \"currency\": {\"type\": \"string\"}}, "
                        "\"additionalProperties\": false, \"required\": [\"value\", \"currency\"]",
                        NULL, NULL},
};

static void define_shared(schema_writer *w, const schema_definition *d) {
    const struct shared *s = d->of;
    const char *pattern = s == &shared_types[TYPE_DATE_TEXT]     ? schema_date_form.pattern
                          : s == &shared_types[TYPE_PERIOD_TEXT] ? schema_period_form.pattern
                                                                 : s->pattern;
    if (s->members) write_line(w, NULL, str_of(s->members));
    if (!pattern) return;
    json_text(&w->json, "type", STR("string"));
    json_text(&w->json, "pattern", str_of(pattern));
    json_text(&w->json, "patternErrorMessage", str_of(s->message));
}

static void add_shared(schema_writer *w, alternatives *a, shared_type t) {
    add_ref(w, a,
            (schema_definition){.name = str_of(shared_types[t].name),
                                .of = &shared_types[t],
                                .write = define_shared});
}

// --- places

enum { WITH_GROUPS = 1 };

static bool is_group(const places *p, str code) {
    const jurisdiction *j = map_get(&p->jurisdictions, code);
    return j && j->kind == PLACE_GROUP;
}

// The codes of countries and of what has law, for completion; parts are too many, and known by
// form.
static void define_places(schema_writer *w, const schema_definition *d) {
    const places *p = d->of;
    bool groups = d->variant & WITH_GROUPS;
    vec(str) codes = {0};
    for (size_t i = 0; i < p->names.len; i++)
        if (groups || !is_group(p, p->names.entries[i].key))
            vec_push(w->arena, &codes, p->names.entries[i].key);
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        str code = p->jurisdictions.entries[i].key;
        if (!map_has(&p->names, code) && (groups || !is_group(p, code)))
            vec_push(w->arena, &codes, code);
    }
    alternatives a = {0};
    add(w, &a, str_format(w->arena, "{%.*s}", STR_ARG(schema_enum(w->arena, codes.at, codes.len))));
    add(w, &a, STR("{\"type\": \"string\", \"pattern\": \"^[A-Z0-9]+-[A-Z0-9-]*[A-Z0-9]$\"}"));
    write_alternatives(w, &a);
}

static schema_definition places_definition(schema_writer *w, bool groups) {
    return (schema_definition){.name = groups ? STR("type.jurisdiction") : STR("type.place"),
                               .of = &w->rules->places,
                               .variant = groups ? WITH_GROUPS : 0,
                               .write = define_places};
}

// --- enums

// A value that is not known may stand wherever one stands.
static str enum_of(schema_writer *w, const enumeration *e) {
    str *words = arena_array(w->arena, str, e->count + 1);
    for (size_t i = 0; i < e->count; i++)
        words[i] = e->values[i];
    words[e->count] = STR("unknown");
    return schema_enum(w->arena, words, e->count + 1);
}

static void define_enum(schema_writer *w, const schema_definition *d) {
    write_line(w, NULL, enum_of(w, d->of));
}

static void add_enum(schema_writer *w, alternatives *a, const enumeration *e) {
    if (!e->name.len) {
        add(w, a, str_format(w->arena, "{%.*s}", STR_ARG(enum_of(w, e))));
        return;
    }
    add_ref(w, a,
            (schema_definition){.name = str_format(w->arena, "values.%.*s", STR_ARG(e->name)),
                                .of = e,
                                .write = define_enum});
}

// --- values

static schema_definition record_definition(schema_writer *w, const record_def *r, unsigned variant);
static schema_definition metrics_definition(schema_writer *w, unsigned variant);

static void add_const(schema_writer *w, alternatives *a, str word) {
    buf b = {.arena = w->arena};
    buf_adds(&b, "{\"const\": ");
    doc_write_json_string(&b, word);
    buf_addc(&b, '}');
    add(w, a, buf_str(&b));
}

static void add_none(schema_writer *w, alternatives *a, const fact *f) {
    add_const(w, a, STR("none"));
    if (f->none_word.len && !str_is(f->none_word, "none")) add_const(w, a, f->none_word);
}

static void add_scalars(schema_writer *w, alternatives *a, const fact *f, unsigned variant,
                        unsigned depth);

static bool others_required(const record_def *r, const fact *f) {
    for (size_t i = 0; i < r->count; i++)
        if (&r->facts[i] != f && r->facts[i].absent == ABSENT_REQUIRED) return true;
    return false;
}

// What a bare value may be where a record stands: that of its short fact, if nothing else is due.
static void add_short(schema_writer *w, alternatives *a, const record_def *r, unsigned variant,
                      unsigned depth) {
    const fact *f = record_fact(r, r->short_fact);
    bool due = !(variant & IN_PATCH) && others_required(r, f);
    if (due || depth >= SHORT_MAX || (!f && !str_is(r->short_fact, "id"))) return;
    if (!f) {
        add(w, a, STR("{\"type\": [\"string\", \"number\", \"boolean\"]}"));
        return;
    }
    add_scalars(w, a, f, variant, depth + 1);
    if (f->list || f->may_be_none) add_none(w, a, f);
}

static void add_text(schema_writer *w, alternatives *a, const fact *f) {
    const size_t usual = (size_t)64 * 1024;
    if (f->max_length && f->max_length < usual)
        add(w, a,
            str_format(w->arena, "{\"type\": [\"string\", \"number\"], \"maxLength\": %zu}",
                       f->max_length));
    else
        add(w, a, STR("{\"type\": [\"string\", \"number\"]}"));
}

static void add_number(schema_writer *w, alternatives *a, const fact *f, const char *kind) {
    buf b = {.arena = w->arena};
    buf_addf(&b, "{\"type\": \"%s\"", kind);
    str least = num_print_double(w->arena, f->least), most = num_print_double(w->arena, f->most);
    if (f->has_least) buf_addf(&b, ", \"minimum\": %.*s", STR_ARG(least));
    if (f->has_most) buf_addf(&b, ", \"maximum\": %.*s", STR_ARG(most));
    buf_addc(&b, '}');
    add(w, a, buf_str(&b));
}

// One value of a fact, as a scalar; of a list, one of its values.
static void add_scalars(schema_writer *w, alternatives *a, const fact *f, unsigned variant,
                        unsigned depth) {
    switch (f->kind) {
    case FACT_BOOL: add(w, a, STR("{\"type\": \"boolean\"}")); break;
    case FACT_INT:
        add_number(w, a, f, "integer");
        add_shared(w, a, TYPE_BOUND);
        break;
    case FACT_DOUBLE:
        add_number(w, a, f, "number");
        add_shared(w, a, TYPE_BOUND);
        break;
    case FACT_DATE: add_shared(w, a, TYPE_DATE_TEXT); break;
    case FACT_PERIOD: add_shared(w, a, TYPE_PERIOD_TEXT); break;
    case FACT_COUNTRY:
    case FACT_PLACE: add_ref(w, a, places_definition(w, false)); break;
    case FACT_JURISDICTION: add_ref(w, a, places_definition(w, true)); break;
    case FACT_MONEY: add_shared(w, a, TYPE_MONEY_TEXT); break;
    case FACT_ENUM: add_enum(w, a, f->values); break;
    case FACT_RECORD: add_short(w, a, f->record, variant, depth); break;
    case FACT_METRIC: add_short(w, a, w->rules->vocabulary.metric_record, variant, depth); break;
    case FACT_METRICS: break;
    case FACT_STRING:
    case FACT_REF:
    case FACT_REF_ANY: add_text(w, a, f); break;
    }
}

static void add_maps(schema_writer *w, alternatives *a, const fact *f, unsigned variant) {
    unsigned inside = (variant & IN_PATCH) | (f->list ? (unsigned)IN_LIST : 0);
    const vocabulary *v = &w->rules->vocabulary;
    if (f->kind == FACT_INT || f->kind == FACT_DOUBLE) add_shared(w, a, TYPE_BOUNDS);
    if (f->kind == FACT_MONEY) add_shared(w, a, TYPE_MONEY_MAP);
    if (f->kind == FACT_RECORD) add_ref(w, a, record_definition(w, f->record, inside));
    if (f->kind == FACT_METRIC) add_ref(w, a, record_definition(w, v->metric_record, inside));
    if (f->kind == FACT_METRICS) add_ref(w, a, metrics_definition(w, inside));
}

static bool says_unknown(const fact *f) {
    return f->kind == FACT_STRING || f->kind == FACT_REF || f->kind == FACT_REF_ANY ||
           f->kind == FACT_ENUM;
}

// All that may stand behind the fact's name.
static void fact_values(schema_writer *w, alternatives *a, const fact *f, unsigned variant) {
    add_maps(w, a, f, variant);
    add_scalars(w, a, f, variant, 0);
    if (!says_unknown(f)) add_const(w, a, STR("unknown"));
    if (f->list) {
        // The word at the end that says that there may be more is no item.
        size_t most = f->max_items + 1;
        str items = joined(w, a);
        add(w, a,
            str_format(w->arena, "{\"type\": \"array\", \"items\": %.*s, \"maxItems\": %zu}",
                       STR_ARG(items), most));
    }
    if (f->list || f->may_be_none) add_none(w, a, f);
}

// --- help

static str absence(schema_writer *w, const fact *f) {
    buf b = {.arena = w->arena};
    switch (f->absent) {
    case ABSENT_UNKNOWN: return STR("");
    case ABSENT_REQUIRED: return STR("Must be stated.");
    case ABSENT_EMPTY:
    case ABSENT_NONE: return STR("Not written: none.");
    case ABSENT_VALUE:
        buf_adds(&b, "Not written: ");
        if (doc_is_scalar(f->absent_value))
            buf_add(&b, f->absent_value->text);
        else
            doc_write_json(&b, f->absent_value);
        break;
    case ABSENT_FACT: buf_addf(&b, "Not written: as `%.*s`", STR_ARG(f->absent_path)); break;
    case ABSENT_ALL:
        buf_addf(&b, "Not written: all of `%.*s`", STR_ARG(f->absent_entity->self.name));
        break;
    }
    buf_addc(&b, '.');
    return buf_str(&b);
}

static void write_help(schema_writer *w, const fact *f) {
    buf b = {.arena = w->arena};
    str when = absence(w, f);
    buf_add(&b, f->ask);
    if (f->meaning.len) buf_addf(&b, "\n\n%.*s", STR_ARG(f->meaning));
    if (f->unit.len) buf_addf(&b, "\n\nUnit: %.*s.", STR_ARG(f->unit));
    if (when.len) buf_addf(&b, "\n\n%.*s", STR_ARG(when));
    if (b.len) json_text(&w->json, "description", buf_str(&b));
}

static void write_fact(schema_writer *w, const fact *f, unsigned variant) {
    alternatives a = {0};
    fact_values(w, &a, f, variant);
    json_open(&w->json, str_c(w->arena, f->name), '{');
    write_help(w, f);
    write_alternatives(w, &a);
    json_close(&w->json, '}');
}

static void write_described(schema_writer *w, const char *key, const char *about, str schema) {
    json_open(&w->json, key, '{');
    json_text(&w->json, "description", str_of(about));
    write_alternatives(w, &(alternatives){.list = {.at = &schema, .len = 1}});
    json_close(&w->json, '}');
}

// --- records

// Keys of every entry of a list; a fact of such a name is that fact.
static void write_entry_keys(schema_writer *w, const record_def *r, bool patch) {
    str code = schema_ref(w, places_definition(w, true));
    str codes = str_format(w->arena, "{\"anyOf\": [%.*s, {\"type\": \"array\", \"items\": %.*s}]}",
                           STR_ARG(code), STR_ARG(code));
    str id = STR("{\"type\": [\"string\", \"number\", \"boolean\", \"array\"], \"minItems\": 1, "
                 "\"maxItems\": 1}");
    const struct {
        const char *name, *about;
        str schema;
    } keys[] = {
        {"id", "Its id, by which others refer to it.", id},
        {"markets", "Only in these markets: codes of places or groups.", codes},
        {"except_markets", "Not in these markets: codes of places or groups.", codes},
        {"absent", "true: it is stated that there is none.", STR("{\"type\": \"boolean\"}")},
        {"note", "A remark.", STR("{}")},
        {"evidence", "What shows it.", STR("{}")},
        {"checked", "Who has checked it, and when.", STR("{}")},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!record_fact(r, str_of(keys[i].name)))
            write_described(w, keys[i].name, keys[i].about, keys[i].schema);
    if (patch)
        write_described(w, "remove", "true: the entry is taken out.", STR("{\"const\": true}"));
}

static void write_patch_keys(schema_writer *w, bool with_markets);

static void define_difference(schema_writer *w, const schema_definition *d) {
    (void)d;
    write_patch_keys(w, false);
}

static void write_market_key(schema_writer *w) {
    str key = w->rules->vocabulary.engine.market_patch;
    if (!key.len) return;
    str ref = schema_ref(w, (schema_definition){.name = STR("difference"),
                                                .of = &w->rules->vocabulary.engine,
                                                .write = define_difference});
    write_described(w, str_c(w->arena, key), "What differs in this market.", ref);
}

static void write_required(schema_writer *w, const record_def *r) {
    bool first = true;
    for (size_t i = 0; i < r->count; i++) {
        if (r->facts[i].absent != ABSENT_REQUIRED) continue;
        if (first) json_begin(&w->json, "required");
        buf_adds(w->json.out, first ? "[" : ", ");
        doc_write_json_string(w->json.out, r->facts[i].name);
        first = false;
    }
    if (!first) buf_addc(w->json.out, ']');
}

static void define_record(schema_writer *w, const schema_definition *d) {
    const record_def *r = d->of;
    unsigned inside = d->variant & IN_PATCH;
    const entity *markets = w->rules->vocabulary.engine.markets;
    json_text(&w->json, "type", STR("object"));
    json_open(&w->json, "properties", '{');
    for (size_t i = 0; i < r->count; i++)
        write_fact(w, &r->facts[i], inside);
    if (d->variant & IN_LIST) write_entry_keys(w, r, inside && r->key_fact.len);
    if (markets && markets->record == r) write_market_key(w);
    json_close(&w->json, '}');
    json_truth(&w->json, "additionalProperties", false);
    if (!inside) write_required(w, r);
}

static bool is_of_entity(const vocabulary *v, const record_def *r) {
    for (size_t i = 0; i < v->entities.len; i++)
        if (v->entities.at[i]->record == r) return true;
    return false;
}

static schema_definition record_definition(schema_writer *w, const record_def *r,
                                           unsigned variant) {
    const char *what = is_of_entity(&w->rules->vocabulary, r) ? "entity"
                       : variant & IN_LIST                    ? "entry"
                                                              : "record";
    return (schema_definition){.name = str_format(w->arena, "%s%s.%.*s",
                                                  variant & IN_PATCH ? "patch." : "", what,
                                                  STR_ARG(r->name)),
                               .of = r,
                               .variant = variant,
                               .write = define_record};
}

// --- metrics

static void define_metrics(schema_writer *w, const schema_definition *d) {
    const vocabulary *v = &w->rules->vocabulary;
    json_text(&w->json, "type", STR("object"));
    json_open(&w->json, "properties", '{');
    for (size_t i = 0; i < v->metrics.len; i++) {
        const metric_def *m = v->metrics.entries[i].value;
        fact f = {.name = m->name,
                  .kind = FACT_METRIC,
                  .record = v->metric_record,
                  .ask = m->ask,
                  .meaning = m->meaning,
                  .unit = m->unit};
        write_fact(w, &f, d->variant);
    }
    json_close(&w->json, '}');
    json_truth(&w->json, "additionalProperties", false);
}

static schema_definition metrics_definition(schema_writer *w, unsigned variant) {
    bool patch = variant & IN_PATCH;
    return (schema_definition){.name = patch ? STR("patch.metrics") : STR("metrics"),
                               .of = &w->rules->vocabulary.metrics,
                               .variant = variant & IN_PATCH,
                               .write = define_metrics};
}

// --- the whole

static void write_entities(schema_writer *w, unsigned variant, const entity *except) {
    const vocabulary *v = &w->rules->vocabulary;
    for (size_t i = 0; i < v->entities.len; i++)
        if (v->entities.at[i] != except) write_fact(w, &v->entities.at[i]->self, variant);
}

static void write_patch_keys(schema_writer *w, bool with_markets) {
    json_text(&w->json, "type", STR("object"));
    json_open(&w->json, "properties", '{');
    write_entities(w, IN_PATCH, with_markets ? NULL : w->rules->vocabulary.engine.markets);
    json_close(&w->json, '}');
    json_truth(&w->json, "additionalProperties", false);
}

void schema_patch_write(schema_writer *w) {
    write_patch_keys(w, true);
}

void schema_manifest_write(schema_writer *w) {
    const vocabulary *v = &w->rules->vocabulary;
    json_text(&w->json, "type", STR("object"));
    json_open(&w->json, "properties", '{');
    write_described(w, "obstat", "What this file is.", STR("{\"enum\": [\"deployment/v1\"]}"));
    write_entities(w, 0, NULL);
    json_close(&w->json, '}');
    json_truth(&w->json, "additionalProperties", false);
    json_open(&w->json, "required", '[');
    json_text(&w->json, NULL, STR("obstat"));
    for (size_t i = 0; i < v->entities.len; i++)
        if (v->entities.at[i]->self.absent == ABSENT_REQUIRED ||
            v->entities.at[i] == v->engine.markets)
            json_text(&w->json, NULL, v->entities.at[i]->self.name);
    json_close(&w->json, ']');
}
