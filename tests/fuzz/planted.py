#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plant the bugs of planted/*.patch, one at a time, in a copy of the tree, and show that the fuzz
target that each names finds it within ten minutes.

usage: planted.py [--keep FOLDER] [PATCH…]

Needs clang and git. FOLDER keeps the copy and what is built, for the next run. The last line sums
up: N passed, N failed.
"""
import argparse
import glob
import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
SECONDS = 600


def runner(copy):
    """tests/fuzz/run of the copy, which knows how a target is started."""
    loader = importlib.machinery.SourceFileLoader("fuzz_run", os.path.join(copy, "tests/fuzz/run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("fuzz_run", loader))
    loader.exec_module(module)
    return module


def copy_tree(copy):
    """What git knows of the tree and what is new in it, as it is now."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=TOP, check=True, stdout=subprocess.PIPE).stdout
    for name in listed.decode().split("\0"):
        source, target = os.path.join(TOP, name), os.path.join(copy, name)
        if not name or not os.path.isfile(source):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(source, "rb") as file:
            content = file.read()
        if os.path.exists(target):
            with open(target, "rb") as file:
                if file.read() == content:
                    continue  # nothing to build again
        shutil.copy(source, target)


def apply(copy, patch, *options):
    return subprocess.run(["git", "apply", "-C1", *options, patch], cwd=copy,
                          env=dict(os.environ, GIT_CEILING_DIRECTORIES=os.path.dirname(copy))).returncode == 0


def build(copy, target):
    folder = os.path.join(copy, "build", "fuzz")
    steps = [["cmake", "--build", folder, "--target", target]]
    if not os.path.exists(os.path.join(folder, "build.ninja")):
        steps.insert(0, ["cmake", "--preset", "fuzz"])
    for step in steps:
        done = subprocess.run(step, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.stdout.write(done.stdout.decode("utf-8", "replace")[-4000:])
            return False
    return True


def hunt(copy, name, run):
    """How the target fares: (found, what is said of it)."""
    scratch = os.path.join(copy, "build", "hunt")
    shutil.rmtree(scratch, ignore_errors=True)
    os.makedirs(os.path.join(scratch, "corpus"))
    seeds = os.path.join(scratch, "seeds")
    subprocess.run([sys.executable, os.path.join(copy, "tests/fuzz/seeds.py"), seeds], check=True,
                   stdout=subprocess.DEVNULL)
    command = run.command(os.path.join(copy, "build", "fuzz"), name, os.path.join(scratch, "corpus"),
                          os.path.join(seeds, name), SECONDS)
    began = time.monotonic()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    took = time.monotonic() - began
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode == 0:
        return False, "not found in %d seconds" % took
    units = re.search(r"stat::number_of_executed_units:\s+(\d+)", text)
    why = re.search(r"must hold: .*\n.*|runtime error: .*|ERROR: .*", text)
    return True, "found after %.1f s, %s executions%s: %s" % (
        took, units.group(1) if units else "?", "" if "INITED" in text else " (by a seed)",
        " ".join(why.group(0).split())[:160] if why else "?")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--keep")
    parser.add_argument("patch", nargs="*")
    options = parser.parse_args()
    patches = options.patch or sorted(glob.glob(os.path.join(HERE, "planted", "*.patch")))
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        copy = os.path.abspath(options.keep or os.path.join(scratch, "copy"))
        copy_tree(copy)
        run = runner(copy)
        for patch in map(os.path.abspath, patches):
            with open(patch, encoding="utf-8") as file:
                name = re.match(r"target: (\w+)\n", file.read()).group(1)
            title = os.path.basename(patch)
            if not apply(copy, patch):
                found, said = False, "the patch does not apply"
            elif not build(copy, "fuzz-" + name):
                found, said = False, "it does not build"
            else:
                found, said = hunt(copy, name, run)
            if said != "the patch does not apply":
                apply(copy, patch, "--reverse")
            failed += not found
            print("%s: %s by %s: %s" % ("ok" if found else "FAIL", title, name, said), flush=True)
    print("%d passed, %d failed" % (len(patches) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
