"""A reader for the tables of abi/: what the SDKs' generators and `./foreman abi` know of the system's calls comes from
here."""

import os
import re

from .paths import ROOT

ROW = re.compile(r"^(\w+)\((.*)\)\s*$", re.M)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
MODULES = {"wasi": "wasi_snapshot_preview1", "wasmos": "wasmos", "threads": "wasi", "env": "env"}
LETTERS = {"i": "i32", "I": "i64"}


class AbiError(Exception):
    """A row that does not say what a row must."""


def rows(table):
    """The rows of abi/TABLE.def, each a list of its arguments; strings without their quotes."""
    with open(os.path.join(ROOT, "abi", table + ".def"), encoding="utf-8") as f:
        text = re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)
    found = []
    for row in ROW.finditer(text):
        if row[1] != table.upper():
            raise AbiError("abi/%s.def: %s instead of %s" % (table, row[1], table.upper()))
        plain = [w.strip() for w in STRING.sub("", row[2]).split(",")]
        found.append([w for w in plain if w] + STRING.findall(row[2]))
    if not found:
        raise AbiError("abi/%s.def has no rows" % table)
    return found


class Call:
    """One function that programs import: module and name; parameters, pairs of a name and a letter of LETTERS; result,
    a letter or ""; details, what the row says about its parameters; text, what the call does."""

    def __init__(self, table, name, signature, text):
        self.module, self.name = MODULES[table], name
        letters, mark, self.result = signature.partition(":")
        self.details, self.text = split(text) if letters else ("", text)
        names = re.sub(r"\([^()]*\)", "", self.details).split(",") if letters else []
        names = [re.sub(r"\W+", "_", n.strip()) for n in names]
        if not mark or set(letters + self.result) - set(LETTERS) or len(self.result) > 1:
            raise AbiError("abi/%s.def: %s: `%s` is no signature" % (table, name, signature))
        if len(names) != len(letters):
            raise AbiError("abi/%s.def: %s: the text names %d of %d parameters" % (table, name, len(names), len(letters)))
        self.parameters = list(zip(names, letters))

    def fields(self):
        """The names of the 8-byte fields that a call with `fields in order: a, b, …` fills."""
        found = re.search(r"fields in order: ([\w, ]+)", self.text)
        if not found:
            raise AbiError("%s: no `fields in order:` in its text" % self.name)
        return [n.strip() for n in found[1].split(",")]


def split(text):
    """What it says about the parameters and what it does: parted at the first colon outside of brackets."""
    depth = 0
    for at, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if c == ":" and not depth:
            return text[:at].strip(), text[at + 1 :].strip()
    return text, ""


def calls(table):
    """The calls of wasi, wasmos, env or threads, in the table's order."""
    return [Call(table, *row[-3:]) for row in rows(table)]


def errors():
    """(number, name, message) of each error, in order."""
    return [(int(number), name, message) for number, name, message in rows("errno")]
