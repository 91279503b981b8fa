#!/usr/bin/env python3
"""Makes the kernel's symbol table (kernel/arch/x86_64/symbols.c) from a linked kernel.

usage: symbols.py KERNEL.elf OUT.S

The output is assembled and linked in a second link. Its section lies behind the text, so the addresses of
functions are the same in both links."""

import struct
import sys

SHT_SYMTAB = 2
STT_NOTYPE, STT_FUNC = 0, 2


def sections(elf):
    """Section headers as (type, link, offset, size, entry size) tuples."""
    offset, = struct.unpack_from("<Q", elf, 0x28)
    size, count = struct.unpack_from("<HH", elf, 0x3A)
    for i in range(count):
        _, kind, _, _, at, length, link, _, _, entry = struct.unpack_from(
            "<IIQQQQIIQQ", elf, offset + i * size)
        yield kind, link, at, length, entry


def symbols(elf):
    """(name, type, value) of every symbol."""
    table = list(sections(elf))
    for kind, link, at, length, entry in table:
        if kind != SHT_SYMTAB:
            continue
        names = table[link][2]
        for i in range(at, at + length, entry):
            name, info, _, _, value, _ = struct.unpack_from("<IBBHQQ", elf, i)
            end = elf.index(b"\0", names + name)
            yield elf[names + name:end].decode(), info & 15, value


def main(args):
    if len(args) != 3:
        sys.exit(__doc__)
    with open(args[1], "rb") as f:
        elf = f.read()
    everything = list(symbols(elf))
    bounds = {name: value for name, _, value in everything}
    start, end = bounds["kernel_text_start"], bounds["kernel_text_end"]
    functions = {}
    for name, kind, value in everything:
        if kind in (STT_NOTYPE, STT_FUNC) and start <= value < end and name and name[0] not in "$.":
            if kind == STT_FUNC or value not in functions:
                functions[value] = name
    functions.pop(start, None) if functions.get(start) == "kernel_text_start" else None
    rows = sorted(functions.items())
    at, places = 0, []
    for _, name in rows:
        places.append(at)
        at += len(name) + 1
    with open(args[2], "w", encoding="ascii") as out:
        out.write('    .section .kernel_symbols, "a", @progbits\n    .balign 4\n')
        out.write(f"    .long {len(rows)}\n")
        for value, _ in rows:
            out.write(f"    .long {value - start:#x}\n")
        for place in places:
            out.write(f"    .long {place}\n")
        for _, name in rows:
            out.write(f'    .asciz "{name}"\n')


if __name__ == "__main__":
    main(sys.argv)
