#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hold the schemas that `obstat schema` prints to a JSON Schema validator and to what obstat reads.

usage: run.py OBSTAT [WORD]

A schema accepts every file and manifest of this repository that obstat reads without a mistake, it
flags every key of some of them when that is misspelt, and the mistakes of tests/schema/flagged.case
and of tests/diagnostics where the form shows them. With WORD only checks whose title has it. The
last line: N passed, N failed.
"""
import copy
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import jsonschema

from core_yaml import load_all

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
KINDS = ["manifest", "policy", "test", "registry", "jurisdiction", "vocabulary", "entities", "places"]
PACKS = ["lamps", "stand", "every-key", "grid"]  # of tests/packs; each has a vocabulary of its own


class Schemas:
    """The schemas over some folder of rules, or over the installed ones."""

    def __init__(self, obstat, pack=None):
        self.obstat, self.pack, self.validators = obstat, pack, {}

    def text(self, kind):
        rules = ["--rules", self.pack] if self.pack else []
        done = subprocess.run([self.obstat, "schema", kind, *rules], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise AssertionError("obstat schema %s: exit %d\n%s" % (kind, done.returncode, done.stderr))
        return done.stdout

    def of(self, kind):
        if kind not in self.validators:
            self.validators[kind] = jsonschema.Draft7Validator(json.loads(self.text(kind)))
        return self.validators[kind]

    def flags(self, kind, document):
        """Where something is flagged: a path each."""
        return sorted({path_of(leaf) for error in self.of(kind).iter_errors(document) for leaf in leaves(error)})

    def accepts(self, kind, document):
        return self.of(kind).is_valid(document)


def leaves(error):
    """The errors inside the best alternative: that of the right type, as editors choose it."""
    if not error.context:
        return [error]
    alternatives = {}
    for inner in error.context:
        alternatives.setdefault(inner.relative_schema_path[0], []).extend(leaves(inner))

    def fit(found):
        misfit = any(e.validator in ("type", "enum", "const", "pattern") and e.absolute_path == error.absolute_path
                     for e in found)
        return (not misfit, max(len(e.absolute_path) for e in found))
    return max(alternatives.values(), key=fit)


def path_of(error):
    """`features[0].colr`: where it is, with a key that is too much or lacks."""
    path = ""
    for step in error.absolute_path:
        path += "[%d]" % step if isinstance(step, int) else "." + step
    if error.validator == "additionalProperties":
        extra = sorted(set(error.instance) - set(error.schema.get("properties", {})))
        path += "." + extra[0]
    return path.lstrip(".") or "."


# --- files and manifests of this repository

def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def kind_of(document):
    kind = document["obstat"].split("/")[0]
    return "manifest" if kind == "deployment" else kind


def rules_files(folder):
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.yaml"), recursive=True)):
        for document in load_all(read(path)):
            if kind_of(document) in KINDS:
                yield path, kind_of(document), document


def readmes(schemas):
    """The files that the READMEs show."""
    for name in ("README.md", os.path.join("rules", "README.md")):
        wrong, count = [], 0
        for block in re.findall(r"^```yaml\n(.*?)^```", read(os.path.join(TOP, name)), re.S | re.M):
            for document in load_all(block):
                if isinstance(document, dict) and "obstat" in document:
                    count += 1
                    wrong += schemas.flags(kind_of(document), document)
        yield "%s: its %d files are accepted" % (name, count), wrong or (None if count else "there is none")


def keys_of_records(vocabulary):
    """How lists of records merge: the key of each list fact's records, by the path of names."""
    def facts_of(facts, depth=0):
        out = {}
        for name, fact in facts.items():
            match = re.match(r"(list of )?record (\S+)", fact["type"])
            if match and depth < 6:
                record = vocabulary["records"][match.group(2)]
                out[name] = (bool(match.group(1)), record.get("key"), record.get("short"),
                             facts_of(record["facts"], depth + 1))
        return out
    return {name: (entity["is"] == "list", entity.get("key", entity.get("short")), entity.get("short"),
                   facts_of(entity["facts"]))
            for name, entity in vocabulary.get("entities", {}).items()}


STATE_WORDS = ("none", "unknown")


def as_map(entry, short):
    return entry if isinstance(entry, dict) else {short: entry}


def entry_id(entry, key, short):
    if not isinstance(entry, dict):
        return entry if short == key else None
    found = entry.get("id", entry.get(key))
    return found[0] if isinstance(found, list) and len(found) == 1 else found


def merge(base, patch, shape):
    """A patch over a value; `shape` is that of its records, or None."""
    if shape is None or base in STATE_WORDS or patch in STATE_WORDS:
        return patch
    is_list, key, short, facts = shape
    if not is_list:
        out = dict(as_map(base, short))
        for name, value in as_map(patch, short).items():
            out[name] = merge(out[name], value, facts.get(name)) if name in out else value
        return out
    if not key:
        return patch
    out = list(base) if isinstance(base, list) else [base]
    more = list(patch) if isinstance(patch, list) else [patch]
    goes_on = [x for x in (out + more) if x == "unknown"][:1]
    out, more = [[x for x in some if x != "unknown"] for some in (out, more)]
    for change in more:
        name = entry_id(change, key, short)
        at = [i for i, old in enumerate(out) if name is not None and entry_id(old, key, short) == name]
        if isinstance(change, dict) and change.get("remove"):
            del out[at[0]]
        elif at:
            out[at[0]] = merge(out[at[0]], change, (False, None, short, facts))
        else:
            out.append(change)
    return out + goes_on


def patched(manifest, patch, shapes):
    out = dict(manifest)
    for name, value in patch.items():
        out[name] = merge(out[name], value, shapes.get(name)) if name in out else value
    return out


def cases_of(folder, shapes):
    """Every manifest that tests of rules check: (where, manifest)."""
    for path, kind, document in rules_files(folder):
        if kind != "test":
            continue
        for case in document["cases"]:
            manifest = case.get("manifest")
            if manifest is None:
                manifest = load_all(read(os.path.join(os.path.dirname(path), case["base"])))[0]
            yield (os.path.relpath(path, TOP) + ": " + case["name"],
                   patched(manifest, case.get("with", {}), shapes))


def case_files(path):
    """(title, first file, directives) of a file of cases."""
    for block in re.split(r"^@case ", read(path), flags=re.M)[1:]:
        title, _, rest = block.partition("\n")
        match = re.search(r"^@file (\S+)\n(.*?)(?=^@)", rest + "@", re.S | re.M)
        if match and "«" not in match.group(2):
            yield title, match.group(2), re.findall(r"^@(\w+) ?(.*)$", rest, re.M)


# --- checks: each yields (title, what is wrong, or None)

def sound(schemas):
    for kind in KINDS:
        schema = json.loads(schemas.text(kind))
        wrong = None
        try:
            jsonschema.Draft7Validator.check_schema(schema)
        except jsonschema.SchemaError as problem:
            wrong = problem.message
        if json.dumps(schema, ensure_ascii=False)[:1] != "{" or schemas.text(kind) != schemas.text(kind):
            wrong = "it is not the same twice"
        yield "%s: it is draft-07" % kind, wrong
        lacking = sorted(undescribed(schema, ""))
        yield "%s: every key is described" % kind, lacking or None


def undescribed(schema, path):
    """Keys without a description, those of plain types aside."""
    if isinstance(schema, list):
        for i, part in enumerate(schema):
            yield from undescribed(part, "%s/%d" % (path, i))
    if not isinstance(schema, dict) or "/type." in path:
        return
    for name, part in schema.items():
        if name == "properties" and isinstance(part, dict):
            for key, value in part.items():
                if isinstance(value, dict) and not value.get("description"):
                    yield "%s/%s" % (path, key)
        yield from undescribed(part, "%s/%s" % (path, name))


def files(all_schemas):
    for folder, schemas in all_schemas:
        wrong, count = [], 0
        for path, kind, document in rules_files(folder):
            count += 1
            flagged = schemas.flags(kind, document)
            if flagged:
                wrong.append("%s: %s" % (os.path.relpath(path, TOP), flagged))
        yield ("%s: its %d documents are accepted" % (os.path.relpath(folder, TOP), count),
               wrong or (None if count else "there is none"))


def manifests(all_schemas):
    for folder, schemas in all_schemas:
        vocabulary = os.path.join(folder, "vocabulary.yaml")
        if not os.path.exists(vocabulary):
            vocabulary = os.path.join(TOP, "rules", "vocabulary.yaml")
        shapes = keys_of_records(load_all(read(vocabulary))[0])
        wrong, count, seen = [], 0, set()
        for where, manifest in cases_of(folder, shapes):
            key = json.dumps(manifest, sort_keys=True)
            if key in seen:
                continue
            seen.add(key)
            count += 1
            if not schemas.accepts("manifest", manifest):
                wrong.append("%s: %s" % (where, schemas.flags("manifest", manifest)))
        yield ("%s: the %d manifests of its tests are accepted" % (os.path.relpath(folder, TOP), count),
               wrong[:5] or None)


def usable(obstat, pack, text):
    """Whether obstat can check it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "launch.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        rules = ["--rules", pack] if pack else []
        done = subprocess.run([obstat, "check", "--json", *rules, path], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        try:
            return not any(m["unusable"] for m in json.loads(done.stdout)["manifests"])
        except ValueError:
            return False


def command_cases(obstat, lamps, shipped):
    """The manifests of tests/cases that obstat can check."""
    for path in sorted(glob.glob(os.path.join(TOP, "tests", "cases", "*.case"))):
        wrong, count = [], 0
        for title, text, directives in case_files(path):
            if not text.startswith("obstat: deployment/v1\n"):
                continue
            text = re.sub(r"⟦\w+\||⟧", "", text)
            command = next(rest for word, rest in directives if word == "run")
            pack, schemas = (lamps.pack, lamps) if "{lamps}" in command else (None, shipped)
            if not usable(obstat, pack, text):
                continue
            count += 1
            flagged = [f for d in load_all(text) for f in schemas.flags("manifest", d)]
            if flagged:
                wrong.append("%s: %s" % (title, flagged))
        if count:
            yield ("%s: its %d manifests that can be checked are accepted"
                   % (os.path.relpath(path, TOP), count), wrong or None)


# Diagnostics of what a form shows.
OF_FORM = {"unknown-fact", "unknown-value", "unknown-key", "wrong-type", "wrong-kind", "bad-word",
           "null-value", "missing-fact", "missing-key", "bad-period", "bad-header", "none-not-allowed"}


# Titles of cases whose mistake no schema shows, whatever its code: a relation of two values, the end
# of a list, numbers that JSON does not have, the type of a fact that stands elsewhere.
BEYOND = {"bounds without a whole number", "bounds the other way round", "unknown in the middle of a list",
          "what is not a number is above no limit and below none", "nor are bounds beyond all numbers",
          "short forms and keys", "sizes", "values that a fact could not have", "a week without a working day"}


def diagnostics(path, kind, schemas, header):
    """Cases without a mistake are accepted, those with a mistake of form are flagged."""
    wrong, fine, bad = [], 0, 0
    for title, text, directives in case_files(path):
        codes = [rest.split()[0] for word, rest in directives if word == "error"]
        if not text.startswith(header) or title in BEYOND:
            continue
        try:
            documents = load_all(text)
        except Exception:  # a text that no reader takes
            continue
        flagged = [f for d in documents for f in schemas.flags(kind, d)]
        fine += not codes
        bad += bool(OF_FORM & set(codes))
        if not codes and flagged:
            wrong.append("%s: flagged at %s" % (title, flagged))
        if OF_FORM & set(codes) and not flagged:
            wrong.append("%s: not flagged" % title)
    yield ("%s: %d without a mistake, %d with one that shows" % (os.path.relpath(path, TOP), fine, bad),
           wrong or (None if fine + bad else "there is none"))


def every_key(document, path=()):
    """The paths of all keys."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield path + (key,)
            yield from every_key(value, path + (key,))
    if isinstance(document, list):
        for i, value in enumerate(document):
            yield from every_key(value, path + (i,))


def misspelt(document, path):
    out = copy.deepcopy(document)
    at = out
    for step in path[:-1]:
        at = at[step]
    at[path[-1] + "x"] = at.pop(path[-1])
    return out


def misspellings(schemas, path, kind, free):
    """Each key of a file, misspelt, is flagged where it stands; `free`: keys below are names."""
    document = load_all(read(os.path.join(TOP, path)))[0]
    wrong, seen = [], set()
    for keys in every_key(document):
        shape = "/".join("*" if isinstance(key, int) else key for key in keys)
        if shape in seen or re.search(free, "/" + shape):
            continue
        seen.add(shape)
        flagged = schemas.flags(kind, misspelt(document, keys))
        last = keys[-1] + "x"
        if not any(f == last or f.endswith("." + last) for f in flagged):
            wrong.append("%s: %s" % (shape, flagged))
    yield "%s: each of its %d keys is flagged when misspelt" % (path, len(seen)), wrong or None


# What may stand anywhere, rightly or wrongly.
VALUES = ["none", "unknown", "never", "text", 7, -1, 2.5, 1e30, True, False, "> 5", ">=1e3", "< x", "2026-03-01", "P3M", "PT1H",
          "EUR 5", "CN", "EU", "US-NY", "AA", "AA-N", "lamp", "red", "yes", [], ["none"], ["unknown"], ["text", "unknown"],
          [7, True], {}, {"at_least": 1}, {"at_most": 5, "at_least": 1}, {"id": "x"}, {"id": 7, "note": {"a": 1}},
          {"value": 3, "currency": "EUR"}, [{"id": "x", "markets": "CN"}], {"absent": True, "id": "y"}, {"kind": "dpia"}]


def mutants(document, rng, count):
    """Copies with one value, key or item replaced, taken out or doubled."""
    paths = list(every_key(document))
    for _ in range(count):
        out = copy.deepcopy(document)
        keys = rng.choice(paths)
        at = out
        for step in keys[:-1]:
            at = at[step]
        kind = rng.randrange(6)
        if kind == 0:
            del at[keys[-1]]
        elif kind == 1:
            at[rng.choice(paths)[-1]] = at.pop(keys[-1])
        elif kind == 2 and isinstance(at[keys[-1]], list) and at[keys[-1]]:
            at[keys[-1]][rng.randrange(len(at[keys[-1]]))] = rng.choice(VALUES)
        elif kind == 3:
            at[keys[-1]] = [at[keys[-1]]]
        else:
            at[keys[-1]] = rng.choice(VALUES)
        yield out


def drawn(obstat, schemas, path, count):
    """Whatever obstat takes of a manifest's mutants is accepted."""
    rng = random.Random(20261124)
    document = load_all(read(path))[0]
    some = list(mutants(document, rng, count))
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, mutant in enumerate(some):
            names.append(os.path.join(folder, "%04d.json" % i))
            with open(names[-1], "w", encoding="utf-8") as file:
                json.dump(mutant, file)
        rules = ["--rules", schemas.pack] if schemas.pack else []
        taken = {}
        for first in range(0, count, 50):
            done = subprocess.run([obstat, "check", "--json", *rules, *names[first:first + 50]],
                                  capture_output=True, text=True, stdin=subprocess.DEVNULL)
            taken.update((m["file"], not m["unusable"]) for m in json.loads(done.stdout)["manifests"])
    wrong = ["%s: flagged at %s" % (json.dumps(m)[:300], schemas.flags("manifest", m))
             for name, m in zip(names, some) if taken[name] and not schemas.accepts("manifest", m)]
    refused = sum(not taken[name] for name in names)
    missed = sum(not taken[name] and schemas.accepts("manifest", m) for name, m in zip(names, some))
    title = "%s: what obstat takes of %d mutants (all but %d) is accepted; of the others %d are flagged" % (
        os.path.relpath(path, TOP), count, refused, refused - missed)
    yield title, wrong[:3] or (None if 2 * missed < refused else "more than half of the mistakes go unseen")


def flagged_cases(obstat, schemas):
    for title, text, directives in case_files(os.path.join(HERE, "flagged.case")):
        kind = dict(directives)["schema"]
        flagged = sorted({f for d in load_all(text) for f in schemas.flags(kind, d)})
        expected = [rest for word, rest in directives if word == "flagged"]
        wrong = None if flagged == expected else "flagged at %s, not at %s" % (flagged, expected)
        if kind == "manifest" and usable(obstat, None, text) == bool(expected):
            wrong = "obstat itself %s it" % ("takes" if expected else "refuses")
        yield "%s: %s" % (kind, title), wrong


def all_checks(obstat):
    shipped = Schemas(obstat)
    folders = [(os.path.join(TOP, "rules"), shipped)]
    packs = os.path.join(TOP, "tests", "packs")
    folders += [(os.path.join(packs, pack), Schemas(obstat, os.path.join(packs, pack))) for pack in PACKS]
    lamps = folders[1][1]
    yield from sound(shipped)
    yield from files(folders)
    yield from files([(os.path.join(TOP, "examples"), shipped), (os.path.join(packs, "language"), shipped)])
    yield from readmes(shipped)
    yield from manifests(folders)
    yield from command_cases(obstat, lamps, shipped)
    yield from drawn(obstat, shipped, os.path.join(TOP, "examples", "foreign-cloud", "launch.yaml"), 250)
    yield from flagged_cases(obstat, shipped)
    for folder, name, kind, schemas in (("manifest", "facts", "manifest", lamps),
                                        ("law", "vocabulary", "vocabulary", shipped),
                                        ("law", "registry", "registry", shipped)):
        header = "obstat: %s/v1" % ("deployment" if kind == "manifest" else kind)
        yield from diagnostics(os.path.join(TOP, "tests", "diagnostics", folder, name + ".case"), kind, schemas,
                               header)
    yield from misspellings(shipped, "examples/apple-intelligence/launch.yaml", "manifest", r"^$")
    yield from misspellings(shipped, "rules/cn/generative-ai-measures.yaml", "policy",
                            r"^/(define|parameters|roles)/[^/]+$|/set/")
    yield from misspellings(shipped, "tests/packs/lamps/aa/core.test.yaml", "test", r"/expect/|/manifest|/with")


def main():
    obstat, word = os.path.abspath(sys.argv[1]), (sys.argv[2:] or [""])[0]
    passed = failed = 0
    for title, wrong in all_checks(obstat):
        if word not in title:
            continue
        passed += wrong is None
        failed += wrong is not None
        if wrong is not None:
            print("FAIL %s:\n  %s" % (title, "\n  ".join(wrong) if isinstance(wrong, list) else wrong))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
