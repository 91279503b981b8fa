"""Programs in Rust: std over WASI, the crate `wasmos`, the flavour without std, the compiler by hand."""

import os
import re

from foreman import packages
from foreman.paths import BUILD, ROOT
from foreman.testing import Failed, Suite

from .common import PARTS, bin_folder, program, write
from .console import boot, boot_archive

SUITE = Suite("programs in Rust", parts=PARTS + ("rust",), needs=packages.RUST)
STD, ENV = program("std", "rust"), program("env_calls", "rust")
WASMOS_RUSTC = os.path.join(ROOT, "sdk", "bin", "wasmos-rustc")


@SUITE.on_both()
def collections_and_formats(t, machine):
    t.exec(machine, STD, "collections").expect(0, """\
Some(("and", 1))
the: 3, words: 10
Some(40000) Some(39999)
250000
   3.142|ab    |  c  |0xff|1.2345e3
界世 ,eßürG
""", "")


@SUITE.on_both()
def files(t, machine):
    write(t.folder, "in.txt", "from outside\n")
    result = t.exec(machine, "--dir", t.folder + "::/data", STD, "files", "/data")
    result.expect(0, 'first\nsecond\n"second\\n" of 13 bytes\n["b", "c"]\nNotFound: No such file or directory '
                     "(os error 44)\nSome(55)\nfrom outside\n", "")
    if os.listdir(t.folder) != ["in.txt"]:
        raise Failed("the folder holds %r" % os.listdir(t.folder))


@SUITE.on_both()
def clocks_and_environment(t, machine):
    t.exec(machine, STD, "clocks").expect(0, "slept: true, year: true\n", "")
    t.exec(machine, "--env", "GREETING=grüß dich", STD, "env", "GREETING").expect(
        0, 'Ok("grüß dich") Err(NotPresent)\n', "")


@SUITE.on_both()
def lines_of_input(t, machine):
    t.exec(machine, STD, "lines", stdin="one\n\nzwölf\nlast".encode()).expect(
        0, "<one>\n<>\n<zwölf>\n<last>\n", "13 bytes\n")
    t.exec(machine, STD, "lines", stdin=b"good\n\xff\n").expect(1, "<good>\n").expect_in_err("UTF-8")


@SUITE.on_both()
def statuses(t, machine):
    t.exec(machine, STD, "exit", "7").expect(7, "", "")
    t.exec(machine, STD, "fail").expect(1, "", 'Error: "this went wrong"\n')


@SUITE.on_both()
def panics(t, machine):
    result = t.exec(machine, STD, "panic", "lost the thread").expect(134, "")
    result.expect_in_err("panicked at", "lost the thread", "tests/rust/std.rs:", "unreachable")
    t.exec(machine, STD, "index", "9").expect(134, "").expect_in_err("the len is 2 but the index is 9")


@SUITE.on_both()
def the_crate_wasmos(t, machine):
    names = ("cpus", "memory", "clocks", "processes", "terminal", "size", "raw")
    wanted = "".join("%s: %s\n" % (n, "false" if n == "terminal" else "true") for n in names)
    t.exec(machine, STD, "wasmos").expect(0, wanted, "")


@SUITE.on_both()
def children(t, machine):
    bin_folder(t.folder, ["std"], "rust")
    lines = [
        "0", "1", "1", "exit status: 0", "9", "NotFound", "InvalidInput", 'Ok("1") Err(NotPresent)',
        "Err(NotPresent) Err(NotPresent)", "exit status: 0 91500 106500", "<to the child>", "<and back>",
        r'exit status: 0 "<0>\n<1>\n<1>\n<2>\n<3>\n" "5 bytes\n"', "None", "true Some(ExitStatus(137))", "InvalidInput",
        "true", "true",
    ]
    result = t.exec(machine, "--dir", t.folder + "::/t", STD, "children", "/t/std.wasm")
    result.expect(0, "".join(line + "\n" for line in lines)).expect_in_err("std: killed", "std: time limit exceeded")


@SUITE.on_both()
def at_a_terminal(t, machine):
    """Its size, keys that come at once, lines again afterwards; relative paths; colours."""
    console = boot(t, machine, archive=boot_archive(t, ["std"], "rust"))
    console.type("std terminal\r")
    console.expect(re.compile(rb"true \(80, 2[45]\)"))
    console.expect(b"a key?")
    console.type("k")
    console.expect(b"107; a line?")
    console.type("typoo\b\r")
    console.expect(b'"typo\\n"')
    console.prompt()
    console.command("cd /etc")
    console.type("grep --color -m1 -o NAME os-release\r")
    console.expect(b"\x1b[01;31m\x1b[KNAME\x1b[m")
    console.prompt()
    console.type("exit\r")
    console.finish()


@SUITE.on_both()
def pipes_and_descriptors(t, machine):
    os.mkdir(os.path.join(t.folder, "d"))
    result = t.exec(machine, "--dir", os.path.join(t.folder, "d") + "::/d", STD, "pipes", "/d")
    result.expect(0, 'through a pipe\nBrokenPipe\n"0\\n1\\n"\n', '"into the file\\n"\n')


@SUITE.on_both()
def without_std(t, machine):
    t.exec(machine, ENV, "heap").expect(0, '4999950000\ntrue\nSome(("name 007", 7))\ntrue\n', "")
    t.exec(machine, ENV, "random").expect(0, "true\ntrue\n", "")
    t.exec(machine, ENV, "clocks").expect(0, "true\n", "")
    t.exec(machine, ENV, "echo", stdin=b"typed\nhere").expect(0, "typed\nhere", "")
    t.exec(machine, ENV, "args", "b c", "ä").expect(0, '["env_calls.wasm", "args", "b c", "ä"]\n', "")
    t.exec(machine, ENV, "exit", "5").expect(5, "", "")
    t.exec(machine, ENV, "run", "helloworld-rs").expect(0, "Hello, World from Rust on WasmOS!\nOk(0)\n", "")
    t.exec(machine, ENV, "run", "no-such").expect(0, "Err(Unknown)\n", "")


@SUITE.on_both()
def panics_without_std(t, machine):
    result = t.exec(machine, ENV, "panic").expect(134, "")
    result.expect_in_err("abort: it's all 'over', at last in tests/rust/env_calls.rs(", "trap: abort")
    t.exec(machine, ENV, "overflow").expect(134, "").expect_in_err("index out of bounds: the len is 2")


@SUITE.test()
def sizes(t):
    """The smallest program stays small; what std costs is known."""
    small = os.path.getsize(os.path.join(BUILD, "apps", "helloworld-rs.wasm"))
    write(t.folder, "hello.rs", 'fn main() {\n    println!("Hello!");\n}\n')
    t.run([WASMOS_RUSTC, "hello.rs"], cwd=t.folder).expect(0, "", "")
    with_std = os.path.getsize(os.path.join(t.folder, "hello.wasm"))
    t.note("without std %d, with std %d bytes" % (small, with_std))
    if small >= 2048 or with_std >= 128 * 1024:
        raise Failed("too large: %d bytes without std, %d with" % (small, with_std))


@SUITE.test()
def outside_the_tree(t):
    """A file anywhere becomes a program, whatever rustc comes first in PATH."""
    fake = write(t.folder, "bin/rustc", "#!/bin/sh\nexit 99\n")
    os.chmod(fake, 0o755)
    env = {"PATH": os.path.dirname(fake) + ":" + os.environ["PATH"]}
    write(t.folder, "my_program.rs", "mod part;\nfn main() { std::process::exit(part::status() + wasmos::errno::E2BIG); }\n")
    write(t.folder, "part.rs", "pub fn status() -> i32 { 41 }\n")
    t.run([WASMOS_RUSTC, "my_program.rs", "-o", "p.wasm"], env=env, cwd=t.folder).expect(0, "", "")
    t.exec("host", os.path.join(t.folder, "p.wasm")).expect(42, "", "")
    write(t.folder, "tiny.rs", "#![no_std]\n#![no_main]\nwasmos_env::entry!(main);\nfn main() -> i32 { 6 }\n")
    t.run([WASMOS_RUSTC, "--no-std", "tiny.rs"], env=env, cwd=t.folder).expect(0, "", "")
    t.exec("host", os.path.join(t.folder, "tiny.wasm")).expect(6, "", "")


@SUITE.test()
def mistakes(t):
    """rustc's own messages, and its status."""
    write(t.folder, "bad.rs", "fn main() { missing(); }\n")
    t.run([WASMOS_RUSTC, "bad.rs"], cwd=t.folder).expect(1, "").expect_in_err("E0425", "bad.rs:1:13", "missing")
    write(t.folder, "nomain.rs", "pub fn other() {}\n")
    t.run([WASMOS_RUSTC, "nomain.rs"], cwd=t.folder).expect(1, "").expect_in_err("E0601", "`main` function not found")
    write(t.folder, "noentry.rs", "#![no_std]\n#![no_main]\nuse wasmos_env as _;\n")
    t.run([WASMOS_RUSTC, "--no-std", "noentry.rs"], cwd=t.folder).expect(0)
    t.exec("host", os.path.join(t.folder, "noentry.wasm")).expect(126, "").expect_in_err("no function to start with")
    t.run([WASMOS_RUSTC, "absent.rs"], cwd=t.folder).expect(1, "").expect_in_err("absent.rs")
    t.run([WASMOS_RUSTC, "bad.rs", "-o"], cwd=t.folder).expect(2, "").expect_in_err("-o needs a value")
