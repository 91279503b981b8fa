"""Functions compiled ahead on idle CPUs: programs end in every way while it goes on, and nobody notices."""

from foreman.testing import Failed, Suite

from .common import PARTS, program
from .leak import balance

SUITE = Suite("compiling ahead on idle CPUs", parts=PARTS)
MANY = "many-functions"
ENDS = {"": 0, "exit": 7, "trap": 134, "memory": 0, "deep": 0}


def ends(t, machine, how):
    """With another CPU to compile ahead, without, and forbidden: the same output and status."""
    runs = [
        t.exec(machine, "--timeout", "80", *options, program(MANY), how)
        for options in (("--smp", "2"), ("--smp", "1"), ("--smp", "2", "--no-background"))
    ]
    for run in runs:
        run.expect(ENDS[how], runs[1].out)


for m in ("host", "qemu", "asan"):
    for name in ENDS:
        SUITE.add("end-by-%s/%s" % (name or "return", m), ends, m, name, limit_s=240)


@SUITE.on_both(sanitized=True)
def time_limits_hold(t, machine):
    t.exec(machine, "--timeout", "2", "--smp", "2", program(MANY), "loop").expect(124, "")


@SUITE.on_both(sanitized=True, limit_s=120)
def little_memory_is_enough(t, machine):
    """What is compiled ahead leaves memory alone when there is little."""
    t.exec(machine, "--smp", "2", "--mem", "40M", program(MANY), "deep").expect(0)


def lost(t, machine, count, how):
    balance(t, machine, count, MANY, "--smp", "2", words=(how,))


SUITE.add("nothing-is-lost-by-exit/host", lost, "host", 300, "exit", limit_s=300)
SUITE.add("nothing-is-lost-by-trap/host", lost, "host", 300, "trap", limit_s=300)
SUITE.add("nothing-is-lost/asan", lost, "asan", 30, "exit", limit_s=300)
SUITE.add("nothing-is-lost/qemu", lost, "qemu", 20, "exit", limit_s=300)


@SUITE.on_both()
def functions_are_compiled_without_being_called(t, machine):
    """The number of compiled functions grows while the program calls nothing new."""
    result = t.exec(machine, "--smp", "2", "--timeout", "60", program(MANY), "ahead").expect(0)
    if not result.out.startswith(b"many"):
        raise Failed(result.show())
