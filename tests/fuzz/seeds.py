#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gather seeds for the fuzz targets from what the repository has: its own seeds, cases, rules,
examples, and the conformance suites where they are beside it.

usage: seeds.py FOLDER     writes FOLDER/NAME/* for each target
"""
import glob
import hashlib
import json
import os
import re
import sys

import yaml

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONFORMANCE = os.path.join(os.path.dirname(TOP), "shared", "conformance")
LONGEST = 4096
# Keys of policies below which texts are conditions or values of CEL.
CONDITIONS = {"when", "applies", "requires", "except", "binds", "eligible", "engaged", "presume",
              "define", "due", "up_to", "at_least", "is"}
NAMES = "abcdxy"  # variables of the target cel_eval


def read(path):
    with open(path, "rb") as file:
        return file.read()


def files(*patterns):
    for pattern in patterns:
        yield from sorted(glob.glob(os.path.join(TOP, pattern), recursive=True))


class Seeds:
    def __init__(self, folder):
        self.folder = folder
        self.count = {}

    def add(self, target, content):
        if isinstance(content, str):
            content = content.encode("utf-8", "surrogatepass")
        if len(content) > LONGEST:
            return
        folder = os.path.join(self.folder, target)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, hashlib.sha1(content).hexdigest()), "wb") as file:
            file.write(content)
        self.count[target] = self.count.get(target, 0) + 1

    def add_expression(self, text, names=()):
        """`names` are the variables of a case, which become those of the target."""
        self.add("cel_parse", text)
        for old, new in zip(names, NAMES):
            text = re.sub(r"(?<![\w.'\"])%s\b" % re.escape(old), new, text)
        letters = hashlib.sha1(text.encode()).hexdigest()[:6].upper()
        self.add("cel_eval", "0#SYVp\n" + text)
        self.add("cel_eval", letters + "\n" + text)
        self.add("cel_check", "g" + letters + "\n" + text)
        self.add("cel_check", "l" + letters[:2] + "\n" + text)


def own_corpus(seeds):
    for path in files("tests/fuzz/corpus/*/*"):
        seeds.add(os.path.basename(os.path.dirname(path)), read(path))


def case_files(path):
    """The files of the cases of a text file."""
    name, lines = None, []
    for line in read(path).decode().split("\n") + ["@"]:
        if line.startswith("@"):
            if name is not None:
                yield name, "\n".join(lines) + "\n"
            name, lines = (line[6:].strip(), []) if line.startswith("@file ") else (None, [])
        elif name is not None:
            lines.append(re.sub(r"⟦\w+\|([^⟧]*)⟧", r"\1", line))


def cases(seeds):
    targets = {"doc": "yaml", "manifest": "manifest"}  # others: policies
    for path in files("tests/diagnostics/*/*.case"):
        folder = os.path.basename(os.path.dirname(path))
        for name, text in case_files(path):
            if folder == "cel":
                seeds.add_expression(text.rstrip("\n"))
            else:
                target = "json" if name.endswith(".json") else targets.get(folder, "policy")
                seeds.add(target, text)
                seeds.add("yaml", text)
    for path in files("tests/cases/*.case"):
        for name, text in case_files(path):
            seeds.add("json" if name.endswith(".json") else "manifest", text)
    for path in files("tests/cases/cel/*.txt"):
        for block in read(path).decode().split("\n\n"):
            lines = [line for line in block.split("\n") if line and not line.startswith("#")]
            values = [line.split(" = ", 1) for line in lines[1:] if not line.startswith("->")]
            if lines:
                seeds.add_expression(lines[0], [name for name, _ in values])
                texts = ['"%s": %s' % (name, value) for name, value in values]
                seeds.add("cel_answer", '{"expr": %s, "vars": {%s}}'
                          % (json.dumps(lines[0]), ", ".join(texts)))


def conditions(node, inside=False):
    """The texts below the keys that hold conditions."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from conditions(value, inside or key in CONDITIONS)
    elif isinstance(node, list):
        for value in node:
            yield from conditions(value, inside)
    elif inside and isinstance(node, str):
        yield node


def single_rules(text):
    """A policy as many, each with one of its rules."""
    head, found, rules_part = text.decode().partition("\nrules:\n")
    head = re.sub(r"(?m)^\s*#.*\n", "", head)
    for rule in re.split(r"(?m)^(?=  - )", rules_part)[1:]:
        yield head + found + rule


def rules(seeds):
    for path in files("rules/**/*.yaml", "tests/packs/**/*.yaml"):
        text = read(path)
        seeds.add("yaml", text)
        seeds.add("policy", text)
        if os.sep + "lamps" + os.sep in path:
            for policy in single_rules(text):
                seeds.add("policy", policy)
        if b"obstat: test/v1" in text:
            for case in yaml.safe_load(text).get("cases", []):
                if "manifest" in case:
                    seeds.add("manifest", yaml.safe_dump(case["manifest"], sort_keys=False))
        elif b"obstat: policy/v1" in text:
            try:
                policy = yaml.safe_load(text)
            except yaml.YAMLError:  # it is stricter than libyaml in flow maps
                continue
            for condition in conditions(policy):
                seeds.add_expression(condition)
    for path in files("examples/**/*.yaml"):
        seeds.add("yaml", read(path))
        seeds.add("manifest", read(path))


def patterns(seeds):
    source = read(os.path.join(TOP, "tests/unit/cel/regex.c")).decode()
    literal = r'((?:"(?:\\.|[^"\\])*"\s*)+)'
    for pattern, text in re.findall(r"\{%s,\s*%s,\s*'" % (literal, literal), source):
        words = [b"".join(part.encode().decode("unicode_escape").encode("latin-1", "replace")
                          for part in re.findall(r'"((?:\\.|[^"\\])*)"', word))
                 for word in (pattern, text)]
        seeds.add("regex", words[0] + b"\n" + words[1])
    for memory in range(0, 1 << 16, 384):
        seeds.add("regex", bytes([3, memory >> 8, memory & 255]) + b"(a{1,100}b){1,50}[a-z]{9}\nab")


def conformance(seeds):
    given = os.path.join(CONFORMANCE, "cel", "given.ndjson")
    if os.path.exists(given):
        for line in read(given).decode().splitlines():
            case = json.loads(line)
            seeds.add("json", line)
            seeds.add("cel_answer", line)
            seeds.add_expression(case["expr"], list(case.get("vars", {})))
    for path in sorted(glob.glob(os.path.join(CONFORMANCE, "json-test-suite", "*.json"))):
        seeds.add("json", read(path))
    suite = os.path.join(CONFORMANCE, "yaml-test-suite.ndjson")
    if os.path.exists(suite):
        for line in read(suite).decode().splitlines():
            seeds.add("yaml", json.loads(line)["yaml"])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    seeds = Seeds(sys.argv[1])
    for gather in (own_corpus, cases, rules, patterns, conformance):
        gather(seeds)
    print(", ".join("%s %d" % item for item in sorted(seeds.count.items())))


if __name__ == "__main__":
    main()
