// SPDX-License-Identifier: Apache-2.0
//
// Changes of facts as a merge patch: gathered by the entries they are in, an entry named by its id
// or by what its list is keyed by. What changes the key of an entry takes it out and puts a new one
// in its place.
#include "author/variations.h"

enum { MOST_ENTRIES = 16 };

typedef struct entry {
    const record *record;
    struct entry *parent; // NULL: an entry of an entity
    bool written;
} entry;

typedef struct patch {
    buf *out;
    check_run *run;
    const variation *changes;
    size_t count;
    entry entries[MOST_ENTRIES];
    size_t entry_count;
} patch;

static entry *entry_of(patch *p, const record *r) {
    const fact_origin *o = origin_of(r);
    for (size_t i = 0; i < p->entry_count; i++)
        if (p->entries[i].record == r) return &p->entries[i];
    if (!o || o->cut || p->entry_count == MOST_ENTRIES) return NULL;
    entry *parent = o->parent ? entry_of(p, o->parent) : NULL;
    if ((o->parent && !parent) || p->entry_count == MOST_ENTRIES) return NULL;
    entry *e = &p->entries[p->entry_count++];
    *e = (entry){r, parent, false};
    return e;
}

// --- texts

static bool is_plain(str s) {
    static const char *const words[] = {"true", "false", "null", "yes", "no", "on", "off", "~"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(s, words[i])) return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        bool inner = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ' ';
        if (!letter && !(inner && i > 0)) return false;
    }
    return s.len > 0 && s.ptr[s.len - 1] != ' ';
}

static void put_text(buf *out, str s) {
    if (is_plain(s))
        buf_add(out, s);
    else
        doc_write_json_string(out, s);
}

// A value in a manifest. Only texts may need quotes.
static void put_value(buf *out, const variation *v) {
    if (v->v.kind == VALUE_STRING)
        put_text(out, v->v.u.s[0] == '\x01' ? STR("something else") : v->text);
    else
        buf_add(out, v->text);
}

static void put_node(buf *out, const node *n) {
    if (n->kind == NODE_STRING) {
        put_text(out, n->text);
    } else if (doc_is_scalar(n)) {
        buf_add(out, n->text);
    } else {
        buf_addc(out, n->kind == NODE_MAP ? '{' : '[');
        for (uint32_t i = 0; i < n->count; i++) {
            if (i) buf_adds(out, ", ");
            if (n->kind == NODE_MAP) buf_addf(out, "%.*s: ", STR_ARG(n->u.pairs[i].key->text));
            put_node(out, n->kind == NODE_MAP ? n->u.pairs[i].value : n->u.items[i]);
        }
        buf_addc(out, n->kind == NODE_MAP ? '}' : ']');
    }
}

// --- entries

static bool write_members(patch *p, entry *e, bool *first);

static void comma(patch *p, bool *first) {
    if (!*first) buf_adds(p->out, ", ");
    *first = false;
}

static const variation *change_of(const patch *p, const record *r, str name) {
    for (size_t i = 0; i < p->count; i++) {
        const variation *v = &p->changes[i];
        const fact *f = fact_of(p->run->facts, v->cell.record, v->cell.slot);
        if (v->cell.record == r && !v->added && f && str_eq(f->name, name)) return v;
    }
    return NULL;
}

// The entry as it stands in the manifest, but for what changes.
static bool restate(patch *p, const record *r, bool *first) {
    const fact_origin *o = origin_of(r);
    if (o->node->kind != NODE_MAP) { // its one fact
        if (!doc_is_scalar(o->node)) return false;
        if (change_of(p, r, o->def->short_fact)) return true;
        comma(p, first);
        buf_addf(p->out, "%.*s: ", STR_ARG(o->def->short_fact));
        put_node(p->out, o->node);
        return true;
    }
    for (uint32_t i = 0; i < o->node->count; i++) {
        const pair *field = &o->node->u.pairs[i];
        if (change_of(p, r, field->key->text) || str_is(field->key->text, "id")) continue;
        comma(p, first);
        buf_addf(p->out, "%.*s: ", STR_ARG(field->key->text));
        put_node(p->out, field->value);
    }
    return true;
}

static bool write_named(patch *p, entry *e) {
    const fact_origin *o = origin_of(e->record);
    bool first = true;
    const node *id = o->node && o->node->kind == NODE_MAP ? doc_get(o->node, "id") : NULL;
    str key = o->def->key_fact;
    const char *name = "id";
    if (!o->node) return false;
    if (variation_added(e->record)) {
        buf_adds(p->out, "{id: ");
        put_text(p->out, e->record->id);
        first = false;
        if (!restate(p, e->record, &first) || !write_members(p, e, &first)) return false;
        buf_addc(p->out, '}');
        return true;
    }
    if (!id && !str_is(key, "id")) {
        if (!key.len || !o->name_node || !doc_is_scalar(o->name_node)) return false;
        name = str_c(p->run->arena, key);
    }
    if (!id && change_of(p, e->record, key)) {
        buf_addf(p->out, "{%s: ", name);
        put_node(p->out, o->name_node);
        buf_adds(p->out, ", remove: true}, {");
        if (!restate(p, e->record, &first)) return false;
    } else {
        buf_addf(p->out, "{%s: ", name);
        put_text(p->out, e->record->id);
        first = false;
    }
    if (!write_members(p, e, &first)) return false;
    buf_addc(p->out, '}');
    return true;
}

// A figure is replaced as a whole.
static bool write_figures(patch *p, const entry *parent, const fact *as) {
    bool first = true, many = as->kind == FACT_METRICS;
    if (many) buf_addc(p->out, '{');
    for (size_t i = 0; i < p->entry_count; i++) {
        entry *e = &p->entries[i];
        const fact_origin *o = origin_of(e->record);
        bool first_member = true;
        if (e->parent != parent || o->as != as || e->written) continue;
        if (!o->node) return false;
        e->written = true;
        comma(p, &first);
        if (many) buf_addf(p->out, "%.*s: ", STR_ARG(o->label));
        buf_addc(p->out, '{');
        if (!restate(p, e->record, &first_member) || !write_members(p, e, &first_member))
            return false;
        buf_addc(p->out, '}');
    }
    if (many) buf_addc(p->out, '}');
    return !first;
}

// All entries that one fact of a record, or an entity, holds.
static bool write_entries(patch *p, const entry *parent, const fact *as) {
    bool first = true;
    if (as->kind != FACT_RECORD) return write_figures(p, parent, as);
    if (as->list) buf_addc(p->out, '[');
    for (size_t i = 0; i < p->entry_count; i++) {
        entry *e = &p->entries[i];
        if (e->parent != parent || origin_of(e->record)->as != as || e->written) continue;
        e->written = true;
        if (as->list) {
            comma(p, &first);
            if (!write_named(p, e)) return false;
            continue;
        }
        buf_addc(p->out, '{');
        if (!write_members(p, e, &first)) return false;
        buf_addc(p->out, '}');
    }
    if (as->list) buf_addc(p->out, ']');
    return true;
}

static bool write_members(patch *p, entry *e, bool *first) {
    for (size_t i = 0; i < p->count; i++) {
        const variation *v = &p->changes[i];
        if (v->cell.record != e->record || v->added) continue;
        comma(p, first);
        const fact *f = fact_of(p->run->facts, v->cell.record, v->cell.slot);
        buf_addf(p->out, "%.*s: ", STR_ARG(f->name));
        put_value(p->out, v);
    }
    for (size_t i = 0; i < p->entry_count; i++) {
        const entry *inner = &p->entries[i];
        if (inner->parent != e || inner->written) continue;
        const fact *as = origin_of(inner->record)->as;
        comma(p, first);
        buf_addf(p->out, "%.*s: ", STR_ARG(as->name));
        if (!write_entries(p, e, as)) return false;
    }
    return true;
}

// --- judgements

// "POLICY.term(entry)" is answered by an opinion among the documents.
static bool write_opinion(patch *p, const variation *v, size_t number) {
    const engine_facts *engine = &p->run->rules->vocabulary.engine;
    str key = v->cell.record->id;
    int64_t open = (int64_t)str_find(key, STR("("));
    str term = open < 0 ? key : str_sub(key, 0, (size_t)open);
    if (!engine->opinions || !engine->opinion_term || !engine->opinion_answer ||
        !engine->opinion_kind_fact || str_find(key, STR(", ")) >= 0)
        return false;
    buf_addf(p->out, "{id: opinion-%zu, %.*s: %.*s, %.*s: %.*s, %.*s: %.*s", number,
             STR_ARG(engine->opinion_kind_fact->name), STR_ARG(engine->opinion_kind),
             STR_ARG(engine->opinion_term->name), STR_ARG(term),
             STR_ARG(engine->opinion_answer->name), STR_ARG(v->text));
    if (open >= 0 && engine->opinion_about) {
        buf_addf(p->out, ", %.*s: ", STR_ARG(engine->opinion_about->name));
        put_text(p->out, str_sub(key, (size_t)open + 1, key.len - 1));
    }
    buf_addc(p->out, '}');
    return true;
}

static bool is_judgement(const variation *v) {
    const record *r = v->cell.record;
    return r && r->realm == REALM_ASSUMPTION &&
           ((const assumption *)r->origin)->kind == ASSUMED_JUDGEMENT;
}

static bool write_opinions(patch *p) {
    size_t number = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (!is_judgement(&p->changes[i])) continue;
        if (number++ == 0)
            buf_addf(p->out, "%.*s: [",
                     STR_ARG(p->run->rules->vocabulary.engine.opinions->self.name));
        else
            buf_adds(p->out, ", ");
        if (!write_opinion(p, &p->changes[i], number)) return false;
    }
    if (number) buf_adds(p->out, "]\n");
    return true;
}

bool variations_write(buf *out, check_run *run, const variation *changes, size_t count) {
    patch p = {.out = out, .run = run, .changes = changes, .count = count};
    for (size_t i = 0; i < count; i++) {
        const record *r = changes[i].added ? changes[i].added : changes[i].cell.record;
        if (r && !is_judgement(&changes[i]) && !entry_of(&p, r)) return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (changes[i].cell.record || changes[i].added) continue;
        const fact *f = fact_of(run->facts, NULL, changes[i].cell.slot);
        if (!f) return false;
        buf_addf(out, "%.*s: ", STR_ARG(f->name));
        put_value(out, &changes[i]);
        buf_addc(out, '\n');
    }
    for (size_t i = 0; i < p.entry_count; i++) {
        if (p.entries[i].parent || p.entries[i].written) continue;
        const fact *as = origin_of(p.entries[i].record)->as;
        buf_addf(out, "%.*s: ", STR_ARG(as->name));
        if (!write_entries(&p, NULL, as)) return false;
        buf_addc(out, '\n');
    }
    return write_opinions(&p);
}
