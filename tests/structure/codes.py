#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every diagnostic code is shown by a case, and every outcome of a finding is at a place in one.

usage: codes.py

Reads the tables of src/ and the text cases below tests/, runs nothing.
"""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


# Shown by its message alone: an answer to a line of a stream has no codes.
BY_MESSAGE = {"typed-json": "this is no typed JSON"}


def read(*parts):
    with open(os.path.join(TOP, *parts), encoding="utf-8") as file:
        return file.read()


def cases(folder):
    """The text of all case files below a folder."""
    texts = []
    for path, _, files in os.walk(os.path.join(TOP, "tests", folder)):
        for name in sorted(files):
            if name.endswith((".case", ".txt")):
                with open(os.path.join(path, name), encoding="utf-8", errors="replace") as file:
                    texts.append(file.read())
    return "\n".join(texts)


def faults():
    """The codes that tests/author/lint.py looks for, as cases would say them."""
    marks = []
    for path, _, files in os.walk(os.path.join(TOP, "tests", "packs")):
        for name in files:
            text = read(os.path.relpath(os.path.join(path, name), TOP))
            marks += ["[%s]" % code for code in re.findall(r"# fault: ([a-z-]+)", text)]
    return "\n".join(marks)


def main():
    shown = cases("diagnostics") + cases("cases") + faults()
    slugs = re.findall(r'^DIAG\(\w+,\s*"([^"]+)"', read("src", "base", "diag_codes.def"), re.M)
    outcomes = re.findall(r'"([a-z-]+)"', re.search(r"outcome_names\[.*?\{(.*?)\};", read("src", "check", "judge.c"),
                                                    re.S).group(1))
    results = [("code " + slug, BY_MESSAGE.get(slug, "\0") in shown or re.search(r"(^@(error|warning|note|also) %s\b|\[%s\])" % (slug, slug), shown, re.M))
               for slug in slugs]
    results += [("outcome " + name, re.search(r"^@finding \S+ .* %s$" % name, shown, re.M))
                for name in outcomes if name != "waived"]  # nothing waives yet
    for title, found in results:
        print("%s: %s has a case" % ("ok" if found else "FAIL", title))
    failed = sum(not found for _, found in results)
    print("%d passed, %d failed" % (len(results) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
