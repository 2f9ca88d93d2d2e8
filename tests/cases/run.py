#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run the cases of tests/cases through the command; README.md there has their form.

usage: run.py OBSTAT [--fail-allocations STRIDE] [WORD]

With WORD only cases whose file or title has it. The last line: N passed, N failed.
"""
import argparse
import collections
import glob
import json
import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
PLACES = {pack: os.path.join(TOP, "tests", "packs", pack) for pack in ("lamps", "stand")}
PLACES["top"] = TOP
SECONDS, BYTES = 2, 256 << 20

Line = collections.namedtuple("Line", "word text block number")


class Wrong(Exception):
    """What is wrong with what the command did, or with the case."""


# --- reading cases

def read_cases(path):
    """Yields (title, lines) for each case of a file."""
    title, lines = None, []
    with open(path, encoding="utf-8", newline="") as file:
        for number, raw in enumerate(file.read().split("\n"), 1):
            match = re.match(r"@(\S+) ?(.*)", raw)
            if not match:
                if lines:
                    lines[-1].block.append(raw)
                continue
            if match.group(1) == "case":
                if title:
                    yield title, lines
                title, lines = match.group(2), []
            lines.append(Line(match.group(1), match.group(2), [], number))
    if title:
        yield title, lines


def block_text(line):
    """The lines below a directive, without the blank ones that set off what follows."""
    block = list(line.block)
    while block and not block[-1]:
        block.pop()
    return "".join(text + "\n" for text in block)


def unescape(text):
    """Bytes of a file: « » notation resolved."""
    end = text.find("«end»")
    if end >= 0:
        text = text[:end]
    out = b""
    for piece in re.split(r"(«[^»]*»)", text):
        if piece.startswith("«"):
            body, _, times = piece[1:-1].partition("*")
            out += bytes.fromhex(body) * int(times or 1)
        else:
            out += piece.encode("utf-8")
    return out


MARK = re.compile(r"⟦(\w+)\|")


def take_marks(name, text, marks):
    """The text without its marks, whose spans (1-based, columns in code points) go into `marks`."""
    out, open_marks, line, column = [], [], 1, 1
    at = 0
    while at < len(text):
        match = MARK.match(text, at)
        if match:
            open_marks.append((match.group(1), line, column))
            at = match.end()
        elif text[at] == "⟧":
            mark, from_line, from_column = open_marks.pop()
            marks[mark] = (name, from_line, from_column, line, column)
            at += 1
        else:
            out.append(text[at])
            newline = text[at] == "\n" or (text[at] == "\r" and text[at + 1:at + 2] != "\n")
            line, column = (line + 1, 1) if newline else (line, column + 1)
            at += 1
    return "".join(out)


# --- running

def make_files(folder, lines, marks):
    for line in lines:
        words = line.text.split(" ")
        path = os.path.join(folder, words[0])
        if line.word in ("file", "folder", "fifo", "link"):
            os.makedirs(os.path.dirname(path), exist_ok=True)
        if line.word == "file":
            text = take_marks(line.text, block_text(line).replace("«0D»", "\r").replace("«09»", "\t"), marks)
            with open(path, "wb") as file:
                file.write(unescape(text))
        elif line.word == "folder":
            os.makedirs(path, exist_ok=True)
        elif line.word == "fifo":
            os.mkfifo(path)
        elif line.word == "link":
            os.symlink(words[1], path)
        elif line.word == "mode":
            os.chmod(path, int(words[1], 8))


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(obstat, sanitized, folder, lines, extra=""):
    """Runs the case's command: (exit code, stdout, stderr)."""
    command = next(line.text for line in lines if line.word == "run")
    for name, path in PLACES.items():
        command = command.replace("{%s}" % name, shlex.quote(path))
    if extra:
        command = re.sub(r"\bobstat (\w+)", r"obstat \1 " + extra, command, count=1)
    environment = {"PATH": os.path.dirname(obstat) + ":/usr/bin:/bin"}
    for line in lines:
        if line.word == "env":
            name, _, value = line.text.partition("=")
            environment[name] = value
    process = subprocess.Popen(["/bin/sh", "-c", command], cwd=folder, env=environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               preexec_fn=None if sanitized else limited)
    try:
        out, err = process.communicate(timeout=SECONDS * (20 if sanitized else 1))
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Wrong("took longer than %d seconds" % SECONDS)
    return process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")


# --- judging

def span_of(at):
    return (at.get("file"), at.get("line"), at.get("column"), at.get("end_line"), at.get("end_column"))


def the_report(out):
    try:
        report = json.loads(out)
    except ValueError as problem:
        raise Wrong("standard output is no JSON report: %s" % problem)
    if json.dumps(report, indent=2, ensure_ascii=False) + "\n" != out:
        raise Wrong("the JSON report is not in its one layout")
    return report


def judge_finding(line, report, marks):
    mark, place, rule, *rest = line.text.split()
    subject, outcome = (rest[0], rest[1]) if len(rest) == 2 else ("", rest[0])
    found = [f for f in report["findings"]
             if (f["place"], f["rule"], f["subject"]) == (place, rule, subject)]
    if not found:
        raise Wrong("no finding %s %s %s" % (place, rule, subject))
    if found[0]["outcome"] != outcome:
        raise Wrong("%s %s is %s, not %s" % (rule, subject, found[0]["outcome"], outcome))
    if span_of(found[0]["at"]) != marks[mark]:
        raise Wrong("%s is at %s, not at %s" % (rule, span_of(found[0]["at"]), marks[mark]))
    return found[0]


def judge_because(line, finding, marks):
    mark, path = line.text.split()
    spans = [span_of(reason) for reason in finding["because"] if reason["path"] == path]
    if marks[mark] not in spans:
        raise Wrong("because %s at %s, got %s" % (path, marks[mark],
                                                  [(r["path"], span_of(r)) for r in finding["because"]]))


def judge_diagnostic(line, report, marks):
    mark, code = line.text.split()
    spans = [(d["code"],) + span_of(d) for d in report["diagnostics"]]
    if (code,) + marks[mark] not in spans:
        raise Wrong("no diagnostic %s at %s, but %s" % (code, marks[mark], spans))


def judge_line(line, where, texts):
    """The line stands there, behind the last one that was found."""
    lines, at = texts[where]
    for i in range(at, len(lines)):
        if lines[i].strip() == line.text.strip():
            texts[where] = (lines, i + 1)
            return
    raise Wrong("no line `%s` in %s" % (line.text, where))


def judge(lines, marks, code, out, err):
    texts = {"stdout": (out.split("\n"), 0), "stderr": (err.split("\n"), 0)}
    report = finding = None
    if any(line.word in ("finding", "diagnostic") for line in lines):
        report = the_report(out)
    exits = [line.text for line in lines if line.word == "exit"]
    if exits != [str(code)]:
        raise Wrong("exit %d, expected %s" % (code, exits))
    for line in lines:
        if line.word in ("stdout", "stderr"):
            got = out if line.word == "stdout" else err
            if got != unescape(block_text(line)).decode("utf-8"):
                raise Wrong("%s is:\n%s" % (line.word, got))
        elif line.word == "out":
            judge_line(line, "stdout", texts)
        elif line.word == "err":
            judge_line(line, "stderr", texts)
        elif line.word == "none" and line.text in out + err:
            raise Wrong("`%s` is in the output" % line.text)
        elif line.word == "finding":
            finding = judge_finding(line, report, marks)
        elif line.word == "because":
            judge_because(line, finding, marks)
        elif line.word == "diagnostic":
            judge_diagnostic(line, report, marks)


KNOWN = {"case", "file", "folder", "fifo", "link", "mode", "env", "run", "exit", "stdout", "stderr",
         "out", "err", "none", "finding", "because", "diagnostic", "memory"}


def run_case(obstat, sanitized, lines):
    marks = {}
    for line in lines:
        if line.word not in KNOWN:
            raise Wrong("line %d: there is no @%s" % (line.number, line.word))
    with tempfile.TemporaryDirectory() as folder:
        make_files(folder, lines, marks)
        code, out, err = run(obstat, sanitized, folder, lines)
    try:
        judge(lines, marks, code, out, err)
    except Wrong as wrong:
        raise Wrong("%s\n--- stdout\n%s--- stderr\n%s---" % (wrong, out[:4000], err[:4000]))


def fail_allocations(obstat, sanitized, lines, stride):
    """Every stride-th allocation fails once: exit 4, or the right answer."""
    with tempfile.TemporaryDirectory() as folder:
        make_files(folder, lines, {})
        code, out, err = run(obstat, sanitized, folder, lines, "--count-allocations")
        count = int(re.search(r"^allocations: (\d+)$", err, re.M).group(1))
        for n in range(1, count + 1, stride):
            got, text, said = run(obstat, sanitized, folder, lines, "--fail-allocation %d" % n)
            if got == 4 and "memory" in said:
                continue
            if (got, text) != (code, out):
                raise Wrong("allocation %d of %d fails: exit %d\n%s" % (n, count, got, said[:4000]))
    return len(range(1, count + 1, stride))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("obstat")
    parser.add_argument("--fail-allocations", type=int, metavar="STRIDE")
    parser.add_argument("word", nargs="?", default="")
    options = parser.parse_args()
    obstat = os.path.abspath(options.obstat)
    with open(obstat, "rb") as file:
        sanitized = b"__asan_init" in file.read()
    passed = failed = 0
    for path in sorted(glob.glob(os.path.join(HERE, "**", "*.case"), recursive=True)):
        for title, lines in read_cases(path):
            if options.word not in os.path.basename(path) + " " + title:
                continue
            if options.fail_allocations and not any(line.word == "memory" for line in lines):
                continue
            try:
                if options.fail_allocations:
                    fail_allocations(obstat, sanitized, lines, options.fail_allocations)
                else:
                    run_case(obstat, sanitized, lines)
                passed += 1
            except Wrong as wrong:
                failed += 1
                print("FAIL %s:%d: %s: %s" % (os.path.relpath(path, TOP), lines[0].number, title, wrong))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
