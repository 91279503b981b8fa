"""`bench sdk`: the SDK's libraries against the distribution's wasi-libc and libc++: the same sources (tests/bench/sdk),
compiler and flags, all of them run on the host port by turns. Sizes, start-up times, and what single functions take."""

import os
import statistics
import subprocess

from . import builder, packages
from .bench_programs import RUST, RUSTC
from .paths import BUILD, HOST, ROOT
from .ui import Problem, say

SOURCES = os.path.join(ROOT, "tests", "bench", "sdk")
OUT = os.path.join(BUILD, "bench", "sdk")
PEERS = [
    packages.Package("wasi-libc", "/usr/include/wasm32-wasi/stdio.h", "the C library to compare with"),
    packages.Package("libc++-%s-dev-wasm32" % packages.LLVM, "/usr/include/wasm32-wasi/c++/v1/vector", "its C++ library"),
    packages.Package("libc++abi-%s-dev-wasm32" % packages.LLVM, "/usr/lib/wasm32-wasi/libc++abi.a", "its run-time part"),
]
PROGRAMS = ["heap.c", "memory.c", "text.c", "containers.cpp"]
HELLOS = ["hello-puts.c", "hello-printf.c", "hello-iostream.cpp"]
RUST_HELLO = "hello-rust.rs"
SDK, PEER = "SDK", "wasi"
FLAGS = ["-O2", "-I", ROOT]
STRIP = ["-Wl,--strip-all"]
LINES = 100000  # of the input: five runs of what reads it
ROUNDS, LIMIT_S = 5, 300.0


def compilers(source):
    """{kind: the beginning of the command}"""
    cpp = source.endswith(".cpp")
    peer = [packages.tool("clang++" if cpp else "clang"), "--target=wasm32-wasi", "-mbulk-memory"]
    peer += ["-mnontrapping-fptoint"] + (["-std=gnu++20", "-fno-exceptions"] if cpp else [])
    return {SDK: [os.path.join(ROOT, "sdk", "bin", "wasmos-c++" if cpp else "wasmos-cc")], PEER: peer}


def path(source, kind):
    return os.path.join(OUT, "%s.%s.wasm" % (os.path.splitext(source)[0], kind.lower()))


def call(command):
    p = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if p.returncode:
        raise Problem("%s:\n%s" % (" ".join(command), p.stdout.decode("utf-8", "replace")))


def build():
    os.makedirs(OUT, exist_ok=True)
    for source in PROGRAMS + HELLOS:
        for kind, command in compilers(source).items():
            strip = STRIP if source in HELLOS else []
            call(command + FLAGS + strip + [os.path.join(SOURCES, source), "-o", path(source, kind)])
    call([os.path.join(ROOT, "sdk/bin/wasmos-cc"), *FLAGS, os.path.join(SOURCES, "start.c"), "-o", path("start.c", SDK)])
    with open(os.path.join(OUT, "lines.txt"), "w", encoding="ascii") as f:
        f.writelines("line %06d of text\n" % i for i in range(LINES))


def rust_hello():
    """The path of Rust's, or None: the distribution's rustc and its library for WASI are not required."""
    if packages.missing(RUST):
        return None
    out = path(RUST_HELLO, "rust")
    flags = ["--target", "wasm32-wasi", "-O", "-C", "panic=abort", "-C", "strip=symbols", "-C", "linker=wasm-ld-14"]
    call([RUSTC, *flags, os.path.join(SOURCES, RUST_HELLO), "-o", out])
    return out


def run(wasm, *arguments):
    """What the program measured: {name: ns}."""
    command = [os.path.join(ROOT, "foreman"), "exec", "--host", "--dir", OUT + "::/bench", "--", wasm, *arguments]
    with open(os.path.join(OUT, "lines.txt"), "rb") as lines:
        p = subprocess.run(
            command, stdin=lines, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=LIMIT_S, check=False,
            env=dict(os.environ, WASMOS_NO_BUILD="1"))
    text = p.stderr.decode("utf-8", "replace")
    if p.returncode:
        raise Problem("%s ended with %d:\n%s" % (wasm, p.returncode, text))
    return {name: float(ns) for name, _, ns in (line.rpartition(" ") for line in text.splitlines())}


def collect(runs):
    """{name: median} over the rounds."""
    return {name: statistics.median(one[name] for one in runs) for name in runs[0]}


def row(name, ours, theirs, form="%.1f"):
    ratio = "%8.2f" % (ours / theirs) if theirs else "%8s" % "-"
    print("%-44s %12s %12s %s" % (name, form % ours, form % theirs if theirs else "-", ratio), flush=True)


def sizes_and_starts(rounds):
    rust = rust_hello()
    titles = {"hello-puts.c": "puts", "hello-printf.c": "printf with %d and %g", "hello-iostream.cpp": "cout"}
    print("\nhello world, bytes without names")
    for source, title in titles.items():
        row(title, os.path.getsize(path(source, SDK)), os.path.getsize(path(source, PEER)), "%d")
    if rust:
        row("Rust's std, println", os.path.getsize(rust), None, "%d")
    files = [path(source, kind) for source in HELLOS for kind in (SDK, PEER)] + ([rust] if rust else [])
    inside = ["/bench/" + os.path.basename(f) for f in files]
    found = collect([run(path("start.c", SDK), *inside) for _ in range(rounds)])
    print("\nhello world, from its start to its end, µs")
    for source, title in titles.items():
        ours, theirs = (found["/bench/" + os.path.basename(path(source, kind))] / 1e3 for kind in (SDK, PEER))
        row(title, ours, theirs)
    if rust:
        row("Rust's std, println", found[inside[-1]] / 1e3, None)


def main(values):
    packages.require(packages.BUILDING + PEERS)
    builder.build(["sdk", "host", "image"])
    rounds = values.rounds or (1 if values.quick else ROUNDS)
    say("building …")
    build()
    print("medians of %d rounds, by turns; %s; %s" % (
        rounds, subprocess.run([packages.tool("clang"), "--version"], stdout=subprocess.PIPE, check=True)
        .stdout.decode().splitlines()[0], os.path.basename(HOST) + " as a Linux process"))
    print("%-44s %12s %12s %8s" % ("", "SDK", "wasi-libc", "ratio"))
    sizes_and_starts(rounds)
    for source in PROGRAMS:
        found = {SDK: [], PEER: []}
        for _ in range(rounds):
            for kind, runs in found.items():
                runs.append(run(path(source, kind)))
        print("\n%s, ns" % source)
        ours, theirs = collect(found[SDK]), collect(found[PEER])
        for name, ns in ours.items():
            row(name, ns, theirs[name])
