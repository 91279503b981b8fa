"""`bench calls`: what a call costs in each engine, net of the loop around it (tests/bench/calls.c); `bench copies`: what
copies and fills of unknown length cost (tests/bench/copies.c)."""

import os
import statistics
import subprocess

from . import bench_engine, bench_engines, bench_programs, builder
from .paths import BUILD
from .ui import Problem, say

LIMIT_S = 120.0
CALLS = bench_programs.Program("calls")
COPIES = bench_programs.Program("copies")
NET = ("direct", "indirect", "host")  # a turn of the loop with the call, less one without


def run(engine, program, kind):
    """One run: name to ns. kind: of the program outside of native code."""
    kind = "native" if engine.name == bench_engines.NATIVE else kind
    command = engine.command + [bench_programs.path(program, kind)]
    try:
        p = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=engine.env,
            timeout=LIMIT_S, check=True,
        )
    except subprocess.TimeoutExpired:
        raise Problem("%s in %s took longer than %g s" % (program.name, engine.name, LIMIT_S)) from None
    except subprocess.CalledProcessError as e:
        text = e.stderr.decode("utf-8", "replace")
        raise Problem("%s in %s: status %d: %s" % (program.name, engine.name, e.returncode, text)) from None
    return {name: float(ns) for name, ns in map(str.split, p.stdout.decode().splitlines())}


def bare():
    """WasmOS's engine without its system (wasm/tools/bare_main.c), where the host function is empty, as in V8."""
    tool = os.path.join(BUILD, "tools", "bare")
    return bench_engines.Engine("bare", "bare: WasmOS's engine alone, as a Linux process", [tool])


def measure(values, program, kind):
    """The medians over the rounds, by engine and name."""
    engines = bench_engines.choose(values.engines or [])
    if any(e.name == "WasmOS" for e in engines):
        builder.build(["tools"])
        engines.insert(1 + [e.name for e in engines].index("WasmOS"), bare())
    bench_programs.build([program])
    rounds = values.rounds or (1 if values.quick else bench_engine.ROUNDS)
    bench_engine.heading(engines, [], rounds)
    found = {e.name: [] for e in engines}
    for _ in range(rounds):
        for e in engines:
            found[e.name].append(run(e, program, kind))
    return {
        engine: {name: statistics.median(one[name] for one in runs) for name in runs[0]}
        for engine, runs in found.items()
    }


def table(results, titles):
    say("%-18s" % "ns" + "".join("%10s" % engine for engine in results))
    for name, title in titles.items():
        cells = [by_name.get(name) for by_name in results.values()]
        say("%-18s" % title + "".join("%10s" % ("%.2f" % ns if ns is not None else "-") for ns in cells))


def net(middle):
    """The loop taken off."""
    return {name: ns - middle["loop"] if name in NET else ns for name, ns in middle.items()}


def main(values):
    results = {engine: net(middle) for engine, middle in measure(values, CALLS, "wasm").items()}
    table(results, {"loop": "loop alone", "direct": "direct call", "indirect": "indirect call", "host": "host call",
                    "fibonacci": "Fibonacci, a call"})


def copies(values):
    results = measure(values, COPIES, "simd.wasm")
    names = results[bench_engines.NATIVE]
    table(results, {name: name.replace("-", ", ") + " bytes" for name in names})
