"""The part of the description that makes WebAssembly: the SDK, the applications and the test programs. Tools
and flags are data in sdk/sdk.toml, which sdk/bin/wasmos-cc reads as well."""

import os

from . import describe_as, describe_rust, packages, toml
from .paths import ROOT, find
from .ui import Problem

SDK_TOML = "sdk/sdk.toml"
WASI_FLAGS = "--target=wasm32-wasi -O2 -g -Wall -Wextra -Werror -fcolor-diagnostics"
ENGINE_RT = ("wasm/rt/module.c", "wasm/rt/types.c")
ENGINE_FLAGS = "-I. -std=gnu17 -ffunction-sections -fdata-sections"
CPP_ENDINGS = (".cpp", ".cc", ".cxx")


class Sdk:
    """sdk.toml, as the strings that commands are made of."""

    def __init__(self):
        with open(os.path.join(ROOT, SDK_TOML), encoding="utf-8") as f:
            try:
                self.keys = toml.parse(f.read())
            except toml.TomlError as e:
                raise Problem("%s: %s" % (SDK_TOML, e)) from None

    def __getitem__(self, key):
        if key not in self.keys:
            raise Problem("%s: `%s` is missing" % (SDK_TOML, key))
        return self.keys[key]

    def words(self, *keys):
        return " ".join(str(w) for key in keys for w in self[key])

    def compile(self, language, more=()):
        """The command line without files and without what a single program adds; `more` names further flags."""
        includes = ["-isystem " + folder for folder in self["include_" + language]]
        flags = self.words("flags", language + "_flags", *more)
        return " ".join([self["cxx" if language == "cpp" else "cc"], flags] + includes)

    def link(self, language, variant):
        folder = variant.folder
        flags = self.words("link_flags", *variant.link)
        libraries = self.words("libs_" + language)
        return "%s %s $flags -o $out %s/crt1.o $in -L%s %s" % (self["ld"], flags, folder, folder, libraries)


    def generate(self, d, key):
        """What the script that `key` names makes from abi/: the files."""
        outputs = self[key + "_outputs"]
        d.rule(key, "python3 %s" % self.words(key), "GENERATE %s" % self[key][1])
        d.made.update(outputs)
        d.text.append("build %s: %s | %s" % (" ".join(outputs), key, self.words(key + "_inputs")))
        return outputs


class Variant:
    """The libraries and programs exist twice. suffix of the rules; where libraries and objects are; which keys of
    sdk.toml are added for both, for programs only, for the link."""

    def __init__(self, suffix, folder, objects, compile, program, link):
        self.suffix, self.folder, self.objects = suffix, folder, objects
        self.compile, self.program, self.link = compile, program, link


PLAIN = Variant("", "build/sdk/lib", "build/obj/wasm", (), (), ())
THREADS = Variant(
    "_threads",
    "build/sdk/lib-threads",
    "build/obj/wasm-threads",
    ("threads_flags",),
    ("threads_program_flags",),
    ("threads_link_flags",),
)
VARIANTS = (PLAIN, THREADS)


def is_cpp(source):
    return source.endswith(CPP_ENDINGS)


def rules(d, sdk):
    # -MD: the SDK's headers count, though they are system headers to the compiler
    tail = " -fcolor-diagnostics $flags -MD -MF $out.d -c $in -o $out"
    for language, name in (("c", "CC"), ("cpp", "C++")):
        library = ("library_flags", "library_c_flags") if language == "c" else ("library_flags",)
        for v in VARIANTS:
            program = sdk.compile(language, v.compile + v.program) + " -Wall -Wextra" + tail
            d.rule("wasm_" + language + v.suffix, program, name + "(wasm) $in", depfile=True)
            part = sdk.compile(language, v.compile + library) + tail
            d.rule("sdk_" + language + v.suffix, part, name + "(sdk) $in", depfile=True)
            d.rule("wasm_link_" + language + v.suffix, sdk.link(language, v), "LINK $out")
    d.rule("wasm_ar", "rm -f $out && %s rcsD $out $in" % sdk["ar"], "AR $out")


def library(d, sdk, v):
    """crt1.o, libc.a and libc++.a; returns what a program's link waits for."""
    crt = sdk["crt1"]
    outputs = [d.build(v.folder + "/crt1.o", "sdk_c" + v.suffix, [crt], [SDK_TOML], d.generated)]
    for folder, language, archive in (("sdk/c/src", "c", "libc.a"), ("sdk/cpp/src", "cpp", "libc++.a")):
        objects = [
            d.build("%s/%s.o" % (v.objects, s), "sdk_" + language + v.suffix, [s], [SDK_TOML], d.generated)
            for s in find(folder, *(CPP_ENDINGS if language == "cpp" else (".c",)))
            if s != crt
        ]
        if objects:
            outputs.append(d.build("%s/%s" % (v.folder, archive), "wasm_ar", objects))
        else:
            d.problem("sdk", "%s holds no source files" % folder)
    return outputs


def engine(d):
    """The engine as a library for programs that look at modules: all of it but what runs them. Such a program
    brings its own rt_entries."""
    from .describe import engine_sources

    apart = {s for s in find("wasm/rt", ".c") if s not in ENGINE_RT} | {"base/string.c"}  # the C library has these
    sources = [s for s in engine_sources(False) + find("wasm/dump", ".c") if s not in apart]
    objects = [
        d.build("build/obj/wasm/%s.o" % s, "wasm_c", [s], [SDK_TOML], d.generated, flags=ENGINE_FLAGS) for s in sources
    ]
    return d.build("build/sdk/lib/libengine.a", "wasm_ar", objects)


def program(d, sources, out, lib, flags="", link_flags="", v=PLAIN):
    """A program of C and C++ files over the SDK."""
    objects = []
    for s in sources:
        rule = ("wasm_cpp" if is_cpp(s) else "wasm_c") + v.suffix
        objects.append(d.build("%s/%s.o" % (v.objects, s), rule, [s], [SDK_TOML], d.generated, flags=flags))
    rule = ("wasm_link_cpp" if any(map(is_cpp, sources)) else "wasm_link_c") + v.suffix
    return d.build(out, rule, objects, lib + [SDK_TOML], flags=link_flags)


def wasi_program(d, sources, out, flags="", link_flags=""):
    """A program over the distribution's wasi-libc (and libc++), which WasmOS has no part in. Linked without
    -O: clang would run any wasm-opt it finds."""
    cpp = any(map(is_cpp, sources))
    rule = "wasi_cpp" if cpp else "wasi_c"
    tool = packages.tool("clang++" if cpp else "clang")
    extra = " -fno-exceptions" if cpp else ""
    d.rule(rule, "%s %s%s $flags -MMD -MF $out.d -c $in -o $out" % (tool, WASI_FLAGS, extra), "CC(wasi) $in", True)
    d.rule(rule + "_link", "%s --target=wasm32-wasi $flags $in -o $out" % tool, "LINK $out")
    objects = [d.build("build/obj/wasi/%s.o" % s, rule, [s], flags=flags) for s in sources]
    return d.build(out, rule + "_link", objects, flags=link_flags)


def bare_program(d, source, out, arch="wasm32"):
    """A program over nothing at all: freestanding, its imports declared in the source."""
    flags = "--target=$arch -ffreestanding -nostdlib -O2 -Wall -Wextra -Werror -fcolor-diagnostics"
    d.rule("bare_c", "%s %s -MMD -MF $out.d -c $in -o $out" % (packages.tool("clang"), flags), "CC(bare) $in", True)
    d.rule("bare_link", "%s -m$arch --no-entry --stack-first -z stack-size=65536 $in -o $out" % packages.tool("wasm-ld"), "LINK $out")
    compiled = d.build("build/obj/bare/%s.o" % source, "bare_c", [source], arch=arch)
    return d.build(out, "bare_link", [compiled], arch=arch)


def threads_program(d, source, out):
    """A program over nothing whose threads share the memory that it imports."""
    flags = "--target=wasm32 -std=c17 -I. -ffreestanding -matomics -mbulk-memory -O2 -Wall -Wextra -Werror -fcolor-diagnostics"
    link = "--no-entry --shared-memory --import-memory --export-memory --max-memory=33554432"
    d.rule("threads_c", "%s %s -MMD -MF $out.d -c $in -o $out" % (packages.tool("clang"), flags), "CC(threads) $in", True)
    d.rule("threads_link", "%s %s $in -o $out" % (packages.tool("wasm-ld"), link), "LINK $out")
    return d.build(out, "threads_link", [d.build("build/obj/threads/%s.o" % source, "threads_c", [source])])


def app(d, a, lib, lib_threads):
    from .describe import quote

    if a.language == "rust":
        return describe_rust.app(d, a)
    if a.language == "as":
        return describe_as.app(d, a)
    flags, link_flags = " ".join(map(quote, a.flags)), " ".join(map(quote, a.link_flags))
    if a.libc == "wasi":
        return wasi_program(d, a.sources, a.wasm, flags, link_flags)
    if a.threads:
        return program(d, a.sources, a.wasm, lib_threads, flags, link_flags, THREADS)
    if a.engine:
        lib, flags = lib + [engine(d)], ENGINE_FLAGS + " " + flags
        link_flags += " -lengine"
    return program(d, a.sources, a.wasm, lib, flags, link_flags)


def test_programs(d, lib, lib_threads):
    """tests/programs and tests/sdk: one file, one program over the SDK; tests/sdk_threads: the same, with threads;
    tests/wasi: over wasi-libc;
    tests/exceptions: the same, with exceptions; tests/env and tests/env64: over nothing, with 32-bit and 64-bit
    memories; tests/threads: with a shared one;
    tests/rust and tests/as: in Rust and AssemblyScript."""
    outputs = []
    for folder in ("programs", "sdk"):
        for s in find("tests/" + folder, ".c", ".cpp"):
            stem = os.path.splitext(os.path.basename(s))[0]
            outputs.append(program(d, [s], "build/tests/%s/%s.wasm" % (folder, stem), lib))
    for s in find("tests/sdk_threads", ".c", ".cpp"):
        stem = os.path.splitext(os.path.basename(s))[0]
        outputs.append(program(d, [s], "build/tests/sdk_threads/%s.wasm" % stem, lib_threads, "-I.", v=THREADS))
    for s in find("tests/wasi", ".c", ".cpp"):
        stem = os.path.splitext(os.path.basename(s))[0]
        outputs.append(wasi_program(d, [s], "build/tests/wasi/%s.wasm" % stem))
    catching = "-I. -fexceptions -fwasm-exceptions"
    jumping = "-I. -fwasm-exceptions -mllvm -wasm-enable-sjlj"
    folder = "tests/exceptions/"
    outputs.append(wasi_program(d, [folder + "throws.cpp"], "build/%sthrows.wasm" % folder, catching))
    jumps = [folder + "jumps.c", folder + "jumps_runtime.c"]
    outputs.append(wasi_program(d, jumps, "build/%sjumps.wasm" % folder, jumping))
    for folder, arch in (("env", "wasm32"), ("env64", "wasm64")):
        for s in find("tests/" + folder, ".c"):
            stem = os.path.splitext(os.path.basename(s))[0]
            outputs.append(bare_program(d, s, "build/tests/%s/%s.wasm" % (folder, stem), arch))
    for s in find("tests/threads", ".c"):
        stem = os.path.splitext(os.path.basename(s))[0]
        outputs.append(threads_program(d, s, "build/tests/threads/%s.wasm" % stem))
    return outputs + describe_rust.test_programs(d) + describe_as.test_programs(d)


def describe(d, apps):
    if not os.path.exists(os.path.join(ROOT, SDK_TOML)):
        for part in ("sdk", "rust", "as", "apps", "image", "programs"):
            d.problem(part, SDK_TOML + " is missing")
        return
    sdk = Sdk()
    rules(d, sdk)
    d.generated = sdk.generate(d, "generate")    # the headers made from abi/
    lib, lib_threads = (library(d, sdk, v) for v in VARIANTS)
    d.part("sdk", lib + lib_threads)
    describe_rust.describe(d, sdk)
    describe_as.describe(d, sdk)
    d.part("apps", [app(d, a, lib, lib_threads) for a in apps if a.buildable])
    d.part("programs", test_programs(d, lib, lib_threads))
