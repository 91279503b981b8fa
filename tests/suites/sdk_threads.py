"""Programs with several threads over the SDK: tests/sdk_threads/NAME.c or .cpp prints what NAME.out holds; and what
is left of a program whose threads end it."""

import os

from foreman.paths import ROOT, find
from foreman.testing import Suite

from .common import PARTS, program, read, write

SUITE = Suite("threads over the C and C++ libraries", parts=PARTS)

# tests/sdk_threads/ends.c: status, output, what the error output has
ENDS = {
    "exit": (7, "not flushed by itselfat exit\n", ()),
    "trap": (134, "", ("unreachable", "abort")),
    "return": (0, "flushed", ()),
    "locked": (0, "", ()),
    "exits": (3, None, ()),
    "leaves": (0, "late, but said\nat exit\n", ()),
    "overflow": (134, "1.500\n", ("__stack_overflow", "deep")),
    "limit": (0, "129 threads, then EAGAIN\n" * 2, ()),
    "detached": (0, "400 detached, their stacks freed\n", ()),
}


def prints(t, machine, stem):
    out = read(ROOT, "tests/sdk_threads/%s.out" % stem)
    t.exec(machine, "--timeout", "100", "--smp", "2", program(stem, "sdk_threads")).expect(0, out)


def ends(t, machine, how):
    status, out, said = ENDS[how]
    # one emulated CPU waits long for another to forget the pages of each stack
    smp = "1" if machine == "qemu" and how == "detached" else "2"
    result = t.exec(machine, "--timeout", "60", "--smp", smp, program("ends", "sdk_threads"), how)
    result.expect(status, out).expect_in_err(*said)


for m in ("host", "qemu"):
    for source in find("tests/sdk_threads", ".c", ".cpp"):
        name = os.path.splitext(os.path.basename(source))[0]
        if name != "ends":
            SUITE.add("%s/%s" % (name, m), prints, m, name, limit_s=120)
    for name in ENDS:
        SUITE.add("end-by-%s/%s" % (name, m), ends, m, name, limit_s=90)

PROGRAM = """#include <pthread.h>
#include <stdio.h>
static void *run(void *p) { return p; }
int main(void) { pthread_t t; printf("%d\\n", pthread_create(&t, 0, run, 0)); return 0; }
"""


@SUITE.test("pthread-chooses-the-libraries")
def pthread(t):
    """With -pthread threads start; without, everything links and pthread_create says EAGAIN."""
    write(t.folder, "p.c", PROGRAM)
    for flags, out in ((["-pthread"], "0\n"), ([], "6\n")):
        t.run([os.path.join(ROOT, "sdk", "bin", "wasmos-cc"), *flags, "p.c", "-o", "p.wasm"], cwd=t.folder).expect(0)
        t.exec("host", os.path.join(t.folder, "p.wasm")).expect(0, out, "")
