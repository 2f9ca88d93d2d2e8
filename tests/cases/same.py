#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check that the same input gives the same bytes, wherever and by whom the command is run: other
folders, locales, time zones, terminals, environments. Locales that are not there do no harm.

usage: same.py OBSTAT [TIMES]

The last line: N passed, N failed.
"""
import glob
import os
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOCALES = ["C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "ar_SA.UTF-8", "nowhere"]
ZONES = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai", "nonsense"]
FORMS = [["-o", "json"], ["-o", "text"], ["-v", "-o", "text"]]


def environment(number, home):
    """One of many; the number decides, so that a failure can be had again."""
    out = {"PATH": "/usr/bin:/bin", "HOME": home, "TERM": ["dumb", "xterm-256color"][number % 2],
           "LC_ALL": LOCALES[number % len(LOCALES)], "LANG": LOCALES[(number + 1) % len(LOCALES)],
           "TZ": ZONES[number % len(ZONES)], "COLUMNS": str(40 + 13 * number), "FILLER": "x" * (number * 997)}
    if number % 3 == 0:
        out.update(MALLOC_PERTURB_=str(number + 1), USER="somebody")
    return out


def run(obstat, arguments, number, folder):
    """Exit code and output; the manifest and the rules are named by their whole paths."""
    process = subprocess.run([obstat, "check", "--as-of", "2026-12-15"] + arguments, cwd=folder,
                             env=environment(number, folder), stdin=subprocess.DEVNULL, capture_output=True)
    return process.returncode, process.stdout, process.stderr


def main():
    obstat, times = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4
    manifests = sorted(glob.glob(os.path.join(TOP, "examples", "*", "*.yaml")))
    passed = failed = 0
    with tempfile.TemporaryDirectory() as elsewhere:
        for manifest in manifests:
            for form in FORMS:
                first = run(obstat, form + [manifest], 0, TOP)
                for number in range(1, times):
                    folder = [elsewhere, "/", TOP][number % 3]
                    if run(obstat, form + [manifest], number, folder) != first:
                        print("FAIL %s %s: differs in environment %d" % (manifest, " ".join(form), number))
                        failed += 1
                        break
                else:
                    passed += first[0] in (0, 1, 3)
                    failed += first[0] not in (0, 1, 3)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
