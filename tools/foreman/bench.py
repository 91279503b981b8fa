"""`bench`: times and sizes, with what was measured and how. Several runs each; the best and the middle one are
shown: the rest is what else the machine was doing."""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

from . import bench_calls, bench_compile, bench_engine, bench_engines, bench_programs, bench_sdk, builder, machine, packages
from .paths import HOST, IMAGE, KERNEL, ROOT
from .ui import Problem, unknown

PROMPT = b"> "
RUNS = 5
LIMIT_S = 30.0
STAMP = re.compile(rb"\[\s*(\d+\.\d+)\]")


def row(name, values, unit, limit=None):
    """One line of the result; `limit`: what the project promises."""
    text = "%-34s best %8.1f %-4s middle %8.1f %-4s" % (name, min(values), unit, statistics.median(values), unit)
    if limit is not None:
        text += "  promised < %g %s%s" % (limit, unit, "" if min(values) < limit else "  MISSED")
    print(text, flush=True)


def until_prompt(command, name):
    """Seconds from the machine's start to the shell's prompt, and from kernel entry to it (None without a log line):
    the first stamped line says how long after entry it was written, and the rest is this clock's."""
    begin = time.monotonic()
    p = machine.start(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    seen = b""
    entry = None
    try:
        while not seen.endswith(PROMPT):
            data = os.read(p.stdout.fileno(), 1 << 16)
            if not data or time.monotonic() - begin > LIMIT_S:
                raise Problem("%s did not come to the prompt:\n%s" % (name, seen.decode("utf-8", "replace")))
            seen += data
            stamps = STAMP.findall(seen) if entry is None else []
            if stamps:
                entry = time.monotonic() - float(stamps[-1])
        now = time.monotonic()
        return now - begin, now - entry if entry is not None else None
    finally:
        p.kill()
        p.wait()
        p.stdin.close()
        p.stdout.close()


def boot():
    """Start to prompt, on both machines; and inside the bare one, from the kernel's entry."""
    hosted = [until_prompt(machine.host([IMAGE]), "the host port")[0] * 1000 for _ in range(RUNS)]
    row("host port: start to prompt", hosted, "ms", 50)
    total, kernel = [], []
    for _ in range(RUNS):
        command = machine.qemu(IMAGE, "log=info") + ["-serial", "stdio"]
        seconds, inside = until_prompt(command, "QEMU")
        total.append(seconds * 1000)
        if inside is not None:
            kernel.append(inside * 1000)
    row("QEMU (TCG): start to prompt", total, "ms", 1000)
    if kernel:
        row("  kernel entry to prompt", kernel, "ms", 150)


def sizes():
    """What the kernel takes, without applications."""
    row("kernel.elf", [os.path.getsize(KERNEL) / 1024], "KiB", 2048)
    row("host kernel (with debug information)", [os.path.getsize(HOST) / 1024], "KiB")
    row("image.tar", [os.path.getsize(IMAGE) / 1024], "KiB")


def build():
    """A build with nothing to do."""
    times = []
    for _ in range(RUNS):
        begin = time.monotonic()
        subprocess.run([os.path.join(ROOT, "foreman"), "build"], check=True, stdout=subprocess.DEVNULL)
        times.append((time.monotonic() - begin) * 1000)
    row("second ./foreman build", times, "ms", 1000)


def programs():
    """One small program, from the command line to its status."""
    env = dict(os.environ, WASMOS_NO_BUILD="1")
    for name, words, limit in (("host port", ["--host"], None), ("QEMU", [], None)):
        times = []
        for _ in range(RUNS):
            begin = time.monotonic()
            with tempfile.TemporaryFile() as out:
                subprocess.run(
                    [os.path.join(ROOT, "foreman"), "exec", *words, "helloworld-c"], check=True, stdout=out,
                    stdin=subprocess.DEVNULL, env=env,
                )
            times.append((time.monotonic() - begin) * 1000)
        row("exec helloworld-c, %s" % name, times, "ms", limit)


class Bench:
    """A benchmark: its function, whether only by name (it takes minutes), and the options that it understands."""

    def __init__(self, run, asked=False, options=()):
        self.run, self.asked, self.options = run, asked, options


SUITES = {
    "boot": Bench(boot),
    "sizes": Bench(sizes),
    "build": Bench(build),
    "programs": Bench(programs),
    "engine": Bench(bench_engine.main, True, ("rounds", "programs", "engines", "quick")),
    "compile": Bench(bench_compile.main, True, ("rounds", "engines", "quick")),
    "sdk": Bench(bench_sdk.main, True, ("rounds", "quick")),
    "calls": Bench(bench_calls.main, True, ("rounds", "engines", "quick")),
    "copies": Bench(bench_calls.copies, True, ("rounds", "engines", "quick")),
}


def check(values, names):
    """What was said has to make sense, before anything is built: every option means something to one of the
    benchmarks, every name is known."""
    bench_programs.check(values.programs or [])
    bench_engines.check(values.engines or [])
    for name in names:
        if name not in SUITES:
            raise Problem(unknown("benchmark", name, SUITES), 2)
    for option, value in values.items():
        takers = [name for name, suite in SUITES.items() if option in suite.options]
        if value and not set(takers) & set(names):
            raise Problem("--%s is for `./foreman bench %s`" % (option, "` or `".join(takers)), 2)


def main(words, values):
    check(values, words)
    packages.require(packages.BUILDING + packages.RUNNING)
    builder.build()
    chosen = words or [n for n, suite in SUITES.items() if not suite.asked]
    if not all(SUITES[name].options for name in chosen):
        print("best and middle of %d runs; %d CPUs, Python %s" % (RUNS, os.cpu_count() or 1, sys.version.split()[0]))
    for name in chosen:
        suite = SUITES[name]
        if suite.options:
            suite.run(values)
        else:
            suite.run()
    return 0
