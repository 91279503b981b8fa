"""The shell's pipes and redirections: where bytes go, which status counts, what is said about mistakes, who is
interrupted."""

import os
import signal
import subprocess

from foreman import packages
from foreman.testing import Failed, Suite

from .common import MACHINES, PARTS, bin_folder, read, write
from .console import boot, boot_archive, plain

SUITE = Suite("pipes and redirection in the shell", parts=PARTS, needs=packages.RUST)
PROGRAMS = ("copy", "loop", "loop-write", "pipes", "status")
FIB_5 = "0\n1\n1\n2\n3\n"
MANY = 3000000


def lines(t, machine, *rows):
    """Each row is a line, its status, output and what it says; they run in one session, in the folder /d."""
    bin_folder(os.path.join(t.folder, "t"), PROGRAMS)
    for number, (line, status, out, err) in enumerate(rows):
        folder = os.path.join(t.folder, str(number))
        write(folder, "in", "one\ntwo\nthree\n")
        words = ["--timeout", "50", "--dir", os.path.join(t.folder, "t") + "::/t", "--dir", folder + "::/d"]
        t.exec(machine, *words, "--sh", "cd /d; " + line).expect(status, out, err)


@SUITE.on_both(sanitized=True)
def pipelines(t, machine):
    lines(
        t, machine,
        ("cat in | grep t > out; cat out", 0, "two\nthree\n", ""),
        ("fib 5 | cat | cat - | /t/copy.wasm", 0, FIB_5, "10 bytes\n"),
        ("fib 5|cat|cat; fib 1 | cat", 0, FIB_5 + "0\n", ""),
        ("cat 'in' | grep \"t|o\"; cat in | grep t\\;o", 1, "", ""),
        ("cat in | grep -E 'o|h'", 0, "one\ntwo\nthree\n", ""),
        ("help | grep 'cd FOLDER'", 0, "  cd FOLDER    changes the current folder\n", ""),
        ("cd / | cat; cat in | cat", 0, "one\ntwo\nthree\n", ""),
        ("exit 3 | cat; fib 1; cat in | exit 4", 4, "0\n", ""),
    )


@SUITE.on_both(sanitized=True)
def redirections(t, machine):
    lines(
        t, machine,
        ("> out fib 5; fib 1 >> out; fib 1 >>out; < out cat", 0, FIB_5 + "0\n0\n", ""),
        ("fib 5 > out; fib 1 > out; cat < out", 0, "0\n", ""),
        ("cat none 2> err; fib 1; cat err", 0, "0\ncat: none: No such file or directory\n", ""),
        ("cat in none > out 2>&1; cat none 2>>out; grep -c none out", 0, "2\n", ""),
        ("cat in none 2>&1 | grep n", 0, "one\ncat: none: No such file or directory\n", ""),
        ("cat none 2>&1 > out | cat; grep -c '' out", 1, "cat: none: No such file or directory\n0\n", ""),
        ("cat in > '> out'; cat '> out' | grep one", 0, "one\n", ""),
        ("fib 2> out; cat out 2", 1, "Usage: fib <number of terms>\n", "cat: 2: No such file or directory\n"),
        ("> out; cat out; cat < in 1>out; grep -c e out", 0, "2\n", ""),
        ("help > out; grep -c exit out; cd none 2> err; cat err; fib 1", 0, "1\ncd: none: No such file or directory\n0\n", ""),
        ("cat < in | grep two > out | cat; cat out", 0, "two\n", ""),
    )


@SUITE.on_both()
def mistakes(t, machine):
    """Of a line that cannot be understood nothing runs; a command that cannot be started is missed by nobody."""
    lines(
        t, machine,
        ("fib 1 |", 1, "", "A command is missing behind '|'\n"),
        ("fib 1; | cat", 1, "", "A command is missing before '|'\n"),
        ("fib 1 | | cat", 1, "", "A command is missing before '|'\n"),
        ("fib 1 | > out", 1, "", "A command is missing behind '|'\n"),
        ("fib 1; fib 1 > ; fib 2", 1, "", "A file name is missing behind '>'\n"),
        ("fib 1 >> | cat", 1, "", "A file name is missing behind '>>'\n"),
        ("fib 1 < > out", 1, "", "A file name is missing behind '<'\n"),
        ("fib 1; cat 'in", 1, "", "A quote is not closed\n"),
        ("fib 5 | no-such | cat", 0, "", "no-such: Command not found\n"),
        ("no-such | grep x", 1, "", "no-such: Command not found\n"),
        ("fib 5 | no-such", 127, "", "no-such: Command not found\n"),
        ("fib 5 | ./in | cat in", 0, "one\ntwo\nthree\n", None),
        ("cat < none", 1, "", "none: No such file or directory\n"),
        ("fib 5 > /d; fib 1 | cat", 0, "0\n", "/d: Is a directory\n"),
        ("fib 5 > none/out | cat", 0, "", "none/out: No such file or directory\n"),
        ("help > none/out", 1, "", "none/out: No such file or directory\n"),
    )


@SUITE.on_both()
def statuses(t, machine):
    lines(
        t, machine,
        ("/t/status.wasm 7 | cat", 0, None, None),
        ("fib 1 | /t/status.wasm 7", 7, None, None),
        ("cat none | cat", 0, "", None),
    )


@SUITE.on_both(limit_s=120)
def much_goes_through(t, machine):
    """Far more than a pipe holds, and every byte of it; a reader that ends early ends its writer."""
    produce = "/t/pipes.wasm produce %d" % MANY
    lines(
        t, machine,
        ("%s > a; %s | cat | cat > b; cat b | /t/copy.wasm > c" % (produce, produce), 0, "", "%d bytes\n" % MANY),
        ("%s | fib 5" % produce, 0, FIB_5, ""),
        ("%s 2>&1 | no-such | fib 5" % produce, 0, FIB_5, "no-such: Command not found\n"),
        ("cat in | cat | fib 5 | fib 1", 0, "0\n", ""),
    )
    first = read(os.path.join(t.folder, "0"), "a")
    if len(first) != MANY or any(read(os.path.join(t.folder, "0"), name) != first for name in "bc"):
        raise Failed("not every byte came through")


def interrupt(t, machine, line):
    folder = bin_folder(os.path.join(t.folder, "t"), PROGRAMS)
    p = t.start_exec(
        machine, "--dir", folder + "::/t", "--sh", line, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    if p.stdout.readline() != b"looping\n":
        raise Failed("the program did not start: %r" % p.stderr.read())
    p.send_signal(signal.SIGINT)
    if p.wait() != 130:
        raise Failed("status %d instead of 130: %r" % (p.returncode, p.stderr.read()))


for m in MACHINES:
    SUITE.add("ctrl-c-ends-all-of-it/%s" % m, interrupt, m, "/t/loop.wasm x | /t/loop.wasm | cat > /dev/null | /t/loop.wasm")
    SUITE.add("ctrl-c-in-shells/%s" % m, interrupt, m, "cli-cpp -c '/t/loop.wasm > /dev/null' | cli-cpp -c /t/loop.wasm")


@SUITE.on_both()
def at_the_prompt(t, name):
    """Ctrl-C leaves nothing behind, and the shell says how the last command ended."""
    console = boot(t, name, archive=boot_archive(t, ["loop", "loop-write"]))
    console.type("loop-write | loop | loop x\r")
    console.expect(b"looping")
    console.type(b"\x03")
    if "loop exited with status 130" not in plain(console.prompt(10)):
        console.fail("the status of the last command")
    if console.command("sysinfo | grep loop") != "grep exited with status 1\n":
        console.fail("processes are left")
    console.type("exit\r")
    if console.finish() != 0:
        console.fail("the end of the session")
