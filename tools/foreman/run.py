"""`run`: boots to the shell with the console on this terminal."""

import os
import subprocess
import sys
import termios
import threading

from . import builder, machine, packages, toolchains
from .apps import discover
from .paths import IMAGE
from .ui import Problem, error

LOG = "log=warn"
ESCAPE = "0x1d"    # Ctrl-]: what follows it is for QEMU; x ends the machine
END_OF_FILE = b"\x04"


def check(values):
    if values.gui and values.host:
        raise Problem("--gui shows QEMU's screen; the host port has none", 2)
    if values.gui and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Problem("--gui needs a graphical session; DISPLAY is not set here", 2)


def console(values):
    """QEMU's console options. On a terminal Ctrl-] is QEMU's; a pipe is passed on as it is."""
    if sys.stdin.isatty():
        how = ["-chardev", "stdio,id=console,signal=off,mux=on", "-echr", ESCAPE]
    else:
        how = ["-chardev", "stdio,id=console,signal=off"]
    how += ["-serial", "chardev:console"]
    if values.gui:
        how += ["-vga", "std", "-display", "gtk"]
    return how


def words():
    """The kernel's command line; it cannot ask how large the terminal is."""
    if not sys.stdout.isatty():
        return LOG
    size = os.get_terminal_size(1)
    return LOG + (" terminal=%dx%d" % (size.columns, size.lines) if size.columns and size.lines else "")


def feed(pipe):
    """Standard input that is no terminal: all of it, then the terminal's end of file."""
    try:
        while True:
            data = os.read(0, 1 << 16)
            pipe.write(data or END_OF_FILE)
            pipe.flush()
            if not data:
                return
    except OSError:
        pass


def run_on_terminal(command):
    """The machine's status; the terminal is afterwards as it was."""
    terminal = sys.stdin.isatty()
    saved = termios.tcgetattr(0) if terminal else None
    process = machine.start(
        command, new_session=False, stdin=None if terminal else subprocess.PIPE
    )
    if not terminal:
        threading.Thread(target=feed, args=(process.stdin,), daemon=True).start()
    try:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # before the machine has made the terminal raw
                process.terminate()
    finally:
        if saved:
            termios.tcsetattr(0, termios.TCSANOW, saved)
        if sys.stdout.isatty():
            sys.stdout.write("\x1b[0m\x1b[?25h")
            sys.stdout.flush()


def run(values):
    check(values)
    need = packages.BUILDING + ([] if values.host else packages.RUNNING)
    packages.install(need + (packages.WINDOW if values.gui else []))
    toolchains.install_packages(discover())
    if not os.environ.get("WASMOS_NO_BUILD"):
        builder.build(["host" if values.host else "kernel", "image"])
    if values.host:
        command = machine.host([IMAGE], words(), values.mem, values.smp)
    else:
        command = machine.qemu(IMAGE, words(), values.mem, values.smp) + console(values)
    status = run_on_terminal(command)
    if status == machine.PANIC_STATUS:
        error("the system panicked")
        return 125
    if status:
        error("the machine ended with status %d" % status)
        return 125
    return 0
