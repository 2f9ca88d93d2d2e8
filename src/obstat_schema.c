// SPDX-License-Identifier: Apache-2.0
//
// The public interface: schemas of the files that people write.
#include "obstat_object.h"

#include "author/schema.h"

size_t obstat_schema_count(void) {
    return schema_kind_count;
}

const char *obstat_schema_name(size_t index) {
    return index < schema_kind_count ? schema_kinds[index].name : NULL;
}

const char *obstat_schema_about(size_t index) {
    return index < schema_kind_count ? schema_kinds[index].about : NULL;
}

typedef struct schema_call {
    const obstat_rules *rules;
    const schema_kind *kind;
    obstat_sink sink;
} schema_call;

static obstat_status write_schema(obstat_context *context, void *args) {
    const schema_call *call = args;
    buf out = {.arena = object_scratch(context)};
    schema_write(&out, &call->rules->rules, call->kind);
    return object_write(call->sink, buf_str(&out)) ? OBSTAT_OK : OBSTAT_E_OUTPUT;
}

obstat_status obstat_schema_write(obstat_context *context, const obstat_rules *rules,
                                  const char *name, obstat_sink sink) {
    if (!rules || !name) return OBSTAT_E_USAGE;
    for (size_t i = 0; i < schema_kind_count; i++)
        if (str_is(str_of(name), schema_kinds[i].name))
            return object_call(context, write_schema,
                               &(schema_call){rules, &schema_kinds[i], sink});
    return OBSTAT_E_USAGE;
}
