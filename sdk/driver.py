"""What wasmos-cc and wasmos-c++ share: a compiler driver for WasmOS programs.

Arguments are clang's. Sources are compiled with the flags of sdk.toml, then everything is linked with the SDK's
libraries; -c, -S, -E and -fsyntax-only stop before that, as usual.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from foreman import toml  # noqa: E402

C_SUFFIXES = {".c", ".i", ".s", ".S"}
CPP_SUFFIXES = {".cc", ".cpp", ".cxx", ".c++", ".C", ".ii"}
NO_LINK = {"-c", "-S", "-E", "-M", "-MM", "-fsyntax-only"}
# options whose value is the next argument
WITH_VALUE = {"-o", "-x", "-I", "-D", "-U", "-L", "-l", "-include", "-isystem", "-iquote", "-idirafter", "-imacros",
              "-MF", "-MT", "-MQ", "-Xclang", "-mllvm", "-Xlinker", "-z", "-T", "-u", "-std"}
KEEP_NAMES = "--keep-section=name"
STRIP = {"--strip-all", KEEP_NAMES}  # of sdk.toml's link_flags, without -g
QUERIES = {"--version", "-v", "-dumpmachine", "-dumpversion", "-print-search-dirs"}


class Usage(Exception):
    """What is wrong with the command line."""


class Command:
    """A parsed command line."""

    def __init__(self, arguments):
        self.compile, self.link, self.inputs = [], [], []
        self.output, self.stop, self.language, self.debug = None, None, None, False
        self.nostdlib = self.threads = False
        words = iter(arguments)
        for word in words:
            value = None
            if word in WITH_VALUE:
                value = next(words, None)
                if value is None:
                    raise Usage(f"{word} needs a value")
            self.take(word, value)

    def take(self, word, value):
        if word == "-o" or (word.startswith("-o") and len(word) > 2):
            self.output = value or word[2:]
        elif word == "-x":
            self.language = None if value == "none" else value
        elif word in NO_LINK:
            self.stop = self.stop or word
            if word in ("-M", "-MM", "-fsyntax-only"):
                self.compile.append(word)
        elif word.startswith(("-L", "-l", "-Wl,", "-Xlinker")) or word in ("-z", "-u", "-T"):
            self.take_link(word, value)
        elif word in ("-s", "-static", "-r"):
            self.link += ["--strip-all"] if word == "-s" else []
        elif word in ("-pthread", "-pthreads"):
            self.threads = True
        elif word == "-no-pthread":
            self.threads = False
        elif word in ("-nostdlib", "-nodefaultlibs", "-nostartfiles"):
            self.nostdlib = True
        elif word.startswith("-") and word != "-":
            self.debug = self.debug or (word.startswith("-g") and word != "-g0")
            self.compile += [word] if value is None else [word, value]
        else:
            self.inputs.append((word, self.language))

    def take_link(self, word, value):
        if word.startswith("-Wl,"):
            self.link += word[4:].split(",")
        elif word == "-Xlinker":
            self.link.append(value)
        elif word in ("-L", "-l"):
            self.inputs.append((word + value, "link"))
        elif value is not None:
            self.link += [word, value]
        else:
            self.inputs.append((word, "link"))


class Driver:
    def __init__(self, cpp):
        self.cpp = cpp
        self.settings = toml.parse((ROOT / "sdk" / "sdk.toml").read_text())

    @staticmethod
    def folder(command):
        """Where the libraries are."""
        return ROOT / ("build/sdk/lib-threads" if command.threads else "build/sdk/lib")

    def libraries(self, command):
        """Builds the SDK if that has not happened yet."""
        needed = ["crt1.o", "libc.a"] + (["libc++.a"] if self.cpp else [])
        if all((self.folder(command) / name).exists() for name in needed):
            return
        result = subprocess.run([str(ROOT / "foreman"), "build", "sdk"], cwd=ROOT, stdout=sys.stderr)
        if result.returncode:
            sys.exit(result.returncode)

    def is_cpp(self, source, language):
        if language:
            return language.startswith("c++")
        suffix = pathlib.Path(source).suffix
        return suffix in CPP_SUFFIXES or (self.cpp and suffix == ".c")

    def compile_command(self, command, source, language):
        s = self.settings
        cpp = self.is_cpp(source, language)
        line = [s["cxx"] if cpp else s["cc"], *s["flags"], *s["cpp_flags" if cpp else "c_flags"]]
        line += s["threads_flags"] + s["threads_program_flags"] if command.threads else []
        line += command.compile
        for folder in s["include_cpp" if cpp else "include_c"]:
            line += ["-isystem", str(ROOT / folder)]
        line += ["-x", language or "c++"] if language or (cpp and source.endswith(".c")) else []
        return line + [source]

    def link_command(self, command, objects, output):
        s = self.settings
        flags = list(s["link_flags"])
        if command.debug:
            flags = [flag for flag in flags if flag not in STRIP]
        elif "--strip-all" in command.link:
            flags.remove(KEEP_NAMES)
        line = [s["ld"], *flags, *(s["threads_link_flags"] if command.threads else [])]
        folder = str(self.folder(command))
        if not command.nostdlib:
            line.append(folder + "/crt1.o")
        line += objects + command.link + ["-L" + folder]
        if not command.nostdlib:
            line += s["libs_cpp" if self.cpp else "libs_c"]
        return line + ["-o", output]

    def run(self, arguments):
        if any(word in QUERIES for word in arguments) and not any(is_source(word) for word in arguments):
            return call([self.settings["cc"], "--target=wasm32-wasi", *arguments])
        command = Command(arguments)
        sources = [(n, l) for n, l in command.inputs if l != "link" and (l or n == "-" or is_source(n))]
        if not command.inputs:
            raise Usage("no input files")
        self.cpp = self.cpp or any(self.is_cpp(name, language) for name, language in sources)
        self.libraries(command)
        if command.stop:
            return self.compile_only(command, sources)
        with tempfile.TemporaryDirectory(prefix="wasmos-") as scratch:
            objects = []
            for number, (name, language) in enumerate(command.inputs):
                if (name, language) not in sources:
                    objects.append(name)
                    continue
                objects.append(os.path.join(scratch, f"{number}-{pathlib.Path(name).stem}.o"))
                status = call(self.compile_command(command, name, language) + ["-c", "-o", objects[-1]])
                if status:
                    return status
            first = pathlib.Path(command.inputs[0][0]).name
            output = command.output or pathlib.Path(first).stem + ".wasm"
            return call(self.link_command(command, objects, output))

    def compile_only(self, command, sources):
        if command.output and len(sources) > 1:
            raise Usage(f"{command.stop} with -o takes one source")
        for name, language in sources:
            line = self.compile_command(command, name, language)
            line += [command.stop] if command.stop in ("-c", "-S", "-E") else []
            line += ["-o", command.output] if command.output else []
            status = call(line)
            if status:
                return status
        return 0


def is_source(name):
    return pathlib.Path(name).suffix in C_SUFFIXES | CPP_SUFFIXES


def call(line):
    try:
        return subprocess.run(line).returncode
    except FileNotFoundError:
        sys.exit(f"{line[0]} is not installed; ./foreman build installs it")


def main(cpp):
    try:
        sys.exit(Driver(cpp).run(sys.argv[1:]))
    except Usage as wrong:
        sys.exit(f"{pathlib.Path(sys.argv[0]).name}: {wrong}")
    except KeyboardInterrupt:
        sys.exit(130)
