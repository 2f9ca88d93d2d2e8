#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hold `obstat lint` to packs in which each fault is marked: a comment `# fault: CODE` stands on the
line that the finding has to point at. What is not marked must not be found.

usage: lint.py OBSTAT

The last line: N passed, N failed.
"""
import collections
import json
import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Each pack, and how many faults it has at least: a pack that lost its comments shows nothing.
PACKS = {"tests/packs/faults": 30, "tests/packs/stand": 0}
AS_OF = "2026-06-15"


def marked(pack):
    """(file, line, code) → how often it is marked."""
    faults = collections.Counter()
    for folder, _, names in os.walk(os.path.join(TOP, pack)):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    for code in re.findall(r"# fault: ([a-z-]+)", line):
                        faults[os.path.relpath(path, TOP), number, code] += 1
    return faults


def found(obstat, pack):
    run = subprocess.run([obstat, "lint", "--json", "--as-of", AS_OF, pack], cwd=TOP, text=True,
                         capture_output=True)
    if run.returncode not in (0, 1):
        print(run.stderr)
    report = json.loads(run.stdout)
    faults = collections.Counter()
    for f in report["findings"]:
        faults[f["file"], f["line"], f["code"]] += 1
    return faults, run.returncode


def main():
    obstat = os.path.abspath(sys.argv[1])
    passed = failed = 0

    def tell(good, text):
        nonlocal passed, failed
        passed += good
        failed += not good
        if not good:
            print("FAIL: " + text)

    for pack, least in PACKS.items():
        want = marked(pack)
        got, status = found(obstat, pack)
        tell(sum(want.values()) >= least, "%s has %d faults" % (pack, sum(want.values())))
        tell(status == bool(want), "%s: exit %d" % (pack, status))
        for fault in sorted(want | got):
            tell(want[fault] == got[fault], "%s:%d %s: marked %d times, found %d times" % (
                *fault, want[fault], got[fault]))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
