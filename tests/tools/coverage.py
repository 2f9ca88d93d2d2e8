#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hold rules/coverage.yaml to the collected law and to the shipped rules.

usage: coverage.py OBSTAT ROWS.TSV [COVERAGE.YAML]

Each row of a place in COMPLETE is accounted for once; rows of other places may be, where their rules
are being written. Each rule that is named is shipped, and each shipped rule of a place in COMPLETE is
named. Ends with the closing line of a test runner.
"""
import json
import os
import subprocess
import sys

import yaml

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COMPLETE = {"CN"}
FATES = {"rules", "left to people", "out of scope"}


def place(name):
    return name.split("-")[0]


def entry_mistakes(entry, rows, rules):
    """What is wrong with one entry, beside its place in the list."""
    row, fates = entry.get("row"), set(entry) - {"row"}
    if row not in rows:
        yield f"{row}: the collection has no such row"
    if len(fates) != 1 or not fates <= FATES:
        yield f"{row}: say one of {', '.join(sorted(FATES))}"
        return
    fate = fates.pop()
    if not entry[fate]:
        yield f"{row}: {fate} says nothing"
    elif fate == "rules":
        for rule in entry[fate]:
            if rule not in rules:
                yield f"{row}: there is no rule {rule}"
    elif not isinstance(entry[fate], str):
        yield f"{row}: say why"


def mistakes(coverage, rows, rules):
    if set(coverage) != {"obstat", "rows"} or coverage["obstat"] != "coverage/v1":
        yield "the file is not a list of coverage/v1"
        return
    listed = [entry.get("row") for entry in coverage["rows"]]
    for row in sorted({str(r) for r in listed if listed.count(r) > 1}):
        yield f"{row}: listed twice"
    for entry in coverage["rows"]:
        yield from entry_mistakes(entry, rows, rules)
    for row in rows:
        if place(row) in COMPLETE and row not in listed:
            yield f"{row}: not accounted for"
    named = {rule for entry in coverage["rows"] for rule in entry.get("rules") or []}
    for rule in sorted(rules):
        if place(rule) in COMPLETE and rule not in named:
            yield f"rule {rule}: no row names it"


def main():
    obstat, table = sys.argv[1:3]
    path = sys.argv[3] if len(sys.argv) > 3 else os.path.join(TOP, "rules", "coverage.yaml")
    with open(path, encoding="utf-8") as f:
        coverage = yaml.safe_load(f)
    with open(table, encoding="utf-8") as f:
        rows = [line.split("\t")[0] for line in f.read().splitlines()[1:] if line]
    shipped = subprocess.run([obstat, "rules", "--json"], stdout=subprocess.PIPE, check=True)
    rules = {rule["id"] for rule in json.loads(shipped.stdout)}
    found = list(mistakes(coverage, rows, rules))
    for text in found:
        print(f"FAIL  {text}")
    print(f"{0 if found else len(coverage['rows'])} passed, {len(found)} failed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
