// SPDX-License-Identifier: Apache-2.0
//
// utf8proc's two steps into memory of our own: decompose to code points, then compose to UTF-8.
// Text that is not well-formed is given back as it is.
#include "base/unicode.h"

#include <string.h>
#include <utf8proc.h>

static str normal(arena *a, str s, utf8proc_option_t options) {
    const utf8proc_uint8_t *text = (const utf8proc_uint8_t *)s.ptr;
    utf8proc_ssize_t room = utf8proc_decompose(text, (utf8proc_ssize_t)s.len, NULL, 0, options);
    if (room <= 0) return room < 0 ? s : (str){"", 0};
    // One more, for the zero that the encoder writes behind the text.
    utf8proc_int32_t *points = arena_array(a, utf8proc_int32_t, (size_t)room + 1);
    room = utf8proc_decompose(text, (utf8proc_ssize_t)s.len, points, room, options);
    if (room < 0) return s;
    utf8proc_ssize_t bytes = utf8proc_reencode(points, room, options);
    return bytes < 0 ? s : (str){(const char *)points, (size_t)bytes};
}

static bool is_ascii(str s) {
    return utf8_ascii(s, 0) == s.len;
}

str unicode_nfc(arena *a, str s) {
    if (is_ascii(s)) return s;
    return normal(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

// Of ASCII, only the capitals change.
static str fold_ascii(arena *a, str s) {
    char *out = str_c(a, s);
    for (size_t i = 0; i < s.len; i++)
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = (char)(out[i] - 'A' + 'a');
    return (str){out, s.len};
}

str unicode_fold(arena *a, str s) {
    if (is_ascii(s)) return fold_ascii(a, s);
    return normal(a, s,
                  UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                      UTF8PROC_IGNORE);
}
