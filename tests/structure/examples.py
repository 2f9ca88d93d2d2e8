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

    with tempfile.TemporaryDirectory() as pack:
        policy, test = blocks("yaml", "rules", "README.md")[:2]  # a file and its tests; other blocks are pieces
        if not os.path.exists(os.path.join(TOP, "rules", "fr", "jurisdiction.yaml")):
            write(pack, "fr/jurisdiction.yaml", "obstat: jurisdiction/v1\ncode: FR\nname: France\nkind: country\n")
        write(pack, "fr/example.yaml", policy)
        write(pack, "fr/example.test.yaml", test)
        run("rules/README.md: the policy's test passes", [0], "test", pack)
    print("%d passed, %d failed" % (sum(results), results.count(False)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
