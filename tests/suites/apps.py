"""What each application shows its user, on both machines: the [[test]] groups of its app.toml."""

import os
import shutil

from foreman.apps import discover
from foreman.testing import Failed, Suite

from .common import MACHINES

SUITE = Suite("what the applications print", parts=("kernel", "host", "image"))


def expect_output(result, name, data, wanted):
    """wanted: None, the whole text, or a pattern for the whole."""
    if wanted is None:
        return
    text = data.decode("utf-8", "replace")
    if isinstance(wanted, str):
        if text != wanted:
            raise Failed("%s should be\n%s\n%s" % (name, wanted, result.show()))
    elif not wanted.fullmatch(text):
        raise Failed("%s should match `%s`\n%s" % (name, wanted.pattern, result.show()))


def declared(t, machine, app, test):
    """The program works on copies of its folders."""
    options = ["--timeout", "40"]
    for number, word in enumerate(test.dirs):
        folder, _, guest = word.partition("::")
        copy = os.path.join(t.folder, str(number))
        shutil.copytree(os.path.join(app.folder, folder), copy)
        options += ["--dir", "%s::%s" % (copy, guest)]
    for word in test.env:
        options += ["--env", word]
    result = t.exec(machine, *options, app.name, *test.args, stdin=test.stdin.encode()).expect(test.status)
    expect_output(result, "stdout", result.out, test.stdout)
    expect_output(result, "stderr", result.err, test.stderr)


def wrong(_t, app):
    raise Failed(app.error)


def add(app):
    if app.error:
        SUITE.add(app.name + "/app.toml", wrong, app)
    names = {}
    for test in app.tests:
        stem = "/".join(filter(None, (app.name, test.name)))
        names[stem] = names.get(stem, 0) + 1
        if names[stem] > 1:
            stem += "-%d" % names[stem]
        for machine in MACHINES:
            SUITE.add("%s/%s" % (stem, machine), declared, machine, app, test)


for each in discover():
    add(each)


@SUITE.on_both(limit_s=120)
def collatz_of_a_million(t, machine):
    """Large, and its output is all there."""
    count = 1000000 if machine == "host" else 20000
    rows = t.exec(machine, "--timeout", "100", "collatz", str(count)).expect(0).out.split(b"\n")
    if len(rows) != count + 2 or rows[count] != b"%d is not a break!" % count:
        raise Failed("%d lines, the last but one is %r" % (len(rows), rows[-2:]))
