#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hold the source tree to the rules that keep it simple (src/README.md has the layer table).

usage: layers.py [TOP]

Each function of CHECKS takes a Tree and yields problems, one line each; none means that the rule
holds. tests/structure/planted.py shows that each of them finds what it looks for.
"""
import collections
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Who may include whom. A folder always includes itself; `public` is include/obstat, `obstat.c` is
# that file and src/obstat_*.
LAYERS = {
    "public": [],
    "base": [],
    "doc": ["base"],
    "cel": ["base", "doc"],
    "law": ["base", "doc", "cel"],
    "check": ["base", "doc", "cel", "law"],
    "plan": ["base", "doc", "cel", "law", "check"],
    "author": ["base", "doc", "cel", "law", "check", "plan"],
    "report": ["base", "doc", "cel", "law", "check", "plan"],
    "obstat.c": ["public", "base", "doc", "cel", "law", "check", "plan", "author", "report"],
    "cli": ["public"],
}
# Headers of other libraries, and the one layer that may include each.
FOREIGN = {"yaml.h": "doc", "pcre2.h": "cel", "utf8proc.h": "base"}
# Headers that only the command may include: the library is plain libc.
C_LIBRARY = {h + ".h" for h in (
    "assert ctype errno float inttypes limits math setjmp stdalign stdarg stdbool stddef stdint "
    "stdio stdlib stdnoreturn string").split()}
# Calls that have one place in the library, with what to use instead. None of them binds src/cli.
CALLS = {
    "malloc calloc realloc free strdup": (["src/base/arena.c"], "memory comes from an arena"),
    "strtod strtof strtold atof": (["src/base/num.c"], "it follows the locale: use base/num.h"),
    "fopen fread fgets": ([], "the library reads no files"),
    "printf fprintf puts putchar perror fputs": ([], "the library prints nothing"),
    "getenv setenv setlocale": ([], "environment and locale are no inputs of the library"),
    "time clock clock_gettime gettimeofday localtime gmtime mktime":
        ([], "the library has no clock: dates are arguments"),
    "exit abort _Exit signal": ([], "the library never ends its caller"),
    "gets strcpy strcat sprintf vsprintf strtok": ([], "it has no bound"),
}
MOST_LINES = 600  # beyond it there is a second idea in a file

Include = collections.namedtuple("Include", "line quoted name")


def without_comments(text):
    """The text with comments blanked, literals kept, and every line where it was."""
    def blank(match):
        found = match.group(0)
        return re.sub(r"[^\n]", " ", found) if found.startswith("/") else found
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text,
                  flags=re.S)


class Tree:
    """All C files of a source tree: path from the top → text."""

    def __init__(self, top):
        self.top = top
        self.files = {}
        for folder in ("include", "src"):
            for path, _, names in os.walk(os.path.join(top, folder)):
                for name in names:
                    if name.endswith((".c", ".h", ".def")):
                        full = os.path.join(path, name)
                        with open(full, encoding="utf-8") as file:
                            self.files[os.path.relpath(full, top)] = file.read()
        self.code = {path: without_comments(text) for path, text in self.files.items()}

    def paths(self, *endings):
        return sorted(path for path in self.files if path.endswith(endings))

    def includes(self, path):
        for number, line in enumerate(self.code[path].splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if match:
                yield Include(number, match.group(1) == '"', match.group(2))

    def target(self, include):
        """The file of ours that an include names, or None. They are written from src/ or include/."""
        for folder in ("src", "include"):
            path = os.path.join(folder, include.name)
            if path in self.files:
                return path
        return None

    def literals(self, path):
        """Each string literal with its line; the names of included files are none."""
        for number, line in enumerate(self.code[path].splitlines(), 1):
            if not re.match(r"\s*#\s*include\b", line):
                for match in re.finditer(r'"((?:\\.|[^"\\])*)"', line):
                    yield number, match.group(1)


def layer(path):
    """The layer of a file, by its folder; None if the table has none for it."""
    parts = path.split(os.sep)
    if parts[0] == "include":
        return "public"
    if len(parts) == 2 and parts[1].startswith("obstat"):
        return "obstat.c"
    return parts[1] if parts[1] in LAYERS else None


def includes_go_down(tree):
    """Includes go down the layer table, and are written from src/ or include/."""
    for path in tree.paths(""):
        here = layer(path)
        if here is None:
            yield "%s: is in no layer of the table" % path
            continue
        for include in tree.includes(path):
            target = tree.target(include)
            if target is None:
                if include.quoted:
                    yield '%s:%d: "%s" is no file of src/ or include/' % (path, include.line, include.name)
            elif layer(target) not in [here] + LAYERS[here]:
                yield "%s:%d: %s may not include %s" % (path, include.line, here, target)


def no_cycles(tree):
    """No file includes itself, not through others either."""
    graph = {path: {tree.target(include) for include in tree.includes(path)} - {None}
             for path in tree.paths("")}
    done, trail = set(), []

    def visit(node):
        if node in trail:
            yield "cycle: " + " → ".join(trail[trail.index(node):] + [node])
        elif node not in done:
            trail.append(node)
            for target in sorted(graph[node]):
                yield from visit(target)
            trail.pop()
            done.add(node)

    for node in sorted(graph):
        yield from visit(node)


def foreign_headers(tree):
    """A library of others has one layer that uses it; below src/cli all else is libc."""
    for path in tree.paths(""):
        here = layer(path)
        for include in tree.includes(path):
            if include.name in FOREIGN:
                if FOREIGN[include.name] != here:
                    yield "%s:%d: only src/%s includes %s" % (
                        path, include.line, FOREIGN[include.name], include.name)
            elif here != "cli" and not include.quoted and tree.target(include) is None \
                    and include.name not in C_LIBRARY:
                yield "%s:%d: <%s> is not a header that the library may use" % (path, include.line, include.name)


def calls_have_their_place(tree):
    """Memory, files, clock, locale and environment reach the library through one place or none."""
    for path in tree.paths(".c", ".h"):
        if layer(path) == "cli":
            continue
        code = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', tree.code[path])
        for names, (places, why) in CALLS.items():
            if path in places:
                continue
            # What follows a dot or an arrow is a member of that name, not the function.
            calls = r"(?<![\w.>])(%s)\s*\(" % names.replace(" ", "|")
            for match in re.finditer(calls, code):
                line = code.count("\n", 0, match.start()) + 1
                yield "%s:%d: %s(): %s" % (path, line, match.group(1), why)


def places_and_policies(top):
    """What only rules/ may name: codes and names of places, ids of policies and rules."""
    codes, names, ids = set(), set(), set()
    for path, _, files in os.walk(os.path.join(top, "rules")):
        for name in sorted(files):
            if not name.endswith(".yaml"):
                continue
            with open(os.path.join(path, name), encoding="utf-8") as file:
                text = file.read()
            if re.search(r"^obstat: places/v1", text, re.M):
                # By hand and not by a YAML 1.1 reader, to whom NO is false.
                for match in re.finditer(r"[\"']?\b([A-Z]{2}(?:-[A-Z0-9]{1,3})?)[\"']?:\s*[\"']?([^\"'\n,}]+)", text):
                    codes.add(match.group(1))
                    if "-" not in match.group(1) and match.group(2) != "|":
                        names.add(match.group(2).split(" (")[0].strip())
                # The parts of a country are lines of a block: code and name.
                codes.update(re.findall(r"^ +([A-Z]{2}-[A-Z0-9]{1,3}) ", text, re.M))
                codes.update(re.findall(r"^    ([A-Z]{2}-[A-Z0-9]{1,3}) ", text, re.M))
            elif re.search(r"^obstat: policy/v1", text, re.M):
                ids.update(re.findall(r"\bid:\s*([A-Z][A-Z0-9-]+)", text))
    return codes, names, ids


def no_law_in_code(tree):
    """Law is data: no literal in src/ names a place, a policy or a rule."""
    codes, names, ids = places_and_policies(tree.top)
    if not codes:
        yield "rules/: no places/v1 file lists the codes that src/ must not name"
        return
    spelled = re.compile(r"\b(%s)\b" % "|".join(re.escape(name) for name in sorted(names | ids, key=len, reverse=True)))
    for path in tree.paths(""):
        for line, literal in tree.literals(path):
            found = literal if literal in codes else None
            match = spelled.search(literal)
            if found or match:
                yield '%s:%d: "%s" names %s, which is for rules/ to name' % (path, line, literal, found or match.group(1))


def files_have_their_form(tree):
    """Licence line first, guards named after the file, no file too long."""
    for path in tree.paths(""):
        text = tree.files[path]
        if not text.startswith("// SPDX-License-Identifier: Apache-2.0\n"):
            yield "%s: does not begin with the SPDX line" % path
        if text.count("\n") > MOST_LINES:
            yield "%s: %d lines; look for the second idea in it" % (path, text.count("\n"))
        if path.endswith(".h"):
            words = path[:-2].split(os.sep)[1:] + ["H"]
            guard = "_".join(words if layer(path) == "public" else ["OBSTAT"] + words)
            guard = re.sub(r"\W", "_", guard).upper()
            if not re.search(r"#ifndef %s\n#define %s\n" % (guard, guard), text):
                yield "%s: the guard is not %s" % (path, guard)


CHECKS = [includes_go_down, no_cycles, foreign_headers, calls_have_their_place, no_law_in_code,
          files_have_their_form]


def main():
    tree = Tree(os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else TOP)
    failed = 0
    for check in CHECKS:
        problems = list(check(tree))
        failed += bool(problems)
        print("%s: %s" % ("FAIL" if problems else "ok", check.__doc__))
        for problem in problems:
            print("  " + problem)
    print("%d passed, %d failed" % (len(CHECKS) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
