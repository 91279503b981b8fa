"""The import module `env`, for programs without any library: all of its calls, and a program with a 64-bit memory."""

from foreman.testing import Suite

from .common import PARTS, program

SUITE = Suite("programs over the import module env", parts=PARTS)
WANTED = (
    "typed\narguments: well\nmemory: well\nheap: well\ntime: well\nrandom: well\n0\n1\nrun: well\nunknown: well\n"
)


@SUITE.on_both(sanitized=True)
def every_call(t, machine):
    t.exec(machine, program("calls", "env"), "one", "two words", stdin=b"typed\n").expect(0, WANTED)


@SUITE.on_both()
def abort_tells(t, machine):
    result = t.exec(machine, program("calls", "env"), "abort").expect(134, "")
    result.expect_in_err("lost", "x.ts", "12", "34", "abort")


@SUITE.on_both()
def a_trap_tells(t, machine):
    t.exec(machine, program("calls", "env"), "trap").expect(134, "").expect_in_err("unreachable")


@SUITE.on_both(sanitized=True)
def wide_memory(t, machine):
    t.exec(machine, program("wide", "env64")).expect(
        0, "calls: well\nlist: well\ngrowth: well\nthrough WASI\nwritten: well\nfilled: well\n"
    )


@SUITE.on_both()
def wide_memory_ends(t, machine):
    for argument in ("far", "end"):
        result = t.exec(machine, program("wide", "env64"), argument).expect(134, "")
        result.expect_in_err("out of bounds memory access")
