"""Programs that throw: C++ exceptions, and setjmp and longjmp, compiled by the distribution's clang; what the SDK
says about exceptions that nobody catches."""

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


# What tests/programs/uncaught.cpp says, by the number that it is given.
UNCAUGHT = (
    ": uncaught exception of type std::out_of_range: vector::at",
    ": uncaught exception of type zoo::cage<zoo::animal, 3>",
    ": uncaught exception of type zoo::animal: it bites",
    ": uncaught exception of type double",
    ": uncaught exception of type char",
    "",
    None,
    "",
    "",
    ": uncaught exception of type Z4mainiPPcE5local",
    ": uncaught exception of type std::runtime_error: handled meanwhile",
)


def terminates(t, machine):
    for number, text in enumerate(UNCAUGHT):
        if machine == "qemu" and number % 5:
            continue  # what terminate does is no different there
        result = t.exec(machine, program("uncaught"), str(number))
        if text is None:
            result.expect(3, "begins\nown handler: for the handler\n", "")
        else:
            result.expect(134, "begins\n").expect_in_err("terminate called%s\n" % text, "unreachable")
    result = t.exec(machine, "--env", "EARLY=1", program("uncaught"))
    result.expect(134, "").expect_in_err("uncaught exception of type std::logic_error: before main\n")


for m in MACHINES:
    SUITE.add("terminates/%s" % m, terminates, m)
for m in MACHINES + ("asan",):
    for f in (throws, nobody_catches, jumps):
        SUITE.add("%s/%s" % (f.__name__, m), f, m)
