#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run the CEL specification's cases that obstat promises to pass.

usage: cel.py OBSTAT FOLDER

FOLDER holds given.ndjson and run.py, which knows how a case is judged; here stands only which of
them are ours: those whose id begins with a word of PROMISED. The rest is about protocol-buffer
messages and extensions that obstat does not have.
"""
import json
import os
import subprocess
import sys
import tempfile

PROMISED = ("basic", "comparisons", "conversions", "fields", "fp_math", "integer_math", "lists", "logic",
            "macros/", "parse", "plumbing", "string/", "timestamps")


def main():
    obstat, folder = sys.argv[1:]
    with open(os.path.join(folder, "given.ndjson"), encoding="utf-8") as lines:
        cases = [line for line in lines if line.strip() and json.loads(line)["id"].startswith(PROMISED)]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".ndjson") as chosen:
        chosen.writelines(cases)
        chosen.flush()
        run = [sys.executable, os.path.join(folder, "run.py"), obstat, chosen.name]
        return subprocess.run(run).returncode


if __name__ == "__main__":
    sys.exit(main())
