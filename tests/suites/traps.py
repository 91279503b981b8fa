"""A program's own faults end the program, say why, and leave the system as it was."""

import subprocess

from foreman.testing import Failed, Suite

from .common import MACHINES, PARTS, bin_folder, program

SUITE = Suite("traps, limits, and the session that goes on", parts=PARTS)

# program, the message, the function that is to be named
TRAPS = (
    ("trap-div", "integer divide by zero", "divide"),
    ("trap-overflow", "integer overflow", "divide"),
    ("trap-stack", "call stack exhausted", "descend"),
    ("trap-frame", "out of bounds memory access", "nest"),
    ("trap-bounds", "out of bounds memory access", "reach"),
    ("trap-unreachable", "unreachable", "give_up"),
    ("trap-call", "indirect call type mismatch", "misdirect"),
    ("trap-convert", "integer overflow", "convert"),
)


def trap(t, machine, name, message, function):
    result = t.exec(machine, "--timeout", "30", program(name))
    result.expect(134, "before\n" if name == "trap-div" else "").expect_in_err(message, function)


for m in MACHINES + ("asan",):
    for row in TRAPS:
        SUITE.add("%s/%s" % (row[0], m), trap, m, *row)


@SUITE.on_both(sanitized=True)
def faults_that_are_no_traps(t, machine):
    t.exec(machine, program("wrapping")).expect(0, "432000600 -3075\n")


@SUITE.on_both(limit_s=120, sanitized=True)
def the_session_goes_on(t, machine):
    """Every fault one after another in one boot, each followed by a good program."""
    names = [name for name, _, _ in TRAPS] + ["status"]
    folder = bin_folder(t.folder, names + ["spawn-each"])
    words = []
    for name, _, _ in TRAPS:
        words += ["/t/%s.wasm" % name, "/t/status.wasm"]
    result = t.exec(machine, "--dir", folder + "::/t", program("spawn-each"), *words).expect(0)
    wanted = ""
    for name, _, _ in TRAPS:
        wanted += "before\n" if name == "trap-div" else ""
        wanted += "/t/%s.wasm: status 134\nout\n/t/status.wasm: status 0\n" % name
    result.expect(0, wanted)
    result.expect_in_err(*[message for _, message, _ in TRAPS])


@SUITE.on_both(limit_s=120)
def the_shell_goes_on(t, machine):
    folder = bin_folder(t.folder, ["trap-div"])
    result = t.exec(machine, "--dir", folder + "::/t", "--sh", "/t/trap-div.wasm; fib 5")
    result.expect(0).expect_in_out("before\n", "0\n1\n1\n2\n3\n").expect_in_err("integer divide by zero", "divide")


@SUITE.on_both(limit_s=120, sanitized=True)
def endless_programs(t, machine):
    """A loop without calls, one with calls, one that writes, one that waits: each is ended by its limit, and the
    next program runs."""
    folder = bin_folder(t.folder, ["loop", "wait-input", "status", "spawn-each"])
    words = ["--limit-ms=300", "/t/loop.wasm", "/t/status.wasm", "/t/wait-input.wasm", "/t/status.wasm"]
    # standard input stays open and empty: the second program waits for it
    p = t.start_exec(machine, "--dir", folder + "::/t", program("spawn-each"), *words, stdin=subprocess.PIPE)
    out = p.stdout.read().decode()
    wanted = (
        "looping\n/t/loop.wasm: status 124\nout\n/t/status.wasm: status 0\nwaiting\n"
        "/t/wait-input.wasm: status 124\nout\n/t/status.wasm: status 0\n"
    )
    if p.wait() != 0 or out != wanted:
        raise Failed("status %s, output\n%s" % (p.returncode, out))


@SUITE.on_both(limit_s=120, sanitized=True)
def all_memory(t, machine):
    """malloc fails in the end, the program says so, and the next one has its memory again."""
    folder = bin_folder(t.folder, ["eat-memory"])
    words = ["/t/eat-memory.wasm"] * 2 + ["/bin/helloworld-c.wasm"]
    result = t.exec(machine, "--mem", "128M", "--dir", folder + "::/t", program("spawn-each"), *words)
    result.expect(
        0, "out of memory after some\n/t/eat-memory.wasm: status 0\n" * 2
        + "Hello, World from C on WasmOS!\n/bin/helloworld-c.wasm: status 0\n",
    )


@SUITE.on_both(sanitized=True)
def children_are_interrupted_and_killed(t, machine):
    folder = bin_folder(t.folder, ["loop"])
    for number, status in (("2", 130), ("9", 137)):
        result = t.exec(machine, "--dir", folder + "::/t", program("interrupt"), number, "/t/loop.wasm")
        result.expect(0).expect_in_out("status %d\n" % status)
