"""What `fuzz` compares with and gets modules from: each is fetched by name at its first use, under build/, and is None
where that is not possible."""

import os
import shutil
import subprocess

from . import bench_engines
from .bench_engines import output
from .paths import BUILD, ROOT
from .ui import say

FOLDER = os.path.join(BUILD, "fuzz")
SOURCES = os.path.join(ROOT, "tests", "fuzz")
STACK = "ulimit -s 65536 2>/dev/null || ulimit -s $(ulimit -H -s); exec \"$@\""  # V8 uses the process's own
SMITH_FEATURES = ("memory64", "exceptions")
BINARYEN_FEATURES = (
    "--mvp-features", "--enable-simd", "--enable-bulk-memory", "--enable-sign-ext", "--enable-nontrapping-float-to-int",
    "--enable-multivalue", "--enable-mutable-globals",
)


def node():
    """The command that runs a script in V8 with type reflection, or None."""
    engine = bench_engines.v8()
    if not engine:
        return None
    flags = ["--no-warnings", "--stack-size=30000", "--expose-gc", "--experimental-wasm-type-reflection"]
    command = ["sh", "-c", STACK, "sh", engine.command[0], *flags]
    return command if output(command + ["-e", "new WebAssembly.Global({value: 'i32'}, 0).type()"]) is not None else None


def wasmtime():
    engine = bench_engines.wasmtime()
    return [engine.command[0], os.path.join(SOURCES, "run_wasmtime.py")] if engine else None


def smith():
    """The program over the crate wasm-smith, or None."""
    source, target = os.path.join(SOURCES, "smith"), os.path.join(FOLDER, "smith")
    tool = os.path.join(target, "release", "smith")
    copy = os.path.join(FOLDER, "smith-source")
    files = ("Cargo.toml", os.path.join("src", "main.rs"))
    stale = any(
        not os.path.exists(tool) or os.path.getmtime(os.path.join(source, f)) > os.path.getmtime(tool) for f in files
    )
    if stale and shutil.which("cargo"):
        say("building the generator over the crate wasm-smith …")
        shutil.rmtree(copy, ignore_errors=True)  # cargo writes beside its input
        shutil.copytree(source, copy)
        output(["cargo", "build", "--quiet", "--release", "--target-dir", target], cwd=copy)
    return [tool] if os.path.exists(tool) else None


def binaryen():
    """The distribution's wasm-opt, unpacked where no compiler finds it, or None."""
    folder = os.path.join(FOLDER, "binaryen")
    tool = os.path.join(folder, "usr", "bin", "wasm-opt")
    if not os.path.exists(tool) and shutil.which("apt-get"):
        say("fetching the package binaryen into build/fuzz …")
        os.makedirs(folder, exist_ok=True)
        output(["apt-get", "download", "-q", "binaryen"], cwd=folder)
        for name in os.listdir(folder):
            if name.endswith(".deb"):
                output(["dpkg", "-x", name, "."], cwd=folder)
    return [tool] if output([tool, "--version"]) is not None else None


def wasm_opt_module(tool, seed, folder):
    """One module of binaryen's generator, out of random bytes that the seed stands for; b"" if it makes none."""
    import random

    source, out = os.path.join(folder, "random"), os.path.join(folder, "random.wasm")
    r = random.Random(seed)
    with open(source, "wb") as f:
        f.write(r.randbytes(r.choice((200, 800, 3000))))
    done = subprocess.run(
        tool + ["-ttf", source, "-o", out, "--denan", *BINARYEN_FEATURES],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    )
    if done.returncode:
        return b""
    with open(out, "rb") as f:
        return f.read()
