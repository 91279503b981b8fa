"""Pipes and copied descriptors between programs: what comes through, who is woken, who is killed."""

from foreman.testing import Failed, Suite

from .common import MACHINES, PARTS, bin_folder, program

SUITE = Suite("pipes between programs", parts=PARTS)
LINES = 18


def pipes(t, machine, *options):
    folder = bin_folder(t.folder, ["pipes"])
    words = ["--dir", folder + "::/t", program("pipes"), "/t/pipes.wasm"]
    result = t.exec(machine, "--timeout", "50", *options, *words).expect(0)
    lines = result.out.decode().splitlines()
    if len(lines) != LINES or not all(line.endswith(": yes") for line in lines):
        raise Failed(result.show())


for m in MACHINES:
    SUITE.add("children/%s" % m, pipes, m)
SUITE.add("children-on-two-cpus/host", pipes, "host", "--smp", "2")
SUITE.add("children/asan", pipes, "asan")
