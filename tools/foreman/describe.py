"""What there is to build: turns the folders into build/build.ninja. Sources are found, not listed. The file
is only written when its text changes, so that Ninja has nothing to do when nothing changed."""

import os

from . import packages
from .apps import discover
from .paths import BUILD, ROOT, find

NINJA_FILE = os.path.join(BUILD, "build.ninja")

C_FLAGS = (
    "-std=gnu17 -O2 -g -Wall -Wextra -Werror -I. -fno-omit-frame-pointer -fno-strict-aliasing "
    "-fno-stack-protector -fdebug-compilation-dir=. -fcolor-diagnostics"
)
BARE_FLAGS = (
    "--target=x86_64-unknown-none-elf -ffreestanding -mgeneral-regs-only -mno-red-zone "
    "-mcmodel=kernel -fno-pic -mno-omit-leaf-frame-pointer"
)
HOST_FLAGS = "-ffreestanding -fPIE"
# `function` reads bytes before the called function, and compiled WebAssembly has none there.
SANITIZERS = "-fsanitize=address,undefined -fno-sanitize=function -fno-sanitize-recover=all"

# Parts of the bare machine's port that touch no machine: their tests run hosted too.
PURE_MACHINE = tuple("kernel/arch/x86_64/%s.c" % n for n in ("acpi", "bootinfo", "keyboard", "memmap", "rtc", "valloc"))
KERNEL = ("core", "mm", "proc", "fs", "drv", "net", "sys", "run")


class Variant:
    """One way to compile: flags, the machine it is for, and whether the unit tests are in it."""

    def __init__(self, name, arch, flags, tests=False, objects=None):
        self.name, self.arch, self.flags, self.tests = name, arch, flags, tests
        self.objects = objects or name


VARIANTS = {
    v.name: v
    for v in (
        Variant("x86_64", "x86_64", BARE_FLAGS),
        Variant("x86_64-test", "x86_64", BARE_FLAGS + " -DWASMOS_DEBUG -DWASMOS_TEST", tests=True),
        Variant("host", "host", HOST_FLAGS),
        Variant("host-asan", "host", HOST_FLAGS + " -DWASMOS_DEBUG " + SANITIZERS),
        Variant(
            "host-asan-test", "host", HOST_FLAGS + " -DWASMOS_DEBUG " + SANITIZERS, tests=True, objects="host-asan"
        ),
    )
}


def escape(path):
    return path.replace("$", "$$").replace(" ", "$ ").replace(":", "$:")


def quote(argument):
    """For a shell command inside a Ninja variable."""
    import shlex

    return shlex.quote(argument).replace("$", "$$")


class Description:
    """The text of build.ninja, and beside it: parts (name → outputs) and problems (name → why it cannot be
    built)."""

    def __init__(self):
        self.text = ["ninja_required_version = 1.8", "builddir = build"]
        self.rules = set()
        self.made = set()
        self.parts = {}
        self.problems = {}

    def rule(self, name, command, description, depfile=False, pool=None):
        if name in self.rules:
            return
        self.rules.add(name)
        self.text += ["rule " + name, "  command = " + command, "  description = " + description]
        if depfile:
            self.text += ["  depfile = $out.d", "  deps = gcc"]
        if pool:
            self.text.append("  pool = " + pool)

    def build(self, out, rule, inputs, implicit=(), order_only=(), **variables):
        if out in self.made:
            return out
        self.made.add(out)
        line = "build %s: %s %s" % (escape(out), rule, " ".join(map(escape, inputs)))
        if implicit:
            line += " | " + " ".join(map(escape, implicit))
        if order_only:
            line += " || " + " ".join(map(escape, order_only))
        self.text.append(line)
        self.text += ["  %s = %s" % item for item in variables.items() if item[1]]
        return out

    def part(self, name, outputs):
        self.parts.setdefault(name, []).extend(outputs)

    def problem(self, part, text):
        self.problems.setdefault(part, []).append(text)

    def finish(self):
        for name, outputs in self.parts.items():
            self.text.append("build part-%s: phony %s" % (name, " ".join(map(escape, outputs))))
        return "\n".join(self.text) + "\n"


def compile_c(d, variant, source, hosted=False):
    """One object of a variant. Sources under kernel/arch/host and tools see the host's own headers."""
    flags = variant.flags
    if hosted:
        flags = flags.replace("-ffreestanding ", "") + " -pthread"
    rule = "cc_%s%s" % (variant.objects, "_hosted" if hosted else "")
    d.rule(
        rule,
        "%s %s %s -MMD -MF $out.d -c $in -o $out" % (packages.tool("clang"), C_FLAGS, flags),
        "CC(%s) $in" % variant.objects,
        depfile=True,
    )
    return d.build("build/obj/%s/%s.o" % (variant.objects, source), rule, [source])


def engine_sources(tests):
    """base and the engine; with the tests comes the reader of the specification's scripts."""
    apart = ("wasm/tools/", "wasm/dump/") if tests else ("wasm/tools/", "wasm/dump/", "wasm/spec/")
    return find("base", ".c", tests=tests) + [s for s in find("wasm", ".c", tests=tests) if not s.startswith(apart)]


def kernel_objects(d, variant):
    sources = engine_sources(variant.tests)
    for folder in KERNEL:
        sources += find("kernel/" + folder, ".c", tests=variant.tests)
    objects = [compile_c(d, variant, s) for s in sources]
    hosted = variant.arch == "host"
    machine = find("kernel/arch/" + variant.arch, ".c", ".S", tests=variant.tests)
    if not machine:
        d.problem(variant.name, "kernel/arch/%s holds no source files" % variant.arch)
    return objects + [compile_c(d, variant, s, hosted) for s in machine]


def bare_kernel(d, variant):
    """Linked twice: the table of the kernel's own symbols, for backtraces, comes out of the first link and
    lies behind everything else. kernel.debug.elf is for gdb; kernel.elf is the same without debug information."""
    folder, script, tool = "build/" + variant.name, "kernel/arch/x86_64/kernel.ld", "tools/symbols.py"
    for needed in (script, tool):
        if not os.path.exists(os.path.join(ROOT, needed)):
            d.problem(variant.name, needed + " is missing")
            return []
    ld = "%s -nostdlib -static -z max-page-size=4096 -z noexecstack --build-id=none -T %s -o $out $in"
    d.rule("link_bare", ld % (packages.tool("ld.lld"), script), "LINK $out")
    d.rule("symbols", "python3 %s $in $out" % tool, "SYMBOLS $out")
    d.rule("strip", "%s --strip-debug $in $out" % packages.tool("llvm-objcopy"), "STRIP $out")
    objects = kernel_objects(d, variant)
    first = d.build(folder + "/kernel.1.elf", "link_bare", objects, [script])
    table = d.build(folder + "/symbols.S", "symbols", [first], [tool])
    objects.append(compile_c(d, variant, table))
    debug = d.build(folder + "/kernel.debug.elf", "link_bare", objects, [script])
    return [d.build(folder + "/kernel.elf", "strip", [debug])]


def link_hosted(d, out, objects, sanitized):
    rule = "link_hosted" + ("_asan" if sanitized else "")
    flags = SANITIZERS if sanitized else ""
    d.rule(
        rule,
        "%s -fuse-ld=lld-%s -pie -pthread %s -o $out $in" % (packages.tool("clang"), packages.LLVM, flags),
        "LINK $out",
    )
    return d.build(out, rule, objects)


def host_kernel(d, variant):
    out = "build/%s/wasmos" % variant.name
    return [link_hosted(d, out, kernel_objects(d, variant), "asan" in variant.name)]


def has_main(source):
    with open(os.path.join(ROOT, source), encoding="utf-8", errors="replace") as f:
        return "\nint main(" in f.read()


def program_name(source):
    """spec for spec_main.c."""
    stem = os.path.splitext(os.path.basename(source))[0]
    return stem[: -len("_main")] if stem.endswith("_main") else stem


def engine_tools(d, variant, folder):
    """A file of wasm/tools with a main function is a program; the others, wasm/spec and wasm/dump are in all."""
    sources = find("wasm/tools", ".c") + find("wasm/spec", ".c") + find("wasm/dump", ".c")
    programs = [s for s in sources if has_main(s)]
    shared = [compile_c(d, variant, s, True) for s in sources if s not in programs]
    engine = [compile_c(d, variant, s) for s in engine_sources(False)]
    if not programs:
        d.problem("tools", "wasm/tools holds no program")
    sanitized = "asan" in variant.name
    return [
        link_hosted(
            d,
            "build/%s/%s" % (folder, program_name(p)),
            [compile_c(d, variant, p, True)] + shared + engine,
            sanitized,
        )
        for p in programs
    ]


def unit_engine(d, variant):
    """base, the engine and the machine's pure parts with their tests, as an ordinary program."""
    sources = find("wasm/tools", ".c", tests=True)
    machine = [s for s in find("kernel/arch/x86_64", ".c", tests=True) if s.replace("_test.c", ".c") in PURE_MACHINE]
    objects = [compile_c(d, variant, s) for s in engine_sources(True) + machine]
    objects += [compile_c(d, variant, s, True) for s in sources if not has_main(s)]
    if not os.path.exists(os.path.join(ROOT, "tests/unit_main.c")):
        d.problem("unit", "tests/unit_main.c is missing")
        return []
    objects.append(compile_c(d, variant, "tests/unit_main.c", True))
    return [link_hosted(d, "build/unit/unit-engine", objects, True)]


def image(d, apps):
    tool = "tools/foreman/image.py"
    files = find("rootfs", tests=True)
    d.rule("image", "python3 %s $out $in" % tool, "IMAGE $out")
    wasm = [a.wasm for a in apps if a.buildable]
    return [d.build("build/image.tar", "image", wasm + files, [tool])]


def iso(d):
    tool = "tools/foreman/iso.py"
    d.rule("iso", "python3 %s $out $in" % tool, "ISO $out")
    return [d.build("build/wasmos.iso", "iso", ["build/x86_64/kernel.elf", "build/image.tar"], [tool])]


def describe():
    """The description of everything that is there now, and the applications."""
    from . import describe_sdk, toolchains

    d = Description()
    apps = discover()
    toolchains.check(apps)
    d.part("kernel", bare_kernel(d, VARIANTS["x86_64"]))
    d.part("host", host_kernel(d, VARIANTS["host"]))
    d.part("host-asan", host_kernel(d, VARIANTS["host-asan"]))
    d.part("unit", unit_engine(d, VARIANTS["host-asan"]))
    d.part("unit", host_kernel(d, VARIANTS["host-asan-test"]))
    d.part("unit-kernel", bare_kernel(d, VARIANTS["x86_64-test"]))
    d.part("tools", engine_tools(d, VARIANTS["host"], "tools"))
    d.part("tools", engine_tools(d, VARIANTS["host-asan"], "tools-asan"))
    describe_sdk.describe(d, apps)
    d.part("image", image(d, apps))
    d.part("iso", iso(d))
    return d, apps


def write(d):
    """Writes build.ninja if its text is not what is there already."""
    text = d.finish()
    try:
        with open(NINJA_FILE, encoding="utf-8") as f:
            if f.read() == text:
                return
    except FileNotFoundError:
        os.makedirs(BUILD, exist_ok=True)
    with open(NINJA_FILE + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(NINJA_FILE + ".new", NINJA_FILE)
