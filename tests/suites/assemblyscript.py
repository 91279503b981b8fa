"""Programs in AssemblyScript: console, process, files, errors, children; the compiler by hand; sizes."""

import os
import re

from foreman import packages
from foreman.paths import BUILD, ROOT
from foreman.testing import Failed, Suite

from .common import PARTS, bin_folder, program, read, write
from .console import boot

SUITE = Suite("programs in AssemblyScript", parts=PARTS + ("as",), needs=packages.NODE)
WASMOS_ASC = os.path.join(ROOT, "sdk", "bin", "wasmos-asc")
OUTPUT, PROCESS, FILES, ERRORS, CHILDREN = (program(n, "as") for n in ("output", "process", "files", "errors", "children"))


def all_well(result, count):
    lines = result.expect(0, None, "").out.decode().splitlines()
    if len(lines) != count or not all(line.endswith(": well") for line in lines):
        raise Failed(result.show())


@SUITE.on_both()
def console_and_text(t, machine):
    result = t.exec(machine, OUTPUT).expect(0, None, """\
warn
error
Assertion failed: printed
Assertion failed
trace: numbers 1.0, 2.5, -3.0
to standard error
console: there is no timer 'timer'
""")
    wanted = """\
log
info
debug

42
-1.5
true
18446744073709551615
1,2,3
(3, -4)
null
[object Plain]
grüß 界 \U0001f600
lone \ufffd half, and \ufffd the other
\ufffd
written \U0010ffff
%s€€
3000
%s
""" % ("x" * 1021, "界" * 1000)
    timers = rb"\xfd\xfe\xfftimer: [0-9.e-]+ ms\ntimer: [0-9.e-]+ ms\n"
    if not re.fullmatch(re.escape(wanted.encode()) + timers, result.out):
        raise Failed(result.show())


@SUITE.on_both()
def arguments_environment_status(t, machine):
    t.exec(machine, PROCESS, "", "a b", "grün").expect(0, "process.wasm\n\na b\ngrün\n", "")
    t.exec(machine, "--env", "A=b=c ü", PROCESS, "env", "A", "B").expect(0, "A is b=c ü\nB is not set\n", "")
    t.exec(machine, PROCESS, "exit", "7").expect(7, "", "")


@SUITE.on_both()
def clocks_and_random_numbers(t, machine):
    all_well(t.exec(machine, PROCESS, "clocks"), 7)
    all_well(t.exec(machine, PROCESS, "random"), 2)


@SUITE.on_both()
def standard_input(t, machine):
    end = "the end stays the end: well\n"
    t.exec(machine, PROCESS, "lines", stdin="one\n\nzwölf\nlast".encode()).expect(0, "<one>\n<>\n<zwölf>\n<last>\n" + end, "")
    t.exec(machine, PROCESS, "lines", stdin=b"a" * 20000 + b"\nb\n").expect(0, "<%s>\n<b>\n%s" % ("a" * 20000, end), "")
    t.exec(machine, PROCESS, "lines").expect(0, end, "")
    t.exec(machine, PROCESS, "bytes", stdin=bytes(range(256)) * 500).expect(0, "128000\n", "")
    t.exec(machine, PROCESS, "text", stdin=b"ab\xffc").expect(0, "ab\ufffdc", "")


@SUITE.on_both()
def the_current_directory(t, machine):
    os.makedirs(os.path.join(t.folder, "data", "sub"))
    write(t.folder, "file", "")
    result = t.exec(machine, "--dir", t.folder + "::/p", "--env", "PWD=/p", PROCESS, "directories")
    result.expect(0, "/p\n0\n/p/data/sub\n44\n44\n0\n/p/data\n", "")    # 44: ENOENT


FILES_OUTPUT = """\
write: Success
append: Success
first
zweite Zeile: grün
bytes: Success
true
shorter: Success
5
nothing: Success
0
0
3002 lines, the longest of 10000, the last: the last one
5
0
7
2
108,105
truncate: Success
sync: Success
4
3
false
close: Success
again: Bad file descriptor
closed
make: Success
again: File exists
below nothing: No such file or directory
hard 4 false
link 7 false
sub 3 true
300
sub
true
true
2
rename: Success
false true
not empty: Directory not empty
a directory: Is a directory
empty: Success
a\ufffdb\ufffd\ufffdc\ufffdd\ufffd\ufffd\ufffde\U0001f600\ufffd\ufffd\ufffd\ufffd€\ufffd
false true true
instead
true
true
: No such file or directory
exclusive: File exists
write to a reader: Capabilities insufficient
read from a writer: Capabilities insufficient
a file as a directory: Not a directory
outside: Capabilities insufficient
not a link: Invalid argument
true 1 true true
bad descriptor: Bad file descriptor
unknown: Unknown error 1000
"""


@SUITE.on_both()
def files_and_directories(t, machine):
    result = t.exec(machine, "--dir", t.folder + "::/f", FILES, "/f").expect(134, FILES_OUTPUT)
    result.expect_in_err("abort: /f/missing: No such file or directory at ~lib/fs/result.ts:", "by tests/as/files/mistakes")
    if (read(t.folder, "there"), read(t.folder, "stream")) != (b"x", b"line"):
        raise Failed("the files do not hold what the program wrote")


ERROR_AT = "at tests/as/errors.ts:%d:"
ERROR_MESSAGES = (
    ("throw", "abort: it went wrong: grün " + ERROR_AT % 15), ("range", "abort: too far " + ERROR_AT % 16),
    ("empty", "abort " + ERROR_AT % 17), ("assert", "abort: there are four " + ERROR_AT % 18),
    ("abort", "abort: given up at some file:12:34\n"), ("index", "abort: Index out of range at ~lib/array.ts:"),
    ("null", "abort: Unexpected 'null' (not assigned or failed cast) " + ERROR_AT % 21),
    ("key", "abort: Key does not exist at ~lib/map.ts:"), ("divide", "trap: integer divide by zero\n"),
    ("memory", "trap: unreachable\n"), ("deep", "trap: call stack exhausted\n"), ("unreachable", "trap: unreachable\n"),
)


@SUITE.on_both()
def errors_say_what_and_where(t, machine):
    """On the slower machine a few of them."""
    for what, message in ERROR_MESSAGES[:: 4 if machine == "qemu" else 1]:
        t.exec(machine, ERRORS, what).expect(134, "before\n").expect_in_err(message, "tests/as/errors")
    t.exec(machine, ERRORS, "nothing").expect(0, "before\nafter\n", "")


@SUITE.on_both()
def children_pipes_and_the_machine(t, machine):
    bin_folder(t.folder, ["children"], "as")
    result = t.exec(machine, "--dir", t.folder + "::/t", CHILDREN)
    names = ["still running", "killed", "waited for already", "not a child", "interrupted", "limited", "trapped", "dup",
             "dupTo", "dup of nothing", "cpus", "memory", "time", "no terminal"]
    lines = [name + ": well" for name in names]
    lines.insert(1, "Success")
    lines.insert(9, "through a copy")
    result.expect(0, """\
child: <one> <two words> <>
0
7
/no/such/program: No such file or directory
nothing: well
child: <through a pipe>
status 0
child: A is set for the child
child: B is not set
status 0
child: A is not set
child: B is changed here
status 0
child: 2000 lines
0
%s
""" % "\n".join(lines)).expect_in_err("children: killed", "children: time limit exceeded", "children: trap: unreachable")


@SUITE.on_both()
def the_mandelbrot_explorer(t, machine):
    """The picture as large as the terminal, moved with the keys; and lines with echo again behind it."""
    console = boot(t, machine)
    console.type("mandelbrot --explore --plain --iterations 32\r")
    for keys, wanted in (("", b"-0.65,0.0 zoom 1.0 iterations 32"), ("\x1b[A", b"-0.65,0.48 "), ("+", b" zoom 1.5 "),
                         ("]", b" iterations 64 "), ("x", b" iterations 64 "), ("r", b"-0.65,0.0 zoom 1.0 iterations 32 ")):
        console.type(keys)
        before = console.expect(wanted)
        if not re.search(rb"[^@]@{5,}", before):
            raise Failed("there is no picture before %r:\n%r" % (wanted, before))
    console.type("q")
    console.prompt()
    if console.command("fib 10").strip()[-2:] != "34":
        console.fail("the shell does not work any more")


@SUITE.test()
def sizes(t):
    """A program that only prints carries neither allocator nor collector."""
    size = os.path.getsize(os.path.join(BUILD, "apps", "helloworld-as.wasm"))
    t.note("%d bytes" % size)
    if size >= 1536:
        raise Failed("helloworld-as.wasm has %d bytes" % size)


@SUITE.test()
def outside_the_tree(t):
    """A file anywhere becomes a program, together with what it imports; asc's options work."""
    write(t.folder, "a folder/my program.ts", 'import { status } from "./parts/part";\nprocess.exit(status() + Errno.E2BIG);\n'
                                              'import { Errno } from "wasmos";\n')
    write(t.folder, "a folder/parts/part.ts", "export function status(): i32 { return 41; }\n")
    folder = os.path.join(t.folder, "a folder")
    t.run([WASMOS_ASC, "my program.ts"], cwd=folder).expect(0, "", "")
    t.exec("host", os.path.join(folder, "my program.wasm")).expect(42, "", "")
    t.run([WASMOS_ASC, "-O3", "--noAssert", "my program.ts", "-o", "p.wasm"], cwd=folder).expect(0, "", "")
    t.exec("host", os.path.join(folder, "p.wasm")).expect(42, "", "")


@SUITE.test()
def mistakes(t):
    """The compiler's own messages; nothing is written."""
    write(t.folder, "bad.ts", 'import { gone } from "./gone";\nconsole.log("x");\n')
    t.run([WASMOS_ASC, "bad.ts"], cwd=t.folder).expect(1, "").expect_in_err("TS6054", "bad.ts(1,22)", "gone")
    write(t.folder, "type.ts", 'const n: i32 = "x";\nmissing();\nconsole.log(`${n}`);\n')
    t.run([WASMOS_ASC, "type.ts"], cwd=t.folder).expect(1, "").expect_in_err("TS2322", "type.ts(1,16)", "missing", "type.ts(2,1)")
    write(t.folder, "write.ts", "process.stdout.write(42);\n")
    t.run([WASMOS_ASC, "write.ts"], cwd=t.folder).expect(1, "").expect_in_err("a string or a Uint8Array is expected")
    t.run([WASMOS_ASC, "absent.ts"], cwd=t.folder).expect(1, "").expect_in_err("there is no file `absent.ts`")
    t.run([WASMOS_ASC], cwd=t.folder).expect(1, "").expect_in_err("usage: wasmos-asc")
    t.run([WASMOS_ASC, "bad.ts", "type.ts"], cwd=t.folder).expect(1, "").expect_in_err("one source file is wanted")
    t.run([WASMOS_ASC, "bad.ts", "-o"], cwd=t.folder).expect(1, "").expect_in_err("-o needs a value")
    if [n for n in os.listdir(t.folder) if not n.endswith(".ts")]:
        raise Failed("there is %r" % os.listdir(t.folder))
