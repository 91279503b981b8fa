"""foreman itself: its readers, its messages, `new` and `list`, and that nothing from a guest leaves its folder."""

import io
import os
import re
import shutil
import tarfile

from foreman import abi, apps, bench_engine, bench_programs, conformance_table, link, options, packages, toml
from foreman.job import Job, WriteBack
from foreman.paths import BUILD, ROOT
from foreman.testing import Failed, Suite
from foreman.ui import Problem

from .common import PARTS, read, write

SUITE = Suite("the command-line entry", parts=PARTS)


def equal(got, wanted):
    if got != wanted:
        raise Failed("%r instead of %r" % (got, wanted))


def refuses(kind, text, function, *arguments):
    """The function must raise `kind` with `text` in its message."""
    try:
        result = function(*arguments)
    except kind as e:
        if text not in str(e):
            raise Failed("the message lacks `%s`: %s" % (text, e)) from None
        return
    raise Failed("%r was accepted: %r" % (arguments, result))


@SUITE.test()
def reads_toml(t):
    text = '# c\nname = "a\\n\\u00fc" # more\nlist = [\n "x", # y\n \'\\z\',\n]\nn = -1_0\nyes = true\r\nempty = []\n'
    equal(toml.parse(text), {"name": "a\nü", "list": ["x", "\\z"], "n": -10, "yes": True, "empty": []})
    equal(toml.parse(""), {})
    equal(toml.parse('a = 1\n[[t]]\na = """\nb\n "" c"""\n[[ t ]] # d\n'), {"a": 1, "t": [{"a": 'b\n "" c'}, {}]})
    for bad, why in (
        ("name", "`=`"), ("name =", "value"), ('a = "x', "not closed"), ('a = "x"\na = "y"', "line 2"), ("[t]\n", "tables"),
        ('a = ["x"', "`]`"), ('a = ["x" "y"]', "`,`"), ('a = "\\q"', "escape"), ("a = 1 2", "followed"), ('= "x"', "key"),
        ('a = "\\u12"', "escape"), ("a = [[]]", "inside"), ("a = 1\n[[a]]\n", "twice"), ("[[a]] b", "followed"),
        ('b = 1\na = """x"\ny', "line 2: the string is not closed"), ("[[a]]\nb = 1\n[[a]]\nb = 1\nb = 2", "line 5"),
    ):
        refuses(toml.TomlError, why, toml.parse, bad)


@SUITE.test()
def reads_option_lines(t):
    known = [
        options.Option("host", None, ""), options.Option("env", "K=V", "", many=True),
        options.Option("smp", "N", "", check=options.count),
    ]
    values, rest = options.parse(known, ["--host", "--env=A=1", "--env", "B", "x", "--host", "--no"], False)
    equal((values.host, values.env, rest), (True, ["A=1", "B"], ["x", "--host", "--no"]))
    values, rest = options.parse(known, ["a", "--smp", "4", "--", "--host"])
    equal((values.host, values.smp, rest), (False, 4, ["a", "--host"]))
    for words, why in (
        (["--hots"], "--host"), (["--smp"], "needs a value"), (["--smp", "x"], "number of CPUs"), (["--host=1"], "no value"),
    ):
        refuses(Problem, why, options.parse, known, words)
    equal(options.size("--mem", "64M"), 64 << 20)
    equal(options.size("--mem", "2g"), 2 << 30)
    equal(options.size("--mem", "32"), 32 << 20)


@SUITE.test()
def reads_conformance_tables(t):
    table = conformance_table.Table("# c\n[fork] no fork\na/b c  # d\n[fails]\nx/y rounds the wrong way\n")
    equal((table.rule, table.fails), ({"a/b": "fork", "c": "fork"}, {"x/y": "rounds the wrong way"}))
    equal(table.reasons["fork"], "no fork")
    for bad, why in (
        ("[fork]\n", "reason"), ("a\n", "before the first"), ("[fails]\nx\n", "for which"), ("[f] r\na\na\n", "twice"),
        ("[f] r\na\n[fails]\na b\n", "twice"),
    ):
        refuses(Problem, why, conformance_table.Table, bad)
    for words, why in (
        ([], "one suite"), (["libv"], "libc"), (["libc", "--jobs", "0"], "number of CPUs"),
        (["libc", "--source", t.folder], "no checkout"),
    ):
        t.foreman("conformance", *words).expect(2).expect_in_err(why)


@SUITE.test()
def reads_bench_lines(t):
    """What does not make sense is said before anything is built, fetched or measured."""
    equal(options.names("--programs", "a,b,"), ["a", "b"])
    equal(options.positive("--rounds", "7"), 7)
    for words, why in (
        (["engin"], "engine"), (["engine", "--rounds", "0"], "1 to 1000"), (["engine", "--programs", ","], "names nothing"),
        (["boot", "--quick"], "bench engine"), (["--rounds", "3"], "bench engine"),
        (["engine", "--programs", "sqlit"], "sqlite"), (["engine", "--engines", "v9"], "V8"),
        (["calls", "--programs", "gemm"], "bench engine"), (["compile", "--engines", "wasmtim"], "wasmtime"),
    ):
        t.foreman("bench", *words).expect(2).expect_in_err(why)
    equal([p.name for p in bench_programs.choose(["core", "gemm"])], ["core", "gemm"])
    equal(round(bench_engine.mean([2.0, 8.0]), 9), 4.0)
    equal(bench_engine.mean([]), None)


class Tree:
    """A copy of foreman with its own apps/; everything else is the real tree."""

    def __init__(self, folder):
        self.root = os.path.join(folder, "tree")
        os.makedirs(os.path.join(self.root, "apps"))
        shutil.copytree(os.path.join(ROOT, "tools"), os.path.join(self.root, "tools"))
        shutil.copy(os.path.join(ROOT, "foreman"), self.root)
        for name in ("abi", "base", "docs", "kernel", "rootfs", "sdk", "tests", "wasm"):
            if os.path.exists(os.path.join(ROOT, name)):
                os.symlink(os.path.join(ROOT, name), os.path.join(self.root, name))

    def take_what_is_built(self):
        """The SDK's libraries, which then need not be built again, the host port and AssemblyScript's compiler."""
        for name in ("sdk", "obj/wasm/sdk"):
            shutil.copytree(os.path.join(BUILD, name), os.path.join(self.root, "build", name))
        for name in (".ninja_log", ".ninja_deps"):
            shutil.copy(os.path.join(BUILD, name), os.path.join(self.root, "build"))
        for name in ("host", "as"):
            os.symlink(os.path.join(BUILD, name), os.path.join(self.root, "build", name))

    def app(self, name, text, source="int main(void) { return 0; }\n"):
        write(self.root, "apps/%s/app.toml" % name, text)
        write(self.root, "apps/%s/src/main.c" % name, source)

    def foreman(self, t, *words):
        return t.run([os.path.join(self.root, "foreman"), *words], cwd=self.root)


@SUITE.test()
def wrong_app_toml(t):
    """Every mistake is named with its file, and says what to do."""
    cases = {
        "no-language": ('description = "x"', "add `language"), "typo": ('language = "c"\nsorces = ["x"]', "sources"),
        "kind": ('language = "c"\nflags = "x"', "list"), "pascal": ('language = "pascal"', "unknown language"),
        "near": ('language = "rest"', "unknown language `rest`. Did you mean `rust`?"),
        "other-word": ('language = "TypeScript"', "unknown language `TypeScript`. Write `as`."),
        "not-a-name": ('language = 3', "`language` must be a \"string\""), "no-files": ('language = "cpp"\nsources = []', "no source file"),
        "no-main-as": ('language = "as"\nsources = ["src/*.ts"]', "src/main.ts is missing"),
        "linked": ('language = "as"\nlink_flags = ["-s"]', "`link_flags` is for applications in c, cpp, rust"),
        "no-main": ('language = "rust"\nsources = ["src/*.rs"]', "src/main.rs is missing"),
        "only-c": ('language = "rust"\nlibc = "wasi"', "`libc` is for applications in c, cpp"),
        "only-rust": ('language = "c"\nno_std = true', "`no_std` is for applications in rust"),
        "syntax": ('language = c', "line 1"),
        "name-bad": ('name = "No Spaces"\nlanguage = "c"', "not usable"),
        "outside": ('language = "c"\nsources = ["../x.c"]', "leaves"), "nothing": ('language = "c"\nsources = ["lib/**"]', "matches"),
        "libc": ('language = "c"\nlibc = "musl"', "unknown libc"), "twin-a": ('name = "twin"\nlanguage = "c"', "twice"),
        "twin-b": ('name = "twin"\nlanguage = "c"', "twice"),
        "no-list": ('language = "c"\ntest = ["x"]', "[[test]]"),
        "test-typo": ('language = "c"\n[[test]]\n[[test]]\nstdoud = "x"', "number 2: unknown key `stdoud`. Did you mean `stdout`?"),
        "test-kind": ('language = "c"\n[[test]]\nstatus = "x"', "`status` must be a number"),
        "test-bool": ('language = "c"\n[[test]]\nstatus = true', "`status` must be a number"),
        "test-status": ('language = "c"\n[[test]]\nstatus = 256', "0 to 255"),
        "test-both": ('language = "c"\n[[test]]\nstdout = ""\nstdout_matches = "x"', "exclude"),
        "test-regex": ('language = "c"\n[[test]]\nstderr_matches = "("', "regular expression"),
        "test-dir": ('language = "c"\n[[test]]\ndirs = ["../x::/x"]', "dirs"),
    }
    tree = Tree(t.folder)
    for name, (text, _) in cases.items():
        tree.app(name, text)
    write(tree.root, "apps/no-main/src/other.rs", "")
    write(tree.root, "apps/no-main-as/src/other.ts", "")
    os.mkdir(os.path.join(tree.root, "apps", "empty"))
    result = tree.foreman(t, "list")
    result.expect(1).expect_in_err("apps/empty/app.toml: is missing")
    err = result.err.decode()
    for name, (_, why) in cases.items():
        if not any("apps/%s/app.toml" % name in line and why in line for line in err.splitlines()):
            raise Failed("nothing says `%s` about %s\n%s" % (why, name, result.show()))
    tree.foreman(t, "build", "typo").expect(1).expect_in_err("apps/typo/app.toml", "sources")


@SUITE.test(limit_s=300)
def new_applications_run_at_once(t):
    """Each language's starter builds, runs and passes its own tests; what is there is never overwritten."""
    tree = Tree(t.folder)
    tree.take_what_is_built()
    for language in apps.LANGUAGES:
        name = "first-" + language
        tree.foreman(t, "new", name, "--lang", language).expect(0).expect_in_err("./foreman test " + name)
        tree.foreman(t, "new", name, "--lang", language).expect(1).expect_in_err("already", "apps/%s/app.toml" % name)
    tree.foreman(t, "build", "image").expect(0)
    for language in apps.LANGUAGES:
        name = "first-" + language
        result = tree.foreman(t, "exec", "--host", name, "x").expect(0, None, "")
        result.expect_in_out("Hello from first-%s" % language, "argument 1: x\n")
        tree.foreman(t, "test", name, "--only", "host").expect(0).expect_in_out("\n2 passed, 0 failed\n")
    tree.foreman(t, "list").expect(0).expect_in_out("first-c", "first-cpp", "built")
    write(tree.root, "apps/first-c/src/main.c", "int main(void) { return 1; }\n")
    tree.foreman(t, "list").expect(0).expect_in_out("stale")
    tree.foreman(t, "build", "image").expect(0)
    result = tree.foreman(t, "test", "first-c", "--only", "host").expect(1)
    result.expect_in_out("status 0 was expected", "status 1", "failed: apps/first-c/you/host", "0 passed, 2 failed")


@SUITE.test()
def what_new_refuses(t):
    tree = Tree(t.folder)
    tree.app("other-folder", 'name = "taken"\nlanguage = "c"')
    os.mkdir(os.path.join(tree.root, "apps", "folder"))
    os.symlink("nowhere", os.path.join(tree.root, "apps", "link"))
    for words, status, why in (
        (["x"], 2, "--lang"), (["x", "--lang", "assembly"], 2, "unknown language"), (["x", "--lang", "c++"], 2, "Write `cpp`."),
        (["x", "--lang", "cp"], 2, "Did you mean `cpp`?"), (["Bad Name", "--lang", "c"], 2, "not usable"), ([], 2, "one name"),
        (["../x", "--lang", "c"], 2, "not usable"), (["kernel", "--lang", "c"], 2, "another name"), (["boot", "--lang", "c"], 2, "another name"),
        (["taken", "--lang", "c"], 1, "apps/other-folder/app.toml"), (["folder", "--lang", "c"], 1, "apps/folder"),
        (["link", "--lang", "c"], 1, "apps/link exists already"),
    ):
        tree.foreman(t, "new", *words).expect(status).expect_in_err(why)
    equal(sorted(os.listdir(os.path.join(tree.root, "apps"))), ["folder", "link", "other-folder"])


@SUITE.test()
def tests_of_applications_are_found(t):
    tree = Tree(t.folder)
    tree.app("untested", 'language = "c"')
    tree.foreman(t, "test", "untested").expect(2).expect_in_err("[[test]]", "apps/untested/app.toml")
    tree.foreman(t, "test", "untestd").expect(2).expect_in_err("Did you mean `untested`?")
    tree.app("bad", 'language = "c"\nflags = 1')
    tree.foreman(t, "test", "bad").expect(1).expect_in_out("`flags` must be", "0 passed, 1 failed")


@SUITE.test(limit_s=300)
def a_machine_without_rust(t):
    """What is missing is named, and everything else is built."""
    tree = Tree(t.folder)
    tree.take_what_is_built()
    tree.app("right", 'language = "c"')
    write(tree.root, "apps/rusty/app.toml", 'language = "rust"\n')
    write(tree.root, "apps/rusty/src/main.rs", "fn main() {}\n")
    env = {"WASMOS_RUSTC": "/nowhere/rustc"}
    for words, status in ((["build", "rusty"], 1), (["build", "apps"], 0)):
        result = t.run([os.path.join(tree.root, "foreman"), *words], cwd=tree.root, env=env).expect(status, "")
        result.expect_in_err("apt-get install", "rustc", "libstd-rust-dev-wasm32")
    built = [os.path.exists(os.path.join(tree.root, "build", "apps", n + ".wasm")) for n in ("right", "rusty")]
    equal(built, [True, False])
    tree.foreman(t, "build", "rusty").expect(0)


def without(t, *names):
    """A PATH that lacks some tools."""
    folder = os.path.join(t.folder, "bin")
    os.mkdir(folder)
    for place in os.environ["PATH"].split(":"):
        for name in os.listdir(place) if os.path.isdir(place) else []:
            if name not in names and not os.path.lexists(os.path.join(folder, name)):
                os.symlink(os.path.join(place, name), os.path.join(folder, name))
    return folder


@SUITE.test(limit_s=120)
def a_machine_without_node(t):
    """Everything else is built; and where npm reaches nothing, its message is shown with what to do."""
    tree = Tree(t.folder)
    tree.take_what_is_built()
    os.remove(os.path.join(tree.root, "build", "as"))
    tree.app("right", 'language = "c"')
    write(tree.root, "apps/scripted/app.toml", 'language = "as"\n')
    write(tree.root, "apps/scripted/src/main.ts", "console.log(1);\n")
    path = without(t, "node", "npm")
    foreman, right = os.path.join(tree.root, "foreman"), os.path.join(tree.root, "build", "apps", "right.wasm")
    for words, status in ((["build", "scripted"], 1), (["build", "as"], 1), (["build", "apps"], 0), (["list"], 0)):
        result = t.run([foreman, *words], cwd=tree.root, env={"PATH": path}).expect(status)
        result.expect_in_err("apt-get install", "nodejs", "npm")
        equal(os.path.exists(right), words[1:] == ["apps"] or words == ["list"])
    t.run([foreman, "exec", "--host", "scripted"], cwd=tree.root, env={"PATH": path}).expect(127, "").expect_in_err("nodejs")
    for name, text in (("node", "exit 0"), ("npm", "echo 'npm error: the network is down'; exit 1")):
        write(path, name, "#!/bin/sh\n%s\n" % text)
        os.chmod(os.path.join(path, name), 0o755)
    os.remove(right)
    for words, status in ((["build", "scripted"], 1), (["build", "apps"], 0)):
        result = t.run([foreman, *words], cwd=tree.root, env={"PATH": path}).expect(status)
        result.expect_in_err("the network is down", "connection to npm's registry")
    equal(os.path.exists(right), True)


@SUITE.test(limit_s=120)
def imported_files_are_followed(t):
    """A program in AssemblyScript is built again when a file that it imports has changed, and only then."""
    tree = Tree(t.folder)
    tree.take_what_is_built()
    write(tree.root, "apps/parted/app.toml", 'language = "as"\n')
    write(tree.root, "apps/parted/src/main.ts", 'import { status } from "./more/part";\nprocess.exit(status());\n')
    for status in (3, 4):
        write(tree.root, "apps/parted/src/more/part.ts", "export function status(): i32 { return %d; }\n" % status)
        tree.foreman(t, "list").expect(0).expect_in_out("stale" if status == 4 else "not built")
        tree.foreman(t, "build", "parted").expect(0)
        tree.foreman(t, "list").expect(0).expect_in_out(" built")
        t.exec("host", os.path.join(tree.root, "build", "apps", "parted.wasm")).expect(status, "", "")
    write(tree.root, "apps/parted/src/more/part.ts", "export function status(): i32 { return five; }\n")
    tree.foreman(t, "build", "parted").expect(1).expect_in_err("TS2304", "apps/parted/src/more/part.ts(1,40)", "five")


@SUITE.test(limit_s=120)
def errors_are_shown_whole(t):
    """And --keep-going builds the others."""
    tree = Tree(t.folder)
    tree.take_what_is_built()
    tree.app("wrong", 'language = "c"', "int main(void) { return missing_name; }\n")
    write(tree.root, "apps/wrong/src/other.c", "int other(void) { return also_missing; }\n")
    tree.app("right", 'language = "c"', "int main(void) { return 3; }\n")
    result = tree.foreman(t, "build", "apps", "--keep-going").expect(1)
    result.expect_in_err("missing_name", "also_missing", "apps/wrong/src/main.c:1", "2 commands")
    for text in ("use of undeclared identifier 'missing_name'", "undeclared identifier 'also_missing'", "return missing_name"):
        equal((text, result.err.decode().count(text)), (text, 1))
    if "-Wextra" in result.err.decode():
        raise Failed("the command itself is shown\n" + result.show())
    t.exec("host", os.path.join(tree.root, "build", "apps", "right.wasm")).expect(3)


@SUITE.test(limit_s=120)
def errors_of_the_linker_name_symbol_and_place(t):
    tree = Tree(t.folder)
    tree.take_what_is_built()
    tree.app("linked-c", 'language = "c"', "int not_there(int);\nint main(void) { return not_there(1); }\n")
    write(tree.root, "apps/linked-cpp/app.toml", 'language = "cpp"\n')
    write(tree.root, "apps/linked-cpp/src/main.cpp", "struct S { int gone(int); };\nint main() { return S().gone(1); }\n")
    tree.app("twice", 'language = "c"', "int twice = 1;\nint main(void) { return 0; }\n")
    write(tree.root, "apps/twice/src/other.c", "int twice = 2;\n")
    for name, texts in (
        ("linked-c", ["undefined symbol: not_there", "apps/linked-c/src/main.c"]),
        ("linked-cpp", ["undefined symbol: S::gone(int)", "apps/linked-cpp/src/main.cpp"]),
        ("twice", ["duplicate symbol: twice", "apps/twice/src/main.c", "apps/twice/src/other.c"]),
    ):
        result = tree.foreman(t, "build", name).expect(1, "").expect_in_err(*texts)
        equal(result.err.decode().count(texts[0]), 1)


@SUITE.test(limit_s=120)
def programs_over_wasi_libc(t):
    """`libc = "wasi"` takes the distribution's libraries instead of the SDK's."""
    tree = Tree(t.folder)
    tree.take_what_is_built()
    settings = 'libc = "wasi"\nflags = ["-DNUMBER=3"]\n[[test]]\nargs = ["x"]\nstatus = 3\nstdout = "%s: 2 words, 3\\n"\n'
    tree.app("stock-c", 'language = "c"\n' + settings % "c", """\
#include <stdio.h>
#ifdef __wasmos__
#error "that is the SDK"
#endif
int main(int argc, char **argv) { printf("c: %d words, %zu\\n", argc, sizeof(char[NUMBER])); return argv[1] ? NUMBER : 0; }
""")
    write(tree.root, "apps/stock-cpp/app.toml", 'language = "cpp"\n' + settings % "cpp")
    write(tree.root, "apps/stock-cpp/src/part.cpp", "#include <string>\nstd::string name() { return \"cpp\"; }\n")
    write(tree.root, "apps/stock-cpp/src/main.cpp", """\
#include <iostream>
#include <string>
#include <vector>
#ifndef _LIBCPP_VERSION
#error "this is not libc++"
#endif
std::string name();
int main(int argc, char **argv)
{
    std::vector<std::string> words(argv, argv + argc);
    std::cout << name() << ": " << words.size() << " words, " << NUMBER << std::endl;
    return NUMBER;
}
""")
    for name in ("stock-c", "stock-cpp"):
        tree.foreman(t, "build", name).expect(0)
        t.exec("host", os.path.join(tree.root, "build", "apps", name + ".wasm"), "x").expect(
            3, "%s: 2 words, 3\n" % name[len("stock-") :], "")


@SUITE.test(limit_s=120)
def a_machine_without_clang(t):
    """Nothing can be built, and the message has the line that changes it."""
    tree = Tree(t.folder)
    tree.app("right", 'language = "c"')
    path = without(t, *(p.sign for p in packages.BUILDING if "/" not in p.sign))
    for words in (["build"], ["build", "right"], ["list"]):
        result = t.run([os.path.join(tree.root, "foreman"), *words], cwd=tree.root, env={"PATH": path}).expect(1, "")
        result.expect_in_err("missing: ", "(compiles the kernel and the applications)", "apt-get install", "lld-", "ninja-build")


@SUITE.test(limit_s=120)
def a_second_build_has_nothing_to_do(t):
    built = t.foreman("build").expect(0)
    if b"build:" in built.err:
        raise Failed("something was built again\n" + built.show())
    t.note("%.2f s" % built.seconds)


@SUITE.test()
def words_it_does_not_know(t):
    t.foreman("biuld").expect(2, "").expect_in_err("build")
    t.foreman("build", "--froce").expect(2, "").expect_in_err("--force")
    t.foreman("build", "no-such-app").expect(1, "").expect_in_err("no-such-app")
    t.foreman("build", "helowrld-c").expect(1, "").expect_in_err("helloworld-c")
    t.foreman("test", "bots").expect(2, "").expect_in_err("boot")
    t.foreman("run", "--smp", "none").expect(2, "").expect_in_err("CPUs")
    t.foreman().expect(0).expect_in_out("run", "exec", "build", "list", "new", "test", "bench")
    for command in ("run", "exec", "build", "list", "new", "test", "bench"):
        t.foreman(command, "--help").expect(0, None, "").expect_in_out("./foreman " + command)
        t.foreman("help", command).expect(0, None, "").expect_in_out("./foreman " + command)


@SUITE.test()
def the_reference_of_the_interface(t):
    """Every row of abi/ is in it, with its types; nothing else looks like a call."""
    text = t.foreman("abi").expect(0, None, "").out.decode()
    for line in (
        "- `fd_seek(fd: i32, delta: i64, whence: i32, out_offset: i32) -> i32`<br>moves the offset (0 set, 1 current, 2 end)",
        "- `kill(pid: i32, signal: i32) -> i32`<br>signal (2: interrupt, 9: kill)",
        "- `putchar(byte: i32)`<br>to standard output", "| 44 | `ENOENT` | No such file or directory |", "| 8 | `memory_total` |",
    ):
        if line not in text.splitlines():
            raise Failed("the reference lacks `%s`" % line)
    for table in abi.MODULES:
        equal("\n## Module `%s`\n" % abi.MODULES[table] in text, True)
    listed = re.findall(r"^- `([\w-]+)\(", text, re.M)
    equal(listed, [row[-3] for table in abi.MODULES for row in abi.rows(table)])
    t.foreman("abi", "x").expect(2, "").expect_in_err("takes no words")


@SUITE.test(limit_s=120)
def the_first_programs_of_the_manual(t):
    """What docs/sdk.md shows compiles as it says, and does what it seems to."""
    with open(os.path.join(ROOT, "docs", "sdk.md"), encoding="utf-8") as f:
        text = f.read()
    programs = re.findall(r"^```(c|cpp|rust|ts)\n(.*?)^```\n\n    sdk/bin/(\S+) (.*?) && ", text, re.M | re.S)
    wanted = {
        "c": "Hello from hello.wasm!\n", "cpp": "hello.wasm\n", "rust": "ONE\nTWO\n", "ts": "2 lines\n",
    }
    equal([p[0] for p in programs], list(wanted))
    for language, source, wrapper, words in programs:
        write(t.folder, re.search(r"hello\.\w+", words)[0], source)
        t.run([os.path.join(ROOT, "sdk", "bin", wrapper), *words.split()], cwd=t.folder).expect(0, "", "")
        t.exec("host", os.path.join(t.folder, "hello.wasm"), stdin=b"one\ntwo\n").expect(0, wanted[language], "")
        os.remove(os.path.join(t.folder, "hello.wasm"))


@SUITE.test()
def archives_are_the_same_every_time(t):
    """Also when the files' times differ; and they are ustar, which the kernel reads."""
    tool = os.path.join(ROOT, "tools", "foreman", "image.py")
    archives = []
    for turn in range(2):
        write(t.folder, "x.wasm", b"\0asm")
        write(t.folder, "rootfs/etc/motd", "welcome\n")
        os.utime(os.path.join(t.folder, "x.wasm"), (turn * 1000, turn * 1000))
        t.run(["python3", tool, "image.tar", "x.wasm", "rootfs/etc/motd"], cwd=t.folder).expect(0)
        archives.append(read(t.folder, "image.tar"))
    equal(archives[0] == archives[1], True)
    equal(archives[0][257:265], b"ustar\x0000")
    with tarfile.open(fileobj=io.BytesIO(archives[0])) as tar:
        equal(tar.getnames(), ["bin", "bin/x.wasm", "etc", "etc/motd"])


@SUITE.test()
def job_archives_say_what_to_run(t):
    write(t.folder, "d/sub/f", "x")
    out = io.BytesIO()
    Job(["p.wasm", "ä", ""], ["A=1"], 1.5, None, [(os.path.join(t.folder, "d"), "/data")]).write(out)
    out.seek(0)
    with tarfile.open(fileobj=out) as tar:
        content = {m.name: tar.extractfile(m).read() if m.isreg() else None for m in tar}
    equal(content["job/args"], "p.wasm\0ä\0\0".encode())
    equal((content["job/env"], content["job/timeout_ms"], content["job/dirs"]), (b"A=1\0", b"1500", b"/data\0"))
    equal(content["job/dir/0/sub/f"], b"x")


def tar_of(entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data, target in entries:
            info = tarfile.TarInfo(name)
            if target is not None:
                info.type, info.linkname = tarfile.SYMTYPE, target
            elif data is None:
                info.type = tarfile.DIRTYPE
            else:
                info.size = len(data)
            tar.addfile(info, io.BytesIO(data or b""))
    out.seek(0)
    return out


@SUITE.test()
def a_hostile_guest_stays_in_its_folder(t):
    """Files that come back are never written through links or `..`."""
    inside = os.path.join(t.folder, "inside")
    write(t.folder, "outside/victim", "untouched")
    os.mkdir(inside)
    os.symlink("../outside", os.path.join(inside, "way-out"))
    os.symlink("../outside/victim", os.path.join(inside, "file-link"))
    back = WriteBack([(inside, "/x")])
    for entries in (
        [("0/../outside/victim", b"bad", None)], [("0/way-out/victim", b"bad", None)], [("1/victim", b"bad", None)],
        [("0/new", None, "../outside"), ("0/new/victim", b"bad", None)], [("/etc/x", b"bad", None)], [("victim", b"bad", None)],
    ):
        try:
            back.unpack(tar_of(entries))
        except (OSError, ValueError):
            continue
        raise Failed("%r was unpacked" % entries)
    for path in ("0/../outside/victim", "0/way-out/victim", "0", "7/x"):
        try:
            back.remove(path)
        except (OSError, ValueError):
            continue
        raise Failed("%s was removed" % path)
    # a link that the guest replaced by a file is replaced, not followed; a removed link is only a link
    back.unpack(tar_of([("0/file-link", b"new", None), ("0/a/b/c", b"deep", None), ("0/d", None, None)]))
    back.remove("0/way-out")
    equal(read(t.folder, "outside/victim"), b"untouched")
    equal((read(inside, "file-link"), read(inside, "a/b/c")), (b"new", b"deep"))
    equal(sorted(os.listdir(inside)), ["a", "d", "file-link", "new"])
    back.remove("0/a")
    back.remove("0/absent")
    equal(os.path.exists(os.path.join(inside, "a")), False)


@SUITE.test()
def frames(t):
    equal(link.frame(16, b"abc"), b"\x10\0\0\0\3\0\0\0abc")
    equal(len(link.frame(17)), 8)


def fake(t, behaviour, *words, stdin=b"", options=()):
    """exec on tests/fake_machine.py instead of a kernel."""
    env = {"WASMOS_HOST": os.path.join(ROOT, "tests", "fake_machine.py"), "FAKE": behaviour}
    wasm = write(t.folder, "p.wasm", b"\0asm")
    return t.foreman("exec", "--host", *options, wasm, *words, stdin=stdin, env=env)


@SUITE.test()
def machines_that_misbehave(t):
    """What foreman says and returns when the system, not the program, goes wrong."""
    data = bytes(range(256)) * 5000
    fake(t, "echo", stdin=data).expect(7, data, "")
    fake(t, "panic").expect(125, "").expect_in_err("it went wrong", "panicked")
    fake(t, "panic-later").expect(125, "out").expect_in_err("panicked")
    fake(t, "silent").expect(125, "").expect_in_err("a log line", "stopped")
    fake(t, "garbage").expect(125, "").expect_in_err("frame")
    fake(t, "long-frame").expect(125, "").expect_in_err("frame")
    fake(t, "too-much-read").expect(125, "").expect_in_err("more input")
    fake(t, "after-status").expect(125).expect_in_err("after the status")
    fake(t, "big-status").expect(300 & 0xFF, "")


@SUITE.test()
def machines_that_attack_the_folder(t):
    write(t.folder, "victim", "untouched")
    write(t.folder, "d/kept", "kept")
    options = ("--dir", os.path.join(t.folder, "d") + "::/d")
    fake(t, "escape", options=options).expect(125, "").expect_in_err("written back")
    fake(t, "remove", options=options).expect(125, "").expect_in_err("written back")
    fake(t, "write", options=options).expect(0, "")
    equal((read(t.folder, "victim"), read(t.folder, "d/kept"), read(t.folder, "d/sub/new")), (b"untouched", b"kept", b"new"))


@SUITE.test()
def source_patterns(t):
    write(t.folder, "a/src/x.c", "")
    write(t.folder, "a/src/deep/er/y.c", "")
    found = [os.path.basename(p) for p in apps.glob(os.path.join(t.folder, "a"), "src/**")]
    equal(sorted(found), ["x.c", "y.c"])
    found = [os.path.basename(p) for p in apps.glob(os.path.join(t.folder, "a"), "src/*.c")]
    equal(found, ["x.c"])
