#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hold `obstat lint` to packs in which each fault is marked: a comment `# fault: CODE` stands on the
line that the finding has to point at. What is not marked must not be found. And nothing may be found in
the shipped rules, as of their newest review: that reviews are overdue is for `obstat lint` to say, by hand.

usage: lint.py OBSTAT [--proofs]     --proofs: in the shipped rules, too, which takes a while

The last line: N passed, N failed.
"""
import collections
import glob
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


def lint(obstat, *options):
    run = subprocess.run([obstat, "lint", "--json", *options], cwd=TOP, text=True, capture_output=True)
    if run.returncode not in (0, 1):
        print(run.stderr)
    return json.loads(run.stdout), run.returncode


def newest_review():
    """The day by which no shipped review is in the future."""
    days = []
    for path in glob.glob(os.path.join(TOP, "rules", "*", "*.yaml")):
        with open(path, encoding="utf-8") as file:
            days += re.findall(r"reviewed: \{on: (\d{4}-\d{2}-\d{2})", file.read())
    return max(days)


def found(obstat, pack):
    report, status = lint(obstat, "--as-of", AS_OF, pack)
    faults = collections.Counter()
    for f in report["findings"]:
        faults[f["file"], f["line"], f["code"]] += 1
    return faults, status


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
    bound = [] if "--proofs" in sys.argv else ["--bound", "0"]
    report, status = lint(obstat, "--as-of", newest_review(), *bound)
    for f in report["findings"]:
        tell(False, "%(file)s:%(line)d %(code)s: %(message)s" % f)
    tell(status == 0, "the shipped rules: exit %d" % status)
    if not bound:
        print("the shipped rules: %(proved)d proved, %(refuted)d refuted, %(not_examined)d not examined" % report)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
