"""The SDK's own tests: tests/sdk/NAME.c or .cpp prints what NAME.out holds. NAME.in, if there is one, is its
input. Programs outside the tree, through sdk/bin; the headers, each alone; the sizes of the smallest programs."""

import os

from foreman import conformance_floats
from foreman.describe_sdk import Sdk
from foreman.paths import BUILD, ROOT, find
from foreman.testing import Failed, Suite

from .common import MACHINES, PARTS, bin_folder, program, read, write

SUITE = Suite("the C and C++ libraries", parts=PARTS)
STARTS_ITSELF = ("children",)  # finds itself in /t


def check(t, machine, stem):
    wanted = read(ROOT, "tests/sdk/%s.out" % stem)
    if wanted is None:
        raise Failed("tests/sdk/%s.out is missing" % stem)
    given = read(ROOT, "tests/sdk/%s.in" % stem) or b""
    folder = ["--dir", bin_folder(t.folder, [stem], "sdk") + "::/t"] if stem in STARTS_ITSELF else []
    t.exec(machine, "--timeout", "50", *folder, program(stem, "sdk"), stdin=given).expect(0, wanted)


for source in find("tests/sdk", ".c", ".cpp"):
    for m in MACHINES:
        name = os.path.splitext(os.path.basename(source))[0]
        SUITE.add("%s/%s" % (name, m), check, m, name)

COUNT = 100000


@SUITE.test(limit_s=120)
def random_numbers_as_in_the_machines_library(t):
    """What `./foreman conformance floats` does with more of them."""
    for command in conformance_floats.commands(t.folder).values():
        t.run(command).expect(0)
    blocks = conformance_floats.blocks(COUNT)
    wanted = t.run([os.path.join(t.folder, "native"), blocks]).expect(0)
    t.exec("host", os.path.join(t.folder, "floats.wasm"), blocks).expect(0, wanted.out)


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


# as a strict program sees them; with -I, because warnings in system headers are not shown
STRICT = "-fsyntax-only -Wall -Wextra -pedantic -Werror "
# name: language, folder, how it is compiled
HEADERS = {
    "c": ("c", "sdk/c/include", "-x c -std=c17"),
    "c-in-cpp": ("cpp", "sdk/c/include", "-x c++ -std=c++20"),
    "cpp": ("cpp", "sdk/cpp/include", "-x c++ -std=c++20 -Wno-user-defined-literals"),  # the standard has its own
}


def headers_alone(t, language, folder, flags):
    """Every header compiles as the only one, twice, without a warning."""
    sources = []
    for header in find(folder, ".h", ""):
        name = os.path.relpath(header, folder)
        if not name.startswith("bits"):
            text = "#include <%s>\n#include <%s>\ntypedef int nothing;\n" % (name, name)
            sources.append(write(t.folder, name.replace("/", "-") + ".c", text))
    if len(sources) < 40:
        raise Failed("only %d headers found" % len(sources))
    compiler = Sdk().compile(language).replace("-isystem " + folder + " ", "-I" + folder + " ")
    command = (compiler + " " + STRICT + flags).split()
    t.run(command + sources, cwd=ROOT).expect(0)


for name, how in HEADERS.items():
    SUITE.add("headers/" + name, headers_alone, *how)

PUTS = '#include <stdio.h>\nint main(void) { puts("Hello"); }\n'
PRINTF = '#include <stdio.h>\nint main(void) { printf("Hello, %s %d %g\\n", "World", 1, 0.5); }\n'
KIB = 1024


def size(t, text, limit):
    """A program as an application is built, its function names included, stays below the limit."""
    for level in ("-O2", "-Os"):
        write(t.folder, "hello.c", text)
        t.run([os.path.join(ROOT, "sdk", "bin", "wasmos-cc"), level, "hello.c"], cwd=t.folder).expect(0)
        bytes_used = os.path.getsize(os.path.join(t.folder, "hello.wasm"))
        if bytes_used >= limit:
            raise Failed("%s: %d bytes, and less than %d are allowed" % (level, bytes_used, limit))


SUITE.add("size/puts", size, PUTS, 4 * KIB)
SUITE.add("size/printf", size, PRINTF, 12 * KIB)


@SUITE.test()
def size_of_helloworld(t):
    """The application itself, whichever of the two it uses."""
    bytes_used = os.path.getsize(os.path.join(BUILD, "apps", "helloworld-c.wasm"))
    with open(os.path.join(ROOT, "apps/helloworld-c/src/main.c"), encoding="utf-8") as f:
        limit = 12 * KIB if "printf" in f.read() else 4 * KIB
    if bytes_used >= limit:
        raise Failed("%d bytes, and less than %d are allowed" % (bytes_used, limit))
