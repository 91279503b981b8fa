"""wasmdump, hosted and inside the system: the engine tells what it reads and makes."""

import os
import sys

from foreman.paths import BUILD, ROOT
from foreman.testing import Failed, Suite

SUITE = Suite("wasmdump", parts=("tools", "host", "kernel", "image"))
TOOL = os.path.join(BUILD, "tools-asan", "wasmdump")
APP = os.path.join(BUILD, "apps", "helloworld-c.wasm")
VIEWS = (("--dis", "all"), ("--ir", "all"), ("--passes", "all"), ("--check",), ())

# (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
#         (memory 1) (func i32.const 8 i32.load offset=4 drop))
SMALL = bytes.fromhex(
    "0061736d01000000" "010a026002" "7f7f017f" "600000" "0303020001" "0503010001" "0707010361646400" "00"
    "0a12020700200020016a0b0800" "41082802041a0b"
)


def write(t, data):
    path = os.path.join(t.folder, "small.wasm")
    with open(path, "wb") as f:
        f.write(data)
    return path


@SUITE.test()
def sections_and_functions(t):
    result = t.run([TOOL, write(t, SMALL)]).expect(0, err="")
    result.expect_in_out(
        "section code: 18 bytes at 0x29\n", "type 0 (i32, i32) -> (i32)\n", "memory 0: pages 1\n", "export func 0 'add'\n",
        "func 0 'add' (i32, i32) -> (i32), 7 bytes at 0x2b, 2 locals, 0 blocks\n",
    )


@SUITE.test()
def instructions_and_ir(t):
    path = write(t, SMALL)
    t.run([TOOL, path, "--dis", "1"]).expect(
        0,
        out="func 1 () -> (), 8 bytes at 0x33, 0 locals, 0 blocks\n"
        "      34   i32.const 8\n      36   i32.load offset 4 align 4\n      39   drop\n      3a end\n",
    )
    t.run([TOOL, path, "--ir", "add"]).expect(0).expect_in_out("v3 = i32.add i32 v1 v2  (1)\n", "return v3\n")
    passes = t.run([TOOL, path, "--passes", "add"]).expect(0)
    passes.expect_in_out(*("---- after %s\n" % p for p in ("build", "clean", "back", "spill", "slots")))
    code = t.run([TOOL, path, "--code", "1"]).expect(0).expect_in_out("i32.load", "  @36 memory\n")
    assembler = t.run([sys.executable, os.path.join(ROOT, "tools", "disassemble.py")], stdin=code.out)
    assembler.expect(0).expect_in_out("(%r14)", "retq")


@SUITE.test()
def what_cannot_be_shown(t):
    path = write(t, SMALL)
    t.run([TOOL]).expect(2).expect_in_err("usage: wasmdump")
    t.run([TOOL, path, "--dis"]).expect(2)
    t.run([TOOL, path, "--sid", "1"]).expect(2).expect_in_out("what is '--sid'?")
    t.run([TOOL, path, "--dis", "2"]).expect(1).expect_in_out("there is no function '2'")
    t.run([TOOL, path, "--ir", "sub"]).expect(1).expect_in_out("there is no function 'sub'")
    t.run([TOOL, path + ".not"]).expect(1)
    t.run([TOOL, write(t, SMALL[:-1])]).expect(1).expect_in_err("small.wasm: ")


def same(t, machine):
    """The application is the engine compiled to WebAssembly: what it says is what the tool says."""
    folder, name = os.path.split(APP)
    for view in VIEWS:
        inside = t.exec(machine, "--dir", folder + "::/modules", "wasmdump", "/modules/" + name, *view)
        outside = t.run([TOOL, APP, *view])
        if not outside.out and view != ("--check",):
            raise Failed(outside.show())
        inside.expect(0, out=outside.out, err="")


SUITE.add("inside-is-as-outside/host", same, "host", limit_s=120)
SUITE.add("inside-is-as-outside/qemu", same, "qemu", limit_s=300)


@SUITE.on_both()
def the_application_shows_code(t, machine):
    folder, name = os.path.split(APP)
    words = ("--dir", folder + "::/modules", "wasmdump", "/modules/" + name, "--code", "all")
    t.exec(machine, *words).expect(0, err="").expect_in_out("@", " call\n", "epilogue, cold code, constants:\n")
    bad = t.exec(machine, "wasmdump", "/bin/none.wasm")
    bad.expect(1).expect_in_err("/bin/none.wasm: ")
