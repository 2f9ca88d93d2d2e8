#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check the JSON reports of the examples against the form that the reference gives them: every member
is there, with its type, findings stand in their order, and what refers to something finds it.

usage: report.py OBSTAT

The last line: N passed, N failed.
"""
import datetime
import glob
import json
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAMPS = os.path.join(TOP, "tests", "packs", "lamps")
OUTCOMES = {"met", "violated", "undetermined", "review", "upcoming", "grace", "waived",
            "not-applicable", "not-ours", "error"}
SEVERITIES = {"blocker", "major", "minor", "advice"}

# A world in which every part of a report has something to say.
LAMP_MANIFEST = """obstat: deployment/v1
boss: acme
shop: {price: 100, harm: false}
papers: none
firms: [{id: acme, land: BB, offices: BB}, {id: luma, name: Luma Works, land: AA, jobs: [{job: tester, stage: talks}]}]
things: [{id: a, sort: lamp, colour: red}, {id: k, sort: kettle}]
lands: [{land: AA, opens: 2026-06-10, seats: 3}]
"""


# --- types

def is_text(value):
    return isinstance(value, str)


def is_number(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_truth(value):
    return isinstance(value, bool)


def is_date(value):
    try:
        return is_text(value) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def one_of(words):
    return lambda value: value in words


def or_null(test):
    return lambda value: value is None or test(value)


def is_digest(value):
    return is_text(value) and value.startswith("sha256:") and len(value) == 71


def list_of(test):
    return lambda value: isinstance(value, list) and all(test(item) for item in value)


class Shape:
    """A map with these members, each of which the test holds for; others may stand beside them."""

    def __init__(self, **members):
        self.members = members

    def wrong(self, value, where):
        if not isinstance(value, dict):
            return ["%s is no map" % where]
        out = []
        for name, test in self.members.items():
            name = name.rstrip("_")
            if name not in value:
                out.append("%s has no `%s`" % (where, name))
            elif isinstance(test, Shape):
                out += test.wrong(value[name], "%s.%s" % (where, name))
            elif isinstance(test, list):
                out += ["%s.%s is no list" % (where, name)] if not isinstance(value[name], list) else [
                    line for i, item in enumerate(value[name])
                    for line in test[0].wrong(item, "%s.%s[%d]" % (where, name, i))]
            elif not test(value[name]):
                out.append("%s.%s is %r" % (where, name, value[name]))
        return out


PLACE = dict(line=is_number, column=is_number)
FINDING = Shape(
    id=is_number, manifest=is_number, market=is_text, place=is_text, rule=is_text, subject=is_text,
    outcome=one_of(OUTCOMES), severity=one_of(SEVERITIES),
    at=Shape(file=is_text, end_line=is_number, end_column=is_number, path=is_text, **PLACE),
    because=[Shape(path=is_text, value=is_text, **PLACE)], needs=[Shape(path=is_text, exact=is_truth)],
    from_=or_null(is_date), from_cites=or_null(is_text), due=or_null(is_date), grace_until=or_null(is_date), exception=lambda value: True,
    waiver=or_null(is_text),
    ways=[Shape(title=is_text, role=or_null(is_text), lead_time=or_null(is_text), advice=is_truth)])
CANDIDATE = Shape(
    party=or_null(is_text), name=is_text, from_=one_of({"manifest", "registry"}),
    eligible=or_null(is_truth), engaged=or_null(is_truth), state=or_null(is_text),
    evidence=[Shape(registry=is_text, number=is_text)], lacks=list_of(is_text))
REPORT = Shape(
    obstat=one_of({"report/v1"}), version=is_text, known_on=or_null(is_date), exit=one_of({0, 1, 2, 3}),
    manifests=[Shape(file=is_text, digest=is_digest)], rules_folders=[Shape(path=is_text, digest=is_digest)],
    clearances=[Shape(
        manifest=is_number, market=is_text, name=is_text, as_of=is_date,
        clearance=one_of({"blocked", "undetermined", "uncovered", "cleared"}), rests_on=list_of(is_text),
        counts=Shape(**dict.fromkeys(OUTCOMES, is_number)))],
    findings=[FINDING],
    roles=[Shape(role=is_text, title=is_text, places=list_of(is_text), findings=list_of(is_number),
                 candidates=[CANDIDATE], more=is_number)],
    questions=[Shape(path=is_text, ask=is_text, decides=list_of(is_number))],
    rules=lambda value: isinstance(value, dict), policies=lambda value: isinstance(value, dict),
    diagnostics=lambda value: isinstance(value, list))
RULE = Shape(policy=is_text, title=is_text, cites=is_text, basis=is_text, kind=is_text, file=is_text,
             line=is_number, reviewed=or_null(lambda r: is_date(r["on"]) and is_text(r["confidence"])))
POLICY = Shape(name=is_text, native=or_null(is_text), number=or_null(is_text), url=is_text, jurisdiction=is_text)


# --- one report

def wrong_with(report):
    """All that is wrong with a report, as sentences."""
    out = REPORT.wrong(report, "report")
    if out:
        return out
    for name, rule in report["rules"].items():
        out += RULE.wrong(rule, "rules." + name)
        if rule.get("policy") not in report["policies"]:
            out.append("rules.%s is of a policy that is not there" % name)
    for name, policy in report["policies"].items():
        out += POLICY.wrong(policy, "policies." + name)
    findings = report["findings"]
    order = [(f["manifest"], f["market"], f["place"], f["rule"], f["subject"]) for f in findings]
    keys = {(c["manifest"], c["market"]): i for i, c in reversed(list(enumerate(report["clearances"])))}
    if order != sorted(order, key=lambda key: (key[0], keys[key[:2]]) + key[2:]):
        out.append("findings are not in order")
    for i, finding in enumerate(findings):
        if finding["id"] != i or finding["rule"] not in report["rules"]:
            out.append("findings[%d] has a wrong id, or a rule that is not there" % i)
    for role in report["roles"]:
        out += ["a role is about no finding" for i in role["findings"] if i >= len(findings)]
    for question in report["questions"]:
        for i in question["decides"]:
            if question["path"] not in [need["path"] for need in findings[i]["needs"]]:
                out.append("findings[%d] does not need %s" % (i, question["path"]))
    for clearance in report["clearances"]:
        here = [f["outcome"] for f in findings
                if (f["manifest"], f["market"], f["place"]) ==
                (clearance["manifest"], clearance["market"], clearance["place"])]
        counts = {name: here.count(name) for name in OUTCOMES}
        if counts != {name: clearance["counts"][name] for name in OUTCOMES}:
            out.append("the counts of %s are wrong" % clearance["place"])
    return out


def main():
    obstat = os.path.abspath(sys.argv[1])
    examples = sorted(glob.glob(os.path.join(TOP, "examples", "*", "*.yaml")))
    runs = [(path, [path], None) for path in examples] + [("all examples", examples, None)]
    runs.append(("the world of lamps", ["--rules", LAMPS, "--as-of", "2026-06-15", "-"], LAMP_MANIFEST))
    passed = failed = 0
    for title, arguments, text in runs:
        process = subprocess.run([obstat, "check", "--json"] + arguments, input=text, capture_output=True, text=True)
        report = json.loads(process.stdout)
        wrong = wrong_with(report)
        if report.get("exit") != process.returncode:
            wrong.append("exit is %s, the command's %d" % (report.get("exit"), process.returncode))
        if wrong:
            print("FAIL %s\n  %s" % (title, "\n  ".join(wrong[:20])))
        failed += bool(wrong)
        passed += not wrong
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
