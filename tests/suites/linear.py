"""Compile time and memory per byte must not grow with a function's size, for functions that have made some compiler
quadratic (tests/fuzz/bombs.mjs): nesting, br_tables, locals times branches, many values alive. Memory is exact and
decides; time is noisy on a shared machine, so its limit is generous, and what is beyond it is measured again."""

import os
import re

from foreman import fuzz_peers
from foreman.paths import BUILD, ROOT
from foreman.testing import Failed, Skipped, Suite

SUITE = Suite("time and memory per byte of hostile functions", parts=("tools",))
BYTES = 40000
TIMES = (1, 2, 4, 8)
MEMORY_GROWTH = 1.6      # of bytes per byte, up to the largest size
TIME_GROWTH = 3          # of time per byte; what is quadratic comes to 8, its linear part apart
ATTEMPTS = 3             # to show less
TIME_COUNTS_MS = 40.0    # shorter measurements say nothing
ROUNDS = 2
REFUSED = {"many_results"}  # a block of 200 results that every fourth byte branches to
LINE = re.compile(r"compile +([0-9.]+) ms: .* memory at most (\d+) bytes")


def measure(t, path):
    """(milliseconds, bytes of memory, bytes of module); None if a function is refused as too big."""
    result = t.run([os.path.join(BUILD, "tools", "wasmdump"), path, "--bench", str(ROUNDS)]).expect(0)
    found = LINE.search(result.out.decode())
    if not found:
        raise Failed(result.show())
    if "could not be compiled" in result.out.decode():
        return None
    return float(found[1]), int(found[2]), os.path.getsize(path)


def grows(values, limit):
    """Is the last value more than `limit` times the least? (A step on the way is the compiler's change to its plainer
    form for tangled functions.)"""
    return values[-1] > limit * min(values)


def slow(rows):
    """Does the time per byte grow, of (milliseconds, bytes of memory, bytes of module) by size?"""
    return rows and rows[-1][0] > TIME_COUNTS_MS and grows([ms / n for ms, _, n in rows], TIME_GROWTH)


def measure_sizes(t, name):
    """Rows of all sizes, the least time of each."""
    rows = []
    for _ in range(ATTEMPTS):
        again = [measure(t, os.path.join(t.folder, str(k), name)) for k in TIMES]
        rows = [min(pair) if all(pair) else None for pair in zip(again, rows or again)]
        if not slow([row for row in rows if row]):
            break
    return rows


def bombs(t):
    node = fuzz_peers.node()
    if not node:
        raise Skipped("there is no node to write the functions with")
    script = os.path.join(ROOT, "tests", "fuzz", "bombs.mjs")
    for k in TIMES:
        t.run(node + [script, "--out", os.path.join(t.folder, str(k)), "--bytes", str(BYTES * k)]).expect(0)
    wrong, refused, most = [], [], 0
    names = sorted(os.listdir(os.path.join(t.folder, "1")))
    for name in names:
        rows = measure_sizes(t, name)
        if None in rows:
            refused.append(name[: -len(".wasm")])
            rows = [row for row in rows if row]
        if not rows:
            continue
        memory = [m / n for _, m, n in rows]
        time = [ms * 1e6 / n for ms, _, n in rows]
        line = "%-28s ns per byte %s, bytes per byte %s" % (
            name[: -len(".wasm")], " ".join("%5.0f" % v for v in time), " ".join("%5.0f" % v for v in memory))
        print(line, flush=True)
        most = max(most, *memory)
        if grows(memory, MEMORY_GROWTH) or slow(rows):
            wrong.append(line)
    t.note("%d functions at %d to %d KB; at most %.0f bytes of memory per byte; refused at some size: %s" % (
        len(names), BYTES // 1000, BYTES * TIMES[-1] // 1000, most, ", ".join(refused) or "none"))
    if set(refused) != REFUSED:
        raise Failed("refused should be: " + ", ".join(sorted(REFUSED)))
    if wrong:
        raise Failed("more than linear:\n" + "\n".join(wrong))


SUITE.add("bombs", bombs, limit_s=600)
