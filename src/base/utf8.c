// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 as Unicode defines it (no surrogates, no overlong forms, at most U+10FFFF) and the width of
// a code point on a terminal, for underlining.
#include "base/str.h"

static int sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return 2;
    if (lead >= 0xe0 && lead <= 0xef) return 3;
    if (lead >= 0xf0 && lead <= 0xf4) return 4;
    return 0;
}

int32_t utf8_next(str s, size_t *at) {
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t left = s.len - *at;
    int n = sequence_length(p[0]);
    *at += 1;
    if (n == 1) return p[0];
    if (n == 0 || (size_t)n > left) return -1;
    int32_t c = p[0] & (0x7f >> n);
    for (int i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80) return -1;
        c = (c << 6) | (p[i] & 0x3f);
    }
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return -1;
    *at += (size_t)n - 1;
    return c;
}

void utf8_add(buf *b, uint32_t c) {
    char out[4];
    size_t n = 0;
    if (c < 0x80) {
        out[n++] = (char)c;
    } else if (c < 0x800) {
        out[n++] = (char)(0xc0 | (c >> 6));
        out[n++] = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        out[n++] = (char)(0xe0 | (c >> 12));
        out[n++] = (char)(0x80 | ((c >> 6) & 0x3f));
        out[n++] = (char)(0x80 | (c & 0x3f));
    } else {
        out[n++] = (char)(0xf0 | (c >> 18));
        out[n++] = (char)(0x80 | ((c >> 12) & 0x3f));
        out[n++] = (char)(0x80 | ((c >> 6) & 0x3f));
        out[n++] = (char)(0x80 | (c & 0x3f));
    }
    buf_add(b, (str){out, n});
}

size_t utf8_ascii(str s, size_t at) {
    while (s.len - at >= 8 && ascii_eight(s.ptr + at))
        at += 8;
    while (at < s.len && (unsigned char)s.ptr[at] < 0x80)
        at++;
    return at;
}

bool utf8_valid(str s, size_t *bad) {
    for (size_t i = 0; i < s.len;) {
        size_t here = i;
        if (s.len - i >= 8 && ascii_eight(s.ptr + i))
            i += 8;
        else if (utf8_next(s, &i) < 0) {
            if (bad) *bad = here;
            return false;
        }
    }
    return true;
}

size_t utf8_count(str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xc0) != 0x80;
    return n;
}

// Wide and combining ranges by Unicode's East Asian Width, in coarse blocks: enough for
// underlining.
int utf8_width(int32_t c) {
    static const struct {
        int32_t from, to;
        int width;
    } ranges[] = {
        {0x0000, 0x001f, 0}, {0x007f, 0x009f, 0},   {0x0300, 0x036f, 0},   {0x1100, 0x115f, 2},
        {0x200b, 0x200f, 0}, {0x202a, 0x202e, 0},   {0x2060, 0x2064, 0},   {0x2e80, 0x303e, 2},
        {0x3041, 0xa4cf, 2}, {0xa960, 0xa97c, 2},   {0xac00, 0xd7a3, 2},   {0xf900, 0xfaff, 2},
        {0xfe00, 0xfe0f, 0}, {0xfe30, 0xfe6f, 2},   {0xfeff, 0xfeff, 0},   {0xff00, 0xff60, 2},
        {0xffe0, 0xffe6, 2}, {0x1f300, 0x1f64f, 2}, {0x1f900, 0x1f9ff, 2}, {0x20000, 0x3fffd, 2},
    };
    if (c >= 0x20 && c < 0x7f) return 1; // most of all text
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].from && c <= ranges[i].to) return ranges[i].width;
    return 1;
}
