"""What `exec` promises: bytes, arguments, environment, folders, statuses; on both machines."""

import hashlib
import os
import random
import re
import signal
import subprocess
import time

from foreman.machine import host as machine_host
from foreman.paths import IMAGE
from foreman.testing import Failed, Suite

from .common import PARTS, program, read, write

SUITE = Suite("what ./foreman exec promises", parts=PARTS)


@SUITE.on_both()
def the_first_promise(t, machine):
    t.exec(machine, "helloworld-c").expect(0, "Hello, World from C on WasmOS!\n", "")


@SUITE.on_both()
def arguments(t, machine):
    words = ["two words", "", "süß ✓ 日本", "a'b\"c", "--host", "--", "*", "\\n"]
    wanted = "%d\n[args.wasm]\n" % (len(words) + 1) + "".join("[%s]\n" % w for w in words)
    t.exec(machine, program("args"), *words).expect(0, wanted, "")


@SUITE.on_both()
def environment(t, machine):
    result = t.exec(
        machine, "--env", "A=1", "--env=B=x=y z", "--env", "Ü=ö", "--env", "E=", program("args"), "A", "B", "Ü", "E", "PATH"
    )
    result.expect(0).expect_in_out("A=[1]\n", "B=[x=y z]\n", "Ü=[ö]\n", "E=[]\n")
    if b"PATH=" in result.out:
        raise Failed("the host's environment came through\n" + result.show())


@SUITE.on_both()
def statuses(t, machine):
    for status in (0, 1, 3, 255):
        t.exec(machine, program("status"), str(status)).expect(status, "out\n", "err\n")


@SUITE.on_both(limit_s=120, sanitized=True)
def every_byte_passes(t, machine):
    """Binary, larger than all buffers, both ways at the same time."""
    data = random.Random(1).randbytes(3 << 20) + bytes(range(256))
    result = t.exec(machine, program("copy"), "complement", stdin=data)
    result.expect(0, None, "%d bytes\n" % len(data))
    wanted = bytes(255 - b for b in data)
    if result.out != wanted:
        raise Failed(
            "%d bytes came back, sha256 %s" % (len(result.out), hashlib.sha256(result.out).hexdigest())
        )


@SUITE.on_both()
def empty_input(t, machine):
    t.exec(machine, program("copy")).expect(0, "", "0 bytes\n")


@SUITE.on_both()
def input_nobody_reads(t, machine):
    t.exec(machine, "helloworld-c", stdin=b"x" * (1 << 20)).expect(0, "Hello, World from C on WasmOS!\n", "")


@SUITE.on_both()
def answers_while_input_is_open(t, machine):
    """Output comes before the input's end: the two directions do not wait for each other."""
    p = t.start_exec(machine, program("wait-input"), stdin=subprocess.PIPE)
    first = p.stdout.readline()
    p.stdin.write(b"a line\n")
    p.stdin.flush()
    second = p.stdout.readline()
    p.stdin.close()
    if (first, second, p.wait()) != (b"waiting\n", b"got a line\n", 0):
        raise Failed("%r, %r, status %r" % (first, second, p.returncode))


@SUITE.on_both(sanitized=True)
def folders_come_and_go_back(t, machine):
    for name, data in (
        ("in.txt", "from the host\n"), ("sub/changed.txt", "old\n"), ("sub/kept.txt", "kept\n"),
        ("unwanted.txt", "x"), ("grows.txt", "first line\n"), ("with space/ü.bin", bytes(range(256))),
    ):
        write(t.folder, name, data)
    os.symlink("in.txt", os.path.join(t.folder, "link.txt"))
    kept = os.stat(os.path.join(t.folder, "sub/kept.txt")).st_mtime_ns
    result = t.exec(machine, "--dir", t.folder + "::/data", program("files"), "/data")
    result.expect(0, "read: from the host\ndone\n", "")
    for name, wanted in (
        ("in.txt", b"from the host\n"), ("new.txt", b"made in the guest\n"), ("sub/kept.txt", b"kept\n"),
        ("sub/changed.txt", b"changed in the guest\n"), ("folder/deep.txt", b"deep\n"), ("moved-to.txt", b"moved\n"),
        ("moved-from.txt", None), ("unwanted.txt", None), ("grows.txt", b"first line\nsecond line\n"),
        ("with space/ü.bin", bytes(range(256))),
    ):
        if read(t.folder, name) != wanted:
            raise Failed("%s holds %r instead of %r" % (name, read(t.folder, name), wanted))
    if os.readlink(os.path.join(t.folder, "link.txt")) != "in.txt":
        raise Failed("the symbolic link has changed")
    if os.stat(os.path.join(t.folder, "sub/kept.txt")).st_mtime_ns != kept:
        raise Failed("a file that was not changed was written")


@SUITE.on_both()
def two_folders(t, machine):
    for name in ("a/in.txt", "b/in.txt"):
        write(t.folder, name, name + "\n")
    dirs = ["--dir", t.folder + "/a::/one", "--dir", t.folder + "/b::/two/deep"]
    t.exec(machine, *dirs, program("stock", "wasi"), "list", "/two/deep").expect(0, "in.txt 9\n", "")
    t.exec(machine, *dirs, program("stock", "wasi"), "list", "/one").expect(0, "in.txt 9\n", "")


@SUITE.on_both(sanitized=True)
def the_time_limit(t, machine):
    begin = time.monotonic()
    result = t.exec(machine, "--timeout", "1", program("loop"))
    result.expect(124, "looping\n")
    if "time limit" not in result.err.decode():
        raise Failed("stderr does not give the reason\n" + result.show())
    t.note("%.1f s" % (time.monotonic() - begin))


@SUITE.on_both()
def the_time_limit_while_waiting(t, machine):
    p = t.start_exec(
        machine, "--timeout", "1", program("wait-input"), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    status = p.wait()
    if status != 124:
        raise Failed("status %d instead of 124: %r" % (status, p.stderr.read()))


@SUITE.on_both()
def the_time_limit_is_not_reached(t, machine):
    t.exec(machine, "--timeout", "50", "helloworld-c").expect(0, "Hello, World from C on WasmOS!\n", "")


@SUITE.on_both(sanitized=True)
def lines_of_the_shell(t, machine):
    t.exec(machine, "--sh", "fib 5").expect(0, "0\n1\n1\n2\n3\n")
    t.exec(machine, "--sh", "helloworld-c; fib 2").expect(0, "Hello, World from C on WasmOS!\n0\n1\n")


@SUITE.on_both(sanitized=True)
def more_cpus_and_memory(t, machine):
    t.exec(machine, "--smp", "4", "--mem", "256M", "helloworld-c").expect(0, "Hello, World from C on WasmOS!\n", "")


@SUITE.on_both()
def a_reader_that_goes_away(t, machine):
    """`exec … | head -n 1` ends, though the program writes for ever."""
    p = t.start_exec(machine, program("loop-write"), stdin=subprocess.DEVNULL)
    p.stdout.readline()
    p.stdout.close()
    if p.wait() != 141:
        raise Failed("status %d instead of 141" % p.returncode)


@SUITE.on_both()
def ctrl_c(t, machine):
    """One interrupt ends the program, with status 130."""
    p = t.start_exec(machine, program("loop"), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if p.stdout.readline() != b"looping\n":
        raise Failed("the program did not start: %r" % p.stderr.read())
    p.send_signal(signal.SIGINT)
    if p.wait() != 130:
        raise Failed("status %d instead of 130: %r" % (p.returncode, p.stderr.read()))


@SUITE.on_both()
def processes_in_proc(t, machine):
    """Programs see each other's memory, CPU time and compiled code."""
    out = t.exec(machine, "--sh", "fib 3; sysinfo").expect(0).out.decode()
    rows = re.findall(
        r"^(\d+) (\S+): (\d+) KiB, (\d+) microseconds; (\d+) of (\d+) functions compiled to (\d+) bytes in (\d+) micro", out,
        re.MULTILINE)
    if [(row[0], row[1]) for row in rows] != [("1", "cli-cpp"), ("3", "sysinfo")]:
        raise Failed("the shell and sysinfo were expected\n" + out)
    for _, name, memory, cpu, compiled, functions, size, compile_time in rows:
        if not (int(memory) and 0 < int(compiled) < int(functions) and int(size) >= int(compiled)):
            raise Failed("%s has impossible numbers\n%s" % (name, out))
        if int(compile_time) > int(cpu):
            raise Failed("%s: compiling took more than all of the CPU time\n%s" % (name, out))


def perf_map(t, words, variable):
    """The lines of perf's map that a host port leaves, None if it leaves none."""
    env = {name: value for name, value in os.environ.items() if name != "WASMOS_PERF_MAP"}
    p = t.start(
        machine_host([IMAGE]), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**env, **variable}
    )
    path = "/tmp/perf-%d.map" % p.pid
    try:
        out, _ = p.communicate(words)
        if p.returncode != 0:
            raise Failed("status %d\n%s" % (p.returncode, out.decode("utf-8", "replace")))
        with open(path, encoding="utf-8") as f:
            return f.read().splitlines()
    except FileNotFoundError:
        return None
    finally:
        if os.path.exists(path):
            os.unlink(path)


@SUITE.test()
def perf_map_of_compiled_functions(t):
    """WASMOS_PERF_MAP=1: address, size and name of each compiled function; they do not overlap."""
    lines = perf_map(t, b"fib 5\nexit\n", {"WASMOS_PERF_MAP": "1"})
    if lines is None:
        raise Failed("there is no map")
    ranges = {}
    for line in lines:
        found = re.fullmatch(r"([0-9a-f]+) ([0-9a-f]+) ([a-z0-9-]+)!(\S+)", line)
        if not found or int(found[2], 16) == 0:
            raise Failed("`%s` is no line of a map" % line)
        ranges.setdefault(found[3], []).append((int(found[1], 16), int(found[2], 16), found[4]))
    if sorted(ranges) != ["cli-cpp", "fib"] or not {"_start", "main"} & {name for _, _, name in ranges["fib"]}:
        raise Failed("functions of the shell and of fib were expected\n" + "\n".join(lines))
    for rows in ranges.values():
        rows.sort()
        for (at, size, name), (after, _, _) in zip(rows, rows[1:]):
            if at + size > after:
                raise Failed("%s overlaps the next function" % name)
    if perf_map(t, b"exit\n", {}) is not None:
        raise Failed("nobody has asked for a map")


@SUITE.test()
def unknown_programs(t):
    t.exec("host", "no-such-app").expect(127, "").expect_in_err("no-such-app")
    t.exec("host", "helowrld-c").expect(127, "").expect_in_err("helloworld-c")
    t.exec("host", "no-such-file.wasm").expect(127, "").expect_in_err("no-such-file.wasm")
    t.exec("host", "/bin/nothing-here").expect(127, "")


@SUITE.test()
def wrong_options(t):
    for words, text in (
        ([], "needs a program"), (["--timeout", "x", "fib"], "not a time"), (["--env", "A", "fib"], "K=V"),
        (["--dir", "/tmp", "fib"], "HOST::GUEST"), (["--dir", "/no/such::/x", "fib"], "/no/such"),
        (["--smp", "0", "fib"], "CPUs"), (["--mem", "1M", "fib"], "too small"), (["--tiemout", "3", "fib"], "--timeout"),
        (["--sh", "fib 3", "fib"], "too many"),
    ):
        t.foreman("exec", *words).expect(125, "").expect_in_err(text)
