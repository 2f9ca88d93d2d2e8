#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every shipped rule has a test for each outcome that it can have, and for both sides of its dates.

usage: tested.py [--count]

Reads rules/*/*.yaml and their *.test.yaml, runs nothing: whether a test passes is for `obstat test`. For
each rule there is a test that expects met, violated, undetermined, not applicable, and not ours where it says whom
it binds (a prohibition demands nothing, so that it is never met); for each day on which
its law begins, ends or changes, one on the day before and one on the day, which expect different things;
where it falls due later, one on the last day in time and one on the next; each date that a condition names
stands in a test beside a neighbour. Each case says which sentence of its source decides it.

What a rule cannot be stands in tested.yaml, each with its reason. --count: how many rules have what.
"""
import collections
import datetime
import glob
import os
import re
import sys

import yaml

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXEMPT = os.path.join(TOP, "tests", "structure", "tested.yaml")
OUTCOMES = ["met", "violated", "undetermined", "not-applicable", "not-ours"]
LATER = {"upcoming"}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What a source is called by has a number: an article, an annex, an order, a notice and its day; a bare remark has none.
NUMBER = re.compile(r"\d")
LENT = ["each", "binds", "applies", "except"]  # by a chapter to its rules, in addition to theirs
OTHERS = {"reviewed", "note", "title", "cites", "ways", "sanction", "rules", "chapter", "id", "url"}

Rule = collections.namedtuple("Rule", "id outcomes starts due dates")
Seen = collections.namedtuple("Seen", "as_of known_on outcomes dates")


def day(text, by):
    return (datetime.date.fromisoformat(text) + datetime.timedelta(days=by)).isoformat()


def scalars(node):
    """All texts below a node of YAML, keys aside."""
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from scalars(inner)
    elif node is not None:
        yield str(node)


def windows(node):
    """The days on which something begins or ends below a node, without its texts and sanctions."""
    if isinstance(node, dict):
        for key, inner in node.items():
            if key in ("from", "until") and isinstance(inner, str):
                yield inner
            elif key not in OTHERS:
                yield from windows(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from windows(inner)


def versions(node):
    """The days on which a later version of something became known: the first version has none before it."""
    if isinstance(node, list):
        known = sorted({case["known"] for case in node if isinstance(case, dict) and "known" in case})
        first = any(isinstance(case, dict) and "known" not in case for case in node)
        yield from known if first else known[1:]
    if isinstance(node, (dict, list)):
        for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
            if key not in OTHERS:
                yield from versions(inner)


def reads(policy, node):
    """A node of a rule and the definitions and parameters that it reads, and they read."""
    named = {re.match(WORD, name).group(): inner
             for part in ("define", "parameters") for name, inner in (policy.get(part) or {}).items()}
    found, waiting = {}, [node]
    while waiting:
        node = waiting.pop()
        for word in {word for text in scalars(node) for word in WORD.findall(text)} - set(found):
            if word in named:
                found[word] = named[word]
                waiting.append(named[word])
    return list(found.values())


def in_force(policy):
    status = policy["status"] if isinstance(policy["status"], list) else [policy["status"]]
    return [case["from"] for case in status if case["is"] == "in force" and "from" in case]


def read_rule(policy, own, chapter):
    """What the rule needs tests for: days of windows, days of versions, a deadline, dates in conditions."""
    rule = {**{key: value for key, value in chapter.items() if key not in OTHERS}, **own}
    lent = {key: [chapter[key], own[key]] for key in LENT if key in chapter and key in own}
    rule.update(lent)
    text = {key: inner for key, inner in rule.items() if key not in OTHERS}
    whole = [text] + reads(policy, text)
    begins = rule.get("effective") or [{"from": start} for start in in_force(policy)]
    starts = set(windows(begins)) | {start for node in whole for start in windows(node)}
    known = {start for node in whole for start in versions(node)}
    literal = set(re.findall(r"date\('(\d{4}-\d{2}-\d{2})'\)", "\n".join(t for node in whole for t in scalars(node))))
    never = {"met"} if rule.get("kind") == "prohibition" else set()
    never |= set() if "binds" in rule else {"not-ours"}
    return Rule(own["id"], [outcome for outcome in OUTCOMES if outcome not in never],
                {("as_of", d) for d in starts} | {("known_on", d) for d in known}, "due" in rule, literal)


def read_rules(policy):
    for entry in policy["rules"]:
        for own in entry["rules"] if "chapter" in entry else [entry]:
            yield read_rule(policy, own, entry if "chapter" in entry else {})


def launch(case, place):
    """The launch in a place, of the patch or else of the manifest."""
    for part in ("with", "manifest"):
        markets = (case.get(part) or {}).get("markets") or []
        for market in markets if isinstance(markets, list) else [markets]:
            if isinstance(market, dict) and market.get("country") == place and "launch" in market:
                return market["launch"]
    return None


def read_case(case):
    """What a case expects of each rule that it names."""
    dates = set(DATE.findall("\n".join(scalars([case.get("manifest"), case.get("with"), case.get("as_of")]))))
    for place, rules in case["expect"].items():
        for rule, expected in rules.items():
            if rule == "clearance":
                continue
            one = not isinstance(expected, dict) or "outcome" in expected
            each = [expected] if one else list(expected.values())
            outcomes = {e["outcome"] if isinstance(e, dict) else e for e in each}
            yield rule, Seen(case.get("as_of") or launch(case, place), case.get("known_on"), outcomes, dates)


def pair(seen, axis, first, second):
    """Whether two tests on these days of an axis, equal on the other one, expect different things."""
    other = {"as_of": "known_on", "known_on": "as_of"}[axis]
    return any(getattr(a, axis) == first and getattr(b, axis) == second and getattr(a, other) == getattr(b, other)
               and a.outcomes != b.outcomes for a in seen for b in seen)


def deadline(seen, starts):
    """Whether the rule is still to come on some day, and not on the next, for another reason than its start."""
    return any(a.outcomes & LATER and b.as_of == day(a.as_of, 1) and not b.outcomes & LATER
               and ("as_of", b.as_of) not in starts for a in seen if a.as_of for b in seen)


def lacks(rule, seen):
    """What has no test, in the words that tested.yaml uses."""
    expected = set().union(*(s.outcomes for s in seen)) if seen else set()
    yield from (outcome for outcome in rule.outcomes if outcome not in expected)
    for axis, start in sorted(rule.starts):
        if not pair(seen, axis, day(start, -1), start):
            yield "%s %s" % ({"as_of": "from", "known_on": "known"}[axis], start)
    if rule.due and not deadline(seen, rule.starts):
        yield "due"
    stated = set().union(*(s.dates for s in seen)) if seen else set()
    for date in sorted(rule.dates):
        if date not in stated or not {day(date, -1), day(date, 1)} & stated:
            yield "date " + date


def sources(case):
    """Whether a case says what decides it: an article, a section, a standard, a decision with its number."""
    return isinstance(case.get("cites"), str) and NUMBER.search(case["cites"]) is not None


def all_seen(tests):
    """Rule → what the cases expect of it."""
    seen = collections.defaultdict(list)
    for test in tests.values():
        for case in test["cases"]:
            for rule, expected in read_case(case):
                seen[rule].append(expected)
    return seen


def problems(policies, tests, exempt):
    """All that lacks. policies: documents; tests: name of the file → document; exempt: rule → lack → reason."""
    for name, test in sorted(tests.items()):
        for case in test["cases"]:
            if not sources(case):
                yield "%s: %s: cites no article" % (name, case["name"])
    seen = all_seen(tests)
    rules = {rule.id: rule for policy in policies for rule in read_rules(policy)}
    for name, rule in rules.items():
        lacking, excused = list(lacks(rule, seen[name])), exempt.get(name) or {}
        for lack in lacking:
            if lack not in excused:
                yield "%s: no test: %s" % (name, lack)
        for lack, reason in excused.items():
            if lack not in lacking:
                yield "%s: has a test, or needs none, and is excused: %s" % (name, lack)
            elif not isinstance(reason, str) or len(reason.split()) < 4:
                yield "%s: say why there is no test: %s" % (name, lack)
    for name in sorted(set(exempt) - set(rules)):
        yield "%s: there is no such rule to excuse" % name


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.BaseLoader)


def shipped():
    """The policies and tests of rules/, and what is excused."""
    policies, tests = [], {}
    for path in sorted(glob.glob(os.path.join(TOP, "rules", "*", "*.yaml"))):
        document = load(path)
        if document["obstat"] == "policy/v1":
            policies.append(document)
        elif document["obstat"] == "test/v1":
            tests[os.path.relpath(path, TOP)] = document
    return policies, tests, load(EXEMPT)["rules"] or {}


def count(policies, tests):
    """For each outcome: how many rules have a test for it, of those that can have it."""
    rules = [rule for policy in policies for rule in read_rules(policy)]
    seen = all_seen(tests)
    print("%d rules, %d cases" % (len(rules), sum(len(test["cases"]) for test in tests.values())))
    for outcome in OUTCOMES:
        can = [rule for rule in rules if outcome in rule.outcomes]
        have = [rule for rule in can if any(outcome in s.outcomes for s in seen[rule.id])]
        print("  %-15s %d of %d" % (outcome, len(have), len(can)))
    dates = [lack for rule in rules for lack in lacks(rule, seen[rule.id]) if lack not in OUTCOMES]
    print("  %-15s %d without a test for both sides" % ("days", len(dates)))


def main():
    policies, tests, exempt = shipped()
    if sys.argv[1:] == ["--count"]:
        count(policies, tests)
        return 0
    found = list(problems(policies, tests, exempt))
    for problem in found:
        print("FAIL: " + problem)
    rules = sum(1 for policy in policies for _ in read_rules(policy))
    print("%d passed, %d failed" % (0 if found else rules, len(found)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
