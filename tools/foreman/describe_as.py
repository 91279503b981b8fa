"""The part of the description that makes programs written in AssemblyScript. Their one source is the one that imports
the others; which that were, the compiler's driver writes down."""

import os

from . import asc
from .paths import find

MAIN = "src/main.ts"
COMPILER = [asc.DRIVER, "sdk/sdk.toml", "sdk/as/package-lock.json"]


def describe(d, sdk):
    """The rule, and the declarations that are made from abi/: part `as`."""
    d.generated_as = sdk.generate(d, "as_generate")
    line = asc.command(sdk, "$in", "$out", "$out.d", ["$flags"])
    d.rule("asc", " ".join(line), "ASC $in", depfile=True)
    d.part("as", d.generated_as)
    reason = asc.missing()
    if reason:
        d.problem("as", reason)


def program(d, source, out, flags=""):
    return d.build(out, "asc", [source], COMPILER + d.generated_as, flags=flags)


def app(d, a):
    from .describe import quote

    return program(d, os.path.join(a.folder, MAIN), a.wasm, " ".join(map(quote, a.flags)))


def test_programs(d):
    """tests/as: one file, one program."""
    if asc.missing():
        return []
    return [program(d, s, "build/tests/as/%s.wasm" % os.path.splitext(os.path.basename(s))[0]) for s in find("tests/as", ".ts")]
