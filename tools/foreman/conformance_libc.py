"""`conformance libc`: musl's libc-test. Every test is a program of its own: it is compiled with wasmos-cc, runs in a fresh
system, and ends with 0 if the library does what it should. (Some print what they tolerate.)"""

import concurrent.futures
import os
import re
import shutil
import subprocess
from collections import Counter

from . import builder, conformance_table, packages
from .paths import BUILD, ROOT, rel
from .ui import Problem, Progress, say

FOLDERS = ("math", "functional", "regression")
TABLE = os.path.join(ROOT, "tests", "conformance", "libc-test.txt")
OUT = os.path.join(BUILD, "conformance", "libc-test")
COMPILER = os.path.join(ROOT, "sdk", "bin", "wasmos-cc")
# libc-test's own options, from its config.mak.def; its warnings are about its sources, so they are off
FLAGS = ["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-D_FILE_OFFSET_BITS=64", "-fno-builtin", "-w"]
FLAGS += ["-Werror=implicit-function-declaration", "-Werror=incompatible-pointer-types"]
# who includes one of these is built with -pthread
THREADED = re.compile(r"#\s*include\s*<(pthread|semaphore|threads)\.h>")
LIMIT_S = {"host": 60, "qemu": 300}
COMPILE_LIMIT_S = 120
REQUIRED_PERCENT = 97
SHOWN = 300  # characters of what a failing test said


def source_folder(values):
    """The checkout's `src`."""
    top = values.source or os.environ.get("WASMOS_LIBC_TEST")
    if not top:
        raise Problem(
            "no package carries musl's libc-test. Name a checkout of its repository:\n"
            "    ./foreman conformance libc --source DIR          (or set WASMOS_LIBC_TEST)", 2)
    folder = os.path.join(os.path.abspath(top), "src")
    for part in FOLDERS + ("common",):
        if not os.path.isdir(os.path.join(folder, part)):
            raise Problem("`%s` is no checkout of libc-test: it has no src/%s" % (top, part), 2)
    return folder


def run(command, limit_s, **how):
    """(status, what it printed); the status is None after the time limit."""
    env = dict(os.environ, WASMOS_NO_BUILD="1")
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit_s,
            check=False, env=env, **how)
    except subprocess.TimeoutExpired as e:
        return None, (e.stdout or b"").decode("utf-8", "replace")
    return done.returncode, done.stdout.decode("utf-8", "replace")


class Suite:
    """The tests of a checkout, and the objects that all of them are linked with."""

    def __init__(self, source, machine):
        self.source, self.machine, self.flags = source, machine, FLAGS + ["-I", os.path.join(source, "common")]
        self.names = [
            "%s/%s" % (folder, os.path.splitext(name)[0])
            for folder in FOLDERS for name in sorted(os.listdir(os.path.join(source, folder))) if name.endswith(".c")
        ]

    def build_libraries(self):
        shutil.rmtree(OUT, ignore_errors=True)
        self.library = {threads: self.build_library(threads) for threads in ("", "-pthread")}

    def build_library(self, threads):
        """libtest.a: those of its helpers that compile here; a test that needs another one does not link."""
        objects, common = [], os.path.join(self.source, "common")
        folder = os.path.join(OUT, "common" + threads)
        os.makedirs(folder)
        for name in sorted(n for n in os.listdir(common) if n.endswith(".c")):
            out = os.path.join(folder, name[:-2] + ".o")
            command = [COMPILER, *self.flags, *threads.split(), "-c", os.path.join(common, name), "-o", out]
            if name != "runtest.c" and run(command, COMPILE_LIMIT_S)[0] == 0:
                objects.append(out)
        if not objects:
            raise Problem("nothing of %s compiles: is the SDK built?" % common)
        library = os.path.join(folder, "libtest.a")
        status, text = run([packages.tool("llvm-ar"), "rc", library, *objects], COMPILE_LIMIT_S)
        if status:
            raise Problem("libtest.a: %s" % text)
        return library

    def flags_of(self, name):
        """"-pthread" for a test of threads, else nothing."""
        with open(os.path.join(self.source, name + ".c"), encoding="utf-8", errors="replace") as f:
            return "-pthread" if THREADED.search(f.read()) else ""

    def test(self, name):
        """None if it passes, otherwise what happened."""
        source, wasm = os.path.join(self.source, name + ".c"), os.path.join(OUT, name + ".wasm")
        os.makedirs(os.path.dirname(wasm), exist_ok=True)
        threads = self.flags_of(name)
        command = [COMPILER, *self.flags, *threads.split(), source, self.library[threads], "-o", wasm]
        status, text = run(command, COMPILE_LIMIT_S)
        if status != 0:
            errors = [line for line in text.splitlines() if "error:" in line]
            return "does not build: %s" % shorten(errors[0] if errors else text)
        limit = LIMIT_S[self.machine]
        where = ["--host"] if self.machine == "host" else []
        command = [os.path.join(ROOT, "foreman"), "exec", *where, "--timeout", str(limit), "--env", "PATH=/bin", wasm]
        status, text = run(command, 2 * limit, cwd=ROOT)
        return "status %s: %s" % (status, shorten(text)) if status != 0 else None


def shorten(text):
    """One line of what a failing test said."""
    line = " | ".join(text.replace(ROOT, "").split("\n")).strip(" |")
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"


def results(suite, names, jobs):
    """{name: None or what happened}, with progress."""
    found, progress = {}, Progress("conformance")
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        waiting = {pool.submit(suite.test, name): name for name in names}
        for done in concurrent.futures.as_completed(waiting):
            name = waiting[done]
            found[name] = done.result()
            progress.update(len(found), len(names), name)
    progress.clear()
    return found


def report(table, names, found):
    """Prints the counts and every reason. Whether the required share passes, and no failure lacks a reason."""
    failed = {name: what for name, what in found.items() if what}
    for name in sorted(failed):
        print("%s FAILS: %s" % (name, failed[name]))
        print("    %s" % table.fails.get(name, "NO REASON KNOWN (%s)" % rel(TABLE)))
    for name in sorted(set(table.fails) & set(found) - set(failed)):
        print("%s passes now: its line in %s can go" % (name, rel(TABLE)))
    rules = Counter(table.rule[name] for name in names if name in table.rule)
    for rule, how_many in sorted(rules.items()):
        print("%3d do not apply [%s]: %s" % (how_many, rule, table.reasons[rule]))
        print("    " + " ".join(name for name in names if table.rule.get(name) == rule))
    for folder in FOLDERS:
        inside = [name for name in found if name.startswith(folder + "/")]
        print("%-12s %3d of %3d that apply pass" % (folder, sum(not found[n] for n in inside), len(inside)))
    passed = len(found) - len(failed)
    share = 100.0 * passed / max(len(found), 1)
    print("libc-test    %3d of %3d that apply pass: %.1f %% (required: %d %%); %d do not apply" % (
        passed, len(found), share, REQUIRED_PERCENT, sum(rules.values())))
    return share >= REQUIRED_PERCENT and not set(failed) - set(table.fails)


def main(values):
    source = source_folder(values)
    table = conformance_table.read(TABLE)
    packages.require(packages.BUILDING + (packages.RUNNING if values.qemu else []))
    builder.build(["sdk", "kernel" if values.qemu else "host", "image"])
    suite = Suite(source, "qemu" if values.qemu else "host")
    applying = [name for name in suite.names if name not in table.rule]
    if values.only:
        applying = [name for name in applying if values.only in name]
        if not applying:
            raise Problem("no test that applies has `%s` in its name" % values.only, 2)
    suite.build_libraries()
    say("%d tests of libc-test …" % len(applying))
    found = results(suite, applying, values.jobs or 2)
    names = applying if values.only else suite.names
    return 0 if report(table, names, found) else 1
