"""The two machines, as commands: QEMU for the bare kernel, the kernel itself as a Linux process."""

import ctypes
import os
import signal
import subprocess

from .paths import HOST, KERNEL

PANIC_STATUS = 103  # isa-debug-exit turns the kernel's 0x33 into this; the host port exits with it
DEFAULT_MEM = 512 << 20
IO_SPACE = "iobase=0xf4,iosize=4"

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def _die_with_parent():
    """In the child: no machine outlives its foreman."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def qemu(archives, append="", mem=None, smp=None, kernel=KERNEL, cpu="max", boot=None):
    """QEMU's command line without console and link. `boot`: an ISO instead of the kernel by PVH, as
    (path, firmware or None)."""
    command = ["qemu-system-x86_64", "-M", "q35", "-accel", "tcg,thread=multi", "-cpu", cpu]
    command += ["-m", "%dk" % ((mem or DEFAULT_MEM) >> 10), "-smp", str(smp or 1)]
    command += ["-nodefaults", "-display", "none", "-no-reboot", "-device", "isa-debug-exit," + IO_SPACE]
    if boot:
        path, firmware = boot
        command += ["-cdrom", path] + (["-bios", firmware] if firmware else [])
        return command
    command += ["-kernel", kernel]
    if archives:
        command += ["-initrd", archives]
    return command + (["-append", append] if append else [])


def host(archives, append="", mem=None, smp=None, binary=HOST):
    """The host port's command line; `archives` is a list."""
    command = [binary]
    for path in archives:
        command += ["--module", path]
    if mem:
        command += ["--mem", "%dK" % (mem >> 10)]
    if smp:
        command += ["--smp", str(smp)]
    return command + (["--append", append] if append else [])


def start(command, new_session=True, **how):
    """subprocess.Popen for a machine: it dies when foreman does."""
    env = dict(os.environ)
    env.setdefault("ASAN_OPTIONS", "detect_leaks=0:detect_stack_use_after_return=0")
    env.setdefault("UBSAN_OPTIONS", "print_stacktrace=1")
    return subprocess.Popen(
        command, preexec_fn=_die_with_parent, start_new_session=new_session, env=env, **how
    )


def join_archives(paths, out):
    """Writes one file with the archives behind each other, as PVH's single module wants it."""
    for path in paths:
        with open(path, "rb") as f:
            while True:
                piece = f.read(1 << 20)
                if not piece:
                    break
                out.write(piece)
    out.flush()
