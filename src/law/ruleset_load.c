// SPDX-License-Identifier: Apache-2.0
//
// Reads the policies and registries that a question can reach, and only those: the folders of the
// places asked about, of what they lie in and of their parts. A folder is called like its place, in
// lower case; what a file is, its header says. The order of a folder's entries does not matter.
#include "law/link.h"
#include "law/lookup.h"
#include "law/policy_reader.h"
#include "law/rules_files.h"

#include <stdlib.h>

typedef struct loader {
    ruleset *rules;
    arena *arena;
    diags *diags;
    const rules_folder *folder;
    const load_options *options;
    codes reach; // in lower case
} loader;

// --- reach

static str lower(arena *a, str s) {
    char *out = str_c(a, s);
    for (size_t i = 0; i < s.len; i++)
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = (char)(out[i] - 'A' + 'a');
    return (str){out, s.len};
}

static bool has_code(const codes *c, str code) {
    for (size_t i = 0; i < c->len; i++)
        if (str_eq(c->at[i], code)) return true;
    return false;
}

// A part of a place in reach, and what it lies in.
static void add_part(loader *l, codes *found, str code) {
    for (size_t k = 0; k < l->options->reach_count; k++)
        if (place_lies_in(&l->rules->places, code, l->options->reach[k]))
            place_containers(&l->rules->places, l->arena, code, found);
}

// What the codes lie in, and the parts below them that have law, by themselves or in a group.
static void find_reach(loader *l) {
    const places *p = &l->rules->places;
    codes found = {0};
    for (size_t i = 0; i < l->options->reach_count; i++)
        place_containers(p, l->arena, l->options->reach[i], &found);
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        const jurisdiction *j = p->jurisdictions.entries[i].value;
        add_part(l, &found, j->code);
        for (size_t k = 0; k < j->members.len; k++)
            add_part(l, &found, j->members.at[k].of);
    }
    for (size_t i = 0; i < found.len; i++)
        vec_push(l->arena, &l->reach, lower(l->arena, found.at[i]));
}

// --- documents

static void add_policy(loader *l, const node *doc, str folder) {
    policy *p = policy_read(l->arena, l->diags, doc,
                            (policy_known){l->options->has_known_on, l->options->known_on});
    if (!p) {
        l->rules->incomplete = true;
        return;
    }
    if (p->jurisdiction.len && !str_eq(lower(l->arena, p->jurisdiction), folder)) {
        str there = lower(l->arena, p->jurisdiction);
        diag_add(l->diags, DIAG_MISPLACED_FILE, p->jurisdiction_at,
                 str_format(l->arena, "move the file to the folder `%.*s`", STR_ARG(there)),
                 "a policy of `%.*s` stands in the folder `%.*s`", STR_ARG(p->jurisdiction),
                 STR_ARG(folder));
    }
    const policy *old = map_get(&l->rules->policy_index, p->id);
    if (old) {
        diag *d = diag_add(l->diags, DIAG_DUPLICATE_NAME, p->at, STR("give one of them another id"),
                           "two policies have the id `%.*s`", STR_ARG(p->id));
        d->also = old->at;
        return;
    }
    map_put(l->arena, &l->rules->policy_index, p->id, p);
}

static void add_document(loader *l, const node *doc, str folder) {
    reader r = {l->arena, l->diags};
    str kind = schema_header(&r, doc);
    if (str_is(kind, "policy")) {
        add_policy(l, doc, folder);
    } else if (str_is(kind, "registry")) {
        if (!registry_read(&l->rules->registries, l->arena, l->diags, doc))
            l->rules->incomplete = true;
    } else if (kind.len == 0) {
        l->rules->incomplete = true;
    } else {
        diag_add(l->diags, DIAG_MISPLACED_FILE, doc->at,
                 str_is(kind, "test")
                     ? STR("call it NAME.test.yaml")
                     : STR("here stand policies, registries, jurisdiction.yaml and *.test.yaml"),
                 "a file of kind `%.*s` does not belong here", STR_ARG(kind));
    }
}

static void read_file(loader *l, str path, str folder) {
    docs list;
    if (!rules_read(&list, l->arena, l->diags, l->folder, path))
        l->rules->incomplete = true;
    else if (list.list.len == 0)
        diag_add(l->diags, DIAG_BAD_HEADER, (span){.src = list.src},
                 STR("take it out, or begin it with its kind, as in `obstat: policy/v1`"),
                 "the file is empty");
    for (size_t i = 0; i < list.list.len; i++)
        add_document(l, list.list.at[i], folder);
}

// --- folders

static bool entries_of(loader *l, str path, bool folders, str **entries, size_t *count) {
    if (rules_list(entries, count, l->arena, l->diags, l->folder, path, folders)) return true;
    l->rules->incomplete = true;
    return false;
}

// What the first step has read, and tests.
static bool is_elsewhere(str name) {
    return str_starts(name, STR("jurisdiction.")) || str_ends(name, STR(".test.yaml")) ||
           str_ends(name, STR(".test.yml")) || str_ends(name, STR(".test.json"));
}

static void read_files(loader *l, str path, str folder) {
    str *files = NULL;
    size_t count = 0;
    if (!entries_of(l, path, false, &files, &count)) return;
    for (size_t i = 0; i < count; i++)
        if (!is_elsewhere(files[i]))
            read_file(l, str_format(l->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(files[i])),
                      folder);
}

// Law in a folder that nobody reads would be missed by all, and by nobody.
static void say_unread(loader *l, str path) {
    str *files = NULL;
    size_t count = 0;
    if (!entries_of(l, path, false, &files, &count) || count == 0) return;
    str name = str_format(l->arena, "%.*s/%.*s/%.*s", STR_ARG(l->folder->name), STR_ARG(path),
                          STR_ARG(files[0]));
    diag_add(l->diags, DIAG_MISPLACED_FILE, (span){.src = source_new(l->arena, name, STR(""))},
             STR("policies stand in the folder of their place itself, registries in `registries`"),
             "a file in the folder `%.*s` is never read", STR_ARG(path));
}

static void read_folder(loader *l, str folder) {
    str *folders = NULL;
    size_t count = 0;
    read_files(l, folder, folder);
    if (!entries_of(l, folder, true, &folders, &count)) return;
    for (size_t i = 0; i < count; i++) {
        str inner = str_sub(folders[i], 0, folders[i].len - 1);
        str path = str_format(l->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(inner));
        if (str_is(inner, "registries"))
            read_files(l, path, folder);
        else
            say_unread(l, path);
    }
}

static bool is_folder_of_place(loader *l, str folder) {
    const places *p = &l->rules->places;
    for (size_t i = 0; i < p->jurisdictions.len; i++) {
        const jurisdiction *j = p->jurisdictions.entries[i].value;
        if (str_eq(lower(l->arena, j->code), folder)) return true;
    }
    char *code = str_c(l->arena, folder);
    for (size_t i = 0; i < folder.len; i++) {
        if (code[i] >= 'A' && code[i] <= 'Z') return false;
        if (code[i] >= 'a' && code[i] <= 'z') code[i] = (char)(code[i] - 'a' + 'A');
    }
    return place_known(p, (str){code, folder.len});
}

// A folder that is called like no place is read always: were there law in it, nobody would be told
// that it is never asked.
static void read_pack(loader *l) {
    str *folders = NULL;
    size_t count = 0;
    if (!entries_of(l, STR(""), true, &folders, &count)) return;
    for (size_t i = 0; i < count; i++) {
        str folder = str_sub(folders[i], 0, folders[i].len - 1);
        if (l->options->everything || has_code(&l->reach, folder) || !is_folder_of_place(l, folder))
            read_folder(l, folder);
    }
}

// --- index

static void index_roles(loader *l, const policy *p) {
    for (size_t i = 0; i < p->roles.len; i++) {
        role_def *r = p->roles.entries[i].value;
        const role_def *old = map_get(&l->rules->roles, r->name);
        if (!old) {
            map_put(l->arena, &l->rules->roles, r->name, r);
            continue;
        }
        diag *d =
            diag_add(l->diags, DIAG_DUPLICATE_NAME, r->at, STR("give one of them another name"),
                     "two roles are called `%.*s`", STR_ARG(r->name));
        d->also = old->at;
    }
}

// A rule of which no version was known does not exist; its id is taken all the same.
static void index_rules(loader *l, policy *p, map *taken) {
    size_t kept = 0;
    for (size_t i = 0; i < p->rules.len; i++) {
        rule *r = p->rules.at[i];
        const rule *old = r->id.len ? map_get(taken, r->id) : NULL;
        if (old) {
            diag *d =
                diag_add(l->diags, DIAG_DUPLICATE_NAME, r->at, STR("give one of them another id"),
                         "two rules have the id `%.*s`", STR_ARG(r->id));
            d->also = old->at;
        } else if (r->id.len) {
            map_put(l->arena, taken, r->id, r);
        }
        if (p->status.count == 0 || (r->effective.stated && r->effective.count == 0)) continue;
        if (!old && r->id.len) map_put(l->arena, &l->rules->rules, r->id, r);
        p->rules.at[kept++] = r;
    }
    p->rules.len = kept;
}

static int by_id(const void *a, const void *b) {
    return str_cmp((*(policy *const *)a)->id, (*(policy *const *)b)->id);
}

static void index_all(loader *l) {
    ruleset *r = l->rules;
    map taken = {0};
    for (size_t i = 0; i < r->policy_index.len; i++) {
        policy *p = r->policy_index.entries[i].value;
        index_roles(l, p);
        index_rules(l, p, &taken);
        if (p->status.count) vec_push(l->arena, &r->policies, p);
    }
    if (r->policies.len) qsort(r->policies.at, r->policies.len, sizeof *r->policies.at, by_id);
}

static void add_functions(ruleset *r, const load_options *options) {
    for (size_t i = 0; i < options->function_tables; i++)
        vec_push(r->arena, &r->facts->functions, options->functions[i]);
    for (size_t i = 0; i < cel_standard_count; i++)
        vec_push(r->arena, &r->facts->functions, *cel_standard[i]);
}

static bool stands_before(const diag *x, const diag *y) {
    if (!x->at.src || !y->at.src || x->at.src == y->at.src)
        return x->at.src == y->at.src && x->at.from < y->at.from;
    return str_cmp(x->at.src->name, y->at.src->name) < 0;
}

// What reading and linking have said in turns, in the order of the files.
static void sort_diags(diag *at, size_t count) {
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && stands_before(&at[k], &at[k - 1]); k--) {
            diag swap = at[k];
            at[k] = at[k - 1];
            at[k - 1] = swap;
        }
}

bool ruleset_load(ruleset *r, diags *d, const rules_folder *folders, size_t count,
                  const load_options *options) {
    size_t before = d->errors, first = d->list.len;
    loader l = {.rules = r, .arena = r->arena, .diags = d, .options = options};
    r->has_known_on = options->has_known_on;
    r->known_on = options->known_on;
    r->everything = options->everything;
    r->reach = options->reach;
    r->reach_count = options->reach_count;
    add_functions(r, options);
    find_reach(&l);
    for (size_t i = 0; i < count; i++) {
        l.folder = &folders[i];
        if (rules_used(r, &folders[i])) read_pack(&l);
    }
    for (size_t i = 0; i < r->registries.by_id.len; i++)
        registry_check_places(r->registries.by_id.entries[i].value, &r->places, d);
    registries_check_calendars(&r->registries, &r->places, d, options->everything);
    index_all(&l);
    linker link = {.rules = r, .arena = r->arena, .diags = d, .everything = options->everything};
    link_policies(&link);
    if (d->list.len > first) sort_diags(d->list.at + first, d->list.len - first);
    return d->errors == before;
}
