#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Show that tests/run counts what its runners say, and that none of them can fail unseen."""
import contextlib
import importlib.machinery
import importlib.util
import io
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# title · shell commands of a runner · what it counts
CASES = [
    ("a closing line is read", "echo noise; echo '3 passed, 0 failed'", (3, 0, 0)),
    ("skipped tests are read", "echo '3 passed, 0 failed, 2 skipped'", (3, 0, 2)),
    ("failures are read", "echo '3 passed, 2 failed'; exit 1", (3, 2, 0)),
    ("a bad status is a failure", "echo '3 passed, 0 failed'; exit 1", (3, 1, 0)),
    ("a signal is a failure", "echo '3 passed, 0 failed'; kill -9 $$", (3, 1, 0)),
    ("silence is a failure", "exit 0", (0, 1, 0)),
    ("nothing tested is a failure", "echo '0 passed, 0 failed'", (0, 1, 0)),
    ("a line that is not the last does not count", "echo '3 passed, 0 failed'; echo; echo more", (0, 1, 0)),
    ("a line inside a sentence does not count", "echo 'so 3 passed, 0 failed'", (0, 1, 0)),
    ("a runner that hangs is a failure", "echo '3 passed, 0 failed'; sleep 60", (3, 1, 0)),
    ("a runner gets no input", "read x; echo \"$? passed, 0 failed\"", (1, 0, 0)),
]


def load():
    loader = importlib.machinery.SourceFileLoader("driver", os.path.join(TOP, "tests", "run"))
    driver = importlib.util.module_from_spec(importlib.util.spec_from_loader("driver", loader))
    loader.exec_module(driver)
    driver.SECONDS = 2
    return driver


def main():
    sys.dont_write_bytecode = True
    driver = load()
    runners = [(title, driver.Runner("a runner", [], ["/bin/sh", "-c", text]), count)
               for title, text, count in CASES]
    runners.append(("a command that is not there is a failure",
                    driver.Runner("a runner", [], [os.path.join(TOP, "no-such-command")]), (0, 1, 0)))
    runners.append(("what outside data lacks is skipped",
                    driver.Runner("a runner", [os.path.join(TOP, "no-such-data")], ["false"]), (0, 0, 1)))
    failed = 0
    for title, runner, count in runners:
        with contextlib.redirect_stdout(io.StringIO()):
            counted = tuple(driver.run(runner))
        failed += counted != count
        print("ok: " + title if counted == count else "FAIL: %s: %s, not %s" % (title, counted, count))
    print("%d passed, %d failed" % (len(runners) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
