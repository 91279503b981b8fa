"""The same unit tests inside the bare kernel."""

from foreman import machine
from foreman.paths import KERNEL_TEST
from foreman.testing import Suite

from .unit import counted

SUITE = Suite("unit tests inside the bare kernel", parts=("unit-kernel",))


@SUITE.test(limit_s=300)
def kernel_in_qemu(t):
    command = machine.qemu(None, "test", kernel=KERNEL_TEST) + ["-serial", "stdio"]
    counted(t, t.run(command))
