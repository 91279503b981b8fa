#!/usr/bin/env python3
"""Stands in for the host port's kernel, to see what foreman does when the system misbehaves. The environment
variable FAKE says how. docs/exec.md describes what is spoken over the link."""

import io
import os
import struct
import sys
import tarfile

LINK = int(sys.argv[sys.argv.index("--link") + 1])


def send(kind, payload=b""):
    data = struct.pack("<B3xI", kind, len(payload)) + payload
    while data:
        data = data[os.write(LINK, data) :]


def status(number):
    send(3, struct.pack("<I", number))


def exactly(count):
    data = b""
    while len(data) < count:
        piece = os.read(LINK, count - len(data))
        if not piece:
            sys.exit("the link was closed")
        data += piece
    return data


def echo():
    """Standard input to standard output, with the most that may be on its way in each direction."""
    read = sent = taken = 0
    waiting = b""
    while True:
        kind, length = struct.unpack("<B3xI", exactly(8))
        payload = exactly(length)
        if kind == 17:
            break
        if kind == 19 and length == 4:
            taken = struct.unpack("<I", payload)[0]
        elif kind == 16 and length <= 4096 and len(waiting) <= 32 << 10:
            waiting += payload
        else:
            sys.exit("frame %d of %d bytes" % (kind, length))
        if waiting and sent - taken < 48 << 10:
            send(1, waiting)
            read += len(waiting)
            send(6, struct.pack("<I", read))
            sent += 8 + len(waiting) + 12
            waiting = b""
    send(1, waiting)
    status(7)


def archive(name, data):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    # in odd pieces: nothing says that a piece is a whole entry
    for at in range(0, len(out.getvalue()), 700):
        send(4, out.getvalue()[at : at + 700])
    status(0)


def panic():
    print("it went wrong", flush=True)
    os._exit(103)


def panic_later():
    send(1, b"out")
    status(0)
    panic()


def remove():
    send(5, b"0/../victim")
    status(0)


def after_status():
    status(0)
    send(1, b"too late")


def garbage():
    os.write(LINK, b"\xff" * 64)


BEHAVIOURS = {
    "echo": echo,
    "panic": panic,
    "panic-later": panic_later,
    "silent": lambda: print("a log line", flush=True),
    "garbage": garbage,
    "long-frame": lambda: os.write(LINK, struct.pack("<B3xI", 1, 1 << 31)),
    "too-much-read": lambda: send(6, struct.pack("<I", 5)),
    "after-status": after_status,
    "big-status": lambda: status(300),
    "escape": lambda: archive("0/../victim", b"bad"),
    "remove": remove,
    "write": lambda: archive("0/sub/new", b"new"),
}
BEHAVIOURS[os.environ["FAKE"]]()
