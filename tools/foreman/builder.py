"""Runs Ninja on the description, shows its progress and its errors, and keeps two foremen from building at
the same time."""

import fcntl
import os
import re
import subprocess
import sys
from contextlib import contextmanager

from . import describe, packages, toolchains
from .apps import discover
from .paths import BUILD, ROOT
from .ui import Problem, Progress, error, say, unknown

PARTS = {
    "kernel": "the kernel for the bare machine",
    "host": "the kernel as a Linux process",
    "host-asan": "the same under sanitizers",
    "sdk": "the libraries for applications in C and C++",
    "rust": "the crates for applications in Rust",
    "as": "what applications in AssemblyScript are compiled with",
    "apps": "all applications",
    "image": "the boot archive: applications and rootfs/",
    "iso": "a disc that boots by BIOS and UEFI",
    "tools": "the engine's tools (dump, spec runner, fuzzer)",
    "unit": "the unit tests, hosted under sanitizers",
    "unit-kernel": "the bare kernel with its unit tests",
    "programs": "the programs that the tests run",
}
WITH_APPS = {"apps", "image", "iso"}
DEFAULT_PARTS = ("kernel", "host", "sdk", "apps", "image")
STATUS = re.compile(r"\[(\d+)/(\d+)\] (.*)")


@contextmanager
def lock():
    os.makedirs(BUILD, exist_ok=True)
    with open(os.path.join(BUILD, ".lock"), "w", encoding="ascii") as f:
        try:
            fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("waiting for another foreman's build …")
            fcntl.flock(f, fcntl.LOCK_EX)
        yield


def ninja_command(*arguments):
    return ["ninja", "-f", os.path.relpath(describe.NINJA_FILE, ROOT), *arguments]


class Runner:
    """One run of Ninja: turns its lines into progress and whole error messages."""

    def __init__(self, title):
        self.progress = Progress(title)
        self.failures = 0
        self.skip_command = False

    def line(self, text):
        status = STATUS.match(text)
        if status:
            self.progress.update(int(status[1]), int(status[2]), status[3])
            return
        if self.skip_command:  # the line after FAILED repeats the whole command
            self.skip_command = False
            return
        if text.startswith("FAILED: "):
            self.failures += 1
            self.skip_command = True
            text = "\nfailed: " + text[len("FAILED: ") :]
        elif text.startswith("ninja: "):
            if text.startswith(("ninja: no work", "ninja: Entering", "ninja: build stopped")):
                return
        self.progress.clear()
        say(text)

    def run(self, command):
        env = dict(os.environ, NINJA_STATUS="[%f/%t] ")
        if sys.stderr.isatty():
            env["CLICOLOR_FORCE"] = "1"
        with subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as p:
            for raw in p.stdout:
                self.line(raw.decode("utf-8", "replace").rstrip("\n"))
        self.progress.clear()
        return p.returncode


def targets_of(d, apps, names):
    """Ninja's targets for parts and applications, and why some applications cannot be built."""
    by_name = {a.name: a for a in apps}
    targets, reasons = [], []
    for name in names:
        if name in by_name:
            app = by_name[name]
            if app.buildable:
                targets.append(app.wasm)
            else:
                reasons.append(app.error or "`%s` cannot be built: %s" % (name, app.lacking))
        elif name in PARTS:
            targets.append("part-" + name)
            reasons += [a.error for a in apps if a.error and name in WITH_APPS and a.error not in reasons]
        else:
            raise Problem(unknown("application or part", name, list(by_name) + list(PARTS)))
    return targets, reasons


def toolchains_of(apps, names):
    """The names of the toolchains that are needed to build these."""
    wanted = {a.toolchain for a in apps if a.name in names or WITH_APPS.intersection(names)}
    everything = "programs" in names
    return [n for n in toolchains.TOOLCHAINS if everything or n in wanted or n in names]


def say_left_out(apps, names):
    """What is missing on this machine for some of all applications. That is no error."""
    if WITH_APPS.intersection(names):
        for reason in sorted({a.lacking for a in apps if a.lacking}):
            left_out = [a.name for a in apps if a.lacking == reason]
            error("left out: %s. %s" % (", ".join(left_out), reason))


def problems_of(d, names):
    """Why a part cannot be built, before Ninja is asked: what is missing from the tree."""
    variants = {"kernel": ["x86_64"], "unit": ["host-asan-test"], "unit-kernel": ["x86_64-test"], "iso": ["x86_64", "image"]}
    found = []
    for name in names:
        for key in [name] + variants.get(name, []):
            found += ["%s: %s" % (name, text) for text in d.problems.get(key, [])]
    return found


def build(names=DEFAULT_PARTS, keep_going=False, force=False, need=()):
    """Brings the named parts and applications up to date; a Problem if that fails."""
    names = list(names) or list(DEFAULT_PARTS)
    packages.require(packages.BUILDING + list(need) + (packages.ISO if "iso" in names else []))
    toolchains.prepare(toolchains_of(discover(), names))
    d, apps = describe.describe()
    targets, broken = targets_of(d, apps, names)
    lacking = problems_of(d, names)
    for text in lacking + broken:
        error(text)
    say_left_out(apps, names)
    if (lacking or broken) and not keep_going:
        raise Problem("nothing was built (--keep-going builds the rest)")
    targets = [t for t in targets if not t.startswith("part-") or d.parts.get(t[len("part-") :])]
    with lock():
        describe.write(d)
        failures = _ninja(targets, keep_going, force)
    if failures or lacking or broken:
        raise Problem("the build failed%s" % (" (%d commands)" % failures if failures > 1 else ""))


def _ninja(targets, keep_going, force):
    """The number of failed commands."""
    if not targets:
        return 0
    if force:
        subprocess.run(
            ninja_command("-t", "clean", *targets), cwd=ROOT, stdout=subprocess.DEVNULL, check=True
        )
    runner = Runner("build")
    extra = ["-k", "0"] if keep_going else []
    status = runner.run(ninja_command(*extra, *targets))
    return max(runner.failures, 1) if status else 0


def states():
    """(application, state) for `list`: built, stale, not built, lacking a compiler, or in error. Builds nothing."""
    packages.require(packages.BUILDING)
    with lock():
        d, apps = describe.describe()
        describe.write(d)
        good = [a for a in apps if a.buildable]
        stale = set()
        if good and not d.problems.get("sdk"):
            for a in good:
                done = subprocess.run(
                    ninja_command("-n", a.wasm), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
                )
                if b"no work to do" not in done.stdout:
                    stale.add(a.name)
    result = []
    for a in apps:
        built = os.path.exists(os.path.join(ROOT, a.wasm))
        state = "error" if a.error else "lacking" if a.lacking else "not built" if not built else "stale" if a.name in stale else "built"
        result.append((a, state))
    return result


