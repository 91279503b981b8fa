"""`fuzz csmith`: random C programs, compiled natively and to WebAssembly by the same compiler; both print a checksum of
all they have computed, which must be the same. A seed stands for a program and for how it is compiled."""

import concurrent.futures
import os
import re
import shutil
import subprocess
import threading
from collections import Counter

from . import builder, fuzz_peers, packages
from .fuzz_peers import FOLDER
from .paths import ROOT
from .ui import Problem, say

PACKAGES = [
    packages.Package("csmith", "csmith", "random C programs"),
    packages.Package("libcsmith-dev", "/usr/include/csmith", "what they include"),
]
LEVELS = (["-O0"], ["-O1"], ["-O2"], ["-Os"], ["-O2", "-msimd128", "-mbulk-memory"], ["-O3", "-mtail-call"])
NATIVE_LIMIT_S, LIMIT_S, COMPILE_LIMIT_S = 5, 120, 120
QUIET = ["-w", "-I", "/usr/include/csmith"]
CHECKSUM = re.compile(rb"checksum = ([0-9A-F]+)")
FINDINGS = os.path.join(FOLDER, "findings")


def run(command, limit_s):
    """(status, standard output); the status is None after the time limit."""
    env = dict(os.environ, WASMOS_NO_BUILD="1")
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=limit_s,
            check=False, env=env, cwd=ROOT,
        )
    except subprocess.TimeoutExpired:
        return None, b""
    return done.returncode, done.stdout


def in_v8(wasm):
    """The checksum that V8 comes to; None if it is not here."""
    node = fuzz_peers.node()
    code = (
        'const { WASI } = require("node:wasi"), fs = require("fs"), w = new WASI({ version: "preview1", args: ["p"] });'
        "w.start(new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(process.argv[1])), w.getImportObject()));"
    )
    found = CHECKSUM.search(run(node + ["-e", code, wasm], LIMIT_S)[1]) if node else None
    return found[1] if found else None


def program(seed, folder):
    """What became of one program: "same", a reason why it does not count, or a finding's text."""
    source, native, wasm = (os.path.join(folder, "p%d%s" % (seed, e)) for e in (".c", "", ".wasm"))
    level = LEVELS[seed % len(LEVELS)]
    status, text = run(["csmith", "--seed", str(seed), "--max-funcs", "6"], COMPILE_LIMIT_S)
    if status != 0:
        return "csmith made none"
    with open(source, "wb") as f:
        f.write(text)
    clang = packages.tool("clang")
    if run([clang, "-O1", *QUIET, source, "-o", native], COMPILE_LIMIT_S)[0] != 0:
        return "did not compile"
    status, out = run([native], NATIVE_LIMIT_S)
    wanted = CHECKSUM.search(out)
    if status != 0 or not wanted:
        return "ran too long or crashed natively"
    command = [clang, "--target=wasm32-wasi", *level, *QUIET, source, "-o", wasm]
    if run(command, COMPILE_LIMIT_S)[0] != 0:
        return "did not compile"
    foreman = os.path.join(ROOT, "foreman")
    status, out = run([foreman, "exec", "--host", "--timeout", str(LIMIT_S // 2), "--", wasm], LIMIT_S)
    have = CHECKSUM.search(out)
    if status == 0 and have and have[1] == wanted[1]:
        return "same"
    if have and in_v8(wasm) == have[1]:
        return "V8 agrees: the compiler or the program makes the difference"
    os.makedirs(FINDINGS, exist_ok=True)
    shutil.copy(wasm, os.path.join(FINDINGS, "csmith-%d.wasm" % seed))
    return "finding: seed %d (%s): status %s, %s, not %s" % (
        seed, " ".join(level), status, have[1].decode() if have else "no checksum", wanted[1].decode())


def main(values):
    packages.install(packages.BUILDING + PACKAGES + packages.TESTING)
    if not os.environ.get("WASMOS_NO_BUILD"):
        builder.build(["host", "image"], keep_going=False)
    first, count = values.seed or 1, values.count or 100
    folder = os.path.join(FOLDER, "csmith-%d" % os.getpid())
    os.makedirs(folder, exist_ok=True)
    outcomes, findings, lock = Counter(), [], threading.Lock()

    def one(seed):
        what = program(seed, folder)
        with lock:
            if what.startswith("finding"):
                findings.append(what)
                say(what)
            outcomes["finding" if what.startswith("finding") else what] += 1
            if sum(outcomes.values()) % 50 == 0:
                say("fuzz csmith: %s" % dict(outcomes))
        for ending in (".c", "", ".wasm"):
            path = os.path.join(folder, "p%d%s" % (seed, ending))
            if os.path.exists(path):
                os.remove(path)

    with concurrent.futures.ThreadPoolExecutor(values.jobs or 2) as pool:
        for done in [pool.submit(one, first + k) for k in range(count)]:
            done.result()
    shutil.rmtree(folder, ignore_errors=True)
    if not outcomes["same"] and not findings:
        raise Problem("no program could be compared: %s" % dict(outcomes))
    print("%d programs, %d with the same checksum, %d findings, %d not compared (%s)" % (
        count, outcomes["same"], len(findings), count - outcomes["same"] - len(findings),
        ", ".join("%s: %d" % o for o in sorted(outcomes.items()) if o[0] not in ("same", "finding"))))
    return 1 if findings else 0
