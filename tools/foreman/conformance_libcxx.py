"""`conformance libcxx`: libc++'s tests of the standard library, against the SDK's."""

import concurrent.futures
import json
import os
import random
import re
import subprocess
import sys

from . import builder, debian_source, toml
from .lit import Directives
from .paths import BUILD, ROOT
from .ui import Problem, Progress

PACKAGE = "llvm-toolchain-19"
FOLDER = os.path.join(BUILD, "conformance", "libcxx")
AREAS = ("algorithms", "containers", "strings")
SAMPLE, SEED, JOBS = 300, 1, 2
COMPILE_S, RUN_S = 120, 60

# What the library, the compiler and the machine are, in the words of libc++'s lit configuration.
FEATURES = {
    "c++20", "clang", "clang-19", "gcc-style-warnings", "has-fconstexpr-steps", "target=wasm32-unknown-wasi",
    "32-bit-pointer", "long_tests", "no-localization", "no-wide-characters", "no-threads", "no-tzdb",
    "libcpp-has-no-incomplete-pstl", "libcpp-has-no-experimental-tzdb",
}
# The same for the tests' own #ifs.
MACROS = ["-DTEST_HAS_NO_%s" % m for m in ("WIDE_CHARACTERS", "LOCALIZATION", "THREADS")]

# Tests that are not about what the standard says, beside those that lit's directives leave out.
PRIVATE = (
    (re.compile(r"^\s*#\s*include\s+<__", re.M), "includes a private header of libc++"),
    (re.compile(r"\bstd::__\w"), "names something private of libc++"),
)


class Test:
    """One file. name: its path under std/; left_out: why it does not apply, or None."""

    def __init__(self, source, name, features):
        self.name, self.path = name, os.path.join(source, "std", name)
        with open(self.path, encoding="utf-8") as f:
            text = f.read()
        directives = Directives(text, features)
        self.flags = directives.flags
        self.left_out = directives.unsupported or next((why for p, why in PRIVATE if p.search(text)), None)
        self.runs = not name.endswith(".compile.pass.cpp")


def locate(folder):
    """The folder of libc++'s tests: of a checkout of LLVM or libc++, or of the source package."""
    if folder is None:
        folder = os.path.join(FOLDER, "source")
        debian_source.fetch(PACKAGE, ("libcxx/test/std", "libcxx/test/support"), folder)
    for inner in ("libcxx/test", "test", "."):
        found = os.path.join(folder, inner)
        if os.path.isdir(os.path.join(found, "std")) and os.path.isdir(os.path.join(found, "support")):
            return os.path.abspath(found)
    raise Problem("`%s` has no libcxx/test with std and support in it" % folder)


def discover(source, areas, features):
    tests = []
    for area in areas:
        for where, folders, names in os.walk(os.path.join(source, "std", area)):
            folders.sort()
            for name in sorted(names):
                if name.endswith(".pass.cpp"):
                    path = os.path.relpath(os.path.join(where, name), os.path.join(source, "std"))
                    tests.append(Test(source, path, features))
    return tests


def sample(tests, count, seed):
    """`count` of the tests, from each area in proportion; the same ones for the same seed."""
    areas = {}
    for test in tests:
        areas.setdefault(test.name.split("/")[0], []).append(test)
    chosen, left, room = [], len(tests), min(count, len(tests))
    for area in sorted(areas):
        share = round(room * len(areas[area]) / left)
        chosen += random.Random("%d %s" % (seed, area)).sample(areas[area], share)
        left, room = left - len(areas[area]), room - share
    return sorted(chosen, key=lambda t: t.name)


class Runner:
    def __init__(self, source, qemu, defines):
        self.support, self.qemu, self.defines = os.path.join(source, "support"), qemu, defines
        self.out = os.path.join(FOLDER, "programs")
        os.makedirs(self.out, exist_ok=True)

    def command(self, test, wasm):
        line = [os.path.join(ROOT, "sdk", "bin", "wasmos-c++"), "-std=c++20", "-w", "-O1", "-I" + self.support]
        line += self.defines + test.flags + [test.path]
        return line + (["-o", wasm] if test.runs else ["-fsyntax-only"])

    def run(self, test):
        """None, or (stage, reason, everything that was said)."""
        wasm = os.path.join(self.out, test.name.replace("/", ".")[-200:] + ".wasm")
        status, said = _call(self.command(test, wasm), os.path.dirname(test.path), COMPILE_S)
        if status:
            error = re.search(r"(?:fatal )?error: .*", said)
            return "compile", error.group() if error else "status %d" % status, said
        if not test.runs:
            return None
        line = [os.path.join(ROOT, "foreman"), "exec", "--timeout", str(RUN_S)] + ([] if self.qemu else ["--host"])
        status, said = _call(line + [wasm], self.out, RUN_S * 3)
        os.unlink(wasm)
        if status == 0:
            return None
        last = said.strip().splitlines()
        return "run", "status %d: %s" % (status, last[0] if last else "nothing was printed"), said


def _call(command, folder, limit_s):
    env = dict(os.environ, WASMOS_NO_BUILD="1")
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=limit_s, check=False,
        )
    except subprocess.TimeoutExpired:
        return 124, "no end after %d s" % limit_s
    return done.returncode, done.stdout.decode("utf-8", "replace")


def choose(tests, values):
    """The tests that this command line asks for."""
    if values.failed:
        with open(os.path.join(FOLDER, "failures.json"), encoding="utf-8") as f:
            names = set(json.load(f))
        tests = [t for t in tests if t.name in names]
    elif values.only:
        tests = [t for t in tests if values.only in t.name]
    if not tests:
        raise Problem("no test is left to run")
    if values.all or values.failed or (values.only and not values.sample):
        return tests
    return sample(tests, values.sample or SAMPLE, values.seed if values.seed is not None else SEED)


def report(tests, failures):
    """The failures by their reasons, and how many of each area passed."""
    for name, (stage, reason, _) in sorted(failures.items()):
        print("FAIL %s\n     %s: %s" % (name, stage, reason))
    for area in sorted({t.name.split("/")[0] for t in tests}):
        here = [t for t in tests if t.name.startswith(area + "/")]
        print("%-12s %4d of %4d pass" % (area, sum(t.name not in failures for t in here), len(here)))
    passed = len(tests) - len(failures)
    print("%d of %d pass (%.1f %%)" % (passed, len(tests), 100.0 * passed / len(tests)))


def write_failures(failures):
    with open(os.path.join(FOLDER, "failures.json"), "w", encoding="utf-8") as f:
        json.dump({name: {"stage": s, "reason": r, "said": a} for name, (s, r, a) in failures.items()}, f, indent=1)


def main(values):
    source = locate(values.source)
    builder.build(["sdk", "image", "kernel" if values.qemu else "host"])
    settings = toml.parse(open(os.path.join(ROOT, "sdk", "sdk.toml"), encoding="utf-8").read())
    features = FEATURES | ({"no-exceptions"} if "-fno-exceptions" in settings["cpp_flags"] else set())
    areas = sorted(os.listdir(os.path.join(source, "std"))) if values.only else AREAS
    found = discover(source, areas, features)
    tests = choose([t for t in found if not t.left_out], values)
    os.makedirs(FOLDER, exist_ok=True)
    print("%d tests; %d of %d are left out by rule" % (len(tests), sum(bool(t.left_out) for t in found), len(found)))
    sys.stdout.flush()
    runner, failures, progress = Runner(source, values.qemu, MACROS), {}, Progress("libcxx")
    with concurrent.futures.ThreadPoolExecutor(values.jobs or JOBS) as pool:
        running = {pool.submit(runner.run, test): test for test in tests}
        for number, future in enumerate(concurrent.futures.as_completed(running), 1):
            test, failure = running[future], future.result()
            if failure:
                failures[test.name] = failure
            progress.update(number, len(tests), "%d failed; %s" % (len(failures), test.name))
    progress.clear()
    write_failures(failures)
    report(tests, failures)
    return 1 if failures else 0
