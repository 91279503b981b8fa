"""What each application shows its user, on both machines."""

import re

from foreman.testing import Failed, Suite

from .common import MACHINES, PARTS

SUITE = Suite("what the applications print", parts=PARTS)


def fibonacci(n):
    a, b, out = 0, 1, []
    for _ in range(n):
        out.append(a)
        a, b = b, a + b
    return out


def lines(values):
    return "".join("%s\n" % v for v in values)


# (arguments, status, standard output or a pattern for all of it)
EXPECTED = [
    (["helloworld-c"], 0, "Hello, World from C on WasmOS!\n"),
    (["helloworld-cpp"], 0, "Hello, World from C++ on WasmOS!\n"),
    (["fib", "1"], 0, lines(fibonacci(1))),
    (["fib", "10"], 0, lines(fibonacci(10))),
    (["fib", "90"], 0, lines(fibonacci(90))),
    (["fib"], None, re.compile(r"Usage: fib <number of terms>\n")),
    (["fib", "x"], None, re.compile(r"Invalid number of terms\n")),
    (["fib", "-3"], None, re.compile(r"Invalid number of terms\n")),
    (["fib", "200"], None, re.compile(r"(\d+\n){90,95}.*64.*\n", re.DOTALL)),
    (["collatz"], None, re.compile(r"Usage: collatz <number>\n")),
    (
        ["collatz", "3"],
        0,
        "Checking for Collatz Conjecture breaks for 3 numbers\n1 is not a break!\n2 is not a break!\n"
        "3 is not a break!\n",
    ),
    (["sysinfo"], 0, re.compile(
        r".*The time since boot is: \d+ microseconds\.\n.*The time this app has been running is: \d+ microseconds\.\n"
        r".*", re.DOTALL)),
    (["vec-test-cpp"], 0, re.compile(r"(?!.*Error).*Push back test passed\n.*", re.DOTALL)),
    (["alloc-demo"], 0, re.compile(r".*0x[0-9a-f]+.*", re.DOTALL)),
    (["lld-test"], 0, re.compile(r".*1234567890.*9876543210.*-9223372036854775808.*9223372036854775807.*|"
                                 r".*1234567890.*9876543210.*9223372036854775807.*-9223372036854775808.*", re.DOTALL)),
]


def check(t, machine, words, status, wanted):
    from foreman.apps import discover

    if words[0] not in [a.name for a in discover()]:
        raise Failed("there is no application `%s`" % words[0])
    result = t.exec(machine, "--timeout", "40", *words)
    if status is None:  # a complaint: it may go to either output, but the status must tell
        if result.status in (0, 124, 125, 134) or not wanted.fullmatch((result.out + result.err).decode()):
            raise Failed("`%s` and a status were expected\n%s" % (wanted.pattern, result.show()))
        return
    if isinstance(wanted, str):
        result.expect(status, wanted, "")
    elif not wanted.fullmatch(result.expect(status).out.decode()):
        raise Failed("`%s` was expected\n%s" % (wanted.pattern, result.show()))


for m in MACHINES:
    for row in EXPECTED:
        SUITE.add("%s/%s" % ("-".join(row[0]), m), check, m, *row)


@SUITE.on_both(limit_s=120)
def collatz_of_a_million(t, machine):
    """Large, and its output is all there."""
    count = 1000000 if machine == "host" else 20000
    rows = t.exec(machine, "--timeout", "100", "collatz", str(count)).expect(0).out.split(b"\n")
    if len(rows) != count + 2 or rows[count] != b"%d is not a break!" % count:
        raise Failed("%d lines, the last but one is %r" % (len(rows), rows[-2:]))
