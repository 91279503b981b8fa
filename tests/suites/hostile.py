"""Modules that lie: cut off, changed, absurd. Each is refused with status 126 and a message, or runs to a
defined end; the session goes on."""

import random
import re

from foreman.testing import Failed, Suite

from .common import PARTS, bin_folder, program, read, write

SUITE = Suite("modules that must be refused", parts=PARTS)
MAGIC = b"\0asm\1\0\0\0"
REFUSED = 126


def leb(n):
    out = bytearray()
    while True:
        out.append((n & 0x7F) | (0x80 if n > 0x7F else 0))
        n >>= 7
        if not n:
            return bytes(out)


def section(number, body):
    return bytes([number]) + leb(len(body)) + body


def vector(*items):
    return leb(len(items)) + b"".join(items)


def module(*sections):
    return MAGIC + b"".join(sections)


TYPE_VOID = section(1, vector(b"\x60\0\0"))
FUNC_0 = section(3, vector(b"\0"))
START = section(7, vector(b"\x06_start\0\0"))


def code(*bodies):
    return section(10, vector(*[leb(len(b)) + b for b in bodies]))


def body(instructions, local_declarations=b"\0"):
    return code(local_declarations + instructions + b"\x0b")


def start(*sections):
    """A module whose _start has the given code; other sections before it in their order."""
    return module(TYPE_VOID, FUNC_0, *sections)


REFUSED_MODULES = {
    "empty": b"",
    "text": b"(module)\n",
    "magic-only": b"\0asm",
    "version-2": b"\0asm\2\0\0\0",
    "component": b"\0asm\x0d\0\1\0",
    "section-beyond-the-end": module(b"\x01\xff\xff\xff\xff\x0f"),
    "section-id": module(section(99, b"")),
    "sections-out-of-order": module(section(3, vector()), section(1, vector())),
    "section-twice": module(section(1, vector()), section(1, vector())),
    "four-billion-types": module(section(1, b"\xff\xff\xff\xff\x0f")),
    "four-billion-types-in-a-group": module(section(1, b"\1\x4e\xff\xff\xff\xff\x0f")),
    "group-of-a-million-and-one": module(section(1, b"\1\x4e" + leb(1000001) + b"\x60\0\0" * 1000001)),
    "sub-types-too-deep": module(
        section(1, vector(b"\x50\0\x60\0\0", *[b"\x50\1" + leb(i) + b"\x60\0\0" for i in range(64)]))
    ),
    "sub-type-of-itself": module(section(1, vector(b"\x50\1\0\x60\0\0"))),
    "sub-type-of-a-final-type": module(section(1, vector(b"\x60\0\0", b"\x50\1\0\x60\0\0"))),
    "reference-to-no-type": module(section(1, vector(b"\x60\1\x64\x7f\0"))),
    "struct": module(section(1, vector(b"\x5f\0")), START),
    "table-of-non-null-without-value": module(TYPE_VOID, section(4, vector(b"\x64\0\0\1"))),
    "local-never-set": module(TYPE_VOID, FUNC_0, START, body(b"\x20\0\x1a", b"\1\1\x64\0")),
    "four-billion-functions": module(TYPE_VOID, section(3, b"\xff\xff\xff\xff\x0f")),
    "four-billion-exports": module(TYPE_VOID, FUNC_0, section(7, b"\xff\xff\xff\xff\x0f"), body(b"")),
    "leb-too-long": module(section(1, b"\x80\x80\x80\x80\x80\x00")),
    "leb-unused-bits": module(section(1, b"\xff\xff\xff\xff\x7f")),
    "type-index": module(TYPE_VOID, section(3, vector(b"\x05")), body(b"")),
    "functions-without-code": module(TYPE_VOID, FUNC_0),
    "code-without-functions": module(TYPE_VOID, body(b"")),
    "body-too-long": module(TYPE_VOID, FUNC_0, section(10, b"\1\x7f\0\x0b")),
    "no-end": module(TYPE_VOID, FUNC_0, code(b"\0\x01")),
    "ends-too-often": module(TYPE_VOID, FUNC_0, code(b"\0\x0b\x0b")),
    "locals-overflow": module(TYPE_VOID, FUNC_0, body(b"", vector(*[leb(0xFFFFFFFF) + b"\x7f"] * 2))),
    "local-of-no-type": module(TYPE_VOID, FUNC_0, body(b"", b"\1\1\x01")),
    "unknown-opcode": module(TYPE_VOID, FUNC_0, START, body(b"\x27")),
    "unknown-prefixed-opcode": module(TYPE_VOID, FUNC_0, START, body(b"\xfc\xff\xff\xff\xff\x0f")),
    "stack-underflow": module(TYPE_VOID, FUNC_0, START, body(b"\x1a")),
    "value-left": module(TYPE_VOID, FUNC_0, START, body(b"\x41\0")),
    "types-mixed": module(TYPE_VOID, FUNC_0, START, body(b"\x42\0\x41\0\x6a\x1a")),
    "local-index": module(TYPE_VOID, FUNC_0, START, body(b"\x20\x09\x1a")),
    "global-index": module(TYPE_VOID, FUNC_0, START, body(b"\x23\x09\x1a")),
    "call-index": module(TYPE_VOID, FUNC_0, START, body(b"\x10\x63")),
    "branch-depth": module(TYPE_VOID, FUNC_0, START, body(b"\x0c\x63")),
    "branch-table-count": module(TYPE_VOID, FUNC_0, START, body(b"\x41\0\x0e\xff\xff\xff\xff\x0f")),
    "load-without-memory": module(TYPE_VOID, FUNC_0, START, body(b"\x41\0\x28\2\0\x1a")),
    "alignment": module(TYPE_VOID, FUNC_0, section(5, vector(b"\0\1")), START, body(b"\x41\0\x28\3\0\x1a")),
    "memory-limits": module(section(5, vector(b"\1\2\1"))),
    "memory-too-large": module(section(5, vector(b"\0" + leb(65537)))),
    "memory64-too-large": module(section(5, vector(b"\4" + leb(2**48 + 1)))),
    "memory64-of-everything": module(section(5, vector(b"\4" + leb(2**48)))),
    "memory64-larger-than-ram": module(section(5, vector(b"\4" + leb(2**21)))),
    "table64-of-everything": module(section(4, vector(b"\x70\4" + leb(2**64 - 1)))),
    "offset64-of-32-bits": module(section(5, vector(b"\4\1")), section(11, vector(b"\0\x41\0\x0b\1x"))),
    "table-limits": module(section(4, vector(b"\x70\1\2\1"))),
    "data-without-memory": module(section(11, vector(b"\0\x41\0\x0b\1x"))),
    "element-without-table": module(TYPE_VOID, FUNC_0, section(9, vector(b"\0\x41\0\x0b\1\0")), body(b"")),
    "export-twice": module(TYPE_VOID, FUNC_0, section(7, vector(b"\1a\0\0", b"\1a\0\0")), body(b"")),
    "export-index": module(TYPE_VOID, FUNC_0, section(7, vector(b"\1a\0\5")), body(b"")),
    "name-not-utf8": module(TYPE_VOID, FUNC_0, section(7, vector(b"\2\xc3\x28\0\0")), body(b"")),
    "start-with-parameters": module(section(1, vector(b"\x60\1\x7f\0")), FUNC_0, section(8, b"\0"), body(b"")),
    "global-not-constant": module(section(6, vector(b"\x7f\0\x20\0\x0b"))),
    "global-of-wrong-type": module(section(6, vector(b"\x7f\0\x42\0\x0b"))),
    "import-unknown": module(TYPE_VOID, section(2, vector(b"\3env\7nothing\0\0"))),
    "import-of-wrong-type": module(
        TYPE_VOID, section(2, vector(b"\x16wasi_snapshot_preview1\x08fd_write\0\0"))
    ),
    "no-entry": module(TYPE_VOID, FUNC_0, body(b"")),
    "deep-nesting": module(TYPE_VOID, FUNC_0, START, body(b"\x02\x40" * 200000 + b"\x0b" * 199999)),
}


def check_refusals(t, machine):
    folder = bin_folder(t.folder, ["spawn-each"])
    names = sorted(REFUSED_MODULES)
    for name in names:
        write(folder, name + ".wasm", REFUSED_MODULES[name])
    words = []
    for name in names:
        words += ["/t/%s.wasm" % name]
    words.append("/bin/helloworld-c.wasm")
    result = t.exec(machine, "--timeout", "100", "--dir", folder + "::/t", program("spawn-each"), *words)
    wrong = [
        "%s was not refused" % name
        for name in names
        if not re.search(
            r"^/t/%s\.wasm: (status 126|not started: .*)$" % re.escape(name), result.out.decode(errors="replace"), re.M
        )
    ]
    silent = [n for n in names if ("%s" % n) not in result.err.decode(errors="replace")]
    if result.status or wrong or b"Hello, World from C on WasmOS!" not in result.out:
        raise Failed("\n".join(wrong) + "\n" + result.show())
    if silent:
        raise Failed("no message on stderr names: %s\n%s" % (", ".join(silent), result.show()))


SUITE.add("refused/host", check_refusals, "host", limit_s=150)
SUITE.add("refused/qemu", check_refusals, "qemu", limit_s=150)
SUITE.add("refused/asan", check_refusals, "asan", limit_s=150)


@SUITE.on_both(sanitized=True)
def exec_says_why(t, machine):
    path = write(t.folder, "bad.wasm", REFUSED_MODULES["types-mixed"])
    t.exec(machine, path).expect(REFUSED, "").expect_in_err("bad: ", "i32", "i64")
    path = write(t.folder, "cut.wasm", read("", program("status"))[:300])
    t.exec(machine, path).expect(REFUSED, "").expect_in_err("cut: ")


def session(t, machine, modules):
    """Runs all of them in one boot; each must end somehow, within its limit, and the last is a good one."""
    folder = bin_folder(t.folder, ["spawn-each"])
    words = ["--limit-ms=2000"]
    for number, data in enumerate(modules):
        write(folder, "m%04d.wasm" % number, data)
        words.append("/t/m%04d.wasm" % number)
    words.append("/bin/helloworld-c.wasm")
    result = t.exec(machine, "--dir", folder + "::/t", program("spawn-each"), *words)
    if result.status or not result.out.endswith(
        b"Hello, World from C on WasmOS!\n/bin/helloworld-c.wasm: status 0\n"
    ):
        raise Failed(result.show())
    ends = re.findall(rb"m\d\d\d\d\.wasm: (?:status (\d+)|(not started))", result.out)
    if len(ends) != len(modules):
        raise Failed("%d modules, %d ends\n%s" % (len(modules), len(ends), result.show()))
    refused = sum(1 for status, no in ends if no or status == b"126")
    t.note("%d modules, %d refused" % (len(modules), refused))
    return refused


@SUITE.on_both(limit_s=200, sanitized=True)
def cut_off(t, machine):
    """A good program, cut off at many places: only the whole one runs."""
    data = read("", program("status"))
    dice = random.Random(2)
    cuts = sorted({0, 1, 4, 7, 8, 9} | {dice.randrange(8, len(data)) for _ in range(150)})
    # after the code section only data and names follow, whose loss may leave a valid module
    refused = session(t, machine, [data[:n] for n in cuts])
    if refused < len(cuts) // 2:
        raise Failed("only %d of %d were refused" % (refused, len(cuts)))


@SUITE.on_both(limit_s=300, sanitized=True)
def changed(t, machine):
    """A good program with some bytes changed: refused, trapped, stopped or harmless, never a broken system."""
    data = read("", program("status"))
    dice = random.Random(3)
    modules = []
    for _ in range(400 if machine != "qemu" else 120):
        copy = bytearray(data)
        for _ in range(dice.choice((1, 1, 2, 8))):
            copy[dice.randrange(8, len(copy))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
        modules.append(bytes(copy))
    session(t, machine, modules)


@SUITE.on_both(limit_s=100, sanitized=True)
def many_64_bit_memories(t, machine):
    """More address space than there is, or nearly: each ends well or for lack of memory."""
    memories = [section(5, vector(*[b"\4\1"] * n)) for n in (1, 10, 100)]
    session(t, machine, [start(m, START, body(b"\x42\0\x28\2\0\x1a")) for m in memories] * 3)
