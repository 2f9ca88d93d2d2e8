#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many edges of each source file fuzz targets reach: both outcomes of each condition, as
llvm-cov counts them.

usage: edges.py [--build-dir DIR] [--corpus FOLDER] [--mutants N] [--missed] [--least PERCENT]
                [--files PREFIX] [NAME…]

The seeds of seeds.py are replayed, N mutants of them a target (2,000), and FOLDER/NAME, which a run
with --corpus has kept. NAME… are the targets, by default those of CEL; of the files, those whose
path begins with PREFIX (src/cel/) are listed. --missed prints the conditions of which an outcome is
not reached. --least fails if a file is below. Needs clang and llvm-cov; builds in build/edges.
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
CEL = ["cel_parse", "cel_eval", "cel_check", "cel_answer", "regex"]
FLAGS = "-O1 -fprofile-instr-generate -fcoverage-mapping"
# Where a branch of llvm-cov's JSON has what.
LINE, COLUMN, TRUE, FALSE = 0, 1, 4, 5


def build(folder):
    """The program that replays inputs, with counters in it."""
    steps = [["cmake", "-S", TOP, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
              "-DCMAKE_C_COMPILER=clang", "-DCMAKE_C_FLAGS=" + FLAGS],
             ["cmake", "--build", folder, "--target", "fuzz-replay"]]
    for step in steps:
        done = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.exit(done.stdout.decode("utf-8", "replace")[-4000:])
    return os.path.join(folder, "tests", "fuzz", "fuzz-replay")


def replay(program, options, scratch):
    """Runs the targets; what was counted, merged."""
    inputs = os.path.join(scratch, "inputs")
    subprocess.run([sys.executable, os.path.join(HERE, "seeds.py"), inputs], check=True,
                   stdout=subprocess.DEVNULL)
    folders = [(inputs, options.mutants)] + ([(options.corpus, 0)] if options.corpus else [])
    environment = dict(os.environ, LLVM_PROFILE_FILE=os.path.join(scratch, "%p.profraw"))
    for folder, mutants in folders:
        done = subprocess.run([program, "--mutants", str(mutants), folder] + options.name,
                              env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.exit(done.stdout.decode("utf-8", "replace")[-4000:])
    merged = os.path.join(scratch, "merged.profdata")
    subprocess.run(["llvm-profdata", "merge", "-sparse", "-o", merged]
                   + glob.glob(os.path.join(scratch, "*.profraw")), check=True)
    return merged


def edges(program, profile):
    """{file: [branch, …]} of the whole program."""
    text = subprocess.run(["llvm-cov", "export", "-instr-profile", profile, program], check=True,
                          stdout=subprocess.PIPE).stdout
    return {os.path.relpath(file["filename"], TOP): file["branches"]
            for file in json.loads(text)["data"][0]["files"]}


def reached(branches):
    return sum((b[TRUE] > 0) + (b[FALSE] > 0) for b in branches)


def percent(branches):
    return 100.0 * reached(branches) / (2 * len(branches)) if branches else 100.0


def row(name, branches):
    return "%-26s %6d of %5d  %5.1f %%" % (name, reached(branches), 2 * len(branches),
                                           percent(branches))


def missed(name, branches):
    """The conditions that never came out one way, or were never asked."""
    with open(os.path.join(TOP, name), encoding="utf-8") as file:
        lines = file.read().splitlines()
    for b in sorted(branches, key=lambda b: (b[LINE], b[COLUMN])):
        if b[TRUE] and b[FALSE]:
            continue
        what = "never true" if b[FALSE] else "never false" if b[TRUE] else "never asked"
        yield "  %s:%d:%d: %s: %s" % (name, b[LINE], b[COLUMN], what, lines[b[LINE] - 1].strip())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--build-dir", default=os.path.join(TOP, "build", "edges"))
    parser.add_argument("--corpus")
    parser.add_argument("--mutants", type=int, default=2000)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--least", type=float, default=0)
    parser.add_argument("--files", default="src/cel/")
    parser.add_argument("name", nargs="*")
    options = parser.parse_args()
    options.name = options.name or CEL
    if not shutil.which("llvm-cov"):
        sys.exit("edges.py: there is no llvm-cov")
    program = build(os.path.abspath(options.build_dir))
    with tempfile.TemporaryDirectory() as scratch:
        found = edges(program, replay(program, options, scratch))
    low, together = [], []
    for name, branches in sorted(found.items()):
        if not name.startswith(options.files) or not branches:
            continue
        together += branches
        print(row(name, branches))
        if percent(branches) < options.least:
            low.append(name)
        if options.missed:
            print("\n".join(missed(name, branches)))
    print(row("together", together))
    if low:
        print("below %.0f %%: %s" % (options.least, ", ".join(low)))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
