"""`test`: finds the suites of tests/suites, builds what they need, runs their tests side by side, each with a
hard time limit, and counts.

A suite is a module with SUITE = Suite(...). A test is a function of a Context; it passes when it returns,
fails with Failed, an assertion or any other exception, and is skipped with Skipped."""

import importlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback

from . import builder, packages, toolchains
from .apps import discover
from .paths import HOST_ASAN, ROOT
from .ui import Problem, Progress, paint, say, unknown

# The order is the order of running: quick and fundamental ones first.
SUITES = (
    "layers", "style", "foreman", "unit", "apps", "exec", "traps", "hostile", "calls", "sdk", "wasi", "exceptions",
    "env", "threads", "sdk_threads", "pipes", "shell", "editor", "rust", "assemblyscript", "gnu_grep", "background",
    "unit_kernel", "boot", "leak", "dump", "spec", "verify", "jit", "engine", "linear", "json_app", "fuzz",
)
OUTPUT_SHOWN = 6000    # characters of a failing program's output


class Failed(Exception):
    """A test's verdict, with everything needed to understand it."""


class Skipped(Exception):
    """Why a test cannot run here."""


class Result:
    """What a program did: status, out, err (bytes), seconds."""

    def __init__(self, command, status, out, err, seconds):
        self.command, self.status, self.out, self.err, self.seconds = command, status, out, err, seconds

    def show(self):
        parts = ["$ " + " ".join(map(str, self.command)), "status %s after %.1f s" % (self.status, self.seconds)]
        for name, data in (("stdout", self.out), ("stderr", self.err)):
            text = data.decode("utf-8", "replace")
            if len(text) > OUTPUT_SHOWN:
                text = text[: OUTPUT_SHOWN // 2] + "\n[…]\n" + text[-OUTPUT_SHOWN // 2 :]
            if text:
                parts += ["--- " + name, text.rstrip("\n")]
        return "\n".join(parts)

    def expect(self, status=0, out=None, err=None):
        """Fails unless status and the outputs are as given; bytes or str; None: not looked at."""
        if self.status != status:
            raise Failed("status %d was expected\n%s" % (status, self.show()))
        for name, got, wanted in (("stdout", self.out, out), ("stderr", self.err, err)):
            wanted = wanted.encode() if isinstance(wanted, str) else wanted
            if wanted is not None and got != wanted:
                raise Failed("%s should be\n%r\n%s" % (name, wanted[:2000], self.show()))
        return self

    def expect_in_err(self, *texts):
        for text in texts:
            if text.encode() not in self.err:
                raise Failed("stderr lacks `%s`\n%s" % (text, self.show()))
        return self

    def expect_in_out(self, *texts):
        for text in texts:
            if text.encode() not in self.out:
                raise Failed("stdout lacks `%s`\n%s" % (text, self.show()))
        return self


class Context:
    """What a test works with: programs that end with it, a folder of its own, a deadline."""

    def __init__(self, test):
        self.deadline = time.monotonic() + test.limit_s
        self.started = []
        self.timed_out = False
        self.lock = threading.Lock()
        self._folder = None
        self.notes = []

    @property
    def folder(self):
        if not self._folder:
            self._folder = tempfile.TemporaryDirectory(prefix="wasmos-test-")
        return self._folder.name

    def left(self):
        return max(0.1, self.deadline - time.monotonic())

    def note(self, text):
        """A measurement or remark that is shown with the result."""
        self.notes.append(text)

    def start(self, command, **how):
        """subprocess.Popen in a process group that ends with the test."""
        with self.lock:
            if self.timed_out:
                raise Failed("the time limit passed")
            p = subprocess.Popen(command, start_new_session=True, **how)
            self.started.append(p)
        return p

    def run(self, command, stdin=b"", env=None, cwd=ROOT):
        begin = time.monotonic()
        with_env = dict(os.environ, WASMOS_NO_BUILD="1", **(env or {}))
        p = self.start(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=with_env, cwd=cwd
        )
        try:
            out, err = p.communicate(stdin, timeout=self.left() + 5)
        except subprocess.TimeoutExpired:
            self.end()
            out, err = p.communicate()
        result = Result(command, p.returncode, out, err, time.monotonic() - begin)
        if self.timed_out:
            raise Failed("the time limit passed\n" + result.show())
        return result

    def foreman(self, *words, **how):
        return self.run([os.path.join(ROOT, "foreman"), *words], **how)

    @staticmethod
    def _exec(machine, words):
        """(command, environment) of `foreman exec` on `host`, `qemu` or `asan`: the host port under sanitizers."""
        where = [] if machine == "qemu" else ["--host"]
        env = {"WASMOS_HOST": HOST_ASAN} if machine == "asan" else {}
        return [os.path.join(ROOT, "foreman"), "exec", *where, *words], env

    def exec(self, machine, *words, stdin=b""):
        """`foreman exec` from start to end."""
        command, env = self._exec(machine, words)
        return self.run(command, stdin, env)

    def start_exec(self, machine, *words, **how):
        """The same as a subprocess.Popen, to be talked to; its output is bytes from a pipe."""
        command, env = self._exec(machine, words)
        env = dict(os.environ, WASMOS_NO_BUILD="1", **env)
        return self.start(command, stdout=subprocess.PIPE, cwd=ROOT, env=env, **how)

    def end(self):
        """Ends everything that was started."""
        with self.lock:
            for p in self.started:
                if p.poll() is None:
                    try:
                        os.killpg(p.pid, signal.SIGKILL)
                    except ProcessLookupError:
                        pass

    def close(self):
        self.end()
        for p in self.started:
            p.wait()
        if self._folder:
            self._folder.cleanup()


class Test:
    """name; function(context); limit_s: it is ended after that and has failed; slots: how many of the
    machine's CPUs it keeps busy."""

    def __init__(self, name, function, limit_s=60, slots=1):
        self.name, self.function, self.limit_s, self.slots = name, function, limit_s, slots


class Suite:
    """name, what it is about, parts to build before, tests; packages beyond those for building."""

    def __init__(self, about, parts=(), needs=(), tests=()):
        self.about, self.parts, self.needs, self.tests = about, parts, needs, list(tests)
        self.name = None

    def test(self, name=None, limit_s=60, slots=1):
        """Decorator: adds a function as a test."""

        def add(function):
            self.tests.append(Test(name or function.__name__.replace("_", "-"), function, limit_s, slots))
            return function

        return add

    def on_both(self, limit_s=60, slots=1, sanitized=False):
        """Decorator: adds function(context, machine) once for each machine; sanitized: and for the host port
        under sanitizers."""

        def add(function):
            for machine in ("host", "qemu") + (("asan",) if sanitized else ()):
                name = "%s/%s" % (function.__name__.replace("_", "-"), machine)
                self.tests.append(Test(name, _bind(function, machine), limit_s, slots))
            return function

        return add

    def add(self, name, function, *arguments, limit_s=60, slots=1, **named):
        """Adds function(context, *arguments, **named) as a test."""
        self.tests.append(Test(name, _bind(function, *arguments, **named), limit_s, slots))


def _bind(function, *arguments, **named):
    return lambda context: function(context, *arguments, **named)


def load(name):
    folder = os.path.join(ROOT, "tests")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    suite = importlib.import_module("suites." + name).SUITE
    suite.name = name.replace("_", "-")
    return suite


class Outcome:
    def __init__(self, test, state, text, seconds, notes):
        self.test, self.state, self.text, self.seconds, self.notes = test, state, text, seconds, notes


def run_one(test):
    context = Context(test)

    def expire():
        context.timed_out = True
        context.end()

    watchdog = threading.Timer(test.limit_s, expire)
    watchdog.start()
    begin, state, text = time.monotonic(), "ok", ""
    try:
        test.function(context)
        if context.timed_out:
            state, text = "FAILED", "the time limit of %d s passed" % test.limit_s
    except Skipped as e:
        state, text = "skipped", str(e)
    except Failed as e:
        state, text = "FAILED", str(e)
    except BaseException:  # a test's mistake is a failure like another
        state, text = "FAILED", traceback.format_exc()
    watchdog.cancel()
    context.close()
    return Outcome(test, state, text, time.monotonic() - begin, context.notes)


class Run:
    """All tests of some suites, as many at once as there are CPUs."""

    def __init__(self, suites, verbose):
        self.queue = [(s, t) for s in suites for t in s.tests]
        self.total, self.done = len(self.queue), 0
        self.verbose = verbose or not sys.stderr.isatty()
        self.progress = Progress("test")
        self.condition = threading.Condition()
        self.slots = max(2, os.cpu_count() or 1)
        self.free = self.slots
        self.counts = {"ok": 0, "FAILED": 0, "skipped": 0}
        self.failures = []

    def _finish(self, suite, outcome, slots):
        with self.condition:
            self.free += slots
            self.done += 1
            self.counts[outcome.state] += 1
            self.progress.clear()
            name = "%s/%s" % (suite.name, outcome.test.name)
            if self.verbose or outcome.state != "ok":
                self._print(name, outcome)
            if outcome.state == "FAILED":
                self.failures.append(name)
            if not self.verbose:
                self.progress.update(self.done, self.total, name)
            self.condition.notify_all()

    @staticmethod
    def _print(name, outcome):
        color = {"ok": "32", "FAILED": "1;31", "skipped": "33"}[outcome.state]
        notes = "".join("; " + n for n in outcome.notes)
        line = "%s %s (%.1f s%s)" % (paint(color, "%-7s" % outcome.state), name, outcome.seconds, notes)
        if outcome.text:
            line += "\n    " + outcome.text.rstrip().replace("\n", "\n    ")
        print(line, flush=True)

    def _work(self, suite, test, slots):
        try:
            self._finish(suite, run_one(test), slots)
        except BrokenPipeError:  # nobody reads the results any more
            os._exit(141)

    def run(self):
        workers = []
        while self.queue:
            suite, test = self.queue.pop(0)
            slots = min(test.slots, self.slots)
            with self.condition:
                while self.free < slots:
                    self.condition.wait()
                self.free -= slots
            worker = threading.Thread(target=self._work, args=(suite, test, slots), daemon=True)
            worker.start()
            workers.append(worker)
        for worker in workers:
            worker.join()
        self.progress.clear()


def suite_names():
    """The suites as they are called on the command line, with their modules."""
    return {n.replace("_", "-"): n for n in SUITES}


def choose(words, only):
    """The suites named, or all. The name of an application stands for its own tests in `apps`."""
    names, apps = suite_names(), {a.name: a for a in discover()}
    chosen = [w for w in words if w not in names]
    for word in chosen:
        if word not in apps:
            raise Problem(unknown("suite or application", word, list(names) + list(apps)), 2)
        if not apps[word].error and not apps[word].tests:
            raise Problem("`%s` has no tests; %s may declare some with [[test]]" % (word, apps[word].toml), 2)
    suites = [load(names[n]) for n in ([w for w in words if w in names] or ([] if chosen else names))]
    if chosen and "apps" not in words:
        suites.append(load("apps"))
        suites[-1].tests = [t for t in suites[-1].tests if t.name.split("/")[0] in chosen]
    if only:
        for s in suites:
            s.tests = [t for t in s.tests if only in t.name]
    return [s for s in suites if s.tests]


def prepare(suites):
    needs = packages.BUILDING + packages.RUNNING + packages.TESTING
    for s in suites:
        needs += [p for p in s.needs if p not in needs]
    packages.install(needs)
    toolchains.install_packages(discover())
    parts = []
    for s in suites:
        parts += [p for p in s.parts if p not in parts]
    if parts and not os.environ.get("WASMOS_NO_BUILD"):
        builder.build(parts, keep_going=True)


def main(words, values):
    if values.list:
        for name in SUITES:
            suite = load(name)
            print("%-12s %4d  %s" % (suite.name, len(suite.tests), suite.about))
        return 0
    begin = time.monotonic()
    suites = choose(words, values.only)
    if not suites:
        raise Problem("no test has `%s` in its name" % values.only, 2)
    try:
        prepare(suites)
    except Problem as e:
        say(str(e))
        print("FAILED  build: the tests cannot run\n0 passed, 1 failed", flush=True)
        return 1
    run = Run(suites, values.verbose)
    run.run()
    print("\n%d tests in %.0f s" % (run.total, time.monotonic() - begin))
    if run.counts["skipped"]:
        print("skipped: %d (the reasons stand above)" % run.counts["skipped"])
    for name in sorted(run.failures):
        print("failed: " + name)
    print("%d passed, %d failed" % (run.counts["ok"], run.counts["FAILED"]), flush=True)
    return 1 if run.failures else 0
