"""What sdk/bin/wasmos-asc does: a program anywhere, compiled for WasmOS."""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from foreman import asc, builder, toml  # noqa: E402
from foreman.ui import Problem  # noqa: E402

USAGE = "usage: wasmos-asc SOURCE.ts [-o OUTPUT.wasm] [asc's options]"


def read_words(words):
    """(source, output, the other words)"""
    sources, output, flags = [], None, []
    words = iter(words)
    for word in words:
        if word in ("-o", "--outFile"):
            output = next(words, None)
            if output is None:
                raise Problem("%s needs a value" % word)
        elif word.endswith(".ts") and not word.startswith("-"):
            sources.append(word)
        else:
            flags.append(word)
    if len(sources) != 1:
        raise Problem("one source file is wanted; it imports the others\n" + USAGE)
    if not os.path.isfile(sources[0]):
        raise Problem("there is no file `%s`" % sources[0])
    return sources[0], output or os.path.splitext(os.path.basename(sources[0]))[0] + ".wasm", flags


def compile_program(words):
    source, output, flags = read_words(words)
    settings = toml.parse((ROOT / "sdk" / "sdk.toml").read_text())
    asc.install()
    if not all((ROOT / name).exists() for name in settings["as_generate_outputs"]):
        builder.build(["as"])
    with tempfile.TemporaryDirectory(prefix="wasmos-") as scratch:
        line = asc.command(settings, os.path.relpath(source), output, os.path.join(scratch, "d"), flags)
        line[1:3] = [str(ROOT / line[1]), str(ROOT)]
        return subprocess.run(line, check=False).returncode


def main():
    try:
        sys.exit(compile_program(sys.argv[1:]))
    except Problem as e:
        sys.exit("wasmos-asc: %s" % e)
