// SPDX-License-Identifier: Apache-2.0
// Members of records, whose slots are stated, stated as none, or not stated, and lists with keys.
#include "cel/world.h"
#include "unit.h"

static record_field lamp_fields[] = {
    {.name = STR_C("kind")},
    {.name = STR_C("maker"), .may_be_none = true},
    {.name = STR_C("watts"), .may_be_none = true},
    {.name = STR_C("marks")},
};
enum { KIND, MAKER, WATTS, MARKS, FIELDS };

static record_type lamp_type(arena *a) {
    record_type t = {.name = STR_C("lamp"), .count = FIELDS, .fields = lamp_fields};
    for (size_t i = 0; i < FIELDS; i++)
        map_put(a, &t.index, lamp_fields[i].name, &lamp_fields[i]);
    return t;
}

// A lamp of which nothing is stated but its id and kind.
static record *lamp(world *w, const record_type *t, const char *id, value kind) {
    record *r = arena_new(w->arena, record);
    *r = (record){.type = t, .slots = arena_array(w->arena, value, FIELDS), .id = str_of(id)};
    r->slots[KIND] = kind;
    return r;
}

static value text(const char *s) {
    return value_string(str_of(s));
}

static void slots_have_three_states(void) {
    world w = world_new(unit_arena());
    record_type t = lamp_type(w.arena);
    record *r = lamp(&w, &t, "hall", text("arc"));
    r->slots[MAKER] = value_none();
    world_set(&w, "x", value_record(r));
    CHECK_ANSWER(&w, "x.kind", "\"arc\"");
    CHECK_ANSWER(&w, "has(x.kind)", "true");
    CHECK_ANSWER(&w, "x.?kind", "{\"optional\":\"arc\"}");
    CHECK_ERROR(&w, "x.maker", "lamp hall has none of `maker`");
    CHECK_ANSWER(&w, "has(x.maker)", "false");
    CHECK_ANSWER(&w, "x.?maker", "{\"optional\":null}");
    CHECK_ANSWER(&w, "x.?maker.name.orValue('nobody')", "\"nobody\"");
    CHECK_ANSWER(&w, "has(x.maker) && x.maker == 'm'", "false");
    CHECK_ANSWER(&w, "!has(x.maker) || x.maker == 'm'", "true");
    CHECK_ANSWER(&w, "x.watts", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "has(x.watts)", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "x.?watts", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "x.watts > 5 || x.kind == 'arc'", "true");
    CHECK_ANSWER(&w, "x.id", "\"hall\"");
    CHECK_ANSWER(&w, "has(x.id)", "true");
    CHECK_ERROR(&w, "x.colour", "lamp has no `colour`");
    CHECK_ERROR(&w, "has(x.colour)", "lamp has no `colour`");
}

static void records_are_themselves(void) {
    world w = world_new(unit_arena());
    record_type t = lamp_type(w.arena);
    record *a = lamp(&w, &t, "a", text("arc")), *b = lamp(&w, &t, "a", text("arc"));
    a->slots[MAKER] = value_record(b);
    world_set(&w, "a", value_record(a));
    world_set(&w, "b", value_record(b));
    CHECK_ANSWER(&w, "a == a", "true");
    CHECK_ANSWER(&w, "a == b", "false");
    CHECK_ANSWER(&w, "a.maker == b", "true");
    CHECK_ANSWER(&w, "a.maker.kind", "\"arc\"");
    CHECK_ANSWER(&w, "a == 'a'", "false");
    CHECK_ANSWER(&w, "b in [a, b]", "true");
    CHECK_ERROR(&w, "a < b", "no such overload");
}

static value keyed(world *w, record *const *lamps, size_t count, bool open) {
    value *items = arena_array(w->arena, value, count);
    for (size_t i = 0; i < count; i++)
        items[i] = lamps[i] ? value_record(lamps[i]) : value_unknown();
    value_list *list = arena_new(w->arena, value_list);
    *list = (value_list){
        .count = (uint32_t)count, .open = open, .key = KIND, .keyed = true, .items = items};
    return (value){.kind = VALUE_LIST, .u.list = list};
}

static void complete_keyed_lists(void) {
    world w = world_new(unit_arena());
    record_type t = lamp_type(w.arena);
    record *all[] = {lamp(&w, &t, "a", text("arc")), lamp(&w, &t, "b", text("oil")),
                     lamp(&w, &t, "c", text("oil")), lamp(&w, &t, "d", value_none())};
    all[0]->slots[WATTS] = value_int(5);
    world_set(&w, "xs", keyed(&w, all, 4, false));
    world_set(&w, "a", value_record(all[0]));
    world_set(&w, "u", value_unknown());
    CHECK_ANSWER(&w, "xs['arc']", "{\"record\":\"a\"}");
    CHECK_ANSWER(&w, "xs['arc'].watts", "{\"int\":\"5\"}");
    CHECK_ANSWER(&w, "xs[0]", "{\"record\":\"a\"}");
    CHECK_ANSWER(&w, "'arc' in xs", "true");
    CHECK_ANSWER(&w, "a in xs", "true");
    CHECK_ERROR(&w, "xs['oil']", "several entries have the key 'oil': use `exists`");
    CHECK_ANSWER(&w, "'oil' in xs", "true");
    CHECK_ANSWER(&w, "xs['gas']", "{\"none\":true}");
    CHECK_ANSWER(&w, "'gas' in xs", "false");
    CHECK_ANSWER(&w, "xs[?'gas']", "{\"optional\":null}");
    CHECK_ANSWER(&w, "xs[?'arc'].watts", "{\"optional\":{\"int\":\"5\"}}");
    CHECK_ANSWER(&w, "xs[?'gas'].watts.orValue(1)", "{\"int\":\"1\"}");
    CHECK_ANSWER(&w, "has(xs['gas'].watts)", "false");
    CHECK_ANSWER(&w, "has(xs['arc'].watts)", "true");
    CHECK_ERROR(&w, "xs['gas'].watts", "no `watts` of what there is none of");
    CHECK_ANSWER(&w, "xs['gas'].?watts", "{\"optional\":null}");
    CHECK_ERROR(&w, "xs['gas'] == a", "there is none");
    CHECK_ANSWER(&w, "xs[u]", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "xs.filter(x, x.?watts.hasValue())['arc']", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "xs.filter(x, has(x.kind) && x.kind == 'arc')['arc']", "{\"record\":\"a\"}");
}

static void open_keyed_lists(void) {
    world w = world_new(unit_arena());
    record_type t = lamp_type(w.arena);
    record *stated[] = {lamp(&w, &t, "a", text("arc"))};
    record *unsure[] = {lamp(&w, &t, "a", text("arc")), lamp(&w, &t, "b", value_unknown()), NULL};
    value open = keyed(&w, stated, 1, true);
    value_list *closed_for_gas = arena_new(w.arena, value_list);
    value gas = text("gas");
    *closed_for_gas = *open.u.list;
    closed_for_gas->absent = &gas;
    closed_for_gas->absent_count = 1;
    world_set(&w, "xs", open);
    world_set(&w, "ys", keyed(&w, unsure, 3, false));
    world_set(&w, "zs", (value){.kind = VALUE_LIST, .u.list = closed_for_gas});
    CHECK_ANSWER(&w, "xs['arc']", "{\"record\":\"a\"}");
    CHECK_ANSWER(&w, "'arc' in xs", "true");
    CHECK_ANSWER(&w, "xs['gas']", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "xs[?'gas']", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "'gas' in xs", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "has(xs['gas'].watts)", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "ys['arc']", "{\"record\":\"a\"}");
    CHECK_ANSWER(&w, "ys['gas']", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "'gas' in ys", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "zs['gas']", "{\"none\":true}");
    CHECK_ANSWER(&w, "'gas' in zs", "false");
    CHECK_ANSWER(&w, "'oil' in zs", "{\"unknown\":true}");
    CHECK_ANSWER(&w, "zs.exists(z, z.kind == 'gas')", "{\"unknown\":true}");
}

static void a_key_may_have_several_values(void) {
    world w = world_new(unit_arena());
    record_type t = lamp_type(w.arena);
    value two[] = {text("arc"), text("gas")};
    record *all[] = {lamp(&w, &t, "a", value_list_of(w.arena, two, 2, false)),
                     lamp(&w, &t, "b", text("oil"))};
    world_set(&w, "xs", keyed(&w, all, 2, false));
    CHECK_ANSWER(&w, "xs['gas']", "{\"record\":\"a\"}");
    CHECK_ANSWER(&w, "'arc' in xs", "true");
    CHECK_ANSWER(&w, "'wax' in xs", "false");
}

// --- which slots are read

typedef struct touched {
    const record *record[16];
    uint32_t slot[16];
    size_t count;
} touched;

static void touch(void *ctx, const record *r, uint32_t slot) {
    touched *t = ctx;
    if (!r || t->count == 16) return;
    t->record[t->count] = r;
    t->slot[t->count++] = slot;
}

static void reading_is_told(void) {
    world w = world_new(unit_arena());
    touched seen = {0};
    w.hooks = (cel_hooks){.touch = touch, .ctx = &seen};
    record_type t = lamp_type(w.arena);
    record *all[] = {lamp(&w, &t, "a", text("arc")), lamp(&w, &t, "b", text("oil"))};
    world_set(&w, "xs", keyed(&w, all, 2, false));
    world_set(&w, "a", value_record(all[0]));
    CHECK_ANSWER(&w, "a.kind == 'arc' || a.watts > 5", "true");
    CU_ASSERT(seen.count == 1 && seen.record[0] == all[0] && seen.slot[0] == KIND);
    seen.count = 0;
    CHECK_ANSWER(&w, "has(a.watts) && a.kind == 'oil'", "false");
    CU_ASSERT(seen.count == 2 && seen.slot[0] == WATTS && seen.slot[1] == KIND);
    seen.count = 0;
    CHECK_ANSWER(&w, "xs['oil'].id", "\"b\"");
    CU_ASSERT(seen.count == 2 && seen.record[1] == all[1] && seen.slot[1] == KIND);
    seen.count = 0;
    CHECK_ANSWER(&w, "a.id", "\"a\"");
    CU_ASSERT(seen.count == 0);
}

int register_records(void) {
    static CU_TestInfo tests[] = {
        {"slots have three states", slots_have_three_states},
        {"records are themselves", records_are_themselves},
        {"complete keyed lists", complete_keyed_lists},
        {"open keyed lists", open_keyed_lists},
        {"a key may have several values", a_key_may_have_several_values},
        {"reading is told", reading_is_told},
        CU_TEST_INFO_NULL,
    };
    return unit_suite("records", tests);
}
