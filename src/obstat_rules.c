// SPDX-License-Identifier: Apache-2.0
//
// The public interface: loading rules from the caller's folders, and listing them. The caller's
// functions are foreign frames: what they give is copied without leaving through the guard.
#include "obstat_object.h"

#include "base/sha256.h"
#include "check/check.h"
#include "report/build.h"

#include <stdlib.h>
#include <string.h>

// --- folders

// What the caller gives, while its function runs.
typedef struct taker {
    arena *arena;
    char *bytes; // all names, each ended by NUL; or a file
    size_t length, room;
    bool failed;
} taker;

static void take(taker *t, const char *bytes, size_t length) {
    if (t->failed || length > SIZE_MAX / 2 - t->length) {
        t->failed = true;
        return;
    }
    if (t->length + length > t->room) {
        size_t room = (t->length + length) * 2;
        char *more = arena_try(t->arena, room, 1);
        if (!more) {
            t->failed = true;
            return;
        }
        if (t->bytes) memcpy(more, t->bytes, t->length);
        t->bytes = more;
        t->room = room;
    }
    if (length) memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
}

static void take_name(void *to, const char *name) {
    take(to, name, str_of(name).len + 1);
}

static void take_file(void *to, const char *bytes, size_t length) {
    taker *t = to;
    if (t->bytes || length == 0) { // a second piece: nobody may build a file from parts
        take(t, bytes, length);
        return;
    }
    t->bytes = arena_try(t->arena, length, 1);
    t->failed = t->bytes == NULL;
    t->room = t->failed ? 0 : length;
    take(t, bytes, length);
}

static bool refuse(diags *d, const obstat_folder *folder, str path, const char *why) {
    diag_add(d, DIAG_CANNOT_READ, (span){0}, STR(""), "cannot read %s%s%.*s: %s", folder->name,
             path.len ? "/" : "", STR_ARG(path), why);
    return false;
}

static int by_name(const void *x, const void *y) {
    return str_cmp(*(const str *)x, *(const str *)y);
}

static bool list_folder(void *ctx, arena *a, diags *d, str path, str **entries, size_t *count) {
    const folder_reader *reader = ctx;
    taker t = {.arena = a};
    const char *why = reader->folder.list(reader->folder.ctx, str_c(a, path), take_name, &t);
    if (t.failed) arena_out_of_memory(a);
    if (why) return refuse(d, &reader->folder, path, why);
    vec(str) names = {0};
    for (size_t at = 0; at < t.length;) {
        str name = str_of(t.bytes + at);
        vec_push(a, &names, name);
        at += name.len + 1;
    }
    if (names.len) qsort(names.at, names.len, sizeof(str), by_name);
    *entries = names.at;
    *count = names.len;
    return true;
}

static bool read_file(void *ctx, arena *a, diags *d, str path, str *bytes) {
    folder_reader *reader = ctx;
    taker t = {.arena = a};
    const char *why = reader->folder.read(reader->folder.ctx, str_c(a, path), take_file, &t);
    if (t.failed) arena_out_of_memory(a);
    if (why) return refuse(d, &reader->folder, path, why);
    *bytes = (str){t.bytes ? t.bytes : "", t.length};
    if (!reader->digest) return true;
    str *digest = arena_new(a, str);
    *digest = sha256_of(a, *bytes);
    map_put(a, &reader->digests, str_copy(a, path), digest);
    return true;
}

static int by_path(const void *x, const void *y) {
    return str_cmp(((const map_entry *)x)->key, ((const map_entry *)y)->key);
}

// Of the files that were read: the digest of their paths and digests, in order.
static str folder_digest(arena *a, const folder_reader *reader) {
    const map *m = &reader->digests;
    if (!reader->digest) return (str){"", 0};
    map_entry *entries = arena_array(a, map_entry, m->len);
    for (size_t i = 0; i < m->len; i++)
        entries[i] = m->entries[i];
    if (m->len) qsort(entries, m->len, sizeof *entries, by_path);
    sha256 s;
    sha256_begin(&s);
    for (size_t i = 0; i < m->len; i++) {
        sha256_add(&s, *(str *)entries[i].value);
        sha256_add(&s, STR("  "));
        sha256_add(&s, entries[i].key);
        sha256_add(&s, STR("\n"));
    }
    return sha256_end(&s, a);
}

// --- loading

static void add_reach(load_options *options, const ruleset *r, arena *a, const obstat_load *load) {
    str *codes = NULL;
    size_t count = 0;
    diags unheard = {.arena = a}; // the check says them
    for (size_t i = 0; i < load->manifest_count; i++) {
        const node *const *documents;
        size_t n;
        if (!object_documents(&documents, &n, a, &unheard, &load->manifests[i])) continue;
        for (size_t k = 0; k < n; k++)
            check_reach(r, a, documents[k], &codes, &count);
    }
    options->reach = codes;
    options->reach_count = count;
}

bool object_load(ruleset *out, arena *a, diags *d, const obstat_load *load,
                 folder_reader *readers) {
    rules_folder *folders = arena_array(a, rules_folder, load->folder_count);
    for (size_t i = 0; i < load->folder_count; i++) {
        readers[i] = (folder_reader){.folder = load->folders[i], .digest = load->digests};
        folders[i] = (rules_folder){.name = str_copy(a, str_of(load->folders[i].name)),
                                    .installed = load->folders[i].installed,
                                    .list = list_folder,
                                    .read = read_file,
                                    .ctx = &readers[i]};
    }
    load_options options = {
        .everything = load->manifests == NULL, .functions = &check_functions, .function_tables = 1};
    if (!object_date(load->known_on, &options.has_known_on, &options.known_on)) return false;
    if (!ruleset_open(out, a, d, folders, load->folder_count)) return false;
    if (load->manifests) add_reach(&options, out, a, load);
    return ruleset_load(out, d, folders, load->folder_count, &options);
}

static int by_id(const void *x, const void *y) {
    const obstat_rule *a = x, *b = y;
    return str_cmp(object_text(a->id), object_text(b->id));
}

static obstat_rule describe(arena *a, const rule *r) {
    report_rule all = build_rule(a, r);
    return (obstat_rule){.id = object_text_of(all.id),
                         .title = object_text_of(all.title),
                         .cites = object_text_of(all.cites),
                         .severity = object_text_of(all.severity),
                         .kind = object_text_of(all.kind),
                         .jurisdiction = object_text_of(r->policy->jurisdiction),
                         .policy = object_text_of(all.policy),
                         .instrument = object_text_of(r->policy->instrument.name),
                         .file = object_text_of(all.file),
                         .line = all.line};
}

static void list_rules(obstat_rules *rules, arena *a) {
    size_t count = 0;
    for (size_t p = 0; p < rules->rules.policies.len; p++)
        count += rules->rules.policies.at[p]->rules.len;
    rules->list = arena_array(a, obstat_rule, count);
    for (size_t p = 0; p < rules->rules.policies.len; p++) {
        const policy *from = rules->rules.policies.at[p];
        for (size_t i = 0; i < from->rules.len; i++)
            rules->list[rules->rule_count++] = describe(a, from->rules.at[i]);
    }
    if (count) qsort(rules->list, count, sizeof *rules->list, by_id);
}

typedef struct load_call {
    obstat_rules **out;
    const obstat_load *load;
} load_call;

static obstat_status load_rules(obstat_context *context, void *args) {
    const load_call *call = args;
    obstat_rules *rules = object_new(context, sizeof *rules);
    arena *a = &rules->object.arena;
    diags d = {.arena = object_scratch(context)};
    rules->folder_count = call->load->folder_count;
    rules->readers = arena_array(a, folder_reader, rules->folder_count);
    bool loaded = object_load(&rules->rules, a, &d, call->load, rules->readers);
    obstat_status status = object_diagnose(context, &d);
    if (!loaded) return status == OBSTAT_OK ? OBSTAT_E_USAGE : status;
    if (status != OBSTAT_OK) return status;
    rules->folders = arena_array(a, report_file, rules->folder_count);
    for (size_t i = 0; i < rules->folder_count; i++)
        rules->folders[i] =
            (report_file){.path = str_copy(a, str_of(rules->readers[i].folder.name)),
                          .digest = folder_digest(a, &rules->readers[i])};
    if (!call->load->manifests) list_rules(rules, a);
    rules->object.kept = true;
    *call->out = rules;
    return OBSTAT_OK;
}

obstat_status obstat_rules_load(obstat_rules **out, obstat_context *context,
                                const obstat_load *load) {
    if (!out || !load || load->size < sizeof *load) return OBSTAT_E_USAGE;
    *out = NULL;
    return object_call(context, load_rules, &(load_call){out, load});
}

void obstat_rules_free(obstat_rules *rules) {
    if (rules) object_free(&rules->object);
}

size_t obstat_rule_count(const obstat_rules *rules) {
    return rules->rule_count;
}

obstat_rule obstat_rule_at(const obstat_rules *rules, size_t index) {
    return index < rules->rule_count ? rules->list[index] : (obstat_rule){.line = 0};
}
