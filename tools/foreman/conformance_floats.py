"""`conformance floats`: printf, strtod and strtof on random numbers, formats and texts, against the machine's own C library,
whose conversions are exact: tests/sdk/printf_random.c, compiled for both, prints checksums of all that it got."""

import os
import subprocess

from . import builder, packages
from .paths import BUILD, ROOT
from .ui import Problem, say

SOURCE = os.path.join(ROOT, "tests", "sdk", "printf_random.c")
OUT = os.path.join(BUILD, "conformance", "floats")
PER_BLOCK = 300  # numbers for each checksum, as in the source
COUNT = 1000000


def commands(folder):
    """How both programs are compiled, into this folder."""
    return {
        "native": [packages.tool("clang"), "-O2", SOURCE, "-o", os.path.join(folder, "native")],
        "wasm": [os.path.join(ROOT, "sdk", "bin", "wasmos-cc"), SOURCE, "-o", os.path.join(folder, "floats.wasm")],
    }


def blocks(count):
    return str(-(-count // PER_BLOCK))


def output(command):
    p = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=ROOT, check=False,
        env=dict(os.environ, WASMOS_NO_BUILD="1"))
    if p.returncode:
        raise Problem("%s: status %d" % (" ".join(command), p.returncode))
    return p.stdout.decode().splitlines()


def main(values):
    packages.require(packages.BUILDING + (packages.RUNNING if values.qemu else []))
    builder.build(["sdk", "kernel" if values.qemu else "host", "image"])
    os.makedirs(OUT, exist_ok=True)
    for command in commands(OUT).values():
        output(command)
    count = values.count or COUNT
    say("%d random numbers, each printed five times and read back twice, and as many texts …" % count)
    where = [] if values.qemu else ["--host"]
    ours = output([os.path.join(ROOT, "foreman"), "exec", *where, os.path.join(OUT, "floats.wasm"), blocks(count)])
    theirs = output([os.path.join(OUT, "native"), blocks(count)])
    if len(ours) != len(theirs):
        raise Problem("%d lines, not %d: %s" % (len(ours), len(theirs), ours[-1:]))
    wrong = [i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b]
    for i in wrong[:10]:
        print("block %d: %s, not %s" % (i, ours[i], theirs[i]))
    print("%d numbers: %d of %d checksums agree" % (count, len(ours) - len(wrong), len(ours)))
    return 1 if wrong else 0
