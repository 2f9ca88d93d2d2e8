// SPDX-License-Identifier: Apache-2.0
//
// CEL's timestamps and durations: ranges, texts, parts by time zone. No clock and no files: the
// time zones are a table.
#ifndef OBSTAT_CEL_TIME_H
#define OBSTAT_CEL_TIME_H

#include "cel/value.h"

#define TIMESTAMP_MIN (-62135596800) // 0001-01-01T00:00:00Z
#define TIMESTAMP_MAX 253402300799   // 9999-12-31T23:59:59Z

value duration_of(int64_t nanoseconds);

// False: outside 0001 … 9999. `nanoseconds` may be any number.
bool timestamp_of(int64_t seconds, int64_t nanoseconds, value *out);
bool timestamp_plus(value t, int64_t nanoseconds, value *out);
bool timestamp_minus(value x, value y, int64_t *nanoseconds); // false: does not fit

// RFC 3339, and durations as Go writes them: `1h30m`, `-1.5s`, `20ms`.
bool timestamp_parse(str s, value *out);
str timestamp_print(arena *a, value t);
bool duration_parse(str s, int64_t *nanoseconds);
str duration_print(arena *a, int64_t nanoseconds); // `1.5s`

typedef enum zone_answer {
    ZONE_KNOWN,
    ZONE_UNKNOWN,  // no such zone
    ZONE_TOO_EARLY // the table does not reach back to that time
} zone_answer;

// Seconds east of UTC at a time: `UTC`, `+hh:mm`, `-hh:mm`, `hh:mm` or an IANA name.
zone_answer zone_offset(str zone, int64_t seconds, int32_t *east);

#endif
