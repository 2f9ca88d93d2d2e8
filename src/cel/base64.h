// SPDX-License-Identifier: Apache-2.0
//
// Bytes as text by RFC 4648 §4.
#ifndef OBSTAT_CEL_BASE64_H
#define OBSTAT_CEL_BASE64_H

#include "base/str.h"

void base64_write(buf *out, str bytes);

// With or without padding; false: no base64.
bool base64_read(buf *out, str text);

#endif
