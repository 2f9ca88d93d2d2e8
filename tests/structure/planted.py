#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Show that each check of layers.py fails where it must: plant one violation at a time in a small
tree that is clean, and see that this check, and no other, names the file."""
import os
import sys
import tempfile

import layers

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
    for title, ok in results:
        print("%s: %s" % ("ok" if ok else "FAIL", title))
    failed = sum(not ok for _, ok in results)
    print("%d passed, %d failed" % (len(results) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
