"""The text editor: sessions at a terminal and what they leave in the file; and thousands of random keys in the same
sources built for this machine with sanitizers."""

import fcntl
import glob
import os
import pty
import random
import select
import struct
import subprocess
import termios
import time

from foreman.packages import tool
from foreman.paths import ROOT
from foreman.testing import Failed, Suite

from .common import PARTS
from .console import Terminal, boot, boot_archive, plain

SUITE = Suite("the text editor", parts=PARTS)
UP, DOWN, RIGHT, LEFT = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D"
HOME, END, DELETE, ESCAPE = b"\x1b[H", b"\x1b[F", b"\x1b[3~", b"\x1b"
SELECT_LEFT, SELECT_UP, WORD_LEFT, TEXT_BEGIN = b"\x1b[1;2D", b"\x1b[1;2A", b"\x1b[1;5D", b"\x1b[1;5H"
SHOWN = b"\x1b[?25h"      # ends each picture

# what is done, the keys, what the file holds then (as tests/programs/show.c prints it)
SESSIONS = (
    ("typing", b"one\rtwo\tx\r", "one\\ntwo\\x09x\\n"),
    ("indentation", b"{\r\tif\rthen", "{\\n\\x09if\\n\\x09then"),
    ("pasting keeps what comes", b"\ta\x1b[200~\rb\r\tc\x1b[201~", "\\x09a\\nb\\n\\x09c"),
    ("moving and erasing", b"abc\rdef" + UP + HOME + DELETE + END + b"\x7fX" + DOWN + HOME + b"\x7f", "bXdef"),
    ("whole characters", "aäb✓".encode() + b"\x7f" + LEFT + b"\x7f" + b"o", "aob"),
    ("by words", b"alpha beta gamma" + WORD_LEFT + WORD_LEFT + b"<", "alpha <beta gamma"),
    ("undo and redo", b"abc\rdef\r\x1a\x1a\x19", "abc\\ndef"),
    ("undo of a replaced selection", b"abcd" + SELECT_LEFT * 2 + b"XY\x1a", "abcd"),
    ("lines cut and pasted", b"one\rtwo\rthree" + UP + b"\x18" + TEXT_BEGIN + b"\x16\x16", "two\\ntwo\\none\\nthree"),
    ("a selection copied", b"one\rtwo" + SELECT_UP + b"\x03" + END + b"\x16", "one\\ntwo\\ntwo"),
    ("finding", b"aa bb\rAB bb\rbb" + TEXT_BEGIN + b"\x06bb" + DOWN + b"\r<\x0e<", "aa bb\\nAB <bb\\n<bb"),
    ("going to a line", b"1\r2\r3\x072\rx", "1\\nx2\\n3"),
)


def same_text(t, name):
    console = boot(t, name, archive=boot_archive(t, ["show"]))
    for number, (what, keys, wanted) in enumerate(SESSIONS):
        path = "/tmp/%d.c" % number
        console.type("edit %s\r" % path)
        console.expect(SHOWN)
        console.type(keys + b"\x13\x11")
        console.prompt()
        got = console.command("show " + path)
        if got != '"%s"\n' % wanted:
            console.fail("%s: the file is %r instead of %r" % (what, got, wanted))
    console.type("exit\r")
    console.finish()


for m in ("host", "qemu"):
    SUITE.add("sessions/" + m, same_text, m)


@SUITE.on_both()
def what_is_seen(t, name):
    """The picture after some keys; giving up a save; a question before changes are lost; a folder that is not there."""
    console = boot(t, name)
    console.type("edit /nowhere/x.c\r")
    console.expect(SHOWN)
    console.type("int x;\r\x13")
    console.expect(b"Not saved: /nowhere/x.c: No such file or directory")
    console.expect(SHOWN)
    console.type(b"\x11")
    console.expect(b"Save the changes?")
    console.expect(SHOWN)
    rows = Terminal(80, 25).feed(console.seen[console.seen.rindex(b"\x1b[?25l") :]).lines()
    if rows[0] != "int x;" or rows[2] != "~" or not rows[22].startswith(" /nowhere/x.c *  2:1 of 2  C"):
        console.fail("the picture is wrong: %r" % rows)
    console.type("n")
    console.prompt()
    if "Command not found" in plain(console.seen[console.mark :]):
        console.fail("the editor's keys reached the shell")
    console.type("exit\r")
    console.finish()


# ---- random keys ----

UNITS = [b"a", b"b ", "ä".encode(), "✓".encode(), "😀".encode(), b"\r", b"\t", b"\x7f", DELETE, UP, DOWN, RIGHT, LEFT, HOME]
UNITS += [END, b"\x1b[5~", b"\x1b[6~", SELECT_LEFT, SELECT_UP, b"\x1b[1;2B", b"\x1b[1;2C", WORD_LEFT, b"\x1b[1;5C"]
UNITS += [b"\x1b[1;6F", b"\x18", b"\x03", b"\x16", b"\x1a", b"\x1a", b"\x19", b"\x06ab\r", b"\x06b" + UP + DOWN + b"\r"]
UNITS += [b"\x0e", b"\x077\r", b"\x07x\r", b"\x01", b"\xff", b"\x80", b"/*", b"*/", b'"', b"\x1b[200~x\r y\x1b[201~", b"\x13"]


def on_a_terminal(t, command, keys, size):
    """Types the keys as soon as the first picture is there; what came and the status."""
    fd, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[0], size[1], 0, 0))
    process = t.start(command, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    seen, end = b"", time.monotonic() + t.left()
    while time.monotonic() < end:
        ready = select.select([fd], [fd] if keys and SHOWN in seen else [], [], 1)
        if ready[0]:
            try:
                seen += os.read(fd, 1 << 16)
            except OSError:
                break
        elif process.poll() is not None:
            break
        if ready[1]:
            keys = keys[os.write(fd, keys[:64]) :]
    os.close(fd)
    return seen, process.wait()


def random_keys(t, seed):
    binary, path = os.path.join(t.folder, "edit"), os.path.join(t.folder, "text.c")
    flags = ["-std=gnu17", "-D_GNU_SOURCE", "-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    sources = sorted(glob.glob(os.path.join(ROOT, "apps/edit/src/*.c")))
    subprocess.run([tool("clang"), *flags, *sources, "-o", binary], check=True)
    dice = random.Random(seed)
    for _ in range(3):
        with open(path, "wb") as f:
            f.write(bytes(dice.choice(b"ab\n\t /*\"\xc3\xa4\x00") for _ in range(dice.randrange(2000))))
        keys = b"".join(dice.choice(UNITS) for _ in range(1500)) + ESCAPE + b"[0z" + b"\x11n\x11n"
        seen, status = on_a_terminal(t, [binary, path], keys, (dice.randrange(1, 30), dice.randrange(1, 100)))
        if status != 0:
            raise Failed("status %d\n%s" % (status, seen[-3000:].decode("utf-8", "replace")))


SUITE.add("random-keys/native", random_keys, 1)
