"""`./foreman abi`: the reference of everything that programs can import, as Markdown, made from abi/*.def."""

from . import abi

INTRODUCTION = """\
# The system's interface to programs

Made by `./foreman abi` from `abi/*.def`, the tables that the kernel's import tables and every SDK's declarations are made
from as well.

Parameters are `i32` or `i64`, as each signature says. Addresses are `i32`, and are offsets into the program's memory; text is
passed as an address and a length in bytes, in UTF-8. The names of parameters that the call fills begin with `out_`.
"""
MODULES = (
    ("wasi", "WASI preview 1. The result is an error number, 0 for success."),
    ("wasmos", "What WASI lacks: programs, pipes, the terminal. The result is an error number, 0 for success."),
    ("threads", "Threads, by the convention of wasi-threads. The result is a value, or a negative error number."),
    ("env", "The small interface for programs without a library. An address out of bounds is a trap."),
)


def signature(call):
    """A call as one reads it: `name(a: i32, b: i64) -> i32`."""
    parameters = ", ".join("%s: %s" % (name, abi.LETTERS[letter]) for name, letter in call.parameters)
    result = " -> " + abi.LETTERS[call.result] if call.result else ""
    return "%s(%s)%s" % (call.name, parameters, result)


def remarks(call):
    """What the row says about single parameters: those that have something in brackets."""
    depth, start, parts = 0, 0, []
    for at, c in enumerate(call.details + ","):
        depth += (c == "(") - (c == ")")
        if c == "," and not depth:
            parts.append(call.details[start:at].strip())
            start = at + 1
    return [p for p in parts if "(" in p]


def module(table, text):
    calls = abi.calls(table)
    lines = ["\n## Module `%s`\n\n%s\n\n" % (calls[0].module, text)]
    for call in calls:
        sentences = [t for t in (call.text, "; ".join(remarks(call))) if t]
        lines.append("- `%s`%s\n" % (signature(call), "".join("<br>%s" % t for t in sentences)))
    return "".join(lines)


def fields(name):
    """The table of what a call of `wasmos` fills."""
    call = next(c for c in abi.calls("wasmos") if c.name == name)
    rows = "".join("| %d | `%s` |\n" % (8 * n, field) for n, field in enumerate(call.fields()))
    return "\n### What `%s` fills\n\nEach field is an unsigned number of 8 bytes.\n\n| offset | field |\n|---|---|\n%s" % (name, rows)


def errors():
    rows = "".join("| %d | `%s` | %s |\n" % row for row in abi.errors())
    return "\n## Error numbers\n\n| number | name | meaning |\n|---|---|---|\n" + rows


def markdown():
    parts = [INTRODUCTION]
    for table, text in MODULES:
        parts.append(module(table, text))
        if table == "wasmos":
            parts.append(fields("sys_info"))
    return "".join(parts) + errors()
