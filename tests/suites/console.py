"""A booted system with somebody at its console: reads and types on the serial line (or the host port's
terminal), presses keys and takes pictures through QMP, and knows what a terminal would show."""

import fcntl
import json
import os
import pty
import re
import select
import socket
import struct
import termios
import time

from foreman import machine
from foreman.image import Archive
from foreman.paths import IMAGE
from foreman.testing import Failed

from .common import program

PROMPT = re.compile(rb"(?<=[\r\nmKJl])> ")    # at a line's start, or after an escape sequence
SHIFTED = dict(zip('!@#$%^&*()_+{}:"~|<>?', ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "minus", "equal",
                   "bracket_left", "bracket_right", "semicolon", "apostrophe", "grave_accent", "backslash", "comma",
                   "dot", "slash"]))
PLAIN = {" ": "spc", "\n": "ret", "-": "minus", "=": "equal", "[": "bracket_left", "]": "bracket_right",
         ";": "semicolon", "'": "apostrophe", "`": "grave_accent", "\\": "backslash", ",": "comma", ".": "dot",
         "/": "slash", "\b": "backspace", "\t": "tab"}


def boot_archive(t, programs, source="programs"):
    """The image with some test programs in /bin as well."""
    path = os.path.join(t.folder, "boot.tar")
    if not os.path.exists(path):
        with open(path, "wb") as out:
            machine.join_archives([IMAGE], out)
            archive = Archive(out)
            for name in programs:
                archive.file("bin/%s.wasm" % name, program(name, source), 0o755)
            archive.close()
    return path


class Console:
    """The serial line of a running machine."""

    def __init__(self, t, fd, process):
        self.t, self.fd, self.process = t, fd, process
        self.seen = b""      # everything that came
        self.mark = 0        # where the next expectation starts

    def receive(self, wait_s):
        """True if something came."""
        if not select.select([self.fd], [], [], wait_s)[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        self.seen += data
        return bool(data)

    def fail(self, what):
        raise Failed("%s\n--- the console so far\n%s" % (what, self.seen[-4000:].decode("utf-8", "replace")))

    def expect(self, pattern, limit_s=30.0):
        """Waits until bytes (or a compiled pattern) come after the last ones that were waited for; returns what
        came before them."""
        end = time.monotonic() + min(limit_s, self.t.left())
        while True:
            if isinstance(pattern, bytes):
                at = self.seen.find(pattern, self.mark)
                stop = at + len(pattern)
            else:
                found = pattern.search(self.seen, self.mark)
                at, stop = found.span() if found else (-1, 0)
            if at >= 0:
                before, self.mark = self.seen[self.mark : at], stop
                return before
            left = end - time.monotonic()
            if left <= 0 or (not self.receive(left) and time.monotonic() < end):
                self.fail("`%s` did not come" % (pattern if isinstance(pattern, bytes) else pattern.pattern))

    def type(self, data):
        os.write(self.fd, data.encode() if isinstance(data, str) else data)

    def prompt(self, limit_s=30.0):
        return self.expect(PROMPT, limit_s)

    def command(self, line, limit_s=30.0):
        """Types a line; what was printed between it and the next prompt, without escapes, lines ended by \\n."""
        self.type(line + "\r")
        self.expect(b"\n")
        return plain(self.prompt(limit_s)).lstrip("\n")

    def finish(self, limit_s=20.0):
        """Waits for the machine's end; its status."""
        end = time.monotonic() + min(limit_s, self.t.left())
        while self.process.poll() is None and time.monotonic() < end:
            self.receive(0.05)
        if self.process.poll() is None:
            self.fail("the machine did not power off")
        while self.receive(0.2):
            pass
        return self.process.returncode

    def settle(self, quiet_s=0.5):
        """Waits until nothing has come for a while."""
        while self.receive(quiet_s):
            pass


def plain(data):
    """Text without escape sequences, with \\n for line ends."""
    text = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Za-z0-9]|\x1b[=>78]", b"", data)
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"").decode("utf-8", "replace")


class Qemu(Console):
    """QEMU with the serial line and QMP on sockets."""

    def __init__(self, t, extra=(), archive=IMAGE, **how):
        self.serial, theirs = socket.socketpair()
        self.control, qmp = socket.socketpair()
        command = machine.qemu(archive, "log=warn", **how) + list(extra)
        for name, s in (("serial", theirs), ("control", qmp)):
            command += ["-chardev", "socket,id=%s,fd=%d" % (name, s.fileno())]
        command += ["-serial", "chardev:serial", "-mon", "chardev=control,mode=control"]
        self.started = time.monotonic()
        process = t.start(command, pass_fds=[theirs.fileno(), qmp.fileno()], stdin=-3)
        theirs.close()
        qmp.close()
        super().__init__(t, self.serial.fileno(), process)
        self.replies = self.control.makefile("rb")
        self.ready = False

    def qmp(self, execute, **arguments):
        if not self.ready:
            self.replies.readline()
            self.ready = True
            self.qmp("qmp_capabilities")
        self.control.settimeout(self.t.left())
        self.control.sendall(json.dumps({"execute": execute, "arguments": arguments}).encode() + b"\n")
        while True:
            line = self.replies.readline()
            if not line:
                self.fail("QMP ended")
            reply = json.loads(line)
            if "return" in reply:
                return reply["return"]
            if "error" in reply:
                self.fail("QMP %s: %s" % (execute, reply["error"]))

    def keys(self, *names):
        """Keys pressed together."""
        self.qmp("send-key", keys=[{"type": "qcode", "data": n} for n in names], **{"hold-time": 10})

    def press(self, text, gap_s=0.03):
        """Types text on the keyboard."""
        for c in text:
            if c in SHIFTED:
                self.keys("shift", SHIFTED[c])
            elif c.isupper():
                self.keys("shift", c.lower())
            else:
                self.keys(PLAIN.get(c, c))
            time.sleep(gap_s)

    def picture(self):
        """(width, height, bytes of RGB) of the screen."""
        path = os.path.join(self.t.folder, "screen.ppm")
        self.qmp("screendump", filename=path)
        with open(path, "rb") as f:
            data = f.read()
        head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
        return int(head[1]), int(head[2]), data[head.end() :]


class Host(Console):
    """The host port on a terminal of its own."""

    def __init__(self, t, archive=IMAGE, mem=None, smp=None, size=(25, 80)):
        fd, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[0], size[1], 0, 0))
        self.started = time.monotonic()
        process = t.start(
            machine.host([archive], "log=warn", mem, smp), stdin=slave, stdout=slave, stderr=slave
        )
        os.close(slave)
        super().__init__(t, fd, process)


def boot(t, name, **how):
    """The console of machine `host` or `qemu` at its first prompt."""
    console = Host(t, **how) if name == "host" else Qemu(t, **how)
    console.prompt()
    return console


class Terminal:
    """What a terminal of the given size shows after some output: rows of characters."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.grid = [[" "] * columns for _ in range(rows)]
        self.x = self.y = 0

    def _line_feed(self):
        if self.y + 1 < self.rows:
            self.y += 1
        else:
            self.grid = self.grid[1:] + [[" "] * self.columns]

    def _put(self, c):
        if self.x == self.columns:
            self.x = 0
            self._line_feed()
        self.grid[self.y][self.x] = c
        self.x += 1

    def _escape(self, arguments, final):
        numbers = [int(a) if a.isdigit() else 0 for a in arguments.lstrip("?").split(";")]
        n = max(numbers[0], 1)
        row = self.grid[self.y]
        if final == "A":
            self.y = max(0, self.y - n)
        elif final == "B":
            self.y = min(self.rows - 1, self.y + n)
        elif final == "C":
            self.x = min(self.columns - 1, self.x + n)
        elif final == "D":
            self.x = max(0, self.x - n)
        elif final == "G":
            self.x = min(self.columns, n) - 1
        elif final in "Hf":
            self.y = min(self.rows, n) - 1
            self.x = min(self.columns, max(numbers[1] if len(numbers) > 1 else 1, 1)) - 1
        elif final == "K":
            low, high = {0: (self.x, self.columns), 1: (0, self.x + 1)}.get(numbers[0], (0, self.columns))
            row[low:high] = [" "] * (high - low)
        elif final == "J":
            if numbers[0] == 0:
                row[self.x :] = [" "] * (self.columns - self.x)
                self.grid[self.y + 1 :] = [[" "] * self.columns for _ in range(self.rows - self.y - 1)]
            elif numbers[0] >= 2:
                self.grid = [[" "] * self.columns for _ in range(self.rows)]
        elif final == "P":
            row[self.x :] = row[self.x + n :] + [" "] * min(n, self.columns - self.x)
        elif final == "@":
            row[self.x :] = ([" "] * n + row[self.x :])[: self.columns - self.x]

    def feed(self, data):
        text = data.decode("utf-8", "replace")
        for piece in re.finditer(r"\x1b\[([0-9;?]*)([A-Za-z@])|\x1b.|.", text, re.DOTALL):
            c = piece.group()
            if piece[2]:
                self._escape(piece[1], piece[2])
            elif c == "\r":
                self.x = 0
            elif c == "\n":
                self._line_feed()
            elif c == "\b":
                self.x = max(0, min(self.x, self.columns - 1) - 1)
            elif c == "\t":
                self.x = min(self.columns - 1, (self.x // 8 + 1) * 8)
            elif c >= " ":
                self._put(c)
        return self

    def lines(self):
        return ["".join(row).rstrip() for row in self.grid]


CELLS = ((9, 16), (8, 16), (8, 8), (10, 20), (16, 32))


def compare_screen(console):
    """The picture must show what a terminal would show after the same output: everywhere the same character has
    the same shape and different characters have different ones. The cell under the cursor is left out."""
    width, height, pixels = console.picture()
    problems = []
    for cell in CELLS:
        columns, rows = width // cell[0], height // cell[1]
        terminal = Terminal(columns, rows).feed(console.seen)
        problem = _mismatch(terminal, cell, width, pixels)
        if not problem:
            return terminal
        problems.append("cells of %dx%d: %s" % (cell[0], cell[1], problem))
    raise Failed(
        "the screen (%dx%d) does not show what the serial line says\n%s\n%s"
        % (width, height, "\n".join(problems), "\n".join(Terminal(width // 9, height // 16).feed(console.seen).lines()))
    )


def _shape(pixels, width, cell, row, column):
    """The cell's foreground as bytes, without its colours: which pixels differ from its most frequent one."""
    lines = []
    for y in range(row * cell[1], (row + 1) * cell[1]):
        start = (y * width + column * cell[0]) * 3
        lines.append(pixels[start : start + cell[0] * 3])
    data = b"".join(lines)
    dots = [data[i : i + 3] for i in range(0, len(data), 3)]
    ground = max(set(dots), key=dots.count)
    return bytes(d != ground for d in dots)


def _mismatch(terminal, cell, width, pixels):
    shapes, owners = {}, {}
    for y, row in enumerate(terminal.grid):
        for x, c in enumerate(row):
            if (x, y) == (terminal.x, terminal.y):
                continue
            shape = _shape(pixels, width, cell, y, x)
            if shapes.setdefault(c, shape) != shape:
                return "row %d, column %d: `%s` looks different elsewhere" % (y, x, c)
            if owners.setdefault(shape, c) != c:
                return "row %d, column %d: `%s` looks like `%s`" % (y, x, c, owners[shape])
    if len(shapes) < 8:
        return "too little on the screen to compare"
    return None
