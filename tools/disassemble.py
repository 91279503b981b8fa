#!/usr/bin/env python3
"""Turns the bytes in what `wasmdump FILE --code FUNC` prints into assembler, by LLVM's disassembler:

    build/tools/wasmdump FILE.wasm --code FUNC | tools/disassemble.py

Reads standard input, writes standard output. All other lines stay as they are."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from foreman import packages  # noqa: E402  (the path has to be set first)

BYTES = re.compile(r"  *([0-9a-f]+):((?: [0-9a-f]{2})+)$")
ENCODED = re.compile(r"\s*(.*?)\s*# encoding: \[([^]]*)\]")


def decode(code):
    """(length, text) of each instruction; what is none is bytes."""
    command = [packages.tool("llvm-mc"), "--disassemble", "--show-encoding", "--triple=x86_64", "--mattr=+avx2,+fma,+bmi,+bmi2"]
    text = " ".join("0x%02x" % b for b in code)
    out = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    for line in out.stdout.decode().splitlines():
        found = ENCODED.match(line)
        if found:
            yield found[2].count(",") + 1, found[1].replace("\t", " ")


def main():
    pending, start = [], 0
    for line in list(sys.stdin) + [""]:
        found = BYTES.match(line.rstrip("\n"))
        if found:
            start = start if pending else int(found[1], 16)
            pending += [int(b, 16) for b in found[2].split()]
            continue
        at = 0
        for length, text in decode(pending) if pending else ():
            print("  %6x:   %s" % (start + at, text))
            at += length
        if at < len(pending):
            print("  %6x:   .byte %s" % (start + at, ", ".join("0x%02x" % b for b in pending[at:])))
        pending = []
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
