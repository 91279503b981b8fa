"""Programs that throw: C++ exceptions, and setjmp and longjmp, compiled by the distribution's clang."""

from foreman.testing import Suite

from .common import MACHINES, PARTS, program

SUITE = Suite("C++ exceptions, setjmp and longjmp, as clang compiles them", parts=PARTS)
CAUGHT = "3658913 1000 286 333 0\n"


def throws(t, machine):
    t.exec(machine, program("throws", "exceptions")).expect(0, CAUGHT, "")


def nobody_catches(t, machine):
    result = t.exec(machine, program("throws", "exceptions"), "now")
    result.expect(134, CAUGHT).expect_in_err("uncaught exception", "give_up")


def jumps(t, machine):
    t.exec(machine, program("jumps", "exceptions")).expect(0, "5108087 600\n", "")


for m in MACHINES + ("asan",):
    for f in (throws, nobody_catches, jumps):
        SUITE.add("%s/%s" % (f.__name__, m), f, m)
