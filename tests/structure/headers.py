#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compile each header by itself: nobody has to include another one first, and twice does no harm.
The public header also compiles as C11 and C++17, pedantically, without anything of src/.

The compilers are those of CC and CXX, else cc and c++.
"""
import glob
import os
import shlex
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CC = shlex.split(os.environ.get("CC", "cc"))
CXX = shlex.split(os.environ.get("CXX", "c++"))
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def headers_below(folder):
    """All headers there, as an include names them."""
    paths = glob.glob(os.path.join(TOP, folder, "**", "*.h"), recursive=True)
    return sorted(os.path.relpath(path, os.path.join(TOP, folder)) for path in paths)


def compiles(command, header):
    twice = '#include "%s"\n' % header * 2
    run = subprocess.run(command + WARNINGS + ["-fsyntax-only", "-"], cwd=TOP, input=twice, text=True,
                         stderr=subprocess.PIPE)
    sys.stdout.write(run.stderr)
    return run.returncode == 0


def main():
    c17 = CC + ["-xc", "-std=c17", "-Wstrict-prototypes", "-Iinclude"]
    alone = [("C17", c17), ("C11", CC + ["-xc", "-std=c11", "-Iinclude"]),
             ("C++17", CXX + ["-xc++", "-std=c++17", "-Iinclude"])]
    cases = [(header, "C17", c17 + ["-Isrc"]) for header in headers_below("src")]
    cases += [(header, *language) for header in headers_below("include") for language in alone]
    failed = 0
    for header, language, command in cases:
        ok = compiles(command, header)
        failed += not ok
        print("%s: %s, as %s" % ("ok" if ok else "FAIL", header, language))
    print("%d passed, %d failed" % (len(cases) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
