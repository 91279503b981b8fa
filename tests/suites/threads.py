"""Programs with several threads, by the convention of wasi-threads: one shared memory, exact totals, and one end."""

import os
import time

from foreman.testing import Failed, Suite

from .common import PARTS, program

SUITE = Suite("threads of programs", parts=PARTS)
WORKERS, ROUNDS, ITEMS = 6, 20000, 4000
TOTAL = WORKERS * ROUNDS
# what each of the narrow counters has counted, modulo 256
NARROW = sum(ROUNDS * len([w for w in range(WORKERS) if w % 4 == k]) % 256 for k in range(4))
STRESS = {
    "counters": "added %d\nswapped %d\nspun %d\nlocked %d\nwide %d\nnarrow %d\n"
    % (TOTAL, TOTAL, TOTAL // 8, TOTAL // 4, TOTAL, NARROW),
    "queue": "taken %d\nsum %d\n" % (WORKERS // 2 * ITEMS, ITEMS * (ITEMS + 1) // 2 * 6),
    "grow": "grown 120\nsize 120\ntwice 0\n",
    "many": "threads 128\n",
    "churn": "ran 1\n",
}
# how a program ends: its status, and what is said
ENDS = {
    "return": (0, ()),
    "exit": (7, ()),
    "trap": (134, ("unreachable", "traps")),
    "overflow": (134, ("out of bounds memory access", "overflows")),
}
TIMEOUTS = "not equal 1\nat once 2\nsoon 2\nwide not equal 1\nwide 2\nnobody 0\n"


def stress(t, machine, what, smp):
    t.exec(machine, "--timeout", "100", "--smp", smp, program("stress", "threads"), what).expect(0, STRESS[what])


def ends(t, machine, how, smp):
    status, said = ENDS[how]
    result = t.exec(machine, "--timeout", "60", "--smp", smp, program("ends", "threads"), how)
    result.expect(status, "ready\n")
    if said:
        result.expect_in_err(*said)
    if result.err.count(b"trap:") != (status == 134):
        raise Failed("one end, one report\n" + result.show())


for m in ("host", "qemu", "asan"):
    for n in ("1", "2"):
        for name in STRESS:
            SUITE.add("%s/%s/%s-cpu" % (name, m, n), stress, m, name, n, limit_s=120)
        for name in ENDS:
            SUITE.add("end-by-%s/%s/%s-cpu" % (name, m, n), ends, m, name, n, limit_s=90)


@SUITE.on_both(sanitized=True)
def results_of_waits(t, machine):
    t.exec(machine, program("ends", "threads"), "timeouts").expect(0, TIMEOUTS)


@SUITE.on_both()
def unaligned_waits_trap(t, machine):
    t.exec(machine, program("ends", "threads"), "unaligned").expect(134, "").expect_in_err("unaligned atomic")


@SUITE.on_both(sanitized=True, limit_s=120)
def limits_end_waits_and_bombs(t, machine):
    """The time limit ends threads that wait, however long, and those that start others for ever."""
    for how in ("wait", "huge", "bomb"):
        # one emulated CPU waits long for another to forget the pages of a hundred stacks
        smp = "1" if machine == "qemu" and how == "bomb" else "2"
        t.exec(machine, "--timeout", "2", "--smp", smp, program("ends", "threads"), how).expect(124, "ready\n")
