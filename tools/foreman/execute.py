"""`exec`: one program, one boot."""

import os
import signal
import socket
import sys
import tarfile
import tempfile
import time

from . import builder, link, machine, packages, toolchains
from .apps import discover
from .job import Job, WriteBack
from .paths import HOST, IMAGE, ROOT
from .ui import Problem, error, unknown

STATUS_TIME_LIMIT, STATUS_SYSTEM, STATUS_NOT_FOUND, STATUS_PIPE = 124, 125, 127, 141
BACKSTOP_S = 20.0   # beyond --timeout, for the boot; then the machine itself is ended
SHELL = "cli-cpp"


def read_env(words):
    for word in words:
        if "=" not in word[1:]:
            raise Problem("--env: `%s` is not K=V" % word)
    return words


def read_dirs(words):
    result = []
    for word in words:
        host, mark, guest = word.partition("::")
        if not mark or not guest.startswith("/"):
            raise Problem("--dir: `%s` is not HOST::GUEST with an absolute path for GUEST" % word)
        if not os.path.isdir(host):
            raise Problem("--dir: there is no folder `%s`" % host)
        result.append((os.path.abspath(host), guest))
    return result


def make_job(values, words):
    env, dirs = read_env(values.env), read_dirs(values.dir)
    if values.sh is not None:
        if words:
            raise Problem("--sh runs a line of the shell; `%s` is one word too many" % words[0])
        return Job([SHELL, "-c", values.sh], env, values.timeout, None, dirs)
    if not words:
        raise Problem("exec needs a program: ./foreman exec [OPTIONS] PROGRAM [ARG…]")
    program = words[0]
    if program.endswith(".wasm"):
        if not os.path.isfile(program):
            raise Problem("there is no file `%s`" % program, STATUS_NOT_FOUND)
        return Job([os.path.basename(program)] + words[1:], env, values.timeout, program, dirs)
    if "/" not in program:
        check_name(program)
    return Job(words, env, values.timeout, None, dirs)


def check_name(name):
    apps = discover()
    toolchains.check(apps)
    for a in apps:
        if a.name == name and a.lacking:
            raise Problem("`%s` is not in the image: %s" % (name, a.lacking), STATUS_NOT_FOUND)
    known = [a.name for a in apps]
    folder = os.path.join(ROOT, "rootfs", "bin")
    if os.path.isdir(folder):
        known += [n[: -len(".wasm")] for n in os.listdir(folder) if n.endswith(".wasm")]
    if name not in known:
        raise Problem(unknown("application", name, known), STATUS_NOT_FOUND)


def start_machine(values, modules, joined, room):
    """(process, our end of the link). `room`: bytes of all archives, to choose the memory by."""
    ours, theirs = socket.socketpair()
    fd = theirs.fileno()
    mem = values.mem or max(machine.DEFAULT_MEM, (256 << 20) + 3 * room)
    words = "log=info" + (" background=off" if values.no_background else "")
    if values.host:
        binary = os.environ.get("WASMOS_HOST", HOST)
        command = machine.host(modules, words, mem, values.smp, binary) + ["--link", str(fd)]
    else:
        machine.join_archives(modules, joined)
        command = machine.qemu(joined.name, words, mem, values.smp)
        command += ["-chardev", "file,id=log,path=/dev/stdout", "-serial", "chardev:log"]
        command += ["-chardev", "socket,id=link,fd=%d" % fd, "-device", "virtio-serial-pci"]
        command += ["-device", "virtconsole,chardev=link"]
    process = machine.start(
        command, pass_fds=[fd], stdin=machine.subprocess.DEVNULL, stdout=machine.subprocess.PIPE,
        stderr=machine.subprocess.STDOUT,
    )
    theirs.close()
    return process, ours


def handle_signals(pump, process):
    def interrupted(_number, _frame):
        pump.interrupt()

    def ended(number, _frame):
        process.kill()
        sys.stderr.flush()
        os._exit(128 + number)

    signal.signal(signal.SIGINT, interrupted)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ended)


def run_job(job, values):
    """Boots, runs, returns the status for foreman to end with."""
    with tempfile.NamedTemporaryFile(prefix="wasmos-job-") as archive, tempfile.NamedTemporaryFile(
        prefix="wasmos-boot-"
    ) as joined:
        job.write(archive)
        archive.flush()
        room = archive.tell() + os.path.getsize(IMAGE)
        process, ours = start_machine(values, [IMAGE, archive.name], joined, room)
        deadline = time.monotonic() + job.timeout_s + BACKSTOP_S if job.timeout_s else None
        pump = link.Pump(process, ours, deadline)
        handle_signals(pump, process)
        try:
            status = pump.run()
        except BrokenPipeError:
            process.kill()
            process.wait()
            return STATUS_PIPE
        except link.Broken as e:
            process.kill()
            process.wait()
            return system_failed(pump, "the system sent %s" % e)
        finally:
            ours.close()
        return conclude(job, pump, status)


def conclude(job, pump, status):
    if pump.timed_out:
        error("the time limit passed and the system did not end the program; the machine was stopped")
        return STATUS_TIME_LIMIT
    if status == machine.PANIC_STATUS:
        return system_failed(pump, "the system panicked")
    if pump.status is None:
        if pump.interrupts > 1:
            return 128 + signal.SIGINT
        return system_failed(pump, "the machine stopped (status %d) before the program did" % status)
    back = WriteBack(job.dirs)
    try:
        for path in pump.removed:
            back.remove(path)
        if pump.spool.tell():
            pump.spool.seek(0)
            back.unpack(pump.spool)
    except (OSError, ValueError, tarfile.TarError) as e:
        return system_failed(pump, "the changed files could not be written back: %s" % e)
    return pump.status & 0xFF


def system_failed(pump, what):
    text = pump.log.decode("utf-8", "replace").strip()
    if text:
        sys.stderr.write("%s\n" % text)
    error(what)
    return STATUS_SYSTEM


def main(values, words):
    try:
        job = make_job(values, words)
    except Problem as e:
        error(str(e))
        return STATUS_NOT_FOUND if e.status == STATUS_NOT_FOUND else STATUS_SYSTEM
    if not os.environ.get("WASMOS_NO_BUILD"):
        need = [] if values.host else packages.RUNNING
        builder.build(["host" if values.host else "kernel", "image"], need=need)
    return run_job(job, values)
