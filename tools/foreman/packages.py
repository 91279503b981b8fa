"""The distribution's packages that foreman's work needs: which are missing, and how they are installed.
The look-up is a few file checks, so that it costs nothing when nothing is missing."""

import functools
import os
import re
import shutil
import subprocess

from .paths import BUILD
from .ui import Problem, say

LLVM = os.environ.get("WASMOS_LLVM", "19")
_LIB = "/usr/lib/llvm-%s/" % LLVM
_RT = _LIB + "lib/clang/%s/lib/" % LLVM
_WASI_CPP = _LIB + "lib/wasm32-wasi/"


class Package:
    """name, a file or command that tells whether it is there, and what it is for."""

    def __init__(self, name, sign, why):
        self.name, self.sign, self.why = name, sign, why

    def missing(self):
        return not (os.path.exists(self.sign) if "/" in self.sign else shutil.which(self.sign))


# Not the rustc that comes first in PATH: rustup's lacks the libraries for WebAssembly.
RUSTC = os.environ.get("WASMOS_RUSTC", "/usr/bin/rustc")


def rust_libraries():
    """The folder of the compiler's libraries, a folder a target."""
    return os.path.join(os.path.dirname(os.path.realpath(RUSTC)), "../lib/rustlib")


def _output(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout.decode("utf-8", "replace")


@functools.lru_cache()
def _about_rustc():
    return _output(RUSTC, "-vV")


def rust_version():
    """Of the distribution's rustc, which must be installed, like (1, 63)."""
    return tuple(map(int, re.search(r"release: (\d+)\.(\d+)", _about_rustc()).groups()))


def rust_llvm():
    """The major version of the LLVM inside the distribution's rustc, or, before that is installed, of the one
    that its package recommends; None if that cannot be found out."""
    if os.path.exists(RUSTC):
        found = re.search(r"LLVM version: (\d+)", _about_rustc())
    elif shutil.which("apt-cache"):
        found = re.search(r"lld-(\d+)", _output("apt-cache", "depends", "libstd-rust-dev-wasm32"))
    else:
        return None
    return found.group(1) if found else None


class RustLibrary(Package):
    """The standard library for WebAssembly; its folder's name changes with Rust's version."""

    def missing(self):
        folder = rust_libraries()
        return not (os.path.isdir(folder) and any(n.startswith("wasm32-wasi") for n in os.listdir(folder)))


class RustLinker(Package):
    """Only the linker of rustc's own version of LLVM reads what it writes. Which one that is may not be known before
    the list of packages has come."""

    def __init__(self, why):  # pylint: disable=super-init-not-called
        self.why = why

    @property
    def name(self):
        return "lld-%s" % (rust_llvm() or LLVM)

    @property
    def sign(self):
        return "wasm-ld-%s" % (rust_llvm() or LLVM)


RUST = [
    Package("rustc", RUSTC, "compiles the applications that are written in Rust"),
    RustLibrary("libstd-rust-dev-wasm32", "wasm32-wasi*", "Rust's standard library for WebAssembly"),
    RustLinker("links them; the version is that of rustc's LLVM"),
]
WASI_C = [
    Package(
        "libclang-rt-%s-dev-wasm32" % LLVM, _RT + "wasi/libclang_rt.builtins-wasm32.a", "programs over wasi-libc"
    ),
    Package("wasi-libc", "/usr/include/wasm32-wasi/stdio.h", "the distribution's C library for WebAssembly"),
]
WASI_CPP = WASI_C + [
    Package("libc++-%s-dev-wasm32" % LLVM, _WASI_CPP + "libc++.a", "the distribution's C++ library for WebAssembly"),
    Package("libc++abi-%s-dev-wasm32" % LLVM, _WASI_CPP + "libc++abi.a", "what that library needs of the language"),
]
NODE = [
    Package("nodejs", "node", "runs the compiler of the applications that are written in AssemblyScript"),
    Package("npm", "npm", "fetches that compiler"),
]
BUILDING = [
    Package("clang-" + LLVM, "clang-" + LLVM, "compiles the kernel and the applications"),
    Package("lld-" + LLVM, "wasm-ld-" + LLVM, "links the kernel and the applications"),
    Package("llvm-" + LLVM, "llvm-ar-" + LLVM, "archives and symbol tables"),
    Package("libc6-dev", "/usr/include/stdio.h", "headers for the kernel as a Linux process"),
    Package("ninja-build", "ninja", "runs the build"),
]
RUNNING = [Package("qemu-system-x86", "qemu-system-x86_64", "the machine the system boots on")]
WINDOW = [Package("qemu-system-gui", "/usr/share/doc/qemu-system-gui", "QEMU's window for --gui")]
ISO = [
    Package("grub-pc-bin", "/usr/lib/grub/i386-pc", "boots the image on BIOS machines"),
    Package("grub-efi-amd64-bin", "/usr/lib/grub/x86_64-efi", "boots the image on UEFI machines"),
    Package("grub-common", "grub-mkrescue", "makes the bootable image"),
    Package("xorriso", "xorriso", "writes the bootable image"),
    Package("mtools", "mformat", "writes the image's UEFI part"),
]
TESTING = [
    Package("clang-format-" + LLVM, "clang-format-" + LLVM, "checks the formatting"),
    Package("cppcheck", "cppcheck", "looks for mistakes in the sources"),
    Package("libclang-rt-%s-dev" % LLVM, _RT + "linux/libclang_rt.asan-x86_64.a", "sanitizers"),
    Package("ovmf", "/usr/share/ovmf/OVMF.fd", "UEFI firmware for the boot tests"),
] + WASI_CPP


def tool(name):
    """The command of one of LLVM's tools, of the version that the project is built with."""
    return "%s-%s" % (name, LLVM)


def missing(packages):
    return [p for p in packages if p.missing()]


def _apt_get(*words):
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    return [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *words]


def _install_command(absent):
    return _apt_get("install", "-y", "-q", "--no-install-recommends", *(p.name for p in absent))


def advice(absent):
    """What to do about missing packages."""
    return (
        "missing: %s.\nInstall it with\n    sudo apt-get install --no-install-recommends %s\n"
        "or let `./foreman run` or `./foreman test` do that."
        % (", ".join("%s (%s)" % (p.name, p.why) for p in absent), " ".join(p.name for p in absent))
    )


def require(packages):
    """Ends with a message if something is missing; installs nothing."""
    absent = missing(packages)
    if absent:
        raise Problem(advice(absent))


def install(packages):
    """Installs what is missing, after saying what and why. Does nothing when nothing is."""
    absent = missing(packages)
    if not absent:
        return
    say("These packages of the distribution are missing and are installed now:")
    for p in absent:
        say("    %-28s %s" % (p.name, p.why))
    if not shutil.which("apt-get"):
        raise Problem("there is no apt-get here; install these with your system's own tools, then try again")
    if os.geteuid() != 0 and not shutil.which("sudo"):
        raise Problem("there is no sudo here; run as root: apt-get install " + " ".join(p.name for p in absent))
    os.makedirs(BUILD, exist_ok=True)
    log = os.path.join(BUILD, "packages.log")
    if not _run(_install_command(absent), log):
        say("refreshing the list of packages …")
        _run(_apt_get("update", "-q"), log)
        if not _run(_install_command(absent), log):
            with open(log, encoding="utf-8", errors="replace") as f:
                raise Problem("the installation failed:\n%s" % f.read())
    still = missing(absent)
    if still:
        raise Problem(
            "installed, but still not usable: %s. WASMOS_LLVM=N chooses another version of LLVM."
            % ", ".join("%s (no %s)" % (p.name, p.sign) for p in still)
        )
    install(packages)  # what has only now turned out to be missing: the linker of this rustc's version


def _run(command, log):
    with open(log, "wb") as f:
        result = subprocess.run(command, stdin=None, stdout=f, stderr=subprocess.STDOUT, check=False)
    return result.returncode == 0
