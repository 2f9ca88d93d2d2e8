#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The examples come out as the law says (outcomes.txt) and as their README says.

usage: outcomes.py OBSTAT

Each example is checked as of the day of its launch, so that what is found does not hang on today. The README has a row
for each file, with its exit code in the column `exit`.
"""
import json
import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLES = os.path.join(TOP, "examples")


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8") as file:
        return file.read()


def files():
    for path, _, names in sorted(os.walk(EXAMPLES)):
        for name in sorted(names):
            if name.endswith(".yaml"):
                yield os.path.relpath(os.path.join(path, name), EXAMPLES)


def check(obstat, name):
    """The report on an example: outcome by place, rule and subject, and the exit code."""
    path = os.path.join(EXAMPLES, name)
    day = re.search(r"^ +launch: (\d{4}-\d\d-\d\d)", read(path), re.M).group(1)
    done = subprocess.run([obstat, "check", "--json", "--as-of", day, path], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    report = json.loads(done.stdout)
    found = {(c["market"], "clearance", ""): c["clearance"] for c in report["clearances"]}
    found.update(((f["place"], f["rule"], f["subject"]), f["outcome"]) for f in report["findings"])
    return found, done.returncode


def expected():
    """The lines of outcomes.txt: file, place, rule, subject, outcome."""
    for number, line in enumerate(read(TOP, "tests", "structure", "outcomes.txt").splitlines(), 1):
        if line and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("·", 5)]
            if len(cells) != 6 or not all(cells):
                sys.exit("outcomes.txt:%d: not six cells" % number)
            yield cells[:5]


def exits():
    """What the README says: exit code by file; the folder is the heading above the table."""
    folder, column = None, None
    for line in read(EXAMPLES, "README.md").splitlines():
        heading = re.match(r"## (\S+)", line)
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if heading:
            folder, column = heading.group(1), None
        elif line.startswith("| file"):
            column = cells.index("exit")
        elif column is not None and line.startswith("| `"):
            for name in re.findall(r"`([^`]+\.yaml)`", cells[0]):
                yield os.path.join(folder, name), int(cells[column])


def main():
    reports = {name: check(sys.argv[1], name) for name in files()}
    lines = list(expected())
    results = []
    for name, place, rule, subject, outcome in lines:
        found = reports[name][0].get((place, rule, subject if subject != "-" else ""), "no such finding")
        results.append(("%s: %s %s %s is %s" % (name, place, rule, subject, outcome), found == outcome, found))
    said = dict(exits())
    for name, (_, status) in reports.items():
        results.append(("%s has its exit code in the README" % name, said.get(name) == status, status))
        results.append(("%s has an outcome by law" % name, any(line[0] == name for line in lines) or "talks-" in name, ""))
    results += [("%s, of which the README speaks, is there" % name, name in reports, "") for name in said]
    for title, ok, found in results:
        print("ok: " + title if ok else "FAIL: %s: %s" % (title, found))
    failed = sum(not ok for _, ok, _ in results)
    print("%d passed, %d failed" % (len(results) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
