#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Print src/cel/zones.def, the time zones of CEL's timestamps, from a tz database.

usage: tests/tools/zones.py /usr/share/zoneinfo > src/cel/zones.def

Each row is a rule that holds today with the names it has, and before the rule the changes of the
offset since 2007: the library reads no files, so what it knows is in this table.
"""
import datetime
import os
import re
import struct
import sys
import textwrap

SINCE = int(datetime.datetime(2007, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
LIMIT = int(datetime.datetime(2037, 1, 1, tzinfo=datetime.timezone.utc).timestamp())


def read(path):
    """Transitions (time, offset), the offset before them, and the POSIX rule after them."""
    with open(path, "rb") as file:
        data = file.read()

    def header(at):
        return struct.unpack(">6l", data[at + 20:at + 44])

    utc, std, leap, times, kinds, chars = header(0)
    at = 44 + times * 5 + kinds * 6 + chars + leap * 8 + std + utc
    utc, std, leap, times, kinds, chars = header(at)
    at += 44
    when = struct.unpack(">%dq" % times, data[at:at + 8 * times])
    at += 8 * times
    which = data[at:at + times]
    at += times
    offsets = [struct.unpack(">l", data[at + 6 * i:at + 6 * i + 4])[0] for i in range(kinds)]
    rule = data[at + 6 * kinds + chars + leap * 12 + std + utc:].decode().strip()
    return [(t, offsets[i]) for t, i in zip(when, which)], offsets[0], rule


def seconds(text):
    sign = -1 if text.startswith("-") else 1
    parts = [int(p) for p in text.lstrip("+-").split(":")] + [0, 0]
    return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])


def parse(rule):
    """(standard, summer, start, end) in seconds; start and end are (month, week, weekday, time)."""
    name = r"(?:<[^>]+>|[A-Za-z]+)"
    match = re.fullmatch(rf"{name}([-+\d:]+)(?:{name}([-+\d:]*),M([^,]+),M([^,]+))?", rule)
    standard = -seconds(match.group(1))
    if not match.group(3):
        return standard, None, None, None
    summer = -seconds(match.group(2)) if match.group(2) else standard + 3600
    sides = []
    for side in match.group(3, 4):
        day, _, time = side.partition("/")
        sides.append(tuple(int(n) for n in day.split(".")) + (seconds(time or "2"),))
    return standard, summer, sides[0], sides[1]


def moment(year, side, offset):
    month, week, weekday, time = side
    first = datetime.date(year, month, 1)
    day = 1 + (weekday - (first.weekday() + 1)) % 7 + 7 * (week - 1)
    while True:
        try:
            date = datetime.datetime(year, month, day, tzinfo=datetime.timezone.utc)
            break
        except ValueError:
            day -= 7
    return int(date.timestamp()) + time - offset


def all_by_rule(rule):
    """The transitions that the rule makes from 2005 on."""
    standard, summer, start, end = rule
    if summer is None:
        return []
    both = []
    for year in range(2005, 2039):
        both += [(moment(year, start, standard), summer), (moment(year, end, summer), standard)]
    return sorted(both)


def by_rule(rule, until):
    return [t for t in all_by_rule(rule) if SINCE <= t[0] < until]


def minutes(n):
    assert n % 60 == 0, n
    return n // 60


def spec(path):
    """The text of a row."""
    changes, before, text = read(path)
    rule = parse(text)
    for at, offset in changes:
        if at < SINCE:
            before = offset
    late = [t for t in changes if SINCE <= t[0] < LIMIT]
    own = by_rule(rule, LIMIT)
    keep = len(late)
    while keep > 0 and own and late[keep - 1] == own[-1]:
        keep -= 1
        own.pop()
    # What the rule did not make is history, and its own first transition too where the rule has
    # something else for the time just before that one.
    if keep < len(late):
        began = late[keep - 1][0] if keep else SINCE
        offset = late[keep - 1][1] if keep else before
        other = offset != [o for t, o in all_by_rule(rule) if t < late[keep][0]][-1]
        if other or (own and own[-1][0] > began):
            keep += 1
    history = late[:keep]
    words = ["%d" % minutes(before)]
    words += ["%d:%d" % (minutes(t - SINCE), minutes(offset)) for t, offset in history]
    standard, summer, start, end = rule
    words.append("= %d" % minutes(standard))
    if summer is not None:
        words.append("%d" % minutes(summer))
        words += ["%d.%d.%d/%d" % (s[:3] + (minutes(s[3]),)) for s in (start, end)]
    return " ".join(words)


def main():
    top = sys.argv[1]
    rows = {}
    with open(os.path.join(top, "tzdata.zi"), encoding="utf-8") as file:
        version = file.readline().split()[-1]
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(f for f in folders if f not in ("posix", "right"))
        for name in sorted(names):
            path = os.path.join(folder, name)
            short = os.path.relpath(path, top)
            with open(path, "rb") as file:
                if file.read(4) != b"TZif" or short in ("localtime", "posixrules", "Factory"):
                    continue
            rows.setdefault(spec(path), []).append(short)
    print("// SPDX-License-Identifier: Apache-2.0\n//")
    print("// The time zones of the tz database, version %s: ZONE(times, names)." % version)
    print("// Made by tests/tools/zones.py; time.h and zone.c say what the words mean.\n")
    print("// clang-format off")
    for row in sorted(rows, key=lambda r: rows[r]):
        quoted = textwrap.wrap(row, 88)
        lines = ['"%s"' % (line + (" " if i + 1 < len(quoted) else "")) for i, line in enumerate(quoted)]
        print("ZONE(" + "\n     ".join(lines) + ",")
        print(textwrap.fill(" ".join(rows[row]), 98, initial_indent="    ",
                            subsequent_indent="    ", break_on_hyphens=False,
                            break_long_words=False) + ")")
    print("// clang-format on")


if __name__ == "__main__":
    main()
