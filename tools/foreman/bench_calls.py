"""`bench calls`: what a call costs in each engine, net of the loop around it (tests/bench/calls.c)."""

import os
import statistics
import subprocess

from . import bench_engine, bench_engines, bench_programs, builder
from .paths import BUILD
from .ui import Problem, say

LIMIT_S = 120.0
PROGRAM = bench_programs.Program("calls")
NET = ("direct", "indirect", "host")  # a turn of the loop with the call, less one without


def run(engine):
    """One run: name to ns."""
    kind = "native" if engine.name == bench_engines.NATIVE else "wasm"
    command = engine.command + [bench_programs.path(PROGRAM, kind)]
    try:
        p = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=engine.env,
            timeout=LIMIT_S, check=True,
        )
    except subprocess.TimeoutExpired:
        raise Problem("calls in %s took longer than %g s" % (engine.name, LIMIT_S)) from None
    except subprocess.CalledProcessError as e:
        text = e.stderr.decode("utf-8", "replace")
        raise Problem("calls in %s: status %d: %s" % (engine.name, e.returncode, text)) from None
    return {name: float(ns) for name, ns in map(str.split, p.stdout.decode().splitlines())}


def bare():
    """WasmOS's engine without its system (wasm/tools/bare_main.c), where the host function is empty, as in V8."""
    tool = os.path.join(BUILD, "tools", "bare")
    return bench_engines.Engine("bare", "bare: WasmOS's engine alone, as a Linux process", [tool])


def net(found):
    """Medians over the rounds, the loop taken off."""
    middle = {name: statistics.median(one[name] for one in found) for name in found[0]}
    return {name: ns - middle["loop"] if name in NET else ns for name, ns in middle.items()}


def main(values):
    engines = bench_engines.choose(values.engines or [])
    if any(e.name == "WasmOS" for e in engines):
        builder.build(["tools"])
        engines.insert(1 + [e.name for e in engines].index("WasmOS"), bare())
    bench_programs.build([PROGRAM])
    rounds = values.rounds or (1 if values.quick else bench_engine.ROUNDS)
    bench_engine.heading(engines, [], rounds)
    found = {e.name: [] for e in engines}
    for _ in range(rounds):
        for e in engines:
            found[e.name].append(run(e))
    results = {name: net(runs) for name, runs in found.items()}
    titles = {"loop": "loop alone", "direct": "direct call", "indirect": "indirect call", "host": "host call",
              "fibonacci": "Fibonacci, a call"}
    say("%-18s" % "ns" + "".join("%10s" % e.name for e in engines))
    for name, title in titles.items():
        cells = [results[e.name].get(name) for e in engines]
        say("%-18s" % title + "".join("%10s" % ("%.2f" % ns if ns is not None else "-") for ns in cells))
