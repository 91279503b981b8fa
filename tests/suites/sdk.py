"""The SDK's own tests: tests/sdk/NAME.c or .cpp prints what NAME.out holds. NAME.in, if there is one, is its
input. And programs outside the tree, through sdk/bin."""

import os

from foreman.paths import ROOT, find
from foreman.testing import Failed, Suite

from .common import MACHINES, PARTS, program, read, write

SUITE = Suite("the C and C++ libraries", parts=PARTS)


def check(t, machine, stem):
    wanted = read(ROOT, "tests/sdk/%s.out" % stem)
    if wanted is None:
        raise Failed("tests/sdk/%s.out is missing" % stem)
    given = read(ROOT, "tests/sdk/%s.in" % stem) or b""
    t.exec(machine, "--timeout", "50", program(stem, "sdk"), stdin=given).expect(0, wanted)


for source in find("tests/sdk", ".c", ".cpp"):
    for m in MACHINES:
        name = os.path.splitext(os.path.basename(source))[0]
        SUITE.add("%s/%s" % (name, m), check, m, name)

C = '#include <stdio.h>\nint main(int c, char **v) { printf("%s %d\\n", c > 1 ? v[1] : "none", TWO + 1); return 4; }\n'
CPP = "#include <iostream>\n#include <vector>\nint main() { std::vector<int> v{1, 2}; std::cout << v.size() << '\\n'; }\n"


def outside(t, compiler, name, text, flags, arguments, status, out):
    """A source file anywhere becomes a program, in one step and in two."""
    write(t.folder, name, text)
    tool = os.path.join(ROOT, "sdk", "bin", compiler)
    stem = os.path.splitext(name)[0]
    t.run([tool, *flags, name, "-o", stem + ".wasm"], cwd=t.folder).expect(0)
    wasm = os.path.join(t.folder, stem + ".wasm")
    t.exec("host", wasm, *arguments).expect(status, out, "")
    os.unlink(wasm)
    t.run([tool, *flags, "-c", name, "-o", stem + ".o"], cwd=t.folder).expect(0)
    t.run([tool, stem + ".o", "-o", stem + ".wasm"], cwd=t.folder).expect(0)
    t.exec("host", wasm, *arguments).expect(status, out, "")


SUITE.add("wasmos-cc", outside, "wasmos-cc", "hello there.c", C, ["-DTWO=2"], ["x"], 4, "x 3\n")
SUITE.add("wasmos-c++", outside, "wasmos-c++", "v.cpp", CPP, [], [], 0, "2\n")


def headers(t):
    """Each header of the C++ library compiles alone, without a warning."""
    folder = os.path.join(ROOT, "sdk", "cpp", "include")
    for name in sorted(os.listdir(folder)):
        if os.path.isfile(os.path.join(folder, name)):
            write(t.folder, "header.cpp", "#include <%s>\n" % name)
            tool = os.path.join(ROOT, "sdk", "bin", "wasmos-c++")
            t.run([tool, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "header.cpp"], cwd=t.folder).expect(0, "", "")


SUITE.add("headers-c++", headers)
