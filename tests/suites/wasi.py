"""Programs that know nothing of WasmOS, built with the distribution's clang and wasi-libc."""

from foreman.testing import Failed, Suite

from .common import PARTS, program, read, write

SUITE = Suite("stock WASI programs", parts=PARTS)


@SUITE.on_both()
def arguments_and_environment(t, machine):
    result = t.exec(machine, "--env", "A=b c", program("stock", "wasi"), "show", "ä b")
    result.expect(0).expect_in_out("argv[0]=stock.wasm\nargv[1]=show\nargv[2]=ä b\n", "env A=b c\n")


@SUITE.on_both(sanitized=True)
def piped_input(t, machine):
    data = b"".join(b"line %d\n" % n for n in range(50000)) + b"\0\xff"
    total = 0
    for byte in data:
        total = (total * 31 + byte) & 0xFFFFFFFF
    wanted = "%d lines, %d bytes, sum %08x\n" % (data.count(b"\n"), len(data), total)
    t.exec(machine, program("stock", "wasi"), "count", stdin=data).expect(0, wanted, "")


@SUITE.on_both(sanitized=True)
def files(t, machine):
    write(t.folder, "in.txt", "hello\n")
    write(t.folder, "old.txt", "x\n")
    result = t.exec(machine, "--dir", t.folder + "::/data", program("stock", "wasi"), "files", "/data")
    result.expect(0, "copy: hello\nin.txt 6\nmade/\nout.txt 12\n", "")
    got = [read(t.folder, name) for name in ("in.txt", "out.txt", "made/b", "made/a", "old.txt")]
    if got != [b"hello\n", b"copy: hello\n", b"\0\1\2\xff", None, None]:
        raise Failed("the folder holds %r" % (got,))


@SUITE.on_both()
def the_image(t, machine):
    t.exec(machine, program("stock", "wasi"), "list", "/").expect(0).expect_in_out("bin/\n", "dev/\n")
    t.exec(machine, program("stock", "wasi"), "list", "/bin").expect(0).expect_in_out("fib.wasm ")


@SUITE.on_both(sanitized=True)
def numbers_clocks_memory(t, machine):
    t.exec(machine, program("stock", "wasi"), "numbers").expect(
        0,
        "3.142 1e-07 1.234568e+05 0x1.5555555555555p-2\n0.841471 1.414214 1.414214\n"
        "-9223372036854775808 18446744073709551615\n-127 2500.000000\nslept well\nyear plausible\n"
        "random plausible\nmemory well\n",
        "",
    )


@SUITE.on_both()
def statuses(t, machine):
    t.exec(machine, program("stock", "wasi"), "exit", "3").expect(3, "", "")
    t.exec(machine, program("stock", "wasi"), "abort").expect(134, "").expect_in_err("unreachable", "abort")
