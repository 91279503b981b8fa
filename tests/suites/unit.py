"""Unit tests of base, the engine and the kernel, hosted, under AddressSanitizer and UBSan."""

import os
import re

from foreman import machine
from foreman.paths import BUILD, HOST_ASAN_TEST
from foreman.testing import Failed, Suite

SUITE = Suite("unit tests, hosted under sanitizers", parts=("unit",))
COUNT = re.compile(rb"(\d+) passed, (\d+) failed")


def counted(t, result):
    """The run says how many tests it had; none is a failure too."""
    found = COUNT.search(result.out + result.err)
    if result.status != 0 or not found or int(found[1]) == 0 or int(found[2]):
        raise Failed(result.show())
    t.note("%d unit tests" % int(found[1]))


SANITIZERS = {
    "ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}


@SUITE.test(limit_s=300)
def base_and_engine(t):
    counted(t, t.run([os.path.join(BUILD, "unit", "unit-engine")], env=SANITIZERS))


@SUITE.test(limit_s=300)
def kernel_on_the_host(t):
    counted(t, t.run(machine.host([], "test", binary=HOST_ASAN_TEST), env=SANITIZERS))
