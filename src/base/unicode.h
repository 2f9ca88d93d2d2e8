// SPDX-License-Identifier: Apache-2.0
//
// Text compared as people mean it, by Unicode's own tables: the only user of utf8proc.
#ifndef OBSTAT_BASE_UNICODE_H
#define OBSTAT_BASE_UNICODE_H

#include "base/str.h"

// Normalisation form C: é is one code point however it was typed.
str unicode_nfc(arena *a, str s);

// Without differences of case, width and compatibility forms (NFKC with case folding); what cannot
// be seen is dropped.
str unicode_fold(arena *a, str s);

#endif
