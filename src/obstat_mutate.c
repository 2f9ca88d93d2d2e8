// SPDX-License-Identifier: Apache-2.0
//
// The public interface: mutants of rules. The rules are loaded once for each mutant, so the files
// are taken from the caller once and kept; one of them is then another text.
#include "obstat_object.h"

#include "author/mutate.h"
#include "report/build.h"
#include "report/survivor.h"

typedef struct mutate_call {
    obstat_mutation_result *out;
    const obstat_load *load;
    const obstat_folder *base;
    const obstat_file *files;
    size_t count;
    const obstat_query *query;
    const obstat_mutation *what;
    const obstat_style *style;
    obstat_sink sink;
} mutate_call;

// A folder of the caller, and what it gave.
typedef struct kept_folder {
    obstat_folder from;
    arena *arena;
    map lists, files;           // path → kept_text
    str other_path, other_text; // read this in the place of that file; empty: none
} kept_folder;

typedef struct kept_text {
    buf bytes; // of names: each ended by NUL
    const char *why;
    bool failed; // no memory
} kept_text;

typedef struct mutator_run {
    const mutate_call *call;
    arena *scratch;
    report_options style;
    obstat_folder *folders; // as those of the call, but kept
    kept_folder *kept;
    size_t all, done;
    size_t counts[FATE_REFUSED + 1]; // of one file
    bool refused;                    // by the sink
} mutator_run;

// --- folders that are read once

// Called by the caller's function: must not leave through the guard.
static void keep(kept_text *t, const char *bytes, size_t length) {
    if (t->failed) return;
    if (t->bytes.cap - t->bytes.len < length) {
        size_t room = (t->bytes.len + length) * 2;
        char *more = arena_try(t->bytes.arena, room, 1);
        if (!more) {
            t->failed = true;
            return;
        }
        if (t->bytes.len) memcpy(more, t->bytes.ptr, t->bytes.len);
        t->bytes.ptr = more;
        t->bytes.cap = room;
    }
    if (length) memcpy(t->bytes.ptr + t->bytes.len, bytes, length);
    t->bytes.len += length;
}

static void keep_name(void *to, const char *name) {
    keep(to, name, str_of(name).len + 1);
}

static void keep_file(void *to, const char *bytes, size_t length) {
    keep(to, bytes, length);
}

static kept_text *kept_of(kept_folder *f, map *all, const char *path) {
    kept_text *t = map_get(all, str_of(path));
    if (t) return t;
    t = arena_new(f->arena, kept_text);
    t->bytes.arena = f->arena;
    map_put(f->arena, all, str_copy(f->arena, str_of(path)), t);
    t->why = all == &f->lists ? f->from.list(f->from.ctx, path, keep_name, t)
                              : f->from.read(f->from.ctx, path, keep_file, t);
    if (t->failed) arena_out_of_memory(f->arena);
    if (t->why) t->why = str_c(f->arena, str_of(t->why));
    return t;
}

static const char *list_kept(void *ctx, const char *path, void (*give)(void *to, const char *name),
                             void *to) {
    kept_folder *f = ctx;
    const kept_text *t = kept_of(f, &f->lists, path);
    for (size_t at = 0; !t->why && at < t->bytes.len;) {
        give(to, t->bytes.ptr + at);
        at += str_of(t->bytes.ptr + at).len + 1;
    }
    return t->why;
}

static const char *read_kept(void *ctx, const char *path,
                             void (*give)(void *to, const char *bytes, size_t length), void *to) {
    kept_folder *f = ctx;
    if (f->other_path.len && str_eq(f->other_path, str_of(path))) {
        give(to, f->other_text.ptr, f->other_text.len);
        return NULL;
    }
    const kept_text *t = kept_of(f, &f->files, path);
    if (!t->why) give(to, t->bytes.ptr, t->bytes.len);
    return t->why;
}

static void keep_folders(mutator_run *r, arena *a) {
    size_t count = r->call->load->folder_count;
    r->kept = arena_array(a, kept_folder, count);
    r->folders = arena_array(a, obstat_folder, count);
    for (size_t i = 0; i < count; i++) {
        r->kept[i] = (kept_folder){.from = r->call->load->folders[i], .arena = a};
        r->folders[i] = r->kept[i].from;
        r->folders[i].list = list_kept;
        r->folders[i].read = read_kept;
        r->folders[i].ctx = &r->kept[i];
    }
}

// --- rules

static bool load_kept(const mutator_run *r, ruleset *out, arena *a, diags *d, bool has_known_on,
                      day known_on) {
    obstat_load load = *r->call->load;
    load.folders = r->folders;
    load.digests = false;
    if (has_known_on) {
        civil c = day_to_civil(known_on);
        load.known_on = (obstat_date){(int16_t)c.year, (uint8_t)c.month, (uint8_t)c.mday};
    }
    return object_load(out, a, d, &load, arena_array(a, folder_reader, load.folder_count));
}

static bool load_rules(void *ctx, ruleset *out, arena *a, diags *d, bool has_known_on,
                       day known_on) {
    return load_kept(ctx, out, a, d, has_known_on, known_on);
}

// The folder in which a loaded file lies, and its path there.
static kept_folder *folder_of(const mutator_run *r, str name, str *path) {
    for (size_t i = 0; i < r->call->load->folder_count; i++) {
        str folder = str_of(r->kept[i].from.name);
        if (!str_starts(name, folder) || name.len <= folder.len || name.ptr[folder.len] != '/')
            continue;
        *path = str_sub(name, folder.len + 1, name.len);
        return &r->kept[i];
    }
    return NULL;
}

static bool load_mutant(void *ctx, ruleset *out, arena *a, diags *d, const source *file, str text,
                        bool has_known_on, day known_on) {
    const mutator_run *r = ctx;
    str path = STR("");
    kept_folder *folder = folder_of(r, file->name, &path);
    if (!folder) return false;
    folder->other_path = path;
    folder->other_text = text;
    bool loaded = load_kept(r, out, a, d, has_known_on, known_on);
    folder->other_path = folder->other_text = STR("");
    return loaded;
}

static const node *read_manifest(void *ctx, arena *a, diags *d, str path, span asked_at) {
    const mutator_run *r = ctx;
    return object_manifest(r->call->base, a, d, path, asked_at);
}

// --- what is told

static void tell(mutator_run *r, const buf *text) {
    if (!object_write(r->call->sink, buf_str(text))) r->refused = true;
}

static str owners_of(arena *a, const tried_mutant *t) {
    buf out = {.arena = a};
    for (size_t i = 0; i < t->mutant->owners.len; i++) {
        const mutant_owner *o = &t->mutant->owners.at[i];
        str name = o->kind == OWNER_POLICY ? t->policy->id : o->name;
        buf_addf(&out, "%s%.*s", i ? ", " : "", STR_ARG(name));
    }
    return buf_str(&out);
}

static bool tell_mutant(void *ctx, const tried_mutant *t) {
    static const char *const fates[] = {"killed", "survived", "accepted", "refused"};
    mutator_run *r = ctx;
    arena *a = r->scratch;
    arena_mark empty = arena_here(a);
    r->counts[t->fate]++;
    r->done++;
    if (r->call->what->progress) r->call->what->progress(r->call->what->ctx, r->done, r->all);
    if (t->fate == FATE_SURVIVED || (t->fate != FATE_KILLED && r->style.verbose)) {
        buf out = {.arena = a};
        report_survivor s = {.fate = str_of(fates[t->fate]),
                             .of = owners_of(a, t),
                             .kind = str_of(mutant_names[t->mutant->kind]),
                             .at = build_at(a, t->mutant->at, STR(""), true),
                             .becomes = mutant_line(a, t->mutant)};
        if (t->accepted) s.because = t->accepted->because;
        survivor_write(&out, &s, &r->style);
        tell(r, &out);
    }
    arena_reset(a, empty);
    return !r->refused;
}

static void tell_file(mutator_run *r, const mutated_file *file) {
    buf out = {.arena = r->scratch};
    obstat_mutation_result *all = r->call->out;
    size_t killed = r->counts[FATE_KILLED], survived = r->counts[FATE_SURVIVED];
    size_t accepted = r->counts[FATE_ACCEPTED], refused = r->counts[FATE_REFUSED];
    all->mutants += file->count;
    all->killed += killed;
    all->survived += survived;
    all->accepted += accepted;
    all->refused += refused;
    buf_addf(&out, "%.*s: %zu mutants: %zu killed, %zu survived, %zu accepted, %zu refused\n",
             STR_ARG(file->src->name), file->count, killed, survived, accepted, refused);
    tell(r, &out);
}

// --- the call

static bool is_wanted(const mutator_run *r, str path) {
    const obstat_mutation *what = r->call->what;
    for (size_t i = 0; i < what->policy_count; i++)
        if (ends_with_path(str_of(what->policies[i]), path)) return true;
    return false;
}

typedef vec(mutated_file *) mutated_files;

static bool has_file(const mutated_files *files, const source *src) {
    for (size_t i = 0; i < files->len; i++)
        if (files->at[i]->src == src) return true;
    return false;
}

static void find_files(mutated_files *out, mutator_run *r, mutation *m) {
    for (size_t i = 0; i < m->rules->policies.len; i++) {
        const source *src = m->rules->policies.at[i]->at.src;
        str path = STR("");
        if (!folder_of(r, src->name, &path) || has_file(out, src)) continue;
        vec_push(m->arena, &m->paths, path);
        if (!is_wanted(r, path)) continue;
        mutated_file *file = arena_new(m->arena, mutated_file);
        mutated_file_read(file, m->arena, m->rules, src, path);
        r->all += file->count;
        vec_push(m->arena, out, file);
    }
}

static void try_files(mutator_run *r, mutation *m, diags *d) {
    mutated_files files = {0};
    find_files(&files, r, m);
    mutation_open(m);
    for (size_t i = 0; i < files.len && !r->refused; i++) {
        memset(r->counts, 0, sizeof r->counts);
        if (!mutation_try(m, files.at[i])) return;
        mutation_check_accepted(m, files.at[i], d);
        tell_file(r, files.at[i]);
    }
}

static bool count_failed(void *ctx, const tested_case *c) {
    mutator_run *r = ctx;
    if (!case_passed(c)) r->call->out->failed++;
    return true;
}

static obstat_status mutate(obstat_context *context, void *args) {
    const mutate_call *call = args;
    arena *a = object_scratch(context);
    diags d = {.arena = a};
    mutator_run r = {
        .call = call, .scratch = object_scratch(context), .style = object_style(call->style)};
    keep_folders(&r, a);
    known_rules rules = {.arena = a, .diags = &d, .load = load_rules, .ctx = &r};
    rule_tests tests = {.arena = a,
                        .scratch = object_scratch(context),
                        .diags = &d,
                        .manifest = read_manifest,
                        .ctx = &r};
    if (!object_query(&tests.query, a, call->query)) return OBSTAT_E_USAGE;
    for (size_t i = 0; i < call->count; i++)
        object_tests(&tests, &call->files[i]);
    const ruleset *known = rules_known(&rules, false, 0);
    if (known) tests_run(&tests, &rules, count_failed, &r);
    mutation m = {.arena = a,
                  .rules_arena = object_scratch(context),
                  .tests = &tests,
                  .known = &rules,
                  .rules = known,
                  .load = load_mutant,
                  .told = tell_mutant,
                  .ctx = &r};
    if (known && call->out->failed == 0 && d.errors == 0) try_files(&r, &m, &d);
    obstat_status status = object_diagnose(context, &d);
    return r.refused ? OBSTAT_E_OUTPUT : status;
}

obstat_status obstat_mutate(obstat_mutation_result *out, obstat_context *context,
                            const obstat_load *load, const obstat_folder *base,
                            const obstat_file *files, size_t count, const obstat_query *query,
                            const obstat_mutation *what, const obstat_style *style,
                            obstat_sink sink) {
    if (!out || !load || load->size < sizeof *load || load->manifests || !query ||
        query->size < sizeof *query || !what || what->size < sizeof *what)
        return OBSTAT_E_USAGE;
    *out = (obstat_mutation_result){0};
    return object_call(context, mutate,
                       &(mutate_call){out, load, base, files, count, query, what, style, sink});
}
