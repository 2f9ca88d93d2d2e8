// SPDX-License-Identifier: Apache-2.0
//
// The encoders extension as rows: base64.
#include "cel/base64.h"
#include "cel/eval.h"

static value encode(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    if (args[0].n > CEL_MAX_TEXT / 2) return cel_fail(run, call, "the text would be too long");
    buf out = {.arena = run->arena};
    base64_write(&out, value_text(args[0]));
    return value_string(buf_str(&out));
}

static value decode(cel_run *run, const expr *call, const value *args, size_t count) {
    (void)count;
    buf out = {.arena = run->arena};
    if (!base64_read(&out, value_text(args[0]))) return cel_fail(run, call, "this is no base64");
    return value_bytes(buf_str(&out));
}

static const cel_function rows[] = {
    {"base64.encode", 0, "(bytes) -> string", encode, "bytes as base64", NULL},
    {"base64.decode", 0, "(string) -> bytes", decode, "base64 as bytes, padded or not", NULL},
};

const cel_function_table cel_encoders = {rows, sizeof rows / sizeof rows[0]};
