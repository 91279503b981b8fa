"""The commands: what each takes, what its help says, and which module does it."""

import os
import sys

from .options import Option, count, names, number, parse, positive, seconds, size
from .ui import Problem, error, unknown

MACHINE = [
    Option("host", None, "run the kernel as a Linux process instead of in QEMU"),
    Option("smp", "N", "number of CPUs (default 1)", check=count),
    Option("mem", "SIZE", "memory, like 64M or 1G (default 512M)", check=size),
]


class Command:
    def __init__(self, name, usage, summary, text, options, run, interspersed=True):
        self.name, self.usage, self.summary, self.text = name, usage, summary, text
        self.options, self.run, self.interspersed = options, run, interspersed

    def help(self):
        lines = ["./foreman %s" % self.usage, "", self.text.strip(), ""]
        for o in self.options + [Option("help", None, "this text", short="h")]:
            left = "%s--%s%s" % ("-%s, " % o.short if o.short else "", o.name, " " + o.value if o.value else "")
            lines.append("    %-22s %s%s" % (left, o.help, "; may be repeated" if o.many else ""))
        return "\n".join(lines)


def run_run(values, words):
    from . import run

    if words:
        raise Problem("run takes no words; `./foreman exec %s` runs a program" % words[0], 2)
    return run.run(values)


def run_exec(values, words):
    from . import execute

    return execute.main(values, words)


def run_build(values, words):
    from . import builder

    builder.build(words, values.keep_going, values.force)
    return 0


def run_list(values, words):
    from . import new

    if words:
        raise Problem("list takes no words", 2)
    return new.print_list()


def run_abi(values, words):
    from . import abi_reference

    if words:
        raise Problem("abi takes no words", 2)
    print(abi_reference.markdown(), end="")
    return 0


def run_new(values, words):
    from . import new

    return new.create(words, values.lang)


def run_test(values, words):
    from . import testing

    return testing.main(words, values)


def run_bench(values, words):
    from . import bench

    return bench.main(words, values)


def run_conformance(values, words):
    from . import conformance

    return conformance.main(words, values)


def run_fuzz(values, words):
    from . import fuzz

    return fuzz.main(words, values)


COMMANDS = {
    c.name: c
    for c in (
        Command(
            "run",
            "run [--host] [--gui] [--smp N] [--mem SIZE]",
            "boot to the shell on this terminal",
            """
Installs what is missing, builds what is stale, boots, and connects this terminal to the console. `exit` in
the first shell powers off and returns here. In QEMU, Ctrl-] x ends the machine at any time.""",
            MACHINE + [Option("gui", None, "open a window with screen and keyboard (QEMU)")],
            run_run,
        ),
        Command(
            "exec",
            "exec [OPTIONS] [--] PROGRAM [ARG…]   or   exec [OPTIONS] --sh 'LINE'",
            "run one program and return its status",
            """
Boots headless and runs one program: an application of the image, or a path to a .wasm file. Standard input,
output and error pass through byte for byte. The status is the program's own; 134 after a trap, 124 after
the time limit, 125 where the system itself failed.""",
            MACHINE
            + [
                Option("timeout", "S", "end the program after S seconds, with status 124", check=seconds),
                Option("no-background", None, "compile nothing ahead on idle CPUs"),
                Option("env", "K=V", "set an environment variable", many=True),
                Option("dir", "HOST::GUEST", "give the program a folder of the host; changes come back", many=True),
                Option("sh", "LINE", "run a line of the shell instead of a program"),
            ],
            run_exec,
            interspersed=False,
        ),
        Command(
            "build",
            "build [APP or PART…] [--keep-going] [--force]",
            "build everything, or some of it",
            """
Without names: both kernels, the SDK, the applications and the image. Names are those of applications
(`./foreman list`) or of the parts kernel, host, host-asan, sdk, rust, as, apps, image, iso, tools, unit, unit-kernel,
programs.""",
            [
                Option("keep-going", None, "after an error, build what does not depend on it", short="k"),
                Option("force", None, "build again even what is up to date"),
            ],
            run_build,
        ),
        Command(
            "abi",
            "abi",
            "print the reference of the system's interface",
            "Prints what programs can import, and the error numbers, as Markdown, from the tables in abi/.",
            [],
            run_abi,
        ),
        Command("list", "list", "show the applications", "Shows each application's language and state.", [], run_list),
        Command(
            "new",
            "new NAME --lang c|cpp|rust|as",
            "make a new application",
            "Makes apps/NAME with an app.toml and a first source file, which builds, runs and passes its tests at once.",
            [Option("lang", "LANGUAGE", "c, cpp, rust or as (AssemblyScript)")],
            run_new,
        ),
        Command(
            "test",
            "test [SUITE or APP…]",
            "run the tests",
            """
Installs what is missing, builds, and runs all tests, the suites named, or the tests that an application declares in
its app.toml. The last line counts them.""",
            [
                Option("list", None, "show the suites"),
                Option("verbose", None, "show each test as it ends", short="v"),
                Option("only", "TEXT", "only tests with TEXT in their names"),
            ],
            run_test,
        ),
        Command(
            "bench",
            "bench [SUITE…]",
            "run the benchmarks",
            """
Runs the quick benchmarks (boot, sizes, build, programs), or those named. `engine` compares compiled code with
native code and other engines and takes a quarter of an hour, `compile` measures how fast modules are compiled,
`calls` what a call costs, `copies` what copies and fills do, `sdk` the SDK's libraries against wasi-libc and libc++;
the options are for these five.""",
            [
                Option("rounds", "N", "how often everything is measured (default 5)", check=positive),
                Option("programs", "A,B", "only these programs", check=names),
                Option("engines", "A,B", "only native and these engines", check=names),
                Option("quick", None, "one round of a few programs"),
            ],
            run_bench,
        ),
        Command(
            "conformance",
            "conformance libc|libcxx|floats [--source DIR] [--qemu] [--only TEXT] [--jobs J] [--sample N] [--seed S] [--all]",
            "run test suites of others against the SDK",
            """
`libc` compiles every test of musl's libc-test (math, functional, regression) with wasmos-cc, runs it, and prints how
many pass, what fails and what does not apply, each with its reason from tests/conformance. No package carries
libc-test: DIR is a checkout of its repository.
`libcxx` does that with libc++'s tests of the C++ library: 300 of them, or all. Without DIR they come with the
distribution's source package llvm-toolchain-19 at the first use (164 MB).
`floats` prints and reads a million random numbers, and compares with this machine's C library.""",
            [
                Option("source", "DIR", "the checkout (libc: or WASMOS_LIBC_TEST in the environment)"),
                Option("qemu", None, "run in QEMU instead of on the host port"),
                Option("only", "TEXT", "only tests with TEXT in their names"),
                Option("jobs", "J", "tests at once (default 2)", check=count),
                Option("count", "N", "floats: how many numbers (default 1,000,000)", check=number),
                Option("sample", "N", "libcxx: how many tests (default 300)", check=number),
                Option("seed", "S", "libcxx: which ones (default 1)", check=number),
                Option("all", None, "libcxx: all that apply"),
                Option("failed", None, "libcxx: only what failed the last time"),
            ],
            run_conformance,
        ),
        Command(
            "fuzz",
            "fuzz engine|csmith [--seconds N] [--seed S] [--generator NAME] [--jobs J] [--jit OPTIONS]",
            "compare the engine with others on random modules",
            """
Runs random modules in this engine, in V8 (npm) and in wasmtime (PyPI), and compares results, traps, memories and
globals. What they disagree about is kept in build/fuzz/findings and made smaller. `fuzz csmith [--count N]` compares
random C programs with native code instead.""",
            [
                Option("count", "N", "csmith: how many programs (default 100)", check=number),
                Option("seconds", "N", "for how long (default 60)", check=seconds),
                Option("seed", "S", "the first module's number (default 1)", check=number),
                Option("generator", "NAME", "smith, binaryen, pressure, or all (default)"),
                Option("jobs", "J", "batches at once (default 2)", check=count),
                Option("jit", "OPTIONS", "switches of the compiler, like gprs=3,no-gvn; '' for none (default: changing)"),
                Option("sanitize", None, "this engine under sanitizers, with its own checks"),
                Option("keep", None, "do not make findings smaller"),
            ],
            run_fuzz,
        ),
    )
}


def overview():
    lines = ["WasmOS: build it, boot it, run programs on it.", ""]
    lines += ["    ./foreman %-11s %s" % (c.name, c.summary) for c in COMMANDS.values()]
    lines += ["", "./foreman COMMAND --help tells more about one."]
    return "\n".join(lines)


def wants_help(command, words):
    """--help before the program's own words."""
    for word in words:
        if word in ("--help", "-h"):
            return True
        if word == "--" or (not command.interspersed and not word.startswith("-")):
            return False
    return False


def dispatch(words):
    if not words or words[0] in ("help", "--help", "-h"):
        topic = words[1] if len(words) > 1 else None
        if topic and topic not in COMMANDS:
            raise Problem(unknown("command", topic, COMMANDS), 2)
        print(COMMANDS[topic].help() if topic else overview())
        return 0
    if words[0] not in COMMANDS:
        raise Problem(unknown("command", words[0], COMMANDS), 2)
    command = COMMANDS[words[0]]
    if wants_help(command, words[1:]):
        print(command.help())
        return 0
    values, rest = parse(command.options, words[1:], command.interspersed)
    return command.run(values, rest)


def main(words):
    """The status that foreman ends with."""
    try:
        return dispatch(words)
    except Problem as e:
        error(str(e))
        return 125 if words[:1] == ["exec"] else e.status
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
