// SPDX-License-Identifier: Apache-2.0
//
// The public interface: contexts, the guarded call, objects, diagnostics. No logic of the field;
// rules, checks, tests and CEL are in the files beside this one.
#include "obstat_object.h"

#include "report/build.h"
#include "report/formats.h"

enum { DEFAULT_MEMORY = 1 << 30 };

const char *obstat_version(void) {
    return OBSTAT_VERSION;
}

// --- memory

static void *counted(void *ctx, void *p, size_t old_size, size_t new_size) {
    obstat_context *c = ctx;
    if (new_size > old_size && new_size - old_size > c->limit - c->used) return NULL;
    void *out = c->allocator.resize(c->allocator.ctx, p, old_size, new_size);
    if (new_size > 0 && !out) return NULL;
    c->used = c->used - old_size + new_size;
    return out;
}

obstat_status obstat_context_new(obstat_context **out, const obstat_config *config) {
    obstat_allocator by = {mem_libc.resize, mem_libc.ctx};
    size_t limit = DEFAULT_MEMORY;
    if (!out) return OBSTAT_E_USAGE;
    *out = NULL;
    if (config && config->size >= sizeof *config) {
        if (config->allocator.resize) by = config->allocator;
        if (config->max_memory) limit = config->max_memory;
    } else if (config && config->size != 0) {
        return OBSTAT_E_USAGE;
    }
    obstat_context *c = by.resize(by.ctx, NULL, 0, sizeof *c);
    if (!c) return OBSTAT_E_MEMORY;
    *c = (obstat_context){.allocator = by, .limit = limit};
    c->mem = (mem){counted, c};
    arena_init(&c->notes, &c->mem, &c->guard, 0);
    *out = c;
    return OBSTAT_OK;
}

void obstat_context_free(obstat_context *context) {
    if (!context) return;
    while (context->objects)
        object_free(context->objects);
    arena_free(&context->notes);
    context->allocator.resize(context->allocator.ctx, context, sizeof *context, 0);
}

// --- objects

void *object_new(obstat_context *context, size_t size) {
    arena a;
    arena_init(&a, &context->mem, &context->guard, 0);
    object *o = arena_alloc(&a, size, _Alignof(max_align_t));
    o->arena = a;
    o->context = context;
    o->next = context->objects;
    if (o->next) o->next->previous = o;
    context->objects = o;
    return o;
}

void object_free(object *o) {
    if (o->previous)
        o->previous->next = o->next;
    else
        o->context->objects = o->next;
    if (o->next) o->next->previous = o->previous;
    arena a = o->arena; // the object lies in it
    arena_free(&a);
}

arena *object_scratch(obstat_context *context) {
    object *o = object_new(context, sizeof *o);
    return &o->arena;
}

static void free_unkept(obstat_context *context) {
    for (object *o = context->objects; o;) {
        object *next = o->next;
        if (!o->kept) object_free(o);
        o = next;
    }
}

obstat_status object_call(obstat_context *context, obstat_status (*body)(obstat_context *, void *),
                          void *args) {
    if (setjmp(context->guard.env)) {
        free_unkept(context);
        return OBSTAT_E_MEMORY;
    }
    obstat_status status = body(context, args);
    free_unkept(context);
    return status;
}

// --- texts, dates, styles

str object_text(obstat_text t) {
    return (str){t.ptr ? t.ptr : "", t.length};
}

obstat_text object_text_of(str s) {
    return (obstat_text){s.ptr ? s.ptr : "", s.len};
}

bool object_date(obstat_date d, bool *stated, day *out) {
    *stated = d.month != 0;
    return !*stated || day_from_civil((civil){d.year, d.month, d.day}, out);
}

report_options object_style(const obstat_style *style) {
    if (!style || style->size < sizeof *style) return (report_options){0};
    return (report_options){.color = style->color,
                            .verbose = style->verbose,
                            .quiet = style->quiet,
                            .width = style->width};
}

bool object_write(obstat_sink sink, str text) {
    return text.len == 0 || sink.write(sink.ctx, text.ptr, text.len);
}

// --- diagnostics

// Mistakes beyond the limit are counted, so that nobody takes those that are shown for all.
static void tell_dropped(obstat_context *context, const diags *d) {
    arena *a = &context->notes;
    if (!d->dropped) return;
    diag more = {.code = DIAG_MORE_MISTAKES,
                 .message = str_format(a, "%zu more are not shown", d->dropped)};
    vec_push(a, &context->diagnostics, build_diagnostic(a, &more));
}

obstat_status object_diagnose(obstat_context *context, const diags *d) {
    for (size_t i = 0; i < d->list.len; i++)
        vec_push(&context->notes, &context->diagnostics,
                 build_diagnostic(&context->notes, &d->list.at[i]));
    tell_dropped(context, d);
    return d->errors ? OBSTAT_E_INPUT : OBSTAT_OK;
}

size_t obstat_diagnostic_count(const obstat_context *context) {
    return context->diagnostics.len;
}

static obstat_level level_of(str name) {
    if (str_is(name, "error")) return OBSTAT_ERROR;
    return str_is(name, "warning") ? OBSTAT_WARNING : OBSTAT_NOTE;
}

obstat_diagnostic obstat_diagnostic_at(const obstat_context *context, size_t index) {
    if (index >= context->diagnostics.len) return (obstat_diagnostic){0};
    const report_diagnostic *d = &context->diagnostics.at[index];
    return (obstat_diagnostic){.code = object_text_of(d->code),
                               .level = level_of(d->level),
                               .file = object_text_of(d->at.file),
                               .line = d->at.line,
                               .column = d->at.column,
                               .end_line = d->at.end_line,
                               .end_column = d->at.end_column,
                               .message = object_text_of(d->message),
                               .hint = object_text_of(d->hint)};
}

typedef struct write_call {
    const obstat_style *style;
    obstat_sink sink;
} write_call;

static obstat_status write_diagnostics(obstat_context *context, void *args) {
    const write_call *call = args;
    buf out = {.arena = object_scratch(context)};
    report_options options = object_style(call->style);
    diagnostics_write(&out, context->diagnostics.at, context->diagnostics.len, &options);
    return object_write(call->sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_diagnostics_write(obstat_context *context, const obstat_style *style,
                                       obstat_sink sink) {
    return object_call(context, write_diagnostics, &(write_call){style, sink});
}

void obstat_diagnostics_clear(obstat_context *context) {
    arena_free(&context->notes);
    arena_init(&context->notes, &context->mem, &context->guard, 0);
    context->diagnostics.at = NULL;
    context->diagnostics.len = context->diagnostics.cap = 0;
}

obstat_text obstat_diagnostic_about(const char *code) {
    for (size_t i = 0; i < DIAG_COUNT; i++)
        if (str_is(str_of(diag_kinds[i].slug), code))
            return object_text_of(str_of(diag_kinds[i].about));
    return object_text_of(STR(""));
}
