#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Show that each check of layers.py fails where it must: plant one violation at a time in a small
tree that is clean, and see that this check, and no other, names the file. Likewise take one test at a
time from a small law that has all it needs, and see that tested.py says which one is gone."""
import copy
import os
import sys
import tempfile

import yaml

import layers
import tested

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"


def header(guard, body):
    return "%s#ifndef %s\n#define %s\n%s\n#endif\n" % (SPDX, guard, guard, body)


CLEAN = {
    "include/obstat/obstat.h": header("OBSTAT_OBSTAT_H", "#include <stddef.h>"),
    "src/base/arena.h": header("OBSTAT_BASE_ARENA_H", "#include <stddef.h>"),
    "src/base/arena.c": SPDX + '#include "base/arena.h"\n#include <stdlib.h>\nvoid *a(void) { return malloc(1); }\n',
    "src/doc/yaml.c": SPDX + '#include "base/arena.h"\n#include <yaml.h>\n',
    "src/cel/value.h": header("OBSTAT_CEL_VALUE_H", '#include "base/arena.h"'),
    "src/cel/matches.c": SPDX + '#include "cel/value.h"\n#define PCRE2_CODE_UNIT_WIDTH 8\n#include <pcre2.h>\n',
    "src/obstat.c": SPDX + '#include "obstat/obstat.h"\n#include "cel/value.h"\n',
    "src/cli/main.c": SPDX + '#include "obstat/obstat.h"\n#include <unistd.h>\nint main(void) { return getenv("HOME") == 0; }\n',
    "rules/places.yaml": "obstat: places/v1\nplaces:\n  'NO': Norway\n  CN: China (mainland)\n  CN-BJ: Beijing\n",
    "rules/cn/genai.yaml": "obstat: policy/v1\nid: CN-GENAI\nrules:\n  - id: CN-GENAI-17\n",
}

# check · file · its text
PLANTED = [
    ("includes_go_down", "src/base/up.c", '#include "cel/value.h"\n'),
    ("includes_go_down", "src/cel/public.c", '#include "obstat/obstat.h"\n'),
    ("includes_go_down", "src/cli/inside.c", '#include "base/arena.h"\n'),
    ("includes_go_down", "src/cel/relative.c", '#include "value.h"\n'),
    ("includes_go_down", "src/extra/new_folder.c", '#include "base/arena.h"\n'),
    ("no_cycles", "src/base/other.h", None),
    ("foreign_headers", "src/law/yaml.c", "#include <yaml.h>\n"),
    ("foreign_headers", "src/doc/matches.c", "#include <pcre2.h>\n"),
    ("foreign_headers", "src/check/files.c", "#include <unistd.h>\n"),
    ("calls_have_their_place", "src/law/memory.c", "void *f(void) { return malloc(1); }\n"),
    ("calls_have_their_place", "src/cel/number.c", 'double f(void) { return strtod("1", 0); }\n'),
    ("calls_have_their_place", "src/check/clock.c", "long f(void) { return time(0); }\n"),
    ("no_law_in_code", "src/check/code.c", 'const char *f(void) { return "CN-BJ"; }\n'),
    ("no_law_in_code", "src/check/name.c", 'const char *f(void) { return "made in Norway"; }\n'),
    ("no_law_in_code", "src/check/rule.c", 'const char *f(void) { return "see CN-GENAI-17"; }\n'),
    ("files_have_their_form", "src/law/long.c", "int x;\n" * layers.MOST_LINES),
]
CYCLE = {
    "src/base/arena.h": header("OBSTAT_BASE_ARENA_H", '#include "base/other.h"'),
    "src/base/other.h": header("OBSTAT_BASE_OTHER_H", '#include "base/arena.h"'),
}
# What looks like a violation and is none.
INNOCENT = {
    "src/base/inner.h": header("OBSTAT_BASE_INNER_H", '#include "base/arena.h"'),
    "src/base/arena.c": SPDX + '#include "base/arena.h"\n#include "base/inner.h"\n#include <stdlib.h>\n'
                        'void *a(void) { return malloc(1); }\n',
    "src/check/innocent.c": SPDX + '// malloc("CN") in a comment, /* #include <yaml.h> */\n/* free(x)\n#include "cli/x.h" */\n'
                            'const char *f(struct s *x) { x->free(x); return "no CNN, no GENAI, no malloc()"; }\n',
}

# A law of two rules, with all the tests that they need. Each case → what tested.py says without it.
LAW = """
status: [{is: adopted, from: 2025-01-01}, {is: in force, from: 2026-01-01}]
parameters: {limit: {cases: [{is: 1}, {is: 2, from: 2026-07-01, known: 2026-03-01}]}}
rules:
  - chapter: All
    binds: mine
    rules:
      - {id: X-1, applies: "sold < date('2025-05-05')", requires: number > limit, due: "plus(sold, 'P30D')"}
      - {id: X-2, kind: prohibition, effective: [{from: 2026-02-01}]}
"""
CASES = """
- {name: met, cites: Art. 1, as_of: 2027-01-01, manifest: {sold: 2025-05-05}, expect: {AA: {X-1: met}}}
- {name: open, cites: Art. 1, as_of: 2027-01-01, manifest: {sold: 2025-05-04}, expect: {AA: {X-1: {outcome: undetermined}}}}
- {name: others, cites: Art. 1, as_of: 2027-01-01, expect: {AA: {X-1: {a: not-ours, b: not-applicable}}}}
- {name: before, cites: Art. 9, as_of: 2025-12-31, expect: {AA: {X-1: upcoming}}}
- {name: begins, cites: Art. 9, as_of: 2026-01-01, expect: {AA: {X-1: violated}}}
- {name: low, cites: Art. 1, as_of: 2026-06-30, expect: {AA: {X-1: met}}}
- {name: high, cites: Art. 1, as_of: 2026-07-01, expect: {AA: {X-1: violated}}}
- {name: unknown, cites: Art. 1, as_of: 2026-07-01, known_on: 2026-02-28, expect: {AA: {X-1: met}}}
- {name: known, cites: Art. 1, as_of: 2026-07-01, known_on: 2026-03-01, expect: {AA: {X-1: violated}}}
- {name: in time, cites: Art. 1, as_of: 2026-01-30, expect: {AA: {X-1: upcoming}}}
- {name: late, cites: Art. 1, as_of: 2026-01-31, expect: {AA: {X-1: violated}}}
- {name: eve, cites: Art. 2, manifest: {markets: [{country: AA, launch: 2026-01-31}]}, expect: {AA: {X-2: upcoming}}}
- {name: day, cites: Art. 2, manifest: {markets: [{country: AA, launch: 2026-02-01}]}, expect: {AA: {X-2: violated}}}
- {name: free, cites: Art. 2, as_of: 2027-01-01, expect: {AA: {X-2: {a: not-ours, b: not-applicable, c: undetermined}}}}
"""
TAKEN = {
    "open": ["X-1: no test: undetermined", "X-1: no test: date 2025-05-05"],
    "others": ["X-1: no test: not-applicable", "X-1: no test: not-ours"],
    "before": ["X-1: no test: from 2026-01-01"],
    "begins": ["X-1: no test: from 2026-01-01"],
    "low": ["X-1: no test: from 2026-07-01"],
    "high": ["X-1: no test: from 2026-07-01"],
    "unknown": ["X-1: no test: known 2026-03-01"],
    "known": ["X-1: no test: known 2026-03-01"],
    "in time": ["X-1: no test: due"],
    "late": ["X-1: no test: due"],
    "eve": ["X-2: no test: from 2026-02-01"],
    "day": ["X-2: no test: violated", "X-2: no test: from 2026-02-01"],
    "free": ["X-2: no test: undetermined", "X-2: no test: not-applicable", "X-2: no test: not-ours"],
}


def said_of(cases, exempt=None):
    """What tested.py says of the law with these cases."""
    law = yaml.load(LAW, Loader=yaml.BaseLoader)
    return sorted(tested.problems([law], {"x.test.yaml": {"cases": cases}}, exempt or {}))


def tested_results():
    cases = yaml.load(CASES, Loader=yaml.BaseLoader)
    yield "a law with its tests", said_of(cases) == []
    for name, expected in TAKEN.items():
        rest = [case for case in cases if case["name"] != name]
        yield "the test '%s' is missed" % name, said_of(rest) == sorted(expected)
    unmet = copy.deepcopy(cases)
    unmet[0]["expect"]["AA"]["X-1"] = unmet[5]["expect"]["AA"]["X-1"] = unmet[7]["expect"]["AA"]["X-1"] = "waived"
    yield "no test that is met", said_of(unmet) == ["X-1: no test: met"]
    vague = copy.deepcopy(cases)
    vague[0]["cites"] = "as the law says"
    yield "a test without a source", said_of(vague) == ["x.test.yaml: met: cites no article"]
    rest = [case for case in cases if case["name"] != "low"]
    reason = {"X-1": {"from 2026-07-01": "nobody knew of that day"}}
    yield "what is excused is not missed", said_of(rest, reason) == []
    yield "what needs no excuse", len(said_of(cases, reason)) == 1
    yield "an excuse without a reason", len(said_of(rest, {"X-1": {"from 2026-07-01": "so be it"}})) == 1
    yield "an excuse for no rule", len(said_of(cases, {"X-3": reason["X-1"]})) == 1


def write(top, files):
    for path, text in files.items():
        full = os.path.join(top, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)


def problems(files):
    """What each check says about a tree of these files: name of the check → its problems."""
    with tempfile.TemporaryDirectory() as top:
        write(top, files)
        tree = layers.Tree(top)
        return {check.__name__: list(check(tree)) for check in layers.CHECKS}


def found_alone(check, path, text):
    extra = CYCLE if check == "no_cycles" else {path: SPDX + text}
    said = problems({**CLEAN, **extra})
    wrong = sorted(name for name, lines in said.items() if lines)
    return wrong == [check] and any(path in line for line in said[check])


def main():
    results = [("a clean tree is clean", not any(problems({**CLEAN, **INNOCENT}).values()))]
    results += [("%s sees %s" % (check, path), found_alone(check, path, text)) for check, path, text in PLANTED]
    no_guard = {**CLEAN, "src/cel/value.h": SPDX + '#pragma once\n#include "base/arena.h"\n'}
    results.append(("files_have_their_form sees a guard", bool(problems(no_guard)["files_have_their_form"])))
    no_licence = {**CLEAN, "src/cel/value.h": CLEAN["src/cel/value.h"].replace(SPDX, "")}
    results.append(("files_have_their_form sees the licence", bool(problems(no_licence)["files_have_their_form"])))
    planted = {check for check, _, _ in PLANTED}
    for check in layers.CHECKS:
        results.append(("%s has a planted violation" % check.__name__, check.__name__ in planted))
    results += list(tested_results())
    for title, ok in results:
        print("%s: %s" % ("ok" if ok else "FAIL", title))
    failed = sum(not ok for _, ok in results)
    print("%d passed, %d failed" % (len(results) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
