#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The examples of the READMEs work as they stand there.

usage: examples.py OBSTAT

README.md: its manifest can be checked. rules/README.md: its policy loads over the shipped rules, and its
test passes.
"""
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def blocks(*path):
    with open(os.path.join(TOP, *path), encoding="utf-8") as file:
        return re.findall(r"^```yaml\n(.*?)^```", file.read(), re.S | re.M)


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def main():
    obstat, results = sys.argv[1], []

    def run(title, expected, *arguments):
        done = subprocess.run([obstat, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        results.append(done.returncode == expected)
        print("%s: %s" % ("ok" if results[-1] else "FAIL", title))
        if not results[-1]:
            print(done.stdout + done.stderr)

    with tempfile.TemporaryDirectory() as folder:
        manifest, = blocks("README.md")
        run("README.md: the first manifest is undetermined", 3, "check",
            write(folder, "launch.yaml", manifest))
        policy, test = blocks("rules", "README.md")
        pack = os.path.join(folder, "pack")
        write(pack, "vocabulary.yaml", "obstat: vocabulary/v1\nextends: installed\n")
        if not os.path.exists(os.path.join(TOP, "rules", "fr", "jurisdiction.yaml")):
            write(pack, "fr/jurisdiction.yaml", "obstat: jurisdiction/v1\ncode: FR\nname: France\nkind: country\n")
        write(pack, "fr/example.yaml", policy)
        write(pack, "fr/example.test.yaml", test)
        run("rules/README.md: the policy's test passes", 0, "test", "--rules", pack, pack)
    print("%d passed, %d failed" % (sum(results), results.count(False)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
