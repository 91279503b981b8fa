"""What wasmos-rustc does: rustc for WasmOS programs. foreman's build calls it too.

Arguments are rustc's. Of its own it has
    --no-std         the flavour without std, over the import module `env`: crate wasmos_env instead of wasmos
    --depfile FILE   writes what the output was made from, in make's syntax
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from foreman import packages, toml  # noqa: E402
from foreman.ui import Problem  # noqa: E402

GENERATED = "build/sdk/rust"
OWN_ERROR_HANDLER = (1, 68)    # since then, alloc has one for programs that cannot define their own
QUERIES = ("-V", "--version", "-vV", "-h", "--help", "--print", "--explain")


class Flavour:
    """std or not: the crate that programs get, and the flags and targets of sdk.toml."""

    def __init__(self, settings, no_std):
        self.crate = "wasmos_env" if no_std else "wasmos"
        prefix = "rust_no_std_" if no_std else "rust_"
        self.flags = settings["rust_flags"] + (settings["rust_no_std_flags"] if no_std else [])
        self.link_flags = settings[prefix + "link_flags"]
        self.targets = settings[prefix + "targets"]
        self.library = f"{GENERATED}/lib{self.crate}.rlib"


class Command:
    """The words of a command line that this driver looks at."""

    def __init__(self, arguments):
        self.no_std, self.depfile, self.output, self.library = False, None, None, False
        self.words = []
        words = iter(arguments)
        for word in words:
            if word == "--no-std":
                self.no_std = True
            elif word == "--depfile":
                self.depfile = self.value(words, word)
            elif word in ("-o", "--crate-type", "--crate-name"):
                self.take(word, self.value(words, word))
            else:
                self.library = self.library or word in ("--crate-type=rlib", "--crate-type=lib")
                self.words.append(word)

    def take(self, word, value):
        self.words += [word, value]
        if word == "-o":
            self.output = value
        self.library = self.library or (word == "--crate-type" and value in ("lib", "rlib"))

    @staticmethod
    def value(words, word):
        value = next(words, None)
        if value is None:
            raise Problem(f"{word} needs a value", 2)
        return value


def target(settings, flavour):
    """The first target whose library is installed."""
    folder = packages.rust_libraries()
    for name in flavour.targets:
        if (pathlib.Path(folder) / name / "lib").is_dir():
            return name
    raise Problem(f"{packages.RUSTC} has no library for {' or '.join(flavour.targets)}")


def line_of(settings, command):
    """The command line of rustc."""
    flavour = Flavour(settings, command.no_std)
    line = [packages.RUSTC, "--target", target(settings, flavour), *flavour.flags]
    line.append("-Clinker=" + settings["rust_ld"].format(llvm=packages.rust_llvm()))
    if not command.library:
        line += [*flavour.link_flags, "--extern", f"{flavour.crate}={ROOT / flavour.library}"]
    if command.depfile:
        line.append(f"--emit=link,dep-info={command.depfile}")
    if "CLICOLOR_FORCE" in os.environ:
        line.append("--color=always")
    if command.library and command.no_std and packages.rust_version() < OWN_ERROR_HANDLER:
        line.append("--cfg=alloc_error_handler")
    return line + command.words


def simplify(depfile, output):
    """Leaves of rustc's dep-info the one rule that Ninja reads: it has one for each output and source, too."""
    path = pathlib.Path(depfile)
    for line in path.read_text().splitlines():
        inputs = line.partition(": ")[2]
        if inputs and not line.startswith("#"):
            path.write_text(f"{output}: {inputs}\n")
            return
    path.write_text(f"{output}:\n")


def libraries(settings, command):
    """Builds the crates if that has not happened yet."""
    if command.library or (ROOT / Flavour(settings, command.no_std).library).exists():
        return
    result = subprocess.run([str(ROOT / "foreman"), "build", "rust"], cwd=ROOT, stdout=sys.stderr)
    if result.returncode:
        sys.exit(result.returncode)


def run(arguments):
    settings = toml.parse((ROOT / "sdk" / "sdk.toml").read_text())
    packages.require(packages.RUST)
    if any(word.split("=")[0] in QUERIES for word in arguments):
        return subprocess.run([packages.RUSTC, *arguments]).returncode
    command = Command(arguments)
    libraries(settings, command)
    env = dict(os.environ, OUT_DIR=str(ROOT / GENERATED))
    if command.library:
        env["RUSTC_BOOTSTRAP"] = "wasmos_env"    # for the attribute alloc_error_handler; programs need none of this
    status = subprocess.run(line_of(settings, command), env=env).returncode
    if status == 0 and command.depfile:
        simplify(command.depfile, command.output)
    return status


def main():
    try:
        sys.exit(run(sys.argv[1:]))
    except Problem as wrong:
        sys.stderr.write(f"wasmos-rustc: {wrong}\n")
        sys.exit(wrong.status)
    except KeyboardInterrupt:
        sys.exit(130)
