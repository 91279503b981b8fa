"""Power on, a shell, power off: by serial line and by keys, on every way to boot."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import time

from foreman import machine, packages
from foreman.paths import HOST, IMAGE, ISO, KERNEL, ROOT
from foreman.testing import Failed, Suite

from .common import PARTS
from .console import Console, Host, Qemu, boot, boot_archive, compare_screen, plain

SUITE = Suite("booting, console, keyboard, screen", parts=PARTS + ("iso",), needs=packages.ISO)
FIB_5 = "0\n1\n1\n2\n3\n"
UP, LEFT, RIGHT, CTRL_Q = b"\x1b[A", b"\x1b[D", b"\x1b[C", b"\x11"
OVMF = "/usr/share/ovmf/OVMF.fd"
KERNEL_BYTES_MAX = 2 << 20


def power_off(console):
    console.type("exit\r")
    status = console.finish()
    if status != 0:
        console.fail("powered off with status %s" % status)


def expect_output(console, line, wanted, limit_s=30.0):
    got = console.command(line, limit_s)
    if got != wanted:
        console.fail("`%s` printed %r instead of %r" % (line, got, wanted))


@SUITE.on_both()
def a_session(t, name):
    console = boot(t, name)
    t.note("prompt after %.2f s" % (time.monotonic() - console.started))
    if b"Welcome to WasmOS CLI" not in console.seen or b"Type 'help'" not in console.seen:
        console.fail("there is no greeting")
    expect_output(console, "fib 5", FIB_5)
    expect_output(console, "helloworld-c", "Hello, World from C on WasmOS!\n")
    if "exit" not in console.command("help"):
        console.fail("help does not name exit")
    if "Command not found" not in console.command("no-such-program"):
        console.fail("an unknown command is not reported")
    expect_output(console, "", "")
    power_off(console)


@SUITE.on_both()
def editing_and_history(t, name):
    console = boot(t, name)
    expect_output(console, "fob\b\bib 5", FIB_5)
    expect_output(console, "fib 55\x7f", FIB_5)
    console.type(b"ib 5" + LEFT * 4 + b"f\r")
    console.expect(b"\n")
    if plain(console.prompt()) != FIB_5:
        console.fail("a letter put in at the line's start by the left arrow")
    console.type(b"fib 9" + LEFT + RIGHT + b"\x7f5\r")
    console.expect(b"\n")
    if plain(console.prompt()) != FIB_5:
        console.fail("left and right arrow, backspace")
    console.command("helloworld-c")
    console.type(UP + UP + b"\r")
    console.expect(b"\n")
    if plain(console.prompt()) != FIB_5:
        console.fail("the line before the last one by two up arrows")
    power_off(console)


def interrupts(t, name, press):
    console = Host(t, boot_archive(t, ["loop"])) if name == "host" else Qemu(t, ["-vga", "std"], boot_archive(t, ["loop"]))
    console.prompt()
    for words in ("loop", "loop x"):
        console.type(words + "\r")
        console.expect(b"looping")
        time.sleep(0.3)
        press(console)
        console.prompt(10)
    expect_output(console, "fib 5", FIB_5)
    power_off(console)


SUITE.add("ctrl-c-on-the-serial-line/host", interrupts, "host", lambda c: c.type(b"\x03"))
SUITE.add("ctrl-c-on-the-serial-line/qemu", interrupts, "qemu", lambda c: c.type(b"\x03"))
SUITE.add("ctrl-c-on-the-keyboard/qemu", interrupts, "qemu", lambda c: c.keys("ctrl", "c"))


@SUITE.test()
def the_keyboard(t):
    """What is typed on keys runs, and shows on the serial line too."""
    console = Qemu(t, ["-vga", "std"])
    console.prompt()
    console.press("fib 5\n")
    console.expect(b"\n")
    if plain(console.prompt()) != FIB_5:
        console.fail("`fib 5` by key presses")
    console.press("fob\b\bib  5\n")
    console.expect(b"\n")
    if plain(console.prompt()) != FIB_5:
        console.fail("backspace key")
    console.keys("up")
    console.keys("ret")
    console.expect(b"\n")
    if plain(console.prompt()) != FIB_5:
        console.fail("the up arrow key")
    text = 'Az Q-_=+[]{};:\'"`~\\|,<.>/?!@#$%^&*()09'
    console.press(text)
    console.settle()
    if text.encode() not in console.seen:
        console.fail("shifted keys and marks")
    console.keys("ctrl", "c")
    console.prompt()
    console.keys("caps_lock")
    console.press("abC")
    console.keys("caps_lock")
    console.press("dE")
    console.settle()
    if not console.seen.endswith(b"ABcdE"):
        console.fail("caps lock")
    console.keys("ctrl", "c")
    console.prompt()
    console.press("exit\n")
    if console.finish() != 0:
        console.fail("exit by key presses")


@SUITE.test()
def no_key_is_lost(t):
    """Keys that are pressed while a program computes are the next lines."""
    console = Qemu(t, ["-vga", "std"], boot_archive(t, ["primes"]))
    console.prompt()
    console.press("primes 8000000\n")  # longer than pressing the keys below takes
    console.expect(b"\n")
    for _ in range(5):
        console.press("fib 5\n", gap_s=0)
    console.press("helloworld-c\n", gap_s=0)
    console.expect(b"Hello, World from C", 60)
    console.prompt()
    if plain(console.seen).count("\n" + FIB_5) != 5:
        console.fail("five times fib was asked for")


def screen(t, extra, limit_s, **how):
    """A session whose end the screen shows exactly."""
    console = Qemu(t, extra, **how)
    console.prompt(limit_s)
    # enough lines that nothing older than this session is left
    for line in ("fib 90", "helloworld-c", "The quick brown fox jumps; over the LAZY dog", "fib 9"):
        console.command(line)
    console.settle()
    compare_screen(console)
    power_off(console)


SUITE.add("the-screen-shows-the-session/vga-text", screen, ["-vga", "std"], 30)


def starts(t, extra, limit_s, wanted=None, **how):
    console = Qemu(t, extra, **how)
    console.prompt(limit_s)
    t.note("prompt after %.1f s" % (time.monotonic() - console.started))
    expect_output(console, "fib 5", FIB_5)
    if wanted:
        got = console.command("sysinfo")
        if not re.search(wanted, got):
            console.fail("sysinfo does not say `%s`" % wanted)
    power_off(console)


SUITE.add("32-mib", starts, [], 30, mem=32 << 20)
SUITE.add("4-gib", starts, [], 30, mem=4 << 30)
SUITE.add("4-cpus", starts, [], 30, "4", smp=4)
SUITE.add("machine-pc", starts, ["-M", "pc"], 30)
SUITE.add("bios-iso", screen, ["-vga", "std"], 60, boot=(ISO, None), limit_s=120)
SUITE.add("uefi-iso", screen, ["-vga", "std"], 120, boot=(ISO, OVMF), limit_s=240)


@SUITE.test()
def four_cpus_on_the_host(t):
    console = boot(t, "host", smp=4)
    expect_output(console, "fib 5", FIB_5)
    power_off(console)


@SUITE.test()
def an_old_cpu_is_told(t):
    """Without what the kernel needs there is a clear message, not a crash."""
    console = Qemu(t, [], cpu="qemu64")
    console.expect(re.compile(rb"(?i)cpu[^\r\n]*(lack|need|miss|require|support)[^\r\n]*"), 20)
    t.note(plain(console.seen).strip().splitlines()[-1][:100])


@SUITE.test()
def the_kernel_is_small(t):
    size = os.path.getsize(KERNEL)
    t.note("kernel.elf %d KiB, host kernel %d KiB" % (size >> 10, os.path.getsize(HOST) >> 10))
    if size > KERNEL_BYTES_MAX:
        raise Failed("kernel.elf has %d bytes, more than %d" % (size, KERNEL_BYTES_MAX))


@SUITE.on_both()
def foreman_run_on_a_terminal(t, name):
    """`./foreman run`, typed into like a person does: programs know the terminal's size; its status, and the terminal as
    it was."""
    fd, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 97, 0, 0))
    before = termios.tcgetattr(slave)
    command = [os.path.join(ROOT, "foreman"), "run"] + (["--host"] if name == "host" else [])
    env = dict(os.environ, WASMOS_NO_BUILD="1")
    p = t.start(command, stdin=slave, stdout=slave, stderr=slave, env=env)
    console = Console(t, fd, p)
    console.prompt(60)
    expect_output(console, "fib 5", FIB_5)
    console.type("edit\r")
    console.expect(b"\x1b[33;1H")    # the editor's last line
    console.type(CTRL_Q)
    console.prompt()
    power_off(console)
    if termios.tcgetattr(slave) != before:
        raise Failed("the terminal is not as it was before")
    os.close(slave)


@SUITE.on_both()
def foreman_run_with_piped_input(t, name):
    """A script on standard input runs, and its end is the end of the session."""
    words = ["run"] + (["--host"] if name == "host" else [])
    result = t.foreman(*words, stdin=b"fib 5\nhelloworld-c\n").expect(0)
    if "0\n1\n1\n2\n3\n" not in plain(result.out) or "Hello, World from C" not in plain(result.out):
        raise Failed(result.show())


@SUITE.on_both()
def a_panic_is_reported(t, name):
    """The command line `panic` makes the kernel panic once it has booted."""
    if name == "host":
        command = machine.host([IMAGE], "panic")
    else:
        command = machine.qemu(IMAGE, "panic") + ["-serial", "stdio"]
    p = t.start(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    out = p.stdout.read().decode("utf-8", "replace")
    if p.wait() != machine.PANIC_STATUS:
        raise Failed("status %d instead of %d\n%s" % (p.returncode, machine.PANIC_STATUS, out))
    for text in ("kernel panic on CPU 0", "backtrace:", "kernel_boot", "last log lines:"):
        if text not in out:
            raise Failed("the report lacks `%s`\n%s" % (text, out))


