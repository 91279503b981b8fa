"""Nothing is lost: many programs one after another, then as many frames and heap bytes as before."""

import re

from foreman.testing import Failed, Suite

from .common import PARTS, bin_folder, program

SUITE = Suite("memory after thousands of programs", parts=PARTS)
LINES = re.compile(rb"programs (\d+)\nframes lost (-?\d+)\nheap bytes lost (-?\d+)\nprocesses left (-?\d+)\n")


def balance(t, machine, count, name, *options, words=(), source="programs"):
    folder = bin_folder(t.folder, [name], source)
    result = t.exec(
        machine, *options, "--dir", folder + "::/t", program("leak"), str(count), "/t/%s.wasm" % name, *words
    ).expect(0)
    found = LINES.search(result.err)
    if not found:
        raise Failed("no balance was printed\n" + result.show()[-3000:])
    programs, frames, heap, processes = map(int, found.groups())
    t.note("%d programs: %d frames, %d heap bytes lost" % (programs, frames, heap))
    if (programs, frames, heap, processes) != (count, 0, 0, 0):
        raise Failed(found.group().decode())


SUITE.add("ten-thousand-programs/host", balance, "host", 10000, "status", limit_s=300)
SUITE.add("programs/qemu", balance, "qemu", 500, "status", limit_s=300)
SUITE.add("trapping-programs/host", balance, "host", 1000, "trap-bounds", limit_s=300)
SUITE.add("trapping-programs/qemu", balance, "qemu", 100, "trap-stack", limit_s=300)
SUITE.add("programs/asan", balance, "asan", 300, "status", limit_s=300)
SUITE.add("programs-on-four-cpus/host", balance, "host", 2000, "status", "--smp", "4", limit_s=300)


def threads(t, machine, count, name, word, *options):
    """Programs of several threads, which end in every way."""
    balance(t, machine, count, name, *options, words=(word,), source="threads")


SUITE.add("threads/host", threads, "host", 200, "stress", "queue", "--smp", "2", limit_s=300)
SUITE.add("threads/qemu", threads, "qemu", 20, "stress", "grow", "--smp", "2", limit_s=300)
# a thread that is nearly always in the runtime ends at once: otherwise these take a second each
SUITE.add("threads-of-trapping-programs/host", threads, "host", 500, "ends", "trap", "--smp", "2", limit_s=300)
SUITE.add("threads-of-exiting-programs/qemu", threads, "qemu", 30, "ends", "exit", "--smp", "2", limit_s=300)
SUITE.add("threads/asan", threads, "asan", 50, "ends", "return", "--smp", "2", limit_s=300)
