"""System calls with random and absurd arguments: every result is an errno, no memory changes that was not given,
nothing leaves the program's folder, nothing is lost, and the session goes on."""

from foreman.testing import Failed, Suite

from .common import PARTS, bin_folder, program

SUITE = Suite("system calls with absurd arguments", parts=PARTS)
WANTED = "frames lost 0\nheap bytes lost 0\nprocesses left 0\n" + "0\n1\n1\n2\n3\n"


def fuzz(t, machine, first, seeds, calls, *options):
    folder = bin_folder(t.folder, ["fuzz-calls"])
    words = ["/t/fuzz-calls.wasm", str(first), str(seeds), str(calls)]
    t.exec(machine, *options, "--dir", folder + "::/t", program("fuzz-calls"), *words).expect(0, WANTED)


SUITE.add("eight-seeds/asan", fuzz, "asan", 1, 8, 1500)
SUITE.add("sixteen-seeds/host", fuzz, "host", 101, 16, 2000)
SUITE.add("on-two-cpus/host", fuzz, "host", 201, 16, 2000, "--smp", "2")
SUITE.add("on-two-cpus/asan", fuzz, "asan", 301, 4, 1000, "--smp", "2")
SUITE.add("one-seed/qemu", fuzz, "qemu", 7, 1, 2000)


def orphans_free_themselves(t, machine):
    """More children in all that nobody waits for than there can be processes: whoever inherits them is not asked."""
    folder = bin_folder(t.folder, ["orphans"])
    line = "; ".join(["/t/orphans.wasm 1400"] * 3 + ["fib 5"])
    result = t.exec(machine, "--dir", folder + "::/t", "--sh", line).expect(0, "0\n1\n1\n2\n3\n")
    if result.err.decode() != "1400 of 1400\n" * 3:
        raise Failed(result.show())


SUITE.add("orphans-free-themselves/host", orphans_free_themselves, "host")
