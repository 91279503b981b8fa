"""The programs of `bench engine`: what each is made of, which results it counts for, and how it is compiled natively
and to WebAssembly by the same compiler with the same flags. Sources of others come by package name (bench_sources)."""

import hashlib
import os

from . import bench_sources, builder, describe, packages
from .paths import BUILD, ROOT, rel
from .ui import Problem, say, unknown

SOURCES = os.path.join(ROOT, "tests", "bench")  # Ninja runs in ROOT, and gets paths relative to it
OUT = os.path.join(BUILD, "bench")
MUSL_LIB = "/usr/lib/x86_64-linux-musl/"
MUSL_INCLUDE = "/usr/include/x86_64-linux-musl"
MUSL_MALLOC = os.path.join(SOURCES, "musl", "malloc.c")
MUSL = packages.Package("musl-dev", MUSL_LIB + "libc.a", "the C library of WebAssembly's programs, for native ones")
RUSTC = "/usr/bin/rustc"  # the distribution's: others seldom have the library for WASI
RUST = [
    packages.Package("rustc", RUSTC, "compiles programs in Rust"),
    packages.Package("libstd-rust-dev-wasm32", "/usr/lib/rustlib/wasm32-wasi", "Rust's library for WebAssembly"),
    packages.Package("lld-14", "wasm-ld-14", "links what that library is made of"),
]

CORE, POLYBENCH, LUA, SQLITE, OTHER = "core", "PolyBench", "Lua", "sqlite", ""

LUA_FLAGS = ["-I", "tests/bench/lua", "-D_WASI_EMULATED_SIGNAL", "-Wno-c23-extensions"]
LUA_SOURCES = [
    name + ".c"
    for name in (
        "lapi lcode lctype ldebug ldo ldump lfunc lgc llex lmem lobject lopcodes lparser lstate lstring ltable ltm "
        "lundump lvm lzio lauxlib lbaselib lmathlib lstrlib ltablib"
    ).split()
]
SQLITE_FLAGS = [
    "-D" + setting
    for setting in (
        "SQLITE_THREADSAFE=0 SQLITE_OS_OTHER=1 SQLITE_OMIT_LOAD_EXTENSION SQLITE_TEMP_STORE=3 "
        "SQLITE_DEFAULT_MEMSTATUS=0"
    ).split()
]
ZLIB_SOURCES = [
    name + ".c" for name in "adler32 compress crc32 deflate inffast inflate inftrees trees uncompr zutil".split()
]


class Program:
    """name (that of its source in tests/bench), the result it counts for apart, whether its time depends on the C
    library (its native yardstick is then built with musl too), and a package's sources compiled along."""

    def __init__(self, name, group=OTHER, musl=False, package=None, sources=(), flags=()):
        self.name, self.group, self.musl = name, group, musl
        self.package, self.sources, self.flags = package, sources, flags


PROGRAMS = [
    Program("core", CORE),
    Program("lua", LUA, True, bench_sources.LUA, LUA_SOURCES, LUA_FLAGS),
    Program("lua-strings", LUA, True, bench_sources.LUA, LUA_SOURCES, LUA_FLAGS),
    Program("sqlite", SQLITE, True, bench_sources.SQLITE, ["sqlite3.c"], SQLITE_FLAGS),
    Program("zlib", package=bench_sources.ZLIB, sources=ZLIB_SOURCES),
    Program("compress"),
    Program("json"),
    Program("sha256"),
    Program("tree-hash"),
    Program("n-body"),
    Program("mandelbrot"),
    Program("fannkuch"),
    Program("binary-trees", musl=True),
    Program("interpreter"),
    Program("sort"),
    Program("virtual"),
    Program("words"),
] + [
    Program(name, POLYBENCH)
    for name in (
        "2mm 3mm atax cholesky correlation durbin fdtd-2d floyd-warshall gemm heat-3d jacobi-2d lu nussinov "
        "seidel-2d syrk trisolv"
    ).split()
]

COMPILERS = {".c": ("clang", []), ".cpp": ("clang++", ["-fno-exceptions"])}
VECTOR_FLAGS = ["-msimd128", "-mbulk-memory", "-mnontrapping-fptoint"]
_WASM = ["--target=wasm32-wasi", "-O2"]
FLAGS = {
    "native": ["-O2"],
    "musl": ["--target=x86_64-linux-musl", "-O2", "-nostdlibinc", "-isystem", MUSL_INCLUDE, "-static", "-nostdlib"],
    "wasm": _WASM,
    "simd.wasm": _WASM + VECTOR_FLAGS,
}
RUST_SOURCE = ".rs"
_RUST = ["--edition", "2021", "-C", "opt-level=2", "-C", "panic=abort"]
_RUST_WASM = _RUST + ["--target", "wasm32-wasi", "-C", "linker=wasm-ld-14"]
RUST_FLAGS = {
    "native": _RUST + ["-C", "linker=" + packages.tool("clang")],
    "wasm": _RUST_WASM,
    "simd.wasm": _RUST_WASM + ["-C", "target-feature=+simd128,+bulk-memory,+nontrapping-fptoint"],
}
LIBRARIES = {
    "native": ["-lm"],
    "musl": [MUSL_LIB + name for name in ("crt1.o", "crti.o", "libc.a", "crtn.o")],
    "wasm": [],
    "simd.wasm": [],
}


def has_musl():
    """Whether native programs can be built with WebAssembly's C library: musl, with dlmalloc in place of its own."""
    return not MUSL.missing() and os.path.isdir(bench_sources.DLMALLOC.folder())


def kinds(program):
    """What the program is compiled to."""
    return [k for k in FLAGS if k != "musl" or (program.musl and has_musl())]


def path(program, kind):
    return os.path.join(OUT, "%s.%s" % (program.name, kind))


def source_of(program):
    endings = list(COMPILERS) + [RUST_SOURCE]
    return next(p for p in (os.path.join(SOURCES, program.name + e) for e in endings) if os.path.exists(p))


def is_rust(program):
    return source_of(program).endswith(RUST_SOURCE)


class Description:
    """The text of a Ninja file: an object for each source and kind, a program of objects."""

    def __init__(self):
        self.text = ["builddir = " + describe.escape(rel(OUT))]
        self.text += ["rule cc", "  command = $cc -MD -MF $out.d -c $in -o $out"]
        self.text += ["  depfile = $out.d", "  deps = gcc", "  description = $kind $in"]
        self.text += ["rule link", "  command = $cc -o $out $in $libraries", "  description = $kind $out"]
        self.text += ["rule rustc", "  command = $cc --out-dir $folder --emit link=$out $in"]
        self.text += ["  description = $kind $out"]
        self.made = set()

    def rust(self, program, kind):
        """Compiled and linked in one step; what is between has a folder of its own, since all kinds give it one name."""
        out, source = rel(path(program, kind)), rel(source_of(program))
        folder = rel(os.path.join(OUT, "obj", kind))
        self.text.append("build %s: rustc %s" % (describe.escape(out), describe.escape(source)))
        self.text.append("  cc = " + " ".join(map(describe.quote, [RUSTC] + RUST_FLAGS[kind])))
        self.text += ["  kind = " + kind, "  folder = " + describe.quote(folder)]

    def compile(self, source, kind, flags):
        """The object's path. Programs that share a package's sources share their objects."""
        tool, extra = COMPILERS[os.path.splitext(source)[1]]
        command = " ".join(map(describe.quote, [packages.tool(tool), "-I", "."] + FLAGS[kind] + extra + flags))
        digest = hashlib.sha256(command.encode()).hexdigest()[:8]
        out = os.path.join(OUT, "obj", kind, digest, os.path.basename(source) + ".o")
        if out not in self.made:
            self.made.add(out)
            self.text.append("build %s: cc %s" % (describe.escape(rel(out)), describe.escape(rel(source))))
            self.text += ["  cc = " + command, "  kind = " + kind]
        return out

    def program(self, program, kind):
        folder = program.package.folder() if program.package else ROOT
        source = source_of(program)
        flags = ["-I", rel(folder)] + list(program.flags)
        objects = [self.compile(s, kind, flags) for s in [source] + [os.path.join(folder, s) for s in program.sources]]
        if kind == "musl":
            flags = ["-Wno-macro-redefined", "-I", rel(bench_sources.DLMALLOC.folder())]
            objects.append(self.compile(MUSL_MALLOC, kind, flags))
        tool = packages.tool(COMPILERS[os.path.splitext(source)[1]][0])
        inputs = " ".join(describe.escape(rel(o)) for o in objects)
        self.text.append("build %s: link %s" % (describe.escape(rel(path(program, kind))), inputs))
        self.text.append("  cc = " + " ".join(map(describe.quote, [tool] + FLAGS[kind])))
        self.text += ["  kind = " + kind, "  libraries = " + " ".join(map(describe.quote, LIBRARIES[kind]))]


def check(names):
    """By name, all of them; every one of `names` has to be among them."""
    by_name = {p.name: p for p in PROGRAMS}
    for name in names:
        if name not in by_name:
            raise Problem(unknown("program", name, by_name), 2)
    return by_name


def choose(names):
    """The programs of these names, or all; those whose sources are not to be had are left out with a word."""
    by_name, chosen = check(names), []
    for program in [by_name[n] for n in names] or PROGRAMS:
        why_not = program.package.fetch() if program.package else None
        absent = packages.missing(RUST) if is_rust(program) else []
        if absent:
            why_not = "it needs " + ", ".join("%s (%s)" % (p.name, p.why) for p in absent)
        if why_not:
            say("%s is left out: %s" % (program.name, why_not))
        else:
            chosen.append(program)
    if any(p.musl for p in chosen) and not MUSL.missing():
        why_not = bench_sources.DLMALLOC.fetch()
        if why_not:
            say("no native programs with musl: " + why_not)
    return chosen


def build(programs):
    """Brings every kind of the programs up to date."""
    os.makedirs(OUT, exist_ok=True)
    d = Description()
    for program in programs:
        for kind in kinds(program):
            (d.rust if is_rust(program) else d.program)(program, kind)
    ninja_file = os.path.join(OUT, "build.ninja")
    with builder.lock():
        with open(ninja_file, "w", encoding="utf-8") as f:
            f.write("\n".join(d.text) + "\n")
        if builder.Runner("bench").run(["ninja", "-f", rel(ninja_file)]):
            raise Problem("the benchmark programs could not be built")
