"""The part of the description that makes programs written in Rust. sdk/bin/wasmos-rustc compiles and links them;
what a program consists of, it tells itself."""

import os

from . import packages
from .paths import ROOT, find

RUSTC = "sdk/bin/wasmos-rustc"
DRIVER = [RUSTC, "sdk/rust/driver.py", "sdk/sdk.toml"]
CRATES = (("wasmos", "sdk/rust/wasmos", ""), ("wasmos_env", "sdk/rust/wasmos-env", "--no-std "))
MAIN = "src/main.rs"


def missing():
    """Why programs in Rust cannot be built, or None."""
    absent = packages.missing(packages.RUST)
    return packages.advice(absent) if absent else None


def crate(name):
    return "build/sdk/rust/lib%s.rlib" % name


def describe(d, sdk):
    """The crates; part `rust`."""
    reason = missing()
    if reason:
        d.problem("rust", reason)
        return
    line = "python3 %s --depfile $out.d $flags $in -o $out" % RUSTC
    d.rule("rustc", line, "RUSTC $in", depfile=True)
    d.generated_rust = sdk.generate(d, "rust_generate")
    for name, folder, flags in CRATES:
        flags += "--crate-type=rlib --crate-name %s" % name
        source = folder + "/src/lib.rs"
        d.part("rust", [d.build(crate(name), "rustc", [source], DRIVER + d.generated_rust, flags=flags)])


def program(d, source, out, no_std=False, flags=""):
    """A program whose root is this file."""
    flags = ("--no-std " if no_std else "") + flags
    crates = [crate("wasmos_env" if no_std else "wasmos")]
    return d.build(out, "rustc", [source], DRIVER + crates, flags=flags.strip())


def app(d, a):
    from .describe import quote

    flags = ["--crate-name", a.name.replace("-", "_")] + a.flags + ["-Clink-arg=" + f for f in a.link_flags]
    return program(d, os.path.join(a.folder, MAIN), a.wasm, a.no_std, " ".join(map(quote, flags)))


def test_programs(d):
    """tests/rust: one file, one program; those whose names begin with env_ are of the flavour without std."""
    if missing():
        return []
    outputs = []
    for source in find("tests/rust", ".rs"):
        stem = os.path.splitext(os.path.basename(source))[0]
        out = "build/tests/rust/%s.wasm" % stem
        outputs.append(program(d, source, out, stem.startswith("env_")))
    return outputs
