#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run `obstat init` at a terminal of its own, and with answers of all kinds.

usage: interview.py OBSTAT

At a pseudo-terminal the questions are read as a person would read them, and answered one by one.
Then manifests are made of answers drawn from a list of what YAML reads otherwise and of what the
vocabulary offers: each must be read back as it was answered, and checked without a mistake. The
last line: N passed, N failed.
"""
import json
import os
import pty
import random
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "schema"))
from core_yaml import load_all  # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAMPS = os.path.join(TOP, "tests", "packs", "lamps")
SECONDS = 60


class Wrong(Exception):
    """What is wrong with what came."""


class Terminal:
    """A command at a terminal."""

    def __init__(self, folder, command):
        self.seen, self.unread = "", ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ.update(TERM="xterm", NO_COLOR="1")
            os.execv(command[0], command)

    def read(self):
        """What comes next; an empty text at the end."""
        if not select.select([self.fd], [], [], SECONDS)[0]:
            raise Wrong("nothing comes after:\n" + self.seen)
        try:
            text = os.read(self.fd, 4096).decode("utf-8", "replace").replace("\r\n", "\n")
        except OSError:
            text = ""
        self.seen += text
        self.unread += text
        return text

    def wait_for(self, text):
        """Reads up to the text and gives what stood before it."""
        while text not in self.unread:
            if not self.read():
                raise Wrong("`%s` does not come, but:\n%s" % (text, self.seen))
        before, _, self.unread = self.unread.partition(text)
        return before

    def type(self, text):
        os.write(self.fd, text.encode("utf-8"))

    def answer(self, question, text):
        """Answers the question when it is asked."""
        asked = self.wait_for("\n> ") if not self.unread.endswith("> ") else self.unread
        if question not in asked:
            raise Wrong("`%s` is not asked, but:\n%s" % (question, asked))
        self.type(text + "\n")

    def end(self):
        """The exit code, or minus the signal."""
        while self.read():
            pass
        os.close(self.fd)
        status = os.waitpid(self.pid, 0)[1]
        return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)


def expect(what, got, expected):
    if got != expected:
        raise Wrong("%s is %r, not %r" % (what, got, expected))


def manifest_in(folder, name="launch.yaml"):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return load_all(file.read())[0]


def usable(obstat, folder, rules, name="launch.yaml"):
    done = subprocess.run([obstat, "check", "--json", *rules, os.path.join(folder, name)], capture_output=True,
                          text=True, stdin=subprocess.DEVNULL)
    if not done.stdout or any(m["unusable"] for m in json.loads(done.stdout)["manifests"]):
        raise Wrong("it cannot be checked:\n" + done.stderr + done.stdout[-2000:])


# --- at a terminal

def whole(obstat, folder):
    """The shipped vocabulary, with a slip of the pen."""
    t = Terminal(folder, [obstat, "init"])
    t.answer("What is the product called?", "Recipe Box: 2")
    t.answer("Who launches the product?", "tiny")
    t.answer("one or several of: develops, modifies, offers", "develops, ofers")
    t.answer("`ofers` is no value of `activities`: did you mean `offers`?", "develops, offers")
    t.answer("Where is it launched?", "CN, FR")
    t.answer("When does it start there? (CN)", "2026-12-15")
    t.answer("When does it start there? (FR)", "")
    t.answer("What does the product do?", "chat search")
    t.answer("Which AI models are in it", "large-model")
    t.answer("Who provides it? (large-model)", "大模型公司")
    t.answer("To whom is it offered?", "public")
    t.answer("Which ages is it made for?", "none")
    t.wait_for("wrote launch.yaml; next: obstat check launch.yaml")
    expect("the exit code", t.end(), 0)
    usable(obstat, folder, [])
    expect("the manifest", manifest_in(folder), {
        "obstat": "deployment/v1", "operator": "tiny",
        "product": {"name": "Recipe Box: 2", "activities": ["develops", "offers"]},
        "parties": [{"id": "大模型公司"}],
        "models": [{"id": "large-model", "provider": "大模型公司"}],
        "features": [{"does": "chat"}, {"does": "search"}],
        "audience": {"offered_to": "public", "directed_to": "none"},
        "markets": [{"country": "CN", "launch": "2026-12-15"}, {"country": "FR"}]})


def end_of_input(obstat, folder):
    """Ctrl-D ends it, and nothing is written."""
    t = Terminal(folder, [obstat, "init"])
    t.answer("What is the product called?", "Box")
    t.wait_for("Who launches the product?\n> ")
    t.type("\x04")
    t.wait_for("error: the answers end before the last question; nothing was written")
    expect("the exit code", t.end(), 2)
    expect("the folder", os.listdir(folder), [])


def interrupted(obstat, folder):
    """Ctrl-C, too."""
    t = Terminal(folder, [obstat, "init"])
    t.wait_for("What is the product called?\n> ")
    t.type("\x03")
    expect("the end", t.end(), -signal.SIGINT)
    expect("the folder", os.listdir(folder), [])


def taken_meanwhile(obstat, folder):
    """A file that somebody else makes while the answers are given stays as it is."""
    t = Terminal(folder, [obstat, "init", "--rules", LAMPS, "--market", "AA"])
    for question in ("small shop", "cost", "Who sells", "When does it open", "What is sold"):
        t.answer(question, "")
    t.wait_for("Which papers are there?")
    with open(os.path.join(folder, "launch.yaml"), "w", encoding="utf-8") as file:
        file.write("mine\n")
    t.answer("", "plan")
    t.wait_for("error: cannot write launch.yaml: File exists")
    expect("the exit code", t.end(), 4)
    expect("the folder", os.listdir(folder), ["launch.yaml"])
    expect("the file", manifest_in(folder), "mine")


def a_terminal_cannot_be_deceived(obstat, folder):
    """What stands in a question about an answer cannot steer the terminal."""
    t = Terminal(folder, [obstat, "init", "--rules", LAMPS, "--market", "AA"])
    for question in ("small shop", "cost", "Who sells", "When does it open"):
        t.answer(question, "")
    t.answer("What is sold", "lamp")
    t.answer("Who makes it? (lamp)", "a\u202eb")
    t.answer("When was it tested", "")
    t.answer("papers", "")
    expect("the exit code", t.end(), 0)
    expect("the manifest", manifest_in(folder)["firms"], [{"id": "a\u202eb"}])


# --- answers of all kinds

NASTY = ["NO", "no", "7", "007", "1e3", "0x1F", ".5", "-", "- a", "?", "? a", ":", "a:", "a: b", ":a", "a #b", "#a", "~",
         "null", "true", "True", "yes", "on", "*a", "&a", "!a", "!!str a", "%YAML 1.2", "---", "...", "--- a", "@a",
         "`a`", "'a", "\"a", "\\", "\\n", "a\\", "|", "> a", ">-", "{", "}", "{a: b}", "[", "[a]", "]", "<<", "=",
         "2026-01-01", "12:30", "a\u00a0b", "a\u3000b", "大模型", "é", "e\u0301", "🙂", "\u200b", "x" * 300, "a  b",
         "a\tb".replace("\t", " "), "$(ls)", "%s%n", "none of it", "unknown one", "None", "NONE", "Unknown"]


def draw(obstat, rules, questions, rng):
    """One manifest of drawn answers, held to them."""
    with tempfile.TemporaryDirectory() as folder:
        answers, expected = questions(rng)
        done = subprocess.run([obstat, "init", *rules], cwd=folder, capture_output=True, text=True,
                              input="".join(answer + "\n" for answer in answers))
        if done.returncode != 0:
            raise Wrong("%r: exit %d\n%s" % (answers, done.returncode, done.stderr[-2000:]))
        usable(obstat, folder, rules)
        got = manifest_in(folder)
        for path, value in expected.items():
            at = got
            for step in path:
                at = at[step]
            expect("%r: %s" % (answers, path), at, value)


def shipped_questions(rng):
    """Answers to the questions of the shipped vocabulary, and what they must become."""
    name, boss, model, provider = (rng.choice([n for n in NASTY if "," not in n]) for _ in range(4))
    does = rng.sample(["chat", "search", "translation", "payments"], rng.randint(1, 3))
    markets = rng.sample(["CN", "NO", "DE", "US-NY", "IN"], rng.randint(1, 3))
    launches = [rng.choice(["", "2026-12-15", "unknown"]) for _ in markets]
    answers = [name, boss, rng.choice(["", "offers", "develops,offers"]), ", ".join(markets), *launches,
               " ".join(does), model, provider, rng.choice(["", "none", "public"]), ""]
    expected = {("product", "name"): name, ("operator",): boss,
                ("markets",): [dict({"country": m}, **({"launch": d} if d.startswith("2") else {}))
                               for m, d in zip(markets, launches)],
                ("features",): [{"does": d} for d in does],
                ("models",): [{"id": model, "provider": provider}]}
    if provider != boss:
        expected[("parties",)] = [{"id": provider}]
    return answers, expected


def has_terminals():
    try:
        for fd in pty.openpty():
            os.close(fd)
        return True
    except OSError:
        return False


def main():
    obstat = os.path.abspath(sys.argv[1])
    os.environ.pop("OBSTAT_RULES", None)
    passed = failed = 0

    def count(title, action):
        nonlocal passed, failed
        try:
            action()
            passed += 1
        except Wrong as wrong:
            failed += 1
            print("FAIL %s: %s" % (title, wrong))

    terminals = (whole, end_of_input, interrupted, taken_meanwhile, a_terminal_cannot_be_deceived)
    skipped = 0 if has_terminals() else len(terminals)
    if skipped:
        print("skipped: what is asked on a terminal; this machine has none to give (/dev/pts)")
    for case in terminals if not skipped else ():
        with tempfile.TemporaryDirectory() as folder:
            count(case.__doc__, lambda: case(obstat, folder))
    rng = random.Random(20261124)
    for n in range(60):
        count("drawn answers %d" % n, lambda: draw(obstat, [], shipped_questions, rng))
    print("%d passed, %d failed%s" % (passed, failed, ", %d skipped" % skipped if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
