"""Mutated modules against decoder, validator and compiler under AddressSanitizer and UBSan. The seeds are fixed:
the same tree gives the same modules. WASMOS_FUZZ_COUNT sets another number."""

import os
import re

from foreman.paths import BUILD, find
from foreman.testing import Failed, Suite

from .common import PARTS

SUITE = Suite("100,000 mutated modules under sanitizers", parts=PARTS + ("tools",))
TOTAL = int(os.environ.get("WASMOS_FUZZ_COUNT", "100000"))
SHARDS = 10    # also the smallest piece that a failure names
RUN = (0, 1)   # shards that also run what the compiler made: most of the time goes into endless loops
LIMIT_S = 900


def corpus():
    """Programs of different kinds, small ones first."""
    folders = ("build/tests/programs", "build/tests/exceptions", "build/apps", "tests/fuzz")
    files = [f for folder in folders for f in find(folder, ".wasm")]
    return sorted(files, key=lambda f: (os.path.getsize(f), f))


def shard(t, number):
    count = TOTAL // SHARDS
    command = [os.path.join(BUILD, "tools-asan", "fuzz"), "--seed", str(1000 + number), "--count", str(count)]
    if number in RUN:
        command.append("--run")
    files = [os.path.abspath(f) for f in corpus()]
    if not files:
        raise Failed("there is no module to mutate")
    result = t.run(command + files, cwd=t.folder)
    found = re.search(rb"(\d+) modules, (\d+) accepted", result.out + result.err)
    if result.status or not found or int(found[1]) < count:
        raise Failed(result.show())
    t.note(found.group().decode())


for n in range(SHARDS):
    SUITE.add("shard-%d" % n, shard, n, limit_s=LIMIT_S)
