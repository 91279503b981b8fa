"""`bench engine`: the programs of tests/bench, natively and in every engine. The programs time themselves, so that
neither booting nor compiling counts. Columns take turns within a round; medians over the rounds are compared, never
single runs."""

import math
import os
import platform
import statistics
import subprocess

from . import bench_engines, bench_programs
from .bench_programs import CORE, LUA, POLYBENCH, SQLITE
from .ui import Problem, say

ROUNDS = 5
LIMIT_S = 120.0
QUICK = ("core", "lua", "sqlite", "gemm", "json", "sha256", "virtual")


class Column:
    """One compilation in one engine; `times`: program to the rounds' ns, `failed`: program to why not."""

    def __init__(self, engine, kind, title):
        self.engine, self.kind, self.title = engine, kind, title
        self.times, self.failed = {}, {}

    def median(self, program):
        times = self.times.get(program.name)
        return statistics.median(times) if times and program.name not in self.failed else None


class Columns:
    """All of them. `native` is what the others are measured by: with musl where a program's time depends on the C
    library, since that is what its WebAssembly is linked with; `glibc` has those programs with the system's."""

    def __init__(self, engines):
        first, rest = engines[0], engines[1:]
        self.native, self.glibc = Column(first, "native", "native"), Column(first, "native", "glibc")
        self.others = [Column(e, "wasm", e.name) for e in rest] + [Column(e, "simd.wasm", e.name + "+v") for e in rest]

    def of(self, program):
        """The columns that have the program, each with the kind of its file."""
        if "musl" not in bench_programs.kinds(program):
            return [(self.native, "native")] + [(c, c.kind) for c in self.others]
        return [(self.native, "musl"), (self.glibc, "native")] + [(c, c.kind) for c in self.others]


def measure(column, kind, program, sums):
    """One run. `sums`: program to the checksum that all columns have to agree on."""
    engine, name = column.engine, program.name
    command = engine.command + [bench_programs.path(program, kind)] + engine.after
    try:
        p = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=engine.env,
            timeout=LIMIT_S, check=False,
        )
    except subprocess.TimeoutExpired:
        column.failed[name] = "took longer than %g s" % LIMIT_S
        return
    words = p.stdout.decode("utf-8", "replace").split()
    if p.returncode or len(words) != 2:
        text = p.stderr.decode("utf-8", "replace").strip()
        column.failed[name] = "status %d: %s" % (p.returncode, text[-300:])
    elif sums.setdefault(name, words[0]) != words[0]:
        column.failed[name] = "checksum %s, native says %s" % (words[0], sums[name])
    else:
        column.times.setdefault(name, []).append(int(words[1]))


def mean(ratios):
    """The geometric mean; None of nothing."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else None


def ratios(column, base, programs):
    """How many times as long as `base` the column took, for the programs that both ran."""
    pairs = [(column.median(p), base.median(p)) for p in programs]
    return [a / b for a, b in pairs if a and b]


def line(title, middle, values):
    say("%-16s %10s" % (title, middle) + "".join("%12s" % ("%.2f" % v if v else "-") for v in values))


def table(programs, columns):
    """Milliseconds of native, then how many times as long each other column took."""
    line_head = "%-16s %10s" % ("program", "native ms")
    say(line_head + "".join("%12s" % c.title for c in columns.others))
    for p in programs:
        base, glibc = columns.native.median(p), columns.glibc.median(p)
        values = [c.median(p) for c in columns.others]
        line(p.name, "%.1f" % (base / 1e6) if base else "-", [v / base if v and base else None for v in values])
        if glibc:
            line("  over glibc's", "%.1f" % (glibc / 1e6), [v / glibc if v else None for v in values])


def means(programs, columns):
    """The suite against native code and against each engine, and the parts that count for themselves."""
    parts = [("geometric mean", programs)]
    parts += [(g, [p for p in programs if p.group == g]) for g in (CORE, LUA, SQLITE, POLYBENCH)]
    for title, chosen in parts:
        if chosen:
            line(title, "/ native", [mean(ratios(c, columns.native, chosen)) for c in columns.others])
    for own in columns.others:
        if own.engine.name != "WasmOS":
            continue
        peers = [c for c in columns.others if c.kind == own.kind and c is not own]
        found = [(c.title, mean(ratios(own, c, programs))) for c in peers]
        if any(r for _, r in found):
            say("%-16s " % own.title + ", ".join("%.2f of %s" % (r, t) for t, r in found if r))


def cpu():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as f:
            return next(line.split(":", 1)[1].strip() for line in f if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def heading(engines, programs, rounds):
    say("%s, %d CPUs; medians of %d round%s" % (cpu(), os.cpu_count() or 1, rounds, "s" if rounds > 1 else ""))
    if programs:
        say("+v: " + " ".join(bench_programs.VECTOR_FLAGS))
    musl = [p.name for p in programs if "musl" in bench_programs.kinds(p)]
    if musl:
        say("native with WebAssembly's C library (musl, dlmalloc) for %s; with the system's below it" % ", ".join(musl))
    elif any(p.musl for p in programs):
        say("without the package musl-dev and dlmalloc all native programs use the system's C library")
    for engine in engines:
        say("  " + engine.version)


def prepare(values):
    """(programs, engines, rounds), all there and built."""
    names = values.programs or (list(QUICK) if values.quick else [])
    programs = bench_programs.choose(names)
    bench_programs.build(programs)
    return programs, bench_engines.choose(values.engines or []), values.rounds or (1 if values.quick else ROUNDS)


def main(values):
    programs, engines, rounds = prepare(values)
    columns, sums = Columns(engines), {}
    heading(engines, programs, rounds)
    for _ in range(rounds):
        for program in programs:
            for column, kind in columns.of(program):
                if program.name not in column.failed:
                    measure(column, kind, program, sums)
    table(programs, columns)
    means(programs, columns)
    everything = [columns.native, columns.glibc] + columns.others
    wrong = ["%s, %s: %s" % (c.title, n, why) for c in everything for n, why in sorted(c.failed.items())]
    if wrong:
        raise Problem("these did not run as they should:\n" + "\n".join(wrong))
