#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the READMEs show is so: their manifests and rules load and come out as they say, their commands run, and the
picture of a report is the report.

usage: examples.py OBSTAT

Of the picture each line must stand in the report, in this order. A line of dots stands for any lines, dots at the end of
a line for its rest and what follows; without dots two lines follow each other.
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FRANCE = "obstat: jurisdiction/v1\ncode: FR\nname: France\nkind: country\n"
PHRASES = """obstat: policy/v1
id: FR-PHRASES
jurisdiction: FR
instrument: {name: Phrases, kind: statute, url: "https://example.org/phrases"}
status: {is: in force, from: 2026-01-01}
reviewed: {on: 2026-11-24, confidence: low, recheck: 2027-05-24}
roles:
  fr-representative: {title: Representative, held_as: representative}
rules:
"""
RULE = """  - id: FR-PHRASES-{0}
    title: It holds
    cites: art. {0}
    each: [feature in features, model in models, document in documents]
    {1}
"""
PICTURED = os.path.join("examples", "apple-intelligence", "launch.yaml")


def blocks(language, *path):
    """The texts of a README's fenced blocks in a language."""
    with open(os.path.join(TOP, *path), encoding="utf-8") as file:
        parts = re.split(r"^```(.*)\n", file.read(), flags=re.M)
    return [parts[i + 1] for i in range(1, len(parts), 4) if parts[i] == language]


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def obstat(arguments, folder):
    return subprocess.run([os.path.abspath(sys.argv[1]), *arguments], capture_output=True, text=True, cwd=folder,
                          stdin=subprocess.DEVNULL)


def commands(*path):
    """The arguments of each obstat command of a README's blocks."""
    for block in blocks("sh", *path):
        for line in block.splitlines():
            if line.startswith("obstat "):
                yield shlex.split(line, comments=True)[1:]


def phrases(*path):
    """A policy with a rule for each condition of a README's table of what the law says."""
    with open(os.path.join(TOP, *path), encoding="utf-8") as file:
        table = file.read().split("| the law says | the line says |")[1].split("\n\n")[0]
    text = PHRASES
    for number, row in enumerate(table.splitlines()[2:], 1):
        condition = re.match(r"\|[^|]*\| `([^`]*)`", row.replace("\\|", "|")).group(1)
        if condition.startswith("due:"):
            condition += "\n    requires: feature.talks_to_people"
        else:
            condition = "requires: " + condition
        text += RULE.format(number, condition)
    return text


def missing(picture, report):
    """The first line of the picture that the report does not have where it should; None: it has all."""
    at, anywhere = 0, True
    for line in picture.splitlines():
        if line.strip() != "…":
            end = len(report) if anywhere else min(at + 1, len(report))
            found = [i for i in range(at, end)
                     if report[i] == line or line.endswith("…") and report[i].startswith(line[:-1])]
            if not found:
                return line
            at = found[0] + 1
        anywhere = line.endswith("…")
    return None


def main():
    results = []

    def say(title, good, why=""):
        results.append(good)
        print("%s: %s" % ("ok" if good else "FAIL", title))
        if not good:
            print(why)

    def run(title, expected, *arguments, folder=None):
        done = obstat(arguments, folder)
        say(title, done.returncode in expected, done.stdout + done.stderr)

    with tempfile.TemporaryDirectory() as folder:
        first, more, policy, test = blocks("yaml", "README.md")
        write(folder, "launch.yaml", first)
        run("README.md: the first manifest is undetermined", [3], "check", folder=folder)
        write(folder, "launch.yaml", first + more)
        run("README.md: the answers clear it", [0], "check", folder=folder)
        write(folder, "launch.yaml", (first + more).replace("markets: FR", "markets: [CN, FR]"))
        run("README.md: another market asks more", [1, 3], "check", folder=folder)
        write(folder, "house/world/cookies.yaml", policy)
        write(folder, "house/world/cookies.test.yaml", test)
        run("README.md: the own rule passes its test", [0], "test", "house", folder=folder)
        run("README.md: and has no flaw", [0], "lint", "house", folder=folder)
        for arguments in commands("README.md"):
            run("README.md: obstat %s" % " ".join(arguments), [0, 1, 3], *arguments, folder=folder)
    for arguments in commands("examples", "README.md"):
        run("examples/README.md: obstat %s" % " ".join(arguments), [0, 1, 3], *arguments, folder=TOP)

    picture, = blocks("", "README.md")
    report = obstat(["check", "--as-of", "2026-12-15", PICTURED], TOP).stdout.splitlines()
    line = missing(picture, report)
    say("README.md: the picture is the report", line is None, "not in the report, or not there: %s" % line)
    say("a picture that is none is seen", missing(picture.replace("Art. 17;", "Art. 18;"), report) is not None)
    say("a line too many is seen", missing(picture.replace("\n    |", "\n 66 |\n    |", 1), report) is not None)

    with tempfile.TemporaryDirectory() as folder:
        policy, test, survivors = blocks("yaml", "rules", "README.md")
        if not os.path.exists(os.path.join(TOP, "rules", "fr", "jurisdiction.yaml")):
            write(folder, "rules/fr/jurisdiction.yaml", FRANCE)
        with open(os.path.join(TOP, "rules", "README.md"), encoding="utf-8") as file:
            readme = file.read()
        say("rules/README.md: says what a place's file holds", all("`%s`" % line in readme for line in FRANCE.splitlines()))
        write(folder, "rules/fr/example.yaml", policy)
        write(folder, "rules/fr/example.test.yaml", test)
        run("rules/README.md: the policy's tests pass", [0], "test", "rules", folder=folder)
        run("rules/README.md: and it has no flaw", [0], "lint", "rules", folder=folder)
        shown, survivor = blocks("", "rules", "README.md")
        line = missing(shown, obstat(["test", "--coverage", "rules"], folder).stdout.splitlines())
        say("rules/README.md: the condition is not shown", line is None, "not told: %s" % line)
        told = obstat(["test", "--mutate", "rules"], folder).stdout.splitlines()
        line = missing(survivor, told)
        say("rules/README.md: the mistake survives", line is None, "not told: %s\n%s" % (line, "\n".join(told)))
        write(folder, "rules/fr/example.test.yaml", test + survivors)
        told = obstat(["test", "--mutate", "rules"], folder).stdout
        say("rules/README.md: the survivor is accepted", " 1 accepted" in told, told)
        write(folder, "rules/fr/phrases.yaml", phrases("rules", "README.md"))
        run("rules/README.md: each condition loads", [0], "rules", "--rules", "rules", "show", "FR-PHRASES-1", folder=folder)
    print("%d passed, %d failed" % (sum(results), results.count(False)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
