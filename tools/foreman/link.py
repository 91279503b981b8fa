"""The link to a running machine (docs/exec.md): frames out of and into a socket, and the pump that keeps
standard input, output and error moving at the same time."""

import os
import select
import signal
import stat
import struct
import tempfile
import time

STDOUT, STDERR, STATUS, ARCHIVE, REMOVED, INPUT_READ = 1, 2, 3, 4, 5, 6
INPUT, INPUT_END, INTERRUPT, TAKEN = 16, 17, 18, 19

HEADER = struct.Struct("<B3xI")
COUNT = struct.Struct("<I")
FRAME_MAX = 16 << 20       # longer ones cannot be meant
INPUT_PIECE = 4096         # docs/exec.md
AHEAD_MAX = 32 << 10       # input that the guest has not read yet
BACKLOG_MAX = 1 << 20      # output taken from the guest before the host has room
LOG_MAX = 64 << 10         # the end of the kernel's log that is kept
PIPE_PIECE = 4096          # what poll promises a pipe has room for
EXIT_GRACE_S = 5.0         # from the status frame to the machine's power-off


class Broken(Exception):
    """The guest said something that is no frame."""


def frame(kind, payload=b""):
    return HEADER.pack(kind, len(payload)) + payload


class Sink:
    """One of foreman's own outputs."""

    def __init__(self, fd):
        self.fd, self.pending = fd, bytearray()
        try:
            self.whole = stat.S_ISREG(os.fstat(fd).st_mode)
        except OSError:
            self.fd = -1

    def add(self, data):
        if self.fd >= 0:
            self.pending += data

    def write(self):
        piece = bytes(self.pending[: BACKLOG_MAX if self.whole else PIPE_PIECE])
        try:
            del self.pending[: os.write(self.fd, piece)]
        except BlockingIOError:
            time.sleep(0.001)


class Pump:
    """Runs a started machine to its end. Afterwards: `status` is the program's, or None if none came; `log`
    the end of the kernel's log; `spool` the changed files; `removed` the removed paths."""

    def __init__(self, process, link, deadline=None):
        self.process, self.link, self.deadline = process, link, deadline
        self.link.setblocking(False)
        self.log_fd = process.stdout.fileno()
        self.stdin_open = True
        self.to_guest, self.from_guest = bytearray(frame(TAKEN, COUNT.pack(0))), bytearray()
        self.taken = self.told = 0             # bytes of frames: handled; what the guest knows of
        self.input_sent = self.input_read = 0  # bytes of standard input
        self.out, self.err = Sink(1), Sink(2)
        self.status = None
        self.log = bytearray()
        self.spool = tempfile.TemporaryFile()
        self.removed = []
        self.timed_out = False
        self.link_open = self.log_open = True
        self.interrupts = 0

    def interrupt(self):
        """Ctrl-C: the program gets it; the second one ends the machine."""
        self.interrupts += 1
        if self.interrupts == 1:
            self.to_guest += frame(INTERRUPT)
        else:
            self.process.kill()

    def run(self):
        """Until the machine is gone, or the deadline has passed."""
        wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        old_wake = signal.set_wakeup_fd(wake_write)
        try:
            while self.link_open or self.log_open or self.out.pending or self.err.pending:
                self._tell_taken()
                self._step(wake_read)
                now = time.monotonic()
                if self.deadline and now > self.deadline:
                    self.timed_out = self.status is None
                    self.process.kill()
                    break
        finally:
            signal.set_wakeup_fd(old_wake)
            os.close(wake_read)
            os.close(wake_write)
        while self.out.pending or self.err.pending:
            for sink in (self.out, self.err):
                if sink.pending:
                    sink.write()
        return self.process.wait()

    def _has_room(self):
        return len(self.out.pending) + len(self.err.pending) < BACKLOG_MAX

    def _tell_taken(self):
        """Lets the guest send more, once foreman has room for it."""
        if self.taken != self.told and self._has_room() and self.status is None and self.link_open:
            self.told = self.taken
            self.to_guest += frame(TAKEN, COUNT.pack(self.taken & 0xFFFFFFFF))

    def _input_room(self):
        """Bytes of standard input that the guest may still be given."""
        return AHEAD_MAX - (self.input_sent - self.input_read)

    def _interests(self, wake):
        poll = select.poll()
        poll.register(wake, select.POLLIN)
        if self.link_open:
            events = (select.POLLIN if self._has_room() else 0) | (select.POLLOUT if self.to_guest else 0)
            poll.register(self.link, events)
        if self.log_open:
            poll.register(self.log_fd, select.POLLIN)
        if self.stdin_open and self._input_room() >= INPUT_PIECE:
            poll.register(0, select.POLLIN)
        for sink in (self.out, self.err):
            if sink.pending:
                poll.register(sink.fd, select.POLLOUT)
        return poll

    def _step(self, wake):
        wait_ms = None
        if self.deadline:
            wait_ms = max(0, int((self.deadline - time.monotonic()) * 1000) + 1)
        for fd, events in self._interests(wake).poll(wait_ms):
            if fd == wake:
                os.read(wake, 64)
            elif fd == self.link.fileno():
                self._link(events)
            elif fd == self.log_fd:
                self._read_log()
            elif fd == 0:
                self._read_stdin()
            else:
                (self.out if fd == self.out.fd else self.err).write()

    def _link(self, events):
        if events & select.POLLOUT:
            try:
                del self.to_guest[: self.link.send(self.to_guest)]
            except BlockingIOError:
                pass
            except (BrokenPipeError, ConnectionResetError):
                self._stop_sending()  # there may still be something to read
        if events & (select.POLLIN | select.POLLHUP | select.POLLERR):
            try:
                data = self.link.recv(1 << 18)
            except BlockingIOError:
                return
            except ConnectionResetError:
                data = b""
            self.link_open = bool(data)
            self.from_guest += data
            self._frames()
        if not self.link_open:
            self._stop_sending()

    def _stop_sending(self):
        self.stdin_open = False
        self.to_guest.clear()

    def _frames(self):
        at = 0
        while len(self.from_guest) - at >= HEADER.size:
            kind, length = HEADER.unpack_from(self.from_guest, at)
            if length > FRAME_MAX:
                raise Broken("a frame of %d bytes" % length)
            end = at + HEADER.size + length
            if end > len(self.from_guest):
                break
            self._frame(kind, bytes(self.from_guest[at + HEADER.size : end]))
            self.taken += end - at
            at = end
        del self.from_guest[:at]

    def _frame(self, kind, payload):
        if self.status is not None:
            raise Broken("frame %d after the status" % kind)
        if kind == STDOUT:
            self.out.add(payload)
        elif kind == STDERR:
            self.err.add(payload)
        elif kind == ARCHIVE:
            self.spool.write(payload)
        elif kind == REMOVED:
            self.removed.append(os.fsdecode(payload))
        elif kind == INPUT_READ and len(payload) == COUNT.size:
            self.input_read += (COUNT.unpack(payload)[0] - self.input_read) & 0xFFFFFFFF
            if self.input_read > self.input_sent:
                raise Broken("that more input was read than was sent")
        elif kind == STATUS and len(payload) == COUNT.size:
            self.status = COUNT.unpack(payload)[0]
            self._stop_sending()
            self.deadline = time.monotonic() + EXIT_GRACE_S
        else:
            raise Broken("frame %d of %d bytes" % (kind, len(payload)))

    def _read_log(self):
        data = os.read(self.log_fd, 1 << 16)
        self.log_open = bool(data)
        self.log += data
        del self.log[:-LOG_MAX]

    def _read_stdin(self):
        try:
            data = os.read(0, self._input_room())
        except OSError:
            data = b""
        self.input_sent += len(data)
        for at in range(0, len(data), INPUT_PIECE):
            self.to_guest += frame(INPUT, data[at : at + INPUT_PIECE])
        if not data:
            self.stdin_open = False
            self.to_guest += frame(INPUT_END)
