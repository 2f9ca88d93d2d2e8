#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make rules/places.yaml, the codes of all places that a market may name, from Debian's iso-codes.

usage: places.py [--write | --check] [--iso-codes DIR]

Prints the file; --write writes it; --check says where rules/places.yaml differs from what would be
written and ends with the closing line of a test runner. The codes are those of ISO 3166-1 (alpha-2)
and ISO 3166-2; a name is the common one where iso-codes has it (South Korea).
"""
import argparse
import difflib
import json
import os
import re
import sys
import unicodedata

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FILE = os.path.join(TOP, "rules", "places.yaml")
HEAD = """\
# Every place that a market may name: countries by ISO 3166-1 alpha-2, their parts by ISO 3166-2. A place without
# policies is reported as uncovered; a code that is neither here nor in a jurisdiction is an error, so that a slip
# never passes for a country without law. Groups (EU) are jurisdictions, not places. Made by tests/tools/places.py
# from Debian's iso-codes; change it there. `parts`: a line each, code and name. `same_as` at the end: codes of parts that have a country's code too, and
# the law of that, so that CN-HK is HK and does not lie in CN.
obstat: places/v1

places:
"""
# Parts that ISO 3166-1 lists as countries too: their law is their own until a jurisdiction says more.
SAME_AS = """CN-HK=HK CN-MO=MO CN-TW=TW FI-01=AX FR-971=GP FR-972=MQ FR-973=GF FR-974=RE FR-976=YT FR-BL=BL FR-GF=GF FR-GP=GP
FR-MF=MF FR-MQ=MQ FR-NC=NC FR-PF=PF FR-PM=PM FR-RE=RE FR-TF=TF FR-WF=WF FR-YT=YT NL-AW=AW NL-BQ1=BQ-BO NL-BQ2=BQ-SA
NL-BQ3=BQ-SE NL-CW=CW NL-SX=SX NO-21=SJ NO-22=SJ US-AS=AS US-GU=GU US-MP=MP US-PR=PR US-UM=UM US-VI=VI"""
# What YAML 1.1 takes for a boolean or null, and what manifests take for a state.
WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "unknown"}
PLAIN = re.compile(r"[^\W\d_][\w .,'()/’‘-]*")


def scalar(text):
    """The text as a YAML scalar, quoted where some reader could take it for anything else."""
    plain = PLAIN.fullmatch(text) and text.lower() not in WORDS and text == text.strip()
    return text if plain else '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')


def name_of(entry):
    """The name, composed (NFC) and without the marks that refer to notes in the standard."""
    name = unicodedata.normalize("NFC", entry.get("common_name", entry["name"]))
    return name.rstrip(" *†")


def places(folder):
    """{code: name} of all countries and parts."""
    found = {}
    for standard, key in (("3166-1", "alpha_2"), ("3166-2", "code")):
        with open(os.path.join(folder, "iso_%s.json" % standard), encoding="utf-8") as file:
            for entry in json.load(file)[standard]:
                code = entry[key]
                if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code) or code in found:
                    sys.exit("iso-codes: %s is no code, or there twice" % code)
                found[code] = name_of(entry)
    return found


def text_of(found):
    """The file: countries one a line; parts by country as one text each, which reads many times faster than as a map."""
    same = dict(pair.split("=") for pair in SAME_AS.split())
    countries = [code for code in sorted(found) if "-" not in code]
    text = HEAD + "".join("  %s: %s\n" % (scalar(code), scalar(found[code])) for code in countries) + "\nparts:\n"
    for country in countries:
        parts = [code for code in sorted(found) if code.startswith(country + "-")]
        if parts:
            text += "  %s: |\n" % scalar(country) + "".join("    %s %s\n" % (code, found[code]) for code in parts)
    return text + "\nsame_as:\n" + "".join(
        "  %s: %s\n" % (scalar(part), scalar(same[part])) for part in sorted(same) if part in found)


def check(text):
    """Shows the first lines in which the file differs; true if there are none."""
    try:
        with open(FILE, encoding="utf-8", newline="") as file:
            stated = file.read()
    except FileNotFoundError:
        stated = ""
    lines = difflib.unified_diff(stated.splitlines(), text.splitlines(),
                                 "rules/places.yaml", "iso-codes", lineterm="", n=0)
    for line, _ in zip(lines, range(20)):
        print(line)
    return stated == text


def main():
    about = __doc__.split("\n\n")
    parser = argparse.ArgumentParser(description=about[0], epilog=about[2])
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="write rules/places.yaml")
    what.add_argument("--check", action="store_true", help="compare rules/places.yaml")
    parser.add_argument("--iso-codes", metavar="DIR", default="/usr/share/iso-codes/json",
                        help="where iso_3166-1.json and iso_3166-2.json are (%(default)s)")
    options = parser.parse_args()
    text = text_of(places(options.iso_codes))
    if options.check:
        same = check(text)
        print("%d passed, %d failed" % (same, not same))
        return 0 if same else 1
    if options.write:
        with open(FILE, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    else:
        sys.stdout.reconfigure(encoding="utf-8")
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
