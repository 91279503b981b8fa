"""Runs Ninja on the description, shows its progress and its errors, and keeps two foremen from building at
the same time."""

import fcntl
import os
import re
import subprocess
import sys
from contextlib import contextmanager

from . import describe, packages
from .paths import BUILD, ROOT
from .ui import Problem, Progress, error, say, unknown

PARTS = {
    "kernel": "the kernel for the bare machine",
    "host": "the kernel as a Linux process",
    "host-asan": "the same under sanitizers",
    "sdk": "the libraries for applications in C and C++",
    "rust": "the crates for applications in Rust",
    "apps": "all applications",
    "image": "the boot archive: applications and rootfs/",
    "iso": "a disc that boots by BIOS and UEFI",
    "tools": "the engine's tools (dump, spec runner, fuzzer)",
    "unit": "the unit tests, hosted under sanitizers",
    "unit-kernel": "the bare kernel with its unit tests",
    "programs": "the programs that the tests run",
}
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
    """Ninja's targets for parts and applications, and the applications that cannot be built."""
    by_name = {a.name: a for a in apps}
    targets, broken = [], []
    for name in names:
        if name in by_name:
            app = by_name[name]
            (broken if app.error else targets).append(app if app.error else app.wasm)
        elif name in PARTS:
            targets.append("part-" + name)
            broken += [a for a in apps if a.error and name in ("apps", "image", "iso") and a not in broken]
        else:
            raise Problem(unknown("application or part", name, list(by_name) + list(PARTS)))
    return targets, broken


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
    d, apps = describe.describe()
    targets, broken = targets_of(d, apps, names)
    lacking = problems_of(d, names)
    for text in lacking + [a.error for a in broken]:
        error(text)
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
    """(application, state) for `list`: built, stale, not built, or in error. Builds nothing."""
    packages.require(packages.BUILDING)
    with lock():
        d, apps = describe.describe()
        describe.write(d)
        good = [a for a in apps if not a.error]
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
        state = "error" if a.error else "not built" if not built else "stale" if a.name in stale else "built"
        result.append((a, state))
    return result


