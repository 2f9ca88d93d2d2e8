// SPDX-License-Identifier: Apache-2.0
//
// Composes documents from libyaml's events, which is all that is used of libyaml: its loader is
// quadratic in anchors, unbounded, and hands out cycles. Limits are counted event by event, so that
// a hostile text ends here before it costs libyaml its quadratic time in nested brackets.
//
// libyaml owns memory that only its own functions free. The reader lives in the arena and is
// registered for release there, so it is freed on every path; it is composed outside of libyaml's
// frames, and the one callback does not allocate.
//
// What an event means is decided here; its exact place comes from libyaml's marks, corrected where
// they run over blank lines, comments and properties.
#include "doc/core.h"
#include "doc/reader.h"
#include "doc/yaml_reader.h"

#include <string.h>

static void release(void *what) {
    yaml_reader *r = what;
    if (r->live) {
        yaml_event_delete(&r->event);
        yaml_parser_delete(&r->parser);
    }
    r->live = false;
    arena_free(&r->scratch);
}

// Gives libyaml its text, and a line break at its end if there is none: without it, libyaml leaves
// the last one out of a block text.
static int feed(void *what, unsigned char *out, size_t size, size_t *given) {
    yaml_reader *r = what;
    str rest = str_sub(r->text, r->fed, r->text.len);
    size_t n = rest.len < size ? rest.len : size;
    if (n) memcpy(out, rest.ptr, n);
    r->fed += n;
    if (n == 0 && r->fed == r->text.len && size > 0) {
        bool ends = str_ends(r->text, STR("\n")) || str_ends(r->text, STR("\r"));
        if (!ends) out[n++] = '\n';
        r->fed++; // so that this is once
    }
    *given = n;
    return 1;
}

// Mostly onward, and through ASCII, of which it is remembered where it ends.
size_t yaml_place(yaml_reader *r, size_t index) {
    str text = r->text;
    while (r->place.index < index && r->place.offset < text.len) {
        size_t step = index - r->place.index, ascii = r->place.ascii - r->place.offset;
        if (step > ascii) step = ascii;
        r->place.offset += step;
        r->place.index += step;
        if (step > 0) continue;
        utf8_next(text, &r->place.offset);
        r->place.index++;
        r->place.ascii = utf8_ascii(text, r->place.offset);
    }
    while (r->place.index > index) {
        do
            r->place.offset--;
        while (((unsigned char)text.ptr[r->place.offset] & 0xc0) == 0x80);
        r->place.index--;
        if ((unsigned char)text.ptr[r->place.offset] >= 0x80) r->place.ascii = r->place.offset;
    }
    return r->place.offset;
}

ptrdiff_t yaml_column(const yaml_reader *r) {
    return r->open.len ? r->open.at[r->open.len - 1].column : -1;
}

static bool next_event(yaml_reader *r) {
    yaml_event_delete(&r->event);
    if (yaml_parser_parse(&r->parser, &r->event)) return true;
    if (r->parser.error == YAML_MEMORY_ERROR) arena_out_of_memory(r->b.keep);
    if (!r->derailed) yaml_syntax_error(r);
    return false;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// --- properties: anchors and tags before a value

typedef struct properties {
    const char *anchor, *tag; // libyaml's; NULL: none
    span anchor_at, tag_at;
    size_t end; // where the value itself may begin
} properties;

static size_t skip_space(const yaml_reader *r, size_t i, size_t to) {
    while (i < to && (is_space(r->text.ptr[i]) || r->text.ptr[i] == '#')) {
        bool comment = r->text.ptr[i] == '#';
        while (comment && i < to && r->text.ptr[i] != '\n' && r->text.ptr[i] != '\r')
            i++;
        if (!comment) i++;
    }
    return i;
}

// `from`: where libyaml says that the value begins, its properties included.
static properties read_properties(yaml_reader *r, const yaml_char_t *name, const yaml_char_t *tag,
                                  size_t from, size_t to) {
    properties p = {.anchor = (const char *)name, .tag = (const char *)tag, .end = from};
    if (!name && !tag) return p;
    bool flow = build_top(&r->b) && build_top(&r->b)->style == STYLE_FLOW;
    for (int n = (name != NULL) + (tag != NULL); n > 0; n--) {
        size_t i = p.end = skip_space(r, p.end, to);
        if (i >= to || (r->text.ptr[i] != '&' && r->text.ptr[i] != '!')) break;
        while (i < to && !is_space(r->text.ptr[i]) && !(flow && r->text.ptr[i] == ','))
            i++;
        *(r->text.ptr[p.end] == '&' ? &p.anchor_at : &p.tag_at) = text_span(r->b.src, p.end, i);
        p.end = i;
    }
    p.end = skip_space(r, p.end, to);
    return p;
}

static const char CORE_PREFIX[] = "tag:yaml.org,2002:";

// The part of a tag behind the core schema's prefix; NULL: no tag of the core schema. Refuses tags
// where they are not taken.
static const char *core_tag(yaml_reader *r, const properties *p) {
    if (!p->tag) return NULL;
    if (!r->b.limits->core_tags) {
        size_t length = p->tag_at.to - p->tag_at.from;
        diag_add(r->b.diags, DIAG_TAG, p->tag_at,
                 STR("quote a text or condition that begins with `!`"),
                 "`%.*s` is a YAML tag here, not text", (int)(length > 60 ? 60 : length),
                 r->text.ptr + p->tag_at.from);
        return NULL;
    }
    size_t prefix = sizeof CORE_PREFIX - 1;
    if (strncmp(p->tag, CORE_PREFIX, prefix) == 0) return p->tag + prefix;
    return "str"; // the tag of the reader's own: a text remains a text
}

static anchor *new_anchor(yaml_reader *r, const properties *p) {
    if (!p->anchor) return NULL;
    anchor *a = arena_new(&r->scratch, anchor);
    a->at = p->anchor_at;
    a->open = true;
    map_put(&r->scratch, &r->anchors, str_copy(&r->scratch, str_of(p->anchor)), a);
    return a;
}

static void close_anchor(anchor *a, const node *n, weight w) {
    if (!a) return;
    a->node = n;
    a->weight = w;
    a->open = false;
}

// --- scalars

static void value_of(node *n, const char *tag) {
    if (tag ? strcmp(tag, "str") == 0 : n->style != STYLE_PLAIN) return;
    core_value v = core_read(n->text);
    bool to_double = tag && strcmp(tag, "float") == 0 && v.kind == NODE_INT;
    n->kind = to_double ? NODE_DOUBLE : (uint8_t)v.kind;
    if (v.kind == NODE_BOOL) n->u.b = v.u.b;
    if (v.kind == NODE_INT && !to_double) n->u.i = v.u.i;
    if (to_double) n->u.d = (double)v.u.i;
    if (v.kind == NODE_DOUBLE) n->u.d = v.u.d;
}

static void check_range(yaml_reader *r, const node *n) {
    if (n->kind != NODE_INT && n->kind != NODE_DOUBLE) return;
    if (!core_read(n->text).too_large) return;
    diag_add(r->b.diags, DIAG_NUMBER_RANGE, n->at,
             STR("quote it if its digits matter and not its value"),
             "this number does not fit 64 bits");
}

// Whether a scalar may be a key; if not, a diagnostic says why.
static bool check_key(yaml_reader *r, const node *n, node_kind kind) {
    if (n->style == STYLE_PLAIN && str_is(n->text, "<<")) {
        diag_add(r->b.diags, DIAG_MERGE_KEY, n->at,
                 STR("write the merged keys out, or use a whole alias as a value"),
                 "the merge key `<<` is not read");
        return false;
    }
    if (kind != NODE_NULL) return true;
    if (n->text.len)
        diag_add(r->b.diags, DIAG_BAD_KEY, n->at, STR("quote it if it is a text"),
                 "`%.*s` means nothing, which cannot be a key", STR_ARG(n->text));
    else
        diag_add(r->b.diags, DIAG_BAD_KEY, n->at,
                 STR("write the key, or quote a text that begins with `:` or `?`"),
                 "a key is missing here");
    return false;
}

// Adds a scalar as a key or value. *value: what an anchor on it stands for; NULL: it has none.
static bool add_scalar(yaml_reader *r, node n, const char *tag, const node **value) {
    bool key = build_wants_key(&r->b);
    node typed = n;
    value_of(&typed, tag);
    if (!key) {
        check_range(r, &typed);
        const node *made = build_scalar(&r->b, typed);
        if (value) *value = made;
        return made != NULL;
    }
    if (!check_key(r, &n, (node_kind)typed.kind)) return build_no_key(&r->b, n.at);
    if (typed.kind != NODE_STRING) build_key_respelled(&r->b);
    if (value) {
        node *copy = arena_new(r->b.keep, node);
        *copy = typed;
        *value = copy;
    }
    return build_scalar(&r->b, n) != NULL;
}

// libyaml's end of a block text lies behind the blank lines that follow it.
static size_t block_text_end(const yaml_reader *r, size_t from, size_t to) {
    while (to > from && is_space(r->text.ptr[to - 1]))
        to--;
    while (to < r->text.len && (r->text.ptr[to] == ' ' || r->text.ptr[to] == '\t'))
        to++;
    return to;
}

static node_style style_of(yaml_scalar_style_t style) {
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return STYLE_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return STYLE_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE: return STYLE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE: return STYLE_FOLDED;
    default: return STYLE_PLAIN;
    }
}

// The content, borrowed from the source where it stands there as it is.
static str content(yaml_reader *r, const node *n) {
    str value = {(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
    size_t quote = n->style == STYLE_SINGLE || n->style == STYLE_DOUBLE;
    str raw = str_sub(r->text, n->at.from + quote, n->at.to);
    if (raw.len >= value.len && str_starts(raw, value)) return str_sub(raw, 0, value.len);
    return str_copy(r->b.keep, value);
}

static bool on_scalar(yaml_reader *r) {
    const yaml_event_t *e = &r->event;
    size_t from = yaml_place(r, e->start_mark.index), to = yaml_place(r, e->end_mark.index);
    properties p = read_properties(r, e->data.scalar.anchor, e->data.scalar.tag, from, to);
    node n = {.kind = NODE_STRING, .style = (uint8_t)style_of(e->data.scalar.style)};
    size_t after = yaml_gap(r, p.end);
    if (n.style == STYLE_PLAIN && e->data.scalar.length == 0) p.end = to = after;
    if (n.style == STYLE_LITERAL || n.style == STYLE_FOLDED) to = block_text_end(r, p.end, to);
    n.at = text_span(r->b.src, p.end, to);
    r->last = to;
    r->in_document = true;
    n.text = content(r, &n);
    const char *tag = core_tag(r, &p);
    yaml_check_scalar(r, &n);
    anchor *a = new_anchor(r, &p);
    const node *value = NULL;
    if (!add_scalar(r, n, tag, a ? &value : NULL)) return false;
    close_anchor(a, value, r->b.last);
    return true;
}

// --- aliases

// A value that an error has taken.
static bool add_nothing(yaml_reader *r, span at) {
    if (build_wants_key(&r->b)) return build_no_key(&r->b, at);
    return build_scalar(&r->b, (node){.kind = NODE_NULL, .at = at}) != NULL;
}

static const str *anchor_names(yaml_reader *r) {
    str *names = arena_array(&r->scratch, str, r->anchors.len);
    for (size_t i = 0; i < r->anchors.len; i++)
        names[i] = r->anchors.entries[i].key;
    return names;
}

static void unknown_alias(yaml_reader *r, span at, str name) {
    str hint = diag_did_you_mean(&r->scratch, name, anchor_names(r), r->anchors.len);
    if (!hint.len) hint = STR("quote a text or condition that begins with `*`");
    diag_add(r->b.diags, DIAG_UNKNOWN_ALIAS, at, hint, "no anchor `&%.*s` stands before this alias",
             STR_ARG(name));
}

static bool key_alias(yaml_reader *r, const node *target, span at) {
    if (!doc_is_scalar(target)) {
        diag_add(r->b.diags, DIAG_BAD_KEY, at, STR("write the key out"),
                 "a key must be a text; this alias is %s", doc_kind_name((node_kind)target->kind));
        return build_no_key(&r->b, at);
    }
    node key = {.kind = NODE_STRING, .style = target->style, .at = at, .text = target->text};
    return add_scalar(r, key, NULL, NULL);
}

static bool on_alias(yaml_reader *r) {
    const yaml_event_t *e = &r->event;
    size_t from = yaml_place(r, e->start_mark.index), to = yaml_place(r, e->end_mark.index);
    span at = text_span(r->b.src, from, to);
    yaml_gap(r, from);
    r->last = to;
    r->in_document = true;
    str name = str_of((const char *)e->data.alias.anchor);
    const anchor *a = map_get(&r->anchors, name);
    if (!a) {
        unknown_alias(r, at, name);
        return add_nothing(r, at);
    }
    if (a->open) {
        diag *d = diag_add(r->b.diags, DIAG_ALIAS_CYCLE, at, STR("a value cannot contain itself"),
                           "this alias stands inside its own anchor `&%.*s`", STR_ARG(name));
        d->also = a->at;
        return add_nothing(r, at);
    }
    if (!a->node) return add_nothing(r, at); // told at the anchor
    if (build_wants_key(&r->b)) return key_alias(r, a->node, at);
    return build_alias(&r->b, a->node, a->weight, at);
}

// --- lists and maps

// The number of blanks before `i` if it stands in a block list or map.
static ptrdiff_t column_of(const yaml_reader *r, size_t i) {
    size_t from = i;
    while (from > r->begin && r->text.ptr[from - 1] != '\n' && r->text.ptr[from - 1] != '\r')
        from--;
    return (ptrdiff_t)utf8_count(str_sub(r->text, from, i));
}

static bool on_open(yaml_reader *r, node_kind kind, bool flow, const yaml_char_t *anchor_name,
                    const yaml_char_t *tag) {
    size_t from = yaml_place(r, r->event.start_mark.index);
    properties p = read_properties(r, anchor_name, tag, from, r->text.len);
    yaml_gap(r, p.end);
    core_tag(r, &p);
    char first = p.end < r->text.len ? r->text.ptr[p.end] : ' ';
    open_node open = {.anchor = new_anchor(r, &p),
                      .bracket = flow && first == (kind == NODE_MAP ? '{' : '['),
                      .key = build_wants_key(&r->b),
                      .column = flow ? yaml_column(r) : column_of(r, p.end)};
    r->last = p.end + (open.bracket ? 1 : 0);
    r->in_document = true;
    if (!build_open(&r->b, kind, flow ? STYLE_FLOW : STYLE_BLOCK, p.end)) return false;
    vec_push(&r->scratch, &r->open, open);
    return true;
}

static void bad_key(yaml_reader *r, const node *n) {
    span at = n->at;
    bool template = at.from > 0 && r->text.ptr[at.from - 1] == '{' && r->text.ptr[at.from] == '{';
    if (template && at.to < r->text.len && r->text.ptr[at.to] == '}') at.to++;
    if (template) at.from--;
    r->derailed = r->derailed || template;
    diag_add(r->b.diags, DIAG_BAD_KEY, at,
             template ? STR("is this an unrendered template? render it first, or quote the text")
                      : STR("quote it if it is a text"),
             "a key must be a text, found %s", doc_kind_name((node_kind)n->kind));
}

static bool on_close(yaml_reader *r) {
    open_node open = r->open.at[r->open.len - 1];
    size_t to = r->last;
    if (open.bracket) {
        yaml_gap(r, yaml_place(r, r->event.start_mark.index));
        to = r->last = yaml_place(r, r->event.end_mark.index);
    }
    const node *n = build_close(&r->b, to);
    r->open.len--;
    close_anchor(open.anchor, n, r->b.last);
    if (!open.key) return true;
    bad_key(r, n);
    r->b.values.len--;
    return build_no_key(&r->b, n->at);
}

// --- documents

static bool begin_document(yaml_reader *r) {
    r->anchors = (map){0};
    if (r->out->list.len < r->b.limits->documents) return true;
    size_t at = yaml_place(r, r->event.start_mark.index);
    diag_add(r->b.diags, DIAG_TOO_LARGE, text_char(r->b.src, at),
             STR("split it into several files"), "the text has more than %zu documents",
             r->b.limits->documents);
    return false;
}

static bool on_event(yaml_reader *r) {
    const yaml_event_t *e = &r->event;
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT: return begin_document(r);
    case YAML_DOCUMENT_END_EVENT:
        vec_push(r->b.keep, &r->out->list, build_finish(&r->b));
        return true;
    case YAML_SCALAR_EVENT: return on_scalar(r);
    case YAML_ALIAS_EVENT: return on_alias(r);
    case YAML_SEQUENCE_START_EVENT:
        return on_open(r, NODE_LIST, e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                       e->data.sequence_start.anchor, e->data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT:
        return on_open(r, NODE_MAP, e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
                       e->data.mapping_start.anchor, e->data.mapping_start.tag);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return on_close(r);
    default: return true; // the stream's beginning and end
    }
}

static void compose(yaml_reader *r) {
    do {
        if (!next_event(r) || !on_event(r)) return;
    } while (r->event.type != YAML_STREAM_END_EVENT);
    yaml_gap(r, r->text.len);
}

static void read_any(docs *out, arena *a, diags *d, const doc_limits *limits) {
    yaml_reader *r = arena_new(a, yaml_reader);
    arena_init(&r->scratch, a->mem, a->guard, a->limit);
    arena_on_reset(a, release, r);
    r->out = out;
    r->text = out->src->text;
    r->begin = r->fed = r->last = r->place.offset = text_mark(r->text);
    r->place.ascii = utf8_ascii(r->text, r->place.offset);
    r->b =
        (builder){.keep = a, .scratch = &r->scratch, .diags = d, .src = out->src, .limits = limits};
    if (!yaml_parser_initialize(&r->parser)) arena_out_of_memory(a);
    r->live = true;
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&r->parser, feed, r);
    compose(r);
    release(r);
}

void yaml_read(docs *out, arena *a, diags *d, const doc_limits *limits) {
    if (!yaml_text_is_clean(d, out->src, limits)) return;
    if (limits->libyaml || !yaml_read_plain(out, a, limits)) read_any(out, a, d, limits);
}
